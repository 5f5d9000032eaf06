"""Writes the receipts of BPJS (bukti bayar) for paid bills, and takes back one that was wrong."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from lopo.basics.calendar import date_text
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.financing.models import Bill, BpjsReceipt, ReceiptBill, ReceiptFile
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer
from lopo.staff.queries import require

BILL: Final = "financing.bill"
"""What a deed about a receipt is about in the diary: each bill that it is for."""


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """A receipt as BPJS gave it: its number, its day, and its sum in rupiah."""

    number: str
    dated: date
    amount: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A receipt and the bills that it is for."""

    given: ReceiptGiven
    bills: tuple[Bill, ...]


def record_receipt(*, by: Officer, on: date, bill_id: uuid.UUID, given: ReceiptGiven) -> int:
    """Write down the receipt of a paid bill; give how many bills it is for. Needs `bill.pay` there.

    Its sum says for which: all the paid bills of the same code that have no receipt yet, or this bill alone. Refused: a
    bill that is not paid or has a receipt, no number, a number that counts already, a day before the SP2D or after
    `on`, or another sum.
    """
    bill = Bill.objects.filter(pk=bill_id).select_related("programme").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    require(by, "bill.pay", on=on, area_code=bill.programme.area_code)
    same = Q(pk=bill_id) if bill.code_id is None else Q(code=bill.code_id)
    with transaction.atomic():
        bills = waiting_bills(same)
        if all(one.pk != bill_id for one in bills):
            raise Refused(
                "bukti_tanpa_tagihan", "Bukti bayar dicatat untuk tagihan yang sudah dibayar dan belum punya bukti."
            )
        alone = tuple(one for one in bills if one.pk == bill_id)
        placed = Placed(given, bills if given.amount == total(bills) else alone)
        refuse_wrong(placed, on)
        keep_receipts([placed], by=by, on=on)
    return len(placed.bills)


def waiting_bills(which: Q) -> tuple[Bill, ...]:
    """Give the paid bills among these that have no receipt, locked, with their order. One query."""
    bills = Bill.objects.select_for_update(of=("self",)).select_related("sp2d")
    found = bills.filter(which, state=Bill.State.DIBAYAR).exclude(receipts__counts=True)
    return tuple(found.order_by("month", "part"))


def total(bills: Sequence[Bill]) -> int:
    """Give the sum of bills in rupiah."""
    return sum(one.amount for one in bills)


def refuse_wrong(placed: Placed, on: date) -> None:
    """Refuse a receipt that cannot be for these bills."""
    given, ordered = placed.given, max(one.sp2d.dated for one in placed.bills if one.sp2d)
    if not given.number.strip():
        raise Refused("bukti_tanpa_nomor", "Tulis nomor bukti bayar dari BPJS.")
    if given.dated < ordered:
        raise Refused("bukti_sebelum_sp2d", f"Hari bukti ini sebelum SP2D-nya, yaitu {date_text(ordered)}.")
    if given.dated > on:
        raise Refused("bukti_belum_tiba", f"Hari bukti ini, {date_text(given.dated)}, belum tiba.")
    if given.amount != (paid := total(placed.bills)):
        raise Refused(
            "bukti_jumlah_berbeda",
            f"Jumlah bukti {rupiah_text(given.amount)} tidak sama dengan yang dibayar {rupiah_text(paid)}. "
            "Tanyakan kepada BPJS, atau periksa untuk tagihan mana bukti ini.",
        )


def keep_receipts(placed: Sequence[Placed], *, by: Officer, on: date, file: ReceiptFile | None = None) -> None:
    """Write receipts with their bills and tell the diary of each bill. Refused: a number that counts already."""
    try:
        with transaction.atomic():
            made = BpjsReceipt.objects.bulk_create(
                BpjsReceipt(
                    number=one.given.number.strip()[:60], dated=one.given.dated, amount=one.given.amount,
                    written_on=on, written_by=by, file=file,
                )
                for one in placed
            )  # fmt: skip
            pairs = [(receipt, bill) for receipt, one in zip(made, placed, strict=True) for bill in one.bills]
            ReceiptBill.objects.bulk_create(ReceiptBill(receipt=receipt, bill=bill) for receipt, bill in pairs)
    except IntegrityError as problem:
        raise Refused("nomor_bukti_dipakai", "Nomor bukti ini sudah dicatat untuk tagihan lain.") from problem
    deeds = [
        Deed("record_receipt", BILL, bill.pk, after={"number": receipt.number, "dated": str(receipt.dated),
                                                     "amount": receipt.amount})
        for receipt, bill in pairs
    ]  # fmt: skip
    record_all(by=by, on=on, deeds=deeds)


def withdraw_receipt(*, by: Officer, on: date, receipt_id: int, reason: str) -> None:
    """Take back a receipt that was wrong: its bills wait for one again. Needs `bill.pay` where they are.

    It stays on record with the reason. Refused: no reason, no such receipt, or one that is taken back already.
    """
    bills = list(Bill.objects.filter(receipts__receipt=receipt_id, receipts__counts=True).select_related("programme"))
    if not bills:
        raise Refused("bukti_tidak_ada", "Bukti bayar ini tidak ada atau sudah ditarik; muat ulang halaman ini.")
    for area in {one.programme.area_code for one in bills}:
        require(by, "bill.pay", on=on, area_code=area)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa bukti bayar ini ditarik.")
    with transaction.atomic():
        moved = BpjsReceipt.objects.filter(pk=receipt_id, withdrawn_on__isnull=True).update(
            withdrawn_on=on, withdrawn_by=by, withdrawn_why=reason.strip()[:200]
        )
        if not moved:
            raise Refused("bukti_tidak_ada", "Bukti bayar ini tidak ada atau sudah ditarik; muat ulang halaman ini.")
        ReceiptBill.objects.filter(receipt=receipt_id, counts=True).update(counts=False)
        number = BpjsReceipt.objects.values_list("number", flat=True).get(pk=receipt_id)
        before, after = {"number": number}, {"reason": reason.strip()[:200]}
        deeds = [Deed("withdraw_receipt", BILL, one.pk, before=before, after=after) for one in bills]
        record_all(by=by, on=on, deeds=deeds)
