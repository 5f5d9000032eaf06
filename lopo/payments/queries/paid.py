"""Reads what was paid and kept: what the bank has confirmed, less what came back after a correction; no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class PaidSum:
    """What the people of one kelurahan were paid and kept, in rupiah; from how many cases, by how many orders."""

    area_code: str
    area_name: str
    cases: int
    orders: int
    amount: int


_PAID: Final = """
WITH moved AS (
    SELECT d.case_id, 1 AS orders, o.amount
      FROM payments_order o
      JOIN claims_decision d ON d.id = o.decision_id
      LEFT JOIN payments_bankfile f ON f.id = o.file_id
     WHERE o.state = 'terbayar' AND (%(until)s::date IS NULL OR f.confirmed_on <= %(until)s)
     UNION ALL
    SELECT d.case_id, 0, -l.amount
      FROM payments_statementline l
      JOIN payments_recovery r ON r.id = l.recovery_id
      JOIN claims_decision d ON d.id = r.decision_id
     WHERE %(until)s::date IS NULL OR l.settled_on <= %(until)s
)
SELECT p.area_code, coalesce(a.name, ''), count(DISTINCT m.case_id), sum(m.orders)::int, sum(m.amount)::bigint
  FROM moved m
  JOIN claims_case c ON c.id = m.case_id
  JOIN coverage_membership b ON b.id = c.membership_id
  JOIN people_person p ON p.id = c.person_id
  LEFT JOIN people_area a ON a.code = p.area_code
 WHERE (%(programme)s::bigint IS NULL OR b.programme_id = %(programme)s)
   AND (%(areas)s::text[] IS NULL
        OR EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) x WHERE p.area_code = x OR p.area_code LIKE x || '.%%'))
 GROUP BY p.area_code, a.name ORDER BY p.area_code
"""


def paid_sums(
    *, areas: tuple[str, ...] | None, programme_id: int | None = None, until: date | None = None
) -> tuple[PaidSum, ...]:
    """Give what was paid and kept by kelurahan: within the areas (None = everywhere, empty = nothing). One query.

    With a programme only of its members; `until` is the last day of payments and repayments that count.
    """
    with connection.cursor() as cursor:
        wanted = {"areas": None if areas is None else list(areas), "programme": programme_id, "until": until}
        cursor.execute(_PAID, wanted)
        return tuple(PaidSum(*row) for row in cursor.fetchall())


def paid_total() -> int:
    """Give all that was paid and kept, in rupiah. One query."""
    return sum(one.amount for one in paid_sums(areas=None))


@dataclass(frozen=True, slots=True)
class PaidArea:
    """What was paid to the people of one kelurahan, without names: cases, orders, rupiah.

    `few` marks a kelurahan of so few cases that the figures would point at a family: they are hidden (None).
    """

    area_code: str
    area_name: str
    few: bool
    cases: int | None
    orders: int | None
    amount: int | None


def paid_by_area(areas: tuple[str, ...], *, hide_below: int) -> tuple[PaidArea, ...]:
    """Give what was paid by kelurahan within the areas, without names. One query.

    Kelurahan with fewer than `hide_below` cases keep their place in the list but not their figures (1 hides nothing).
    """
    return tuple(
        PaidArea(one.area_code, one.area_name, True, None, None, None)
        if one.cases < hide_below
        else PaidArea(one.area_code, one.area_name, False, one.cases, one.orders, one.amount)
        for one in paid_sums(areas=areas)
    )
