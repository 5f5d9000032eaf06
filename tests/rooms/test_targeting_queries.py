"""What the desks read of targeting: within the officer's area, in a stated number of queries, with reasons in words."""

from __future__ import annotations

import pytest

from lopo.basics.error_sheet import error_sheet_xlsx
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.law.local import REASONS as CODES
from lopo.people.models import Person
from lopo.targeting import actions, queries
from lopo.targeting.models import ProposalList, ProposalRow, Screening
from lopo.targeting.queries import AnnexFilter, ListFilter, RowFilter
from lopo.targeting.reasons import REASONS, texts_of
from tests.cast import Cast
from tests.rooms import pile

OEBUFU = ("53.71.04.1009",)
CITY = ("53.71",)


@pytest.fixture
def programme(cast: Cast) -> int:
    """Two lists of 12 and 3 rows: the second of Oebufu, with one person of the first list and a broken row."""
    made = pile.ready(cast, many=12)
    twin = pile.neighbours(12)[:1]
    new = pile.neighbours(2, first=101)
    content = pile.csv_of([*twin, *new]) + b"12;;;;;;;;;;lebih\n"
    pile.registers_more(cast, [*pile.neighbours(12), *new])
    own = pile.arrival(made, content, "kelurahan/53.71.04.1009_oebufu.csv")
    actions.receive_list(by=cast.lurah, on=pile.DAY, arrival=own)
    rows = list(pile.verdict_rows(made))
    kept = next(row for row in rows if row.nik_matched == twin[0].nik)
    twin_row = max((row for row in rows if row.nik_matched == twin[0].nik), key=lambda row: row.row_id)
    rows[rows.index(twin_row)] = actions.ScreenedRow(
        twin_row.row_id, "ditolak", ("nik_terpotong", "ganda_antar_daftar"), twin_row.nik_matched, kept.row_id,
        twin_row.area_code, 1, evidence={"match_kind": "potong", "differs": "nik"},
    )  # fmt: skip
    run = actions.ScreeningRun(made, "h" * 64, pile.in_force(), tuple(rows), pile.ASKED)
    actions.record_screening(by=cast.dinas, on=pile.DAY, run=run)
    return made


def test_every_reason_of_the_law_has_its_words() -> None:
    assert tuple(REASONS) == CODES
    for text in texts_of(CODES):
        assert all((text.label, text.sentence, text.english, text.to_do, text.to_do_english, text.source, text.status))


def test_the_state_of_a_programme(programme: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        state = queries.programme("uji-2025")
    assert (state.lists, state.lists_with_problems, state.rows_read) == (2, 1, 18)
    assert (state.candidates, state.unreadable, state.unscreened) == (15, 1, 0)
    assert (state.verdict("diterima"), state.verdict("ditolak"), state.verdict("perlu_cek")) == (14, 1, 0)
    assert (state.decree_id, state.chosen) == (None, 0)
    with django_assert_num_queries(1):
        assert [row.code for row in queries.programmes()] == ["uji-2025"]
    assert queries.programme("uji-2025", OEBUFU).lists == 1
    assert queries.programme("lain") is None
    with django_assert_num_queries(1):
        assert [row.current for row in queries.screenings(programme)] == [True, False]


def test_the_page_of_lists(programme: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        page = queries.lists_page(ListFilter(CITY, programme), Asked())
    told = [(row.sender, row.area_name, row.candidates, row.accepted, row.refused, row.problems) for row in page.rows]
    assert told == [
        ("GMIT Labat", "Kota Kupang", 12, 12, 0, 0), ("Kelurahan Oebufu", "Oebufu", 3, 2, 1, 1),
    ]  # fmt: skip
    assert all(row.rows_read == row.candidates + row.unreadable + row.other_rows for row in page.rows)
    assert [row.sender for row in queries.lists_page(ListFilter(OEBUFU, programme), Asked()).rows] == [
        "Kelurahan Oebufu"
    ]
    assert queries.lists_page(ListFilter((), programme), Asked()).total == 0
    assert queries.lists_page(ListFilter(CITY, programme, search="labat"), Asked()).total == 1
    assert queries.lists_page(ListFilter(CITY, programme, with_problems=True), Asked()).total == 1
    assert queries.lists_page(ListFilter(CITY, programme, sender_kind="gereja"), Asked()).total == 1
    falling = queries.lists_page(ListFilter(CITY, programme), Asked(1, 1, "-candidates"))
    assert ([row.candidates for row in falling.rows], falling.total) == ([12], 2)
    with pytest.raises(Refused):
        queries.lists_page(ListFilter(CITY, programme), Asked(sort="geheim"))


def test_one_list_with_what_was_understood(programme: int, django_assert_num_queries) -> None:
    one = ProposalList.objects.get(sender_kind="kelurahan")
    with django_assert_num_queries(4):
        detail = queries.list_detail(one.id, OEBUFU)
    sheet = detail.sheets[0]
    assert sheet.header_line == 1
    assert sheet.columns[1] == ("KTP", ("nik",))
    assert sheet.kinds == {"kepala": 1, "calon": 3, "rusak": 1}
    assert [problem.code for problem in detail.problems] == ["baris_rusak"]
    assert detail.reasons == {"ganda_antar_daftar": 1, "nik_terpotong": 1}
    assert detail.received_by == "Melkior Nalle"
    gereja = ProposalList.objects.get(sender_kind="gereja")
    assert queries.list_detail(gereja.id, OEBUFU) is None
    assert queries.source_file(gereja.id, OEBUFU) is None


def test_the_page_of_rows(programme: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        page = queries.rows_page(RowFilter(CITY, programme), Asked())
    assert page.total == 16
    with django_assert_num_queries(4):
        assert queries.rows_page(RowFilter(CITY, programme, search="tetangga"), Asked()).total == 15
    one_list = ProposalList.objects.get(sender_kind="kelurahan").id
    for more in ({}, {"list_id": one_list}):
        for chosen in (
            {},
            {"verdict": "diterima"},
            {"verdict": "ditolak"},
            {"verdict": "belum"},
            {"reason": "nik_terpotong"},
        ):
            given = queries.rows_page(RowFilter(CITY, programme, **more, **chosen), Asked())
            assert given.total == len(given.rows)

    def total(**more: object) -> int:
        return queries.rows_page(RowFilter(CITY, programme, **more), Asked()).total

    assert (total(verdict="diterima"), total(verdict="ditolak"), total(verdict="belum")) == (14, 1, 0)
    assert (total(reason="nik_terpotong"), total(reason="meninggal")) == (1, 0)
    assert (total(search="tetangga 10"), total(search="5371020101800001"), total(search="80000")) == (3, 2, 0)
    assert (total(kinds=("rusak",)), total(kinds=("calon",)), total(area="53.71.03")) == (1, 15, 4)
    assert total(list_id=ProposalList.objects.get(sender_kind="kelurahan").id) == 4
    refused = queries.rows_page(RowFilter(CITY, programme, verdict="ditolak"), Asked()).rows[0]
    assert [text.code for text in refused.texts] == ["nik_terpotong", "ganda_antar_daftar"]
    seen = queries.rows_page(RowFilter(OEBUFU, programme), Asked(size=0)).rows
    assert all(row.sender == "Kelurahan Oebufu" or row.area_code == OEBUFU[0] for row in seen)
    assert len(seen) == 4 + 2
    assert queries.rows_page(RowFilter((), programme), Asked()).total == 0
    names = [row.name for row in queries.rows_page(RowFilter(CITY, programme), Asked(1, 3, "-name")).rows]
    assert names == sorted(names, reverse=True)


def test_one_row_with_all_its_evidence(programme: int, django_assert_num_queries) -> None:
    refused = queries.rows_page(RowFilter(CITY, programme, verdict="ditolak"), Asked()).rows[0]
    with django_assert_num_queries(4):
        detail = queries.row_detail(refused.id, CITY)
    assert dict(detail.cells)["KTP"] == "5371020101800001"
    assert detail.evidence == {"match_kind": "potong", "differs": "nik"}
    assert (detail.same_as.file, detail.same_as.line) == ("gereja/gmit_labat.csv", 2)
    kept = queries.row_detail(detail.same_as.id, CITY)
    assert [place.id for place in kept.pointing_here] == [refused.id]
    assert kept.same_as is None
    other = ProposalRow.objects.filter(list__sender_kind="gereja", kind="calon").order_by("line").first()
    assert queries.row_detail(other.id, OEBUFU) is None
    assert queries.row_detail(0, CITY) is None
    broken = queries.rows_page(RowFilter(CITY, programme, kinds=("rusak",)), Asked()).rows[0]
    assert "sel" in queries.row_detail(broken.id, CITY).fields["alasan"]


def test_the_verdicts_of_a_person(programme: int, django_assert_num_queries) -> None:
    person = Person.objects.get(nik="5371020101800001")
    with django_assert_num_queries(1):
        told = queries.verdicts_of_person(person.id)
    assert [(one.verdict, one.current, one.row.file) for one in told] == [
        ("diterima", True, "gereja/gmit_labat.csv"), ("ditolak", True, "kelurahan/53.71.04.1009_oebufu.csv"),
        ("diterima", False, "gereja/gmit_labat.csv"),
    ]  # fmt: skip


def test_the_sheet_that_goes_back(programme: int, cast: Cast, django_assert_num_queries) -> None:
    one = ProposalList.objects.get(sender_kind="kelurahan")
    with django_assert_num_queries(3):
        sheet = queries.error_sheet(one.id, OEBUFU, contact="Dinas Sosial")
    assert [(line.line, line.verdict) for line in sheet.lines] == [
        (2, "ditolak"), (3, "diterima"), (4, "diterima"), (5, "rusak"),
    ]  # fmt: skip
    assert [reason.code for reason in sheet.lines[0].reasons] == ["nik_terpotong", "ganda_antar_daftar"]
    assert sheet.lines[0].reasons[0].to_do
    assert error_sheet_xlsx(sheet).startswith(b"PK")
    assert queries.error_sheet(one.id, ("53.71.01",), contact="x") is None
    late = pile.arrival(programme, pile.csv_of(pile.neighbours(1, first=300)), "gereja/susulan.csv")
    new = actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=late)
    with pytest.raises(Refused, match="belum diperiksa"):
        queries.error_sheet(new.list_id, CITY, contact="x")
    assert queries.rows_page(RowFilter(CITY, programme, verdict="belum"), Asked()).total == 1


def test_the_annex_and_the_waiting_list(programme: int, cast: Cast, django_assert_num_queries) -> None:
    decree = actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme, number="1/2025", title="SK"
    ).decree_id
    with django_assert_num_queries(2):
        page = queries.annex_page(AnnexFilter(CITY, decree), Asked(1, 5))
    assert (page.total, len(page.rows)) == (14, 5)
    assert (page.rows[0].kecamatan, page.rows[0].rank, page.rows[0].status) == ("Alak", 1, "ditetapkan")
    assert page.rows[0].kelurahan == "Namosain"
    with django_assert_num_queries(2):
        waiting = queries.waiting_page(decree, CITY, Asked())
    assert waiting.total == 10
    assert {row.status for row in waiting.rows} == {"cadangan"}
    assert [row.waiting_place for row in waiting.rows if row.kecamatan == "Alak"] == [1, 2, 3, 4, 5]
    own = queries.annex_page(AnnexFilter(OEBUFU, decree), Asked())
    assert {row.area_code for row in own.rows} == set(OEBUFU)
    assert queries.annex_page(AnnexFilter(CITY, decree, kecamatan="53.71.03"), Asked()).total == 4
    assert queries.annex_page(AnnexFilter(CITY, decree, search=page.rows[0].nik), Asked()).total == 1
    with django_assert_num_queries(1):
        assert len(queries.annex_rows(decree)) == 4
    with django_assert_num_queries(1):
        assert len(queries.annex_rows(decree, waiting=True)) == 10
    with django_assert_num_queries(1):
        assert queries.decree(decree).chosen == 4
    with django_assert_num_queries(1):
        assert [row.id for row in queries.decrees(programme)] == [decree]
    with django_assert_num_queries(2):
        named = queries.names_of_person(page.rows[0].person_id)
    assert named[0][0].number == "1/2025"
    assert named[0][1].rank == 1
    assert queries.programme("uji-2025").decree_number == "1/2025"
    assert Screening.objects.filter(current=True).count() == 1
