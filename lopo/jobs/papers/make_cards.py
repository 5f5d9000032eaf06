"""Prints the member cards of a programme: first cards for all who have none, and a PDF for each batch."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.queries.papers import CardRow, CardsWanted, card_rows
from lopo.jobs.papers.cards import BATCH, CardIssue, CardPaper, cards_pdf
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.offices import REPORT_TO, office_of, public_address
from lopo.jobs.papers.setting import Office
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class CardsMade:
    """How many cards were printed for the first time, how many there are, and the kept PDF of each batch."""

    new: int
    cards: int
    papers: tuple[uuid.UUID, ...]


def make_cards(*, by: staff.Officer, on: date, programme_id: int, progress: Progress, area_code: str = "") -> CardsMade:
    """Write down a first card for each numbered member that has none and keep a PDF of 500 cards for each batch.

    Needs `coverage.handover` in the area of the programme. For the whole programme a batch is 500 cards in the order of
    their printing, so a full batch never changes and is not kept twice. With an `area_code` (a kecamatan, or those
    invited to an event) only the cards that its members still have to receive are set, each in its latest edition.
    Within a batch cards lie by kelurahan and name. Refused: no programme, no member with a number.
    """
    programme = _programme(programme_id)
    new = coverage.print_cards(by=by, on=on, programme_id=programme_id, area_code=area_code)
    rows = card_rows(CardsWanted(programme_id, area_code, waiting=bool(area_code)), limit=10**9)
    if not rows:
        raise Refused("belum_ada_nomor", "Belum ada peserta yang bernomor, jadi belum ada kartu untuk dicetak.")
    places = {area.code: area.name for area in people.areas("kelurahan")}
    office = office_of(programme.area_code)
    papers: list[uuid.UUID] = []
    for first in range(0, len(rows), BATCH):
        progress(first, len(rows), f"Menyusun kartu {first + 1} dan seterusnya")
        batch = rows[first : first + BATCH]
        part = f"{area_code}-{on.isoformat()}" if area_code else ""
        name = f"{file_name('kartu', programme.code, part, f'{first // BATCH + 1:03d}')}.pdf"
        content = cards_pdf(_cards(batch, places), _issue(office, batch))
        paper = Paper("kartu", "targeting.programme", programme_id, name, PDF, content)
        papers.append(keep_once(by=by, on=on, paper=paper))
    progress(len(rows), len(rows), "Selesai")
    return CardsMade(new, len(rows), tuple(papers))


def make_card_again(*, by: staff.Officer, on: date, programme_id: int, membership_id: int) -> uuid.UUID:
    """Keep the PDF of the latest edition of one member's card; `coverage.replace_card` has written that edition.

    Needs `coverage.handover` where the member lives. Refused: no programme, no card of this member in it.
    """
    programme = _programme(programme_id)
    rows = card_rows(CardsWanted(programme_id, membership_id=membership_id), limit=1)
    if not rows:
        raise Refused("kartu_belum_ada", "Kartu peserta ini belum pernah dicetak.")
    staff.require(by, "coverage.handover", on=on, area_code=rows[0].area_code)
    places = {area.code: area.name for area in people.areas("kelurahan")}
    content = cards_pdf(_cards(rows, places), _issue(office_of(programme.area_code), rows))
    name = f"{file_name('kartu', str(rows[0].card_id), f'cetakan-{rows[0].edition}')}.pdf"
    return keep_once(by=by, on=on, paper=Paper("kartu", "coverage.membership", membership_id, name, PDF, content))


def _programme(programme_id: int) -> targeting.ProgrammeRow:
    programme = targeting.programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return programme


def _cards(batch: tuple[CardRow, ...], places: dict[str, str]) -> list[CardPaper]:
    ordered = sorted(batch, key=lambda row: (row.area_code, row.name, row.kpj))
    return [CardPaper(row.name, row.kpj, places.get(row.area_code, ""), row.edition) for row in ordered]


def _issue(office: Office, batch: tuple[CardRow, ...]) -> CardIssue:
    last = batch[-1]
    printed = max(row.printed_on for row in batch)
    site = public_address()
    return CardIssue(office, last.programme_name, last.first_month, last.last_month, printed, REPORT_TO, address=site)
