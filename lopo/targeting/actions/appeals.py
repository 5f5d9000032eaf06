"""Enters an appeal against a refusal, takes it back, and decides it by another officer; the row is judged again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.law.deadlines import appeal_answer_due, appeal_due
from lopo.people.actions import Settled, ensure_persons
from lopo.staff.actions import Deed, Paper, keep_paper, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.rejudging import owner_of, recount
from lopo.targeting.actions.striking import Struck, struck_from
from lopo.targeting.grounds import RESTS_ON
from lopo.targeting.models import Appeal, ProposalRow, Screening, Verdict

_LONGEST: Final = 1000
_NEVER: Final = ("tidak_ditemukan", "ganda_dalam_daftar", "ganda_antar_daftar", "entri_register_ragu")
"""Reasons about who the person is: the desk for the doubtful settles them, or the other row speaks."""
_CONTENT: Final = """
SELECT targeting_content(r.id, r.fields, l.area_code) FROM targeting_proposalrow r
  JOIN targeting_proposallist l ON l.id = r.list_id WHERE r.id = %s
"""


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """An appeal as it is entered: the row, whose side, who asks, why, and a file (name, type, bytes)."""

    row_id: int
    side: str
    asked_by: str
    ground: str
    file: tuple[str, str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided: upheld for `reasons` (all that were appealed if empty) or not, the answer, what next."""

    upheld: bool
    answer: str
    next_step: str = ""
    reasons: tuple[str, ...] = ()
    decile: int | None = None


def appealable(reasons: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Give the reasons that an appeal can settle: those that rest on a register, none about who the person is."""
    return tuple(code for code in reasons if RESTS_ON[code] and code not in _NEVER)


def enter_appeal(*, by: Officer, on: date, appeal: NewAppeal) -> int:
    """Enter an appeal of the sender or of the person; needs `lists.receive` where the row is. Gives the id.

    It is to be decided within the working days of UU 30/2014; one that comes late is taken and says so. Refused: a row
    that is not refused, reasons that no appeal can settle, no ground, or one that waits already.
    """
    row = ProposalRow.objects.filter(pk=appeal.row_id).select_related("list").first()
    verdict = Verdict.objects.filter(row_id=appeal.row_id, screening__current=True).select_related("screening").first()
    if row is None or verdict is None:
        raise Refused("belum_diperiksa", "Baris ini belum diperiksa.")
    area = verdict.area_code or row.list.area_code
    require(by, "lists.receive", on=on, area_code=area)
    reasons = appealable(verdict.reasons)
    _check(appeal, verdict, reasons)
    with connection.cursor() as cursor:
        cursor.execute(_CONTENT, [row.id])
        content = str((cursor.fetchone() or ("",))[0])
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                row=row, screening=verdict.screening, content=content, area_code=area, reasons=list(reasons),
                side=appeal.side, asked_by=appeal.asked_by.strip()[:200], ground=appeal.ground.strip()[:_LONGEST],
                paper_id=_keep(by, on, appeal), refused_by_id=verdict.screening.made_by_id,
                refused_on=verdict.screening.on, made_by=by, made_on=on,
                in_time=on <= appeal_due(verdict.screening.on).due, due_on=appeal_answer_due(on).due,
            )  # fmt: skip
            after = {"appeal": made.id, "reasons": list(reasons), "due": str(made.due_on)}
            record(by=by, on=on, deed=Deed("enter_appeal", "targeting.row", row.id, after=after))
    except IntegrityError as error:
        raise Refused("keberatan_sudah_ada", "Keberatan atas baris ini sudah ada dan menunggu putusan.") from error
    return made.id


def withdraw_appeal(*, by: Officer, on: date, appeal_id: int) -> None:
    """Take an appeal back that is not decided; needs `lists.receive` where the row is."""
    found = _appeal(appeal_id)
    require(by, "lists.receive", on=on, area_code=found.area_code)
    with transaction.atomic():
        if not Appeal.objects.filter(pk=appeal_id, state=Appeal.State.DIAJUKAN).update(state=Appeal.State.DICABUT):
            raise Refused("keberatan_sudah_diputus", "Keberatan ini sudah diputus atau dicabut; muat ulang halaman.")
        record(by=by, on=on, deed=Deed("withdraw_appeal", "targeting.row", found.row_id, after={"appeal": appeal_id}))


def decide_appeal(*, by: Officer, on: date, appeal_id: int, ruling: Ruling) -> str:
    """Decide an appeal; needs `doubt.check` where the row is. Gives the verdict on the row after it.

    Upheld, the reasons are struck and the row is judged again with the decision as ground; later screenings hold to it.
    Refused: by who entered it or ran the screening that refused, no answer, a refusal without what to do next, reasons
    that were not appealed, a decile that nobody says, or already decided.
    """
    found = _appeal(appeal_id)
    require(by, "doubt.check", on=on, area_code=found.area_code)
    if by.id in (found.made_by_id, found.refused_by_id):
        raise Refused(
            "keberatan_orang_lain", "Keberatan diputus petugas lain, bukan yang menolak atau yang mencatatnya."
        )
    struck = _check_ruling(found, ruling)
    with transaction.atomic():
        screening = Screening.objects.select_for_update().get(programme_id=found.screening.programme_id, current=True)
        state = Appeal.State.DIKABULKAN if ruling.upheld else Appeal.State.DITOLAK
        changed = Appeal.objects.filter(pk=appeal_id, state=Appeal.State.DIAJUKAN).update(
            state=state, decided_by=by, decided_on=on, answer=ruling.answer.strip()[:_LONGEST],
            next_step=ruling.next_step.strip()[:500], reasons=struck if ruling.upheld else found.reasons,
            decile=ruling.decile if ruling.upheld else None,
        )  # fmt: skip
        if not changed:
            raise Refused("keberatan_sudah_diputus", "Keberatan ini sudah diputus atau dicabut; muat ulang halaman.")
        before, after = _judge_again(found, screening, Struck(frozenset(struck), ruling.decile, found.id), ruling)
        told = {"appeal": appeal_id, "state": str(state), **after}
        send = {"letter": {"to": found.side, "appeal": appeal_id}}
        deed = Deed("decide_appeal", "targeting.row", found.row_id, before=before, after=told, send=send)
        record(by=by, on=on, deed=deed)
    return str(after["verdict"])


def _check(appeal: NewAppeal, verdict: Verdict, reasons: tuple[str, ...]) -> None:
    if verdict.verdict != Verdict.Kind.DITOLAK:
        raise Refused("tidak_ditolak", "Hanya baris yang ditolak dapat dikeberatkan.")
    if not reasons:
        raise Refused(
            "alasan_bukan_keberatan",
            "Alasan penolakan ini tidak diputus lewat keberatan; perbaiki baris di lembar hasil atau di meja ragu.",
        )
    if appeal.side not in Appeal.Side.values:
        raise Refused("pihak_tidak_dikenal", "Pilih siapa yang berkeberatan: pengirim atau orangnya sendiri.")
    if not appeal.ground.strip() or not appeal.asked_by.strip():
        raise Refused("keberatan_kosong", "Tulis siapa yang berkeberatan dan mengapa.")


def _check_ruling(found: Appeal, ruling: Ruling) -> list[str]:
    """Give the reasons to be struck, in the order of the appeal."""
    if not ruling.answer.strip():
        raise Refused("jawaban_kosong", "Tulis alasan putusan; pengirim dan orangnya membacanya.")
    if not ruling.upheld:
        if not ruling.next_step.strip():
            raise Refused("langkah_kosong", "Tulis apa yang dapat dilakukan orangnya sesudah ini.")
        return list(found.reasons)
    wanted = set(ruling.reasons or found.reasons)
    if not wanted <= set(found.reasons):
        raise Refused("alasan_di_luar_keberatan", "Putusan hanya tentang alasan yang dikeberatkan.")
    if "desil_tidak_diketahui" in wanted and ruling.decile is None:
        raise Refused("desil_kosong", "Tulis desil keluarga menurut jawaban DTSEN.")
    if ruling.decile is not None and not 1 <= ruling.decile <= 10:
        raise Refused("desil_salah", "Desil antara 1 dan 10.")
    return [code for code in found.reasons if code in wanted]


def _judge_again(
    found: Appeal, screening: Screening, struck: Struck, ruling: Ruling
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the verdict before and after; after a refusal both are the same."""
    now = Verdict.objects.filter(screening=screening, row_id=found.row_id).select_related("row").first()
    if now is None:
        raise Refused("pemeriksaan_berubah", "Baris ini tidak ada lagi dalam pemeriksaan yang berlaku.")
    before = {"verdict": now.verdict, "reasons": list(now.reasons), "area": now.area_code}
    if not ruling.upheld:
        return before, before
    if now.person_id is None:
        now.person_id = _person(now)
    accepted = Verdict.objects.filter(screening=screening, person_id=now.person_id or 0, verdict=Verdict.Kind.DITERIMA)
    others = accepted.exclude(pk=now.pk).values_list("person_id", flat=True)
    said = struck_from(now, struck, [one for one in others if one is not None])
    Verdict.objects.filter(pk=now.pk).update(**said, person_id=now.person_id)
    after = {"verdict": said["verdict"], "reasons": said["reasons"], "area": now.area_code}
    recount(screening, now.row.list_id, before, after)
    return before, after


def _person(verdict: Verdict) -> int | None:
    """Give the person by the NIK that the screening settled, from the population register; None where it has none."""
    if not verdict.nik_matched:
        return None
    ensure_persons([Settled(verdict.nik_matched, "", "")])
    return owner_of(verdict.nik_matched)


def _keep(by: Officer, on: date, appeal: NewAppeal) -> uuid.UUID | None:
    if appeal.file is None:
        return None
    name, media_type, content = appeal.file
    return keep_paper(by=by, on=on, paper=Paper("keberatan", "targeting.row", appeal.row_id, name, media_type, content))


def _appeal(appeal_id: int) -> Appeal:
    found = Appeal.objects.filter(pk=appeal_id).select_related("screening").first()
    if found is None:
        raise Refused("keberatan_tidak_ada", "Keberatan ini tidak ada.")
    return found
