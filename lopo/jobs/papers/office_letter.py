"""A plain letter of the office, as PDF: the call to a sender, and the answer to an appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import date_long
from lopo.jobs.papers.setting import Office, set_pdf


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """All that the letter says: sentences before and after, facts as pairs, reasons with their article, what to do."""

    office: Office
    number: str
    dated: date
    to_name: str
    to_address: str
    about: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    reasons_heading: str = "Alasannya"
    reasons: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


def office_letter_pdf(paper: OfficeLetter) -> bytes:
    """The letter as PDF on A4, with its structure for screen readers and the place for an electronic signature."""
    data = {
        "office": paper.office.data(),
        "number": paper.number,
        "dated": f"{paper.office.place}, {date_long(paper.dated)}",
        "to_name": paper.to_name,
        "to_address": paper.to_address,
        "about": paper.about,
        "opening": list(paper.opening),
        "facts": [list(one) for one in paper.facts],
        "reasons_heading": paper.reasons_heading,
        "reasons": [list(one) for one in paper.reasons],
        "steps": list(paper.steps),
        "closing": list(paper.closing),
        "signer_title": f"Kepala {paper.office.unit}",
    }
    return set_pdf("office_letter", data, on=paper.dated, tagged=True)
