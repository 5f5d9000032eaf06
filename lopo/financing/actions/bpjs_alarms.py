"""Raises the alarm about what BPJS gives: codes of unpaid bills that end soon, and payments without its receipt."""

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
from lopo.financing.queries.receipts import receipt_tasks
from lopo.financing.queries.tasks import NEEDS, WHOLE, Task, Work
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import DutyRow, holders

ACTION: Final = "raise_bpjs_alarm"
_SUBJECTS: Final = {Work.KODE: "financing.billingcode", Work.BUKTI: "financing.bill"}
"""What an alarm is about: a billing code, or the first bill of a payment."""
_LOCK: Final = 5_150_044
_SOON, _OVER = 1, 2
_HEARS: Final = {_SOON: (), _OVER: ("bill.make", "bill.approve")}
"""Who hears of it besides the one who can act."""
_SAYS: Final = {
    (Work.KODE, _SOON): "Kode iuran {code} untuk iuran {month}, {people} orang ({amount}), berakhir {due}. Bayar "
    "sebelum itu, atau minta kode baru dari BPJS.",
    (Work.KODE, _OVER): "Kode iuran {code} untuk iuran {month}, {people} orang ({amount}), berakhir {due} dan belum "
    "dibayar. Minta kode baru dari BPJS, lalu catat pada tagihannya.",
    (Work.BUKTI, _SOON): "Belum ada bukti bayar BPJS untuk iuran {month}, {people} orang ({amount}), yang sudah "
    "dibayar. Minta bukti itu dari BPJS dan catat sebelum {due}.",
    (Work.BUKTI, _OVER): "Sampai {due} BPJS belum memberi bukti bayar untuk iuran {month}, {people} orang ({amount}). "
    "Tanyakan apakah uangnya sampai.",
}

_TITLES: Final = {Work.KODE: "Kode iuran berakhir", Work.BUKTI: "Bukti bayar BPJS belum ada"}


@dataclass(frozen=True, slots=True)
class BpjsAlarms:
    """What one run did: what is open, and the alarms that are new."""

    open: int
    raised: int


def raise_bpjs_alarms(*, by: Officer | None, on: date) -> BpjsAlarms:
    """Write a diary row that tells who can act for each code that ends soon and each payment without a receipt.

    Another, to more people, once the code is over or the receipt is long overdue. The same tasks stand on the
    treasurer's list. A second run of a day raises nothing twice. Seven queries at most.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        found = (*code_tasks(areas=(WHOLE,), on=on), *receipt_tasks(areas=(WHOLE,), on=on))
        told = _told(found)
        fresh = [one for one in found if _stage(one, on) > told.get(_about(one), 0)]
        duties = holders(on=on) if fresh else ()
        record_all(by=by, on=on, deeds=[_deed(one, duties, on) for one in fresh])
    return BpjsAlarms(len(found), len(fresh))


def _stage(task: Task, on: date) -> int:
    return _OVER if task.due_on < on else _SOON


def _about(task: Task) -> tuple[str, str]:
    """What the alarm is about, as the diary keeps it."""
    return _SUBJECTS[task.work], task.code if task.work is Work.KODE else str(task.bill_id)


def _told(found: Sequence[Task]) -> dict[tuple[str, str], int]:
    """Give the last stage that the diary tells of each."""
    rows = Diary.objects.filter(action=ACTION, subject_id__in=[_about(one)[1] for one in found]).order_by()
    stages = rows.values_list("subject", "subject_id").annotate(stage=Max(Cast(KT("after__stage"), IntegerField())))
    return {(subject, pk): stage for subject, pk, stage in stages}


def _deed(task: Task, duties: Iterable[tuple[str, DutyRow]], on: date) -> Deed:
    stage = _stage(task, on)
    words = _SAYS[task.work, stage].format(
        code=task.code, month=task.month.text(), people=people_text(task.people), due=date_text(task.due_on),
        amount=rupiah_text(task.amount or 0),
    )  # fmt: skip
    to = heard_by(duties, (NEEDS[task.work], *_HEARS[stage]), task.area_code)
    send = {"alarm": {"title": _TITLES[task.work], "step": f"{task.work}_{stage}", "to": to, "words": words}}
    return Deed(ACTION, *_about(task), after={"stage": stage, "people": task.people}, send=send)
