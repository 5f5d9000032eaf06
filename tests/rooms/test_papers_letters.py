"""Letters and decisions made from real cases: who gets which letter, with which amounts, once."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.money import MoneyError
from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims import queries as claims
from lopo.claims.queries import ComponentRow
from lopo.jobs.papers.decision_words import benefits_of, decision_of
from lopo.jobs.papers.decisions import decision_pdf
from lopo.jobs.papers.make_letters import letter_papers, make_letter, make_letters, standing
from lopo.jobs.papers.offices import office_of
from lopo.jobs.work import silent
from lopo.people.actions import seed_areas
from lopo.staff import queries as staff
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

DIED = date(2025, 11, 12)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    seed_areas(by=cast.provinsi, on=READ)
    return build(cast)


def names(case_id: int) -> set[str]:
    return {paper.name for paper in staff.papers_of("claims.case", str(case_id))}


def test_a_new_case_gives_a_letter_that_asks_for_papers(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    (case_id,) = actions.open_cases_from_deaths(by=stage.cast.bpjs, on=READ, hits=[stage.hit(member, DIED)]).cases
    made = make_letter(by=stage.cast.lurah, on=READ, case_id=case_id)
    assert (made.outcome, made.decision) == ("diperiksa", None)
    (paper,) = letter_papers(claims.case(case_id, on=READ), None, on=READ)
    assert paper.to_name == "Keluarga Yohanes Tote"
    assert paper.to_address == "Kelurahan Oebufu"
    assert {needed.label: needed.have for needed in paper.papers}["Akta kematian"]
    assert paper.benefits == ()
    assert make_letter(by=stage.cast.dinas, on=READ, case_id=case_id) == made
    assert len(names(case_id)) == 1


def test_an_approved_death_gives_a_letter_and_the_decision(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), DIED)
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert make_letter(by=stage.cast.dinas, on=READ, case_id=case_id).outcome == "diperiksa"
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    (made,) = make_letters(by=stage.cast.dinas, on=date(2026, 1, 9), case_ids=[case_id], progress=silent)
    assert made.outcome == "dikabulkan"
    assert made.decision is not None
    case = claims.case(case_id, on=READ)
    (paper,) = letter_papers(case, standing(case), on=date(2026, 2, 1))
    assert paper.dated == READ
    assert paper.to_name == "Bapak/Ibu ISTRI 1"
    assert sum(benefit.amount for benefit in paper.benefits) == 42_000_000
    assert make_letter(by=stage.cast.dinas, on=date(2026, 2, 1), case_id=case_id) == made
    assert f"surat-{case.code}-1.pdf" in names(case_id)
    assert f"keputusan-{case.code}-1.pdf" in names(case_id)


def test_a_decision_names_every_step_and_who_receives(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 9, 30))
    stage.decide(case_id)
    case = claims.case(case_id, on=READ)
    decided = standing(case)
    assert decided is not None
    paper = decision_of(case, decided, office=office_of(case.area_code), dated=READ)
    assert len(paper.facts) + len(paper.steps) == len(decided.steps)
    assert [line.text for line in paper.about if line.label == "Dibayar kepada"] == ["ISTRI 1 (suami atau istri)"]
    assert sum(benefit.amount for benefit in paper.benefits) == 10_000_000
    assert "Permenaker 1/2025" in paper.reasons[0].article
    assert len(paper.questions) == len(decided.open_questions) > 0
    assert (paper.made_by, paper.approved_by) == ("Maria Tukan", "Theresia Manek")
    assert decision_pdf(paper).startswith(b"%PDF")


def test_a_hospital_is_paid_apart_from_the_worker(stage: Stage) -> None:
    case_id = stage.accident(stage.member("Marten Adoe"), date(2025, 10, 7))
    by, on = stage.cast.bpjs, date(2025, 12, 1)
    given = actions.InvoiceGiven("RS Wirasakti", "A-1", date(2025, 10, 20), 7_500_000)
    actions.add_invoice(by=by, on=on, case_id=case_id, invoice=given)
    letter = actions.IncapacityGiven(date(2025, 10, 7), date(2025, 11, 20), "dr. Bessie")
    actions.add_incapacity(by=by, on=on, case_id=case_id, incapacity=letter)
    actions.set_recovered(by=by, on=on, case_id=case_id, recovered_on=date(2025, 11, 20))
    stage.papers(case_id, on=on)
    stage.decide(case_id)
    case = claims.case(case_id, on=READ)
    (paper,) = letter_papers(case, standing(case), on=READ)
    assert paper.to_name == "Bapak/Ibu Marten Adoe"
    assert [benefit.amount for benefit in paper.benefits] == [1_500_000]
    assert "dibayar langsung ke rumah sakit" in paper.grounds[-1].sentence
    (reckoned,) = [one.sentence for one in paper.grounds if "dihitung dari" in one.sentence]
    assert "Rp 1.500.000 dihitung dari: " in reckoned
    assert "bekerja 45 hari" in reckoned
    assert "Rp 1.000.000" in reckoned
    assert "4500" not in reckoned
    assert make_letter(by=by, on=READ, case_id=case_id).decision is not None


def test_letters_are_only_for_those_who_may_read_the_case(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote", area="53.71.04.1010"), DIED)
    for officer in (stage.cast.lurah, stage.cast.tamu):
        with pytest.raises(Refused) as refusal:
            make_letter(by=officer, on=READ, case_id=case_id)
        assert refusal.value.code == "tidak_berwenang"
    assert names(case_id) == set()
    with pytest.raises(Refused):
        make_letter(by=stage.cast.dinas, on=READ, case_id=case_id + 999)


def test_an_amount_that_is_no_whole_rupiah_stops_the_paper() -> None:
    broken = ComponentRow("a", "b", "c", 1, "16800", "pekerja", "d")  # type: ignore[arg-type]
    with pytest.raises(MoneyError):
        benefits_of([broken])
