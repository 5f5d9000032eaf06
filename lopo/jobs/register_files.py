"""Reads register files (CSV) and hands them whole to the people room, or refuses them whole."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from lopo.basics.refusal import Refused
from lopo.people.actions import Loaded
from lopo.people.actions import load_register as load
from lopo.people.loading import storable
from lopo.people.registers import LAYOUTS, Provenance, RegisterColumn
from lopo.staff.queries import Officer

Progress = Callable[[int, int, str], None]

KIND_OF_FILE = {
    "dukcapil_keluarga": "penduduk", "dukcapil_kematian": "kematian", "dukcapil_pindah": "pindah",
    "asn_tni_polri": "asn", "bpjs_aktif": "bpjs", "dtsen_desil": "desil",
}  # fmt: skip
"""What a register file is by its name without suffix; deaths of a half year add `_2025_semester_2`."""

_HALF_YEAR = re.compile(r"^(dukcapil_kematian)_(\d{4})_semester_([12])$")
_DELIMITERS = ",;\t"


def kind_and_part(path: Path) -> tuple[str, str] | None:
    """Give kind and part of a register file by its name, None for a name that is no register's."""
    if half := _HALF_YEAR.match(path.stem):
        return KIND_OF_FILE[half[1]], f"{half[2]}-{half[3]}"
    kind = KIND_OF_FILE.get(path.stem)
    return None if kind is None else (kind, "")


def load_file(*, by: Officer, on: date, path: Path, as_of: date, agreement: str = "") -> Loaded:
    """Put one register file in force, whole or not at all; see `people.actions.load_register`.

    Refused: a file whose name is no register's, that is no text, lacks a column, or has a cell that cannot be read.
    """
    found = kind_and_part(path)
    if found is None:
        raise Refused("register_tidak_dikenal", f"Nama berkas {path.name} bukan nama register yang dikenal.")
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    provenance = Provenance(found[0], path.name, as_of, digest, part=found[1], agreement=agreement)
    return load(by=by, on=on, provenance=provenance, rows=prepared_rows(path.name, found[0], content))


def load_folder(
    *, by: Officer, on: date, folder: Path, as_of: date, progress: Progress, names: Sequence[str] = tuple(KIND_OF_FILE)
) -> tuple[Loaded, ...]:
    """Put the registers `names` (file names without suffix) of a folder in force, one after the other.

    Refused: the first file that is missing or unsound; those before it stay in force.
    """
    loaded: list[Loaded] = []
    for number, name in enumerate(names):
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise Refused("register_tidak_ada", f"Berkas register {path.name} tidak ada di map itu.")
        progress(number, len(names), path.name)
        loaded.append(load_file(by=by, on=on, path=path, as_of=as_of))
    progress(len(names), len(names), "selesai")
    return tuple(loaded)


def prepared_rows(file: str, kind: str, content: bytes) -> Iterator[tuple[object, ...]]:
    """Give the rows of a register as tuples in the order of its table's columns.

    Refused (before the first row): no text, no rows, a missing column, named. Refused (while reading): a row with more
    or fewer cells than the header, or a cell that is no day, no number, or empty where it must not be.
    """
    records = csv.reader(_text(file, content).splitlines(), delimiter=_delimiter(content))
    header = [name.strip().lower() for name in next(records, [])]
    columns = LAYOUTS[kind].columns
    if missing := [column.source for column in columns if column.source not in header]:
        raise Refused(
            "register_tidak_lengkap",
            f"Register {file} ditolak seluruhnya: kolom {', '.join(missing)} tidak ada. Tidak ada yang diubah.",
        )
    return _rows(file, records, columns, [header.index(column.source) for column in columns])


def _rows(
    file: str, records: Iterator[list[str]], columns: Sequence[RegisterColumn], places: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    width = max(places) + 1
    readers = [(place, _reader(column)) for place, column in zip(places, columns, strict=True)]
    for line, cells in enumerate(records, start=2):
        if not cells:
            continue
        if len(cells) < width:
            raise Refused(
                "register_rusak", f"Register {file} baris {line}: kurang dari {width} sel. Ditolak seluruhnya."
            )
        try:
            yield tuple([read(cells[place]) for place, read in readers])
        except ValueError as problem:
            raise Refused(
                "register_rusak", f"Register {file} baris {line}: {problem}. Ditolak seluruhnya."
            ) from problem


def _reader(column: RegisterColumn) -> Callable[[str], object]:
    """Give the function that reads a cell of this column; it raises ValueError with the column's name."""
    kinds: dict[str, Callable[[str], object]] = {"text": storable, "day": date.fromisoformat, "number": int}
    convert, empty = kinds[column.reads], "" if column.reads == "text" else None

    def read(cell: str) -> object:
        text = cell.strip()
        if not text:
            if column.needed:
                raise ValueError(f"kolom {column.source} kosong")
            return empty
        try:
            return convert(text)
        except ValueError as problem:
            raise ValueError(f"kolom {column.source} berisi {text[:40]!r}") from problem

    return read


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused("register_rusak", f"Register {file} bukan teks UTF-8. Tidak ada yang diubah.") from problem


def _delimiter(content: bytes) -> str:
    header = content.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(_DELIMITERS, key=header.count)
