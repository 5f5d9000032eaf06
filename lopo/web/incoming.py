"""The desk of first reports: what came in from anybody, whose it is, and what became of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.claims.actions import first_reports as actions
from lopo.claims.queries import first_reports as queries
from lopo.claims.queries.first_reports import FirstReportFilter, FirstReportPage, FirstReportRow
from lopo.staff import queries as staff
from lopo.web.cells import moment_text
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer, show
from lopo.web.first_report import TELLERS
from lopo.web.frame import area_line, crumbs
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.whole_nik import look
from lopo.web.words import mark_of

STATE = Filter(
    "keadaan",
    _("Keadaan"),
    tuple(Choice(code, mark_of(f"lapor_{code}").word) for code in ("baru", "terhubung", "bukan")),
)
KIND = Filter("jenis", _("Jenis"), (Choice("JKM", _("JKM (kematian)")), Choice("JKK", _("JKK (kecelakaan kerja)"))))
COLUMNS: tuple[Column[FirstReportRow], ...] = (
    Column(
        _("Tentang"),
        lambda row: row.name or row.code,
        sort="name",
        link=lambda row: reverse("laporan_masuk_isi", args=[row.id]),
        minor=lambda row: row.code if row.name else "",
        personal="name",
    ),
    Column(_("Jenis"), lambda row: row.kind),
    Column(_("Kejadian"), lambda row: row.event_on, "date", sort="event_on"),
    Column(_("Masuk"), lambda row: moment_text(row.received_at), sort="received_at"),
    Column(_("Batas 2 × 24 jam"), lambda row: moment_text(row.due_at) if row.due_at else "", sort="due_at"),
    Column(_("Pelapor"), lambda row: row.source, personal="source"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="area_code"),
    Column(_("Keadaan"), lambda row: f"lapor_{row.state}", "badge", sort="state"),
    Column(
        _("Kasus"),
        lambda row: row.case_code,
        link=lambda row: reverse("kasus", args=[row.case_id]) if row.case_id else "",
    ),
)


@desk("case.read")
def incoming(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the first reports of the visitor's areas, the newest first."""
    mine = who.areas("case.read")

    def build(asked: Ask) -> Table[FirstReportRow]:
        wanted = FirstReportFilter(mine, asked.get("keadaan"), asked.get("jenis"), asked.search)
        empty = Empty(
            _("Belum ada laporan yang cocok"),
            _("Siapa pun dapat melapor dari telepon, tanpa akun; bagikan alamat halaman lapor."),
            reverse("lapor"),
            _("Buka halaman lapor"),
        )
        return Table(
            "laporan-masuk", _("Laporan masuk"), COLUMNS, queries.first_reports_page(wanted, asked.asked), empty,
            asked, (STATE, KIND), _("nama, NIK atau kode …"), export=True,
        )  # fmt: skip

    context = {"tab": "incoming", "new": queries.new_first_reports(mine)}
    return show(request, who, build, "incoming.html", context, filters=(STATE, KIND))


@desk("case.read")
def one(request: HttpRequest, who: Visitor, report_id: uuid.UUID) -> HttpResponse:
    """Show one report with who might be meant; the look is noted."""
    found = _found(who, report_id)
    look(request, who, (actions.SUBJECT, report_id), found.area_code)
    search = " ".join(request.GET.get("cari", "").replace("\x00", "").split())[:100]
    place = found.area_code
    may_attach = found.state != "terhubung" and who.may_in("case.report", place)
    context = {
        "report": found,
        "state": f"lapor_{found.state}",
        "teller": dict(TELLERS)[found.teller],
        "late": found.due_at is not None and found.received_at > found.due_at,
        "search": search,
        "may_attach": may_attach,
        "candidates": queries.candidates(found, who.areas("case.report"), search) if may_attach else (),
        "may_dismiss": found.state == "baru" and who.may_in("case.work", place),
        "may_see_contact": who.may_in("people.see_contact", place),
        "crumbs": crumbs(place),
        "tab": "incoming",
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of(actions.SUBJECT, str(report_id))],
    }
    return render(request, "incoming_one.html", context)


@desk("case.report")
@require_POST
def attach(request: HttpRequest, who: Visitor, report_id: uuid.UUID) -> HttpResponse:
    """Say whose report this is; its case is opened or found."""
    _found(who, report_id)
    chosen = request.POST.get("orang", "")
    if not (chosen.isdecimal() and len(chosen) < 12):
        raise Http404
    done = actions.attach_first_report(by=who.officer, on=who.on, report_id=report_id, person_id=int(chosen))
    told = gettext("Kasus %(code)s dibuka.") if done.new else gettext("Kejadian ini sudah dilaporkan: kasus %(code)s.")
    messages.success(request, told % {"code": done.code})
    return redirect("kasus", done.case_id)


@desk("case.work")
@require_POST
def dismiss(request: HttpRequest, who: Visitor, report_id: uuid.UUID) -> HttpResponse:
    """Say why a report is not for this programme."""
    _found(who, report_id)
    actions.dismiss_first_report(by=who.officer, on=who.on, report_id=report_id, why=request.POST.get("alasan", ""))
    messages.success(request, gettext("Tercatat; laporan tetap tersimpan dan masih dapat dihubungkan."))
    return redirect("laporan_masuk")


@desk("case.read")
def photo(request: HttpRequest, who: Visitor, report_id: uuid.UUID) -> HttpResponse:
    """Give the photo of a report to who may see what papers tell of people there."""
    found = _found(who, report_id)
    content = queries.report_photo(report_id, who.areas("case.read"))
    if content is None or not who.may_in("people.see_contact", found.area_code):
        raise Http404
    look(request, who, (actions.SUBJECT, report_id), found.area_code)
    return file_answer(f"{found.code}.jpg", "image/jpeg", content, inline=True)


def _found(who: Visitor, report_id: uuid.UUID) -> FirstReportPage:
    found = queries.first_report(report_id, who.areas("case.read"))
    if found is None:
        raise Http404
    return found
