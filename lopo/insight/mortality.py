"""How many of a hundred thousand people of an age die in a year, by two tables: to know how many deaths to expect.

The first is the life table of Indonesia 2025-2030 by single age, derived from World Population Prospects 2024 of the
United Nations (CC BY 3.0 IGO). The second is TMI IV 2019, the table of people who are insured in Indonesia: about half
of it, so a lower bound. Neither is a rate of vulnerable workers: who reads the number states a multiplier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

YOUNGEST: Final = 15
PER: Final = 100_000


def _numbers(text: str) -> tuple[int, ...]:
    """Read the numbers of a table, one for each age from YOUNGEST on."""
    return tuple(int(number) for number in text.split())


_UN_MEN: Final = _numbers(
    """
    73 93 110 122 134 143 151 154 154 154 151 151 151 153 156 161 167 173 181 191 203 216 231 248 267 289 313
    341 372 408 449 494 543 597 657 725 798 878 966 1061 1166 1281 1408 1546 1699 1871 2054 2253 2469 2703 2963
    3242 3546 3878 4239 4646 5079 5553 6075 6649 7325 8014 8761 9569 10445 11474
    """
)
_UN_WOMEN: Final = _numbers(
    """
    58 69 77 82 86 87 90 93 96 99 101 104 107 112 117 123 129 136 144 154 164 176 188 202 217 232 250 269 291
    316 344 373 405 438 473 511 552 597 646 699 756 819 888 964 1047 1135 1236 1349 1477 1620 1782 1963 2165
    2392 2650 2949 3275 3637 4043 4500 5045 5616 6243 6933 7696 8612
    """
)
_INSURED_MEN: Final = _numbers(
    """
    27 31 37 43 47 49 49 49 49 50 52 55 60 65 70 75 81 87 93 99 107 116 127 139 155 173 193 216 241 270 302 338
    377 418 461 508 556 609 667 727 789 847 898 939 971 999 1024 1046 1071 1104 1146 1199 1260 1329 1405 1485
    1574 1670 1777 1895 2026 2369 2738 3130 3693 4518
    """
)
_INSURED_WOMEN: Final = _numbers(
    """
    23 24 24 25 26 27 28 30 32 34 38 42 46 49 52 56 60 64 69 74 80 86 93 100 108 118 128 141 154 169 187 209 230
    253 277 305 335 368 403 442 483 524 563 601 636 671 707 746 788 833 883 940 1005 1076 1150 1229 1314 1406
    1508 1620 1743 1879 2030 2326 2880 3569
    """
)
POPULATION: Final = {"L": _UN_MEN, "P": _UN_WOMEN}
"""Deaths a year of 100,000 people by sex and age from YOUNGEST on: the population of Indonesia."""
INSURED: Final = {"L": _INSURED_MEN, "P": _INSURED_WOMEN}
"""The same for the insured, the lower bound."""


def deaths_a_year(table: Mapping[str, tuple[int, ...]], sex: str, age: int) -> int:
    """Give how many of 100,000 die in a year; ages outside the table count as its nearest, an unknown sex as men."""
    rates = table.get(sex, table["L"])
    return rates[min(max(age - YOUNGEST, 0), len(rates) - 1)]
