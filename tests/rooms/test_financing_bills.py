"""Budgets, bills and their payment: what is refused in words, and what the database refuses by itself."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Membership, PaidMonth
from lopo.financing import actions
from lopo.financing.models import Bill, BillLine, Budget, Sp2d
from lopo.financing.queries.price import price_of
from lopo.ledger import queries as ledger
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.enrolment import ISSUED, JULY, PAID, PAYER, SENT, Enrolment, enrol, fund, make_decree, pay, take

pytestmark = pytest.mark.django_db
AUGUST = Month(2025, 8)


@pytest.fixture
def taken(cast: Cast) -> Enrolment:
    """Five people whom BPJS has taken, a budget of ten months of one of them."""
    made = make_decree(cast, 5)
    take(cast, made, FakeBpjs({}))
    return made


def bill(
    cast: Cast, made: Enrolment, *, month: Month = JULY, payer: str = PAYER, on: date = ISSUED
) -> actions.BillMade:
    return actions.make_bill(by=cast.dinas, on=on, programme_id=made.programme, payer_code=payer, month=month)


def order(cast: Cast, made: actions.BillMade, number: str = "SP2D/1", on: date = PAID) -> int:
    return actions.request_payment(by=cast.bendahara, on=on, bill_id=made.id, order=actions.OrderGiven(number, on))


def book() -> dict[str, int]:
    assert ledger.balanced()
    return {one.code: one.balance for one in ledger.balances()}


def test_a_bill_costs_what_the_law_says_and_is_due_on_the_15th(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, amount=500_000)
    made = bill(cast, taken)
    assert (made.people, made.per_person, made.amount) == (5, 16_800, 84_000)
    assert made.due_on == date(2025, 7, 15)
    kept = Bill.objects.get(pk=made.id)
    assert (kept.state, kept.amount, kept.lines.count(), len(kept.law_hash)) == ("terbit", 84_000, 5, 64)
    assert Budget.objects.get().committed == 84_000
    assert book() == {
        "anggaran:pemprov-ntt:2025": 500_000,
        "pagu:pemprov-ntt:2025": -500_000,
        "iuran:pemprov-ntt:2025": 84_000,
        "utang_iuran:bpjs": -84_000,
    }


def test_a_due_day_on_a_weekend_moves_to_the_next_working_day(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    assert bill(cast, taken, month=Month(2025, 11), on=date(2025, 11, 1)).due_on == date(2025, 11, 17)


def test_paying_covers_the_month_of_each_and_closes_the_debt(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, amount=500_000)
    made = bill(cast, taken)
    order(cast, made)
    paid = actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    assert (paid.people, paid.amount, paid.paid_on) == (5, 84_000, PAID)
    months = set(PaidMonth.objects.values_list("month", "payer_code", "paid_on", "reference"))
    assert months == {(date(2025, 7, 1), PAYER, PAID, made.id)}
    assert PaidMonth.objects.count() == 5
    assert (Budget.objects.get().committed, Budget.objects.get().paid) == (84_000, 84_000)
    assert book()["utang_iuran:bpjs"] == 0
    assert book()["kas:pemprov-ntt"] == -84_000
    assert [one.action for one in Diary.objects.filter(subject_id=str(made.id)).order_by("id")] == [
        "make_bill", "request_payment", "approve_payment",
    ]  # fmt: skip


def test_six_months_of_sikka(cast: Cast) -> None:
    months = [Month(2025, number) for number in range(7, 13)]
    prices = [price_of(income=1_000_000, payer_kind="apbd_provinsi", month=month).per_person for month in months]
    assert sum(6_041 * price for price in prices) == 608_932_800


def test_apbd_pays_in_full_in_2026_and_others_are_not_guessed(cast: Cast) -> None:
    january, april = Month(2026, 1), Month(2026, 4)
    for kind in ("apbd_provinsi", "apbd_kota", "dana_desa", "apbn"):
        assert price_of(income=1_000_000, payer_kind=kind, month=april).per_person == 16_800
    assert price_of(income=1_000_000, payer_kind="gereja", month=april).per_person == 8_400
    with pytest.raises(Refused, match="menurut sektor"):
        price_of(income=1_000_000, payer_kind="gereja", month=january)


def test_the_same_month_twice_is_refused(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    bill(cast, taken)
    with pytest.raises(Refused, match="Juli 2025 sudah ditagihkan"):
        bill(cast, taken)
    assert Bill.objects.count() == 1


def test_another_payer_for_the_same_month_is_refused_with_the_name_of_the_first(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    fund(cast, taken, payer="pemkot-kupang", kind="apbd_kota")
    bill(cast, taken)
    with pytest.raises(Refused, match="PEMPROV NTT; satu bulan hanya satu pembayar"):
        bill(cast, taken, payer="pemkot-kupang")
    assert bill(cast, taken, payer="pemkot-kupang", month=AUGUST).people == 5


def test_the_database_itself_refuses_a_second_payer_for_a_month(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    made = bill(cast, taken)
    line = BillLine.objects.filter(bill_id=made.id).values()[0]
    second = Bill.objects.filter(pk=made.id).values()[0]
    fund(cast, taken, payer="pemkot-kupang", kind="apbd_kota")
    Bill.objects.create(**{**second, "id": uuid.uuid4(), "payer_id": "pemkot-kupang"})
    other = Bill.objects.get(payer_id="pemkot-kupang")
    with pytest.raises(IntegrityError, match="bill_line_one_payer_a_month"), transaction.atomic():
        BillLine.objects.create(**{**line, "bill_id": other.id})
    order(cast, made)
    actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    month = PaidMonth.objects.values()[0]
    with pytest.raises(IntegrityError, match="coverage_paidmonth_pkey"), transaction.atomic():
        PaidMonth.objects.create(**{**month, "payer_code": "pemkot-kupang", "reference": other.id})


def test_a_budget_is_never_overspent(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, amount=100_000)
    bill(cast, taken)
    with pytest.raises(Refused, match=r"Rp 84.000 melebihi sisa anggaran Rp 16.000"):
        bill(cast, taken, month=AUGUST)
    assert (Bill.objects.count(), BillLine.objects.count(), Budget.objects.get().committed) == (1, 5, 84_000)
    with pytest.raises(IntegrityError, match="budget_not_overspent"), transaction.atomic():
        Budget.objects.update(committed=100_001)


def test_a_budget_needs_a_legal_basis_and_changes_by_postings(cast: Cast, taken: Enrolment) -> None:
    def change(amount: int, basis: str = "Pergub NTT 12/2025") -> int:
        line = actions.BudgetLine(PAYER, taken.programme, 2025, "5.1.02.02", basis, amount, "Pergeseran anggaran")
        return actions.set_budget(by=cast.bendahara, on=SENT, line=line)

    fund(cast, taken, amount=500_000)
    with pytest.raises(Refused, match="dasar hukum"):
        change(600_000, basis=" ")
    for amount, balance in ((600_000, 600_000), (600_000, 600_000), (400_000, 400_000), (500_000, 500_000)):
        change(amount)
        assert book()["anggaran:pemprov-ntt:2025"] == balance
        assert book()["pagu:pemprov-ntt:2025"] == -balance
    bill(cast, taken)
    with pytest.raises(Refused, match="tidak boleh kurang"):
        change(83_999)
    change(84_000)
    with pytest.raises(Refused, match="lebih dari nol"):
        change(0)
    assert Budget.objects.get().amount == 84_000


def test_no_bill_without_a_budget_or_outside_the_programme_or_for_nobody(cast: Cast, taken: Enrolment) -> None:
    actions.add_payer(by=cast.bendahara, on=SENT, payer=actions.PayerGiven(PAYER, "Pemprov", "P", "apbd_provinsi"))
    with pytest.raises(Refused, match="belum mempunyai anggaran 2025"):
        bill(cast, taken)
    fund_line = actions.BudgetLine(PAYER, taken.programme, 2025, "5.1", "Pergub", 10**9, "Pergeseran")
    actions.set_budget(by=cast.bendahara, on=SENT, line=fund_line)
    with pytest.raises(Refused, match="tidak termasuk bulan program"):
        bill(cast, taken, month=Month(2025, 6))
    Membership.objects.update(state="diusulkan", accepted_on=None)
    with pytest.raises(Refused, match="Tidak ada peserta"):
        bill(cast, taken)


def test_an_order_is_asked_for_once_with_a_number_of_its_own(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    july, august = bill(cast, taken), bill(cast, taken, month=AUGUST)
    order(cast, july)
    with pytest.raises(Refused, match="SP2D diajukan"):
        order(cast, july, "SP2D/2")
    with pytest.raises(Refused, match="sudah dipakai untuk tagihan lain"):
        order(cast, august)
    assert Bill.objects.get(pk=august.id).state == "terbit"
    with pytest.raises(Refused, match="perlu nomor"):
        actions.request_payment(
            by=cast.bendahara, on=PAID, bill_id=august.id, order=actions.OrderGiven("SP2D/3", date(2025, 6, 30))
        )


def test_paid_is_paid_once_and_never_by_its_maker(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    made = bill(cast, taken)
    with pytest.raises(Refused, match="terbit"):
        actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    order(cast, made)
    with pytest.raises(Refused, match="berwenang"):
        actions.approve_payment(by=cast.bendahara, on=PAID, bill_id=made.id)
    Sp2d.objects.update(made_by=cast.penyetuju)
    with pytest.raises(Refused, match="tidak boleh menyetujuinya sendiri"):
        actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    with pytest.raises(IntegrityError, match="sp2d_maker_not_checker"), transaction.atomic():
        Sp2d.objects.update(approved_by=cast.penyetuju)
    Sp2d.objects.update(made_by=cast.bendahara)
    actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    with pytest.raises(Refused, match="sudah dibayar"):
        actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    assert book()["kas:pemprov-ntt"] == -84_000


def test_an_order_that_is_sent_back_can_be_asked_for_again(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    made = bill(cast, taken)
    order(cast, made)
    with pytest.raises(Refused, match="alasan"):
        actions.return_payment(by=cast.penyetuju, on=PAID, bill_id=made.id, reason="")
    actions.return_payment(by=cast.penyetuju, on=PAID, bill_id=made.id, reason="nomor rekening salah")
    order(cast, made)
    assert actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id).people == 5


def test_a_cancelled_bill_frees_budget_months_and_book(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, amount=84_000)
    made = bill(cast, taken)
    actions.cancel_bill(by=cast.dinas, on=PAID, bill_id=made.id, reason="dua orang pindah")
    assert Budget.objects.get().committed == 0
    assert book()["utang_iuran:bpjs"] == 0
    again = bill(cast, taken)
    order(cast, again)
    with pytest.raises(Refused, match="belum diajukan"):
        actions.cancel_bill(by=cast.dinas, on=PAID, bill_id=again.id, reason="x")
    with pytest.raises(Refused, match="batal"):
        order(cast, made, "SP2D/9")


def test_a_person_whom_bpjs_refused_after_billing_is_not_paid_for(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    made = bill(cast, taken)
    Membership.objects.filter(person__nik="5371010101800001").update(state="ditolak", reject_reason="ganda")
    with pytest.raises(Refused, match="memuat 1 orang yang ditolak"):
        order(cast, made)
    actions.cancel_bill(by=cast.dinas, on=PAID, bill_id=made.id, reason="ada yang ditolak")
    assert bill(cast, taken).people == 4


def test_who_ended_is_not_billed_any_more(cast: Cast) -> None:
    made = enrol(cast, 4)
    day = date(2025, 7, 20)
    member = Membership.objects.order_by("id")[0]
    coverage.end_membership(by=cast.dinas, on=day, membership_id=member.id, ended_on=day, reason="pindah")
    assert bill(cast, made, month=AUGUST, on=date(2025, 8, 1)).people == 3


def test_who_joins_later_is_billed_by_another_payer_only(cast: Cast, taken: Enrolment) -> None:
    Membership.objects.filter(person__nik="5371010101800001").update(state="diusulkan", accepted_on=None)
    fund(cast, taken)
    fund(cast, taken, payer="gereja-gmit", kind="gereja")
    assert bill(cast, taken).people == 4
    Membership.objects.filter(state="diusulkan").update(state="diterima", accepted_on=SENT)
    assert bill(cast, taken, payer="gereja-gmit").people == 1


def test_only_the_right_roles(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    for officer in (cast.bendahara, cast.penyetuju, cast.lurah, cast.bpjs):
        with pytest.raises(Refused, match="berwenang"):
            actions.make_bill(by=officer, on=ISSUED, programme_id=taken.programme, payer_code=PAYER, month=JULY)
    made = bill(cast, taken)
    for officer in (cast.dinas, cast.penyetuju, cast.gubernur):
        with pytest.raises(Refused, match="berwenang"):
            actions.request_payment(by=officer, on=PAID, bill_id=made.id, order=actions.OrderGiven("S", PAID))


def test_bills_lines_and_paid_months_are_frozen(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken)
    pay(cast, taken, JULY, paid_on=PAID)
    deeds = [
        "UPDATE financing_bill SET amount = amount + per_person, people = people + 1",
        "UPDATE financing_bill SET state = 'terbit'",
        "DELETE FROM financing_bill",
        "UPDATE financing_billline SET amount = 1",
        "DELETE FROM financing_billline",
        "UPDATE coverage_paidmonth SET paid_on = '2025-07-01'",
        "DELETE FROM coverage_paidmonth",
    ]
    for deed in deeds:
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)
