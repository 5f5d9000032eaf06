"""A case as the statute sees it: the facts that the law asks for, and its answer as amounts to be paid to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.basics.refusal import Impossible, Refused
from lopo.claims.care import CAPPED, InvoiceLine, aids, has_capped, home_care
from lopo.law import decide
from lopo.law.cases import AccidentFacts, CoverFacts, Injury, JkkAccidentFacts, JkkFacts, JkmFacts, Trip
from lopo.law.cover import PaidMonth, cover_facts
from lopo.law.decision import Answer, Decision, FailedCondition
from lopo.law.heirs import agreed_portions
from lopo.law.whole_cases import LostFunction, WholeAccidentFacts

JKM_PARTS: Final = ("jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman")
DEATH_PARTS: Final = ("jkk_santunan_kematian", "jkk_santunan_berkala", "jkk_biaya_pemakaman")
CARE: Final = "biaya_perawatan"
COST_PARTS: Final = (CARE, "biaya_pengangkutan", "stmb")
ACCIDENT_PARTS: Final = (*COST_PARTS, "cacat_sebagian")
FUNCTION: Final = "cacat_fungsi"
TOTAL_PARTS: Final = (*COST_PARTS, "cacat_total_santunan", "cacat_total_berkala")
DISEASE: Final = "pak_diakui"
SCHOLARSHIP: Final = "beasiswa"
_SHARE: Final = ":waris-"
"""How the components of scholarships begin; they have decisions of their own (see schooling.py)."""
WAITING: Final = frozenset({"jkm_tunggakan_dibayar", "jkk_tunggakan_dibayar", "jkk_sembuh_atau_lancar"})
"""Conditions that only put a payment off: with nothing else against it a case stays open and is not refused."""

WORKER, HEIR, HOSPITAL = "pekerja", "ahli_waris", "rumah_sakit"


@dataclass(frozen=True, slots=True)
class Share:
    """One of several receivers: so many parts of the sum of all parts, paid to a NIK (a guardian's for a minor)."""

    heir_id: int
    nik: str
    to: str
    parts: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of one case that a decision rests on. Money in whole rupiah.

    `granted` is what earlier approved decisions of the case gave, by code of the component; `receiver_nik` is to whom
    an heir's money goes, empty where nobody is chosen; `shares` are the receivers where there are several (then it is
    the first of them); `work_accident` is None until somebody has concluded it.
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
    cause: str = "kecelakaan"
    work_ended_on: date | None = None
    guarantor: str = ""
    total_disability: bool = False
    shares: tuple[Share, ...] = ()
    functions: tuple[LostFunction, ...] = ()


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

    @property
    def disease_reasons(self) -> tuple[FailedCondition, ...]:
        """Why a disease is not recognised as one of work, empty for anything else."""
        return tuple(reason for one in self.members if one.targets[0] == DISEASE for reason in one.reasons)


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
    if case.guarantor == "menunggu" and case.invoices:
        raise Refused(
            "penjamin_lain_belum_menjawab",
            "Kecelakaan lalu lintas dijamin Jasa Raharja lebih dahulu; catat jawabannya sebelum biaya diputus.",
        )
    day = case.event_on
    disease = _disease(case, at_work) if case.cause == "penyakit" else None
    covered_on = day if disease is None else _covered_on(case)
    caused = at_work if disease is None else bool(disease[DISEASE])
    event = JkkFacts(_cover(case, covered_on, on), caused, case.income, case.event_on, case.opened_on)
    whole, parts, facts = _asked(case, event, day)
    decision = decide((whole, *parts), facts.facts, day)
    kind = "jkk_meninggal" if case.died_on is not None else "jkk_kecelakaan"
    members = facts.members if disease is None else (*facts.members, disease)
    return Judged(kind, day, decision, _components(case, decision, parts), members)


def _asked(case: CaseFile, event: JkkFacts, day: date) -> tuple[str, tuple[str, ...], AccidentFacts]:
    """What the law is asked for: the sum, its parts, and the facts with everything that is several added up."""
    died = case.died_on is not None
    costs = bool(case.invoices or case.trips or case.incapacity_days)
    if died and not costs:
        return "jkk_meninggal_total", DEATH_PARTS, AccidentFacts(event.facts(), ())
    accident = JkkAccidentFacts(
        event=event,
        closed_by_doctor=died or case.recovered_on is not None,
        incapacity_days=case.incapacity_days,
        injuries=case.injuries,
        trips=case.trips,
        invoices=tuple(one for line in case.invoices for one in line.care),
    )
    if not has_capped(case.invoices) and not case.total_disability and not case.functions:
        whole, parts = ("jkk_meninggal_total", DEATH_PARTS + COST_PARTS) if died else (
            "jkk_kecelakaan_total", ACCIDENT_PARTS)  # fmt: skip
        return whole, parts, accident.gathered(day)
    everything = WholeAccidentFacts(
        accident, case.total_disability, case.functions, home_care(case.invoices), aids(case.invoices)
    )
    if died:
        return "jkk_meninggal_lengkap", (*DEATH_PARTS, *COST_PARTS, *CAPPED), everything.gathered(day)
    if case.total_disability:
        return "jkk_cacat_total_lengkap", (*TOTAL_PARTS, *CAPPED), everything.gathered(day)
    return "jkk_kecelakaan_lengkap", (*ACCIDENT_PARTS, FUNCTION, *CAPPED), everything.gathered(day)


def _disease(case: CaseFile, at_work: bool) -> Decision:
    """Whether the law takes the disease for one of work: a doctor says so, and in time (PP 44/2015 Pasal 48)."""
    facts: dict[str, Answer | None] = {
        "penyakit_akibat_kerja": at_work,
        "tanggal_diagnosis": case.event_on,
        "tanggal_berhenti_kerja": case.work_ended_on,
        "tanggal_klaim": case.opened_on,
    }
    return decide(DISEASE, facts, case.event_on)


def _covered_on(case: CaseFile) -> date:
    """The day on which the cover is looked at: of a disease that came after the work, the end of the work."""
    facts: dict[str, Answer | None] = {"tanggal_diagnosis": case.event_on, "tanggal_berhenti_kerja": case.work_ended_on}
    found = decide("pak_hari_kepesertaan", facts, case.event_on)["pak_hari_kepesertaan"]
    return found if isinstance(found, date) else case.event_on


def _cover(case: CaseFile, day: date, on: date) -> CoverFacts:
    return cover_facts(day, on, case.paid, case.number_issued_on)


def _components(case: CaseFile, decision: Decision, parts: tuple[str, ...]) -> tuple[Component, ...]:
    found: list[Component] = []
    for part in parts:
        if part == CARE:
            found.extend(_care(case, decision))
        elif decision.amount(part):
            found.extend(_component(case, decision, part, one) for one in _received(case, part, decision.amount(part)))
    known = {component.code for component in found}
    earlier = {code for code in case.granted if not code.startswith(SCHOLARSHIP)}
    if earlier - known or any(component.amount < 0 for component in found):
        raise Refused(
            "keputusan_lama_lebih_besar",
            "Keputusan terdahulu memberi lebih dari yang sekarang berhak; usulkan koreksi dahulu, dengan alasannya.",
        )
    return tuple(component for component in found if component.amount)


def _received(case: CaseFile, part: str, amount: int) -> list[tuple[str, int, str, str]]:
    """Code, amount, payee and receiver of each share: one for the worker or the one heir, else one for each heir."""
    if case.died_on is None:
        return [(part, amount, WORKER, case.person_nik)]
    if not case.shares:
        return [(part, amount, HEIR, case.receiver_nik)]
    by_heir = {str(one.heir_id): one for one in case.shares}
    portions = agreed_portions(part, amount, {heir: one.parts for heir, one in by_heir.items()})
    return [(share_code(part, int(one.receiver)), one.amount, HEIR, by_heir[one.receiver].to) for one in portions]


def share_code(part: str, heir_id: int) -> str:
    """The code of the component that is one heir's share of a part."""
    return f"{part}{_SHARE}{heir_id}"


def share_holder(code: str) -> int | None:
    """The heir whose share a component is, None for what is no share."""
    _part, _mark, heir = code.partition(_SHARE)
    return int(heir) if heir else None


def _care(case: CaseFile, decision: Decision) -> list[Component]:
    """One component for each invoice that belongs; it goes to the hospital, and nothing is cut."""
    if not decision.amount(CARE):
        return []
    mine = [line for line in case.invoices if line.care_amount]
    if sum(line.care_amount for line in mine) != decision.amount(CARE):
        raise Impossible(f"the invoices of case {case.code} do not add up to the care that the law gives")
    return [
        _component(case, decision, CARE, (f"{CARE}:{line.id}", line.care_amount, HOSPITAL, line.provider))
        for line in mine
    ]


def _component(case: CaseFile, decision: Decision, part: str, what: tuple[str, int, str, str]) -> Component:
    code, whole, payee, to = what
    step = decision.step(part)
    return Component(code, step.label, step.source, whole, whole - case.granted.get(code, 0), payee, to)
