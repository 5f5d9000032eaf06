"""Raises the alarm about unpaid months, billed or not: once for each step, and at each step to more people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import IntegerField, Max
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from lopo.basics.calendar import date_text
from lopo.basics.money import rupiah_text
from lopo.financing.queries.alarms import Step
from lopo.financing.queries.tasks import NEEDS, Task, Work, late_tasks
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import DutyRow, holders, within

ACTION: Final = "raise_alarm"
BILL: Final = "financing.bill"
MONTH: Final = "financing.month"
"""What an alarm is about: a bill, or a month of a programme that nobody has billed (`7:2025-09`)."""
_LOCK: Final = 5_150_042
"""The advisory lock that lets one job at a time raise alarms."""
_HEARS: Final = {
    Step.LATE: (),
    Step.HALF_MONTH: ("bill.make", "bill.approve"),
    Step.SECOND_MONTH: ("bill.make", "bill.approve", "diary.read"),
    Step.LAST_DAYS: ("bill.make", "bill.pay", "bill.approve", "diary.read"),
    Step.LAPSED: ("bill.make", "bill.pay", "bill.approve", "diary.read"),
}
"""Who hears of a month besides the one who has to act next: by permission, so that a new role is not forgotten."""
_SAYS: Final = {
    Step.LATE: "Iuran {month} untuk {people} orang{amount} lewat jatuh tempo {due}: hak mereka mulai ditahan.",
    Step.HALF_MONTH: "Iuran {month} untuk {people} orang{amount} sudah setengah bulan lewat jatuh tempo {due}.",
    Step.SECOND_MONTH: "Iuran {month} untuk {people} orang{amount} belum dibayar dan bulan berikutnya ikut lewat.",
    Step.LAST_DAYS: "Hak {people} orang gugur bila iuran {month}{amount} tidak dibayar paling lambat {last}.",
    Step.LAPSED: "Hak {people} orang gugur setelah {last} karena iuran {month}{amount} tidak dibayar.",
}
_UNBILLED: Final = {
    Work.TAGIHAN: " Bulan ini belum ditagih: terbitkan tagihannya.",
    Work.ANGGARAN: " Bulan ini belum ditagih dan belum punya anggaran: tetapkan anggarannya.",
}
"""What is added where the month has no bill."""


@dataclass(frozen=True, slots=True)
class AlarmsRaised:
    """What one run did: the bills and unbilled months that are late, and the alarms that are new."""

    late: int
    raised: int


def raise_alarms(*, by: Officer | None, on: date) -> AlarmsRaised:
    """Write, for each late month that has reached a new step, one diary row that sends the alarm. For the clock.

    Late are the months of the treasurer's list of tasks: those with an unpaid bill, and those that nobody billed.
    Once for each bill (or month without one) and step: a second run, or one at the same time, raises nothing twice;
    steps that were passed over are not told later. All or nothing, so a job that is killed runs again. Nine queries at
    most.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        late = late_tasks(on=on)
        told = _told(late)
        fresh = [one for one in late if one.step > told.get(_subject(one), 0)]
        duties = holders(on=on) if fresh else ()
        record_all(by=by, on=on, deeds=[_deed(one, duties) for one in fresh])
    return AlarmsRaised(len(late), len(fresh))


def _subject(task: Task) -> tuple[str, str]:
    """What the alarm is about, as the diary keeps it."""
    return (MONTH, f"{task.programme_id}:{task.month}") if task.bill_id is None else (BILL, str(task.bill_id))


def _told(late: Iterable[Task]) -> dict[tuple[str, str], int]:
    """Give the last step that the diary tells of each."""
    ids = [_subject(one)[1] for one in late]
    rows = Diary.objects.filter(action=ACTION, subject__in=[BILL, MONTH], subject_id__in=ids).order_by()
    steps = rows.values_list("subject", "subject_id").annotate(step=Max(Cast(KT("after__step"), IntegerField())))
    return {(subject, pk): step for subject, pk, step in steps}


def people_text(people: int) -> str:
    """Give a count as Indonesian writes it: 2.800."""
    return f"{people:,}".replace(",", ".")


def heard_by(duties: Iterable[tuple[str, DutyRow]], wanted: Sequence[str], area_code: str) -> list[str]:
    """Give the user names of those who hold one of the permissions where the thing lies, in their order."""
    return sorted({
        username
        for username, duty in duties
        if within(area_code, (duty.area_code,)) and any(duty.may(one) for one in wanted)
    })  # fmt: skip


def _of_payers(duties: Iterable[tuple[str, DutyRow]], task: Task) -> set[str]:
    """Who serves a payer of the month hears of it from the first day: nobody else can pay it."""
    codes = {one.code for one in task.payers}
    return {username for username, duty in duties if duty.payer_code in codes and duty.may("payer.read")}


def _deed(task: Task, duties: Iterable[tuple[str, DutyRow]]) -> Deed:
    office = heard_by(duties, (NEEDS[task.work], *_HEARS[task.step]), task.area_code)
    to = sorted({*office, *_of_payers(duties, task)})
    words = _SAYS[task.step].format(
        month=task.month.text(),
        people=people_text(task.people),
        amount=f" ({rupiah_text(task.amount)})" if task.amount is not None else "",
        due=date_text(task.due_on),
        last=date_text(task.lapses_after) if task.lapses_after else "",
    )
    words += _UNBILLED.get(task.work, "")
    send = {"alarm": {"step": task.step.name.lower(), "to": to, "words": words}}
    after = {"step": int(task.step), "month": str(task.month), "people": task.people}
    subject, subject_id = _subject(task)
    return Deed(ACTION, subject, subject_id, after=after, send=send)
