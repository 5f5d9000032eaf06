"""A bill that was paid by mistake is taken back by reversal; prices follow payer and sector; a short payment is not."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.claims.models import Case
from lopo.coverage import queries as covered
from lopo.coverage.models import Membership, PaidMonth, TakenMonth
from lopo.financing import actions, queries
from lopo.financing.models import Bill, Budget, Payer
from lopo.ledger import queries as ledger
from tests.cast import Cast
from tests.rooms.enrolment import JULY, Enrolment, enrol, pay

pytestmark = pytest.mark.django_db
AUGUST, PAID_ON, ON = Month(2025, 8), date(2025, 8, 13), date(2025, 8, 20)


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    enrolled = enrol(cast, 6)
    pay(cast, enrolled, AUGUST, paid_on=PAID_ON)
    return enrolled


def paid_bill(month: Month = AUGUST) -> uuid.UUID:
    return Bill.objects.get(month=month.first_day, state="dibayar").id


def take_back(cast: Cast, bill: uuid.UUID) -> actions.Reversed:
    actions.ask_reversal(by=cast.bendahara, on=ON, bill_id=bill, reason="dibayar dua kali")
    return actions.approve_reversal(by=cast.penyetuju, on=ON, bill_id=bill)


def test_a_bill_paid_by_mistake_is_taken_back_whole(cast: Cast, made: Enrolment) -> None:
    bill = paid_bill()
    assert take_back(cast, bill) == actions.Reversed(bill, 6, 6 * 16_800)
    budget = Budget.objects.get()
    assert (budget.committed, budget.paid) == (6 * 16_800, 6 * 16_800), "July alone is left"
    assert ledger.balanced()
    assert PaidMonth.objects.filter(month=AUGUST.first_day).count() == 0
    assert {(one.reason, one.taken_on) for one in TakenMonth.objects.all()} == {("dibayar dua kali", ON)}
    assert (covered.drifted(), covered.miscounted()) == ((), 0)
    counts = covered.cover_counts(made.programme, on=date(2025, 9, 1), areas=("53",))
    assert counts["menunggak_1"] == 6
    again = actions.make_bill(by=cast.dinas, on=ON, programme_id=made.programme, payer_code="pemprov-ntt", month=AUGUST)
    assert again.people == 6, "the months are free again"


def test_a_reversal_needs_two_officers_a_reason_and_a_paid_bill(cast: Cast, made: Enrolment) -> None:
    bill = paid_bill()
    with pytest.raises(Refused, match="alasan"):
        actions.ask_reversal(by=cast.bendahara, on=ON, bill_id=bill, reason=" ")
    with pytest.raises(Refused, match="Belum ada yang meminta"):
        actions.approve_reversal(by=cast.penyetuju, on=ON, bill_id=bill)
    actions.ask_reversal(by=cast.bendahara, on=ON, bill_id=bill, reason="keliru")
    with pytest.raises(Refused, match="sudah diminta"):
        actions.ask_reversal(by=cast.bendahara, on=ON, bill_id=bill, reason="keliru")
    with pytest.raises(Refused, match="berwenang"):
        actions.approve_reversal(by=cast.bendahara, on=ON, bill_id=bill)
    actions.approve_reversal(by=cast.penyetuju, on=ON, bill_id=bill)
    with pytest.raises(Refused, match="sudah dibayar dapat dibalik"):
        actions.approve_reversal(by=cast.penyetuju, on=ON, bill_id=bill)


def test_the_month_on_which_the_numbers_rest_is_not_taken_back(cast: Cast, made: Enrolment) -> None:
    with pytest.raises(Refused, match="dasar nomor peserta"):
        take_back(cast, paid_bill(JULY))
    assert Bill.objects.get(month=JULY.first_day).state == "dibayar"
    assert PaidMonth.objects.filter(month=JULY.first_day).count() == 6
    assert ledger.balanced()


def test_a_month_on_which_a_case_rests_is_not_taken_back(cast: Cast, made: Enrolment) -> None:
    member = Membership.objects.order_by("id")[0]
    Case.objects.create(
        code="K-1", person=member.person, membership=member, kind="JKM", event_on=date(2025, 8, 15),
        died_on=date(2025, 8, 15), opened_on=ON, opened_from="laporan", source="keluarga", visit_due_on=ON,
    )  # fmt: skip
    with pytest.raises(Refused, match="kasus klaim"):
        take_back(cast, paid_bill())
    assert PaidMonth.objects.filter(month=AUGUST.first_day).count() == 6


def test_a_paid_month_never_goes_without_a_trace(cast: Cast, made: Enrolment) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM coverage_paidmonth")
    take_back(cast, paid_bill())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TakenMonth.objects.all().delete()


def test_an_order_over_another_sum_is_refused(cast: Cast, made: Enrolment) -> None:
    bill = actions.make_bill(
        by=cast.dinas, on=ON, programme_id=made.programme, payer_code="pemprov-ntt", month=Month(2025, 9)
    )
    said = {bill.amount - 16_800: "tidak sama dengan tagihan", bill.amount + 1: "lebih besar", 0: "tidak sama"}
    for amount, sentence in said.items():
        with pytest.raises(Refused, match=sentence):
            actions.request_payment(
                by=cast.bendahara, on=ON, bill_id=bill.id, order=actions.OrderGiven("S/9", ON, amount)
            )
    assert actions.request_payment(
        by=cast.bendahara, on=ON, bill_id=bill.id, order=actions.OrderGiven("S/9", ON, bill.amount)
    )


STATE = {Payer.Kind.APBD_PROVINSI, Payer.Kind.APBD_KOTA, Payer.Kind.DANA_DESA, Payer.Kind.APBN}
RELIEF = {
    "transportasi": (Month(2026, 1), Month(2027, 3)),
    "lainnya": (Month(2026, 4), Month(2026, 12)),
}


@pytest.mark.parametrize("kind", Payer.Kind.values)
@pytest.mark.parametrize("sector", RELIEF)
def test_the_relief_follows_payer_sector_and_month(kind: str, sector: str) -> None:
    first, last = RELIEF[sector]
    for month in (first.plus(-1), first, last, last.next()):
        half = kind not in STATE and first <= month <= last
        price = queries.price_of(income=1_000_000, payer_kind=kind, month=month, sector=sector)
        assert price.per_person == (8_400 if half else 16_800), (kind, sector, month)


def test_an_unknown_sector_is_refused_and_never_guessed() -> None:
    with pytest.raises(Refused, match="belum dicatat"):
        queries.price_of(income=1_000_000, payer_kind="gereja", month=Month(2026, 2))
    with pytest.raises(Refused, match="Sektor laut tidak dikenal"):
        queries.price_of(income=1_000_000, payer_kind="gereja", month=Month(2026, 2), sector="laut")
