"""A kept decision as a paper: its trace turned into lines, its components into amounts, who receives them by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lopo.basics.calendar import date_long
from lopo.basics.money import rupiah
from lopo.claims.judging import HEIR, HOSPITAL, WORKER, share_holder
from lopo.claims.queries import CasePage, ComponentRow, DecisionRow, HeirRow
from lopo.jobs.papers.decisions import DecisionPaper, Line
from lopo.jobs.papers.letters import Benefit, Ground
from lopo.jobs.papers.setting import Office
from lopo.law.decision import FACT

_TITLES = {
    "jkm": "Keputusan Jaminan Kematian",
    "jkk_meninggal": "Keputusan Jaminan Kecelakaan Kerja: kematian",
    "jkk_kecelakaan": "Keputusan Jaminan Kecelakaan Kerja",
    "beasiswa_jkm": "Keputusan beasiswa anak dari Jaminan Kematian",
    "beasiswa_jkk": "Keputusan beasiswa anak dari Jaminan Kecelakaan Kerja",
}

_RELATIONS = {"suami_istri": "suami atau istri"}


def decision_of(case: CasePage, decision: DecisionRow, *, office: Office, dated: date) -> DecisionPaper:
    """The decision as a paper. KeyError for a kind of decision or of payee that is not known."""
    return DecisionPaper(
        office=office,
        dated=dated,
        case_code=case.code,
        title=_TITLES[decision.kind],
        granted=decision.granted,
        member=case.name,
        nik=case.nik,
        kpj=case.kpj or "",
        about=_about(case, decision),
        benefits=benefits_of(decision.components),
        reasons=tuple(Ground(one.sentence, one.article) for one in decision.reasons),
        facts=tuple(Line(one.label, one.text) for one in decision.steps if one.kind == FACT),
        steps=tuple(Line(one.label, one.text, one.source, one.status) for one in decision.steps if one.kind != FACT),
        questions=tuple(
            Line(one["label"], "naskah aturannya belum dibaca", one["source"], one["status"])
            for one in decision.open_questions
        ),
        legal_day=decision.legal_day,
        edition=f"berlaku sejak {date_long(date.fromisoformat(decision.edition))}",
        law_hash=decision.law_hash,
        made_by=decision.made_by,
        made_on=decision.made_on,
        approved_by=decision.approved_by,
        approved_on=decision.approved_on,
    )


def benefits_of(components: Iterable[ComponentRow]) -> tuple[Benefit, ...]:
    """The amounts that are new in a decision, with their articles; MoneyError for what is no whole rupiah."""
    return tuple(Benefit(one.label, rupiah(one.amount), one.article) for one in components)


def payee_name(case: CasePage, component: ComponentRow) -> str:
    """Who receives an amount, by name. KeyError for a payee that is none of worker, heir and hospital."""
    if component.payee == HEIR:
        holder = share_holder(component.code)
        if holder is not None:
            return {heir.id: heir_name(heir) for heir in case.heirs}[holder]
        return {heir.guardian_nik or heir.nik: heir_name(heir) for heir in case.heirs}[component.to]
    return {WORKER: case.name, HOSPITAL: component.to}[component.payee]


def heir_name(heir: HeirRow) -> str:
    """An heir by name and kinship, with the guardian to whom the money goes."""
    said = f"{heir.name} ({_RELATIONS.get(heir.relation, heir.relation.replace('_', ' '))})"
    return f"{said} melalui wali {heir.guardian_name}" if heir.guardian_name else said


def _about(case: CasePage, decision: DecisionRow) -> tuple[Line, ...]:
    lines = [Line("Tanggal kejadian", date_long(case.event_on))]
    if case.died_on:
        lines.append(Line("Tanggal meninggal", date_long(case.died_on)))
    receivers = dict.fromkeys(payee_name(case, component) for component in decision.components)
    if receivers:
        lines.append(Line("Dibayar kepada", "; ".join(receivers)))
    return tuple(lines)
