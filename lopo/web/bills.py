"""The desk of contributions: budget lines and the bills of each month, or of several under one code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month
from lopo.financing import actions, queries
from lopo.financing.actions import BudgetLine, Months
from lopo.financing.queries import BillRow, BillsFilter
from lopo.targeting.queries import ProgrammeRow
from lopo.web.cells import money, month_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.words import SECTORS

STATE = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("terbit", _("terbit")),
        Choice("diajukan", _("SP2D diajukan")),
        Choice("dibayar", _("dibayar")),
        Choice("batal", _("batal")),
        Choice("dibalik", _("dibayar lalu dibalik")),
        Choice("dibagi", _("dibagi dua")),
    ),
)
COLUMNS: tuple[Column[BillRow], ...] = (
    Column(
        _("Bulan"),
        lambda row: row.month.first_day,
        "month",
        sort="month",
        link=lambda row: reverse("tagihan", args=[row.id]),
        minor=lambda row: f"{row.payer_name} · {SECTORS[row.sector]}" if row.sector else row.payer_name,
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
    """The payer and month of a bill to be made, or of several at once."""

    pembayar = forms.ChoiceField(label=_("Pembayar"))
    bulan = forms.ChoiceField(label=_("Bulan iuran"))
    jumlah_bulan = forms.ChoiceField(
        label=_("Berapa bulan"),
        choices=[("1", _("1 bulan")), ("3", _("3 bulan")), ("6", _("6 bulan")), ("12", _("12 bulan"))],
        required=False,
        help_text=_("Iuran di muka belum melindungi sebelum SP2D-nya dibayar."),
    )
    kode = forms.CharField(
        label=_("Kode iuran"),
        max_length=40,
        required=False,
        help_text=_("Dari BPJS; perlu untuk beberapa bulan. Untuk satu bulan boleh dicatat kemudian."),
    )
    kode_sampai = DayField(label=_("Kode berlaku sampai"), required=False)

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
    first, count = Month.parse(given["bulan"]), int(given["jumlah_bulan"] or 1)
    payer, code = given["pembayar"], given["kode"].strip()
    with refused_by(form):
        months = Months(first, count, code, given["kode_sampai"])
        made = actions.make_bills(
            by=who.officer, on=who.on, programme_id=programme.id, payer_code=payer, months=months
        )  # fmt: skip
        told = {
            "people": sum(each.people for each in made if each.due_on == made[0].due_on),
            "amount": money(sum(each.amount for each in made)),
        }
        messages.success(request, gettext("Tagihan terbit untuk %(people)d orang, %(amount)s.") % told)
        return redirect("tagihan", made[0].id)
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
