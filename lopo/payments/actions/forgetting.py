"""Removes files of the bank that were put aside, when their time is over: they name people and were never booked."""

from __future__ import annotations

from datetime import date
from typing import Final

from lopo.payments.models import BankArrival
from lopo.payments.queries.retention import ASIDE, aside_before
from lopo.staff.forgetting import Order, Overdue, forget_next
from lopo.staff.models import Officer

CODES: Final = frozenset({ASIDE})


def forget_part(*, by: Officer | None, on: date, order: Order) -> int:
    """Remove the next part of the files put aside that are over their time; see `forget_next`."""
    return forget_next(by=by, on=on, order=order, overdue=Overdue(lambda day: aside_before(day).count(), _remove))


def _remove(before: date, most: int) -> int:
    some = aside_before(before).order_by("pk").values("pk")[:most]
    return int(BankArrival.objects.filter(pk__in=some).delete()[0])
