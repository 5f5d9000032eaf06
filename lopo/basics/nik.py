"""The 16-digit national id (NIK): take it apart, check it, say what is wrong with it, mask it.

PP RR KK DDMMYY NNNN: province, city and kecamatan of first issue (not of the present address), birth date with 40
added to the day for women, serial from 0001. Source: LAW.md 6.1 (universal practice, not read in a legal text).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal, NewType

from lopo.basics.area import PROVINCES

Nik = NewType("Nik", str)
"""Sixteen digits that passed `check`."""

NikKind = Literal["kosong", "rusak", "terpotong", "utuh"]
"""Empty, not a valid NIK, cut to 15 digits by a spreadsheet, whole."""

EXACT_INTEGERS_UNTIL = 2**53
"""Above this a spreadsheet's number cannot hold 16 digits exactly (NIKs of Papua begin with 91 and more)."""

_WOMEN_DAY = 40


@dataclass(frozen=True, slots=True)
class NikParts:
    """What a well-formed NIK says; the year has two digits and does not tell its century."""

    area: str  # six digits: kecamatan of first issue
    day: int
    month: int
    year: int
    sex: Literal["L", "P"]
    serial: str


def digits_of(text: str) -> str:
    """Only the digits of a text: 537101.640576.0002 and 5371 0164 0576 0002 are the same number."""
    return re.sub(r"\D", "", text)


def parts(digits: str) -> NikParts | None:
    """Take a NIK apart; None when it is not 16 digits, names no province, no day of the calendar or serial 0000."""
    if not re.fullmatch(r"[1-9]\d{15}", digits) or digits[:2] not in PROVINCES or digits[12:] == "0000":
        return None
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex: Literal["L", "P"] = "P" if day > _WOMEN_DAY else "L"
    day = day - _WOMEN_DAY if sex == "P" else day
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000, month)[1]:
        return None
    return NikParts(digits[:6], day, month, year, sex, digits[12:])


def kind(text: str, from_number: bool) -> NikKind:
    """What a written NIK is; `from_number` when the cell was a number, whose 16th digit Excel replaces by 0.

    A whole-looking NIK from a number that ends in 0 is `terpotong`: the zero may be Excel's.
    """
    digits = digits_of(text)
    if not digits.strip("0"):
        return "kosong"
    if from_number and len(digits) == 16 and (digits[-1] == "0" or int(digits) > EXACT_INTEGERS_UNTIL):
        return "terpotong" if stem_is_sound(digits[:15]) else "rusak"
    if len(digits) == 15:
        return "terpotong" if stem_is_sound(digits) else "rusak"
    return "utuh" if parts(digits) else "rusak"


def stem_is_sound(fifteen: str) -> bool:
    """True when 15 digits can be the start of some valid NIK."""
    return any(parts(fifteen + last) for last in ("0", "1"))


def check(text: str) -> Nik | None:
    """The NIK in a text when it is whole and valid, else None."""
    digits = digits_of(text)
    return Nik(digits) if parts(digits) else None


def mask(digits: str) -> str:
    """The first six and the last two digits, the rest hidden: 537101********02."""
    if len(digits) <= 8:
        return "*" * len(digits)
    return digits[:6] + "*" * (len(digits) - 8) + digits[-2:]
