"""The page of one bill: its way from SPP to SP2D, whose months short money pays, and taking a payment back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.financing import actions, queries
from lopo.financing.actions import OrderGiven, PaperGiven
from lopo.financing.queries import BillRow, Division, ExcessFilter, ExcessRow, LineRow, LinesFilter, Way
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from lopo.web.bill_codes import code_context
from lopo.web.bill_receipts import receipt_context
from lopo.web.cells import money, month_text
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line
from lopo.web.members import name_and_way
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Column, Empty, Table
from lopo.web.words import SECTORS

RULES = (
    ("tunggakan", _("Tunggakan tertua dahulu"), _("bulan tertua, lalu yang paling lama belum dibayar")),
    ("urutan_sk", _("Urutan dalam keputusan"), _("peringkat terkecil dahulu")),
    ("kecamatan", _("Kecamatan demi kecamatan"), _("menurut kode wilayah, di dalamnya menurut peringkat")),
)


class Order(forms.Form):
    """The order of the treasury that pays a bill, with other bills where one order pays several."""

    nomor = forms.CharField(label=_("Nomor SP2D"), max_length=60)
    tanggal = DayField(label=_("Tanggal SP2D"))
    jumlah = forms.IntegerField(
        label=_("Jumlah SP2D (rupiah)"),
        min_value=1,
        max_value=10**14,
        required=False,
        help_text=_("Kosongkan bila sama dengan tagihan. Bila kurang, pilih sesudah ini siapa yang dibayar."),
    )
    bersama = forms.MultipleChoiceField(
        label=_("Bayar bersama tagihan lain"), required=False, widget=forms.CheckboxSelectMultiple
    )
    aturan = forms.ChoiceField(
        choices=[("", ""), *((code, words) for code, words, _why in RULES)], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any, way: Way, **given: Any) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data, **given)
        field = self.fields["bersama"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (str(one.id), f"{month_text(one.month.first_day)} · {money(one.amount)}") for one in way.others
            ]
            field.initial = [str(one.id) for one in way.others if one.together]


class Paper(forms.Form):
    """A paper before the SP2D."""

    nomor = forms.CharField(label=_("Nomor"), max_length=60)
    tanggal = DayField(label=_("Tanggal"))


class Why(forms.Form):
    """A reason."""

    alasan = forms.CharField(label=_("Alasan"), max_length=200)


def found_bill(who: Visitor, bill_id: uuid.UUID) -> tuple[BillRow, Way]:
    """Give a bill of a programme within the visitor's areas, and its way; page 404 for any other."""
    found, way = queries.bill(bill_id, on=who.on), queries.way(bill_id)
    programme = None if found is None else targeting.programme_row(found.programme_id)
    if found is None or way is None or programme is None or not who.may_in("bill.read", programme.area_code):
        raise Http404
    return found, way


@desk("bill.read")
def bill(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Show one bill with its people and its way, and the next step for whom it is."""
    found, way = found_bill(who, bill_id)
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = Order(request.POST if posted else None, way, initial={"tanggal": who.on})
    choices: tuple[Division, ...] = ()
    if posted and form.is_valid():
        given = form.cleaned_data
        others = [uuid.UUID(one) for one in given["bersama"]]
        asked = found.amount + sum(one.amount for one in way.others if one.id in others)
        if given["jumlah"] and given["jumlah"] < asked and not given["aturan"]:
            choices = _choices(who, [bill_id, *others], given["jumlah"])
        else:
            order = OrderGiven(given["nomor"], given["tanggal"], given["jumlah"], given["aturan"])
            with refused_by(form):
                made = actions.request_payment(by=who.officer, on=who.on, bill_id=bill_id, order=order, others=others)
                messages.success(request, gettext("SP2D diajukan; pejabat penyetuju kini memeriksanya."))
                return redirect("tagihan", queries.bill_ordered(made, bill_id))
    context = _context(who, found, way, form) | {"choices": _spoken(choices)}
    return show(request, who, _lines(who, bill_id), "bill.html", context)


def _choices(who: Visitor, bills: Sequence[uuid.UUID], amount: int) -> tuple[Division, ...]:
    return tuple(queries.division(bills, amount=amount, rule=code, on=who.on) for code, _words, _why in RULES)


def _spoken(choices: Sequence[Division]) -> list[dict[str, Any]]:
    words = {code: (name, why) for code, name, why in RULES}
    return [
        {
            "name": words[one.rule][0], "why": words[one.rule][1], "it": one, "less": one.jkm_paid - one.jkm,
            "shares": [(area_line(share.kecamatan), share) for share in one.shares],
        }
        for one in choices
    ]  # fmt: skip


def _context(who: Visitor, found: BillRow, way: Way, form: Order) -> dict[str, Any]:
    ordered, open_, paid = found.state == "diajukan", found.state == "terbit", found.state == "dibayar"
    spp, spm = way.paper("spp"), way.paper("spm")
    asked = way.reversal
    return {
        "bill": found,
        "sector": SECTORS[found.sector] if found.sector else "",
        "way": way,
        "spp": spp,
        "spm": spm,
        "form": form,
        "why": Why(auto_id="kembali_%s"),
        "paper": Paper(initial={"tanggal": who.on}, auto_id="surat_%s"),
        "may_order": open_ and who.may("bill.pay"),
        "may_spp": open_ and spm is None and who.may("bill.pay"),
        "may_spm": open_ and spp is not None and who.may("bill.approve") and spp.written_by_id != who.officer.id,
        "may_cancel": open_ and who.may("bill.make"),
        "may_approve": ordered and who.may("bill.approve") and found.ordered_by_id != who.officer.id,
        "waits": ordered,
        "may_reverse": paid and (who.may("bill.pay") or (asked is not None and who.may("bill.approve"))),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("financing.bill", str(found.id))],
        **code_context(who, found),
        **receipt_context(who, found),
    }


def _lines(who: Visitor, bill_id: uuid.UUID) -> Any:  # noqa: ANN401 - the maker of a table of LineRow
    name, way = name_and_way(who)
    columns: tuple[Column[LineRow], ...] = (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("NIK"), lambda row: row.nik, "nik", sort="nik"),
        Column(_("KPJ"), lambda row: row.kpj),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Iuran"), lambda row: row.amount, "money"),
    )

    def build(asked: Ask) -> Table[LineRow]:
        page = queries.bill_lines_page(LinesFilter(who.areas("bill.read"), bill_id, asked.search), asked.asked)
        empty = Empty(_("Tidak ada orang yang cocok"), _("Periksa ejaan nama, atau tulis NIK utuh."))
        search = _("nama, NIK atau KPJ …")
        return Table("rincian-tagihan", _("Orang dalam tagihan"), columns, page, empty, asked, (), search, export=True)

    return build


@desk("bill.read")
@require_POST
def write_paper(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Write down the SPP or the SPM of a bill."""
    found_bill(who, bill_id)
    form = Paper(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis nomor dan tanggal surat itu."))
        return redirect("tagihan", bill_id)
    given = PaperGiven(request.POST.get("surat", ""), form.cleaned_data["nomor"], form.cleaned_data["tanggal"])
    actions.write_paper(by=who.officer, on=who.on, bill_id=bill_id, paper=given)
    messages.success(request, gettext("%(paper)s dicatat.") % {"paper": given.kind.upper()})
    return redirect("tagihan", bill_id)


@desk("bill.approve")
@require_POST
def approve(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Approve the order that somebody else made: the months are paid."""
    found_bill(who, bill_id)
    paid = actions.approve_payment(by=who.officer, on=who.on, bill_id=bill_id)
    told = {"people": paid.people, "amount": money(paid.amount)}
    messages.success(request, gettext("Dibayar %(amount)s; bulan %(people)d orang disahkan.") % told)
    return redirect("tagihan", bill_id)


@desk("bill.approve")
@require_POST
def send_back(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Send the order back to its maker with a reason."""
    found_bill(who, bill_id)
    actions.return_payment(by=who.officer, on=who.on, bill_id=bill_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("SP2D dikembalikan kepada bendahara."))
    return redirect("tagihan", bill_id)


@desk("bill.make")
@require_POST
def cancel(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Cancel a bill that no order pays yet."""
    found_bill(who, bill_id)
    actions.cancel_bill(by=who.officer, on=who.on, bill_id=bill_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("Tagihan dibatalkan; bulannya bebas lagi."))
    return redirect("tagihan", bill_id)


@desk("bill.read")
def take_back(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Show what taking a payment back does to book and cover; ask for it, or approve what somebody else asked."""
    found, way = found_bill(who, bill_id)
    asked = way.reversal
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked is None and form.is_valid():
        with refused_by(form):
            actions.ask_reversal(by=who.officer, on=who.on, bill_id=bill_id, reason=form.cleaned_data["alasan"])
            messages.success(request, gettext("Permintaan dicatat; pejabat penyetuju kini memeriksanya."))
            return redirect("tagihan_balik", bill_id)
    elif request.method == "POST" and asked is not None:
        done = actions.approve_reversal(by=who.officer, on=who.on, bill_id=bill_id)
        told = {"people": done.months, "amount": money(done.amount)}
        messages.success(request, gettext("Pembayaran %(amount)s dibalik; bulan %(people)d orang bebas lagi.") % told)
        return redirect("tagihan", bill_id)
    context = {
        "bill": found,
        "asked": asked,
        "form": form,
        "may_ask": found.state == "dibayar" and asked is None and who.may("bill.pay"),
        "may_approve": found.state == "dibayar" and asked is not None and who.may("bill.approve")
        and asked.asked_by_id != who.officer.id,
    }  # fmt: skip
    return render(request, "bill_reversal.html", context)


def _why_excess(row: ExcessRow) -> str:
    """Say why the months are too many."""
    return gettext("dibayar juga dengan nomornya yang lain") if row.twice else row.end_reason


@desk("bill.read")
def excess(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show whose months were paid although they had left before, or were paid twice: money to ask back from BPJS."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("bill.read")
    name, way = name_and_way(who)
    columns: tuple[Column[ExcessRow], ...] = (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("NIK"), lambda row: row.nik, "nik"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Berakhir"), lambda row: row.ended_on, "date", sort="ended_on", minor=_why_excess),
        Column(_("Sejak bulan"), lambda row: row.first.first_day, "month"),
        Column(_("Bulan"), lambda row: row.months, "number"),
        Column(_("Diminta kembali"), lambda row: row.amount, "money", sort="amount"),
        Column(_("Pembayar"), lambda row: row.payer_name),
    )

    def build(asked: Ask) -> Table[ExcessRow]:
        page = queries.excess_page(ExcessFilter(mine, programme.id, asked.search), asked.asked)
        empty = Empty(
            _("Tidak ada kelebihan bayar"),
            _("Yang meninggal atau keluar sesudah bulannya dibayar muncul di sini, agar uangnya diminta kembali."),
        )
        return Table("kelebihan", _("Kelebihan bayar"), columns, page, empty, asked, (), _("nama …"), export=True)

    months, amount = queries.excess_sum(programme.id, areas=mine)
    context = {"programme": programme, "months": months, "amount": amount}
    return show(request, who, build, "excess.html", context)
