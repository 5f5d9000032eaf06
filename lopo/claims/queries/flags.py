"""What a person should look at before a decision: similar cases, and signs that are never an answer by themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

SOON_AFTER: Final = 30
"""Days from the member number to the event that are short enough for a look."""
NEAR: Final = 30
"""Days between two events of one person within which they may be the same."""
CLUSTER, CLUSTER_DAYS = 3, 90
"""So many deaths so soon after the number, all proposed by one list."""

_SIMILAR: Final = """
SELECT c.id, o.id, o.code, o.kind, o.event_on, o.state
  FROM claims_case c
 CROSS JOIN LATERAL (SELECT c.person_id AS id UNION
                     SELECT s.other_id FROM people_same s WHERE s.person_id = c.person_id) AS p
  JOIN claims_case o ON o.person_id = p.id AND o.id <> c.id AND o.state <> 'ditutup'
 WHERE c.id = ANY(%(cases)s)
   AND (abs(o.event_on - c.event_on) <= %(near)s OR (o.died_on IS NOT NULL AND c.died_on IS NOT NULL)
        OR (c.died_on IS NOT NULL AND o.event_on > c.died_on) OR (o.died_on IS NOT NULL AND c.event_on > o.died_on))
 ORDER BY c.id, o.id
"""
_SIGNS: Final = """
WITH these AS (
    SELECT c.id, c.died_on - m.number_issued_on AS days, r.list_id
      FROM claims_case c
      JOIN coverage_membership m ON m.id = c.membership_id
      LEFT JOIN targeting_decreename n ON n.id = m.decree_name_id
      LEFT JOIN targeting_verdict v ON v.id = n.verdict_id
      LEFT JOIN targeting_proposalrow r ON r.id = v.row_id
     WHERE c.id = ANY(%(cases)s)
), together AS (
    SELECT r.list_id, count(*) AS deaths
      FROM claims_case o
      JOIN coverage_membership m ON m.id = o.membership_id
      JOIN targeting_decreename n ON n.id = m.decree_name_id
      JOIN targeting_verdict v ON v.id = n.verdict_id
      JOIN targeting_proposalrow r ON r.id = v.row_id
     WHERE r.list_id IN (SELECT list_id FROM these) AND o.state <> 'ditutup'
       AND o.died_on - m.number_issued_on BETWEEN 0 AND %(days)s
     GROUP BY r.list_id
), receives AS (
    SELECT h.case_id, count(DISTINCT other.case_id) AS cases
      FROM claims_heir h
      JOIN claims_heir other ON other.nik = h.nik AND other.receives AND other.case_id <> h.case_id
     WHERE h.case_id = ANY(%(cases)s) AND h.receives
     GROUP BY h.case_id
), bills AS (
    SELECT i.case_id, count(*) AS bills
      FROM claims_invoice i
      JOIN claims_invoice j ON j.case_id <> i.case_id AND j.amount = i.amount AND j.issued_on = i.issued_on
     WHERE i.case_id = ANY(%(cases)s)
     GROUP BY i.case_id
)
SELECT t.id, t.days, coalesce(g.deaths, 0), coalesce(h.cases, 0), coalesce(b.bills, 0)
  FROM these t
  LEFT JOIN together g ON g.list_id = t.list_id
  LEFT JOIN receives h ON h.case_id = t.id
  LEFT JOIN bills b ON b.case_id = t.id
"""


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case of the same person at about the same time."""

    case_id: int
    code: str
    kind: str
    event_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for a look, never for an answer: its code and the number behind it."""

    code: str
    number: int


def similar_cases(case_id: int) -> tuple[Similar, ...]:
    """Give other cases of the same person (under any of the person's numbers) that may be the same event. One query."""
    return similar_to([case_id]).get(case_id, ())


def similar_to(case_ids: Collection[int]) -> dict[int, tuple[Similar, ...]]:
    """Give the similar cases of each of many; a case without one is not in the answer. One query."""
    found: dict[int, tuple[Similar, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, {"cases": list(case_ids), "near": NEAR})
        for case_id, *other in cursor.fetchall():
            found[case_id] = (*found.get(case_id, ()), Similar(*other))
    return found


def signs_of(case_id: int) -> tuple[Sign, ...]:
    """Give the signs of a case: enrolled shortly before death, many deaths from one list, receiver or bill twice.

    One query.
    """
    return signs_on([case_id]).get(case_id, ())


def signs_on(case_ids: Collection[int]) -> dict[int, tuple[Sign, ...]]:
    """Give the signs of each of many cases; a case without one is not in the answer. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS, {"cases": list(case_ids), "days": CLUSTER_DAYS})
        found = {case_id: _signs(*counted) for case_id, *counted in cursor.fetchall()}
    return {case_id: signs for case_id, signs in found.items() if signs}


def _signs(days: int | None, together: int, receives: int, bills: int) -> tuple[Sign, ...]:
    found = (
        ("menjelang_meninggal", days or 0, days is not None and 0 <= days <= SOON_AFTER),
        ("satu_daftar", together, together >= CLUSTER),
        ("penerima_berulang", receives, receives > 0),
        ("tagihan_kembar", bills, bills > 0),
    )
    return tuple(Sign(code, number) for code, number, there in found if there)
