"""The desk of receipts of BPJS: written down at a bill, read from a file, withdrawn; and rows that found no place."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, Final, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.refusal import Refused
from lopo.financing.actions import ReceiptGiven, record_receipt, withdraw_receipt
from lopo.financing.actions.receipt_files import FILE, set_aside
from lopo.financing.queries import BillRow
from lopo.financing.queries.receipts import (
    ReceiptRow,
    ReceiptsFilter,
    parked_receipts,
    receipt_of,
    receipt_tasks,
    receipts_page,
)
from lopo.staff.actions import Paper, keep_paper
from lopo.web.cells import month_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.works import Job, begin

_LARGEST: Final = 5 * 2**20
STATE: Final = Filter(
    "keadaan", _("Keadaan"), (Choice("bukti_berlaku", _("berlaku")), Choice("bukti_ditarik", _("ditarik")))
)


class File(Protocol):
    """A file as a form gives it."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Give its bytes."""


class Receipt(forms.Form):
    """A receipt as BPJS gave it."""

    nomor = forms.CharField(label=_("Nomor bukti"), max_length=60)
    tanggal = DayField(label=_("Hari pada bukti"))
    jumlah = forms.IntegerField(label=_("Jumlah (rupiah)"), min_value=1, max_value=10**14)


class Receipts(forms.Form):
    """A file of receipts."""

    berkas = forms.FileField(
        label=_("Berkas bukti bayar"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=_("csv, xlsx, xls, atau ods, paling besar 5 MB; berkas yang sama boleh dibaca lagi."),
    )


def _months(row: ReceiptRow) -> str:
    """The months that a receipt is for: one, or the first and the last."""
    ends = dict.fromkeys((row.months[0], row.months[-1]))
    return " – ".join(month_text(one.first_day) for one in ends)


def _how(row: ReceiptRow) -> str:
    return row.file or gettext("dicatat tangan")


COLUMNS: tuple[Column[ReceiptRow], ...] = (
    Column(_("Nomor bukti"), lambda row: row.number, sort="number", minor=lambda row: row.code,
           link=lambda row: reverse("tagihan", args=[row.bill_id])),
    Column(_("Tanggal"), lambda row: row.dated, "date", sort="dated"),
    Column(_("Jumlah"), lambda row: row.amount, "money", sort="amount"),
    Column(_("Untuk bulan"), _months, minor=lambda row: row.payer_name),
    Column(_("Keadaan"), lambda row: "bukti_ditarik" if row.withdrawn_on else "bukti_berlaku", "badge",
           minor=lambda row: row.withdrawn_why),
    Column(_("Dicatat"), lambda row: row.written_on, "date", minor=lambda row: row.written_by),
    Column(_("Asal"), _how),
)  # fmt: skip


@desk("bill.read")
def receipts(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the receipts and what found no place; take a file in, which is read behind."""
    mine, may = who.areas("bill.read"), who.may("bill.pay")
    sent = may and request.method == "POST" and "ekspor" not in request.POST
    form = Receipts(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        with refused_by(form):
            return _read(who, form.cleaned_data["berkas"])

    def build(asked: Ask) -> Table[ReceiptRow]:
        state = asked.get("keadaan")
        wanted = ReceiptsFilter(mine, asked.search, state == "bukti_ditarik" if state else None)
        empty = Empty(
            _("Belum ada bukti bayar"),
            _("Catat bukti di halaman tagihan yang sudah dibayar, atau baca berkas dari BPJS di sini."),
        )
        return Table("bukti-bayar", _("Bukti bayar BPJS"), COLUMNS, receipts_page(wanted, asked.asked), empty, asked,
                     (STATE,), _("nomor, kode atau pembayar …"), export=True)  # fmt: skip

    context = {
        "form": form,
        "may": may,
        "parked": parked_receipts() if may else (),
        "waiting": len(receipt_tasks(areas=mine, on=who.on)),
    }
    answer = show(request, who, build, "bill_receipts.html", context, filters=(STATE,))
    if form.errors:
        answer.status_code = 422
    return answer


def _read(who: Visitor, file: File) -> HttpResponse:
    """Keep the file and queue its reading. Refused: too large."""
    if (file.size or 0) > _LARGEST:
        raise Refused("berkas_terlalu_besar", gettext("Berkas ini lebih dari 5 MB."))
    content, name = file.read(), str(file.name)[:200]
    digest = hashlib.sha256(content).hexdigest()
    kept = keep_paper(
        by=who.officer, on=who.on, paper=Paper("bukti_bayar", FILE, digest[:40], name, "text/csv", content)
    )
    title = gettext("Membaca bukti bayar %(file)s") % {"file": name}
    return begin(who, Job("lopo.read_receipts", title, {"paper_id": str(kept)}))


def receipt_context(who: Visitor, found: BillRow) -> dict[str, Any]:
    """Give what the page of a bill says of its receipt, and the form for who may write one down."""
    there = receipt_of(found.id)
    paid = found.state == "dibayar"
    return {
        "receipt": there,
        "receipt_form": Receipt(initial={"tanggal": who.on, "jumlah": found.amount}, auto_id="bukti_%s"),
        "may_receipt": paid and there is None and who.may("bill.pay"),
        "may_withdraw": there is not None and who.may("bill.pay"),
    }


@desk("bill.pay")
@require_POST
def record(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Write down the receipt of a paid bill."""
    form = Receipt(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis nomor, hari dan jumlah bukti bayar itu."))
        return redirect("tagihan", bill_id)
    chosen = form.cleaned_data
    given = ReceiptGiven(chosen["nomor"], chosen["tanggal"], chosen["jumlah"])
    bills = record_receipt(by=who.officer, on=who.on, bill_id=bill_id, given=given)
    messages.success(request, gettext("Bukti bayar %(number)s dicatat untuk %(n)d tagihan.") % {
        "number": given.number, "n": bills})  # fmt: skip
    return redirect("tagihan", bill_id)


@desk("bill.pay")
@require_POST
def withdraw(request: HttpRequest, who: Visitor, receipt_id: int) -> HttpResponse:
    """Take back a receipt that was wrong."""
    withdraw_receipt(by=who.officer, on=who.on, receipt_id=receipt_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("Bukti bayar ditarik; tagihannya menunggu bukti lagi."))
    return redirect("bukti_bayar")


@desk("bill.pay")
@require_POST
def settle(request: HttpRequest, who: Visitor, parked_id: int) -> HttpResponse:
    """Set a row aside that found no place."""
    set_aside(by=who.officer, on=who.on, parked_id=parked_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("Baris disisihkan dengan alasannya."))
    return redirect("bukti_bayar")
