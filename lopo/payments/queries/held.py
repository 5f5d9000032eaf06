"""Reads what is held because it is disputed who inherits: how much, since when, and what sets it free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from lopo.claims.queries.disputes import HOLDS
from lopo.staff.queries import within


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One objection that holds money: the heir whose share it is (empty: all of them) and the rupiah not sent yet.

    `found_right_on` is None while nobody answered it; after that it waits to be settled. Several may hold the same
    money: `counted` is what no earlier one of them holds, so that the sum of all counts each rupiah once.
    """

    dispute_id: int
    case_id: int
    case_code: str
    area_code: str
    heir: str
    said_by: str
    since: date
    found_right_on: date | None
    amount: int
    counted: int


_HELD: Final = f"""
WITH parts AS (
SELECT x.id, k.id AS case_id, k.code, p.area_code, coalesce(h.name, '') AS heir, x.said_by, x.made_on, x.answered_on,
       (c.value ->> 'amount')::bigint - less.amount AS amount,
       row_number() OVER (PARTITION BY d.id, c.value ->> 'code' ORDER BY x.made_on, x.id) = 1 AS first
  FROM claims_dispute x
  JOIN claims_case k ON k.id = x.case_id
  JOIN people_person p ON p.id = k.person_id
  LEFT JOIN claims_heir h ON h.id = x.heir_id
  JOIN claims_decision d ON d.case_id = k.id AND d.state = 'disetujui' AND d.granted
 CROSS JOIN LATERAL jsonb_array_elements(d.components) AS c
 CROSS JOIN LATERAL (
        SELECT coalesce(sum(y.amount), 0)::bigint AS amount FROM payments_recovery y
         WHERE y.decision_id = d.id AND y.component = c.value ->> 'code') AS less
 WHERE {HOLDS} AND c.value ->> 'payee' = 'ahli_waris'
   AND NOT EXISTS (SELECT 1 FROM payments_order o WHERE o.decision_id = d.id AND o.component = c.value ->> 'code'
                      AND o.state IN ('terkirim', 'terbayar'))
)
SELECT id, case_id, code, area_code, heir, said_by, made_on, answered_on, sum(amount)::bigint,
       coalesce(sum(amount) FILTER (WHERE first), 0)::bigint
  FROM parts GROUP BY id, case_id, code, area_code, heir, said_by, made_on, answered_on
HAVING sum(amount) > 0 ORDER BY made_on, id
"""  # noqa: S608 - our own statements, put together


def held_shares(areas: tuple[str, ...]) -> tuple[HeldRow, ...]:
    """Give what objections hold in the cases within the areas, the oldest first. One query; objections are few."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        rows = tuple(HeldRow(*row) for row in cursor.fetchall())
    return tuple(one for one in rows if within(one.area_code, areas))
