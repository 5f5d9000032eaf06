"""A sheet of results that came back: which cells the sender corrected, which of ours were changed, what was added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lopo.basics.error_sheet import MARK_TITLE, OWN_COLUMNS
from lopo.basics.marks import plain, read_mark
from lopo.targeting.batch.cells import cell_text
from lopo.targeting.batch.headers import Header
from lopo.targeting.batch.layout import row_maker
from lopo.targeting.batch.lists import Cell, Column, Fields, Problem, Row, RowKind, Sheet

_OURS = len(OWN_COLUMNS)
_SEARCHED = 30  # rows among which the head of the table must stand
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """The table of results as it came back: all its lines, and at which of them the head stands."""

    sheet: Sheet
    head: int


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row as it stands now, by which what came back is judged; `replaced` when a newer version is there.

    One without cells was blanked since its time is over.
    """

    row_id: int
    list_id: int
    sheet: str
    line: int
    cells: tuple[str, ...]
    fields: Mapping[str, Any]
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What came back: every line as a row, the id of the old row that a corrected one replaces, and the problems."""

    rows: tuple[Row, ...]
    replaces: Mapping[int, int]
    problems: tuple[Problem, ...]


def find_returned(sheets: Sequence[Sheet]) -> ReturnedSheet | None:
    """The sheet of results among the sheets of a file, known by the title of its column of marks; None for another."""
    for sheet in sheets:
        for at, cells in enumerate(sheet.rows[:_SEARCHED]):
            if len(cells) > _OURS and cells[_OURS] == MARK_TITLE:
                return ReturnedSheet(sheet, at)
    return None


def marks_of(returned: ReturnedSheet, key: bytes) -> tuple[int, ...]:
    """The ids of the rows whose marks are ours, in their order."""
    found = (read_mark(key, _mark(cells), _own(cells)) for cells in returned.sheet.rows[returned.head + 1 :])
    return tuple(dict.fromkeys(mark.row_id for mark in found if mark))


def judge(
    returned: ReturnedSheet, key: bytes, old: Mapping[int, OldRow], columns: Mapping[str, tuple[Column, ...]]
) -> Judged:
    """What each line says; `columns` are those of the sheets of the first list, `old` its rows by id.

    A line whose cells of ours were changed is refused whole and named with each such cell; so is one without a mark of
    ours, one that came twice, and one that was corrected otherwise since. Nothing else is touched by it.
    """
    file, head = returned.sheet.file, returned.head
    rows = [_above(line, cells, at == head) for at, (line, cells) in enumerate(_lines(returned)) if at <= head]
    problems: list[Problem] = []
    replaces: dict[int, int] = {}
    seen: set[int] = set()
    for line, cells in _lines(returned)[head + 1 :]:
        texts = tuple(cell_text(cell) for cell in cells)
        if not any(texts):
            rows.append(Row(line, "kosong", texts))
            continue
        mark = read_mark(key, _mark(cells), _own(cells))
        before = old.get(mark.row_id) if mark else None
        wrong = _refusal(mark.changed if mark else (), before, texts, seen)
        seen.add(before.row_id if before else 0)
        if wrong is not None or before is None:
            kind, code, sentence, column = wrong or ("ditolak", "tanda_tidak_dikenal", _NOT_OURS, None)
            rows.append(Row(line, kind, texts, reason=sentence))
            problems.append(Problem(file, code, f"Baris {line}: {sentence}", returned.sheet.sheet, line, column))
            continue
        made = _corrected(line, cells[_OURS + 1 :], before, columns[before.sheet])
        rows.append(made or Row(line, "tetap", texts))
        if made is not None:
            replaces[line] = before.row_id
    return Judged(tuple(rows), replaces, (*problems, *_missing(returned, old, seen)))


_NOT_OURS = "tanda baris bukan dari kantor ini, atau sudah diubah. Baris ini tidak dipakai."


def _refusal(
    changed: tuple[int, ...], before: OldRow | None, texts: tuple[str, ...], seen: set[int]
) -> tuple[RowKind, str, str, str | None] | None:
    """Why a line may not be used, as (kind of row, code, sentence, column); None when it may."""
    if before is None and not plain(texts[_OURS] if len(texts) > _OURS else ""):
        return "tambahan", "baris_tambahan", "ditambah dengan tangan. Kirim orang baru sebagai daftar baru.", None
    if before is None:
        return "ditolak", "tanda_tidak_dikenal", _NOT_OURS, "Tanda baris"
    if changed:
        names = [OWN_COLUMNS[at] for at in changed if at < _OURS]
        sentence = f"kolom {', '.join(names)} milik kantor dan sudah diubah. Baris ini tidak dipakai."
        return "ditolak", "sel_kantor_diubah", sentence, names[0] if names else None
    if before.row_id in seen:
        return "ditolak", "baris_berulang", "tanda yang sama sudah ada di baris di atasnya.", None
    if not before.cells:
        return (
            "ditolak",
            "baris_dikosongkan",
            "sudah dikosongkan karena lewat masa simpan; kirim sebagai daftar baru.",
            None,
        )
    if before.replaced:
        return "ditolak", "sudah_dibetulkan", "sudah dibetulkan lewat berkas lain; unduh lembar hasil yang baru.", None
    return None


def _corrected(line: int, cells: tuple[Cell, ...], before: OldRow, columns: tuple[Column, ...]) -> Row | None:
    """The new version of a row with only the changed cells changed, None where no cell was."""
    width = max(len(before.cells), max((at + 1 for at, cell in enumerate(cells) if cell_text(cell)), default=0))
    was = before.cells + ("",) * (width - len(before.cells))
    now = (*cells[:width], *[""] * (width - len(cells)))
    changed = {at for at in range(width) if plain(cell_text(now[at])) != plain(was[at])}
    if not changed:
        return None
    merged: tuple[Cell, ...] = tuple(now[at] if at in changed else was[at] for at in range(width))
    make = row_maker(Header(0, columns))
    new, as_text = make(line, merged, False), make(line, was, False)
    if new.fields is None:
        return new._replace(kind="rusak", reason=new.reason or "isinya tidak lagi sebuah nama")
    return new._replace(fields=_only_changed(new.fields, as_text.fields, before.fields))


def _only_changed(new: Fields, as_text: Fields | None, old: Mapping[str, Any]) -> Fields:
    """The fields with those of the first reading kept where no cell of theirs was changed (a number stays a number)."""
    if as_text is None:
        return new
    pairs = zip(Fields._fields, new, as_text, strict=True)
    kept = {name: old.get(name, Fields._field_defaults[name]) for name, now, was in pairs if now == was}
    if new.nik != as_text.nik:
        kept.pop("nik_from_number", None)
    return new._replace(**kept)


def _missing(returned: ReturnedSheet, old: Mapping[int, OldRow], seen: set[int]) -> tuple[Problem, ...]:
    """The rows of the list that are not in the sheet any more: told, and left as they are."""
    gone = [row for row in old.values() if row.row_id not in seen and row.cells and not row.replaced]
    if not gone:
        return ()
    named = ", ".join(f"{row.sheet or 'lembar'} baris {row.line}" for row in gone[:_MOST_NAMED])
    sentence = f"{len(gone)} baris tidak ada lagi di lembar ini dan tetap berlaku seperti semula: {named}."
    return (Problem(returned.sheet.file, "baris_hilang", sentence, returned.sheet.sheet),)


def _lines(returned: ReturnedSheet) -> list[tuple[int, tuple[Cell, ...]]]:
    return list(zip(returned.sheet.lines, returned.sheet.rows, strict=True))


def _above(line: int, cells: tuple[Cell, ...], head: bool) -> Row:
    texts = tuple(cell_text(cell) for cell in cells)
    return Row(line, "kepala" if head else "judul" if any(texts) else "kosong", texts)


def _mark(cells: tuple[Cell, ...]) -> str:
    return cell_text(cells[_OURS]) if len(cells) > _OURS else ""


def _own(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell_text(cell) for cell in cells[:_OURS])
