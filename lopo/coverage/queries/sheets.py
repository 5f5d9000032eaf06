"""Reads the sheets that are signed at a handover: their pages, and who stands on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Max

from lopo.coverage.models import Handover, HandoverSheet, SheetLine
from lopo.people.paging import in_areas


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The latest sheet of an event: when and by whom it was made, how many pages and people it has."""

    id: int
    made_on: date
    made_by: str
    pages: int
    people: int


@dataclass(frozen=True, slots=True)
class SheetLineRow:
    """One member on a page; `received`: the card was handed over."""

    page: int
    line: int
    membership_id: int
    name: str
    kpj: str
    area_code: str
    received: bool
    has_passbook: bool


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The event of a sheet: its programme, name, place and day."""

    handover_id: int
    programme_id: int
    programme_name: str
    programme_area: str
    name: str
    place: str
    on: date


_LINE: Final = (
    "page", "line", "membership_id", "membership__person__name", "membership__kpj", "membership__person__area_code",
    "membership__has_card", "membership__has_passbook",
)  # fmt: skip


def latest_sheet(handover_id: int) -> SheetRow | None:
    """Give the latest sheet of an event, None where none was made. One query."""
    rows = HandoverSheet.objects.filter(handover_id=handover_id).annotate(pages=Max("lines__page"), n=Count("lines"))
    found = rows.order_by("-id").values_list("id", "made_on", "made_by__full_name", "pages", "n").first()
    return None if found is None else SheetRow(*found)


def sheet_lines(sheet_id: int, *, areas: tuple[str, ...], page: int | None = None) -> tuple[SheetLineRow, ...]:
    """Give the lines of a sheet, or of one page of it, of people within the areas. One query."""
    rows = SheetLine.objects.filter(in_areas("membership__person__area_code", areas), sheet_id=sheet_id)
    if page is not None:
        rows = rows.filter(page=page)
    return tuple(SheetLineRow(*row) for row in rows.order_by("page", "line").values_list(*_LINE))


def sheet_head(handover_id: int) -> SheetHead | None:
    """Give the event for which sheets are made, None where there is no such event. One query."""
    names = ("id", "programme_id", "programme__name", "programme__area_code", "name", "place", "on")
    found = Handover.objects.filter(pk=handover_id).values_list(*names).first()
    return None if found is None else SheetHead(*found)
