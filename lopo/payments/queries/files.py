"""Reads bank files: the table, one file with its lines and the bank's answers, and what still goes to the bank."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.payments.models import BankAnswer, BankFile, Order
from lopo.people.paging import page_of


@dataclass(frozen=True, slots=True)
class FileFilter:
    """Which files: a state ('' = all) and part of the name. Files are not parted by area: they hold all orders."""

    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One bank file: what it declares (count, sum in rupiah), who made and approved it, how far it is."""

    id: uuid.UUID
    name: str
    made_on: date
    count: int
    total: int
    state: str
    made_by: str
    approved_by: str | None
    sent_on: date | None
    confirmed_on: date | None
    sha256: str


_ROW = (
    "id", "name", "made_on", "count", "total", "state", "made_by__full_name", "approved_by__full_name", "sent_on",
    "confirmed_on", "sha256",
)  # fmt: skip
_SORTS = {
    "made_on": "made_on name", "name": "name", "count": "count name", "total": "total name", "state": "state name",
}  # fmt: skip


def files_page(asked_for: FileFilter, asked: Asked) -> Page[FileRow]:
    """Give the bank files. Two queries (one for an export)."""
    rows: QuerySet[BankFile, Any] = BankFile.objects.all()
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if text := asked_for.search.strip():
        rows = rows.filter(name__icontains=text)
    return page_of(rows.values_list(*_ROW), asked, _SORTS, FileRow)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the bank; `parked` are the lines that could not be placed (line, text, why)."""

    read_on: date
    paid: int
    failed: int
    parked: tuple[Mapping[str, Any], ...]
    read_by: str | None


@dataclass(frozen=True, slots=True)
class FilePage:
    """One bank file with its answers and how many of its orders stand where (`siap`, `terkirim`, ...).

    The lines themselves are `orders_page(OrderFilter(areas, file_id=...))`.
    """

    file: FileRow
    states: Mapping[str, int]
    answers: tuple[AnswerRow, ...]


def file(file_id: uuid.UUID) -> FilePage:
    """Give one bank file. Three queries. Refused where there is none."""
    row = BankFile.objects.filter(pk=file_id).values_list(*_ROW).first()
    if row is None:
        raise Refused("berkas_tidak_ada", "Berkas bank ini tidak ada.")
    states = Order.objects.filter(file_id=file_id).values("state").annotate(n=Count("id")).order_by("state")
    answers = BankAnswer.objects.filter(file_id=file_id).order_by("id")
    columns = ("read_on", "paid", "failed", "parked", "read_by__full_name")
    return FilePage(
        FileRow(*row),
        dict(states.values_list("state", "n")),
        tuple(AnswerRow(on, paid, failed, tuple(parked), by)
              for on, paid, failed, parked, by in answers.values_list(*columns)),
    )  # fmt: skip


def file_content(file_id: uuid.UUID) -> tuple[str, bytes] | None:
    """Give the name and the bytes of a file as it goes to the bank, None where there is none. One query."""
    row = BankFile.objects.filter(pk=file_id).values_list("name", "content").first()
    return None if row is None else (row[0], bytes(row[1]))


def file_states() -> dict[str, int]:
    """Give how many files are in each state. One query."""
    rows = BankFile.objects.values("state").annotate(n=Count("id")).order_by("state")
    return dict(rows.values_list("state", "n"))


def file_named(name: str) -> uuid.UUID | None:
    """Give the file that an answer speaks of, by its name or by the id of our message; None if none. One query."""
    named = Q(name=name)
    with suppress(ValueError):
        named |= Q(pk=uuid.UUID(name))
    return BankFile.objects.filter(named).values_list("id", flat=True).first()
