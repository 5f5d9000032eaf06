"""Takes back receipts that are wrong, and prints a card again that was lost, damaged or misprinted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.coverage.models import Card, Membership, Receipt, ReceiptReversal
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require

_SHORTEST: Final = 5
WRONG: Final = ReceiptReversal.Kind.SALAH_CATAT
AGAIN: Final = (ReceiptReversal.Kind.HILANG, ReceiptReversal.Kind.RUSAK, ReceiptReversal.Kind.SALAH_CETAK)
"""Why a card is printed again."""


@dataclass(frozen=True, slots=True)
class Again:
    """A card that was printed again: its id, its edition, and whether a receipt of the one before was taken back."""

    card_id: int
    edition: int
    receipt_reversed: bool


# A second reversal of the same receipt meets its key and changes nothing.
_REVERSE = """
INSERT INTO coverage_receiptreversal (receipt_id, kind, reason, reversed_on, by_id)
VALUES (%(receipt)s, %(kind)s, %(reason)s, %(on)s, %(by)s) ON CONFLICT (receipt_id) DO NOTHING
"""


def reverse_receipt(*, by: Officer, on: date, receipt_id: int, reason: str) -> None:
    """Take back a receipt that was written down wrongly: it stays, and counts no more.

    Needs `coverage.handover` where the person lives. Refused: no such receipt, a day before it, one that was taken back
    already, or no reason.
    """
    given = _reason(reason)
    receipt = Receipt.objects.filter(pk=receipt_id).select_related("membership__person").first()
    if receipt is None:
        raise Refused("tanda_terima_tidak_ada", "Tanda terima ini tidak ada.")
    require(by, "coverage.handover", on=on, area_code=receipt.membership.person.area_code)
    with transaction.atomic():
        if receipt.received_on > on or not _reverse(by, on, receipt.id, WRONG, given):
            raise Refused("sudah_dibatalkan", "Tanda terima ini sudah dibatalkan, atau belum ada pada hari ini.")
        after = {"item": receipt.item, "receipt": receipt.id, "alasan": given}
        record(by=by, on=on, deed=Deed("reverse_receipt", "coverage.membership", receipt.membership_id, after=after))


def replace_card(*, by: Officer, on: date, membership_id: int, kind: str, reason: str) -> Again:
    """Print the next edition of a card that was lost, damaged or misprinted, and expect a new receipt for it.

    Needs `coverage.handover` where the person lives. A receipt of the card before is taken back with the same reason.
    Refused: another kind of reason, no reason in words, no number, no card yet, or a second time on one day.
    """
    given = _reason(reason)
    if kind not in AGAIN:
        raise Refused(
            "alasan_cetak_tidak_dikenal", "Pilih mengapa kartu dicetak lagi: hilang, rusak, atau salah cetak."
        )
    with transaction.atomic():
        member = Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id, state="terdaftar")
        found = member.select_related("person").first()
        if found is None:
            raise Refused(
                "belum_bernomor", "Hanya peserta yang sudah bernomor dapat menerima kartu atau buku tabungan."
            )
        require(by, "coverage.handover", on=on, area_code=found.person.area_code)
        last = Card.objects.filter(membership=found).order_by("-edition").first()
        if last is None or last.printed_on > on:
            raise Refused("kartu_belum_ada", "Kartu peserta ini belum pernah dicetak.")
        if last.edition > 1 and last.printed_on == on:
            raise Refused("sudah_dicetak_lagi", "Kartu ini sudah dicetak lagi hari ini.")
        card = Card.objects.create(membership=found, printed_on=on, edition=last.edition + 1, reason=kind)
        held = Receipt.objects.filter(membership=found, item=Receipt.Item.KARTU, reversal=None).first()
        reversed_ = held is not None and _reverse(by, on, held.id, kind, given)
        after = {"edition": card.edition, "kind": kind, "alasan": given}
        record(by=by, on=on, deed=Deed("replace_card", "coverage.membership", found.id, after=after))
    return Again(card.id, card.edition, reversed_)


def _reason(text: str) -> str:
    reason = " ".join(text.split())[:200]
    if len(reason) < _SHORTEST:
        raise Refused("alasan_kosong", "Tulis alasannya; alasan dicatat di buku catatan.")
    return reason


def _reverse(by: Officer, on: date, receipt_id: int, kind: str, reason: str) -> bool:
    """Write the reversal; say whether it is new."""
    with connection.cursor() as cursor:
        cursor.execute(_REVERSE, {"receipt": receipt_id, "kind": kind, "reason": reason, "on": on, "by": by.id})
        return int(cursor.rowcount) == 1
