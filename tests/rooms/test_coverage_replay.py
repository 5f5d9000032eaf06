"""Random payments, numbers, ends, reversals, amendments and takeovers: the tables say what the diary says, replayed."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage import bpjs, queries
from lopo.coverage.models import Exchange, Membership, PaidMonth
from lopo.financing import actions
from lopo.financing.actions.amending import set_amendment
from lopo.financing.models import Bill, BillLine, Budget
from lopo.law.cover import PaidMonth as Payment
from lopo.law.cover import cover_facts, cover_on
from lopo.ledger import queries as ledger
from lopo.people.models import Person
from lopo.staff.models import Diary
from lopo.targeting.actions.amendments import NewAmendment, draft_amendment
from lopo.targeting.actions.departures import Leaving, propose_departure
from lopo.targeting.models import Amendment, DecreeName, Programme
from tests.cast import Cast
from tests.rooms.city import CITY, city_programme
from tests.rooms.enrolment import JULY, PAYER, Enrolment, fund, make_decree

pytestmark = pytest.mark.django_db
FIRST, PRICE = date(2025, 7, 1), 16_800
PAYERS = (PAYER, CITY)

_MEMBERS = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on,
                                 reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT n.person_id, d.programme_id, n.id, 'diterima', '2025-06-23', '2025-06-23', '', '', '', false, false
  FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
 WHERE d.programme_id = ANY (%s) AND n.status = 'ditetapkan' ORDER BY n.id
"""
_WAITING = """
UPDATE targeting_decreename SET status = 'cadangan', waiting_place = rank - 6 WHERE decree_id = %s AND rank > 6
"""
BEGINS = (JULY, Month(2026, 1), Month(2026, 2))
"""The first month of the city: that of the province, the month after its last, or one month later."""
deeds = st.lists(
    st.tuples(
        st.sampled_from(["bayar", "bayar", "bayar", "muka", "kurang", "nomor", "akhir", "balik", "ganti", "ambil"]),
        st.integers(0, 1),  # the programme
        st.integers(0, 5),  # the month after July, or the member
        st.integers(0, 20),  # days since the deed before
    ),
    min_size=5,
    max_size=14,
)


@dataclass
class Told:
    """What the diary tells: paid months by person, numbers by person, ends by membership."""

    paid: dict[tuple[int, Month], date] = field(default_factory=dict)
    numbers: dict[int, date] = field(default_factory=dict)
    ended: dict[int, date] = field(default_factory=dict)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=deeds,
    shared=st.integers(1, 5),
    begins=st.sampled_from(BEGINS),
    days=st.lists(st.integers(0, 400), min_size=3, max_size=3),
)
def test_the_tables_say_what_the_diary_says(
    cast: Cast, deeds: list[tuple[str, int, int, int]], shared: int, begins: Month, days: list[int]
) -> None:
    with transaction.atomic():
        programmes = _programmes(cast, shared, begins)
        day = FIRST
        if begins != JULY:
            _pay(cast, programmes[0], PAYER, JULY, day)
            _number(cast, programmes[0], day)
        for step in deeds:
            day += timedelta(days=step[-1])
            _do(cast, programmes, step, day)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        told = _replay()
        _money(told, programmes)
        assert (queries.drifted(), queries.miscounted()) == ((), 0)
        for offset in days:
            _cover(told, programmes, FIRST + timedelta(days=offset))
        transaction.set_rollback(True)


def _programmes(cast: Cast, shared: int, begins: Month) -> list[Enrolment]:
    """The province pays for six people until December; the city for the first so many of them.

    In the same months they are members of both from the start, in later ones the city has to take them over. Two more
    wait on the decree of the province.
    """
    made = [make_decree(cast, 8), city_programme(shared, first=begins.first_day.isoformat(), dated="2025-07-01")]
    for programme, payer in zip(made, PAYERS, strict=True):
        for year in (2025, 2026):
            fund(cast, programme, payer=payer, year=year)
    member_of = [one.programme for one in made if begins == JULY or one is made[0]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # a set annex does not change otherwise
        cursor.execute(_WAITING, [made[0].decree])
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(_MEMBERS, [member_of])
    return made


def _do(cast: Cast, programmes: list[Enrolment], step: tuple[str, int, int, int], day: date) -> None:
    deed, place, number, _ = step
    made, payer = programmes[place], PAYERS[place]
    month = Month.of(Programme.objects.get(pk=made.programme).first_month).plus(number)
    try:
        if deed in PAYING:
            PAYING[deed](cast, made, payer, month, day)
        elif deed == "nomor":
            _number(cast, made, day)
        elif deed == "ganti":
            _amend(cast, made, number, day)
        elif deed == "ambil":
            old, new = programmes
            takeover = coverage.Takeover(old.programme, new.programme, new.decree, gap_known=number % 2 == 0)
            coverage.take_over(by=cast.dinas, on=day, takeover=takeover)
        elif deed == "akhir":
            _end(cast, made, number, day)
        else:
            _reverse(cast, made, number, day)
    except Refused:
        pass  # what is refused leaves nothing behind, which the replay shows


def _end(cast: Cast, made: Enrolment, number: int, day: date) -> None:
    member = Membership.objects.filter(programme_id=made.programme).order_by("id")[number : number + 1].first()
    if member is not None:
        coverage.end_membership(by=cast.dinas, on=day, membership_id=member.id, ended_on=day, reason="meninggal")


def _reverse(cast: Cast, made: Enrolment, number: int, day: date) -> None:
    paid = list(Bill.objects.filter(programme_id=made.programme, state="dibayar").order_by("-month"))
    for one in paid[number % max(1, len(paid)) :][:1]:
        with transaction.atomic():
            actions.ask_reversal(by=cast.bendahara, on=day, bill_id=one.id, reason="keliru")
            actions.approve_reversal(by=cast.penyetuju, on=day, bill_id=one.id)


def _pay(cast: Cast, made: Enrolment, payer: str, month: Month, day: date) -> None:
    bill = actions.make_bill(by=cast.dinas, on=day, programme_id=made.programme, payer_code=payer, month=month)
    order = actions.OrderGiven(f"SP2D/{uuid.uuid4()}", day)
    actions.request_payment(by=cast.bendahara, on=day, bill_id=bill.id, order=order)
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=bill.id)


def _pay_ahead(cast: Cast, made: Enrolment, payer: str, month: Month, day: date) -> None:
    """Three months under one code and one SP2D."""
    first, *others = actions.make_bills(
        by=cast.dinas, on=day, programme_id=made.programme, payer_code=payer,
        months=actions.Months(month, 3, str(uuid.uuid4())),
    )  # fmt: skip
    order = actions.OrderGiven(f"SP2D/{uuid.uuid4()}", day)
    ids = [one.id for one in others]
    actions.request_payment(by=cast.bendahara, on=day, bill_id=first.id, order=order, others=ids)
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=first.id)


def _pay_short(cast: Cast, made: Enrolment, payer: str, month: Month, day: date) -> None:
    """A bill whose money reaches for two people, or for nobody more than them; what is left stays open."""
    bill = actions.make_bill(by=cast.dinas, on=day, programme_id=made.programme, payer_code=payer, month=month)
    order = actions.OrderGiven(f"SP2D/{uuid.uuid4()}", day, min(2 * PRICE, bill.amount), "tunggakan")
    actions.request_payment(by=cast.bendahara, on=day, bill_id=bill.id, order=order)
    ordered = Bill.objects.get(sp2d__number=order.number)
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=ordered.id)


PAYING = {"bayar": _pay, "muka": _pay_ahead, "kurang": _pay_short}


def _amend(cast: Cast, made: Enrolment, number: int, day: date) -> None:
    """One name leaves the decree from the next month on, and the next who waits takes the place."""
    held = DecreeName.objects.filter(decree_id=made.decree, status__in=("ditetapkan", "pengganti")).order_by("rank")
    names = list(held.values_list("id", flat=True))
    if not names:
        return
    with transaction.atomic():
        leaving = Leaving(names[number % len(names)], "diminta", day)
        propose_departure(by=cast.dinas, on=day, leaving=leaving)
        wanted = NewAmendment(made.decree, f"Perubahan {uuid.uuid4()}", "Perubahan", Month.of(day).next())
        amended = draft_amendment(by=cast.dinas, on=day, amendment=wanted)
        set_amendment(by=cast.penyetuju, on=day, amendment_id=amended.amendment_id)


def _number(cast: Cast, made: Enrolment, day: date) -> None:
    people = Person.objects.filter(memberships__programme_id=made.programme).order_by("id")
    rows = [bpjs.AnswerRow(0, one.nik, bpjs.ISSUED, f"25{one.id:09d}", day) for one in people]
    if rows:
        content = bpjs.write_answer(rows, {one.nik: one.name for one in people})
        coverage.read_answer(by=cast.bpjs, on=day, programme_id=made.programme, file="n.xlsx", content=content)


def _replay() -> Told:
    told = Told()
    programme_of = dict(Membership.objects.values_list("id", "programme_id"))
    person_of = dict(Membership.objects.values_list("id", "person_id"))
    for row in Diary.objects.order_by("id"):
        if row.action in ("approve_payment", "approve_reversal"):
            for person, first in BillLine.objects.filter(bill_id=row.subject_id).values_list("person_id", "month"):
                key = (person, Month.of(first))
                if row.action == "approve_reversal":
                    del told.paid[key]
                else:
                    assert key not in told.paid, "one payer a month"
                    told.paid[key] = row.on
        elif row.action == "end_membership":
            told.ended[int(row.subject_id)] = date.fromisoformat((row.after or {})["ended_on"])
        elif row.action == "end_memberships":
            _left(told, Amendment.objects.get(number=(row.after or {})["amendment"]))
        elif row.action == "read_answer":
            exchange = Exchange.objects.get(pk=row.subject_id)
            running = {
                person_of[pk] for pk, programme in programme_of.items()
                if programme == exchange.programme_id and pk not in told.ended
            }  # fmt: skip
            _numbers(told, exchange, running)
    return told


def _left(told: Told, amendment: Amendment) -> None:
    """Who leaves by an amendment is a member to the last day before its first month."""
    leaving = amendment.lines.values_list("departure__decree_name__person_id", flat=True)
    members = Membership.objects.filter(person_id__in=leaving, programme_id=amendment.decree.programme_id)
    for pk, submitted in members.values_list("id", "submitted_on"):
        told.ended.setdefault(pk, max(submitted, amendment.from_month - timedelta(days=1)))


def _numbers(told: Told, exchange: Exchange, running: set[int]) -> None:
    for one in bpjs.read_answer(bytes(exchange.content)).rows:
        person = Person.objects.get(nik=one.nik).id
        assert one.issued_on is not None
        paid = [day for (who, _), day in told.paid.items() if who == person and day <= one.issued_on]
        if person in running and paid:
            told.numbers.setdefault(person, one.issued_on)


def _money(told: Told, programmes: list[Enrolment]) -> None:
    assert ledger.balanced()
    assert set(told.paid) == {(person, Month.of(first)) for person, first in
                              PaidMonth.objects.values_list("person_id", "month")}  # fmt: skip
    assert {(one.person_id, Month.of(one.month)): one.paid_on for one in PaidMonth.objects.all()} == told.paid
    book = {one.code: one.balance for one in ledger.balances()}
    owed = 0
    by_payer = Counter(PaidMonth.objects.values_list("payer_code", flat=True))
    for programme, payer in zip(programmes, PAYERS, strict=True):
        lines = list(Budget.objects.filter(programme_id=programme.programme, payer_id=payer))
        paid, committed = sum(one.paid for one in lines), sum(one.committed for one in lines)
        billed = BillLine.objects.filter(bill__programme_id=programme.programme, cancelled=False).count()
        assert (paid, committed) == (by_payer[payer] * PRICE, billed * PRICE)
        assert book.get(f"kas:{payer}", 0) == -paid
        for one in lines:
            assert book.get(f"iuran:{payer}:{one.year}", 0) == one.committed
        owed += committed - paid
    assert book.get("utang_iuran:bpjs", 0) == -owed


def _cover(told: Told, programmes: list[Enrolment], on: date) -> None:
    lines = {
        person: tuple(Payment(month, day) for (who, month), day in told.paid.items() if who == person)
        for person in Membership.objects.values_list("person_id", flat=True)
    }
    members = list(Membership.objects.values_list("id", "person_id", "programme_id"))
    for made in programmes:
        states = Counter(
            "berakhir" if pk in told.ended and told.ended[pk] < on
            else cover_on(on, lines[person], told.numbers.get(person)).state
            for pk, person, programme in members if programme == made.programme
        )  # fmt: skip
        counts = queries.cover_counts(made.programme, on=on, areas=("53",))
        assert {state: count for state, count in counts.items() if count} == dict(states), on
    for pk, person, _ in members:
        facts = queries.cover_facts_of(pk, event_on=on, judged_on=on)
        ends = [told.ended.get(other) for other, who, _ in members if who == person]
        assert facts is not None
        if None not in ends and max(end for end in ends if end is not None) < on:
            assert not facts.nomor_terbit
        else:
            assert facts == cover_facts(on, on, lines[person], told.numbers.get(person))
