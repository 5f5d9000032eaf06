"""The bank's own form: CSV with `;` for the file of orders and for the answer to it.

The file of orders: a head `LOPO-BANK-1;name;day;count;sum`, a line of captions, then one line an order. The answer: a
head `LOPO-JAWAB-1;name of the file;day`, captions, then one line for each order with the status BERHASIL or GAGAL.
An order is named as on a bank statement: its id without dashes, and `-2` or more behind it when it is tried again.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from lopo.basics.refusal import Refused
from lopo.payments.bank.lines import (
    LONGEST_MEMO,
    LONGEST_NAME,
    Answer,
    AnswerLine,
    OrderFile,
    OrderLine,
    Parked,
    end_to_end,
    plain,
    read_end_to_end,
)

ORDER_CAPTIONS: Final = ("order_id", "bic", "rekening", "nama", "jumlah", "berita")
ANSWER_CAPTIONS: Final = ("order_id", "status", "jumlah", "referensi", "catatan")
_ORDER_HEAD, _ANSWER_HEAD = "LOPO-BANK-1", "LOPO-JAWAB-1"
_PAID, _FAILED = "BERHASIL", "GAGAL"


def write_orders(name: str, on: date, lines: Sequence[OrderLine]) -> bytes:
    """The file for the bank with its declared count and sum. Refused: a file without an order."""
    if not lines:
        raise Refused("berkas_bank_kosong", "Tidak ada perintah bayar yang siap dikirim.")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ORDER_HEAD, name, on.isoformat(), len(lines), sum(line.amount for line in lines)])
    writer.writerow(ORDER_CAPTIONS)
    writer.writerows(
        [line.end_to_end, line.bic, line.account, plain(line.holder, LONGEST_NAME), line.amount,
         plain(line.memo, LONGEST_MEMO)]
        for line in lines
    )  # fmt: skip
    return text.getvalue().encode()


def read_orders(content: bytes) -> OrderFile:
    """Read a file of orders back. Refused: anything that is not such a file."""
    rows = rows_of(content)
    try:
        head, name, on, count, total = rows[0]
        lines = tuple(_order_line(row) for row in rows[2:] if row)
        known = head == _ORDER_HEAD and tuple(rows[1]) == ORDER_CAPTIONS
        read = OrderFile(name, date.fromisoformat(on), int(count), int(total), lines)
    except (ValueError, IndexError) as problem:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan berkas perintah bayar yang utuh.") from problem
    if not known:
        raise Refused("berkas_bank_rusak", "Berkas ini bukan berkas perintah bayar.")
    return read


def _order_line(row: Sequence[str]) -> OrderLine:
    order, attempt = _named(row[0])
    return OrderLine(order, row[1], row[2], row[3], int(row[4]), row[5], attempt or 1)


def _named(text: str) -> tuple[uuid.UUID, int | None]:
    """Order and attempt; an id with dashes, as files named it before, says nothing of the attempt."""
    return read_end_to_end(text) or (uuid.UUID(text), None)


def read_answer(content: bytes) -> Answer:
    """Read the bank's answer; a line that is broken or stands twice is parked, the rest goes on.

    Refused: a file that is no answer at all.
    """
    rows = rows_of(content)
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
        order, attempt = _named(row[0])
        return AnswerLine(number, order, row[1] == _PAID, int(row[2]), row[3], row[4], attempt)
    except ValueError:
        return Parked(number, text, "nomor perintah atau jumlah tidak terbaca")


def rows_of(content: bytes) -> list[list[str]]:
    """Give the lines of a file with `;` that are not empty. Refused: bytes that are no such text."""
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise Refused("berkas_bank_rusak", "Berkas bank bukan teks: ada tanda NUL di dalamnya.")
        return [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    except UnicodeDecodeError as problem:
        raise Refused("berkas_bank_rusak", "Berkas bank bukan teks UTF-8.") from problem
    except csv.Error as problem:
        raise Refused("berkas_bank_rusak", "Berkas bank tidak dapat dibagi menjadi kolom.") from problem


def write_answer(name: str, on: date, lines: Sequence[AnswerLine]) -> bytes:
    """An answer in the bank's form; the fake bank and the tests write it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([_ANSWER_HEAD, name, on.isoformat()])
    writer.writerow(ANSWER_CAPTIONS)
    writer.writerows([end_to_end(line.id, line.attempt or 1), _PAID if line.paid else _FAILED, line.amount,
                      line.reference, line.note] for line in lines)  # fmt: skip
    return text.getvalue().encode()
