"""Reads one case for the desks: everything on one page, its head, its area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F

from lopo.claims.care import InvoiceLine
from lopo.claims.models import Case, Heir, Incapacity, Injury, Trip
from lopo.claims.queries.care import invoices_of
from lopo.claims.queries.clocks import Clock, clocks_of
from lopo.claims.queries.decisions import DecisionRow, decisions_of
from lopo.claims.queries.files import found_case
from lopo.claims.queries.papers import PaperNeeded, papers_of
from lopo.claims.queries.schooling import ChildRow, children_of
from lopo.claims.queries.steps import Standing


@dataclass(frozen=True, slots=True)
class HeirRow:
    """One heir with the article; `receives` marks to whom money goes, of several `parts` of the sum of all parts.

    `guardian_nik` and `guardian_name` are empty where the heir has an own account.
    """

    id: int
    nik: str
    name: str
    relation: str
    born: date | None
    receives: bool
    article: str
    parts: int
    guardian_nik: str
    guardian_name: str


@dataclass(frozen=True, slots=True)
class TripRow:
    """One trip in rupiah."""

    mode: str
    on: date
    amount: int
    route: str


@dataclass(frozen=True, slots=True)
class IncapacityRow:
    """One letter of the doctor; days with the first and the last included."""

    first_day: date
    last_day: date
    doctor: str

    @property
    def days(self) -> int:
        """Calendar days without work."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class InjuryRow:
    """One lasting loss; permil is tenths of a percent of the table, lost_function the percent of it (0: all lost)."""

    part: str
    times: int
    left_handed: bool
    permil: int
    doctor: str
    found_on: date
    lost_function: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with everything on one page."""

    id: int
    code: str
    kind: str
    state: str
    person_id: int
    name: str
    nik: str
    area_code: str
    kpj: str | None
    number_issued_on: date | None
    programme: str
    event_on: date
    died_on: date | None
    opened_on: date
    opened_from: str
    source: str
    reported_at: datetime | None
    work_accident: bool | None
    concluded_on: date | None
    recovered_on: date | None
    story: str
    clocks: tuple[Clock, ...]
    papers: tuple[PaperNeeded, ...]
    heirs: tuple[HeirRow, ...]
    invoices: tuple[InvoiceLine, ...]
    trips: tuple[TripRow, ...]
    incapacities: tuple[IncapacityRow, ...]
    injuries: tuple[InjuryRow, ...]
    decisions: tuple[DecisionRow, ...]
    children: tuple[ChildRow, ...]
    owner_id: int | None
    owner: str
    cause: str
    icd10: str
    work_ended_on: date | None
    guarantor: str
    total_disability: bool
    return_advised_on: date | None
    returned_on: date | None

    def standing(self, *, disputed: bool, held: bool, correcting: bool) -> Standing:
        """Give what tells its next step: whether an objection waits or holds money, and a correction is proposed."""
        return Standing(
            kind=self.kind,
            state=self.state,
            visited=all(clock.done_on is not None for clock in self.clocks if clock.code == "kunjungan"),
            concluded=self.work_accident is not None,
            missing=sum(paper.received_on is None for paper in self.papers),
            died=self.died_on is not None,
            receiver=any(heir.receives for heir in self.heirs),
            disputed=disputed,
            held=held,
            correcting=correcting,
        )


def case(case_id: int, *, on: date) -> CasePage:
    """Give one case with its clocks as they stand on the day, papers, heirs, costs and decisions. Eleven queries.

    Refused where there is none; whether the officer may see it is for the door to ask (`area_code`).
    """
    one = found_case(case_id)
    return CasePage(
        id=one.id,
        code=one.code,
        kind=one.kind,
        state=one.state,
        person_id=one.person_id,
        name=one.person.name,
        nik=one.person.nik,
        area_code=one.person.area_code,
        kpj=one.membership.kpj,
        number_issued_on=one.membership.number_issued_on,
        programme=one.membership.programme.name,
        event_on=one.event_on,
        died_on=one.died_on,
        opened_on=one.opened_on,
        opened_from=one.opened_from,
        source=one.source,
        reported_at=one.reported_at,
        work_accident=one.work_accident,
        concluded_on=one.concluded_on,
        recovered_on=one.recovered_on,
        story=one.story,
        clocks=clocks_of(one, on),
        papers=papers_of(one),
        heirs=tuple(HeirRow(*row) for row in _of(Heir, one, *_HEIR)),
        invoices=invoices_of(case_id),
        trips=tuple(TripRow(*row) for row in _of(Trip, one, "mode", "on", "amount", "route")),
        incapacities=tuple(IncapacityRow(*row) for row in _of(Incapacity, one, "first_day", "last_day", "doctor")),
        injuries=tuple(
            InjuryRow(*row)
            for row in _of(Injury, one, "part", "times", "left_handed", "permil", "doctor", "found_on", "lost_function")
        ),
        decisions=decisions_of(case_id),
        children=children_of(case_id),
        owner_id=one.owner_id,
        owner=(one.owner.full_name or one.owner.username) if one.owner else "",
        cause=one.cause,
        icd10=one.icd10,
        work_ended_on=one.work_ended_on,
        guarantor=one.guarantor,
        total_disability=one.total_disability,
        return_advised_on=one.return_advised_on,
        returned_on=one.returned_on,
    )


_HEIR: Final = (
    "id", "nik", "name", "relation", "born", "receives", "article", "parts", "guardian_nik", "guardian_name",
)  # fmt: skip


def _of(model: Any, one: Case, *columns: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any table of a case
    return list(model.objects.filter(case=one).order_by("id").values_list(*columns))


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One case as the page of a person shows it."""

    id: int
    code: str
    kind: str
    state: str
    event_on: date
    opened_on: date


def cases_of(person_id: int) -> tuple[PersonCase, ...]:
    """Give the cases of one person, the latest first. One query."""
    rows = Case.objects.filter(person_id=person_id).order_by("-opened_on", "-id")
    return tuple(PersonCase(*row) for row in rows.values_list("id", "code", "kind", "state", "event_on", "opened_on"))


@dataclass(frozen=True, slots=True)
class CaseArea:
    """Where a case belongs, for the door to check the scope."""

    id: int
    area_code: str


def case_area(case_id: int) -> CaseArea | None:
    """Give the area of a case, None where there is none. One query."""
    row = Case.objects.filter(pk=case_id).annotate(area=F("person__area_code")).values_list("id", "area").first()
    return None if row is None else CaseArea(*row)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What a page beside that of the case says above: its code, whose it is and where, its kind and state."""

    id: int
    area_code: str
    code: str
    person_id: int
    kind: str
    state: str


def case_head(case_id: int) -> CaseHead | None:
    """Give the head of a case, None where there is none. One query."""
    rows = Case.objects.filter(pk=case_id).annotate(area=F("person__area_code"))
    row = rows.values_list("id", "area", "code", "person_id", "kind", "state").first()
    return None if row is None else CaseHead(*row)
