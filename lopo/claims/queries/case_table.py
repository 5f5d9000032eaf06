"""Reads the table of cases: first a page by what stands with each case, then what only the rows shown need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from lopo.basics.page import Asked, Page
from lopo.claims.models import Case, Correction, Dispute, Heir
from lopo.claims.queries.disputes import to_settle
from lopo.claims.queries.steps import Standing
from lopo.people.paging import Conditions, in_areas, page_found, page_of, persons_sought

NOBODY: Final = 0
ENDED: Final = (Case.State.DIKABULKAN, Case.State.DITOLAK, Case.State.DITUTUP)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases: the officer's areas (none = nothing), kind and state ('' = all), part of a code, name or NIK.

    `overdue_on` takes only cases of which a clock was over before that day; `within` narrows to one area of the officer
    ('' = all of them); `owner_id` to what one officer holds (`NOBODY` = what nobody holds, None = all); `ids` names
    cases (none = all); `running` leaves out what was decided or closed; `programme_id` and `struck` (the event lay
    after the first day and up to the second) take what happened to the members of a programme in a time.
    """

    areas: tuple[str, ...]
    kind: str = ""
    state: str = ""
    overdue_on: date | None = None
    within: str = ""
    search: str = ""
    owner_id: int | None = None
    ids: tuple[int, ...] = ()
    running: bool = False
    programme_id: int | None = None
    struck: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the table shows it; `due_on` the nearest day of its clocks that run, None where none does.

    `owner` is '' while nobody holds it; `missing` counts papers, `receiver` says that somebody is to be paid,
    `disputed` that an objection waits, `held` that one holds money, `correcting` that a correction is proposed.
    """

    id: int
    code: str
    kind: str
    state: str
    name: str
    nik: str
    person_id: int
    area_code: str
    event_on: date
    died_on: date | None
    opened_on: date
    opened_from: str
    visit_due_on: date
    visited_on: date | None
    work_accident: bool | None
    pay_due_on: date | None
    due_on: date | None
    owner_id: int | None
    owner: str
    missing: int = 0
    receiver: bool = False
    disputed: bool = False
    held: bool = False
    correcting: bool = False

    @property
    def standing(self) -> Standing:
        """Give what tells its next step."""
        return Standing(
            kind=self.kind, state=self.state, visited=self.visited_on is not None,
            concluded=self.work_accident is not None, missing=self.missing, died=self.died_on is not None,
            receiver=self.receiver, disputed=self.disputed, held=self.held, correcting=self.correcting,
        )  # fmt: skip


_OWN: Final = (
    "id", "code", "kind", "state", "person__name", "person__nik", "person_id", "person__area_code", "event_on",
    "died_on", "opened_on", "opened_from", "visit_due_on", "visited_on", "work_accident", "pay_due_on", "due_on",
    "owner_id", "holder",
)  # fmt: skip
_SORTS: Final = {
    "due_on": "due_on ended id", "code": "code", "opened_on": "opened_on id", "event_on": "event_on id",
    "name": "person__name id", "state": "state id", "kind": "kind id", "area_code": "person__area_code id",
    "owner": "holder id",
}  # fmt: skip


def overdue(on: date) -> Q:
    """Give the condition that a clock of the case was over before the day: the visit, the conclusion, the payment."""
    return Q(due_on__lt=on)


def cases_page(asked_for: CaseFilter, asked: Asked, *, total: int | None = None) -> Page[CaseRow]:
    """Give the cases that an officer may see, filtered, sorted and searched; the most urgent first.

    Three queries, two for an export or where the `total` is known; a search at most three more.
    """
    rows = _asked_for(asked_for).values_list(*_OWN)
    if conditions := _sought(asked_for):
        page = page_found(rows, conditions, asked, _SORTS, CaseRow)
    else:
        page = page_of(rows, asked, _SORTS, CaseRow, total=total)
    return replace(page, rows=_with_facts(page.rows))


def _sought(wanted: CaseFilter) -> Conditions:
    """Give the conditions of a search: by the NIK, the number of the case, the name, or a part of the code."""
    sought = persons_sought(
        wanted.search, "person__", lambda text: Q(person__nik=text) | Q(code__endswith=f"-{text}"), wanted.areas
    )
    return (*sought, Q(code__icontains=wanted.search.strip())) if sought else ()


def _asked_for(wanted: CaseFilter) -> QuerySet[Case, Any]:
    rows: QuerySet[Case, Any] = Case.objects.filter(in_areas("person__area_code", wanted.areas))
    if wanted.within:
        rows = rows.filter(in_areas("person__area_code", [wanted.within]))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.overdue_on is not None:
        rows = rows.filter(overdue(wanted.overdue_on))
    if wanted.owner_id is not None:
        rows = rows.filter(owner_id=wanted.owner_id or None)
    if wanted.ids:
        rows = rows.filter(pk__in=wanted.ids)
    if wanted.programme_id is not None:
        rows = rows.filter(membership__programme_id=wanted.programme_id)
    if wanted.struck is not None:
        rows = rows.filter(event_on__gt=wanted.struck[0], event_on__lte=wanted.struck[1])
    if wanted.running:
        rows = rows.exclude(state__in=ENDED)
    named = Coalesce(NullIf("owner__full_name", Value("")), "owner__username", Value(""))
    return rows.annotate(holder=named, ended=Q(state__in=ENDED))


def _with_facts(rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Add to the rows shown what is counted in other tables. One query, none for no row."""
    if not rows:
        return ()
    here, waits = {"case": OuterRef("pk")}, Correction.State.USUL
    counted = {
        "missing": Count("papers", filter=Q(papers__received_on__isnull=True)),
        "receiver": Exists(Heir.objects.filter(**here, receives=True)),
        "disputed": Exists(Dispute.objects.filter(**here, state=Dispute.State.DIAJUKAN)),
        "held": Exists(to_settle(OuterRef("pk"))),
        "correcting": Exists(Correction.objects.filter(**here, state=waits)),
    }
    cases = Case.objects.filter(pk__in=[row.id for row in rows]).annotate(**counted)
    found = {case_id: facts for case_id, *facts in cases.values_list("pk", *counted)}
    return tuple(replace(row, **dict(zip(counted, found[row.id], strict=True))) for row in rows)


def case_counts(areas: tuple[str, ...]) -> dict[str, int]:
    """Give how many cases there are in each state within the areas. One query."""
    rows = Case.objects.filter(in_areas("person__area_code", areas))
    return dict(rows.values("state").annotate(n=Count("id")).order_by("state").values_list("state", "n"))
