"""Corrections downwards: what earlier decisions gave more than the law gives is taken back by two, never in silence."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from lopo.basics.refusal import Refused
from lopo.claims.actions.deciding import OWED, case_to_decide
from lopo.claims.judging import HEIR, SCHOLARSHIP, CaseFile, Judged, judge, share_holder
from lopo.claims.models import Case, Correction, Decision
from lopo.claims.queries.case_files import case_file
from lopo.claims.queries.disputes import to_settle
from lopo.ledger import actions as ledger
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

State = Correction.State


def propose_correction(*, by: Officer, on: date, case_id: int, why: str) -> uuid.UUID:
    """Ask the law again about a granted case and propose to take back what it no longer gives; needs `decision.make`.

    Only parts that became less are in it; what became more is proposed as a further decision afterwards. Scholarships
    are decided year by year and are not in it. Refused: no reason, a case that is not granted, one whose heirs are
    disputed, a correction that waits already, or nothing that became less.
    """
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis apa yang keliru pada keputusan terdahulu dan dari mana diketahui.")
    with transaction.atomic():
        case = case_to_decide(by, on, case_id)
        if case.state != Case.State.DIKABULKAN:
            raise Refused("belum_dikabulkan", "Hanya kasus yang sudah dikabulkan dapat dikoreksi.")
        judged, components = _asked_again(case_id, on)
        if not components:
            raise Refused("tidak_ada_yang_berkurang", "Menurut hukum tidak ada yang berkurang pada kasus ini.")
        try:
            with transaction.atomic():
                made = Correction.objects.create(
                    case=case, amount=sum(one["less"] for one in components), components=components,
                    trace=judged.decision.as_json(), edition=judged.decision.edition.first.isoformat(),
                    law_hash=judged.decision.law_hash, why=why.strip()[:300], made_by=by, made_on=on,
                )  # fmt: skip
        except IntegrityError as problem:
            raise Refused("koreksi_menunggu", "Koreksi kasus ini sudah diusulkan; tunggu jawabannya.") from problem
        after = {"correction": str(made.id), "amount": made.amount, "why": made.why}
        record(by=by, on=on, deed=Deed("propose_correction", "claims.case", case.pk, after=after))
    return made.id


def takes_back(case_id: int, on: date) -> bool:
    """Say whether the law, asked again about a granted case, gives less than was granted."""
    return bool(_asked_again(case_id, on)[1])


def _asked_again(case_id: int, on: date) -> tuple[Judged, list[dict[str, Any]]]:
    stored = case_file(case_id)
    judged = judge(replace(stored, granted={}), on)
    return judged, _less(stored, {one.code: one.whole for one in judged.components}, _granted(case_id))


def _granted(case_id: int) -> dict[str, Mapping[str, Any]]:
    """The newest granted component of each code: its label, article and payee."""
    rows = Decision.objects.filter(case_id=case_id, state=Decision.State.DISETUJUI, granted=True).order_by("number")
    return {one["code"]: one for components in rows.values_list("components", flat=True) for one in components}


def _less(stored: CaseFile, now: Mapping[str, int], granted: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts that became less, as they are stored."""
    found = []
    for code, before in sorted(stored.granted.items()):
        after = now.get(code, 0)
        if after < before and not code.startswith(SCHOLARSHIP):
            told = {name: granted[code][name] for name in ("code", "label", "article", "payee", "to")}
            found.append(told | {"before": before, "after": after, "less": before - after})
    return found


def approve_correction(*, by: Officer, on: date, correction_id: uuid.UUID) -> None:
    """Approve what another officer proposed to take back; needs `decision.approve`. The debt shrinks in the book.

    What was paid already is a claim on who got it (see `payments/actions/recovering.py`), never taken from another
    benefit. Refused: the own proposal, one that was answered, or a case of which other decisions came meanwhile.
    """
    with transaction.atomic():
        correction = _proposed(by, on, correction_id)
        stands = case_file(correction.case_id).granted
        if any(stands.get(one["code"]) != one["before"] for one in correction.components):
            raise Refused("kasus_berubah", "Keputusan kasus ini berubah sejak koreksi diusulkan; kembalikan usulnya.")
        _answer(correction, State.DISETUJUI, by, on)
        _settle(correction, by, on)
        _book(correction, on)
        after = {"correction": str(correction_id), "amount": correction.amount}
        record(by=by, on=on, deed=Deed("approve_correction", "claims.case", correction.case_id, after=after))


def send_correction_back(*, by: Officer, on: date, correction_id: uuid.UUID, why: str) -> None:
    """Send a proposed correction back with a reason; needs `decision.approve`. What was granted stands."""
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa koreksi ini dikembalikan.")
    with transaction.atomic():
        correction = _proposed(by, on, correction_id)
        _answer(correction, State.DIKEMBALIKAN, by, on)
        after = {"correction": str(correction_id), "why": why.strip()}
        record(by=by, on=on, deed=Deed("send_correction_back", "claims.case", correction.case_id, after=after))


def _proposed(by: Officer, on: date, correction_id: uuid.UUID) -> Correction:
    correction = Correction.objects.select_related("case__person").filter(pk=correction_id).first()
    if correction is None:
        raise Refused("koreksi_tidak_ada", "Koreksi ini tidak ada.")
    staff.require(by, "decision.approve", on=on, area_code=correction.case.person.area_code)
    Case.objects.select_for_update().get(pk=correction.case_id)
    if correction.made_by_id == by.id:
        raise Refused("usul_sendiri", "Yang mengusulkan tidak boleh menyetujui usulnya sendiri.")
    return correction


def _answer(correction: Correction, state: str, by: Officer, on: date) -> None:
    changed = Correction.objects.filter(pk=correction.pk, state=State.USUL).update(
        state=state, approved_by=by, approved_on=on
    )
    if not changed:
        raise Refused("sudah_diputus", "Koreksi ini sudah dijawab oleh orang lain.")


def _settle(correction: Correction, by: Officer, on: date) -> None:
    """The shares that it makes smaller are settled: what remains of them is held no longer."""
    holders = {share_holder(one["code"]) for one in correction.components if one["payee"] == HEIR}
    of_these = Q() if None in holders else Q(heir_id__in=holders) | Q(heir__isnull=True)
    if holders:
        to_settle(correction.case_id).filter(of_these).update(
            settled_on=on, settled_by=by, settled_how=f"Koreksi: {correction.why}"[:300]
        )


def _book(correction: Correction, on: date) -> None:
    """What is owed to family, worker or hospital becomes less, and so does the cost."""
    programme = correction.case.kind.lower()
    cost = f"manfaat:{programme}"
    ledger.open_accounts({cost: f"Manfaat {programme.upper()}", OWED: "Utang manfaat BPJS Ketenagakerjaan"})
    sides = (ledger.debit(OWED, correction.amount), ledger.credit(cost, correction.amount))
    memo = f"Koreksi {correction.case.code}"
    ledger.post([ledger.Posting(correction.id, on, memo, f"correction:{correction.id}", sides)])
