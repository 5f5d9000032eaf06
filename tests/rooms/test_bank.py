"""The bank's gateway: files add up, answers are read line by line, and the fake bank tells the truth."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import replace
from datetime import date

import pytest

from lopo.basics.refusal import Refused
from lopo.payments import bank

DAY = date(2026, 1, 12)


def _line(number: int, amount: int = 10_000_000, account: str = "0130000000001") -> bank.OrderLine:
    return bank.OrderLine(
        uuid.UUID(int=number), bank.BANK_NTT, account, "Yohana; Lolon", amount, "JKM-2026-00001 biaya pemakaman"
    )


def test_a_file_declares_its_count_and_sum_and_is_read_back_as_it_was() -> None:
    lines = (_line(1, 20_000_000), _line(2, 12_000_000), _line(3))
    content = bank.write_orders("B1", DAY, lines)
    assert content.splitlines()[0] == b"LOPO-BANK-1;B1;2026-01-12;3;42000000"
    read = bank.read_orders(content)
    assert read == bank.OrderFile("B1", DAY, 3, 42_000_000, lines)
    assert read.adds_up


def test_an_order_that_is_tried_again_has_another_name_in_every_form() -> None:
    again = replace(_line(1), attempt=2)
    fake = bank.FakeBank()
    fake.deliver("B1", bank.write_orders("B1", DAY, [again]))
    assert [(line.id, line.attempt) for line in fake.paid] == [(again.id, 2)]
    content = fake.answer("B1") or b""
    (line,) = bank.read_answer(content).lines
    assert (line.id, line.attempt) == (again.id, 2)
    (named,) = {row[0] for row in csv.reader(io.StringIO(content.decode()), delimiter=";") if len(row) == 5} - {
        bank.ANSWER_CAPTIONS[0]
    }
    assert bank.read_end_to_end(named) == (again.id, 2), "the name by which a statement will show it"
    older = bank.read_answer(content.replace(named.encode(), str(again.id).encode()))
    assert [(line.id, line.attempt) for line in older.lines] == [(again.id, None)]


def test_names_cannot_run_as_formulas_nor_break_lines() -> None:
    odd = bank.OrderLine(uuid.UUID(int=1), bank.BANK_NTT, "01", "=HYPERLINK(1)\nx", 1, "+1")
    (read,) = bank.read_orders(bank.write_orders("B", DAY, [odd])).lines
    assert (read.holder, read.memo) == ("HYPERLINK(1) x", "1")


def test_a_file_without_orders_is_refused() -> None:
    with pytest.raises(Refused, match="Tidak ada perintah bayar"):
        bank.write_orders("B", DAY, [])


@pytest.mark.parametrize("content", [b"", b"a;b\n", b"\xff\xfe", b"LOPO-BANK-1;B;2026-01-12;1;1\nx\n"])
def test_what_is_no_file_of_orders_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        bank.read_orders(content)


def test_a_changed_amount_or_a_line_twice_does_not_add_up() -> None:
    content = bank.write_orders("B", DAY, [_line(1), _line(2)])
    assert not bank.read_orders(content.replace(b"10000000;JKM", b"10000001;JKM", 1)).adds_up
    twice = content.replace(uuid.UUID(int=2).hex.encode(), uuid.UUID(int=1).hex.encode())
    assert not bank.read_orders(twice).adds_up


def test_the_fake_bank_tells_the_truth() -> None:
    """What the fake answers has the columns the reader asks for, one line an order, and agrees with what it paid."""
    fake = bank.FakeBank(closed={"0139": "rekening ditutup"})
    fake.deliver("B1", bank.write_orders("B1", DAY, [_line(1), _line(2, 500, "0139")]))
    content = fake.answer("B1")
    assert content is not None
    rows = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
    assert tuple(rows[1]) == bank.ANSWER_CAPTIONS
    answer = bank.read_answer(content)
    assert (answer.file, answer.on, answer.parked) == ("B1", DAY, ())
    assert [(line.id.int, line.paid, line.amount, line.note) for line in answer.lines] == [
        (1, True, 10_000_000, ""),
        (2, False, 500, "rekening ditutup"),
    ]
    assert [line.id.int for line in fake.paid] == [1]
    assert fake.answer("lain") is None


def test_the_fake_bank_checks_the_declared_sum_and_removes_no_duplicate() -> None:
    fake = bank.FakeBank()
    content = bank.write_orders("B1", DAY, [_line(1)])
    fake.deliver("B1", content)
    fake.deliver("B1", content)
    assert len(fake.paid) == 2
    with pytest.raises(Refused, match="tidak cocok"):
        fake.deliver("B2", content.replace(b";1;10000000", b";1;10000001"))
    assert len(fake.paid) == 2


def test_broken_and_repeated_lines_of_an_answer_are_parked_and_the_rest_goes_on() -> None:
    good = bank.AnswerLine(0, uuid.UUID(int=1), True, 10, "R1", "")
    content = (
        bank.write_answer("B1", DAY, [good, good])
        + b"x;BERHASIL;10;;\nonly one\n"
        + (f"{uuid.UUID(int=3)};MUNGKIN;10;;\n{uuid.UUID(int=4)};GAGAL;10;;rekening salah\n".encode())
    )
    answer = bank.read_answer(content)
    assert [(line.line, line.id.int, line.paid) for line in answer.lines] == [(3, 1, True), (8, 4, False)]
    assert [parked.line for parked in answer.parked] == [4, 5, 6, 7]
    assert "baris 3" in answer.parked[0].why


@pytest.mark.parametrize("content", [b"", b"LOPO-JAWAB-1;B;kemarin\n", b"LOPO-JAWAB-1;B;2026-01-12\nx;y\n"])
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="jawaban bank"):
        bank.read_answer(content)


def test_account_numbers_are_the_same_for_the_same_nik_and_apart_for_others() -> None:
    niks = [f"53710101019000{n:02d}" for n in range(50)]
    numbers = bank.FakeBank.open_numbers(niks)
    assert numbers == bank.FakeBank.open_numbers(niks)
    assert len(set(numbers.values())) == 50
    assert {len(number) for number in numbers.values()} == {13}
