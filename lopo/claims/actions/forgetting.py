"""Removes first reports that were not for any programme when their time is over, with all they told of people."""

from __future__ import annotations

from datetime import date
from typing import Final

from lopo.claims.models import FirstReport
from lopo.claims.queries.retention import DISMISSED, dismissed_before
from lopo.staff.forgetting import Order, Overdue, forget_next
from lopo.staff.models import Officer

CODES: Final = frozenset({DISMISSED})


def forget_part(*, by: Officer | None, on: date, order: Order) -> int:
    """Remove the next part of the dismissed reports that are over their time; see `forget_next`."""
    return forget_next(by=by, on=on, order=order, overdue=Overdue(lambda day: dismissed_before(day).count(), _remove))


def _remove(before: date, most: int) -> int:
    some = dismissed_before(before).order_by("pk").values("pk")[:most]
    return int(FirstReport.objects.filter(pk__in=some).delete()[0])
