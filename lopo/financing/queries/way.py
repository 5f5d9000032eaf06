"""Reads the way of one bill to its payment: papers, the order with its other bills, its parts, and its reversal."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.financing.models import Bill, BillPaper, Reversal
from lopo.financing.queries.alarms import UNPAID


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper before the SP2D: `spp` or `spm`, its number and day, and who wrote it down."""

    kind: str
    number: str
    dated: date
    written_by_id: int
    written_by: str


@dataclass(frozen=True, slots=True)
class OtherBill:
    """A bill beside this one: its month and part, how many people and how much, and its state."""

    id: uuid.UUID
    month: Month
    part: int
    people: int
    amount: int
    state: str
    together: bool


@dataclass(frozen=True, slots=True)
class ReversalRow:
    """That a payment is asked to be taken back: why, when and by whom, and who approved it when."""

    reason: str
    asked_on: date
    asked_by_id: int
    asked_by: str
    approved_by: str
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """How far a bill is: its code with its last day, its papers by kind, the bills it goes with, and its reversal.

    `others`: while it is unpaid the other open bills of its budget (`together` = of the same code or SP2D), else those
    of its SP2D. `parts`: the bills into which it was divided, or, for a part, the bill it came from.
    """

    code: str
    code_until: date | None
    part: int
    papers: tuple[PaperRow, ...]
    others: tuple[OtherBill, ...]
    parts: tuple[OtherBill, ...]
    reversal: ReversalRow | None

    def paper(self, kind: str) -> PaperRow | None:
        """The paper of a kind, None where there is none yet."""
        return next((one for one in self.papers if one.kind == kind), None)


def way(bill_id: uuid.UUID) -> Way | None:
    """Give the way of a bill, None where there is no such bill. Five queries."""
    bill = Bill.objects.filter(pk=bill_id).select_related("code").first()
    if bill is None:
        return None
    papers = BillPaper.objects.filter(bill=bill).order_by("-kind")
    names = ("kind", "number", "dated", "written_by_id", "written_by__full_name")
    beside = Bill.objects.exclude(pk=bill_id).order_by("month", "part")
    if bill.state == Bill.State.TERBIT:
        others = beside.filter(budget_id=bill.budget_id, payer_id=bill.payer_id, state=Bill.State.TERBIT)
    else:
        others = beside.filter(sp2d__isnull=False, sp2d=bill.sp2d)
    parts = beside.filter(divided_from=bill)
    if bill.state != Bill.State.DIBAGI:
        parts = beside.filter(parts=bill)
    return Way(
        bill.code_id or "", bill.code.last_day if bill.code else None, bill.part,
        tuple(PaperRow(*row) for row in papers.values_list(*names)),
        _others(others, bill), _others(parts, bill), _reversal(bill_id),
    )  # fmt: skip


def bill_ordered(order_id: int, bill_id: uuid.UUID) -> uuid.UUID:
    """Give the bill that an SP2D pays for one that was asked about: itself or its part, else the first. One query."""
    rows = list(Bill.objects.filter(sp2d_id=order_id).order_by("month", "part").values_list("id", "divided_from_id"))
    return next((one for one, whole in rows if bill_id in (one, whole)), rows[0][0] if rows else bill_id)


def _others(rows: Iterable[Bill], bill: Bill) -> tuple[OtherBill, ...]:
    return tuple(
        OtherBill(
            one.pk, Month.of(one.month), one.part, one.people, one.amount, one.state,
            (one.code_id is not None and one.code_id == bill.code_id) or one.state not in UNPAID,
        )
        for one in rows
    )  # fmt: skip


def _reversal(bill_id: uuid.UUID) -> ReversalRow | None:
    names = ("reason", "asked_on", "asked_by_id", "asked_by__full_name", "approved_by__full_name", "approved_on")
    row = Reversal.objects.filter(bill_id=bill_id).values_list(*names).first()
    if row is None:
        return None
    reason, asked_on, asked_by_id, asked_by, approved_by, approved_on = row
    return ReversalRow(reason, asked_on, asked_by_id, asked_by, approved_by or "", approved_on)
