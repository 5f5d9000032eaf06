"""Reads who should leave a decree, the amendments of it, and what they changed for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lopo.basics.page import Asked, Page
from lopo.people.models import Area
from lopo.people.paging import in_areas, page_of
from lopo.targeting.models import Amendment, AmendmentLine, DecreeName, Departure


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """One who should leave a decree: why, since when, by which register, how long it waits, and who would come."""

    id: int
    name_id: int
    person_id: int
    name: str
    nik: str
    decree_id: int
    decree: str
    kecamatan: str
    area_code: str
    rank: int
    reason: str
    gone_on: date
    note: str
    register: str
    found_on: date
    found_by: str
    state: str
    why: str
    amendment: str


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment with how many leave and enter by it."""

    id: int
    decree_id: int
    decree: str
    programme_id: int
    area_code: str
    number: str
    title: str
    dated: date
    from_month: date
    state: str
    annex_hash: str
    made_by: str
    made_by_id: int
    approved_by: str
    approved_on: date | None
    leaving: int
    entering: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of an amendment: who leaves and why, who enters (None where the place stays empty)."""

    id: int
    person_id: int
    name: str
    nik: str
    area_code: str
    kelurahan: str
    kecamatan: str
    reason: str
    gone_on: date
    note: str
    entrant_id: int | None
    entrant: str
    entrant_nik: str
    entrant_area: str
    entrant_kelurahan: str
    entrant_place: int | None
    moved_up: bool


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What an amendment (or a departure that still waits) means for one person, and the other person it concerns."""

    entered: bool
    number: str
    amendment_id: int | None
    decree_id: int
    state: str
    reason: str
    gone_on: date
    other_id: int | None
    from_month: date | None


_SORTS: Final = {
    "found_on": "found_on id", "gone_on": "gone_on id", "name": "decree_name__person__name id",
    "reason": "reason gone_on id", "kecamatan": "decree_name__kecamatan_code decree_name__rank",
    "state": "state found_on id",
}  # fmt: skip


def departures_page(
    areas: tuple[str, ...], asked: Asked, *, decree_id: int | None = None, state: str = "", reason: str = ""
) -> Page[DepartureRow]:
    """Give one page of those who should leave, the oldest first. Two queries."""
    found = Departure.objects.filter(in_areas("decree_name__area_code", areas))
    if decree_id is not None:
        found = found.filter(decree_name__decree_id=decree_id)
    if state:
        found = found.filter(state=state)
    if reason:
        found = found.filter(reason=reason)
    return page_of(_departures(found), asked, _SORTS, DepartureRow)


def departure(departure_id: int, areas: tuple[str, ...]) -> DepartureRow | None:
    """Give one who should leave, None where there is none in these areas. One query."""
    found = Departure.objects.filter(in_areas("decree_name__area_code", areas), pk=departure_id)
    return next((DepartureRow(*row) for row in _departures(found)), None)


def _departures(found: QuerySet[Departure]) -> QuerySet[Departure, tuple[Any, ...]]:
    return found.annotate(kecamatan=_area("decree_name__kecamatan_code")).values_list(
        "id", "decree_name_id", "decree_name__person_id", "decree_name__person__name", "decree_name__person__nik",
        "decree_name__decree_id", "decree_name__decree__number", "kecamatan", "decree_name__area_code",
        "decree_name__rank", "reason", "gone_on", "note", Coalesce("snapshot__origin", Value("")), "found_on",
        Coalesce("made_by__full_name", Value("")), "state", "why", Coalesce("line__amendment__number", Value("")),
    )  # fmt: skip


def departures_waiting(decree_id: int | None = None) -> int:
    """Count who should leave a decree and waits for an officer. One query."""
    found = Departure.objects.filter(state=Departure.State.DIUSULKAN, line__isnull=True)
    return found.count() if decree_id is None else found.filter(decree_name__decree_id=decree_id).count()


def amendments(decree_id: int) -> tuple[AmendmentRow, ...]:
    """Give the amendments of a decree, the newest first. One query."""
    return _amendments(Q(decree_id=decree_id))


def amendment(amendment_id: int) -> AmendmentRow | None:
    """Give one amendment, None where there is none. One query."""
    return next(iter(_amendments(Q(pk=amendment_id))), None)


def changes(amendment_id: int) -> tuple[ChangeRow, ...]:
    """Give the lines of an amendment by kecamatan and rank of who leaves. One query."""
    rows = (
        AmendmentLine.objects.filter(amendment_id=amendment_id)
        .order_by("departure__decree_name__kecamatan_code", "departure__decree_name__rank")
        .annotate(
            kelurahan=_area("departure__decree_name__area_code"),
            kecamatan=_area("departure__decree_name__kecamatan_code"),
            to_kelurahan=_area("entrant__area_code"),
        )
        .values_list(
            "id", "departure__decree_name__person_id", "departure__decree_name__person__name",
            "departure__decree_name__person__nik", "departure__decree_name__area_code", "kelurahan", "kecamatan",
            "departure__reason", "departure__gone_on", "departure__note", "entrant__person_id",
            Coalesce("entrant__person__name", Value("")), Coalesce("entrant__person__nik", Value("")),
            Coalesce("entrant__area_code", Value("")), "to_kelurahan", "entrant__waiting_place", "moved_up",
        )
    )  # fmt: skip
    return tuple(ChangeRow(*row) for row in rows)


def enrolled_after(amendment_id: int) -> frozenset[int]:
    """Give the names that hold a place right after an amendment, whatever later ones changed. Three queries."""
    decree_id = Amendment.objects.filter(pk=amendment_id).values_list("decree_id", flat=True).first() or 0
    first = DecreeName.objects.filter(decree_id=decree_id, waiting_place__isnull=True).values_list("id", flat=True)
    done = AmendmentLine.objects.filter(
        Q(amendment__state=Amendment.State.DITETAPKAN) | Q(amendment_id=amendment_id),
        amendment__decree_id=decree_id, amendment_id__lte=amendment_id,
    )  # fmt: skip
    lines = list(done.values_list("departure__decree_name_id", "entrant_id"))
    return frozenset({*first, *(enters for _, enters in lines if enters)} - {leaves for leaves, _ in lines})


def changes_of_person(person_id: int) -> tuple[PersonChange, ...]:
    """Give what changed for a person: left or should leave a decree, or entered one, the newest first. Two queries."""
    gone = (
        Departure.objects.filter(decree_name__person_id=person_id)
        .exclude(state=Departure.State.DITEPIS)
        .order_by("-id")
        .values_list(
            Value(False), Coalesce("line__amendment__number", Value("")), "line__amendment_id",
            "decree_name__decree_id", "state", "reason", "gone_on", "line__entrant__person_id",
            "line__amendment__from_month",
        )
    )  # fmt: skip
    come = (
        AmendmentLine.objects.filter(entrant__person_id=person_id)
        .order_by("-id")
        .values_list(
            Value(True), "amendment__number", "amendment_id", "amendment__decree_id", "amendment__state",
            "departure__reason", "departure__gone_on", "departure__decree_name__person_id", "amendment__from_month",
        )
    )  # fmt: skip
    return tuple(PersonChange(*row) for row in (*come, *gone))


def name_holding(person_id: int) -> int | None:
    """Give the name by which a person holds a place on the newest set decree, None where there is none. One query."""
    names = DecreeName.objects.filter(
        person_id=person_id, decree__state="ditetapkan", status__in=["ditetapkan", "pengganti"]
    )
    return names.order_by("-decree_id").values_list("id", flat=True).first()


def _amendments(condition: Q) -> tuple[AmendmentRow, ...]:
    rows = (
        Amendment.objects.filter(condition)
        .annotate(
            leaving=Count("lines"),
            entering=Count("lines__entrant"),
            approver=Coalesce("approved_by__full_name", Value("")),
            area=F("decree__programme__area_code"),
        )
        .order_by("-id")
        .values_list(
            "id", "decree_id", "decree__number", "decree__programme_id", "area", "number", "title", "dated",
            "from_month", "state", "annex_hash", "made_by__full_name", "made_by_id", "approver", "approved_on",
            "leaving", "entering",
        )
    )  # fmt: skip
    return tuple(AmendmentRow(*row) for row in rows)


def _area(column: str) -> Coalesce:
    return Coalesce(Subquery(Area.objects.filter(code=OuterRef(column)).values("name")[:1]), Value(""))
