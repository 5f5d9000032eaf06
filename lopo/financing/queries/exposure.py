"""Reads what the deaths of a day would pay, and who stands in arrears and what that costs a family."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.coverage.queries import (
    ARREARS,
    STATES,
    MemberRow,
    MembersFilter,
    cover_patterns,
    members_page,
)
from lopo.financing.models import Bill
from lopo.law import decide
from lopo.law.cases import CoverFacts, JkkFacts, JkmFacts
from lopo.law.cover import Cover
from lopo.law.deadlines import contribution_due
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class Worth:
    """What one death would pay in rupiah: JKM now and once the arrears are paid, and JKK (by work) in the same way."""

    jkm: int
    jkm_settled: int
    jkk: int
    jkk_settled: int


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """Members in one state of cover, and the sums if each of them died that day; `jkm_each` lists the amounts met."""

    state: str
    members: int
    jkm_each: tuple[int, ...]
    jkm: int
    jkm_settled: int
    jkk: int
    jkk_settled: int


@dataclass(frozen=True, slots=True)
class ArrearsMonth:
    """One unpaid month on a day: its due day, how many members it touches, and the open bills for it."""

    month: Month
    due_on: date
    days: int
    members: int
    bills: tuple[uuid.UUID, ...]


@lru_cache(maxsize=20_000)
def worth(cover: CoverFacts, income: int, on: date) -> Worth:
    """Give what a death on the day would pay somebody with this cover and income, by the law. No query."""
    settled = CoverFacts(cover.nomor_terbit, cover.bulan_kepesertaan, cover.bulan_menunggak, tunggakan_lunas=True)
    both = (cover, settled)
    deaths = [JkmFacts(one, kecelakaan_kerja=False).facts() for one in both]
    at_work = [
        JkkFacts(one, kecelakaan_kerja=True, penghasilan=income, tanggal_kejadian=on, tanggal_klaim=on).facts()
        for one in both
    ]
    jkm = [decide("jkm_total", facts, on).amount("jkm_total") for facts in deaths]
    jkk = [decide("jkk_meninggal_total", facts, on).amount("jkk_meninggal_total") for facts in at_work]
    return Worth(*jkm, *jkk)


def facts_of(cover: Cover) -> CoverFacts:
    """Give what the rules of benefits ask about cover as it stands on its day, nothing paid afterwards. No query."""
    return CoverFacts(
        nomor_terbit=cover.state != "belum",
        bulan_kepesertaan=cover.bulan_kepesertaan,
        bulan_menunggak=cover.bulan_menunggak,
        tunggakan_lunas=cover.bulan_menunggak == 0,
    )


def exposure(programme_id: int, *, on: date, areas: tuple[str, ...]) -> tuple[ExposureRow, ...]:
    """Give for each state of cover the members and what a death of each would pay that day, in sum. Three queries.

    Members whose membership has ended pay nothing and are left out. Refused: an unknown programme.
    """
    income = Programme.objects.filter(pk=programme_id).values_list("monthly_income", flat=True).first()
    if income is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    patterns = cover_patterns(programme_id, on=on, areas=areas)
    return rows_of((one.state, worth(facts_of(one.cover), income, on), one.members) for one in patterns)


def rows_of(standing: Iterable[tuple[str, Worth, int]]) -> tuple[ExposureRow, ...]:
    """Sum members by their state, each with what a death of one of them pays; the ended are left out. No query."""
    by_state: dict[str, list[tuple[int, Worth]]] = {}
    for state, each, members in standing:
        by_state.setdefault(state, []).append((members, each))
    rows = (_row(state, by_state[state]) for state in STATES[:-1] if state in by_state)
    return tuple(row for row in rows if row.members)


def _row(state: str, worths: list[tuple[int, Worth]]) -> ExposureRow:
    return ExposureRow(
        state,
        sum(members for members, _ in worths),
        tuple(sorted({one.jkm for _, one in worths})),
        sum(members * one.jkm for members, one in worths),
        sum(members * one.jkm_settled for members, one in worths),
        sum(members * one.jkk for members, one in worths),
        sum(members * one.jkk_settled for members, one in worths),
    )


def arrears_page(filter: MembersFilter, asked: Asked, *, on: date) -> Page[MemberRow]:  # noqa: A002 - the house's word
    """Give one page of the members whose months were unpaid on the day, with those months. Four queries.

    The day may lie in the past: then the page tells who stood in arrears, whatever was paid since.
    """
    wanted = filter.cover if filter.cover in ARREARS else "tunggakan"
    narrowed = MembersFilter(
        filter.areas, filter.programme_id, search=filter.search, area=filter.area, state=filter.state, cover=wanted
    )
    return members_page(narrowed, asked, on=on)


def arrears_months(programme_id: int, *, on: date, areas: tuple[str, ...]) -> tuple[ArrearsMonth, ...]:
    """Give the months that were unpaid on the day, how many members each touches, and their bills. Three queries."""
    touched: dict[Month, int] = {}
    for pattern in cover_patterns(programme_id, on=on, areas=areas):
        if pattern.state in ARREARS:
            for month in pattern.cover.unpaid:
                touched[month] = touched.get(month, 0) + pattern.members
    bills = _bills(programme_id, touched)
    return tuple(
        ArrearsMonth(month, contribution_due(month), (on - contribution_due(month)).days, touched[month], bills[month])
        for month in sorted(touched)
    )


def _bills(programme_id: int, months: Iterable[Month]) -> dict[Month, tuple[uuid.UUID, ...]]:
    found: dict[Month, tuple[uuid.UUID, ...]] = dict.fromkeys(months, ())
    rows = Bill.objects.filter(programme_id=programme_id, month__in=[month.first_day for month in found])
    rows = rows.exclude(state__in=[Bill.State.BATAL, Bill.State.DIBALIK])
    for pk, month in rows.order_by("payer_id").values_list("id", "month"):
        found[Month.of(month)] += (pk,)
    return found
