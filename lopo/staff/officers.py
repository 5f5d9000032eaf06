"""Reads who is appointed to what, where, by whom, and who has not signed in yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import Value
from django.db.models.functions import Coalesce

from lopo.staff.models import Duty
from lopo.staff.queries import within


class Standing(StrEnum):
    """How a duty stands on a day: proposed, not begun, held, over, taken back."""

    DIUSULKAN = "diusulkan"
    NANTI = "nanti"
    BERLAKU = "berlaku"
    BERAKHIR = "berakhir"
    DICABUT = "dicabut"


@dataclass(frozen=True, slots=True)
class DutyTold:
    """One duty with its officer: who proposed and confirmed it (empty: the machine), and why it was taken back."""

    id: int
    officer_id: int
    username: str
    full_name: str
    role: str
    area_code: str
    payer_code: str
    since: date
    until: date | None
    proposed_by_id: int | None
    proposed_by: str
    confirmed_by: str
    confirmed_on: date | None
    revoked_on: date | None
    revoked_why: str
    entered_at: datetime | None

    def standing(self, on: date) -> Standing:
        """Give how the duty stands on a day."""
        if self.revoked_on is not None and self.revoked_on <= on:
            return Standing.DICABUT
        if self.until is not None and self.until < on:
            return Standing.BERAKHIR
        if self.confirmed_on is None:
            return Standing.DIUSULKAN
        return Standing.BERLAKU if max(self.since, self.confirmed_on) <= on else Standing.NANTI


_COLUMNS: Final = (
    "id", "officer_id", "officer__username", "officer__full_name", "role", "area_code", "payer_code", "since", "until",
    "proposed_by_id", "proposed_name", "confirmed_name", "confirmed_on", "revoked_on", "revoked_why",
    "officer__last_login",
)  # fmt: skip


def duties(areas: Collection[str]) -> tuple[DutyTold, ...]:
    """Give all duties within the areas, those of one officer together, by name. One query."""
    return tuple(one for one in _duties() if within(one.area_code, areas))


def duties_of_officer(officer_id: int, areas: Collection[str]) -> tuple[DutyTold, ...]:
    """Give the duties of one officer within the areas, the latest first. One query."""
    found = _duties(officer_id=officer_id)
    return tuple(sorted((one for one in found if within(one.area_code, areas)), key=lambda one: -one.id))


def _duties(**wanted: Any) -> tuple[DutyTold, ...]:  # noqa: ANN401 - the columns of Duty
    named = {f"{side}_name": Coalesce(f"{side}_by__full_name", Value("")) for side in ("proposed", "confirmed")}
    rows = Duty.objects.filter(**wanted).annotate(**named).order_by("officer__full_name", "officer_id", "id")
    return tuple(DutyTold(*row) for row in rows.values_list(*_COLUMNS))
