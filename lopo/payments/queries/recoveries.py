"""Reads what corrections took back: the claims on money already paid, with what was repaid and what is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum

from lopo.basics.page import Asked, Page
from lopo.payments.models import Recovery
from lopo.people.paging import in_areas, page_of, words_in

_AREA: Final = "decision__case__person__area_code"
_OPEN: Final = Q(amount__gt=F("repaid") + F("given_up"))


@dataclass(frozen=True, slots=True)
class RecoveryFilter:
    """Which claims: of cases within `areas` (empty sees nothing), `state` terbuka, diminta or selesai ('' = all)."""

    areas: tuple[str, ...]
    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One claim on money that was paid too much, in rupiah; who asked to give it up and why, where somebody did."""

    id: uuid.UUID
    case_id: int
    case_code: str
    area_code: str
    component: str
    holder_name: str
    account: str
    amount: int
    repaid: int
    given_up: int
    made_on: date
    why: str
    asked_by_id: int | None
    asked_by: str | None
    asked_why: str
    given_up_by: str | None
    given_up_on: date | None

    @property
    def left(self) -> int:
        """What is still asked back."""
        return self.amount - self.repaid - self.given_up

    @property
    def state(self) -> str:
        """How far it is: `terbuka`, `diminta` (to be given up), `lunas` or `dihapus`."""
        if self.left:
            return "diminta" if self.asked_by_id else "terbuka"
        return "dihapus" if self.given_up else "lunas"


_ROW: Final = (
    "id", "decision__case_id", "decision__case__code", _AREA, "component", "passbook__holder_name", "passbook__number",
    "amount", "repaid", "given_up", "made_on", "correction__why", "asked_by_id", "asked_by__full_name", "asked_why",
    "given_up_by__full_name", "given_up_on",
)  # fmt: skip
_SORTS: Final = {
    "made_on": "made_on id", "case_code": "decision__case__code id", "holder_name": "passbook__holder_name id",
    "amount": "amount id",
}  # fmt: skip


def _claims() -> QuerySet[Recovery, Any]:
    return Recovery.objects.filter(kind=Recovery.Kind.PIUTANG)


def recoveries_page(asked_for: RecoveryFilter, asked: Asked) -> Page[RecoveryRow]:
    """Give the claims. Two queries (one for an export). A state that is not known gives nothing."""
    rows = _claims().filter(in_areas(_AREA, asked_for.areas))
    states = {"": Q(), "terbuka": _OPEN & Q(asked_by=None), "diminta": _OPEN & Q(asked_by__isnull=False),
              "selesai": ~_OPEN}  # fmt: skip
    rows = rows.filter(states.get(asked_for.state, Q(pk__in=[])))
    if text := asked_for.search.strip():
        rows = rows.filter(words_in("passbook__holder_name", text) | words_in("decision__case__code", text))
    return page_of(rows.values_list(*_ROW), asked, _SORTS, RecoveryRow)


def recovery(recovery_id: uuid.UUID) -> RecoveryRow | None:
    """Give one claim, None where there is none. One query."""
    row = _claims().filter(pk=recovery_id).values_list(*_ROW).first()
    return None if row is None else RecoveryRow(*row)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """So much of one component that a correction took back: `ditahan` was not paid yet, `piutang` is asked back."""

    component: str
    kind: str
    amount: int
    repaid: int
    given_up: int
    made_on: date


def taken_back(correction_id: uuid.UUID) -> tuple[TakenBack, ...]:
    """Give what one correction took back so far; empty until it was carried out. One query."""
    rows = Recovery.objects.filter(correction_id=correction_id).order_by("component", "id")
    return tuple(
        TakenBack(*row) for row in rows.values_list("component", "kind", "amount", "repaid", "given_up", "made_on")
    )


def open_recoveries(at_least: int) -> tuple[RecoveryRow, ...]:
    """Give the claims of which at least so much is left: what a credit of that amount may pay back. One query."""
    rows = _claims().filter(amount__gte=F("repaid") + F("given_up") + at_least).order_by("made_on", "id")
    return tuple(RecoveryRow(*row) for row in rows.values_list(*_ROW)[:50])


def asked_back(areas: tuple[str, ...]) -> tuple[int, int]:
    """Give how many claims on cases within the areas are open and what is left of them, in rupiah. One query."""
    rows = _claims().filter(_OPEN, in_areas(_AREA, areas))
    found = rows.aggregate(n=Count("id"), left=Sum(F("amount") - F("repaid") - F("given_up")))
    return found["n"], int(found["left"] or 0)
