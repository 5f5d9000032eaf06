"""Scholarships as the law sees them: each child in each school year, then what the programme pays for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import Month
from lopo.claims.judging import HEIR, SCHOLARSHIP, WORKER, CaseFile, Component, Judged
from lopo.law import decide
from lopo.law.cases import CoverFacts, JkkFacts, JkmFacts
from lopo.law.cover import cover_facts
from lopo.law.decision import Answer, Decision
from lopo.law.whole_cases import Child, children

TOTAL: Final = "jkk_beasiswa_cacat_total"
TARGETS: Final = {"JKM": "jkm_beasiswa", "JKK": "jkk_beasiswa_kematian"}
"""What a death gives; total permanent disability by an accident gives `TOTAL`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One school year of one child for which a scholarship is asked."""

    id: int
    child_id: int
    place: int
    born: date
    year: int
    level: str
    married: bool
    works: bool
    nik: str = ""


def judge_schooling(case: CaseFile, asked: Sequence[Asked], on: date) -> Judged:
    """Ask the law about the school years that were not granted yet, by the law of the day of the event."""
    day = (case.died_on or case.event_on) if case.kind == "JKM" else case.event_on
    used = _used(case, asked)
    new = [one for one in asked if code_of(one) not in case.granted]
    named = [
        Child(one.born, one.married, one.works, one.level, used.get((one.child_id, one.level), 0), one.place)
        for one in new
    ]
    gathered = children(named, on, day)
    target = TARGETS[case.kind] if case.died_on is not None else TOTAL
    decision = decide((target,), _facts(case, day, on) | dict(gathered.facts), day)
    source = decision.step(target).source
    parts = tuple(_component(case, source, one, member) for one, member in zip(new, gathered.members, strict=True))
    granted = decision.amount(target) > 0
    components = tuple(part for part in parts if part.amount) if granted else ()
    return Judged(f"beasiswa_{case.kind.lower()}", day, decision, components, gathered.members)


def code_of(asked: Asked) -> str:
    """The code of the component of one school year."""
    return f"{SCHOLARSHIP}:{asked.id}"


def _used(case: CaseFile, asked: Sequence[Asked]) -> dict[tuple[int, str], int]:
    """How many years of a level each child has had."""
    used: dict[tuple[int, str], int] = {}
    for one in asked:
        if code_of(one) in case.granted:
            used[one.child_id, one.level] = used.get((one.child_id, one.level), 0) + 1
    return used


def _facts(case: CaseFile, day: date, on: date) -> dict[str, Answer]:
    cover: CoverFacts = cover_facts(day, on, case.paid, case.number_issued_on)
    if case.kind == "JKM":
        months = len({one.month for one in case.paid if one.month <= Month.of(day) and one.paid_on <= on})
        return {**JkmFacts(cover, kecelakaan_kerja=False).facts(), "bulan_iuran_dibayar": months}
    at_work = bool(case.work_accident)
    event = JkkFacts(cover, at_work, case.income, case.event_on, case.opened_on).facts()
    if case.died_on is not None:
        return dict(event)
    closed = case.recovered_on is not None
    return {**event, "dinyatakan_selesai": closed, "cacat_total_tetap": case.total_disability}


def _component(case: CaseFile, source: str, one: Asked, member: Decision) -> Component:
    amount = member.amount("beasiswa_anak")
    label = f"Beasiswa anak ke-{one.place}, tahun ajaran {one.year}/{one.year + 1}"
    payee, to = _receiver(case, one)
    return Component(code_of(one), label, source, amount, amount, payee, to)


def _receiver(case: CaseFile, one: Asked) -> tuple[str, str]:
    """The worker who lives; of the dead the child's own share (its guardian's account), else the first receiver."""
    if case.died_on is None:
        return WORKER, case.person_nik
    return HEIR, next((share.to for share in case.shares if share.nik == one.nik), case.receiver_nik)
