"""Papers made from what is stored: the decree and the cards are kept once, and only for those who may."""

from __future__ import annotations

import dataclasses
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from lopo.basics.refusal import Refused
from lopo.jobs.papers.keeping import file_name
from lopo.jobs.papers.make_cards import make_cards
from lopo.jobs.papers.make_decree import decree_paper, make_decree
from lopo.jobs.papers.offices import office_of
from lopo.people.actions import seed_areas
from lopo.staff import queries as staff
from lopo.targeting.models import DecreeName
from tests.cast import Cast
from tests.rooms import enrolment

DAY = date(2025, 8, 20)


def silent(_done: int, _total: int, _step: str) -> None:
    """Nobody watches."""


@pytest.fixture
def stage(cast: Cast) -> Cast:
    seed_areas(by=cast.provinsi, on=DAY)
    return cast


def test_a_decree_is_made_and_kept_once(stage: Cast) -> None:
    made = enrolment.make_decree(stage, 12)
    first = make_decree(by=stage.dinas, on=DAY, decree_id=made.decree, progress=silent)
    again = make_decree(by=stage.penyetuju, on=date(2025, 9, 1), decree_id=made.decree, progress=silent)
    assert (first.pdf, first.xlsx) == (again.pdf, again.xlsx)
    assert (first.chosen, first.waiting) == (12, 0)
    kept = staff.papers_of("targeting.decree", str(made.decree))
    assert sorted(paper.name for paper in kept) == [
        f"SK-400.9-KEP-{made.programme}.pdf",
        f"SK-400.9-KEP-{made.programme}.xlsx",
    ]
    content = staff.paper_content(first.pdf)
    assert content is not None
    assert content[2].startswith(b"%PDF")


def test_the_sheet_has_every_name_once_and_no_whole_nik(stage: Cast) -> None:
    made = enrolment.make_decree(stage, 12)
    kept = make_decree(by=stage.dinas, on=DAY, decree_id=made.decree, progress=silent)
    content = staff.paper_content(kept.xlsx)
    assert content is not None
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content[2])).get_sheet_by_name("Lampiran I").to_python()
    names = [row for row in rows if str(row[1]).startswith("ORANG NOMOR")]
    assert len({row[1] for row in names}) == len(names) == 12
    assert all("••••••••" in str(row[2]) for row in names)


def test_the_decree_says_the_contribution_of_the_law_and_stays_as_it_was_set(stage: Cast) -> None:
    made = enrolment.make_decree(stage, 6)
    before = decree_paper(by=stage.dinas, on=DAY, decree_id=made.decree)
    assert before.monthly == 16_800
    assert before.office.authority == "Wali Kota Kupang"
    assert not before.draft
    assert {name.kecamatan for name in before.chosen} == {
        "Alak", "Maulafa", "Kelapa Lima", "Oebobo", "Kota Raja", "Kota Lama"
    }  # fmt: skip
    dropped = DecreeName.objects.filter(decree_id=made.decree).order_by("id")[:1]
    DecreeName.objects.filter(pk__in=[one.pk for one in dropped]).update(status="gugur")
    assert decree_paper(by=stage.dinas, on=DAY, decree_id=made.decree) == before


def test_a_decree_is_not_made_for_those_who_may_not(stage: Cast) -> None:
    made = enrolment.make_decree(stage, 3)
    with pytest.raises(Refused) as refusal:
        make_decree(by=stage.lurah, on=DAY, decree_id=made.decree, progress=silent)
    assert refusal.value.code == "tidak_berwenang"
    assert staff.papers_of("targeting.decree", str(made.decree)) == ()
    with pytest.raises(Refused):
        make_decree(by=stage.dinas, on=DAY, decree_id=made.decree + 999, progress=silent)


def test_cards_are_printed_once_and_kept_once(stage: Cast) -> None:
    made = enrolment.enrol(stage, 13)
    first = make_cards(by=stage.dinas, on=DAY, programme_id=made.programme, progress=silent)
    assert (first.new, first.cards, len(first.papers)) == (13, 13, 1)
    again = make_cards(by=stage.dinas, on=date(2025, 9, 2), programme_id=made.programme, progress=silent)
    assert (again.new, again.cards, again.papers) == (0, 13, first.papers)
    with pytest.raises(Refused):
        make_cards(by=stage.tamu, on=DAY, programme_id=made.programme, progress=silent)


def test_cards_need_numbers_and_a_programme(stage: Cast) -> None:
    made = enrolment.make_decree(stage, 2)
    with pytest.raises(Refused) as refusal:
        make_cards(by=stage.dinas, on=DAY, programme_id=made.programme, progress=silent)
    assert refusal.value.code == "belum_ada_nomor"
    with pytest.raises(Refused):
        make_cards(by=stage.dinas, on=DAY, programme_id=made.programme + 999, progress=silent)


def test_offices_are_called_as_governments_call_them(stage: Cast) -> None:
    assert office_of("53.71.04.1009").authority == "Wali Kota Kupang"
    assert dataclasses.astuple(office_of("53"))[:3] == (
        "Pemerintah Provinsi Nusa Tenggara Timur",
        "Gubernur Nusa Tenggara Timur",
        "Dinas Tenaga Kerja Provinsi Nusa Tenggara Timur",
    )
    with pytest.raises(Refused):
        office_of("99.01")


def test_names_of_files_are_plain() -> None:
    assert file_name("SK", "400.9/KEP/2025", "") == "SK-400.9-KEP-2025"
    assert file_name("../../etc", "a b") == "etc-a-b"
