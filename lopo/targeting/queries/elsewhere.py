"""Who stands on a decree of another programme of ours, or of another payer, for months of this programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from lopo.people.loading import copy_out


@dataclass(frozen=True, slots=True)
class AlsoDecreed:
    """One person of a list who stands on another decree: whose, its number, its first and last day.

    A programme of this house has its `programme_id` and gives its name as `payer`; else it comes from the uploaded
    decree of another payer, and the days are None where that payer did not say.
    """

    person_id: int
    name: str
    nik: str
    area_code: str
    programme_id: int | None
    payer: str
    number: str
    first_day: date | None
    last_day: date | None

    @property
    def ours(self) -> bool:
        """Whether the other programme is in this house."""
        return self.programme_id is not None


_HERE: Final = """
    SELECT p.id, p.name, p.nik, v.area_code, g.id AS programme, g.first_month,
           g.last_month + interval '1 month - 1 day' AS last_day
      FROM targeting_verdict v JOIN targeting_screening s ON s.id = v.screening_id AND s.current
      JOIN targeting_programme g ON g.id = s.programme_id JOIN people_person p ON p.id = v.person_id
"""
_ACCEPTED: Final = """
     WHERE s.programme_id = %(programme)s AND v.verdict = 'diterima'
       AND EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) AS a WHERE v.area_code = a OR v.area_code LIKE a || '.%%')
"""
_ONE_ROW: Final = " WHERE v.row_id = %(row)s"
_FOUND: Final = """
WITH here AS ({here}),
numbers AS (
    SELECT here.*, id AS number_of, nik AS other_nik FROM here
     UNION ALL SELECT h.*, o.id, o.nik FROM here h JOIN people_same x ON x.person_id = h.id
                 JOIN people_person o ON o.id = x.other_id),
found AS (
    SELECT n.*, g.id AS other_programme, g.name AS payer, d.number, g.first_month AS first_day,
           (g.last_month + interval '1 month - 1 day')::date AS until
      FROM numbers n JOIN targeting_decreename c ON c.person_id = n.number_of
       AND c.status IN ('ditetapkan', 'pengganti')
      JOIN targeting_decree d ON d.id = c.decree_id AND d.state = 'ditetapkan' AND d.programme_id <> n.programme
      JOIN targeting_programme g ON g.id = d.programme_id
     UNION ALL
    SELECT n.*, NULL, e.payer, e.number, e.first_day, e.last_day
      FROM numbers n JOIN people_decreedelsewhere e ON e.nik = n.other_nik
      JOIN people_snapshot s ON s.id = e.snapshot_id AND s.current)
SELECT id, name, nik, area_code, other_programme, payer, number, first_day, until FROM found
 WHERE coalesce(first_day, first_month) <= last_day AND coalesce(until, first_month) >= first_month
 ORDER BY name, id, number LIMIT %(most)s
"""

# A person whom a set decree of this programme names is no candidate any more, and a programme that was closed promises
# nothing after the month in which it ended. Of a few programmes there are few patterns: months are counted once each.
_FREE: Final = """
WITH here AS (SELECT id, first_month, last_month FROM targeting_programme WHERE id = %(programme)s),
others AS (
    SELECT g.id, g.first_month, least(g.last_month, g.closed_on) AS last_month FROM targeting_programme g, here
     WHERE g.id <> here.id AND g.first_month <= here.last_month
       AND least(g.last_month, date_trunc('month', g.closed_on)) >= here.first_month),
names AS (
    SELECT coalesce(p.same_as_id, p.id) AS root, d.programme_id
      FROM targeting_decreename c JOIN targeting_decree d ON d.id = c.decree_id AND d.state = 'ditetapkan'
      JOIN people_person p ON p.id = c.person_id
     WHERE c.status IN ('ditetapkan', 'pengganti')
       AND d.programme_id IN (SELECT id FROM others UNION ALL SELECT id FROM here)),
held AS (
    SELECT root, array_agg(DISTINCT programme_id ORDER BY programme_id) AS programmes FROM names
     GROUP BY root HAVING bool_and(programme_id <> %(programme)s)),
free AS (
    SELECT w.programmes, (
           SELECT count(*) FROM generate_series(here.first_month, here.last_month, interval '1 month') AS m
            WHERE NOT EXISTS (SELECT FROM others o WHERE o.id = ANY (w.programmes)
                                 AND m BETWEEN o.first_month AND o.last_month)) AS months
      FROM (SELECT DISTINCT programmes FROM held) w, here)
SELECT o.nik, free.months AS free_months
  FROM held JOIN free USING (programmes) JOIN people_person o ON coalesce(o.same_as_id, o.id) = held.root
"""


# Names of a draft that set decrees of others name for every month; whom an appeal let in all the same stays.
_WHOLLY: Final = """
WITH free AS ({free})
SELECT p.name FROM targeting_decreename n JOIN people_person p ON p.id = n.person_id
  JOIN free f ON f.nik = p.nik AND f.free_months = 0 JOIN targeting_verdict v ON v.id = n.verdict_id
 WHERE n.decree_id = %(decree)s AND n.status <> 'gugur' AND NOT EXISTS (
       SELECT FROM targeting_proposalrow r JOIN targeting_proposallist l ON l.id = r.list_id
         JOIN targeting_appeal a ON a.content = targeting_content(r.id, r.fields, l.area_code)
        WHERE r.id = v.row_id AND a.state = 'dikabulkan' AND 'sudah_di_keputusan_lain' = ANY (a.reasons))
 ORDER BY p.name, p.id
"""


def wholly_decreed(decree_id: int, programme_id: int) -> tuple[str, ...]:
    """Give whom of a draft the set decrees of other programmes name for every month of its programme, by name.

    Asked where a decree is drafted and where it is set: the screening knew the decrees of its own day only. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHOLLY.format(free=_FREE), {"programme": programme_id, "decree": decree_id})
        return tuple(row[0] for row in cursor.fetchall())


def also_decreed(programme_id: int, areas: tuple[str, ...], *, most: int = 2_000) -> tuple[AlsoDecreed, ...]:
    """Give who is accepted in the screening in force and stands on another decree for the same months. One query.

    The other decree names the person by NIK; a NIK that was merged into another counts as well.
    """
    return _found(_ACCEPTED, {"programme": programme_id, "areas": list(areas), "most": most})


def decrees_of_row(row_id: int) -> tuple[AlsoDecreed, ...]:
    """Give the other decrees on which the person stands whom the screening in force settled for a row. One query."""
    return _found(_ONE_ROW, {"row": row_id, "most": 20})


def _found(which: str, given: dict[str, Any]) -> tuple[AlsoDecreed, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(here=_HERE + which), given)
        return tuple(AlsoDecreed(*row) for row in cursor.fetchall())


def copy_decreed(programme_id: int, write: Callable[[bytes], object]) -> None:
    """Write as CSV the NIKs that set decrees of other programmes name for months of this one, with `free_months`.

    That is how many months of this programme none of those decrees covers. Each number of a merged person stands
    there; whom a set decree of this programme names does not. One query.
    """
    copy_out(_FREE, {"programme": programme_id}, write)
