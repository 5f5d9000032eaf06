"""The desk of a payer (church, village, company, donor, city): whom it protects, which months, and what is to be paid.

Everything here is narrowed to the payers that the visitor serves; no other desk opens to a duty for a payer.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.financing import actions, queries
from lopo.financing.actions import OrderGiven
from lopo.financing.queries import BillRow, BillsFilter
from lopo.financing.queries.alarms import Step
from lopo.financing.queries.payer_side import PaidForFilter, PaidForRow, paid_for_cover, paid_for_page
from lopo.financing.queries.standings import standing_of
from lopo.financing.queries.tasks import WHOLE, Task
from lopo.web.bills import STATE
from lopo.web.cells import money, month_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line
from lopo.web.table import Ask, Column, Empty, Table
from lopo.web.words import SECTORS

FIELD: Final = "pembayar"
"""The name of the choice in an address, where an officer serves several payers: the code of the payer."""


def _unpaid(row: PaidForRow) -> str:
    months = ", ".join(month_text(one.first_day) for one in row.unpaid[:3])
    return gettext("belum dibayar: %(months)s") % {"months": months} if months else ""


BILLS: tuple[Column[BillRow], ...] = (
    Column(
        _("Bulan"), lambda row: row.month.first_day, "month", sort="month",
        link=lambda row: reverse("sisi_tagihan", args=[row.id]),
        minor=lambda row: f"{row.programme_name} · {SECTORS[row.sector]}" if row.sector else row.programme_name,
    ),
    Column(_("Orang"), lambda row: row.people, "number", sort="people"),
    Column(_("Jumlah"), lambda row: row.amount, "money", sort="amount"),
    Column(_("Jatuh tempo"), lambda row: row.due_on, "date", sort="due_on"),
    Column(_("Keadaan"), lambda row: row.state, "badge", sort="state"),
    Column(_("Bukti bayar"), lambda row: row.sp2d),
    Column(_("Dibayar tanggal"), lambda row: row.paid_on, "date"),
    Column(_("Hari terlambat"), lambda row: row.days_late or None, "number"),
)  # fmt: skip
PEOPLE: tuple[Column[PaidForRow], ...] = (
    Column(_("Nama"), lambda row: row.name, sort="name"),
    Column(_("KPJ"), lambda row: row.kpj or "–"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
    Column(_("Perlindungan hari ini"), lambda row: row.cover, "badge", minor=_unpaid),
    Column(_("Penuh mulai"), lambda row: row.full_from, "date"),
    Column(_("Iuran"), lambda row: row.amount, "money"),
)


class PaidBy(forms.Form):
    """By which paper of the payer's bank a bill is paid, and on which day."""

    nomor = forms.CharField(
        label=_("Nomor bukti setor"), max_length=60, help_text=_("Nomor pada bukti transfer atau SP2D Anda.")
    )
    tanggal = DayField(label=_("Tanggal bukti"))


def _payer(request: HttpRequest, who: Visitor) -> str:
    """Give the payer that the page shows: the one named, else the first; page 404 for one that is not served."""
    mine = who.payers("payer.read")
    named = request.GET.get(FIELD, "")
    if named and named not in mine:
        raise Http404
    return named or mine[0]


@desk("payer.read")
def payer_desk(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show how the payer stands: people and their cover, what is open by which day, and every bill."""
    code = _payer(request, who)
    standing, open_ones = standing_of(code, on=who.on)
    names = {one.code: one.name for one in queries.payers()}

    def build(asked: Ask) -> Table[BillRow]:
        wanted = BillsFilter((WHOLE,), asked.search, None, code, asked.get("keadaan"))
        page = queries.bills_page(wanted, asked.asked, on=who.on)
        empty = Empty(_("Belum ada tagihan"), _("Tagihan muncul di sini setelah petugas dinas menerbitkannya."))
        search = _("nomor bukti …")
        return Table(
            "tagihan-kami", _("Tagihan"), BILLS, page, empty, asked, (STATE,), search, export=True,
            export_needs="payer.export",
        )  # fmt: skip

    context: dict[str, Any] = {
        "payer": code, "name": names.get(code, code), "standing": standing,
        "others": [(one, names.get(one, one)) for one in who.payers("payer.read") if one != code],
        "cover": list(paid_for_cover(code, on=who.on).items()),
        "tasks": [(one, _place(one), one.due_on < who.on) for one in open_ones if one.people],
        "pressing": next((one for one in open_ones if one.step > Step.NONE and one.lapses_after), None),
    }  # fmt: skip
    return show(request, who, build, "payer_side.html", context, filters=(STATE,))


def _place(task: Task) -> str:
    """Where the payer does something about it; a month without a bill waits for the office."""
    return reverse("sisi_tagihan", args=[task.bill_id]) if task.bill_id is not None else ""


@desk("payer.read")
def payer_bill(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Show one bill of the payer with its people; its officer asks for the payment, the office approves it."""
    found, way = queries.bill(bill_id, on=who.on), queries.way(bill_id)
    if found is None or way is None or found.payer_code not in who.payers("payer.read"):
        raise Http404
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = PaidBy(request.POST if posted else None, initial={"tanggal": who.on})
    if posted and form.is_valid():
        order = OrderGiven(form.cleaned_data["nomor"], form.cleaned_data["tanggal"])
        with refused_by(form):
            actions.request_payment(by=who.officer, on=who.on, bill_id=bill_id, order=order)
            told = {"amount": money(found.amount)}
            messages.success(request, gettext("Pembayaran %(amount)s diajukan; pejabat penyetuju memeriksanya.") % told)
            return redirect("sisi_tagihan", bill_id)

    def build(asked: Ask) -> Table[PaidForRow]:
        wanted = PaidForFilter(found.payer_code, bill_id, asked.search)
        empty = Empty(_("Tidak ada orang yang cocok"), _("Periksa ejaan nama, atau tulis nomor kartu utuh."))
        return Table(
            "orang-kami", _("Orang dalam tagihan"), PEOPLE, paid_for_page(wanted, asked.asked, on=who.on), empty,
            asked, (), _("nama atau KPJ …"), export=True, export_needs="payer.export",
        )  # fmt: skip

    context = {
        "bill": found, "way": way, "form": form, "sector": SECTORS[found.sector] if found.sector else "",
        "may_order": found.state == "terbit" and found.payer_code in who.payers("payer.order"),
    }  # fmt: skip
    return show(request, who, build, "payer_bill.html", context)
