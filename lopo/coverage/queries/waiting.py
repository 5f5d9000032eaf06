"""Reads who is named in a set decree and still has no member number, for how long, and where it is stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.people.paging import in_areas, page_found, persons_sought
from lopo.targeting.models import DecreeName

STAGES: Final = {
    "belum_dikirim": "belum dikirim ke BPJS",
    "diusulkan": "menunggu jawaban BPJS",
    "diterima": "diterima BPJS, menunggu iuran pertama",
    "ditolak": "ditolak BPJS, menunggu pengganti",
}
"""Where somebody who is named can be stuck, in words."""

Cell = Any
"""A value as the driver gives it."""


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """Which names: within `areas` (empty sees nothing), of a programme, at a stage of `STAGES`, by name or NIK."""

    areas: tuple[str, ...]
    programme_id: int
    search: str = ""
    area: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One person who is named without a number: since when, for how many days, and the stage."""

    person_id: int
    nik: str
    name: str
    area_code: str
    decree_id: int
    decree_number: str
    named_on: date
    days: int
    stage: str
    reject_reason: str


_COLUMNS: Final = (
    "person_id", "person__nik", "person__name", "person__area_code", "decree_id", "decree__number",
    "decree__approved_on", "membership__state", "membership__reject_reason",
)  # fmt: skip
_SORTS: Final = {
    "named_on": "decree__approved_on person__name id",
    "name": "person__name id",
    "nik": "person__nik id",
    "area_code": "person__area_code person__name id",
    "stage": "membership__state id",
}


def _names(filter: NamedFilter, on: date) -> QuerySet[DecreeName]:  # noqa: A002
    rows = DecreeName.objects.filter(
        in_areas("person__area_code", filter.areas),
        decree__programme_id=filter.programme_id,
        decree__state="ditetapkan",
        decree__approved_on__lte=on,
        status__in=["ditetapkan", "pengganti"],
    )
    rows = rows.filter(Q(membership__isnull=True) | Q(membership__state__in=["diusulkan", "diterima", "ditolak"]))
    if filter.area:
        rows = rows.filter(in_areas("person__area_code", (filter.area,)))
    return rows


def named_page(filter: NamedFilter, asked: Asked, *, on: date) -> Page[NamedRow]:  # noqa: A002 - the house's word
    """Give one page of people who are named in a set decree and have no number on the day. Two queries.

    Refused: an unknown stage or sort column.
    """
    rows = _names(filter, on)
    if filter.stage:
        if filter.stage not in STAGES:
            raise Refused("tahap_tidak_dikenal", f"Tahap {filter.stage} tidak dikenal.")
        rows = rows.filter(membership__state=None if filter.stage == "belum_dikirim" else filter.stage)

    def make(*row: Cell) -> NamedRow:
        *head, named_on, state, reason = row
        days = (on - named_on).days
        values = (*head, named_on, days, state or "belum_dikirim", reason or "")
        return NamedRow(*values)

    narrow = (filter.area,) if filter.area else filter.areas
    found = persons_sought(filter.search, "person__", lambda number: Q(person__nik=number), narrow)
    return page_found(rows.values_list(*_COLUMNS), found, asked, _SORTS, make)


@dataclass(frozen=True, slots=True)
class RejectReason:
    """One reason with which BPJS refused people who are still named, and how many."""

    reason: str
    people: int


def reject_reasons(programme_id: int, *, on: date, areas: tuple[str, ...]) -> tuple[RejectReason, ...]:
    """Give why BPJS refused those who are still named, the most frequent first. One query."""
    refused = _names(NamedFilter(areas, programme_id), on).filter(membership__state="ditolak").order_by()
    rows = refused.values_list("membership__reject_reason").annotate(n=Count("id"))
    return tuple(RejectReason(reason, n) for reason, n in sorted(rows, key=lambda row: (-row[1], row[0])))


def named_counts(programme_id: int, *, on: date, areas: tuple[str, ...]) -> dict[str, int]:
    """Give how many people are named without a number at each stage of `STAGES`, zeros included. One query."""
    rows = (
        _names(NamedFilter(areas, programme_id), on).order_by().values_list("membership__state").annotate(Count("id"))
    )
    counts = dict.fromkeys(STAGES, 0)
    counts.update({state or "belum_dikirim": count for state, count in rows})
    return counts
