"""Who is accepted here and stands on a decree of another programme of ours, or of another payer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class AlsoDecreed:
    """One person accepted here who stands on another decree: whose, its number, its first and last day.

    `ours` says that the other programme is in this house; else it comes from the uploaded decree of another payer. The
    days are None where that payer did not say.
    """

    person_id: int
    name: str
    nik: str
    area_code: str
    ours: bool
    payer: str
    number: str
    first_day: date | None
    last_day: date | None


_FOUND: Final = """
WITH here AS (
    SELECT p.id, p.name, p.nik, v.area_code, g.first_month, g.last_month + interval '1 month - 1 day' AS last_day
      FROM targeting_verdict v JOIN targeting_screening s ON s.id = v.screening_id AND s.current
      JOIN targeting_programme g ON g.id = s.programme_id JOIN people_person p ON p.id = v.person_id
     WHERE s.programme_id = %(programme)s AND v.verdict = 'diterima'
       AND EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) AS a WHERE v.area_code = a OR v.area_code LIKE a || '.%%')),
numbers AS (
    SELECT here.*, id AS number_of, nik AS other_nik FROM here
     UNION ALL SELECT h.*, o.id, o.nik FROM here h JOIN people_same x ON x.person_id = h.id
                 JOIN people_person o ON o.id = x.other_id),
found AS (
    SELECT n.*, TRUE AS ours, g.name AS payer, d.number, g.first_month AS first_day,
           (g.last_month + interval '1 month - 1 day')::date AS until
      FROM numbers n JOIN targeting_decreename c ON c.person_id = n.number_of
       AND c.status IN ('ditetapkan', 'pengganti')
      JOIN targeting_decree d ON d.id = c.decree_id AND d.state = 'ditetapkan' AND d.programme_id <> %(programme)s
      JOIN targeting_programme g ON g.id = d.programme_id
     UNION ALL
    SELECT n.*, FALSE, e.payer, e.number, e.first_day, e.last_day
      FROM numbers n JOIN people_decreedelsewhere e ON e.nik = n.other_nik
      JOIN people_snapshot s ON s.id = e.snapshot_id AND s.current)
SELECT id, name, nik, area_code, ours, payer, number, first_day, until FROM found
 WHERE coalesce(first_day, first_month) <= last_day AND coalesce(until, first_month) >= first_month
 ORDER BY name, id, number LIMIT %(most)s
"""


def also_decreed(programme_id: int, areas: tuple[str, ...], *, most: int = 2_000) -> tuple[AlsoDecreed, ...]:
    """Give who is accepted in the screening in force and stands on another decree for the same months. One query.

    The other decree names the person by NIK; a NIK that was merged into another counts as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"programme": programme_id, "areas": list(areas), "most": most})
        return tuple(AlsoDecreed(*row) for row in cursor.fetchall())
