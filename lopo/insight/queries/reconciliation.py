"""Compares our members with the active members of BPJS one by one: missing there, missing here, differing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.people.models import Snapshot
from lopo.people.paging import Kind, sought
from lopo.staff.queries import within

SAME, DIFFERS, NOT_THERE, TOO_NEW, NOT_HERE = "cocok", "beda", "tidak_di_bpjs", "sesudah_berkas", "tidak_di_sini"
KINDS: Final = (DIFFERS, NOT_THERE, NOT_HERE, TOO_NEW, SAME)
"""What comes of one member: alike; found with something written otherwise; without a row at BPJS; without one because
the number is younger than the file; and a row at BPJS, paid for on one's own account, that is no member here."""
WHAT: Final = ("nama", "nik", "nomor", "status")
"""What may differ: the name, the NIK, the number (KPJ), and the status: BPJS counts the member as a wage earner."""


@dataclass(frozen=True, slots=True)
class BpjsFile:
    """The file of active members that is compared with: its snapshot, where it is from, its day, its rows."""

    id: int
    origin: str
    as_of: date
    rows: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: the members of a programme within areas and a file; of the rows a kind and a search.

    `whole` is the territory whose officers also see rows of people whose home nobody knows.
    """

    programme_id: int
    file: BpjsFile
    areas: tuple[str, ...]
    whole: str
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class ReconciledRow:
    """One member here, or one row at BPJS, or both: what each side writes, and what differs.

    `person_id` and `membership_id` are None for somebody who is no member here.
    """

    kind: str
    differs: tuple[str, ...]
    membership_id: int | None
    person_id: int | None
    area_code: str
    name: str
    nik: str
    kpj: str
    name_there: str
    nik_there: str
    kpj_there: str
    segment: str
    active_since: date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each kind, and of the differing how many differ in what (one may differ in several things).

    The members here are all kinds but `tidak_di_sini`.
    """

    kinds: dict[str, int]
    differing: dict[str, int]

    @property
    def members(self) -> int:
        """The members here that were compared."""
        return sum(number for kind, number in self.kinds.items() if kind != NOT_HERE)


# They meet by number and NIK, else by number, else by NIK; each member takes one row, each row one member.
_TOLD: Final = """
WITH here AS MATERIALIZED (
    SELECT m.id, m.person_id, p.area_code, p.name, p.nik, coalesce(m.kpj, '') AS kpj, m.number_issued_on AS issued
      FROM coverage_membership m JOIN people_person p ON p.id = m.person_id
     WHERE m.programme_id = %(programme)s AND m.state IN ('terdaftar', 'diterima')),
there AS MATERIALIZED (
    SELECT a.id, regexp_replace(a.kpj, '[^0-9]', '', 'g') AS kpj, a.nik, a.name, upper(a.segment) AS segment,
           a.active_since, s.as_of
      FROM people_activemember a JOIN people_snapshot s ON s.id = a.snapshot_id AND s.current AND s.kind = 'bpjs'),
pairs AS (
    SELECT here.id AS mine, there.id AS theirs, CASE WHEN here.nik = there.nik THEN 0 ELSE 1 END AS step
      FROM here JOIN there ON there.kpj = here.kpj AND here.kpj <> ''
     UNION ALL
    SELECT here.id, there.id, CASE there.segment WHEN 'BPU' THEN 2 ELSE 3 END
      FROM here JOIN there ON there.nik = here.nik AND there.kpj <> here.kpj),
of_mine AS (SELECT DISTINCT ON (mine) mine, theirs, step FROM pairs ORDER BY mine, step, theirs),
met AS (SELECT DISTINCT ON (theirs) mine, theirs FROM of_mine ORDER BY theirs, step, mine),
ours AS (
    SELECT DISTINCT q.nik FROM coverage_membership o JOIN people_person q ON q.id = o.person_id
     WHERE o.state IN ('terdaftar', 'diterima')),
told AS (
    SELECT CASE WHEN t.id IS NULL AND here.issued > %(as_of)s THEN 'sesudah_berkas'
                WHEN t.id IS NULL THEN 'tidak_di_bpjs' WHEN d.differs = '{{}}' THEN 'cocok' ELSE 'beda' END AS kind,
           d.differs, here.id AS membership_id, here.person_id, here.area_code, here.name, here.nik, here.kpj,
           coalesce(t.name, '') AS name_there, coalesce(t.nik, '') AS nik_there, coalesce(t.kpj, '') AS kpj_there,
           coalesce(t.segment, '') AS segment, t.active_since
      FROM here LEFT JOIN met ON met.mine = here.id LEFT JOIN there t ON t.id = met.theirs
      CROSS JOIN LATERAL (SELECT array_remove(ARRAY[
          CASE WHEN {plain_here} <> {plain_there} THEN 'nama' END, CASE WHEN here.nik <> t.nik THEN 'nik' END,
          CASE WHEN here.kpj <> t.kpj THEN 'nomor' END, CASE WHEN t.segment <> 'BPU' THEN 'status' END],
          NULL) AS differs) d
    UNION ALL
    SELECT 'tidak_di_sini', '{{}}', NULL, p.id, coalesce(p.area_code, ''), '', '', '', t.name, t.nik, t.kpj, t.segment,
           t.active_since
      FROM there t LEFT JOIN people_person p ON p.nik = t.nik
     WHERE t.segment = 'BPU' AND t.nik NOT IN (SELECT nik FROM ours) AND t.id NOT IN (SELECT theirs FROM met)),
seen AS (SELECT * FROM told WHERE area_code LIKE ANY (%(areas)s) OR (area_code = '' AND %(whole)s))
"""
_PLAIN = "regexp_replace(upper({0}.name), '[^A-Z]', '', 'g')"
_WITH: Final = _TOLD.format(plain_here=_PLAIN.format("here"), plain_there=_PLAIN.format("t"))
_ASKED: Final = (
    "FROM seen WHERE kind = %(kind)s AND (%(all)s OR upper(name || ' ' || name_there) LIKE %(name)s"
    " OR nik = %(number)s OR nik_there = %(number)s OR kpj = %(number)s OR kpj_there = %(number)s)"
)
_ROWS: Final = (
    f"{_WITH} SELECT * {_ASKED} ORDER BY name || name_there, membership_id, kpj_there OFFSET %(skip)s LIMIT %(size)s"
)
_FOUND: Final = f"{_WITH} SELECT count(*) {_ASKED}"
_COUNTS: Final = _WITH + "SELECT kind, differs, count(*) FROM seen GROUP BY 1, 2"  # noqa: S608 - the same


def bpjs_file() -> BpjsFile | None:
    """Give the newest file of active members in force, None where none was loaded. One query."""
    rows = Snapshot.objects.filter(kind="bpjs", current=True).order_by("-as_of", "-id")
    found = rows.values_list("id", "origin", "as_of", "rows").first()
    return None if found is None else BpjsFile(*found)


def reconciliation_counts(asked: Compared) -> Counts:
    """Count the kinds, and what differs. One query."""
    kinds, differing = dict.fromkeys(KINDS, 0), dict.fromkeys(WHAT, 0)
    for kind, differs, number in _run(_COUNTS, _values(asked)):
        kinds[kind] += number
        for what in differs:
            differing[what] += number
    return Counts(kinds, differing)


def reconciliation_page(what: Compared, asked: Asked) -> Page[ReconciledRow]:
    """Give one page of the members or rows of one kind, by name. Two queries, one for all rows.

    Refused: a kind that there is not.
    """
    if what.kind not in KINDS:
        raise Refused("jenis_tidak_dikenal", f"Jenis {what.kind} tidak dikenal.")
    search = sought(what.search)
    told = _values(what) | {
        "kind": what.kind, "all": search.kind is Kind.ALL,
        "name": f"%{_escaped(search.text.upper())}%" if search.kind is Kind.NAME else None,
        "number": search.text if search.kind is Kind.NUMBER else None,
        "skip": max(0, asked.number - 1) * asked.size, "size": asked.size or None,
    }  # fmt: skip
    rows = tuple(_row(*row) for row in _run(_ROWS, told))
    if not asked.size:
        return Page(rows, len(rows), asked)
    if search.kind is not Kind.ALL:
        return Page(rows, int(_run(_FOUND, told)[0][0]), asked)
    return Page(rows, reconciliation_counts(what).kinds[what.kind], asked)


def _values(asked: Compared) -> dict[str, Any]:
    prefixes = [pattern for one in asked.areas for pattern in (one, f"{one}.%")]
    return {"programme": asked.programme_id, "as_of": asked.file.as_of, "areas": prefixes,
            "whole": within(asked.whole, asked.areas)}  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _run(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _row(kind: str, differs: list[str], *rest: Any) -> ReconciledRow:  # noqa: ANN401 - what the database gives
    return ReconciledRow(kind, tuple(differs), *rest)
