"""Dirt as people and spreadsheets make it: slips in numbers, names and dates, each kind with its word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from lopo.people.batch.synth_names import VARIANTS

Slip = Callable[[str, np.random.Generator], str]
"""A value and a source of chance in, the value as it was written out."""

_TITLES = ("Bpk. ", "Ibu ", "Alm. ", "Drs. ", "Pdt. ")
_LETTERS = "abdeghijklmnoprstuwy"


def _place(text: str, rng: np.random.Generator, first: int = 0) -> int:
    return int(rng.integers(first, max(first + 1, len(text))))


def one_digit(number: str, rng: np.random.Generator) -> str:
    """One digit is another."""
    at = _place(number, rng)
    return f"{number[:at]}{(int(number[at]) + int(rng.integers(1, 10))) % 10}{number[at + 1 :]}"


def two_digits(number: str, rng: np.random.Generator) -> str:
    """Two slips in one number."""
    return one_digit(one_digit(number, rng), rng)


def neighbours(number: str, rng: np.random.Generator) -> str:
    """Two neighbouring digits exchanged; the first two that differ after a random place."""
    start = int(rng.integers(0, len(number) - 1))
    places = [*range(start, len(number) - 1), *range(start)]
    at = next((i for i in places if number[i] != number[i + 1]), 0)
    return f"{number[:at]}{number[at + 1]}{number[at]}{number[at + 2 :]}"


def other_birth(number: str, rng: np.random.Generator) -> str:
    """The birth part of a NIK says another day."""
    female = int(number[6]) >= 4
    day = int(rng.integers(1, 29)) + 40 * female
    return f"{number[:6]}{day:02}{number[8:]}"


NIK_SLIPS: tuple[tuple[str, float, Slip], ...] = (
    ("nik_15", 0.055, lambda n, _: n[:15]),
    ("nik_nol", 0.055, lambda n, _: f"{n[:15]}0"),
    ("nik_titik", 0.010, lambda n, _: f"{n[:6]}.{n[6:12]}.{n[12:]}"),
    ("nik_petik", 0.005, lambda n, _: f"'{n}"),
    ("nik_kosong", 0.016, lambda _n, _: ""),
    ("nik_satu", 0.016, one_digit),
    ("nik_tukar", 0.006, neighbours),
    ("nik_lahir", 0.005, other_birth),
    ("nik_dua", 0.003, two_digits),
    ("nik_potongan", 0.003, lambda n, _: n[:3]),
    ("nik_ilmiah", 0.001, lambda n, _: f"{n[0]},{n[1:6]}E+15"),
    ("nik_serabutan", 0.001, lambda _n, rng: "".join(str(d) for d in rng.integers(1, 10, 16))),
)
"""Kinds of dirt in a NIK with their shares of all rows, about as in the demo lists."""


def _first_letter(name: str, _: np.random.Generator) -> str:
    first, _space, rest = name.partition(" ")
    return f"{first[0]}. {rest}"


def _middle_letter(name: str, rng: np.random.Generator) -> str:
    words = name.split(" ")
    return " ".join([words[0], f"{words[1][0]}.", *words[2:]]) if len(words) > 2 else _first_letter(name, rng)


def _without_middle(name: str, rng: np.random.Generator) -> str:
    words = name.split(" ")
    return f"{words[0]} {words[-1]}" if len(words) > 2 else letter_off(name, rng)


def letter_off(name: str, rng: np.random.Generator) -> str:
    """One letter after the first is left out."""
    at = _place(name, rng, 1)
    return name[:at] + name[at + 1 :]


def letter_twice(name: str, rng: np.random.Generator) -> str:
    """One letter is written twice."""
    at = _place(name, rng, 1)
    return name[:at] + name[at] + name[at:]


def letter_wrong(name: str, rng: np.random.Generator) -> str:
    """One letter is another."""
    at = _place(name, rng, 1)
    return name[:at] + _LETTERS[int(rng.integers(0, len(_LETTERS)))] + name[at + 1 :]


def letters_exchanged(name: str, rng: np.random.Generator) -> str:
    """Two neighbouring letters after the first exchanged."""
    at = _place(name[:-1], rng, 1)
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def other_spelling(name: str, rng: np.random.Generator) -> str:
    """A word as it is also written in Nusa Tenggara Timur; without such a word, one letter off."""
    words = name.split(" ")
    known = [at for at, word in enumerate(words) if word in VARIANTS]
    if not known:
        return letter_off(name, rng)
    at = known[int(rng.integers(0, len(known)))]
    options = VARIANTS[words[at]]
    return " ".join([*words[:at], options[int(rng.integers(0, len(options)))], *words[at + 1 :]])


def _family_first(name: str, _: np.random.Generator) -> str:
    given, _space, family = name.rpartition(" ")
    return f"{family} {given}"


def _titled(name: str, rng: np.random.Generator) -> str:
    return _TITLES[int(rng.integers(0, len(_TITLES)))] + name


NAME_SLIPS: tuple[tuple[str, float, Slip], ...] = (
    ("nama_inisial", 0.050, _first_letter),
    ("nama_tengah", 0.010, _middle_letter),
    ("nama_pendek", 0.030, _without_middle),
    ("nama_ejaan", 0.020, other_spelling),
    ("nama_kurang", 0.015, letter_off),
    ("nama_lebih", 0.010, letter_twice),
    ("nama_salah", 0.006, letter_wrong),
    ("nama_tukar", 0.004, letters_exchanged),
    ("nama_urutan", 0.004, _family_first),
    ("nama_gelar", 0.005, _titled),
)
"""Kinds of dirt in a name with their shares of all rows."""


def swapped_day(born: date, rng: np.random.Generator) -> date | None:
    """Day and month exchanged; where the calendar has no such day, another year."""
    return date(born.year, born.day, born.month) if born.day <= 12 else wrong_year(born, rng)


def wrong_year(born: date, rng: np.random.Generator) -> date | None:
    """A year up to three off; 29 February becomes the 28th."""
    year = born.year + (int(rng.integers(1, 4)) if rng.random() < 0.5 else -int(rng.integers(1, 4)))
    return date(year, born.month, min(born.day, 28) if born.month == 2 else born.day)


def wrong_day(born: date, rng: np.random.Generator) -> date | None:
    """Up to nine days off."""
    return born + timedelta(days=int(rng.integers(1, 10)))


BIRTH_SLIPS: tuple[tuple[str, float, Callable[[date, np.random.Generator], date | None]], ...] = (
    ("lahir_tukar", 0.004, swapped_day),
    ("lahir_tahun", 0.003, wrong_year),
    ("lahir_hari", 0.003, wrong_day),
    ("lahir_kosong", 0.006, lambda _b, _: None),
)
"""Kinds of dirt in a birth date with their shares of all rows."""
