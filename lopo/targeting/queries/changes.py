"""What a screening changed against the one before it: by transition, row by row, and for those on a set decree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.people.queries import SnapshotRow, snapshots_by_id
from lopo.people.registers import LAYOUTS
from lopo.people.territory import covers
from lopo.targeting.grounds import kinds_behind, reasons_on
from lopo.targeting.models import Screening, Verdict
from lopo.targeting.reasons import ReasonText, texts_of

Cell = Any
"""A value as the driver gives or takes it."""
NEW, GONE = "baru", "tidak_dinilai"
"""A row that had no verdict before; a row that has none any more (corrected away, or its list is out of force)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A screening and the one before it: their days, the registers that differ, whether the law differs.

    `before` and `after` are the snapshots of the kinds that differ, as far as they differ.
    """

    programme_id: int
    old_id: int
    new_id: int
    old_on: date
    new_on: date
    before: tuple[SnapshotRow, ...]
    after: tuple[SnapshotRow, ...]
    law_changed: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of register that differ."""
        return tuple(dict.fromkeys(one.kind for one in (*self.after, *self.before)))


@dataclass(frozen=True, slots=True)
class Transition:
    """How many rows went from one verdict to another; `otherwise` of them have other reasons than before."""

    was: str
    now: str
    rows: int
    otherwise: int


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """One row whose verdict or reasons changed; `kinds` are the changed registers behind the reasons that differ."""

    row_id: int
    name: str
    sender: str
    line: int
    area_code: str
    person_id: int | None
    was: str
    now: str
    had: tuple[ReasonText, ...]
    has: tuple[ReasonText, ...]
    by_hand: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changed rows: seen from `areas`, of one transition (`diterima-ditolak`), behind one kind of register."""

    areas: tuple[str, ...]
    transition: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TouchedName:
    """One name of a set decree that the screening in force does not accept (`verdict` '' where no row is judged)."""

    person_id: int
    name: str
    nik: str
    area_code: str
    decree_id: int
    decree_number: str
    status: str
    row_id: int | None
    verdict: str
    reasons: tuple[ReasonText, ...]


_PAIRS: Final = """
WITH old AS (SELECT * FROM targeting_verdict WHERE screening_id = %(old)s),
     new AS (SELECT * FROM targeting_verdict WHERE screening_id = %(new)s),
pairs AS (
    SELECT r.id AS row_id, r.name, l.sender, r.line, n.area_code, n.person_id,
           coalesce(o.verdict, p.verdict, 'baru') AS was, n.verdict AS now,
           coalesce(o.reasons, p.reasons, '{}') AS had, n.reasons AS has,
           coalesce(n.evidence ->> 'match_kind' = 'ditetapkan', FALSE) AS by_hand, l.area_code AS sent_from
      FROM new n JOIN targeting_proposalrow r ON r.id = n.row_id JOIN targeting_proposallist l ON l.id = r.list_id
      LEFT JOIN old o ON o.row_id = r.id LEFT JOIN old p ON o.row_id IS NULL AND p.row_id = r.replaces_id
     UNION ALL
    SELECT r.id, r.name, l.sender, r.line, o.area_code, o.person_id, o.verdict, 'tidak_dinilai', o.reasons, '{}',
           coalesce(o.evidence ->> 'match_kind' = 'ditetapkan', FALSE), l.area_code
      FROM old o JOIN targeting_proposalrow r ON r.id = o.row_id JOIN targeting_proposallist l ON l.id = r.list_id
      LEFT JOIN new n ON n.row_id = o.row_id
     WHERE n.row_id IS NULL AND NOT EXISTS (
           SELECT FROM targeting_proposalrow x JOIN new m ON m.row_id = x.id WHERE x.replaces_id = o.row_id)),
seen AS (
    SELECT * FROM pairs WHERE EXISTS (
        SELECT 1 FROM unnest(%(areas)s::text[]) AS a
         WHERE sent_from = a OR sent_from LIKE a || '.%%' OR area_code = a OR area_code LIKE a || '.%%'))
"""
_COUNTS: Final = _PAIRS + """
SELECT was, now, count(*), count(*) FILTER (WHERE had <> has) FROM seen GROUP BY was, now
 ORDER BY was = now, count(*) DESC, was, now
"""  # fmt: skip
_ROWS: Final = """
SELECT row_id, name, sender, line, area_code, person_id, was, now, had, has, by_hand, count(*) OVER () AS total
  FROM seen
 WHERE (was <> now OR had <> has) AND (%(was)s = '' OR (was = %(was)s AND now = %(now)s))
   AND (%(codes)s::text[] IS NULL OR EXISTS (
        SELECT FROM unnest(had || has) AS code WHERE code = ANY(%(codes)s)
           AND (code = ANY(had)) IS DISTINCT FROM (code = ANY(has))))
 ORDER BY """
_SORTS: Final = {
    "transition": "was, now, name, row_id", "name": "name, row_id", "sender": "sender, line, row_id",
    "area_code": "area_code, name, row_id",
}  # fmt: skip

# A name is touched when no row of the person (under any of the person's numbers) is accepted any more.
_TOUCHED: Final = """
SELECT p.id, p.name, p.nik, n.area_code, d.id, d.number, n.status, v.row_id, coalesce(v.verdict, ''),
       coalesce(v.reasons, '{}')
  FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id AND d.state = 'ditetapkan'
  JOIN people_person p ON p.id = n.person_id JOIN targeting_verdict drafted ON drafted.id = n.verdict_id
  JOIN targeting_screening s ON s.programme_id = d.programme_id AND s.current
  LEFT JOIN LATERAL (
       SELECT x.row_id, x.verdict, x.reasons FROM targeting_verdict x
        WHERE x.screening_id = s.id AND x.row_id = drafted.row_id
        UNION ALL
       SELECT x.row_id, x.verdict, x.reasons FROM targeting_verdict x JOIN targeting_proposalrow r ON r.id = x.row_id
        WHERE x.screening_id = s.id AND r.replaces_id = drafted.row_id
        LIMIT 1) v ON TRUE
 WHERE d.programme_id = %(programme)s AND n.status IN ('ditetapkan', 'pengganti', 'cadangan')
   AND s.id <> d.screening_id AND EXISTS (
       SELECT 1 FROM unnest(%(areas)s::text[]) AS a WHERE n.area_code = a OR n.area_code LIKE a || '.%%')
   AND NOT EXISTS (SELECT FROM targeting_verdict y WHERE y.screening_id = s.id AND y.verdict = 'diterima'
                      AND (y.person_id = p.id OR y.person_id IN (
                           SELECT other_id FROM people_same WHERE person_id = p.id)))
 ORDER BY n.status = 'cadangan', p.name, p.id
"""


def comparison(screening_id: int) -> Comparison | None:
    """Give a screening beside the one before it, None where there is none or it is the first. Three queries."""
    names = ("id", "programme_id", "on", "law_hash", "snapshots")
    new = Screening.objects.filter(pk=screening_id).values(*names).first()
    if new is None:
        return None
    earlier = Screening.objects.filter(programme_id=new["programme_id"], pk__lt=screening_id)
    old = earlier.order_by("-id").values(*names).first()
    if old is None:
        return None
    before, after = _ids(old["snapshots"]), _ids(new["snapshots"])
    told = {one.id: one for one in snapshots_by_id(before ^ after) if one.kind in LAYOUTS}
    return Comparison(
        new["programme_id"], old["id"], new["id"], old["on"], new["on"],
        tuple(one for key, one in told.items() if key in before),
        tuple(one for key, one in told.items() if key in after), old["law_hash"] != new["law_hash"],
    )  # fmt: skip


def transitions(found: Comparison, areas: tuple[str, ...]) -> tuple[Transition, ...]:
    """Count the rows of both screenings by what they were and are; every row is in one of them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"old": found.old_id, "new": found.new_id, "areas": list(areas)})
        return tuple(Transition(*row) for row in cursor.fetchall())


def changes_page(found: Comparison, filter: ChangeFilter, asked: Asked) -> Page[ChangedVerdict]:  # noqa: A002 - the house's word
    """Give one page of the rows whose verdict or reasons changed. One query.

    Refused: a sort column that the table does not have.
    """
    name = asked.sort.removeprefix("-") or "transition"
    if name not in _SORTS:
        raise Refused("urutan_tidak_dikenal", f"Tabel ini tidak dapat diurutkan menurut {name}.")
    order = _SORTS[name]
    if asked.sort.startswith("-"):
        order = ", ".join(f"{part} DESC" for part in order.split(", "))
    was, _, now = filter.transition.partition("-")
    codes = list(reasons_on([filter.kind])) if filter.kind else None
    given: dict[str, Cell] = {
        "old": found.old_id, "new": found.new_id, "areas": list(filter.areas), "was": was, "now": now, "codes": codes,
        "size": asked.size or None, "start": (max(1, asked.number) - 1) * asked.size,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"{_PAIRS}{_ROWS}{order} LIMIT %(size)s OFFSET %(start)s", given)
        rows = cursor.fetchall()
    total = rows[0][-1] if rows else 0
    return Page(tuple(_changed(found, *row[:-1]) for row in rows), total, asked)


def touched_names(programme_id: int, areas: tuple[str, ...]) -> tuple[TouchedName, ...]:
    """Give the names of set decrees that the screening in force does not accept, those with a place first. One query.

    Nothing where the screening in force is the one that the decree was made from.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"programme": programme_id, "areas": list(areas)})
        return tuple(_touched(*row) for row in cursor.fetchall())


def rested_on(row_id: int) -> tuple[SnapshotRow, ...]:
    """Give the registers that the verdict in force on a row rests on; none before the screening. Two queries.

    Of registers that speak of areas only the narrowest that holds the settled person's; all where nobody was settled.
    """
    verdicts = Verdict.objects.filter(row_id=row_id, screening__current=True)
    found = verdicts.values_list("screening__snapshots", "area_code", "person_id").first()
    ids = _ids(found[0]) if found else set()
    if found is None or not ids:
        return ()
    every = snapshots_by_id(ids)
    return every if found[2] is None else tuple(one for one in every if _speaks(one, every, found[1]))


def _speaks(one: SnapshotRow, every: Iterable[SnapshotRow], area: str) -> bool:
    """Whether no other register of the kind and part speaks more closely of the area."""
    alike = [other for other in every if (other.kind, other.part) == (one.kind, one.part)]
    near = max((other.territory for other in alike if covers(other.territory, area)), key=len, default="")
    return one.territory == near


def _ids(snapshots: Iterable[dict[str, Any]]) -> set[int]:
    return {int(one["id"]) for one in snapshots}


def _touched(*values: Cell) -> TouchedName:
    told: dict[str, Cell] = dict(zip(TouchedName.__dataclass_fields__, values, strict=True))
    return TouchedName(**(told | {"reasons": texts_of(told["reasons"])}))


def _changed(found: Comparison, *values: Cell) -> ChangedVerdict:
    told: dict[str, Cell] = dict(zip(ChangedVerdict.__dataclass_fields__, values, strict=False))
    differ = sorted(set(told["had"]) ^ set(told["has"]))
    kinds = tuple(kind for kind in kinds_behind(differ) if kind in found.kinds)
    words = {"had": texts_of(told["had"]), "has": texts_of(told["has"])}
    return ChangedVerdict(**(told | words), kinds=kinds)
