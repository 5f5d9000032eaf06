"""Cuts one page out of a long table, for the rows an officer may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused

Row = TypeVar("Row")
_PART = 3


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
