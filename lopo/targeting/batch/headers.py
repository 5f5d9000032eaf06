"""What the header of a proposal list means: the words that lists use for each column, and how a header row is known."""

import re
from dataclasses import dataclass

from lopo.targeting.batch.lists import Cell, Column

_WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("no",): ("NO", "NO URUT", "NOMOR", "NOMOR URUT", "NR"),
    ("nik",): (
        "NIK", "NO KTP", "NO E KTP", "NO EKTP", "NIK KTP", "NIK E KTP", "KTP", "NOMOR KTP", "NOMOR IDENTITAS", "NO NIK",
        "NOMOR INDUK KEPENDUDUKAN", "NO IDENTITAS", "NIK PEKERJA", "NIK CALON PESERTA", "NO KTP NIK", "NIK NO KTP",
    ),
    ("nama",): (
        "NAMA", "NAMA LENGKAP", "NAMA JEMAAT", "NAMA UMAT", "NAMA PEKERJA", "NAMA TENAGA KERJA", "NAMA PESERTA",
        "NAMA CALON", "NAMA CALON PESERTA", "NAMA WARGA", "NAMA SESUAI KTP", "NAMA PENERIMA", "NAMA LENGKAP SESUAI KTP",
    ),
    ("no_kk",): ("NO KK", "KK", "NOMOR KK", "NO KARTU KELUARGA", "NOMOR KARTU KELUARGA", "NKK"),
    ("jenis_kelamin",): ("L P", "LP", "JK", "JENIS KELAMIN", "KELAMIN", "SEX", "JNS KELAMIN", "GENDER", "P L"),
    ("tempat_lahir", "tgl_lahir"): (
        "TEMPAT TGL LAHIR", "TEMPAT TANGGAL LAHIR", "TTL", "TEMPAT DAN TANGGAL LAHIR", "TPT TGL LAHIR",
        "TMPT TGL LAHIR", "TEMPAT TGL LHR",
    ),
    ("tgl_lahir",): ("TGL LAHIR", "TANGGAL LAHIR", "LAHIR", "TGL LHR", "TANGGAL LHR", "TGLLAHIR", "DOB"),
    ("tempat_lahir",): ("TEMPAT LAHIR", "TMPT LAHIR", "TPT LAHIR"),
    ("nama_ibu",): ("NAMA IBU KANDUNG", "NAMA IBU", "IBU KANDUNG"),
    ("alamat",): ("ALAMAT", "ALAMAT LENGKAP", "ALAMAT KTP", "ALAMAT RUMAH", "DOMISILI"),
    ("kelurahan",): ("KELURAHAN", "KEL", "DESA", "KELURAHAN DESA", "DESA KELURAHAN", "KEL DESA"),
    ("rt",): ("RT",),
    ("rw",): ("RW",),
    ("rt", "rw"): ("RT RW", "RTRW"),
    ("pekerjaan",): (
        "PEKERJAAN", "JENIS PEKERJAAN", "JENIS PEKERJAAN 1", "PEKERJAAN 1", "PEKERJAAN UTAMA", "MATA PENCAHARIAN",
        "PROFESI",
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
}  # fmt: skip
# Sources: the demo lists' five layouts; the BPJS bulk template "Data TK Baru" and the aliases met there (LAW.md 6.4).

_MEANING_OF = {word: meanings for meanings, words in _WORDS.items() for word in words}
_ENOUGH = 3  # columns that must be understood before a row is taken for a header


@dataclass(frozen=True, slots=True)
class Header:
    """A header row as understood: its index among the rows, and its columns."""

    index: int
    columns: tuple[Column, ...]

    def position(self, meaning: str) -> int | None:
        """The 0-based position of the column with this meaning, None when the list has none."""
        return next((c.position for c in self.columns if meaning in c.meanings), None)


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
        taken.update(meanings)
        columns.append(Column(position, cell.strip(), meanings))
    return Header(index, tuple(columns))


def is_header(header: Header) -> bool:
    """True when enough columns are known and among them the name and something that identifies."""
    meanings = {meaning for column in header.columns for meaning in column.meanings}
    placed = sum(1 for column in header.columns if column.meanings)
    return placed >= _ENOUGH and "nama" in meanings and bool(meanings & {"nik", "tgl_lahir", "no_kk"})


def find_header(rows: tuple[tuple[Cell, ...], ...], search_first: int = 40) -> Header | None:
    """The first of the leading rows that is a header, None when no row is."""
    for index, cells in enumerate(rows[:search_first]):
        header = understand(index, cells)
        if is_header(header):
            return header
    return None


def layout_name(header: Header) -> str:
    """A short name of the layout for people: the template of BPJS is recognised, others by their columns."""
    words = {header_word(column.header) for column in header.columns}
    if {"NOMOR IDENTITAS", "NAMA LENGKAP", "KODE PAKET"} <= words:
        return "templat BPJS (Data TK Baru)"
    return ", ".join(column.header for column in header.columns)
