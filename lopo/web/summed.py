"""Turns the shared patterns of a programme into lives that the summed strip counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lopo.coverage.queries import Pattern
from lopo.coverage.queries.cover import member_cover, payments_of
from lopo.web.strip import Life


def lives_of(patterns: Iterable[Pattern], *, on: date) -> list[tuple[Life, int]]:
    """Give each pattern as a life with how many members share it. No query."""
    return [(_life(one, on), one.members) for one in patterns]


def _life(pattern: Pattern, on: date) -> Life:
    paid = {one.month: one.paid_on for one in payments_of(pattern.months)}
    cover = member_cover(pattern.months, pattern.number_issued_on, pattern.ended_on, on)
    return Life(paid, pattern.number_issued_on, pattern.ended_on, cover.full_from, cover.lapsed_on)
