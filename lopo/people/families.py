"""What does not fit in a family, and which numbers are one person: read for the person's page and for a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from lopo.people.models import Person, PersonPair
from lopo.people.paging import in_areas

TWO_FAMILIES, TWO_HEADS, NO_HEAD, YOUNGER_PARENT = "dua_kk", "dua_kepala", "tanpa_kepala", "anak_lebih_tua"
KINDS: Final = (TWO_FAMILIES, TWO_HEADS, NO_HEAD, YOUNGER_PARENT)
"""One NIK in two families, two heads in a family or none, a child born less than 12 years after the head."""


@dataclass(frozen=True, slots=True)
class FamilyConflict:
    """One thing that does not fit: its kind, the family, whom it names, since which register it is known."""

    kind: str
    no_kk: str
    names: tuple[str, ...]
    area_code: str
    since: date


@dataclass(frozen=True, slots=True)
class PairRow:
    """One answer about two persons, with who gave it and how it ended."""

    id: int
    kept_id: int
    kept: str
    gone_id: int
    gone: str
    answer: str
    why: str
    made_by_id: int
    made_by: str
    made_on: date
    state: str
    checked_by: str
    checked_on: date | None


# A child of an office's register is one of the head; a spouse is no parent for sure.
_CONFLICTS: Final = """
WITH here AS (
    SELECT r.*, s.as_of FROM people_resident r JOIN people_snapshot s ON s.id = r.snapshot_id AND s.current
     WHERE (%(kk)s::text[] IS NULL OR r.no_kk = ANY(%(kk)s) OR r.nik = ANY(%(nik)s))),
heads AS (
    SELECT no_kk, array_agg(name ORDER BY id) FILTER (WHERE relation ILIKE 'KEPALA%%') AS heads, count(*) AS n,
           min(area_code) AS area_code, min(as_of) AS as_of FROM here WHERE no_kk <> '' GROUP BY no_kk)
SELECT * FROM (
    SELECT 'dua_kk' AS kind, min(no_kk) AS no_kk, array_agg(name || ' (' || no_kk || ')' ORDER BY no_kk) AS names,
           min(area_code) AS area_code, min(as_of) AS since
      FROM here WHERE nik <> '' GROUP BY nik HAVING count(DISTINCT no_kk) > 1
    UNION ALL SELECT 'dua_kepala', no_kk, heads, area_code, as_of FROM heads WHERE cardinality(heads) > 1
    UNION ALL SELECT 'tanpa_kepala', no_kk, '{}', area_code, as_of FROM heads WHERE heads IS NULL AND n > 1
    UNION ALL SELECT 'anak_lebih_tua', c.no_kk, ARRAY[c.name, p.name], c.area_code, c.as_of
      FROM here c JOIN here p ON p.no_kk = c.no_kk AND p.relation ILIKE 'KEPALA%%'
     WHERE c.relation ILIKE 'ANAK%%' AND c.born < p.born + interval '12 years') found
 WHERE EXISTS (SELECT 1 FROM unnest(%(areas)s::text[]) AS a WHERE area_code = a OR area_code LIKE a || '.%%')
 ORDER BY since, kind, no_kk LIMIT %(most)s
"""


def family_conflicts(areas: Iterable[str], *, most: int = 500) -> tuple[FamilyConflict, ...]:
    """Give what does not fit in the families of the areas by the register in force, the oldest first. One query."""
    return _conflicts({"kk": None, "nik": None, "areas": list(areas), "most": most})


def conflicts_of(no_kk: str, nik: str, areas: Iterable[str]) -> tuple[FamilyConflict, ...]:
    """Give what does not fit in one person's family. One query."""
    return _conflicts({"kk": [no_kk], "nik": [nik], "areas": list(areas), "most": 20})


def _conflicts(asked: dict[str, Any]) -> tuple[FamilyConflict, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_CONFLICTS, asked)
        return tuple(FamilyConflict(kind, kk, tuple(names), area, since) for kind, kk, names, area, since in cursor)


def numbers_of(person_id: int) -> tuple[int, ...]:
    """Give every number of the same person: the one that speaks for all first. One query."""
    same = Person.objects.filter(pk=person_id).values("same_as_id")
    found = Person.objects.filter(
        Q(pk=person_id)
        | Q(same_as_id=person_id)
        | Q(pk__in=same)
        | Q(same_as_id__in=same.filter(same_as_id__isnull=False))
    )
    return tuple(found.order_by(F("same_as_id").asc(nulls_first=True), "id").values_list("id", flat=True))


def pairs_of(person_ids: Iterable[int]) -> tuple[PairRow, ...]:
    """Give every answer about these persons and another, the newest first. One query."""
    ids = list(person_ids)
    return _pairs(Q(kept_id__in=ids) | Q(gone_id__in=ids))


def pairs_waiting(areas: Iterable[str]) -> tuple[PairRow, ...]:
    """Give the answers about two persons of the areas that wait for a second officer, the oldest first. One query."""
    return _pairs(Q(state=PersonPair.State.DIUSULKAN) & in_areas("kept__area_code", areas))[::-1]


def _pairs(condition: Q) -> tuple[PairRow, ...]:
    rows = PersonPair.objects.filter(condition).annotate(checker=Coalesce("checked_by__full_name", Value("")))
    names = (
        "id", "kept_id", "kept__name", "gone_id", "gone__name", "answer", "why", "made_by_id", "made_by__full_name",
        "made_on", "state", "checker", "checked_on",
    )  # fmt: skip
    return tuple(PairRow(*row) for row in rows.order_by("-id").values_list(*names))
