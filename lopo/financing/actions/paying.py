"""Pays bills by SP2D: asked for by one officer, approved by another, and only then are the months covered."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.coverage.actions import Payment, confirm_months
from lopo.coverage.models import Membership
from lopo.financing.actions.bills import OWED
from lopo.financing.actions.codes import refuse_bills_over
from lopo.financing.actions.dividing import divide_bills
from lopo.financing.models import Bill, BillLine, BillPaper, Budget, Sp2d
from lopo.financing.queries.price import STATE_BUDGETS
from lopo.ledger.actions import Posting, credit, debit, open_accounts, post
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer
from lopo.staff.queries import payers_where, require


@dataclass(frozen=True, slots=True)
class OrderGiven:
    """An order of the treasury as it stands on paper: its number, its day and, where it was read off, its sum.

    `rule` (`tunggakan`, `urutan_sk`, `kecamatan`) says whose months are paid first where the sum is short.
    """

    number: str
    dated: date
    amount: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """What one SP2D paid: the bill asked about, the day, the months of people that were written, the sum in rupiah."""

    bill_id: uuid.UUID
    paid_on: date
    people: int
    amount: int


def _bill(bill_id: uuid.UUID) -> Bill:
    bill = Bill.objects.filter(pk=bill_id).select_related("programme", "payer").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    return bill


def _changed(bill: Bill) -> Refused:
    now = Bill.objects.values_list("state", flat=True).get(pk=bill.pk)
    return Refused("tagihan_sudah_berubah", f"Tagihan ini sudah {Bill.State(now).label}; muat ulang halaman ini.")


def _refuse_refused_people(bills: Sequence[Bill]) -> None:
    """From the few who are refused to their lines: the other way round a million lines would ask for their member."""
    programmes = {one.programme_id for one in bills}
    persons = Membership.objects.filter(programme_id__in=programmes, state=Membership.State.DITOLAK).values("person_id")
    lines = BillLine.objects.filter(bill__in=bills, person_id__in=persons, cancelled=False)
    if refused := lines.count():
        raise Refused(
            "tagihan_memuat_yang_ditolak",
            f"Tagihan ini memuat {refused} orang yang ditolak BPJS. "
            "Kembalikan dan batalkan tagihan, lalu buat yang baru.",
        )


def request_payment(
    *, by: Officer, on: date, bill_id: uuid.UUID, order: OrderGiven, others: Sequence[uuid.UUID] = ()
) -> int:
    """Ask that a bill, with `others` of the same budget, is paid by one SP2D; give its id. Needs `bill.pay` there.

    An officer of the payer may ask for it too (`payer.order`), by the paper of its own bank in place of an SP2D.

    An SP2D over less than the bills pays whole months of people in the order of its rule; the rest of a bill stays open
    as a bill of its own, as old as it was. Refused: a bill that is ordered, paid or cancelled already, bills of
    different budget lines, a number that pays another bill, an order dated before a bill or after `on`, or before the
    budget year of a government begins, a sum that is too large, leaves something over, or is short without a rule, a
    billing code that is over, or a bill with people whom BPJS has refused.
    """
    bill = _bill(bill_id)
    if bill.payer_id not in payers_where(by.id, "payer.order", on=on):
        require(by, "bill.pay", on=on, area_code=bill.programme.area_code)
    bills = (bill, *(_bill(one) for one in dict.fromkeys(others) if one != bill.pk))
    _refuse_paper(bills, order, on)
    with transaction.atomic():
        bills = tuple(Bill.objects.select_for_update(of=("self",)).select_related("programme", "payer")
                      .filter(pk__in=[one.pk for one in bills]).order_by("month", "part"))  # fmt: skip
        for one in bills:
            if one.state != Bill.State.TERBIT:
                raise _changed(one)
        _refuse_refused_people(bills)
        refuse_bills_over(bills, on)
        chosen = _reached(bills, order, by, on)
        made = _give_order(chosen, order, by)
        after = {"sp2d": made.number, "dated": str(order.dated), "amount": made.amount, "bills": len(chosen)}
        deeds = [
            Deed("request_payment", "financing.bill", one.pk, before={"state": "terbit"}, after=after) for one in chosen
        ]
        record_all(by=by, on=on, deeds=deeds)
    return made.id


def _refuse_paper(bills: Sequence[Bill], order: OrderGiven, on: date) -> None:
    issued = max(one.issued_on for one in bills)
    if not order.number.strip() or not issued <= order.dated <= on:
        raise Refused("sp2d_tidak_lengkap", "SP2D perlu nomor, dan hari antara hari tagihan terbit dan hari ini.")
    if len({one.budget_id for one in bills}) != 1:
        raise Refused(
            "sp2d_lintas_anggaran", "Satu SP2D membebani satu mata anggaran satu tahun. Buat SP2D untuk masing-masing."
        )
    first = min(one.month for one in bills)
    if bills[0].payer.kind in STATE_BUDGETS and order.dated.year < first.year:
        raise Refused(
            "anggaran_belum_berjalan",
            f"Iuran {Month.of(first).text()} membebani anggaran {first.year}, yang baru dapat dicairkan "
            "mulai 1 Januari.",
        )
    last = BillPaper.objects.filter(bill__in=bills).order_by("-dated").values_list("dated", flat=True).first()
    if last is not None and order.dated < last:
        raise Refused("sp2d_sebelum_spm", "Hari SP2D tidak boleh sebelum hari SPP dan SPM tagihannya.")


def _reached(bills: Sequence[Bill], order: OrderGiven, by: Officer, on: date) -> Sequence[Bill]:
    """Give the bills that the order pays in full; those it pays in part are divided first."""
    asked = sum(one.amount for one in bills)
    if order.amount in (None, asked):
        return bills
    amount = order.amount or 0
    if amount > asked:
        raise Refused(
            "sp2d_lebih",
            f"SP2D {rupiah_text(amount)} lebih besar dari tagihan {rupiah_text(asked)}; tidak ada bulan yang "
            "dibayar kelebihannya. Minta SP2D diperbaiki, atau sertakan tagihan lain.",
        )
    if not order.rule:
        raise Refused(
            "sp2d_tidak_penuh",
            f"SP2D {rupiah_text(amount)} tidak sama dengan tagihan {rupiah_text(asked)}. Tidak dapat ditebak siapa "
            "yang dibayar: pilih aturan siapa yang dibayar lebih dahulu.",
        )
    return divide_bills(bills, amount=amount, rule=order.rule, by=by, on=on)


def _give_order(bills: Sequence[Bill], order: OrderGiven, by: Officer) -> Sp2d:
    number = order.number.strip()
    try:
        with transaction.atomic():
            made = Sp2d.objects.create(
                number=number, dated=order.dated, amount=sum(one.amount for one in bills), made_by=by
            )
    except IntegrityError as problem:
        raise Refused("nomor_sp2d_dipakai", f"SP2D nomor {number} sudah dipakai untuk tagihan lain.") from problem
    ids = [one.pk for one in bills]
    moved = Bill.objects.filter(pk__in=ids, state=Bill.State.TERBIT).update(state=Bill.State.DIAJUKAN, sp2d=made)
    if moved != len(ids):
        raise _changed(bills[0])
    return made


def _ordered(bill: Bill) -> tuple[Sp2d, tuple[Bill, ...]]:
    """Give the order of a bill, locked, with all the bills that it pays. Refused: the bill is not ordered."""
    order = Sp2d.objects.select_for_update().filter(bills=bill, bills__state=Bill.State.DIAJUKAN).first()
    if order is None:
        raise _changed(bill)
    bills = Bill.objects.filter(sp2d=order).select_related("programme", "payer").order_by("month", "part")
    return order, tuple(bills)


def return_payment(*, by: Officer, on: date, bill_id: uuid.UUID, reason: str) -> None:
    """Send the order of a bill back to its maker: all its bills are open again. Needs `bill.approve`.

    The diary keeps the order. Refused: no reason, or a bill that nobody has ordered.
    """
    bill = _bill(bill_id)
    require(by, "bill.approve", on=on, area_code=bill.programme.area_code)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa SP2D ini dikembalikan.")
    with transaction.atomic():
        order, bills = _ordered(bill)
        if not Bill.objects.filter(sp2d=order, state=Bill.State.DIAJUKAN).update(state=Bill.State.TERBIT, sp2d=None):
            raise _changed(bill)
        before = {"sp2d": order.number, "dated": str(order.dated), "made_by": order.made_by_id}
        order.delete()
        after = {"reason": reason.strip()}
        deeds = [Deed("return_payment", "financing.bill", one.pk, before=before, after=after) for one in bills]
        record_all(by=by, on=on, deeds=deeds)


def approve_payment(*, by: Officer, on: date, bill_id: uuid.UUID) -> Paid:
    """Approve the SP2D of a bill: its bills are paid on `on` and the months of their people are. Needs `bill.approve`.

    The approver is never the one who asked. Refused: a bill that nobody has ordered or that is paid already (two
    approvers at once: one wins), a billing code that is over, or a month of a person that somebody else has paid.
    """
    bill = _bill(bill_id)
    require(by, "bill.approve", on=on, area_code=bill.programme.area_code)
    with transaction.atomic():
        order, bills = _ordered(bill)
        if by.id in (order.made_by_id, *(one.made_by_id for one in bills)):
            raise Refused(
                "pembuat_bukan_penyetuju", "Yang membuat tagihan atau SP2D tidak boleh menyetujuinya sendiri."
            )
        if order.dated > on:
            raise Refused("sp2d_belum_tiba", "Hari SP2D ini belum tiba.")
        moved = Bill.objects.filter(sp2d=order, state=Bill.State.DIAJUKAN).update(state=Bill.State.DIBAYAR)
        if moved != len(bills):
            raise _changed(bill)
        _refuse_refused_people(bills)
        refuse_bills_over(bills, on)
        Sp2d.objects.filter(pk=order.pk).update(approved_by=by, approved_on=on)
        people = _cover(bills, on)
        Budget.objects.filter(pk=bill.budget_id).update(paid=F("paid") + order.amount)
        _enter(bills, order, on)
        _tell(bills, order, by, on)
    return Paid(bill.id, on, people, order.amount)


def _cover(bills: Sequence[Bill], on: date) -> int:
    payments = []
    for one in bills:
        members = BillLine.objects.filter(bill=one, cancelled=False).values("membership_id")
        payments.append(Payment(Month.of(one.month), one.payer_id, on, one.id, members, one.people))
    return confirm_months(on=on, payments=payments)


def _enter(bills: Sequence[Bill], order: Sp2d, on: date) -> None:
    payer = bills[0].payer
    cash = f"kas:{payer.code}"
    open_accounts({cash: f"Kas {payer.name}", OWED: "Utang iuran kepada BPJS Ketenagakerjaan"})
    post(
        [
            Posting(
                uuid.uuid5(one.id, "dibayar"), on, f"SP2D {order.number}, iuran {Month.of(one.month).text()}"[:200],
                f"bill:{one.id}", (debit(OWED, one.amount), credit(cash, one.amount)),
            )
            for one in bills
        ]
    )  # fmt: skip


def _tell(bills: Sequence[Bill], order: Sp2d, by: Officer, on: date) -> None:
    deeds = [
        Deed(
            "approve_payment", "financing.bill", one.id, before={"state": "diajukan"},
            after={"sp2d": order.number, "people": one.people, "amount": one.amount},
        )
        for one in bills
    ]  # fmt: skip
    record_all(by=by, on=on, deeds=deeds)
