"""The known answers end to end: facts from the tables, the law's decision, approval, the book, and doing it again."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims.models import Case, Decision
from lopo.ledger import queries as ledger
from tests.cast import Cast
from tests.rooms.claims_stage import ISSUED, LATE_SEPTEMBER, READ, Stage, build


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def balance(code: str) -> int:
    return {row.code: row.balance for row in ledger.balances()}.get(code, 0)


@pytest.mark.parametrize(
    ("died_on", "amount"),
    [
        (ISSUED, 10_000_000),
        (date(2025, 9, 30), 10_000_000),
        (date(2025, 10, 1), 42_000_000),
        (date(2025, 12, 31), 42_000_000),
    ],
)
def test_a_death_pays_by_the_month_of_membership(stage: Stage, died_on: date, amount: int) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), died_on)
    proposed = stage.decide(case_id)
    decision = Decision.objects.get()
    assert (proposed.kind, proposed.granted, decision.amount) == ("jkm", True, amount)
    assert sum(one["amount"] for one in decision.components) == amount
    assert {one["payee"] for one in decision.components} == {"ahli_waris"}
    assert [reason["code"] for reason in decision.reasons] == (
        ["masa_tunggu_jkm_selesai"] if amount == 10_000_000 else []
    )
    assert (decision.edition, len(decision.law_hash), decision.legal_day) == ("2025-01-01", 64, died_on)
    assert decision.facts["bulan_kepesertaan"] == died_on.month - 6
    assert any("Pasal" in step["source"] for step in decision.trace["steps"])
    assert stage.case(case_id).state == "dikabulkan"
    assert (balance("manfaat:jkm"), balance("utang_manfaat:bpjs")) == (amount, -amount)
    assert ledger.balanced()


def test_a_death_at_work_pays_seventy_million(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    stage.card(member, ("ISTRI", "P", date(1992, 3, 1)))
    case_id = stage.accident(member, date(2025, 8, 4), died_on=date(2025, 8, 4))
    actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)
    stage.papers(case_id)
    assert stage.decide(case_id).amount == 70_000_000
    assert [(one["code"], one["amount"]) for one in Decision.objects.get().components] == [
        ("jkk_santunan_kematian", 48_000_000),
        ("jkk_santunan_berkala", 12_000_000),
        ("jkk_biaya_pemakaman", 10_000_000),
    ]
    assert balance("manfaat:jkk") == 70_000_000


def accident_with_costs(stage: Stage) -> int:
    case_id = stage.accident(stage.member("Marten Adoe"), date(2025, 10, 7))
    by, on = stage.cast.bpjs, date(2025, 12, 1)
    for number, amount in (("A-1", 7_500_000), ("A-2", 18_250_000), ("A-3", 3_400_000)):
        given = actions.InvoiceGiven("RSUD Prof. Dr. W. Z. Johannes", number, date(2025, 10, 20), amount)
        actions.add_invoice(by=by, on=on, case_id=case_id, invoice=given)
    left_out = actions.InvoiceGiven(
        "RSUD", "B-9", date(2025, 10, 21), 900_000, False, "vitamin, bukan karena kecelakaan"
    )
    actions.add_invoice(by=by, on=on, case_id=case_id, invoice=left_out)
    for mode, amount in (("darat", 350_000), ("laut", 2_400_000)):
        trip = actions.TripGiven(mode, date(2025, 10, 7), amount, "Semau - Kupang")
        actions.add_trip(by=by, on=on, case_id=case_id, trip=trip)
    letter = actions.IncapacityGiven(date(2025, 10, 7), date(2025, 11, 20), "dr. Bessie")
    actions.add_incapacity(by=by, on=on, case_id=case_id, incapacity=letter)
    injury = actions.InjuryGiven("ruas_pertama_telunjuk_kanan", 1, False, "dr. Bessie", date(2025, 11, 20))
    actions.add_injury(by=by, on=on, case_id=case_id, injury=injury)
    actions.set_recovered(by=by, on=on, case_id=case_id, recovered_on=date(2025, 11, 20))
    stage.papers(case_id, on=on)
    return case_id


def test_an_accident_pays_care_in_full_and_caps_transport_by_mode(stage: Stage) -> None:
    case_id = accident_with_costs(stage)
    assert stage.decide(case_id).kind == "jkk_kecelakaan"
    parts = {one["code"].split(":")[0]: 0 for one in Decision.objects.get().components}
    for one in Decision.objects.get().components:
        parts[one["code"].split(":")[0]] += one["amount"]
    assert parts == {
        "biaya_perawatan": 29_150_000,  # three invoices, one order each; the fourth does not belong
        "biaya_pengangkutan": 350_000 + 2_000_000,  # sea is capped at two million
        "stmb": 1_500_000,  # 45 days of a base of one million, a month of 30 days
        "cacat_sebagian": 3_600_000,  # 4.5 % of 80 months
    }
    payees = {(one["payee"], one["to"]) for one in Decision.objects.get().components}
    assert payees == {
        ("rumah_sakit", "RSUD Prof. Dr. W. Z. Johannes"),
        ("pekerja", stage.case(case_id).person.nik),
    }
    assert len([one for one in Decision.objects.get().components if one["payee"] == "rumah_sakit"]) == 3


def test_another_invoice_after_the_decision_gives_a_second_decision_of_the_difference(stage: Stage) -> None:
    case_id = accident_with_costs(stage)
    stage.decide(case_id)
    with pytest.raises(Refused, match="Tidak ada yang bertambah"):
        stage.decide(case_id)
    late = actions.InvoiceGiven("RSUP dr. Ben Mboi", "X-1", date(2025, 12, 2), 1_250_000)
    actions.add_invoice(by=stage.cast.bpjs, on=READ, case_id=case_id, invoice=late)
    second = stage.decide(case_id)
    assert (second.number, second.amount) == (2, 1_250_000)
    assert balance("manfaat:jkk") == 29_150_000 + 2_350_000 + 1_500_000 + 3_600_000 + 1_250_000


def test_a_death_in_unpaid_months_pays_the_funeral_now_and_the_rest_when_the_arrears_are_paid(stage: Stage) -> None:
    member = stage.member("Yohanes Tote", paid=LATE_SEPTEMBER)
    case_id = stage.death_case(member, date(2025, 10, 28), on=date(2025, 11, 3))
    first = stage.decide(case_id, on=date(2025, 11, 5))
    assert (first.amount, first.reasons) == (10_000_000, ("jkm_tunggakan_dibayar",))
    assert Decision.objects.get().facts["bulan_menunggak"] == 1
    second = stage.decide(case_id, on=date(2025, 11, 14))
    assert (second.number, second.amount, second.reasons) == (2, 32_000_000, ())
    assert balance("utang_manfaat:bpjs") == -42_000_000


def test_decided_after_the_arrears_were_paid_everything_is_granted_at_once(stage: Stage) -> None:
    member = stage.member("Yohanes Tote", paid=LATE_SEPTEMBER)
    assert stage.decide(stage.death_case(member, date(2025, 10, 28))).amount == 42_000_000


def test_more_than_three_unpaid_months_are_refused_with_the_condition_stored(stage: Stage) -> None:
    member = stage.member("Yohanes Tote", paid={7: date(2025, 7, 13)})
    case_id = stage.death_case(member, date(2025, 11, 28))
    proposed = stage.decide(case_id)
    decision = Decision.objects.get()
    assert (proposed.granted, decision.amount, decision.components) == (False, 0, [])
    assert "jkm_tidak_gugur" in {reason["code"] for reason in decision.reasons}
    assert all(reason["article"] for reason in decision.reasons)
    assert stage.case(case_id).state == "ditolak"
    assert balance("utang_manfaat:bpjs") == 0


def test_a_case_that_only_waits_for_arrears_is_not_refused_but_stays_open(stage: Stage) -> None:
    member = stage.member("Yohanes Tote", paid={7: date(2025, 7, 13)})
    stage.card(member, ("ISTRI", "P", date(1992, 3, 1)))
    case_id = stage.accident(member, date(2025, 9, 20), died_on=date(2025, 9, 20))
    actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)
    stage.papers(case_id)
    with pytest.raises(Refused) as refused:
        actions.propose_decision(by=stage.cast.bpjs, on=date(2025, 9, 25), case_id=case_id)
    assert (refused.value.code, refused.value.article) == ("menunggu_tunggakan", "PP 44/2015 Pasal 39")
    assert stage.case(case_id).state == "lengkap"


def test_before_the_number_there_is_no_cover_and_the_letter_says_why(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    case_id = stage.accident(member, date(2025, 7, 10))
    trip = actions.TripGiven("darat", date(2025, 7, 10), 100_000, "")
    actions.add_trip(by=stage.cast.bpjs, on=READ, case_id=case_id, trip=trip)
    assert stage.decide(case_id).granted is False
    assert "kepesertaan_berlaku" in {reason["code"] for reason in Decision.objects.get().reasons}


def test_nothing_is_granted_with_papers_missing_or_without_a_receiver(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    (case_id,) = actions.open_cases_from_deaths(
        by=stage.cast.bpjs, on=READ, hits=[stage.hit(member, date(2025, 11, 1))]
    ).cases
    with pytest.raises(Refused, match=r"Berkas belum lengkap: .*ahli waris"):
        stage.decide(case_id)
    stage.papers(case_id)
    with pytest.raises(Refused, match="Belum ada penerima"):
        stage.decide(case_id)
    assert Decision.objects.count() == 0


def test_an_accident_without_a_conclusion_is_not_decided(stage: Stage) -> None:
    case_id = stage.accident(stage.member("A"), date(2025, 10, 7))
    Case.objects.filter(pk=case_id).update(work_accident=None, concluded_on=None)
    with pytest.raises(Refused, match="Belum disimpulkan"):
        stage.decide(case_id)


def test_an_accident_that_did_not_come_from_work_is_refused_and_a_death_goes_to_jkm(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    stage.card(member, ("ISTRI", "P", date(1992, 3, 1)))
    case_id = stage.accident(member, date(2025, 10, 7), died_on=date(2025, 10, 8))
    Case.objects.filter(pk=case_id).update(work_accident=None, concluded_on=None)
    actions.conclude_work_accident(
        by=stage.cast.bpjs, on=READ, case_id=case_id, at_work=False, why="serangan jantung di rumah"
    )
    case = stage.case(case_id)
    assert (case.kind, case.event_on, case.state) == ("JKM", date(2025, 10, 8), "dibuka")
    actions.propose_heirs(by=stage.cast.bpjs, on=READ, case_id=case_id)
    stage.papers(case_id)
    assert stage.decide(case_id).amount == 42_000_000


def test_the_maker_does_not_approve_and_an_approved_decision_is_frozen(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.approve_decision(by=stage.cast.bpjs, on=READ, decision_id=proposed.decision_id)
    with pytest.raises(Refused, match="menunggu persetujuan"):
        actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    with pytest.raises(Refused, match="menunggu persetujuan"):
        actions.record_visit(by=stage.cast.bpjs, on=READ, case_id=case_id, note="")
    actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    with pytest.raises(Refused, match="sudah diputus"):
        actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Decision.objects.update(amount=1)
    assert balance("utang_manfaat:bpjs") == -42_000_000


def test_a_proposal_sent_back_is_kept_and_can_be_made_anew(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    with pytest.raises(Refused, match="Tulis alasan"):
        actions.send_back(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id, why=" ")
    actions.send_back(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id, why="nama penerima salah")
    assert stage.case(case_id).state == "lengkap"
    assert balance("utang_manfaat:bpjs") == 0
    stage.decide(case_id)
    assert sorted(Decision.objects.values_list("state", "number")) == [("dikembalikan", 1), ("disetujui", 1)]


def test_an_unknown_decision_is_refused(stage: Stage) -> None:
    with pytest.raises(Refused, match="tidak ada"):
        actions.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=uuid.uuid4())
