"""Opening accounts in files: our own form, until the bank tells its own; this file alone knows the columns.

What goes out: a head `LOPO-REKENING-1;name;day;count`, a line of captions, then one line an account: our number of the
request, NIK, name, birth day. The answer: `LOPO-REKENING-JAWAB-1;name of the file;day`, captions, then for each request
BUKA with the account number and the holder's name as the bank has it, or TOLAK with the reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.refusal import Refused
from lopo.payments.bank.lines import LONGEST_NAME, Parked, plain
from lopo.payments.bank.table import rows_of

ASK_CAPTIONS: Final = ("permintaan", "nik", "nama", "tanggal_lahir")
ANSWER_CAPTIONS: Final = ("permintaan", "status", "rekening", "nama_di_bank", "catatan")
_ASK_HEAD, _ANSWER_HEAD = "LOPO-REKENING-1", "LOPO-REKENING-JAWAB-1"
_OPENED, _REFUSED = "BUKA", "TOLAK"
_REQUEST: Final = re.compile(r"[0-9]{1,18}")
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
    rows = rows_of(content)
    try:
        (head, name, on, count), captions, *lines = rows
        asked = tuple(Asked(int(row[0]), row[1], row[2], row[3]) for row in lines)
        day = date.fromisoformat(on)
    except (ValueError, IndexError) as problem:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan permintaan rekening yang utuh.") from problem
    if head != _ASK_HEAD or tuple(captions) != ASK_CAPTIONS or count != str(len(asked)):
        raise Refused("berkas_bank_rusak", "Berkas ini bukan permintaan rekening yang utuh.")
    return name, day, asked


def is_opening_answer(content: bytes) -> bool:
    """Whether a file says of itself that it answers a request for accounts."""
    return content.removeprefix(b"\xef\xbb\xbf").startswith(_ANSWER_HEAD.encode())


def read_opening_answer(content: bytes) -> OpeningAnswer:
    """Read the bank's answer; a line that cannot be used is parked with the reason.

    So is every one of those that speak of the same request or the same account: nobody can know which is right.
    Refused: a file that is no such answer.
    """
    rows = rows_of(content)
    try:
        head, name, on = rows[0][:3]
        day, captions = date.fromisoformat(on), tuple(rows[1])
    except (ValueError, IndexError) as problem:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban permintaan rekening.") from problem
    if head != _ANSWER_HEAD or captions != ANSWER_CAPTIONS:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban permintaan rekening.")
    read = [_line(place, row) for place, row in enumerate(rows[2:], start=3)]
    told = [one for one in read if isinstance(one, Opened)]
    asked, numbers = Counter(one.id for one in told), Counter(one.number for one in told if one.number)
    parked = [one for one in read if isinstance(one, Parked)]
    for one in told:
        text = f"{one.id};{one.number}"
        if asked[one.id] > 1:
            parked.append(Parked(one.line, text, "permintaan ini dijawab di lebih dari satu baris"))
        elif numbers[one.number] > 1:
            parked.append(Parked(one.line, text, "nomor rekening ini ada di lebih dari satu baris"))
    used = {one.line for one in parked}
    lines = tuple(one for one in told if one.line not in used)
    return OpeningAnswer(name, day, lines, tuple(sorted(parked, key=lambda one: one.line)))


def _line(place: int, row: Sequence[str]) -> Opened | Parked:
    text = ";".join(row)
    if len(row) != len(ANSWER_CAPTIONS):
        return Parked(place, text, f"{len(row)} kolom, seharusnya {len(ANSWER_CAPTIONS)}")
    asked, status, number, holder, note = (cell.strip() for cell in row)
    if not _REQUEST.fullmatch(asked):
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
