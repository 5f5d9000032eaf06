"""Reads for the watch over deaths: what it compares, what it found, and months paid for the dead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F

from lopo.basics.page import Asked, Page
from lopo.claims.models import DeathHit
from lopo.people.loading import copy_out
from lopo.people.paging import in_areas, page_of, words_in

_DEAD = """
SELECT d.snapshot_id, d.certificate, d.nik, d.name, d.born, d.died_on, d.place
  FROM people_death d JOIN people_snapshot s ON s.id = d.snapshot_id AND s.current ORDER BY d.id
"""
_RESIDENTS = """
SELECT r.nik, r.name, r.sex, r.born, r.no_kk, r.area_code
  FROM people_resident r JOIN people_snapshot s ON s.id = r.snapshot_id AND s.current ORDER BY r.id
"""
_MEMBERS = """
SELECT p.nik, p.name, p.sex, p.born, p.no_kk, p.area_code, m.id AS membership_id, m.number_issued_on, m.ended_on
  FROM coverage_membership m JOIN people_person p ON p.id = m.person_id
 WHERE m.state <> 'ditolak' ORDER BY m.id
"""

Write = Callable[[bytes], object]


def copy_dead(write: Write) -> None:
    """Write the death certificates in force as CSV with the columns of batch.deaths.DEATH_COLUMNS. One query."""
    copy_out(_DEAD, (), write)


def copy_residents(write: Write) -> None:
    """Write the population in force as CSV with the columns of batch.deaths.PERSON_COLUMNS. One query."""
    copy_out(_RESIDENTS, (), write)


def copy_members(write: Write) -> None:
    """Write everybody with a membership that BPJS did not refuse, columns of batch.deaths.MEMBER_COLUMNS. One query."""
    copy_out(_MEMBERS, (), write)


@dataclass(frozen=True, slots=True)
class HitFilter:
    """Which hits: the officer's areas (none = nothing), an outcome ('' = all), part of a name, NIK or certificate."""

    areas: tuple[str, ...]
    outcome: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class HitRow:
    """One certificate that names a member: what it says, what the register of members says, what became of it."""

    id: int
    outcome: str
    name: str
    nik: str
    born: date | None
    died_on: date
    certificate: str
    member_name: str
    member_nik: str
    member_born: date
    kpj: str | None
    number_issued_on: date | None
    area_code: str
    certain: bool
    differs: str
    case_id: int | None
    case_code: str | None
    found_on: date
    note: str


_HIT = (
    "id", "outcome", "name", "nik", "born", "died_on", "certificate", "person_name", "person_nik", "person_born",
    "membership__kpj", "membership__number_issued_on", "area", "certain", "differs", "case_id", "case__code",
    "found_on", "note",
)  # fmt: skip
_HIT_SORTS = {
    "died_on": "died_on id", "name": "name id", "outcome": "outcome died_on id", "area_code": "area id",
    "found_on": "found_on id",
}  # fmt: skip


def hits_page(asked_for: HitFilter, asked: Asked) -> Page[HitRow]:
    """Give the deaths that name members, those in doubt and those outside of cover included. Two queries."""
    rows = DeathHit.objects.annotate(
        person_name=F("membership__person__name"),
        person_nik=F("membership__person__nik"),
        person_born=F("membership__person__born"),
        area=F("membership__person__area_code"),
    ).filter(in_areas("area", asked_for.areas))
    if asked_for.outcome:
        rows = rows.filter(outcome=asked_for.outcome)
    if asked_for.search:
        named = words_in("name", asked_for.search) | words_in("person_name", asked_for.search)
        rows = rows.filter(named | words_in("certificate", asked_for.search) | words_in("nik", asked_for.search))
    return page_of(rows.values_list(*_HIT), asked, _HIT_SORTS, HitRow)


_AFTER_DEATH = """
SELECT c.id, c.code, p.name, p.nik, p.area_code, c.died_on, count(*), min(m.month), max(m.month),
       string_agg(DISTINCT m.payer_code, ' ')
  FROM claims_case c
  JOIN people_person p ON p.id = c.person_id
  JOIN coverage_paidmonth m ON m.person_id = c.person_id AND m.month > c.died_on
 WHERE c.died_on IS NOT NULL AND c.state <> 'ditutup'
   AND EXISTS (SELECT 1 FROM unnest(%s::text[]) a WHERE p.area_code = a OR p.area_code LIKE a || '.%%')
 GROUP BY c.id, c.code, p.name, p.nik, p.area_code, c.died_on ORDER BY c.died_on, c.id
"""


@dataclass(frozen=True, slots=True)
class PaidAfterDeath:
    """Months that were paid for somebody who was dead before the month began: a credit to ask back."""

    case_id: int
    case_code: str
    name: str
    nik: str
    area_code: str
    died_on: date
    months: int
    first_month: date
    last_month: date
    payers: str


def paid_after_death(areas: tuple[str, ...]) -> tuple[PaidAfterDeath, ...]:
    """Give whom contributions were paid for after the month of death, within the areas. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_AFTER_DEATH, [list(areas)])
        return tuple(PaidAfterDeath(*row) for row in cursor.fetchall())
