"""Reads first reports for the desk: the table, one report, its photo, and who might be meant."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.claims.models import FirstReport
from lopo.coverage.models import Membership
from lopo.people.models import Person
from lopo.people.paging import in_areas, page_of, words_in

_MOST_CANDIDATES: Final = 12


@dataclass(frozen=True, slots=True)
class FirstReportFilter:
    """Which reports: the officer's areas (none = nothing), state and kind ('' = all), part of a name or code."""

    areas: tuple[str, ...]
    state: str = ""
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class FirstReportRow:
    """One first report as the table shows it."""

    id: uuid.UUID
    code: str
    kind: str
    teller: str
    source: str
    name: str
    nik: str
    area_code: str
    event_on: date
    received_at: datetime
    due_at: datetime | None
    state: str
    case_id: int | None
    case_code: str | None


@dataclass(frozen=True, slots=True)
class FirstReportPage:
    """One first report with all that was told; `has_photo` says that a photo came with it."""

    id: uuid.UUID
    code: str
    kind: str
    teller: str
    source: str
    phone: str
    may_message: bool
    name: str
    nik: str
    kpj: str
    area_code: str
    event_on: date
    event_at: time | None
    died_on: date | None
    place: str
    story: str
    received_on: date
    received_at: datetime
    due_at: datetime | None
    state: str
    why: str
    case_id: int | None
    case_code: str | None
    has_photo: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt tells who reported: the code, what happened when, the moment it came, and the clock."""

    code: str
    kind: str
    event_on: date
    received_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be meant; `member` says whether he ever was in a programme."""

    person_id: int
    name: str
    nik: str
    born: date
    area_code: str
    member: bool


_ROW = (
    "id", "code", "kind", "teller", "source", "name", "nik", "area_code", "event_on", "received_at", "due_at", "state",
    "case_id", "case__code",
)  # fmt: skip
_PAGE = (
    "id", "code", "kind", "teller", "source", "phone", "may_message", "name", "nik", "kpj", "area_code", "event_on",
    "event_at", "died_on", "place", "story", "received_on", "received_at", "due_at", "state", "why", "case_id",
    "case__code",
)  # fmt: skip
_SORTS = {
    "newest": "-received_at id", "received_at": "received_at id", "name": "name id", "state": "state received_at id",
    "event_on": "event_on id",
    "due_at": "due_at id", "area_code": "area_code id",
}  # fmt: skip


def first_reports_page(asked_for: FirstReportFilter, asked: Asked) -> Page[FirstReportRow]:
    """Give the reports of the officer's areas, the newest first. Two queries (one for an export)."""
    rows: QuerySet[FirstReport, Any] = FirstReport.objects.filter(in_areas("area_code", asked_for.areas))
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if asked_for.kind:
        rows = rows.filter(kind=asked_for.kind)
    if text := asked_for.search.strip():
        rows = rows.filter(words_in("name", text) | Q(code__icontains=text) | Q(nik=text))
    return page_of(rows.values_list(*_ROW), asked, _SORTS, FirstReportRow)


def new_first_reports(areas: tuple[str, ...]) -> int:
    """Give how many reports of the areas nobody has settled yet. One query."""
    return FirstReport.objects.filter(in_areas("area_code", areas), state=FirstReport.State.BARU).count()


def first_report(report_id: uuid.UUID, areas: tuple[str, ...]) -> FirstReportPage | None:
    """Give one report of the officer's areas, None for any other. One query."""
    rows = FirstReport.objects.filter(in_areas("area_code", areas), pk=report_id)
    row = rows.annotate(has_photo=Q(photo__isnull=False)).values_list(*_PAGE, "has_photo").first()
    return None if row is None else FirstReportPage(*row)


def report_photo(report_id: uuid.UUID, areas: tuple[str, ...]) -> bytes | None:
    """Give the photo (JPEG) of a report of the officer's areas, None where there is none. One query."""
    rows = FirstReport.objects.filter(in_areas("area_code", areas), pk=report_id)
    found = rows.values_list("photo", flat=True).first()
    return None if found is None else bytes(found)


@dataclass(frozen=True, slots=True)
class TellingOfCase:
    """One first report that became part of a case: its code, who told, when it came, whether a photo came with it."""

    id: uuid.UUID
    code: str
    teller: str
    source: str
    received_at: datetime
    has_photo: bool


def tellings_of(case_id: int) -> tuple[TellingOfCase, ...]:
    """Give the first reports of a case, the first first. One query."""
    rows = FirstReport.objects.filter(case_id=case_id).annotate(has_photo=Q(photo__isnull=False))
    columns = ("id", "code", "teller", "source", "received_at", "has_photo")
    return tuple(TellingOfCase(*row) for row in rows.order_by("received_at", "id").values_list(*columns))


def photo_of_case(case_id: int, report_id: uuid.UUID) -> bytes | None:
    """Give the photo (JPEG) of a first report of a case, None where there is none. One query."""
    found = FirstReport.objects.filter(pk=report_id, case_id=case_id).values_list("photo", flat=True).first()
    return None if found is None else bytes(found)


def receipt(report_id: uuid.UUID) -> Receipt | None:
    """Give the receipt of a report to whoever knows the id made for it; it names nobody. One query."""
    rows = FirstReport.objects.filter(pk=report_id)
    row = rows.values_list("code", "kind", "event_on", "received_at", "due_at").first()
    return None if row is None else Receipt(*row)


def who_agreed(case_id: int) -> tuple[str, ...]:
    """Give the phones of those who reported this case and agreed to messages about it. One query."""
    rows = FirstReport.objects.filter(case_id=case_id, may_message=True).exclude(phone="")
    return tuple(rows.order_by("phone").values_list("phone", flat=True).distinct())


def candidates(report: FirstReportPage, areas: tuple[str, ...], search: str = "") -> tuple[Candidate, ...]:
    """Give who might be meant within the officer's areas: by the numbers that were told, by every word of the name.

    `search` (a whole NIK or words of a name) takes the place of what was told. One query, none without anything.
    """
    asked = _meant(search or report.name, "" if search else report.nik, "" if search else report.kpj)
    if asked is None:
        return ()
    rows = Person.objects.filter(asked, in_areas("area_code", areas), same_as__isnull=True)
    member = Exists(Membership.objects.filter(person=OuterRef("pk")))
    found = rows.annotate(member=member).order_by("-member", "name", "id")
    names = ("id", "name", "nik", "born", "area_code", "member")
    return tuple(Candidate(*row) for row in found.values_list(*names)[:_MOST_CANDIDATES])


def _meant(words: str, nik: str, kpj: str) -> Q | None:
    conditions = [Q(nik=nik)] if nik else []
    if kpj:
        conditions.append(Q(member_number__kpj=kpj))
    if text := words.strip():
        conditions.append(Q(nik=text) if text.isdecimal() else words_in("name", text))
    if not conditions:
        return None
    first, *others = conditions
    for one in others:
        first |= one
    return first
