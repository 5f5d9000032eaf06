"""A kept decision as a paper: its trace turned into lines, its components into amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lopo.basics.calendar import date_long
from lopo.basics.money import rupiah
from lopo.jobs.papers.decisions import DecisionPaper, Line
from lopo.jobs.papers.letters import Benefit, Ground
from lopo.jobs.papers.setting import Office

_TITLES = {
    "jkm": "Keputusan Jaminan Kematian",
    "jkk_meninggal": "Keputusan Jaminan Kecelakaan Kerja: kematian",
    "jkk_kecelakaan": "Keputusan Jaminan Kecelakaan Kerja",
}
_NO_STEP = "fakta"


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """One decision as it is kept: components and trace are what the claims room stored, amounts in whole rupiah.

    payees gives for each component code who receives it, in words; approved_by is '' while it is only proposed.
    """

    case_code: str
    kind: str
    member: str
    nik: str
    kpj: str
    event_on: date
    died_on: date | None
    granted: bool
    components: Sequence[Mapping[str, Any]]
    payees: Mapping[str, str]
    trace: Mapping[str, Any]
    legal_day: date
    made_by: str
    made_on: date
    approved_by: str
    approved_on: date | None


def decision_of(told: DecisionTold, *, office: Office, dated: date) -> DecisionPaper:
    """The decision as a paper. KeyError for a kind that is not known."""
    trace = told.trace
    edition = trace["edition"]
    return DecisionPaper(
        office=office,
        dated=dated,
        case_code=told.case_code,
        title=_TITLES[told.kind],
        granted=told.granted,
        member=told.member,
        nik=told.nik,
        kpj=told.kpj,
        about=_about(told),
        benefits=benefits_of(told.components),
        reasons=tuple(Ground(one["sentence"], one["article"]) for one in trace["reasons"]),
        facts=tuple(Line(one["label"], one["text"]) for one in trace["steps"] if one["kind"] == _NO_STEP),
        steps=tuple(_step(one) for one in trace["steps"] if one["kind"] != _NO_STEP),
        questions=tuple(_question(one) for one in trace["open_questions"]),
        legal_day=told.legal_day,
        edition=f"edisi {edition['number']}, berlaku sejak {date_long(date.fromisoformat(edition['first']))}",
        law_hash=trace["law_hash"],
        made_by=told.made_by,
        made_on=told.made_on,
        approved_by=told.approved_by,
        approved_on=told.approved_on,
    )


def benefits_of(components: Sequence[Mapping[str, Any]]) -> tuple[Benefit, ...]:
    """The stored components as amounts with their articles."""
    return tuple(Benefit(one["label"], rupiah(one["amount"]), one["article"]) for one in components)


def _about(told: DecisionTold) -> tuple[Line, ...]:
    lines = [Line("Tanggal kejadian", date_long(told.event_on))]
    if told.died_on:
        lines.append(Line("Tanggal meninggal", date_long(told.died_on)))
    receivers = dict.fromkeys(told.payees[one["code"]] for one in told.components)
    if receivers:
        lines.append(Line("Dibayar kepada", "; ".join(receivers)))
    return tuple(lines)


def _step(step: Mapping[str, Any]) -> Line:
    return Line(step["label"], step["text"], step["source"], step["status"])


def _question(question: Mapping[str, Any]) -> Line:
    return Line(question["label"], "naskah aturannya belum dibaca", question["source"], question["status"])
