"""Opening the files of a pile of lists: bytes to sheets, whatever the encoding, with errors as values."""

import gc
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter.utility import xl_rowcol_to_cell

from lopo.jobs.formulas import formulas_without_value
from lopo.jobs.ods_formulas import formulas_of_ods
from lopo.jobs.opening import MOST_CELLS, Unreadable, check_old_workbook, check_workbook, too_wide
from lopo.jobs.texts import text_sheet
from lopo.targeting.batch.headers import Remembered
from lopo.targeting.batch.layout import read_sheet
from lopo.targeting.batch.lists import Cell, ParsedList, ParsedSheet, Problem, Sheet

Formulas = Mapping[tuple[int, int], str]
"""The text of formulas by row and column, counted from 0."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NAMED = 5  # cells that a sentence names one by one
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let the search for circular garbage rest: millions of cells hold none, and looking costs half of the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file with lines as a person sees them.

    Raises Unreadable for an empty file, a locked one, one that is no spreadsheet, or one too large to hold.
    """
    if not content.strip(b"\x00\t\r\n "):
        raise Unreadable("berkas_kosong", "Berkas kosong.")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Unreadable("terkunci_sandi", "Berkas terkunci kata sandi; kirim ulang tanpa sandi.")
    if content.startswith((_OLE, _ZIP)):
        return _workbook(name, content)
    return (text_sheet(name, content),)


def _workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an xlsx, xls or ods that have at least one filled cell."""
    try:
        if content.startswith(_ZIP):
            check_workbook(content)
        else:
            check_old_workbook(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in book.sheet_names]
        formulas = formulas_without_value(content) or formulas_of_ods(content) if content.startswith(_ZIP) else {}
    except PasswordError as error:
        raise Unreadable("terkunci_sandi", "Berkas terkunci kata sandi; kirim ulang tanpa sandi.") from error
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("bukan_lembar_kerja", "Berkas bukan lembar kerja yang dapat dibuka.") from error
    sheets = [_sheet(name, title, rows, formulas.get(title, {})) for title, rows in found]
    filled = tuple(sheet for sheet in sheets if any(cell not in ("", None) for row in sheet.rows for cell in row))
    if not filled:
        raise Unreadable("berkas_kosong", "Tidak ada sel yang terisi di lembar mana pun.")
    return filled


def _sheet(name: str, title: str, rows: Sequence[Sequence[Cell]], formulas: Formulas) -> Sheet:
    """A sheet whose first row is line 1, as calamine gives it with the empty area kept, with the text of `formulas`."""
    whole = _with_formulas(rows, formulas) if formulas else rows
    named = tuple(xl_rowcol_to_cell(*place) for place in sorted(formulas))
    return Sheet(name, title, tuple(range(1, len(whole) + 1)), tuple(tuple(row) for row in whole), named)


def _with_formulas(rows: Sequence[Sequence[Cell]], formulas: Formulas) -> Sequence[Sequence[Cell]]:
    """The rows with the text of the formulas. Raises Unreadable where these say that they stand too far apart."""
    spanned = (1 + max(row for row, _ in formulas)) * (1 + max(column for _, column in formulas))
    if spanned > MOST_CELLS:
        raise Unreadable("lembar_terlalu_luas", too_wide(spanned))
    whole: list[list[Cell]] = [list(row) for row in rows]
    for (row, column), text in formulas.items():
        whole.extend([] for _ in range(len(whole), row + 1))
        cells = whole[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text
    return whole


def _formulas_told(sheet: Sheet) -> Problem:
    more = f" dan {len(sheet.formulas) - _NAMED} sel lain" if len(sheet.formulas) > _NAMED else ""
    sentence = (
        f"Sel {', '.join(sheet.formulas[:_NAMED])}{more} berisi rumus tanpa nilai; teks rumusnya disimpan, tidak"
        " dihitung. Simpan sekali lagi dari program lembar kerja, lalu kirim ulang."
    )
    return Problem(sheet.file, "rumus_tanpa_nilai", sentence, sheet.sheet)


def parse_list(name: str, content: bytes, remembered: Mapping[str, Remembered] | None = None) -> ParsedList:
    """Open and understand one file; never raises for bad content, see ParsedList.problems.

    `remembered` are the readings that officers have shown for this sender.
    """
    digest = hashlib.sha256(content).hexdigest()
    with collector_paused():
        try:
            sheets = open_sheets(name, content)
        except Unreadable as error:
            return ParsedList(name, digest, problems=(Problem(name, error.code, error.sentence),))
        return understood(name, digest, sheets, remembered)


def understood(
    name: str, digest: str, sheets: Sequence[Sheet], remembered: Mapping[str, Remembered] | None = None
) -> ParsedList:
    """What the sheets of a file say."""
    parsed: list[ParsedSheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        one, found = read_sheet(sheet, remembered)
        parsed.append(one)
        problems.extend(found)
        if sheet.formulas:
            problems.append(_formulas_told(sheet))
    return ParsedList(name, digest, tuple(parsed), tuple(problems))


def _seen_before(one: ParsedList, earlier: str) -> ParsedList:
    """The list with the note that its content came already under another name."""
    again = Problem(one.file, "berkas_sama", f"Isinya sama dengan {earlier}; barisnya menjadi ganda.")
    return replace(one, problems=(*one.problems, again))


def list_files(folder: Path, leave_out: Path | None = None) -> tuple[Path, ...]:
    """Files under `folder` in the order of their names, without hidden and lock files, without those in `leave_out`."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith((".", "~$")))
    return tuple(path for path in found if leave_out is None or not path.resolve().is_relative_to(leave_out.resolve()))


def read_lists(folder: Path, leave_out: Path | None = None) -> tuple[ParsedList, ...]:
    """All files under `folder` but those in `leave_out`, read; see `each_list`."""
    return tuple(each_list(folder, leave_out))


def each_list(folder: Path, leave_out: Path | None = None) -> Iterator[ParsedList]:
    """The lists under `folder` one after the other, so that a pile need never be held whole.

    Names are posix paths relative to `folder`, in their order. A file of another kind than a spreadsheet comes back
    with a problem, so that nothing is passed over in silence.
    """
    first: dict[str, str] = {}
    for path in list_files(folder, leave_out):
        one = parse_list(path.relative_to(folder).as_posix(), path.read_bytes())
        earlier = first.setdefault(one.sha256, one.file)
        yield one if earlier == one.file else _seen_before(one, earlier)
