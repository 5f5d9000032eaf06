"""Guessing how an unknown sheet is to be read: by words within its titles and by the shape of what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lopo.targeting.batch.headers import SEARCHED_ROWS, Header, find_header, header_word, meanings_of
from lopo.targeting.batch.layout import row_maker
from lopo.targeting.batch.lists import Cell, Column, Row

_WORD_MEANS = (
    ("IBU", "nama_ibu"), ("KELAMIN", "jenis_kelamin"), ("KK", "no_kk"), ("KELUARGA", "no_kk"), ("NIK", "nik"),
    ("KTP", "nik"), ("IDENTITAS", "nik"), ("LAHIR", "tgl_lahir"), ("LHR", "tgl_lahir"), ("KERJA", "pekerjaan"),
    ("USAHA", "pekerjaan"), ("PROFESI", "pekerjaan"), ("HP", "hp"), ("TELEPON", "hp"), ("TELP", "hp"), ("WA", "hp"),
    ("KELURAHAN", "kelurahan"), ("DESA", "kelurahan"), ("ALAMAT", "alamat"), ("HASIL", "penghasilan"),
    ("UPAH", "penghasilan"), ("NAMA", "nama"), ("ORANG", "nama"), ("PEKERJA", "nama"), ("KET", "keterangan"),
)  # fmt: skip
_SHAPES = (
    ("nik", re.compile(r"^'?\d{6}[ .]?\d{6}[ .]?\d{3,4}$")),
    ("hp", re.compile(r"^(\+?62|0)8\d[\d -]{6,12}$")),
    ("tgl_lahir", re.compile(r"^(\d{1,4}[-/. ]([A-Za-z]{3,9}|\d{1,2})[-/. ]\d{2,4}|.*,\s*\d{1,2}[-/. ].{2,})$")),
    ("jenis_kelamin", re.compile(r"^(L|P|LK|PR|LAKI.?LAKI|PEREMPUAN|PRIA|WANITA)$", re.IGNORECASE)),
    ("nama", re.compile(r"^[A-Za-z.,'’ ]+ [A-Za-z.,'’ ]+$")),
)
_MOSTLY = 0.6  # share of filled cells that must have a shape
_BELOW = 40


@dataclass(frozen=True, slots=True)
class Guess:
    """The line of the header (0: none) and, for each column from the left, the meanings that it seems to have."""

    header_line: int
    meanings: tuple[tuple[str, ...], ...]


def guess(lines: Sequence[tuple[int, tuple[str, ...]]]) -> Guess:
    """How a sheet seems to be meant, by its first lines as (number, cells as text)."""
    rows = tuple(cells for _, cells in lines)
    known = find_header(rows)
    if known is not None:
        placed = {column.position: column.meanings for column in known.columns}
        return Guess(lines[known.index][0], tuple(placed.get(at, ()) for at in range(_width(rows))))
    at = _likely_header(rows)
    titles = rows[at] if at >= 0 else ()
    below = rows[at + 1 : at + 1 + _BELOW]
    return Guess(lines[at][0] if at >= 0 else 0, _meanings(titles, below, _width(rows)))


def preview(
    lines: Sequence[tuple[int, tuple[str, ...]]], header_line: int, columns: Sequence[tuple[int, tuple[str, ...]]]
) -> tuple[Row, ...]:
    """What the lines below the header would be, read with these meanings of columns by position."""
    make = row_maker(Header(0, tuple(Column(at, f"kolom {at + 1}", meanings) for at, meanings in columns)))
    births = {at for at, meanings in columns if "tgl_lahir" in meanings}
    found: list[Row] = []
    after_total = False
    for line, cells in lines:
        if line <= header_line:
            continue
        row = make(line, tuple(_as_it_was(cell, at in births) for at, cell in enumerate(cells)), after_total)
        after_total = after_total or row.kind == "jumlah"
        found.append(row)
    return tuple(found)


def _as_it_was(cell: str, birth: bool) -> Cell:
    """A kept text as the cell it was, where that matters: the number of a day in a column of birth dates."""
    return int(cell) if birth and cell.isdigit() and len(cell) == 5 else cell


def _width(rows: Sequence[tuple[str, ...]]) -> int:
    return max((at + 1 for row in rows[:SEARCHED_ROWS] for at, cell in enumerate(row) if cell), default=0)


def _likely_header(rows: Sequence[tuple[str, ...]]) -> int:
    """The first row in which most cells are words that mean something; -1 for none."""
    for at, cells in enumerate(rows[:SEARCHED_ROWS]):
        filled = [cell for cell in cells if cell]
        spoken = sum(1 for cell in filled if _by_word(cell))
        if len(filled) >= 2 and spoken >= 2 and not any(len(re.sub(r"\D", "", cell)) > 8 for cell in filled):
            return at
    return -1


def _meanings(titles: tuple[str, ...], below: Sequence[tuple[str, ...]], width: int) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for at in range(width):
        cells = [row[at] for row in below if at < len(row) and row[at]]
        title = titles[at] if at < len(titles) else ""
        meanings = meanings_of(title) or _one(_by_word(title)) or _one(_by_shape(cells, taken))
        meanings = () if taken.intersection(meanings) else meanings
        taken.update(meanings)
        found.append(meanings)
    return tuple(found)


def _one(meaning: str) -> tuple[str, ...]:
    return (meaning,) if meaning else ()


def _by_word(title: str) -> str:
    words = header_word(title).split()
    return next((meaning for word, meaning in _WORD_MEANS for said in words if said.startswith(word)), "")


def _by_shape(cells: Sequence[str], taken: set[str]) -> str:
    """The meaning that most cells of a column look like; a second column of sixteen digits is the family's."""
    for meaning, shape in _SHAPES:
        if cells and sum(1 for cell in cells if shape.match(cell)) >= _MOSTLY * len(cells):
            if meaning not in taken:
                return meaning
            if meaning == "nik" and "no_kk" not in taken:
                return "no_kk"
    return ""
