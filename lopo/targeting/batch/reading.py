"""Reading the fields of a candidate from a row: which cell is what, split where two meanings share one."""

import re
from operator import itemgetter

from lopo.targeting.batch.cells import birth_text, visible
from lopo.targeting.batch.headers import Header, header_word
from lopo.targeting.batch.lists import Cell, Fields
from lopo.targeting.batch.opensid import software, translated

_PLACE_AND_DAY = re.compile(r"^\s*([^\d,]+?)\s*,\s*(.*)$")
_AT = {name: at for at, name in enumerate(Fields._fields)}
_NIK_NUMBER, _BIRTH, _PLACE = _AT["nik_from_number"], _AT["tgl_lahir"], _AT["tempat_lahir"]
_RT, _RW = _AT["rt"], _AT["rw"]


class FieldReader:
    """Reads the fields of rows under one header; made once for a sheet, asked for each of its rows."""

    def __init__(self, header: Header) -> None:
        self._width = max((column.position for column in header.columns), default=-1) + 1
        places = [header.position(name) for name in Fields._fields]
        self._take = itemgetter(*(self._width if place is None else place for place in places))
        self._nik, self._birth = places[_AT["nik"]], places[_BIRTH]
        self._shared_birth = self._birth is not None and places[_PLACE] in (None, self._birth)
        self._has_place = places[_PLACE] is not None
        self._shared_rt = places[_RT] is not None and places[_RT] == places[_RW]
        self._state = header.position("status_dasar")
        self._translate = bool(software(frozenset(header_word(column.header) for column in header.columns)))
        self._padding = [("",) * (self._width + 1 - filled) for filled in range(self._width + 2)]

    def read(self, cells: tuple[Cell, ...], texts: tuple[str, ...]) -> Fields:
        """The fields of a row by its raw cells and the same cells as text."""
        shown = texts if "".join(texts).isascii() else tuple([visible(text) for text in texts])
        whole = shown[: self._width] + self._padding[min(len(shown), self._width)]
        found: list[str | bool] = list(self._take(whole))
        found[_NIK_NUMBER] = False
        if self._nik is not None and self._nik < len(cells) and not isinstance(cells[self._nik], str):
            found[_NIK_NUMBER] = isinstance(cells[self._nik], (int, float))
        if self._birth is not None and self._birth < len(cells):
            self._split_birth(cells[self._birth], found)
        if self._shared_rt:
            rt, _, rw = str(found[_RT]).partition("/")
            found[_RT], found[_RW] = rt.strip(), rw.strip()
        if self._translate:
            return self._translated(found, whole)
        return Fields._make(found)

    def _split_birth(self, cell: Cell, found: list[str | bool]) -> None:
        """A cell that may hold the place before the day gives both."""
        said = str(found[_BIRTH]) if isinstance(cell, str) else birth_text(cell)
        found[_BIRTH] = said
        placed = _PLACE_AND_DAY.match(said) if "," in said else None
        if placed and (self._shared_birth or found[_PLACE] == said):
            found[_PLACE], found[_BIRTH] = placed.groups()
        elif self._shared_birth and self._has_place:
            found[_PLACE] = ""

    def _translated(self, found: list[str | bool], whole: tuple[str, ...]) -> Fields:
        said = {name: str(found[at]) for name, at in _AT.items() if at != _NIK_NUMBER and found[at]}
        if self._state is not None:
            said["status_dasar"] = whole[self._state]
        return Fields(nik_from_number=bool(found[_NIK_NUMBER]), **translated(said))
