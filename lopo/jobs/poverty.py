"""Reads a table of poor people by kecamatan (csv, xlsx, xls, ods), and names each cell that cannot be understood."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from lopo.basics.area import KECAMATAN
from lopo.basics.refusal import Refused
from lopo.jobs.register_cells import RegisterTable, register_tables
from lopo.people.actions import forget_register_file
from lopo.people.poverty import POVERTY, PovertyNumbers, keep_poverty, use_poverty
from lopo.people.queries import register_file
from lopo.staff.queries import Officer, officer
from lopo.targeting.batch.lists import Cell

_CODES: Final = {one.code.replace(".", ""): one.code for one in KECAMATAN}
_NAMES: Final = {one.name.lower(): one.code for one in KECAMATAN}
_BEFORE: Final = re.compile(r"^kec(amatan)?[.\s]+", re.IGNORECASE)
_MOST_TOLD: Final = 12
_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")

_TWICE: Final = Refused("kecamatan_ganda", "Kecamatan ini sudah ada di baris lain.")
_OTHER_YEAR: Final = Refused("tahun_lain", "Satu berkas hanya untuk satu tahun.")
_OTHER_SOURCE: Final = Refused("sumber_lain", "Satu berkas hanya dari satu sumber.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be understood: its line (0: the file as a whole), its place in the sheet, what to do."""

    line: int
    cell: str
    words: str

    def text(self) -> str:
        """The place and what is wrong there, as one sentence."""
        return f"Baris {self.line}, sel {self.cell}: {self.words}" if self.line else self.words


@dataclass(frozen=True, slots=True)
class PovertyRead:
    """What a file says, None where anything in it is wrong; then `problems` name every such cell."""

    numbers: PovertyNumbers | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    line: int
    code: str
    year: int
    people: int
    source: str


def read_poverty(file: str, content: bytes) -> PovertyRead:
    """Read the first table of the file that has the four columns. Refused: no such table, or no file of a table."""
    table = register_tables(file, POVERTY, content)[0]
    lines: list[_Line] = []
    problems: list[Problem] = []
    for line, cells in table.rows():
        if any(str(cell).strip() for cell in cells if cell is not None):
            found, wrong = _line(table, line, cells)
            lines += [found] if found else []
            problems += wrong
    problems += _together(table, lines) if not problems else []
    if problems or not lines:
        empty = Refused("angka_miskin_kosong", "Tabel ini tidak berisi baris.")
        return PovertyRead(None, tuple(problems) or (Problem(0, "", empty.sentence),))
    people = {one.code: one.people for one in lines}
    return PovertyRead(PovertyNumbers(lines[0].year, lines[0].source, people), ())


def take_poverty(*, by: Officer, on: date, file: str, content: bytes) -> int:
    """Keep the numbers of a file as an edition; give its id. Refused: whatever is wrong in it, cell by cell."""
    read = read_poverty(file, content)
    if read.numbers is None:
        told = " ".join(one.text() for one in read.problems[:_MOST_TOLD])
        raise Refused("angka_miskin_salah", f"Tidak ada yang dimuat dari {file}. {told}")
    sha256 = hashlib.sha256(content).hexdigest()
    return keep_poverty(by=by, on=on, numbers=read.numbers, file=file, sha256=sha256)


def take_kept_poverty(*, by: Officer, on: date, file_id: uuid.UUID) -> int:
    """Keep the numbers of an uploaded file as an edition; its bytes are forgotten either way. Refused: as above."""
    found = register_file(file_id)
    if found is None:
        raise Refused("register_berkas_tidak_ada", "Berkas ini sudah dibaca atau dihapus; unggah sekali lagi.")
    try:
        return take_poverty(by=by, on=on, file=found[0], content=found[1])
    finally:
        forget_register_file(by=by, on=on, file_id=file_id)


def _line(table: RegisterTable, line: int, cells: Sequence[Cell]) -> tuple[_Line | None, list[Problem]]:
    readers: tuple[Callable[[str], object], ...] = (_area, _year, _whole, _source)
    values: list[object] = []
    problems: list[Problem] = []
    for place, read in zip(table.places, readers, strict=True):
        at = place or 0
        text = _text(cells[at]) if at < len(cells) else ""
        try:
            values.append(read(text))
        except Refused as refusal:
            problems.append(Problem(line, f"{xl_col_to_name(at)}{line}", refusal.sentence))
    if problems:
        return None, problems
    code, year, people, source = values
    return _Line(line, str(code), int(str(year)), int(str(people)), str(source)), []


def _together(table: RegisterTable, lines: Sequence[_Line]) -> list[Problem]:
    """Say what is wrong between the rows: a kecamatan twice, another year or source, a kecamatan that is missing."""
    places = [xl_col_to_name(place or 0) for place in table.places]
    told: list[Problem] = []
    seen: set[str] = set()
    for one in lines:
        wrong = ((0, one.code in seen, _TWICE), (1, one.year != lines[0].year, _OTHER_YEAR),
                 (3, one.source != lines[0].source, _OTHER_SOURCE))  # fmt: skip
        told += [Problem(one.line, f"{places[at]}{one.line}", why.sentence) for at, so, why in wrong if so]
        seen.add(one.code)
    missing = [one.name for one in KECAMATAN if one.code not in seen]
    if lines and missing:
        told.append(Problem(0, "", Refused("kecamatan_kurang", f"Belum ada barisnya: {', '.join(missing)}.").sentence))
    return told


def _text(cell: Cell) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole and isinstance(cell, float) else cell).strip()


def _area(text: str) -> str:
    code = _CODES.get(text.replace(".", "")) or _NAMES.get(_BEFORE.sub("", text).lower())
    if code is None:
        raise Refused(
            "kecamatan_tidak_dikenal",
            f"Kecamatan {text[:40]!r} tidak dikenal; tulis nama atau kodenya, misalnya Oebobo atau 53.71.04.",
        )
    return code


def _year(text: str) -> int:
    if not re.fullmatch(r"20\d\d", text):
        raise Refused(
            "tahun_tidak_terbaca", f"Tahun {text[:40]!r} tidak terbaca; tulis empat angka, misalnya 2025."
        )  # fmt: skip
    return int(text)


def _whole(text: str) -> int:
    plain = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
    if not re.fullmatch(r"\d{1,8}", plain):
        raise Refused(
            "jumlah_tidak_terbaca", f"Jumlah {text[:40]!r} tidak terbaca; tulis angka bulat, misalnya 5120."
        )  # fmt: skip
    return int(plain)


def _source(text: str) -> str:
    if not text:
        raise Refused("sumber_kosong", "Sumber kosong; tulis siapa yang mengatakan angka ini dan kapan.")
    return text


def main(words: Sequence[str], *, on: date) -> int:
    """Load a file from the command line; with `--use` its numbers are in force at once."""
    chosen = parser().parse_args(words)
    path = Path(chosen.file)
    try:
        by = officer(chosen.by)
        made = take_poverty(by=by, on=on, file=path.name, content=path.read_bytes())
        if chosen.use:
            use_poverty(by=by, on=on, edition_id=made)
    except (Refused, OSError) as problem:
        sys.stderr.write(f"lopo: {problem}\n")
        return 2
    sys.stdout.write(f"edisi {made}{', berlaku' if chosen.use else ''}\n")
    return 0


def parser() -> argparse.ArgumentParser:
    """Give what `lopo poverty` understands."""
    made = argparse.ArgumentParser(prog="lopo poverty", description="Load poor people by kecamatan from a table.")
    made.add_argument("file", help="csv, xlsx, xls or ods with kecamatan, tahun, penduduk_miskin, sumber")
    made.add_argument("--by", required=True, help="user name of the officer who loads it")
    made.add_argument("--use", action="store_true", help="put the numbers in force at once")
    return made
