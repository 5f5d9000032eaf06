"""Reads what the village software OpenSID and OpenDK exports as the population register of one village."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lopo.basics.area import PROVINCES
from lopo.basics.refusal import Refused
from lopo.jobs.opening import Unreadable, is_archive, unpack
from lopo.jobs.register_cells import read_rows, register_tables
from lopo.people.registers import LAYOUTS, RegisterColumn, RegisterLayout
from lopo.targeting.batch.opensid import left_village, relation_word

POPULATION: Final = "penduduk"
_OFFICIAL = LAYOUTS[POPULATION]
_NO_NUMBER: Final = ("", "0", "-")


def _as_a_village_writes(column: RegisterColumn) -> RegisterColumn:
    """A village has people without number or family card, and rarely says which village it is."""
    if column.target in ("nik", "no_kk"):
        return replace(column, needed=False)
    if column.target == "area_code":
        return replace(column, needed=False, may_lack=True)
    return column


_STATE: Final = RegisterColumn("status_dasar", "state", longest=30, may_lack=True)
VILLAGE: Final = RegisterLayout(
    POPULATION, _OFFICIAL.title, _OFFICIAL.table, (*map(_as_a_village_writes, _OFFICIAL.columns), _STATE)
)
_AT = {name: place for place, name in enumerate(VILLAGE.targets)}


def village_rows(file: str, content: bytes, village: str) -> Iterator[tuple[object, ...] | None]:
    """Give the residents of the village as tuples in the order of the population register; None for who left or died.

    Codes become words, NIK `0` becomes none, and every row gets the code of the village. Refused: a file that is no
    population register, a cell that cannot be read, or a row of another village.
    """
    for name, part in _files(file, content):
        for table in register_tables(name, VILLAGE, part):
            for number, row in enumerate(read_rows(name, VILLAGE, table), start=1):
                yield _resident(name, number, row, village)


def _files(file: str, content: bytes) -> Sequence[tuple[str, bytes]]:
    """The workbooks in a zip, or the file itself. Refused: a zip with a file that may not be opened."""
    if not is_archive(content):
        return ((file, content),)
    try:
        inside = unpack(file, content)
    except Unreadable as problem:
        raise Refused("register_rusak", f"Register {file}: {problem.sentence} Tidak ada yang diubah.") from problem
    if inside.refused:
        name, _code, why = inside.refused[0]
        raise Refused("register_rusak", f"Register {file}: {name}: {why} Tidak ada yang diubah.")
    return inside.files


def _resident(file: str, number: int, row: tuple[object, ...], village: str) -> tuple[object, ...] | None:
    """One resident of the village, None for somebody who is no longer one."""
    if left_village(str(row[_AT["state"]])):
        return None
    told = list(row[: len(_OFFICIAL.columns)])
    stated = str(told[_AT["area_code"]])
    if stated != village and stated[:2] in PROVINCES:
        raise Refused(
            "register_desa_lain",
            f"Register {file} orang ke-{number} tinggal di wilayah {stated}, bukan di {village} yang dipilih."
            " Tidak ada yang diubah.",
        )
    told[_AT["area_code"]] = village
    told[_AT["relation"]] = relation_word(str(told[_AT["relation"]]))
    for column in ("nik", "no_kk"):
        if str(told[_AT[column]]) in _NO_NUMBER:
            told[_AT[column]] = ""
    return tuple(told)
