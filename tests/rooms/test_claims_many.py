"""Many cases decided at once come out as each alone; total disability pays the children; lost function is counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import ChildGiven, InjuryGiven, YearGiven
from lopo.claims.models import Decision, Paper
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import LATE_SEPTEMBER, READ, Stage, build
from tests.rooms.test_claims_decisions import accident_with_costs

FROZEN = ("kind", "granted", "amount", "components", "legal_day", "facts", "reasons", "law_hash", "number", "made_on")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def test_many_at_once_come_out_as_each_alone(stage: Stage) -> None:
    ready = [stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1)), accident_with_costs(stage)]
    ready.append(stage.death_case(stage.member("Rambu Lika", paid=LATE_SEPTEMBER), date(2025, 10, 20)))
    alone = []
    for case_id in ready:
        one = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
        actions.send_back(by=stage.cast.penyetuju, on=READ, decision_id=one.decision_id, why="diusulkan bersama")
        alone.append(Decision.objects.filter(pk=one.decision_id).values(*FROZEN).get())
    lacking = stage.death_case(stage.member("Maria Bria"), date(2025, 11, 2))
    Paper.objects.filter(case_id=lacking, code="surat_ahli_waris").update(received_on=None)
    done = actions.propose_decisions(by=stage.cast.bpjs, on=READ, case_ids=[*ready, lacking])
    assert (done.proposed, done.granted) == (3, 3)
    assert done.amount == sum(one["amount"] for one in alone)
    assert [(one.case_id, one.sentence) for one in done.waits] == [
        (lacking, "Berkas belum lengkap: Surat keterangan ahli waris.")
    ]
    together = Decision.objects.filter(state="usul").order_by("case_id").values(*FROZEN)
    assert list(together) == [one for _, one in sorted(zip(ready, alone, strict=True), key=lambda pair: pair[0])]
    assert {stage.case(case_id).state for case_id in ready} == {"diusulkan"}
    assert Diary.objects.filter(action="propose_decision").count() == 6
    again = actions.propose_decisions(by=stage.cast.bpjs, on=READ, case_ids=ready)
    assert (again.proposed, len(again.waits)) == (0, 3)


def test_more_cases_cost_no_more_queries(stage: Stage) -> None:
    one = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    more = [stage.death_case(stage.member(f"Anggota {n}"), date(2025, 11, n)) for n in (2, 3, 4)]
    counts = []
    for case_ids in ([one], more):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            actions.propose_decisions(by=stage.cast.bpjs, on=READ, case_ids=case_ids)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_may_decide_nowhere_decides_nothing(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.propose_decisions(by=stage.cast.lurah, on=READ, case_ids=[case_id])
    assert not Decision.objects.exists()


def accident(stage: Stage, *injuries: InjuryGiven) -> int:
    case_id = stage.accident(stage.member("Marten Adoe"), date(2025, 10, 7))
    by, on = stage.cast.bpjs, date(2025, 12, 1)
    for one in injuries:
        actions.add_injury(by=by, on=on, case_id=case_id, injury=one)
    actions.set_recovered(by=by, on=on, case_id=case_id, recovered_on=date(2025, 11, 20))
    stage.papers(case_id, on=on)
    return case_id


def test_a_lost_function_pays_its_percent_of_the_part(stage: Stage) -> None:
    """A forefinger that bends half: 50 % of 9 % of 80 months of a base of one million; the other is gone: 7 %."""
    on = date(2025, 11, 20)
    case_id = accident(
        stage,
        InjuryGiven("telunjuk_kanan", 1, False, "dr. Bessie", on, 50),
        InjuryGiven("telunjuk_kiri", 1, False, "dr. Bessie", on),
    )
    stage.decide(case_id)
    parts = {one["code"]: one["amount"] for one in Decision.objects.get().components}
    table = {one.part: one.permil for one in queries.case(case_id, on=READ).injuries}
    assert parts == {
        "cacat_fungsi": table["telunjuk_kanan"] * 80 * 1_000_000 // 2 // 1000,
        "cacat_sebagian": table["telunjuk_kiri"] * 80 * 1_000_000 // 1000,
    }
    assert queries.replay(READ).changed == ()
    with pytest.raises(Refused, match="1 sampai 100 persen"):
        actions.add_injury(
            by=stage.cast.bpjs, on=READ, case_id=case_id, injury=InjuryGiven("telunjuk_kanan", 1, False, "dr", on, 101)
        )


def test_total_disability_sends_the_children_to_school_through_the_worker(stage: Stage) -> None:
    case_id = accident(stage)
    office = {"by": stage.cast.dinas, "on": READ}
    child = ChildGiven(1, "5371040105120001", "Anak 1", date(2012, 5, 1))
    with pytest.raises(Refused, match="cacat total tetap"):
        actions.name_child(**office, case_id=case_id, child=child)
    day = date(2025, 11, 20)
    actions.declare_total(by=stage.cast.bpjs, on=READ, case_id=case_id, declared_on=day, why="dr. Bessie, 12/2025")
    stage.papers(case_id)
    assert stage.decide(case_id).amount == 56_000_000 + 12_000_000
    child_id = actions.name_child(**office, case_id=case_id, child=child)
    year = YearGiven(2025, "smp", "SKS/1", married=False, works=False)
    actions.add_school_year(**office, child_id=child_id, year=year)
    proposed = actions.propose_schooling(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert (proposed.kind, proposed.amount) == ("beasiswa_jkk", 2_000_000)
    (component,) = Decision.objects.get(pk=proposed.decision_id).components
    assert (component["payee"], component["to"]) == ("pekerja", stage.case(case_id).person.nik)
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id, found="cocok")
    with pytest.raises(Refused, match="Tidak ada tahun ajaran"):
        actions.propose_schooling(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert queries.replay(READ).changed == ()
