"""The desk of payments: orders from approved decisions, bank files with declared count and sum, the bank's answers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.page import Asked
from lopo.payments import actions, queries
from lopo.payments.actions import Account
from lopo.payments.actions.recovering import Recovered
from lopo.payments.bank import BANK_NTT
from lopo.payments.queries import FileFilter, FilePage, FileRow, OrderFilter, OrderRow
from lopo.payments.queries.deliveries import delivery_of
from lopo.payments.queries.held import held_shares
from lopo.payments.queries.recoveries import asked_back
from lopo.staff import queries as staff
from lopo.web.cells import masked, money
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer, show
from lopo.web.forms import refused_by
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.whole_nik import look

_FEW = 3
_FORMS = (("pain.001", _("ISO 20022 (pain.001)")), ("csv", _("CSV bank")))
STATE = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("siap", _("siap")),
        Choice("terkirim", _("terkirim")),
        Choice("terbayar", _("terbayar")),
        Choice("gagal", _("gagal")),
        Choice("kembali", _("uang kembali")),
    ),
)
PAYEE = Filter(
    "penerima",
    _("Penerima"),
    (
        Choice("pekerja", _("pekerja")),
        Choice("ahli_waris", _("ahli waris")),
        Choice("rumah_sakit", _("rumah sakit")),
    ),
)


def _tries(attempt: int) -> str:
    return gettext("percobaan ke-%(n)d") % {"n": attempt} if attempt > 1 else ""


COLUMNS: tuple[Column[OrderRow], ...] = (
    Column(
        _("Penerima"),
        lambda row: row.holder_name,
        sort="holder_name",
        link=lambda row: reverse("kasus", args=[row.case_id]),
        minor=lambda row: row.case_code,
    ),
    Column(_("Untuk"), lambda row: row.component.replace("_", " ").replace(":", " ")),
    Column(_("Rekening"), lambda row: masked(row.account)),
    Column(_("Jumlah"), lambda row: row.amount, "money", sort="amount"),
    Column(_("Keadaan"), lambda row: row.state, "badge", sort="state"),
    Column(_("Dibuat"), lambda row: row.made_on, "date", sort="made_on", minor=lambda row: _tries(row.attempt)),
    Column(_("Dibayar"), lambda row: row.confirmed_on if row.state == "terbayar" else None, "date"),
    Column(_("Catatan bank"), lambda row: row.bank_note),
)
FILES: tuple[Column[FileRow], ...] = (
    Column(_("Nama berkas"), lambda row: row.name, link=lambda row: reverse("berkas_bank", args=[row.id])),
    Column(_("Perintah"), lambda row: row.count, "number"),
    Column(_("Jumlah"), lambda row: row.total, "money"),
    Column(_("Keadaan"), lambda row: row.state, "badge"),
    Column(_("Disiapkan oleh"), lambda row: row.made_by),
    Column(_("Disetujui oleh"), lambda row: row.approved_by or ""),
    Column(_("Dikirim"), lambda row: row.sent_on, "date"),
    Column(_("Dikonfirmasi"), lambda row: row.confirmed_on, "date"),
)


class AccountForm(forms.Form):
    """An account of an heir or a hospital."""

    jenis = forms.ChoiceField(
        label=_("Rekening siapa?"), choices=[("ahli_waris", _("ahli waris")), ("rumah_sakit", _("rumah sakit"))]
    )
    nama = forms.CharField(label=_("Atas nama"), max_length=200)
    nik = forms.CharField(
        label=_("NIK"),
        max_length=16,
        required=False,
        help_text=_("Wajib untuk ahli waris; kosongkan untuk rumah sakit."),
    )
    nomor = forms.CharField(label=_("Nomor rekening"), max_length=34)


@desk("payment.read")
def payments(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show orders, files and totals; make orders and files where that is the visitor's duty."""
    mine = who.areas("payment.read")
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = AccountForm(request.POST if posted else None)
    if posted and form.is_valid():
        given = form.cleaned_data
        account = Account(given["jenis"], given["nama"], given["nik"], BANK_NTT, given["nomor"])
        with refused_by(form):
            actions.open_accounts(by=who.officer, on=who.on, accounts=[account])
            messages.success(request, gettext("Rekening tercatat."))
            return redirect("pembayaran")
    filters = (STATE, PAYEE)

    def build(asked: Ask) -> Table[OrderRow]:
        wanted = OrderFilter(mine, asked.get("keadaan"), asked.get("penerima"), None, asked.search)
        page = queries.orders_page(wanted, asked.asked)
        empty = Empty(
            _("Belum ada perintah bayar"), _("Perintah bayar dibuat dari keputusan klaim yang sudah disetujui.")
        )
        search = _("nama penerima atau kode kasus …")
        return Table("perintah", _("Perintah bayar"), COLUMNS, page, empty, asked, filters, search, export=True)

    return show(request, who, build, "payments.html", _desk_context(who, form), filters=filters)


def _desk_context(who: Visitor, form: AccountForm) -> dict[str, Any]:
    files = queries.files_page(FileFilter(), Asked(1, 20, "-made_on"))
    open_claims, claims_left = asked_back(who.areas("payment.read"))
    empty = Empty(_("Belum ada berkas bank"), _("Perintah yang siap dikumpulkan dalam satu berkas untuk bank."))
    return {
        "files": Table("berkas-bank", _("Berkas bank"), FILES, whole(files.rows), empty),
        "total": queries.paid_total(),
        "by_area": queries.paid_by_area(who.areas("payment.read"), hide_below=_FEW),
        "form": form,
        "forms": _FORMS,
        "unknown": queries.unknown_lines(),
        "held": sum(one.counted for one in held_shares(who.areas("payment.read"))),
        "open_claims": open_claims,
        "claims_left": claims_left,
        "may_make": who.may("payment.make"),
    }


@desk("payment.make")
@require_POST
def make_orders(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Make the orders of all approved decisions that have none."""
    done = actions.make_orders(by=who.officer, on=who.on)
    told = {"n": done.orders, "total": money(done.total)}
    messages.success(request, gettext("%(n)d perintah bayar dibuat, %(total)s.") % told)
    _tell_corrections(request, done.corrected)
    for one in done.waiting[:10]:
        waits = {"code": one.case_code, "label": one.label, "amount": money(one.amount)}
        messages.warning(request, gettext("%(code)s: %(label)s %(amount)s menunggu rekening penerima.") % waits)
    return redirect("pembayaran")


def _tell_corrections(request: HttpRequest, done: Recovered) -> None:
    if done.held:
        told = gettext("Menurut koreksi %(amount)s tidak jadi dibayar.")
        messages.info(request, told % {"amount": money(done.held)})
    if done.asked_back:
        told = gettext("Menurut koreksi %(amount)s yang sudah dibayar diminta kembali.")
        messages.warning(request, told % {"amount": money(done.asked_back)})
    for one in done.waiting[:10]:
        told = gettext("%(code)s: koreksi menunggu jawaban bank atas perintah bayarnya.")
        messages.warning(request, told % {"code": one.case_code})


@desk("payment.make")
@require_POST
def make_file(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Put all ready orders into one file of the form that was chosen."""
    done = actions.make_file(by=who.officer, on=who.on, form=request.POST.get("bentuk", ""))
    told = {"n": done.count, "total": money(done.total)}
    messages.success(request, gettext("Berkas disiapkan: %(n)d perintah, %(total)s.") % told)
    return redirect("berkas_bank", done.file_id)


class BankAnswer(forms.Form):
    """The bank's answer to a file."""

    jawaban = forms.FileField(
        label=_("Jawaban bank"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xml"}),
        help_text=_("CSV bank atau pesan pain.002."),
    )


@desk("payment.read")
def bank_file(request: HttpRequest, who: Visitor, file_id: uuid.UUID) -> HttpResponse:
    """Show one bank file with what it declares, its orders and the bank's answers."""
    found = queries.file(file_id)
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = BankAnswer(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        content = form.cleaned_data["jawaban"].read()
        with refused_by(form):
            done = actions.confirm_file(by=who.officer, on=who.on, file_id=file_id, content=content)
            told = {"paid": done.paid, "failed": done.failed, "parked": len(done.parked)}
            messages.success(request, gettext("%(paid)d terbayar, %(failed)d gagal, %(parked)d disisihkan.") % told)
            if done.pending:
                messages.info(request, gettext("%(n)d masih dalam perjalanan di bank.") % {"n": done.pending})
            return redirect("berkas_bank", file_id)

    def build(asked: Ask) -> Table[OrderRow]:
        wanted = OrderFilter(who.areas("payment.read"), asked.get("keadaan"), "", file_id, asked.search)
        page = queries.orders_page(wanted, asked.asked)
        empty = Empty(_("Tidak ada perintah yang cocok"), _("Hapus saringan untuk melihat semuanya."))
        search = _("nama penerima atau kode kasus …")
        return Table("isi-berkas", _("Isi berkas bank"), COLUMNS, page, empty, asked, (STATE,), search, export=True)

    return show(request, who, build, "bank_file.html", _file_context(who, found, form), filters=(STATE,))


def _file_context(who: Visitor, found: FilePage, form: BankAnswer) -> dict[str, Any]:
    state, delivery = found.file.state, delivery_of(found.file.id)
    mine = found.file.made_by == (who.officer.full_name or who.officer.username)
    return {
        "found": found,
        "file": found.file,
        "form": form,
        "delivery": delivery,
        "delivery_state": f"kirim_{delivery.state}" if delivery else "",
        "may_approve": state == "disiapkan" and who.may("payment.approve") and not mine,
        "may_send": state == "disetujui" and who.may("payment.send"),
        "may_answer": state in ("terkirim", "dikonfirmasi") and who.may("payment.make"),
        "may_download": who.may("payment.send") or who.may("payment.make"),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("payments.file", str(found.file.id))],
    }


@desk("payment.approve")
@require_POST
def approve_file(request: HttpRequest, who: Visitor, file_id: uuid.UUID) -> HttpResponse:
    """Approve a file that somebody else prepared."""
    actions.approve_file(by=who.officer, on=who.on, file_id=file_id)
    messages.success(request, gettext("Berkas disetujui; kini dapat dikirim ke bank."))
    return redirect("berkas_bank", file_id)


@desk("payment.send")
@require_POST
def send_file(request: HttpRequest, who: Visitor, file_id: uuid.UUID) -> HttpResponse:
    """Send an approved file to the bank."""
    actions.send_file(by=who.officer, on=who.on, file_id=file_id)
    messages.success(request, gettext("Berkas dikirim ke bank."))
    return redirect("berkas_bank", file_id)


@desk("payment.send", "payment.make")
@require_POST
def download(request: HttpRequest, who: Visitor, file_id: uuid.UUID) -> HttpResponse:
    """Give the file as it goes to the bank."""
    found = queries.file_content(file_id)
    if found is None:
        raise Http404
    look(request, who, ("payments.file", file_id), who.home_area)
    media_type = "application/xml" if found[0].endswith(".xml") else "text/csv; charset=utf-8"
    return file_answer(found[0], media_type, found[1])


@desk("payment.make")
@require_POST
def retry(request: HttpRequest, who: Visitor, order_id: uuid.UUID) -> HttpResponse:
    """Make a failed order ready again."""
    actions.retry_order(by=who.officer, on=who.on, order_id=order_id)
    messages.success(request, gettext("Perintah bayar disiapkan lagi."))
    return redirect("pembayaran")
