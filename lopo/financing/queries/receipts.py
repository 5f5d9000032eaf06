"""Reads the receipts of BPJS, the rows that were parked, and which paid bills still wait for a receipt."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.financing.models import Bill, BpjsReceipt, ParkedReceipt, ReceiptBill
from lopo.financing.queries.codes import task_of
from lopo.financing.queries.tasks import Task, Work
from lopo.people.paging import in_areas, page_of, words_in

RECEIPT_WITHIN: Final = timedelta(days=7)
"""So long after its payment a bill without a receipt becomes a task: the office's plan, not a law."""
RECEIPT_AT_LAST: Final = timedelta(days=30)
"""So long after it the officer who approves payments hears of it too."""


@dataclass(frozen=True, slots=True)
class ReceiptsFilter:
    """Which receipts: of programmes within `areas` (empty sees nothing); by number, code or payer; withdrawn or not."""

    areas: tuple[str, ...]
    search: str = ""
    withdrawn: bool | None = None


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt: for which months of whom, from which file (or by hand), and why it no longer counts."""

    id: int
    number: str
    dated: date
    amount: int
    written_on: date
    written_by: str
    file: str
    withdrawn_on: date | None
    withdrawn_by: str
    withdrawn_why: str
    bill_id: uuid.UUID
    payer_name: str
    code: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row of a file that found no place: where it stands, as it was written, and why."""

    id: int
    file: str
    line: int
    cell: str
    code: str
    number: str
    dated: str
    amount: str
    why: str


_RECEIPT: Final = (
    "id", "number", "dated", "amount", "written_on", "written_by__full_name", "file__name", "withdrawn_on",
    "withdrawn_by__full_name", "withdrawn_why",
)  # fmt: skip
_PARKED: Final = ("id", "file__name", "line", "cell", "code", "number", "dated", "amount", "why")
_SORTS: Final = {"dated": "dated id", "number": "number", "amount": "amount id", "-dated": "-dated -id"}


def receipts_page(filter: ReceiptsFilter, asked: Asked) -> Page[ReceiptRow]:  # noqa: A002 - the house's word
    """Give one page of receipts, with their bills. Three queries."""
    here = ReceiptBill.objects.filter(
        in_areas("bill__programme__area_code", filter.areas), receipt=OuterRef("pk"),
    )  # fmt: skip
    rows = BpjsReceipt.objects.filter(Exists(here))
    if filter.search:
        said = words_in("bill__payer__name", filter.search) | Q(bill__code_id__icontains=filter.search)
        rows = rows.filter(Q(number__icontains=filter.search) | Exists(here.filter(said)))
    if filter.withdrawn is not None:
        rows = rows.filter(withdrawn_on__isnull=not filter.withdrawn)
    page = page_of(rows.values_list(*_RECEIPT), asked, _SORTS, lambda *row: row)
    return Page(_with_bills(page.rows), page.total, page.asked)


def receipt_of(bill_id: uuid.UUID) -> ReceiptRow | None:
    """Give the receipt that counts for a bill, None where there is none. Two queries."""
    rows = BpjsReceipt.objects.filter(bills__bill=bill_id, bills__counts=True).values_list(*_RECEIPT)
    return next(iter(_with_bills(tuple(rows))), None)


def _with_bills(rows: tuple[tuple[Any, ...], ...]) -> tuple[ReceiptRow, ...]:
    links = ReceiptBill.objects.filter(receipt_id__in=[row[0] for row in rows]).order_by("bill__month", "bill__part")
    bills: dict[int, list[tuple[Any, ...]]] = {}
    for receipt, *bill in links.values_list(
        "receipt_id", "bill_id", "bill__payer__name", "bill__code_id", "bill__month"
    ):
        bills.setdefault(receipt, []).append(tuple(bill))
    return tuple(_row(row, bills[row[0]]) for row in rows)


def _row(row: tuple[Any, ...], bills: list[tuple[Any, ...]]) -> ReceiptRow:
    *head, by, file, withdrawn_on, withdrawn_by, why = row
    bill_id, payer, code, _month = bills[0]
    months = tuple(Month.of(one[3]) for one in bills)
    told = (by, file or "", withdrawn_on, withdrawn_by or "", why)
    values: tuple[Any, ...] = (*head, *told, bill_id, payer, code or "", months)
    return ReceiptRow(*values)


def parked_receipts() -> tuple[ParkedRow, ...]:
    """Give the rows of files that are not settled, the latest file first. One query."""
    rows = ParkedReceipt.objects.filter(settled_on__isnull=True).order_by("-file_id", "line")
    return tuple(ParkedRow(*row) for row in rows.values_list(*_PARKED))


def receipt_tasks(*, areas: tuple[str, ...], on: date) -> tuple[Task, ...]:
    """Give a task for each payment that is RECEIPT_WITHIN old and has no receipt: for each SP2D and code. One query."""
    waiting = Bill.objects.filter(
        in_areas("programme__area_code", areas), state=Bill.State.DIBAYAR, sp2d__approved_on__lte=on - RECEIPT_WITHIN
    ).exclude(receipts__counts=True)
    found: dict[tuple[int | None, str | None], list[Bill]] = {}
    for bill in waiting.select_related("programme", "payer", "sp2d").order_by("sp2d__approved_on", "month", "part"):
        found.setdefault((bill.sp2d_id, bill.code_id), []).append(bill)
    return tuple(_task(bills) for bills in found.values())


def _task(bills: list[Bill]) -> Task:
    paid = bills[0].sp2d.approved_on if bills[0].sp2d else None
    day = paid or bills[0].due_on
    return task_of(bills, Work.BUKTI, by_day=day + RECEIPT_WITHIN, due_on=day + RECEIPT_AT_LAST)
