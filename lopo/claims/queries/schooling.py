"""Reads the children of a case with their school years, and what of each was granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.claims.models import Child, SchoolYear


@dataclass(frozen=True, slots=True)
class YearRow:
    """One school year of a child (2026 = 2026/2027) with its level and certificate."""

    id: int
    year: int
    level: str
    certificate: str
    married: bool
    works: bool
    asked_on: date


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child whom the family named, in its place, with its school years."""

    id: int
    place: int
    nik: str
    name: str
    born: date
    years: tuple[YearRow, ...]


def children_of(case_id: int) -> tuple[ChildRow, ...]:
    """Give the children of a case with their school years. Two queries."""
    years: dict[int, list[YearRow]] = {}
    columns = ("child_id", "id", "year", "level", "certificate", "married", "works", "asked_on")
    for child_id, *row in SchoolYear.objects.filter(child__case_id=case_id).order_by("year").values_list(*columns):
        years.setdefault(child_id, []).append(YearRow(*row))
    rows = Child.objects.filter(case_id=case_id).order_by("place").values_list("id", "place", "nik", "name", "born")
    return tuple(ChildRow(*row, years=tuple(years.get(row[0], ()))) for row in rows)
