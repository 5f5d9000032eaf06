"""Bank statements: each movement is booked once, money that comes back can be sent again, the unknown waits for two."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.ledger import queries as ledger
from lopo.payments import actions, bank, queries
from lopo.payments.models import BankFile, BankStatement, Order, Passbook, StatementLine
from lopo.payments.queries import LineFilter
from tests.cast import Cast, appoint_all
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments import PAY, balance, decided_death, heirs_account

ACCOUNT = "0130000000999"
LATER = date(2026, 1, 14)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def sent(stage: Stage) -> bank.FakeBank:
    """One death with three orders, sent as pain.001 and worked off by a bank that has not answered yet."""
    fake = bank.FakeBank()
    case_id = decided_death(stage)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    actions.make_orders(by=stage.cast.bpjs, on=PAY)
    deliver(stage, fake)
    return fake


def deliver(stage: Stage, fake: bank.FakeBank) -> actions.Prepared:
    file = actions.make_file(by=stage.cast.bpjs, on=PAY, form="pain.001")
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get(pk=file.file_id).content))
    return file


def read(stage: Stage, content: bytes) -> actions.Read:
    return actions.read_statement(by=stage.cast.bpjs, on=LATER, content=content)


def movement(amount: int | str, *, debit: bool = True, named: str = "", text: str = "") -> bank.Booked:
    return bank.Booked(0, LATER, debit, Decimal(amount), named, "R", text)


def statement(name: str, *lines: bank.Booked, opening: int = 0) -> bytes:
    placed = [
        bank.Booked(place, one.on, one.debit, one.amount, one.end_to_end, one.reference, one.text)
        for place, one in enumerate(lines, 1)
    ]
    moved = sum((-one.amount if one.debit else one.amount for one in lines), Decimal(0))
    return bank.write_camt053(bank.Statement(name, ACCOUNT, LATER, Decimal(opening), opening + moved, tuple(placed)))


def states() -> dict[str, int]:
    found = list(Order.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def first() -> Order:
    return Order.objects.order_by("component")[0]


def test_a_statement_confirms_what_it_shows_and_the_answer_after_it_changes_nothing(stage: Stage) -> None:
    fake = sent(stage)
    done = read(stage, fake.statement("S1", LATER, ACCOUNT, movement("12.34", debit=False, text="bunga")))
    assert (done.statements, done.lines, done.paid, done.returned, done.unknown, done.again) == (1, 4, 3, 0, 1, False)
    assert states() == {"terbayar": 3}
    assert BankFile.objects.get().state == "dikonfirmasi"
    assert (balance("utang_manfaat:bpjs"), balance("bank:bpjs")) == (0, -42_000_000)
    assert ledger.balanced()
    again = read(stage, fake.statement("S1", LATER, ACCOUNT, movement("12.34", debit=False, text="bunga")))
    assert (again.again, again.paid, StatementLine.objects.count()) == (True, 0, 4)
    with pytest.raises(Refused, match="isi lain"):
        read(stage, fake.statement("S1", LATER, ACCOUNT))


def test_the_answer_first_then_the_statement_books_once(stage: Stage) -> None:
    fake = sent(stage)
    file = BankFile.objects.get()
    answer = fake.answer(file.name) or b""
    actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.id, content=answer)
    told = queries.explained()
    assert (told.moved, told.known, told.unseen, told.unseen_orders) == (42_000_000, 0, 42_000_000, 3)
    assert read(stage, fake.statement("S1", LATER, ACCOUNT)).paid == 0
    assert balance("bank:bpjs") == -42_000_000
    told = queries.explained()
    assert (told.permille, told.unseen, told.unknown, told.book) == (1000, 0, 0, 0)


def test_money_that_comes_back_is_sent_again_to_the_corrected_account_once(stage: Stage) -> None:
    fake = sent(stage)
    read(stage, fake.statement("S1", LATER, ACCOUNT))
    order = first()
    came = movement(order.amount, debit=False, named=order.id.hex, text="AC04 rekening ditutup")
    assert read(stage, statement("S2", came)).returned == 1
    order.refresh_from_db()
    assert (order.state, order.bank_note) == ("kembali", "AC04 rekening ditutup")
    assert balance("utang_manfaat:bpjs") == -order.amount
    twice = read(stage, statement("S3", came))
    assert (twice.returned, twice.unknown) == (0, 1)
    assert StatementLine.objects.get(state="belum_dikenali").why == "perintah ini sudah kembali"
    book = Passbook.objects.get(pk=order.passbook_id)
    actions.correct_account(by=stage.cast.bpjs, on=LATER, passbook_id=book.id, number="0131111111111", why="baru")
    actions.retry_order(by=stage.cast.bpjs, on=LATER, order_id=order.id)
    fake.paid.clear()
    deliver(stage, fake)
    assert [(line.id, line.attempt, line.account) for line in fake.paid] == [(order.id, 2, "0131111111111")]
    assert read(stage, fake.statement("S4", LATER, ACCOUNT)).paid == 1
    assert (states(), balance("bank:bpjs"), balance("utang_manfaat:bpjs")) == ({"terbayar": 3}, -42_000_000, 0)
    assert ledger.balanced()
    late = read(stage, statement("S5", came))  # the first attempt once more, while the second is paid
    assert (late.returned, late.unknown, states()) == (0, 1, {"terbayar": 3})


ODD = {
    "tidak membawa nomor perintah bayar kita": lambda order: movement(order.amount),
    "nomor perintah ini tidak ada pada kita": lambda order: movement(order.amount, named="ab" * 16),
    "percobaan ke-2, perintahnya kini percobaan ke-1": lambda order: movement(order.amount, named=f"{order.id.hex}-2"),
    "uang kembali, tetapi perintah ini terkirim menurut catatan kita": lambda order: movement(
        order.amount, debit=False, named=order.id.hex
    ),
}


@pytest.mark.parametrize("why", ODD)
def test_what_is_not_known_waits_with_its_reason_and_the_rest_is_booked(stage: Stage, why: str) -> None:
    sent(stage)
    order, other = Order.objects.order_by("component")[:2]
    done = read(stage, statement("S1", ODD[why](order), movement(other.amount, named=other.id.hex), opening=10**8))
    assert (done.paid, done.unknown) == (1, 1)
    assert StatementLine.objects.get(state="belum_dikenali").why == why
    order.refresh_from_db()
    assert order.state == "terkirim"


def test_another_amount_and_a_second_debit_wait(stage: Stage) -> None:
    sent(stage)
    order = first()
    named = {"named": order.id.hex}
    done = read(stage, statement("S1", movement(order.amount - 1, **named), movement(order.amount, **named),
                                 movement(order.amount, **named), opening=10**8))  # fmt: skip
    assert (done.paid, done.unknown) == (1, 2)
    reasons = StatementLine.objects.filter(state="belum_dikenali").order_by("place").values_list("why", flat=True)
    assert list(reasons) == [f"jumlahnya {order.amount - 1}, perintahnya {order.amount}", "perintah ini sudah didebit"]
    assert balance("bank:bpjs") == -order.amount


def test_two_officers_explain_a_line(stage: Stage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sent(stage)
    order, cast = first(), stage.cast
    read(stage, statement("S1", movement(order.amount, text="transfer"), movement(5000, text="biaya"), opening=10**8))
    unnamed, fee = StatementLine.objects.order_by("place")
    with django_assert_num_queries(2):
        assert queries.candidates(unnamed.id)[0].id == order.id
    with pytest.raises(Refused, match="bukan uang yang sama"):
        actions.explain_line(by=cast.bpjs, on=LATER, line_id=fee.id, order_id=order.id, note="x")
    with pytest.raises(Refused, match="Tulis apa"):
        actions.explain_line(by=cast.bpjs, on=LATER, line_id=fee.id, order_id=None, note=" ")
    actions.explain_line(by=cast.bpjs, on=LATER, line_id=unnamed.id, order_id=order.id, note="bukti transfer")
    actions.explain_line(by=cast.bpjs, on=LATER, line_id=fee.id, order_id=None, note="biaya administrasi")
    actions.refuse_line(by=cast.penyetuju, on=LATER, line_id=fee.id, why="lampirkan bukti")
    actions.explain_line(by=cast.bpjs, on=LATER, line_id=fee.id, order_id=None, note="biaya, lihat bukti 7")
    with pytest.raises(Refused):
        actions.agree_line(by=cast.bpjs, on=LATER, line_id=fee.id)
    for one in (unnamed, fee):
        actions.agree_line(by=cast.penyetuju, on=LATER, line_id=one.id)
    order.refresh_from_db()
    assert (order.state, balance("bank:bpjs")) == ("terbayar", -order.amount)
    with django_assert_num_queries(1):
        told = queries.explained()
    assert (told.moved, told.known, told.permille, told.book) == (order.amount + 5000, order.amount + 5000, 1000, 0)
    with pytest.raises(Refused, match="tidak lagi menunggu"):
        actions.explain_line(by=cast.bpjs, on=LATER, line_id=fee.id, order_id=None, note="lagi")


def test_an_order_in_doubt_goes_into_no_file_until_it_is_explained(stage: Stage) -> None:
    sent(stage)
    order = first()
    Order.objects.filter(pk=order.pk).update(state="gagal")
    read(stage, statement("S1", movement(order.amount, named=order.id.hex), opening=10**8))
    (waits,) = StatementLine.objects.all()
    assert waits.why == "perintah ini gagal menurut catatan kita"
    actions.retry_order(by=stage.cast.bpjs, on=LATER, order_id=order.id)
    with pytest.raises(Refused, match="Tidak ada perintah bayar yang siap"):
        actions.make_file(by=stage.cast.bpjs, on=LATER)
    actions.explain_line(by=stage.cast.bpjs, on=LATER, line_id=waits.id, order_id=None, note="bank menarik kembali")
    actions.agree_line(by=stage.cast.penyetuju, on=LATER, line_id=waits.id)
    assert actions.make_file(by=stage.cast.bpjs, on=LATER).count == 1


def test_another_account_is_refused_and_a_missing_statement_shows(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = bank.write_camt053(bank.Statement("S1", "0999", LATER, Decimal(0), Decimal(0), ()))
    with pytest.raises(Refused, match="milik rekening 0999"):
        read(stage, other)
    read(stage, statement("S1", movement(10, debit=False)))
    read(stage, statement("S3", movement(5, debit=True), opening=25))
    with django_assert_num_queries(1):
        newest, oldest = queries.statements()
    assert ((newest.number, newest.gap, newest.unknown), oldest.gap) == (("S3", Decimal(15), 1), None)
    with django_assert_num_queries(2):
        page = queries.lines_page(LineFilter("belum_dikenali", "masuk"), Asked())
    assert [row.amount for row in page.rows] == [10]
    assert queries.lines_page(LineFilter(direction="samping"), Asked()).total == 0


def test_what_the_bank_sent_never_changes(stage: Stage) -> None:
    read(stage, statement("S1", movement(10, debit=False)))
    for rows, change in ((BankStatement.objects.all(), {"count": 9}), (StatementLine.objects.all(), {"amount": 1}),
                         (StatementLine.objects.all(), {"state": "dijelaskan"})):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_read_the_same_statement_at_once_book_it_once(transactional_db: None) -> None:
    stage = build(appoint_all())
    content = sent(stage).statement("S1", LATER, ACCOUNT)
    found: list[actions.Read] = []

    def run() -> None:
        try:
            found.append(read(stage, content))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.again for one in found) == [False, True]
    assert sum(one.paid for one in found) == 3
    assert balance("bank:bpjs") == -42_000_000
