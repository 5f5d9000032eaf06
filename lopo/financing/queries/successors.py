"""Reads who could go on paying for people whom a programme leaves: in the stated order, each with what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from lopo.basics.calendar import Month
from lopo.basics.money import Rounding, divide
from lopo.coverage.models import Membership
from lopo.financing.models import Bill, Budget, Payer
from lopo.financing.queries.price import most_of
from lopo.targeting.models import DecreeName, Programme
from lopo.targeting.queries.programmes import touches

ORDER: Final = (
    Payer.Kind.APBD_PROVINSI, Payer.Kind.APBD_KOTA, Payer.Kind.DANA_DESA, Payer.Kind.APBN, Payer.Kind.GEREJA,
    Payer.Kind.MASJID, Payer.Kind.PERUSAHAAN, Payer.Kind.DONATUR,
)  # fmt: skip
"""Who is asked first: province, city, village, other public money, church, mosque, company, donor; last the worker."""


@dataclass(frozen=True, slots=True)
class Successor:
    """One payer with a programme that runs in the month: money and places left, and how many people that is.

    `left` is what no bill has taken of this year's budget, `reserved` what its own members still need of it; `each` is
    what one more person costs at the most until the year or the programme ends (transport may cost less, PP 50/2025).
    `why` says why nobody can be taken: `tempat_penuh` or `pagu_habis`; empty where somebody can.
    """

    payer_code: str
    payer_name: str
    kind: str
    programme_id: int
    programme_name: str
    area_code: str
    months: int
    each: int
    left: int
    reserved: int
    free_places: int
    could_take: int
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a programme has taken on: its members, the places its decrees hold, and the months billed in the year."""

    members: int
    held: int
    billed: frozenset[Month]


def successors(
    programme_id: int, *, month: Month, areas: tuple[str, ...], area_code: str
) -> tuple[Successor, ...]:  # fmt: skip
    """Give who could take over from the month on, in the stated order. Four queries.

    Programmes that are not closed, run in the month, touch `area_code` and lie within the officer's `areas`.
    """
    budgets = [one for one in _budgets(programme_id, month) if touches(one.programme.area_code, areas)
               and touches(one.programme.area_code, (area_code,))]  # fmt: skip
    standing = standings({one.programme_id for one in budgets}, month.year)
    rows = (successor(one, standing[one.programme_id], month) for one in budgets)
    return tuple(sorted(rows, key=lambda row: (_place(row.kind), row.payer_name, row.programme_id)))


def _place(kind: str) -> int:
    kinds = [one.value for one in ORDER]
    return kinds.index(kind) if kind in kinds else len(kinds)


def _budgets(programme_id: int, month: Month) -> Sequence[Budget]:
    day = month.first_day
    rows = Budget.objects.filter(year=month.year, programme__first_month__lte=day, programme__last_month__gte=day)
    kept = rows.exclude(programme_id=programme_id).exclude(programme__state=Programme.State.DITUTUP)
    return list(kept.select_related("payer", "programme").order_by("id"))


def standings(programme_ids: set[int], year: int) -> Mapping[int, Standing]:
    """Give what these programmes have taken on. Three queries."""
    taken = Membership.objects.filter(programme_id__in=programme_ids, state__in=("diterima", "terdaftar"))
    members = dict(taken.order_by().values_list("programme_id").annotate(n=Count("id")))
    names = DecreeName.objects.filter(decree__programme_id__in=programme_ids, status__in=("ditetapkan", "pengganti"))
    held = dict(names.order_by().values_list("decree__programme_id").annotate(n=Count("id")))
    bills = Bill.objects.filter(Q(month__year=year), programme_id__in=programme_ids).exclude(state=Bill.State.BATAL)
    billed: dict[int, set[Month]] = {}
    for programme_id, first_day in bills.values_list("programme_id", "month").distinct():
        billed.setdefault(programme_id, set()).add(Month.of(first_day))
    return {
        one: Standing(members.get(one, 0), held.get(one, 0), frozenset(billed.get(one, ()))) for one in programme_ids
    }


def successor(budget: Budget, standing: Standing, month: Month) -> Successor:
    """Give what one budget line can still carry from the month on. No query beyond its payer and programme."""
    programme, payer = budget.programme, budget.payer
    end = min(Month.of(programme.last_month), Month(month.year, 12))
    months = tuple(month.through(end))
    free, left = max(programme.places - standing.held, 0), budget.amount - budget.committed
    prices = {one: most_of(income=programme.monthly_income, payer_kind=payer.kind, month=one) for one in months}
    each = sum(prices.values())
    reserved = standing.members * sum(price for one, price in prices.items() if one not in standing.billed)
    room = divide(max(left - reserved, 0), each, Rounding.FLOOR) if each else 0
    return Successor(
        payer.code, payer.name, payer.kind, programme.id, programme.name, programme.area_code, len(months), each, left,
        reserved, free, min(free, room), "tempat_penuh" if not free else "" if room else "pagu_habis",
    )  # fmt: skip
