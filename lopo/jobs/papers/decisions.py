"""The decision on one case: facts, steps with their articles, the amounts, who made and who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import date_long
from lopo.jobs.papers.letters import Benefit, Ground, benefits_data, grounds_data
from lopo.jobs.papers.setting import Office, masked_nik, set_pdf


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of the decision: what it is, its value, its source, and how sure the source is.

    status is `read`, `reported` or `assumed` as the law room says it, '' where it does not apply.
    """

    label: str
    text: str
    source: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """All that the decision says. `about` are the lines on the case and the person; questions are still open.

    approved_by is '' while it is only proposed; edition says since when the law stands as it was applied.
    """

    office: Office
    dated: date
    case_code: str
    title: str
    granted: bool
    member: str
    nik: str
    kpj: str
    about: tuple[Line, ...]
    benefits: tuple[Benefit, ...]
    reasons: tuple[Ground, ...]
    facts: tuple[Line, ...]
    steps: tuple[Line, ...]
    questions: tuple[Line, ...]
    legal_day: date
    edition: str
    law_hash: str
    made_by: str
    made_on: date
    approved_by: str = ""
    approved_on: date | None = None


_STATUS = {"": "", "read": "", "reported": "dilaporkan", "assumed": "anggapan"}


def decision_pdf(paper: DecisionPaper) -> bytes:
    """The decision as PDF on A4; NIK masked. KeyError for a status that the law room does not know."""
    data = {
        "office": paper.office.data(),
        "dated": date_long(paper.dated),
        "case_code": paper.case_code,
        "title": paper.title,
        "granted": paper.granted,
        "about": [
            ["Peserta", paper.member],
            ["NIK", masked_nik(paper.nik)],
            ["Nomor peserta (KPJ)", paper.kpj],
            *([line.label, line.text] for line in paper.about),
        ],
        **benefits_data(paper.benefits),
        "reasons": grounds_data(paper.reasons),
        "facts": [[line.label, line.text] for line in paper.facts],
        "steps": [_line(line) for line in paper.steps],
        "questions": [_line(line) for line in paper.questions],
        "legal_day": date_long(paper.legal_day),
        "edition": paper.edition,
        "law_hash": paper.law_hash,
        "signatures": _signatures(paper),
    }
    return set_pdf("decision", data, on=paper.dated, tagged=True)


def _line(line: Line) -> list[str]:
    return [line.label, line.text, line.source, _STATUS[line.status]]


def _signatures(paper: DecisionPaper) -> list[list[str]]:
    approved = date_long(paper.approved_on) if paper.approved_on else ""
    return [
        ["Diusulkan oleh", paper.made_by, date_long(paper.made_on)],
        ["Disetujui oleh", paper.approved_by or "(belum disetujui)", approved],
    ]
