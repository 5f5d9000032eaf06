"""Reads rows of lists with verdicts and reasons, one row with all its evidence, and the rows to be screened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from lopo.basics.page import Asked, Page
from lopo.people.loading import copy_out
from lopo.people.paging import Kind, in_areas, page_of, sought, words_in
from lopo.targeting.heads import heads_of, meanings_of
from lopo.targeting.models import ProposalList, ProposalRow, Screening, Verdict
from lopo.targeting.reasons import ReasonText, texts_of
from lopo.targeting.standing import STANDING_SQL, not_replaced, speaks, standing

_PROPOSED: Final = ("calon", "rusak")


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows: of a programme or one list, proposed in or living in `areas`, with a verdict, a reason, a kind.

    `verdict` may be `belum` (not screened yet). `kinds` are row kinds, usually the proposed and the broken ones.
    `search` of four digits or more is a whole NIK as given or settled, anything else parts of the name.
    """

    areas: tuple[str, ...]
    programme_id: int
    list_id: int | None = None
    verdict: str = ""
    reason: str = ""
    area: str = ""
    search: str = ""
    kinds: tuple[str, ...] = _PROPOSED


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row with its verdict ('' before the screening, and for rows that are no candidates) and reason codes."""

    id: int
    list_id: int
    file: str
    sender: str
    sheet: str
    line: int
    kind: str
    name: str
    nik_given: str
    verdict: str
    reasons: tuple[str, ...]
    nik_matched: str
    person_id: int | None
    same_as_id: int | None
    area_code: str
    decile: int | None

    @property
    def texts(self) -> tuple[ReasonText, ...]:
        """The reasons in words."""
        return texts_of(self.reasons)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: its id, list, file, sheet, line and the name in it."""

    id: int
    list_id: int
    file: str
    sheet: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class RowDetail:
    """One row with everything: cells as they came under their headers, fields by meaning, verdict and evidence.

    `same_as` is the row that is judged in its place, `pointing_here` are the rows for which this one is judged.
    `evidence` holds match_kind, match_score, differs, name_matched, born_on, sex, no_kk_matched and more, as screened.
    `meanings` says by place what each cell means, as far as the reader knew; `list_area` is where its list comes from.
    """

    line: RowLine
    list_area: str
    cells: tuple[tuple[str, str], ...]
    meanings: tuple[tuple[str, ...], ...]
    fields: dict[str, Any]
    evidence: dict[str, Any]
    screened_on: date | None
    same_as: RowPlace | None
    pointing_here: tuple[RowPlace, ...]


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """One verdict on a row that was settled to a person; `current` says whether it is of a screening in force."""

    row: RowPlace
    sender: str
    programme: str
    on: date
    verdict: str
    reasons: tuple[str, ...]
    current: bool

    @property
    def texts(self) -> tuple[ReasonText, ...]:
        """The reasons in words."""
        return texts_of(self.reasons)


_LINE: Final = (
    "id", "list_id", "list__file", "list__sender", "sheet", "line", "kind", "name", "nik_given", "said", "why",
    "nik_settled", "now__person_id", "now__same_as_id", "settled_area", "now__decile",
)  # fmt: skip
_SORTS: Final = {
    "list": "list_id sheet line", "line": "sheet line id", "name": "name id", "nik_given": "nik_given id",
    "verdict": "said list__sender list_id sheet line", "area_code": "settled_area name id",
    "decile": "now__decile name id", "file": "list__file sheet line id",
}  # fmt: skip
_PLACE: Final = ("id", "list_id", "list__file", "sheet", "line", "name")
_MOST_POINTING: Final = 50

_CANDIDATES: Final = """
WITH hints AS MATERIALIZED (
    SELECT l.id AS list_id, s ->> 'sheet' AS sheet, s ->> 'kelurahan' AS kelurahan
      FROM targeting_proposallist l, jsonb_array_elements(l.understood) s
     WHERE l.programme_id = %(programme)s AND l.in_force)
SELECT CASE WHEN count(*) OVER (PARTITION BY l.file, r.sheet, r.line) = 1 THEN l.file ELSE l.file || '~' || l.id END
           AS file,
       r.sheet, r.line, r.fields ->> 'nik' AS nik, coalesce((r.fields ->> 'nik_from_number')::boolean, FALSE)
           AS nik_from_number,
       {texts},
       coalesce(nullif(h.kelurahan, ''), CASE WHEN length(l.area_code) = 13 THEN l.area_code END, '') AS kelurahan_hint,
       r.id AS row_id
  FROM targeting_proposalrow r JOIN targeting_proposallist l ON l.id = r.list_id
  LEFT JOIN hints h ON h.list_id = r.list_id AND h.sheet = r.sheet
 WHERE l.programme_id = %(programme)s AND r.kind = 'calon' AND {standing}
 ORDER BY l.id, r.id
"""
_TEXTS: Final = (
    "nama", "no_kk", "jenis_kelamin", "tempat_lahir", "tgl_lahir", "nama_ibu", "kelurahan", "rt", "rw", "pekerjaan",
    "penghasilan", "hp", "email",
)  # fmt: skip


def rows_page(filter: RowFilter, asked: Asked) -> Page[RowLine]:  # noqa: A002 - the house's word
    """Give one page of rows that stand with their verdicts in force. Four queries, three with a known total.

    The total is known without counting where all lists are seen and at most a verdict or a reason is asked for.
    """
    lists = ProposalList.objects.filter(programme_id=filter.programme_id)
    if filter.list_id is not None:
        lists = lists.filter(pk=filter.list_id)
    known = lists.aggregate(
        hidden=Count("id", filter=~in_areas("area_code", filter.areas)),
        candidates=Sum("candidates", default=0),
        broken=Sum("unreadable", default=0),
        replaced=Sum(F("replaced") + F("replaced_unreadable"), default=0),
        retired=Count("id", filter=Q(in_force=False)),
        forgotten=Sum("forgotten", default=0),
    )
    screening = Screening.objects.filter(programme_id=filter.programme_id, current=True).values("id", "counts").first()
    rows = ProposalRow.objects.filter(list__programme_id=filter.programme_id, kind__in=filter.kinds)
    rows = rows.filter(list__in_force=True) if filter.list_id is None else rows.filter(list_id=filter.list_id)
    if known["replaced"]:
        rows = rows.filter(not_replaced())
    judged = _judged(rows, screening["id"] if screening else 0)
    if known["hidden"]:
        judged = judged.filter(in_areas("list__area_code", filter.areas) | in_areas("now_area", filter.areas))
    judged = judged.filter(_chosen(filter))
    total = (
        None
        if any(known[name] for name in ("hidden", "replaced", "retired", "forgotten"))
        else _known_total(filter, known, screening["counts"] if screening else {})
    )
    return page_of(judged.values_list(*_LINE), asked, _SORTS, _line, total=total)


def _known_total(filter: RowFilter, lists: dict[str, int], counts: dict[str, Any]) -> int | None:  # noqa: A002
    """Give the number of rows where lists and screening have counted them, None where they must be counted."""
    if filter.search or filter.area or filter.kinds != _PROPOSED or (filter.verdict and filter.reason):
        return None
    if filter.list_id is None:
        verdicts, reasons, judged = counts.get("verdicts", {}), counts.get("reasons", {}), counts.get("rows", 0)
    else:
        verdicts = counts.get("lists", {}).get(str(filter.list_id), {})
        reasons, judged = None, sum(verdicts.values())
    if filter.reason:
        return None if reasons is None else int(reasons.get(filter.reason, 0))
    if filter.verdict == "belum":
        return lists["candidates"] - int(judged)
    return int(verdicts.get(filter.verdict, 0)) if filter.verdict else lists["candidates"] + lists["broken"]


def row_detail(row_id: int, areas: tuple[str, ...]) -> RowDetail | None:
    """Give one row proposed in, or settled to somebody in, `areas`; None where there is none. Four queries."""
    row = ProposalRow.objects.filter(pk=row_id).select_related("list").first()
    if row is None:
        return None
    screening_id, screened_on = _in_force(row.list.programme_id)
    seen = _judged(ProposalRow.objects.filter(pk=row_id), screening_id).filter(
        in_areas("list__area_code", areas) | in_areas("now_area", areas)
    )
    values = seen.values_list(*_LINE, "now__evidence").first()
    if values is None:
        return None
    line = _line(*values[:-1])
    heads: list[dict[str, Any]] = next((s["columns"] for s in row.list.understood if s["sheet"] == row.sheet), [])
    places = _places(Q(pk=line.same_as_id) | Q(verdicts__same_as_id=row_id, verdicts__screening__current=True))
    return RowDetail(
        line=line,
        list_area=row.list.area_code,
        cells=_under_heads(heads_of(heads), row.raw),
        meanings=meanings_of(heads),
        fields=row.fields,
        evidence=values[-1] or {},
        screened_on=screened_on if line.verdict else None,
        same_as=next((place for place in places if place.id == line.same_as_id), None),
        pointing_here=tuple(place for place in places if place.id != line.same_as_id),
    )


def verdicts_of_person(person_id: int) -> tuple[PersonVerdict, ...]:
    """Give every verdict on rows settled to a person, those in force first. One query."""
    rows = (
        Verdict.objects.filter(person_id=person_id)
        .order_by("-screening__current", "-screening__on", "verdict", "row_id")
        .values_list(
            *(f"row__{name}" for name in _PLACE), "row__list__sender", "screening__programme__name", "screening__on",
            "verdict", "reasons", "screening__current",
        )
    )  # fmt: skip
    return tuple(
        PersonVerdict(
            row=RowPlace(*row[:6]), sender=row[6], programme=row[7], on=row[8], verdict=row[9], reasons=tuple(row[10]),
            current=row[11],
        )
        for row in rows
    )  # fmt: skip


def copy_candidates(programme_id: int, write: Callable[[bytes], object]) -> None:
    """Write the candidate rows of a programme as CSV: CANDIDATE_COLUMNS of the batch and `row_id`. One query.

    `file` is the file's name; where two lists of that name have the same sheet and line, the list's id stands behind.
    """
    texts = ", ".join(f"r.fields ->> '{name}' AS {name}" for name in _TEXTS)
    copy_out(_CANDIDATES.format(texts=texts, standing=STANDING_SQL), {"programme": programme_id}, write)


def candidate_count(programme_id: int) -> int:
    """Give the number of candidate rows of a programme that stand. One query."""
    return ProposalRow.objects.filter(standing(), list__programme_id=programme_id, kind="calon").count()


def _in_force(programme_id: int) -> tuple[int, date | None]:
    """Give the id and the day of the screening in force, 0 and None before the first."""
    found = Screening.objects.filter(programme_id=programme_id, current=True).values_list("id", "on").first()
    return found or (0, None)


def _judged(rows: QuerySet[ProposalRow], screening_id: int) -> QuerySet[Any]:
    """Put the verdict of that screening beside each row as `now`, with '' and () where there is none."""
    now = FilteredRelation("verdicts", condition=Q(verdicts__screening_id=screening_id))
    # Conditions go by these names: a condition on now__x would join the verdicts a second time.
    return rows.annotate(now=now).annotate(
        now_verdict=F("now__verdict"),
        now_reasons=F("now__reasons"),
        now_nik=F("now__nik_matched"),
        now_area=F("now__area_code"),
        said=Coalesce("now__verdict", Value("")),
        why=Coalesce("now__reasons", Value([], output_field=Verdict._meta.get_field("reasons"))),
        nik_settled=Coalesce("now__nik_matched", Value("")),
        settled_area=Coalesce("now__area_code", "list__area_code"),
    )


def _chosen(filter: RowFilter) -> Q:  # noqa: A002 - the house's word
    found = Q()
    if filter.verdict == "belum":
        found &= Q(now_verdict__isnull=True, kind="calon") & speaks()
    elif filter.verdict:
        found &= Q(now_verdict=filter.verdict)
    if filter.reason:
        found &= Q(now_reasons__contains=[filter.reason])
    if filter.area:
        found &= in_areas("settled_area", (filter.area,))
    asked = sought(filter.search)
    if asked.kind is Kind.NUMBER:
        return found & (Q(nik_given=asked.text) | Q(now_nik=asked.text))
    return found & (Q(pk__in=[]) if asked.kind is Kind.NOBODY else words_in("name", asked.text))


def _line(*values: object) -> RowLine:
    told: dict[str, Any] = dict(zip(RowLine.__dataclass_fields__, values, strict=True))
    return RowLine(**(told | {"reasons": tuple(told["reasons"] or ())}))


def _places(condition: Q) -> tuple[RowPlace, ...]:
    rows = ProposalRow.objects.filter(condition).order_by("id").values_list(*_PLACE).distinct()[:_MOST_POINTING]
    return tuple(RowPlace(*row) for row in rows)


def _under_heads(heads: list[str], cells: list[str]) -> tuple[tuple[str, str], ...]:
    width = max(len(heads), len(cells))
    return tuple(
        (heads[at] if at < len(heads) else "", cells[at] if at < len(cells) else "") for at in range(width)
    )  # fmt: skip
