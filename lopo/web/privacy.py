"""What of a person a page or a file shows to this visitor: asks the sights of the columns, decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics import privacy
from lopo.people.queries import PersonRow
from lopo.web import cells
from lopo.web.door import Visitor

OpenTo = Callable[[str], bool]
_LONG_NUMBER: Final = 10
_MASKED_NUMBERS: Final = ("nik", "no_kk")
_OF_MEANING: Final = {
    "nama": "name",
    "nik": "nik",
    "no_kk": "no_kk",
    "tgl_lahir": "born",
    "tempat_lahir": "born",
    "nama_ibu": "mother_name",
}
"""Which column a cell of a list would fill, by what the reader takes it to mean; any other counts as an address."""


def open_in(who: Visitor, area_code: str) -> OpenTo:
    """Give the question whether the visitor holds a permission in an area."""
    return lambda permission: who.may_in(permission, area_code)


def text(who: Visitor, column: str, value: str, area_code: str, *, whole: bool = False) -> str:
    """Write the value of a personal column of somebody in an area; `whole` after a reason was given."""
    return privacy.written(column, value, open_to=open_in(who, area_code), given_reason=whole)


def day(who: Visitor, column: str, value: date | None, area_code: str) -> str:
    """Write a personal day: whole as days are written here, or what its sight leaves of it."""
    if value is None:
        return "–"
    iso = value.isoformat()
    shown = text(who, column, iso, area_code)
    return cells.day_text(value) if shown == iso else shown


@dataclass(frozen=True)
class PersonShown:
    """The personal columns of one person as a page writes them for one visitor."""

    nik: str
    no_kk: str
    born: str
    phone: str
    address: str
    whole: bool


def person(who: Visitor, found: PersonRow, *, whole: bool) -> PersonShown:
    """Write one person for this visitor."""

    def said(column: str, value: str) -> str:
        return text(who, column, value, found.area_code, whole=whole)

    home = [f"{word} {said(word.lower(), value)}" for word, value in (("RT", found.rt), ("RW", found.rw)) if value]
    return PersonShown(
        nik=said("nik", found.nik),
        no_kk=said("no_kk", found.no_kk),
        born=day(who, "born", found.born, found.area_code),
        phone=said("phone", found.phone),
        address=" ".join(home),
        whole=whole,
    )


def cell(who: Visitor, meanings: Iterable[str], value: str, area_code: str, *, whole: bool = False) -> str:
    """Write a raw cell of a list, for which the visitor needs the right to see contacts and the sight of its meaning.

    A cell may hold something else than its column means, so nothing of the sender's words is shown without that right;
    and a long number is masked whatever it means, until a reason was given.
    """
    open_to = open_in(who, area_code)
    columns = {"address", *(_OF_MEANING.get(meaning, "address") for meaning in meanings)}
    if not all(open_to(privacy.SIGHTS[column].permission) for column in columns if column not in _MASKED_NUMBERS):
        return privacy.nothing(value)
    digits = "".join(letter for letter in value if letter.isdigit())
    if whole or len(digits) < _LONG_NUMBER:
        return value
    return privacy.ends(digits)


def may_have_sheet(who: Visitor, area_code: str) -> bool:
    """Say whether the visitor may have the sheet of a list there, which holds the rows whole as the sender wrote them.

    Whoever sends lists from there has them already; anybody else needs the right to see whole numbers.
    """
    return who.may("table.export") and (
        who.may_in("lists.receive", area_code) or who.may_in("people.see_nik", area_code)
    )
