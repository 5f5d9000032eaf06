"""Opens and closes a call for names, and reminds the senders: before the due day, on it, and ever higher after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.calendar import date_text
from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record, record_all
from lopo.staff.models import Officer
from lopo.staff.queries import DutyRow, holders, nearest, require, within
from lopo.targeting.models import Call, CalledSender, Programme
from lopo.targeting.queries.calls import CallRow, SenderRow, running_calls
from lopo.targeting.senders import KINDS

ACTION: Final = "remind_sender"
_SUBJECT: Final = "targeting.calledsender"
_LOCK: Final = 5_150_044
"""The advisory lock that lets one job at a time remind."""


class Step(IntEnum):
    """How far the reminding is: a week before, on the day, three days after, ten days after."""

    SOON = 1
    DUE = 2
    LATE = 3
    ESCALATED = 4


_FROM_DAY: Final = {Step.SOON: -7, Step.DUE: 0, Step.LATE: 3, Step.ESCALATED: 10}
_HEARS: Final = {
    Step.SOON: (), Step.DUE: (), Step.LATE: ("lists.screen",), Step.ESCALATED: ("lists.screen", "diary.read"),
}  # fmt: skip
"""Who hears of it besides those who can send: by permission, so that a new role is not forgotten."""
_SAYS: Final = {
    Step.SOON: "{sender}: {received} dari {places} nama sudah diterima untuk {title}; batasnya {due}.",
    Step.DUE: "{sender}: hari ini batas {title}. {received} dari {places} nama sudah diterima.",
    Step.LATE: "{sender} lewat batas {due}: {missing} dari {places} nama untuk {title} belum diterima.",
    Step.ESCALATED: "{sender} sudah lebih dari sepuluh hari lewat batas {due}: {missing} dari {places} nama belum"
    " diterima. Hubungi langsung, atau bagi tempatnya kepada pengusul lain.",
}


@dataclass(frozen=True, slots=True)
class Called:
    """One sender to be called: kind (a key of KINDS), name, area, and for how many names."""

    kind: str
    name: str
    area_code: str
    places: int


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call to be opened: its programme, title, words, first and last day, and its senders."""

    programme_id: int
    title: str
    text: str
    opens_on: date
    due_on: date
    senders: tuple[Called, ...]


def open_call(*, by: Officer, on: date, call: NewCall) -> int:
    """Open a call for names; needs `lists.screen` in the programme's area. Gives its id; each sender gets the call.

    Refused: no title, days out of order or over, nobody called, a sender twice, of no kind, or for no place.
    """
    programme = Programme.objects.filter(pk=call.programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    require(by, "lists.screen", on=on, area_code=programme.area_code)
    _check(call, programme, on)
    try:
        with transaction.atomic():
            made = Call.objects.create(
                programme=programme, title=call.title.strip()[:200], text=call.text.strip()[:2000],
                opens_on=call.opens_on, due_on=call.due_on, made_by=by, made_on=on,
            )  # fmt: skip
            CalledSender.objects.bulk_create(
                CalledSender(
                    call=made, kind=one.kind, sender=one.name[:200], area_code=one.area_code, places=one.places
                )
                for one in call.senders
            )
            planned = sum(one.places for one in call.senders)
            after = {"title": made.title, "senders": len(call.senders), "planned": planned, "due": str(call.due_on)}
            send = {"call": {"id": made.id}}
            record(by=by, on=on, deed=Deed("open_call", "targeting.call", made.id, after=after, send=send))
    except IntegrityError as error:
        raise Refused("panggilan_sudah_ada", "Panggilan dengan judul ini sudah ada untuk program ini.") from error
    return made.id


def close_call(*, by: Officer, on: date, call_id: int) -> None:
    """Close a call: nobody is reminded any more; lists that still come are kept. Needs `lists.screen` there."""
    found = Call.objects.filter(pk=call_id).select_related("programme").first()
    if found is None:
        raise Refused("panggilan_tidak_ada", "Panggilan ini tidak ada.")
    require(by, "lists.screen", on=on, area_code=found.programme.area_code)
    with transaction.atomic():
        if not Call.objects.filter(pk=call_id, closed_on__isnull=True).update(closed_by=by, closed_on=on):
            raise Refused("panggilan_sudah_ditutup", "Panggilan ini sudah ditutup.")
        record(by=by, on=on, deed=Deed("close_call", "targeting.call", call_id, after={"title": found.title}))


def remind_senders(*, by: Officer | None, on: date) -> int:
    """Write one diary row that sends a reminder for each sender who has reached a new step; give how many.

    For the clock. Once for each sender and step, so never twice on a day; steps that were passed over are not told
    later, and who has sent all names hears nothing. All or nothing. Six queries.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        due = [
            (call, sender, step)
            for call in running_calls(on=on)
            if (step := _step(call, on)) is not None
            for sender in call.senders
            if sender.missing and step > sender.step
        ]
        duties = holders(on=on) if due else ()
        record_all(by=by, on=on, deeds=[_deed(call, sender, step, duties) for call, sender, step in due])
    return len(due)


def who_can_act(area_code: str, duties: Iterable[tuple[str, DutyRow]]) -> tuple[str, ...]:
    """Give who can send names for an area: those whose duty lies nearest to it."""
    return nearest(area_code, "lists.receive", duties)


def _check(call: NewCall, programme: Programme, on: date) -> None:
    if not call.title.strip():
        raise Refused("judul_kosong", "Panggilan perlu judul.")
    if call.due_on < max(call.opens_on, on):
        raise Refused("hari_panggilan_salah", "Batas panggilan harus sesudah hari dibuka dan belum lewat.")
    if not call.senders:
        raise Refused("pengirim_kosong", "Panggilan perlu sedikitnya satu pengusul.")
    wrong = [one.name for one in call.senders if one.kind not in KINDS or not one.name.strip() or one.places <= 0]
    wrong += [one.name for one in call.senders if not within(one.area_code, (programme.area_code,))]
    if wrong:
        raise Refused("pengirim_salah", f"Pengusul tanpa jenis, nama, wilayah program, atau tempat: {wrong[0]}.")
    if len({(one.kind, one.name.lower()) for one in call.senders}) != len(call.senders):
        raise Refused("pengirim_ganda", "Seorang pengusul hanya dipanggil satu kali.")


def _step(call: CallRow, on: date) -> Step | None:
    gone = (on - call.due_on).days
    return max((step for step, day in _FROM_DAY.items() if gone >= day), default=None)


def _deed(call: CallRow, sender: SenderRow, step: Step, duties: Iterable[tuple[str, DutyRow]]) -> Deed:
    held = tuple(duties)
    to = set(who_can_act(sender.area_code, held))
    to |= {
        name
        for name, duty in held
        if within(sender.area_code, (duty.area_code,)) and any(duty.may(one) for one in _HEARS[step])
    }
    words = _SAYS[step].format(
        sender=sender.sender, received=sender.received, places=sender.places, missing=sender.missing,
        title=call.title, due=date_text(call.due_on),
    )  # fmt: skip
    send = {"reminder": {"step": step.name.lower(), "to": sorted(to), "words": words}}
    after = {"step": int(step), "call": call.id, "received": sender.received, "missing": sender.missing}
    return Deed(ACTION, _SUBJECT, sender.id, after=after, send=send)
