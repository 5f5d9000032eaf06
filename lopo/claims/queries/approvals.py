"""Reads the proposals that wait for approval, and which of them a person must look at one by one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from lopo.claims.models import Decision, Dispute
from lopo.claims.queries.decisions import DecisionRow, full_row
from lopo.claims.queries.flags import signs_on, similar_to
from lopo.people.paging import in_areas

OWN, REFUSAL, SIMILAR, SIGNED, DISPUTED = (
    "lihat_usul_sendiri", "lihat_penolakan", "lihat_kasus_serupa", "lihat_bertanda", "lihat_keberatan",
)  # fmt: skip
"""Why a proposal is not approved together with others."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One proposal that waits; amount in rupiah. `alone` says why it is looked at by itself, () where nothing does."""

    id: uuid.UUID
    case_id: int
    case_code: str
    name: str
    person_id: int
    area_code: str
    kind: str
    granted: bool
    amount: int
    made_by_id: int
    made_by: str
    made_on: date
    alone: tuple[str, ...] = ()


_ROW: Final = (
    "id", "case_id", "case__code", "case__person__name", "case__person_id", "case__person__area_code", "kind",
    "granted", "amount", "made_by_id", "made_by__full_name", "made_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """The proposals that wait: those that may be approved together, and those that are looked at one by one."""

    together: tuple[WaitingRow, ...]
    alone: tuple[WaitingRow, ...]

    @property
    def amount(self) -> int:
        """Give what those that may be approved together grant, in rupiah."""
        return sum(one.amount for one in self.together)


def waiting_for(approver_id: int, areas: tuple[str, ...], *, kind: str = "", within: str = "") -> Waiting:
    """Give the proposals that wait within the areas, of one kind and one area ('' = all), the oldest first.

    Four queries, one where none waits.
    """
    rows = Decision.objects.filter(in_areas("case__person__area_code", areas), state=Decision.State.USUL)
    if kind:
        rows = rows.filter(kind=kind)
    if within:
        rows = rows.filter(in_areas("case__person__area_code", [within]))
    found = [WaitingRow(*row) for row in rows.order_by("made_on", "case__code").values_list(*_ROW)]
    return _parted(found, approver_id)


def waiting_among(approver_id: int, areas: tuple[str, ...], ids: Collection[uuid.UUID]) -> Waiting:
    """Give those of the named proposals that still wait within the areas; they stay locked. Four queries at most."""
    rows = Decision.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=Decision.State.USUL)
    rows = rows.filter(in_areas("case__person__area_code", areas)).order_by("id")
    return _parted([WaitingRow(*row) for row in rows.values_list(*_ROW)], approver_id)


def _parted(rows: Sequence[WaitingRow], approver_id: int) -> Waiting:
    if not rows:
        return Waiting((), ())
    cases = [row.case_id for row in rows]
    similar, signs = similar_to(cases), signs_on(cases)
    open_now = Dispute.objects.filter(case_id__in=cases, state=Dispute.State.DIAJUKAN)
    disputed = frozenset(open_now.values_list("case_id", flat=True))
    together: list[WaitingRow] = []
    alone: list[WaitingRow] = []
    for row in rows:
        why = (
            (OWN, row.made_by_id == approver_id),
            (REFUSAL, not row.granted),
            (SIMILAR, row.case_id in similar),
            (SIGNED, row.case_id in signs),
            (DISPUTED, row.case_id in disputed),
        )
        codes = tuple(code for code, there in why if there)
        (alone if codes else together).append(replace(row, alone=codes))
    return Waiting(tuple(together), tuple(alone))


def decisions_in_full(ids: Sequence[uuid.UUID]) -> tuple[DecisionRow, ...]:
    """Give decisions with all their steps, in the order of the ids. One query."""
    rows = Decision.objects.select_related("made_by", "approved_by").in_bulk(ids)
    return tuple(full_row(rows[one]) for one in ids if one in rows)
