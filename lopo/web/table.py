"""The table of every desk: columns, what a request asks of it, filters as chips, sorting, paging."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lopo.basics import privacy
from lopo.basics.page import Asked, Page
from lopo.web import cells

Row = TypeVar("Row")
Kind = Literal["text", "money", "number", "date", "badge", "badges", "nik", "area", "month", "line"]
Text = str | Promise
_RIGHT = ("money", "number")
_SIZE = 50
_MAX_SEARCH = 100
_LONGEST_WORD = 32


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title, how to get its value from a row, its kind, the query's name to sort by, a link.

    A `line` is text that is never broken: a code, a sum of a bank.
    `personal` names the declared column whose sight decides how it is written; every NIK is personal.
    """

    title: Text
    value: Callable[[Row], object]
    kind: Kind = "text"
    sort: str = ""
    link: Callable[[Row], str] | None = None
    minor: Callable[[Row], object] | None = None
    personal: str = ""

    @property
    def secret(self) -> str:
        """Give the declared column whose sight decides, empty for what is nobody's secret."""
        return self.personal or ("nik" if self.kind == "nik" else "")


@dataclass(frozen=True)
class Choice:
    """One answer of a filter."""

    value: str
    title: Text


@dataclass(frozen=True)
class Filter:
    """One question that narrows the table."""

    key: str
    title: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Ask:
    """What a request asks of a table: page, order, search, and a value for each filter that is set."""

    number: int = 1
    sort: str = ""
    search: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    all_rows: bool = False

    @property
    def asked(self) -> Asked:
        """Give it in the form that queries take."""
        return Asked(self.number, 0 if self.all_rows else _SIZE, self.sort)

    def get(self, key: str) -> str:
        """Give the chosen value of a filter, empty where none is chosen."""
        return self.chosen.get(key, "")

    def href(self, **changes: str) -> str:
        """Give the address of the same table with some things asked otherwise; the page goes back to the first."""
        wanted = {"cari": self.search, "urut": self.sort, **self.chosen, **changes}
        return "?" + urlencode({key: value for key, value in wanted.items() if value})


def ask(request: HttpRequest, filters: Sequence[Filter], *, sort: str = "") -> Ask:
    """Read what the address asks for; a value that a filter does not know is left out."""
    given = request.GET
    number = given.get("hal", "1")
    chosen = {
        one.key: given[one.key]
        for one in filters
        if given.get(one.key) and any(given[one.key] == choice.value for choice in one.choices)
    }
    search = " ".join(given.get("cari", "").replace("\x00", "").split())[:_MAX_SEARCH]
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    return Ask(max(page, 1), given.get("urut", "")[:40] or sort, search, chosen)


@dataclass(frozen=True)
class Empty:
    """What stands where no row is: why, and what to do next."""

    title: Text
    sentence: Text
    href: str = ""
    label: Text = ""


@dataclass(frozen=True)
class Head:
    """One cell of the head."""

    title: Text
    css: str
    href: str = ""
    order: str = ""


@dataclass(frozen=True)
class Chip:
    """One filter that is set, with the address without it."""

    title: Text
    value: Text
    href: str


@dataclass(frozen=True)
class Question:
    """One filter as the toolbar draws it."""

    key: str
    title: Text
    choices: tuple[Choice, ...]
    chosen: str


def closed(_permission: str, _area_code: str) -> bool:
    """Hold no permission anywhere: how a table is drawn while nobody said for whom."""
    return False


def person_of(row: object) -> int | None:
    """Give the number of the person whom a row tells of, None where it tells of none or does not say."""
    found = getattr(row, "person_id", None)
    return found if isinstance(found, int) else None


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One table as a page shows it; `caption` says what its rows are.

    `sight` says which permissions the visitor holds where; until it is set, everything personal is hidden. `person`
    gives the number of the person whom a row tells of, for the diary of files.
    """

    name: str
    caption: Text
    columns: tuple[Column[Row], ...]
    page: Page[Row]
    empty: Empty
    ask: Ask = field(default_factory=Ask)
    filters: tuple[Filter, ...] = ()
    search: Text = ""
    export: bool = False
    export_needs: str = "table.export"
    sight: Callable[[str, str], bool] = closed
    person: Callable[[Row], int | None] = person_of

    @property
    def heads(self) -> list[Head]:
        """Give the head: the title of each column, and where it sorts."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column[Row]) -> Head:
        css = "right" if column.kind in _RIGHT else ""
        if not column.sort:
            return Head(column.title, css)
        order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.ask.sort, "")
        turned = f"-{column.sort}" if order == "ascending" else column.sort
        return Head(column.title, css, self.ask.href(urut=turned), order)

    @property
    def body(self) -> SafeString:
        """Give the rows of this page as written HTML; one join is several times faster than a template loop."""
        return format_html_join("\n", "<tr>{}</tr>", ((self._cells(row),) for row in self.page.rows))

    def _cells(self, row: Row) -> SafeString:
        cells_of_row = (self._cell(column, row, lead=place == 0) for place, column in enumerate(self.columns))
        return format_html_join("", '<td class="{}" data-label="{}">{}</td>', cells_of_row)

    def _cell(self, column: Column[Row], row: Row, *, lead: bool) -> tuple[str, Text, SafeString]:
        value = column.value(row)
        hidden = self.hidden(column, row, value) if column.secret else None
        html = written(column.kind, value) if hidden is None else format_html("{}", hidden)
        if column.link is not None:
            html = cells.linked(html, column.link(row))
        below = column.minor(row) if column.minor is not None else None
        if below:
            html = format_html('<span>{}<span class="minor">{}</span></span>', html, below)
        blank = " blank" if value in (None, "", ()) else ""
        return f"is-{column.kind}{' lead-cell' if lead else ''}{blank}", column.title, html

    def hidden(self, column: Column[Row], row: Row, value: object, *, given_reason: bool = False) -> str | None:
        """Give what is written instead of a personal value that the visitor may not see whole, None where he may."""
        if value in (None, ""):
            return None
        whole = value.isoformat() if isinstance(value, date) else str(value)
        area = str(getattr(row, "area_code", ""))
        shown = privacy.written(
            column.secret, whole, open_to=lambda permission: self.sight(permission, area), given_reason=given_reason
        )
        return None if shown == whole else shown

    @property
    def chips(self) -> list[Chip]:
        """Give what is set, each with the address that clears it."""
        named = {(one.key, choice.value): (one.title, choice.title) for one in self.filters for choice in one.choices}
        chips = [Chip(*named[key, value], self.ask.href(**{key: ""})) for key, value in self.ask.chosen.items()]
        if self.ask.search:
            chips.insert(0, Chip("", f"“{self.ask.search}”", self.ask.href(cari="")))
        return chips

    @property
    def questions(self) -> list[Question]:
        """Give the filters with what is chosen."""
        return [Question(one.key, one.title, one.choices, self.ask.get(one.key)) for one in self.filters if one.choices]

    @property
    def has_tools(self) -> bool:
        """Say whether there is anything to search or filter by."""
        return bool(self.search or self.filters)

    @property
    def first(self) -> int:
        """Give the number of the first row on this page."""
        return (self.page.asked.number - 1) * self.page.asked.size + 1

    @property
    def last(self) -> int:
        """Give the number of the last row on this page."""
        return self.first + len(self.page.rows) - 1

    @property
    def before(self) -> str:
        """Give the address of the page before, empty on the first."""
        return self.ask.href(hal=str(self.page.asked.number - 1)) if self.page.asked.number > 1 else ""

    @property
    def after(self) -> str:
        """Give the address of the next page, empty on the last."""
        number = self.page.asked.number
        return self.ask.href(hal=str(number + 1)) if number < self.page.pages else ""


def whole(rows: Sequence[Row]) -> Page[Row]:
    """Give a short table that is always shown whole."""
    return Page(tuple(rows), len(rows), Asked(1, 0))


def written(kind: Kind, value: object) -> SafeString:
    """Write a value as its kind of column writes it."""
    if kind == "badge":
        return cells.badge(str(value)) if value else mark_safe("–")
    if kind == "badges" and isinstance(value, Sequence):
        return cells.badges([str(code) for code in value])
    text = text_of(kind, value)
    return _breakable(text) if kind == "text" else format_html("{}", text)


def _breakable(text: str) -> SafeString:
    """Let a word that is longer than a column, such as a fingerprint, go on in the next line; HTML stays as it is."""
    if isinstance(text, SafeString) or max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        return format_html("{}", text)
    parts = (text[at : at + _LONGEST_WORD] for at in range(0, len(text), _LONGEST_WORD))
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


def text_of(kind: Kind, value: object) -> str | SafeString:
    """Give the text of a value of a kind."""
    if value is None or value == "":
        return "–"
    match kind:
        case "money" if isinstance(value, int):
            return cells.money(value)
        case "number" if isinstance(value, int):
            return cells.number_text(value)
        case "date":
            return cells.time_tag(value)  # type: ignore[arg-type]
        case "month":
            return cells.month_text(value)  # type: ignore[arg-type]
        case "nik":
            return cells.masked(str(value))
        case _:
            return cells.plain(value)
