"""Writes the papers on the way to an SP2D: the request (SPP) by one officer, the order to pay (SPM) by another."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.financing.models import Bill, BillPaper
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require

_NEEDS: Final = {BillPaper.Kind.SPP: "bill.pay", BillPaper.Kind.SPM: "bill.approve"}


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A paper as it stands: `spp` or `spm`, its number and day."""

    kind: str
    number: str
    dated: date


def write_paper(*, by: Officer, on: date, bill_id: uuid.UUID, paper: PaperGiven) -> None:
    """Write down or correct the SPP (needs `bill.pay`) or SPM (needs `bill.approve`) of an open bill.

    The same paper again changes nothing. Refused: no number, a day before the bill or after `on`, an SPM without or
    before its SPP, or by who wrote the SPP, and a bill that is ordered, paid or cancelled.
    """
    bill = Bill.objects.filter(pk=bill_id).select_related("programme").first()
    if bill is None or paper.kind not in _NEEDS:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    kind = BillPaper.Kind(paper.kind)
    require(by, _NEEDS[kind], on=on, area_code=bill.programme.area_code)
    if not paper.number.strip() or not bill.issued_on <= paper.dated <= on:
        raise Refused(
            "surat_tidak_lengkap", f"{kind.label} perlu nomor, dan hari antara hari tagihan terbit dan hari ini."
        )
    with transaction.atomic():
        if Bill.objects.select_for_update().get(pk=bill_id).state != Bill.State.TERBIT:
            raise Refused("tagihan_sudah_berubah", f"{kind.label} hanya dicatat selama tagihan belum diajukan.")
        _refuse_order(bill, kind, paper, by)
        given = {"number": paper.number.strip()[:60], "dated": paper.dated, "written_on": on, "written_by": by}
        before = BillPaper.objects.filter(bill=bill, kind=kind).values("number", "dated").first()
        if before == {"number": given["number"], "dated": paper.dated}:
            return
        BillPaper.objects.update_or_create(bill=bill, kind=kind, defaults=given)
        told = {"kind": kind.value, "number": paper.number.strip()[:60], "dated": str(paper.dated)}
        old = None if before is None else {"number": before["number"], "dated": str(before["dated"])}
        record(by=by, on=on, deed=Deed("write_paper", "financing.bill", bill.id, before=old, after=told))


def _refuse_order(bill: Bill, kind: BillPaper.Kind, paper: PaperGiven, by: Officer) -> None:
    """Refuse an SPM that does not follow an SPP of somebody else, and an SPP that an SPM has overtaken."""
    others = {one.kind: one for one in BillPaper.objects.filter(bill=bill).exclude(kind=kind)}
    if kind == BillPaper.Kind.SPM:
        request = others.get(BillPaper.Kind.SPP)
        if request is None or request.dated > paper.dated:
            raise Refused("spm_sebelum_spp", "SPM terbit sesudah SPP: catat SPP lebih dahulu.")
        if request.written_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang membuat SPP tidak boleh menerbitkan SPM.")
    elif BillPaper.Kind.SPM in others:
        raise Refused("spp_sudah_spm", "SPP ini sudah menjadi dasar SPM.")
