"""Reads decisions: with their trace for the page, and those that wait for approval."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lopo.basics.page import Asked, Page
from lopo.claims.models import Decision
from lopo.people.paging import in_areas, page_of, words_in


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One amount of a decision in rupiah: whole by law, new in this decision, and who is paid (`to` NIK or name)."""

    code: str
    label: str
    article: str
    whole: int
    amount: int
    payee: str
    to: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the law's trace: kind fakta, parameter or aturan; `inputs` are the names of steps it used."""

    name: str
    kind: str
    label: str
    text: str
    source: str
    inputs: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One condition that stood in the way: code, what is told to the family (id, en), article."""

    code: str
    sentence: str
    english: str
    article: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """What the law said of one injury, trip or invoice that the facts were added up from."""

    targets: tuple[str, ...]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision with its trace, its edition of the law, and who made and who checked it.

    targets are the answers that the law was asked for, the whole first.
    """

    id: uuid.UUID
    number: int
    kind: str
    granted: bool
    amount: int
    legal_day: date
    state: str
    components: tuple[ComponentRow, ...]
    targets: tuple[str, ...]
    steps: tuple[StepRow, ...]
    members: tuple[MemberRow, ...]
    reasons: tuple[ReasonRow, ...]
    sentences: tuple[str, ...]
    open_questions: tuple[Mapping[str, str], ...]
    basis: Mapping[str, Any]
    edition: str
    law_hash: str
    made_by: str
    made_on: date
    approved_by: str
    approved_on: date | None


def decisions_of(case_id: int) -> tuple[DecisionRow, ...]:
    """Give the decisions of one case, the first first. One query."""
    rows = Decision.objects.filter(case_id=case_id).select_related("made_by", "approved_by")
    return tuple(full_row(one) for one in rows.order_by("number", "made_at"))


def decision(decision_id: uuid.UUID) -> DecisionRow | None:
    """Give one decision, None where there is none. One query."""
    rows = Decision.objects.select_related("made_by", "approved_by").filter(pk=decision_id)
    return next((full_row(one) for one in rows), None)


def full_row(one: Decision) -> DecisionRow:
    """Give a stored decision with its trace; makers and checkers must be read with it."""
    trace = one.trace  # empty in a copy for trying out
    checker = one.approved_by
    return DecisionRow(
        id=one.id,
        number=one.number,
        kind=one.kind,
        granted=one.granted,
        amount=one.amount,
        legal_day=one.legal_day,
        state=one.state,
        components=tuple(ComponentRow(**part) for part in one.components),
        targets=tuple(trace.get("targets", ())),
        steps=tuple(_step(step) for step in trace.get("steps", ())),
        members=tuple(_member(one) for one in trace.get("members", ())),
        reasons=tuple(ReasonRow(**reason) for reason in one.reasons),
        sentences=tuple(trace.get("sentences", ())),
        open_questions=tuple(trace.get("open_questions", ())),
        basis=trace.get("basis", {}),
        edition=one.edition,
        law_hash=one.law_hash,
        made_by=one.made_by.full_name or one.made_by.username,
        made_on=one.made_on,
        approved_by=(checker.full_name or checker.username) if checker is not None else "",
        approved_on=one.approved_on,
    )


def _member(kept: Mapping[str, Any]) -> MemberRow:
    return MemberRow(tuple(kept["targets"]), tuple(_step(step) for step in kept["steps"]))


def _step(step: Mapping[str, Any]) -> StepRow:
    return StepRow(
        step["name"], step["kind"], step["label"], step["text"], step["source"], tuple(step["inputs"]), step["status"]
    )


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions: the officer's areas (none = nothing), state ('' = all; `usul` waits), kind, code or name."""

    areas: tuple[str, ...]
    state: str = ""
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision as a table shows it; amount in rupiah."""

    id: uuid.UUID
    case_id: int
    case_code: str
    name: str
    area_code: str
    number: int
    kind: str
    granted: bool
    amount: int
    state: str
    legal_day: date
    made_by: str
    made_on: date
    approved_by: str | None
    approved_on: date | None


_LINE = (
    "id", "case_id", "case__code", "case__person__name", "case__person__area_code", "number", "kind", "granted",
    "amount", "state", "legal_day", "made_by__full_name", "made_on", "approved_by__full_name", "approved_on",
)  # fmt: skip
_SORTS = {
    "made_on": "made_on case__code number", "case_code": "case__code number", "name": "case__person__name id",
    "amount": "amount id", "kind": "kind id", "state": "state id", "legal_day": "legal_day id",
}  # fmt: skip


def decisions_page(asked_for: DecisionFilter, asked: Asked) -> Page[DecisionLine]:
    """Give decisions within the areas; `state="usul"` are those that wait for approval. Two queries."""
    rows: QuerySet[Decision, Any] = Decision.objects.filter(in_areas("case__person__area_code", asked_for.areas))
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if asked_for.kind:
        rows = rows.filter(kind=asked_for.kind)
    if text := asked_for.search.strip():
        rows = rows.filter(words_in("case__person__name", text) | words_in("case__code", text))
    return page_of(rows.values_list(*_LINE), asked, _SORTS, DecisionLine)


def waiting_decisions(areas: tuple[str, ...]) -> int:
    """Give how many decisions wait for approval within the areas. One query."""
    return Decision.objects.filter(in_areas("case__person__area_code", areas), state=Decision.State.USUL).count()
