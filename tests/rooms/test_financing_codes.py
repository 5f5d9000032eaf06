"""Billing codes: their last day, a new one for the same bills with the old one in the history, and the tasks of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.financing import actions
from lopo.financing.actions import CodeGiven
from lopo.financing.models import Bill, BillingCode
from lopo.financing.queries.codes import code_tasks
from lopo.financing.queries.codes import codes_of as codes_of_bill
from lopo.financing.queries.tasks import Work
from lopo.jobs.alarms import raise_bpjs
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.enrolment import PAYER, Enrolment, enrol

pytestmark = pytest.mark.django_db
AUGUST, ON, LAST = Month(2025, 8), date(2025, 8, 20), date(2025, 8, 29)
CODE, ANEW = CodeGiven("KI-1", LAST), CodeGiven("KI-2", date(2025, 9, 30))


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    return enrol(cast, 2)


def billed(cast: Cast, made: Enrolment, count: int = 3, until: date | None = LAST) -> list[uuid.UUID]:
    """Bill months ahead under one code; a single month has none."""
    months = actions.Months(AUGUST, count, "KI-1" if count > 1 else "", until if count > 1 else None)
    found = actions.make_bills(by=cast.dinas, on=ON, programme_id=made.programme, payer_code=PAYER, months=months)
    return [one.id for one in found]


def note(cast: Cast, bill_id: uuid.UUID, given: CodeGiven, on: date = ON) -> int:
    return actions.note_code(by=cast.bendahara, on=on, bill_id=bill_id, given=given)


def ask(cast: Cast, bill_id: uuid.UUID, on: date, *others: uuid.UUID) -> int:
    order = actions.OrderGiven("S/1", ON)
    return actions.request_payment(by=cast.bendahara, on=on, bill_id=bill_id, order=order, others=others)


def codes_of(*bills: uuid.UUID) -> list[str | None]:
    found = dict(Bill.objects.filter(pk__in=bills).values_list("id", "code_id"))
    return [found[one] for one in bills]


def test_a_code_is_noted_later_for_a_single_bill(cast: Cast, made: Enrolment) -> None:
    (bill,) = billed(cast, made, 1)
    assert note(cast, bill, CODE) == 1
    assert codes_of(bill) == ["KI-1"]
    told = Diary.objects.get(action="note_code")
    assert (told.subject_id, told.after) == (str(bill), {"code": "KI-1", "last_day": "2025-08-29"})
    assert note(cast, bill, CODE) == 1
    assert note(cast, bill, replace(CODE, last_day=ON)) == 1
    assert BillingCode.objects.get().last_day == ON
    assert Diary.objects.filter(action="date_code").count() == 1, "the same last day again is told once"


def test_a_code_that_is_over_pays_nothing_until_it_is_renewed(cast: Cast, made: Enrolment) -> None:
    first, second, third = billed(cast, made)
    late = date(2025, 9, 1)
    with pytest.raises(Refused, match="hanya berlaku sampai 29 Agu 2025") as refused:
        ask(cast, first, late)
    assert refused.value.code == "kode_iuran_lewat"
    ask(cast, first, LAST)
    with pytest.raises(Refused, match="Minta kode baru"):
        actions.approve_payment(by=cast.penyetuju, on=late, bill_id=first)
    assert note(cast, second, ANEW, late) == 3, "all unpaid bills of the code, the ordered one too"
    assert codes_of(first, second, third) == ["KI-2"] * 3
    assert actions.approve_payment(by=cast.penyetuju, on=late, bill_id=first).amount
    told = Diary.objects.filter(action="renew_code").values_list("subject_id", "before__code", "after__code")
    assert set(told) == {(str(one), "KI-1", "KI-2") for one in (first, second, third)}
    assert BillingCode.objects.get(pk="KI-2").renews_id == "KI-1"


def test_a_paid_bill_keeps_the_code_by_which_it_was_paid(cast: Cast, made: Enrolment) -> None:
    first, second, third = billed(cast, made)
    ask(cast, first, ON)
    actions.approve_payment(by=cast.penyetuju, on=ON, bill_id=first)
    with pytest.raises(Refused, match="selama tagihan belum dibayar"):
        note(cast, first, ANEW)
    assert note(cast, third, ANEW) == 2
    assert codes_of(first, second, third) == ["KI-1", "KI-2", "KI-2"]
    assert BillingCode.objects.get(pk="KI-2").first_month == date(2025, 9, 1)


def test_what_a_code_may_not_be(cast: Cast, made: Enrolment) -> None:
    (bill,) = billed(cast, made, 1)
    for given, code in (
        (CodeGiven(" ", LAST), "kode_iuran_tidak_lengkap"),
        (CodeGiven("KI-1"), "kode_iuran_tidak_lengkap"),
        (CodeGiven("KI-1", date(2025, 8, 19)), "kode_iuran_lewat"),
    ):
        with pytest.raises(Refused) as refused:
            note(cast, bill, given)
        assert refused.value.code == code
    with pytest.raises(Refused, match="hanya berlaku sampai"):
        months = actions.Months(Month(2025, 9), 3, "KI-9", date(2025, 8, 19))
        actions.make_bills(by=cast.dinas, on=ON, programme_id=made.programme, payer_code=PAYER, months=months)
    with pytest.raises(Refused, match="tidak berwenang"):
        actions.note_code(by=cast.penyetuju, on=ON, bill_id=bill, given=CODE)
    note(cast, bill, CODE)
    (other,) = actions.make_bills(
        by=cast.dinas, on=ON, programme_id=made.programme, payer_code=PAYER, months=actions.Months(Month(2025, 9), 1)
    )
    with pytest.raises(Refused, match="sudah dipakai"):
        note(cast, other.id, CODE)


def test_the_database_lets_only_an_unpaid_bill_take_another_code(cast: Cast, made: Enrolment) -> None:
    first, *_ = billed(cast, made)
    for change in (
        "code_id = NULL",
        "code_id = 'KI-1', state = 'batal', amount = 1",
        "people = 1, amount = per_person",
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE financing_bill SET {change} WHERE id = %s", [first])
    ask(cast, first, ON)
    actions.approve_payment(by=cast.penyetuju, on=ON, bill_id=first)
    BillingCode.objects.create(
        code="KI-3", programme_id=made.programme, payer_id=PAYER, first_month=AUGUST.first_day,
        last_month=AUGUST.first_day, made_on=ON, made_by=cast.bendahara,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Bill.objects.filter(pk=first).update(code="KI-3")


def test_a_code_that_ends_soon_is_a_task_and_an_alarm_once_then_louder(
    cast: Cast, made: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, *_ = billed(cast, made)
    assert code_tasks(areas=("53",), on=date(2025, 8, 25)) == (), "three working days before Friday the 29th"
    with django_assert_num_queries(1):
        (task,) = code_tasks(areas=("53",), on=date(2025, 8, 26))
    assert (task.work, task.code, task.bill_id, task.due_on) == (Work.KODE, "KI-1", first, LAST)
    assert (task.people, task.amount) == (6, 6 * 16_800), "three months of two people"
    assert code_tasks(areas=("53.72",), on=LAST) == ()
    raised = Diary.objects.filter(action="raise_bpjs_alarm", subject="financing.billingcode").order_by("id")
    told = []
    for day in (25, 26, 27, 29, 30, 31):
        raise_bpjs(on=date(2025, 8, day))
        told.append(raised.count())
    assert told == [0, 1, 1, 1, 2, 2]
    soon, over = raised.values_list("send", flat=True)
    assert "bendahara" in soon["alarm"]["to"]
    assert set(soon["alarm"]["to"]) < set(over["alarm"]["to"]), "once it is over the approver hears of it too"
    assert "berakhir 29 Agu 2025" in over["alarm"]["words"]
    note(cast, first, ANEW, date(2025, 8, 30))
    assert code_tasks(areas=("53",), on=date(2025, 8, 30)) == ()


def test_the_history_of_a_code_names_those_before_it(cast: Cast, made: Enrolment) -> None:
    first, *_ = billed(cast, made, until=None)
    (old,) = codes_of_bill(first, on=ON)
    assert (old.code, old.last_day, old.days_left) == ("KI-1", None, None)
    note(cast, first, ANEW)
    now, before = codes_of_bill(first, on=date(2025, 10, 1))
    assert (now.code, now.days_left, before) == ("KI-2", -1, old)
    assert codes_of_bill(uuid.uuid4(), on=ON) == ()
