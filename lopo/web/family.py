"""The family of a person by the population register: who is who, and which children could get a scholarship."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import years_between
from lopo.law import LAW
from lopo.law.errors import OutOfRange
from lopo.people import queries
from lopo.people.queries import PersonRow, RelativeRow
from lopo.web import cells
from lopo.web.door import Visitor

_PARENTS: Final = ("KEPALA KELUARGA", "SUAMI", "ISTRI")
_CHILD: Final = "ANAK"


@dataclass(frozen=True)
class Relative:
    """One member of the family as the page shows it; `scholar` says that the law's age for scholarships is not over."""

    name: str
    relation: str
    age: int | None
    person_id: int | None
    herself: bool
    scholar: bool


def family_of(who: Visitor, found: PersonRow) -> list[Relative]:
    """Give the family of a person, the eldest first; names from outside the visitor's areas by their first letters.

    Children are flagged where this person is head of the family or the spouse: they are the ones who would be asked for
    if the person died or could never work again.
    """
    members = queries.family_of(found.no_kk) if found.no_kk else ()
    own = next((one for one in members if one.nik == found.nik), None)
    parent = own is not None and own.relation.upper() in _PARENTS
    return [_relative(who, one, found, parent=parent) for one in members]


def _relative(who: Visitor, one: RelativeRow, found: PersonRow, *, parent: bool) -> Relative:
    open_to = who.may_in("people.read", one.area_code)
    child = parent and one.relation.upper() == _CHILD and one.born is not None
    return Relative(
        name=one.name if open_to else cells.name_masked(one.name),
        relation=one.relation.lower(),
        age=years_between(one.born, who.on) if one.born and one.born <= who.on else None,
        person_id=one.person_id if open_to and one.person_id != found.id else None,
        herself=one.nik == found.nik,
        scholar=child and one.born is not None and _young_enough(one.born, who.on),
    )


def _young_enough(born: date, on: date) -> bool:
    """Ask the law whether a child born then is under the age at which scholarships end."""
    if born > on:
        return False
    try:
        said = LAW.decide(("beasiswa_umur",), {"lahir_anak": born, "hari_beasiswa": on}, on)
    except OutOfRange:  # a birth that nobody can mean
        return False
    return said["beasiswa_umur"] is True
