"""Reads the desk for the doubtful: what waits for an answer, what waits for a check, and one row with its persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from lopo.basics.page import Asked, Page
from lopo.people.paging import in_areas, page_of, words_in
from lopo.targeting.models import Likeness, ProposalRow, Screening, Settling, Verdict

OPEN, TO_CHECK, DONE, NOBODY = "dijawab", "diperiksa", "selesai", "tanpa_calon"
STANDS: Final = (OPEN, TO_CHECK, DONE, NOBODY)
"""Where a doubtful row stands: to be answered, to be checked, answered and checked, resembling nobody we know."""


@dataclass(frozen=True, slots=True)
class DoubtFilter:
    """Which doubtful rows: of a programme, in `areas` (none sees nothing), at one stand, and narrowed by the rest.

    `received_until` keeps lists that came on or before that day: the old ones; `not_by` leaves out what that officer
    has answered.
    """

    areas: tuple[str, ...]
    programme_id: int
    stand: str = OPEN
    reason: str = ""
    list_id: int | None = None
    area: str = ""
    received_until: date | None = None
    search: str = ""
    not_by: int | None = None


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubtful row in the queue: its best score, how many persons it may be, how often put off, the answer."""

    row_id: int
    name: str
    nik_given: str
    sender: str
    line: int
    received_on: date
    area_code: str
    verdict: str
    reasons: tuple[str, ...]
    score: int | None
    persons: int
    put_off: int
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the desk is: answered and checked, waiting for a check, waiting for an answer, resembling nobody."""

    done: int
    to_check: int
    to_answer: int
    nobody: int

    @property
    def total(self) -> int:
        """All that can be answered here."""
        return self.done + self.to_check + self.to_answer


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """One person whom the row may be, as the registers have him; `facts` are those of the law."""

    place: int
    nik: str
    name: str
    sex: str
    born: date | None
    no_kk: str
    area_code: str
    stands_in: str
    score: int
    levels: dict[str, Any]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SettlingRow:
    """One answer about a row, with who gave it, what it says and how it ended."""

    id: int
    answer: str
    nik: str
    decile: int | None
    entry_other: bool
    seen: str
    why: str
    made_by_id: int
    made_by: str
    made_on: date
    state: str
    checked_by: str
    checked_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful row with what it says, the persons it may be, and every answer given so far, the newest first."""

    row_id: int
    list_id: int
    sender: str
    file: str
    sheet: str
    line: int
    received_on: date
    area_code: str
    verdict: str
    reasons: tuple[str, ...]
    fields: dict[str, Any]
    persons: tuple[LikelyRow, ...]
    answers: tuple[SettlingRow, ...]

    @property
    def open_answer(self) -> SettlingRow | None:
        """The answer that waits for a check."""
        return next((one for one in self.answers if one.state == Settling.State.DIUSULKAN), None)

    @property
    def standing_answer(self) -> SettlingRow | None:
        """The checked answer that stands and may be opened again; None where none was, or it was opened since."""
        checked = next((one for one in self.answers if one.state == Settling.State.DITETAPKAN), None)
        return None if checked is None or checked.answer == Settling.Answer.BUKA else checked


_SORTS: Final = {
    "queue": "put_off -best received_on row_id", "name": "row__name row_id", "received_on": "received_on row_id",
    "score": "best row_id", "area_code": "area row_id",
}  # fmt: skip
_ROW: Final = (
    "row_id", "row__name", "row__nik_given", "row__list__sender", "row__line", "received_on", "area", "verdict",
    "reasons", "best", "persons", "put_off", "answer", "answered_by",
)  # fmt: skip


def doubts_page(filter: DoubtFilter, asked: Asked) -> Page[DoubtRow]:  # noqa: A002 - the house's word
    """Give one page of doubtful rows, by default the surest first and those put off last. Two queries."""
    rows = _narrowed(filter)
    return page_of(rows.values_list(*_ROW), asked, _SORTS, _doubt_row)


def next_doubt(filter: DoubtFilter, after: int | None = None) -> int | None:  # noqa: A002
    """Give the row that comes next in the queue, not `after` itself where there is another. One query."""
    order = ("put_off", "-best", "received_on", "row_id")
    rows = list(_narrowed(filter).order_by(*order).values_list("row_id", flat=True)[:2])
    return next((row for row in rows if row != after), rows[0] if rows else None)


def doubts_progress(areas: tuple[str, ...], programme_id: int) -> Progress:
    """Count the doubtful rows of the areas by where they stand. One query."""
    rows = _stood(_all(programme_id).filter(_seen(areas)))
    counts = dict(rows.values_list("stand").annotate(n=Count("row_id")))
    return Progress(*(counts.get(stand, 0) for stand in (DONE, TO_CHECK, OPEN, NOBODY)))


def doubt(row_id: int, areas: tuple[str, ...]) -> Doubt | None:
    """Give one row that is or was in doubt in `areas`, None for any other. Four queries.

    A row that was settled in an earlier screening is given too, so that its answer can be opened again.
    """
    programme = ProposalRow.objects.filter(pk=row_id).values_list("list__programme_id", flat=True).first()
    if programme is None:
        return None
    found = _all(programme, ever=True).filter(_seen(areas), row_id=row_id).select_related("row__list").first()
    if found is None:
        return None
    row: ProposalRow = found.row
    persons = Likeness.objects.filter(screening_id=found.screening_id, row_id=row_id).order_by("place")
    names = (
        "id", "answer", "nik", "decile", "entry_other", "seen", "why", "made_by_id", "made_by__full_name", "made_on",
        "state", "checked", "checked_on", "note",
    )  # fmt: skip
    answers = Settling.objects.filter(row_id=row_id).annotate(checked=Coalesce("checked_by__full_name", Value("")))
    return Doubt(
        row_id, row.list_id, row.list.sender, row.list.file, row.sheet, row.line, row.list.received_on, found.area,
        found.verdict, tuple(found.reasons), row.fields,
        tuple(LikelyRow(*one) for one in persons.values_list(*LikelyRow.__dataclass_fields__)),
        tuple(SettlingRow(*one) for one in answers.order_by("-id").values_list(*names)),
    )  # fmt: skip


def lists_in_doubt(areas: tuple[str, ...], programme_id: int) -> tuple[tuple[int, str], ...]:
    """Give the lists with rows in doubt in the areas: id and sender, by sender. One query."""
    rows = _all(programme_id).filter(_seen(areas)).values_list("row__list_id", "row__list__sender")
    return tuple(rows.distinct().order_by("row__list__sender", "row__list_id"))


def last_answer(officer_id: int, programme_id: int) -> tuple[int, int, str] | None:
    """Give what this officer answered last that still waits: id, row, name in the row. One query."""
    mine = Settling.objects.filter(made_by_id=officer_id, row__list__programme_id=programme_id, state="diusulkan")
    return mine.order_by("-id").values_list("id", "row_id", "row__name").first()


def old_enough(on: date, days: int) -> date | None:
    """Give the day until which a list must have come to wait at least so many days, None for no days."""
    return on - timedelta(days=days) if days > 0 else None


def _doubt_row(*values: object) -> DoubtRow:
    told: dict[str, Any] = dict(zip(DoubtRow.__dataclass_fields__, values, strict=True))
    return DoubtRow(**(told | {"reasons": tuple(told["reasons"])}))


def _all(programme_id: int, *, ever: bool = False) -> QuerySet[Any, Any]:
    """Give the verdicts in force on rows that are in doubt, or were until two officers settled them.

    Settled in this screening, or with `ever` in any.
    """
    screening = Screening.objects.filter(programme_id=programme_id, current=True).values("id")[:1]
    settled = Settling.objects.filter(row_id=OuterRef("row_id"), state=Settling.State.DITETAPKAN)
    if not ever:
        settled = settled.filter(screening_id=OuterRef("screening_id"))
    area = Coalesce(NullIf("area_code", Value("")), F("row__list__area_code"))
    rows = Verdict.objects.filter(screening_id=Subquery(screening)).annotate(settled=Exists(settled), area=area)
    found: QuerySet[Any, Any] = rows.filter(Q(verdict=Verdict.Kind.PERLU_CEK) | Q(settled=True))
    return found


def _seen(areas: tuple[str, ...]) -> Q:
    return in_areas("area", areas) | in_areas("row__list__area_code", areas)


def _stood(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Say of each row where it stands."""
    mine = {"row_id": OuterRef("row_id")}
    persons = Likeness.objects.filter(**mine, screening_id=OuterRef("screening_id"))
    found: QuerySet[Any, Any] = rows.annotate(
        waits=Exists(Settling.objects.filter(**mine, state=Settling.State.DIUSULKAN)), resembles=Exists(persons)
    ).annotate(
        stand=Case(
            When(waits=True, then=Value(TO_CHECK)),
            When(settled=True, then=Value(DONE)),
            When(resembles=True, then=Value(OPEN)),
            default=Value(NOBODY),
        )
    )
    return found


def _narrowed(filter: DoubtFilter) -> QuerySet[Any, Any]:  # noqa: A002
    rows = _stood(_all(filter.programme_id).filter(_seen(filter.areas))).filter(stand=filter.stand)
    if filter.reason:
        rows = rows.filter(reasons__contains=[filter.reason])
    if filter.list_id is not None:
        rows = rows.filter(row__list_id=filter.list_id)
    if filter.area:
        rows = rows.filter(in_areas("area", (filter.area,)))
    if filter.received_until is not None:
        rows = rows.filter(row__list__received_on__lte=filter.received_until)
    if filter.search:
        rows = rows.filter(words_in("row__name", filter.search))
    if filter.not_by is not None:
        mine_open = Settling.objects.filter(row_id=OuterRef("row_id"), state="diusulkan", made_by_id=filter.not_by)
        rows = rows.filter(~Exists(mine_open))
    mine = {"row_id": OuterRef("row_id")}
    likely = Likeness.objects.filter(**mine, screening_id=OuterRef("screening_id")).values("row_id")
    put_off = Settling.objects.filter(**mine, state=Settling.State.DITUNDA).values("row_id")
    last = Settling.objects.filter(**mine, state__in=("diusulkan", "ditetapkan")).order_by("-id")
    found: QuerySet[Any, Any] = rows.annotate(
        received_on=F("row__list__received_on"),
        best=Subquery(likely.annotate(best=Max("score")).values("best")),
        persons=Coalesce(Subquery(likely.annotate(n=Count("id")).values("n")), Value(0), output_field=IntegerField()),
        put_off=Coalesce(Subquery(put_off.annotate(n=Count("id")).values("n")), Value(0), output_field=IntegerField()),
        answer=Coalesce(Subquery(last.values("answer")[:1]), Value("")),
        answered_by=Coalesce(Subquery(last.values("made_by__full_name")[:1]), Value("")),
    )
    return found
