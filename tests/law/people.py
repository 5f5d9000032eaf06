"""Generated facts for the property tests: edges first, some unknown, some out of range."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from lopo.law.book import Fact
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from lopo.law.parameters import Entries, Tiers

SMALL = (0, 1, 2, 3, 4, 5, 29, 30, 31, 179, 180, 181, 359, 360, 361, 365, 700, 701)


def edges(law: EditionLaw) -> tuple[int, ...]:
    """The whole numbers at which the law may turn: parameters and table rows, one below and one above."""
    numbers: set[int] = set()
    for _, version in law.parameters.values():
        value = version.value
        if isinstance(value, Tiers):
            numbers.update(value.bounds)
        elif type(value) is int:
            numbers.add(value)
    return tuple(sorted({near for number in numbers for near in (number - 1, number, number + 1)} | set(SMALL)))


def days(law: EditionLaw) -> tuple[date, ...]:
    """The days at which the law may turn, with leap days and ends of months."""
    found = {law.edition.first, date(2020, 2, 29), date(2025, 2, 28), date(2025, 1, 31), date(2007, 6, 1)}
    found |= {version.value for _, version in law.parameters.values() if isinstance(version.value, date)}
    return tuple(sorted(day + timedelta(days=step) for day in found for step in (-1, 0, 1)))


def value(
    fact: Fact, law: EditionLaw, chance: random.Random, numbers: Sequence[int], turns: Sequence[date]
) -> Answer | None:
    """One value of the fact: now and then unknown or out of range."""
    if chance.random() < (0.3 if fact.optional else 0.03):
        return None
    if fact.kind is bool:
        return chance.random() < 0.6
    if fact.kind is date:
        return chance.choice(turns) if chance.random() < 0.5 else date.fromordinal(chance.randrange(722000, 741000))
    if fact.kind is str:
        return "tidak_ada_kode_ini" if chance.random() < 0.03 else chance.choice(codes(fact, law))
    if chance.random() < 0.03:
        return chance.choice([fact.minimum - 1, fact.maximum + 1])
    if chance.random() < 0.6:
        inside = [number for number in numbers if fact.minimum <= number <= fact.maximum]
        return chance.choice(inside)
    return chance.randint(fact.minimum, min(fact.maximum, chance.choice([10, 1000, fact.maximum])))


def codes(fact: Fact, law: EditionLaw) -> list[str]:
    """The codes of a text fact in the edition."""
    table = law.parameters.get(fact.choices_from)
    if table is not None and isinstance(table[1].value, Entries):
        return sorted(table[1].value.values)
    return list(fact.choices)


def rows(law: EditionLaw, seed: int, count: int) -> list[dict[str, Answer | None]]:
    """So many generated rows, each with every fact of the statute."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    numbers, turns = edges(law), days(law)
    return [{name: value(fact, law, chance, numbers, turns) for name, fact in law.facts.items()} for _ in range(count)]
