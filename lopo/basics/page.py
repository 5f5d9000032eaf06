"""One page of a long table, as queries give it and desks show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Asked:
    """Which part of a table is asked for: the page (from 1), its size, the column to sort by.

    `size=0` asks for all rows (for an export). `sort` names a column of the row, with `-` in front for falling order;
    a column that the query does not know is refused by the query, never passed on to SQL.
    """

    number: int = 1
    size: int = 50
    sort: str = ""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, how many rows there are in all, and what was asked.

    With `more` there are more rows than `total`: a search that finds thousands is not counted out, nor shown beyond.
    """

    rows: tuple[Row, ...]
    total: int
    asked: Asked
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return 1 if self.asked.size == 0 else max(1, -(-self.total // self.asked.size))
