"""Decisions: proposed by BPJS with the law's answer, approved or sent back by another person, frozen from then on."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from lopo.basics.refusal import Refused
from lopo.claims.judging import DISEASE, HEIR, CaseFile, Judged, judge
from lopo.claims.models import Case, Decision, Dispute, Paper
from lopo.claims.queries.case_files import case_file
from lopo.claims.queries.flags import signs_of, similar_cases
from lopo.ledger import actions as ledger
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

OWED: Final = "utang_manfaat:bpjs"
_EARLIER: Final = (Case.State.DIBUKA, Case.State.LENGKAP, Case.State.DIKABULKAN)
DISPUTED: Final = Q(about=Dispute.About.WARIS, heir__isnull=True, state=Dispute.State.DIAJUKAN)
"""It is disputed who inherits at all; a dispute about one share does not stop a decision."""
_OF_A_MEMBER: Final = ("targets", "values", "facts", "steps", "reasons")
"""What is kept of the decision about an injury, a trip or an invoice."""
_LEDGER: Final = uuid.UUID("6f1d2f0e-6c1b-5c57-9d0e-0a7b6a5d4c31")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A decision that waits for approval: what it grants in rupiah, or why nothing."""

    decision_id: uuid.UUID
    number: int
    kind: str
    granted: bool
    amount: int
    reasons: tuple[str, ...]


def propose_decision(*, by: Officer, on: date, case_id: int) -> Proposed:
    """Ask the law about a case and propose what it says; needs `decision.make`.

    Facts, steps, reasons, edition and hash of the law are kept with it. After an approved decision only what has come
    due since is proposed. Refused: papers missing, no receiver, an accident not yet concluded, nothing to decide on,
    or only arrears in the way (the case then stays open until they are paid).
    """
    with transaction.atomic():
        case = case_to_decide(by, on, case_id)
        stored = case_file(case_id)
        judged = judge(stored, on)
        if judged.amount > 0:
            missing = Paper.objects.filter(case=case, received_on__isnull=True).order_by("id")
            check_grant(case, list(missing.values_list("label", flat=True)), stored, judged)
        else:
            check_refusal(stored, judged)
        return store_proposal(by, on, case, (stored, judged))


def store_proposal(by: Officer, on: date, case: Case, what: tuple[CaseFile, Judged]) -> Proposed:
    """Freeze what the law said of a locked case as a proposal, in the caller's transaction."""
    stored, judged = what
    granted = judged.amount > 0
    number = Decision.objects.filter(case=case, state=Decision.State.DISETUJUI).count() + 1
    decision = Decision.objects.create(**columns_of(stored, judged, on), number=number, made_by=by)
    changed = Case.objects.filter(pk=case.pk, state=case.state).update(state=Case.State.DIUSULKAN)
    if not changed:
        raise Refused("kasus_berubah", "Kasus ini baru saja diubah orang lain; muat ulang halaman.")
    after = {"decision": str(decision.id), "granted": granted, "amount": judged.amount}
    record(by=by, on=on, deed=Deed("propose_decision", "claims.case", case.pk, after=after))
    reasons = tuple(reason.code for reason in judged.decision.reasons)
    return Proposed(decision.id, decision.number, judged.kind, granted, judged.amount, reasons)


def case_to_decide(by: Officer, on: date, case_id: int) -> Case:
    """Lock a case that may be decided on. Refused: unknown, elsewhere, proposed already, ended, its heirs disputed."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, "decision.make", on=on, area_code=case.person.area_code)
    check_open(case, disputed=Dispute.objects.filter(DISPUTED, case=case).exists())
    return case


def check_open(case: Case, *, disputed: bool) -> None:
    """Refuse a case that is proposed already, has ended, or of which it is disputed who inherits."""
    if case.state == Case.State.DIUSULKAN:
        raise Refused("sudah_diusulkan", "Usul keputusan untuk kasus ini sudah ada dan menunggu persetujuan.")
    if case.state not in _EARLIER:
        raise Refused("kasus_selesai", f"Kasus ini sudah {case.get_state_display()}.")
    if disputed:
        raise Refused("waris_disengketakan", "Ahli waris kasus ini masih diperselisihkan; jawab keberatannya dahulu.")


def check_grant(case: Case, missing: Sequence[str], stored: CaseFile, judged: Judged) -> None:
    """Refuse to grant while papers are missing or an heir's money has no receiver."""
    if missing:
        article = "PP 44/2015 Pasal 40 ayat (3)" if case.kind == Case.Kind.JKM else "PP 44/2015 Pasal 44 ayat (5)"
        raise Refused("berkas_belum_lengkap", f"Berkas belum lengkap: {', '.join(missing)}.", article)
    if not stored.receiver_nik and any(component.payee == HEIR for component in judged.components):
        raise Refused("penerima_belum_ada", "Belum ada penerima di antara ahli waris; tentukan penerimanya dulu.")


def check_refusal(stored: CaseFile, judged: Judged) -> None:
    """Refuse to refuse: where earlier decisions granted, nothing is known yet, or only arrears stand in the way."""
    if stored.granted:
        raise Refused("tidak_ada_tambahan", "Tidak ada yang bertambah sejak keputusan sebelumnya.")
    if not judged.decision.reasons:
        raise Refused("belum_ada_yang_diganti", "Belum ada biaya, hari tidak bekerja, atau cacat yang dicatat.")
    if not judged.final_reasons:
        waits = judged.decision.reasons[0]
        raise Refused("menunggu_tunggakan", waits.sentence, waits.article)


def columns_of(stored: CaseFile, judged: Judged, on: date) -> dict[str, Any]:
    """Give what is frozen of an answer of the law: all but its number and who made it."""
    trace: dict[str, Any] = judged.decision.as_json()
    members = [one.trace_json() for one in judged.members]
    trace["members"] = [{name: one[name] for name in _OF_A_MEMBER} for one in members]
    trace["open_questions"] = _each_once(question for one in (trace, *members) for question in one["open_questions"])
    trace["basis"] = {
        "judged_on": on.isoformat(),
        "number_issued_on": stored.number_issued_on.isoformat() if stored.number_issued_on else None,
        "paid": [{"month": str(one.month), "paid_on": one.paid_on.isoformat()} for one in stored.paid],
        "invoices_left_out": [
            {"provider": line.provider, "number": line.number, "amount": line.amount, "why_not": line.why_not}
            for line in stored.invoices
            if not line.belongs
        ],
    }
    return {
        "case_id": stored.id,
        "kind": judged.kind,
        "granted": judged.amount > 0,
        "amount": judged.amount,
        "components": [component.as_json() for component in judged.components],
        "legal_day": judged.legal_day,
        "facts": trace["facts"],
        "trace": trace,
        "reasons": [*_disease_reasons(members), *trace["reasons"]],
        "edition": judged.decision.edition.first.isoformat(),
        "law_hash": judged.decision.law_hash,
        "made_on": on,
    }


def _disease_reasons(members: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Why a disease is none of work: told before the reasons of the case, which only say that it is none."""
    return [reason for one in members if one["targets"][:1] == [DISEASE] for reason in one["reasons"]]


def _each_once(questions: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return list({(one["name"], one["source"]): one for one in questions}.values())


def approve_decision(
    *, by: Officer, on: date, decision_id: uuid.UUID, seen: Collection[int] = (), found: str = ""
) -> None:
    """Approve what another person proposed; needs `decision.approve`. What is granted is owed from that moment on.

    `seen` are the similar cases (same person, same time) at which the approver has looked, `found` is what the look at
    the signs of the case showed: a sign takes no right away, yet nobody passes it by unread. Refused: the own proposal,
    one that is approved or sent back already, a similar case or a sign that was not looked at.
    """
    with transaction.atomic():
        decision = _proposed(by, on, decision_id)
        signs = _check_looks(decision, seen, found) if decision.granted else ()
        _move(decision, Decision.State.DISETUJUI, by, on)
        before = Decision.objects.filter(case_id=decision.case_id, state=Decision.State.DISETUJUI, granted=True)
        state = Case.State.DIKABULKAN if before.exists() else Case.State.DITOLAK
        Case.objects.filter(pk=decision.case_id, state=Case.State.DIUSULKAN).update(state=state)
        if decision.granted:
            book_debts([decision], on)
        looked: dict[str, Any] = {"similar": sorted(seen)} if seen else {}
        looked |= {"signs": list(signs), "found": found.strip()} if signs else {}
        record(by=by, on=on, deed=approval(decision, looked))


def approval(decision: Decision, looked: Mapping[str, Any]) -> Deed:
    """Give the deed of an approval, with the letter that tells the family; `looked` says how it was checked."""
    after = {"decision": str(decision.id), "granted": decision.granted, "amount": decision.amount, **looked}
    template = "keputusan_kabul" if decision.granted else "keputusan_tolak"
    letters = [{"template": template, "case": decision.case_id, "decision": str(decision.id)}]
    return Deed("approve_decision", "claims.case", decision.case_id, after=after, send={"letters": letters})


def _check_looks(decision: Decision, seen: Collection[int], found: str) -> tuple[str, ...]:
    """Refuse what was not looked at, and give the codes of the signs that were."""
    similar = similar_cases(decision.case_id)
    if {one.case_id for one in similar} - set(seen):
        codes = ", ".join(one.code for one in similar)
        raise Refused("kasus_serupa", f"Ada kasus serupa: {codes}. Lihat dahulu, lalu nyatakan sudah diperiksa.")
    signs = tuple(one.code for one in signs_of(decision.case_id))
    if signs and not found.strip():
        raise Refused(
            "tanda_belum_dilihat", "Kasus ini bertanda. Lihat dahulu, lalu tulis hasilnya; hak tidak berkurang."
        )
    return signs


def send_back(*, by: Officer, on: date, decision_id: uuid.UUID, why: str) -> None:
    """Send a proposal back with a reason; needs `decision.approve`. The case is open again, the proposal is kept."""
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa usul ini dikembalikan.")
    with transaction.atomic():
        decision = _proposed(by, on, decision_id)
        _move(decision, Decision.State.DIKEMBALIKAN, by, on)
        Case.objects.filter(pk=decision.case_id, state=Case.State.DIUSULKAN).update(state=_state_before(decision))
        after = {"decision": str(decision_id), "why": why}
        record(by=by, on=on, deed=Deed("send_back", "claims.case", decision.case_id, after=after))


def _state_before(decision: Decision) -> str:
    granted = Decision.objects.filter(case=decision.case_id, state=Decision.State.DISETUJUI, granted=True)
    if granted.exists():
        return Case.State.DIKABULKAN
    return Case.State.LENGKAP if decision.case.complete_on is not None else Case.State.DIBUKA


def _proposed(by: Officer, on: date, decision_id: uuid.UUID) -> Decision:
    rows = Decision.objects.select_related("case__person", "made_by")
    decision = rows.filter(pk=decision_id).first()
    if decision is None:
        raise Refused("keputusan_tidak_ada", "Usul keputusan ini tidak ada.")
    staff.require(by, "decision.approve", on=on, area_code=decision.case.person.area_code)
    if decision.made_by_id == by.id:
        raise Refused("usul_sendiri", "Yang mengusulkan tidak boleh menyetujui usulnya sendiri.")
    return decision


def _move(decision: Decision, state: Decision.State, by: Officer, on: date) -> None:
    """Compare and set: of two approvers at once one wins, the other is told."""
    try:
        changed = Decision.objects.filter(pk=decision.pk, state=Decision.State.USUL).update(
            state=state, approved_by=by, approved_on=on
        )
    except IntegrityError as problem:
        raise Refused("usul_sendiri", "Yang mengusulkan tidak boleh menyetujui usulnya sendiri.") from problem
    if not changed:
        raise Refused("sudah_diputus", "Usul keputusan ini sudah diputus oleh orang lain.")


def book_debts(decisions: Iterable[Decision], on: date) -> None:
    """The approved amounts become debts to the families, the workers and the hospitals; cases are read with them."""
    approved = list(decisions)
    names = {f"manfaat:{one}": f"Manfaat {one.upper()}" for one in sorted({_programme(each) for each in approved})}
    ledger.open_accounts({**names, OWED: "Utang manfaat BPJS Ketenagakerjaan"})
    ledger.post([_debt(one, on) for one in approved])


def _programme(decision: Decision) -> str:
    return "jkm" if decision.kind in ("jkm", "beasiswa_jkm") else "jkk"


def _debt(decision: Decision, on: date) -> ledger.Posting:
    cost = f"manfaat:{_programme(decision)}"
    return ledger.Posting(
        id=uuid.uuid5(_LEDGER, str(decision.id)),
        on=on,
        memo=f"Keputusan {decision.case.code} nomor {decision.number}",
        reference=f"decision:{decision.id}",
        sides=(ledger.debit(cost, decision.amount), ledger.credit(OWED, decision.amount)),
    )
