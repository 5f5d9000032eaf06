"""Reads what the treasurer and the others have still to do: for each payer and month the next step and its day."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from lopo.basics.calendar import Month, working_days_before
from lopo.basics.refusal import Refused
from lopo.financing.models import Bill, BillPaper, Budget
from lopo.financing.queries.alarms import UNPAID, BillMonth, Step, step_of
from lopo.financing.queries.price import price_of
from lopo.financing.queries.unbilled import unbilled
from lopo.law.deadlines import contribution_due
from lopo.people.paging import in_areas
from lopo.targeting.models import Programme

_SEPTEMBER: Final = 9
"""From this month on the budget of the next year is asked for."""
WHOLE: Final = "53"
"""The area that all programmes lie in."""


class Work(StrEnum):
    """The steps of a month to its payment, in their order; then what BPJS gives for it: its code and its receipt."""

    ANGGARAN = "anggaran"
    TAGIHAN = "tagihan"
    SPP = "spp"
    SPM = "spm"
    SP2D = "sp2d"
    SETUJU = "setuju"
    KODE = "kode"
    BUKTI = "bukti"


NEEDS: Final[Mapping[Work, str]] = {
    Work.ANGGARAN: "budget.set", Work.TAGIHAN: "bill.make", Work.SPP: "bill.pay", Work.SPM: "bill.approve",
    Work.SP2D: "bill.pay", Work.SETUJU: "bill.approve", Work.KODE: "bill.pay",
    Work.BUKTI: "bill.pay",
}  # fmt: skip
"""What one must be allowed to do for each step."""
AHEAD: Final[Mapping[Work, int]] = {
    Work.ANGGARAN: 9, Work.TAGIHAN: 8, Work.SPP: 6, Work.SPM: 4, Work.SP2D: 2, Work.SETUJU: 0,
}  # fmt: skip
"""How many working days before the due day each step should be done: the plan of the office, not of the law."""


class Payer(NamedTuple):
    """A payer as a task names it."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Task:
    """One step that is open: what, for which payer and month, by which day.

    `by_day` is the day of the plan, `due_on` the day of the law on which the month must be paid. Without `bill_id` the
    month has no bill: then `payers` are those with a budget line of it (of the programme, where none has one), and
    `people` and `amount` what a bill would ask for; `amount` is None where the law cannot say it. `step` is how
    pressing the month is, `lapses_after` the last day on which paying saves the rights of its people. Where the task is
    about a billing code of BPJS, `code` is that and `due_on` its last day; where a paid bill waits for its receipt,
    `due_on` is the day on which the office asks louder.
    """

    work: Work
    programme_id: int
    programme_code: str
    programme_name: str
    area_code: str
    payers: tuple[Payer, ...]
    month: Month
    people: int
    amount: int | None
    by_day: date
    due_on: date
    bill_id: uuid.UUID | None = None
    step: Step = Step.NONE
    lapses_after: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that the tasks of a day rest on: programmes, their payers by year, live bills, and months without a bill.

    `months` are those of each programme, billed or not, and whether they are still to be paid.
    """

    on: date
    programmes: tuple[Programme, ...]
    payers: Mapping[tuple[int, int], tuple[Payer, ...]]
    bills: tuple[Bill, ...]
    papers: Mapping[uuid.UUID, frozenset[str]]
    missing: Mapping[tuple[int, Month], int]
    months: Mapping[int, list[BillMonth]] = field(default_factory=dict)


def tasks(*, areas: tuple[str, ...], on: date) -> tuple[Task, ...]:
    """Give what is open in the running programmes within the areas, the earliest day first. Five queries at most."""
    return tasks_of(gathered(areas, on))


def late_tasks(*, on: date) -> tuple[Task, ...]:
    """Give the steps that are open after the due day of their month, everywhere: what the alarms are about.

    The months without a bill are among them, as in the list of tasks. Five queries at most.
    """
    return tuple(one for one in tasks(areas=(WHOLE,), on=on) if one.step > Step.NONE)


def tasks_of(found: Found) -> tuple[Task, ...]:
    """Give the tasks of what was read. No query."""
    programmes = {one.id: one for one in found.programmes}
    told = [_to_pay(programmes[bill.programme_id], bill, found) for bill in found.bills if bill.state in UNPAID]
    told += [_to_bill(programmes[pk], month, people, found) for (pk, month), people in found.missing.items()]
    told += [one for programme in found.programmes if (one := _next_year(programme, found)) is not None]
    return tuple(sorted(told, key=lambda one: (one.by_day, one.month, one.payers, one.programme_id)))


def gathered(areas: tuple[str, ...], on: date) -> Found:
    """Read the running programmes within the areas, and the closed ones that still owe, with all their tasks rest on.

    Five queries at most.
    """
    owing = Exists(Bill.objects.filter(programme=OuterRef("pk"), state__in=UNPAID))
    here = Programme.objects.filter(Q(state=Programme.State.BERJALAN) | owing, in_areas("area_code", areas))
    programmes = tuple(here.order_by("id"))
    ids = [one.id for one in programmes]
    rows = Bill.objects.filter(programme_id__in=ids, state__in=[*UNPAID, Bill.State.DIBAYAR], issued_on__lte=on)
    bills = tuple(rows.select_related("payer").order_by("month", "part"))
    months: dict[int, list[BillMonth]] = {}
    for one in bills:
        months.setdefault(one.programme_id, []).append(BillMonth(Month.of(one.month), one.state in UNPAID))
    missing = [
        (one.id, month)
        for one in programmes
        if one.state == Programme.State.BERJALAN
        for month in Month.of(one.first_month).through(min(Month.of(one.last_month), Month.of(on)))
        if all(each.month != month for each in months.get(one.id, []))
    ]
    counted = {key: people for key, people in unbilled(missing, on=on).items() if people}
    for programme, month in counted:
        months.setdefault(programme, []).append(BillMonth(month, unpaid=True))
    return Found(on, programmes, _payers(ids), bills, _papers(bills), counted, months)


def _payers(programmes: Sequence[int]) -> dict[tuple[int, int], tuple[Payer, ...]]:
    """Give the payers with a budget line by programme and year."""
    found: dict[tuple[int, int], tuple[Payer, ...]] = {}
    rows = Budget.objects.filter(programme_id__in=programmes).order_by("payer__name")
    for programme, year, *payer in rows.values_list(
        "programme_id", "year", "payer_id", "payer__name", "payer__kind"
    ):  # fmt: skip
        found[programme, year] = (*found.get((programme, year), ()), Payer(*payer))
    return found


def _papers(bills: Sequence[Bill]) -> dict[uuid.UUID, frozenset[str]]:
    """Give the papers that open bills have."""
    found: dict[uuid.UUID, frozenset[str]] = {}
    open_ones = [one.pk for one in bills if one.state == Bill.State.TERBIT]
    for bill, kind in BillPaper.objects.filter(bill_id__in=open_ones).values_list("bill_id", "kind"):
        found[bill] = found.get(bill, frozenset()) | {kind}
    return found


def _step(work: Work, programme: Programme, month: Month, due: date, **given: Any) -> Task:  # noqa: ANN401 - its columns
    by_day = working_days_before(due, AHEAD[work])
    return Task(
        work, programme.id, programme.code, programme.name, programme.area_code, month=month, by_day=by_day, due_on=due,
        **given,
    )  # fmt: skip


def _to_pay(programme: Programme, bill: Bill, found: Found) -> Task:
    month = Month.of(bill.month)
    step, last = step_of(month, found.months[programme.id], found.on)
    return _step(
        _next_of(bill, found.papers.get(bill.pk, frozenset())), programme, month, bill.due_on, people=bill.people,
        payers=(Payer(bill.payer_id, bill.payer.name, bill.payer.kind),), amount=bill.amount, bill_id=bill.pk,
        step=step, lapses_after=last,
    )  # fmt: skip


def _next_of(bill: Bill, papers: frozenset[str]) -> Work:
    if bill.state == Bill.State.DIAJUKAN:
        return Work.SETUJU
    if BillPaper.Kind.SPM in papers:
        return Work.SP2D
    return Work.SPM if BillPaper.Kind.SPP in papers else Work.SPP


def _to_bill(programme: Programme, month: Month, people: int, found: Found) -> Task:
    """The month has no bill: one is to be made, or first the budget line that it would burden."""
    payers = found.payers.get((programme.id, month.year), ())
    work = Work.TAGIHAN if payers else Work.ANGGARAN
    known = payers or _any_year(programme, found)
    step, last = step_of(month, found.months[programme.id], found.on)
    return _step(
        work, programme, month, contribution_due(month), people=people, payers=known, step=step, lapses_after=last,
        amount=_price(programme, known, month, people),
    )  # fmt: skip


def _any_year(programme: Programme, found: Found) -> tuple[Payer, ...]:
    return tuple(sorted({one for (pk, _), payers in found.payers.items() if pk == programme.id for one in payers}))


def _price(programme: Programme, payers: Sequence[Payer], month: Month, people: int) -> int | None:
    """What a bill of the month would ask for, None where the law cannot say it of all these payers."""
    try:
        prices = {
            price_of(income=programme.monthly_income, payer_kind=one.kind, month=month).per_person for one in payers
        }
    except Refused:
        return None
    return prices.pop() * people if len(prices) == 1 else None


def _next_year(programme: Programme, found: Found) -> Task | None:
    """From September on: the budget line of January, where the programme goes on and has none."""
    january = Month(found.on.year + 1, 1)
    goes_on = programme.last_month >= january.first_day and programme.state == Programme.State.BERJALAN
    if found.on.month < _SEPTEMBER or not goes_on or (programme.id, january.year) in found.payers:
        return None
    given = {"payers": _any_year(programme, found), "people": 0, "amount": None}
    return _step(Work.ANGGARAN, programme, january, contribution_due(january), **given)
