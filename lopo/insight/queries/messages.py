"""Reads the messages that left or wait to leave: the table, one message with its words, how many in each state."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.people.paging import in_areas, page_of
from lopo.staff.models import Message


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages: the officer's areas (none = nothing), state and channel ('' = all), part of what or to whom."""

    areas: tuple[str, ...]
    state: str = ""
    channel: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as the table shows it."""

    id: uuid.UUID
    made_at: datetime
    template: str
    subject: str
    subject_id: str
    area_code: str
    receiver: str
    channel: str
    address: str
    state: str
    attempts: int
    last_error: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message with its words and its paper."""

    row: MessageRow
    title: str
    words: str
    paper: uuid.UUID | None
    next_at: datetime | None


_ROW = (
    "id", "made_at", "template", "subject", "subject_id", "area_code", "receiver", "channel", "address", "state",
    "attempts", "last_error", "sent_at",
)  # fmt: skip
_SORTS = {"newest": "-made_at id", "made_at": "made_at id", "state": "state id", "sent_at": "sent_at id",
          "receiver": "receiver id"}  # fmt: skip


def messages_page(asked_for: MessageFilter, asked: Asked) -> Page[MessageRow]:
    """Give the messages of the officer's areas, the newest first. Two queries (one for an export)."""
    rows: QuerySet[Message, Any] = Message.objects.filter(in_areas("area_code", asked_for.areas))
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if asked_for.channel:
        rows = rows.filter(channel=asked_for.channel)
    if text := asked_for.search.strip():
        rows = rows.filter(Q(receiver__icontains=text) | Q(subject_id=text) | Q(template__icontains=text))
    return page_of(rows.values_list(*_ROW), asked, _SORTS, MessageRow)


def message(message_id: uuid.UUID, areas: tuple[str, ...]) -> MessagePage | None:
    """Give one message of the officer's areas, None for any other. One query."""
    one = Message.objects.filter(in_areas("area_code", areas), pk=message_id).first()
    if one is None:
        return None
    row = MessageRow(*(getattr(one, name) for name in _ROW))
    return MessagePage(row, one.title, one.words, one.paper_id, one.next_at)


def message_counts(areas: tuple[str, ...]) -> dict[str, int]:
    """Give how many messages of the areas are in each state. One query."""
    rows = (
        Message.objects.filter(in_areas("area_code", areas)).values("state").annotate(n=Count("id")).order_by("state")
    )
    return dict(rows.values_list("state", "n"))
