"""Opening accounts in files: our own form, until the bank tells its own; this file alone knows the columns.

What goes out: a head `LOPO-REKENING-1;name;day;count`, a line of captions, then one line an account: our number of the
request, NIK, name, birth day. The answer: `LOPO-REKENING-JAWAB-1;name of the file;day`, captions, then for each request
BUKA with the account number and the holder's name as the bank has it, or TOLAK with the reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.refusal import Refused
from lopo.payments.bank.lines import LONGEST_NAME, Parked, plain

ASK_CAPTIONS: Final = ("permintaan", "nik", "nama", "tanggal_lahir")
ANSWER_CAPTIONS: Final = ("permintaan", "status", "rekening", "nama_di_bank", "catatan")
_ASK_HEAD, _ANSWER_HEAD = "LOPO-REKENING-1", "LOPO-REKENING-JAWAB-1"
_OPENED, _REFUSED = "BUKA", "TOLAK"
_NUMBER: Final = re.compile(r"[0-9]{6,20}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One account asked for: our number of the request, and whose it shall be; `born` is an ISO day or empty."""

    id: int
    nik: str
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What the bank says of one request: its account number and holder, or, without a number, why there is none."""

    line: int
    id: int
    number: str
    holder: str
    note: str


@dataclass(frozen=True, slots=True)
class OpeningAnswer:
    """One answer: to which file, the lines that were understood, and those that were not."""

    file: str
    on: date
    lines: tuple[Opened, ...]
    parked: tuple[Parked, ...]


def write_openings(name: str, on: date, lines: Sequence[Asked]) -> bytes:
    """Write the file that asks for accounts, with its declared count."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ASK_HEAD, name, on.isoformat(), len(lines)])
    writer.writerow(ASK_CAPTIONS)
    writer.writerows((line.id, line.nik, plain(line.name, LONGEST_NAME), line.born) for line in lines)
    return text.getvalue().encode()


def read_openings(content: bytes) -> tuple[str, date, tuple[Asked, ...]]:
    """Read such a file back: name, day, requests. Refused: any other file, or a declared count that is wrong."""
    rows = _rows(content)
    try:
        (head, name, on, count), captions, *lines = rows
        asked = tuple(Asked(int(row[0]), row[1], row[2], row[3]) for row in lines)
        day = date.fromisoformat(on)
    except (ValueError, IndexError) as problem:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan permintaan rekening yang utuh.") from problem
    if head != _ASK_HEAD or tuple(captions) != ASK_CAPTIONS or count != str(len(asked)):
        raise Refused("berkas_bank_rusak", "Berkas ini bukan permintaan rekening yang utuh.")
    return name, day, asked


def read_opening_answer(content: bytes) -> OpeningAnswer:
    """Read the bank's answer; a line that is broken, or names a request or an account again, is parked with the reason.

    Refused: a file that is no such answer.
    """
    rows = _rows(content)
    try:
        head, name, on = rows[0][:3]
        day, captions = date.fromisoformat(on), tuple(rows[1])
    except (ValueError, IndexError) as problem:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban permintaan rekening.") from problem
    if head != _ANSWER_HEAD or captions != ANSWER_CAPTIONS:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban permintaan rekening.")
    lines: dict[int, Opened] = {}
    numbers: dict[str, int] = {}
    parked: list[Parked] = []
    for place, row in enumerate(rows[2:], start=3):
        read = _line(place, row)
        if isinstance(read, Parked):
            parked.append(read)
        elif read.id in lines:
            parked.append(Parked(place, ";".join(row), f"permintaan sudah ada di baris {lines[read.id].line}"))
        elif read.number in numbers:
            parked.append(Parked(place, ";".join(row), f"nomor rekening sudah ada di baris {numbers[read.number]}"))
        else:
            lines[read.id] = read
            if read.number:
                numbers[read.number] = place
    return OpeningAnswer(name, day, tuple(lines.values()), tuple(parked))


def _line(place: int, row: Sequence[str]) -> Opened | Parked:
    text = ";".join(row)
    if len(row) != len(ANSWER_CAPTIONS):
        return Parked(place, text, f"{len(row)} kolom, seharusnya {len(ANSWER_CAPTIONS)}")
    asked, status, number, holder, note = (cell.strip() for cell in row)
    if not asked.isascii() or not asked.isdigit():
        return Parked(place, text, "nomor permintaan tidak terbaca")
    if status == _REFUSED:
        return Opened(place, int(asked), "", "", note[:200] or "tanpa alasan")
    if status != _OPENED:
        return Parked(place, text, f"status {status!r} tidak dikenal")
    if not _NUMBER.fullmatch(number):
        return Parked(place, text, f"nomor rekening {number!r} tidak sah")
    if not holder:
        return Parked(place, text, "nama pemilik di bank kosong")
    return Opened(place, int(asked), number, holder[:200], note[:200])


def write_opening_answer(name: str, on: date, lines: Sequence[Opened]) -> bytes:
    """Write an answer in the same form; the fake bank and the tests do."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ANSWER_HEAD, name, on.isoformat()])
    writer.writerow(ANSWER_CAPTIONS)
    writer.writerows(
        (line.id, _OPENED if line.number else _REFUSED, line.number, line.holder, line.note) for line in lines
    )
    return text.getvalue().encode()


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused("berkas_bank_rusak", "Berkas bank bukan teks UTF-8.") from problem
    return [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
