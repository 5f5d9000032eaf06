"""Opening the files of a pile of lists: bytes to sheets, whatever the encoding, with errors as values."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from lopo.targeting.batch.layout import read_sheet
from lopo.targeting.batch.lists import Cell, ParsedList, ParsedSheet, Problem, Sheet

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".txt", ".tsv"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_UNPACKED = 1 << 30  # bytes; a workbook that unpacks to more is refused rather than opened
_LONGEST_QUOTED = 5  # lines that one quoted csv field may run over before its first line is taken for broken
_NO_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_CONTROL_TO_SPACE = dict.fromkeys(_NO_CONTROL, " ")
_LOOKED_AT = 4000  # characters at the start that show whether bytes are text
_RAREST_CONTROL = 100  # text may hold one stray control character in so many; bytes of pictures hold far more


class Unreadable(ValueError):
    """A file that cannot be opened: a code of `Problem` and the sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def open_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file with lines as a person sees them.

    Raises Unreadable for an empty file, a locked one, or one that is no spreadsheet.
    """
    if not content.strip(b"\x00\t\r\n "):
        raise Unreadable("berkas_kosong", "Berkas kosong.")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Unreadable("terkunci_sandi", "Berkas terkunci kata sandi; kirim ulang tanpa sandi.")
    if content.startswith((_OLE, _ZIP)):
        return _workbook(name, content)
    return (_table(name, _decode(content)),)


def _workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an xlsx, xls, xlsb or ods that have at least one filled cell."""
    try:
        if content.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                    raise Unreadable("lembar_rusak", "Isi berkas lebih dari 1 GB setelah dibuka.")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in book.sheet_names]
    except PasswordError as error:
        raise Unreadable("terkunci_sandi", "Berkas terkunci kata sandi; kirim ulang tanpa sandi.") from error
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("bukan_lembar_kerja", "Berkas bukan lembar kerja yang dapat dibuka.") from error
    sheets = [_sheet(name, title, rows) for title, rows in found]
    filled = tuple(sheet for sheet in sheets if any(cell not in ("", None) for row in sheet.rows for cell in row))
    if not filled:
        raise Unreadable("berkas_kosong", "Tidak ada sel yang terisi di lembar mana pun.")
    return filled


def _sheet(name: str, title: str, rows: Sequence[Sequence[Cell]]) -> Sheet:
    """A sheet whose first row is line 1, as calamine gives it with the empty area kept."""
    return Sheet(name, title, tuple(range(1, len(rows) + 1)), tuple(tuple(row) for row in rows))


def _decode(content: bytes) -> str:
    """Text of a csv: the encoding its mark says, else UTF-8, else Windows-1252.

    Raises Unreadable when the bytes are no text.
    """
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    encodings = [encoding for mark, encoding in marks if content.startswith(mark)]
    if not encodings and content[:2000].count(0) > len(content[:2000]) // 3:
        encodings = ["utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"]
    text = _first_that_fits(content, encodings or ["utf-8"])
    start = text[:_LOOKED_AT]
    if sum(1 for char in start if ord(char) in _NO_CONTROL) * _RAREST_CONTROL > len(start):
        raise Unreadable("bukan_lembar_kerja", "Berkas bukan lembar kerja dan bukan teks CSV.")
    return text.translate(_CONTROL_TO_SPACE)


def _first_that_fits(content: bytes, encodings: Sequence[str]) -> str:
    """The content in the first encoding that it is valid in, else as Windows-1252 with a mark for each stray byte."""
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The sign that parts the columns: of `;`, tab, `,` and `|` the one most even over the first lines.

    Raises Unreadable when no line has any of them.
    """
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    weight = {sign: sorted(line.count(sign) for line in lines)[len(lines) // 2] for sign in ";\t,|"}
    if not any(weight.values()):
        raise Unreadable("bukan_lembar_kerja", "Teks tanpa kolom: tidak ada pemisah `;`, tab atau `,`.")
    return max(weight, key=lambda sign: weight[sign])


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Pairs of first line and cells; a quote that is never closed spoils its own line only."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        take = 1
        while '"' in lines[at] and "\n".join(lines[at : at + take]).count('"') % 2 and take < _LONGEST_QUOTED:
            take += 1
        whole = "\n".join(lines[at : at + take])
        if whole.count('"') % 2:
            take, whole = 1, lines[at].replace('"', "")
        yield at + 1, next(csv.reader(io.StringIO(whole), delimiter=delimiter), [])
        at += take


def _table(name: str, text: str) -> Sheet:
    """The one sheet of a csv; `lines` are the line numbers of the text."""
    delimiter = _delimiter(text)
    if '"' in text:
        pairs = list(_records(text, delimiter))
    else:
        pairs = list(enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1))
    return Sheet(name, "", tuple(line for line, _ in pairs), tuple(tuple(cells) for _, cells in pairs))


def parse_list(name: str, content: bytes) -> ParsedList:
    """Open and understand one file; never raises for bad content, see ParsedList.problems."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        sheets = open_sheets(name, content)
    except Unreadable as error:
        return ParsedList(name, digest, problems=(Problem(name, error.code, error.sentence),))
    understood: list[ParsedSheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        parsed, found = read_sheet(sheet)
        understood.append(parsed)
        problems.extend(found)
    return ParsedList(name, digest, tuple(understood), tuple(problems))


def _seen_before(one: ParsedList, earlier: str) -> ParsedList:
    """The list with the note that its content came already under another name."""
    again = Problem(one.file, "berkas_sama", f"Isinya sama dengan {earlier}; barisnya menjadi ganda.")
    return replace(one, problems=(*one.problems, again))


def list_files(folder: Path, leave_out: Path | None = None) -> tuple[Path, ...]:
    """Files under `folder` in the order of their names, without hidden and lock files, without those in `leave_out`."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith((".", "~$")))
    return tuple(path for path in found if leave_out is None or not path.resolve().is_relative_to(leave_out.resolve()))


def read_lists(folder: Path, leave_out: Path | None = None) -> tuple[ParsedList, ...]:
    """All files under `folder` but those in `leave_out`; names are posix paths relative to `folder`, in their order.

    A file of another kind than a spreadsheet comes back with a problem, so that nothing is passed over in silence.
    """
    found = (
        parse_list(path.relative_to(folder).as_posix(), path.read_bytes()) for path in list_files(folder, leave_out)
    )
    first: dict[str, str] = {}
    lists: list[ParsedList] = []
    for one in found:
        earlier = first.setdefault(one.sha256, one.file)
        lists.append(one if earlier == one.file else _seen_before(one, earlier))
    return tuple(lists)
