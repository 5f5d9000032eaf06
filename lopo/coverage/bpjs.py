"""Talks with BPJS Ketenagakerjaan by files: writes its bulk template, reads its answer. No network, no tables.

The template is the sheet `Data TK Baru` of LAW.md 6.4 (one source: a public employer app). The branch office answers
with a sheet of its own that no source documents, so the reader takes the columns by several names and parks, with a
reason, every row that it cannot take.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from xml.sax.saxutils import escape

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from lopo.basics import nik as niks
from lopo.basics.refusal import Refused

SHEET: Final = "Data TK Baru"
COLUMNS: Final = (
    "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL", "JENIS_PEKERJAAN_1", "JENIS_PEKERJAAN_2",
    "LOKASI_PEKERJAAN", "UPAH", "KODE_PAKET", "BULAN_IURAN",
)  # fmt: skip
SAMPLE_PACKAGE: Final = "T"
"""The one value of KODE_PAKET that was seen; what it means is not documented, so callers may give another."""

ANSWER_COLUMNS: Final = ("NOMOR_IDENTITAS", "NAMA_LENGKAP", "STATUS", "KPJ", "TGL_TERBIT", "KETERANGAN")
ACCEPTED: Final = "DITERIMA"
ISSUED: Final = "TERBIT"
REFUSED: Final = "DITOLAK"
_ALIASES: Final = {
    "NOMOR_IDENTITAS": ("NOMOR_IDENTITAS", "NIK", "NO_KTP", "NO_E_KTP", "NO_EKTP", "NIK_KTP"),
    "STATUS": ("STATUS", "HASIL", "STATUS_PENDAFTARAN"),
    "KPJ": ("KPJ", "NO_KPJ", "NOMOR_KPJ", "NOMOR_PESERTA", "NO_PESERTA"),
    "TGL_TERBIT": ("TGL_TERBIT", "TANGGAL_TERBIT", "TGL_TERBIT_KPJ", "TANGGAL_KEPESERTAAN"),
    "KETERANGAN": ("KETERANGAN", "KET", "ALASAN", "ALASAN_DITOLAK", "CATATAN"),
}
_NUMBER = re.compile(r"\d{11}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LETTERS = "ABCDEFGHIJK"
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - the day on which zip begins: the same people give the same bytes
Cell = object


@dataclass(frozen=True, slots=True)
class Proposed:
    """One person for the template. Phone, e-mail and jobs are empty text where nobody knows them; income in rupiah."""

    nik: str
    name: str
    born: date
    phone: str
    email: str
    job: str
    second_job: str
    place: str
    income: int
    package: str
    months: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of an answer that could be read: `status` is DITERIMA, TERBIT (with number and day) or DITOLAK."""

    line: int
    nik: str
    status: str
    kpj: str = ""
    issued_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Parked:
    """One row that was left aside: its line as a person sees it, the NIK as given, and why (Indonesian)."""

    line: int
    nik: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer file as read: the rows to go on with and the rows left aside."""

    rows: tuple[AnswerRow, ...]
    parked: tuple[Parked, ...]


class Bpjs(Protocol):
    """What the branch office does with our template: it verifies the people, and issues numbers after payment."""

    def verify(self, template: bytes) -> bytes:
        """Give the answer file that takes or refuses each person, without numbers."""

    def issue(self, template: bytes, *, on: date) -> bytes:
        """Give the answer file with the numbers of those taken, issued on the day."""


def write_template(people: Sequence[Proposed]) -> bytes:
    """Write the bulk template as xlsx: NIK and phone as text, days as text dd-mm-yyyy, income and months as numbers."""
    rows = (
        (one.nik, one.name, one.born.strftime("%d-%m-%Y"), one.phone, one.email, one.job, one.second_job, one.place,
         one.income, one.package, one.months)
        for one in people
    )  # fmt: skip
    return _write_sheet(SHEET, COLUMNS, rows)


def write_answer(rows: Iterable[AnswerRow], names: dict[str, str]) -> bytes:
    """Write an answer file as the branch office would (for the fake, and to show an office what is expected)."""
    cells = (
        (row.nik, names.get(row.nik, ""), row.status, row.kpj,
         row.issued_on.strftime("%d-%m-%Y") if row.issued_on else "", row.reason)
        for row in rows
    )  # fmt: skip
    return _write_sheet("Hasil", ANSWER_COLUMNS, cells)


def _write_sheet(title: str, header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write one sheet: the library makes the book, we its cells, in a fifth of the time and always the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _NO_TIME})
    sheet = book.add_worksheet(title)
    sheet.set_column(0, len(header) - 1, 20, book.add_format({"num_format": "@"}))
    sheet.freeze_panes(1, 0)
    book.close()
    lines = [_line(number, row) for number, row in enumerate((header, *rows), start=1)]
    return _with_cells(buffer, "".join(lines))


def _line(number: int, row: Sequence[str | int]) -> str:
    """One row as the sheet keeps it: text as text (style 1), numbers as numbers, nothing for empty text."""
    cells = [
        f'<c r="{letter}{number}"><v>{cell}</v></c>'
        if isinstance(cell, int)
        else f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t xml:space="preserve">{_safe(cell)}</t></is></c>'
        for letter, cell in zip(_LETTERS, row, strict=False)
        if cell != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _safe(text: str) -> str:
    """Text that XML can hold: signs escaped, control signs left out."""
    return escape(_CONTROL.sub("", text))


def _with_cells(book: io.BytesIO, rows: str) -> bytes:
    """The book with these rows in its one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData/>", f"<sheetData>{rows}</sheetData>".encode())
            new.writestr(zipfile.ZipInfo(entry.filename, _NO_TIME.timetuple()[:6]), content, zipfile.ZIP_DEFLATED, 3)
    return out.getvalue()


def read_template(content: bytes) -> tuple[Proposed, ...]:
    """Read a bulk template back, as the branch office reads it. Refused: a missing column or a cell of another kind."""
    table = _table(content)
    if not table or tuple(_text(cell) for cell in table[0][1]) != COLUMNS:
        raise Refused("templat_berbeda", f"Lembar {SHEET} harus berisi kolom {', '.join(COLUMNS)}.")
    return tuple(_proposed(line, row) for line, row in table[1:])


def _proposed(line: int, row: Sequence[Cell]) -> Proposed:
    cells = dict(zip(COLUMNS, row, strict=True))
    nik, born, income, months = (cells[name] for name in ("NOMOR_IDENTITAS", "TGL_LAHIR", "UPAH", "BULAN_IURAN"))
    day = _day(born)
    if not isinstance(nik, str) or day is None or not isinstance(income, float) or not isinstance(months, float):
        raise Refused("templat_berbeda", f"Baris {line}: NIK harus teks, tanggal dd-mm-yyyy, upah dan bulan angka.")
    phone, email, job, second, place = (_text(cells[name]) for name in COLUMNS[3:8])
    name, package = _text(cells["NAMA_LENGKAP"]), _text(cells["KODE_PAKET"])
    return Proposed(nik, name, day, phone, email, job, second, place, int(income), package, int(months))


def read_answer(content: bytes) -> Answer:
    """Read the answer of BPJS (xlsx or csv). Refused: no table in it, or no column for the NIK or for the answer."""
    table = _table(content)
    header = {_key(cell): place for place, cell in enumerate(table[0][1])} if table else {}
    where = {name: next((header[one] for one in names if one in header), -1) for name, names in _ALIASES.items()}
    if where["NOMOR_IDENTITAS"] < 0 or (where["KPJ"] < 0 and where["STATUS"] < 0):
        raise Refused("jawaban_tidak_dikenal", "Jawaban BPJS harus mempunyai kolom NIK dan kolom KPJ atau STATUS.")
    rows: list[AnswerRow] = []
    parked: list[Parked] = []
    for line, cells in table[1:]:
        got = {name: cells[place] if 0 <= place < len(cells) else "" for name, place in where.items()}
        if not any(_text(cell) for cell in cells):
            continue
        one = _answer_row(line, got)
        (rows if isinstance(one, AnswerRow) else parked).append(one)  # type: ignore[arg-type]
    kept, doubled = _once(rows)
    return Answer(kept, tuple(sorted((*parked, *doubled), key=lambda one: one.line)))


def _answer_row(line: int, got: dict[str, Cell]) -> AnswerRow | Parked:
    nik = _text(got["NOMOR_IDENTITAS"])
    if isinstance(got["NOMOR_IDENTITAS"], float):
        return Parked(line, nik, "NIK tersimpan sebagai angka, digit terakhirnya tidak dapat dipercaya")
    if niks.check(nik) is None:
        return Parked(line, nik, "NIK bukan 16 digit yang sah")
    nik, kpj, reason = niks.digits_of(nik), _text(got["KPJ"]), _text(got["KETERANGAN"])
    status = _text(got["STATUS"]).upper() or (ISSUED if kpj else REFUSED if reason else "")
    if status == REFUSED:
        return AnswerRow(line, nik, REFUSED, reason=reason) if reason else Parked(line, nik, "ditolak tanpa alasan")
    if status == ACCEPTED and not kpj:
        return AnswerRow(line, nik, ACCEPTED)
    if status not in (ACCEPTED, ISSUED):
        return Parked(line, nik, f"status tidak dikenal: {status or '(kosong)'}")
    if _NUMBER.fullmatch(kpj) is None:
        return Parked(line, nik, f"KPJ bukan 11 digit: {kpj or '(kosong)'}")
    day = _day(got["TGL_TERBIT"])
    if day is None:
        return Parked(line, nik, "tanggal terbit nomor tidak ada atau tidak terbaca")
    return AnswerRow(line, nik, ISSUED, kpj, day)


def _once(rows: Sequence[AnswerRow]) -> tuple[tuple[AnswerRow, ...], tuple[Parked, ...]]:
    """Keep one row a person and a number; equal repeats are left aside, rows that differ are all left aside."""
    seen: dict[str, list[AnswerRow]] = {}
    owners: dict[str, set[str]] = {}
    for row in rows:
        seen.setdefault(row.nik, []).append(row)
        owners.setdefault(row.kpj, set()).add(row.nik)
    kept: list[AnswerRow] = []
    parked: list[Parked] = []
    for same in seen.values():
        first = same[0]
        if any((one.status, one.kpj, one.issued_on) != (first.status, first.kpj, first.issued_on) for one in same):
            parked.extend(Parked(one.line, one.nik, "NIK berulang dengan jawaban yang berbeda") for one in same)
        elif first.kpj and len(owners[first.kpj]) > 1:
            parked.extend(Parked(one.line, one.nik, f"KPJ {one.kpj} diberikan kepada dua orang") for one in same)
        else:
            kept.append(first)
            parked.extend(Parked(one.line, one.nik, f"baris berulang dari baris {first.line}") for one in same[1:])
    return tuple(kept), tuple(parked)


def _table(content: bytes) -> list[tuple[int, Sequence[Cell]]]:
    """Give the rows with the line that a person sees, from the first sheet of a workbook or from a csv."""
    if content.startswith(b"PK\x03\x04"):
        try:
            rows: Iterable[Sequence[Cell]] = (
                CalamineWorkbook.from_filelike(io.BytesIO(content))
                .get_sheet_by_index(0)
                .to_python(skip_empty_area=False)
            )
        except (CalamineError, OSError, ValueError) as problem:
            raise Refused("jawaban_tidak_terbaca", "Berkas ini bukan lembar kerja yang dapat dibuka.") from problem
        return list(enumerate(rows, start=1))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused("jawaban_tidak_terbaca", "Berkas ini bukan lembar kerja dan bukan CSV UTF-8.") from problem
    if "\x00" in text:
        raise Refused("jawaban_tidak_terbaca", "Berkas ini bukan lembar kerja dan bukan CSV UTF-8.")
    first = text.split("\n", 1)[0]
    return list(enumerate(csv.reader(text.splitlines(), delimiter=max(";,\t", key=first.count)), start=1))


def _key(cell: Cell) -> str:
    return re.sub(r"[^A-Z]+", "_", _text(cell).upper()).strip("_")


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return "" if cell is None else str(cell).strip()


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(_text(cell), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
