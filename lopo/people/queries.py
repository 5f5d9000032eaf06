"""Reads areas, registers, persons and families."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from lopo.basics.page import Asked, Page
from lopo.people.loading import copy_out
from lopo.people.models import Area, Person, RegisterFile, Resident, Snapshot
from lopo.people.paging import Kind, in_areas, page_found, persons_sought, sought, words_in
from lopo.people.registers import LAYOUTS


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area with its level (provinsi, kota, kecamatan, kelurahan) and the code of the area around it."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One register as it was handed over; `current` says whether it is in force.

    `territory` is the code of the area of which alone it speaks, '' for all.
    """

    id: int
    kind: str
    part: str
    origin: str
    agreement: str
    as_of: date
    rows: int
    sha256: str
    loaded_at: datetime
    loaded_by: str
    current: bool
    oddities: dict[str, int]
    territory: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person with the whole NIK (the door masks it) and the name of the kelurahan ('' where it is not known)."""

    id: int
    nik: str
    name: str
    sex: str
    born: date
    no_kk: str
    area_code: str
    area_name: str
    rt: str
    rw: str
    phone: str
    occupation: str


@dataclass(frozen=True, slots=True)
class RelativeRow:
    """One member of a family (KK) in the population register in force; `person_id` where we know the person."""

    nik: str
    name: str
    sex: str
    born: date | None
    relation: str
    mother_name: str
    area_code: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Which persons: those in `areas` (prefixes; empty sees nothing), with this NIK or these parts of a name."""

    areas: tuple[str, ...]
    search: str = ""
    area: str = ""
    ids: tuple[int, ...] | None = field(default=None)


_PERSON_COLUMNS: Final = (
    "id", "nik", "name", "sex", "born", "no_kk", "area_code", "area_name", "rt", "rw", "phone", "occupation",
)  # fmt: skip
_PERSON_SORTS: Final = {
    "name": "name id", "nik": "nik", "born": "born id", "area_code": "area_code name id", "no_kk": "no_kk born id",
}  # fmt: skip
_SOME_LETTERS: Final = 3


def areas(level: str = "") -> tuple[AreaRow, ...]:
    """Give all areas, or those of one level, by code. One query."""
    rows = Area.objects.filter(Q(level=level) if level else Q()).order_by("code")
    return tuple(AreaRow(*row) for row in rows.values_list("code", "name", "level", "parent_id"))


def snapshots(*, only_current: bool = False) -> tuple[SnapshotRow, ...]:
    """Give the registers, those in force first, the newest first. One query."""
    return _snapshots(Q(current=True) if only_current else Q())


def snapshots_by_id(ids: Iterable[int]) -> tuple[SnapshotRow, ...]:
    """Give the registers with these ids, in the order of `snapshots`. One query."""
    return _snapshots(Q(pk__in=list(ids)))


def register_file(file_id: uuid.UUID) -> tuple[str, bytes] | None:
    """Give name and bytes of an uploaded register that waits to be read, None once it is gone. One query."""
    found = RegisterFile.objects.filter(pk=file_id).values_list("name", "content").first()
    return None if found is None else (found[0], bytes(found[1]))


_LAST: Final = ("loaded_by__full_name", "current", "oddities", "territory")


def _snapshots(condition: Q) -> tuple[SnapshotRow, ...]:
    rows = Snapshot.objects.filter(condition).order_by("-current", "kind", "part", "territory", "-id")
    names = ("id", "kind", "part", "origin", "agreement", "as_of", "rows", "sha256", "loaded_at")
    return tuple(SnapshotRow(*row) for row in rows.values_list(*names, *_LAST))


def persons_page(filter: PersonFilter, asked: Asked) -> Page[PersonRow]:  # noqa: A002 - the house's word
    """Give one page of persons. Two queries, three for a name that no word begins with.

    `search` is a whole NIK or KK number, or parts of a name, see `sought`.
    """
    rows = Person.objects.filter(in_areas("area_code", filter.areas))
    if filter.area:
        rows = rows.filter(in_areas("area_code", (filter.area,)))
    if filter.ids is not None:
        rows = rows.filter(pk__in=filter.ids)
    named = rows.annotate(area_name=_area_name()).values_list(*_PERSON_COLUMNS)
    narrow = (filter.area,) if filter.area else filter.areas
    found = persons_sought(filter.search, "", lambda number: Q(nik=number) | Q(no_kk=number), narrow)
    return page_found(named, found, asked, _PERSON_SORTS, PersonRow)


def person(person_id: int) -> PersonRow | None:
    """Give one person, None where there is none. One query."""
    return next(iter(_persons(Q(pk=person_id))), None)


def person_by_nik(nik: str) -> PersonRow | None:
    """Give the person with this NIK, None where there is none. One query."""
    return next(iter(_persons(Q(nik=nik))), None)


def persons(ids: Iterable[int]) -> dict[int, PersonRow]:
    """Give the persons with these ids by id. One query."""
    return {row.id: row for row in _persons(Q(pk__in=list(ids)))}


def family_of(no_kk: str) -> tuple[RelativeRow, ...]:
    """Give the family of a KK number by the population register in force, the eldest first. One query."""
    known = Person.objects.filter(nik=OuterRef("nik")).values("id")[:1]
    rows = Resident.objects.filter(snapshot__current=True, no_kk=no_kk).annotate(person_id=Subquery(known))
    names = ("nik", "name", "sex", "born", "relation", "mother_name", "area_code", "person_id")
    return tuple(RelativeRow(*row) for row in rows.order_by("born", "id").values_list(*names))


def residents_found(search: str, areas: tuple[str, ...], most: int = 9) -> tuple[RelativeRow, ...]:
    """Give residents of the areas by a whole NIK or KK number, else by every word of a name; few digits find nobody.

    At most `most`, by name. One query, none where too little is asked.
    """
    what = sought(search)
    if what.kind is Kind.NUMBER:
        asked = Q(nik=what.text) | Q(no_kk=what.text)
    elif what.kind is Kind.NAME and len(what.text) >= _SOME_LETTERS:
        asked = words_in("name", what.text)
    else:
        return ()
    known = Person.objects.filter(nik=OuterRef("nik")).values("id")[:1]
    rows = Resident.objects.filter(asked, in_areas("area_code", areas), snapshot__current=True)
    names = ("nik", "name", "sex", "born", "relation", "mother_name", "area_code", "person_id")
    found = rows.annotate(person_id=Subquery(known)).order_by("name", "id").values_list(*names)[:most]
    return tuple(RelativeRow(*row) for row in found)


def copy_register(kind: str, write: Callable[[bytes], object]) -> None:
    """Write the rows of a register in force (all its parts) as CSV under the column names of its file. One query."""
    layout = LAYOUTS[kind]
    columns = ", ".join(f'r."{column.target}" AS "{column.source}"' for column in layout.columns)
    query = f'SELECT {columns} FROM "{layout.table}" r JOIN people_snapshot s ON s.id = r.snapshot_id AND s.current'  # noqa: S608 - names of our own tables
    copy_out(f"{query} ORDER BY r.id", (), write)


def _persons(condition: Q) -> tuple[PersonRow, ...]:
    rows = Person.objects.filter(condition).annotate(area_name=_area_name()).order_by("id")
    return tuple(PersonRow(*row) for row in rows.values_list(*_PERSON_COLUMNS))


def _area_name() -> Coalesce:
    """Give the name of the area by its code, '' where the code is not known."""
    return Coalesce(Subquery(Area.objects.filter(code=OuterRef("area_code")).values("name")[:1]), Value(""))


def has_merged() -> bool:
    """Say whether two numbers are one person anywhere. One query."""
    return Person.objects.filter(same_as__isnull=False).exists()


def copy_merged(write: Callable[[bytes], object]) -> None:
    """Write the numbers that stand for another as CSV: nik, nik_kept. One query."""
    query = "SELECT g.nik, k.nik AS nik_kept FROM people_person g JOIN people_person k ON k.id = g.same_as_id"
    copy_out(f"{query} WHERE g.same_as_id IS NOT NULL", (), write)
