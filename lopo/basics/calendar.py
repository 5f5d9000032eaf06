"""Days, months and periods, working days with Indonesian holidays, and dates as Indonesians write them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
LONG_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_HOLIDAYS = holidays.country_holidays("ID", language="id")
_MONTH_TEXT = re.compile(r"(\d{4})-(\d{2})")


class CalendarError(ValueError):
    """A month, a period or a count of days that does not exist."""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month; ordered, hashable, written `2025-07`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9999):
            raise CalendarError(f"no month: {self.year}-{self.number}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month in which the day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written `2025-07`; CalendarError otherwise."""
        found = _MONTH_TEXT.fullmatch(text)
        if found is None:
            raise CalendarError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def index(self) -> int:
        """Months since year 0, so that the difference of two indexes is a count of months."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> "Month":
        """The month so many months later (or earlier when negative)."""
        year, rest = divmod(self.index + months, 12)
        return Month(year, rest + 1)

    def minus(self, other: "Month") -> int:
        """How many months this month is after the other."""
        return self.index - other.index

    def next(self) -> "Month":
        """The month after this one."""
        return self.plus(1)

    def through(self, last: "Month") -> Iterator["Month"]:
        """Every month from this one to the last one, both included; none when last is earlier."""
        return (self.plus(step) for step in range(last.minus(self) + 1))

    def text(self) -> str:
        """`Juli 2025`."""
        return f"{LONG_MONTHS[self.number - 1]} {self.year}"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of days, both ends included; last None means without an end."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise CalendarError(f"period ends before it begins: {self.first} - {self.last}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (other.last is None or self.first <= other.last) and (self.last is None or other.first <= self.last)


@lru_cache(maxsize=20_000)
def is_working_day(day: date) -> bool:
    """Monday to Friday and no Indonesian public holiday (joint leave, cuti bersama, is not counted as a holiday)."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def holiday_name(day: date) -> str | None:
    """The name of the public holiday on the day, or None."""
    name = _HOLIDAYS.get(day)
    return str(name) if name is not None else None


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The last of so many working days counted from the day after; count 0 gives the day itself."""
    if count < 0:
        raise CalendarError(f"cannot add {count} working days")
    while count:
        day = next_working_day(day + timedelta(days=1))
        count -= 1
    return day


def working_days_before(day: date, count: int) -> date:
    """The first of so many working days that end the day before; count 0 gives the day itself."""
    if count < 0:
        raise CalendarError(f"cannot go back {count} working days")
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of that month when it has no such day (31 Jan + 1 = 28 Feb)."""
    target = Month.of(day).plus(months)
    return date(target.year, target.number, min(day.day, target.last_day.day))


def years_between(born: date, day: date) -> int:
    """Full years from the one day to the other: the age on the day (29 February counts as over on 1 March)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def date_text(day: date) -> str:
    """`3 Sep 2025`, for tables."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def date_long(day: date) -> str:
    """`3 September 2025`, for letters."""
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"
