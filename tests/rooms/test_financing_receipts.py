"""Receipts of BPJS: by hand and from a file, equal sums close the bills, all other rows are parked with the reason."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.financing import actions
from lopo.financing.actions import ReceiptGiven
from lopo.financing.actions.receipt_files import FileGiven, ReceiptsTaken, set_aside, take_receipts
from lopo.financing.models import Bill, BpjsReceipt, ParkedReceipt, ReceiptBill
from lopo.financing.queries.receipts import ReceiptsFilter, parked_receipts, receipt_of, receipt_tasks, receipts_page
from lopo.financing.queries.tasks import Work
from lopo.jobs.alarms import raise_bpjs
from lopo.jobs.receipts import read_receipts
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.enrolment import JULY, PAID, PAYER, Enrolment, enrol

pytestmark = pytest.mark.django_db
AUGUST, ON = Month(2025, 8), date(2025, 8, 20)
EACH = 16_800
JULY_SP2D = f"SP2D/{PAYER}/{JULY}"
HEAD = "Kode Iuran;No. Bukti;Tanggal;Jumlah"
AHEAD = ReceiptGiven("BK-9", ON, 6 * EACH)
"""The receipt of three months of two people under one code."""


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    return enrol(cast, 2)


def ahead(cast: Cast, made: Enrolment, *, paid: bool = True) -> list[uuid.UUID]:
    """Bill August to October under one code, and pay them."""
    months = actions.Months(AUGUST, 3, "KI-1", date(2025, 8, 29))
    bills = actions.make_bills(by=cast.dinas, on=ON, programme_id=made.programme, payer_code=PAYER, months=months)
    first, *others = [one.id for one in bills]
    if paid:
        order = actions.OrderGiven("S/1", ON)
        actions.request_payment(by=cast.bendahara, on=ON, bill_id=first, order=order, others=others)
        actions.approve_payment(by=cast.penyetuju, on=ON, bill_id=first)
    return [first, *others]


def record(cast: Cast, bill: uuid.UUID, given: ReceiptGiven = AHEAD, on: date = ON) -> int:
    return actions.record_receipt(by=cast.bendahara, on=on, bill_id=bill, given=given)


def july() -> uuid.UUID:
    return Bill.objects.get(month=JULY.first_day).pk


def take(cast: Cast, *rows: str, on: date = ON) -> ReceiptsTaken:
    content = "\n".join((HEAD, *rows)).encode()
    given = FileGiven("bukti.csv", str(len(content)).zfill(64))
    return take_receipts(by=cast.bendahara, on=on, file=given, rows=read_receipts("bukti.csv", content))


def why() -> dict[int, tuple[str, str]]:
    return {one.line: (one.cell, one.why) for one in parked_receipts()}


def test_one_receipt_closes_all_months_of_its_code(cast: Cast, made: Enrolment) -> None:
    first, second, third = ahead(cast, made)
    assert record(cast, second) == 3
    for one in (first, second, third):
        found = receipt_of(one)
        assert found is not None
        assert (found.number, found.code, found.months) == ("BK-9", "KI-1", (AUGUST, Month(2025, 9), Month(2025, 10)))
    assert receipt_of(july()) is None
    assert set(Diary.objects.filter(action="record_receipt").values_list("subject_id", flat=True)) == {
        str(one) for one in (first, second, third)
    }
    with pytest.raises(Refused, match="belum punya bukti"):
        record(cast, first, replace(AHEAD, number="BK-10"))


def test_a_receipt_of_one_month_closes_that_month_alone(cast: Cast, made: Enrolment) -> None:
    _, second, third = ahead(cast, made)
    assert record(cast, second, ReceiptGiven("BK-1", ON, 2 * EACH)) == 1
    with pytest.raises(Refused, match="sudah dicatat untuk tagihan lain"):
        record(cast, third, ReceiptGiven("BK-1", ON, 2 * EACH))
    assert record(cast, third, ReceiptGiven("BK-2", ON, 4 * EACH)) == 2, "the two months that are left"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (replace(AHEAD, number=" "), "Tulis nomor bukti"),
        (replace(AHEAD, dated=date(2025, 8, 19)), "sebelum SP2D"),
        (replace(AHEAD, dated=date(2025, 8, 21)), "belum tiba"),
        (replace(AHEAD, amount=6 * EACH - 1), "tidak sama dengan yang dibayar"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(cast: Cast, made: Enrolment, given: ReceiptGiven, sentence: str) -> None:
    first, *_ = ahead(cast, made)
    with pytest.raises(Refused, match=sentence):
        record(cast, first, given)
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.record_receipt(by=cast.dinas, on=ON, bill_id=first, given=AHEAD)
    assert not BpjsReceipt.objects.exists()


def test_a_bill_with_a_receipt_stays_paid_until_it_is_withdrawn(cast: Cast, made: Enrolment) -> None:
    first, *_ = ahead(cast, made)
    actions.ask_reversal(by=cast.bendahara, on=ON, bill_id=first, reason="Salah bayar")
    record(cast, first)
    with pytest.raises(Refused, match="Tarik bukti itu"):
        actions.approve_reversal(by=cast.penyetuju, on=ON, bill_id=first)
    with pytest.raises(DatabaseError, match="has a receipt"), transaction.atomic():
        Bill.objects.filter(pk=first).update(state="dibalik")
    receipt = BpjsReceipt.objects.get()
    with pytest.raises(Refused, match="Tulis alasan"):
        actions.withdraw_receipt(by=cast.bendahara, on=ON, receipt_id=receipt.pk, reason=" ")
    actions.withdraw_receipt(by=cast.bendahara, on=ON, receipt_id=receipt.pk, reason="Milik kota lain")
    with pytest.raises(Refused, match="sudah ditarik"):
        actions.withdraw_receipt(by=cast.bendahara, on=ON, receipt_id=receipt.pk, reason="Lagi")
    assert record(cast, first) == 3, "the same number counts again"
    old, new = receipts_page(ReceiptsFilter(("53",)), Asked(sort="dated")).rows
    assert (old.withdrawn_why, new.withdrawn_why) == ("Milik kota lain", "")
    with pytest.raises(DatabaseError, match="are kept"), transaction.atomic():
        BpjsReceipt.objects.filter(pk=receipt.pk).update(amount=1)
    with pytest.raises(DatabaseError, match="are kept"), transaction.atomic():
        ReceiptBill.objects.filter(counts=False).delete()


def test_the_database_holds_the_sum_of_a_receipt(cast: Cast, made: Enrolment) -> None:
    def other_sum() -> None:
        receipt = BpjsReceipt.objects.create(number="X", dated=ON, amount=1, written_on=ON, written_by=cast.bendahara)
        ReceiptBill.objects.create(receipt=receipt, bill_id=july())
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="the sum of a receipt"), transaction.atomic():
        other_sum()


def test_a_file_closes_what_is_equal_and_parks_the_rest_with_cell_and_reason(
    cast: Cast, made: Enrolment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ahead(cast, made)
    rows = (
        f"{JULY_SP2D};BK-1;{PAID};Rp 33.600", "KI-1;BK-2;2025-08-20;100.799", "KI-7;BK-3;2025-08-20;1",
        "KI-8;BK-4;kemarin;1", ";BK-5;2025-08-20;1", "KI-6;BK-6;2025-08-20;banyak",
        f"{JULY_SP2D};BK-1;{PAID};33600",
    )  # fmt: skip
    with django_assert_max_num_queries(20):  # savepoints among them, and no more for more rows
        assert take(cast, *rows) == ReceiptsTaken(1, 0, 6)
    found = receipt_of(july())
    assert found is not None
    assert (found.number, found.amount, found.file) == ("BK-1", 2 * EACH, "bukti.csv")
    told = why()
    assert {line: cell for line, (cell, _) in told.items()} == {3: "A3", 4: "A4", 5: "C5", 6: "A6", 7: "D7", 8: "A8"}
    for line, sentence in (
        (3, "tidak sama dengan yang dibayar Rp 100.800"), (4, "Tidak ada tagihan dengan kode"),
        (5, "Hari bukti tidak terbaca"), (6, "Kode iuran kosong"), (7, "Jumlah tidak terbaca"),
        (8, "sama dengan baris 2"),
    ):  # fmt: skip
        assert sentence in told[line][1]
    deeds = Diary.objects.count()
    assert take(cast, *rows) == ReceiptsTaken(0, 1, 6)
    assert (Diary.objects.count(), BpjsReceipt.objects.count(), ParkedReceipt.objects.count()) == (deeds, 1, 6)


def test_rows_that_contradict_each_other_are_not_guessed(cast: Cast, made: Enrolment) -> None:
    ahead(cast, made)
    take(
        cast, "KI-1;BK-2;2025-08-20;100800", "KI-1;BK-3;2025-08-20;100800", f"{JULY_SP2D};BK-4;{PAID};33600",
        "KI-5;BK-4;2025-08-20;5",
    )  # fmt: skip
    assert [text for _, text in why().values()] == [
        "Kode KI-1 ada di lebih dari satu baris; tidak ditebak mana yang benar."] * 2 + [
        "Nomor bukti BK-4 ada di lebih dari satu baris berkas ini."] * 2  # fmt: skip
    take(cast, f"{JULY_SP2D};BK-4;{PAID};33600")
    take(cast, f"{JULY_SP2D};BK-4;{PAID};33601 ", f"{JULY_SP2D};BK-8;{PAID};33600")
    assert "sudah dicatat dengan hari, jumlah atau kode lain" in parked_receipts()[0].why


def test_a_row_that_came_before_its_payment_is_taken_when_the_file_is_read_again(cast: Cast, made: Enrolment) -> None:
    first, *others = ahead(cast, made, paid=False)
    row = "KI-1;BK-2;2025-08-20;100800"
    assert take(cast, row) == ReceiptsTaken(0, 0, 1)
    assert "belum dibayar menurut catatan kami" in why()[2][1]
    actions.request_payment(by=cast.bendahara, on=ON, bill_id=first, order=actions.OrderGiven("S/1", ON), others=others)
    actions.approve_payment(by=cast.penyetuju, on=ON, bill_id=first)
    assert take(cast, row) == ReceiptsTaken(1, 0, 0)
    assert ParkedReceipt.objects.get().settled_how == "dicatat"


def test_a_parked_row_is_set_aside_with_a_reason(cast: Cast, made: Enrolment) -> None:
    take(cast, "KI-7;BK-3;2025-08-20;1")
    (row,) = parked_receipts()
    for by, reason, sentence in ((cast.bendahara, " ", "Tulis mengapa"), (cast.dinas, "x", "tidak berwenang")):
        with pytest.raises(Refused, match=sentence):
            set_aside(by=by, on=ON, parked_id=row.id, reason=reason)
    set_aside(by=cast.bendahara, on=ON, parked_id=row.id, reason="Untuk kabupaten lain")
    assert parked_receipts() == ()
    assert take(cast, "KI-7;BK-3;2025-08-20;1").parked == 0, "what was set aside does not come back"
    with pytest.raises(Refused, match="sudah selesai"):
        set_aside(by=cast.bendahara, on=ON, parked_id=row.id, reason="Lagi")


def test_who_may_not_pay_takes_no_file(cast: Cast, made: Enrolment) -> None:
    with pytest.raises(Refused, match="tidak berwenang"):
        take_receipts(by=cast.penyetuju, on=ON, file=FileGiven("x", "y"), rows=())


def test_a_payment_without_a_receipt_becomes_a_task_and_an_alarm_then_louder(
    cast: Cast, made: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, *_ = ahead(cast, made)
    assert receipt_tasks(areas=("53",), on=date(2025, 7, 20)) == ()
    with django_assert_num_queries(1):
        (task,) = receipt_tasks(areas=("53",), on=date(2025, 7, 21))
    assert (task.work, task.bill_id, task.amount, task.due_on) == (Work.BUKTI, july(), 2 * EACH, date(2025, 8, 13))
    assert len(receipt_tasks(areas=("53",), on=date(2025, 8, 27))) == 2, "one for three months of one payment"
    assert [raise_bpjs(on=date(2025, 7, day)).raised for day in (20, 21, 22)] == [0, 1, 0]
    assert raise_bpjs(on=date(2025, 8, 14)).raised == 1
    soon, late = Diary.objects.filter(action="raise_bpjs_alarm").order_by("id").values_list("send", flat=True)
    assert set(soon["alarm"]["to"]) < set(late["alarm"]["to"])
    record(cast, first)
    record(cast, july(), ReceiptGiven("BK-1", PAID, 2 * EACH))
    assert receipt_tasks(areas=("53",), on=date(2025, 12, 1)) == ()
    assert Bill.objects.filter(Q(receipts__counts=True)).count() == 4


def test_a_file_in_other_words_is_read_too_and_no_table_is_refused() -> None:
    content = b'Bukti bayar Agustus\nNominal,NTPN,Kode Billing,Tgl Bayar\n"47.040.000,00",N1,8801,14/08/2025\n,,,\n'
    (row,) = read_receipts("b.csv", content)
    assert (row.key, row.given, row.cell) == ("8801", ReceiptGiven("N1", date(2025, 8, 14), 47_040_000), "C3")
    with pytest.raises(Refused, match="jumlah"):
        read_receipts("b.csv", b"kode iuran,nomor bukti,tanggal\n1,2,3\n")
