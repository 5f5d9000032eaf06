"""The sheets that are signed at a handover: pages by kelurahan and name, kept as printed, and their PDF."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.refusal import Refused
from lopo.coverage import actions
from lopo.coverage.actions import sheets
from lopo.coverage.actions.sheets import make_sheet
from lopo.coverage.models import SheetLine
from lopo.coverage.queries.sheets import latest_sheet, sheet_lines
from lopo.jobs.papers.make_signature_sheet import make_signature_sheet
from lopo.people.models import Area
from lopo.staff.queries import paper_content
from tests.cast import Cast
from tests.rooms.enrolment import Enrolment, enrol

pytestmark = pytest.mark.django_db
ON = date(2025, 8, 20)


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    """Fourteen members in six kelurahan, all with a printed card."""
    made = enrol(cast, 14)
    actions.print_cards(by=cast.dinas, on=date(2025, 8, 1), programme_id=made.programme)
    return made


def event(cast: Cast, made: Enrolment, area: str = "") -> int:
    given = actions.HandoverEvent("Penyerahan", "Aula", ON, area)
    return actions.record_handover(by=cast.dinas, on=ON, programme_id=made.programme, event=given)


def hand_over(cast: Cast, handover: int, members: list[int]) -> None:
    given = [actions.ReceiptGiven(one, "kartu", "YANG MENERIMA", "cap_jempol") for one in members]
    actions.record_receipts(by=cast.dinas, on=ON, receipts=given, received_on=ON, handover_id=handover)


def test_a_page_holds_one_kelurahan_and_no_more_than_fit(
    cast: Cast, made: Enrolment, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(sheets, "PAGE", 2)
    handover = event(cast, made)
    sheet = make_sheet(by=cast.dinas, on=ON, handover_id=handover)
    with django_assert_num_queries(1):
        lines = sheet_lines(sheet, areas=("53",))
    pages: dict[int, list[str]] = {}
    for one in lines:
        pages.setdefault(one.page, []).append(one.area_code)
    assert [len(pages[page]) for page in sorted(pages)] == [2, 1, 2, 1, 2, 2, 2, 2], "three, three and four times two"
    assert all(len(set(areas)) == 1 for areas in pages.values())
    assert [one.line for one in lines[:3]] == [1, 2, 1]
    assert [one.name for one in lines[:3]] == ["ORANG NOMOR 1", "ORANG NOMOR 13", "ORANG NOMOR 7"]
    found = latest_sheet(handover)
    assert found is not None
    assert (found.id, found.pages, found.people) == (sheet, 8, 14)
    assert sheet_lines(sheet, areas=()) == ()


def test_what_was_printed_stays_and_a_new_sheet_holds_who_still_waits(cast: Cast, made: Enrolment) -> None:
    handover = event(cast, made, "53.71.01")
    first = make_sheet(by=cast.dinas, on=ON, handover_id=handover)
    lines = sheet_lines(first, areas=("53",), page=1)
    assert len(lines) == 3, "those of the kecamatan that is invited"
    hand_over(cast, handover, [lines[0].membership_id])
    assert [one.received for one in sheet_lines(first, areas=("53",), page=1)] == [True, False, False]
    second = make_sheet(by=cast.dinas, on=ON, handover_id=handover)
    assert [one.name for one in sheet_lines(second, areas=("53",))] == [one.name for one in lines[1:]]
    hand_over(cast, handover, [one.membership_id for one in lines[1:]])
    with pytest.raises(Refused, match="Tidak ada peserta yang menunggu"):
        make_sheet(by=cast.dinas, on=ON, handover_id=handover)
    assert set(SheetLine.objects.values_list("sheet_id", flat=True)) == {first, second}


def test_who_may_not_hand_over_makes_no_sheet(cast: Cast, made: Enrolment) -> None:
    handover = event(cast, made)
    with pytest.raises(Refused, match="tidak berwenang"):
        make_sheet(by=cast.bendahara, on=ON, handover_id=handover)
    with pytest.raises(Refused, match="tidak ada"):
        make_sheet(by=cast.dinas, on=ON, handover_id=0)


def test_the_sheets_are_kept_as_pdf(cast: Cast, made: Enrolment) -> None:
    for code, name in (("53", "Nusa Tenggara Timur"), ("53.71", "Kota Kupang")):
        Area.objects.get_or_create(code=code, defaults={"name": name})
    paper = make_signature_sheet(by=cast.dinas, on=ON, handover_id=event(cast, made))
    kept = paper_content(paper)
    assert kept is not None
    name, kind, content = kept
    assert (name.startswith("tanda-terima-"), kind, content[:5]) == (True, "application/pdf", b"%PDF-")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page\n") in (0, 6), "six pages where they show"
