"""What a person should look at before a decision: similar cases, and signs that are never an answer by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

SOON_AFTER: Final = 30
"""Days from the member number to the event that are short enough for a look."""
NEAR: Final = 30
"""Days between two events of one person within which they may be the same."""
CLUSTER, CLUSTER_DAYS = 3, 90
"""So many deaths so soon after the number, all proposed by one list."""

_SIMILAR: Final = """
SELECT o.id, o.code, o.kind, o.event_on, o.state
  FROM claims_case c
  JOIN claims_case o ON o.id <> c.id AND o.state <> 'ditutup'
   AND (o.person_id = c.person_id
        OR o.person_id IN (SELECT s.other_id FROM people_same s WHERE s.person_id = c.person_id))
 WHERE c.id = %(case)s
   AND (abs(o.event_on - c.event_on) <= %(near)s OR (o.died_on IS NOT NULL AND c.died_on IS NOT NULL)
        OR (c.died_on IS NOT NULL AND o.event_on > c.died_on) OR (o.died_on IS NOT NULL AND c.event_on > o.died_on))
 ORDER BY o.id
"""
_SIGNS: Final = """
WITH this AS (
    SELECT c.id, c.event_on, c.died_on, m.number_issued_on, r.list_id
      FROM claims_case c
      JOIN coverage_membership m ON m.id = c.membership_id
      LEFT JOIN targeting_decreename n ON n.id = m.decree_name_id
      LEFT JOIN targeting_verdict v ON v.id = n.verdict_id
      LEFT JOIN targeting_proposalrow r ON r.id = v.row_id
     WHERE c.id = %(case)s
)
SELECT CASE WHEN t.died_on IS NOT NULL THEN t.died_on - t.number_issued_on END,
       (SELECT count(*) FROM claims_case o
          JOIN coverage_membership om ON om.id = o.membership_id
          JOIN targeting_decreename dn ON dn.id = om.decree_name_id
          JOIN targeting_verdict ov ON ov.id = dn.verdict_id
          JOIN targeting_proposalrow pr ON pr.id = ov.row_id
         WHERE pr.list_id = t.list_id AND o.state <> 'ditutup'
           AND o.died_on - om.number_issued_on BETWEEN 0 AND %(days)s),
       (SELECT count(DISTINCT h2.case_id) FROM claims_heir h
          JOIN claims_heir h2 ON h2.nik = h.nik AND h2.receives AND h2.case_id <> h.case_id
         WHERE h.case_id = t.id AND h.receives),
       (SELECT count(*) FROM claims_invoice i
          JOIN claims_invoice j ON j.case_id <> i.case_id AND j.amount = i.amount AND j.issued_on = i.issued_on
         WHERE i.case_id = t.id)
  FROM this t
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
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, {"case": case_id, "near": NEAR})
        return tuple(Similar(*row) for row in cursor.fetchall())


def signs_of(case_id: int) -> tuple[Sign, ...]:
    """Give the signs of a case: enrolled shortly before death, many deaths from one list, receiver or bill twice.

    One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS, {"case": case_id, "days": CLUSTER_DAYS})
        row: Any = cursor.fetchone()
    if row is None:
        return ()
    days, together, receives, bills = row
    found = (
        ("menjelang_meninggal", days, days is not None and 0 <= days <= SOON_AFTER),
        ("satu_daftar", together, together >= CLUSTER),
        ("penerima_berulang", receives, receives > 0),
        ("tagihan_kembar", bills, bills > 0),
    )
    return tuple(Sign(code, int(number)) for code, number, there in found if there)
