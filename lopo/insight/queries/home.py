"""Reads everything the first page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.insight.queries.attention import Attention, attention
from lopo.insight.queries.programme import Standing, standing


@dataclass(frozen=True, slots=True)
class Home:
    """How a programme stands, and what needs somebody in it."""

    standing: Standing
    attention: tuple[Attention, ...]


def home(code: str, *, on: date, areas: tuple[str, ...]) -> Home | None:
    """Give the figures and what needs attention on the day, None where there is no such programme. 14 queries."""
    figures = standing(code, on=on, areas=areas)
    return None if figures is None else Home(figures, attention(figures, areas=areas))
