"""Tells what decisions stand at now: what was granted, less what approved corrections took back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lopo.claims.models import Case, Correction, Decision
from lopo.claims.queries.corrections import CorrectionRow


@dataclass(frozen=True, slots=True)
class Stands:
    """How many decisions of some cases were approved, and what they grant now, in rupiah."""

    decisions: int
    granted: int


def stands_at(cases: QuerySet[Case, Any]) -> Stands:
    """Give what the approved decisions of the cases stand at. Two queries."""
    approved = Decision.objects.filter(case__in=cases, state=Decision.State.DISETUJUI)
    found = approved.aggregate(n=Count("id"), granted=Sum("amount", filter=Q(granted=True), default=0))
    back = Correction.objects.filter(case__in=cases, state=Correction.State.DISETUJUI)
    less = back.aggregate(less=Sum("amount", default=0))["less"]
    return Stands(found["n"], int(found["granted"]) - int(less))


def taken_off(corrections: Iterable[CorrectionRow]) -> dict[str, int]:
    """Give by the code of the component what approved corrections of one case took back, in rupiah."""
    found: dict[str, int] = {}
    for one in corrections:
        if one.state == Correction.State.DISETUJUI:
            for part in one.components:
                found[part["code"]] = found.get(part["code"], 0) + part["less"]
    return found
