"""Reads the files that went to BPJS and the answers that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from lopo.coverage.bpjs import Parked
from lopo.coverage.models import Exchange


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One file: `direction` is `kirim` or `jawab`; an answer says what came of it and which rows were left aside."""

    id: int
    direction: str
    file: str
    on: date
    rows: int
    by: str
    accepted: int
    numbered: int
    refused: int
    known: int
    parked: tuple[Parked, ...]


@dataclass(frozen=True, slots=True)
class ExchangeFile:
    """A file as it went or came."""

    name: str
    programme_id: int
    sha256: str
    content: bytes


def exchanges(programme_id: int) -> tuple[ExchangeRow, ...]:
    """Give the files of a programme, the latest first. One query."""
    rows = Exchange.objects.filter(programme_id=programme_id).order_by("-on", "-id")
    names = ("id", "direction", "file", "on", "rows", "by__full_name", "outcome")
    return tuple(_row(row) for row in rows.values_list(*names))


def _row(row: tuple[Any, ...]) -> ExchangeRow:
    *head, outcome = row
    counts = [int(outcome.get(name, 0)) for name in ("accepted", "numbered", "refused", "known")]
    parked = tuple(Parked(one["line"], one["nik"], one["why"]) for one in outcome.get("parked", []))
    values: tuple[Any, ...] = (*head, *counts, parked)
    return ExchangeRow(*values)


def exchange_file(exchange_id: int) -> ExchangeFile | None:
    """Give a file as it was kept, None where there is none. One query."""
    for row in Exchange.objects.filter(pk=exchange_id).values_list("file", "programme_id", "sha256", "content"):
        return ExchangeFile(*row[:-1], bytes(row[-1]))
    return None
