"""Says how far an unpaid month has come on the way from its due day to the lapse of rights."""

from __future__ import annotations

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
    """How pressing an unpaid month is; each step is told once, to more people than the one before."""

    NONE = 0
    LATE = 1
    HALF_MONTH = 2
    SECOND_MONTH = 3
    LAST_DAYS = 4
    LAPSED = 5


@dataclass(frozen=True, slots=True)
class BillMonth:
    """One month of a programme, with a bill or without, and whether it is still to be paid."""

    month: Month
    unpaid: bool


def step_of(month: Month, bills: Sequence[BillMonth], on: date) -> tuple[Step, date | None]:
    """Give the step of an unpaid month on a day, and the last day on which paying still saves the rights. No query.

    The law counts unpaid months in a row: those open before this one, and all that fell due after it and are not
    paid. Where a later month is paid already no right lapses by this one.
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
