"""Two officers at once, and kill -9 in the middle: one wins and is whole, nothing is half done or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage import queries as covered
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange, Membership, PaidMonth
from lopo.financing import actions
from lopo.financing.models import Bill, BillLine, Budget, Sp2d
from lopo.financing.queries.programmes import budget_changes
from lopo.ledger import queries as ledger
from lopo.ledger.models import Entry
from lopo.staff.models import Diary
from lopo.targeting.actions import approve_closing, propose_closing
from tests.cast import Cast, appoint_all
from tests.rooms.city import city_programme
from tests.rooms.enrolment import ISSUED, JULY, PAID, PAYER, SENT, Enrolment, enrol, fund, make_decree, pay, send, take

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = Month(2025, 8)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return appoint_all()


@pytest.fixture
def taken(cast: Cast) -> Enrolment:
    made = make_decree(cast, 20)
    take(cast, made, FakeBpjs({}))
    fund(cast, made, amount=20 * 16_800 * 3)
    return made


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run the deeds in threads of their own, all starting together; give each one's result or refusal."""
    gate = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = deed()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def one_wins(results: list[object]) -> Refused:
    refusals = [one for one in results if isinstance(one, Refused)]
    assert len(refusals) == len(results) - 1, results
    return refusals[0]


def bill(cast: Cast, made: Enrolment, month: Month = JULY, payer: str = PAYER) -> actions.BillMade:
    return actions.make_bill(by=cast.dinas, on=ISSUED, programme_id=made.programme, payer_code=payer, month=month)


def order(cast: Cast, bill_id: uuid.UUID, number: str) -> int:
    return actions.request_payment(by=cast.bendahara, on=PAID, bill_id=bill_id, order=actions.OrderGiven(number, PAID))


def test_two_officers_bill_the_same_month_at_once(cast: Cast, taken: Enrolment) -> None:
    refusal = one_wins(at_once(lambda: bill(cast, taken), lambda: bill(cast, taken)))
    assert refusal.code == "sudah_ditagih"
    assert (Bill.objects.count(), BillLine.objects.count()) == (1, 20)
    assert Budget.objects.get().committed == 20 * 16_800


def test_two_payers_bill_the_same_people_at_once(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, payer="pemkot-kupang", kind="apbd_kota")
    refusal = one_wins(at_once(lambda: bill(cast, taken), lambda: bill(cast, taken, payer="pemkot-kupang")))
    assert refusal.code in ("bulan_pembayar_lain", "tidak_ada_yang_ditagih")
    assert "satu pembayar" in refusal.sentence
    assert BillLine.objects.count() == 20
    assert ledger.balanced()


def test_bills_at_once_never_overspend_the_budget(cast: Cast, taken: Enrolment) -> None:
    fund(cast, taken, amount=20 * 16_800)
    refusal = one_wins(at_once(lambda: bill(cast, taken), lambda: bill(cast, taken, AUGUST)))
    assert refusal.code == "anggaran_tidak_cukup"
    assert Budget.objects.get().committed == 20 * 16_800


def test_a_budget_is_cut_in_the_moment_of_a_bill(cast: Cast, taken: Enrolment) -> None:
    def cut() -> object:
        line = actions.BudgetLine(PAYER, taken.programme, 2025, "5.1", "Perda", 20 * 16_800 - 1, "Efisiensi")
        return actions.set_budget(by=cast.bendahara, on=ISSUED, line=line)

    refusal = one_wins(at_once(cut, lambda: bill(cast, taken)))
    assert refusal.code in ("anggaran_kurang_dari_ikatan", "anggaran_tidak_cukup")
    assert Budget.objects.get().committed in (0, 20 * 16_800)
    assert ledger.balanced()


def test_two_treasurers_change_the_same_budget_at_once(cast: Cast, taken: Enrolment) -> None:
    def set_to(amount: int) -> Callable[[], object]:
        line = actions.BudgetLine(PAYER, taken.programme, 2025, "5.1", "Perda", amount, "Pergeseran")
        return lambda: actions.set_budget(by=cast.bendahara, on=ISSUED, line=line)

    results = at_once(set_to(10**7), set_to(2 * 10**7))
    assert not [one for one in results if isinstance(one, Refused)]
    kept = Budget.objects.get()
    assert kept.amount in (10**7, 2 * 10**7)
    last, before = budget_changes(kept.id)[:2]
    assert (last.after, last.before) == (kept.amount, before.after), "each change rests on the one before it"
    assert ledger.balanced()


def test_a_programme_is_closed_in_the_moment_of_a_bill(cast: Cast, taken: Enrolment) -> None:
    propose_closing(by=cast.dinas, on=ISSUED, programme_id=taken.programme, reason="Uang habis")

    def close() -> object:
        return approve_closing(by=cast.penyetuju, on=ISSUED, programme_id=taken.programme)

    results = at_once(close, lambda: bill(cast, taken))
    refusals = [one for one in results if isinstance(one, Refused)]
    assert {one.code for one in refusals} <= {"program_ditutup", "program_berubah"}
    assert Bill.objects.count() == 1 - len(refusals)


def test_two_approvers_close_the_same_programme_at_once(cast: Cast, taken: Enrolment) -> None:
    propose_closing(by=cast.dinas, on=ISSUED, programme_id=taken.programme, reason="Uang habis")

    def close() -> object:
        return approve_closing(by=cast.penyetuju, on=ISSUED, programme_id=taken.programme)

    assert one_wins(at_once(close, close)).code == "tidak_berjalan"


def test_two_treasurers_order_the_same_bill_at_once(cast: Cast, taken: Enrolment) -> None:
    made = bill(cast, taken)
    refusal = one_wins(at_once(lambda: order(cast, made.id, "SP2D/1"), lambda: order(cast, made.id, "SP2D/2")))
    assert refusal.code == "tagihan_sudah_berubah"
    assert Sp2d.objects.count() == 1


def test_two_approvers_pay_the_same_bill_at_once(cast: Cast, taken: Enrolment) -> None:
    made = bill(cast, taken)
    order(cast, made.id, "SP2D/1")

    def approve() -> object:
        return actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)

    refusal = one_wins(at_once(approve, approve))
    assert "sudah dibayar" in refusal.sentence
    assert PaidMonth.objects.count() == 20
    assert Budget.objects.get().paid == 20 * 16_800
    assert Entry.objects.filter(reference=f"bill:{made.id}").count() == 2
    assert ledger.balanced()


def test_a_takeover_in_the_moment_of_a_payment_misses_no_month(cast: Cast) -> None:
    old = enrol(cast, 20)
    for number in range(8, 12):
        pay(cast, old, Month(2025, number), paid_on=date(2025, number, 12))
    new = city_programme(20)
    made = bill(cast, old, Month(2025, 12))
    order(cast, made.id, "SP2D/12")
    takeover = coverage.Takeover(old.programme, new.programme, new.decree)
    paid, taken = at_once(
        lambda: actions.approve_payment(by=cast.penyetuju, on=date(2025, 12, 11), bill_id=made.id),
        lambda: coverage.take_over(by=cast.dinas, on=date(2025, 12, 11), takeover=takeover),
    )
    assert isinstance(paid, actions.Paid), paid
    assert isinstance(taken, coverage.TakenOver), taken
    shown = set(Membership.objects.values_list("history__months", flat=True))
    assert {text.split()[-1] for text in shown if text} == {"2025-12=2025-12-11"}
    assert len(shown) == 1
    assert (covered.drifted(), covered.miscounted()) == ((), 0)


def test_two_months_paid_at_once_both_stand_in_the_pattern(cast: Cast, taken: Enrolment) -> None:
    bills = [bill(cast, taken), bill(cast, taken, AUGUST)]
    for place, made in enumerate(bills):
        order(cast, made.id, f"SP2D/{place}")
    results = at_once(
        *(lambda made=made: actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id) for made in bills)
    )
    assert all(isinstance(one, actions.Paid) for one in results), results
    patterns = set(Membership.objects.values_list("history__months", flat=True))
    assert patterns == {"2025-07=2025-07-14 2025-08=2025-07-14"}


def test_two_officers_send_the_same_decree_at_once(cast: Cast) -> None:
    made = make_decree(cast, 20)
    refusal = one_wins(at_once(lambda: send(cast, made), lambda: send(cast, made)))
    assert refusal.code == "tidak_ada_yang_baru"
    assert (Membership.objects.count(), Exchange.objects.count()) == (20, 1)


def test_the_same_answer_read_twice_at_once(cast: Cast) -> None:
    made = make_decree(cast, 20)
    answer = FakeBpjs({}).verify(send(cast, made))

    def read() -> object:
        return coverage.read_answer(by=cast.bpjs, on=SENT, programme_id=made.programme, file="a.xlsx", content=answer)

    results = at_once(read, read)
    assert sorted(one.new for one in results if isinstance(one, coverage.AnswerRead)) == [False, True]
    assert Exchange.objects.filter(direction="jawab").count() == 1


_CHILD = """
import sys, time, uuid
from datetime import date
import django
django.setup()
from lopo.staff.models import Officer
from lopo.basics.calendar import Month
from lopo.coverage import actions as coverage
from lopo.coverage import queries as covered
from lopo.financing import actions
import {module} as room

def stop(*args, **given):
    print("inside", flush=True)
    time.sleep(120)

room.{hook} = stop
{deed}
"""


def kill_inside(module: str, hook: str, deed: str) -> None:
    """Run the deed in a process of its own, and kill -9 it at the last step of its transaction."""
    code = _CHILD.format(module=module, hook=hook, deed=deed)
    given = connection.settings_dict
    url = f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}"
    environment = {**os.environ, "LOPO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lopo.settings"}
    child = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = child.stdout.readline()
    if said != "inside\n":
        child.kill()
        raise AssertionError(child.communicate()[1])
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL


def test_kill_9_in_the_middle_of_billing(cast: Cast, taken: Enrolment) -> None:
    before = (Diary.objects.count(), Entry.objects.count())
    deed = (
        f"actions.make_bill(by=Officer.objects.get(username='dinas'), on=date(2025, 7, 1), "
        f"programme_id={taken.programme}, payer_code='{PAYER}', month=Month(2025, 7))"
    )
    kill_inside("lopo.financing.actions.bills", "record", deed)
    assert (Bill.objects.count(), BillLine.objects.count(), Budget.objects.get().committed) == (0, 0, 0)
    assert (Diary.objects.count(), Entry.objects.count()) == before
    made = bill(cast, taken)
    assert (made.people, BillLine.objects.count(), Budget.objects.get().committed) == (20, 20, made.amount)


def test_kill_9_in_the_middle_of_paying(cast: Cast, taken: Enrolment) -> None:
    made = bill(cast, taken)
    order(cast, made.id, "SP2D/1")
    deed = (
        f"actions.approve_payment(by=Officer.objects.get(username='penyetuju'), on=date(2025, 7, 14), "
        f"bill_id=uuid.UUID('{made.id}'))"
    )
    kill_inside("lopo.financing.actions.paying", "record_all", deed)
    assert Bill.objects.get().state == "diajukan"
    assert (PaidMonth.objects.count(), Budget.objects.get().paid) == (0, 0)
    assert Membership.objects.filter(history__isnull=False).count() == 0
    actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    assert (PaidMonth.objects.count(), Budget.objects.get().paid) == (20, made.amount)
    assert Entry.objects.filter(reference=f"bill:{made.id}").count() == 2
    assert ledger.balanced()


def test_kill_9_in_the_middle_of_sending(cast: Cast) -> None:
    made = make_decree(cast, 20)
    deed = (
        f"coverage.submit_members(by=Officer.objects.get(username='dinas'), on=date(2025, 6, 23), "
        f"programme_id={made.programme}, decree_id={made.decree})"
    )
    kill_inside("lopo.coverage.actions.sending", "record", deed)
    assert (Membership.objects.count(), Exchange.objects.count()) == (0, 0)
    send(cast, made)
    assert (Membership.objects.count(), Exchange.objects.count()) == (20, 1)


def test_numbers_are_not_lost_when_the_answer_is_read_again_after_a_kill(cast: Cast, taken: Enrolment) -> None:
    made = bill(cast, taken)
    order(cast, made.id, "SP2D/1")
    actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=made.id)
    file = bytes(Exchange.objects.get(direction="kirim").content)
    answer = FakeBpjs({}).issue(file, on=date(2025, 7, 15))
    deed = (
        f"coverage.read_answer(by=Officer.objects.get(username='bpjs'), on=date(2025, 7, 15), "
        f"programme_id={taken.programme}, file='n.xlsx', content=bytes.fromhex('{answer.hex()}'))"
    )
    kill_inside("lopo.coverage.actions.answers", "record", deed)
    assert Membership.objects.filter(state="terdaftar").count() == 0
    read = coverage.read_answer(
        by=cast.bpjs, on=date(2025, 7, 15), programme_id=taken.programme, file="n.xlsx", content=answer
    )
    assert (read.new, read.numbered) == (True, 20)
