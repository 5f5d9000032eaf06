"""The desk of decrees: quota, annex of names, waiting list; drafted by one person and set by another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.staff import queries as staff
from lopo.targeting import actions, queries
from lopo.targeting.queries import AnnexFilter, AnnexRow, DecreeRow
from lopo.targeting.queries.amendments import amendments, departures_waiting
from lopo.targeting.queries.decrees import accepted_since
from lopo.targeting.quotas import Rule
from lopo.web import areas, cells
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import refused_by
from lopo.web.programmes import programme_shown
from lopo.web.simulator_forms import RANKINGS, RULES
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.works import Job, begin

STATUS = Filter(
    "status",
    _("Kedudukan"),
    (
        Choice("ditetapkan", _("ditetapkan")),
        Choice("cadangan", _("cadangan")),
        Choice("pengganti", _("pengganti")),
        Choice("gugur", _("gugur")),
    ),
)
COLUMNS: tuple[Column[DecreeRow], ...] = (
    Column(
        _("Nomor"),
        lambda row: row.number,
        link=lambda row: reverse("keputusan_isi", args=[row.id]),
        minor=lambda row: row.title,
    ),
    Column(_("Tanggal"), lambda row: row.dated, "date"),
    Column(_("Keadaan"), lambda row: row.state, "badge"),
    Column(_("Ditetapkan"), lambda row: row.chosen, "number"),
    Column(_("Cadangan"), lambda row: row.waiting, "number"),
    Column(_("Disusun oleh"), lambda row: row.made_by),
    Column(_("Ditetapkan oleh"), lambda row: row.approved_by),
)


class Draft(forms.Form):
    """The number and title of a decree to be drafted."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=60, help_text=_("Misalnya 400.9/123/KEP/2025."))
    judul = forms.CharField(
        label=_("Judul"),
        max_length=200,
        initial=_("Penetapan Pekerja Rentan Penerima Perlindungan Jaminan Sosial Ketenagakerjaan"),
    )


@desk("decree.read")
def decrees(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the decrees; whoever may draft finds the form to draft one."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    form = Draft(request.POST if request.method == "POST" else None)
    may_draft = who.may_in("decree.draft", programme.area_code)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_by(form):
            made = actions.draft_decree(
                by=who.officer, on=who.on, programme_id=programme.id, number=given["nomor"], title=given["judul"]
            )
            messages.success(request, gettext("Konsep keputusan tersusun; pejabat penyetuju kini dapat memeriksanya."))
            return redirect("keputusan_isi", made.decree_id)
    rows = queries.decrees(programme.id)
    empty = Empty(
        _("Belum ada keputusan"), _("Keputusan disusun dari calon yang diterima, setelah semua daftar diperiksa.")
    )
    table = Table("keputusan", _("Keputusan"), COLUMNS, whole(rows), empty)
    state = queries.programme(programme.code, who.areas("decree.read"))
    context = {"table": table, "form": form, "programme": programme, "state": state}
    context["may_draft"] = may_draft and not rows
    return render(request, "decrees.html", context, status=422 if form.errors else 200)


def _annex_columns(who: Visitor) -> tuple[Column[AnnexRow], ...]:
    open_ones = who.may("people.read")
    return (
        Column(_("Urutan"), lambda row: row.rank, "number", sort="rank"),
        Column(
            _("Nama"),
            (lambda row: row.name) if open_ones else (lambda row: cells.name_masked(row.name)),
            sort="name",
            link=(lambda row: reverse("seseorang", args=[row.person_id])) if open_ones else None,
        ),
        Column(_("NIK"), lambda row: row.nik, "nik", sort="nik"),
        Column(_("Kecamatan"), lambda row: row.kecamatan, sort="kecamatan"),
        Column(_("Kelurahan"), lambda row: row.kelurahan, sort="kelurahan"),
        Column(_("Desil"), lambda row: row.decile, "number", sort="decile"),
        Column(_("Kedudukan"), lambda row: row.status, "badge", sort="status"),
        Column(_("Cadangan ke"), lambda row: row.waiting_place, "number", sort="waiting_place"),
    )


def found_decree(decree_id: int) -> DecreeRow:
    """Give a decree; page 404 where there is none."""
    found = queries.decree(decree_id)
    if found is None:
        raise Http404
    return found


@desk("decree.read")
def decree(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Show one decree: its quota by kecamatan, its names, its papers, and the button that sets it."""
    found = found_decree(decree_id)
    mine = who.areas("decree.read")
    filters = (areas.kecamatan_filter(mine), STATUS)

    def build(asked: Ask) -> Table[AnnexRow]:
        status = asked.get("status")
        wanted = AnnexFilter(mine, decree_id, asked.get(areas.KECAMATAN), (status,) if status else (), asked.search)
        page = queries.annex_page(wanted, asked.asked)
        empty = Empty(_("Tidak ada nama yang cocok"), _("Hapus saringan atau periksa ejaan."))
        return Table(
            "lampiran",
            _("Lampiran nama"),
            _annex_columns(who),
            page,
            empty,
            asked,
            filters,
            _("nama atau NIK …"),
            export=True,
        )

    return show(request, who, build, "decree.html", _decree_context(who, found), filters=filters)


def _decree_context(who: Visitor, found: DecreeRow) -> dict[str, Any]:
    draft = found.state == "konsep"
    return {
        "decree": found,
        "rule": RULES[Rule(found.rule)],
        "ranking": [dict(RANKINGS)[code] for code in found.ranking],
        "accepted_since": accepted_since(found.id),
        "amendments": amendments(found.id),
        "departures": departures_waiting(found.id),
        "total": (
            sum(q.accepted for q in found.quotas),
            sum(q.places for q in found.quotas),
            sum(q.waiting for q in found.quotas),
        ),
        "papers": staff.papers_of("targeting.decree", str(found.id)) if who.may("people.see_contact") else (),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("targeting.decree", str(found.id))],
        "may_approve": draft and who.may("decree.approve") and found.made_by_id != who.officer.id,
        "may_withdraw": draft and who.may("decree.draft"),
        "may_make": who.may("decree.draft"),
        "may_send": not draft and who.may("coverage.send"),
        "may_change": not draft and (who.may("decree.draft") or who.may("decree.approve")),
    }


@desk("decree.approve")
@require_POST
def approve(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Set a decree that somebody else drafted."""
    found = found_decree(decree_id)
    actions.approve_decree(by=who.officer, on=who.on, decree_id=decree_id)
    messages.success(request, gettext("Keputusan %(number)s ditetapkan dan dibekukan.") % {"number": found.number})
    return redirect("keputusan_isi", decree_id)


@desk("decree.draft")
@require_POST
def withdraw(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Take a draft back."""
    actions.withdraw_decree(by=who.officer, on=who.on, decree_id=decree_id)
    messages.success(request, gettext("Konsep ditarik; nomornya bebas lagi."))
    return redirect("keputusan")


@desk("decree.draft")
@require_POST
def make_paper(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Make the decree as PDF and xlsx in the background."""
    found = found_decree(decree_id)
    title = gettext("Membuat dokumen keputusan %(number)s") % {"number": found.number}
    return begin(who, Job("lopo.make_decree", title, {"decree_id": decree_id}))
