"""Reads how a programme stands in figures: lists, verdicts, places, members, cover, money and cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count

from lopo.basics.calendar import Month
from lopo.claims.models import Case
from lopo.claims.queries.standing import stands_at
from lopo.coverage.models import Membership
from lopo.coverage.queries import MemberCounts, cover_counts, member_counts
from lopo.financing.models import Bill
from lopo.financing.queries.alarms import BillMonth, Step, step_of
from lopo.payments.queries.paid import paid_sums
from lopo.people.paging import in_areas
from lopo.targeting.queries import ProgrammeState, programme

OPEN: Final = ("dibuka", "lengkap", "diusulkan")
"""The states of cases that nobody has decided or closed."""


@dataclass(frozen=True, slots=True)
class BillSums:
    """The bills that are not cancelled, in rupiah: the months billed, the last bill, what is paid and not.

    `due` bills wait for an order in time, `ordered` ones for approval, `overdue` ones are unpaid after their day; of
    these `pressing` ones for half a month or longer, and `lapsing` ones take rights away within days, or have done so.
    """

    bills: int
    months: tuple[Month, ...]
    monthly: int
    billed: int
    paid: int
    unpaid: int
    due: int
    ordered: int
    overdue: int
    pressing: int
    lapsing: int


@dataclass(frozen=True, slots=True)
class ClaimSums:
    """Cases by state, and what came of them in rupiah: what decisions stand at now, and what was paid and kept."""

    cases: dict[str, int]
    opened: int
    still_open: int
    decisions: int
    granted: int
    paid: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a programme stands on a day, within the areas asked for (decree, verdicts and bills are of the whole)."""

    programme: ProgrammeState
    on: date
    members: MemberCounts
    cover: dict[str, int]
    bills: BillSums
    claims: ClaimSums

    @property
    def enrolled(self) -> int:
        """Members with a number."""
        return self.members.states[Membership.State.TERDAFTAR]

    @property
    def covered(self) -> int:
        """Members whose cover is in force that day, waiting for full JKM or not."""
        return self.cover["penuh"] + self.cover["masa_tunggu"]


def standing(code: str, *, on: date, areas: tuple[str, ...]) -> Standing | None:
    """Give how a programme stands on the day, None where there is no such programme. Thirteen queries."""
    state = programme(code, areas)
    if state is None:
        return None
    pk = state.programme.id
    return Standing(
        state,
        on,
        member_counts(pk, areas=areas),
        cover_counts(pk, on=on, areas=areas),
        _bills(pk, on),
        _claims(pk, areas),
    )


def _bills(programme_id: int, on: date) -> BillSums:
    rows = Bill.objects.filter(programme_id=programme_id, issued_on__lte=on).exclude(
        state__in=[Bill.State.BATAL, Bill.State.DIBALIK, Bill.State.DIBAGI]
    )
    found = list(rows.order_by("month", "payer_id").values_list("month", "amount", "state", "due_on"))
    paid = sum(amount for _, amount, state, _ in found if state == Bill.State.DIBAYAR)
    months = tuple(sorted({Month.of(month) for month, *_ in found}))
    last = sum(amount for month, amount, *_ in found if Month.of(month) == months[-1]) if found else 0
    billed = sum(amount for _, amount, *_ in found)
    due = sum(1 for *_, state, day in found if state == Bill.State.TERBIT and day >= on)
    ordered = sum(1 for *_, state, _ in found if state == Bill.State.DIAJUKAN)
    overdue = sum(1 for *_, state, day in found if state != Bill.State.DIBAYAR and day < on)
    known = [BillMonth(Month.of(month), state != Bill.State.DIBAYAR) for month, _, state, _ in found]
    steps = [step_of(one.month, known, on)[0] for one in known if one.unpaid]
    pressing = sum(1 for one in steps if Step.HALF_MONTH <= one < Step.LAST_DAYS)
    lapsing = sum(1 for one in steps if one >= Step.LAST_DAYS)
    return BillSums(len(found), months, last, billed, paid, billed - paid, due, ordered, overdue, pressing, lapsing)


def _claims(programme_id: int, areas: tuple[str, ...]) -> ClaimSums:
    cases = Case.objects.filter(in_areas("person__area_code", areas), membership__programme_id=programme_id)
    counts = {state.value: 0 for state in Case.State}
    counts.update(cases.order_by().values_list("state").annotate(Count("id")))
    stands = stands_at(cases)
    paid = sum(one.amount for one in paid_sums(areas=areas, programme_id=programme_id))
    still_open = sum(counts[state] for state in OPEN)
    return ClaimSums(counts, sum(counts.values()), still_open, stands.decisions, stands.granted, paid)
