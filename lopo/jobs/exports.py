"""Makes the sheets that go back to those who sent lists, one for each list, and keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lopo.basics.error_sheet import error_sheet_xlsx
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs.papers.keeping import XLSX, file_name, keep_once
from lopo.jobs.papers.offices import office_of
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class SheetsMade:
    """The kept sheet of each list, and the lists that have none yet because they are not screened."""

    papers: tuple[uuid.UUID, ...]
    not_screened: tuple[str, ...]


def make_error_sheets(*, by: staff.Officer, on: date, programme_id: int, progress: Progress) -> SheetsMade:
    """Keep the sheet with verdicts of every list of a programme that the officer may read; the same sheet only once.

    Needs `lists.read`; only lists within the officer's area are made. A list that is not screened yet is named in the
    answer, one whose rows were all blanked is left out, and the others go on. Refused: no such programme, or no area
    in which the officer reads lists.
    """
    programme = targeting.programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    staff.require(by, "lists.read", on=on)
    areas = staff.areas_where(by.id, "lists.read", on=on)
    contact = f"Pertanyaan: {office_of(programme.area_code).unit}."
    lists = targeting.lists_page(targeting.ListFilter(areas, programme_id), Asked(size=0)).rows
    papers: list[uuid.UUID] = []
    not_screened: list[str] = []
    for place, row in enumerate(lists):
        progress(place, len(lists), f"Menulis lembar untuk {row.sender}")
        if row.empty:
            continue
        if row.unscreened:
            not_screened.append(row.file)
            continue
        papers.append(_keep(by, on, row, areas, contact))
    progress(len(lists), len(lists), "Selesai")
    return SheetsMade(tuple(papers), tuple(not_screened))


def _keep(by: staff.Officer, on: date, row: targeting.ListRow, areas: tuple[str, ...], contact: str) -> uuid.UUID:
    sheet = targeting.error_sheet(row.id, areas, contact=contact)
    if sheet is None:
        raise Refused("daftar_tidak_ada", f"Daftar {row.file} sudah tidak ada.")
    name = f"{file_name('hasil', row.sender)}.xlsx"
    paper = Paper("lembar_hasil", "targeting.list", row.id, name, XLSX, error_sheet_xlsx(sheet))
    return keep_once(by=by, on=on, paper=paper)
