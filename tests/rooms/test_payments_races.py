"""Two at once: one wins and the other is told. Killed in the middle: nothing half done, nothing doubled."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from lopo.basics.refusal import Refused
from lopo.claims import actions as claims
from lopo.claims.models import Decision
from lopo.ledger import queries as ledger
from lopo.ledger.models import Entry
from lopo.payments import actions, bank
from lopo.payments.models import BankAnswer, BankFile, Order
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Diary, Officer
from lopo.staff.queries import officer
from tests.cast import SINCE, appoint_all
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_payments import heirs_account

PAY = date(2026, 1, 12)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return build(appoint_all())


@pytest.fixture
def second_approver(stage: Stage) -> Officer:
    appoint(by=None, on=SINCE, duty=DutyGiven("penyetuju2", "Yosef Lede", "penyetuju", "53"))
    return officer("penyetuju2")


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run the deeds in threads that start together; give what each returned or was refused with."""
    barrier, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            outcomes[place] = deed() or "done"
        except Refused as refused:
            outcomes[place] = refused.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def ready_file(stage: Stage) -> actions.Prepared:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    stage.decide(case_id)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    actions.make_orders(by=stage.cast.bpjs, on=PAY)
    return actions.make_file(by=stage.cast.bpjs, on=PAY)


def test_two_approvers_of_one_decision(stage: Stage, second_approver: Officer) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    decision = claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id).decision_id
    outcomes = at_once(
        *(
            lambda by=by: claims.approve_decision(by=by, on=READ, decision_id=decision)
            for by in (stage.cast.penyetuju, second_approver)
        )
    )
    assert sorted(map(str, outcomes)) == ["done", "sudah_diputus"]
    assert Entry.objects.count() == 1
    assert Diary.objects.filter(action="approve_decision").count() == 1


def test_approving_and_sending_back_at_once(stage: Stage, second_approver: Officer) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    decision = claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id).decision_id
    outcomes = at_once(
        lambda: claims.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=decision),
        lambda: claims.send_back(by=second_approver, on=READ, decision_id=decision, why="periksa lagi"),
    )
    assert sorted(map(str, outcomes)) == ["done", "sudah_diputus"]
    approved = Decision.objects.get().state == "disetujui"
    assert stage.case(case_id).state == ("dikabulkan" if approved else "lengkap")
    assert Entry.objects.count() == int(approved)


def test_two_proposals_of_one_case(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    propose = lambda: claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)  # noqa: E731
    outcomes = at_once(propose, propose)
    assert sum(outcome == "sudah_diusulkan" for outcome in outcomes) == 1
    assert Decision.objects.count() == 1


def test_the_same_event_reported_twice_at_once_is_one_case(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    report = lambda: stage.accident(member, date(2025, 10, 7))  # noqa: E731
    outcomes = at_once(report, report)
    assert len({outcome for outcome in outcomes if isinstance(outcome, int)} | {stage.case_ids()[0]}) == 1
    assert len(stage.case_ids()) == 1


def test_the_register_read_twice_at_once_opens_one_case(stage: Stage) -> None:
    hit = stage.hit(stage.member("Yohanes Tote"), date(2025, 11, 1))
    watch = lambda: claims.open_cases_from_deaths(by=stage.cast.bpjs, on=READ, hits=[hit]).opened  # noqa: E731
    assert sorted(map(str, at_once(watch, watch))) == ["1", "done"]
    assert len(stage.case_ids()) == 1


def test_two_desks_order_and_fill_files_at_once(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    stage.decide(case_id)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    order = lambda: actions.make_orders(by=stage.cast.bpjs, on=PAY).orders  # noqa: E731
    assert sorted(map(str, at_once(order, order))) == ["3", "done"]
    fill = lambda: actions.make_file(by=stage.cast.bpjs, on=PAY).count  # noqa: E731
    assert sorted(map(str, at_once(fill, fill))) == ["3", "berkas_bank_kosong"]
    assert (Order.objects.count(), BankFile.objects.count()) == (3, 1)


def test_two_approvers_and_two_senders_of_one_file(stage: Stage, second_approver: Officer) -> None:
    file = ready_file(stage)
    officers = (stage.cast.penyetuju, second_approver)
    for deed in (actions.approve_file, actions.send_file):
        outcomes = at_once(*(lambda by=by, deed=deed: deed(by=by, on=PAY, file_id=file.file_id) for by in officers))
        assert sorted(map(str, outcomes)) == ["berkas_berubah", "done"]
    assert Diary.objects.filter(action="send_file").count() == 1


def test_the_same_answer_read_twice_at_once_is_booked_once(stage: Stage) -> None:
    file, answer = sent_with_answer(stage)

    def read() -> bool:
        return actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=answer).again

    assert sorted(map(str, at_once(read, read))) == ["True", "done"]
    assert Entry.objects.filter(memo__startswith="Dibayar").count() == 3
    assert ledger.balanced()


def sent_with_answer(stage: Stage) -> tuple[actions.Prepared, bytes]:
    file, fake = ready_file(stage), bank.FakeBank()
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get().content))
    return file, fake.answer(file.name) or b""


_KILLED = """
import os, signal, sys, uuid
from datetime import date
from decimal import Decimal
import django
django.setup()
from lopo.staff import actions as staff
from lopo.staff.models import Officer
from lopo.claims import actions as claims
from lopo.payments import actions
import lopo.claims.actions.deciding as deciding
import lopo.payments.actions.files as files
import lopo.payments.actions.orders as orders

def killed(**_):
    os.kill(os.getpid(), signal.SIGKILL)

deciding.record = files.record = orders.record = killed
day = date(2026, 1, 12)
who = {name: Officer.objects.get(username=name) for name in ("bpjs", "penyetuju")}
what, key = sys.argv[1], sys.argv[2]
if what == "approve_decision":
    claims.approve_decision(by=who["penyetuju"], on=day, decision_id=uuid.UUID(key))
elif what == "make_orders":
    actions.make_orders(by=who["bpjs"], on=day)
elif what == "make_file":
    actions.make_file(by=who["bpjs"], on=day)
elif what == "send_file":
    actions.send_file(by=who["penyetuju"], on=day, file_id=uuid.UUID(key))
elif what == "confirm_file":
    content = open(sys.argv[3], "rb").read()
    actions.confirm_file(by=who["bpjs"], on=day, file_id=uuid.UUID(key), content=content)
"""


def killed_in(what: str, key: object = "", path: object = "") -> None:
    """Do the deed in another process that is killed (SIGKILL) at the end of its transaction, before it commits."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environment = {**os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings"}
    command = [sys.executable, "-c", _KILLED, what, str(key), str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr[-2000:]


def counted() -> tuple[object, ...]:
    """All that could be half done."""
    return (
        sorted(Decision.objects.values_list("state", flat=True)),
        sorted(Order.objects.values_list("state", "file_id")),
        sorted(BankFile.objects.values_list("state", flat=True)),
        BankAnswer.objects.count(),
        Entry.objects.count(),
        Diary.objects.count(),
    )


def test_killed_at_every_step_of_a_payment_and_done_again(stage: Stage, tmp_path) -> None:
    case_id = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    decision = claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id).decision_id
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    bpjs, penyetuju, fake = stage.cast.bpjs, stage.cast.penyetuju, bank.FakeBank()

    def twice(what: str, again: Callable[[], object], key: object = "", path: object = "") -> object:
        before = counted()
        killed_in(what, key, path)
        assert counted() == before, what
        result = again()
        assert ledger.balanced()
        return result

    twice("approve_decision", lambda: claims.approve_decision(by=penyetuju, on=PAY, decision_id=decision), decision)
    twice("make_orders", lambda: actions.make_orders(by=bpjs, on=PAY))
    file = twice("make_file", lambda: actions.make_file(by=bpjs, on=PAY))
    assert isinstance(file, actions.Prepared)
    actions.approve_file(by=penyetuju, on=PAY, file_id=file.file_id)
    twice("send_file", lambda: actions.send_file(by=penyetuju, on=PAY, file_id=file.file_id), file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get().content))
    answer = tmp_path / "jawab.csv"
    answer.write_bytes(fake.answer(file.name) or b"")
    twice(
        "confirm_file",
        lambda: actions.confirm_file(by=bpjs, on=PAY, file_id=file.file_id, content=answer.read_bytes()),
        file.file_id,
        answer,
    )
    assert sum(line.amount for line in fake.paid) == 42_000_000
    assert {row.code: row.balance for row in ledger.balances()} == {
        "manfaat:jkm": 42_000_000, "utang_manfaat:bpjs": 0, "bank:bpjs": -42_000_000,
    }  # fmt: skip


def movement(order: Order, *, debit: bool) -> bank.Booked:
    """The bank's movement of the first try of an order."""
    return bank.Booked(1, PAY, debit, Decimal(order.amount), order.id.hex, f"R{int(debit)}", "AC04 rekening tutup")


def statement(name: str, line: bank.Booked, opening: int) -> bytes:
    moved = -line.amount if line.debit else line.amount
    account = actions.paying_account().account
    return bank.write_camt053(bank.Statement(name, account, PAY, Decimal(opening), opening + moved, (line,)))


def settled(stage: Stage, *, paid: bool) -> Order:
    """One sent file of which the bank said that its first order was paid, or that it was not."""
    file = ready_file(stage)
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    order = Order.objects.order_by("id")[0]
    line = bank.AnswerLine(0, order.id, paid, order.amount, "", "" if paid else "rekening tutup")
    answer = bank.write_answer(file.name, PAY, [line])
    actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=answer)
    return order


def test_money_comes_back_in_the_moment_of_a_retry(stage: Stage) -> None:
    order = settled(stage, paid=True)
    for place, debit in enumerate((True, False)):
        told = statement(f"RK-{place}", movement(order, debit=debit), 10**9)
        outcomes = at_once(
            lambda told=told: actions.read_statement(by=stage.cast.bpjs, on=PAY, content=told),
            lambda: actions.retry_order(by=stage.cast.bpjs, on=PAY, order_id=order.id),
        )
        assert isinstance(outcomes[0], actions.Read), outcomes
    order.refresh_from_db()
    expected = ("siap", 2) if outcomes[1] == "done" else ("kembali", 1)
    assert (order.state, order.attempt) == expected, "it is tried again only once its money is back"
    assert ledger.balanced()
    assert {row.code: row.balance for row in ledger.balances()}["bank:bpjs"] == 0


def test_an_order_that_was_paid_after_all_is_not_sent_again_whoever_comes_first(stage: Stage) -> None:
    """The bank said that it failed, its statement says that it went out: officers must say which, before it goes."""
    order = settled(stage, paid=False)
    told = statement("RK-1", movement(order, debit=True), 10**9)
    outcomes = at_once(
        lambda: actions.read_statement(by=stage.cast.bpjs, on=PAY, content=told),
        lambda: actions.retry_order(by=stage.cast.bpjs, on=PAY, order_id=order.id),
    )
    assert [getattr(outcomes[0], "unknown", None), outcomes[1]] == [1, "done"]
    with pytest.raises(Refused, match="Tidak ada perintah bayar"):
        actions.make_file(by=stage.cast.bpjs, on=PAY)
    assert Order.objects.get(pk=order.id).state == "siap"
