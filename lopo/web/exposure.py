"""The exposure calendar: who stands where on each day, what is lost next, and which day of payment changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.basics.calendar import Month, Period
from lopo.basics.page import Asked
from lopo.coverage.queries import ARREARS
from lopo.financing import queries
from lopo.financing.queries import BillRow, BillsFilter, Difference, Move, Outlook, Plan, Stretch
from lopo.law.deadlines import contribution_due
from lopo.targeting.queries import ProgrammeRow
from lopo.web import day_strip
from lopo.web.cells import money, month_text, number_text
from lopo.web.door import Visitor, desk
from lopo.web.forms import DayField
from lopo.web.programmes import programme_shown
from lopo.web.words import mark_of

MONTHS = 12
_LOSSES = 8
_DAY = timedelta(days=1)


class PlanForm(forms.Form):
    """The day on which the order of the treasury might pay, and until which month."""

    bayar = DayField(label=gettext_lazy("Bila SP2D dibayar tanggal"))
    sampai = forms.ChoiceField(label=gettext_lazy("untuk iuran sampai dengan bulan"))

    def __init__(self, data: Mapping[str, str], months: Sequence[Month]) -> None:
        super().__init__(data)
        field = self.fields["sampai"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(month), month_text(month.first_day)) for month in months]


@dataclass(frozen=True)
class Act:
    """Who can prevent a loss, by what, and where."""

    who: str | Promise
    what: str | Promise
    href: str


@dataclass(frozen=True)
class Loss:
    """One day on which members lose something: how many, the sentences, and who can act."""

    day: date
    members: int
    state: str
    says: tuple[str, ...]
    act: Act | None


@dataclass(frozen=True)
class Line:
    """One month end on which the plan changes something."""

    day: date
    difference: Difference


@desk("bill.read")
def calendar(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the year from a month on, today's where none is given; `bayar` and `sampai` ask what a payment changes."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("bill.read")
    bills = queries.bills_page(BillsFilter(mine, programme_id=programme.id), Asked(size=0, sort="month"), on=who.on)
    first = _first(request.GET.get("dari", ""), who.on)
    span = Period(first.first_day, first.plus(MONTHS - 1).last_day)
    form = _form(request, first, bills.rows, who.on)
    plan = Plan(form.cleaned_data["bayar"], Month.parse(form.cleaned_data["sampai"])) if form.is_valid() else None
    found = queries.outlook(programme.id, span=span, areas=mine, plan=plan)
    context: dict[str, Any] = {
        "programme": programme,
        "form": form,
        "plan": plan,
        "span": span,
        "first": str(first),
        "before": str(first.plus(-MONTHS)),
        "after": str(first.plus(MONTHS)),
        "in_time": found.nothing.last_day_in_time(who.on),
        "saving": found.nothing.last_saving_day(who.on),
        "saved": _saved(found),
        "today": found.nothing.on(who.on).rows if who.on in span else (),
        "losses": _losses(found.nothing.stretches, programme, bills.rows, who.on),
        "months": day_strip.months_of(found.nothing),
        "planned": day_strip.months_of(found.planned) if found.planned else (),
        "keys": day_strip.KEYS,
        "lines": _lines(found, span),
        "days": (span.last - span.first).days if span.last else 0,
    }
    return render(request, "exposure.html", context)


def _first(text: str, on: date) -> Month:
    """Give the first month to show: the one asked for where it is a month within reason, else this one."""
    try:
        found = Month.parse(text)
    except ValueError:
        return Month.of(on)
    return found if abs(found.minus(Month.of(on))) <= 10 * MONTHS else Month.of(on)


def _form(request: HttpRequest, first: Month, bills: Sequence[BillRow], on: date) -> PlanForm:
    """Give the question as it was asked; unasked it is what paying all open bills today would change."""
    months = list(first.through(first.plus(MONTHS - 1)))
    unpaid = [bill.month for bill in bills if bill.state in ("terbit", "diajukan")]
    through = min(max(unpaid or [Month.of(on)]), months[-1])
    today = min(max(on, first.first_day), months[-1].last_day)
    asked = {"bayar": today.isoformat(), "sampai": str(max(through, first))}
    return PlanForm(asked | {name: request.GET[name] for name in asked if request.GET.get(name)}, months)


def _losses(
    stretches: Sequence[Stretch], programme: ProgrammeRow, bills: Sequence[BillRow], on: date
) -> tuple[Loss, ...]:
    found = [
        _loss(stretch.first, move, programme, bills)
        for stretch in stretches[1:]
        if stretch.first > on
        for move in stretch.moves
        if move.loses or (move.after in ARREARS and move.after != move.before)
    ]
    return tuple(found[:_LOSSES])


def _loss(day: date, move: Move, programme: ProgrammeRow, bills: Sequence[BillRow]) -> Loss:
    says = tuple(
        words % {"each": _together(-each), "all": _together(-each * move.members)}
        for words, each in (
            (_("Santunan kematian: %(each)s tiap orang hilang, bagi semuanya %(all)s."), move.jkm_settled),
            (_("Santunan kematian: %(each)s tiap orang tertunda sampai tunggakan lunas, bagi semuanya %(all)s."),
             min(move.jkm - move.jkm_settled, 0) if move.jkm_settled >= 0 else 0),
            (_("Kecelakaan kerja: %(each)s tiap orang hilang, bagi semuanya %(all)s."), move.jkk_settled),
            (_("Kecelakaan kerja: uang tunai %(each)s tiap orang tertunda, bagi semuanya %(all)s; perawatan dijamin."),
             min(move.jkk - move.jkk_settled, 0) if move.jkk_settled >= 0 else 0),
        )
        if each < 0
    )  # fmt: skip
    return Loss(day, move.members, move.after, says or (_leads_to(move),), _act(day, programme, bills))


def _together(amount: int) -> str:
    """Give rupiah that no line break parts."""
    return money(amount).replace(" ", "\u00a0")


def _leads_to(move: Move) -> str:
    return _("Dari %(before)s menjadi %(after)s: selangkah lebih dekat ke gugur.") % {
        "before": mark_of(move.before).word, "after": mark_of(move.after).word,
    }  # fmt: skip


def _act(day: date, programme: ProgrammeRow, bills: Sequence[BillRow]) -> Act | None:
    """Say who can still pay the month whose due day is over on this day; None where the day has another cause."""
    month = Month.of(day - _DAY)
    if contribution_due(month) + _DAY != day:
        return None
    bill = next((one for one in bills if one.month == month and one.state not in ("batal", "dibalik")), None)
    told = {"month": month_text(month.first_day)}
    if bill is None and month.first_day > programme.last_month:
        return Act(_("Pimpinan dan dinas"), _("tetapkan pembayar sesudah program berakhir"), reverse("iuran"))
    if bill is None:
        return Act(_("Dinas"), _("terbitkan tagihan %(month)s") % told, reverse("iuran"))
    if bill.state == "terbit":
        return Act(_("Bendahara"), _("ajukan SP2D untuk %(month)s") % told, reverse("tagihan", args=[bill.id]))
    return Act(_("Pejabat penyetuju"), _("setujui SP2D untuk %(month)s") % told, reverse("tagihan", args=[bill.id]))


def _saved(found: Outlook) -> str:
    """Say in a sentence what the plan does to the rights that would lapse."""
    plan, last = found.planned.plan if found.planned else None, found.nothing.last_saving_day()
    if plan is None or not found.differences:
        return _("Pembayaran ini tidak mengubah apa pun dalam tahun yang ditampilkan.")
    most = max(one.people for one in found.differences)
    told = {"n": number_text(most)}
    if last is not None and plan.paid_on > last:
        return (
            _("Terlambat bagi yang sudah gugur: perlindungan mulai lagi dengan masa tunggu baru (%(n)s orang).") % told
        )
    return _("Tidak ada hak yang gugur karena menunggu sampai tanggal ini; %(n)s orang lebih terlindungi.") % told


def _lines(found: Outlook, span: Period) -> tuple[Line, ...]:
    """Give the month ends on which the two ways differ."""
    last = span.last or span.first
    days = [month.last_day for month in Month.of(span.first).through(Month.of(last))]
    return tuple(Line(day, one) for day in days for one in found.differences if one.first <= day <= one.last)
