"""Reads how sheets of a sender are remembered, the top of kept sheets, and what corrections changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from lopo.people.paging import in_areas
from lopo.targeting.batch.headers import SEARCHED_ROWS, Remembered
from lopo.targeting.heads import heads_of
from lopo.targeting.models import ProposalList, ProposalRow, SheetReading, Verdict
from lopo.targeting.reasons import ReasonText, texts_of

_SHOWN: Final = SEARCHED_ROWS + 20
_MOST_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list with the bytes it came in, to be read again."""

    programme_id: int
    file: str
    content: bytes
    sender_kind: str
    sender: str


@dataclass(frozen=True, slots=True)
class SheetTop:
    """The first lines of a kept sheet as (number, cells), and the reading by which it was read, if any."""

    sheet: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    header_line: int | None
    columns: tuple[tuple[int, tuple[str, ...]], ...]
    reading_id: int | None
    skipped: bool


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One corrected row: which cells changed from what to what, and its verdict before and now ('' none)."""

    row_id: int
    old_id: int
    sheet: str
    line: int
    name: str
    cells: tuple[tuple[str, str, str], ...]
    before: str
    before_reasons: tuple[ReasonText, ...]
    now: str
    now_reasons: tuple[ReasonText, ...]


def readings_of(sender_kind: str, sender: str) -> dict[str, Remembered]:
    """Give what is remembered of a sender's sheets, by what recognises them. One query."""
    rows = SheetReading.objects.filter(sender_kind=sender_kind, sender=sender, current=True)
    return {
        fingerprint: Remembered(number, tuple((at, tuple(said)) for at, said in columns), skipped)
        for number, fingerprint, columns, skipped in rows.values_list("id", "fingerprint", "columns_read", "skipped")
    }


def kept_list(list_id: int) -> KeptList | None:
    """Give a list with its bytes, None where there is none. One query."""
    row = ProposalList.objects.filter(pk=list_id).values_list(
        "programme_id", "file", "source__content", "sender_kind", "sender"
    )
    found = row.first()
    return None if found is None else KeptList(found[0], found[1], bytes(found[2]), found[3], found[4])


def programme_of_list(list_id: int) -> int | None:
    """Give the programme of a list, None where there is none. One query."""
    found: int | None = ProposalList.objects.filter(pk=list_id).values_list("programme_id", flat=True).first()
    return found


def sheet_tops(list_id: int, areas: tuple[str, ...]) -> tuple[SheetTop, ...] | None:
    """Give the first lines of each sheet of a list within `areas`, None where there is none. Two queries."""
    one = ProposalList.objects.filter(in_areas("area_code", areas), pk=list_id).values_list("understood").first()
    if one is None:
        return None
    rows = ProposalRow.objects.filter(list_id=list_id, line__lte=_SHOWN).order_by("sheet", "line")
    tops: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for sheet, line, cells in rows.values_list("sheet", "line", "raw"):
        tops.setdefault(sheet, []).append((line, tuple(cells)))
    return tuple(_top(told, tuple(tops.get(told["sheet"], ()))) for told in one[0])


def _top(told: dict[str, Any], lines: tuple[tuple[int, tuple[str, ...]], ...]) -> SheetTop:
    columns = tuple(
        (int(column.get("position", at)), tuple(column["meanings"])) for at, column in enumerate(told["columns"])
    )
    skipped = told["layout"] == "dilewati"
    return SheetTop(told["sheet"], lines, told["header_line"], columns, told.get("reading"), skipped)


def changed_rows(list_id: int, areas: tuple[str, ...]) -> tuple[ChangedRow, ...]:
    """Give what a list of corrections within `areas` changed, row by row (at most 500). Two queries.

    The verdict before is the last one on the old row, the one now is of the screening in force.
    """
    before = Verdict.objects.filter(row=OuterRef("replaces_id")).order_by("-screening_id")
    now = Verdict.objects.filter(row=OuterRef("pk"), screening__current=True)
    rows = (
        ProposalRow.objects.filter(in_areas("list__area_code", areas), list_id=list_id, replaces__isnull=False)
        .annotate(
            was=Subquery(before.values("verdict")[:1]), why_was=Subquery(before.values("reasons")[:1]),
            is_now=Subquery(now.values("verdict")[:1]), why_now=Subquery(now.values("reasons")[:1]),
        )
        .order_by("line")
        .values_list(
            "id", "replaces_id", "sheet", "line", "name", "raw", "replaces__raw", "was", "why_was", "is_now", "why_now"
        )[:_MOST_SHOWN]
    )  # fmt: skip
    understood = ProposalList.objects.filter(pk=list_id).values_list("understood", flat=True).first() or []
    heads = {sheet["sheet"]: heads_of(sheet["columns"]) for sheet in understood if sheet["columns"]}
    return tuple(
        ChangedRow(
            *row[:5], _differences(heads.get(row[2], []), row[6], row[5]), row[7] or "", texts_of(row[8] or ()),
            row[9] or "", texts_of(row[10] or ()),
        )
        for row in rows
    )  # fmt: skip


def _differences(heads: list[str], old: list[str], new: list[str]) -> tuple[tuple[str, str, str], ...]:
    width = max(len(old), len(new))
    pairs = [(old[at] if at < len(old) else "", new[at] if at < len(new) else "") for at in range(width)]
    return tuple(
        (heads[at] if at < len(heads) else "", was, said) for at, (was, said) in enumerate(pairs) if was != said
    )
