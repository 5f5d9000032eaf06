"""The papers of a case on the screen: send photos and PDFs, turn their pages, say what is accepted and what is not."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lopo.basics.photo import JPEG, MOST_BYTES, page_picture
from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import FileGiven
from lopo.claims.actions.first_reports import SUBJECT
from lopo.claims.malware import scanner_at
from lopo.claims.queries import CaseHead, PaperShown
from lopo.claims.queries.first_reports import photo_of_case
from lopo.web.door import Visitor, desk
from lopo.web.export import file_answer
from lopo.web.forms import refused_by
from lopo.web.frame import crumbs
from lopo.web.refusals import tell_refusal
from lopo.web.whole_nik import look

_MOST_AT_ONCE = 10


class FilesInput(forms.ClearableFileInput):
    """Asks for several files at once."""

    allow_multiple_selected = True


class FilesForm(forms.Form):
    """Photos or a PDF of one paper; what the bytes are is for the room to find out."""

    berkas = forms.FileField(
        label=gettext_lazy("Foto atau PDF"),
        widget=FilesInput(attrs={"multiple": True, "accept": "image/*,.pdf"}),
        help_text=gettext_lazy("Boleh beberapa halaman sekaligus; tiap berkas paling besar 10 MB."),
    )


class VerdictForm(forms.Form):
    """What the officer says after looking."""

    putusan = forms.ChoiceField(
        label=gettext_lazy("Bagaimana surat ini?"),
        choices=[
            ("diterima", gettext_lazy("Terbaca dan benar: terima")),
            ("tak_terbaca", gettext_lazy("Tidak terbaca: minta lagi")),
            ("tidak_ada", gettext_lazy("Keluarga tidak punya surat ini")),
        ],
    )
    sebab = forms.CharField(
        label=gettext_lazy("Apa yang kurang?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Wajib bila tidak diterima; keluarga membaca kalimat ini."),
    )


def _place(who: Visitor, case_id: int) -> CaseHead:
    place = queries.case_head(case_id)
    if place is None or not who.may_in("case.read", place.area_code):
        raise Http404
    return place


def _seen(who: Visitor, case_id: int, code: str) -> tuple[CaseHead, PaperShown]:
    """Give a paper of a case within the visitor's areas; page 404 for any other, or without the right to see papers."""
    place = _place(who, case_id)
    found = queries.paper_shown(case_id, code)
    if found is None or not who.may_in("people.see_contact", place.area_code):
        raise Http404
    return place, found


@desk("case.read")
def paper(request: HttpRequest, who: Visitor, case_id: int, code: str) -> HttpResponse:
    """Show one paper with one of its pages, its files, and the forms to send more and to judge it."""
    return _answer(request, who, (case_id, code), {})


def _answer(
    request: HttpRequest, who: Visitor, thing: tuple[int, str], typed: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    case_id, code = thing
    place, found = _seen(who, case_id, code)
    look(request, who, ("claims.paper", f"{case_id}/{code}"), place.area_code, person=place.person_id)
    asked = request.GET.get("hal", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    page = max(1, min(page, found.pages))
    running = place.state in ("dibuka", "lengkap", "dikabulkan")
    context = {
        "case": place,
        "shown": found,
        "page": page,
        "file": found.file_of(page),
        "may_send": running and who.may_in("case.report", place.area_code),
        "may_judge": place.state in ("dibuka", "lengkap") and who.may_in("case.work", place.area_code),
        "files_form": FilesForm(),
        "verdict_form": VerdictForm(),
        "crumbs": crumbs(place.area_code),
        **typed,
    }
    return render(request, "case_paper.html", context, status=status)


@desk("case.read")
def page(request: HttpRequest, who: Visitor, case_id: int, code: str, number: int) -> HttpResponse:
    """Give one page of a paper as a picture."""
    place, found = _seen(who, case_id, code)
    at = found.file_of(number)
    if at is None:
        raise Http404
    file, within = at
    look(request, who, ("claims.paper", f"{case_id}/{code}"), place.area_code, person=place.person_id)
    content = queries.file_content(file.id)
    picture = content if file.media_type == JPEG else page_picture(content, within)
    return file_answer(f"{code}-{number}.jpg", JPEG, picture, inline=True)


@desk("case.read")
def told_photo(request: HttpRequest, who: Visitor, case_id: int, report_id: uuid.UUID) -> HttpResponse:
    """Give the photo that came with a first report of the case to who may see its papers; the look is noted."""
    place = _place(who, case_id)
    content = photo_of_case(case_id, report_id) if who.may_in("people.see_contact", place.area_code) else None
    if content is None:
        raise Http404
    look(request, who, (SUBJECT, report_id), place.area_code, person=place.person_id)
    return file_answer(f"{place.code}-foto.jpg", JPEG, content, inline=True)


@desk("case.read")
def original(request: HttpRequest, who: Visitor, case_id: int, code: str, file_id: int) -> HttpResponse:
    """Give one file as it is kept, to take away."""
    place, found = _seen(who, case_id, code)
    file = next((one for one in found.files if one.id == file_id), None)
    if file is None:
        raise Http404
    look(request, who, ("claims.paper", f"{case_id}/{code}"), place.area_code, person=place.person_id)
    ending = "jpg" if file.media_type == JPEG else "pdf"
    return file_answer(f"{place.code}-{code}-{file.place}.{ending}", file.media_type, queries.file_content(file.id))


@desk("case.report")
@require_POST
def send(request: HttpRequest, who: Visitor, case_id: int, code: str) -> HttpResponse:
    """Keep the files that were sent; each that is refused is named, the others stay."""
    _seen(who, case_id, code)
    files = request.FILES.getlist("berkas")[:_MOST_AT_ONCE]
    if not files:
        return _answer(request, who, (case_id, code), {"files_form": FilesForm({}), "form": FilesForm({})}, status=422)
    scanner, kept = scanner_at(settings.LOPO_CLAMD), 0
    for one in files:
        try:
            content = one.read(MOST_BYTES + 1)
            given = FileGiven(code, content)
            actions.add_paper_file(by=who.officer, on=who.on, case_id=case_id, given=given, scanner=scanner)
            kept += 1
        except Refused as refusal:
            if refusal.code == "tidak_berwenang":
                raise
            tell_refusal(request, Refused(refusal.code, refusal.sentence, str(one.name)[:60]))
    if kept:
        messages.success(request, _("%(n)d berkas disimpan; kini periksa apakah terbaca.") % {"n": kept})
    return redirect("kasus_surat_masuk", case_id, code)


@desk("case.work")
@require_POST
def judge(request: HttpRequest, who: Visitor, case_id: int, code: str) -> HttpResponse:
    """Accept a paper, or say what is wrong with it."""
    _seen(who, case_id, code)
    form = VerdictForm(request.POST)
    if form.is_valid():
        with refused_by(form):
            _judged(who, case_id, code, form.cleaned_data)
            messages.success(request, _("Tercatat."))
            return redirect("kasus", case_id)
    return _answer(request, who, (case_id, code), {"verdict_form": form, "form": form}, status=422)


def _judged(who: Visitor, case_id: int, code: str, given: dict[str, str]) -> None:
    if given["putusan"] == "diterima":
        actions.accept_paper(by=who.officer, on=who.on, case_id=case_id, code=code)
    else:
        actions.mark_paper(
            by=who.officer, on=who.on, case_id=case_id, code=code, trouble=given["putusan"], why=given["sebab"]
        )
