"""What the desks read: the table of cases, one case on one page, decisions with their trace."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.judging import WAITING
from lopo.claims.models import Decision
from lopo.law import LAW
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_claims_decisions import accident_with_costs

CITY = ("53.71",)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def test_the_table_filters_sorts_and_keeps_to_the_areas(stage: Stage, django_assert_num_queries) -> None:
    here = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    stage.decide(here)
    stage.accident(stage.member("Marten Adoe"), date(2025, 10, 7))
    there = stage.member("Norci Neolaka", area="53.71.01.1008")
    actions.open_cases_from_deaths(by=stage.cast.bpjs, on=READ, hits=[stage.hit(there, date(2025, 9, 1))])

    def names(**more: object) -> list[str]:
        asked_for = queries.CaseFilter(**({"areas": CITY} | more))  # type: ignore[arg-type]
        return [row.name for row in queries.cases_page(asked_for, Asked(sort="name")).rows]

    with django_assert_num_queries(3):
        assert names() == ["Marten Adoe", "Norci Neolaka", "Yohanes Tote"]
    assert names(areas=()) == []
    assert names(areas=("53.71.04",)) == ["Marten Adoe", "Yohanes Tote"]
    assert names(within="53.71.01") == ["Norci Neolaka"]
    assert names(kind="JKK") == ["Marten Adoe"]
    assert names(state="dikabulkan") == ["Yohanes Tote"]
    assert names(search="tote") == ["Yohanes Tote"]
    assert names(search=stage.case(here).code.lower()) == ["Yohanes Tote"]
    assert names(overdue_on=READ) == ["Marten Adoe"]
    assert names(overdue_on=date(2026, 1, 9)) == ["Marten Adoe", "Norci Neolaka"]
    assert names(overdue_on=date(2025, 10, 8)) == []
    assert names(search=stage.case(here).code.rpartition("-")[2]) == ["Yohanes Tote"]
    assert names(search="nobody") == []
    with pytest.raises(Refused, match="diurutkan"):
        queries.cases_page(queries.CaseFilter(CITY), Asked(sort="story"))
    assert queries.case_counts(CITY) == {"dibuka": 2, "dikabulkan": 1}


def test_the_table_says_what_each_case_needs_next_by_when_and_from_whom(
    stage: Stage, django_assert_num_queries
) -> None:
    paid, waits = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1)), stage.member("Norci Neolaka")
    stage.decide(paid)
    accident = stage.accident(stage.member("Marten Adoe"), date(2025, 10, 7))
    (death,) = actions.open_cases_from_deaths(
        by=stage.cast.bpjs, on=READ, hits=[stage.hit(waits, date(2025, 9, 1))]
    ).cases
    actions.take_case(by=stage.cast.dinas, on=READ, case_id=death)
    actions.record_visit(by=stage.cast.lurah, on=READ, case_id=death, note="bertemu istri")
    with django_assert_num_queries(2):
        rows = queries.cases_page(queries.CaseFilter(CITY), Asked(), total=3).rows
    assert [row.id for row in rows] == [accident, death, paid]  # the most urgent first, what has ended last
    told = [(row.owner, row.due_on, queries.next_step(row.standing, paid=False)) for row in rows]
    assert told == [
        ("", date(2025, 10, 13), "kunjungi"),
        ("Yuliana Bessie", None, "lengkapi"),
        ("", None, "bayarkan"),
    ]
    assert queries.next_step(rows[2].standing, paid=True) == "tuntas"
    for row in rows:  # the table and the page of the case agree
        page = queries.case(row.id, on=READ)
        assert page.standing(disputed=False, held=False, correcting=False) == row.standing

    def held(owner_id: int) -> list[int]:
        return [row.id for row in queries.cases_page(queries.CaseFilter(CITY, owner_id=owner_id), Asked()).rows]

    assert (held(stage.cast.dinas.id), held(stage.cast.bpjs.id)) == ([death], [])
    assert held(queries.NOBODY) == [accident, paid]


def test_one_case_has_everything_on_one_page(stage: Stage, django_assert_num_queries) -> None:
    case_id = accident_with_costs(stage)
    stage.decide(case_id)
    with django_assert_num_queries(11):
        page = queries.case(case_id, on=READ)
    assert (len(page.invoices), len(page.trips), [one.days for one in page.incapacities]) == (4, 2, [45])
    assert [(one.part, one.permil) for one in page.injuries] == [("ruas_pertama_telunjuk_kanan", 45)]
    assert {paper.received_on is None for paper in page.papers} == {False}
    assert all(paper.article for paper in page.papers)
    (decision,) = page.decisions
    assert (decision.made_by, decision.approved_by) == ("Maria Tukan", "Theresia Manek")
    assert sum(part.amount for part in decision.components) == decision.amount
    assert {"biaya_perawatan", "stmb", "cacat_sebagian"} <= {step.name for step in decision.steps}
    assert decision.basis["invoices_left_out"][0]["why_not"] == "vitamin, bukan karena kecelakaan"
    assert any("Rp" in sentence for sentence in decision.sentences)
    assert [(clock.code, clock.state) for clock in page.clocks] == [
        ("laporan_tahap_1", "tepat_waktu"),
        ("kunjungan", "lewat"),
        ("kesimpulan", "tepat_waktu"),
        ("pembayaran", "tepat_waktu"),
    ]
    assert queries.case_area(case_id) == queries.CaseArea(case_id, "53.71.04.1009")
    assert queries.case_area(0) is None
    with pytest.raises(Refused, match="tidak ada"):
        queries.case(0, on=READ)


def test_a_death_case_names_its_heirs_and_its_clocks(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    page = queries.case(case_id, on=date(2026, 1, 9))
    assert [(heir.relation, heir.receives) for heir in page.heirs] == [("suami_istri", True), ("anak", False)]
    assert {clock.code: clock.state for clock in page.clocks} == {"kunjungan": "lewat", "pembayaran": "lewat"}
    assert {clock.due for clock in page.clocks} == {date(2026, 1, 8)}
    assert [one.code for one in queries.cases_of(page.person_id)] == [page.code]


def test_decisions_that_wait(stage: Stage, django_assert_num_queries) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    with django_assert_num_queries(2):
        page = queries.decisions_page(queries.DecisionFilter(CITY, state="usul"), Asked(sort="-amount"))
    assert [(row.id, row.amount, row.approved_by) for row in page.rows] == [(proposed.decision_id, 42_000_000, None)]
    assert (queries.waiting_decisions(CITY), queries.waiting_decisions(("53.72",))) == (1, 0)
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    assert queries.waiting_decisions(CITY) == 0
    one = queries.decision(proposed.decision_id)
    assert one is not None
    assert (one.granted, one.state, one.approved_on) == (True, "disetujui", READ)


def test_the_conditions_that_only_wait_are_conditions_of_the_law() -> None:
    assert {rule.name for rule in LAW.book.rules if rule.reason is not None} >= WAITING


def test_every_stored_trace_is_whole(stage: Stage) -> None:
    stage.decide(stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1)))
    trace = Decision.objects.get().trace
    names = {step["name"] for step in trace["steps"]}
    assert all(set(step["inputs"]) <= names for step in trace["steps"])
    assert all(step["source"] for step in trace["steps"] if step["kind"] != "fakta")
