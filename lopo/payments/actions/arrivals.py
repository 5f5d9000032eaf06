"""Files found in the bank's folder: seen until they stand still, read once, or put aside with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.payments import bank
from lopo.payments.models import BankArrival
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

STILL: Final = timedelta(seconds=30)
"""So long size and time of a file must stay as they are before it counts as whole."""
SUBJECT: Final = "payments.arrival"
_State = BankArrival.State


@dataclass(frozen=True, slots=True)
class Told:
    """What a file of the bank was (`jawaban`, `koran`, `rekening`) and what it brought, counted."""

    kind: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a file: its fingerprint, and whether it was read (else it is put aside)."""

    sha256: str
    good: bool


Reader = Callable[[bytes], Told]


def see_arrival(*, at: datetime, file: bank.Seen) -> int | None:
    """Note a file that lies there; give its number once it has stood still, None while it may still be written."""
    row, new = BankArrival.objects.get_or_create(
        name=file.name, state=_State.DATANG, defaults={"size": file.size, "changed": file.changed, "seen_at": at}
    )
    if new:
        return None
    if (row.size, row.changed) != (file.size, file.changed):
        seen = BankArrival.objects.filter(pk=row.pk, state=_State.DATANG)
        seen.update(size=file.size, changed=file.changed, seen_at=at)
        return None
    return row.id if at - row.seen_at >= STILL else None


def forget_gone(lying: Sequence[bank.Seen]) -> None:
    """Forget the files that were seen and have gone again before they were read: the bank took them back."""
    BankArrival.objects.filter(state=_State.DATANG).exclude(name__in=[one.name for one in lying]).delete()


def take_arrival(*, on: date, at: datetime, arrival_id: int, content: bytes | None, read: Reader) -> Settled | None:
    """Read a file that stands still (or, without `content`, one that was put aside) and keep what came of it.

    The reading and its note are one transaction: whatever is killed, a file counts as read exactly when it is booked.
    Bytes that were read before are not read again. What is refused is put aside with the sentence. None where another
    worker has it or it is settled.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_bankarrival'))")
        state = _State.ULANG if content is None else _State.DATANG
        row = BankArrival.objects.select_for_update().filter(pk=arrival_id, state=state).first()
        if row is None:
            return None
        given = bytes(row.content or b"") if content is None else content
        sha = bank.sha256(given)
        known = BankArrival.objects.exclude(state=_State.DATANG).filter(sha256=sha).exclude(pk=row.pk).first()
        if known is not None:
            row.delete()
            return Settled(sha, known.state == _State.DIBACA)
        return _settle(row, given, on, at, read)


def _settle(row: BankArrival, content: bytes, on: date, at: datetime, read: Reader) -> Settled:
    row.sha256, row.read_at = bank.sha256(content), at
    try:
        with transaction.atomic():
            told = read(content)
    except Refused as refusal:
        row.state, row.why, row.content = _State.DISISIHKAN, refusal.sentence[:300], content
        record(by=None, on=on, deed=Deed("park_arrival", SUBJECT, row.id, after={"name": row.name}))
    else:
        row.state, row.why, row.content = _State.DIBACA, "", None
        row.kind, row.told = told.kind, dict(told.counts)
    row.save()
    return Settled(row.sha256, row.state == _State.DIBACA)


def read_arrival_again(*, by: Officer, on: date, arrival_id: int) -> None:
    """Have a file read again that was put aside; needs `payment.make`. Refused: one that does not wait for this."""
    staff.require(by, "payment.make", on=on)
    with transaction.atomic():
        aside = BankArrival.objects.filter(pk=arrival_id, state=_State.DISISIHKAN)
        if not aside.update(state=_State.ULANG):
            raise Refused("berkas_tidak_disisihkan", "Berkas ini tidak menunggu dibaca lagi; muat ulang halaman.")
        record(by=by, on=on, deed=Deed("read_arrival_again", SUBJECT, arrival_id))
