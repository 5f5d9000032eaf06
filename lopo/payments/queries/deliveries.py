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

    @property
    def may_retry(self) -> bool:
        """Whether it was given up, or waits after a try that failed."""
        return self.state == "menyerah" or (self.state == "menunggu" and self.next_at is not None)


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
_DELIVERY_SORTS = {"name": "file__name", "state": "state file__name", "made_at": "made_at file__name"}
_ARRIVAL_SORTS = {"name": "name id", "state": "state id", "seen_at": "seen_at id"}


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


def waiting_for_somebody() -> tuple[int, int]:
    """Count the files given up on their way, and those of the bank that are put aside. Two queries."""
    given_up = BankDelivery.objects.filter(state=BankDelivery.State.MENYERAH)
    return given_up.count(), BankArrival.objects.filter(state=BankArrival.State.DISISIHKAN).count()


def delivery_of(file_id: uuid.UUID) -> DeliveryRow | None:
    """Give how far the program is with a file, None where an officer carries it. One query."""
    row = BankDelivery.objects.filter(file_id=file_id).values_list(*_DELIVERY).first()
    return None if row is None else DeliveryRow(*row)


def to_read_again(*, most: int) -> tuple[int, ...]:
    """Give the files put aside that somebody wants read again, oldest first. One query."""
    rows = BankArrival.objects.filter(state=BankArrival.State.ULANG).order_by("id")
    return tuple(rows.values_list("id", flat=True)[:most])
