"""Closes a programme before its time: proposed by one officer with a reason, approved by another, or taken back."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import areas_where, require, within
from lopo.targeting.models import Closing, Programme

_SUBJECT: Final = "targeting.programme"
_SHORTEST: Final = 5
_LONGEST: Final = 200


def propose_closing(*, by: Officer, on: date, programme_id: int, reason: str) -> int:
    """Propose that a programme ends now, and give the id of the proposal; needs `decree.draft` there.

    Refused: no reason, a programme that does not run, or one whose closing is proposed already.
    """
    if not (why := _said(reason)):
        raise Refused("alasan_kosong", "Tulis mengapa program ini ditutup.")
    with transaction.atomic():
        now = _running(programme_id)
        require(by, "decree.draft", on=on, area_code=now.area_code)
        if Closing.objects.filter(programme=now, state=Closing.State.DIUSULKAN).exists():
            raise Refused("penutupan_sudah_diusulkan", "Penutupan program ini sudah diusulkan; muat ulang halaman.")
        made = Closing.objects.create(programme=now, reason=why, proposed_by=by, proposed_on=on)
        record(by=by, on=on, deed=Deed("propose_closing", _SUBJECT, now.id, after={"reason": why}))
    return made.id


def approve_closing(*, by: Officer, on: date, programme_id: int) -> None:
    """Close a programme as proposed: no bill is made any more. Needs `decree.approve` there, and another officer.

    Bills that stand remain to be paid. Refused: nothing is proposed, the proposer himself, or it does not run.
    """
    with transaction.atomic():
        now = _running(programme_id)
        require(by, "decree.approve", on=on, area_code=now.area_code)
        proposed = _proposed(now)
        if proposed.proposed_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang mengusulkan penutupan tidak dapat menyetujuinya.")
        _end(proposed, by, on, Closing.State.DISETUJUI)
        closed = {"state": Programme.State.DITUTUP, "closed_on": on, "closed_why": proposed.reason}
        Programme.objects.filter(pk=now.pk).update(**closed)
        record(by=by, on=on, deed=Deed("close_programme", _SUBJECT, now.id, after={"reason": proposed.reason}))


def withdraw_closing(*, by: Officer, on: date, programme_id: int, reason: str) -> None:
    """Take a proposed closing back, so that the programme goes on; needs `decree.draft` or `decree.approve` there.

    Refused: no reason, or nothing is proposed.
    """
    if not (why := _said(reason)):
        raise Refused("alasan_kosong", "Tulis mengapa program ini tidak jadi ditutup.")
    with transaction.atomic():
        now = _running(programme_id)
        allowed = {area for what in ("decree.draft", "decree.approve") for area in areas_where(by.id, what, on=on)}
        if not within(now.area_code, tuple(allowed)):
            require(by, "decree.draft", on=on, area_code=now.area_code)
        _end(_proposed(now), by, on, Closing.State.DITARIK, why)
        record(by=by, on=on, deed=Deed("withdraw_closing", _SUBJECT, now.id, after={"reason": why}))


def _said(reason: str) -> str:
    """Give the reason as it is kept; nothing where it is too short to be one."""
    why = " ".join(reason.split())[:_LONGEST]
    return why if len(why) >= _SHORTEST else ""


def _running(programme_id: int) -> Programme:
    """Give the running programme, locked. Refused: there is none, or it does not run."""
    now = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if now is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    if now.state != Programme.State.BERJALAN:
        raise Refused("tidak_berjalan", "Hanya program yang berjalan dapat ditutup.")
    return now


def _proposed(programme: Programme) -> Closing:
    """Give the closing that waits; the lock of the programme keeps it so."""
    found = Closing.objects.filter(programme=programme, state=Closing.State.DIUSULKAN).first()
    if found is None:
        raise Refused("penutupan_belum_diusulkan", "Tidak ada usulan penutupan yang menunggu; muat ulang halaman.")
    return found


def _end(closing: Closing, by: Officer, on: date, state: Closing.State, why: str = "") -> None:
    Closing.objects.filter(pk=closing.pk).update(state=state, ended_by=by, ended_on=on, why=why)
