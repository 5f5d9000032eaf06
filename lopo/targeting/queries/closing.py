"""Reads whether a programme is to be closed before its time, and what work in it would be left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.targeting.models import Amendment, Appeal, Call, Closing, Decree


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A closing that waits for another officer: who proposed it, when and why."""

    id: int
    reason: str
    proposed_by_id: int
    proposed_by: str
    proposed_on: date


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What of a programme nobody has ended yet: decrees and amendments in draft, calls for names, appeals."""

    decrees: int
    amendments: int
    calls: int
    appeals: int


def waiting_closing(programme_id: int) -> ClosingRow | None:
    """Give the closing of a programme that waits, None where there is none. One query."""
    one = (
        Closing.objects.filter(programme_id=programme_id, state=Closing.State.DIUSULKAN)
        .select_related("proposed_by")
        .first()
    )
    if one is None:
        return None
    name = one.proposed_by.full_name or one.proposed_by.username
    return ClosingRow(one.id, one.reason, one.proposed_by_id, name, one.proposed_on)


def open_work(programme_id: int) -> OpenWork:
    """Count what of a programme is begun and not ended. Four queries."""
    return OpenWork(
        Decree.objects.filter(programme_id=programme_id, state=Decree.State.KONSEP).count(),
        Amendment.objects.filter(decree__programme_id=programme_id, state=Amendment.State.KONSEP).count(),
        Call.objects.filter(programme_id=programme_id, closed_on__isnull=True).count(),
        Appeal.objects.filter(row__list__programme_id=programme_id, state=Appeal.State.DIAJUKAN).count(),
    )
