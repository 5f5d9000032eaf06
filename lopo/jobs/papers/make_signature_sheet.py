"""Makes the sheets that are signed at a handover: who waits on which page, and the PDF of them."""

from __future__ import annotations

import uuid
from datetime import date
from itertools import groupby

from lopo.basics.refusal import Refused
from lopo.coverage.actions.sheets import make_sheet
from lopo.coverage.queries.sheets import SheetLineRow, sheet_head, sheet_lines
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.offices import office_of
from lopo.jobs.papers.signature_sheet import SignEvent, SignPage, signature_pdf
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.actions import Paper


def make_signature_sheet(*, by: staff.Officer, on: date, handover_id: int) -> uuid.UUID:
    """Put those who wait on pages and keep their PDF; give its id. Refused: as `make_sheet` says."""
    event = sheet_head(handover_id)
    if event is None:
        raise Refused("acara_tidak_ada", "Acara penyerahan ini tidak ada.")
    sheet = make_sheet(by=by, on=on, handover_id=handover_id)
    places = {area.code: area.name for area in people.areas("kelurahan")}
    lines = sheet_lines(sheet, areas=(event.programme_area,))
    pages = [_page(page, tuple(rows), places) for page, rows in groupby(lines, key=lambda one: one.page)]
    told = SignEvent(office_of(event.programme_area), event.programme_name, event.name, event.place, event.on)
    name = f"{file_name('tanda-terima', str(handover_id), str(sheet))}.pdf"
    paper = Paper("tanda_terima", "coverage.handover", handover_id, name, PDF, signature_pdf(pages, told))
    return keep_once(by=by, on=on, paper=paper)


def _page(page: int, rows: tuple[SheetLineRow, ...], places: dict[str, str]) -> SignPage:
    area = rows[0].area_code
    return SignPage(page, places.get(area, area), tuple((one.line, one.name, one.kpj) for one in rows))
