"""Reads the objections that were raised in a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, OuterRef, QuerySet

from lopo.claims.models import Dispute

HOLDS: Final = """x.about = 'ahli_waris' AND (x.state = 'diajukan' OR x.state = 'dibenarkan' AND x.settled_on IS NULL)
   AND (x.heir_id IS NULL OR c.value ->> 'code' NOT LIKE '%:waris-%' OR c.value ->> 'code' LIKE '%:waris-' || x.heir_id)
"""
"""A condition in SQL: the objection x holds the heirs' component c of a decision of its case."""


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
    heir: str | None
    settled_on: date | None
    settled_by: str | None
    settled_how: str

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state == "diajukan"

    @property
    def to_settle(self) -> bool:
        """Whether money is held until somebody settles it: an objection to who inherits was found right."""
        return self.state == "dibenarkan" and self.about == "ahli_waris" and self.settled_on is None


def disputes_of(case_id: int) -> tuple[DisputeRow, ...]:
    """Give the objections of a case, the first first. One query."""
    rows = Dispute.objects.filter(case_id=case_id).order_by("id").annotate(maker=F("made_by__full_name"))
    columns = (
        "id", "about", "said_by", "text", "made_on", "maker", "state", "answer", "answered_on", "heir__name",
        "settled_on", "settled_by__full_name", "settled_how",
    )  # fmt: skip
    return tuple(DisputeRow(*row) for row in rows.values_list(*columns))


def to_settle(case_id: int | OuterRef) -> QuerySet[Dispute]:
    """The objections to who inherits that were found right and are not settled: their money is held."""
    return Dispute.objects.filter(
        case_id=case_id, about=Dispute.About.WARIS, state=Dispute.State.DIBENARKAN, settled_on__isnull=True
    )
