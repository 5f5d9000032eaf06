"""What the payment desk reads: orders, files with the bank's answers, passbooks, and totals without names."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.payments import actions, bank, queries
from lopo.payments.models import Order
from lopo.people.models import Person
from tests.cast import Cast
from tests.rooms.claims_stage import OEBUFU, Stage, build
from tests.rooms.test_payments import PAY, heirs_account, sent

CITY = ("53.71",)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def paid(stage: Stage) -> actions.Prepared:
    """A death of Oebufu paid; one of Alak ordered."""
    file, fake = sent(stage)
    actions.confirm_file(by=stage.cast.bpjs, on=PAY, file_id=file.file_id, content=fake.answer(file.name) or b"")
    other = stage.death_case(stage.member("Norci Neolaka", area="53.71.01.1008"), date(2025, 8, 1))
    stage.decide(other)
    actions.open_accounts(by=stage.cast.bpjs, on=PAY, accounts=[heirs_account(other, "0138888888888")])
    actions.make_orders(by=stage.cast.bpjs, on=PAY)
    return file


def test_orders_filter_sort_and_keep_to_the_areas(paid: actions.Prepared, django_assert_num_queries) -> None:
    def amounts(**more: object) -> list[int]:
        asked_for = queries.OrderFilter(**({"areas": CITY} | more))  # type: ignore[arg-type]
        return [row.amount for row in queries.orders_page(asked_for, Asked(sort="-amount")).rows]

    with django_assert_num_queries(2):
        assert sum(amounts()) == 52_000_000
    assert amounts(areas=()) == []
    assert amounts(areas=(OEBUFU,)) == [20_000_000, 12_000_000, 10_000_000]
    assert amounts(state="siap") == [10_000_000]
    assert amounts(state="terbayar", payee="pekerja") == []
    assert len(amounts(file_id=paid.file_id)) == 3
    assert amounts(search="ISTRI") == amounts()
    with pytest.raises(Refused, match="diurutkan"):
        queries.orders_page(queries.OrderFilter(CITY), Asked(sort="number"))


def test_a_file_with_its_answers(paid: actions.Prepared, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        page = queries.files_page(queries.FileFilter(state="dikonfirmasi"), Asked())
    assert [(row.name, row.count, row.total, row.made_by, row.approved_by) for row in page.rows] == [
        (paid.name, 3, 42_000_000, "Maria Tukan", "Theresia Manek")
    ]
    with django_assert_num_queries(3):
        one = queries.file(paid.file_id)
    assert (one.file, one.states) == (page.rows[0], {"terbayar": 3})
    assert [(answer.paid, answer.failed, answer.parked) for answer in one.answers] == [(3, 0, ())]
    content = queries.file_content(paid.file_id)
    assert content is not None
    assert bank.read_orders(content[1]).total == 42_000_000
    assert queries.file_states() == {"dikonfirmasi": 1}
    assert queries.file_content(uuid.uuid4()) is None
    with pytest.raises(Refused, match="tidak ada"):
        queries.file(uuid.uuid4())


def test_the_passbooks_of_a_person_are_the_own_and_those_of_the_heirs(
    stage: Stage, paid: actions.Prepared, django_assert_num_queries
) -> None:
    person = Person.objects.get(name="Yohanes Tote")
    actions.open_worker_accounts(by=stage.cast.bpjs, on=PAY, numbers={person.nik: "0137"}, bic=bank.BANK_NTT)
    with django_assert_num_queries(1):
        books = queries.passbooks_of(person.id)
    assert [(book.kind, book.number, book.paid) for book in books] == [
        ("pekerja", "0137", 0),
        ("ahli_waris", "0139999999999", 42_000_000),
    ]


def test_what_was_paid_in_all_and_by_kelurahan_without_names(paid: actions.Prepared, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert queries.paid_total() == 42_000_000
    with django_assert_num_queries(1):
        (row,) = queries.paid_by_area(CITY, hide_below=1)
    assert (row.area_code, row.few, row.cases, row.orders, row.amount) == (OEBUFU, False, 1, 3, 42_000_000)
    (hidden,) = queries.paid_by_area(CITY, hide_below=5)
    assert (hidden.few, hidden.cases, hidden.amount) == (True, None, None)
    assert queries.paid_by_area((), hide_below=1) == ()


def test_the_orders_of_a_case(stage: Stage, paid: actions.Prepared, django_assert_num_queries) -> None:
    case_id = Order.objects.filter(state="terbayar")[0].decision.case_id
    with django_assert_num_queries(1):
        rows = queries.orders_of_case(case_id)
    assert {(row.state, row.confirmed_on, row.payee) for row in rows} == {("terbayar", PAY, "ahli_waris")}
    ordered = Order.objects.filter(state="siap")[0].decision.case_id
    with django_assert_num_queries(1):
        assert queries.cases_paid([case_id, ordered, 0]) == {case_id}
    with django_assert_num_queries(0):
        assert queries.cases_paid([]) == frozenset()
