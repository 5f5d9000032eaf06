"""Reads what the closing of a programme before its time would mean: for its bills, its money, and each one's cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, Sum

from lopo.basics.calendar import Month
from lopo.financing.models import Bill
from lopo.financing.queries.endings import EndingRow, endings
from lopo.targeting.models import Programme

_OPEN = (Bill.State.TERBIT, Bill.State.DIAJUKAN)


@dataclass(frozen=True, slots=True)
class Closed:
    """A programme as if it were closed today.

    `month` is the first without a bill, `months_lost` how many of its months will never have one. `bills` of `amount`
    rupiah stand and remain to be paid; `endings` are those whom nobody pays from `month` on.
    """

    month: Month
    months_lost: int
    bills: int
    amount: int
    endings: tuple[EndingRow, ...]

    @property
    def people(self) -> int:
        """Give how many fall out."""
        return sum(one.members for one in self.endings)


def if_closed(programme_id: int, *, on: date, areas: tuple[str, ...]) -> Closed:
    """Give what closing the programme on this day means within the areas. Four queries."""
    first, last = Programme.objects.values_list("first_month", "last_month").get(pk=programme_id)
    standing = ~Q(state__in=[Bill.State.BATAL, Bill.State.DIBALIK, Bill.State.DIBAGI])
    told = Bill.objects.filter(standing, programme_id=programme_id).aggregate(
        latest=Max("month"), bills=Count("id", filter=Q(state__in=_OPEN)),
        amount=Sum("amount", filter=Q(state__in=_OPEN), default=0),
    )  # fmt: skip
    month = Month.of(told["latest"]).next() if told["latest"] else Month.of(first)
    lost = max(Month.of(last).minus(month) + 1, 0)
    ends = endings(programme_id, on=on, month=month, areas=areas, closing=True)
    return Closed(month, lost, told["bills"], told["amount"], ends)
