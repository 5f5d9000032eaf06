"""Reads the lists of a programme, what the reader understood of each, and the sheet that goes back to its sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from lopo.basics.error_sheet import ErrorLine, ErrorSheet, Reason
from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.people.models import Area
from lopo.people.paging import in_areas, words_in
from lopo.targeting.heads import heads_of, marking_key
from lopo.targeting.models import ProposalList, ProposalRow, Screening, SourceFile, Verdict
from lopo.targeting.reasons import texts_of
from lopo.targeting.standing import not_replaced, speaks


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which lists: of a programme, of senders within `areas` (empty sees nothing), of one kind, with problems."""

    areas: tuple[str, ...]
    programme_id: int
    search: str = ""
    sender_kind: str = ""
    area: str = ""
    with_problems: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list with its counts.

    rows_read = candidates + unreadable + other_rows, and as screened
    candidates = accepted + to_check + refused + unscreened + replaced + forgotten, the last being those blanked before
    they were screened again (a verdict that stands is counted with its kind).
    """

    id: int
    file: str
    sender_kind: str
    sender: str
    area_code: str
    area_name: str
    received_on: date
    rows_read: int
    candidates: int
    unreadable: int
    other_rows: int
    problems: int
    accepted: int
    to_check: int
    refused: int
    unscreened: int
    replaced: int
    forgotten: int
    in_force: bool
    corrects: int | None

    @property
    def empty(self) -> bool:
        """Whether all that it proposed and that stands was blanked since its time was over."""
        return _emptied(self)


@dataclass(frozen=True, slots=True)
class SheetUnderstood:
    """What the reader understood of one sheet: the header's line, each column as (header, meanings), what each row is.

    `header_line` is None where no header was known; `unplaced` are the columns that nobody knows.
    """

    sheet: str
    header_line: int | None
    layout: str
    title: str
    kelurahan: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    unplaced: tuple[str, ...]
    kinds: dict[str, int]
    reading_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListProblem:
    """Something in the file that was not understood, with the sheet and the line where they are known."""

    code: str
    sentence: str
    sheet: str
    line: int | None
    column: str


@dataclass(frozen=True, slots=True)
class ListDetail:
    """One list: its counts, the file it came in, what was understood, its problems, its reasons by number of rows."""

    row: ListRow
    programme_id: int
    programme: str
    sha256: str
    size: int
    received_at: datetime
    received_by: str
    sheets: tuple[SheetUnderstood, ...]
    problems: tuple[ListProblem, ...]
    reasons: dict[str, int]
    screened_on: date | None
    read_again_as: int | None
    corrections: tuple[int, ...]


_COLUMNS: Final = (
    "id", "file", "sender_kind", "sender", "area_code", "area_name", "received_on", "rows_read", "candidates",
    "unreadable", "other_rows", "problems", "replaced", "forgotten", "in_force", "corrects",
)  # fmt: skip
_SORTS: Final = frozenset(ListRow.__dataclass_fields__)


def lists_page(filter: ListFilter, asked: Asked) -> Page[ListRow]:  # noqa: A002 - the house's word
    """Give one page of lists, usually by sender. Two queries. Refused: a sort column that is none of ListRow's."""
    name = asked.sort.removeprefix("-") or "sender"
    if name not in _SORTS:
        raise Refused("urutan_tidak_dikenal", f"Tabel ini tidak dapat diurutkan menurut {name}.")
    found = Q(programme_id=filter.programme_id, in_force=True) & in_areas("area_code", filter.areas)
    found &= words_in("sender", filter.search) | words_in("file", filter.search)
    if filter.sender_kind:
        found &= Q(sender_kind=filter.sender_kind)
    if filter.area:
        found &= in_areas("area_code", (filter.area,))
    if filter.with_problems:
        found &= ~Q(problems=[])
    counts = _verdict_counts(filter.programme_id)
    rows = [_list_row(row, counts) for row in _lists(found)]
    rows.sort(key=lambda row: (getattr(row, name), row.id), reverse=asked.sort.startswith("-"))
    start = (max(1, asked.number) - 1) * asked.size
    shown = rows if asked.size == 0 else rows[start : start + asked.size]
    return Page(tuple(shown), len(rows), asked)


def list_detail(list_id: int, areas: tuple[str, ...]) -> ListDetail | None:
    """Give one list within `areas`, None where there is none. Four queries."""
    one = (
        ProposalList.objects.filter(in_areas("area_code", areas), pk=list_id)
        .select_related("programme", "source__received_by")
        .defer("source__content")
        .annotate(
            newer=F("read_again_as__id"),
            corrected_by=ArrayAgg("corrections__id", filter=Q(corrections__isnull=False), default=Value([])),
        )
        .first()
    )
    if one is None:
        return None
    row = next(iter(_lists(Q(pk=list_id))))
    screening = Screening.objects.filter(programme_id=one.programme_id, current=True).first()
    counts = dict(screening.counts.get("lists", {})) if screening else {}
    return ListDetail(
        row=_list_row(row, counts),
        programme_id=one.programme_id,
        programme=one.programme.name,
        sha256=one.source_id,
        size=one.source.size,
        received_at=one.source.received_at,
        received_by=one.source.received_by.full_name,
        sheets=tuple(_sheet(sheet) for sheet in one.understood),
        problems=tuple(ListProblem(**problem) for problem in one.problems),
        reasons=reason_counts(list_id),
        screened_on=screening.on if screening else None,
        read_again_as=one.newer,
        corrections=tuple(sorted(one.corrected_by)),
    )


def reason_counts(list_id: int) -> dict[str, int]:
    """Give how many rows of a list have each reason, the most frequent first. One query."""
    counts: dict[str, int] = {}
    for reasons in Verdict.objects.filter(screening__current=True, row__list_id=list_id).values_list(
        "reasons", flat=True
    ):
        for code in reasons:
            counts[code] = counts.get(code, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def source_file(list_id: int, areas: tuple[str, ...]) -> tuple[str, bytes] | None:
    """Give name and bytes of the file of a list within `areas`, as it came; None where there is none. One query."""
    found = ProposalList.objects.filter(in_areas("area_code", areas), pk=list_id)
    row = found.values_list("file", "source__content").first()
    return None if row is None else (row[0].rsplit("/", 1)[-1], bytes(row[1]))


def kept_source(sha256: str) -> tuple[str, bytes] | None:
    """Give the name and the bytes of a kept file by its sha256, None where there is none. One query."""
    row = SourceFile.objects.filter(pk=sha256).values_list("name", "content").first()
    return None if row is None else (row[0], bytes(row[1]))


def error_sheet(list_id: int, areas: tuple[str, ...], *, contact: str) -> ErrorSheet | None:
    """Give the sheet that goes back to the sender of a list within `areas`, None where there is none. Three queries.

    It has every candidate and every broken row that stands, with its verdict, why, and what to do; each is marked, so
    that it is known when the sheet comes back corrected. Refused: not screened yet, or all blanked by now.
    """
    one = ProposalList.objects.filter(in_areas("area_code", areas), pk=list_id).select_related("programme").first()
    if one is None:
        return None
    if _emptied(one):
        raise Refused(
            "baris_dikosongkan", "Isi daftar ini sudah dikosongkan karena lewat masa simpan; tidak ada hasil."
        )
    screening = Screening.objects.filter(programme_id=one.programme_id, current=True).first()
    if screening is None or (one.candidates and str(one.id) not in screening.counts.get("lists", {})):
        raise Refused("belum_diperiksa", "Daftar ini belum diperiksa; lembar hasil baru ada setelah pemeriksaan.")
    current = Verdict.objects.filter(row=OuterRef("pk"), screening=screening)
    rows = (
        ProposalRow.objects.filter(speaks(), not_replaced(), list=one, kind__in=("calon", "rusak"))
        .annotate(verdict=Subquery(current.values("verdict")[:1]), reasons=Subquery(current.values("reasons")[:1]))
        .order_by("sheet", "line")
        .values_list("id", "sheet", "line", "name", "nik_given", "kind", "verdict", "reasons", "raw", "fields")
    )
    lines = tuple(_error_line(row) for row in rows)
    heads = {tuple(heads_of(sheet["columns"])) for sheet in one.understood if sheet["columns"]}
    head = heads.pop() if len(heads) == 1 else ()
    widest = max((len(line.cells) for line in lines), default=0)
    return ErrorSheet(
        file=one.file, sender=one.sender, programme=one.programme.name, received_on=one.received_on,
        screened_on=screening.on, contact=contact, head=head + ("",) * (widest - len(head)), lines=lines,
        key=marking_key(),
    )  # fmt: skip


def _emptied(one: ListRow | ProposalList) -> bool:
    return 0 < one.forgotten == one.candidates - one.replaced


def _error_line(row: tuple[Any, ...]) -> ErrorLine:
    row_id, sheet, line, name, nik, kind, verdict, codes, raw, said = row
    if kind == "rusak":
        sentence = f"Baris ini tidak dapat dibaca: {said.get('alasan', '')}."
        broken = Reason("baris_rusak", sentence, "Tulis ulang baris ini.")
        return ErrorLine(row_id, sheet, line, name, nik, "rusak", (broken,), tuple(raw))
    reasons = tuple(Reason(text.code, text.sentence, text.to_do) for text in texts_of(codes or ()))
    return ErrorLine(row_id, sheet, line, name, nik, verdict, reasons, tuple(raw))


def _lists(condition: Q) -> list[tuple[Any, ...]]:
    area = Area.objects.filter(code=OuterRef("area_code")).values("name")[:1]
    named = ProposalList.objects.filter(condition).annotate(area_name=Coalesce(Subquery(area), Value("")))
    return list(named.values_list(*_COLUMNS))


def _verdict_counts(programme_id: int) -> dict[str, dict[str, int]]:
    """The verdicts of each list as the screening in force counted them."""
    counts = Screening.objects.filter(programme_id=programme_id, current=True).values_list("counts", flat=True).first()
    return dict((counts or {}).get("lists", {}))


def _list_row(row: tuple[Any, ...], counts: dict[str, dict[str, int]]) -> ListRow:
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    per = counts.get(str(values["id"]), {})
    accepted, to_check, refused = (per.get(kind, 0) for kind in ("diterima", "perlu_cek", "ditolak"))
    values["problems"] = len(values["problems"])
    waiting = values["candidates"] - values["replaced"] - values["forgotten"]
    unscreened = max(0, waiting - accepted - to_check - refused)
    return ListRow(**values, accepted=accepted, to_check=to_check, refused=refused, unscreened=unscreened)


def _sheet(told: dict[str, Any]) -> SheetUnderstood:
    columns = tuple((column["header"], tuple(column["meanings"])) for column in told["columns"])
    return SheetUnderstood(
        told["sheet"], told["header_line"], told["layout"], told["title"], told["kelurahan"], columns,
        tuple(told["unplaced"]), told["kinds"], told.get("reading"),
    )  # fmt: skip
