"""Many proposals approved together: the sample must be read, what wants a look stays, no money is booked twice."""

from __future__ import annotations

import uuid
from datetime import date
from math import comb

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lopo.basics.refusal import Impossible, Refused
from lopo.claims import actions
from lopo.claims.actions import ApprovedMany, Checked, DisputeGiven
from lopo.claims.models import Decision
from lopo.claims.queries.approvals import Waiting, waiting_for
from lopo.claims.sampling import sample_of, sample_size
from lopo.ledger import queries as ledger
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

CITY = ("53.71",)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def proposed(stage: Stage, *days: int) -> list[int]:
    """Deaths of November that are proposed, of one member each."""
    cases = [stage.death_case(stage.member(f"Anggota {day}"), date(2025, 11, day)) for day in days]
    assert actions.propose_decisions(by=stage.cast.bpjs, on=READ, case_ids=cases).proposed == len(cases)
    return cases


def ids_of(cases: list[int]) -> frozenset[uuid.UUID]:
    return frozenset(Decision.objects.filter(case_id__in=cases, state="usul").values_list("id", flat=True))


def waiting(stage: Stage) -> Waiting:
    return waiting_for(stage.cast.penyetuju.id, CITY)


def approve(stage: Stage, ids: frozenset[uuid.UUID]) -> ApprovedMany:
    return actions.approve_decisions(
        by=stage.cast.penyetuju, on=READ, checked=Checked(ids, ids), decision_ids=ids
    )  # fmt: skip


@pytest.mark.parametrize("total", [1, 5, 19, 20, 60, 500, 10_000])
def test_the_sample_misses_a_tenth_that_is_wrong_once_in_twenty_at_most_and_is_no_larger(total: int) -> None:
    size, wrong = sample_size(total), -(-total // 10)
    missed = [comb(total - wrong, n) * 20 <= comb(total, n) for n in (size - 1, size)]
    assert missed == [False, True]
    assert size <= 29


def test_nobody_chooses_the_sample() -> None:
    ids = [uuid.UUID(int=number) for number in range(500)]
    assert sample_of(ids, 7) == sample_of(ids[::-1], 7)
    assert set(sample_of(ids, 7)) != set(sample_of(ids, 8))


def test_what_was_proposed_is_approved_together_and_booked_as_one_by_one(stage: Stage) -> None:
    cases = proposed(stage, 1, 2, 3)
    found = waiting(stage)
    assert (len(found.together), found.alone, found.amount) == (3, (), 126_000_000)
    done = approve(stage, ids_of(cases))
    assert (done.approved, done.amount, done.left) == (3, 126_000_000, ())
    assert {stage.case(one).state for one in cases} == {"dikabulkan"}
    balances = {row.code: row.balance for row in ledger.balances()}
    assert balances["manfaat:jkm"] == 126_000_000
    deeds = list(Diary.objects.filter(action="approve_decision"))
    assert {(deed.after or {})["together"] for deed in deeds} == {3}
    assert all((deed.send or {})["letters"][0]["template"] == "keputusan_kabul" for deed in deeds)


def test_done_again_after_a_kill_it_approves_only_the_rest(stage: Stage) -> None:
    cases = proposed(stage, 1, 2, 3)
    ids = ids_of(cases)
    first = next(iter(ids))
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=first)
    done = approve(stage, ids)
    assert (done.approved, [one.sentence for one in done.left]) == (
        2,
        ["Usul keputusan ini sudah diputus oleh orang lain."],
    )
    assert approve(stage, ids).approved == 0
    assert {row.code: row.balance for row in ledger.balances()}["manfaat:jkm"] == 126_000_000


def test_signs_similar_cases_refusals_objections_and_own_proposals_stay_and_are_named(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    similar = stage.death_case(member, date(2025, 11, 1))
    stage.accident(member, date(2025, 10, 25))
    signed = stage.death_case(stage.member("Rambu Lika"), date(2025, 7, 20))
    refused = stage.death_case(stage.member("Maria Bria", paid={7: date(2025, 7, 13)}), date(2025, 12, 4))
    disputed = stage.death_case(stage.member("Petrus Nalle"), date(2025, 11, 5))
    clean = stage.death_case(stage.member("Ferdi Manu"), date(2025, 11, 6))
    cases = [similar, signed, refused, disputed, clean]
    actions.propose_decisions(by=stage.cast.bpjs, on=READ, case_ids=cases)
    dispute = DisputeGiven("ahli_waris", "Ina Nalle", "Saya anak sulungnya.")
    actions.raise_dispute(by=stage.cast.lurah, on=READ, case_id=disputed, dispute=dispute)
    found = waiting(stage)
    assert [one.case_id for one in found.together] == [clean]
    assert {one.case_id: one.alone for one in found.alone} == {
        similar: ("lihat_kasus_serupa",), signed: ("lihat_bertanda",), refused: ("lihat_penolakan",),
        disputed: ("lihat_keberatan",),
    }  # fmt: skip
    assert {one.alone for one in waiting_for(stage.cast.bpjs.id, CITY).alone} >= {("lihat_usul_sendiri",)}
    done = approve(stage, ids_of(cases))
    assert (done.approved, {one.case_id for one in done.left}) == (1, {similar, signed, refused, disputed})
    assert Decision.objects.filter(state="usul").count() == 4


def test_an_unread_sample_another_list_and_an_officer_without_the_right_are_refused(stage: Stage) -> None:
    ids = ids_of(proposed(stage, 1, 2))
    one = frozenset([next(iter(ids))])
    by = {"by": stage.cast.penyetuju, "on": READ}
    with pytest.raises(Refused, match="belum dinyatakan dibaca: 1"):
        actions.approve_decisions(**by, checked=Checked(ids, one), decision_ids=ids)
    with pytest.raises(Impossible):
        actions.approve_decisions(**by, checked=Checked(one, one), decision_ids=ids)
    with pytest.raises(Refused, match="berwenang"):
        actions.approve_decisions(by=stage.cast.bpjs, on=READ, checked=Checked(ids, ids), decision_ids=ids)
    with pytest.raises(Refused, match="Tidak ada usul"):
        actions.check_sample(by=stage.cast.penyetuju, checked=Checked(frozenset(), frozenset()))
    assert not Decision.objects.filter(state="disetujui").exists()


def test_more_proposals_cost_no_more_queries(stage: Stage) -> None:
    counts = []
    for days in ((1,), (2, 3, 4)):
        ids = ids_of(proposed(stage, *days))
        with CaptureQueriesContext(connection) as asked:
            assert len(waiting(stage).together) == len(days)
        assert len(asked) == 4
        with CaptureQueriesContext(connection) as asked:
            approve(stage, ids)
        counts.append(len(asked))
    assert counts[0] == counts[1]
