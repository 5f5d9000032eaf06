"""Makes the papers of a decree from what is stored, and keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.financing.queries.price import price_of
from lopo.jobs.papers.decree import AnnexName, DecreePaper, decree_pdf
from lopo.jobs.papers.decree_sheet import decree_xlsx
from lopo.jobs.papers.keeping import PDF, XLSX, file_name, keep_once
from lopo.jobs.papers.offices import office_of
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class DecreeMade:
    """The kept papers of a decree, and how many names stand in annex I and II."""

    pdf: uuid.UUID
    xlsx: uuid.UUID
    chosen: int
    waiting: int


def make_decree(*, by: staff.Officer, on: date, decree_id: int, progress: Progress) -> DecreeMade:
    """Set the decree as PDF and xlsx and keep both; the same decree made again gives the papers that are there.

    Needs `decree.read` in the area of the programme. Refused: no such decree. A draft prints KONSEP across its pages.
    """
    progress(0, 3, "Membaca nama")
    paper = decree_paper(by=by, on=on, decree_id=decree_id)
    name = file_name("SK", paper.number, "konsep" if paper.draft else "")
    progress(1, 3, f"Menyusun PDF {len(paper.chosen)} nama")
    pdf = keep_once(by=by, on=on, paper=_paper(decree_id, f"{name}.pdf", PDF, decree_pdf(paper)))
    progress(2, 3, "Menyusun lembar kerja")
    xlsx = keep_once(by=by, on=on, paper=_paper(decree_id, f"{name}.xlsx", XLSX, decree_xlsx(paper)))
    progress(3, 3, "Selesai")
    return DecreeMade(pdf, xlsx, len(paper.chosen), len(paper.waiting))


def _paper(decree_id: int, name: str, media_type: str, content: bytes) -> Paper:
    return Paper("keputusan", "targeting.decree", decree_id, name, media_type, content)


def decree_paper(*, by: staff.Officer, on: date, decree_id: int) -> DecreePaper:
    """Everything that the decree said when it was set, from what is stored. Needs `decree.read` there. Five queries.

    Who fell out or moved up since stands where it stood: those changes are told by the page and by a later decree.
    """
    decree = targeting.decree(decree_id)
    programme = targeting.programme_row(decree.programme_id) if decree else None
    if decree is None or programme is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
    staff.require(by, "decree.read", on=on, area_code=programme.area_code)
    names = targeting.annex_page(targeting.AnnexFilter((programme.area_code,), decree_id), Asked(size=0)).rows
    first = Month.of(programme.first_month)
    price = price_of(income=programme.monthly_income, payer_kind="apbd_kota", month=first)
    return DecreePaper(
        office=office_of(programme.area_code),
        number=decree.number,
        title=decree.title,
        dated=decree.dated,
        programme=programme.name,
        first_month=first,
        last_month=Month.of(programme.last_month),
        monthly=rupiah(price.per_person),
        budget=f"Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran {first.year}",
        local_basis=(programme.legal_basis,) if programme.legal_basis else (),
        signer="",
        draft=decree.state != "ditetapkan",
        chosen=tuple(annex_name(row) for row in names if row.waiting_place is None),
        waiting=tuple(annex_name(row) for row in names if row.waiting_place is not None),
        ranking=decree.ranking,
    )


def annex_name(row: targeting.AnnexRow) -> AnnexName:
    """One name of the annex as papers write it."""
    occupation = row.occupation.capitalize() if row.occupation.isupper() else row.occupation  # written in capitals
    address = "/".join(part for part in (row.rt and f"RT {row.rt}", row.rw and f"RW {row.rw}") if part)
    return AnnexName(
        row.name,
        row.nik,
        row.sex,
        row.area_code,
        row.kecamatan,
        row.kelurahan,
        address,
        occupation,
        row.waiting_place,
    )
