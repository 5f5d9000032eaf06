"""The exposure calendar: on each day it is the exposure of the day, and paying earlier never makes anyone worse off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month, Period
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership
from lopo.coverage.queries.cover import ENDED, member_cover
from lopo.financing import queries
from lopo.financing.queries import Plan
from lopo.financing.queries.calendar import Fate, calendar_of, differences, kept
from lopo.financing.queries.exposure import facts_of, rows_of, worth
from lopo.law.deadlines import contribution_due
from tests.cast import Cast
from tests.rooms.enrolment import Enrolment, enrol, pay

ALL = ("53.71",)
INCOME = 1_000_000
JULY = Month(2025, 7)
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))


@st.composite
def fates(draw: st.DrawFn) -> Fate:
    """Draw members with random months, each paid in time, late or in advance, a number and perhaps an end."""
    first = Month(2025, 1).plus(draw(st.integers(0, 7)))
    paid = {first: date(first.year, first.number, draw(st.integers(1, 15)))}
    for ahead in range(1, draw(st.integers(1, 10))):
        if draw(st.booleans()):
            month = first.plus(ahead)
            paid[month] = month.first_day + timedelta(days=draw(st.integers(-40, 130)))
    number = paid[first] + timedelta(days=draw(st.integers(0, 40)))
    end = draw(st.none() | st.integers(60, 500).map(lambda days: paid[first] + timedelta(days=days)))
    months = " ".join(f"{month}={day}" for month, day in sorted(paid.items()))
    return Fate(months, draw(st.just(number) | st.none()), end, draw(st.integers(1, 9)))


DAYS = st.integers(0, 364).map(lambda days: YEAR.first + timedelta(days=days))


@settings(deadline=None, max_examples=60)
@given(st.lists(fates(), min_size=1, max_size=4), st.none() | st.builds(Plan, DAYS, st.just(Month(2026, 1))), DAYS)
def test_the_calendar_on_a_day_is_the_exposure_of_the_day(given_: list[Fate], plan: Plan | None, day: date) -> None:
    found = calendar_of(given_, INCOME, YEAR, plan)
    there = [(one, member_cover(one.months, one.number_issued_on, one.ended_on, day)) for one in
             (kept(one, plan) for one in given_)]  # fmt: skip
    rows = rows_of((c.state, worth(facts_of(c.cover), INCOME, day), one.members) for one, c in there)
    ended = sum(one.members for one, c in there if c.state == ENDED)
    stretch = found.on(day)
    living = tuple(row for row in rows if row.state != ENDED)
    assert (stretch.rows, stretch.ended) == (living, ended)
    assert found.stretches[0].first == YEAR.first
    assert found.stretches[-1].last == YEAR.last
    assert all(
        b.first - a.last == timedelta(days=1) for a, b in zip(found.stretches, found.stretches[1:], strict=False)
    )


@settings(deadline=None, max_examples=150)
@given(fates(), st.integers(0, 150), st.integers(1, 90), st.integers(0, 240), st.integers(0, 4))
def test_paying_earlier_never_makes_anyone_worse_off(
    fate: Fate, wait: int, later: int, ahead: int, through: int
) -> None:
    """The same months paid on an earlier day: what a family gets is never less, on any day, at once or once settled."""
    known = max(date.fromisoformat(token.split("=")[1]) for token in fate.months.split())
    early, late = known + timedelta(days=wait), known + timedelta(days=wait + later)
    until = Month.of(late).plus(through)  # the plan covers everything owed on the later day
    day = early + timedelta(days=ahead)

    def gets(paid_on: date) -> tuple[int, ...]:
        one = kept(fate, Plan(paid_on, until))
        cover = member_cover(one.months, one.number_issued_on, one.ended_on, day)
        if cover.state == ENDED:
            return (0, 0, 0, 0)
        each = worth(facts_of(cover.cover), INCOME, day)
        return each.jkm, each.jkm_settled, each.jkk, each.jkk_settled

    assert all(a >= b for a, b in zip(gets(early), gets(late), strict=True)), (fate, early, late, day)


@pytest.mark.django_db
def test_the_story_of_september(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """September is unpaid: the calendar names the days of loss and the last saving day, and equals the exposure."""
    made = _september(cast)
    with django_assert_num_queries(3):
        found = queries.outlook(made.programme, span=YEAR, areas=ALL)
    assert found.planned is None
    for day in (date(2025, 7, 14), date(2025, 9, 15), date(2025, 9, 16), date(2025, 10, 20), date(2026, 5, 1)):
        assert found.nothing.on(day).rows == queries.exposure(made.programme, on=day, areas=ALL)
    lost = {stretch.first: stretch.moves for stretch in found.nothing.stretches if any(m.loses for m in stretch.moves)}
    september = lost[date(2025, 9, 16)]
    assert [(one.before, one.after, one.members, one.jkm, one.jkk, one.jkk_settled) for one in september] == [
        ("masa_tunggu", "menunggak_1", 6, 0, -70_000_000, 0)
    ]
    assert found.nothing.last_day_in_time() == date(2025, 9, 15)
    assert found.nothing.last_saving_day() == contribution_due(Month(2026, 2))
    assert found.nothing.last_saving_day(since=date(2026, 4, 1)) is None
    narrow = queries.outlook(made.programme, span=YEAR, areas=("53.71.04",)).nothing
    assert sum(row.members for row in narrow.on(date(2025, 9, 16)).rows) == 1
    assert queries.outlook(made.programme, span=YEAR, areas=()).nothing.on(date(2025, 9, 16)).rows == ()
    with pytest.raises(Refused):
        queries.outlook(0, span=YEAR, areas=ALL)


@pytest.mark.django_db
def test_what_a_day_of_payment_changes(cast: Cast) -> None:
    made = _september(cast)
    span = Period(date(2025, 10, 20), date(2026, 9, 30))
    plan = Plan(date(2025, 10, 25), Month(2025, 10))
    found = queries.outlook(made.programme, span=span, areas=ALL, plan=plan)
    assert found.planned is not None
    assert {row.state for row in found.planned.on(date(2025, 10, 25)).rows} == {"penuh"}
    first = found.differences[0]
    assert (first.first, first.people, first.jkm, first.jkm_settled, first.jkk) == (
        date(2025, 10, 25), 6, 6 * 32_000_000, 0, 6 * 70_000_000,
    )  # fmt: skip
    too_late = queries.outlook(made.programme, span=span, areas=ALL, plan=Plan(date(2026, 3, 1), Month(2026, 3)))
    assert too_late.planned is not None
    assert {row.state for row in too_late.planned.on(date(2026, 3, 2)).rows} == {"masa_tunggu"}


def test_the_last_saving_day_saves_and_the_next_does_not() -> None:
    fate = Fate("2025-07=2025-07-14 2025-08=2025-08-13", date(2025, 7, 15), None, 5)
    last = calendar_of([fate], INCOME, YEAR).last_saving_day()
    assert last == contribution_due(Month(2025, 12))
    saved, lost = (
        calendar_of([fate], INCOME, YEAR, Plan(day, Month(2026, 6))) for day in (last, last + timedelta(days=1))
    )
    assert all(row.state != "gugur" for stretch in saved.stretches for row in stretch.rows)
    day = last + timedelta(days=1)  # paid when the right is gone: cover begins again, with its waiting period
    assert ([row.state for row in saved.on(day).rows], [row.state for row in lost.on(day).rows]) == (
        ["penuh"], ["masa_tunggu"],
    )  # fmt: skip
    assert (saved.on(day).rows[0].jkm_settled, lost.on(day).rows[0].jkm_settled) == (5 * 42_000_000, 5 * 10_000_000)
    assert differences([fate], INCOME, YEAR, Plan(last, Month(2026, 6)))[-1].people == 5


def _september(cast: Cast) -> Enrolment:
    """Six people; July, August and October paid in time, September and what follows not."""
    made = enrol(cast, 6)
    pay(cast, made, Month(2025, 8), paid_on=date(2025, 8, 13))
    pay(cast, made, Month(2025, 10), paid_on=date(2025, 10, 14))
    assert Membership.objects.count() == 6
    return made
