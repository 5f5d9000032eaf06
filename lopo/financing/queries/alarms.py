"""Reads which unpaid bills need somebody: how far each has come on the way from its due day to the lapse of rights."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from lopo.basics.calendar import Month
from lopo.financing.models import Bill
from lopo.law.cover import arrears_limit
from lopo.law.deadlines import contribution_due

HALF_MONTH = timedelta(days=15)
LAST_DAYS = timedelta(days=5)
UNPAID = (Bill.State.TERBIT, Bill.State.DIAJUKAN)


class Step(IntEnum):
    """How pressing an unpaid bill is; each step is told once, to more people than the one before."""

    NONE = 0
    LATE = 1
    HALF_MONTH = 2
    SECOND_MONTH = 3
    LAST_DAYS = 4
    LAPSED = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """An unpaid bill after its due day; `lapses_after` is the last day on which paying saves the rights of its people.

    `lapses_after` is None where a later month is paid already, so that no right lapses by this bill.
    """

    bill_id: uuid.UUID
    programme_id: int
    area_code: str
    payer_name: str
    month: Month
    due_on: date
    state: str
    people: int
    amount: int
    step: Step
    lapses_after: date | None


@dataclass(frozen=True, slots=True)
class BillMonth:
    """The month of one bill of a programme, and whether it is still to be paid."""

    month: Month
    unpaid: bool


def alarms(*, on: date, programme_id: int | None = None) -> tuple[Alarm, ...]:
    """Give the bills that are unpaid after their due day, by programme and month. One query."""
    rows = Bill.objects.filter(state__in=[*UNPAID, Bill.State.DIBAYAR], issued_on__lte=on)
    if programme_id is not None:
        rows = rows.filter(programme_id=programme_id)
    found = list(
        rows.order_by("programme_id", "month", "payer_id").values_list(
            "id", "programme_id", "programme__area_code", "payer__name", "month", "due_on", "state", "people", "amount"
        )
    )
    bills: dict[int, list[BillMonth]] = {}
    for row in found:
        bills.setdefault(row[1], []).append(BillMonth(Month.of(row[4]), row[6] in UNPAID))
    told = []
    for row in found:
        if row[6] in UNPAID and row[5] < on:
            month = Month.of(row[4])
            step, last = step_of(month, bills[row[1]], on)
            told.append(Alarm(*row[:4], month, *row[5:], step, last))
    return tuple(told)


def step_of(month: Month, bills: Sequence[BillMonth], on: date) -> tuple[Step, date | None]:
    """Give the step of an unpaid month on a day, and the last day on which paying still saves the rights. No query.

    The law counts unpaid months in a row: those with an open bill before this one, and all that fell due after it
    without a bill that is paid. Where a later month is paid already no right lapses by this one.
    """
    if on <= contribution_due(month):
        return Step.NONE, None
    unpaid = {one.month for one in bills if one.unpaid}
    paid = {one.month for one in bills} - unpaid
    first = month
    while first.plus(-1) in unpaid:
        first = first.plus(-1)
    end = first.plus(arrears_limit(on))
    last = None if any(one in paid for one in first.through(end)) else contribution_due(end)
    return _step(month, on, last, second=month.next() not in paid and on > contribution_due(month.next())), last


def _step(month: Month, on: date, last: date | None, *, second: bool) -> Step:
    if last is not None and on >= last - LAST_DAYS:
        return Step.LAPSED if on > last else Step.LAST_DAYS
    if second:
        return Step.SECOND_MONTH
    return Step.HALF_MONTH if on - contribution_due(month) >= HALF_MONTH else Step.LATE
