"""What the desk of claims does beyond the first papers: lines, diseases, children, disputes, holders, forms as PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lopo.claims import actions, queries
from lopo.claims.actions import CareGiven, ChildGiven, DiseaseGiven, DisputeGiven, YearGiven
from lopo.web import case_more_forms as more
from lopo.web.case_powers import check_power, empower, end_power, power_forms
from lopo.web.case_shares import share, share_form
from lopo.web.case_work import done_or_shown
from lopo.web.cases import case_answer, found_case
from lopo.web.cells import money
from lopo.web.door import Visitor, desk
from lopo.web.works import Job, begin

Given = dict[str, Any]
Deed = Callable[[Visitor, int, Given], object]
FORM_NAMES = ("formulir_3", "formulir_3a", "formulir_3b", "formulir_4")


def _line(who: Visitor, case_id: int, given: Given) -> None:
    line = CareGiven(
        given["apa"], given["hari_rawat"], given["icd10"], given["nilai"], given["surat_dokter"],
        given["harga_rujukan"] or 0, not given["bukan_kasus"], given["bukan_kasus"],
    )  # fmt: skip
    actions.add_care_line(by=who.officer, on=who.on, case_id=case_id, invoice_id=given["tagihan"], line=line)


def _guarantor(who: Visitor, case_id: int, given: Given) -> None:
    actions.set_guarantor(by=who.officer, on=who.on, case_id=case_id, answer=given["jawaban"])


def _other_paid(who: Visitor, case_id: int, given: Given) -> None:
    actions.set_other_paid(
        by=who.officer, on=who.on, case_id=case_id, invoice_id=given["tagihan_lain"], amount=given["dibayar_lain"]
    )


def _disease(who: Visitor, case_id: int, given: Given) -> None:
    disease = DiseaseGiven(given["diagnosis"], given["berhenti"], given["icd10_penyakit"])
    actions.note_disease(by=who.officer, on=who.on, case_id=case_id, disease=disease)


def _total(who: Visitor, case_id: int, given: Given) -> None:
    actions.declare_total(
        by=who.officer, on=who.on, case_id=case_id, declared_on=given["dinyatakan"], why=given["surat_total"]
    )


def _return(who: Visitor, case_id: int, given: Given) -> None:
    actions.note_return(
        by=who.officer, on=who.on, case_id=case_id, advised_on=given["disarankan"], returned_on=given["kembali"]
    )


def _child(who: Visitor, case_id: int, given: Given) -> None:
    child = ChildGiven(given["urutan"], given["nik_anak"], given["nama_anak"], given["lahir_anak"])
    actions.name_child(by=who.officer, on=who.on, case_id=case_id, child=child)


def _year(who: Visitor, case_id: int, given: Given) -> None:
    year = YearGiven(given["tahun"], given["jenjang"], given["surat_sekolah"], given["menikah"], given["bekerja"])
    actions.add_school_year(by=who.officer, on=who.on, child_id=given["anak"], year=year)


def _dispute(who: Visitor, case_id: int, given: Given) -> None:
    dispute = DisputeGiven(given["tentang"], given["oleh"], given["isi"], given.get("bagian_siapa"))
    actions.raise_dispute(by=who.officer, on=who.on, case_id=case_id, dispute=dispute)


def _answer(who: Visitor, case_id: int, given: Given) -> None:
    waiting = next((one for one in queries.disputes_of(case_id) if one.open), None)
    if waiting is None:
        raise Http404
    upheld = given["putusan_sengketa"] == "ya"
    actions.answer_dispute(
        by=who.officer, on=who.on, dispute_id=waiting.id, upheld=upheld, answer=given["jawaban_sengketa"]
    )


def _settle(who: Visitor, case_id: int, given: Given) -> None:
    held = next((one for one in queries.disputes_of(case_id) if one.to_settle), None)
    if held is None:
        raise Http404
    actions.settle_share(by=who.officer, on=who.on, dispute_id=held.id, how=given["penyelesaian"])


def _close(who: Visitor, case_id: int, given: Given) -> None:
    actions.close_case(by=who.officer, on=who.on, case_id=case_id, why=given["mengapa"])


def _reopen(who: Visitor, case_id: int, given: Given) -> None:
    actions.reopen_case(by=who.officer, on=who.on, case_id=case_id, why=given["mengapa"])


_DEEDS: dict[str, Deed] = {
    "rincian": _line, "penjamin": _guarantor, "bayar_lain": _other_paid, "penyakit": _disease, "cacat_total": _total,
    "kembali_kerja": _return, "anak": _child, "sekolah": _year, "sengketa": _dispute, "jawab": _answer, "tutup": _close,
    "buka_lagi": _reopen, "bagian": share, "selesaikan": _settle, "kuasa": empower, "kuasa_jawab": check_power,
    "kuasa_cabut": end_power,
}  # fmt: skip


@desk("case.report", "case.work", "decision.approve")
@require_POST
def add(request: HttpRequest, who: Visitor, case_id: int, what: str) -> HttpResponse:
    """Do one of the further deeds; a refusal stands above the form, with what was typed."""
    found = found_case(who, case_id)
    if what not in _DEEDS:
        raise Http404
    form = _posted(request, found, what)
    return done_or_shown(request, who, found, (what, form), _DEEDS[what])


def _posted(request: HttpRequest, found: queries.CasePage, what: str) -> forms.Form:
    kind = type((more.more_forms(found) | share_form(found) | power_forms(found))[what])
    return kind(request.POST, case=found) if issubclass(kind, more.OfCase) else kind(request.POST)


@desk("case.work")
@require_POST
def take(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Take the case in hand."""
    found_case(who, case_id)
    actions.take_case(by=who.officer, on=who.on, case_id=case_id)
    messages.success(request, _("Kasus ini kini Anda pegang."))
    return redirect("kasus", case_id)


@desk("decision.make")
@require_POST
def propose_schooling(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Propose the scholarships of the school years that wait."""
    found_case(who, case_id)
    done = actions.propose_schooling(by=who.officer, on=who.on, case_id=case_id)
    told = _("Keputusan diusulkan: %(amount)s. Pejabat penyetuju kini memeriksanya.")
    messages.success(request, told % {"amount": money(done.amount)})
    return redirect("kasus", case_id)


@desk("case.work")
@require_POST
def form_paper(request: HttpRequest, who: Visitor, case_id: int, form: str) -> HttpResponse:
    """Fill one of the forms of the case in the background."""
    found = found_case(who, case_id)
    if form not in FORM_NAMES:
        raise Http404
    title = _("Mengisi formulir kasus %(code)s") % {"code": found.code}
    return begin(who, Job("lopo.make_case_paper", title, {"case_id": case_id, "form": form}))


@desk("decision.make")
@require_POST
def guarantee(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Write the letter that guarantees care to a hospital, in the background."""
    found = found_case(who, case_id)
    form = more.HospitalForm(request.POST)
    if not form.is_valid():
        return case_answer(request, who, found, {"jaminan": form, "open": "jaminan"}, status=422)
    title = _("Membuat surat jaminan kasus %(code)s") % {"code": found.code}
    hospital = form.cleaned_data["rumah_sakit_jaminan"]
    return begin(who, Job("lopo.make_case_paper", title, {"case_id": case_id, "hospital": hospital}))
