"""Reads the billing code of a bill with those before it, and which codes of unpaid bills end soon or are over."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lopo.basics.calendar import Month, working_days_before
from lopo.financing.models import Bill, BillingCode
from lopo.financing.queries.alarms import UNPAID
from lopo.financing.queries.tasks import Payer, Task, Work
from lopo.people.paging import in_areas

CODE_AHEAD: Final = 3
"""How many working days before its last day a code of unpaid bills becomes a task: the office's plan, not a law."""
_LOOKED_AHEAD: Final = timedelta(days=21)
"""So far ahead codes are read: more than the working days above, whatever the holidays."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A billing code: its last day (None: never said), the days left to it, below 0 when over; who noted it when."""

    code: str
    last_day: date | None
    days_left: int | None
    made_on: date
    made_by: str


def codes_of(bill_id: uuid.UUID, *, on: date) -> tuple[CodeRow, ...]:
    """Give the code of a bill and after it those that it came in place of, the latest first. Two queries at most."""
    bill = Bill.objects.filter(pk=bill_id).values_list("code_id", "programme_id", "payer_id").first()
    if bill is None or bill[0] is None:
        return ()
    code, programme, payer = bill
    every = {
        one.code: one for one in BillingCode.objects.filter(programme=programme, payer=payer).select_related("made_by")
    }
    found = [every[code]]
    while found[-1].renews_id is not None:
        found.append(every[found[-1].renews_id])
    return tuple(_row(one, on) for one in found)


def _row(one: BillingCode, on: date) -> CodeRow:
    left = None if one.last_day is None else (one.last_day - on).days
    return CodeRow(one.code, one.last_day, left, one.made_on, one.made_by.full_name)


def code_tasks(*, areas: tuple[str, ...], on: date) -> tuple[Task, ...]:
    """Give a task for each code of unpaid bills that ends within CODE_AHEAD working days or is over. One query."""
    ending = Bill.objects.filter(
        in_areas("programme__area_code", areas), state__in=UNPAID, code__last_day__lte=on + _LOOKED_AHEAD
    )
    by_code: dict[str, list[Bill]] = {}
    for bill in ending.select_related("programme", "payer", "code").order_by("code__last_day", "month", "part"):
        by_code.setdefault(str(bill.code_id), []).append(bill)
    told = (_task(bills) for bills in by_code.values())
    return tuple(one for one in told if one is not None and one.by_day <= on)


def _task(bills: list[Bill]) -> Task | None:
    last_day = bills[0].code.last_day if bills[0].code else None
    if last_day is None:
        return None
    return task_of(bills, Work.KODE, by_day=working_days_before(last_day, CODE_AHEAD), due_on=last_day)


def task_of(bills: Iterable[Bill], work: Work, *, by_day: date, due_on: date) -> Task:
    """Give one task about several bills of a programme and payer; it leads to the first. No query."""
    every = list(bills)
    first = every[0]
    return Task(
        work, first.programme_id, first.programme.code, first.programme.name, first.programme.area_code,
        (Payer(first.payer_id, first.payer.name, first.payer.kind),), Month.of(first.month),
        sum(one.people for one in every), sum(one.amount for one in every), by_day, due_on, first.pk,
        code=first.code_id or "",
    )  # fmt: skip
