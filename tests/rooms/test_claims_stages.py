"""What moves a case: who holds it, reminders once each, disputes and second decisions, signs, heirs, scholarships."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import ChildGiven, DisputeGiven, YearGiven
from lopo.claims.models import Case, Decision, Reminder
from lopo.coverage.models import PaidMonth
from lopo.staff.models import Diary, Officer
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build, reference

DIED = date(2025, 11, 12)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def test_cases_are_handed_over_all_or_none_and_whom_it_concerns_is_told(
    stage: Stage, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    cast = stage.cast
    first, second = stage.death_case(stage.member("Yohanes Tote"), DIED), stage.accident(stage.member("Oka"), DIED)
    actions.take_case(by=cast.dinas, on=READ, case_id=first)
    assert queries.case(first, on=READ).owner == "Yuliana Bessie"

    def hand(holder: str, *ids: int, note: str = "saya cuti", by: Officer = cast.provinsi) -> int:
        return actions.hand_over(by=by, on=READ, given=actions.Handover(ids, holder, note))

    with django_assert_num_queries(8):
        assert hand("bpjs", first, second) == 2
    assert [stage.case(one).owner for one in (first, second)] == [cast.bpjs, cast.bpjs]
    diary = Diary.objects.filter(action="hand_over_case").order_by("id")
    assert [(row.before, row.after) for row in diary] == [
        ({"owner": "dinas"}, {"owner": "bpjs", "note": "saya cuti"}),
        ({"owner": ""}, {"owner": "bpjs", "note": "saya cuti"}),
    ]
    codes = [stage.case(one).code for one in (first, second)]
    assert [row.send for row in diary] == [
        {
            "handed": [
                {"to": "bpjs", "codes": codes, "new": True, "note": "saya cuti"},
                {"to": "dinas", "codes": codes[:1], "new": False, "note": "saya cuti"},
            ]
        },
        None,
    ]
    for given, sentence in (
        (("bpjs", first, second), "sudah dipegang"), (("bendahara", first), "tidak mengurus"), (("bpjs",), "Pilih"),
        (("bpjs", first, 0), "tidak berwenang"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            hand(*given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="perlu diketahui"):
        hand("dinas", first, note=" ")
    with pytest.raises(Refused, match="tidak berwenang"):
        hand("dinas", first, by=cast.lurah)
    actions.close_case(by=cast.dinas, on=READ, case_id=second, why="kejadian yang sama")
    with pytest.raises(Refused, match=codes[1]):
        hand("dinas", first, second)
    assert stage.case(first).owner == cast.bpjs  # all or none
    actions.take_case(by=cast.dinas, on=READ, case_id=first)  # the holder is absent: another takes over
    assert stage.case(first).owner == cast.dinas


def test_each_clock_reminds_once_and_is_told_above_once_it_is_long_over(
    stage: Stage, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    case_id = stage.death_case(stage.member("Yohanes Tote"), DIED)
    actions.take_case(by=stage.cast.dinas, on=READ, case_id=case_id)
    case = stage.case(case_id)
    assert case.pay_due_on is not None
    assert actions.remind(by=None, on=case.visit_due_on - timedelta(days=20)) == actions.Reminded(0, 0)
    with django_assert_num_queries(4):
        first = actions.remind(by=None, on=case.visit_due_on)
    assert (first.reminded, first.escalated) == (2, 0)
    assert actions.remind(by=None, on=case.visit_due_on) == actions.Reminded(0, 0)
    late = actions.remind(by=None, on=max(case.visit_due_on, case.pay_due_on) + timedelta(days=4))
    assert (late.reminded, late.escalated) == (0, 2)
    sent = Diary.objects.filter(action="remind_case").order_by("id").first()
    assert sent is not None
    assert {one["to"] for one in sent.send["reminders"]} == {"dinas"}  # type: ignore[index]
    assert Reminder.objects.count() == 4


def refused_case(stage: Stage) -> int:
    """A death in month 4 without a payment: lapsed, so refused."""
    member = stage.member("Yohanes Tote", paid={7: date(2025, 7, 13)})
    case_id = stage.death_case(member, date(2025, 12, 20))
    stage.decide(case_id)
    assert stage.case(case_id).state == "ditolak"
    return case_id


def test_a_dispute_that_is_upheld_opens_a_second_decision(stage: Stage) -> None:
    case_id = refused_case(stage)
    dispute = DisputeGiven("jumlah", "istri", "iuran sudah dibayar sendiri")
    made = actions.raise_dispute(by=stage.cast.lurah, on=READ, case_id=case_id, dispute=dispute)
    answer = {"on": READ, "dispute_id": made, "upheld": True, "answer": "bukti bayar ditemukan"}
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.answer_dispute(by=stage.cast.lurah, **answer)
    actions.answer_dispute(by=stage.cast.penyetuju, **answer)
    with pytest.raises(Refused, match="sudah dijawab"):
        actions.answer_dispute(by=stage.cast.penyetuju, **answer)
    assert stage.case(case_id).state == "lengkap"
    again = stage.decide(case_id)
    assert (again.number, again.granted, stage.case(case_id).state) == (2, False, "ditolak")
    assert Decision.objects.count() == 2


def test_an_undecided_case_has_no_decision_to_dispute_but_its_heirs_may_be(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), DIED)
    lurah = {"by": stage.cast.lurah, "on": READ, "case_id": case_id}
    with pytest.raises(Refused, match="belum diputus"):
        actions.raise_dispute(**lurah, dispute=DisputeGiven("jumlah", "istri", "kurang"))
    made = actions.raise_dispute(**lurah, dispute=DisputeGiven("ahli_waris", "adik", "istri sudah cerai"))
    with pytest.raises(Refused, match="masih menunggu jawaban"):
        actions.raise_dispute(**lurah, dispute=DisputeGiven("ahli_waris", "adik", "lagi"))
    with pytest.raises(Refused, match="diperselisihkan"):
        actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    actions.answer_dispute(by=stage.cast.penyetuju, on=READ, dispute_id=made, upheld=False, answer="akta nikah sah")
    assert actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id).granted


def test_a_closed_case_opens_again_unless_another_stands(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    case_id = stage.death_case(member, DIED)
    by = {"by": stage.cast.bpjs, "on": READ}
    actions.close_case(**by, case_id=case_id, why="salah orang")
    actions.reopen_case(**by, case_id=case_id, why="ternyata benar")
    assert stage.case(case_id).state == "lengkap"
    with pytest.raises(Refused, match="ditutup tanpa keputusan"):
        actions.reopen_case(**by, case_id=case_id, why="lagi")


def test_a_similar_case_must_be_looked_at_before_approval(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    accident = stage.accident(member, DIED - timedelta(days=5))
    case_id = stage.death_case(member, DIED)
    assert [one.case_id for one in queries.similar_cases(case_id)] == [accident]
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    approve = {"by": stage.cast.penyetuju, "on": READ, "decision_id": proposed.decision_id}
    with pytest.raises(Refused, match="kasus serupa"):
        actions.approve_decision(**approve)
    actions.approve_decision(**approve, seen=[accident])
    assert Diary.objects.filter(action="approve_decision").get().after["similar"] == [accident]  # type: ignore[index]


def test_signs_are_for_a_look_and_refuse_nothing(stage: Stage) -> None:
    """P9: three from one list die within weeks of their number; each is still decided by the law alone."""
    cases = [stage.death_case(stage.member(f"Orang {n}"), date(2025, 7, 20 + n)) for n in range(3)]
    signs = {one.code: one.number for one in queries.signs_of(cases[0])}
    assert signs == {"menjelang_meninggal": 5, "satu_daftar": 3}
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=cases[0])
    approve = {"by": stage.cast.penyetuju, "on": READ, "decision_id": proposed.decision_id}
    with pytest.raises(Refused, match="Kasus ini bertanda") as unread:
        actions.approve_decision(**approve, found=" ")
    assert unread.value.code == "tanda_belum_dilihat"
    actions.approve_decision(**approve, found="Sakit mendadak; bekerja sampai hari terakhir.")
    looked = Diary.objects.filter(action="approve_decision").get().after
    assert looked is not None
    assert (looked["signs"], looked["found"][:5]) == (["menjelang_meninggal", "satu_daftar"], "Sakit")
    assert proposed.amount == 10_000_000


def test_a_receiver_who_is_dead_is_named(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), DIED)
    widow = stage.member("Ina Tote")
    stage.dead(widow, date(2025, 12, 1))
    receiver = actions.Receiver(widow.person.nik, "Ina Tote", "suami_istri", None, "surat 1")
    with pytest.raises(Refused, match="Penerima ini sudah meninggal"):
        actions.name_receiver(by=stage.cast.bpjs, on=READ, case_id=case_id, receiver=receiver)


def scholar(stage: Stage, months: int) -> int:
    """A death by illness after so many paid months, granted."""
    first = 2025 * 12 + 11 - months
    member = stage.member("Yohanes Tote", paid={}, issued=date(first // 12, first % 12 + 1, 2))
    PaidMonth.objects.bulk_create(
        PaidMonth(
            person=member.person, membership=member, payer_code="pemprov-ntt", reference=reference(),
            month=date(one // 12, one % 12 + 1, 1), paid_on=date(one // 12, one % 12 + 1, 2),
        )
        for one in range(first, first + months)
    )  # fmt: skip
    case_id = stage.death_case(member, DIED)
    stage.decide(case_id)
    return case_id


def test_scholarships_are_paid_yearly_to_two_children_as_long_as_years_are_left(stage: Stage) -> None:
    case_id = scholar(stage, 40)
    office, bpjs = {"by": stage.cast.dinas, "on": READ}, {"by": stage.cast.bpjs, "on": READ, "case_id": case_id}
    with pytest.raises(Refused, match="Tidak ada tahun ajaran"):
        actions.propose_schooling(**bpjs)
    born = date(2012, 5, 1)
    ids = [
        actions.name_child(
            **office, case_id=case_id, child=ChildGiven(place, f"537104010512{place:04d}", f"Anak {place}", born)
        )
        for place in (1, 2, 3)
    ]
    with pytest.raises(Refused, match="Anak ini sudah dicatat"):
        actions.name_child(**office, case_id=case_id, child=ChildGiven(4, "5371040105120001", "Anak 1", born))
    for child_id, level in zip(ids, ("smp", "sma", "sd"), strict=True):
        year = YearGiven(2025, level, "SKS/1", married=False, works=False)
        actions.add_school_year(**office, child_id=child_id, year=year)
        with pytest.raises(Refused, match="sudah diminta"):
            actions.add_school_year(**office, child_id=child_id, year=year)
    proposed = actions.propose_schooling(**bpjs)
    assert (proposed.kind, proposed.number, proposed.amount) == ("beasiswa_jkm", 2, 2_000_000 + 3_000_000)
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    assert stage.case(case_id).state == "dikabulkan"
    with pytest.raises(Refused, match="hanya untuk 2 anak"):
        actions.propose_schooling(**bpjs)
    with pytest.raises(Refused, match="Tidak ada yang bertambah"):
        actions.propose_decision(**bpjs)
    assert queries.replay(READ).changed == ()


def test_too_few_paid_months_give_no_scholarship_and_it_is_told_why(stage: Stage) -> None:
    case_id = scholar(stage, 6)
    child = ChildGiven(1, "5371040105120001", "Anak 1", date(2012, 5, 1))
    child_id = actions.name_child(by=stage.cast.dinas, on=READ, case_id=case_id, child=child)
    year = YearGiven(2025, "smp", "SKS/1", married=False, works=False)
    actions.add_school_year(by=stage.cast.dinas, on=READ, child_id=child_id, year=year)
    with pytest.raises(Refused, match="Masa iuran belum cukup"):
        actions.propose_schooling(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert Case.objects.get().state == "dikabulkan"
