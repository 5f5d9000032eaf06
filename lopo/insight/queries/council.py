"""What the council is told of a programme: money, people and effects, each from the same figures as the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import Count, Sum

from lopo.basics.area import kecamatan_of
from lopo.basics.calendar import Month, years_between
from lopo.coverage.models import Membership
from lopo.coverage.queries import STATES
from lopo.coverage.queries.cover import member_cover
from lopo.financing.models import Bill, Budget
from lopo.financing.queries.bills import absorbed_permil
from lopo.insight.queries.programme import Standing, standing
from lopo.payments.queries.paid import paid_sums
from lopo.people.batch.occupations import occupation_title
from lopo.people.paging import in_areas
from lopo.targeting.models import DecreeName

FEWEST: Final = 5
"""Counts below this are not published alone: they might tell of one family."""
COVERED: Final = ("penuh", "masa_tunggu")
LAPSED: Final = "gugur"
_BANDS: Final = ((0, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 150))
_NAMED: Final = ("ditetapkan", "pengganti")
_OTHERS: Final = "lainnya"
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Money:
    """One budget line in rupiah: granted, committed by bills, paid, and what it will have paid by the end of the year.

    `unbilled_months` are the months of the programme in that year without a bill; each is reckoned like the last bill.
    """

    payer: str
    year: int
    line: str
    amount: int
    committed: int
    paid: int
    monthly: int
    unbilled_months: int

    @property
    def absorbed_permil(self) -> int:
        """The paid part of the budget, as on the pages of budgets and programmes."""
        return absorbed_permil(self.paid, self.amount)

    @property
    def forecast(self) -> int:
        """What will have been paid by the end of the year if every bill and every month to come is paid."""
        return self.committed + self.unbilled_months * self.monthly

    @property
    def left(self) -> int:
        """What stays of the budget after that; below zero where it does not reach."""
        return self.amount - self.forecast


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind: named by the decree, with a number, covered that day, behind, and lapsed."""

    code: str
    named: int
    enrolled: int
    covered: int
    behind: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class Paid:
    """Claims paid to families of one kelurahan, or of several together where each alone would be too few to tell."""

    areas: tuple[str, ...]
    claims: int
    amount: int


@dataclass(frozen=True, slots=True)
class Council:
    """The report on a day. Every table of people adds up to `total`; `paid` adds up to what was paid in all.

    `hidden` says that fewer claims than may be told were paid in all, so that `paid` is empty.
    """

    on: date
    standing: Standing
    money: tuple[Money, ...]
    total: Group
    kecamatan: tuple[Group, ...]
    sex: tuple[Group, ...]
    age: tuple[Group, ...]
    occupation: tuple[Group, ...]
    paid: tuple[Paid, ...]
    hidden: bool


def council(code: str, *, on: date, areas: tuple[str, ...]) -> Council | None:
    """Give the report of a programme within the areas, None where there is no such programme. Seventeen queries."""
    found = standing(code, on=on, areas=areas)
    if found is None:
        return None
    people = _people(found, on, areas)
    claims = _claims(found.programme.programme.id, areas)
    paid = pooled(claims)
    return Council(
        on, found, _money(found), _group("", people),
        _groups(people, lambda one: kecamatan_of(one["area"])), _groups(people, lambda one: one["sex"]),
        _groups(people, lambda one: one["age"]), few_together(_groups(people, lambda one: one["work"])),
        paid, hidden=bool(claims) and not paid,
    )  # fmt: skip


def _money(found: Standing) -> tuple[Money, ...]:
    """The budget lines of the programme with their forecast."""
    programme = found.programme.programme
    rows = Budget.objects.filter(programme_id=programme.id).order_by("year", "payer_id")
    left_out = [Bill.State.BATAL, Bill.State.DIBALIK, Bill.State.DIBAGI]
    bills = Bill.objects.filter(programme_id=programme.id).exclude(state__in=left_out)
    billed: dict[int, Counter[Month]] = {}
    for budget_id, month, amount in bills.values_list("budget_id", "month").annotate(total=Sum("amount")):
        billed.setdefault(budget_id, Counter())[Month.of(month)] += amount
    told: list[Money] = []
    for row in rows.values_list("id", "payer__name", "year", "line", "amount", "committed", "paid"):
        known = billed.get(row[0], Counter())
        span = _months(Month.of(programme.first_month), Month.of(programme.last_month), row[2])
        open_months = sum(1 for month in span if month not in known)
        monthly = known[max(known)] if known else 0
        told.append(Money(*row[1:], monthly, open_months))
    return tuple(told)


def _months(first: Month, last: Month, year: int) -> tuple[Month, ...]:
    """The months of the programme that lie in a year."""
    every = (Month(year, number) for number in range(1, 13))
    return tuple(month for month in every if first <= month <= last)


def _people(found: Standing, on: date, areas: tuple[str, ...]) -> list[tuple[dict[str, str], str, int]]:
    """Who a person is, what he is counted as, and how many there are: grouped, so that millions are a few rows."""
    pk, decree = found.programme.programme.id, found.programme.decree_id or 0
    who = ("person__area_code", "person__sex", "person__born", "person__occupation")
    named = DecreeName.objects.filter(in_areas("person__area_code", areas), decree_id=decree, status__in=_NAMED)
    rows = named.order_by().values_list(*who).annotate(n=Count("id"))
    told = [(_traits(row[:4], on), "named", row[4]) for row in rows]
    members = Membership.objects.filter(in_areas("person__area_code", areas), programme_id=pk)
    members = members.exclude(state=Membership.State.DITOLAK)
    pattern = ("state", "history__months", "number_issued_on", "ended_on")
    for row in members.order_by().values_list(*who, *pattern).annotate(n=Count("id")):
        traits, state, count = _traits(row[:4], on), row[4], row[8]
        cover = member_cover(row[5] or "", row[6], row[7], on).state
        told.append((traits, cover, count))
        if state == Membership.State.TERDAFTAR:
            told.append((traits, "enrolled", count))
    return told


def _traits(row: tuple[Any, ...], on: date) -> dict[str, str]:
    area, sex, born, work = row
    return {"area": area, "sex": sex, "age": band(born, on), "work": occupation_title(work)}


def band(born: date, on: date) -> str:
    """Give the band of age on a day: `25-34`; the last is `65+`."""
    age = years_between(born, on)
    first, last = next((pair for pair in _BANDS if pair[0] <= age <= pair[1]), _BANDS[-1])
    return f"{first}+" if (first, last) == _BANDS[-1] else f"{first}-{last}"


def _group(code: str, people: Iterable[tuple[dict[str, str], str, int]]) -> Group:
    counts: Counter[str] = Counter()
    for _who, what, number in people:
        counts[what] += number
    behind = sum(counts[state] for state in STATES if state.startswith("menunggak"))
    return Group(
        code, counts["named"], counts["enrolled"], sum(counts[state] for state in COVERED), behind, counts[LAPSED]
    )


def _groups(people: list[tuple[dict[str, str], str, int]], of: Callable[[dict[str, str]], str]) -> tuple[Group, ...]:
    """The people by a trait, in the order of its codes."""
    parted: dict[str, list[tuple[dict[str, str], str, int]]] = {}
    for one in people:
        parted.setdefault(of(one[0]), []).append(one)
    return tuple(_group(code, parted[code]) for code in sorted(parted))


def few_together(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The largest groups first; those of fewer than FEWEST, and the nameless, together as `lainnya` at the end."""
    ordered = sorted(groups, key=lambda one: (-one.named, one.code))
    large, small = _apart(ordered, lambda one: one.named, lambda one: bool(one.code))
    if not small:
        return tuple(large)
    sums = [sum(getattr(one, name) for one in small) for name in ("named", "enrolled", "covered", "behind", "lapsed")]
    return (*large, Group(_OTHERS, *sums))


def _apart(
    ordered: Sequence[Told], count: Callable[[Told], int], named: Callable[[Told], bool] = lambda _: True
) -> tuple[list[Told], list[Told]]:
    """Part what may be told alone from what is told together: the small, with the next smallest until they are enough.

    `ordered` has the largest first; what is not `named` is never told alone.
    """
    large = [one for one in ordered if named(one) and count(one) >= FEWEST]
    small = [one for one in ordered if one not in large]
    while small and large and sum(map(count, small)) < FEWEST:
        small.append(large.pop())
    return large, small


def _claims(programme_id: int, areas: tuple[str, ...]) -> tuple[Paid, ...]:
    """The claims that were paid, by kelurahan; what came back after a correction is taken off."""
    sums = paid_sums(areas=areas, programme_id=programme_id)
    return tuple(Paid((one.area_code,), one.cases, one.amount) for one in sums)


def pooled(rows: Iterable[Paid]) -> tuple[Paid, ...]:
    """Tell no count below FEWEST: the small ones together, with the next smallest until they are enough.

    The sums stay what they are, so that nobody can take a small one from the difference. Empty where all are too few.
    """
    ordered = sorted(rows, key=lambda one: (-one.claims, one.areas))
    large, small = _apart(ordered, lambda one: one.claims)
    pool = Paid(
        tuple(sorted(area for one in small for area in one.areas)), sum(one.claims for one in small),
        sum(one.amount for one in small),
    )  # fmt: skip
    alone = sorted(large, key=lambda one: one.areas)
    if not small:
        return tuple(alone)
    return (*alone, pool) if pool.claims >= FEWEST else ()
