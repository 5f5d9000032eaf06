"""Reads what people taken over cost in the budget years after the first, and which of these years have money yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Sum

from lopo.basics.calendar import Month
from lopo.coverage.models import Membership
from lopo.financing.models import Budget
from lopo.financing.queries.price import most_of
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class LaterYear:
    """One budget year after the first: its months, and rupiah for the people taken over and for all members then.

    Both at the most that a month may cost, whatever the sector (PP 50/2025). `left` is what no bill has taken of that
    year's budget of the payer, None where no budget is set.
    """

    year: int
    months: int
    cost: int
    needed: int
    left: int | None

    @property
    def short(self) -> bool:
        """Say whether a budget is set that does not reach for all."""
        return self.left is not None and self.left < self.needed


def later_years(
    programme: Programme, *, payer_code: str, payer_kind: str, first: Month, people: int
) -> tuple[LaterYear, ...]:
    """Give the years after the one of `first` in which the programme runs, the next first. Two queries; none for none.

    A budget of a later year is set when that year comes, so its absence is told and stands against nothing.
    """
    last = Month.of(programme.last_month)
    if last.year == first.year:
        return ()
    lines = Budget.objects.filter(programme=programme, payer_id=payer_code, year__gt=first.year).order_by()
    left = dict(lines.values_list("year").annotate(left=Sum(F("amount") - F("committed"))))
    members = Membership.objects.filter(programme=programme, state__in=("diterima", "terdaftar")).count()
    return tuple(
        _year(programme, payer_kind, year, (people, members), left.get(year))
        for year in range(first.year + 1, last.year + 1)
    )


def _year(programme: Programme, kind: str, year: int, people: tuple[int, int], left: int | None) -> LaterYear:
    taken, members = people
    months = tuple(Month(year, 1).through(min(Month.of(programme.last_month), Month(year, 12))))
    each = sum(most_of(income=programme.monthly_income, payer_kind=kind, month=one) for one in months)
    return LaterYear(year, len(months), each * taken, each * (taken + members), left)
