"""Prints the member cards of a programme: first cards for all who have none, and a PDF for each batch."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.queries.papers import CardRow, card_rows
from lopo.jobs.papers.cards import BATCH, CardIssue, CardPaper, cards_pdf
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.offices import REPORT_TO, office_of
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


def make_cards(*, by: staff.Officer, on: date, programme_id: int, progress: Progress) -> CardsMade:
    """Write down a first card for each numbered member that has none and keep a PDF of 500 cards for each batch.

    Needs `coverage.handover` in the area of the programme. A batch is 500 cards in the order of their printing, so a
    full batch never changes and is not kept twice; within it cards lie by kelurahan and name. Refused: no programme,
    no member with a number.
    """
    programme = targeting.programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    new = coverage.print_cards(by=by, on=on, programme_id=programme_id)
    rows = card_rows(programme_id, limit=10**9)
    if not rows:
        raise Refused("belum_ada_nomor", "Belum ada peserta yang bernomor, jadi belum ada kartu untuk dicetak.")
    office = office_of(programme.area_code)
    places = {area.code: area.name for area in people.areas("kelurahan")}
    papers: list[uuid.UUID] = []
    for first in range(0, len(rows), BATCH):
        progress(first, len(rows), f"Menyusun kartu {first + 1} dan seterusnya")
        batch = rows[first : first + BATCH]
        content = cards_pdf(_cards(batch, places), _issue(office, batch))
        name = f"{file_name('kartu', programme.code, f'{first // BATCH + 1:03d}')}.pdf"
        paper = Paper("kartu", "targeting.programme", programme_id, name, PDF, content)
        papers.append(keep_once(by=by, on=on, paper=paper))
    progress(len(rows), len(rows), "Selesai")
    return CardsMade(new, len(rows), tuple(papers))


def _cards(batch: tuple[CardRow, ...], places: dict[str, str]) -> list[CardPaper]:
    ordered = sorted(batch, key=lambda row: (row.area_code, row.name, row.kpj))
    return [CardPaper(row.name, row.kpj, places.get(row.area_code, ""), row.edition) for row in ordered]


def _issue(office: Office, batch: tuple[CardRow, ...]) -> CardIssue:
    last = batch[-1]
    printed = max(row.printed_on for row in batch)
    return CardIssue(office, last.programme_name, last.first_month, last.last_month, printed, REPORT_TO)
