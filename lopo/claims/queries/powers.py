"""Reads the written powers of a case: who receives for whom, by which paper, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.claims.models import Power, PowerGiver


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One power: dicatat, berlaku, ditolak or dicabut, with the names and NIK of those whom it is about."""

    giver_ids: tuple[int, ...]
    givers: tuple[str, ...]
    id: int
    state: str
    representative: str
    representative_nik: str
    paper: str
    written_on: date
    made_by_id: int
    made_by: str
    made_on: date
    checked_by: str | None
    checked_on: date | None
    ended_by: str | None
    ended_on: date | None
    why: str

    @property
    def live(self) -> bool:
        """Whether it waits for its check or is in force."""
        return self.state in ("dicatat", "berlaku")


_ROW: Final = (
    "id", "state", "representative__name", "representative__nik", "paper", "written_on", "made_by_id",
    "made_by__full_name", "made_on", "checked_by__full_name", "checked_on", "ended_by__full_name", "ended_on", "why",
)  # fmt: skip


def powers_of(case_id: int) -> tuple[PowerRow, ...]:
    """Give the powers of a case, the newest first. Two queries."""
    givers: dict[int, list[tuple[int, str]]] = {}
    named = PowerGiver.objects.filter(power__case_id=case_id).order_by("heir_id")
    for power, heir, name in named.values_list("power_id", "heir_id", "heir__name"):
        givers.setdefault(power, []).append((heir, name))
    rows: list[tuple[Any, ...]] = list(Power.objects.filter(case_id=case_id).order_by("-id").values_list(*_ROW))
    return tuple(
        PowerRow(tuple(heir for heir, _ in givers[row[0]]), tuple(name for _, name in givers[row[0]]), *row)
        for row in rows
    )


def power_in_force(case_id: int) -> PowerRow | None:
    """Give the power by which shares of the case go to one heir, None where there is none. Two queries."""
    return next((one for one in powers_of(case_id) if one.state == Power.State.BERLAKU), None)
