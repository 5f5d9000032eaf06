"""A granted case that turns out too high: taken back by two; unsent money is held, paid money is asked back."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.claims import actions as claims
from lopo.claims.models import Correction, Decision, Trip
from lopo.claims.queries.case_files import case_file
from lopo.insight import queries as insight
from lopo.ledger import queries as ledger
from lopo.payments import actions, bank
from lopo.payments.actions.recovering import ask_to_give_up, give_up, keep_asking
from lopo.payments.bank.lines import end_to_end
from lopo.payments.models import BankFile, Order, Recovery, StatementLine
from lopo.payments.queries.paid import paid_sums
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_claims_decisions import accident_with_costs
from tests.rooms.test_payments import HOSPITAL, PAY, balance

TRANSPORT = "biaya_pengangkutan"
WHY = "kuitansi perahu ternyata dua juta untuk dua orang"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def granted(stage: Stage, *, account: bool = True) -> int:
    case_id = accident_with_costs(stage)
    stage.decide(case_id)
    if account:
        nik = stage.case(case_id).person.nik
        actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[HOSPITAL])
        actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={nik: "0131111111111"}, bic=bank.BANK_NTT)
    return case_id


def sea(case_id: int, amount: int) -> None:
    Trip.objects.filter(case_id=case_id, mode="laut").update(amount=amount)


def propose(stage: Stage, case_id: int) -> uuid.UUID:
    return claims.propose_correction(by=stage.cast.bpjs, on=READ, case_id=case_id, why=WHY)


def approve(stage: Stage, correction: uuid.UUID) -> None:
    claims.approve_correction(by=stage.cast.penyetuju, on=READ, correction_id=correction)


def correct(stage: Stage, case_id: int, amount: int) -> None:
    sea(case_id, amount)
    approve(stage, propose(stage, case_id))


def order(stage: Stage) -> actions.Ordered:
    return actions.make_orders(by=stage.cast.bpjs, on=PAY)


def send(stage: Stage) -> None:
    file = actions.make_file(by=stage.cast.bpjs, on=PAY)
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)


def answered(stage: Stage) -> None:
    for file in BankFile.objects.filter(state="terkirim"):
        till = bank.FakeBank()
        till.deliver(file.name, bytes(file.content))
        actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.id, content=till.answer(file.name) or b"")


def transport() -> list[tuple[str, int]]:
    rows = Order.objects.filter(component=TRANSPORT).order_by("made_at", "amount")
    return list(rows.values_list("state", "amount"))


def line(stage: Stage, amount: int, *, number: str = "RK-1") -> StatementLine:
    """Money that comes in and names nothing of ours."""
    moved = bank.Booked(1, PAY, False, Decimal(amount), "", "TRX", "setoran Marten Adoe")
    told = bank.Statement(number, actions.paying_account().account, PAY, Decimal(0), Decimal(amount), (moved,))
    actions.read_statement(by=stage.cast.bpjs, on=PAY, content=bank.write_camt053(told))
    return StatementLine.objects.get(statement__number=number)


def repay(stage: Stage, recovery: Recovery, amount: int, *, number: str = "RK-1") -> None:
    found = line(stage, amount, number=number)
    actions.explain_line(
        by=stage.cast.bpjs, on=PAY, line_id=found.id, order_id=None, note="slip setoran", recovery_id=recovery.id
    )
    actions.agree_line(by=stage.cast.penyetuju, on=PAY, line_id=found.id)


def test_an_order_that_is_not_sent_is_replaced_by_a_smaller_one(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    assert transport() == [("siap", 2_350_000)]
    correct(stage, case_id, 1_000_000)
    assert (
        balance("manfaat:jkk") == balance("utang_manfaat:bpjs") * -1 == 29_150_000 + 1_350_000 + 1_500_000 + 3_600_000
    )
    done = order(stage)
    assert (done.orders, done.total, done.corrected.held, done.corrected.asked_back) == (1, 1_350_000, 1_000_000, 0)
    assert sorted(transport()) == [("batal", 2_350_000), ("siap", 1_350_000)]
    assert order(stage).orders == 0, "carried out once"
    send(stage)
    answered(stage)
    assert (balance("utang_manfaat:bpjs"), ledger.balanced()) == (0, True)


def test_what_has_no_order_yet_is_ordered_smaller(stage: Stage) -> None:
    case_id = granted(stage, account=False)
    assert order(stage).orders == 0
    correct(stage, case_id, 500_000)
    nik = stage.case(case_id).person.nik
    actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={nik: "0131111111111"}, bic=bank.BANK_NTT)
    order(stage)
    assert transport() == [("siap", 850_000)]


def test_paid_money_is_asked_back_repaid_and_the_rest_given_up_by_two(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    correct(stage, case_id, 800_000)
    done = order(stage)
    assert (done.orders, done.corrected.held, done.corrected.asked_back) == (0, 0, 1_200_000)
    claim = Recovery.objects.get()
    assert (claim.kind, claim.amount, claim.passbook.holder_nik) == (
        "piutang",
        1_200_000,
        stage.case(case_id).person.nik,
    )  # type: ignore[union-attr]
    assert (balance("piutang_manfaat:bpjs"), balance("utang_manfaat:bpjs")) == (1_200_000, 0)
    repay(stage, claim, 700_000)
    claim.refresh_from_db()
    assert (claim.repaid, balance("piutang_manfaat:bpjs")) == (700_000, 500_000)
    with pytest.raises(Refused, match="lebih dari sisa"):
        repay(stage, claim, 500_001, number="RK-2")
    ask_to_give_up(by=stage.cast.bpjs, on=PAY, recovery_id=claim.id, why="kekeliruan kantor, keluarga tidak mampu")
    with pytest.raises(Refused):
        give_up(by=stage.cast.bpjs, on=PAY, recovery_id=claim.id)
    give_up(by=stage.cast.penyetuju, on=PAY, recovery_id=claim.id)
    claim.refresh_from_db()
    assert (claim.given_up, balance("piutang_manfaat:bpjs"), balance("manfaat_dihapus:bpjs")) == (500_000, 0, 500_000)
    with pytest.raises(Refused, match="Tidak ada permintaan"):
        give_up(by=stage.cast.penyetuju, on=PAY, recovery_id=claim.id)
    assert ledger.balanced()


def test_a_request_to_give_up_is_refused_with_a_reason(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    correct(stage, case_id, 800_000)
    order(stage)
    claim = Recovery.objects.get()
    with pytest.raises(Refused, match="mengapa"):
        ask_to_give_up(by=stage.cast.bpjs, on=PAY, recovery_id=claim.id, why=" ")
    ask_to_give_up(by=stage.cast.bpjs, on=PAY, recovery_id=claim.id, why="tidak mampu")
    with pytest.raises(Refused, match="sudah diminta"):
        ask_to_give_up(by=stage.cast.bpjs, on=PAY, recovery_id=claim.id, why="tidak mampu")
    keep_asking(by=stage.cast.penyetuju, on=PAY, recovery_id=claim.id, why="sudah berjanji mencicil")
    assert Recovery.objects.get().asked_by is None


def test_an_order_at_the_bank_waits_for_the_answer(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    correct(stage, case_id, 800_000)
    done = order(stage)
    assert [(one.component, one.less) for one in done.corrected.waiting] == [(TRANSPORT, 1_200_000)]
    assert not Recovery.objects.exists()
    answered(stage)
    assert order(stage).corrected.asked_back == 1_200_000


def test_a_file_never_carries_what_a_correction_holds(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    correct(stage, case_id, 800_000)
    file = actions.make_file(by=stage.cast.bpjs, on=PAY)
    assert transport() == [("batal", 2_350_000)]
    assert (file.count, file.total) == (5, 29_150_000 + 1_500_000 + 3_600_000)
    assert order(stage).total == 1_150_000


def test_money_that_came_back_is_sent_again_smaller(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    one = Order.objects.get(component=TRANSPORT)
    back = bank.Booked(1, PAY, False, Decimal(one.amount), end_to_end(one.id, 1), "R", "rekening tutup")
    told = bank.Statement("RK-1", actions.paying_account().account, PAY, Decimal(0), Decimal(one.amount), (back,))
    actions.read_statement(by=stage.cast.bpjs, on=PAY, content=bank.write_camt053(told))
    correct(stage, case_id, 800_000)
    done = order(stage)
    assert (done.total, done.corrected.held, done.corrected.asked_back) == (1_150_000, 1_200_000, 0)
    assert ledger.balanced()


def test_more_and_less_at_once_are_decided_one_after_the_other(stage: Stage) -> None:
    case_id = granted(stage)
    sea(case_id, 800_000)
    given = claims.InvoiceGiven("RSUD Prof. Dr. W. Z. Johannes", "A-4", date(2025, 10, 22), 600_000)
    claims.add_invoice(by=stage.cast.bpjs, on=READ, case_id=case_id, invoice=given)
    with pytest.raises(Refused, match="koreksi") as no:
        claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    assert no.value.code == "keputusan_lama_lebih_besar"
    approve(stage, propose(stage, case_id))
    assert claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id).amount == 600_000


def test_a_correction_wants_a_reason_two_officers_and_something_less(stage: Stage) -> None:
    case_id = granted(stage)
    with pytest.raises(Refused, match="tidak ada yang berkurang"):
        propose(stage, case_id)
    sea(case_id, 800_000)
    with pytest.raises(Refused, match="Tulis apa yang keliru"):
        claims.propose_correction(by=stage.cast.bpjs, on=READ, case_id=case_id, why=" ")
    made = propose(stage, case_id)
    with pytest.raises(Refused, match="sudah diusulkan"):
        propose(stage, case_id)
    for by in (stage.cast.bpjs, stage.cast.dinas):
        with pytest.raises(Refused):
            claims.approve_correction(by=by, on=READ, correction_id=made)
    claims.send_correction_back(by=stage.cast.penyetuju, on=READ, correction_id=made, why="periksa kuitansi lagi")
    with pytest.raises(Refused, match="sudah dijawab"):
        approve(stage, made)
    assert case_file(case_id).granted[TRANSPORT] == 2_350_000, "what was granted stands"
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Correction.objects.update(amount=1)
    assert balance("manfaat:jkk") == Decision.objects.get().amount


def test_a_recovery_never_shrinks(stage: Stage) -> None:
    case_id = granted(stage)
    correct(stage, case_id, 800_000)
    order(stage)
    with pytest.raises(DatabaseError), transaction.atomic():
        Recovery.objects.update(amount=F("amount") - 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Recovery.objects.all().delete()


STEP = st.tuples(st.sampled_from(["naik", "turun", "perintah", "kirim", "jawab"]), st.integers(1, 20))


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, min_size=3, max_size=9))
def test_whatever_goes_up_and_down_who_got_it_and_owes_it_adds_up(cast: Cast, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        stage = build(cast)
        case_id = granted(stage)
        for step, number in steps:
            _do(stage, case_id, step, number * 100_000)
            assert ledger.balanced()
        for _ in range(2):
            order(stage)
            if Order.objects.filter(state="siap", file=None).exists():
                send(stage)
            answered(stage)
        order(stage)
        assert not Order.objects.exclude(state__in=["terbayar", "batal"]).exists()
        paid = Order.objects.filter(state="terbayar").aggregate(n=Sum("amount"))["n"]
        owes = Recovery.objects.filter(kind="piutang").aggregate(n=Sum("amount"))["n"] or 0
        assert paid - owes == sum(case_file(case_id).granted.values())
        assert (balance("utang_manfaat:bpjs"), balance("piutang_manfaat:bpjs")) == (0, owes)
        transaction.set_rollback(True)


def _do(stage: Stage, case_id: int, step: str, amount: int) -> None:
    try:
        with transaction.atomic():
            if step == "naik":
                sea(case_id, amount)
                stage.decide(case_id)
            elif step == "turun":
                correct(stage, case_id, amount)
            elif step == "perintah":
                order(stage)
            elif step == "kirim":
                send(stage)
            else:
                answered(stage)
    except Refused:
        pass  # a step that is not possible now changes nothing


def sums(stage: Stage) -> tuple[int, int]:
    """What the first page says was granted and paid."""
    found = insight.standing(stage.programme.code, on=PAY, areas=("53.71",))
    assert found is not None
    return found.claims.granted, found.claims.paid


def test_reports_tell_what_decisions_stand_at_and_what_was_kept(stage: Stage) -> None:
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    whole = sums(stage)
    assert whole[0] == whole[1] > 0
    sea(case_id, 800_000)
    waits = propose(stage, case_id)
    assert sums(stage) == whole, "a proposal takes nothing back"
    approve(stage, waits)
    order(stage)
    assert sums(stage) == (whole[0] - 1_200_000, whole[1])
    repay(stage, Recovery.objects.get(), 700_000)
    assert sums(stage) == (whole[0] - 1_200_000, whole[1] - 700_000)
    (area,) = paid_sums(areas=("53.71",))
    assert (area.cases, area.amount) == (1, whole[1] - 700_000)
    assert [one.amount for one in paid_sums(areas=("53.71",), until=PAY - timedelta(days=1))] == []
