"""The funnel of deaths (P21): expected, seen, case, complete, decided, paid; and the dead who are still paid for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any, Final

from django.db import connection

from lopo.basics.calendar import Month
from lopo.insight.mortality import INSURED, PER, POPULATION, deaths_a_year

MULTIPLIERS: Final = (50, 75, 100, 125, 150, 200)
"""Percent of the population's mortality that may be asked for; 100 where nobody says otherwise."""
STAGES: Final = ("seen", "case", "complete", "decided", "paid")


@dataclass(frozen=True, slots=True)
class FunnelAsked:
    """Which deaths: of a programme, of people within `areas` (empty sees nothing), as known on the day.

    `multiplier` is the percent of the population's mortality that is expected of these members.
    """

    programme_id: int
    areas: tuple[str, ...]
    on: date
    multiplier: int = 100


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One kelurahan or one month (`key`: its code, or its first day).

    `expected_tenths` are tenths of a death by the population's table times the multiplier, `insured_tenths` those by
    the table of the insured (the lower bound). `doubtful` deaths in a register wait for a person to say whether it is a
    member; they are among the seen. `days` are the middle numbers of days from death to seen, from death to case, case
    to complete, complete to decided, decided to paid, None where nobody got so far.
    """

    key: str | date
    member_months: int
    expected_tenths: int
    insured_tenths: int
    seen: int
    doubtful: int
    case: int
    complete: int
    decided: int
    paid: int
    days: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """All of it in one row, and the same by month and by kelurahan."""

    asked: FunnelAsked
    total: FunnelRow
    months: tuple[FunnelRow, ...]
    places: tuple[FunnelRow, ...]


@dataclass(frozen=True, slots=True)
class StillPaid:
    """Somebody who died by a certificate or a case and whose later months are paid all the same.

    `state` is the outcome of the certificate (`kasus`, `ragu` ...), or `kasus` where the death came by a report.
    """

    person_id: int
    name: str
    nik: str
    area_code: str
    died_on: date
    state: str
    first: date
    last: date
    months: int
    amount: int


@dataclass(frozen=True, slots=True)
class _Exposed:
    """Member-months of people of one sex and age."""

    place: str
    month: date
    sex: str
    age: int
    count: int


@dataclass(frozen=True, slots=True)
class _Death:
    """One death with the day of each step that was reached."""

    place: str
    died_on: date
    doubtful: bool
    seen: date | None
    case: date | None
    complete: date | None
    decided: date | None
    paid: date | None


_WITHIN: Final = """
EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) a WHERE p.area_code = a OR p.area_code LIKE a || '.%%')
"""
# A member is exposed in each month that is paid and not after his end; months are paid once a person.
_EXPOSED: Final = f"""
SELECT p.area_code, b.month, p.sex,
       ((extract(year FROM b.month) * 12 + extract(month FROM b.month)
         - extract(year FROM p.born) * 12 - extract(month FROM p.born))::int / 12), count(*)
  FROM coverage_paidmonth b JOIN coverage_membership m ON m.id = b.membership_id
  JOIN people_person p ON p.id = b.person_id
 WHERE m.programme_id = %(programme)s AND b.month <= %(on)s AND b.paid_on <= %(on)s
   AND (m.ended_on IS NULL OR m.ended_on >= b.month) AND {_WITHIN}
 GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - our own conditions
_DEATHS: Final = f"""
WITH hits AS (
    SELECT h.membership_id, min(h.died_on) AS died_on, min(h.found_on) AS found_on,
           bool_and(h.outcome = 'ragu') AS doubt
      FROM claims_deathhit h JOIN coverage_membership m ON m.id = h.membership_id
     WHERE m.programme_id = %(programme)s AND h.found_on <= %(on)s
       AND h.outcome IN ('kasus', 'sudah_diketahui', 'ragu')
     GROUP BY h.membership_id
), cases AS (
    SELECT c.id, c.membership_id, c.died_on, c.opened_on, c.complete_on
      FROM claims_case c JOIN coverage_membership m ON m.id = c.membership_id
     WHERE m.programme_id = %(programme)s AND c.died_on IS NOT NULL AND c.state <> 'ditutup' AND c.opened_on <= %(on)s
), decided AS (
    SELECT d.case_id, min(d.approved_on) AS approved_on
      FROM claims_decision d WHERE d.state = 'disetujui' AND d.approved_on <= %(on)s GROUP BY d.case_id
), paid AS (
    SELECT d.case_id, min(f.confirmed_on) AS paid_on
      FROM payments_order o JOIN claims_decision d ON d.id = o.decision_id JOIN payments_bankfile f ON f.id = o.file_id
     WHERE o.state = 'terbayar' AND f.confirmed_on <= %(on)s GROUP BY d.case_id
)
SELECT p.area_code, coalesce(c.died_on, h.died_on), c.id IS NULL AND h.doubt, h.found_on, c.opened_on,
       CASE WHEN c.complete_on <= %(on)s THEN c.complete_on END, d.approved_on, x.paid_on
  FROM hits h FULL JOIN cases c ON c.membership_id = h.membership_id
  JOIN coverage_membership m ON m.id = coalesce(c.membership_id, h.membership_id)
  JOIN people_person p ON p.id = m.person_id
  LEFT JOIN decided d ON d.case_id = c.id LEFT JOIN paid x ON x.case_id = c.id
 WHERE {_WITHIN} ORDER BY 2, 1
"""  # noqa: S608
_STILL_PAID: Final = f"""
WITH known AS (
    SELECT m.person_id, h.died_on, h.outcome FROM claims_deathhit h JOIN coverage_membership m ON m.id = h.membership_id
     WHERE h.outcome <> 'bukan_orang_ini' AND h.found_on <= %(on)s
     UNION ALL
    SELECT c.person_id, c.died_on, 'kasus' FROM claims_case c
     WHERE c.died_on IS NOT NULL AND c.state <> 'ditutup' AND c.opened_on <= %(on)s
), dead AS (
    SELECT DISTINCT ON (person_id) person_id, died_on, outcome FROM known ORDER BY person_id, died_on, outcome
)
SELECT p.id, p.name, p.nik, p.area_code, k.died_on, k.outcome, min(l.month), max(l.month), count(DISTINCT l.month),
       sum(l.amount)::bigint
  FROM dead k JOIN people_person p ON p.id = k.person_id
  JOIN financing_billline l ON l.person_id = p.id AND l.month > k.died_on AND NOT l.cancelled
  JOIN financing_bill b ON b.id = l.bill_id AND b.state = 'dibayar' AND b.programme_id = %(programme)s
 WHERE {_WITHIN} GROUP BY p.id, p.name, p.nik, p.area_code, k.died_on, k.outcome ORDER BY k.died_on, p.id
"""  # noqa: S608


def funnel(asked: FunnelAsked) -> Funnel:
    """Give the funnel of a programme on the day. Two queries."""
    exposed = [_Exposed(*row) for row in _rows(_EXPOSED, asked)]
    deaths = [_Death(*row) for row in _rows(_DEATHS, asked)]
    return Funnel(
        asked,
        _row("", exposed, deaths, asked.multiplier),
        _by(exposed, deaths, asked.multiplier, lambda one: one.month, lambda one: Month.of(one.died_on).first_day),
        _by(exposed, deaths, asked.multiplier, lambda one: one.place, lambda one: one.place),
    )


def still_paid(asked: FunnelAsked) -> tuple[StillPaid, ...]:
    """Give the dead whose months after that of the death are paid, seen or not, the earliest death first. One query."""
    return tuple(StillPaid(*row) for row in _rows(_STILL_PAID, asked))


def _rows(statement: str, asked: FunnelAsked) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"programme": asked.programme_id, "areas": list(asked.areas), "on": asked.on}
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _by(
    exposed: Sequence[_Exposed],
    deaths: Sequence[_Death],
    multiplier: int,
    of_exposed: Callable[[_Exposed], Any],
    of_death: Callable[[_Death], Any],
) -> tuple[FunnelRow, ...]:
    """Group both by the same key, in the order of the keys."""
    lives: dict[Any, list[_Exposed]] = {}
    ends: dict[Any, list[_Death]] = {}
    for one in exposed:
        lives.setdefault(of_exposed(one), []).append(one)
    for death in deaths:
        ends.setdefault(of_death(death), []).append(death)
    keys = sorted({*lives, *ends})
    return tuple(_row(key, lives.get(key, ()), ends.get(key, ()), multiplier) for key in keys)


def _row(key: str | date, exposed: Sequence[_Exposed], deaths: Sequence[_Death], multiplier: int) -> FunnelRow:
    reached = Counter(stage for one in deaths for stage in STAGES if getattr(one, stage) is not None)
    return FunnelRow(
        key,
        sum(one.count for one in exposed),
        _tenths(exposed, POPULATION, multiplier),
        _tenths(exposed, INSURED, 100),
        reached["seen"],
        sum(1 for one in deaths if one.doubtful),
        reached["case"],
        reached["complete"],
        reached["decided"],
        reached["paid"],
        _days(deaths),
    )


def _tenths(exposed: Iterable[_Exposed], table: Mapping[str, tuple[int, ...]], percent: int) -> int:
    """Give the deaths to expect in tenths, rounded to the nearest: member-months times deaths a year over twelve."""
    parts = sum(one.count * deaths_a_year(table, one.sex, one.age) for one in exposed)
    whole = 12 * PER * 100
    return (parts * percent * 10 + whole // 2) // whole


def _days(deaths: Sequence[_Death]) -> tuple[int | None, ...]:
    steps: tuple[tuple[Callable[[_Death], date | None], Callable[[_Death], date | None]], ...] = (
        (lambda one: one.died_on, lambda one: one.seen),
        (lambda one: one.died_on, lambda one: one.case),
        (lambda one: one.case, lambda one: one.complete),
        (lambda one: one.complete, lambda one: one.decided),
        (lambda one: one.decided, lambda one: one.paid),
    )
    return tuple(_middle(deaths, since, until) for since, until in steps)


def _middle(
    deaths: Iterable[_Death], since: Callable[[_Death], date | None], until: Callable[[_Death], date | None]
) -> int | None:
    """Give the middle number of days between two steps that were both reached."""
    pairs = ((since(one), until(one)) for one in deaths)
    found = [(last - first).days for first, last in pairs if first is not None and last is not None]
    return median_low(found) if found else None
