"""Reads what a choice before the decree rests on: who is accepted where, how many are poor there, who would be chosen.

The real order within a decile hangs on the number of the decree, which nobody knows yet. A trial order by the code of
the programme takes its place, so that nobody can try numbers until a group comes out as wished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from lopo.people.poverty import poverty_in_force
from lopo.targeting.models import Programme
from lopo.targeting.quotas import Poor, Quota
from lopo.targeting.ranking import checked, order_sql
from lopo.targeting.taken_over import NOT_TAKEN_OVER

DIMENSIONS: Final = ("kecamatan", "desil", "jenis_kelamin", "umur", "pekerjaan", "pengusul")
"""What a choice is looked at by, in the order in which a page tells it."""

_FREE: Final = NOT_TAKEN_OVER.format(programme="s.programme_id", person="v.person_id")
_ACCEPTED: Final = f"""
SELECT substring(v.area_code FROM 1 FOR 8), count(*)
  FROM targeting_verdict v JOIN targeting_screening s ON s.id = v.screening_id AND s.current
 WHERE s.programme_id = %s AND v.verdict = 'diterima' AND {_FREE} GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - our own statements, put together
_POOR: Final = """
SELECT substring(r.area_code FROM 1 FOR 8), count(DISTINCT d.nik), string_agg(DISTINCT s.origin, '; '), min(s.as_of)
  FROM people_decile d
  JOIN people_snapshot s ON s.id = d.snapshot_id AND s.current AND s.kind = 'desil'
  JOIN people_resident r ON r.nik = d.nik
  JOIN people_snapshot t ON t.id = r.snapshot_id AND t.current AND t.kind = 'penduduk'
 WHERE d.decile <= %s AND d.nik <> '' AND (r.area_code = %s OR starts_with(r.area_code, %s)) GROUP BY 1 ORDER BY 1
"""
_GROUPS: Final = """
WITH ranked AS MATERIALIZED (
    SELECT substring(v.area_code FROM 1 FOR 8) AS kecamatan, v.decile, p.sex, btrim(lower(p.occupation)) AS occupation,
           extract(year FROM age(g.registration_day, p.born))::int AS years, l.sender_kind,
           row_number() OVER (PARTITION BY substring(v.area_code FROM 1 FOR 8) ORDER BY v.decile,
               {ranking} sha256(convert_to(g.code || p.nik, 'UTF8')), p.nik COLLATE "C") AS rank
      FROM targeting_verdict v
      JOIN targeting_screening s ON s.id = v.screening_id AND s.current
      JOIN targeting_programme g ON g.id = s.programme_id
      JOIN people_person p ON p.id = v.person_id
      JOIN targeting_proposalrow r ON r.id = v.row_id
      JOIN targeting_proposallist l ON l.id = r.list_id
     WHERE s.programme_id = %(programme)s AND v.verdict = 'diterima' AND {free}),
places AS (
    SELECT * FROM unnest(%(variants)s::int[], %(areas)s::text[], %(places)s::int[]) AS q (variant, kecamatan, places))
SELECT k.dimension, k.value, q.variant, count(*), count(*) FILTER (WHERE r.rank <= q.places)
  FROM ranked r JOIN places q USING (kecamatan)
  CROSS JOIN LATERAL (VALUES
       ('kecamatan', r.kecamatan), ('desil', r.decile::text), ('jenis_kelamin', r.sex), ('pekerjaan', r.occupation),
       ('umur', CASE WHEN r.years < 30 THEN '-29' WHEN r.years < 45 THEN '30-44' WHEN r.years < 60 THEN '45-59'
                     ELSE '60-' END), ('pengusul', r.sender_kind)) AS k (dimension, value)
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the accepted: how many they are, and how many of them each choice names, in the choices' order."""

    dimension: str
    value: str
    accepted: int
    chosen: tuple[int, ...]


def accepted_by_kecamatan(programme_id: int) -> dict[str, int]:
    """Give the accepted candidates of the screening in force by the code of their kecamatan. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPTED, [programme_id])
        return {str(code): int(many) for code, many in cursor.fetchall()}


def poor_in(programme_id: int) -> Poor | None:
    """Give the poor people by kecamatan: by the edition in force of the area, else by DTSEN. Three queries at most.

    DTSEN counts the people of the programme's area whom it puts at most in the programme's highest decile; a kecamatan
    of which it names nobody has none. None where neither says anything.
    """
    found = Programme.objects.filter(pk=programme_id).values_list("max_decile", "area_code").first()
    if found is None:
        return None
    decile, area = found
    if (edition := poverty_in_force(area)) is not None:
        return Poor(edition.people, edition.words)
    with connection.cursor() as cursor:
        cursor.execute(_POOR, [decile, area, f"{area}."])
        rows = cursor.fetchall()
    if not rows:
        return None
    origins = "; ".join(sorted({row[2] for row in rows if row[2]}))
    source = f"DTSEN desil 1-{decile}, {origins}, {min(row[3] for row in rows).isoformat()}"
    return Poor({row[0]: int(row[1]) for row in rows}, source)


def groups_of(programme_id: int, choices: Sequence[Sequence[Quota]], ranking: Sequence[str] = ()) -> tuple[Group, ...]:
    """Give what each choice of quotas would mean for every group of the accepted, biggest groups first. One query.

    `ranking` are the criteria that come after the decile. Refused: one that is not known.
    """
    lines = [(at, one.kecamatan_code, one.places) for at, quotas in enumerate(choices) for one in quotas]
    if not lines:
        return ()
    variants, areas, places = (list(column) for column in zip(*lines, strict=True))
    parameters: dict[str, Any] = {
        "programme": programme_id, "variants": variants, "areas": areas, "places": places,
    }  # fmt: skip
    found: dict[tuple[str, str], tuple[int, dict[int, int]]] = defaultdict(lambda: (0, {}))
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS.format(free=_FREE, ranking=order_sql(checked(ranking))), parameters)
        for dimension, value, variant, accepted, chosen in cursor.fetchall():
            found[dimension, value] = (accepted, found[dimension, value][1] | {variant: chosen})
    groups = [
        Group(dimension, value, many, tuple(chosen[at] for at in range(len(choices))))
        for (dimension, value), (many, chosen) in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (DIMENSIONS.index(one.dimension), *_order(one))))


def _order(group: Group) -> tuple[int, int, str]:
    """Kinds of work and of senders by their size, everything else by what it is: 9 before 10, the young first."""
    if group.dimension in ("pekerjaan", "pengusul"):
        return (-group.accepted, 0, group.value)
    return (0, int(group.value) if group.dimension == "desil" else 0, group.value)
