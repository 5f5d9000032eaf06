"""Reads payers, budget lines and bills with how far their payment is."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from lopo.basics.calendar import Month
from lopo.basics.money import Rounding, divide
from lopo.basics.page import Asked, Page
from lopo.financing.models import Bill, BillLine, Budget, Payer
from lopo.people.paging import in_areas, page_found, page_of, persons_sought, words_in

Cell = Any
"""A value as the driver gives it."""


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One payer."""

    code: str
    name: str
    initial: str
    kind: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One budget line in rupiah: what there is, what is billed, what is paid, what is left; absorption in permil."""

    id: int
    payer_code: str
    payer_name: str
    programme_id: int
    programme_name: str
    year: int
    line: str
    legal_basis: str
    amount: int
    committed: int
    paid: int
    left: int
    absorbed_permil: int


@dataclass(frozen=True, slots=True)
class BillsFilter:
    """Which bills: of programmes within `areas` (empty sees nothing), of a programme, a payer, a state; `due` = unpaid.

    `search` is a part of the number of the SP2D or of the name of the payer.
    """

    areas: tuple[str, ...]
    search: str = ""
    programme_id: int | None = None
    payer: str = ""
    state: str = ""
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill: for what, how much, due when; who made, ordered and approved it; `days_late` while it is unpaid."""

    id: uuid.UUID
    programme_id: int
    programme_code: str
    programme_name: str
    payer_code: str
    payer_name: str
    payer_initial: str
    budget_id: int
    month: Month
    issued_on: date
    due_on: date
    people: int
    amount: int
    per_person: int
    law_hash: str
    state: str
    made_by_id: int
    made_by: str
    sp2d: str
    sp2d_dated: date | None
    ordered_by_id: int | None
    ordered_by: str
    approved_by: str
    paid_on: date | None
    sector: str
    days_late: int


@dataclass(frozen=True, slots=True)
class LinesFilter:
    """Which lines of a bill: of people within `areas` (empty sees nothing), by name, NIK or KPJ."""

    areas: tuple[str, ...]
    bill_id: uuid.UUID
    search: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One person's month in a bill."""

    person_id: int
    membership_id: int
    nik: str
    name: str
    area_code: str
    kpj: str
    member_state: str
    amount: int
    cancelled: bool


_BILL: Final = (
    "id", "programme_id", "programme__code", "programme__name", "payer_id", "payer__name", "payer__initial",
    "budget_id", "month", "issued_on", "due_on", "people", "amount", "per_person", "law_hash", "state", "made_by_id",
    "made_by__full_name", "sp2d__number", "sp2d__dated", "sp2d__made_by_id", "sp2d__made_by__full_name",
    "sp2d__approved_by__full_name", "sp2d__approved_on", "sector",
)  # fmt: skip
_BILL_SORTS: Final = {
    "month": "month payer_id id", "due_on": "due_on id", "amount": "amount id", "people": "people id",
    "state": "state month id", "payer": "payer__name month id", "issued_on": "issued_on id",
}  # fmt: skip
_LINE: Final = (
    "person_id", "membership_id", "person__nik", "person__name", "person__area_code", "membership__kpj",
    "membership__state", "amount", "cancelled",
)  # fmt: skip
_LINE_SORTS: Final = {
    "name": "person__name person_id", "nik": "person__nik", "area_code": "person__area_code person__name person_id",
}  # fmt: skip


def payers() -> tuple[PayerRow, ...]:
    """Give all payers by name. One query."""
    rows = Payer.objects.order_by("name", "code").values_list("code", "name", "initial", "kind")
    return tuple(PayerRow(code, name, initial, kind, Payer.Kind(kind).label) for code, name, initial, kind in rows)


def payers_of(programme_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Give the names of those who have a budget line in each programme, in order of name. One query."""
    lines = Budget.objects.filter(programme_id__in=programme_ids).values_list("programme_id", "payer__name").distinct()
    found: dict[int, tuple[str, ...]] = {}
    for programme_id, name in lines.order_by("programme_id", "payer__name"):
        found[programme_id] = (*found.get(programme_id, ()), name)
    return found


def budgets(*, areas: tuple[str, ...], programme_id: int | None = None) -> tuple[BudgetRow, ...]:
    """Give the budget lines of the programmes within the areas, the latest year first. One query."""
    rows = Budget.objects.filter(in_areas("programme__area_code", areas))
    if programme_id is not None:
        rows = rows.filter(programme_id=programme_id)
    names = ("id", "payer_id", "payer__name", "programme_id", "programme__name", "year", "line", "legal_basis")
    found = rows.order_by("-year", "payer__name", "id").values_list(*names, "amount", "committed", "paid")
    return tuple(_budget(row) for row in found)


def _budget(row: tuple[Any, ...]) -> BudgetRow:
    amount, committed, paid = row[-3:]
    values: tuple[Any, ...] = (*row, amount - committed, absorbed_permil(paid, amount))
    return BudgetRow(*values)


def absorbed_permil(paid: int, amount: int) -> int:
    """Give what is paid of a budget in tenths of a percent, rounded down: 100 % says that all of it is paid."""
    return divide(paid * 1000, amount, Rounding.FLOOR) if amount else 0


def bills_page(filter: BillsFilter, asked: Asked, *, on: date) -> Page[BillRow]:  # noqa: A002 - the house's word
    """Give one page of bills as they stand; `days_late` counts from the due day to `on`. Two queries."""
    rows = Bill.objects.filter(in_areas("programme__area_code", filter.areas))
    if filter.programme_id is not None:
        rows = rows.filter(programme_id=filter.programme_id)
    if filter.payer:
        rows = rows.filter(payer_id=filter.payer)
    if filter.state:
        rows = rows.filter(state=filter.state)
    if filter.unpaid:
        rows = rows.filter(state__in=[Bill.State.TERBIT, Bill.State.DIAJUKAN])
    if filter.search:
        rows = rows.filter(words_in("payer__name", filter.search) | Q(sp2d__number__icontains=filter.search))
    return page_of(rows.values_list(*_BILL), asked, _BILL_SORTS, lambda *row: _bill(row, on))


def bill(bill_id: uuid.UUID, *, on: date) -> BillRow | None:
    """Give one bill, None where there is none. One query."""
    return next((_bill(row, on) for row in Bill.objects.filter(pk=bill_id).values_list(*_BILL)), None)


def _bill(row: tuple[Any, ...], on: date) -> BillRow:
    cells = dict(zip(_BILL, row, strict=True))
    unpaid = cells["state"] in (Bill.State.TERBIT, Bill.State.DIAJUKAN)
    late = max(0, (on - cells["due_on"]).days) if unpaid else 0
    cells["month"] = Month.of(cells["month"])
    for name in ("sp2d__number", "sp2d__made_by__full_name", "sp2d__approved_by__full_name"):
        cells[name] = cells[name] or ""
    values: tuple[Any, ...] = (*cells.values(), late)
    return BillRow(*values)


def bill_lines_page(filter: LinesFilter, asked: Asked) -> Page[LineRow]:  # noqa: A002
    """Give one page of the people in a bill. Two queries."""
    rows = BillLine.objects.filter(in_areas("person__area_code", filter.areas), bill_id=filter.bill_id)
    found = persons_sought(
        filter.search, "person__", lambda number: Q(person__nik=number) | Q(membership__kpj=number), filter.areas
    )
    return page_found(rows.values_list(*_LINE), found, asked, _LINE_SORTS, _line)


def _line(*row: Cell) -> LineRow:
    cells = list(row)
    cells[5] = cells[5] or ""
    return LineRow(*cells)
