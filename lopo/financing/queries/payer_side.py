"""Reads what one payer may see of itself: whom it pays for and how they are covered, and nothing of any other payer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.coverage.queries import STATES
from lopo.coverage.queries.cover import member_cover
from lopo.financing.models import Bill, BillLine
from lopo.financing.queries.alarms import UNPAID
from lopo.people.paging import page_found, persons_sought

Cell = Any
"""A value as the driver gives it."""
_LIVE: Final = (*UNPAID, Bill.State.DIBAYAR)


@dataclass(frozen=True, slots=True)
class PaidForFilter:
    """Which people: those in one bill of the payer, by name or number of the card; another payer's bill has nobody."""

    payer_code: str
    bill_id: uuid.UUID
    search: str = ""


@dataclass(frozen=True, slots=True)
class PaidForRow:
    """One person whose month the payer pays: where, the number of the card, the contribution, and the cover that day.

    `full_from` is the day from which the death cover is full; `cover` one of `coverage.queries.STATES`.
    """

    person_id: int
    name: str
    area_code: str
    kpj: str
    amount: int
    cover: str
    full_from: date | None
    unpaid: tuple[Month, ...]


_ROW: Final = (
    "person_id", "person__name", "person__area_code", "membership__kpj", "amount", "membership__history__months",
    "membership__number_issued_on", "membership__ended_on",
)  # fmt: skip
_SORTS: Final = {"name": "person__name person_id", "area_code": "person__area_code person__name person_id"}


def paid_for_page(filter: PaidForFilter, asked: Asked, *, on: date) -> Page[PaidForRow]:  # noqa: A002
    """Give one page of the people in a bill of the payer with their cover on the day. Two queries."""
    rows = BillLine.objects.filter(bill_id=filter.bill_id, bill__payer_id=filter.payer_code, cancelled=False)
    found = persons_sought(filter.search, "person__", lambda number: Q(membership__kpj=number))

    def make(*row: Cell) -> PaidForRow:
        person, name, area, kpj, amount, months, issued, ended = row
        cover = member_cover(months or "", issued, ended, on)
        return PaidForRow(person, name, area, kpj or "", amount, cover.state, cover.full_from, cover.unpaid)

    return page_found(rows.values_list(*_ROW), found, asked, _SORTS, make)


def paid_for_cover(payer_code: str, *, on: date) -> Mapping[str, int]:
    """Give how many people of the payer's latest months stand in which state of cover that day. Two queries.

    The latest month is that of each programme by itself, billed or paid by this payer.
    """
    bills = Bill.objects.filter(payer_id=payer_code, state__in=_LIVE, issued_on__lte=on)
    latest: dict[int, date] = {}
    for programme, month in bills.values_list("programme_id", "month").distinct():
        latest[programme] = max(month, latest.get(programme, month))
    these = Q(pk__in=[])
    for programme, month in latest.items():
        these |= Q(bill__programme_id=programme, month=month)
    rows = BillLine.objects.filter(
        these, bill__payer_id=payer_code, bill__state__in=_LIVE, cancelled=False
    ).values_list("membership__history__months", "membership__number_issued_on", "membership__ended_on")
    counts = dict.fromkeys(STATES, 0)
    for months, issued, ended, people in rows.annotate(people=Count(F("person_id"))):
        counts[member_cover(months or "", issued, ended, on).state] += people
    return {state: people for state, people in counts.items() if people}
