"""From an approved decision to the family's account: accounts, orders, the file, its approval, the bank's answer."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lopo.basics.refusal import Refused
from lopo.claims import actions as claims
from lopo.claims.models import Heir
from lopo.coverage.models import Membership
from lopo.ledger import queries as ledger
from lopo.payments import actions, bank
from lopo.payments.models import BankAnswer, BankFile, Order, Passbook
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build
from tests.rooms.test_claims_decisions import accident_with_costs

PAY = date(2026, 1, 12)
HOSPITAL = actions.Account("rumah_sakit", "RSUD Prof. Dr. W. Z. Johannes", "", bank.BANK_NTT, "0140000000001")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def heirs_account(case_id: int, number: str = "0139999999999") -> actions.Account:
    heir = Heir.objects.get(case_id=case_id, receives=True)
    return actions.Account("ahli_waris", heir.name, heir.nik, bank.BANK_NTT, number)


def decided_death(stage: Stage, *, name: str = "Yohanes Tote") -> int:
    case_id = stage.death_case(stage.member(name), date(2025, 11, 1))
    stage.decide(case_id)
    return case_id


def prepared(stage: Stage) -> actions.Prepared:
    """One death with its account, ordered and in a file."""
    case_id = decided_death(stage)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    actions.make_orders(by=stage.cast.bpjs, on=PAY)
    return actions.make_file(by=stage.cast.bpjs, on=PAY)


def sent(stage: Stage) -> tuple[actions.Prepared, bank.FakeBank]:
    """The same file approved, sent, and delivered to a bank."""
    file, fake = prepared(stage), bank.FakeBank()
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    fake.deliver(file.name, bytes(BankFile.objects.get().content))
    return file, fake


def balance(code: str) -> int:
    return {row.code: row.balance for row in ledger.balances()}.get(code, 0)


def test_the_whole_way_of_a_death_grant_to_the_account_of_the_heir(stage: Stage) -> None:
    file, fake = sent(stage)
    assert (file.count, file.total) == (3, 42_000_000)
    content = fake.answer(file.name)
    assert content is not None
    confirmed = actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=content)
    assert (confirmed.paid, confirmed.failed, confirmed.parked, confirmed.again) == (3, 0, (), False)
    assert sum(line.amount for line in fake.paid) == 42_000_000
    assert {line.account for line in fake.paid} == {"0139999999999"}
    assert set(Order.objects.values_list("state", flat=True)) == {"terbayar"}
    assert BankFile.objects.get().state == "dikonfirmasi"
    assert (balance("utang_manfaat:bpjs"), balance("bank:bpjs")) == (0, -42_000_000)
    assert ledger.balanced()
    assert Diary.objects.get(action="send_file").send == {"bank_file": str(file.file_id)}


def test_workers_get_their_passbooks_in_one_go_and_keep_them(stage: Stage) -> None:
    members = [stage.member(f"Orang {n}") for n in range(5)]
    numbers = bank.FakeBank.open_numbers([member.person.nik for member in members] + ["5371040101909999"])
    opened = actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers=numbers, bic=bank.BANK_NTT)
    again = actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers=numbers, bic=bank.BANK_NTT)
    assert (opened, again, Passbook.objects.count()) == (5, 0, 5)
    assert Diary.objects.filter(action="open_accounts").count() == 2
    other = {Membership.objects.get(pk=stage.member("Baru").pk).person.nik: numbers[members[0].person.nik]}
    with pytest.raises(Refused, match="atas nama orang lain"):
        actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers=other, bic=bank.BANK_NTT)


def test_accounts_belong_to_one_holder(stage: Stage) -> None:
    account = actions.Account("ahli_waris", "Ina", "5371041234560001", bank.BANK_NTT, "0131")
    assert actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[account, HOSPITAL]) == 2
    assert actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[account, HOSPITAL]) == 0
    for other in (
        actions.Account("ahli_waris", "Ama", "5371041234560002", bank.BANK_NTT, "0131"),
        actions.Account("ahli_waris", "Ina", "5371041234560001", bank.BANK_NTT, "0132"),
        actions.Account("rumah_sakit", HOSPITAL.holder_name.upper(), "", bank.BANK_NTT, "0133"),
        actions.Account("ahli_waris", "Ina", "", bank.BANK_NTT, "0134"),
        actions.Account("pekerja", "Ina", "5371041234560001", bank.BANK_NTT, "0135"),
    ):
        with pytest.raises(Refused):
            actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[other])


def test_care_goes_to_the_hospital_one_order_an_invoice_and_the_rest_to_the_worker(stage: Stage) -> None:
    stage.decide(accident_with_costs(stage))
    waits = actions.make_orders(by=stage.cast.bpjs, on=PAY)
    assert (waits.orders, len(waits.waiting), {one.payee for one in waits.waiting}) == (
        0, 6, {"rumah_sakit", "pekerja"},
    )  # fmt: skip
    worker = Membership.objects.get().person
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[HOSPITAL])
    actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={worker.nik: "0130"}, bic=bank.BANK_NTT)
    made = actions.make_orders(by=stage.cast.bpjs, on=PAY)
    assert (made.orders, made.total, made.waiting) == (6, 29_150_000 + 2_350_000 + 1_500_000 + 3_600_000, ())
    to_hospital = Order.objects.filter(passbook__kind="rumah_sakit")
    assert sorted(to_hospital.values_list("amount", flat=True)) == [3_400_000, 7_500_000, 18_250_000]
    assert {order.passbook.holder_name for order in Order.objects.exclude(passbook__kind="rumah_sakit")} == {
        worker.name
    }


def test_the_death_grant_never_goes_to_the_passbook_of_the_dead(stage: Stage) -> None:
    case_id = decided_death(stage)
    worker = Membership.objects.get().person
    actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={worker.nik: "0130"}, bic=bank.BANK_NTT)
    assert actions.make_orders(by=stage.cast.bpjs, on=PAY).orders == 0
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    assert actions.make_orders(by=stage.cast.bpjs, on=PAY).orders == 3


def test_an_heir_who_is_a_worker_is_paid_to_the_own_passbook(stage: Stage) -> None:
    case_id = decided_death(stage)
    heir = Heir.objects.get(case_id=case_id, receives=True)
    stage.member("Istri Tote", nik=heir.nik)
    actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={heir.nik: "0131"}, bic=bank.BANK_NTT)
    assert actions.make_orders(by=stage.cast.bpjs, on=PAY).total == 42_000_000
    assert set(Order.objects.values_list("passbook__number", flat=True)) == {"0131"}


def test_the_same_component_is_ordered_once(stage: Stage) -> None:
    prepared(stage)
    again = actions.make_orders(by=stage.cast.bpjs, on=PAY)
    assert (again.orders, Order.objects.count()) == (0, 3)
    with pytest.raises(Refused, match="Tidak ada perintah bayar"):
        actions.make_file(by=stage.cast.bpjs, on=PAY)
    order = Order.objects.first()
    assert order is not None
    copy = Order(id=uuid.uuid4(), decision_id=order.decision_id, component=order.component, amount=order.amount,
                 passbook_id=order.passbook_id, made_by=order.made_by, made_on=PAY)  # fmt: skip
    with pytest.raises(DatabaseError, match="order_once"), transaction.atomic():
        copy.save(force_insert=True)


def test_the_database_takes_no_order_that_no_approved_decision_says(stage: Stage) -> None:
    case_id = stage.death_case(stage.member("A"), date(2025, 11, 1))
    proposed = claims.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(case_id)])
    assert actions.make_orders(by=stage.cast.bpjs, on=PAY).orders == 0  # only proposed
    claims.approve_decision(by=stage.cast.penyetuju, on=READ, decision_id=proposed.decision_id)
    for component, amount in (("jkm_biaya_pemakaman", 10_000_001), ("hadiah", 10_000_000)):
        order = Order(decision_id=proposed.decision_id, component=component, amount=amount,
                      passbook=Passbook.objects.get(), made_by=stage.cast.bpjs, made_on=PAY)  # fmt: skip
        with pytest.raises(DatabaseError, match="no approved decision"), transaction.atomic():
            order.save(force_insert=True)


def test_amounts_files_and_answers_never_change(stage: Stage) -> None:
    file, fake = sent(stage)
    actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=fake.answer(file.name) or b"")
    for change in (
        lambda: Order.objects.update(amount=1),
        lambda: Order.objects.update(state="siap"),
        lambda: Order.objects.all().delete(),
        lambda: BankFile.objects.update(total=1),
        lambda: BankFile.objects.update(state="disiapkan"),
        lambda: BankAnswer.objects.update(paid=0),
    ):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            change()


def test_maker_checker_and_sender(stage: Stage) -> None:
    file = prepared(stage)
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.approve_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id)
    with pytest.raises(Refused, match="orang lain lebih dulu"):
        actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    with pytest.raises(Refused, match="belum dikirim"):
        actions.confirm_file(
            by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=bank.write_answer(file.name, PAY, [])
        )
    actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    with pytest.raises(Refused, match="orang lain lebih dulu"):
        actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
    with pytest.raises(Refused, match="orang lain lebih dulu"):
        actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)


def test_a_file_whose_orders_changed_is_not_approved(stage: Stage) -> None:
    file = prepared(stage)
    Passbook.objects.update(number="0666")
    with pytest.raises(Refused, match="tidak sama dengan perintah bayarnya"):
        actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)


def test_an_account_is_not_changed_while_an_order_is_on_its_way(stage: Stage) -> None:
    prepared(stage)
    book = Passbook.objects.get()
    with pytest.raises(Refused, match="sedang berjalan"):
        actions.correct_account(by=stage.cast.bpjs, on=PAY, passbook_id=book.id, number="0666", why="salah ketik")


def test_what_the_bank_could_not_pay_is_put_right_and_sent_once_more(stage: Stage) -> None:
    file = prepared(stage)
    fake = bank.FakeBank(closed={"0139999999999": "rekening tidak ditemukan"})
    for number in range(2):
        actions.approve_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
        actions.send_file(by=stage.cast.penyetuju, on=PAY, file_id=file.file_id)
        fake.deliver(file.name, bytes(BankFile.objects.get(pk=file.file_id).content))
        confirmed = actions.confirm_file(
            by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=fake.answer(file.name) or b""
        )
        assert (confirmed.paid, confirmed.failed) == ((0, 3), (3, 0))[number]
        if number == 0:
            assert balance("bank:bpjs") == 0
            book = Passbook.objects.get()
            actions.correct_account(by=stage.cast.bpjs, on=PAY, passbook_id=book.id, number="0130001", why="salah")
            for order in Order.objects.all():
                actions.retry_order(by=stage.cast.bpjs, on=PAY, order_id=order.id)
            file = actions.make_file(by=stage.cast.bpjs, on=PAY)
    assert [line.account for line in fake.paid] == ["0130001"] * 3
    assert balance("utang_manfaat:bpjs") == 0
    with pytest.raises(Refused, match="gagal"):
        actions.retry_order(by=stage.cast.bpjs, on=PAY, order_id=Order.objects.all()[0].id)


def test_unknown_lines_and_other_amounts_are_parked_and_the_same_answer_changes_nothing(stage: Stage) -> None:
    file, _ = sent(stage)
    orders = list(Order.objects.order_by("amount"))
    lines = [
        bank.AnswerLine(0, orders[0].id, True, orders[0].amount, "R1", ""),
        bank.AnswerLine(0, orders[1].id, True, orders[1].amount + 1, "R2", ""),
        bank.AnswerLine(0, uuid.UUID(int=7), True, 5, "R3", ""),
    ]
    content = bank.write_answer(file.name, PAY, lines)
    first = actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=content)
    assert (first.paid, first.failed, first.again) == (1, 0, False)
    assert [(parked.line, parked.why) for parked in first.parked] == [
        (4, "jumlah 12000001, perintahnya 12000000"),
        (5, "nomor perintah tidak ada dalam berkas ini"),
    ]
    again = actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=content)
    assert (again.paid, again.parked, again.again) == (1, first.parked, True)
    assert balance("bank:bpjs") == -orders[0].amount
    assert BankFile.objects.get().state == "terkirim"  # two orders are still open
    late = bank.write_answer(file.name, PAY, [
        bank.AnswerLine(0, order.id, True, order.amount, "R", "") for order in orders
    ])  # fmt: skip
    rest = actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=late)
    assert (rest.paid, [parked.why for parked in rest.parked]) == (2, ["perintah sudah terbayar"])
    assert balance("bank:bpjs") == -42_000_000
    assert BankFile.objects.get().state == "dikonfirmasi"


def test_an_answer_to_another_file_is_refused(stage: Stage) -> None:
    file, _ = sent(stage)
    with pytest.raises(Refused, match="bukan"):
        actions.confirm_file(
            by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=bank.write_answer("lain.csv", PAY, [])
        )
