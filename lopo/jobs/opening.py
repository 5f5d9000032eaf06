"""What a file from outside may be: how large, how deep, how named; and why one that may not be opened is refused."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

LARGEST_UNPACKED = 512 << 20  # bytes that one file, or all files of one archive, may unpack to
MOST_ENTRIES = 2_000
MOST_CELLS = 40_000_000  # a sheet of a million rows and forty columns
_HIGHEST_RATIO = 300  # a sheet of equal rows packs to a hundredth; a bomb to a thousandth
_SMALL = 4 << 20  # bytes below which no ratio is a danger
_PIECE = 1 << 20
_COLUMN_OF_CELL = re.compile(rb"""\br=["']([A-Za-z]{1,3})\d""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d+)""")
_ODS_ROW = re.compile(rb"<table:table-row\b")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
_ODS_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')
MOST_OLD_CELLS = 12_000_000  # of an xls: four and a half full sheets of forty columns
_XLS_WRAPS = 1 << 32  # how a reader counts rows
_XLS_SIZE = re.compile(rb"\x00\x02\x0e\x00(.{4})(.{4})(.{2})(.{2})\x00\x00", re.DOTALL)
_FILLED = (b"office:value", b"<text:p", b"table:formula")


class Unreadable(ValueError):
    """A file that cannot be opened: a code of `Problem` and the sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive that may be read, and the names that may not, each with code and sentence."""

    files: tuple[tuple[str, bytes], ...]
    refused: tuple[tuple[str, str, str], ...]


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip of files and not a workbook (which is a zip as well)."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    return bool(names) and not names & {"[Content_Types].xml", "mimetype", "content.xml"}


def unpack(name: str, content: bytes, *, nested: bool = False) -> Unpacked:
    """Give the files of a zip, and those of a zip within it (one level); what may not be read is refused by its name.

    Raises Unreadable where the archive as a whole is a danger: too many entries, too many bytes.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _passed_over(entry.filename)]
        if len(entries) > MOST_ENTRIES:
            raise Unreadable("zip_terlalu_besar", f"{name} berisi {len(entries)} berkas; paling banyak {MOST_ENTRIES}.")
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise Unreadable("zip_terlalu_besar", f"Isi {name} lebih dari {LARGEST_UNPACKED >> 20} MB setelah dibuka.")
        files: list[tuple[str, bytes]] = []
        refused: list[tuple[str, str, str]] = []
        for entry in entries:
            try:
                found = _read_entry(archive, entry)
                inner = unpack(entry.filename, found, nested=True) if _may_unpack(found, nested) else None
            except Unreadable as problem:
                refused.append((entry.filename, problem.code, problem.sentence))
                continue
            if inner is None:
                files.append((entry.filename, found))
                continue
            files += [(f"{PurePosixPath(entry.filename).stem}/{inside}", held) for inside, held in inner.files]
            refused += [(f"{entry.filename}/{inside}", code, why) for inside, code, why in inner.refused]
    if sum(len(held) for _, held in files) > LARGEST_UNPACKED:
        raise Unreadable("zip_terlalu_besar", f"Isi {name} lebih dari {LARGEST_UNPACKED >> 20} MB setelah dibuka.")
    return Unpacked(tuple(files), tuple(refused))


def _may_unpack(content: bytes, nested: bool) -> bool:
    if is_archive(content) and nested:
        raise Unreadable("zip_terlalu_dalam", "Zip di dalam zip di dalam zip tidak dibuka; kirim berkasnya langsung.")
    return is_archive(content)


def _passed_over(name: str) -> bool:
    """Whether an entry is what a system leaves behind: lock files, thumbnails, resource forks."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or PurePosixPath(name).name.startswith((".", "~$", "Thumbs.db"))


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one entry. Raises Unreadable for a name that leaves the folder, a link, a lock, a bomb, a break."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"^[A-Za-z]:", entry.filename):
        raise Unreadable("nama_berbahaya", f"Nama {entry.filename!r} menunjuk ke luar map; berkas ini tidak dibuka.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("nama_berbahaya", f"{entry.filename} adalah tautan, bukan berkas.")
    if entry.flag_bits & 1:
        raise Unreadable("terkunci_sandi", f"{entry.filename} terkunci kata sandi; kirim ulang tanpa sandi.")
    if is_bomb(entry):
        raise Unreadable("zip_bom", f"{entry.filename} membengkak luar biasa saat dibuka; tidak dibuka.")
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as problem:
        raise Unreadable("berkas_rusak", f"{entry.filename} rusak di dalam zip dan tidak dapat dibuka.") from problem


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry unpacks to far more than it weighs."""
    return entry.file_size > _SMALL and entry.file_size > _HIGHEST_RATIO * max(1, entry.compress_size)


def check_workbook(content: bytes) -> None:
    """Pass a workbook whose sheets a reader can hold.

    Raises Unreadable for one that unpacks to too much, or whose few cells stand so far apart that its sheets would be
    billions of empty cells. BadZipFile where the zip is broken or lies of its sizes.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
            sentence = f"Isi berkas lebih dari {LARGEST_UNPACKED >> 20} MB setelah dibuka; bagi menjadi beberapa."
            raise Unreadable("zip_terlalu_besar", sentence)
        if any(entry.filename.endswith("workbook.bin") for entry in entries):
            raise Unreadable("bukan_lembar_kerja", "Berkas xlsb tidak dibaca; simpan sebagai xlsx lalu kirim ulang.")
        for entry in entries:
            cells = _cells(archive, entry)
            if cells > MOST_CELLS:
                raise Unreadable("lembar_terlalu_luas", too_wide(cells))


def check_old_workbook(content: bytes) -> None:
    """Pass an xls whose sheets say that a reader can hold them: it takes the memory for what they say.

    Raises Unreadable for one that says more, or whose last row stands before its first, which the reader takes for
    four billion rows. One that says too little is passed: the reader finds its cells all the same.
    """
    sizes = (tuple(int.from_bytes(part, "little") for part in found.groups()) for found in _XLS_SIZE.finditer(content))
    cells = sum((until - start) % _XLS_WRAPS * max(1, right - left) for start, until, left, right in sizes)
    if cells > MOST_OLD_CELLS:
        raise Unreadable("lembar_terlalu_luas", too_wide(cells))


def too_wide(cells: int) -> str:
    """The sentence for a sheet that spans so many cells."""
    many = f"{cells:,}".replace(",", ".")
    return f"Lembar terbentang atas {many} sel, hampir semuanya kosong. Salin tabelnya ke lembar baru lalu kirim ulang."


def _cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells the rectangle of a sheet has; 0 for an entry that is no sheet (it is read and checked as well)."""
    if entry.filename == "content.xml":
        return _ods_cells(archive.read(entry))
    is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
    columns: set[bytes] = set()
    highest, held = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            if not is_sheet:
                continue
            held = held[-100:] + piece
            columns.update(_COLUMN_OF_CELL.findall(held))
            highest = max([highest, *(int(number) for number in _ROW_NUMBER.findall(held))])
    return highest * max((_column_number(letters) for letters in columns), default=0)


def _column_number(letters: bytes) -> int:
    """A is 1, XFD is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_cells(content: bytes) -> int:
    """How many cells the filled rows of an ods unfold to."""
    total = 0
    for row in _ODS_ROW.split(content)[1:]:
        if not any(mark in row for mark in _FILLED):
            continue
        head = row[: row.find(b">")]
        repeated = _ODS_ROWS.search(head)
        cells = _ODS_CELL.findall(row)
        if cells and cells[-1].endswith(b"/") and b"office:value" not in cells[-1]:
            cells.pop()  # the empty rest of the row, which readers leave away
        width = sum(int(found[1]) if (found := _ODS_COLUMNS.search(cell)) else 1 for cell in cells)
        total += width * (int(repeated[1]) if repeated else 1)
    return total
