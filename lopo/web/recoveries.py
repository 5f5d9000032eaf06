"""The pages of corrections: proposed and answered on a case, and the money that is asked back because of them."""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.claims import actions as claims
from lopo.claims.queries.corrections import correction_case
from lopo.payments.actions.recovering import ask_to_give_up, give_up, keep_asking
from lopo.payments.queries.recoveries import RecoveryFilter, RecoveryRow, asked_back, recoveries_page, recovery
from lopo.staff import queries as staff
from lopo.web.cases import found_case
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.words import mark_of

STATE: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("terbuka", _("diminta kembali")),
        Choice("diminta", _("diminta dihapus")),
        Choice("selesai", _("selesai")),
    ),
)
COLUMNS: tuple[Column[RecoveryRow], ...] = (
    Column(
        _("Penerima"),
        lambda row: row.holder_name,
        sort="holder_name",
        link=lambda row: reverse("piutang_satu", args=[row.id]),
        minor=lambda row: row.case_code,
        personal="holder_name",
    ),
    Column(_("Bagian"), lambda row: mark_of(row.component.partition(":")[0]).word),
    Column(_("Diminta"), lambda row: row.amount, "money", sort="amount"),
    Column(_("Dikembalikan"), lambda row: row.repaid, "money"),
    Column(_("Sisa"), lambda row: row.left, "money"),
    Column(_("Sejak"), lambda row: row.made_on, "date", sort="made_on"),
    Column(_("Keadaan"), lambda row: f"piutang_{row.state}", "badge"),
)


@desk("decision.make")
@require_POST
def propose(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Ask the law again and propose to take back what it no longer gives."""
    found_case(who, case_id)
    claims.propose_correction(by=who.officer, on=who.on, case_id=case_id, why=request.POST.get("alasan", ""))
    messages.success(request, gettext("Koreksi diusulkan. Pejabat penyetuju kini memeriksanya."))
    return redirect("kasus", case_id)


@desk("decision.approve")
@require_POST
def answer(request: HttpRequest, who: Visitor, correction_id: uuid.UUID) -> HttpResponse:
    """Approve a correction that somebody else proposed, or send it back with a reason."""
    case_id = correction_case(correction_id)
    if case_id is None:
        raise Http404
    found_case(who, case_id)
    if "setuju" in request.POST:
        claims.approve_correction(by=who.officer, on=who.on, correction_id=correction_id)
        messages.success(request, gettext("Koreksi disetujui; perintah bayar berikutnya menjalankannya."))
    else:
        why = request.POST.get("alasan", "")
        claims.send_correction_back(by=who.officer, on=who.on, correction_id=correction_id, why=why)
        messages.success(request, gettext("Koreksi dikembalikan; keputusan terdahulu tetap."))
    return redirect("kasus", case_id)


@desk("payment.read")
def recoveries(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the money that corrections ask back, the oldest first."""
    filters, areas = (STATE,), who.areas("payment.read")

    def build(asked: Ask) -> Table[RecoveryRow]:
        page = recoveries_page(RecoveryFilter(areas, asked.get("keadaan"), asked.search), asked.asked)
        empty = Empty(
            _("Tidak ada yang diminta kembali"),
            _("Bila koreksi menurunkan manfaat yang sudah dibayar, uangnya diminta kembali di sini."),
            reverse("pembayaran"),
            _("Pembayaran"),
        )
        caption, hint = _("Manfaat yang diminta kembali"), _("penerima atau nomor kasus …")
        return Table("piutang", caption, COLUMNS, page, empty, asked, filters, hint, export=True)

    claims_open, left = asked_back(areas)
    return show(request, who, build, "recoveries.html", {"open": claims_open, "left": left}, filters=filters)


@desk("payment.read")
def one(request: HttpRequest, who: Visitor, recovery_id: uuid.UUID) -> HttpResponse:
    """Show one claim; one officer asks to give it up, another agrees or refuses."""
    row = recovery(recovery_id)
    if row is None or not who.may_in("payment.read", row.area_code):
        raise Http404
    if request.method == "POST":
        _do(request, who, recovery_id)
        return redirect("piutang_satu", recovery_id)
    context = {
        "row": row,
        "state": f"piutang_{row.state}",
        "component": row.component.partition(":")[0],
        "may_ask": row.state == "terbuka" and who.may("payment.make"),
        "may_answer": row.state == "diminta" and who.may("payment.approve") and row.asked_by_id != who.officer.id,
        "diary": [(deed, deed_text(deed.action)) for deed in staff.diary_of("payments.recovery", str(recovery_id))],
    }
    return render(request, "recovery.html", context)


def _do(request: HttpRequest, who: Visitor, recovery_id: uuid.UUID) -> None:
    why = request.POST.get("alasan", "")
    if "minta" in request.POST:
        ask_to_give_up(by=who.officer, on=who.on, recovery_id=recovery_id, why=why)
        messages.success(request, gettext("Penghapusan diminta; pejabat lain memeriksanya."))
    elif "hapus" in request.POST:
        give_up(by=who.officer, on=who.on, recovery_id=recovery_id)
        messages.success(request, gettext("Sisa piutang dihapus dan dibukukan."))
    else:
        keep_asking(by=who.officer, on=who.on, recovery_id=recovery_id, why=why)
        messages.success(request, gettext("Permintaan ditolak; uangnya tetap diminta kembali."))
