"""Reads decrees, their annex of names by place, and the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from lopo.basics.page import Asked, Page
from lopo.people.models import Area
from lopo.people.paging import in_areas, page_found, persons_sought
from lopo.targeting.models import Decree, DecreeName, Verdict
from lopo.targeting.quotas import Quota

CHOSEN: Final = (DecreeName.Status.DITETAPKAN.value, DecreeName.Status.PENGGANTI.value)
"""The states of a name that holds a place."""


@dataclass(frozen=True, slots=True)
class DecreeRow:
    """A decree with how many names hold a place, wait, and fell out; the rule and quotas as drafted."""

    id: int
    programme_id: int
    programme: str
    screening_id: int
    number: str
    title: str
    dated: date
    state: str
    annex_hash: str
    made_by: str
    made_by_id: int
    approved_by: str
    approved_on: date | None
    chosen: int
    waiting: int
    dropped: int
    rule: str
    poor_source: str
    ranking: tuple[str, ...]
    quotas: tuple[Quota, ...]


@dataclass(frozen=True, slots=True)
class AnnexFilter:
    """Which names of a decree: living in `areas` (empty sees nothing), of a kecamatan, of some states."""

    areas: tuple[str, ...]
    decree_id: int
    kecamatan: str = ""
    statuses: tuple[str, ...] = ()
    search: str = ""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One name of the annex: rank in its kecamatan, place in the waiting list (None when chosen from the start).

    `replaces` and `replaced_by` are person ids: who fell out for whom.
    """

    id: int
    person_id: int
    nik: str
    name: str
    sex: str
    born: date
    no_kk: str
    kecamatan_code: str
    kecamatan: str
    area_code: str
    kelurahan: str
    rt: str
    rw: str
    occupation: str
    decile: int | None
    rank: int
    waiting_place: int | None
    status: str
    replaces: int | None
    replaced_by: int | None


_ANNEX: Final = (
    "id", "person_id", "person__nik", "person__name", "person__sex", "person__born", "person__no_kk", "kecamatan_code",
    "kecamatan", "area_code", "kelurahan", "person__rt", "person__rw", "person__occupation", "decile", "rank",
    "waiting_place", "status", "replaces__person_id", "replaced_by__person_id",
)  # fmt: skip
_SORTS: Final = {
    "place": "kecamatan_code rank", "kelurahan": "area_code person__name id", "name": "person__name id",
    "nik": "person__nik", "decile": "decile kecamatan_code rank", "rank": "rank kecamatan_code",
    "status": "status kecamatan_code rank", "waiting_place": "waiting_place kecamatan_code id",
    "kecamatan": "kecamatan_code rank",
}  # fmt: skip


def decrees(programme_id: int | None = None) -> tuple[DecreeRow, ...]:
    """Give all decrees, or those of a programme, the newest first. One query."""
    return _decrees(Q() if programme_id is None else Q(programme_id=programme_id))


def decree(decree_id: int) -> DecreeRow | None:
    """Give one decree, None where there is none. One query."""
    return next(iter(_decrees(Q(pk=decree_id))), None)


def annex_page(filter: AnnexFilter, asked: Asked) -> Page[AnnexRow]:  # noqa: A002 - the house's word
    """Give one page of the names of a decree, usually by kecamatan and rank. Two queries (one for an export)."""
    names = DecreeName.objects.filter(in_areas("area_code", filter.areas), decree_id=filter.decree_id)
    if filter.kecamatan:
        names = names.filter(kecamatan_code=filter.kecamatan)
    if filter.statuses:
        names = names.filter(status__in=filter.statuses)
    named = names.annotate(kecamatan=_area_name("kecamatan_code"), kelurahan=_area_name("area_code"))
    found = persons_sought(filter.search, "person__", lambda number: Q(person__nik=number))
    return page_found(named.values_list(*_ANNEX), found, asked, _SORTS, AnnexRow)


def annex_rows(decree_id: int, *, waiting: bool = False) -> tuple[AnnexRow, ...]:
    """Give all names that hold a place, or all that wait, for the decree as a paper. One query."""
    statuses = (DecreeName.Status.CADANGAN.value,) if waiting else CHOSEN
    asked = Asked(size=0, sort="place" if waiting else "kelurahan")
    return annex_page(AnnexFilter(("53",), decree_id, statuses=statuses), asked).rows


def waiting_page(decree_id: int, areas: tuple[str, ...], asked: Asked) -> Page[AnnexRow]:
    """Give one page of those who wait, by kecamatan and place. Two queries."""
    return annex_page(AnnexFilter(areas, decree_id, statuses=(DecreeName.Status.CADANGAN.value,)), asked)


def accepted_since(decree_id: int) -> int:
    """Count who is accepted by the screening in force of the programme and stands nowhere on its decree. One query.

    They were settled, or screened again, after the decree was drafted.
    """
    programme = Decree.objects.filter(pk=decree_id).values("programme_id")[:1]
    named = DecreeName.objects.filter(decree_id=decree_id, person_id=OuterRef("person_id"))
    accepted = Verdict.objects.filter(
        screening__programme_id=Subquery(programme), screening__current=True, verdict=Verdict.Kind.DITERIMA
    )
    return accepted.filter(~Exists(named)).values("person_id").distinct().count()


def chosen_persons(decree_id: int) -> tuple[int, ...]:
    """Give the ids of the persons who hold a place, by kecamatan and rank. One query."""
    names = DecreeName.objects.filter(decree_id=decree_id, status__in=CHOSEN).order_by("kecamatan_code", "rank")
    return tuple(names.values_list("person_id", flat=True))


def names_of_person(person_id: int) -> tuple[tuple[DecreeRow, AnnexRow], ...]:
    """Give the decrees that name a person, each with the name as it stands there. Two queries."""
    names = DecreeName.objects.filter(person_id=person_id).order_by("-decree_id")
    named = names.annotate(kecamatan=_area_name("kecamatan_code"), kelurahan=_area_name("area_code"))
    rows = list(named.values_list("decree_id", *_ANNEX))
    found = {row.id: row for row in _decrees(Q(pk__in=[row[0] for row in rows]))}
    return tuple((found[row[0]], AnnexRow(*row[1:])) for row in rows)


def _decrees(condition: Q) -> tuple[DecreeRow, ...]:
    rows = (
        Decree.objects.filter(condition)
        .annotate(
            chosen=Count("names", filter=Q(names__status__in=CHOSEN)),
            waiting=Count("names", filter=Q(names__status=DecreeName.Status.CADANGAN)),
            dropped=Count("names", filter=Q(names__status=DecreeName.Status.GUGUR)),
            approver=Coalesce("approved_by__full_name", Value("")),
        )
        .order_by("-id")
        .values_list(
            "id", "programme_id", "programme__name", "screening_id", "number", "title", "dated", "state", "annex_hash",
            "made_by__full_name", "made_by_id", "approver", "approved_on", "chosen", "waiting", "dropped", "quota_rule",
            "quota_source", "ranking", "quota",
        )
    )  # fmt: skip
    return tuple(DecreeRow(*row[:-2], tuple(row[-2]), tuple(_quota(told) for told in row[-1])) for row in rows)


def _quota(told: dict[str, object]) -> Quota:
    return Quota(str(told["kecamatan"]), int(str(told["accepted"])), int(str(told["places"])))


def _area_name(column: str) -> Coalesce:
    return Coalesce(Subquery(Area.objects.filter(code=OuterRef(column)).values("name")[:1]), Value(""))
