"""Reading a proposal sheet: which row is the header, what each column means, what each row is; nothing is dropped."""

import re
from collections.abc import Callable, Mapping

from lopo.basics.area import find_kelurahan
from lopo.targeting.batch.cells import cell_text, cell_texts
from lopo.targeting.batch.headers import (
    Header,
    Remembered,
    find_header,
    header_word,
    layout_name,
    meanings_of,
    remembered_header,
)
from lopo.targeting.batch.lists import Cell, ParsedSheet, Problem, Row, RowKind, Sheet
from lopo.targeting.batch.reading import FieldReader

_TOTAL = re.compile(r"^(JUMLAH|TOTAL|SUB ?TOTAL|JML)\b")
_SIGNATURE = re.compile(
    r"^(LURAH|KEPALA|CAMAT|MENGETAHUI|MENYETUJUI|HORMAT|NIP\b|PASTOR|PENDETA|KETUA|SEKRETARIS|PENGURUS|IMAM|TTD|YANG"
    r"|KUPANG,? ?\d|A ?N |PLT|PETUGAS|OPERATOR|DIKETAHUI|CATATAN|KETERANGAN|ANGGOTA DPRD|ROMO|USTADZ)"
)
_SOME_NIK_DIGITS, _MOST_NIK_DIGITS = 3, 10  # a stump such as 537 still names a candidate; a total never has ten
_MOST_UNPLACED = 30  # columns without a known header that are named one by one


def _readers(header: Header) -> dict[str, int]:
    """Position of the columns by which the kind of a row is known."""
    places = {name: header.position(name) for name in ("nama", "nik")}
    return {name: place for name, place in places.items() if place is not None}


def _counts_up(texts: tuple[str, ...]) -> bool:
    """True for the row 1 2 3 4 ... that some sheets carry under the header to number the columns."""
    filled = [text.strip("()") for text in texts if text]
    return len(filled) >= 3 and filled == [str(n) for n in range(1, len(filled) + 1)]


def _kind(texts: tuple[str, ...], places: dict[str, int], after_total: bool, width: int) -> tuple[RowKind, str]:
    """What a row below the header is, with the reason when it is broken."""
    name, nik = (texts[places[m]] if places.get(m, len(texts)) < len(texts) else "" for m in ("nama", "nik"))
    named = name[:1].isalpha() or any(c.isalpha() for c in name)
    if named and nik.isdigit() and len(nik) >= _MOST_NIK_DIGITS and len(texts) <= width:
        return "calon", ""  # nearly every row; none of the questions below could find it to be anything else
    filled = [text for text in texts if text]
    if not filled:
        return "kosong", ""
    first, digits = header_word(filled[0]), sum(c.isdigit() for c in nik)
    numbered = digits >= _SOME_NIK_DIGITS
    if _TOTAL.match(first) and digits < _MOST_NIK_DIGITS:
        return "jumlah", ""
    if not numbered and len(filled) <= 3 and (after_total or any(_SIGNATURE.match(header_word(t)) for t in filled)):
        return "tanda_tangan", ""
    if _counts_up(texts) or (len(filled) >= 3 and all(meanings_of(text) for text in filled)):
        return "kepala", ""
    if any(texts[width:]):
        return "rusak", f"baris punya {len(texts)} sel, kepala hanya {width}: {filled[-1]!r}"
    if not named:
        what = "kosong" if not name else f"tanpa huruf: {name!r}"
        return ("calon", "") if numbered and not name else ("rusak", f"kolom nama {what}")
    return "calon", ""


def row_maker(header: Header) -> Callable[[int, tuple[Cell, ...], bool], Row]:
    """A function that makes a Row of a line below the header: its number, its cells, whether a total stands above."""
    width = max((column.position for column in header.columns), default=-1) + 1
    places, reader = _readers(header), FieldReader(header)

    def make(line: int, cells: tuple[Cell, ...], after_total: bool) -> Row:
        texts = cell_texts(cells)
        kind, reason = _kind(texts, places, after_total, width)
        return Row(line, kind, texts, reader.read(cells, texts) if kind == "calon" else None, reason)

    return make


def _body(sheet: Sheet, header: Header) -> tuple[Row, ...]:
    """All rows of a sheet: titles above the header, the header (index -1: there is none), and what stands below."""
    rows: list[Row] = []
    above = max(header.index, 0)
    for line, cells in zip(sheet.lines[:above], sheet.rows[:above], strict=True):
        texts = tuple(cell_text(cell) for cell in cells)
        rows.append(Row(line, "judul" if any(texts) else "kosong", texts))
    if header.index >= 0:
        rows.append(Row(sheet.lines[header.index], "kepala", tuple(cell_text(c) for c in sheet.rows[header.index])))
    make = row_maker(header)
    after_total = False
    below = zip(sheet.lines[header.index + 1 :], sheet.rows[header.index + 1 :], strict=True)
    for line, cells in below:
        row = make(line, cells, after_total)
        after_total = after_total or row.kind == "jumlah"
        rows.append(row)
    return tuple(rows)


def read_sheet(
    sheet: Sheet, remembered: Mapping[str, Remembered] | None = None
) -> tuple[ParsedSheet, tuple[Problem, ...]]:
    """What a sheet says, and the problems in it; a sheet without a known header has only raw rows and one problem.

    `remembered` are the readings that officers have shown for this sender, by what recognises a header.
    """
    shown = remembered_header(sheet.rows, remembered) if remembered else None
    if shown is not None and shown[1].skipped:
        return _skipped(sheet, shown[1]), ()
    header = shown[0] if shown is not None else find_header(sheet.rows)
    if header is None:
        rows = tuple(_unknown_row(line, cells) for line, cells in zip(sheet.lines, sheet.rows, strict=True))
        sentence = "Tidak ada baris yang dikenali sebagai kepala tabel. Tunjukkan arti kolomnya di halaman daftar ini."
        problem = Problem(sheet.file, "kepala_tidak_dikenal", sentence, sheet.sheet)
        return ParsedSheet(sheet.sheet, None, (), rows), (problem,)
    rows = _body(sheet, header)
    titles = [text for row in rows[: max(header.index, 0)] for text in row.cells if text]
    parsed = ParsedSheet(
        sheet=sheet.sheet,
        header_line=sheet.lines[header.index] if header.index >= 0 else 0,
        columns=header.columns,
        rows=rows,
        layout=layout_name(header),
        title=" / ".join(titles),
        kelurahan_hint=_hint(sheet.file, titles),
        reading_id=shown[1].reading_id if shown is not None else None,
    )
    return parsed, _problems(sheet.file, parsed)


def _skipped(sheet: Sheet, shown: Remembered) -> ParsedSheet:
    """A sheet that an officer said not to read: its rows are kept, none of them is a candidate."""
    texts = (tuple(cell_text(cell) for cell in cells) for cells in sheet.rows)
    rows = tuple(
        Row(line, "dilewati" if any(cells) else "kosong", cells) for line, cells in zip(sheet.lines, texts, strict=True)
    )
    return ParsedSheet(sheet.sheet, None, (), rows, layout="dilewati", reading_id=shown.reading_id)


def _unknown_row(line: int, cells: tuple[Cell, ...]) -> Row:
    """A row of a sheet without a known header: kept with its cells, broken unless it is blank."""
    texts = tuple(cell_text(cell) for cell in cells)
    return Row(line, "rusak", texts, reason="kepala tabel tidak dikenal") if any(texts) else Row(line, "kosong", texts)


def _hint(file: str, titles: list[str]) -> str:
    """The dotted code of the kelurahan that a title row or the file name gives, else ''."""
    places = (find_kelurahan(text) for text in [*titles, file.rsplit("/", 1)[-1]])
    return next((place for place in places if place), "")


def _problems(file: str, parsed: ParsedSheet) -> tuple[Problem, ...]:
    """Columns nobody knows, broken rows, and a total that differs from the rows counted."""
    found = [
        Problem(file, "kolom_tidak_dikenal", f"Kolom {column.header!r} tidak dikenal; isinya disimpan apa adanya.",
                parsed.sheet, parsed.header_line, column.header)
        for column in parsed.unplaced[:_MOST_UNPLACED]
    ]  # fmt: skip
    if (more := len(parsed.unplaced) - _MOST_UNPLACED) > 0:
        sentence = f"Masih ada {more} kolom lain yang tidak dikenal; isinya disimpan apa adanya."
        found.append(Problem(file, "kolom_tidak_dikenal", sentence, parsed.sheet, parsed.header_line))
    found += [
        Problem(file, "baris_rusak", f"Baris {row.line} tidak dapat dibaca: {row.reason}.", parsed.sheet, row.line)
        for row in parsed.rows
        if row.kind == "rusak"
    ]
    counted = sum(1 for row in parsed.rows if row.kind == "calon")
    for row in parsed.rows:
        stated = [text for text in row.cells if text.isdigit()] if row.kind == "jumlah" else []
        if stated and int(stated[0]) != counted:
            sentence = f"Baris jumlah menyebut {stated[0]}, terbaca {counted} calon."
            found.append(Problem(file, "jumlah_berbeda", sentence, parsed.sheet, row.line))
    return tuple(found)
