"""What must hold after every kill, and what must be told when all has come to rest."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from lopo.claims.models import Decision, Heir
from lopo.coverage import queries as covered
from lopo.coverage.models import Membership, PaidMonth
from lopo.financing.models import Bill, Budget
from lopo.ledger import queries as ledger
from lopo.payments import queries as payments
from lopo.payments.models import (
    AccountBatch,
    AccountOpening,
    BankAnswer,
    BankFile,
    BankStatement,
    Order,
    Passbook,
    StatementLine,
)
from lopo.staff.models import Diary, Document, Message, Work
from lopo.staff.outbox_queries import unsent
from tests.crash.outside import Bank, PostOffice
from tests.crash.story import DECEMBER, PEOPLE, City


def always(city: City, post: PostOffice, promised: Counter[str]) -> None:
    """After every kill: the book is balanced, nothing went twice, and nothing that was answered with yes is gone."""
    assert ledger.balanced(), "the book is out of balance"
    twice = {name: times for name, times in city.bank.paid.items() if times > 1}
    assert not twice, f"paid twice by the bank: {twice}"
    again = {key: times for key, times in post.arrived().items() if times > 1}
    assert not again, f"messages that arrived twice: {again}"
    kept = Counter(dict(Diary.objects.values_list("action").annotate(n=Count("id")).order_by()))
    lost = {deed: (kept[deed], many) for deed, many in promised.items() if kept[deed] < many}
    assert not lost, f"said yes to, and gone: {lost} (kept, promised)"


def all_paid(city: City) -> bool:
    """Say whether every part of every decision has its order, and every order is paid."""
    due = sum(len(one.components) for one in Decision.objects.filter(state="disetujui", case_id__in=city.cases))
    return due == Order.objects.filter(state="terbayar").count()


def at_rest(city: City, post: PostOffice) -> None:
    """When nothing waits any more: everybody has his money once, and every paper says the same."""
    _orders(city)
    _accounts(city)
    _histories(city.bank)
    _files()
    _book(city.bank)
    _messages(post)
    _works()
    _cover(city)


def _orders(city: City) -> None:
    approved = Decision.objects.filter(state="disetujui", case_id__in=city.cases)
    stand = list(Decision.objects.values_list("case_id", "number", "state"))
    assert approved.count() == len(city.cases), f"a case without its decision: {city.cases} {stand}"
    due = Counter((one.id, part["code"]) for one in approved for part in one.components)
    made = Counter(Order.objects.values_list("decision_id", "component"))
    assert made == due, "each part of each decision has its order, once"
    states = Counter(Order.objects.values_list("state", flat=True))
    assert set(states) <= {"terbayar"}, f"an order never came to its end: {states}"
    assert approved.aggregate(sum=Sum("amount"))["sum"] == Order.objects.aggregate(sum=Sum("amount"))["sum"]
    assert _once("approve_decision", city.cases), "a decision that was approved twice, or that nobody approved"


def _accounts(city: City) -> None:
    """Each heir was asked for once, the bank opened one account each, and that one is ours."""
    heirs = Heir.objects.filter(case_id__in=city.cases, receives=True).values_list("nik", flat=True)
    assert city.bank.opened == Counter(dict.fromkeys(heirs, 1)), f"accounts that the bank opened: {city.bank.opened}"
    kept = Counter(Passbook.objects.filter(kind="ahli_waris").values_list("holder_nik", flat=True))
    assert kept == city.bank.opened, f"accounts that we hold: {kept}"
    assert set(AccountOpening.objects.values_list("state", flat=True)) == {"dibuka"}
    batches = AccountBatch.objects.values_list("id", flat=True)
    assert _once("ask_accounts", batches), "a request that is not told once"
    assert _once("take_account_answer", batches), "an answer that was booked twice, or never"


def _histories(bank: Bank) -> None:
    """Each attempt of each order: paid once or refused, come back or not, exactly as the bank has it."""
    lines = {(one.order_id, one.attempt, one.debit) for one in StatementLine.objects.filter(state="cocok")}
    tries = Counter(Diary.objects.filter(action="retry_order").values_list("subject_id", flat=True))
    for order in Order.objects.all():
        assert order.attempt == 1 + tries[str(order.id)], f"{order.id}: a try without its row in the diary"
        for attempt in range(1, order.attempt + 1):
            name = order.id.hex if attempt == 1 else f"{order.id.hex}-{attempt}"
            seen = ((order.id, attempt, True) in lines, (order.id, attempt, False) in lines)
            real = (bool(bank.paid[name]), bool(bank.returned[name]))
            assert seen == real, f"{name}: the statements say {seen}, the bank did {real}"
            assert real == (True, False) if attempt == order.attempt else real != (True, False), f"{name}: {real}"


def _files() -> None:
    assert set(BankFile.objects.values_list("state", flat=True)) <= {"dikonfirmasi"}, "a file never came to its end"
    names = BankFile.objects.values_list("id", flat=True)
    for deed in ("make_file", "approve_file", "send_file"):
        assert _once(deed, names), f"{deed} is not told once of each file"
    answers = Counter(Diary.objects.filter(action="confirm_file").values_list("subject_id", flat=True))
    assert answers == Counter(str(one) for one in BankAnswer.objects.values_list("file_id", flat=True))
    assert _once("read_statement", BankStatement.objects.values_list("id", flat=True))


def _once(deed: str, keys: object) -> bool:
    told = Counter(Diary.objects.filter(action=deed).values_list("subject_id", flat=True))
    return told == Counter(str(key) for key in keys)  # type: ignore[attr-defined]


def _book(bank: Bank) -> None:
    net = sum(times * bank.amounts[name] for name, times in bank.paid.items())
    net -= sum(times * bank.amounts[name] for name, times in bank.returned.items())
    book = {one.code: one.balance for one in ledger.balances()}
    total = Order.objects.aggregate(sum=Sum("amount"))["sum"]
    assert net == total == -book["bank:bpjs"], f"bank {net}, orders {total}, book {book['bank:bpjs']}"
    assert book["utang_manfaat:bpjs"] == 0, "a debt to a family is open"
    told = payments.explained()
    assert (told.permille, told.book, told.unknown_lines, told.unseen_orders) == (1000, 0, 0, 0), told
    assert all(one.gap is None for one in payments.statements(10_000)), "a statement is missing"
    assert ledger.balanced()


def _messages(post: PostOffice) -> None:
    assert unsent(limit=1) == (), "a row of the diary was never planned"
    sent = {one.id for one in Message.objects.exclude(channel="surat")}
    states = Counter(Message.objects.exclude(channel="surat").values_list("state", flat=True))
    assert set(states) <= {"terkirim"}, f"messages that never went: {states}"
    assert post.arrived() == Counter(dict.fromkeys(sent, 1)), "each message arrived, once"


def _works() -> None:
    never = Work.objects.exclude(state="selesai").values_list("kind", "state", "error")
    assert not never, f"long work that never ended: {list(never)}"
    ended = ProcrastinateJob.objects.exclude(status="failed", queueing_lock__isnull=False)  # its successor did the work
    left = ended.exclude(status="succeeded").values_list("task_name", "status")
    assert not left, f"jobs that never ended: {list(left)}"
    papers = Document.objects.values("subject_id", "kind", "sha256").annotate(n=Count("id")).filter(n__gt=1)
    assert not papers, f"a paper is kept twice: {list(papers)}"


def _cover(city: City) -> None:
    """December is paid once or not at all; bills, months, budget and book say the same."""
    paid = Bill.objects.filter(programme_id=city.cover.programme, month=DECEMBER.first_day, state="dibayar").count()
    ours = Membership.objects.filter(programme_id=city.cover.programme).values("person_id")
    months = PaidMonth.objects.filter(month=DECEMBER.first_day, person_id__in=ours).count()
    assert (months, paid) in ((0, 0), (PEOPLE, 1)), f"{paid} bills paid, {months} months"
    steps = Counter(Diary.objects.values_list("action", flat=True))
    assert steps["approve_payment"] - steps["approve_reversal"] == 5 + paid, "the diary tells another story of December"
    budget = Budget.objects.get(programme_id=city.cover.programme)
    assert -{one.code: one.balance for one in ledger.balances()}["kas:pemprov-ntt"] == budget.paid
    assert budget.paid == (5 + paid) * PEOPLE * 16_800
    assert (covered.drifted(), covered.miscounted()) == ((), 0)
