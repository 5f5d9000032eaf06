"""Random lives of payments in any order and repeated: money is conserved, nothing goes twice, every figure agrees."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.ledger import queries as ledger
from lopo.payments import actions, bank, queries
from lopo.payments.bank.lines import end_to_end
from lopo.payments.models import BankFile, Order, Passbook, StatementLine
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import Stage, build
from tests.rooms.test_payments import PAY, decided_death, heirs_account

pytestmark = pytest.mark.django_db
FEE = 6_500
_Row = TypeVar("_Row")
deeds = st.lists(
    st.tuples(
        st.sampled_from([
            "kasus", "perintah", "berkas", "setujui", "kirim", "bayar", "bayar", "jawaban", "jawaban lagi", "koran",
            "koran", "koran lagi", "kembali", "kembali", "biaya", "ulang", "ulang", "rekening", "jelaskan", "sepakat",
        ]),
        st.integers(0, 7),
    ),
    min_size=8,
    max_size=28,
)  # fmt: skip


@dataclass
class Truth:
    """What the bank really did, kept beside the program and told to it only by files."""

    paid: Counter[tuple[uuid.UUID, int]] = field(default_factory=Counter)
    returned: Counter[tuple[uuid.UUID, int]] = field(default_factory=Counter)
    fees: int = 0
    moves: list[bank.Booked] = field(default_factory=list)
    told: list[bytes] = field(default_factory=list)
    files: dict[uuid.UUID, bytes] = field(default_factory=dict)
    balance: Decimal = Decimal(10**9)

    def move(self, amount: int, name: str, *, debit: bool) -> None:
        """The bank moves money; a statement tells it later."""
        place = len(self.moves) + 1
        self.moves.append(bank.Booked(place, PAY, debit, Decimal(amount), name, f"R{len(self.told)}-{place}", "x"))

    def out(self) -> int:
        """What has left the account for good, orders and fees."""
        amounts = dict(Order.objects.values_list("id", "amount"))
        gone = sum(times * amounts[order] for (order, _), times in self.paid.items())
        return gone - sum(times * amounts[order] for (order, _), times in self.returned.items()) + self.fees


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_whatever_happens_in_whatever_order_the_money_is_there_once(cast: Cast, deeds: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        stage, truth = build(cast), Truth()
        for number in range(2):
            _do(stage, truth, ("kasus", number), PAY)
        for place, step in enumerate(deeds):
            _do(stage, truth, step, PAY + timedelta(days=place))
            _at_any_time(truth)
        _to_the_end(stage, truth, PAY + timedelta(days=60))
        _at_any_time(truth)
        _at_the_end(truth)
        transaction.set_rollback(True)


def _do(stage: Stage, truth: Truth, step: tuple[str, int], on: date) -> None:
    deed, number = step
    try:
        with transaction.atomic():
            if not _desk(stage, deed, number, on):
                _outside(stage, truth, step, on)
    except Refused:
        pass  # what is refused leaves nothing behind, which every figure shows


def _desk(stage: Stage, deed: str, number: int, on: date) -> bool:
    """What an officer does of himself; False where the deed is none of these."""
    bpjs, boss = stage.cast.bpjs, stage.cast.penyetuju
    files, orders = BankFile.objects.order_by("name"), Order.objects.order_by("id")
    known: dict[str, Callable[[], object]] = {
        "kasus": lambda: _case(stage, with_account=number != 0),
        "perintah": lambda: actions.make_orders(by=bpjs, on=on),
        "berkas": lambda: actions.make_file(by=bpjs, on=on, form=actions.FORMS[number % 2]),
        "setujui": lambda: actions.approve_file(by=boss, on=on, file_id=_one(files, number).id),
        "kirim": lambda: actions.send_file(by=boss, on=on, file_id=_one(files, number).id),
        "ulang": lambda: actions.retry_order(by=bpjs, on=on, order_id=_one(orders, number).id),
        "rekening": lambda: _correct(stage, number, on),
        "jelaskan": lambda: _line(stage, on, number, agree=False),
        "sepakat": lambda: _line(stage, on, number, agree=True),
    }
    if deed in known:
        known[deed]()
    return deed in known


def _outside(stage: Stage, truth: Truth, step: tuple[str, int], on: date) -> None:
    """What the bank does, and what is told of it."""
    deed, number = step
    if deed == "bayar":
        _all_the_way(stage, truth, on, number)
    elif deed in ("jawaban", "jawaban lagi"):
        _answer(stage, truth, on, number)
    elif deed in ("koran", "koran lagi"):
        _statement(stage, truth, on, again=deed == "koran lagi", number=number)
    else:
        _bank_moves(truth, deed, number)


def _correct(stage: Stage, number: int, on: date) -> None:
    book = _one(Passbook.objects.order_by("id"), number)
    given = f"0139{number}{on:%m%d}00000"
    actions.correct_account(by=stage.cast.bpjs, on=on, passbook_id=book.id, number=given, why="salah tulis")


def _one(rows: Iterable[_Row], number: int) -> _Row:
    found = list(rows)
    if not found:
        raise Refused("tidak_ada", "Belum ada.")
    return found[number % len(found)]


def _case(stage: Stage, *, with_account: bool) -> None:
    number = stage.made + 1
    case_id = decided_death(stage, name=f"Orang {number}")
    if with_account:
        actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id, f"0138{number:09d}")])


def _all_the_way(stage: Stage, truth: Truth, on: date, number: int) -> None:
    """Everything that is ready goes to the bank, which works each file off once, some lines not."""
    for step in ("perintah", "berkas", "setujui", "kirim"):
        for place in range(BankFile.objects.count() if step in ("setujui", "kirim") else 1):
            _do(stage, truth, (step, number if step == "berkas" else place), on)
    for file in BankFile.objects.filter(state__in=["terkirim", "dikonfirmasi"]).exclude(pk__in=truth.files):
        lines = bank.read_orders(bytes(file.content)).lines
        closed = {lines[number % len(lines)].account: "rekening tutup"} if number > 5 else {}
        till = bank.FakeBank(closed)
        till.deliver(file.name, bytes(file.content))
        truth.files[file.id] = till.answer(file.name) or b""
        for line in till.paid:
            truth.paid[line.id, line.attempt] += 1
            truth.move(line.amount, line.end_to_end, debit=True)


def _answer(stage: Stage, truth: Truth, on: date, number: int) -> None:
    file_id = _one(sorted(truth.files), number)
    actions.confirm_file(by=stage.cast.bpjs, on=on, file_id=file_id, content=truth.files[file_id])


def _statement(stage: Stage, truth: Truth, on: date, *, again: bool, number: int) -> None:
    if truth.moves and not again:
        moved = sum((-one.amount if one.debit else one.amount for one in truth.moves), Decimal(0))
        account = actions.paying_account().account
        told = bank.Statement(
            f"RK-{len(truth.told)}", account, PAY, truth.balance, truth.balance + moved, tuple(truth.moves)
        )
        truth.told.append(bank.write_camt053(told))
        truth.balance, truth.moves = truth.balance + moved, []
        number = -1
    if truth.told:
        actions.read_statement(by=stage.cast.bpjs, on=on, content=truth.told[number % len(truth.told)])


def _bank_moves(truth: Truth, deed: str, number: int) -> None:
    """Money comes back of its own, or the bank takes a fee."""
    if deed == "biaya":
        truth.fees += FEE
        truth.move(FEE, "", debit=True)
        return
    order, attempt = _one(sorted(set(truth.paid) - set(truth.returned)), number)
    truth.returned[order, attempt] += 1
    truth.move(Order.objects.get(pk=order).amount, end_to_end(order, attempt), debit=False)


def _line(stage: Stage, on: date, number: int, *, agree: bool) -> None:
    """Two officers explain a line: an order of its amount where one may be meant, else no payment of ours."""
    line = _one(StatementLine.objects.filter(state__in=["belum_dikenali", "diusulkan"]).order_by("id"), number)
    if agree:
        actions.agree_line(by=stage.cast.penyetuju, on=on, line_id=line.id)
        return
    found = bank.read_end_to_end(line.end_to_end)
    actions.explain_line(
        by=stage.cast.bpjs, on=on, line_id=line.id, order_id=found[0] if found else None, note="tanya bank"
    )


def _to_the_end(stage: Stage, truth: Truth, on: date) -> None:
    """Nothing more comes back: all that is known is told, what failed is tried again until it is paid."""
    for day in range(12):
        later = on + timedelta(days=day)
        for step in ("koran", *(f"jawaban {n}" for n in range(len(truth.files)))):
            _do(stage, truth, (step.split()[0], int(step.split()[1]) if " " in step else 0), later)
        for line in StatementLine.objects.filter(state__in=["belum_dikenali", "diusulkan"]).order_by("id"):
            _do(stage, truth, ("jelaskan", 0), later)
            _do(stage, truth, ("sepakat", 0), later)
            assert line.amount == FEE, f"a line of ours that nothing explains: {line.why}"
        for place in range(Order.objects.count()):
            _do(stage, truth, ("ulang", place), later)
        if not Order.objects.exclude(state="terbayar").exists() and not truth.moves:
            return
        _do(stage, truth, ("bayar", 0), later)


def _at_any_time(truth: Truth) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert ledger.balanced()
    assert max(truth.paid.values(), default=0) <= 1, "the same try went to the bank twice"
    live = Counter(order for order, attempt in truth.paid if not truth.returned[order, attempt])
    assert max(live.values(), default=0) <= 1, "two tries of one order are out at the same time"
    told = queries.explained()
    assert told.book == 0, "the book and the orders say different sums"
    debits = StatementLine.objects.filter(debit=True)
    unknown = sum(line.amount for line in debits.filter(state__in=["belum_dikenali", "diusulkan"]))
    assert told.moved == told.known + told.unseen + unknown
    tries = Counter(Diary.objects.filter(action="retry_order").values_list("subject_id", flat=True))
    assert {str(one.id): one.attempt for one in Order.objects.all()} == {
        str(one.id): 1 + tries[str(one.id)] for one in Order.objects.all()
    }


def _at_the_end(truth: Truth) -> None:
    assert set(Order.objects.values_list("state", flat=True)) <= {"terbayar"}
    told, book = queries.explained(), {one.code: one.balance for one in ledger.balances()}
    assert (told.unseen, told.unknown) == (0, 0)
    assert told.moved == told.known == sum(one.amount for one in StatementLine.objects.filter(debit=True))
    assert truth.out() - truth.fees == -book.get("bank:bpjs", 0) == sum(one.amount for one in Order.objects.all())
    seen = {(one.order_id, one.attempt, one.debit) for one in StatementLine.objects.filter(order__isnull=False)}
    real = {(*key, True) for key in truth.paid} | {(*key, False) for key in truth.returned}
    assert seen == real, "each movement of the bank is held against its order and try"
