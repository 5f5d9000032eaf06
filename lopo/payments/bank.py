"""The bank: writes the file of orders, reads the bank's answer, and a fake bank that answers like one.

The file is CSV with `;`: a head `LOPO-BANK-1;name;day;count;sum`, a line of captions, then one line an order. The
answer is CSV as well: a head `LOPO-JAWAB-1;name of the file;day`, captions, then one line for each order with the
status BERHASIL or GAGAL. ISO 20022 takes its place later; what callers see stays.
"""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from lopo.basics.refusal import Refused

BANK_NTT: Final = "PDNTIDJ1"
"""BIC of Bank NTT (BPD NTT, code 130) in Bank Indonesia's list of banks."""

ORDER_CAPTIONS: Final = ("order_id", "bic", "rekening", "nama", "jumlah", "berita")
ANSWER_CAPTIONS: Final = ("order_id", "status", "jumlah", "referensi", "catatan")
_ORDER_HEAD, _ANSWER_HEAD = "LOPO-BANK-1", "LOPO-JAWAB-1"
_PAID, _FAILED = "BERHASIL", "GAGAL"
_LONGEST_NAME, _LONGEST_MEMO = 70, 140


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order for the bank; the id is ours and comes back in the answer. Amount in whole rupiah."""

    id: uuid.UUID
    bic: str
    account: str
    holder: str
    amount: int
    memo: str


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file of orders as it stands: its declared count and sum, and its lines."""

    name: str
    on: date
    count: int
    total: int
    lines: tuple[OrderLine, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the declared count and sum are those of the lines, and no order stands twice."""
        return self.count == len(self.lines) == len({line.id for line in self.lines}) and self.total == sum(
            line.amount for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the bank says of one order."""

    line: int
    id: uuid.UUID
    paid: bool
    amount: int
    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class Parked:
    """One line of an answer that could not be used, and why; a person looks at it."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the bank: to which file, the lines that were understood, and those that were not."""

    file: str
    on: date
    lines: tuple[AnswerLine, ...]
    parked: tuple[Parked, ...]


class Bank(Protocol):
    """A bank as we see it: it takes a file of orders and gives answers to it later."""

    def deliver(self, name: str, content: bytes) -> None:
        """Hand over a file. Raises Unavailable when the bank cannot be reached."""

    def answer(self, name: str) -> bytes | None:
        """The answer to a file, None while there is none."""


def sha256(content: bytes) -> str:
    """The fingerprint under which a file is known."""
    return hashlib.sha256(content).hexdigest()


def write_orders(name: str, on: date, lines: Sequence[OrderLine]) -> bytes:
    """The file for the bank with its declared count and sum. Refused: a file without an order."""
    if not lines:
        raise Refused("berkas_bank_kosong", "Tidak ada perintah bayar yang siap dikirim.")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ORDER_HEAD, name, on.isoformat(), len(lines), sum(line.amount for line in lines)])
    writer.writerow(ORDER_CAPTIONS)
    writer.writerows(
        [line.id, line.bic, line.account, _plain(line.holder, _LONGEST_NAME), line.amount,
         _plain(line.memo, _LONGEST_MEMO)]
        for line in lines
    )  # fmt: skip
    return text.getvalue().encode()


def _plain(text: str, longest: int) -> str:
    """Text without line ends, signs of control and a beginning that a spreadsheet would run as a formula."""
    return " ".join(text.split()).lstrip("=+-@")[:longest]


def read_orders(content: bytes) -> OrderFile:
    """Read a file of orders back. Refused: anything that is not such a file."""
    rows = _rows(content)
    try:
        head, name, on, count, total = rows[0]
        lines = tuple(
            OrderLine(uuid.UUID(row[0]), row[1], row[2], row[3], int(row[4]), row[5]) for row in rows[2:] if row
        )
        known = head == _ORDER_HEAD and tuple(rows[1]) == ORDER_CAPTIONS
        read = OrderFile(name, date.fromisoformat(on), int(count), int(total), lines)
    except (ValueError, IndexError) as problem:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan berkas perintah bayar yang utuh.") from problem
    if not known:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan berkas perintah bayar.")
    return read


def read_answer(content: bytes) -> Answer:
    """Read the bank's answer; a line that is broken or stands twice is parked, the rest goes on.

    Refused: a file that is no answer at all.
    """
    rows = _rows(content)
    try:
        head, name, on = rows[0][:3]
        day = date.fromisoformat(on)
        known = head == _ANSWER_HEAD and tuple(rows[1]) == ANSWER_CAPTIONS
    except (ValueError, IndexError) as problem:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban bank yang dapat dibaca.") from problem
    if not known:
        raise Refused("jawaban_bank_rusak", "Berkas ini bukan jawaban bank.")
    lines: dict[uuid.UUID, AnswerLine] = {}
    parked: list[Parked] = []
    for number, row in enumerate(rows[2:], start=3):
        read = _answer_line(number, row)
        if isinstance(read, Parked):
            parked.append(read)
        elif read.id in lines:
            parked.append(Parked(number, ";".join(row), f"nomor perintah sudah ada di baris {lines[read.id].line}"))
        else:
            lines[read.id] = read
    return Answer(name, day, tuple(lines.values()), tuple(parked))


def _answer_line(number: int, row: Sequence[str]) -> AnswerLine | Parked:
    text = ";".join(row)
    if len(row) != len(ANSWER_CAPTIONS):
        return Parked(number, text, f"{len(row)} kolom, seharusnya {len(ANSWER_CAPTIONS)}")
    if row[1] not in (_PAID, _FAILED):
        return Parked(number, text, f"status {row[1]!r} tidak dikenal")
    try:
        return AnswerLine(number, uuid.UUID(row[0]), row[1] == _PAID, int(row[2]), row[3], row[4])
    except ValueError:
        return Parked(number, text, "nomor perintah atau jumlah tidak terbaca")


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused("berkas_bank_rusak", "Berkas bank bukan teks UTF-8.") from problem
    return [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]


@dataclass
class FakeBank:
    """A bank for the demo and the tests: pays what it is sent, as often as it is sent, and says so.

    It checks the declared count and sum as a bank does, refuses the accounts in `closed` (number to reason), and
    removes no duplicate: what arrives twice is paid twice, so that a test can see whether we ever send twice.
    """

    closed: Mapping[str, str] = field(default_factory=dict)
    paid: list[OrderLine] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)

    def deliver(self, name: str, content: bytes) -> None:
        """Take a file and work it off. Refused: a file whose declared count or sum is wrong."""
        orders = read_orders(content)
        if not orders.adds_up:
            raise Refused("bank_menolak_berkas", f"Bank menolak {name}: jumlah baris atau jumlah uang tidak cocok.")
        self.paid.extend(line for line in orders.lines if line.account not in self.closed)
        self.answers[name] = write_answer(name, orders.on, [self._answered(line) for line in orders.lines])

    def answer(self, name: str) -> bytes | None:
        """The answer to a file that was delivered, else None."""
        return self.answers.get(name)

    def _answered(self, line: OrderLine) -> AnswerLine:
        why = self.closed.get(line.account, "")
        return AnswerLine(0, line.id, not why, line.amount, "" if why else f"NTT{line.id.hex[:12].upper()}", why)

    @staticmethod
    def open_numbers(niks: Iterable[str]) -> dict[str, str]:
        """Account numbers as the bank would give them on opening: 13 digits, the same for the same NIK."""
        return {
            nik: f"013{int.from_bytes(hashlib.sha256(nik.encode()).digest()[:8], 'big') % 10**10:010d}" for nik in niks
        }


def write_answer(name: str, on: date, lines: Sequence[AnswerLine]) -> bytes:
    """An answer in the bank's form; the fake bank and the tests write it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ANSWER_HEAD, name, on.isoformat()])
    writer.writerow(ANSWER_CAPTIONS)
    writer.writerows([line.id, _PAID if line.paid else _FAILED, line.amount, line.reference, line.note]
                     for line in lines)  # fmt: skip
    return text.getvalue().encode()
