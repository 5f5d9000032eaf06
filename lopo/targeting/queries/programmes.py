"""Reads programmes and the state of each in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from lopo.people.paging import in_areas
from lopo.staff.queries import within
from lopo.targeting.models import Decree, DecreeName, Programme, ProposalList, Screening
from lopo.targeting.taken_over import OWN


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as it stands; months are first days, `monthly_income` is whole rupiah a month.

    `criteria` is data for `targeting.criteria`.
    """

    id: int
    code: str
    name: str
    area_code: str
    first_month: date
    last_month: date
    registration_day: date
    legal_basis: str
    places: int
    max_decile: int
    monthly_income: int
    basis_dated: date | None
    basis_until: date | None
    criteria: dict[str, Any]
    criteria_version: int
    state: str
    made_by_id: int | None
    made_by: str
    approved_by: str
    approved_on: date | None
    closed_on: date | None
    closed_why: str

    def basis_state(self, on: date) -> str:
        """Give how the legal basis stands on a day: see `basis_state`."""
        return basis_state(self.legal_basis, self.basis_dated, self.basis_until, on)


@dataclass(frozen=True, slots=True)
class ScreeningRow:
    """A screening with its counts and the registers it used.

    Counted are the rows, in all, by verdict, by reason and by list, and those accepted by kecamatan.
    """

    id: int
    on: date
    made_at: datetime
    made_by: str
    law_hash: str
    current: bool
    rows: int
    verdicts: dict[str, int]
    reasons: dict[str, int]
    kecamatan: dict[str, int]
    lists: dict[str, int]
    snapshots: tuple[dict[str, Any], ...]
    criteria: dict[str, Any]
    criteria_hash: str


@dataclass(frozen=True, slots=True)
class ProgrammeState:
    """Where a programme stands: its lists and rows, the screening in force, the decree and how many it names."""

    programme: ProgrammeRow
    lists: int
    lists_with_problems: int
    rows_read: int
    candidates: int
    unreadable: int
    screening: ScreeningRow | None
    unscreened: int
    decree_id: int | None
    decree_number: str
    decree_state: str
    decree_dated: date | None
    chosen: int
    waiting: int
    dropped: int

    def verdict(self, kind: str) -> int:
        """How many rows have this verdict; 0 before the first screening."""
        return self.screening.verdicts.get(kind, 0) if self.screening else 0


_COLUMNS: Final = (
    "id", "code", "name", "area_code", "first_month", "last_month", "registration_day", "legal_basis", "places",
    "max_decile", "monthly_income", "basis_dated", "basis_until", "criteria", "criteria_version", "state", "made_by_id",
    "made", "approved", "approved_on", "closed_on", "closed_why",
)  # fmt: skip
_SCREENING: Final = (
    "id", "on", "made_at", "made_by__full_name", "law_hash", "current", "counts", "snapshots", "criteria",
    "criteria_hash",
)  # fmt: skip


def programmes(areas: tuple[str, ...] | None = None) -> tuple[ProgrammeRow, ...]:
    """Give all programmes, the newest first; with `areas` those that touch one of them. One query."""
    rows = _rows().order_by("-first_month", "code").values_list(*_COLUMNS)
    found = tuple(ProgrammeRow(*row) for row in rows)
    return found if areas is None else tuple(one for one in found if touches(one.area_code, areas))


def basis_state(text: str, dated: date | None, until: date | None, on: date) -> str:
    """Give how a legal basis stands on a day: `tidak_ada`, `belum_berlaku`, `habis` or `berlaku`."""
    if not text:
        return "tidak_ada"
    if dated is not None and dated > on:
        return "belum_berlaku"
    return "habis" if until is not None and until < on else "berlaku"


def touches(area_code: str, areas: tuple[str, ...]) -> bool:
    """Say whether an area lies within one of `areas`, or one of them within it. None at all touches nothing."""
    return within(area_code, areas) or any(within(one, (area_code,)) for one in areas)


def _rows() -> QuerySet[Programme]:
    named = {
        side: Coalesce(NullIf(F(f"{side}_by__full_name"), Value("")), F(f"{side}_by__username"), Value(""))
        for side in ("made", "approved")
    }
    return Programme.objects.annotate(**named)


def programme_row(programme_id: int) -> ProgrammeRow | None:
    """Give one programme by its id, None where there is none. One query."""
    row = _rows().filter(pk=programme_id).values_list(*_COLUMNS).first()
    return None if row is None else ProgrammeRow(*row)


def programme_of_row(row_id: int) -> ProgrammeRow | None:
    """Give the programme that a row of a list is proposed for, None where there is no such row. One query."""
    row = _rows().filter(lists__rows=row_id).values_list(*_COLUMNS).first()
    return None if row is None else ProgrammeRow(*row)


def programme(code: str, areas: tuple[str, ...] = ("53",)) -> ProgrammeState | None:
    """Give a programme with its state, None where there is none. Five queries.

    The lists and rows counted are those within `areas`; verdicts and decree are of the whole programme, and the decree
    is the one by which it chose itself, else the newest by which it took people over.
    """
    row = _rows().filter(code=code).values_list(*_COLUMNS).first()
    if row is None:
        return None
    found = ProgrammeRow(*row)
    mine = Q(in_force=True) & in_areas("area_code", areas)
    lists = ProposalList.objects.filter(mine, programme_id=found.id).aggregate(
        n=Count("id"), problems=Count("id", filter=~Q(problems=[])), rows=Sum("rows_read", default=0),
        candidates=Sum(F("candidates") - F("replaced"), default=0),
        unreadable=Sum(F("unreadable") - F("replaced_unreadable"), default=0),
    )  # fmt: skip
    standing = ProposalList.objects.filter(programme_id=found.id, in_force=True)
    stand = dict(standing.values_list("id").annotate(n=F("candidates") - F("replaced") - F("forgotten")))
    screening = screening_in_force(found.id)
    decree = (
        Decree.objects.filter(programme_id=found.id)
        .annotate(
            chosen=Count("names", filter=Q(names__status__in=("ditetapkan", "pengganti"))),
            waiting=Count("names", filter=Q(names__status=DecreeName.Status.CADANGAN)),
            dropped=Count("names", filter=Q(names__status=DecreeName.Status.GUGUR)),
        )
        .order_by(Case(When(OWN, then=0), default=1), "-id")
        .values_list("id", "number", "state", "dated", "chosen", "waiting", "dropped")
        .first()
    )
    unscreened = sum(max(0, n - (screening.lists.get(str(key), 0) if screening else 0)) for key, n in stand.items())
    return ProgrammeState(
        found, lists["n"], lists["problems"], lists["rows"], lists["candidates"], lists["unreadable"], screening,
        unscreened, *(decree or (None, "", "", None, 0, 0, 0)),
    )  # fmt: skip


def screening_in_force(programme_id: int) -> ScreeningRow | None:
    """Give the screening in force of a programme, None before the first. One query."""
    return next(iter(_screenings(Q(programme_id=programme_id, current=True))), None)


def screenings(programme_id: int) -> tuple[ScreeningRow, ...]:
    """Give all screenings of a programme, the newest first. One query."""
    return _screenings(Q(programme_id=programme_id))


def _screenings(condition: Q) -> tuple[ScreeningRow, ...]:
    rows = Screening.objects.filter(condition).order_by("-id").values_list(*_SCREENING)
    return tuple(_screening(dict(zip(_SCREENING, row, strict=True))) for row in rows)


def _screening(told: dict[str, Any]) -> ScreeningRow:
    counts = told["counts"]
    return ScreeningRow(
        id=told["id"], on=told["on"], made_at=told["made_at"], made_by=told["made_by__full_name"],
        law_hash=told["law_hash"], current=told["current"], rows=counts.get("rows", 0),
        verdicts=counts.get("verdicts", {}), reasons=counts.get("reasons", {}), kecamatan=counts.get("kecamatan", {}),
        lists={key: sum(per.values()) for key, per in counts.get("lists", {}).items()},
        snapshots=tuple(told["snapshots"]), criteria=told["criteria"], criteria_hash=told["criteria_hash"],
    )  # fmt: skip
