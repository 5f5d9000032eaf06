"""Reads the objections that were raised in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from lopo.claims.models import Dispute


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One objection: what about, by whom, and the answer ('' while it is open)."""

    id: int
    about: str
    said_by: str
    text: str
    made_on: date
    made_by: str
    state: str
    answer: str
    answered_on: date | None

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.state == "diajukan"


def disputes_of(case_id: int) -> tuple[DisputeRow, ...]:
    """Give the objections of a case, the first first. One query."""
    rows = Dispute.objects.filter(case_id=case_id).order_by("id").annotate(maker=F("made_by__full_name"))
    columns = ("id", "about", "said_by", "text", "made_on", "maker", "state", "answer", "answered_on")
    return tuple(DisputeRow(*row) for row in rows.values_list(*columns))
