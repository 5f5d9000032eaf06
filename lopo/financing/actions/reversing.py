"""Takes back a bill that was paid by mistake: asked for by one officer, approved by another, and nothing erased."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from lopo.basics.refusal import Refused
from lopo.coverage.actions import take_back_months
from lopo.financing.actions.bills import issued_id
from lopo.financing.models import Bill, BillLine, Budget, ReceiptBill, Reversal
from lopo.ledger.actions import reverse
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require


@dataclass(frozen=True, slots=True)
class Reversed:
    """A bill that is taken back: how many months are free again, and the sum in rupiah."""

    bill_id: uuid.UUID
    months: int
    amount: int


def _paid_bill(bill_id: uuid.UUID) -> Bill:
    bill = Bill.objects.filter(pk=bill_id).select_related("programme").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    if bill.state != Bill.State.DIBAYAR:
        raise Refused("tagihan_belum_dibayar", "Hanya tagihan yang sudah dibayar dapat dibalik.")
    return bill


def ask_reversal(*, by: Officer, on: date, bill_id: uuid.UUID, reason: str) -> None:
    """Ask that a bill which was paid by mistake is taken back as a whole. Needs `bill.pay` there.

    Nothing moves until another officer approves. Refused: no reason, a bill that is not paid, that has a receipt of
    BPJS, or that was asked for already.
    """
    bill = _paid_bill(bill_id)
    require(by, "bill.pay", on=on, area_code=bill.programme.area_code)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa pembayaran ini dibalik.")
    _refuse_receipt(bill)
    with transaction.atomic():
        try:
            with transaction.atomic():
                Reversal.objects.create(bill=bill, reason=reason.strip()[:200], asked_on=on, asked_by=by)
        except IntegrityError as problem:
            raise Refused("sudah_diminta", "Pembalikan pembayaran ini sudah diminta.") from problem
        record(by=by, on=on, deed=Deed("ask_reversal", "financing.bill", bill.id, after={"reason": reason.strip()}))


def approve_reversal(*, by: Officer, on: date, bill_id: uuid.UUID) -> Reversed:
    """Approve that a paid bill is taken back: its months are free again. Needs `bill.approve` there.

    Budget and book go back by reversing entries; nothing is erased. Refused: nobody asked, the one who asked, a bill
    that is not paid any more (two approvers at once: one wins) or has a receipt of BPJS, or months on which a number
    or a case rests.
    """
    bill = _paid_bill(bill_id)
    require(by, "bill.approve", on=on, area_code=bill.programme.area_code)
    with transaction.atomic():
        asked = Reversal.objects.select_for_update().filter(bill=bill).first()
        if asked is None:
            raise Refused("belum_diminta", "Belum ada yang meminta agar pembayaran ini dibalik.")
        if asked.asked_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang meminta pembalikan tidak boleh menyetujuinya sendiri.")
        _refuse_receipt(Bill.objects.select_for_update().get(pk=bill.pk))
        if not Bill.objects.filter(pk=bill.pk, state=Bill.State.DIBAYAR).update(state=Bill.State.DIBALIK):
            raise Refused("tagihan_belum_dibayar", "Hanya tagihan yang sudah dibayar dapat dibalik.")
        Reversal.objects.filter(bill=bill).update(approved_by=by, approved_on=on)
        months = take_back_months(on=on, reference=bill.id, reason=asked.reason)
        _give_back(bill, asked.reason, on)
        before, after = {"state": "dibayar"}, {"months": months, "amount": bill.amount, "reason": asked.reason}
        record(by=by, on=on, deed=Deed("approve_reversal", "financing.bill", bill.id, before=before, after=after))
    return Reversed(bill.id, months, bill.amount)


def _refuse_receipt(bill: Bill) -> None:
    if ReceiptBill.objects.filter(bill=bill, counts=True).exists():
        raise Refused(
            "tagihan_punya_bukti",
            "BPJS sudah memberi bukti bayar untuk tagihan ini. Tarik bukti itu dengan alasan, bila memang salah.",
        )


def _give_back(bill: Bill, reason: str, on: date) -> None:
    BillLine.objects.filter(bill=bill).update(cancelled=True)
    Budget.objects.filter(pk=bill.budget_id).update(
        committed=F("committed") - bill.amount, paid=F("paid") - bill.amount
    )
    memo = f"Dibalik: {reason}"[:200]
    for entry, mirror in ((uuid.uuid5(bill.id, "dibayar"), "bayar-dibalik"), (issued_id(bill.id), "terbit-dibalik")):
        reverse(entry_id=entry, new_id=uuid.uuid5(bill.id, mirror), on=on, memo=memo)
