"""Months, periods, working days with Indonesian holidays, and dates in Indonesian."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lopo.basics.calendar import (
    CalendarError,
    Month,
    Period,
    add_months,
    add_working_days,
    date_long,
    date_text,
    holiday_name,
    is_working_day,
    next_working_day,
    working_days_before,
    years_between,
)

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))


def test_a_month_knows_its_days_and_neighbours() -> None:
    month = Month.parse("2025-12")
    assert (str(month), month.first_day, month.last_day) == ("2025-12", date(2025, 12, 1), date(2025, 12, 31))
    assert month.next() == Month(2026, 1)
    assert month.plus(-12) == Month(2024, 12)
    assert Month(2026, 2).minus(month) == 2
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert [str(m) for m in Month(2025, 11).through(Month(2026, 1))] == ["2025-11", "2025-12", "2026-01"]
    assert list(Month(2025, 11).through(Month(2025, 10))) == []
    assert month.text() == "Desember 2025"


@given(DAYS, st.integers(min_value=-60, max_value=60))
def test_months_add_up(day: date, count: int) -> None:
    month = Month.of(day)
    assert month.first_day <= day <= month.last_day
    assert month.plus(count).minus(month) == count
    assert month.plus(count).plus(-count) == month
    assert (month.plus(count) > month) == (count > 0)


@pytest.mark.parametrize("wrong", ["2025-7", "2025-13", "2025-00", "25-07", "2025-07-01", "Juli 2025", ""])
def test_what_is_no_month(wrong: str) -> None:
    with pytest.raises(CalendarError):
        Month.parse(wrong)


def test_periods() -> None:
    half = Period(date(2025, 7, 1), date(2025, 12, 31))
    assert date(2025, 12, 31) in half
    assert date(2026, 1, 1) not in half
    assert date(2099, 1, 1) in Period(date(2025, 7, 1))
    assert half.overlaps(Period(date(2025, 12, 31)))
    assert not half.overlaps(Period(date(2026, 1, 1)))
    assert not Period(date(2026, 1, 1)).overlaps(half)
    with pytest.raises(CalendarError):
        Period(date(2025, 7, 1), date(2025, 6, 30))


def test_working_days_skip_weekends_and_indonesian_holidays() -> None:
    assert holiday_name(date(2025, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"
    assert holiday_name(date(2025, 8, 19)) is None
    assert next_working_day(date(2025, 6, 15)) == date(2025, 6, 16)  # a Sunday
    assert next_working_day(date(2025, 5, 1)) == date(2025, 5, 2)  # Labour Day, a Thursday
    assert add_working_days(date(2025, 9, 4), 1) == date(2025, 9, 8)  # the Prophet's birthday on Friday the 5th
    assert add_working_days(date(2025, 10, 3), 7) == date(2025, 10, 14)
    assert add_working_days(date(2025, 10, 4), 0) == date(2025, 10, 4)
    with pytest.raises(CalendarError):
        add_working_days(date(2025, 10, 4), -1)
    with pytest.raises(CalendarError):
        working_days_before(date(2025, 10, 4), -1)


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_as_many_working_days_lie_between_as_were_asked(day: date, count: int) -> None:
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert sum(is_working_day(date.fromordinal(n)) for n in range(day.toordinal() + 1, end.toordinal() + 1)) == count
    start = working_days_before(day, count)
    assert is_working_day(start)
    assert sum(is_working_day(date.fromordinal(n)) for n in range(start.toordinal(), day.toordinal())) == count


def test_the_same_day_months_later() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2020, 2, 29), 60) == date(2025, 2, 28)
    assert add_months(date(2025, 3, 31), -1) == date(2025, 2, 28)


def test_age_in_full_years() -> None:
    assert years_between(date(2008, 6, 1), date(2025, 5, 31)) == 16
    assert years_between(date(2008, 6, 1), date(2025, 6, 1)) == 17
    assert years_between(date(2008, 2, 29), date(2025, 2, 28)) == 16
    assert years_between(date(2008, 2, 29), date(2025, 3, 1)) == 17


def test_dates_as_indonesians_write_them() -> None:
    assert date_text(date(2025, 9, 3)) == "3 Sep 2025"
    assert date_text(date(2025, 5, 3)) == "3 Mei 2025"
    assert date_long(date(2025, 9, 3)) == "3 September 2025"
    assert date_long(date(2025, 8, 17)) == "17 Agustus 2025"
