"""Reads which cases have their papers together and wait for a proposal, for proposing many of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from lopo.claims.models import Case
from lopo.people.paging import in_areas


@dataclass(frozen=True, slots=True)
class Ready:
    """How many cases of one kind (JKM, JKK) have all their papers and no decision yet."""

    kind: str
    cases: int


def ready_counts(areas: tuple[str, ...]) -> tuple[Ready, ...]:
    """Give the complete cases within the areas by kind. One query."""
    rows = _complete(areas).values_list("kind").annotate(n=Count("id")).order_by("kind")
    return tuple(Ready(kind, cases) for kind, cases in rows)


def ready_cases(areas: tuple[str, ...]) -> tuple[int, ...]:
    """Give the ids of the complete cases within the areas, the longest complete first. One query."""
    return tuple(_complete(areas).order_by("complete_on", "id").values_list("id", flat=True))


def _complete(areas: tuple[str, ...]) -> QuerySet[Case, Any]:
    return Case.objects.filter(in_areas("person__area_code", areas), state=Case.State.LENGKAP)
