"""Raises the alarm about unpaid bills: once for each bill and step, to the people who can act, more at each step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import IntegerField, Max
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from lopo.basics.calendar import date_text
from lopo.basics.money import rupiah_text
from lopo.financing.queries.alarms import Alarm, Step, alarms
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import DutyRow, holders, within

ACTION: Final = "raise_alarm"
_SUBJECT: Final = "financing.bill"
_LOCK: Final = 5_150_042
"""The advisory lock that lets one job at a time raise alarms."""
_ACTS: Final = {"terbit": "bill.pay", "diajukan": "bill.approve"}
_HEARS: Final = {
    Step.LATE: (),
    Step.HALF_MONTH: ("bill.make", "bill.approve"),
    Step.SECOND_MONTH: ("bill.make", "bill.approve", "diary.read"),
    Step.LAST_DAYS: ("bill.make", "bill.pay", "bill.approve", "diary.read"),
    Step.LAPSED: ("bill.make", "bill.pay", "bill.approve", "diary.read"),
}
"""Who hears of a bill besides the one who has to act next: by permission, so that a new role is not forgotten."""
_SAYS: Final = {
    Step.LATE: "Iuran {month} untuk {people} orang ({amount}) lewat jatuh tempo {due}: hak mereka mulai ditahan.",
    Step.HALF_MONTH: "Iuran {month} untuk {people} orang ({amount}) sudah setengah bulan lewat jatuh tempo {due}.",
    Step.SECOND_MONTH: "Iuran {month} untuk {people} orang ({amount}) belum dibayar dan bulan berikutnya ikut lewat.",
    Step.LAST_DAYS: "Hak {people} orang gugur bila iuran {month} ({amount}) tidak dibayar paling lambat {last}.",
    Step.LAPSED: "Hak {people} orang gugur setelah {last} karena iuran {month} ({amount}) tidak dibayar.",
}


@dataclass(frozen=True, slots=True)
class AlarmsRaised:
    """What one run did: the bills that are late, and the alarms that are new."""

    late: int
    raised: int


def raise_alarms(*, by: Officer | None, on: date) -> AlarmsRaised:
    """Write, for each late bill that has reached a new step, one diary row that sends the alarm. For the clock.

    Once for each bill and step: a second run, or one at the same time, raises nothing twice; steps that were passed
    over are not told later. All or nothing, so a job that is killed runs again. Five queries.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        late = alarms(on=on)
        told = _told(late)
        fresh = [one for one in late if one.step > told.get(str(one.bill_id), 0)]
        duties = holders(on=on) if fresh else ()
        record_all(by=by, on=on, deeds=[_deed(one, duties) for one in fresh])
    return AlarmsRaised(len(late), len(fresh))


def _told(late: Iterable[Alarm]) -> dict[str, int]:
    """Give the last step that the diary tells of each bill."""
    ids = [str(one.bill_id) for one in late]
    rows = Diary.objects.filter(action=ACTION, subject=_SUBJECT, subject_id__in=ids).order_by()
    return dict(rows.values_list("subject_id").annotate(step=Max(Cast(KT("after__step"), IntegerField()))))


def _deed(alarm: Alarm, duties: Iterable[tuple[str, DutyRow]]) -> Deed:
    wanted = (_ACTS[alarm.state], *_HEARS[alarm.step])
    to = {
        username
        for username, duty in duties
        if within(alarm.area_code, (duty.area_code,)) and any(duty.may(one) for one in wanted)
    }
    words = _SAYS[alarm.step].format(
        month=alarm.month.text(),
        people=f"{alarm.people:,}".replace(",", "."),
        amount=rupiah_text(alarm.amount),
        due=date_text(alarm.due_on),
        last=date_text(alarm.lapses_after) if alarm.lapses_after else "",
    )
    send = {"alarm": {"step": alarm.step.name.lower(), "to": sorted(to), "words": words}}
    after = {"step": int(alarm.step), "month": str(alarm.month), "people": alarm.people}
    return Deed(ACTION, _SUBJECT, alarm.bill_id, after=after, send=send)
