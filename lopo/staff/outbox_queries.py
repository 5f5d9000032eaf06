"""Reads for the outbox: what has still to be planned, and where officers get their mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lopo.staff.models import Diary, Officer

PLANNED_FROM = (
    "alarm", "reminder", "letters", "visits", "reminders", "first_report", "letter", "handed", "call", "corrections",
)  # fmt: skip
"""What of a diary row's `send` becomes messages; files for the bank and for BPJS go by their own desks."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """One diary row that has something to send, and the officer whose deed it was (None: the clock or a stranger)."""

    id: int
    on: date
    by: Officer | None
    subject: str
    subject_id: str
    send: dict[str, Any]


def unsent(*, limit: int) -> tuple[Unsent, ...]:
    """Give the oldest diary rows whose messages are not planned yet. One query."""
    rows = Diary.objects.filter(sent_at__isnull=True, send__has_any_keys=PLANNED_FROM).select_related("by")
    return tuple(
        Unsent(row.id, row.on, row.by, row.subject, row.subject_id, dict(row.send or {}))
        for row in rows.order_by("id")[:limit]
    )


def emails(usernames: Iterable[str]) -> dict[str, str]:
    """Give the e-mail address of each of these officers, '' where none was given. One query."""
    return dict(Officer.objects.filter(username__in=list(usernames)).values_list("username", "email"))
