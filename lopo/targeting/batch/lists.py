"""The shapes of a proposal list between the doors: a raw sheet, a row that was understood, a list with its problems."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

Cell = str | int | float | bool | date | time | datetime | timedelta | None
"""One raw cell; a csv gives only str, a workbook what it kept."""

RowKind = Literal["judul", "kepala", "calon", "jumlah", "tanda_tangan", "kosong", "rusak", "dilewati", "tetap",
                  "ditolak", "tambahan"]  # fmt: skip
"""What a source row is: title, header, candidate, total, signature, blank, or broken (reported, never dropped).

`dilewati` is a row of a sheet that the officer said not to read. In a sheet of results that came back `tetap` is a row
without a correction, `ditolak` one whose cells of ours were changed, `tambahan` one that was added by hand.
"""

FIELDS = (
    "no", "nik", "nama", "no_kk", "jenis_kelamin", "tempat_lahir", "tgl_lahir", "nama_ibu", "alamat", "kelurahan",
    "rt", "rw", "pekerjaan", "pekerjaan_2", "lokasi_pekerjaan", "penghasilan", "hp", "email", "kode_paket",
    "bulan_iuran", "keterangan",
)  # fmt: skip
"""The meanings a column can have; `tempat_lahir` and `tgl_lahir` may share one column, so may `rt` and `rw`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as opened: `rows[i]` are the cells of the line `lines[i]` that a person sees (1-based).

    `formulas` are the cells (as A2) that hold the text of a formula, since its value was not saved.
    """

    file: str
    sheet: str
    lines: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was not understood: a stable code and a sentence (Indonesian) for the person.

    `line` and `column` are None when the whole file or sheet is meant. Codes: `berkas_kosong`, `bukan_lembar_kerja`,
    `terkunci_sandi`, `lembar_terlalu_luas`, `zip_terlalu_besar`, `kepala_tidak_dikenal`,
    `kolom_tidak_dikenal`, `baris_rusak`, `jumlah_berbeda`, `berkas_sama`, `rumus_tanpa_nilai`.
    """

    file: str
    code: str
    sentence: str
    sheet: str = ""
    line: int | None = None
    column: str | None = None


class Fields(NamedTuple):
    """The cells of a candidate row by meaning, as text trimmed at the ends and otherwise untouched."""

    nik: str = ""
    nik_from_number: bool = False  # the cell was a number: Excel keeps 15 digits only
    nama: str = ""
    no_kk: str = ""
    jenis_kelamin: str = ""
    tempat_lahir: str = ""
    tgl_lahir: str = ""  # an Excel date arrives as ISO yyyy-mm-dd
    nama_ibu: str = ""
    alamat: str = ""
    kelurahan: str = ""
    rt: str = ""
    rw: str = ""
    pekerjaan: str = ""
    pekerjaan_2: str = ""
    lokasi_pekerjaan: str = ""
    penghasilan: str = ""
    hp: str = ""
    email: str = ""
    kode_paket: str = ""
    bulan_iuran: str = ""
    keterangan: str = ""


class Row(NamedTuple):
    """One source row: line as a person sees it, what it is, its raw cells as text, its fields when a candidate."""

    line: int
    kind: RowKind
    cells: tuple[str, ...]
    fields: Fields | None = None
    reason: str = ""  # why it is `rusak`


@dataclass(frozen=True, slots=True)
class Column:
    """A column as understood: position (0-based), header text as written, meanings (() when unplaced)."""

    position: int
    header: str
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """What was understood of one sheet; `header_line` is None when no header was recognised.

    `kelurahan_hint` is the area that the title row or the file name states (a name or a Kemendagri code), else ''.
    """

    sheet: str
    header_line: int | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    layout: str = ""
    title: str = ""
    kelurahan_hint: str = ""
    reading_id: int | None = None
    """The remembered reading by which it was read, None when the reader understood it by itself."""

    @property
    def unplaced(self) -> tuple[Column, ...]:
        """Columns with a header that nobody knows: reported, never dropped in silence."""
        return tuple(c for c in self.columns if not c.meanings)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """One file: its sheets with all rows, and its problems. `sha256` recognises the same file twice."""

    file: str
    sha256: str
    sheets: tuple[ParsedSheet, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def readable(self) -> bool:
        """True when at least one sheet had a header that was understood."""
        return any(sheet.header_line is not None for sheet in self.sheets)

    def count(self, kind: RowKind) -> int:
        """Number of rows of this kind over all sheets."""
        return sum(1 for sheet in self.sheets for row in sheet.rows if row.kind == kind)
