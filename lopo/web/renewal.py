"""The turn of the year: who stays, who falls out and when cover ends for whom, and who could go on paying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.calendar import Month
from lopo.financing import queries
from lopo.financing.queries import FallingFilter, FallingRow, PayerRow, RenewalRow
from lopo.financing.queries.endings import Ending, ending_of, endings
from lopo.financing.queries.price import OwnPrice, own_prices
from lopo.financing.queries.successors import Successor, successors
from lopo.financing.queries.takeover import taking_decrees
from lopo.targeting.queries import ProgrammeRow
from lopo.web import areas
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line, area_name
from lopo.web.members import name_and_way
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Column, Empty, Table
from lopo.web.words import SECTORS
from lopo.web.works import Job, begin

STEPS: Final = (
    (_("Provinsi"), ("apbd_provinsi",)),
    (_("Kota"), ("apbd_kota",)),
    (_("Desa dan kementerian"), ("dana_desa", "apbn")),
    (_("Gereja dan masjid"), ("gereja", "masjid")),
    (_("Perusahaan dan donatur"), ("perusahaan", "donatur")),
)
"""Who is asked first to go on paying; after all of them the worker himself."""
WHY: Final = {
    "tempat_penuh": _("semua tempat program ini sudah terisi"),
    "pagu_habis": _("sisa pagu tidak cukup untuk satu orang sampai akhir tahun"),
}
_YEAR: Final = 11


@dataclass(frozen=True)
class Place:
    """One kecamatan: how many stay, are taken over, fall out."""

    name: str
    stay: int
    taken: int
    out: int


@dataclass(frozen=True)
class Step:
    """One step of the order: its title, who has a programme with money, and the other payers of that kind."""

    title: str | Promise
    offers: tuple[tuple[Successor, str | Promise], ...]
    others: tuple[PayerRow, ...]


@desk("coverage.read")
def renewal(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the turn of the year of a programme, and everybody who falls out by name."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine, month = who.areas("coverage.read"), Month.of(programme.last_month).next()
    filters = (areas.kecamatan_filter(mine),)

    def build(asked: Ask) -> Table[FallingRow]:
        wanted = FallingFilter(mine, programme.id, month, asked.search, asked.get(areas.KECAMATAN))
        page = queries.falling_page(wanted, asked.asked, on=who.on)
        empty = Empty(_("Tidak ada yang keluar"), _("Setiap peserta ini ada yang membayar sesudah program berakhir."))
        columns = _columns(who, month)
        return Table(
            "pergantian", _("Yang keluar"), columns, page, empty, asked, filters, _("nama …"), export=True
        )  # fmt: skip

    return show(request, who, build, "renewal.html", _context(who, programme, month, mine), filters=filters)


def _columns(who: Visitor, month: Month) -> tuple[Column[FallingRow], ...]:
    name, way = name_and_way(who)

    def ending(row: FallingRow) -> Ending:
        return ending_of(row.months, row.number_issued_on, month.plus(-1), who.on)

    return (
        Column(_("Nama"), name, sort="name", link=way),
        Column(_("NIK"), lambda row: row.nik, "nik", sort="nik"),
        Column(_("KPJ"), lambda row: row.kpj or "–"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
        Column(_("Perlindungan"), lambda row: ending(row).state, "badge"),
        Column(_("Santunan ditahan mulai"), lambda row: ending(row).held_from, "date"),
        Column(_("Hak gugur mulai"), lambda row: ending(row).lost_from, "date"),
    )


def _context(who: Visitor, programme: ProgrammeRow, month: Month, mine: tuple[str, ...]) -> dict[str, Any]:
    rows = queries.renewal(programme.id, on=who.on, month=month, areas=mine)
    counts = {one: sum(row.members for row in rows if row.outcome == one) for one in queries.OUTCOMES}
    ends = endings(programme.id, on=who.on, month=month, areas=mine)
    money = who.may("bill.read")
    return {
        "programme": programme,
        "month": month.first_day,
        "last": month.plus(-1).first_day,
        "counts": counts,
        "places": _places(rows),
        "ends": [(area_name(one.kecamatan_code), one.ending, one.members) for one in ends],
        "steps": _steps(programme, month) if money else (),
        "own": [(SECTORS[one.sector], one) for one in _own(programme, month)],
        "decrees": taking_decrees(programme.id, month, areas=who.areas("decree.read")),
        "may_write": counts["keluar"] > 0 and who.may_in("decree.draft", programme.area_code),
        "may_take": counts["keluar"] > 0 and who.may("decree.draft"),
        "choices": areas.kecamatan_filter(mine).choices,
        "tab": "pergantian",
    }


def _own(programme: ProgrammeRow, month: Month) -> tuple[OwnPrice, ...]:
    return own_prices(programme.monthly_income, month, month.plus(_YEAR))


def _places(rows: Sequence[RenewalRow]) -> list[Place]:
    codes = sorted({row.kecamatan_code for row in rows})

    def people(code: str, outcome: str) -> int:
        return sum(row.members for row in rows if (row.kecamatan_code, row.outcome) == (code, outcome))

    return [Place(area_name(code), *(people(code, one) for one in queries.OUTCOMES)) for code in codes]


def _steps(programme: ProgrammeRow, month: Month) -> list[Step]:
    offers = successors(programme.id, month=month, areas=(programme.area_code,), area_code=programme.area_code)
    asked = {one.payer_code for one in offers}
    payers = queries.payers()
    return [
        Step(
            title,
            tuple((one, WHY.get(one.why, one.why)) for one in offers if one.kind in kinds),
            tuple(one for one in payers if one.kind in kinds and one.code not in asked),
        )
        for title, kinds in STEPS
    ]


@require_POST
@desk("decree.draft")
def letters(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Write to one payer, or to the workers of a kecamatan (or all) for whom nobody pays."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    payer, area = request.POST.get("pembayar", ""), request.POST.get("kecamatan", "")
    if payer:
        told = gettext("Menulis surat pergantian tahun kepada pembayar")
        return begin(who, Job("lopo.make_renewal_letters", told, {"programme_id": programme.id, "payer_code": payer}))
    told = gettext("Menulis surat kepada pekerja yang keluar")
    return begin(who, Job("lopo.make_renewal_letters", told, {"programme_id": programme.id, "area_code": area}))


def way_here(programme: ProgrammeRow) -> str:
    """Give the address of this page for a programme."""
    return f"{reverse('pergantian')}?program={programme.code}"
