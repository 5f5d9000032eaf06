"""The outbox: messages are planned once for a diary row, taken one by one, and noted as gone, failed or unknown."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from lopo.basics.refusal import Refused
from lopo.staff import queries
from lopo.staff.actions import Deed, record
from lopo.staff.models import Diary, Message, Officer

SUBJECT: Final = "staff.message"
MOST_ATTEMPTS: Final = 6
TOO_OLD: Final = timedelta(days=7)
SILENT: Final = timedelta(minutes=10)
"""After so long a message that was taken and never noted belongs to a sender that was killed."""
_FIRST_WAIT: Final = timedelta(minutes=5)
_State = Message.State


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """One message to be sent: how, about what, to whom (`receiver` names a duty or a user, never a person's name)."""

    channel: str
    template: str
    subject: str
    subject_id: str
    area_code: str
    receiver: str
    address: str = ""
    title: str = ""
    words: str = ""
    paper: uuid.UUID | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that this sender has taken and must now send or note."""

    id: uuid.UUID
    channel: str
    address: str
    title: str
    words: str


def plan_messages(*, on: date, at: datetime, diary_id: int, messages: Sequence[NewMessage]) -> int:
    """Put the messages of one diary row into the outbox, once, however often it is asked; give how many are new."""
    with transaction.atomic():
        row = Diary.objects.select_for_update().filter(pk=diary_id, send__isnull=False, sent_at__isnull=True).first()
        if row is None:
            return 0
        Message.objects.bulk_create(_planned(row, place, one, on, at) for place, one in enumerate(messages))
        Diary.objects.filter(pk=diary_id).update(sent_at=Now())
    return len(messages)


def take_message(*, at: datetime, channels: Sequence[str]) -> Taken | None:
    """Take the message of these channels that waits longest, None where none is due; it is marked before it is sent.

    What has waited too long is given up first: an alarm of last month helps nobody.
    """
    waiting = Message.objects.filter(state=_State.MENUNGGU)
    waiting.filter(made_at__lt=at - TOO_OLD).update(state=_State.MENYERAH, last_error="terlalu lama menunggu")
    with transaction.atomic():
        due = waiting.filter(next_at__lte=at, channel__in=channels).order_by("next_at", "made_at")
        one = due.select_for_update(skip_locked=True).first()
        if one is None:
            return None
        Message.objects.filter(pk=one.pk).update(state=_State.DIKIRIM, attempts=F("attempts") + 1, begun_at=at)
    return Taken(one.id, one.channel, one.address, one.title, one.words)


def note_sent(*, at: datetime, message_id: uuid.UUID) -> None:
    """Note that a message that was taken has gone out."""
    taken = Message.objects.filter(pk=message_id, state=_State.DIKIRIM)
    taken.update(state=_State.TERKIRIM, sent_at=at, last_error="", next_at=None)


def note_failed(*, at: datetime, message_id: uuid.UUID, problem: str, for_good: bool) -> None:
    """Note that a message did not go out: it waits twice as long as before, and is given up after some attempts."""
    with transaction.atomic():
        one = Message.objects.select_for_update().filter(pk=message_id, state=_State.DIKIRIM).first()
        if one is None:
            return
        over = for_good or one.attempts >= MOST_ATTEMPTS
        state = _State.MENYERAH if over else _State.MENUNGGU
        wait = None if over else at + _FIRST_WAIT * 2 ** (one.attempts - 1)
        Message.objects.filter(pk=one.pk).update(state=state, next_at=wait, last_error=problem[:200])


def silent_messages(*, at: datetime) -> tuple[tuple[uuid.UUID, str], ...]:
    """Give id and channel of the messages whose sender was killed before it noted anything. One query."""
    rows = Message.objects.filter(state=_State.DIKIRIM, begun_at__lt=at - SILENT)
    return tuple(rows.values_list("id", "channel"))


def settle_silent(*, at: datetime, message_id: uuid.UUID, arrived: bool | None, again: bool) -> None:
    """Settle a message whose sender was killed: it arrived, it did not, or nobody can say.

    Then it goes again where a second copy does no harm (`again`), else an officer decides.
    """
    if arrived:
        note_sent(at=at, message_id=message_id)
        return
    send_again = arrived is False or again
    state = _State.MENUNGGU if send_again else _State.RAGU
    Message.objects.filter(pk=message_id, state=_State.DIKIRIM).update(
        state=state, next_at=at if send_again else None, last_error="pengirim terhenti sebelum mencatat"
    )


def retry_message(*, by: Officer, on: date, message_id: uuid.UUID) -> None:
    """Send again what was given up or is uncertain; needs `case.work` there. The address of an officer is read anew.

    Refused: a message in another state, or one whose receiver still has no address.
    """
    with transaction.atomic():
        one = _found(by, on, message_id, "case.work")
        if one.state not in (_State.MENYERAH, _State.RAGU, _State.TANPA_ALAMAT) or one.channel == Message.Channel.SURAT:
            raise Refused("pesan_tidak_menunggu", "Pesan ini tidak perlu dikirim lagi; muat ulang halaman.")
        address = one.address or _address_of(one.receiver)
        if not address:
            raise Refused("pesan_tanpa_alamat", "Penerima ini belum mengisi alamat surelnya.")
        Message.objects.filter(pk=one.pk).update(
            state=_State.MENUNGGU, address=address, attempts=0, next_at=Now(), made_at=Now(), last_error=""
        )
        record(by=by, on=on, deed=Deed("retry_message", SUBJECT, one.id, after={"template": one.template}))


def hand_over_letter(*, by: Officer, on: date, message_id: uuid.UUID) -> None:
    """Note that a printed letter was brought to its receiver; needs `case.report` there. Refused: no such letter."""
    with transaction.atomic():
        one = _found(by, on, message_id, "case.report")
        if one.state != _State.DIANTAR:
            raise Refused("surat_tidak_menunggu", "Surat ini tidak menunggu diantar; muat ulang halaman.")
        Message.objects.filter(pk=one.pk).update(state=_State.TERKIRIM, sent_at=Now(), by=by)
        record(by=by, on=on, deed=Deed("hand_over_letter", SUBJECT, one.id, after={"template": one.template}))


def set_email(*, by: Officer, on: date, email: str) -> None:
    """Let an officer say where his own messages go, '' for nowhere; the diary says that it was set, never where."""
    with transaction.atomic():
        Officer.objects.filter(pk=by.pk).update(email=email)
        record(by=by, on=on, deed=Deed("set_email", "staff.officer", by.pk))


def _planned(row: Diary, place: int, one: NewMessage, on: date, at: datetime) -> Message:
    letter = one.channel == Message.Channel.SURAT
    state = _State.DIANTAR if letter else _State.MENUNGGU if one.address else _State.TANPA_ALAMAT
    if one.problem:
        state = _State.MENYERAH
    return Message(
        diary=row, place=place, channel=one.channel, template=one.template, subject=one.subject,
        subject_id=one.subject_id, area_code=one.area_code, receiver=one.receiver[:60], address=one.address,
        title=one.title[:200], words=one.words[:2000], paper_id=one.paper, state=state, on=on, made_at=at,
        next_at=at if state == _State.MENUNGGU else None, last_error=one.problem[:200],
    )  # fmt: skip


def _found(by: Officer, on: date, message_id: uuid.UUID, permission: str) -> Message:
    one = Message.objects.select_for_update().filter(pk=message_id).first()
    if one is None:
        raise Refused("pesan_tidak_ada", "Pesan ini tidak ada.")
    queries.require(by, permission, on=on, area_code=one.area_code)
    return one


def _address_of(username: str) -> str:
    return Officer.objects.filter(username=username).values_list("email", flat=True).first() or ""
