"""Signed marks on the rows of a sheet that goes out and comes back: which row it is, and which cells are still ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

_CELL_LETTERS = 6  # thirty bits a cell: a changed cell passes once in a billion tries
_WHOLE_LETTERS = 16


@dataclass(frozen=True, slots=True)
class MarkRead:
    """A mark that is ours: the id of its row, and the places (0-based) of the cells that were changed."""

    row_id: int
    changed: tuple[int, ...]


def row_mark(key: bytes, row_id: int, cells: Sequence[str]) -> str:
    """The mark of a row with these cells: its id, a seal over all, and a short seal for each cell."""
    seals = "".join(_cell_seal(key, row_id, at, cell) for at, cell in enumerate(cells))
    return f"{row_id}.{_seal(key, f'{row_id}|{seals}', _WHOLE_LETTERS)}.{seals}"


def read_mark(key: bytes, mark: str, cells: Sequence[str]) -> MarkRead | None:
    """The row that a mark names and which of the cells differ from those that went out; None for a mark not ours."""
    number, _, rest = mark.strip().partition(".")
    whole, _, seals = rest.partition(".")
    if not (number.isascii() and number.isdigit()) or len(number) > 18 or not mark.isascii():
        return None
    row_id = int(number)
    if not hmac.compare_digest(whole, _seal(key, f"{row_id}|{seals}", _WHOLE_LETTERS)):
        return None
    ours = [seals[at : at + _CELL_LETTERS] for at in range(0, len(seals), _CELL_LETTERS)]
    given = [cells[at] if at < len(cells) else "" for at in range(len(ours))]
    now = [_cell_seal(key, row_id, at, cell) for at, cell in enumerate(given)]
    return MarkRead(row_id, tuple(at for at, seal in enumerate(ours) if not hmac.compare_digest(seal, now[at])))


def plain(cell: str) -> str:
    """A cell as it is compared: line breaks and runs of blanks are one blank, whatever the program made of them."""
    return " ".join(cell.replace("_x000D_", " ").split())


def _cell_seal(key: bytes, row_id: int, at: int, cell: str) -> str:
    return _seal(key, f"{row_id}|{at}|{plain(cell)}", _CELL_LETTERS)


def _seal(key: bytes, text: str, letters: int) -> str:
    digest = hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:letters]
