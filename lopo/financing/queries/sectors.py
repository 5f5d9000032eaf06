"""Says in which sector the members of a programme work: for the bills of a month, and for the desk that states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from lopo.basics.calendar import Month
from lopo.basics.page import Asked, Page
from lopo.coverage.models import Membership
from lopo.financing.queries.unbilled import BY_SECTOR, UNBILLED, paid_begins
from lopo.people.batch.occupations import occupation_title
from lopo.people.paging import in_areas, page_found, persons_sought
from lopo.people.sectors import sectors_of

_MEMBERS: Final = (
    "SELECT id, person_id FROM coverage_membership WHERE programme_id = %(programme)s AND state = ANY(%(in)s)"
)
_MEMBER: Final = ["diterima", "terdaftar"]
_WORKS: Final = f"""
SELECT upper(p.occupation), stated.sector, count(*)
  FROM ({_MEMBERS}) AS who JOIN people_person p ON p.id = who.person_id
  LEFT JOIN people_personsector stated ON stated.person_id = p.id GROUP BY 1, 2
"""  # noqa: S608 - our own statements, put together
_WHO: Final = UNBILLED.format(programme="%(programme)s", on="%(on)s", month="%(month)s", begins="%(begins)s")
_PARTED: Final = f"SELECT sector, count(*) FROM ({BY_SECTOR.format(who=_WHO)}) AS parted GROUP BY 1"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Parted:
    """Members whose month nobody is asked for, by sector ('' = unknown), and the sector of each written work."""

    people: Mapping[str, int]
    sector_of: Mapping[str, str]

    @property
    def given(self) -> dict[str, Any]:
        """What a statement with `BY_SECTOR` asks for."""
        return {"works": list(self.sector_of), "sectors": list(self.sector_of.values())}


def parted(programme_id: int, month: Month, *, on: date) -> Parted:
    """Give who would be billed for the month, by sector. Three queries."""
    sector_of = sectors_of({row[0] for row in _works(programme_id)})
    given = Parted({}, sector_of).given
    given |= {"programme": programme_id, "month": month.first_day, "on": on, "begins": paid_begins(month)}
    with connection.cursor() as cursor:
        cursor.execute(_PARTED, given)
        return Parted(dict(cursor.fetchall()), sector_of)


def _works(programme_id: int) -> list[tuple[str, str | None, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_WORKS, {"programme": programme_id, "in": _MEMBER})
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One work in capitals ('' = nothing written): its title in KBJI, its members, and these by sector ('' = unknown).

    `sector` is that of the work itself; somebody whose own sector is stated may count elsewhere.
    """

    occupation: str
    title: str
    sector: str
    members: int
    by_sector: Mapping[str, int]

    @property
    def unknown(self) -> int:
        """Members of whom nobody can say it."""
        return self.by_sector.get("", 0)


def works(programme_id: int) -> tuple[WorkRow, ...]:
    """Give the works of the members of a programme; the unknown first, then the most members. Two queries."""
    rows = _works(programme_id)
    sector_of = sectors_of({row[0] for row in rows})
    counted: dict[str, dict[str, int]] = {}
    for occupation, stated, members in rows:
        by_sector = counted.setdefault(occupation, {})
        sector = stated or sector_of[occupation]
        by_sector[sector] = by_sector.get(sector, 0) + members
    found = (
        WorkRow(one, occupation_title(one), sector_of[one], sum(by_sector.values()), by_sector)
        for one, by_sector in counted.items()
    )
    return tuple(sorted(found, key=lambda row: (-row.unknown, -row.members, row.occupation)))


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One member with a work: the sector that is stated of the person himself ('' = none), and why."""

    person_id: int
    name: str
    nik: str
    area_code: str
    stated: str
    reason: str


_WORKER: Final = (
    "person_id", "person__name", "person__nik", "person__area_code", "person__stated__sector", "person__stated__reason",
)  # fmt: skip
_SORTS: Final = {"name": "person__name person_id", "area_code": "person__area_code person__name person_id"}


def workers_page(
    programme_id: int, occupation: str, asked: Asked, *, areas: tuple[str, ...], search: str = ""
) -> Page[WorkerRow]:  # fmt: skip
    """Give one page of the members within `areas` whose work is written so. At most three queries."""
    rows = Membership.objects.filter(
        in_areas("person__area_code", areas), programme_id=programme_id, state__in=_MEMBER,
        person__occupation__iexact=occupation,
    )  # fmt: skip
    conditions = persons_sought(search, "person__", lambda digits: Q(person__nik=digits), areas)
    return page_found(rows.values_list(*_WORKER), conditions, asked, _SORTS, _worker)


def _worker(*values: str | None) -> WorkerRow:
    person, name, nik, area, stated, reason = values
    return WorkerRow(int(person or 0), name or "", nik or "", area or "", stated or "", reason or "")
