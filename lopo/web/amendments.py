"""The desk of replacements: who should leave a set decree, and the amendment by which others take the places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.financing.actions.amending import set_amendment
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.targeting import queries
from lopo.targeting.actions.amendments import NewAmendment, draft_amendment, withdraw_amendment
from lopo.targeting.actions.departures import Leaving, dismiss_departure, propose_departure
from lopo.targeting.queries import DecreeRow
from lopo.targeting.queries import amendments as changes
from lopo.targeting.queries.amendments import AmendmentRow, ChangeRow, DepartureRow
from lopo.web import cells
from lopo.web.areas import kecamatan_filter
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField, refused_by
from lopo.web.frame import area_line, crumbs
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, whole
from lopo.web.works import Job, begin

REASONS: Final = {
    "meninggal": _("meninggal"),
    "pindah": _("pindah"),
    "pekerja_pu": _("bekerja sebagai penerima upah"),
    "ditolak_bpjs": _("tidak dapat didaftarkan BPJS"),
    "diminta": _("mengundurkan diri"),
}
STATES: Final = (
    Choice("diusulkan", _("menunggu")),
    Choice("ditetapkan", _("sudah diganti")),
    Choice("ditepis", _("tetap ikut")),
)
FILTERS: Final = (
    Filter("keadaan", _("Keadaan"), STATES),
    Filter("sebab", _("Sebab"), tuple(Choice(code, word) for code, word in REASONS.items())),
)
_OPEN: Final = "diusulkan"


class Draft(forms.Form):
    """The number, the title and the first month of an amendment."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=60, help_text=_("Misalnya 400.9/124/KEP/2025."))
    judul = forms.CharField(label=_("Judul"), max_length=200)
    bulan = forms.ChoiceField(
        label=_("Berlaku mulai bulan"),
        help_text=_("Mulai bulan ini iuran yang keluar tidak ditagih lagi; bulan yang sudah dibayar tetap berlaku."),
    )

    def __init__(self, data: Mapping[str, str] | None, months: tuple[Month, ...], title: str) -> None:
        super().__init__(data, initial={"judul": title})
        choices = [(str(month), month.text()) for month in months]
        self.fields["bulan"] = forms.ChoiceField(
            label=self.fields["bulan"].label, help_text=self.fields["bulan"].help_text, choices=choices
        )


class Leave(forms.Form):
    """Why somebody leaves, since when, and a note."""

    sebab = forms.ChoiceField(
        label=_("Sebab"), choices=[(code, word) for code, word in REASONS.items() if code != "ditolak_bpjs"]
    )
    sejak = DayField(label=_("Sejak tanggal"))
    catatan = forms.CharField(
        label=_("Catatan"), max_length=300, required=False, help_text=_("Dari siapa kabar ini, atau surat apa.")
    )


def _waits(row: DepartureRow, who: Visitor) -> int | None:
    return (who.on - row.found_on).days if row.state == _OPEN else None


def _columns(who: Visitor) -> tuple[Column[DepartureRow], ...]:
    return (
        Column(
            _("Nama"), lambda row: row.name, sort="name", link=lambda row: reverse("usul_keluar", args=[row.id])
        ),
        Column(_("NIK"), lambda row: row.nik, "nik"),
        Column(_("Sebab"), lambda row: str(REASONS[row.reason]), sort="reason", minor=lambda row: row.note),
        Column(_("Sejak"), lambda row: row.gone_on, "date", sort="gone_on"),
        Column(_("Kelurahan"), lambda row: area_line(row.area_code), sort="kecamatan"),
        Column(_("Diketahui dari"), lambda row: row.register or row.found_by or str(_("pendaftaran BPJS"))),
        Column(_("Hari menunggu"), lambda row: _waits(row, who), "number", sort="found_on"),
        Column(_("Keadaan"), lambda row: f"keluar_{row.state}", "badge", sort="state", minor=lambda row: row.amendment),
    )  # fmt: skip


@desk("decree.draft", "decree.approve")
def departures(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List who should leave the decree; whoever may draft finds the form for the amendment."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    decree = next((one for one in queries.decrees(programme.id) if one.state == "ditetapkan"), None)
    mine = who.areas("decree.read")
    drafted = changes.amendments(decree.id) if decree else ()
    months = _months(who, Month.of(programme.first_month), Month.of(programme.last_month))
    form = Draft(
        request.POST if "nomor" in request.POST else None, months,
        gettext("Perubahan atas Keputusan Nomor %(number)s") % {"number": decree.number} if decree else "",
    )  # fmt: skip
    if decree and request.method == "POST" and "nomor" in request.POST and form.is_valid():
        with refused_by(form):
            return _draft(request, who, decree, form)

    def build(asked: Ask) -> Table[DepartureRow]:
        page = changes.departures_page(
            mine if not asked.get("kecamatan") else (asked.get("kecamatan"),),
            Asked(asked.asked.number, asked.asked.size, asked.sort or "found_on"),
            decree_id=decree.id if decree else 0, state=asked.get("keadaan"), reason=asked.get("sebab"),
        )  # fmt: skip
        empty = Empty(
            _("Tidak ada yang perlu diganti"),
            _("Setiap malam register dicocokkan dengan keputusan; usul sendiri dibuat di halaman orangnya."),
            reverse("keputusan"), _("Ke keputusan"),
        )  # fmt: skip
        return Table(
            "pengganti", _("Pengganti diusulkan"), _columns(who), page, empty, asked, filters, export=True,
        )  # fmt: skip

    filters = (*FILTERS, kecamatan_filter(mine))
    context = {
        "programme": programme, "decree": decree, "drafted": drafted, "form": form,
        "waiting": changes.departures_waiting(decree.id) if decree else 0,
        "may_draft": who.may_in("decree.draft", programme.area_code) and bool(months)
        and not any(one.state == "konsep" for one in drafted),
    }  # fmt: skip
    return show(request, who, build, "departures.html", context, filters=filters)


def _months(who: Visitor, first: Month, last: Month) -> tuple[Month, ...]:
    """Give the months from which an amendment may hold: the next one first."""
    start = max(Month.of(who.on), first)
    found = tuple(start.through(last)) if start <= last else ()
    return (*found[1:2], *found[:1], *found[2:])


def _draft(request: HttpRequest, who: Visitor, decree: DecreeRow, form: Draft) -> HttpResponse:
    given = form.cleaned_data
    new = NewAmendment(decree.id, given["nomor"], given["judul"], Month.parse(given["bulan"]))
    made = draft_amendment(by=who.officer, on=who.on, amendment=new)
    told = gettext("Konsep perubahan tersusun: %(out)d keluar, %(come)d masuk.")
    messages.success(request, told % {"out": made.leaving, "come": made.entering})
    return redirect("perubahan_isi", made.amendment_id)


def _departure(who: Visitor, departure_id: int) -> DepartureRow:
    found = changes.departure(departure_id, who.areas("decree.read"))
    if found is None:
        raise Http404
    return found


@desk("decree.draft", "decree.approve")
def departure(request: HttpRequest, who: Visitor, departure_id: int) -> HttpResponse:
    """Show one who should leave, with what an officer can do: keep the person with a reason."""
    found = _departure(who, departure_id)
    if request.method == "POST":
        if not who.may("decree.draft"):
            raise PermissionDenied
        dismiss_departure(by=who.officer, on=who.on, departure_id=departure_id, why=request.POST.get("alasan", ""))
        messages.success(request, gettext("Orang ini tetap dalam keputusan; alasannya dicatat."))
        return redirect("pengganti")
    context = {
        "row": found, "reason": REASONS[found.reason], "state": f"keluar_{found.state}",
        "may_dismiss": found.state == _OPEN and not found.amendment and who.may("decree.draft"),
        "crumbs": crumbs(found.area_code),
    }  # fmt: skip
    return render(request, "departure.html", context)


@desk("decree.draft")
def leave(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Let an officer say that a person should leave the decree."""
    person = people.person(person_id)
    name_id = changes.name_holding(person_id)
    if person is None or name_id is None or not who.may_in("people.read", person.area_code):
        raise Http404
    form = Leave(request.POST if request.method == "POST" else None, initial={"sejak": who.on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_by(form):
            leaving = Leaving(name_id, given["sebab"], given["sejak"], given["catatan"])
            made = propose_departure(by=who.officer, on=who.on, leaving=leaving)
            messages.success(request, gettext("Usul keluar dicatat; masuk ke konsep perubahan berikutnya."))
            return redirect("usul_keluar", made)
    context = {"person": person, "form": form, "crumbs": crumbs(person.area_code)}
    return render(request, "leave.html", context, status=422 if form.errors else 200)


def _amendment(amendment_id: int, who: Visitor) -> AmendmentRow:
    found = changes.amendment(amendment_id)
    if found is None or not queries.touches(found.area_code, who.areas("decree.read")):
        raise Http404
    return found


def _change_columns(who: Visitor) -> tuple[Column[ChangeRow], ...]:
    seen = who.may("people.read")

    def name(text: str) -> str:
        return text if seen or not text else cells.name_masked(text)

    return (
        Column(
            _("Yang keluar"), lambda row: name(row.name), minor=lambda row: row.kelurahan,
            link=(lambda row: reverse("seseorang", args=[row.person_id])) if seen else None,
        ),
        Column(_("NIK"), lambda row: row.nik, "nik"),
        Column(_("Sebab"), lambda row: str(REASONS[row.reason]), minor=lambda row: cells.day_text(row.gone_on)),
        Column(
            _("Pengganti"), lambda row: name(row.entrant) or str(_("tempat tetap kosong")),
            minor=lambda row: row.entrant_kelurahan,
        ),
        Column(_("NIK pengganti"), lambda row: row.entrant_nik, "nik"),
        Column(_("Cadangan ke"), lambda row: row.entrant_place, "number"),
    )  # fmt: skip


@desk("decree.read")
def amendment(request: HttpRequest, who: Visitor, amendment_id: int) -> HttpResponse:
    """Show one amendment: who leaves, who enters, its papers, and the button that sets it."""
    found = _amendment(amendment_id, who)
    rows = changes.changes(amendment_id)

    def build(asked: Ask) -> Table[ChangeRow]:
        empty = Empty(_("Tidak ada perubahan"), _("Konsep ini kosong; tarik dan susun yang baru."))
        return Table(
            "perubahan", _("Yang keluar dan penggantinya"), _change_columns(who), whole(rows), empty, asked,
            export=True,
        )  # fmt: skip

    draft = found.state == "konsep"
    context = {
        "amendment": found,
        "first_month": Month.of(found.from_month).text(),
        "empty_places": found.leaving - found.entering,
        "papers": staff.papers_of("targeting.amendment", str(found.id)) if who.may("people.see_contact") else (),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("targeting.decree", str(found.decree_id))],
        "may_approve": draft and who.may("decree.approve") and found.made_by_id != who.officer.id,
        "may_withdraw": draft and who.may("decree.draft"),
        "may_make": who.may("decree.draft"),
        "may_send": not draft and bool(found.entering) and who.may("coverage.send"),
    }
    return show(request, who, build, "amendment.html", context)


@desk("decree.approve")
@require_POST
def approve(request: HttpRequest, who: Visitor, amendment_id: int) -> HttpResponse:
    """Set an amendment that somebody else drafted."""
    found = _amendment(amendment_id, who)
    done = set_amendment(by=who.officer, on=who.on, amendment_id=amendment_id)
    told = gettext("Perubahan %(number)s ditetapkan; %(n)d kepesertaan berakhir.")
    messages.success(request, told % {"number": found.number, "n": done.ended})
    return redirect("perubahan_isi", amendment_id)


@desk("decree.draft")
@require_POST
def withdraw(request: HttpRequest, who: Visitor, amendment_id: int) -> HttpResponse:
    """Take a draft amendment back."""
    _amendment(amendment_id, who)
    withdraw_amendment(by=who.officer, on=who.on, amendment_id=amendment_id)
    messages.success(request, gettext("Konsep perubahan ditarik; usul keluarnya menunggu lagi."))
    return redirect("pengganti")


@desk("decree.draft")
@require_POST
def make_paper(request: HttpRequest, who: Visitor, amendment_id: int) -> HttpResponse:
    """Make the amendment as PDF and xlsx in the background."""
    found = _amendment(amendment_id, who)
    title = gettext("Membuat dokumen perubahan %(number)s") % {"number": found.number}
    return begin(who, Job("lopo.make_amendment", title, {"amendment_id": amendment_id}))
