"""Reads the months paid for people who had left before them, or under two numbers: money to ask back from BPJS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.financing.models import Bill, BillLine
from lopo.people.paging import in_areas, page_of, words_in


@dataclass(frozen=True, slots=True)
class ExcessFilter:
    """Which: of people within `areas` (empty sees nothing), of one programme, by a part of the name."""

    areas: tuple[str, ...]
    programme_id: int
    search: str = ""


@dataclass(frozen=True, slots=True)
class ExcessRow:
    """Somebody who left: when and why, the payer, how many later months are paid from which on, and the sum.

    `twice`: they were paid under another number of the same person too.
    """

    person_id: int
    nik: str
    name: str
    area_code: str
    kpj: str
    ended_on: date | None
    end_reason: str
    payer_name: str
    twice: bool
    first: Month
    months: int
    amount: int


_ROW: Final = (
    "person_id", "person__nik", "person__name", "person__area_code", "membership__kpj", "membership__ended_on",
    "membership__end_reason", "bill__payer__name", "twice",
)  # fmt: skip
_SORTS: Final = {
    "name": "person__name person_id", "area_code": "person__area_code person__name person_id",
    "ended_on": "membership__ended_on person_id", "amount": "sum person_id",
}  # fmt: skip


def excess_page(filter: ExcessFilter, asked: Asked) -> Page[ExcessRow]:  # noqa: A002
    """Give one page of the people whose months were paid though they had left, or were paid twice. Two queries."""
    rows = _lines(filter.programme_id, filter.areas).filter(words_in("person__name", filter.search))
    found = rows.values(*_ROW).annotate(first=Min("month"), count=Count("month"), sum=Sum("amount"))
    return page_of(found.values_list(*_ROW, "first", "count", "sum"), asked, _SORTS, _row)


def excess_sum(programme_id: int, *, areas: tuple[str, ...]) -> tuple[int, int]:
    """Give how many months, and how much in rupiah, are to be asked back. One query."""
    found = _lines(programme_id, areas).aggregate(count=Count("month"), sum=Sum("amount"))
    return found["count"], found["sum"] or 0


def _lines(programme_id: int, areas: tuple[str, ...]) -> QuerySet[BillLine]:
    paid = BillLine.objects.filter(cancelled=False, bill__state=Bill.State.DIBAYAR)
    mine = paid.filter(in_areas("person__area_code", areas), bill__programme_id=programme_id)
    return mine.annotate(twice=_paid_before(paid)).filter(Q(membership__ended_on__lt=F("month")) | Q(twice=True))


def _paid_before(paid: QuerySet[BillLine]) -> Combinable:
    """The condition that a merged number's month is paid under the main number too, or under an earlier merged one."""
    main = OuterRef("person__same_as_id")
    there = Q(person_id=main) | Q(person__same_as_id=main, person_id__lt=OuterRef("person_id"))
    return Case(
        When(person__same_as__isnull=True, then=Value(False)),
        default=Exists(paid.filter(there, month=OuterRef("month"))),
        output_field=BooleanField(),
    )


def _row(*row: Any) -> ExcessRow:  # noqa: ANN401 - cells as the driver gives them
    cells = list(row)
    cells[4] = cells[4] or ""
    cells[9] = Month.of(cells[9])
    return ExcessRow(*cells)
