"""Pays a bill by SP2D: asked for by one officer, approved by another, and only then are the months covered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.coverage.actions import Payment, confirm_months
from lopo.financing.actions.bills import OWED
from lopo.financing.models import Bill, BillLine, Budget, Sp2d
from lopo.ledger.actions import Posting, credit, debit, open_accounts, post
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require


@dataclass(frozen=True, slots=True)
class OrderGiven:
    """An order of the treasury as it stands on paper: its number, its day and, where it was read off, its sum."""

    number: str
    dated: date
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """A bill that is paid: the day, the months written, the sum in rupiah."""

    bill_id: uuid.UUID
    paid_on: date
    people: int
    amount: int


def _bill(bill_id: uuid.UUID) -> Bill:
    bill = Bill.objects.filter(pk=bill_id).select_related("programme", "payer").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    return bill


def _move(bill: Bill, expected: str, to: str) -> None:
    """Change the state of a bill if it still is what the officer saw; else say what it has become."""
    if not Bill.objects.filter(pk=bill.pk, state=expected).update(state=to):
        now = Bill.objects.values_list("state", flat=True).get(pk=bill.pk)
        raise Refused("tagihan_sudah_berubah", f"Tagihan ini sudah {Bill.State(now).label}; muat ulang halaman ini.")


def _refuse_refused_people(bill: Bill) -> None:
    refused = BillLine.objects.filter(bill=bill, membership__state="ditolak").count()
    if refused:
        raise Refused(
            "tagihan_memuat_yang_ditolak",
            f"Tagihan ini memuat {refused} orang yang ditolak BPJS. "
            "Kembalikan dan batalkan tagihan, lalu buat yang baru.",
        )


def request_payment(*, by: Officer, on: date, bill_id: uuid.UUID, order: OrderGiven) -> int:
    """Ask that a bill is paid in full by an SP2D; give the id of the order. Needs `bill.pay` there.

    Refused: a bill that is ordered, paid or cancelled already, a number that pays another bill, an order dated before
    the bill or after `on`, an order over another sum (whose months would it pay?), or a bill with people whom BPJS has
    refused.
    """
    bill = _bill(bill_id)
    require(by, "bill.pay", on=on, area_code=bill.programme.area_code)
    if not order.number.strip() or not bill.issued_on <= order.dated <= on:
        raise Refused("sp2d_tidak_lengkap", "SP2D perlu nomor, dan hari antara hari tagihan terbit dan hari ini.")
    if order.amount not in (None, bill.amount):
        raise Refused(
            "sp2d_tidak_penuh",
            f"SP2D {rupiah_text(order.amount or 0)} tidak sama dengan tagihan {rupiah_text(bill.amount)}. Tidak dapat "
            "ditebak siapa yang dibayar: batalkan tagihan, lalu tagih hanya yang dibayar.",
        )
    with transaction.atomic():
        _move(bill, Bill.State.TERBIT, Bill.State.DIAJUKAN)
        _refuse_refused_people(bill)
        try:
            with transaction.atomic():
                made = Sp2d.objects.create(
                    number=order.number.strip(), bill=bill, dated=order.dated, amount=bill.amount, made_by=by
                )
        except IntegrityError as problem:
            raise Refused(
                "nomor_sp2d_dipakai", f"SP2D nomor {order.number.strip()} sudah dipakai untuk tagihan lain."
            ) from problem
        after = {"sp2d": made.number, "dated": str(order.dated), "amount": bill.amount}
        deed = Deed("request_payment", "financing.bill", bill.id, before={"state": "terbit"}, after=after)
        record(by=by, on=on, deed=deed)
    return made.id


def return_payment(*, by: Officer, on: date, bill_id: uuid.UUID, reason: str) -> None:
    """Send an order back to its maker: the bill is open again, the diary keeps the order. Needs `bill.approve`.

    Refused: no reason, or a bill that nobody has ordered.
    """
    bill = _bill(bill_id)
    require(by, "bill.approve", on=on, area_code=bill.programme.area_code)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa SP2D ini dikembalikan.")
    with transaction.atomic():
        _move(bill, Bill.State.DIAJUKAN, Bill.State.TERBIT)
        order = Sp2d.objects.get(bill=bill)
        before = {"sp2d": order.number, "dated": str(order.dated), "made_by": order.made_by_id}
        order.delete()
        deed = Deed("return_payment", "financing.bill", bill.id, before=before, after={"reason": reason.strip()})
        record(by=by, on=on, deed=deed)


def approve_payment(*, by: Officer, on: date, bill_id: uuid.UUID) -> Paid:
    """Approve the SP2D of a bill: the bill is paid on `on` and the months of its people are. Needs `bill.approve`.

    The approver is never the one who asked. Refused: a bill that nobody has ordered or that is paid already (two
    approvers at once: one wins), or a month of a person that somebody else has paid.
    """
    bill = _bill(bill_id)
    require(by, "bill.approve", on=on, area_code=bill.programme.area_code)
    with transaction.atomic():
        _move(bill, Bill.State.DIAJUKAN, Bill.State.DIBAYAR)
        order = Sp2d.objects.select_for_update().get(bill=bill)
        if by.id in (order.made_by_id, bill.made_by_id):
            raise Refused(
                "pembuat_bukan_penyetuju", "Yang membuat tagihan atau SP2D tidak boleh menyetujuinya sendiri."
            )
        if order.dated > on:
            raise Refused("sp2d_belum_tiba", "Hari SP2D ini belum tiba.")
        _refuse_refused_people(bill)
        Sp2d.objects.filter(pk=order.pk).update(approved_by=by, approved_on=on)
        people = _cover(bill, on)
        Budget.objects.filter(pk=bill.budget_id).update(paid=F("paid") + bill.amount)
        _enter(bill, order, on)
        before, after = {"state": "diajukan"}, {"sp2d": order.number, "people": people, "amount": bill.amount}
        record(by=by, on=on, deed=Deed("approve_payment", "financing.bill", bill.id, before=before, after=after))
    return Paid(bill.id, on, people, bill.amount)


def _cover(bill: Bill, on: date) -> int:
    members = list(BillLine.objects.filter(bill=bill).values_list("membership_id", flat=True))
    payment = Payment(Month.of(bill.month), bill.payer_id, on, bill.id, members)
    return confirm_months(on=on, payment=payment)


def _enter(bill: Bill, order: Sp2d, on: date) -> None:
    cash = f"kas:{bill.payer_id}"
    open_accounts({cash: f"Kas {bill.payer.name}", OWED: "Utang iuran kepada BPJS Ketenagakerjaan"})
    memo = f"SP2D {order.number}, iuran {Month.of(bill.month).text()}"
    sides = (debit(OWED, bill.amount), credit(cash, bill.amount))
    post([Posting(uuid.uuid5(bill.id, "dibayar"), on, memo[:200], f"bill:{bill.id}", sides)])
