"""The desk of takeovers: choose people, see what it does to their cover and the money, propose, set, carry out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month
from lopo.financing.actions.takeover import carry_out, propose_takeover
from lopo.financing.queries import FallingFilter
from lopo.financing.queries.renewal import falling_persons
from lopo.financing.queries.successors import Successor, successors
from lopo.financing.queries.takeover import Check, Preview, origin_of, takeover_preview
from lopo.staff import queries as staff
from lopo.targeting import actions as targeting
from lopo.targeting import queries
from lopo.targeting.actions.adopting import Adoption
from lopo.targeting.queries import ProgrammeRow
from lopo.web import areas
from lopo.web.diary import deed_text
from lopo.web.door import Visitor, desk
from lopo.web.forms import refused_by
from lopo.web.programmes import programme_shown
from lopo.web.refusals import sentence_of
from lopo.web.table import Text

MOST: Final = 100_000
CHECKS: Final = {
    "tidak_ada_yang_dipilih": _("Ada orang yang dipilih"),
    "program_belum_disetujui": _("Program penerus sudah disetujui"),
    "dasar_hukum_belum_ada": _("Dasar hukumnya berlaku"),
    "penerus_berakhir_dahulu": _("Penerus berjalan lebih lama"),
    "tempat_kurang": _("Tempatnya cukup"),
    "di_luar_wilayah": _("Semua tinggal di wilayahnya"),
    "sudah_dibayar_lain": _("Tidak ada bulan yang dibayar dua kali"),
    "pagu_kurang": _("Uangnya cukup sampai akhir tahun"),
}
_MONEY: Final = ("pagu_belum_ada", "pagu_kurang")


class Choose(forms.Form):
    """Who takes over, and whom: of a kecamatan, listed by number, so many at most."""

    penerus = forms.ChoiceField(label=_("Program yang mengambil alih"))
    kecamatan = forms.ChoiceField(label=_("Dari kecamatan"), required=False)
    banyak = forms.IntegerField(
        label=_("Paling banyak berapa orang"), min_value=1, max_value=MOST, required=False,
        help_text=_("Yang termiskin dahulu, lalu menurut urutan keputusan. Kosong: sebanyak uang dan tempatnya."),
    )  # fmt: skip
    daftar = forms.CharField(
        label=_("Hanya nomor ini"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=200_000,
        help_text=_("NIK atau KPJ, satu baris satu; kosong untuk semua yang keluar."),
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, str] | None, heirs: Sequence[tuple[str, str]], kecamatan: Sequence[tuple[str, Text]]
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.fields["penerus"] = forms.ChoiceField(label=self.fields["penerus"].label, choices=heirs)
        place = self.fields["kecamatan"]
        self.fields["kecamatan"] = forms.ChoiceField(
            label=place.label, choices=[("", _("semua")), *kecamatan], required=False
        )


class Propose(forms.Form):
    """Number and title of the decree by which they are taken over."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=60)
    judul = forms.CharField(label=_("Judul"), max_length=200)


@desk("decree.draft")
def takeover(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Choose who takes over whom, look at what it does, and propose it."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    month, mine = Month.of(programme.last_month).next(), who.areas("decree.draft")
    offers = successors(programme.id, month=month, areas=mine, area_code=programme.area_code)
    asked = _choose(request, offers, mine)
    title = gettext("Pengambilalihan peserta %(name)s") % {"name": programme.name}
    propose = Propose(request.POST if "nomor" in request.POST else None, initial={"judul": title[:200]})
    heir = next((one for one in offers if asked.is_valid() and str(one.programme_id) == asked["penerus"].value()), None)
    adoption = _wish(who, programme, heir, asked.cleaned_data) if heir else None
    if request.method == "POST" and adoption and propose.is_valid():
        with refused_by(propose):
            return _proposed(request, who, adoption, propose)
    preview = takeover_preview(programme.id, adoption.to_id, adoption.persons, on=who.on) if adoption else None
    context = {
        "programme": programme, "month": month.first_day, "asked": asked, "propose": propose, "offers": offers,
        "preview": preview, "heir": heir, "checks": _checks(preview) if preview else (), "tab": "pergantian",
    }  # fmt: skip
    return render(request, "takeover.html", context, status=422 if propose.errors else 200)


def _choose(request: HttpRequest, offers: Sequence[Successor], mine: tuple[str, ...]) -> Choose:
    """Give the form with the programmes and kecamatan that may be chosen. Numbers go by POST, never in an address."""
    given = request.POST if request.method == "POST" else request.GET
    heirs = {str(one.programme_id): one.programme_name for one in offers}
    kecamatan = [(one.value, one.title) for one in areas.kecamatan_filter(mine).choices]
    return Choose(given if "penerus" in given else None, list(heirs.items()), kecamatan)


def _wish(who: Visitor, programme: ProgrammeRow, heir: Successor, said: Mapping[str, Any]) -> Adoption:
    """Give whom the answers choose: of a kecamatan, of a list of numbers, as many as there is money for."""
    numbers = tuple(dict.fromkeys(said["daftar"].split()))
    month, mine = Month.of(programme.last_month).next(), who.areas("decree.draft")
    wanted = FallingFilter(mine, programme.id, month, area=said["kecamatan"], numbers=numbers)
    most = said["banyak"] or heir.could_take or MOST
    return Adoption(programme.id, heir.programme_id, "", "", falling_persons(wanted, on=who.on, most=most))


def _proposed(request: HttpRequest, who: Visitor, adoption: Adoption, form: Propose) -> HttpResponse:
    said = form.cleaned_data
    wish = Adoption(adoption.from_id, adoption.to_id, said["nomor"], said["judul"], adoption.persons)
    decree_id = propose_takeover(by=who.officer, on=who.on, adoption=wish)
    told = gettext("%(n)d orang diusulkan untuk diambil alih; pejabat lain menetapkannya.")
    messages.success(request, told % {"n": len(adoption.persons)})
    return redirect("ambil_alih_isi", decree_id)


def _checks(preview: Preview) -> list[tuple[str, bool, str]]:
    """Give each check in words, with what is wrong where it does not hold."""
    return [(str(CHECKS["pagu_kurang" if one.code in _MONEY else one.code]), one.ok, _said(one))
            for one in preview.checks]  # fmt: skip


def _said(check: Check) -> str:
    return "" if check.ok else sentence_of(check.refusal)


def _programmes(who: Visitor, decree_id: int) -> tuple[queries.DecreeRow, ProgrammeRow]:
    decree = queries.decree(decree_id)
    row = queries.programme_row(decree.programme_id) if decree else None
    if decree is None or row is None or not queries.touches(row.area_code, who.areas("decree.read")):
        raise Http404
    return decree, row


@desk("decree.read")
def taken(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    """Show one takeover: who waits for it, what it does, and the step that comes next."""
    decree, heir = _programmes(who, decree_id)
    if request.method == "POST":
        return _next_step(request, who, decree_id)
    origin = origin_of(decree_id)
    left = queries.programme_row(origin.from_id) if origin else None
    preview = takeover_preview(origin.from_id, origin.to_id, origin.persons, on=who.on, named=True) if origin else None
    draft = decree.state == "konsep"
    context: dict[str, Any] = {
        "decree": decree, "heir": heir, "left": left, "preview": preview,
        "checks": _checks(preview) if preview else (),
        "may_approve": draft and who.may_in("decree.approve", heir.area_code) and decree.made_by_id != who.officer.id,
        "may_withdraw": draft and who.may_in("decree.draft", heir.area_code),
        "may_carry": not draft and origin is not None and who.may_in("coverage.send", heir.area_code),
        "may_print": not draft and origin is None and who.may_in("coverage.handover", heir.area_code),
        "diary": [(row, deed_text(row.action)) for row in staff.diary_of("targeting.decree", str(decree_id))],
    }  # fmt: skip
    return render(request, "taken.html", context)


def _next_step(request: HttpRequest, who: Visitor, decree_id: int) -> HttpResponse:
    what = request.POST.get("apa", "")
    if what == "tetapkan":
        targeting.approve_decree(by=who.officer, on=who.on, decree_id=decree_id)
        messages.success(request, gettext("Pengambilalihan ditetapkan; sekarang namanya dapat dikirim ke BPJS."))
    elif what == "tarik":
        targeting.withdraw_decree(by=who.officer, on=who.on, decree_id=decree_id)
        messages.success(request, gettext("Konsep ditarik; nomornya bebas lagi."))
        return redirect("pergantian")
    elif what == "jalankan":
        done = carry_out(by=who.officer, on=who.on, decree_id=decree_id, gap_known=bool(request.POST.get("sela")))
        told = gettext("%(n)d orang diambil alih dengan nomor dan bulannya; berkas %(file)s menunggu dikirim ke BPJS.")
        messages.success(request, told % {"n": done.people, "file": done.file})
    else:
        raise PermissionDenied
    return redirect("ambil_alih_isi", decree_id)
