"""The book: two-sided, once, append-only, corrected by reversal."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Impossible, Refused
from lopo.ledger import actions, queries
from lopo.ledger.models import Entry, Leg

DAY = date(2025, 7, 1)


def posting(number: int, amount: int, *, reference: str = "uji") -> actions.Posting:
    sides = (actions.debit("kas", amount), actions.credit("utang", amount))
    return actions.Posting(uuid.uuid5(uuid.NAMESPACE_OID, str(number)), DAY, "uji", reference, sides)


@pytest.fixture
def book(db: None) -> None:
    actions.open_accounts({"kas": "Kas", "utang": "Utang"})


def test_an_entry_posts_once_however_often_it_is_tried(book: None) -> None:
    assert actions.post([posting(1, 100), posting(2, 50)]) == 2
    assert actions.post([posting(1, 100), posting(2, 50), posting(3, 7)]) == 1
    assert {b.code: b.balance for b in queries.balances()} == {"kas": 157, "utang": -157}
    assert queries.balanced()


def test_the_same_id_for_another_entry_is_refused(book: None) -> None:
    actions.post([posting(1, 100)])
    with pytest.raises(Refused, match="sudah dipakai"):
        actions.post([posting(1, 101)])


def test_legs_that_differ_are_impossible(book: None) -> None:
    sides = (actions.debit("kas", 100), actions.credit("utang", 99))
    with pytest.raises(Impossible, match="differ by 1"):
        actions.post([actions.Posting(uuid.uuid4(), DAY, "uji", "uji", sides)])


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_an_unbalanced_entry() -> None:
    actions.open_accounts({"kas": "Kas", "utang": "Utang"})
    with pytest.raises(DatabaseError, match="differ by 1"), transaction.atomic():
        entry = Entry.objects.create(on=DAY, memo="uji", reference="uji")
        Leg.objects.create(entry=entry, account_id="kas", side="D", amount=100)
        Leg.objects.create(entry=entry, account_id="utang", side="K", amount=99)
    with pytest.raises(DatabaseError, match="0 legs"), transaction.atomic():
        Entry.objects.create(on=DAY, memo="kosong", reference="uji")
    assert Entry.objects.count() == 0


def test_nothing_in_the_book_changes_or_goes(book: None) -> None:
    actions.post([posting(1, 100)])
    deeds = [
        "UPDATE ledger_leg SET amount = 1",
        "DELETE FROM ledger_leg",
        "UPDATE ledger_entry SET memo = 'lain'",
        "DELETE FROM ledger_entry",
    ]
    for deed in deeds:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


def test_a_reversal_undoes_an_entry_once(book: None) -> None:
    actions.post([posting(1, 100)])
    actions.reverse(entry_id=posting(1, 100).id, new_id=uuid.uuid4(), on=DAY, memo="balik")
    assert {b.balance for b in queries.balances()} == {0}
    with pytest.raises(Refused, match="sudah pernah dibalik"):
        actions.reverse(entry_id=posting(1, 100).id, new_id=uuid.uuid4(), on=DAY, memo="balik")
    with pytest.raises(Refused, match="tidak ada"):
        actions.reverse(entry_id=uuid.uuid4(), new_id=uuid.uuid4(), on=DAY, memo="balik")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=1, max_value=10**15), min_size=1, max_size=6))
def test_money_is_conserved_and_statements_tell_all(book: None, amounts: list[int]) -> None:
    with transaction.atomic():
        base = Entry.objects.count()
        actions.post([posting(base + n + 1000, amount, reference=f"r{base}") for n, amount in enumerate(amounts)])
    lines = queries.statement(reference=f"r{base}")
    assert sum(line.debit for line in lines) == sum(line.credit for line in lines) == sum(amounts)
    assert queries.balanced()
