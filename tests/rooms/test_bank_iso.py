"""ISO 20022: files of orders are valid and read back, answers and statements are read safely, bombs are refused."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.payments import bank
from lopo.payments.bank import iso

DAY = date(2026, 1, 12)
PAYER = bank.Payer("BPJS Ketenagakerjaan", bank.BANK_NTT, "0130000000999")
FILE = uuid.UUID(int=7)


def line(number: int, amount: int = 10_000_000, account: str = "0130000000001", attempt: int = 1) -> bank.OrderLine:
    return bank.OrderLine(uuid.UUID(int=number), bank.BANK_NTT, account, "Yohana & <Lolon>", amount, "JKM", attempt)


def orders(*lines: bank.OrderLine) -> bytes:
    return bank.write_pain001(bank.message_id(FILE), DAY, lines, PAYER)


def booked(place: int, amount: str, *, debit: bool = True, named: str = "", problem: str = "") -> bank.Booked:
    return bank.Booked(place, DAY, debit, Decimal(amount), named, f"R{place}", "bunga", problem)


def statement(*lines: bank.Booked) -> bytes:
    moved = sum((-one.amount if one.debit else one.amount for one in lines), Decimal(0))
    return bank.write_camt053(bank.Statement("S1", PAYER.account, DAY, Decimal(100), 100 + moved, lines))


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as problem:
        bank.read_statements(content)
    return problem.value.code


def test_a_file_of_orders_is_valid_and_reads_back_with_what_it_declares() -> None:
    content = orders(line(1, 20_000_000), line(2, 12_000_000, attempt=3))
    read = bank.read_orders(content)
    assert (read.name, read.on, read.count, read.total) == (FILE.hex, DAY, 2, 32_000_000)
    assert read.lines == (line(1, 20_000_000), line(2, 12_000_000, attempt=3))
    assert read.adds_up
    assert not bank.read_orders(content.replace(b"12000000<", b"12000001<", 1)).adds_up
    with pytest.raises(Refused, match="Tidak ada perintah bayar"):
        orders()


@given(st.uuids(), st.integers(1, 99))
def test_every_attempt_has_its_own_id_of_at_most_35_signs(order: uuid.UUID, attempt: int) -> None:
    named = bank.OrderLine(order, "", "", "", 1, "", attempt).end_to_end
    assert len(named) <= 35
    assert bank.read_end_to_end(named) == (order, attempt)


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_no_other_text_is_one_of_our_ids(text: str) -> None:
    read = bank.read_end_to_end(text)
    assert read is None or text.replace("-", "")[:32].lower() == read[0].hex


def test_the_bank_answers_each_order_and_the_rest_is_parked() -> None:
    fake = bank.FakeBank(closed={"0139": "rekening ditutup"})
    fake.deliver("B1", orders(line(1), line(2, 500, "0139", attempt=2)))
    content = fake.answer("B1") or b""
    answer = bank.read_answer(content)
    assert (answer.file, answer.on, answer.parked, answer.pending, answer.whole) == (FILE.hex, DAY, (), 0, None)
    assert [(one.id.int, one.attempt, one.paid, one.amount, one.note) for one in answer.lines] == [
        (1, 1, True, 10_000_000, ""),
        (2, 2, False, 500, "AC04 rekening ditutup"),
    ]
    other = bank.read_answer(content.replace(line(1).end_to_end.encode(), b"NOTPROVIDED"))
    assert [(one.text, len(other.lines)) for one in other.parked] == [("NOTPROVIDED", 1)]
    waits = bank.read_answer(content.replace(b"ACSC", b"ACSP"))
    assert (waits.pending, len(waits.lines)) == (1, 1)


def test_a_whole_file_can_be_refused_at_once() -> None:
    fake = bank.FakeBank()
    fake.deliver("B1", orders(line(1)))
    content = fake.answer("B1") or b""
    start, end = content.index(b"<OrgnlPmtInfAndSts>"), content.index(b"</CstmrPmtStsRpt>")
    why = b"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>"
    said = content[:start].replace(b"</OrgnlGrpInfAndSts>", why) + content[end:]
    whole = bank.read_answer(said).whole
    assert whole is not None
    assert (whole.paid, whole.note) == (False, "AM04")
    assert bank.read_answer(said.replace(b"RJCT", b"ACCP")).whole is None


def test_a_statement_is_read_line_by_line_with_sen() -> None:
    (read,) = bank.read_statements(
        statement(booked(1, "10000000", named=line(1).end_to_end), booked(2, "0.25", debit=False))
    )
    assert (read.id, read.account, read.on) == ("S1", PAYER.account, DAY)
    assert [(one.debit, one.amount, bank.read_end_to_end(one.end_to_end)) for one in read.lines] == [
        (True, Decimal(10_000_000), (uuid.UUID(int=1), 1)),
        (False, Decimal("0.25"), None),
    ]


BATCH = b'<TxDtls><Refs><EndToEndId>%b</EndToEndId></Refs><Amt Ccy="IDR">%b</Amt></TxDtls>'


@pytest.mark.parametrize(("amounts", "found"), [((b"4", b"6"), 2), ((b"4", b"7"), 1)])
def test_a_batch_is_taken_apart_where_its_parts_make_its_sum(amounts: tuple[bytes, ...], found: int) -> None:
    inside = b"".join(BATCH % (line(n).end_to_end.encode(), amount) for n, amount in enumerate(amounts, 1))
    content = statement(booked(1, "10"))
    start, end = content.index(b"<TxDtls>"), content.index(b"</NtryDtls>")
    (read,) = bank.read_statements(content[:start] + inside + content[end:])
    assert len(read.lines) == found
    assert bool(read.lines[0].problem) == (found == 1)


def test_what_is_not_booked_is_left_out() -> None:
    content = statement(booked(1, "10", debit=False)).replace(b"<Cd>BOOK</Cd>", b"<Cd>PDNG</Cd>")
    assert refused(content) == "jumlah_rekening_koran"
    (read,) = bank.read_statements(content.replace(b">110<", b">100<"))
    assert read.lines == ()


def test_broken_dangerous_and_foreign_messages_are_refused_by_name() -> None:
    good = statement(booked(1, "10"))
    bomb = b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><b>&b;</b>'
    assert refused(bomb) == "pesan_bank_berbahaya"
    assert (
        refused(good.replace(b"?>", b'?><!DOCTYPE Document SYSTEM "http://localhost/x">', 1)) == "pesan_bank_berbahaya"
    )
    assert refused(b"<a/>") == "pesan_bank_tidak_dikenal"
    assert refused(b"") == "bukan_rekening_koran"
    assert refused(b"<") == "pesan_bank_tidak_sah"
    assert refused(good[:-20]) == "pesan_bank_tidak_sah"
    assert refused(good.replace(b"<Cd>BOOK</Cd>", b"<Cd>TOOLONG</Cd>")) == "pesan_bank_tidak_sah"
    assert refused(good.replace(b"<Id>S1</Id>", b"")) == "pesan_bank_tidak_sah"
    assert refused(good.replace(b">90<", b">91<")) == "jumlah_rekening_koran"
    assert refused(good.replace(b"CLBD", b"ITBD")) == "saldo_tidak_ada"
    assert refused(good.replace(b'Ccy="IDR"', b'Ccy="USD"')) == "mata_uang"
    assert refused(orders(line(1))) == "bukan_rekening_koran"
    with pytest.raises(Refused, match="bukan jawaban bank"):
        bank.read_answer(good)


def test_a_message_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iso, "LARGEST", 100)
    assert refused(statement(booked(1, "10"))) == "pesan_bank_terlalu_besar"
