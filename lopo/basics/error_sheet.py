"""The sheet that goes back to who sent a list: each row with its verdict, why, and its cells, to be corrected there."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final

import xlsxwriter

from lopo.basics.calendar import date_long
from lopo.basics.marks import row_mark
from lopo.basics.tables import AS_TEXT, Column, Styles, looks_like_formula, print_on_a4, sheet_name

VERDICTS = {
    "diterima": (
        "✓ diterima",
        "Nama ini dapat diikutkan dalam pemilihan. Bila ada catatan, perbaiki pada daftar berikutnya.",
    ),
    "perlu_cek": (
        "? perlu dicek",
        "Belum dapat dipastikan. Perbaiki atau lengkapi menurut kolom 'Yang perlu dilakukan'.",
    ),
    "ditolak": ("✕ ditolak", "Tidak dapat diikutkan menurut alasan yang tertulis. Bila keliru, kirim buktinya."),
    "rusak": ("! tidak terbaca", "Baris ini dimaksudkan sebagai nama, tetapi isinya tidak dapat dibaca."),
}
"""Each verdict as the sheet says it (mark and word, so that it reads in black and white) and what it means."""

_FILLS = {"diterima": "#e6f1ea", "perlu_cek": "#fbeccd", "ditolak": "#f6ddd6", "rusak": "#dfe1ea"}
_COLUMNS = (
    Column("Lembar", width=14),
    Column("Baris", width=7),
    Column("Nama", width=26),
    Column("NIK yang ditulis", width=19),
    Column("Hasil", width=15),
    Column("Alasan atau catatan", width=46),
    Column("Yang perlu dilakukan", width=46),
)
OWN_COLUMNS: Final = tuple(column.title for column in _COLUMNS)
"""The columns that are ours; the mark stands behind them, and then the sender's own cells."""

MARK_TITLE: Final = "Tanda baris (jangan diubah)"
CELL_TITLE: Final = "Isi: "
"""What stands before the title of a column that the sender may correct."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict: its code, the sentence for the sender, and what the sender should do ('' = nothing)."""

    code: str
    sentence: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One row of the list: its id, its place in the file, what was proposed, the verdict, the cells as they came."""

    row_id: int
    sheet: str
    line: int
    name: str
    nik: str
    verdict: str
    reasons: tuple[Reason, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErrorSheet:
    """A whole list with its verdicts. `head` are the column titles of the file, as many as the longest row has cells.

    `contact` says whom to ask. With the secret `key` each row is marked, so that it is known when it comes back.
    """

    file: str
    sender: str
    programme: str
    received_on: date
    screened_on: date
    contact: str
    head: tuple[str, ...]
    lines: tuple[ErrorLine, ...]
    key: bytes = field(repr=False, default=b"")


def error_sheet_xlsx(paper: ErrorSheet) -> bytes:
    """The sheet as xlsx: rows with verdicts, a count of the reasons. KeyError for a verdict that is unknown."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        made = datetime.combine(paper.screened_on, time(), UTC)
        book.set_properties({"title": f"Hasil pemeriksaan {paper.file}", "created": made})
        styles = Styles(book)
        _rows(book, styles, paper)
        _counts(book, styles, paper)
    return file.getvalue()


def _rows(book: xlsxwriter.Workbook, styles: Styles, paper: ErrorSheet) -> None:
    sheet = book.add_worksheet("Hasil pemeriksaan")
    mine = (Column(f"{CELL_TITLE}{title}".strip(), width=18) for title in paper.head)
    columns = (*_COLUMNS, Column(MARK_TITLE, width=4), *mine)
    top = _explanation(book, sheet, paper)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.title, styles.head)
    sheet.set_column(len(_COLUMNS), len(_COLUMNS), 4, None, {"hidden": True})
    theirs = _Open(book)
    fills = {verdict: _fill(book, colour) for verdict, colour in _FILLS.items()}
    for row, line in enumerate(paper.lines, start=top + 1):
        own = _own_texts(line)
        for place, text in enumerate(own):
            sheet.write_string(row, place, text, styles.wrapped_for(text))
        sheet.write_number(row, 1, line.line, styles.number)
        sheet.write_string(row, 4, own[4], fills[line.verdict])
        sheet.write_string(row, len(own), row_mark(paper.key, line.row_id, own), styles.text)
        for place, text in enumerate(line.cells, start=len(own) + 1):
            sheet.write_string(row, place, text, theirs.format_for(text))
    sheet.freeze_panes(top + 1, 5)
    sheet.autofilter(top, 0, top + len(paper.lines), len(columns) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    print_on_a4(sheet, f"{paper.file} - {paper.sender}", head_row=top)


def _fill(book: xlsxwriter.Workbook, colour: str) -> xlsxwriter.format.Format:
    return book.add_format({"bold": True, "bg_color": colour, "valign": "top", "bottom": 4, "text_wrap": True})


def _own_texts(line: ErrorLine) -> tuple[str, ...]:
    """The cells of ours, as they are shown and as they are signed."""
    many = len(line.reasons) > 1
    reasons = [f"{place}. {r.sentence}" if many else r.sentence for place, r in enumerate(line.reasons, start=1)]
    to_do = [f"{place}. {r.to_do}" if many else r.to_do for place, r in enumerate(line.reasons, start=1) if r.to_do]
    says = VERDICTS[line.verdict][0]
    return (line.sheet, str(line.line), line.name, line.nik, says, "\n".join(reasons), "\n".join(to_do))


def _explanation(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, paper: ErrorSheet) -> int:
    """Write who, what and how to read above the table; give the row on which the table's head stands."""
    big, plain = book.add_format({"bold": True, "font_size": 14}), book.add_format({"valign": "top"})
    sheet.write_string(0, 0, f"Hasil pemeriksaan daftar usulan: {paper.sender}", big)
    lines = (
        f"Program: {paper.programme}",
        f"Berkas: {paper.file}, diterima {date_long(paper.received_on)}, diperiksa {date_long(paper.screened_on)}.",
        "Cara membaca: satu baris di sini adalah satu baris di berkas Anda (kolom Lembar dan Baris). Kolom yang"
        f" diawali '{CELL_TITLE.strip()}' adalah isi berkas Anda, tidak kami ubah.",
        f"Perbaiki langsung di kolom '{CELL_TITLE.strip()}' pada berkas ini, lalu kirim kembali berkas ini. Hanya sel"
        " yang Anda ubah yang diganti; kolom lain milik kantor dan tidak dapat diubah. Orang baru: kirim daftar baru.",
        paper.contact,
    )
    for row, text in enumerate(lines, start=1):
        sheet.write_string(row, 0, text, plain)
    return len(lines) + 2


class _Open:
    """Formats of the cells that the sender may correct: always text, so that no digit of a NIK is lost."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        look = {"bottom": 4, "bottom_color": "#8a8d9c", "valign": "top", "num_format": "@", "text_wrap": True,
                "locked": False, "bg_color": "#fffdf4"}  # fmt: skip
        self._plain, self._quoted = book.add_format(look), book.add_format(look)
        self._quoted.set_quote_prefix()

    def format_for(self, text: str) -> xlsxwriter.format.Format:
        """The format for a text: quoted where it begins like a formula."""
        return self._quoted if looks_like_formula(text) else self._plain


def _counts(book: xlsxwriter.Workbook, styles: Styles, paper: ErrorSheet) -> None:
    sheet = book.add_worksheet(sheet_name("Ringkasan"))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 80)
    verdicts = Counter(line.verdict for line in paper.lines)
    row = _block(sheet, styles, 0, ("Hasil", "Baris", "Artinya"), [
        (says, verdicts[code], meaning) for code, (says, meaning) in VERDICTS.items() if verdicts[code]
    ])  # fmt: skip
    sheet.write_string(row, 0, "Jumlah", styles.head)
    sheet.write_number(row, 1, len(paper.lines), styles.head)
    reasons = Counter(reason.code for line in paper.lines for reason in line.reasons)
    says = {reason.code: reason.sentence for line in paper.lines for reason in line.reasons}
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    _block(sheet, styles, row + 2, ("Alasan", "Baris", "Contoh kalimatnya"), [
        (code, count, says[code]) for code, count in ordered
    ])  # fmt: skip
    print_on_a4(sheet, f"{paper.file} - {paper.sender}", head_row=0)


def _block(
    sheet: xlsxwriter.worksheet.Worksheet,
    styles: Styles,
    top: int,
    head: tuple[str, str, str],
    rows: Sequence[tuple[str, int, str]],
) -> int:
    for place, title in enumerate(head):
        sheet.write_string(top, place, title, styles.head)
    for row, (code, count, text) in enumerate(rows, start=top + 1):
        sheet.write_string(row, 0, code, styles.text)
        sheet.write_number(row, 1, count, styles.number)
        sheet.write_string(row, 2, text, styles.wrapped_for(text))
    return top + 1 + len(rows)
