"""Cover of one and of all: the pattern the database keeps gives what the law says of each person's own months."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import ibis
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.coverage import queries
from lopo.coverage.models import MemberNumber, Membership, PaidHistory, PaidMonth
from lopo.law.cover import PaidMonth as Payment
from lopo.law.cover import cover_facts, cover_on
from lopo.law.cover_table import cover_table
from tests.cast import Cast
from tests.rooms.enrolment import JULY, NUMBERED, PAID, Enrolment, enrol, make_decree, pay

pytestmark = pytest.mark.django_db
ALL = ("53",)


def pay_all(cast: Cast, made: Enrolment) -> None:
    """The story: August, October, November, December in time; September on 12 November."""
    for number, day in ((8, date(2025, 8, 13)), (10, date(2025, 10, 14)), (11, date(2025, 11, 13))):
        pay(cast, made, Month(2025, number), paid_on=day)
    pay(cast, made, Month(2025, 12), paid_on=date(2025, 12, 12))
    pay(cast, made, Month(2025, 9), paid_on=date(2025, 11, 12))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 7, 14), "belum"),
        (date(2025, 7, 15), "masa_tunggu"),
        (date(2025, 9, 15), "masa_tunggu"),
        (date(2025, 9, 16), "menunggak_1"),
        (date(2025, 10, 20), "menunggak_1"),
        (date(2025, 11, 11), "menunggak_1"),
        (date(2025, 11, 12), "penuh"),
        (date(2025, 12, 31), "penuh"),
        (date(2026, 1, 16), "menunggak_1"),
        (date(2026, 4, 16), "gugur"),
    ],
)
def test_the_story_day_by_day(cast: Cast, on: date, state: str) -> None:
    made = enrol(cast, 6)
    pay_all(cast, made)
    counts = queries.cover_counts(made.programme, on=on, areas=ALL)
    assert counts == {**dict.fromkeys(queries.STATES, 0), state: 6}
    member = Membership.objects.order_by("id")[0]
    one = queries.cover_of(member.id, on=on)
    assert one is not None
    assert one.state == state
    if on >= NUMBERED and state != "gugur":
        assert one.full_from == date(2025, 10, 1)


def test_all_members_of_the_story_share_one_pattern(cast: Cast) -> None:
    made = enrol(cast, 6)
    pay_all(cast, made)
    assert PaidHistory.objects.filter(memberships__isnull=False).distinct().count() == 1
    assert queries.drifted() == ()
    assert queries.miscounted() == 0


def test_ended_and_refused_members(cast: Cast) -> None:
    made = enrol(cast, 4, refusals={"5371010101800001": "sudah PU"})
    Membership.objects.filter(person__nik="5371020101800001").update(state="berakhir", ended_on=date(2025, 7, 20))
    day = queries.cover_counts(made.programme, on=date(2025, 7, 20), areas=ALL)
    after = queries.cover_counts(made.programme, on=date(2025, 7, 21), areas=ALL)
    assert (day["masa_tunggu"], day["berakhir"], sum(day.values())) == (3, 0, 3)
    assert (after["masa_tunggu"], after["berakhir"], sum(after.values())) == (2, 1, 3)
    ended = Membership.objects.get(person__nik="5371020101800001")
    facts = queries.cover_facts_of(ended.id, event_on=date(2025, 7, 21), judged_on=date(2025, 8, 1))
    assert facts is not None
    assert not facts.nomor_terbit


def test_arrears_that_are_paid_later_are_settled_facts(cast: Cast) -> None:
    made = enrol(cast, 1)
    pay_all(cast, made)
    member = Membership.objects.get()
    event = date(2025, 10, 20)
    before = queries.cover_facts_of(member.id, event_on=event, judged_on=date(2025, 11, 1))
    after = queries.cover_facts_of(member.id, event_on=event, judged_on=date(2025, 11, 13))
    assert before is not None
    assert after is not None
    assert (before.bulan_kepesertaan, before.bulan_menunggak, before.tunggakan_lunas) == (4, 1, False)
    assert (after.bulan_kepesertaan, after.bulan_menunggak, after.tunggakan_lunas) == (4, 1, True)


paid_days = st.dictionaries(
    st.integers(0, 9), st.integers(-20, 150), min_size=0, max_size=10
)  # months after July 2025, and days after the 1st on which each was paid


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    histories=st.lists(paid_days, min_size=8, max_size=8), days=st.lists(st.integers(0, 500), min_size=3, max_size=3)
)
def test_the_state_of_many_is_what_the_law_says_of_each(
    cast: Cast, histories: list[dict[int, int]], days: list[int]
) -> None:
    members = _members(cast, len(histories))
    own = {pk: _insert(pk, person, history) for (pk, person), history in zip(members, histories, strict=True)}
    programme = Membership.objects.values_list("programme_id", flat=True)[0]
    assert queries.drifted() == ()
    assert queries.miscounted() == 0
    for offset in days:
        on = date(2025, 7, 1) + timedelta(days=offset)
        expected = {pk: cover_on(on, paid, issued).state for pk, (paid, issued) in own.items()}
        assert queries.cover_states(own, on=on) == expected
        counts = queries.cover_counts(programme, on=on, areas=ALL)
        assert {state: count for state, count in counts.items() if count} == {
            state: list(expected.values()).count(state) for state in set(expected.values())
        }
        _same_as_table(own, on)
        for state in queries.STATES:
            page = queries.members_page(queries.MembersFilter(ALL, programme, cover=state), Asked(size=0), on=on)
            assert {row.id for row in page.rows} == {pk for pk, one in expected.items() if one == state}
            assert {row.cover for row in page.rows} <= {state}


def _members(cast: Cast, count: int) -> list[tuple[int, int]]:
    """Members that are made once, and bare again for each example."""
    if not Membership.objects.exists():
        made = make_decree(cast, count)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on,"
                " reject_reason, end_reason, area_code, has_card, has_passbook) SELECT person_id, %s, id, 'diterima',"
                " '2025-06-23', '', '', '', false, false"
                " FROM targeting_decreename",
                [made.programme],
            )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "UPDATE coverage_membership SET state='diterima', kpj=NULL, number_issued_on=NULL, history_id=NULL"
        )
        for table, kept in (("membernumber", "number"), ("paidmonth", "paid_month")):
            cursor.execute(f"ALTER TABLE coverage_{table} DISABLE TRIGGER coverage_{kept}_kept")
            cursor.execute(f"DELETE FROM coverage_{table}")
            cursor.execute(f"ALTER TABLE coverage_{table} ENABLE TRIGGER coverage_{kept}_kept")
    return list(Membership.objects.order_by("id").values_list("id", "person_id"))


def _insert(pk: int, person: int, history: dict[int, int]) -> tuple[tuple[Payment, ...], date | None]:
    """Pay month after month in any order; the number comes the day after the first payment."""
    paid = []
    for step, after in history.items():
        month = Month(2025, 7).plus(step)
        day = month.first_day + timedelta(days=after)
        PaidMonth.objects.create(
            person_id=person, month=month.first_day, membership_id=pk, payer_code="x", paid_on=day,
            reference=uuid.uuid4(),
        )  # fmt: skip
        paid.append(Payment(month, day))
    if not paid:
        return (), None
    issued = min(one.paid_on for one in paid) + timedelta(days=1)
    MemberNumber.objects.create(person_id=person, kpj=f"{pk:011d}", issued_on=issued, membership_id=pk)
    Membership.objects.filter(pk=pk).update(state="terdaftar", kpj=f"{pk:011d}", number_issued_on=issued)
    return tuple(paid), issued


def _same_as_table(own: dict[int, tuple[tuple[Payment, ...], date | None]], on: date) -> None:
    """The table form of the law over the same rows gives the same facts as the patterns of the database."""
    members = ibis.memtable(
        [{"person": pk, "number_issued_on": issued} for pk, (_, issued) in own.items()],
        schema={"person": "int64", "number_issued_on": "date"},
    )
    rows = [
        {"person": pk, "month": one.month.first_day, "paid_on": one.paid_on}
        for pk, (paid, _) in own.items()
        for one in paid
    ]
    paid = ibis.memtable(rows, schema={"person": "int64", "month": "date", "paid_on": "date"})
    first = min((one.month for paid_, _ in own.values() for one in paid_), default=Month(2025, 7))
    found = cover_table(members, paid, first, on).to_pyarrow().to_pylist()
    for row in found:
        facts = queries.cover_facts_of(row["person"], event_on=on, judged_on=on)
        assert facts is not None
        got = (facts.nomor_terbit, facts.bulan_kepesertaan, facts.bulan_menunggak)
        assert (row["nomor_terbit"], row["bulan_kepesertaan"], row["bulan_menunggak"]) == got, (on, own[row["person"]])
        paid_, issued = own[row["person"]]
        assert facts == cover_facts(on, on, paid_, issued)


def test_the_counts_keep_to_the_area_of_the_officer(cast: Cast) -> None:
    made = enrol(cast, 12)
    on = date(2025, 8, 1)
    assert queries.cover_counts(made.programme, on=on, areas=("53.71.04.1009",))["masa_tunggu"] == 2
    assert sum(queries.cover_counts(made.programme, on=on, areas=()).values()) == 0
    assert sum(queries.cover_counts(made.programme, on=on, areas=("53.7",)).values()) == 0


def test_payments_of_the_first_month(cast: Cast) -> None:
    enrol(cast, 1)
    person = Membership.objects.get().person_id
    row = queries.paid_months_of(person)[0]
    assert (row.month, row.paid_on, row.payer_code) == (JULY, PAID, "pemprov-ntt")
