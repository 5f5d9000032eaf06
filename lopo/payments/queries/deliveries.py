"""Reads what goes to the bank's folder by the program, and what was found there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lopo.basics.page import Asked, Page
from lopo.payments.models import BankArrival, BankDelivery
from lopo.people.paging import page_of


@dataclass(frozen=True, slots=True)
class ByState:
    """Which rows: a state ('' = all) and part of the file's name."""

    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One file on its way to the bank."""

    id: uuid.UUID
    file_id: uuid.UUID
    name: str
    count: int
    total: int
    state: str
    attempts: int
    next_at: datetime | None
    last_error: str
    begun_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One file of the bank: what it was, what it brought, or why it is put aside."""

    id: int
    name: str
    size: int
    kind: str
    state: str
    why: str
    told: Mapping[str, int]
    seen_at: datetime
    read_at: datetime | None


_DELIVERY = (
    "id", "file_id", "file__name", "file__count", "file__total", "state", "attempts", "next_at", "last_error",
    "begun_at", "sent_at",
)  # fmt: skip
_ARRIVAL = ("id", "name", "size", "kind", "state", "why", "told", "seen_at", "read_at")
_DELIVERY_SORTS = {"newest": "-made_at id", "made_at": "made_at id", "name": "file__name", "state": "state file__name"}
_ARRIVAL_SORTS = {"newest": "-seen_at id", "seen_at": "seen_at id", "name": "name id", "state": "state id"}


def deliveries_page(wanted: ByState, asked: Asked) -> Page[DeliveryRow]:
    """Give a page of the files on their way to the bank. Two queries."""
    rows = BankDelivery.objects.filter(_wanted(wanted, "file__name"))
    return page_of(rows.values_list(*_DELIVERY), asked, _DELIVERY_SORTS, DeliveryRow)


def arrivals_page(wanted: ByState, asked: Asked) -> Page[ArrivalRow]:
    """Give a page of the files found in the bank's folder. Two queries."""
    rows = BankArrival.objects.filter(_wanted(wanted, "name"))
    return page_of(rows.values_list(*_ARRIVAL), asked, _ARRIVAL_SORTS, ArrivalRow)


def _wanted(wanted: ByState, name: str) -> Q:
    asked = Q(**{f"{name}__icontains": wanted.search.strip()}) if wanted.search.strip() else Q()
    return asked & Q(state=wanted.state) if wanted.state else asked


def stuck_deliveries(*, most: int = 20) -> tuple[DeliveryRow, ...]:
    """Give the files that did not get to the bank yet: given up, or waiting after a try that failed. One query."""
    waits = Q(state=BankDelivery.State.MENUNGGU, next_at__isnull=False) | Q(state=BankDelivery.State.MENYERAH)
    rows = BankDelivery.objects.filter(waits).order_by("made_at", "id").values_list(*_DELIVERY)
    return tuple(DeliveryRow(*row) for row in rows[:most])


def set_aside(*, most: int = 20) -> tuple[ArrivalRow, ...]:
    """Give the files of the bank that could not be read, the newest first. One query."""
    rows = BankArrival.objects.filter(state=BankArrival.State.DISISIHKAN).order_by("-seen_at", "id")
    return tuple(ArrivalRow(*row) for row in rows.values_list(*_ARRIVAL)[:most])


def delivery_of(file_id: uuid.UUID) -> DeliveryRow | None:
    """Give how far the program is with a file, None where an officer carries it. One query."""
    row = BankDelivery.objects.filter(file_id=file_id).values_list(*_DELIVERY).first()
    return None if row is None else DeliveryRow(*row)


def to_read_again(*, most: int) -> tuple[int, ...]:
    """Give the files put aside that somebody wants read again, oldest first. One query."""
    rows = BankArrival.objects.filter(state=BankArrival.State.ULANG).order_by("id")
    return tuple(rows.values_list("id", flat=True)[:most])
