"""Objections to a decision or about who inherits: written down by one officer, answered once by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.claims.actions.correcting import takes_back
from lopo.claims.actions.working import add_row
from lopo.claims.models import Case, Decision, Dispute, Heir
from lopo.claims.queries.disputes import to_settle
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

_DECIDED: Final = (Case.State.DIKABULKAN, Case.State.DITOLAK)
LAW: Final = "PP 44/2015 Pasal 45"


@dataclass(frozen=True, slots=True)
class DisputeGiven:
    """What is disputed, by whom, in whose words; with an heir only this one's share, the others are paid."""

    about: str
    said_by: str
    text: str
    heir_id: int | None = None


def raise_dispute(*, by: Officer, on: date, case_id: int, dispute: DisputeGiven) -> int:
    """Write an objection down; needs `case.report` in the area. While heirs are disputed, nothing is proposed.

    Refused: an unknown matter, no words, a decision that was not made yet, a case that was closed.
    """
    if dispute.about not in Dispute.About.values:
        raise Refused("sengketa_tidak_dikenal", "Pilih apa yang diperselisihkan.")
    if not dispute.text.strip() or not dispute.said_by.strip():
        raise Refused("sengketa_kosong", "Tulis siapa yang berkeberatan dan apa yang keliru menurutnya.")
    with transaction.atomic():
        case = _case(by, on, case_id, "case.report")
        if dispute.about != Dispute.About.WARIS and case.state not in _DECIDED:
            raise Refused(
                "belum_diputus", "Kasus ini belum diputus; keberatan atas keputusan menunggu keputusannya.", LAW
            )
        if case.state == Case.State.DITUTUP:
            raise Refused("kasus_selesai", f"Kasus ini sudah {case.get_state_display()}.")
        if dispute.heir_id is not None:
            _check_share(case, dispute.about, dispute.heir_id)
        row = Dispute(
            case=case, about=dispute.about, heir_id=dispute.heir_id, said_by=dispute.said_by.strip()[:200],
            text=dispute.text.strip()[:1000], made_by=by, made_on=on,
        )  # fmt: skip
        return add_row(by, on, row, "raise_dispute")


def _check_share(case: Case, about: str, heir_id: int) -> None:
    """Refuse an objection to a share that there is not: of another case, not decided yet, or about something else."""
    if about != Dispute.About.WARIS or case.state != Case.State.DIKABULKAN:
        raise Refused("bagian_belum_diputus", "Bagian satu ahli waris baru dapat diperselisihkan setelah dikabulkan.")
    if not Heir.objects.filter(pk=heir_id, case=case, receives=True).exists():
        raise Refused("bagian_tidak_ada", "Orang ini tidak menerima bagian pada kasus ini; pilih salah satu penerima.")


def answer_dispute(*, by: Officer, on: date, dispute_id: int, upheld: bool, answer: str) -> None:
    """Answer an objection; needs `decision.approve`. Upheld, a refused case opens again for a second decision.

    The first decision stays as it was frozen; what the second one grants more is paid as the difference. Upheld about
    who inherits, what was granted to them is held until it is settled (`settle_share`, or a correction). Refused:
    answered already, no words, or by who wrote it down or proposed the decision.
    """
    if not answer.strip():
        raise Refused("jawaban_kosong", "Tulis jawabannya; yang berkeberatan membaca kalimat ini.")
    with transaction.atomic():
        dispute = Dispute.objects.filter(pk=dispute_id).first()
        if dispute is None:
            raise Refused("sengketa_tidak_ada", "Keberatan ini tidak ada.")
        case = _case(by, on, dispute.case_id, "decision.approve")
        last = Decision.objects.filter(case=case, state=Decision.State.DISETUJUI).order_by("-number").first()
        if by.id == dispute.made_by_id or (last is not None and last.made_by_id == by.id):
            raise Refused(
                "sengketa_sendiri", "Yang mencatat keberatan atau mengusulkan keputusannya tidak menjawabnya."
            )
        state = Dispute.State.DIBENARKAN if upheld else Dispute.State.TIDAK_DIBENARKAN
        changed = Dispute.objects.filter(pk=dispute_id, state=Dispute.State.DIAJUKAN).update(
            state=state, answer=answer.strip()[:1000], answered_by=by, answered_on=on
        )
        if not changed:
            raise Refused("sengketa_sudah_dijawab", "Keberatan ini sudah dijawab.")
        if upheld and case.state == Case.State.DITOLAK:
            again = Case.State.LENGKAP if case.complete_on is not None else Case.State.DIBUKA
            Case.objects.filter(pk=case.pk, state=Case.State.DITOLAK).update(state=again)
        if upheld and case.state != Case.State.DIKABULKAN:
            _nothing_held(dispute_id, by, on)
        after = {"dispute": dispute_id, "upheld": upheld}
        record(by=by, on=on, deed=Deed("answer_dispute", "claims.case", case.pk, after=after))


def _nothing_held(dispute_id: int, by: Officer, on: date) -> None:
    """Before a case is granted nothing is held: the heirs are put right, then it is decided."""
    Dispute.objects.filter(pk=dispute_id, about=Dispute.About.WARIS).update(
        settled_on=on, settled_by=by, settled_how="Dijawab sebelum kasus dikabulkan."
    )


def settle_share(*, by: Officer, on: date, dispute_id: int, how: str) -> None:
    """Let held money go to whom it was granted, after an objection was found right; needs `decision.approve`.

    `how` names the paper: that the heirs agreed after all, or what the court said. Refused: nothing to settle, no
    paper, by who wrote the objection down, or while the heirs were divided anew and the correction is still missing.
    """
    if not how.strip():
        raise Refused("penyelesaian_kosong", "Tulis surat yang menyelesaikannya: nomor, tanggal, dan dari siapa.")
    with transaction.atomic():
        dispute = Dispute.objects.filter(pk=dispute_id).first()
        if dispute is None:
            raise Refused("sengketa_tidak_ada", "Keberatan ini tidak ada.")
        case = _case(by, on, dispute.case_id, "decision.approve")
        if by.id == dispute.made_by_id:
            raise Refused(
                "sengketa_sendiri", "Yang mencatat keberatan atau mengusulkan keputusannya tidak menjawabnya."
            )
        if case.state == Case.State.DIKABULKAN and takes_back(case.pk, on):
            raise Refused(
                "koreksi_dahulu", "Bagiannya sudah dibagi ulang; usulkan koreksi, lalu keputusan untuk selebihnya."
            )
        settled = to_settle(case.pk).filter(pk=dispute_id)
        if not settled.update(settled_on=on, settled_by=by, settled_how=how.strip()[:300]):
            raise Refused("tidak_ada_yang_ditahan", "Tidak ada lagi yang ditahan oleh keberatan ini; muat ulang.")
        after = {"dispute": dispute_id, "how": how.strip()[:300]}
        record(by=by, on=on, deed=Deed("settle_share", "claims.case", case.pk, after=after))


def reopen_case(*, by: Officer, on: date, case_id: int, why: str) -> None:
    """Open a case again that was closed without a decision; needs `case.work` and a reason.

    Refused: a case that is not closed, or another case of the same event that stands meanwhile.
    """
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa kasus ini dibuka lagi.")
    with transaction.atomic():
        case = _case(by, on, case_id, "case.work")
        if case.state != Case.State.DITUTUP:
            raise Refused("kasus_tidak_ditutup", "Hanya kasus yang ditutup tanpa keputusan yang dapat dibuka lagi.")
        others = Case.objects.filter(person=case.person).exclude(state=Case.State.DITUTUP)
        same = others.filter(kind=case.kind, event_on=case.event_on).exists()
        if same or (case.died_on is not None and others.filter(died_on__isnull=False).exists()):
            raise Refused("kasus_bertabrakan", "Sudah ada kasus lain untuk kejadian yang sama.")
        state = Case.State.LENGKAP if case.complete_on is not None else Case.State.DIBUKA
        Case.objects.filter(pk=case.pk, state=Case.State.DITUTUP).update(state=state)
        record(by=by, on=on, deed=Deed("reopen_case", "claims.case", case.pk, after={"why": why.strip()}))


def _case(by: Officer, on: date, case_id: int, permission: str) -> Case:
    case = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk=case_id).first()
    if case is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    staff.require(by, permission, on=on, area_code=case.person.area_code)
    return case
