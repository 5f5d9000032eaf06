"""What the header of a proposal list means: the words that lists use for each column, and how a header row is known."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lopo.targeting.batch.cells import cell_text
from lopo.targeting.batch.lists import Cell, Column
from lopo.targeting.batch.opensid import LEFT_ALONE, software

UNUSED = "tidak_dipakai"
"""The meaning of a column that is known and not needed; its cells are kept with the row."""

_WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("no",): ("NO", "NO URUT", "NOMOR", "NOMOR URUT", "NR"),
    ("nik",): (
        "NIK", "NO KTP", "NO E KTP", "NO EKTP", "NIK KTP", "NIK E KTP", "KTP", "NOMOR KTP", "NOMOR IDENTITAS", "NO NIK",
        "NOMOR INDUK KEPENDUDUKAN", "NO IDENTITAS", "NIK PEKERJA", "NIK CALON PESERTA", "NO KTP NIK", "NIK NO KTP",
        "NOMOR NIK", "KARTU NIK", "NIK PESERTA",
    ),
    ("nama",): (
        "NAMA", "NAMA LENGKAP", "NAMA JEMAAT", "NAMA UMAT", "NAMA PEKERJA", "NAMA TENAGA KERJA", "NAMA PESERTA",
        "NAMA CALON", "NAMA CALON PESERTA", "NAMA WARGA", "NAMA SESUAI KTP", "NAMA PENERIMA", "NAMA LENGKAP SESUAI KTP",
        "KARTU NAMA", "NAMA ANGGOTA", "NAMA KPM",
    ),
    ("no_kk",): ("NO KK", "KK", "NOMOR KK", "NO KARTU KELUARGA", "NOMOR KARTU KELUARGA", "NKK"),
    ("jenis_kelamin",): ("L P", "LP", "JK", "JENIS KELAMIN", "KELAMIN", "SEX", "JNS KELAMIN", "GENDER", "P L"),
    ("tempat_lahir", "tgl_lahir"): (
        "TEMPAT TGL LAHIR", "TEMPAT TANGGAL LAHIR", "TTL", "TEMPAT DAN TANGGAL LAHIR", "TPT TGL LAHIR",
        "TMPT TGL LAHIR", "TEMPAT TGL LHR",
    ),
    ("tgl_lahir",): ("TGL LAHIR", "TANGGAL LAHIR", "LAHIR", "TGL LHR", "TANGGAL LHR", "TGLLAHIR", "DOB",
        "TANGGALLAHIR", "KARTU TANGGAL LAHIR"),
    ("tempat_lahir",): ("TEMPAT LAHIR", "TMPT LAHIR", "TPT LAHIR", "TEMPATLAHIR", "KARTU TEMPAT LAHIR"),
    ("nama_ibu",): ("NAMA IBU KANDUNG", "NAMA IBU", "IBU KANDUNG"),
    ("alamat",): ("ALAMAT", "ALAMAT LENGKAP", "ALAMAT KTP", "ALAMAT RUMAH", "DOMISILI", "KARTU ALAMAT"),
    ("kelurahan",): ("KELURAHAN", "KEL", "DESA", "KELURAHAN DESA", "DESA KELURAHAN", "KEL DESA", "DESA ID"),
    ("rt",): ("RT",),
    ("rw",): ("RW",),
    ("rt", "rw"): ("RT RW", "RTRW"),
    ("pekerjaan",): (
        "PEKERJAAN", "PEKERJAAN ID", "JENIS PEKERJAAN", "JENIS PEKERJAAN 1", "PEKERJAAN 1", "PEKERJAAN UTAMA",
        "MATA PENCAHARIAN", "PROFESI",
    ),
    ("pekerjaan_2",): ("JENIS PEKERJAAN 2", "PEKERJAAN 2", "PEKERJAAN SAMPINGAN"),
    ("lokasi_pekerjaan",): ("LOKASI PEKERJAAN", "LOKASI KERJA", "TEMPAT KERJA", "TEMPAT BEKERJA"),
    ("penghasilan",): (
        "PENGHASILAN", "PENGHASILAN BULAN", "PENGHASILAN PER BULAN", "UPAH", "PENDAPATAN", "GAJI", "PENDAPATAN BULAN",
        "PENGHASILAN RP", "UPAH BULAN",
    ),
    ("hp",): (
        "HP", "NO HP", "HANDPHONE", "TELEPON", "NO TELEPON", "NO TELP", "TELP", "NOMOR HP", "NO HP WA", "WA", "NO WA",
        "NO HANDPHONE", "PONSEL", "NO TELEPON HP",
    ),
    ("email",): ("EMAIL", "E MAIL", "SUREL"),
    ("kode_paket",): ("KODE PAKET", "PAKET"),
    ("bulan_iuran",): ("BULAN IURAN", "JUMLAH BULAN"),
    ("keterangan",): ("KET", "KETERANGAN", "CATATAN"),
    ("status_dasar",): ("STATUS DASAR",),
    (UNUSED,): tuple(sorted(LEFT_ALONE)),
}  # fmt: skip
# Sources: the demo lists' five layouts; the BPJS bulk template "Data TK Baru" and the aliases met there (LAW.md 6.4).

_MEANING_OF = {word: meanings for meanings, words in _WORDS.items() for word in words}
SEARCHED_ROWS = 40
"""Rows at the top of a sheet among which its header is looked for."""

_ENOUGH = 3  # columns that must be understood before a row is taken for a header


@dataclass(frozen=True, slots=True)
class Header:
    """A header row as understood: its index among the rows, and its columns."""

    index: int
    columns: tuple[Column, ...]

    def position(self, meaning: str) -> int | None:
        """The 0-based position of the column with this meaning, None when the list has none."""
        return next((c.position for c in self.columns if meaning in c.meanings), None)


@dataclass(frozen=True, slots=True)
class Remembered:
    """How an officer said that a sheet is to be read: the meanings of its columns by position, or not at all."""

    reading_id: int
    columns: tuple[tuple[int, tuple[str, ...]], ...]
    skipped: bool = False


def header_word(cell: Cell) -> str:
    """A header cell in the form the alias table uses: capitals, one space between words, no signs."""
    if not isinstance(cell, str):
        return ""
    return re.sub(r"[^A-Z0-9]+", " ", cell.upper()).strip()


def meanings_of(cell: Cell) -> tuple[str, ...]:
    """The meanings of a header cell, () when nobody knows it."""
    return _MEANING_OF.get(header_word(cell), ())


def understand(index: int, cells: tuple[Cell, ...]) -> Header:
    """Every named column of a row taken as header; a second column of the same meaning stays unplaced."""
    columns: list[Column] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        meanings = meanings_of(cell)
        if taken.intersection(meanings):
            meanings = ()
        taken.update(set(meanings) - {UNUSED})
        columns.append(Column(position, cell.strip(), meanings))
    return Header(index, tuple(columns))


def is_header(header: Header) -> bool:
    """True when enough columns are known and among them the name and something that identifies."""
    meanings = {meaning for column in header.columns for meaning in column.meanings}
    placed = sum(1 for column in header.columns if column.meanings)  # one that is known and unused counts as well
    return placed >= _ENOUGH and "nama" in meanings and bool(meanings & {"nik", "tgl_lahir", "no_kk"})


def find_header(rows: tuple[tuple[Cell, ...], ...], search_first: int = SEARCHED_ROWS) -> Header | None:
    """The first of the leading rows that is a header, None when no row is."""
    for index, cells in enumerate(rows[:search_first]):
        header = understand(index, cells)
        if is_header(header):
            return header
    return None


def fingerprint(cells: tuple[Cell, ...]) -> str:
    """What recognises a header row again: its words in their columns, whatever their spelling in signs and case."""
    words = [header_word(cell_text(cell)) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("|".join(words).encode()).hexdigest() if any(words) else ""


def remembered_header(
    rows: tuple[tuple[Cell, ...], ...], remembered: Mapping[str, Remembered], search_first: int = SEARCHED_ROWS
) -> tuple[Header | None, Remembered] | None:
    """The header that an officer has shown before in a sheet like this one, None when no row is recognised.

    A sheet without any header is recognised by its width; its header is then None.
    """
    for index, cells in enumerate(rows[:search_first]):
        if known := remembered.get(fingerprint(cells)):
            return _as_shown(index, cells, known), known
    known = remembered.get(headless(rows))
    return None if known is None else (_as_shown(-1, (), known), known)


def headless(rows: tuple[tuple[Cell, ...], ...]) -> str:
    """What recognises a sheet without a header: how many columns its rows have."""
    top = rows[:SEARCHED_ROWS]
    width = max((at + 1 for row in top for at, cell in enumerate(row) if cell_text(cell)), default=0)
    return f"tanpa-kepala:{width}"


def _as_shown(index: int, cells: tuple[Cell, ...], known: Remembered) -> Header:
    """The header with the meanings that the officer gave; columns left open are known and unused."""
    said = dict(known.columns)
    width = max(len(cells), *(position + 1 for position in said), 1)
    titles = [cell_text(cells[at]) if at < len(cells) else "" for at in range(width)]
    columns = [
        Column(at, titles[at] or f"kolom {at + 1}", said.get(at, (UNUSED,)))
        for at in range(width)
        if titles[at] or at in said
    ]
    return Header(index, tuple(columns))


def layout_name(header: Header) -> str:
    """A short name of the layout for people: the template of BPJS is recognised, others by their columns."""
    words = {header_word(column.header) for column in header.columns}
    if {"NOMOR IDENTITAS", "NAMA LENGKAP", "KODE PAKET"} <= words:
        return "templat BPJS (Data TK Baru)"
    if known := software(frozenset(words)):
        return known
    if {"NIK", "NAMA", "DESIL"} <= words:
        return "daftar desil (SIKS-NG)"
    return ", ".join(column.header for column in header.columns)
