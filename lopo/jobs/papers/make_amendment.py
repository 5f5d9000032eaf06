"""Makes the papers of an amendment from what is stored, and keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs.papers.amendment import AmendmentPaper, Change, amendment_pdf, amendment_xlsx
from lopo.jobs.papers.decree import AnnexName
from lopo.jobs.papers.keeping import PDF, XLSX, file_name, keep_once
from lopo.jobs.papers.make_decree import annex_name
from lopo.jobs.papers.offices import office_of
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting
from lopo.targeting.queries.amendments import AmendmentRow, ChangeRow, amendment, changes, enrolled_after

Progress = Callable[[int, int, str], None]
SUBJECT = "targeting.amendment"


@dataclass(frozen=True, slots=True)
class AmendmentMade:
    """The kept papers of an amendment, and how many leave and enter."""

    pdf: uuid.UUID
    xlsx: uuid.UUID
    leaving: int
    entering: int


def make_amendment(*, by: staff.Officer, on: date, amendment_id: int, progress: Progress) -> AmendmentMade:
    """Set the amendment as PDF and xlsx and keep both; made again it gives the papers that are there.

    Needs `decree.read` in the area of the programme. Refused: no such amendment. A draft prints KONSEP.
    """
    progress(0, 3, "Membaca nama")
    found = amendment(amendment_id)
    if found is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
    staff.require(by, "decree.read", on=on, area_code=found.area_code)
    paper = amendment_paper(found)
    name = file_name("SK-perubahan", paper.number, "konsep" if paper.draft else "")
    progress(1, 3, "Menyusun PDF")
    pdf = keep_once(by=by, on=on, paper=_paper(amendment_id, f"{name}.pdf", PDF, amendment_pdf(paper)))
    progress(2, 3, "Menyusun lembar kerja")
    xlsx = keep_once(by=by, on=on, paper=_paper(amendment_id, f"{name}.xlsx", XLSX, amendment_xlsx(paper)))
    progress(3, 3, "Selesai")
    return AmendmentMade(pdf, xlsx, len(paper.changes), paper.entering)


def _paper(amendment_id: int, name: str, media_type: str, content: bytes) -> Paper:
    return Paper("keputusan", SUBJECT, amendment_id, name, media_type, content)


def amendment_paper(found: AmendmentRow) -> AmendmentPaper:
    """Everything that the amendment says, from what is stored. Six queries."""
    decree = targeting.decree(found.decree_id)
    programme = targeting.programme_row(found.programme_id)
    if decree is None or programme is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
    return AmendmentPaper(
        office=office_of(found.area_code),
        number=found.number,
        title=found.title,
        dated=found.dated,
        of_number=decree.number,
        of_dated=decree.dated,
        of_title=decree.title,
        from_month=Month.of(found.from_month),
        annex_hash=found.annex_hash,
        local_basis=(programme.legal_basis,) if programme.legal_basis else (),
        draft=found.state != "ditetapkan",
        changes=tuple(_change(one) for one in changes(found.id)),
        whole=_whole(found),
    )


def _whole(found: AmendmentRow) -> tuple[AnnexName, ...]:
    """The list as it is right after this amendment, whatever later ones changed."""
    kept = enrolled_after(found.id)
    names = targeting.annex_page(targeting.AnnexFilter((found.area_code,), found.decree_id), Asked(size=0)).rows
    return tuple(annex_name(row) for row in names if row.id in kept)


def _change(row: ChangeRow) -> Change:
    return Change(
        row.name, row.nik, row.kelurahan, row.reason, row.gone_on, row.entrant, row.entrant_nik, row.entrant_kelurahan
    )
