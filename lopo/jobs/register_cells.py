"""Opens a register as offices hand it over (csv, xlsx, xls, ods): finds the head of the table and reads each cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from lopo.basics.nik import EXACT_INTEGERS_UNTIL, digits_of
from lopo.basics.refusal import Refused
from lopo.jobs.opening import Unreadable
from lopo.jobs.sheets import open_sheets
from lopo.jobs.texts import decoded
from lopo.people.loading import storable
from lopo.people.registers import RegisterColumn, RegisterLayout, title_of
from lopo.targeting.batch.lists import Cell

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS = ",;\t|"
_HEAD_WITHIN = 20
_WHOLE_NIK, _CUT_FROM = 16, 10**15
_LOCAL_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NO_DAY = ("0000-00-00", "00-00-0000", "00/00/0000")
_SEXES = {"L": "L", "P": "P", "1": "L", "2": "P", "LK": "L", "PR": "P", "LAKI-LAKI": "L", "LAKI LAKI": "L",
          "PEREMPUAN": "P"}  # fmt: skip
_VILLAGE_DIGITS = 10
_NOTHING = "Ditolak seluruhnya, tidak ada yang diubah."


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One table in a register file: where its head stands, where each column of the register is in it (None: absent).

    `rows` gives line number and cells of all rows under the head, from the start each time it is called.
    """

    label: str
    places: tuple[int | None, ...]
    rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]


def register_tables(file: str, layout: RegisterLayout, content: bytes) -> tuple[RegisterTable, ...]:
    """Give every table of the file that has all columns of the register.

    Refused: a file that cannot be opened, or in which no table has them; what is missing is named.
    """
    try:
        sheets = _sheets(file, content)
    except Unreadable as problem:
        raise Refused("register_rusak", f"Register {file}: {problem.sentence} {_NOTHING}") from problem
    found: list[RegisterTable] = []
    nearest: list[str] = [column.source for column in layout.columns if not column.may_lack]
    for label, rows in sheets:
        head, places, missing = _head(layout, rows())
        if not missing:
            found.append(RegisterTable(label, places, _under(rows, head)))
        elif len(missing) < len(nearest):
            nearest = missing
    if not found:
        raise Refused(
            "register_tidak_lengkap",
            f"Register {file} ditolak seluruhnya: kolom {', '.join(nearest)} tidak ada. Beri judul kolom itu di baris"
            " kepala tabel, lalu unggah lagi. Tidak ada yang diubah.",
        )
    return tuple(found)


def read_rows(file: str, layout: RegisterLayout, table: RegisterTable) -> Iterator[tuple[object, ...]]:
    """Give the rows of one table as tuples in the order of the register's columns; empty rows are passed over.

    Refused: a row with fewer cells than its head, or a cell that cannot be read, with row, cell and what to do.
    """
    width = max(place for place in table.places if place is not None) + 1
    readers = [(place, column, _reader(column)) for place, column in zip(table.places, layout.columns, strict=True)]
    where = f"Register {file}{table.label}"
    for line, cells in table.rows():
        if not any(cells):
            continue
        if len(cells) < width:
            raise Refused("register_rusak", f"{where} baris {line}: kurang dari {width} sel. {_NOTHING}")
        row: list[object] = []
        for place, column, read in readers:
            try:
                row.append(read("" if place is None else cells[place]))
            except ValueError as problem:
                cell = f"sel {_letters(place or 0)}{line}"
                raise Refused(
                    "register_rusak", f"{where} baris {line}: kolom {column.source} {problem} ({cell}). {_NOTHING}"
                ) from problem
        yield tuple(row)


def _sheets(file: str, content: bytes) -> list[tuple[str, Callable[[], Iterator[tuple[int, Sequence[Cell]]]]]]:
    """Give each sheet with its label and a way to go through its lines."""
    if content.startswith(_WORKBOOKS):
        opened = open_sheets(file, content)
        return [(f" lembar {one.sheet}" if len(opened) > 1 else "", _pairs(one.lines, one.rows)) for one in opened]
    text = decoded(content)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)

    def lines() -> Iterator[tuple[int, Sequence[Cell]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return ((reader.line_num, cells) for cells in reader)

    return [("", lines)]


def _pairs(lines: Sequence[int], rows: Sequence[Sequence[Cell]]) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    return lambda: iter(zip(lines, rows, strict=True))


def _under(
    rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]], head: int
) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
    return lambda: islice(rows(), head + 1, None)


def _head(
    layout: RegisterLayout, rows: Iterable[tuple[int, Sequence[Cell]]]
) -> tuple[int, tuple[int | None, ...], list[str]]:
    """Give which row is the head, where the columns stand in it, and what the fullest head still lacks."""
    best: tuple[int, tuple[int | None, ...], list[str]] = (0, (), [column.source for column in layout.columns])
    for at, (_line, cells) in enumerate(islice(rows, _HEAD_WITHIN)):
        titles = [title_of(cell) if isinstance(cell, str) else "" for cell in cells]
        places = tuple(_place(column, titles) for column in layout.columns)
        missing = [
            column.source
            for column, place in zip(layout.columns, places, strict=True)
            if place is None and not column.may_lack
        ]
        if len(missing) < len(best[2]):
            best = (at, places, missing)
        if not missing:
            break
    return best


def _place(column: RegisterColumn, titles: Sequence[str]) -> int | None:
    """Where the column stands: under its own name, else under the first other name that is there."""
    return next((titles.index(name) for name in (column.source, *column.names) if name in titles), None)


def _reader(column: RegisterColumn) -> Callable[[Cell], object]:
    """Give the function that reads a cell of this column; it raises ValueError with what is wrong and what to do."""
    convert = {"text": text_in, "nik": _nik, "day": day_in, "number": _number, "sex": _sex, "area": _area}[column.reads]
    empty = None if column.reads in ("day", "number") else ""

    def read(cell: Cell) -> object:
        if cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()):
            if column.needed:
                raise ValueError("kosong; isi lalu unggah lagi")
            return empty
        value = convert(cell)
        if value is None and column.needed:
            raise ValueError("kosong; isi lalu unggah lagi")
        if column.longest and isinstance(value, str) and len(value) > column.longest:
            raise ValueError(f"lebih panjang dari {column.longest} huruf; perbaiki lalu unggah lagi")
        return value

    return read


def text_in(cell: Cell) -> str:
    """Give a cell as text: a whole number without its point, a day as year-month-day."""
    if isinstance(cell, str):
        return storable(cell.strip())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _nik(cell: Cell) -> str:
    """A long number as text; dots, spaces and apostrophes go where 16 digits remain."""
    if isinstance(cell, int | float) and cell >= _CUT_FROM and (int(cell) % 10 == 0 or cell > EXACT_INTEGERS_UNTIL):
        raise ValueError(
            "berupa angka, sehingga angka ke-16 mungkin hilang; ubah kolomnya menjadi teks dan isi ulang dari sumbernya"
        )
    text = text_in(cell)
    if len(text) == _WHOLE_NIK:
        return text
    digits = digits_of(text)
    return digits if len(digits) == _WHOLE_NIK else text


def day_in(cell: Cell) -> date | None:
    """Give the day of a cell, None for the zeros that mean none. ValueError where it is no day."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = cell.strip() if isinstance(cell, str) else text_in(cell)
    if text in _NO_DAY:
        return None
    try:
        if found := _LOCAL_DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10] if text[10:11] in ("", " ", "T") else text)
    except ValueError as problem:
        raise ValueError(f"berisi {text[:40]!r}; tulis tahun-bulan-hari, misalnya 1985-06-30") from problem


def _number(cell: Cell) -> int:
    text = text_in(cell)
    try:
        number = int(text)
    except ValueError as problem:
        raise ValueError(f"berisi {text[:40]!r}; tulis angka bulat") from problem
    if not 0 <= number < 1000:  # an odd decile is kept and counted; this is none
        raise ValueError(f"berisi {text[:40]!r}; tulis angka yang mungkin")
    return number


def _sex(cell: Cell) -> str:
    text = text_in(cell)
    if text.upper() not in _SEXES:
        raise ValueError(f"berisi {text[:40]!r}; tulis L atau P")
    return _SEXES[text.upper()]


def _area(cell: Cell) -> str:
    """The code of a kelurahan with its dots: 5371041010 is 53.71.04.1010."""
    text = text_in(cell)
    digits = digits_of(text)
    if "." in text or len(digits) != _VILLAGE_DIGITS:
        return text
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def _letters(place: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
