"""Member cards of 85.6 x 54 mm, ten on an A4 page with cut marks, each with its QR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from lopo.basics.calendar import Month, date_text
from lopo.jobs.papers.card_code import card_text, qr_path
from lopo.jobs.papers.setting import Office, set_pdf, set_picture

CARDS_A_PAGE = 10
BATCH = 500
"""Cards in one file: a hundred pages with their backs; the typesetter's memory grows with the pages of one file."""


@dataclass(frozen=True, slots=True)
class CardPaper:
    """One card: whose it is. kelurahan helps to hand it out; edition is 2 and more for a card printed again."""

    name: str
    kpj: str
    kelurahan: str
    edition: int = 1


@dataclass(frozen=True, slots=True)
class CardIssue:
    """What all cards of one printing say: the programme, its months, the day, where to report an accident.

    `address` is the public address of the office; with it the QR opens the member's own page.
    """

    office: Office
    programme: str
    first_month: Month
    last_month: Month
    printed_on: date
    report_to: str
    backs: bool = True
    address: str = ""


def cards_pdf(cards: Sequence[CardPaper], issue: CardIssue) -> bytes:
    """The cards as PDF: ten fronts on a page, then (with `backs`) their backs, mirrored for printing on both sides.

    Refused for a KPJ that is not eleven digits. 500 cards take about a second.
    """
    return set_pdf("cards", _data(cards, issue), on=issue.printed_on)


def cards_picture(cards: Sequence[CardPaper], issue: CardIssue, *, ppi: int = 150) -> bytes:
    """The first page (at most ten fronts) as PNG, to look at before printing."""
    return set_picture("cards", _data(cards[:CARDS_A_PAGE], issue), on=issue.printed_on, ppi=ppi)


def _data(cards: Sequence[CardPaper], issue: CardIssue) -> dict[str, Any]:
    return {
        "office": issue.office.data(),
        "programme": issue.programme,
        "months": months_text(issue.first_month, issue.last_month),
        "printed": date_text(issue.printed_on),
        "report_to": issue.report_to,
        "backs": issue.backs,
        "cards": [_card(card, issue.address) for card in cards],
    }


def batches(cards: Sequence[CardPaper], size: int = BATCH) -> Iterator[tuple[CardPaper, ...]]:
    """The cards in parts of at most so many, in their order."""
    rest = iter(cards)
    while part := tuple(islice(rest, size)):
        yield part


def months_text(first: Month, last: Month) -> str:
    """`Juli-Desember 2025`, `Juli 2025-Juni 2026`, `Juli 2025`."""
    if first == last:
        return first.text()
    begin = first.text().split()[0] if first.year == last.year else first.text()
    return f"{begin} – {last.text()}"


def _card(card: CardPaper, address: str) -> dict[str, Any]:
    size, path = qr_path(card_text(card.kpj, address))
    return {
        "name": card.name,
        "kpj": f"{card.kpj[:4]} {card.kpj[4:8]} {card.kpj[8:]}",
        "kelurahan": card.kelurahan,
        "edition": card.edition,
        "size": size,
        "path": path,
    }
