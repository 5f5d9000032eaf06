"""The page of arrears: on a day, who stood in arrears, with which months, and for whom it mattered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.claims import queries as claims
from lopo.claims.queries import CaseFilter, CaseRow
from lopo.coverage import queries as coverage
from lopo.coverage.queries import MemberRow, MembersFilter, Pattern
from lopo.coverage.queries.cover import ARREARS, member_cover
from lopo.financing import queries
from lopo.financing.queries import ArrearsMonth
from lopo.targeting.queries import ProgrammeRow
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField
from lopo.web.frame import area_line
from lopo.web.members import name_and_way
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Column, Empty, Table


@dataclass(frozen=True)
class MonthEnd:
    """How many members stood in arrears at the end of a month (or today)."""

    day: date
    members: int


class Day(forms.Form):
    """The day that is asked about."""

    hari = DayField(label=_("Keadaan pada tanggal"))


@desk("bill.read")
def arrears(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the arrears of a day, today where none is given."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    form = Day({"hari": request.GET.get("hari") or who.on.isoformat()})
    day = form.cleaned_data["hari"] if form.is_valid() else who.on
    mine = who.areas("bill.read")
    patterns = coverage.cover_patterns(programme.id, on=who.on, areas=mine)
    months = queries.arrears_months(programme.id, on=day, areas=mine)
    context = {
        "programme": programme,
        "form": form,
        "day": day,
        "months": months,
        "ends": month_ends(programme, patterns, who.on),
        "struck": _struck(who, programme.id, day, months) if who.may("case.read") else (),
    }
    filters = (areas.kecamatan_filter(mine),)
    name, way = name_and_way(who)
    columns: tuple[Column[MemberRow], ...] = (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("KPJ"), lambda row: row.kpj, sort="kpj"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Keadaan"), lambda row: row.cover, "badge"),
        Column(_("Bulan dibayar"), lambda row: row.months_paid, "number"),
    )

    def build(asked: Ask) -> Table[MemberRow]:
        wanted = MembersFilter(mine, programme.id, asked.search, asked.get(areas.KECAMATAN))
        page = queries.arrears_page(wanted, asked.asked, on=day)
        empty = Empty(_("Tidak ada yang menunggak"), _("Pada tanggal ini semua bulan yang jatuh tempo sudah dibayar."))
        search = _("nama, NIK atau KPJ …")
        return Table("tunggakan", _("Peserta menunggak"), columns, page, empty, asked, filters, search, export=True)

    return show(request, who, build, "arrears.html", context, filters=filters)


def month_ends(programme: ProgrammeRow, patterns: Sequence[Pattern], on: date) -> tuple[MonthEnd, ...]:
    """Give how many members stood in arrears at each month end of the programme until the day. No query."""
    months = Month.of(programme.first_month).through(Month.of(on))
    days = sorted({min(month.last_day, on) for month in months if month.first_day <= on})
    return tuple(MonthEnd(day, sum(one.members for one in patterns if _in_arrears(one, day))) for day in days)


def _in_arrears(pattern: Pattern, day: date) -> bool:
    return member_cover(pattern.months, pattern.number_issued_on, pattern.ended_on, day).state in ARREARS


def _struck(who: Visitor, programme_id: int, day: date, months: Sequence[ArrearsMonth]) -> tuple[CaseRow, ...]:
    """Give the cases whose event fell between the first unpaid due day and the day: for them the arrears mattered."""
    if not months:
        return ()
    since = min(month.due_on for month in months)
    wanted = CaseFilter(who.areas("case.read"), programme_id=programme_id, struck=(since, day))
    rows = claims.cases_page(wanted, Asked(size=0, sort="event_on")).rows
    return tuple(row for row in rows if row.state != "ditutup")
