"""Reads the payers side by side: what each owes, for which months, and who has paid nothing yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from lopo.basics.calendar import Month
from lopo.financing.models import Bill
from lopo.financing.queries.tasks import WHOLE, Found, Payer, Task, Work, gathered, tasks_of


class Standing(StrEnum):
    """How a payer stands, the worst first: behind, a month open that is not due yet, all paid, nothing asked yet."""

    TERLAMBAT = "terlambat"
    BERJALAN = "berjalan"
    LUNAS = "lunas"
    BELUM = "belum"


_WORST_FIRST: Final = tuple(Standing)


@dataclass(frozen=True, slots=True)
class PayerStanding:
    """One payer on a day, in rupiah: what it has paid and what is open, with what months without a bill would ask for.

    `late` are its months after their due day that are not paid, `days_late` counts from the oldest; `people` are those
    of its latest month. A month without a bill is held against each payer that has a budget line of it.
    """

    code: str
    name: str
    kind: str
    programmes: int
    people: int
    paid: int
    owed: int
    months_paid: int
    late: tuple[Month, ...]
    days_late: int
    standing: Standing


def payer_standings(*, areas: tuple[str, ...], on: date) -> tuple[PayerStanding, ...]:
    """Give the payers of the running programmes within the areas, those longest behind first. Five queries at most."""
    found = gathered(areas, on)
    open_ones: dict[Payer, list[Task]] = {}
    for task in tasks_of(found):
        for payer in task.payers:
            open_ones.setdefault(payer, []).append(task)
    every = {payer for payers in found.payers.values() for payer in payers} | set(open_ones)
    told = [_standing(payer, open_ones.get(payer, []), found) for payer in every]
    return tuple(sorted(told, key=lambda one: (_WORST_FIRST.index(one.standing), -one.days_late, one.name, one.code)))


def standing_of(payer_code: str, *, on: date) -> tuple[PayerStanding | None, tuple[Task, ...]]:
    """Give how one payer stands and what is open for it, the earliest day first; None without any programme.

    A month that nobody billed is among them where this payer has a budget line of it. Five queries at most.
    """
    found = gathered((WHOLE,), on)
    open_ones = tuple(one for one in tasks_of(found) if any(payer.code == payer_code for payer in one.payers))
    known = {payer for payers in found.payers.values() for payer in payers if payer.code == payer_code}
    known |= {payer for one in open_ones for payer in one.payers if payer.code == payer_code}
    return (_standing(min(known), open_ones, found) if known else None), open_ones


def _standing(payer: Payer, open_ones: Iterable[Task], found: Found) -> PayerStanding:
    owing = [one for one in open_ones if one.month <= Month.of(found.on) or one.work is not Work.ANGGARAN]
    bills = [one for one in found.bills if one.payer_id == payer.code]
    paid = [one for one in bills if one.state == Bill.State.DIBAYAR]
    late = [one for one in owing if one.due_on < found.on]
    latest = max([*(one.month for one in owing), *(Month.of(one.month) for one in bills)], default=None)
    return PayerStanding(
        payer.code, payer.name, payer.kind,
        len({pk for (pk, _), payers in found.payers.items() if payer in payers}),
        _people(latest, owing, bills), sum(one.amount for one in paid), sum(one.amount or 0 for one in owing),
        len({(one.programme_id, one.month) for one in paid}), tuple(sorted({one.month for one in late})),
        max(((found.on - one.due_on).days for one in late), default=0), _of(late, owing, paid),
    )  # fmt: skip


def _people(latest: Month | None, owing: Iterable[Task], bills: Iterable[Bill]) -> int:
    """The people of the latest month, billed and not billed yet."""
    if latest is None:
        return 0
    billed = sum(one.people for one in bills if Month.of(one.month) == latest)
    return billed + sum(one.people for one in owing if one.month == latest and one.bill_id is None)


def _of(late: list[Task], owing: list[Task], paid: list[Bill]) -> Standing:
    if late:
        return Standing.TERLAMBAT
    if owing:
        return Standing.BERJALAN
    return Standing.LUNAS if paid else Standing.BELUM
