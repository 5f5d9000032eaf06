"""The sheet that goes back to who sent a list: each row with its verdict, why, and what to do about it."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import xlsxwriter

from lopo.basics.calendar import date_long
from lopo.basics.tables import AS_TEXT, Column, Styles, print_on_a4, sheet_name

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


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict: its code, the sentence for the sender, and what the sender should do ('' = nothing)."""

    code: str
    sentence: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One row of the list: where it stands in the file, what was proposed, the verdict, and the cells as they came."""

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

    `contact` says whom to ask and how to send the corrected list back.
    """

    file: str
    sender: str
    programme: str
    received_on: date
    screened_on: date
    contact: str
    head: tuple[str, ...]
    lines: tuple[ErrorLine, ...]


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
    columns = (*_COLUMNS, *(Column(f"Asli: {title}" if title else "Asli", width=18) for title in paper.head))
    top = _explanation(book, sheet, paper)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.title, styles.head)
    fills = {verdict: _fill(book, colour) for verdict, colour in _FILLS.items()}
    for row, line in enumerate(paper.lines, start=top + 1):
        for place, text in enumerate(_texts(line)):
            sheet.write_string(row, place, text, styles.wrapped_for(text))
        sheet.write_number(row, 1, line.line, styles.number)
        sheet.write_string(row, 4, VERDICTS[line.verdict][0], fills[line.verdict])
    sheet.freeze_panes(top + 1, 5)
    sheet.autofilter(top, 0, top + len(paper.lines), len(columns) - 1)
    print_on_a4(sheet, f"{paper.file} - {paper.sender}", head_row=top)


def _fill(book: xlsxwriter.Workbook, colour: str) -> xlsxwriter.format.Format:
    return book.add_format({"bold": True, "bg_color": colour, "valign": "top", "bottom": 4, "text_wrap": True})


def _texts(line: ErrorLine) -> tuple[str, ...]:
    many = len(line.reasons) > 1
    reasons = [f"{place}. {r.sentence}" if many else r.sentence for place, r in enumerate(line.reasons, start=1)]
    to_do = [f"{place}. {r.to_do}" if many else r.to_do for place, r in enumerate(line.reasons, start=1) if r.to_do]
    own = (line.sheet, str(line.line), line.name, line.nik, line.verdict, "\n".join(reasons), "\n".join(to_do))
    return (*own, *line.cells)


def _explanation(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, paper: ErrorSheet) -> int:
    """Write who, what and how to read above the table; give the row on which the table's head stands."""
    big, plain = book.add_format({"bold": True, "font_size": 14}), book.add_format({"valign": "top"})
    sheet.write_string(0, 0, f"Hasil pemeriksaan daftar usulan: {paper.sender}", big)
    lines = (
        f"Program: {paper.programme}",
        f"Berkas: {paper.file}, diterima {date_long(paper.received_on)}, diperiksa {date_long(paper.screened_on)}.",
        "Cara membaca: satu baris di sini adalah satu baris di berkas Anda (kolom Lembar dan Baris). Kolom yang"
        " diawali 'Asli' adalah isi berkas Anda, tidak diubah.",
        "Perbaiki di berkas Anda sendiri, lalu kirim kembali seluruh berkas. Tulis NIK sebagai teks agar digit"
        " terakhir tidak hilang.",
        paper.contact,
    )
    for row, text in enumerate(lines, start=1):
        sheet.write_string(row, 0, text, plain)
    return len(lines) + 2


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
