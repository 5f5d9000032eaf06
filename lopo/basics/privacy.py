"""What may leave a table, and who sees a personal column whole: the one place that decides both.

A table declares each of its columns kept, masked or dropped (`Columns`). A column that is not kept and that a page or
file may ever show has a `Sight` here: the permission that opens it, and how it is written for everybody else. The doors
ask `Sight`s and nothing else; a column without one is never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

_SHOWN_AT_ENDS: Final = 4
DOT: Final = "\u2022"


@dataclass(frozen=True)
class Columns:
    """The declaration of one table; each of its columns stands in exactly one of the three lists (names by spaces)."""

    kept: str = ""
    masked: str = ""
    dropped: str = ""
    treatment: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a column that is named twice."""
        treatment: dict[str, str] = {}
        for name in ("kept", "masked", "dropped"):
            for column in getattr(self, name).split():
                if column in treatment:
                    raise ValueError(f"column {column} is declared twice")
                treatment[column] = name
        object.__setattr__(self, "treatment", treatment)


def ends(text: str) -> str:
    """Write a number with only its first and last four signs: `5371••••••••0017`; a short one is hidden whole."""
    if len(text) <= 2 * _SHOWN_AT_ENDS:
        return DOT * len(text)
    return text[:_SHOWN_AT_ENDS] + DOT * (len(text) - 2 * _SHOWN_AT_ENDS) + text[-_SHOWN_AT_ENDS:]


def initials(text: str) -> str:
    """Write a name by its first letters only: `M••• N•••`."""
    return " ".join(word[0] + DOT * 3 for word in text.split())


def year_only(text: str) -> str:
    """Write an ISO day by its year only: `1970`; anything else is hidden whole."""
    try:
        return str(date.fromisoformat(text).year)
    except ValueError:
        return nothing(text)


def nothing(text: str) -> str:
    """Hide a text whole, its length too; nothing stays nothing."""
    return DOT * 3 if text else ""


@dataclass(frozen=True)
class Sight:
    """Who sees a column whole (`permission`, in the area of the person) and how it is written for everybody else.

    `for_reason`: on a screen it is whole only after a reason that the diary keeps; in a file the reason of the file.
    """

    permission: str
    hide: Callable[[str], str]
    for_reason: bool = False


_NUMBER: Final = Sight("people.see_nik", ends, for_reason=True)
_CONTACT: Final = Sight("people.see_contact", nothing)
_NAME: Final = Sight("people.read", initials)
SIGHTS: Final[dict[str, Sight]] = {
    **dict.fromkeys(("nik", "nik_given", "nik_matched", "holder_nik", "guardian_nik", "no_kk", "nip"), _NUMBER),
    **dict.fromkeys(("phone", "rt", "rw", "address", "mother_name", "email"), _CONTACT),
    **dict.fromkeys(("name", "holder_name", "bank_name", "guardian_name", "received_by", "witness"), _NAME),
    **dict.fromkeys(("source", "doctor"), _NAME),
    "born": Sight("people.see_birth", year_only),
    "number": Sight("payment.see_account", ends, for_reason=True),
    "kpj": Sight("coverage.read", ends),
    "certificate": Sight("case.read", ends),
}
"""By the name of the column, the same in every table."""


def written(column: str, value: str, *, open_to: Callable[[str], bool], given_reason: bool = False) -> str:
    """Write a personal value as this visitor may see it; `open_to` says whether a permission is held there.

    A column that has no sight is hidden whole.
    """
    sight = SIGHTS.get(column)
    if sight is None:
        return nothing(value)
    return value if open_to(sight.permission) and (given_reason or not sight.for_reason) else sight.hide(value)
