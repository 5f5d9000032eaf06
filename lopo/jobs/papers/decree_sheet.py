"""The decree's annex as xlsx: the same names in the same order as in the PDF, for those who go on working with it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import xlsxwriter

from lopo.basics.calendar import date_long
from lopo.basics.tables import AS_TEXT, Cell, Column, Kind, Styles, print_on_a4
from lopo.jobs.papers.decree import AnnexName, DecreePaper, annex_order, summary, waiting_order
from lopo.jobs.papers.setting import masked_nik

_COLUMNS = (
    Column("No.", Kind.NUMBER, 7),
    Column("Nama", width=34),
    Column("NIK", width=20),
    Column("L/P", width=5),
    Column("Kode kelurahan", width=16),
    Column("Kelurahan", width=20),
    Column("Kecamatan", width=16),
    Column("Alamat", width=20),
    Column("Pekerjaan", width=26),
)
_HEAD_ROW = 4


def decree_xlsx(paper: DecreePaper, *, whole_nik: bool = False) -> bytes:
    """The annexes as xlsx: summary, annex I, annex II. The NIK is text, masked unless the office asks for it whole."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        book.set_properties({"title": paper.title, "created": datetime.combine(paper.dated, time(), UTC)})
        styles = Styles(book)
        _summary(book, styles, paper)
        chosen = tuple(enumerate(annex_order(paper.chosen), start=1))
        waiting = tuple((name.waiting_place, name) for name in waiting_order(paper.waiting))
        _names(book, styles, paper, _Annex("Lampiran I", "Daftar nama penerima bantuan iuran", chosen, whole_nik))
        _names(book, styles, paper, _Annex("Lampiran II", "Daftar tunggu menurut kecamatan", waiting, whole_nik))
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Annex:
    """One annex: the sheet's name, its heading, its numbered names, and whether NIKs are shown whole."""

    name: str
    heading: str
    names: tuple[tuple[int | None, AnnexName], ...]
    whole_nik: bool


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above the rows: the sheet's name, its heading, the decree with its number, its day, its title."""

    name: str
    heading: str
    decree: str
    dated: date
    title: str


def annex_sheet(
    book: xlsxwriter.Workbook,
    styles: Styles,
    head: SheetHead,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
) -> xlsxwriter.worksheet.Worksheet:
    """Write one annex of a decree as a sheet that prints on A4, and give it."""
    sheet = book.add_worksheet(head.name)
    sheet.write_string(0, 0, head.heading, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"{head.decree}, {date_long(head.dated)}")
    sheet.write_string(2, 0, head.title)
    print_on_a4(sheet, head.decree, head_row=_HEAD_ROW)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD_ROW, place, column.title, styles.head)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    for at, row in enumerate(rows, start=_HEAD_ROW + 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            styles.write(sheet, (at, place), column, cell)
    return sheet


def filter_rows(sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column], rows: int) -> None:
    """Let whoever opens the sheet filter its rows."""
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + rows, len(columns) - 1)


def _head(paper: DecreePaper, name: str, heading: str) -> SheetHead:
    title = f"{'KONSEP - ' if paper.draft else ''}{paper.title}"
    return SheetHead(name, heading, f"Keputusan {paper.office.authority} Nomor {paper.number}", paper.dated, title)


def _summary(book: xlsxwriter.Workbook, styles: Styles, paper: DecreePaper) -> None:
    columns = (Column("Kecamatan", width=24), Column("Ditetapkan", Kind.NUMBER, 16), Column("Tunggu", Kind.NUMBER, 16))
    rows: tuple[tuple[Cell, ...], ...] = (*summary(paper), ("Jumlah", len(paper.chosen), len(paper.waiting)))
    annex_sheet(book, styles, _head(paper, "Ringkasan", "Jumlah menurut kecamatan"), columns, rows)


def _names(book: xlsxwriter.Workbook, styles: Styles, paper: DecreePaper, annex: _Annex) -> None:
    rows = [
        (number, name.name, name.nik if annex.whole_nik else masked_nik(name.nik), name.sex, name.area_code,
         name.kelurahan, name.kecamatan, name.address, name.occupation)
        for number, name in annex.names
    ]  # fmt: skip
    sheet = annex_sheet(book, styles, _head(paper, annex.name, annex.heading), _COLUMNS, rows)
    filter_rows(sheet, _COLUMNS, len(rows))
