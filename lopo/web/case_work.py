"""What the desk of claims does: report, add, conclude, propose and approve. Each deed goes to the claims room."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lopo.claims import actions
from lopo.claims.actions import IncapacityGiven, InjuryGiven, InvoiceGiven, Receiver, Report, TripGiven
from lopo.claims.queries import CasePage
from lopo.people import queries as people
from lopo.people.queries import PersonRow
from lopo.web import case_forms
from lopo.web.case_forms import ReportForm
from lopo.web.cases import case_answer, decision_of, found_case
from lopo.web.cells import money
from lopo.web.door import Visitor, desk, now
from lopo.web.forms import refused_by
from lopo.web.works import Job, begin

Given = dict[str, Any]
Deed = Callable[[Visitor, int, Given], object]


def _invoice(who: Visitor, case_id: int, given: Given) -> object:
    invoice = InvoiceGiven(given["rumah_sakit"], given["nomor"], given["tanggal"], given["jumlah"])
    return actions.add_invoice(by=who.officer, on=who.on, case_id=case_id, invoice=invoice)


def _trip(who: Visitor, case_id: int, given: Given) -> object:
    trip = TripGiven(given["moda"], given["hari"], given["biaya"], given["rute"])
    return actions.add_trip(by=who.officer, on=who.on, case_id=case_id, trip=trip)


def _incapacity(who: Visitor, case_id: int, given: Given) -> object:
    letter = IncapacityGiven(given["mulai"], given["sampai"], given["dokter"])
    return actions.add_incapacity(by=who.officer, on=who.on, case_id=case_id, incapacity=letter)


def _injury(who: Visitor, case_id: int, given: Given) -> object:
    injury = InjuryGiven(
        given["bagian"], given["kali"], given["kidal"], given["dokter_penilai"], given["ditetapkan"],
        given["fungsi"] or 0,
    )  # fmt: skip
    return actions.add_injury(by=who.officer, on=who.on, case_id=case_id, injury=injury)


def _conclude(who: Visitor, case_id: int, given: Given) -> object:
    at_work = given["simpulan"] == "ya"
    actions.conclude_work_accident(by=who.officer, on=who.on, case_id=case_id, at_work=at_work, why=given["dasar"])
    return None


def _receiver(who: Visitor, case_id: int, given: Given) -> object:
    receiver = Receiver(
        given["nik_penerima"], given["nama_penerima"], given["hubungan"], given["lahir"], given["dasar_penerima"]
    )
    actions.name_receiver(by=who.officer, on=who.on, case_id=case_id, receiver=receiver)
    return None


def _recovered(who: Visitor, case_id: int, given: Given) -> object:
    actions.set_recovered(by=who.officer, on=who.on, case_id=case_id, recovered_on=given["sembuh"])
    return None


def _form(what: str, data: Any, on: date) -> forms.Form:  # noqa: ANN401 - what Django posts
    if what == "cacat":
        return case_forms.InjuryForm(data, on=on)
    return _FORMS[what](data)


_FORMS: dict[str, type[forms.Form]] = {
    "tagihan": case_forms.InvoiceForm,
    "perjalanan": case_forms.TripForm,
    "istirahat": case_forms.IncapacityForm,
    "simpulan": case_forms.ConcludeForm,
    "penerima": case_forms.ReceiverForm,
    "sembuh": case_forms.RecoveredForm,
}
_DEEDS: dict[str, Deed] = {
    "tagihan": _invoice,
    "perjalanan": _trip,
    "istirahat": _incapacity,
    "cacat": _injury,
    "simpulan": _conclude,
    "penerima": _receiver,
    "sembuh": _recovered,
}


def done_or_shown(
    request: HttpRequest, who: Visitor, found: CasePage, asked: tuple[str, forms.Form],
    deed: Callable[[Visitor, int, dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    """Do the deed with what the named form holds; else show the case with the form as it was typed and why not."""
    what, form = asked
    if form.is_valid():
        with refused_by(form):
            deed(who, found.id, form.cleaned_data)
            messages.success(request, _("Tercatat."))
            return redirect("kasus", found.id)
    return case_answer(request, who, found, {what: form, "open": what}, status=422)


@desk("case.work")
@require_POST
def add(request: HttpRequest, who: Visitor, case_id: int, what: str) -> HttpResponse:
    """Add something to a case; a refusal stands above the form, with what was typed."""
    found = found_case(who, case_id)
    if what not in _DEEDS:
        raise Http404
    form = _form(what, request.POST, who.on)
    return done_or_shown(request, who, found, (what, form), _DEEDS[what])


@desk("case.work")
@require_POST
def receive_papers(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Note the ticked papers as received."""
    found_case(who, case_id)
    codes = request.POST.getlist("berkas")
    missing = actions.receive_papers(by=who.officer, on=who.on, case_id=case_id, codes=codes)
    if missing:
        messages.success(request, _("Berkas dicatat; masih kurang %(n)d.") % {"n": len(missing)})
    else:
        messages.success(request, _("Berkas lengkap; jangka waktu pembayaran mulai berjalan."))
    return redirect("kasus", case_id)


@desk("case.report")
@require_POST
def visit(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Note the visit to the family."""
    found_case(who, case_id)
    actions.record_visit(by=who.officer, on=who.on, case_id=case_id, note=request.POST.get("catatan", ""))
    messages.success(request, _("Kunjungan dicatat."))
    return redirect("kasus", case_id)


@desk("case.work")
@require_POST
def heirs(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Write down the heirs from the family card."""
    found_case(who, case_id)
    done = actions.propose_heirs(by=who.officer, on=who.on, case_id=case_id)
    tell = messages.success if done.receiver_nik else messages.warning
    tell(request, done.open_question or done.sentence, extra_tags=done.article)
    return redirect("kasus", case_id)


@desk("decision.make")
@require_POST
def propose(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Ask the law and propose what it says."""
    found_case(who, case_id)
    done = actions.propose_decision(by=who.officer, on=who.on, case_id=case_id)
    if done.granted:
        told = _("Keputusan diusulkan: %(amount)s. Pejabat penyetuju kini memeriksanya.")
        messages.success(request, told % {"amount": money(done.amount)})
    else:
        messages.warning(request, _("Hukum menolak; alasannya tertulis pada usul keputusan."))
    return redirect("kasus", case_id)


@desk("decision.approve")
@require_POST
def approve(request: HttpRequest, who: Visitor, case_id: int, decision_id: uuid.UUID) -> HttpResponse:
    """Approve what somebody else proposed."""
    one = decision_of(_seen(who, case_id), decision_id)
    seen = [int(one) for one in request.POST.get("serupa", "").split() if one.isdecimal()]
    found = request.POST.get("tanda", "")[:300]
    actions.approve_decision(by=who.officer, on=who.on, decision_id=decision_id, seen=seen, found=found)
    messages.success(request, _("Keputusan disetujui: %(amount)s.") % {"amount": money(one.amount)})
    return redirect("kasus", case_id)


@desk("decision.approve")
@require_POST
def send_back(request: HttpRequest, who: Visitor, case_id: int, decision_id: uuid.UUID) -> HttpResponse:
    """Send a proposal back with a reason."""
    decision_of(_seen(who, case_id), decision_id)
    why = request.POST.get("alasan", "")
    actions.send_back(by=who.officer, on=who.on, decision_id=decision_id, why=why)
    messages.success(request, _("Usul keputusan dikembalikan."))
    return redirect("kasus", case_id)


def _seen(who: Visitor, case_id: int) -> CasePage:
    return found_case(who, case_id)


@desk("case.report")
def report(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take a report of an accident or a death of a member."""
    person = _person(who, request.GET.get("orang", ""))
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"kejadian": who.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = Report(
            nik=person.nik,
            kind=given["jenis"],
            event_on=given["kejadian"],
            died_on=given["meninggal"],
            reported_at=now(),
            happened_at=None,
            source=given["sumber"],
            story=given["cerita"],
        )
        with refused_by(form):
            done = actions.report_case(by=who.officer, on=who.on, report=told)
            word = _("Kasus %(code)s dibuka.") if done.new else _("Kejadian ini sudah dilaporkan: kasus %(code)s.")
            messages.success(request, word % {"code": done.code})
            return redirect("kasus", done.case_id)
    return render(request, "report.html", {"form": form, "person": person}, status=422 if form.errors else 200)


def _person(who: Visitor, text: str) -> PersonRow:
    found = people.person(int(text)) if text.isdecimal() and len(text) < 12 else None
    if found is None or not who.may_in("case.report", found.area_code):
        raise Http404
    return found


@desk("case.work")
@require_POST
def letter(request: HttpRequest, who: Visitor, case_id: int) -> HttpResponse:
    """Write the letter to the family in the background."""
    found = found_case(who, case_id)
    title = _("Membuat surat kasus %(code)s") % {"code": found.code}
    return begin(who, Job("lopo.make_letter", title, {"case_id": case_id}))


@desk("case.work")
@require_POST
def watch(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Match the death registers with the members in the background."""
    return begin(who, Job("lopo.watch_deaths", _("Mencocokkan akta kematian dengan peserta"), {}))


@desk("case.work")
@require_POST
def settle(request: HttpRequest, who: Visitor, hit_id: int) -> HttpResponse:
    """Say of a doubtful hit whether it is our member."""
    same = request.POST.get("orang_sama") == "ya"
    note = request.POST.get("catatan", "").strip()
    case_id = actions.settle_hit(by=who.officer, on=who.on, hit_id=hit_id, same_person=same, note=note)
    messages.success(request, _("Temuan diputuskan."))
    return redirect("kasus", case_id) if case_id else redirect("temuan")
