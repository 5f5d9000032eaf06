"""The few named functions a rule may call, each once as Python and once as an Ibis expression with the same meaning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeGuard, TypeVar

import ibis
import ibis.expr.types as ir

from lopo.basics.calendar import add_months, years_between
from lopo.basics.money import Rounding, portion
from lopo.law.parameters import Entries, Tiers

Column: TypeAlias = ir.Value
"""An Ibis expression for one value in each row."""


Fact = TypeVar("Fact", int, bool, date, str)


def known(fact: Fact | None) -> TypeGuard[Fact]:
    """Whether an optional fact is known."""
    return fact is not None


def tier(table: Tiers, number: int) -> int:
    """The value of the highest row whose lower bound is not above the number."""
    return table.at(number)


def entry(table: Entries, code: str) -> int:
    """The value that the table gives for the code."""
    return table.at(code)


def days_between(first: date, last: date) -> int:
    """How many days the last day is after the first; negative when it is before."""
    return (last - first).days


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    return add_months(day, months)


def age(born: date, day: date) -> int:
    """Full years from the one day to the other."""
    return years_between(born, day)


@dataclass(frozen=True, slots=True)
class Word:
    """A function of the vocabulary: its argument kinds, its result, and its two forms."""

    function: Callable[..., object]
    arguments: tuple[str, ...]
    result: str
    column: Callable[..., Column]


def whole(number: Column) -> Column:
    """The expression as a 64-bit whole number."""
    return number.cast("int64")


def floor_divide(amount: Column, by: Column, *, positive: bool = False) -> Column:
    """Floor division by a positive number; engines differ in how they divide, so lopo.law.bounds keeps it exact.

    positive: the amount is never below zero, which is cheaper.
    """
    return whole(amount // by) if positive else whole((amount - modulo(amount, by)) / by)


def modulo(amount: Column, by: Column, *, positive: bool = False) -> Column:
    """The remainder that is never negative, as in Python, for a positive divisor."""
    return amount % by if positive else whole((amount % by + by) % by)


def portion_column(amount: Column, num: Column, den: Column, rounding: str, *, positive: bool = False) -> Column:
    """`portion` for tables; positive: amount and num are never below zero."""
    product = amount * num
    if rounding == Rounding.FLOOR:
        return floor_divide(product, den, positive=positive)
    if rounding == Rounding.CEILING:
        return floor_divide(product + den - 1, den, positive=positive)
    return floor_divide(product * 2 + den, den * 2, positive=positive)


def tier_column(table: Tiers, number: Column, *, lowest: int = -(2**63)) -> Column:
    """`tier` for tables: rows from below, so that an engine is done soonest with the lowest, where most people are.

    lowest: no number that gets an answer is less. What is unknown loses its answer later.
    """
    answers = [ibis.null("int64"), *(whole(ibis.literal(value)) for value in table.values)]
    below = [
        (number < whole(ibis.literal(bound)), answer) for bound, answer in zip(table.bounds, answers, strict=False)
    ]
    return ibis.cases(*(below[1:] if lowest >= table.bounds[0] else below), else_=answers[-1])


def _entry(table: Entries, code: Column) -> Column:
    branches = [(code == name, whole(ibis.literal(value))) for name, value in table.values.items()]
    return ibis.cases(*branches, else_=ibis.null("int64"))


def _age(born: Column, day: Column) -> Column:
    before = (day.month() < born.month()) | ((day.month() == born.month()) & (day.day() < born.day()))
    return whole(day.year()) - whole(born.year()) - whole(ibis.ifelse(before, 1, 0))


def _months_after(day: Column, months: Column) -> Column:
    return (day + months.as_interval("M")).cast("date")


__all__ = ["age", "days_between", "entry", "known", "months_after", "portion", "tier"]

WORDS: dict[str, Word] = {
    "min": Word(min, ("same", "same"), "same", ibis.least),
    "max": Word(max, ("same", "same"), "same", ibis.greatest),
    "known": Word(known, ("any",), "bool", lambda fact: fact.notnull()),
    "portion": Word(portion, ("int", "int", "divisor", "rounding"), "int", portion_column),
    "tier": Word(tier, ("tiers", "int"), "int", tier_column),
    "entry": Word(entry, ("entries", "text"), "int", _entry),
    "days_between": Word(
        days_between, ("date", "date"), "int", lambda first, last: whole(last.delta(first, unit="day"))
    ),
    "months_after": Word(months_after, ("date", "int"), "date", _months_after),
    "age": Word(age, ("date", "date"), "int", _age),
}
TABLE_ROUNDINGS = (Rounding.FLOOR, Rounding.CEILING, Rounding.HALF_UP)
"""The roundings that a rule may name."""
