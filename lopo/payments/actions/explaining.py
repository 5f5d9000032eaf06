"""Lines of a bank statement that nobody knows: one officer says what they are, another agrees."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import IntegrityError, transaction

from lopo.basics.refusal import Refused
from lopo.payments.actions.recovering import book_repaid
from lopo.payments.actions.statements import move_orders
from lopo.payments.models import Order, Recovery, StatementLine
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

State = StatementLine.State
_PAYABLE = (Order.State.TERKIRIM, Order.State.GAGAL, Order.State.TERBAYAR)


def explain_line(
    *, by: Officer, on: date, line_id: int, order_id: uuid.UUID | None, note: str, recovery_id: uuid.UUID | None = None
) -> None:  # fmt: skip
    """Propose what an unknown line is; needs `payment.make`.

    One of our orders, money that pays back what a correction asked for, or (without either) no payment of ours.
    Refused: no reason given, a line that waits no more, an order of another amount or one that cannot have moved so, a
    claim of which less is left.
    """
    staff.require(by, "payment.make", on=on)
    if not note.strip():
        raise Refused("alasan_kosong", "Tulis apa uang ini dan dari mana Anda mengetahuinya.")
    with transaction.atomic():
        line = _line(line_id)
        if order_id is not None:
            _check(line, _order(order_id))
        if recovery_id is not None:
            _check_recovery(line, order_id, recovery_id)
        changed = StatementLine.objects.filter(pk=line_id, state=State.BELUM_DIKENALI).update(
            state=State.DIUSULKAN, proposed_by=by, proposed_order=order_id, proposed_recovery=recovery_id,
            proposed_note=note.strip()[:200],
        )  # fmt: skip
        if not changed:
            raise Refused("baris_berubah", "Baris ini tidak lagi menunggu penjelasan; muat ulang halaman.")
        after = {"order": str(order_id or ""), "amount": str(line.amount)}
        after |= {"recovery": str(recovery_id)} if recovery_id else {}
        record(by=by, on=on, deed=Deed("explain_line", "payments.statement_line", line_id, after=after))


def agree_line(*, by: Officer, on: date, line_id: int) -> None:
    """Agree with what another officer said of a line; needs `payment.approve`. An order moves and is booked by it.

    Refused: the own proposal, a line without one, an order that changed since.
    """
    staff.require(by, "payment.approve", on=on)
    with transaction.atomic():
        line = _line(line_id)
        if line.proposed_by_id == by.id:
            raise Refused("usul_sendiri", "Yang mengusulkan penjelasan tidak boleh menyetujuinya sendiri.")
        order = None if line.proposed_order_id is None else _order(line.proposed_order_id)
        if order is not None:
            _check(line, order)
        try:
            with transaction.atomic():
                changed = StatementLine.objects.filter(pk=line_id, state=State.DIUSULKAN).update(
                    state=State.DIJELASKAN, settled_by=by, settled_on=on, order=order,
                    attempt=None if order is None else order.attempt, recovery=line.proposed_recovery_id,
                )  # fmt: skip
        except IntegrityError as problem:
            raise Refused(
                "sudah_ada_baris", "Perintah ini sudah punya baris rekening koran yang sama arah."
            ) from problem
        if not changed:
            raise Refused("baris_berubah", "Tidak ada usul yang menunggu pada baris ini; muat ulang halaman.")
        if order is not None:
            move_orders("l.id = %s", line_id, on, "Dijelaskan oleh dua orang", debit=line.debit)
        if line.proposed_recovery_id is not None:
            book_repaid(line.proposed_recovery_id, int(line.amount), line_id=line_id, on=on)
        record(by=by, on=on, deed=Deed("agree_line", "payments.statement_line", line_id))


def refuse_line(*, by: Officer, on: date, line_id: int, why: str) -> None:
    """Send a proposal back with a reason; needs `payment.approve`. The line waits again."""
    staff.require(by, "payment.approve", on=on)
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa penjelasan ini tidak disetujui.")
    with transaction.atomic():
        changed = StatementLine.objects.filter(pk=line_id, state=State.DIUSULKAN).update(
            state=State.BELUM_DIKENALI, proposed_by=None, proposed_order=None, proposed_recovery=None, proposed_note=""
        )
        if not changed:
            raise Refused("baris_berubah", "Tidak ada usul yang menunggu pada baris ini; muat ulang halaman.")
        record(by=by, on=on, deed=Deed("refuse_line", "payments.statement_line", line_id, after={"why": why}))


def _line(line_id: int) -> StatementLine:
    line = StatementLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise Refused("baris_tidak_ada", "Baris rekening koran ini tidak ada.")
    return line


def _order(order_id: uuid.UUID) -> Order:
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise Refused("perintah_tidak_ada", "Perintah bayar ini tidak ada.")
    return order


def _check_recovery(line: StatementLine, order_id: uuid.UUID | None, recovery_id: uuid.UUID) -> None:
    """Refuse a claim that this money cannot pay back: it went out, has sen, or is more than is left."""
    one = Recovery.objects.select_for_update().filter(pk=recovery_id, kind=Recovery.Kind.PIUTANG).first()
    if one is None or order_id is not None:
        raise Refused("piutang_tidak_ada", "Pilih satu perintah bayar atau satu piutang yang ada.")
    if line.debit or line.amount != int(line.amount):
        raise Refused("pengembalian_keliru", "Hanya uang masuk tanpa sen dapat mengembalikan piutang.")
    if line.amount > one.amount - one.repaid - one.given_up:
        raise Refused("pengembalian_lebih", "Uang ini lebih dari sisa piutangnya; jelaskan sebagai urusan lain.")


def _check(line: StatementLine, order: Order) -> None:
    if line.amount != order.amount:
        raise Refused(
            "jumlah_berbeda", f"Baris ini {line.amount}, perintahnya {order.amount}; itu bukan uang yang sama."
        )
    if line.debit and order.state not in _PAYABLE:
        raise Refused("perintah_tidak_cocok", f"Perintah ini {order.state}; uangnya tidak mungkin sudah keluar.")
    if not line.debit and order.state != Order.State.TERBAYAR:
        raise Refused("perintah_tidak_cocok", f"Perintah ini {order.state}; uangnya tidak mungkin kembali.")
