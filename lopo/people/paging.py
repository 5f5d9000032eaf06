"""Reads what a search box asks, and cuts one page out of a long table, for the rows an officer may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.people.words import words_asked, words_begin

Row = TypeVar("Row")
Conditions = tuple[Q, ...]
MOST: Final = 200
"""A search that finds more persons than this is not counted out: nobody leafs further, one more letter is asked for."""
_PART: Final = 3
_FEWEST_DIGITS: Final = 4
_BETWEEN_DIGITS: Final = str.maketrans("", "", " .-/'\u2019")
_UNSEEN: Final = ("Cc", "Cf")  # controls; marks of direction and joining


class Kind(Enum):
    """What a search text is: nothing asked, a whole number, parts of a name, or nothing that can be understood."""

    ALL = "all"
    NUMBER = "number"
    NAME = "name"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Sought:
    """A search text as it is understood: its kind and its plain form, digits alone or words with one space between."""

    kind: Kind
    text: str = ""


def sought(search: str) -> Sought:
    """Say what a search text is. Signs that are not seen count as spaces; wide digits and letters as plain ones.

    Digits with dots, spaces, strokes or an apostrophe between are one number, to be found whole (a NIK that is masked
    on a page must not be found digit by digit); fewer than four digits, or signs alone, find nobody.
    """
    plain = "".join(
        " " if unicodedata.category(sign) in _UNSEEN else sign for sign in unicodedata.normalize("NFKC", search)
    )
    text = " ".join(plain.split())
    digits = text.translate(_BETWEEN_DIGITS)
    if not text:
        return Sought(Kind.NOBODY if search.strip() else Kind.ALL)
    if digits.isascii() and digits.isdigit():
        return Sought(Kind.NUMBER, digits) if len(digits) >= _FEWEST_DIGITS else Sought(Kind.NOBODY)
    return Sought(Kind.NAME, text) if any(sign.isalnum() for sign in text) else Sought(Kind.NOBODY)


def persons_sought(search: str, person: str, number: Callable[[str], Q], areas: Iterable[str] = ()) -> Conditions:
    """Give the conditions for a search among rows of persons, the first that finds anybody counting; none asks all.

    `person` is the way from the row to the person (`person__`, or '' for persons), `number` the condition for a whole
    number. A name is found by how its words begin, or else by what stands inside it. `areas` only help: see `words`.
    """
    asked = sought(search)
    if asked.kind is Kind.ALL:
        return ()
    if asked.kind is Kind.NOBODY:
        return (Q(pk__in=[]),)
    if asked.kind is Kind.NUMBER:
        return (number(asked.text),)
    return (
        Q(**{f"{person}words__asked": words_asked(asked.text, areas)}) & words_begin(f"{person}name", asked.text),
        words_in(f"{person}name", asked.text),
    )


def in_areas(column: str, areas: Iterable[str]) -> Q:
    """Give the condition that the area code in `column` lies in one of the areas; no areas means no rows."""
    condition = Q(pk__in=[])
    for area in areas:
        condition |= Q(**{column: area}) | Q(**{f"{column}__startswith": f"{area}."})
    return condition


def words_in(column: str, text: str) -> Q:
    """Give the condition that every word of `text` stands in the column, whatever its case.

    A word of one or two letters is the beginning of a word (an initial): so the index of three-letter parts serves it.
    """
    condition = Q()
    for word in text.split():
        if len(word) < _PART:
            condition &= Q(**{f"{column}__istartswith": word}) | Q(**{f"{column}__icontains": f" {word}"})
        else:
            condition &= Q(**{f"{column}__icontains": word})
    return condition


def page_of(
    rows: QuerySet[Any, Any],
    asked: Asked,
    sorts: Mapping[str, str],
    make: Callable[..., Row],
    *,
    total: int | None = None,
) -> Page[Row]:
    """Count the rows and give one page of them as `make(*values)`. Two queries, one where the `total` is known.

    For an export (`size=0`) it is one query too.

    `rows` is a `values_list`; `sorts` names the columns that may be sorted by, the first being the usual order, and
    must give each a unique tail so that pages do not overlap. Refused: a sort column that is not among them.
    """
    name = asked.sort.removeprefix("-") or next(iter(sorts))
    if name not in sorts:
        raise Refused("urutan_tidak_dikenal", f"Tabel ini tidak dapat diurutkan menurut {name}.")
    falling = asked.sort.startswith("-")
    order = [f"-{part}" if falling else part for part in sorts[name].split()]
    ordered = rows.order_by(*order)
    if asked.size == 0:
        every = tuple(make(*values) for values in ordered)
        return Page(every, len(every), asked)
    start = (max(1, asked.number) - 1) * asked.size
    found = tuple(make(*values) for values in ordered[start : start + asked.size])
    return Page(found, rows.count() if total is None else total, asked)


def page_found(
    rows: QuerySet[Any, Any],
    conditions: Conditions,
    asked: Asked,
    sorts: Mapping[str, str],
    make: Callable[..., Row],
) -> Page[Row]:
    """Give one page of the rows that the first of the conditions finds that finds any. At most three queries.

    Where more than `MOST` are found, the page is one of the first `MOST` that came up, and says that there are `more`;
    an export (`size=0`) holds them all. Without conditions it is `page_of`.
    """
    if not conditions:
        return page_of(rows, asked, sorts, make)
    found: list[int] = []
    for condition in conditions:
        met = rows.filter(condition)
        found = list(met.order_by().values_list("pk", flat=True)[: MOST + 1])
        if found:
            break
    if asked.size == 0 and len(found) > MOST:
        return page_of(met, asked, sorts, make)
    shown = page_of(rows.filter(pk__in=found[:MOST]), asked, sorts, make, total=min(len(found), MOST))
    return Page(shown.rows, shown.total, asked, more=len(found) > MOST)
