"""Whole rupiah: add, share, round with a named rounding, and say in figures and in words."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NewType

Rupiah = NewType("Rupiah", int)
"""An amount of money in whole rupiah; it fits a BIGINT."""

BIGINT_MAX = 2**63 - 1
BIGINT_MIN = -(2**63)

_UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


class MoneyError(ValueError):
    """An amount that is no whole rupiah, or a division that the law room would not allow."""


class Rounding(StrEnum):
    """How a division ends; every division of money names one."""

    FLOOR = "floor"
    """towards minus infinity"""
    CEILING = "ceiling"
    """towards plus infinity"""
    HALF_UP = "half_up"
    """to the nearest, a half towards plus infinity"""
    HALF_EVEN = "half_even"
    """to the nearest, a half to the even neighbour"""
    EXACT = "exact"
    """no remainder is allowed"""


def rupiah(amount: int) -> Rupiah:
    """The amount as Rupiah; MoneyError for a bool, a float, a text or a number beyond BIGINT."""
    if type(amount) is not int:
        raise MoneyError(f"not whole rupiah: {amount!r}")
    if not BIGINT_MIN <= amount <= BIGINT_MAX:
        raise MoneyError(f"beyond BIGINT: {amount}")
    return Rupiah(amount)


def add(amounts: Iterable[int]) -> Rupiah:
    """The sum of the amounts; zero for none."""
    return rupiah(sum(rupiah(amount) for amount in amounts))


def divide(amount: int, by: int, rounding: Rounding | str) -> int:
    """Amount over by as a whole number, rounded as named; by must be positive. MoneyError otherwise."""
    if type(amount) is not int or type(by) is not int or by <= 0:
        raise MoneyError(f"cannot divide {amount!r} by {by!r}")
    way = Rounding(rounding)
    quotient, remainder = divmod(amount, by)
    if way is Rounding.FLOOR or remainder == 0:
        return quotient
    if way is Rounding.CEILING:
        return quotient + 1
    if way is Rounding.HALF_UP:
        return quotient + (2 * remainder >= by)
    if way is Rounding.HALF_EVEN:
        return quotient + (2 * remainder > by or (2 * remainder == by and quotient % 2 == 1))
    raise MoneyError(f"{amount} is not a multiple of {by}")


def portion(amount: int, num: int, den: int, rounding: Rounding | str) -> int:
    """num/den of the amount in whole units: a rate is two integers, multiplied first and rounded once."""
    return divide(amount * num, den, rounding)


def share(amount: int, weights: Sequence[int]) -> tuple[Rupiah, ...]:
    """Share out the amount in proportion to the weights and lose no rupiah (largest remainder, then the earlier one).

    The amount and the weights are not negative and one weight is positive; MoneyError otherwise.
    """
    total = sum(weights)
    if amount < 0 or total <= 0 or min(weights) < 0:
        raise MoneyError(f"cannot share {amount} by {list(weights)}")
    parts = [divmod(amount * weight, total) for weight in weights]
    left = amount - sum(quotient for quotient, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    lucky = set(by_remainder[:left])
    return tuple(rupiah(quotient + (place in lucky)) for place, (quotient, _) in enumerate(parts))


def rupiah_text(amount: int) -> str:
    """`Rp 42.000.000`, as Indonesian offices write it; a minus stands before the Rp."""
    figures = f"{abs(rupiah(amount)):,}".replace(",", ".")
    return f"-Rp {figures}" if amount < 0 else f"Rp {figures}"


def terbilang(number: int) -> str:
    """The number in Indonesian words: 1001000 is `satu juta seribu`. MoneyError from 10^18 on."""
    if type(number) is not int or abs(number) >= 10**18:
        raise MoneyError(f"cannot say {number!r}")
    if number == 0:
        return "nol"
    return f"minus {_words(-number)}" if number < 0 else _words(number)


def _words(number: int) -> str:
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        return f"{_UNITS[number // 10]} puluh {_words(number % 10)}".rstrip()
    if number < 200:
        return f"seratus {_words(number - 100)}".rstrip()
    if number < 1000:
        return f"{_UNITS[number // 100]} ratus {_words(number % 100)}".rstrip()
    if number < 2000:
        return f"seribu {_words(number - 1000)}".rstrip()
    scale, name = next((scale, name) for scale, name in _SCALES if number >= scale)
    return f"{_words(number // scale)} {name} {_words(number % scale)}".rstrip()
