"""The desk of appeals: what was refused and is disputed, until when it must be decided, and by whom it may be."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.page import Asked
from lopo.basics.photo import MOST_BYTES
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from lopo.targeting.actions.appeals import (
    NewAppeal,
    Ruling,
    appealable,
    decide_appeal,
    enter_appeal,
    withdraw_appeal,
)
from lopo.targeting.queries import appeals as queries
from lopo.targeting.queries.appeals import AppealRow
from lopo.targeting.reasons import REASONS, texts_of
from lopo.web import areas, cells
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import media_type, refused_by
from lopo.web.frame import area_line, crumbs
from lopo.web.programmes import programme_shown
from lopo.web.rows import reason_sentence, to_do
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.texts import label_of
from lopo.web.works import Job, begin

STATE: Final = Filter(
    "keadaan",
    _("Keadaan"),
    (
        Choice("diajukan", _("menunggu putusan")),
        Choice("dikabulkan", _("dikabulkan")),
        Choice("ditolak", _("tidak dikabulkan")),
        Choice("dicabut", _("dicabut")),
    ),
)
SIDES: Final = {"pengirim": _("pengirim daftar"), "orang": _("orangnya sendiri")}


class Enter(forms.Form):
    """Who appeals, why, and the paper that shows it."""

    pihak = forms.ChoiceField(label=_("Siapa yang berkeberatan?"), choices=list(SIDES.items()))
    nama = forms.CharField(label=_("Nama yang berkeberatan"), max_length=200)
    dasar = forms.CharField(
        label=_("Mengapa keliru?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang sebenarnya, sejak kapan, dan apa buktinya."),
    )  # fmt: skip
    berkas = forms.FileField(
        label=_("Bukti"), required=False, help_text=_("PDF atau foto, paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )  # fmt: skip

    def clean_berkas(self) -> tuple[str, str, bytes] | None:
        """Give name, type and bytes of the file, known by how it begins."""
        given = self.cleaned_data["berkas"]
        if given is None:
            return None
        if given.size > MOST_BYTES:
            raise forms.ValidationError(gettext("Berkas lebih besar dari 10 MB."))
        content = given.read()
        kind = media_type(content[:4])
        if kind is None:
            raise forms.ValidationError(gettext("Kirim PDF, PNG, atau JPG."))
        return (str(given.name)[-100:], kind, content)


class Rule(forms.Form):
    """The decision: upheld for which reasons or not, why, and what next."""

    putusan = forms.ChoiceField(
        label=_("Putusan"), choices=[("kabul", _("Kabulkan")), ("tolak", _("Tidak dikabulkan"))]
    )
    alasan = forms.MultipleChoiceField(
        label=_("Alasan yang tidak berlaku lagi"), required=False, widget=forms.CheckboxSelectMultiple
    )
    desil = forms.IntegerField(
        label=_("Desil menurut DTSEN"), required=False, min_value=1, max_value=10,
        help_text=_("Hanya bila keberatan tentang desil dan DTSEN sudah menjawab."),
    )  # fmt: skip
    jawaban = forms.CharField(
        label=_("Mengapa begitu?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pengirim dan orangnya membaca kalimat ini."),
    )  # fmt: skip
    langkah = forms.CharField(
        label=_("Apa yang dapat dilakukan orangnya?"), max_length=500, required=False,
        help_text=_("Wajib bila tidak dikabulkan."),
    )  # fmt: skip

    def __init__(self, data: Any, reasons: tuple[str, ...]) -> None:  # noqa: ANN401 - what Django takes
        super().__init__(data, initial={"alasan": list(reasons)})
        self.fields["alasan"] = forms.MultipleChoiceField(
            label=_("Alasan yang tidak berlaku lagi"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(text.code, label_of(text.code, text.label)) for text in texts_of(reasons)],
        )  # fmt: skip

    def ruling(self) -> Ruling:
        """Give what was decided."""
        given = self.cleaned_data
        upheld = given["putusan"] == "kabul"
        return Ruling(upheld, given["jawaban"], given["langkah"], tuple(given["alasan"]), given["desil"])


def _columns(who: Visitor) -> tuple[Column[AppealRow], ...]:
    seen = who.may("people.read")
    return (
        Column(
            _("Nama"), (lambda row: row.name) if seen else (lambda row: cells.name_masked(row.name)), sort="name",
            link=(lambda row: reverse("keberatan_isi", args=[row.id])) if seen else None,
        ),
        Column(_("Alasan penolakan"), lambda row: ", ".join(label_of(one.code, one.label) for one in row.texts)),
        Column(_("Diajukan"), lambda row: row.made_on, "date", sort="made_on", minor=lambda row: str(SIDES[row.side])),
        Column(_("Diputus paling lambat"), lambda row: row.due_on, "date", sort="due_on"),
        Column(_("Sisa hari"), lambda row: row.days_left(who.on), "number"),
        Column(_("Daftar"), lambda row: row.sender, sort="sender", minor=lambda row: area_line(row.area_code)),
        Column(_("Keadaan"), lambda row: f"keberatan_{row.state}", "badge", sort="state"),
    )  # fmt: skip


@desk("lists.read")
def appeals(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the appeals, those that are due first."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("lists.read")
    reasons = Filter(
        "alasan", _("Alasan"), tuple(Choice(one, label_of(one, REASONS[one].label)) for one in appealable([*REASONS]))
    )
    filters = (STATE, reasons, areas.kecamatan_filter(mine))

    def build(asked: Ask) -> Table[AppealRow]:
        place = asked.get(areas.KECAMATAN)
        page = queries.appeals_page(
            programme.id, (place,) if place else mine,
            Asked(asked.asked.number, asked.asked.size, asked.asked.sort or "due_on"),
            state=asked.get("keadaan"), reason=asked.get("alasan"), search=asked.search,
        )  # fmt: skip
        empty = Empty(
            _("Tidak ada keberatan di sini"),
            _("Keberatan diajukan di halaman baris yang ditolak, oleh pengirim atau orangnya sendiri."),
            f"{reverse('baris_semua')}?hasil=ditolak",
            _("Ke baris yang ditolak"),
        )
        return Table("keberatan", _("Keberatan"), _columns(who), page, empty, asked, filters, _("nama …"), export=True)

    waiting = queries.appeals_waiting(mine)
    context = {"programme": programme, "waiting": waiting, "late": queries.appeals_waiting(mine, due_by=who.on)}
    return show(request, who, build, "appeals.html", context, filters=filters)


@desk("lists.receive")
def enter(request: HttpRequest, who: Visitor, row_id: int) -> HttpResponse:
    """Let a clerk enter the appeal of a sender or of the person."""
    found = targeting.row_detail(row_id, who.areas("lists.read"))
    if found is None or not who.may("people.read"):
        raise Http404
    form = Enter(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = NewAppeal(row_id, given["pihak"], given["nama"], given["dasar"], given["berkas"])
        with refused_by(form):
            made = enter_appeal(by=who.officer, on=who.on, appeal=new)
            messages.success(request, gettext("Keberatan dicatat; petugas lain yang memutus."))
            return redirect("keberatan_isi", made)
    line = found.line
    reasons = [(reason_sentence(one), to_do(one)) for one in texts_of(appealable(line.reasons))]
    context = {"line": line, "form": form, "reasons": reasons, "crumbs": crumbs(line.area_code)}
    return render(request, "appeal_new.html", context, status=422 if form.errors else 200)


def _found(appeal_id: int, who: Visitor) -> AppealRow:
    found = queries.appeal(appeal_id, who.areas("lists.read"))
    if found is None:
        raise Http404
    return found


@desk("people.read")
def appeal(request: HttpRequest, who: Visitor, appeal_id: int) -> HttpResponse:
    """Show one appeal with all that was said; another officer decides it here."""
    found = _found(appeal_id, who)
    another = who.officer.id not in (found.made_by_id, found.refused_by_id)
    waits, checks = found.state == "diajukan", who.may_in("doubt.check", found.area_code)
    form = Rule(request.POST if request.method == "POST" else None, found.reasons)
    if request.method == "POST":
        if not checks:
            raise PermissionDenied
        if form.is_valid():
            with refused_by(form):
                decide_appeal(by=who.officer, on=who.on, appeal_id=appeal_id, ruling=form.ruling())
                messages.success(request, gettext("Keberatan diputus; baris dinilai menurut putusan ini."))
                return redirect("keberatan_isi", appeal_id)
    verdict, _reasons = queries.verdict_now(found.row_id)
    context = {
        "row": found, "state": f"keberatan_{found.state}", "side": SIDES[found.side], "verdict": verdict,
        "reasons": [(reason_sentence(one), one) for one in found.texts], "form": form,
        "days_left": found.days_left(who.on), "may_decide": waits and checks and another,
        "not_me": waits and checks and not another,
        "may_withdraw": waits and who.may_in("lists.receive", found.area_code),
        "may_write": found.decided_on is not None and who.may_in("people.see_contact", found.area_code),
        "papers": staff.papers_of("targeting.appeal", str(appeal_id)), "crumbs": crumbs(found.area_code),
    }  # fmt: skip
    return render(request, "appeal.html", context, status=422 if form.errors else 200)


@desk("lists.receive")
@require_POST
def withdraw(request: HttpRequest, who: Visitor, appeal_id: int) -> HttpResponse:
    """Take an appeal back."""
    _found(appeal_id, who)
    withdraw_appeal(by=who.officer, on=who.on, appeal_id=appeal_id)
    messages.success(request, gettext("Keberatan dicabut."))
    return redirect("keberatan_isi", appeal_id)


@desk("people.see_contact")
@require_POST
def letter(request: HttpRequest, who: Visitor, appeal_id: int) -> HttpResponse:
    """Write the letter that answers an appeal in the background."""
    found = _found(appeal_id, who)
    title = gettext("Menulis jawaban keberatan untuk %(name)s") % {"name": found.name}
    return begin(who, Job("lopo.make_appeal_letter", title, {"appeal_id": appeal_id}))
