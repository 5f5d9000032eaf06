"""Carries sent files to the bank's folder: taken one by one, marked before they go, noted as there or as failed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from lopo.basics.refusal import Refused, Unavailable
from lopo.payments.models import BankDelivery
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.gateway import NotTaken
from lopo.staff.models import Officer

MOST_ATTEMPTS: Final = 8
SILENT: Final = timedelta(minutes=10)
"""After so long a file that was taken and never noted belongs to a worker that was killed."""
_FIRST_WAIT: Final = timedelta(minutes=1)
_State = BankDelivery.State


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that this worker has taken; `staged` = it lies ready beside its place, else its failing is noted."""

    id: uuid.UUID
    name: str
    staged: bool


def take_delivery(*, at: datetime, stage: Callable[[str, bytes], None]) -> Carried | None:
    """Take the file that waits longest, None where none is due; it is laid ready and marked before it goes.

    Laying it ready and the mark are one step under the row's lock, so no second worker lays it ready again.
    """
    with transaction.atomic():
        due = BankDelivery.objects.filter(Q(next_at__isnull=True) | Q(next_at__lte=at), state=_State.MENUNGGU)
        locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("file")
        one = locked.order_by("made_at").first()
        if one is None:
            return None
        BankDelivery.objects.filter(pk=one.pk).update(
            state=_State.DIKIRIM, attempts=F("attempts") + 1, begun_at=at, next_at=None
        )
        try:
            stage(one.file.name, bytes(one.file.content))
        except (Unavailable, NotTaken) as problem:
            note_undelivered(at=at, delivery_id=one.id, problem=str(problem), for_good=isinstance(problem, NotTaken))
            return Carried(one.id, one.file.name, staged=False)
    return Carried(one.id, one.file.name, staged=True)


def note_delivered(*, on: date, at: datetime, delivery_id: uuid.UUID) -> bool:
    """Note that a taken file lies in the bank's folder; False where somebody noted it before."""
    with transaction.atomic():
        taken = BankDelivery.objects.filter(pk=delivery_id, state=_State.DIKIRIM)
        if not taken.update(state=_State.TERKIRIM, sent_at=at, last_error="", next_at=None):
            return False
        file_id = BankDelivery.objects.values_list("file_id", flat=True).get(pk=delivery_id)
        record(by=None, on=on, deed=Deed("deliver_file", "payments.file", file_id))
    return True


def note_undelivered(*, at: datetime, delivery_id: uuid.UUID, problem: str, for_good: bool) -> None:
    """Note that a taken file did not get there: it waits twice as long as before, and is given up after some tries."""
    with transaction.atomic():
        one = BankDelivery.objects.select_for_update().filter(pk=delivery_id, state=_State.DIKIRIM).first()
        if one is None:
            return
        over = for_good or one.attempts >= MOST_ATTEMPTS
        wait = None if over else at + _FIRST_WAIT * 2 ** (one.attempts - 1)
        BankDelivery.objects.filter(pk=one.pk).update(
            state=_State.MENYERAH if over else _State.MENUNGGU, next_at=wait, last_error=problem[:200]
        )


def silent_deliveries(*, at: datetime) -> tuple[tuple[uuid.UUID, str], ...]:
    """Give id and name of the files whose worker was killed before it noted anything. One query."""
    rows = BankDelivery.objects.filter(state=_State.DIKIRIM, begun_at__lt=at - SILENT)
    return tuple(rows.values_list("id", "file__name"))


def go_again(*, delivery_id: uuid.UUID) -> None:
    """Let a file go again at once whose worker was killed before it came to its place."""
    BankDelivery.objects.filter(pk=delivery_id, state=_State.DIKIRIM).update(
        state=_State.MENUNGGU, next_at=None, last_error="pengirim terhenti sebelum berkas sampai di folder bank"
    )


def retry_delivery(*, by: Officer, on: date, delivery_id: uuid.UUID) -> None:
    """Try again to deliver a file, at once; needs `payment.send`. Refused: one that does not wait for this."""
    staff.require(by, "payment.send", on=on)
    with transaction.atomic():
        one = BankDelivery.objects.select_for_update().filter(pk=delivery_id).first()
        waits = one is not None and (one.state == _State.MENYERAH or one.next_at is not None)
        if one is None or not waits:
            raise Refused("kiriman_tidak_menunggu", "Kiriman ini tidak perlu dicoba lagi; muat ulang halaman.")
        BankDelivery.objects.filter(pk=one.pk).update(state=_State.MENUNGGU, attempts=0, next_at=None)
        record(by=by, on=on, deed=Deed("retry_delivery", "payments.file", one.file_id))
