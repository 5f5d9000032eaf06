"""The desk of contributions: budget lines, the bill of each month, the order that pays it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.calendar import Month
from lopo.financing import actions, queries
from lopo.financing.actions import BudgetLine, OrderGiven
from lopo.financing.queries import BillRow, BillsFilter, LineRow, LinesFilter
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from lopo.targeting.queries import ProgrammeRow
from lopo.web.cells import money, month_text
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line
from lopo.web.members import name_and_way
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table

STATE = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("terbit", _("terbit")),
        Choice("diajukan", _("SP2D diajukan")),
        Choice("dibayar", _("dibayar")),
        Choice("batal", _("batal")),
        Choice("dibalik", _("dibayar lalu dibalik")),
    ),
)
COLUMNS: tuple[Column[BillRow], ...] = (
    Column(
        _("Bulan"),
        lambda row: row.month.first_day,
        "month",
        sort="month",
        link=lambda row: reverse("tagihan", args=[row.id]),
        minor=lambda row: row.payer_name,
    ),
    Column(_("Orang"), lambda row: row.people, "number", sort="people"),
    Column(_("Jumlah"), lambda row: row.amount, "money", sort="amount"),
    Column(_("Jatuh tempo"), lambda row: row.due_on, "date", sort="due_on"),
    Column(_("Keadaan"), lambda row: row.state, "badge", sort="state"),
    Column(_("SP2D"), lambda row: row.sp2d),
    Column(_("Dibayar tanggal"), lambda row: row.paid_on, "date"),
    Column(_("Hari terlambat"), lambda row: row.days_late or None, "number"),
)


class NewBill(forms.Form):
    """The payer and month of a bill to be made."""

    pembayar = forms.ChoiceField(label=_("Pembayar"))
    bulan = forms.ChoiceField(label=_("Bulan iuran"))

    def __init__(self, data: Any, programme: ProgrammeRow) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data)
        months = Month.of(programme.first_month).through(Month.of(programme.last_month))
        payers = [(row.code, row.name) for row in queries.payers()]
        choices = {"pembayar": payers, "bulan": [(str(m), month_text(m.first_day)) for m in months]}
        for name, given in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = given


class NewBudget(forms.Form):
    """A budget line to be set or changed."""

    pembayar = forms.ChoiceField(label=_("Pembayar"))
    tahun = forms.IntegerField(label=_("Tahun"), min_value=2015, max_value=2100)
    mata_anggaran = forms.CharField(label=_("Mata anggaran"), max_length=60)
    dasar_hukum = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Perda APBD atau Pergub beserta nomornya.")
    )
    jumlah = forms.IntegerField(label=_("Jumlah (rupiah)"), min_value=0, max_value=10**14)
    alasan = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=200,
        required=False,
        help_text=_("Perlu bila anggaran yang sudah ada diubah setelah keputusan ditetapkan."),
    )

    def __init__(self, data: Any, year: int) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data, initial={"tahun": year})
        field = self.fields["pembayar"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.code, row.name) for row in queries.payers()]


@desk("bill.read")
def bills(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show budgets and bills; make a bill or set a budget line where that is the visitor's duty."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    what = request.POST.get("apa", "") if request.method == "POST" else ""
    bill_form = NewBill(request.POST if what == "tagihan" else None, programme)
    budget_form = NewBudget(request.POST if what == "anggaran" else None, who.on.year)
    if what == "tagihan" and bill_form.is_valid() and (made := _make(request, who, programme, bill_form)):
        return made
    if what == "anggaran" and budget_form.is_valid() and (made := _budget(request, who, programme, budget_form)):
        return made
    mine = who.areas("bill.read")

    def build(asked: Ask) -> Table[BillRow]:
        wanted = BillsFilter(mine, asked.search, programme.id, "", asked.get("keadaan"))
        page = queries.bills_page(wanted, asked.asked, on=who.on)
        empty = Empty(_("Belum ada tagihan"), _("Tagihan sebulan diterbitkan setelah BPJS menerima pesertanya."))
        search = _("pembayar atau nomor SP2D …")
        return Table("tagihan", _("Tagihan iuran"), COLUMNS, page, empty, asked, (STATE,), search, export=True)

    context = {
        "programme": programme,
        "budgets": queries.budgets(areas=mine, programme_id=programme.id),
        "bill_form": bill_form,
        "budget_form": budget_form,
        "may_make": who.may_in("bill.make", programme.area_code),
        "may_budget": who.may_in("budget.set", programme.area_code),
    }
    return show(request, who, build, "bills.html", context, filters=(STATE,))


def _make(request: HttpRequest, who: Visitor, programme: ProgrammeRow, form: NewBill) -> HttpResponse | None:
    given = form.cleaned_data
    with refused_by(form):
        made = actions.make_bill(
            by=who.officer,
            on=who.on,
            programme_id=programme.id,
            payer_code=given["pembayar"],
            month=Month.parse(given["bulan"]),
        )
        told = {"people": made.people, "amount": money(made.amount)}
        messages.success(request, gettext("Tagihan terbit untuk %(people)d orang, %(amount)s.") % told)
        return redirect("tagihan", made.id)
    return None


def _budget(request: HttpRequest, who: Visitor, programme: ProgrammeRow, form: NewBudget) -> HttpResponse | None:
    given = form.cleaned_data
    line = BudgetLine(
        given["pembayar"], programme.id, given["tahun"], given["mata_anggaran"], given["dasar_hukum"], given["jumlah"],
        given["alasan"],
    )  # fmt: skip
    with refused_by(form):
        actions.set_budget(by=who.officer, on=who.on, line=line)
        messages.success(request, gettext("Anggaran ditetapkan: %(amount)s.") % {"amount": money(given["jumlah"])})
        return redirect("iuran")
    return None


class Order(forms.Form):
    """The order of the treasury that pays a bill."""

    nomor = forms.CharField(label=_("Nomor SP2D"), max_length=60)
    tanggal = DayField(label=_("Tanggal SP2D"))


class Why(forms.Form):
    """A reason."""

    alasan = forms.CharField(label=_("Alasan"), max_length=200)


def found_bill(who: Visitor, bill_id: uuid.UUID) -> BillRow:
    """Give a bill of a programme within the visitor's areas; page 404 for any other."""
    found = queries.bill(bill_id, on=who.on)
    programme = None if found is None else targeting.programme_row(found.programme_id)
    if found is None or programme is None or not _touches(who, programme.area_code):
        raise Http404
    return found


def _touches(who: Visitor, area_code: str) -> bool:
    return who.may_in("bill.read", area_code)


@desk("bill.read")
def bill(request: HttpRequest, who: Visitor, bill_id: uuid.UUID) -> HttpResponse:
    """Show one bill with its people, and the next step for whom it is."""
    found = found_bill(who, bill_id)
    posted = request.method == "POST" and "ekspor" not in request.POST
    form = Order(request.POST if posted else None, initial={"tanggal": who.on})
    if posted and form.is_valid():
        order = OrderGiven(form.cleaned_data["nomor"], form.cleaned_data["tanggal"])
        with refused_by(form):
            actions.request_payment(by=who.officer, on=who.on, bill_id=bill_id, order=order)
            messages.success(request, gettext("SP2D diajukan; pejabat penyetuju kini memeriksanya."))
            return redirect("tagihan", bill_id)
    return show(request, who, _lines(who, bill_id), "bill.html", _bill_context(who, found, form))


def _bill_context(who: Visitor, found: BillRow, form: Order) -> dict[str, Any]:
    ordered = found.state == "diajukan"
    return {
        "bill": found,
        "form": form,
        "why": Why(),
        "may_order": found.state == "terbit" and who.may("bill.pay"),
        "may_cancel": found.state == "terbit" and who.may("bill.make"),
        "may_approve": ordered and who.may("bill.approve") and found.ordered_by_id != who.officer.id,
        "waits": ordered,
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("financing.bill", str(found.id))],
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
    found = queries.bill(bill_id, on=who.on)
    if found is None:
        raise Http404
    actions.cancel_bill(by=who.officer, on=who.on, bill_id=bill_id, reason=request.POST.get("alasan", ""))
    messages.success(request, gettext("Tagihan dibatalkan; bulannya bebas lagi."))
    return redirect("tagihan", bill_id)
