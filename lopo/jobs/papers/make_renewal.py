"""Makes the letters of the turn of the year, to one payer or to the workers of an area, and keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import Month
from lopo.basics.page import Asked as Page
from lopo.basics.refusal import Refused
from lopo.financing import queries as money
from lopo.financing.queries.endings import endings
from lopo.financing.queries.price import most_of, own_prices, prices_of
from lopo.financing.queries.successors import successors
from lopo.jobs.papers.keeping import PDF, file_name, keep_once
from lopo.jobs.papers.office_letter import office_letter_pdf
from lopo.jobs.papers.offices import office_of
from lopo.jobs.papers.renewal import Asked, Turn, payer_letter, worker_letters_pdf
from lopo.staff import queries as staff
from lopo.staff.actions import Paper
from lopo.targeting import queries as targeting

Progress = Callable[[int, int, str], None]
BATCH: Final = 500
"""How many letters lie in one PDF."""
_SUBJECT: Final = "targeting.programme"
_YEAR: Final = 11


@dataclass(frozen=True, slots=True)
class LettersMade:
    """How many workers are written to, and the kept PDF of each batch."""

    letters: int
    papers: tuple[uuid.UUID, ...]


def make_payer_letter(*, by: staff.Officer, on: date, programme_id: int, payer_code: str) -> uuid.UUID:
    """Keep the letter that tells one payer whom nobody pays for after the programme, what they cost, what lapses when.

    Needs `decree.draft` in the area of the programme. Refused: no such programme or payer, or nobody falls out.
    """
    turn = _turn(by, on, programme_id)
    area = (turn.programme.area_code,)
    rows = endings(programme_id, on=on, month=turn.month, areas=area)
    if not rows:
        raise Refused("tidak_ada_yang_keluar", "Tidak ada peserta yang keluar; tidak ada yang perlu disurati.")
    payer = next((one for one in money.payers() if one.code == payer_code), None)
    if payer is None:
        raise Refused("pembayar_tidak_ada", "Pembayar ini belum dicatat.")
    offers = successors(programme_id, month=turn.month, areas=area, area_code=turn.programme.area_code)
    offer = next((one for one in offers if one.payer_code == payer_code), None)
    each, months = (offer.each, offer.months) if offer else _price(turn, payer.kind)
    left = max(offer.left - offer.reserved, 0) if offer else 0
    asked = Asked(payer.name, payer.name in turn.payers, each, months, left, _differ(turn, payer.kind, months))
    name = file_name("pergantian", turn.programme.code, payer.code, on.isoformat())
    content = office_letter_pdf(payer_letter(turn, asked, rows))
    return keep_once(by=by, on=on, paper=Paper("surat", _SUBJECT, programme_id, f"{name}.pdf", PDF, content))


def make_worker_letters(
    *, by: staff.Officer, on: date, programme_id: int, area_code: str, progress: Progress
) -> LettersMade:  # fmt: skip
    """Keep the letters to all in the area for whom nobody pays after the programme, by kelurahan and name.

    Needs `decree.draft` in the area of the programme. Refused: nobody falls out there.
    """
    turn = _turn(by, on, programme_id)
    area = area_code or turn.programme.area_code
    wanted = money.FallingFilter((turn.programme.area_code,), programme_id, turn.month, area=area)
    rows = money.falling_page(wanted, Page(size=0, sort="area_code"), on=on).rows
    if not rows:
        raise Refused("tidak_ada_yang_keluar", "Tidak ada peserta yang keluar; tidak ada yang perlu disurati.")
    prices = own_prices(turn.programme.monthly_income, turn.month, turn.month.plus(_YEAR))
    papers = []
    for first in range(0, len(rows), BATCH):
        progress(first, len(rows), f"Menulis surat {first + 1} dan seterusnya")
        content = worker_letters_pdf(turn, rows[first : first + BATCH], prices)
        name = file_name("surat-pekerja", turn.programme.code, area, on.isoformat(), f"{first // BATCH + 1:03d}")
        paper = Paper("surat", _SUBJECT, programme_id, f"{name}.pdf", PDF, content)
        papers.append(keep_once(by=by, on=on, paper=paper))
    progress(len(rows), len(rows), "Selesai")
    return LettersMade(len(rows), tuple(papers))


def _turn(by: staff.Officer, on: date, programme_id: int) -> Turn:
    programme = targeting.programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    staff.require(by, "decree.draft", on=on, area_code=programme.area_code)
    lines = money.budgets(areas=(programme.area_code,), programme_id=programme_id)
    payers = tuple(sorted({one.payer_name for one in lines}))
    return Turn(office_of(programme.area_code), programme, payers, Month.of(programme.last_month).next(), on)


def _differ(turn: Turn, kind: str, months: int) -> bool:
    """Whether the sector of work changes what somebody costs this payer in any of the months."""
    income = turn.programme.monthly_income
    asked = turn.month.through(turn.month.plus(months - 1)) if months else ()
    return any(len(prices_of(income=income, payer_kind=kind, month=month)) > 1 for month in asked)


def _price(turn: Turn, kind: str) -> tuple[int, int]:
    """What one person costs a payer without a programme for the year at the most, and how many months that is."""
    end = Month(turn.month.year, 12)
    income = turn.programme.monthly_income
    each = sum(most_of(income=income, payer_kind=kind, month=month) for month in turn.month.through(end))
    return each, end.minus(turn.month) + 1
