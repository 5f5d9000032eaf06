"""Reads the corrections of a case: what each takes back, why, and how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.claims.models import Correction


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction downwards: its parts (label, article, before, after, less), sum in rupiah, reason, officers."""

    id: uuid.UUID
    amount: int
    components: tuple[Mapping[str, Any], ...]
    why: str
    edition: str
    state: str
    made_by_id: int
    made_by: str
    made_on: date
    approved_by: str | None
    approved_on: date | None


_ROW: Final = (
    "id", "amount", "components", "why", "edition", "state", "made_by_id", "made_by__full_name", "made_on",
    "approved_by__full_name", "approved_on",
)  # fmt: skip


def corrections_of(case_id: int) -> tuple[CorrectionRow, ...]:
    """Give the corrections of a case, the newest first. One query."""
    rows = Correction.objects.filter(case_id=case_id).order_by("-made_at").values_list(*_ROW)
    return tuple(CorrectionRow(row[0], row[1], tuple(row[2]), *row[3:]) for row in rows)


def correction_case(correction_id: uuid.UUID) -> int | None:
    """Give the case of a correction, None where there is none. One query."""
    return Correction.objects.filter(pk=correction_id).values_list("case_id", flat=True).first()
