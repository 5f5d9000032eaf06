"""Tables as files: CSV and xlsx of any rows, safe to open in a spreadsheet.

Text that a spreadsheet would read as a formula is neutralised; long digits (NIK, phone, account) stay text in xlsx, so
that no digit is lost. In CSV they are plain digits: a spreadsheet that opens the CSV may still cut them, so the xlsx is
what people get and the CSV is for programs.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

import xlsxwriter

Cell: TypeAlias = str | int | date | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so (after blanks) can run as a formula in a spreadsheet."""

_BOM = b"\xef\xbb\xbf"
_LINES_A_CHUNK = 500
_SHEET_NAME_LENGTH = 31
AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook in which a text is never anything else."""


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    """names, words, and every long number that is no amount: NIK, phone, account, KPJ"""
    NUMBER = "number"
    """a count"""
    MONEY = "money"
    """whole rupiah"""
    DATE = "date"
    """a day"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what it holds, and its width in characters (0 = by the title and kind)."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 0


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS[:4])


def neutral(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula; else as it is."""
    return f"'{text}" if looks_like_formula(text) else text


def table_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, separator: str = ",") -> Iterator[bytes]:
    """The rows as CSV, in pieces for a streamed answer: UTF-8 with BOM, CRLF, a header, days as ISO text.

    TypeError or ValueError for a cell that does not fit its column.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow([neutral(column.title) for column in columns])
    yield _BOM
    for number, row in enumerate(rows, start=1):
        writer.writerow([_csv_text(column, cell) for column, cell in zip(columns, row, strict=True)])
        if number % _LINES_A_CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _csv_text(column: Column, cell: Cell) -> str:
    fits(column, cell)
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else str(cell)


def fits(column: Column, cell: Cell) -> None:
    """TypeError when the cell is not what the column holds; an empty cell (None) fits everywhere."""
    wanted: type[str | date | int] = {Kind.TEXT: str, Kind.DATE: date}.get(column.kind, int)
    if cell is None or (isinstance(cell, wanted) and not isinstance(cell, bool | datetime)):
        return
    raise TypeError(f"column {column.title!r} holds {column.kind}, not {cell!r}")


def table_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as one sheet named after the title: bold frozen header, filter, money and days with their formats.

    The rows are written as they come and not held. TypeError for a cell that does not fit its column.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {**AS_TEXT, "constant_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name(title))
        styles = Styles(book)
        _begin(sheet, title, columns)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, styles.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                styles.write(sheet, (last, place), column, cell)
        if columns:
            sheet.autofilter(0, 0, last, len(columns) - 1)
    return file.getvalue()


def _begin(sheet: xlsxwriter.worksheet.Worksheet, title: str, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or max(14, min(40, len(column.title) + 4)))
    sheet.freeze_panes(1, 0)
    print_on_a4(sheet, title, head_row=0)


def print_on_a4(sheet: xlsxwriter.worksheet.Worksheet, title: str, *, head_row: int) -> None:
    """Let the sheet print on A4 across, as wide as the page, with the head repeated and page x of y."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&RHalaman &P dari &N")


def sheet_name(title: str) -> str:
    """The title as a sheet may be named: at most 31 characters, no brackets or slashes, no apostrophe at the ends."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return " ".join(plain.split())[:_SHEET_NAME_LENGTH].strip("' ") or "Tabel"


class Styles:
    """The formats of one workbook: print well in black and white, text that begins like a formula is quoted."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        line = {"bottom": 4, "bottom_color": "#8a8d9c", "valign": "top"}
        self.head = book.add_format(
            {"bold": True, "bottom": 2, "valign": "vcenter", "text_wrap": True, "bg_color": "#eceae4"}
        )
        self.text = book.add_format({**line, "num_format": "@"})
        self.wrapped = book.add_format({**line, "num_format": "@", "text_wrap": True})
        self.number = book.add_format({**line, "num_format": "#,##0"})
        self.money = book.add_format({**line, "num_format": "[$Rp-421] #,##0"})
        self.day = book.add_format({**line, "num_format": "[$-421]d mmm yyyy", "align": "left"})
        self.quoted = book.add_format({**line, "num_format": "@"})
        self.quoted.set_quote_prefix()
        self.quoted_wrapped = book.add_format({**line, "num_format": "@", "text_wrap": True})
        self.quoted_wrapped.set_quote_prefix()

    def wrapped_for(self, text: str) -> xlsxwriter.format.Format:
        """The wrapping format for a text: quoted where it begins like a formula."""
        return self.quoted_wrapped if looks_like_formula(text) else self.wrapped

    def write(self, sheet: xlsxwriter.worksheet.Worksheet, at: tuple[int, int], column: Column, cell: Cell) -> None:
        """Write one cell at (row, column); TypeError when it does not fit."""
        fits(column, cell)
        if cell is None:
            sheet.write_blank(*at, None, self.text)
        elif isinstance(cell, str):
            sheet.write_string(*at, cell, self.quoted if looks_like_formula(cell) else self.text)
        elif isinstance(cell, date):
            sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), self.day)  # noqa: DTZ001 - a day
        else:
            sheet.write_number(*at, cell, self.money if column.kind is Kind.MONEY else self.number)
