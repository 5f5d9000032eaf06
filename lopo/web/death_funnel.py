"""The page of the funnel of deaths: expected, seen, opened, complete, decided, paid; and the dead still paid for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lopo.insight.queries.deaths import MULTIPLIERS, Funnel, FunnelAsked, FunnelRow, StillPaid, funnel, still_paid
from lopo.web.cells import day_text, month_text, number_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, ask, whole

MONTH, PLACE = "bulan", "kelurahan"
BY = Filter("menurut", _("Menurut"), (Choice(MONTH, _("bulan meninggal")), Choice(PLACE, _("kelurahan"))))
TIMES = Filter(
    "pengali", _("Pengali (biasa 100 %)"), tuple(Choice(str(one), f"{one} %") for one in MULTIPLIERS if one != 100)
)
STAGES: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("seen", _("Tampak di register"), _("akta kematian yang cocok dengan peserta terlindungi, atau mungkin cocok")),
    ("case", _("Menjadi kasus"), _("kasus kematian yang dibuka, juga dari laporan keluarga")),
    ("complete", _("Berkas lengkap"), _("semua surat sudah diterima")),
    ("decided", _("Diputus"), _("keputusan disetujui, dikabulkan atau ditolak")),
    ("paid", _("Dibayar"), _("bank sudah membayar kepada keluarga")),
)
_EMPTY = Empty(
    _("Belum ada bulan yang dibayar"), _("Corong mulai terisi sesudah iuran pertama dibayar dan nomor peserta terbit.")
)


@desk("case.read")
def deaths(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the funnel of the chosen programme, by month of death or by kelurahan, with the days between its steps."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    filters = (BY, TIMES)
    chosen = ask(request, filters)
    times = int(chosen.get("pengali") or 100)
    asked = FunnelAsked(programme.id, who.areas("case.read"), who.on, times)
    found = funnel(asked)
    by_place = chosen.get("menurut") == PLACE

    def build(asked_now: Ask) -> Table[FunnelRow]:
        rows = found.places if by_place else found.months
        name, caption = f"corong-kematian-{PLACE if by_place else MONTH}", _("Corong kematian")
        columns = _columns(_("Kelurahan") if by_place else _("Bulan meninggal"), in_file=asked_now.all_rows)
        return Table(name, caption, columns, whole(rows), _EMPTY, asked_now, filters, export=True)

    context = {"programme": programme, "tab": "deaths", "steps": _steps(found), "total": found.total, "times": times}
    context |= {"expected": _tenths(found.total.expected_tenths), "insured": _tenths(found.total.insured_tenths)}
    context |= {"left": still_paid(asked), "short": found.total.seen * 10 < found.total.insured_tenths}
    return show(request, who, build, "death_funnel.html", context, filters=filters)


def _columns(first: str | Promise, *, in_file: bool) -> tuple[Column[FunnelRow], ...]:
    """Give the columns: on the page the days stand below the counts, in a file they have columns of their own."""
    steps = (
        (_("Tampak"), lambda row: row.seen, _("Hari sampai tampak")),
        (_("Kasus"), lambda row: row.case, _("Hari sampai kasus")),
        (_("Lengkap"), lambda row: row.complete, _("Hari sampai lengkap")),
        (_("Diputus"), lambda row: row.decided, _("Hari sampai diputus")),
        (_("Dibayar"), lambda row: row.paid, _("Hari sampai dibayar")),
    )
    below = [None if in_file else _below(place) for place in range(len(steps))]
    columns = [Column(title, count, "number", minor=below[place]) for place, (title, count, _days) in enumerate(steps)]
    days = [Column(title, _days_of(place), "number") for place, (_title, _count, title) in enumerate(steps)]
    head: tuple[Column[FunnelRow], ...] = (
        Column(first, _key),
        Column(_("Bulan-peserta"), lambda row: row.member_months, "number"),
        Column(_("Diharapkan"), lambda row: _tenths(row.expected_tenths)),
    )
    doubt: Column[FunnelRow] = Column(_("Ragu"), lambda row: row.doubtful or None, "number")
    return (*head, columns[0], doubt, *columns[1:], *(days if in_file else ()))


def _days_of(place: int) -> Callable[[FunnelRow], int | None]:
    return lambda row: row.days[place]


def _below(place: int) -> Callable[[FunnelRow], str]:
    """Say the days of a step below its count; nothing where nobody got there."""
    return lambda row: "" if row.days[place] is None else gettext("%(days)d hari") % {"days": row.days[place]}


def _key(row: FunnelRow) -> str:
    return month_text(row.key) if isinstance(row.key, date) else area_line(row.key)


def _tenths(tenths: int) -> str:
    """Say tenths of a death as a number with one digit behind the comma."""
    return f"{number_text(tenths // 10)}{',' if (get_language() or 'id').startswith('id') else '.'}{tenths % 10}"


def _steps(found: Funnel) -> list[dict[str, object]]:
    """Give the steps of the funnel: how many got there, and the middle number of days since the step before."""
    since = (
        _("sejak meninggal"),
        _("sejak meninggal"),
        _("sejak kasus dibuka"),
        _("sejak lengkap"),
        _("sejak diputus"),
    )
    most = max(1, *(getattr(found.total, code) for code, *_rest in STAGES), -(-found.total.expected_tenths // 10))
    return [
        {
            "title": title,
            "means": means,
            "count": getattr(found.total, code),
            "most": most,
            "days": None if days is None else gettext("%(days)d hari") % {"days": days},
            "since": since[place],
        }
        for place, ((code, title, means), days) in enumerate(zip(STAGES, found.total.days, strict=True))
    ]


@desk("case.read")
def paid_for(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the dead whose months after the death are paid, with or without a case."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    found = still_paid(FunnelAsked(programme.id, who.areas("case.read"), who.on))
    columns: tuple[Column[StillPaid], ...] = (
        Column(_("Nama"), lambda row: row.name, link=lambda row: reverse("seseorang", args=[row.person_id])),
        Column(_("NIK"), lambda row: row.nik, "nik"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code)),
        Column(_("Meninggal"), lambda row: day_text(row.died_on)),
        Column(_("Menurut"), lambda row: row.state, "badge"),
        Column(
            _("Bulan dibayar sesudahnya"), lambda row: row.months, "number", minor=lambda row: month_text(row.first)
        ),
        Column(_("Jumlah"), lambda row: row.amount, "money"),
    )
    empty = Empty(_("Tidak ada"), _("Tidak ada iuran yang dibayar untuk bulan sesudah kematian yang diketahui."))

    def build(asked: Ask) -> Table[StillPaid]:
        caption = _("Meninggal, iurannya masih dibayar")
        return Table("meninggal-dibayar", caption, columns, whole(found), empty, asked, export=True)

    return show(request, who, build, "death_paid.html", {"programme": programme, "tab": "deaths"})
