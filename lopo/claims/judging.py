"""A case as the statute sees it: the facts that the law asks for, and its answer as amounts to be paid to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.basics.refusal import Impossible, Refused
from lopo.law import decide
from lopo.law.cases import AccidentFacts, CoverFacts, Injury, Invoice, JkkAccidentFacts, JkkFacts, JkmFacts, Trip
from lopo.law.cover import PaidMonth, cover_facts
from lopo.law.decision import Decision, FailedCondition

JKM_PARTS: Final = ("jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman")
DEATH_PARTS: Final = ("jkk_santunan_kematian", "jkk_santunan_berkala", "jkk_biaya_pemakaman")
CARE: Final = "biaya_perawatan"
COST_PARTS: Final = (CARE, "biaya_pengangkutan", "stmb")
ACCIDENT_PARTS: Final = (*COST_PARTS, "cacat_sebagian")
WAITING: Final = frozenset({"jkm_tunggakan_dibayar", "jkk_tunggakan_dibayar", "jkk_sembuh_atau_lancar"})
"""Conditions that only put a payment off: with nothing else against it a case stays open and is not refused."""

WORKER, HEIR, HOSPITAL = "pekerja", "ahli_waris", "rumah_sakit"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One invoice of a hospital in whole rupiah."""

    id: int
    provider: str
    number: str
    issued_on: date
    amount: int
    belongs: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of one case that a decision rests on. Money in whole rupiah.

    `granted` is what earlier approved decisions of the case gave, by code of the component; `receiver_nik` is the heir
    who receives, empty where none is chosen; `work_accident` is None until somebody has concluded it.
    """

    id: int
    code: str
    kind: str
    state: str
    event_on: date
    died_on: date | None
    opened_on: date
    recovered_on: date | None
    work_accident: bool | None
    person_nik: str
    income: int
    number_issued_on: date | None
    paid: tuple[PaidMonth, ...]
    invoices: tuple[InvoiceLine, ...]
    trips: tuple[Trip, ...]
    incapacity_days: int
    injuries: tuple[Injury, ...]
    receiver_nik: str
    granted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Component:
    """One amount of a decision. `code` is unique within the decision; `payee` says who is paid, `to` the NIK or name.

    `whole` is what the law gives, `amount` what is new in this decision (less what was granted before).
    """

    code: str
    label: str
    article: str
    whole: int
    amount: int
    payee: str
    to: str

    def as_json(self) -> dict[str, Any]:
        """The component as it is stored."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law says of a case: the kind of decision, its legal day, the decision with its trace, the amounts.

    `members` are the decisions about each injury, trip and invoice that the facts were added up from.
    """

    kind: str
    legal_day: date
    decision: Decision
    components: tuple[Component, ...]
    members: tuple[Decision, ...] = ()

    @property
    def amount(self) -> int:
        """What this decision pays anew, in rupiah."""
        return sum(component.amount for component in self.components)

    @property
    def final_reasons(self) -> tuple[FailedCondition, ...]:
        """The conditions that stand in the way for good."""
        return tuple(reason for reason in self.decision.reasons if reason.code not in WAITING)


def judge(case: CaseFile, on: date) -> Judged:
    """Ask the law about the case as it is known on the day.

    Refused: an accident of which nobody has concluded whether it came from work.
    """
    if case.kind == "JKM":
        return _judge_jkm(case, on)
    if case.work_accident is None:
        raise Refused(
            "belum_disimpulkan",
            "Belum disimpulkan apakah ini kecelakaan kerja; catat kesimpulannya dulu.",
            "PP 49/2023 Pasal 25A",
        )
    return _judge_jkk(case, case.work_accident, on)


def _judge_jkm(case: CaseFile, on: date) -> Judged:
    day = case.died_on or case.event_on
    facts = JkmFacts(_cover(case, day, on), kecelakaan_kerja=False).facts()
    decision = decide(("jkm_total", *JKM_PARTS), facts, day)
    return Judged("jkm", day, decision, _components(case, decision, JKM_PARTS))


def _judge_jkk(case: CaseFile, at_work: bool, on: date) -> Judged:
    day = case.event_on
    event = JkkFacts(_cover(case, day, on), at_work, case.income, case.event_on, case.opened_on)
    died = case.died_on is not None
    accident = JkkAccidentFacts(
        event=event,
        closed_by_doctor=died or case.recovered_on is not None,
        incapacity_days=case.incapacity_days,
        injuries=case.injuries,
        trips=case.trips,
        invoices=tuple(Invoice(line.amount, line.belongs) for line in case.invoices),
    )
    costs = bool(case.invoices or case.trips or case.incapacity_days)
    parts = (DEATH_PARTS + COST_PARTS if costs else DEATH_PARTS) if died else ACCIDENT_PARTS
    targets = ("jkk_meninggal_total" if died else "jkk_kecelakaan_total", *parts)
    gathered = accident.gathered(day) if costs or not died else AccidentFacts(event.facts(), ())
    decision = decide(targets, gathered.facts, day)
    kind = "jkk_meninggal" if died else "jkk_kecelakaan"
    return Judged(kind, day, decision, _components(case, decision, parts), gathered.members)


def _cover(case: CaseFile, day: date, on: date) -> CoverFacts:
    return cover_facts(day, on, case.paid, case.number_issued_on)


def _components(case: CaseFile, decision: Decision, parts: tuple[str, ...]) -> tuple[Component, ...]:
    found: list[Component] = []
    for part in parts:
        if part == CARE:
            found.extend(_care(case, decision))
        elif decision.amount(part):
            payee, to = _receiver(case)
            found.append(_component(case, decision, part, (part, decision.amount(part), payee, to)))
    known = {component.code for component in found}
    if case.granted.keys() - known or any(component.amount < 0 for component in found):
        raise Refused(
            "keputusan_lama_lebih_besar",
            "Keputusan terdahulu memberi lebih dari yang sekarang berhak; kasus ini harus diperiksa kembali.",
        )
    return tuple(component for component in found if component.amount)


def _receiver(case: CaseFile) -> tuple[str, str]:
    return (HEIR, case.receiver_nik) if case.died_on is not None else (WORKER, case.person_nik)


def _care(case: CaseFile, decision: Decision) -> list[Component]:
    """One component for each invoice that belongs; it goes to the hospital, and nothing is cut."""
    if not decision.amount(CARE):
        return []
    mine = [line for line in case.invoices if line.belongs]
    if sum(line.amount for line in mine) != decision.amount(CARE):
        raise Impossible(f"the invoices of case {case.code} do not add up to the care that the law gives")
    return [
        _component(case, decision, CARE, (f"{CARE}:{line.id}", line.amount, HOSPITAL, line.provider)) for line in mine
    ]


def _component(case: CaseFile, decision: Decision, part: str, what: tuple[str, int, str, str]) -> Component:
    code, whole, payee, to = what
    step = decision.step(part)
    return Component(code, step.label, step.source, whole, whole - case.granted.get(code, 0), payee, to)
