"""Who looked at whom, on a person's page and as a report for the head of office; what a person asks of his data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.people import queries as people
from lopo.people.queries import PersonRow
from lopo.staff import actions
from lopo.staff import looks as queries
from lopo.staff.looks import LookRow, Review
from lopo.web.door import Visitor, desk
from lopo.web.table import Column, Empty, Table, whole
from lopo.web.words import ROLES
from lopo.web.works import Job, begin

PAGES: dict[str, str | Promise] = {
    "seseorang": _("halaman orang"),
    "perlindungan_orang": _("lembar perlindungan"),
    "baris": _("baris usulan"),
    "ragu_baris": _("meja ragu"),
    "kasus": _("kasus klaim"),
    "dokumen": _("dokumen"),
    "peserta_berkas": _("berkas BPJS"),
    "berkas_unduh": _("berkas bank"),
    "rekening_unduh": _("permintaan rekening"),
    "kasus_surat_masuk": _("berkas kasus"),
    "kasus_surat_halaman": _("berkas kasus"),
    "kasus_surat_berkas": _("berkas kasus"),
    "kasus_laporan_foto": _("foto laporan"),
    "laporan_masuk_isi": _("laporan masuk"),
    "laporan_masuk_foto": _("foto laporan"),
    "pesan_isi": _("pesan"),
}
FLAGS: dict[str, str | Promise] = {
    "banyak": _("%(n)d orang dalam satu hari"),
    "luar_wilayah": _("%(n)d kali orang di luar wilayah tugasnya"),
    "luar_jam": _("%(n)d kali sebelum pukul 06, setelah pukul 19, atau di akhir pekan"),
    "nomor_utuh": _("%(n)d kali nomor utuh"),
    "berulang": _("satu orang yang sama dalam %(n)d jam yang berbeda"),
}
_COUNT = {"banyak": "busiest", "luar_wilayah": "outside", "luar_jam": "odd_hours", "nomor_utuh": "whole",
          "berulang": "again"}  # fmt: skip
SPANS: tuple[tuple[int, str | Promise], ...] = ((7, _("7 hari")), (30, _("30 hari")), (365, _("satu tahun")))
_USUAL_DAYS = 30


class CopyForm(forms.Form):
    """Who asks for a copy of his own data."""

    peminta = forms.CharField(
        label=_("Siapa yang meminta, dan bagaimana dikenali?"),
        min_length=5,
        max_length=200,
        help_text=_("Misalnya: yang bersangkutan, KTP dicocokkan; atau kuasa dengan surat bermeterai."),
    )


class CorrectionForm(CopyForm):
    """Who asks that something be corrected, and what."""

    isi = forms.CharField(label=_("Apa yang keliru, dan apa yang benar?"), min_length=5, max_length=500)


def page_said(page: str) -> str:
    """Say in words on which page somebody looked."""
    return str(PAGES.get(page) or page.replace("_", " "))


def of_person(who: Visitor, found: PersonRow, ids: Collection[int]) -> dict[str, Any]:
    """Give what the person's page shows of looks, files and requests; nothing to who may not see it."""
    told: dict[str, Any] = {"may_own_data": who.may_in("people.own_data", found.area_code)}
    if told["may_own_data"]:
        told |= {"requests": queries.requests_of(ids), "copy_form": CopyForm(), "correction_form": CorrectionForm()}
    if who.may_in("looks.read", found.area_code):
        told["looks"] = [(row, page_said(row.page), _role(row)) for row in queries.looks_of(ids)]
        told["exports"] = queries.exports_of(ids)
        told["may_see_looks"] = True
    return told


def _role(row: LookRow | Review) -> str:
    return str(ROLES[row.role][0]) if row.role in ROLES else ""


def flags_said(row: Review) -> str:
    """Say what is unusual about an officer's looks; it asks a question and gives no verdict."""
    return "; ".join(str(FLAGS[code]) % {"n": getattr(row, _COUNT[code])} for code in row.flags)


COLUMNS: tuple[Column[Review], ...] = (
    Column(_("Petugas"), lambda row: row.by, minor=_role),
    Column(_("Perlu ditanyakan"), flags_said),
    Column(_("Melihat"), lambda row: row.looks, "number"),
    Column(_("Orang"), lambda row: row.persons, "number"),
    Column(_("Nomor utuh"), lambda row: row.whole, "number"),
    Column(_("Luar jam kerja"), lambda row: row.odd_hours, "number"),
    Column(_("Berkas diunduh"), lambda row: row.files, "number"),
)


@desk("diary.read")
def review(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Report who looked at what in the last days, what is unusual first; and the requests that wait."""
    given = request.GET.get("hari", "")
    days = next((days for days, _title in SPANS if str(days) == given), _USUAL_DAYS)
    rows = queries.review(who.on - timedelta(days=days - 1), who.on, zone=settings.TIME_ZONE)
    empty = Empty(_("Belum ada yang dilihat"), _("Setiap kali halaman seseorang dibuka, catatannya masuk ke sini."))
    table = Table("siapa-melihat", _("Siapa melihat apa"), COLUMNS, whole(rows), empty)
    context: dict[str, Any] = {"table": table, "days": days, "spans": SPANS}
    context["requests"] = queries.requests_waiting()
    return render(request, "looks.html", context)


def _person(who: Visitor, person_id: int) -> PersonRow:
    """Give a person whose own data the visitor may hand out; page 404 for any other."""
    found = people.person(person_id)
    if found is None or not who.may_in("people.own_data", found.area_code):
        raise Http404
    return found


@desk("people.own_data")
@require_POST
def own_data(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Make everything that is known of a person as a paper for that person, in the background; the request is noted."""
    found = _person(who, person_id)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis siapa yang meminta dan bagaimana dikenali."))
        return redirect("seseorang", person_id=person_id)
    asked = actions.Asked(found.id, "salinan", form.cleaned_data["peminta"], "")
    request_id = actions.note_request(by=who.officer, on=who.on, area_code=found.area_code, asked=asked)
    title = gettext("Menyusun data saya")
    return begin(who, Job("lopo.make_own_data", title, {"person_id": found.id, "request_id": request_id}))


@desk("people.own_data")
@require_POST
def correct(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Note that a person asks for a correction."""
    found = _person(who, person_id)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tulis siapa yang meminta, bagaimana dikenali, dan apa yang keliru."))
        return redirect("seseorang", person_id=person_id)
    given = form.cleaned_data
    asked = actions.Asked(found.id, "pembetulan", given["peminta"], given["isi"])
    actions.note_request(by=who.officer, on=who.on, area_code=found.area_code, asked=asked)
    messages.success(request, gettext("Permintaan dicatat; jawab dalam tiga hari."))
    return redirect("seseorang", person_id=person_id)


@desk("people.own_data")
@require_POST
def answer(request: HttpRequest, who: Visitor, request_id: int) -> HttpResponse:
    """Answer a request that waits."""
    row = queries.request_row(request_id)
    if row is None:
        raise Http404
    found = _person(who, row.person)
    said = " ".join(request.POST.get("jawaban", "").split())
    actions.answer_request(
        by=who.officer, on=who.on, request_id=row.id, person=found.id, area_code=found.area_code, answer=said
    )
    messages.success(request, gettext("Jawaban dicatat."))
    return redirect(reverse("seseorang", args=[found.id]) + "#h-own")
