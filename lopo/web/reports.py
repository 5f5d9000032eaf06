"""The desk of reports: what the council is told, and our members beside those of BPJS."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.insight.queries import reconciliation
from lopo.insight.queries.council import FEWEST, council
from lopo.insight.queries.reconciliation import DIFFERS, KINDS, NOT_HERE, Compared, ReconciledRow
from lopo.targeting import queries as targeting
from lopo.web import privacy, report_words
from lopo.web.cells import name_masked
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_line, area_name
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.works import Job, begin

KIND = Filter("jenis", _("Hasil"), tuple(Choice(kind, report_words.KINDS[kind][0]) for kind in KINDS))


@desk("bill.read")
def report(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the report to the council: money, people, effects, each figure with what it counts and its day."""
    programme = programme_shown(request, who)
    told = council(programme.code, on=who.on, areas=who.areas("bill.read")) if programme else None
    if programme is None or told is None:
        return render(request, "no_programme.html")
    context = {
        "programme": programme,
        "told": told,
        "figures": report_words.main_figures(told),
        "columns": [title for title, _means in report_words.MEANS.values()],
        "tables": report_words.people_tables(told),
        "paid": [(", ".join(area_name(area) for area in one.areas), one) for one in told.paid],
        "fewest": FEWEST,
        "may_paper": who.may("table.export"),
        "may_compare": who.may("coverage.read"),
    }
    return render(request, "council.html", context)


@require_POST
@desk("table.export")
def report_paper(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Make the report to the council as PDF and xlsx."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    title = gettext("Menyusun laporan untuk DPRD")
    return begin(who, Job("lopo.make_council", title, {"programme_id": programme.id}))


@require_POST
@desk("lists.read")
def sender_paper(request: HttpRequest, who: Visitor, list_id: int) -> HttpResponse:
    """Write to the sender of a list what became of every name, and how to appeal."""
    found = targeting.list_detail(list_id, who.areas("lists.read"))
    if found is None or not privacy.may_have_sheet(who, found.row.area_code):
        raise Http404
    title = gettext("Menulis surat hasil untuk %(sender)s") % {"sender": found.row.sender}
    return begin(who, Job("lopo.make_sender_letter", title, {"list_id": list_id}))


def _columns(who: Visitor, kind: str) -> tuple[Column[ReconciledRow], ...]:
    """Give the columns of a kind: what stands here, what stands at BPJS, or both where they differ."""
    seen = who.may("people.read")

    def shown(name: str) -> str:
        return name if seen else name_masked(name)

    def way(row: ReconciledRow) -> str:
        return reverse("seseorang", args=[row.person_id]) if row.person_id else ""

    link = way if seen else None
    here: tuple[Column[ReconciledRow], ...] = (
        Column(_("Nama"), lambda row: shown(row.name), link=link),
        Column(_("NIK di sini"), lambda row: row.nik, "nik"),
        Column(_("KPJ di sini"), lambda row: row.kpj),
    )
    there: tuple[Column[ReconciledRow], ...] = (
        Column(_("Nama di BPJS"), lambda row: shown(row.name_there), link=link if kind == NOT_HERE else None),
        Column(_("NIK di BPJS"), lambda row: row.nik_there, "nik"),
        Column(_("KPJ di BPJS"), lambda row: row.kpj_there, minor=lambda row: row.segment),
    )
    if kind == NOT_HERE:
        return (*there, Column(_("Aktif sejak"), lambda row: row.active_since, "date"))
    if kind == DIFFERS:
        told = Column[ReconciledRow](
            _("Yang berbeda"), lambda row: ", ".join(str(report_words.WHAT[what]) for what in row.differs)
        )
        return (here[0], told, *here[1:], *there)
    return (*here, Column(_("Kelurahan"), lambda row: area_line(row.area_code)))


@desk("coverage.read")
def compared(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Compare the members with the active members of BPJS: missing there, missing here, differing."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    file = reconciliation.bpjs_file()
    if file is None:
        return render(request, "compared_none.html", {"programme": programme, "may_load": who.may("registers.load")})
    what = Compared(programme.id, file, who.areas("coverage.read"), programme.area_code)
    counts = reconciliation.reconciliation_counts(what)
    first = next((kind for kind in KINDS if counts.kinds[kind]), KINDS[0])
    asked_for = request.GET.get("jenis", "")
    kind = asked_for if asked_for in KINDS else first

    def build(asked: Ask) -> Table[ReconciledRow]:
        of_kind = replace(what, kind=kind, search=asked.search)
        found = reconciliation.reconciliation_page(of_kind, asked.asked)
        title, means = report_words.KINDS[kind]
        name = f"rekonsiliasi-{kind.replace('_', '-')}"
        hint = _("nama, NIK atau KPJ …")
        empty = Empty(_("Tidak ada"), means)
        return Table(name, title, _columns(who, kind), found, empty, asked, (KIND,), search=hint, export=True)

    context = {
        "programme": programme,
        "file": file,
        "kind": kind,
        "means": report_words.KINDS[kind][1],
        "tabs": [(one, report_words.KINDS[one][0], counts.kinds[one]) for one in KINDS],
        "members": counts.members,
        "strangers": counts.kinds[NOT_HERE],
        "differing": [(report_words.WHAT[what], number) for what, number in counts.differing.items() if number],
    }
    return show(request, who, build, "compared.html", context, filters=(KIND,))
