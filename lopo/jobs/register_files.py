"""Reads register files and hands them whole to the people room, or refuses them whole."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from lopo.basics.refusal import Refused
from lopo.jobs import prepared
from lopo.jobs.register_cells import read_rows, register_tables
from lopo.jobs.village_registers import village_rows
from lopo.people.actions import Loaded, forget_register_file
from lopo.people.actions import load_register as load
from lopo.people.queries import register_file
from lopo.people.registers import EVERY, Provenance
from lopo.people.territory import check_territory
from lopo.staff.queries import Officer

Progress = Callable[[int, int, str], None]

KIND_OF_FILE = {
    "dukcapil_keluarga": "penduduk", "dukcapil_kematian": "kematian", "dukcapil_pindah": "pindah",
    "asn_tni_polri": "asn", "bpjs_aktif": "bpjs", "dtsen_desil": "desil",
}  # fmt: skip
"""What a register file is by its name without suffix; deaths of a half year add `_2025_semester_2`."""

_HALF_YEAR = re.compile(r"^(dukcapil_kematian)_(\d{4})_semester_([12])$")
_TOLD_EVERY = 2_000


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


def load_kept(*, by: Officer, on: date, file_id: uuid.UUID, provenance: Provenance, progress: Progress) -> Loaded:
    """Put an uploaded register in force, whole or not at all; its bytes are forgotten either way.

    `provenance.sha256` is worked out here. Refused: what `load_file` refuses, or a file that is gone.
    """
    found = register_file(file_id)
    if found is None:
        raise Refused("register_berkas_tidak_ada", "Berkas register ini sudah dibaca atau dihapus; unggah sekali lagi.")
    name, content = found
    told = replace(provenance, sha256=hashlib.sha256(content).hexdigest())
    try:
        check_territory(told)
        count, left = _checked(name, told, content, progress)
        progress(count, count, f"memuat {count} baris")
        rows = (row for row in _rows(name, told, content) if row is not None)
        loaded = load(by=by, on=on, provenance=replace(told, left_out=left), rows=rows)
    except Refused:
        forget_register_file(by=by, on=on, file_id=file_id)
        raise
    forget_register_file(by=by, on=on, file_id=file_id)
    prepared.forget()
    return loaded


def _rows(name: str, told: Provenance, content: bytes) -> Iterator[tuple[object, ...] | None]:
    """The rows of the register; None for somebody whom a village calls dead, moved or gone."""
    if told.territory:
        return village_rows(name, content, told.territory)
    return iter(prepared_rows(name, told.kind, content))


def _checked(name: str, told: Provenance, content: bytes, progress: Progress) -> tuple[int, int]:
    """Read every row once before anything is changed, and give their number and how many are left out."""
    about, count, left = content.count(b"\n"), 0, 0
    for count, row in enumerate(_rows(name, told, content), start=1):
        left += row is None
        if count % _TOLD_EVERY == 0:
            progress(count, max(about, count + 1), "memeriksa baris")
    return count, left


def prepared_rows(file: str, kind: str, content: bytes) -> Iterator[tuple[object, ...]]:
    """Give the rows of a register as tuples in the order of its table's columns.

    Refused (before the first row): no table, a missing column, named. Refused (while reading): a row with fewer cells
    than the head, or a cell that is no day, no number, or empty where it must not be.
    """
    layout = EVERY.get(kind)
    if layout is None:
        raise Refused("register_tidak_dikenal", f"Jenis register {kind} tidak dikenal.")
    tables = register_tables(file, layout, content)
    return chain.from_iterable(read_rows(file, layout, table) for table in tables)
