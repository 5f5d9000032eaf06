"""Paying a month earlier never takes a right away, once arrears are settled: by the law over random lives."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.basics.calendar import Month
from lopo.financing.queries.exposure import facts_of, worth
from lopo.law.cover import PaidMonth, cover_on

JULY = Month(2025, 7)
INCOME = 1_000_000
START, NUMBER = date(2025, 7, 14), date(2025, 7, 15)


@settings(max_examples=150, deadline=None)
@given(
    delays=st.lists(st.one_of(st.none(), st.integers(0, 200)), min_size=1, max_size=9),
    which=st.integers(0, 8),
    sooner=st.integers(1, 200),
    after=st.integers(0, 420),
)
def test_paying_a_month_earlier_never_gives_less(delays: list[int | None], which: int, sooner: int, after: int) -> None:
    """`delays` are the days after its first on which each month after July is paid, None where it never is."""
    months = [(JULY, START)]
    for step, delay in enumerate(delays, start=1):
        if delay is not None:
            months.append((JULY.plus(step), JULY.plus(step).first_day + timedelta(days=delay)))
    place = which % len(months)
    month, paid_on = months[place]
    earlier = list(months)
    earlier[place] = (month, max(START, paid_on - timedelta(days=sooner)))
    if _lapsed(months, paid_on - timedelta(days=1)):
        return  # paying after a lapse is to begin anew; the day before it is not (tests/law/test_cover.py)
    day = START + timedelta(days=after)
    late = cover_on(day, (PaidMonth(*one) for one in months), NUMBER)
    soon = cover_on(day, (PaidMonth(*one) for one in earlier), NUMBER)
    before, now = worth(facts_of(late), INCOME, day), worth(facts_of(soon), INCOME, day)
    assert now.jkm_settled >= before.jkm_settled, (late, soon)
    assert now.jkk_settled >= before.jkk_settled, (late, soon)
    if late.state != "gugur" and late.first_month == soon.first_month:
        assert (now.jkm, now.jkk) >= (before.jkm, before.jkk), (late, soon)


def _lapsed(months: list[tuple[Month, date]], day: date) -> bool:
    return cover_on(day, (PaidMonth(*one) for one in months), NUMBER).state == "gugur"
