"""Raises the alarm about what BPJS gives: billing codes of unpaid bills that end soon or are over."""

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
from lopo.financing.actions.alarms import heard_by, people_text
from lopo.financing.queries.codes import code_tasks
from lopo.financing.queries.tasks import NEEDS, WHOLE, Task, Work
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import DutyRow, holders

ACTION: Final = "raise_bpjs_alarm"
SUBJECT: Final = "financing.billingcode"
_LOCK: Final = 5_150_044
_SOON, _OVER = 1, 2
_HEARS: Final = {_SOON: (), _OVER: ("bill.make", "bill.approve")}
"""Who hears of it besides the one who can act."""
_SAYS: Final = {
    (Work.KODE, _SOON): "Kode iuran {code} untuk iuran {month}, {people} orang ({amount}), berakhir {due}. Bayar "
    "sebelum itu, atau minta kode baru dari BPJS.",
    (Work.KODE, _OVER): "Kode iuran {code} untuk iuran {month}, {people} orang ({amount}), berakhir {due} dan belum "
    "dibayar. Minta kode baru dari BPJS, lalu catat pada tagihannya.",
}

_TITLES: Final = {Work.KODE: "Kode iuran berakhir"}


@dataclass(frozen=True, slots=True)
class BpjsAlarms:
    """What one run did: what is open, and the alarms that are new."""

    open: int
    raised: int


def raise_bpjs_alarms(*, by: Officer | None, on: date) -> BpjsAlarms:
    """Write one diary row for each code that ends soon, and another once it is over, that tells who can act.

    The same tasks stand on the treasurer's list. A second run of a day raises nothing twice. Six queries at most.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        found = code_tasks(areas=(WHOLE,), on=on)
        told = _told(found)
        fresh = [one for one in found if _stage(one, on) > told.get(_about(one), 0)]
        duties = holders(on=on) if fresh else ()
        record_all(by=by, on=on, deeds=[_deed(one, duties, on) for one in fresh])
    return BpjsAlarms(len(found), len(fresh))


def _stage(task: Task, on: date) -> int:
    return _OVER if task.due_on < on else _SOON


def _about(task: Task) -> str:
    """What the alarm is about, as the diary keeps it."""
    return task.code


def _told(found: Sequence[Task]) -> dict[str, int]:
    """Give the last stage that the diary tells of each."""
    rows = Diary.objects.filter(action=ACTION, subject=SUBJECT, subject_id__in=[_about(one) for one in found])
    return dict(rows.order_by().values_list("subject_id").annotate(stage=Max(Cast(KT("after__stage"), IntegerField()))))


def _deed(task: Task, duties: Iterable[tuple[str, DutyRow]], on: date) -> Deed:
    stage = _stage(task, on)
    words = _SAYS[task.work, stage].format(
        code=task.code, month=task.month.text(), people=people_text(task.people), due=date_text(task.due_on),
        amount=rupiah_text(task.amount or 0),
    )  # fmt: skip
    to = heard_by(duties, (NEEDS[task.work], *_HEARS[stage]), task.area_code)
    send = {"alarm": {"title": _TITLES[task.work], "step": f"{task.work}_{stage}", "to": to, "words": words}}
    return Deed(ACTION, SUBJECT, _about(task), after={"stage": stage, "people": task.people}, send=send)
