"""Takes in a sheet of results that came back: new versions of the rows that were corrected; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from lopo.basics.refusal import Refused
from lopo.people.loading import copy_in, storable
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.lists import ROW_COLUMNS, keep_file, one_at_a_time, problems_kept, row_values
from lopo.targeting.batch.lists import Column, ParsedList, ParsedSheet
from lopo.targeting.batch.returned import Judged, OldRow, ReturnedSheet, judge, marks_of
from lopo.targeting.heads import marking_key, meanings_by_place
from lopo.targeting.models import ProposalList, ProposalRow

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A sheet of results that came back: for which programme, its name, its bytes and their sha256, its table."""

    programme_id: int
    file: str
    content: bytes
    sha256: str
    table: ReturnedSheet


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of it: the list of corrections, how many rows it replaced, how many stay, how many were refused."""

    list_id: int
    corrects: int
    new: bool
    corrected: int
    unchanged: int
    refused: int
    problems: int


def receive_corrections(*, by: Officer, on: date, returned: ReturnedFile) -> Corrected:
    """Keep the corrected rows as new versions of the old ones; needs `lists.receive` in the sender's area.

    The old rows stay as they came. The same file again changes nothing. Refused: marks that are not ours, a list that
    is no longer in force or of another programme, and a sheet in which no row was corrected (with what was wrong).
    """
    ids = marks_of(returned.table, marking_key())
    first = ProposalRow.objects.filter(pk__in=ids[:1]).select_related("list").first()
    if first is None:
        sentence = f"{returned.file}: tidak ada tanda baris dari kantor ini; unduh lembar hasil yang baru."
        raise Refused("tanda_tidak_dikenal", sentence)
    require(by, "lists.receive", on=on, area_code=first.list.area_code)
    if first.list.programme_id != returned.programme_id:
        raise Refused("program_lain", f"{returned.file} adalah lembar hasil dari program lain.")
    with transaction.atomic():
        one_at_a_time(returned.programme_id, f"koreksi:{first.list_id}")
        known = ProposalList.objects.filter(
            programme_id=returned.programme_id, source_id=returned.sha256, in_force=True
        ).first()
        if known is not None:
            return _told(known, new=False)
        original = ProposalList.objects.select_for_update(of=("self",)).get(pk=first.list_id)
        if not original.in_force:
            sentence = f"Daftar {original.file} sudah dibaca ulang; unduh lembar hasil yang baru."
            raise Refused("daftar_sudah_diganti", sentence)
        old = _old_rows(original)
        judged = judge(returned.table, marking_key(), old, _columns(original))
        if not judged.replaces:
            raise Refused("tidak_ada_perbaikan", _nothing(returned.file, judged))
        keep_file(by, returned.file, returned.content)
        made = _make(on, original, returned, judged)
        _store(made, judged, old)
        _count_replaced(original, judged)
        done = _told(made, new=True)
        record(by=by, on=on, deed=Deed("receive_corrections", "targeting.list", made.id, after=asdict(done)))
    return done


def _old_rows(original: ProposalList) -> dict[int, OldRow]:
    newer = ProposalRow.objects.filter(replaces=OuterRef("pk"))
    rows = ProposalRow.objects.filter(list=original, kind__in=("calon", "rusak")).annotate(replaced=Exists(newer))
    told = rows.order_by("id").values_list("id", "list_id", "sheet", "line", "raw", "fields", "replaced")
    return {row[0]: OldRow(*row[:4], tuple(row[4]), row[5], row[6]) for row in told}


def _columns(original: ProposalList) -> dict[str, tuple[Column, ...]]:
    """The columns of each sheet of a list; a list of corrections has those of the sheets it corrects."""
    return {
        sheet["sheet"]: tuple(Column(*column) for column in meanings_by_place(sheet["columns"]))
        for sheet in original.understood
    }


def _nothing(file: str, judged: Judged) -> str:
    told = " ".join(problem.sentence for problem in judged.problems[:_NAMED])
    return f"{file}: tidak ada sel yang diperbaiki. {told}".strip()


def _make(on: date, original: ProposalList, returned: ReturnedFile, judged: Judged) -> ProposalList:
    counts = _kinds(judged)
    candidates, unreadable = counts.get("calon", 0), counts.get("rusak", 0)
    parsed = ParsedList(returned.file, returned.sha256, problems=judged.problems)
    understood = {
        "sheet": storable(returned.table.sheet.sheet, 100), "layout": "lembar hasil", "title": "", "kelurahan": "",
        "header_line": returned.table.sheet.lines[returned.table.head], "columns": [], "unplaced": [], "kinds": counts,
    }  # fmt: skip
    originals = [sheet | {"kinds": {}} for sheet in original.understood if sheet["columns"]]
    return ProposalList.objects.create(
        programme_id=original.programme_id,
        source_id=returned.sha256,
        file=storable(returned.file, 300),
        sender_kind=original.sender_kind,
        sender=original.sender,
        area_code=original.area_code,
        received_on=on,
        understood=[understood, *originals],
        problems=problems_kept(parsed),
        rows_read=len(judged.rows),
        candidates=candidates,
        unreadable=unreadable,
        other_rows=len(judged.rows) - candidates - unreadable,
        corrects=original,
    )


def _kinds(judged: Judged) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in judged.rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return counts


def _store(made: ProposalList, judged: Judged, old: Mapping[int, OldRow]) -> None:
    """Copy every line of the sheet in; a corrected one points to the row it replaces and keeps that row's sheet."""
    parsed = ParsedList(
        made.file, made.source_id, (ParsedSheet(made.understood[0]["sheet"], None, (), judged.rows),)
    )  # fmt: skip
    copy_in("targeting_proposalrow", (*ROW_COLUMNS, "replaces_id"), _versions(made.id, parsed, judged, old))


def _versions(
    list_id: int, parsed: ParsedList, judged: Judged, old: Mapping[int, OldRow]
) -> Iterator[tuple[object, ...]]:
    for value, row in zip(row_values(list_id, parsed), judged.rows, strict=True):
        before = judged.replaces.get(row.line)
        sheet = value[1] if before is None else old[before].sheet
        yield (value[0], sheet, *value[2:], before)


def _count_replaced(original: ProposalList, judged: Judged) -> None:
    old = ProposalRow.objects.filter(pk__in=judged.replaces.values())
    candidates = old.filter(kind="calon").count()
    ProposalList.objects.filter(pk=original.pk).update(
        replaced=F("replaced") + candidates,
        replaced_unreadable=F("replaced_unreadable") + len(judged.replaces) - candidates,
    )


def _told(made: ProposalList, *, new: bool) -> Corrected:
    kinds = made.understood[0]["kinds"]
    return Corrected(
        made.id, made.corrects_id or 0, new, made.candidates + made.unreadable, kinds.get("tetap", 0),
        kinds.get("ditolak", 0) + kinds.get("tambahan", 0), len(made.problems),
    )  # fmt: skip
