"""Reads appeals: the desk with ages and due days, those of one row, and one with all that was said."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lopo.basics.page import Asked, Page
from lopo.people.paging import in_areas, page_of, words_in
from lopo.targeting.models import Appeal, Verdict
from lopo.targeting.reasons import ReasonText, texts_of


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal with the row it is about, who may not decide it, and what was decided."""

    id: int
    row_id: int
    name: str
    sender: str
    list_id: int
    line: int
    person_id: int | None
    area_code: str
    reasons: tuple[str, ...]
    side: str
    asked_by: str
    ground: str
    paper_id: uuid.UUID | None
    refused_by_id: int
    refused_by: str
    refused_on: date
    made_by_id: int
    made_by: str
    made_on: date
    in_time: bool
    due_on: date
    state: str
    decile: int | None
    answer: str
    next_step: str
    decided_by: str
    decided_on: date | None

    @property
    def texts(self) -> tuple[ReasonText, ...]:
        """The reasons in words."""
        return texts_of(self.reasons)

    def days_left(self, on: date) -> int | None:
        """Days until it must be decided (negative: too late), None once it is ended."""
        return (self.due_on - on).days if self.state == Appeal.State.DIAJUKAN else None


_ROW: Final = (
    "id", "row_id", "row__name", "row__list__sender", "row__list_id", "row__line", "person", "area_code", "reasons",
    "side", "asked_by", "ground", "paper_id", "refused_by_id", "refused_by__full_name", "refused_on", "made_by_id",
    "made_by__full_name", "made_on", "in_time", "due_on", "state", "decile", "answer", "next_step", "decider",
    "decided_on",
)  # fmt: skip
_SORTS: Final = {
    "due_on": "due_on id", "made_on": "made_on id", "name": "row__name id", "area_code": "area_code id",
    "state": "state due_on id", "sender": "row__list__sender id",
}  # fmt: skip


def appeals_page(
    programme_id: int, areas: tuple[str, ...], asked: Asked, *, state: str = "", reason: str = "", search: str = ""
) -> Page[AppealRow]:
    """Give one page of appeals of a programme, those that are due first. Two queries."""
    found = Appeal.objects.filter(in_areas("area_code", areas), screening__programme_id=programme_id)
    if state:
        found = found.filter(state=state)
    if reason:
        found = found.filter(reasons__contains=[reason])
    return page_of(_told(found.filter(words_in("row__name", search))), asked, _SORTS, _row)


def appeal(appeal_id: int, areas: tuple[str, ...]) -> AppealRow | None:
    """Give one appeal, None where there is none in these areas. One query."""
    found = Appeal.objects.filter(in_areas("area_code", areas), pk=appeal_id)
    return next((_row(*one) for one in _told(found)), None)


def appeals_of_row(row_id: int) -> tuple[AppealRow, ...]:
    """Give the appeals about a row, the newest first. One query."""
    return tuple(_row(*one) for one in _told(Appeal.objects.filter(row_id=row_id).order_by("-id")))


def appeals_waiting(areas: tuple[str, ...], *, due_by: date | None = None) -> int:
    """Count the appeals that wait (and must be decided by a day). One query."""
    found = Appeal.objects.filter(in_areas("area_code", areas), state=Appeal.State.DIAJUKAN)
    return found.filter(due_on__lte=due_by).count() if due_by else found.count()


def verdict_now(row_id: int) -> tuple[str, tuple[str, ...]]:
    """Give the verdict in force on a row and its reasons, '' and none before the screening. One query."""
    found = Verdict.objects.filter(row_id=row_id, screening__current=True).values_list("verdict", "reasons").first()
    return (found[0], tuple(found[1])) if found else ("", ())


def _told(found: QuerySet[Appeal]) -> QuerySet[Appeal, tuple[Any, ...]]:
    now = Verdict.objects.filter(row_id=OuterRef("row_id"), screening__current=True)
    told = found.annotate(
        person=Subquery(now.values("person_id")[:1]), decider=Coalesce("decided_by__full_name", Value(""))
    )
    return told.values_list(*_ROW)


def _row(*values: object) -> AppealRow:
    told: dict[str, Any] = dict(zip(AppealRow.__dataclass_fields__, values, strict=True))
    return AppealRow(**(told | {"reasons": tuple(told["reasons"])}))
