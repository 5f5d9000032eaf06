"""The pages of the sector of work: what the works of the members are taken for, and where the office states it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.page import Asked
from lopo.financing.queries.sectors import WorkerRow, WorkRow, workers_page, works
from lopo.people import sectors as people
from lopo.targeting.queries import ProgrammeRow
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import refused_by
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table, ask, whole
from lopo.web.words import SECTORS

_UNKNOWN: Final = "belum"
_KNOWN: Final = tuple((code, words) for code, words in SECTORS.items() if code)
SECTOR = Filter(
    "sektor", _("Sektor"), (Choice(_UNKNOWN, _("belum tercatat")), *(Choice(code, words) for code, words in _KNOWN))
)
_MOST: Final = 200


def _way(row: WorkRow) -> str:
    return f"{reverse('sektor_orang')}?{urlencode({'pekerjaan': row.occupation})}"


COLUMNS: tuple[Column[WorkRow], ...] = (
    Column(
        _("Pekerjaan"), lambda row: row.occupation.capitalize() or gettext("(tidak tertulis)"), link=_way,
        minor=lambda row: row.title,
    ),
    Column(_("Sektor"), lambda row: SECTORS[row.sector] if row.sector else gettext("belum tercatat")),
    Column(_("Peserta"), lambda row: row.members, "number"),
    Column(_("Angkutan"), lambda row: row.by_sector.get("transportasi", 0), "number"),
    Column(_("Bidang lain"), lambda row: row.by_sector.get("lainnya", 0), "number"),
    Column(_("Belum tercatat"), lambda row: row.unknown, "number"),
)  # fmt: skip


class OfWork(forms.Form):
    """The sector of all whose work is written so."""

    sektor = forms.ChoiceField(label=_("Sektor pekerjaan ini"), choices=[("", _("pilih sektor")), *_KNOWN])


class OfPeople(forms.Form):
    """The sector of those who are ticked, and whence it is known."""

    orang = forms.TypedMultipleChoiceField(
        label=_("Orang"), coerce=int, error_messages={"required": _("Centang sedikitnya satu orang.")}
    )
    sektor = forms.ChoiceField(label=_("Sektor orang yang dicentang"), choices=[("", _("pilih sektor")), *_KNOWN])
    alasan = forms.CharField(
        label=_("Dari mana diketahui"), max_length=200, help_text=_("Misalnya: surat BPJS, atau ditanya lewat telepon.")
    )

    def __init__(self, data: object, rows: tuple[WorkerRow, ...], **given: object) -> None:
        super().__init__(data, **given)  # type: ignore[arg-type]
        field = self.fields["orang"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.person_id, row.name) for row in rows]


@desk("bill.read")
def sectors(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the works of the members with the sector that each is taken for, the unknown first."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    filters, every = (SECTOR,), works(programme.id)
    chosen = ask(request, filters)
    wanted = chosen.get("sektor")
    found = [
        row for row in every
        if (not wanted or row.by_sector.get("" if wanted == _UNKNOWN else wanted))
        and chosen.search.lower() in f"{row.occupation} {row.title}".lower()
    ]  # fmt: skip
    empty = Empty(_("Tidak ada pekerjaan"), _("Tidak ada yang cocok, atau BPJS belum menerima peserta program ini."))

    def build(asked: Ask) -> Table[WorkRow]:
        hint = _("pekerjaan …")
        caption = _("Pekerjaan peserta")
        return Table("sektor", caption, COLUMNS, whole(found), empty, asked, filters, hint, export=True)

    context = {
        "programme": programme,
        "members": sum(row.members for row in every),
        "sums": [(words, sum(row.by_sector.get(code, 0) for row in every)) for code, words in _KNOWN],
        "unknown": sum(row.unknown for row in every),
    }
    return show(request, who, build, "sectors.html", context, filters=filters)


@desk("bill.read")
def workers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the members of one work; state the sector of the work, or of those who are ticked."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    given = request.POST if request.method == "POST" else request.GET
    work, search = given.get("pekerjaan", "")[:100], given.get("cari", "")[:100]
    page = workers_page(programme.id, work, Asked(size=_MOST), areas=who.areas("bill.read"), search=search)
    what = request.POST.get("apa", "")
    of_work = OfWork(request.POST if what == "pekerjaan" else None, auto_id="p_%s")
    of_people = OfPeople(request.POST if what == "orang" else None, page.rows)
    if of_work.is_bound and of_work.is_valid() and _stated(request, who, programme, of_work):
        return redirect("sektor")
    if of_people.is_bound and of_people.is_valid() and _stated_people(request, who, of_people):
        return redirect(f"{reverse('sektor_orang')}?{urlencode({'pekerjaan': work, 'cari': search})}")
    context = {
        "programme": programme,
        "work": work,
        "row": next((one for one in works(programme.id) if one.occupation == work), None),
        "rows": [(row, SECTORS[row.stated] if row.stated else "") for row in page.rows],
        "total": page.total,
        "most": _MOST,
        "search": search,
        "of_work": of_work,
        "of_people": of_people,
        "ticked": {int(one) for one in request.POST.getlist("orang") if one.isdecimal()},
        "may": who.may_in("bill.make", programme.area_code),
    }
    return render(request, "sector_workers.html", context, status=422 if of_work.errors or of_people.errors else 200)


def _stated(request: HttpRequest, who: Visitor, programme: ProgrammeRow, form: OfWork) -> bool:
    work, sector = request.POST.get("pekerjaan", ""), form.cleaned_data["sektor"]
    with refused_by(form):
        people.state_work(
            by=who.officer, on=who.on, area_code=programme.area_code, occupation=work, sector=sector
        )  # fmt: skip
        told = gettext("Sektor %(work)s dinyatakan: %(sector)s. Tagihan yang sudah terbit tidak berubah.")
        messages.success(request, told % {"work": work, "sector": SECTORS[sector]})
        return True
    return False


def _stated_people(request: HttpRequest, who: Visitor, form: OfPeople) -> bool:
    chosen = form.cleaned_data
    with refused_by(form):
        count = people.state_people(
            by=who.officer, on=who.on, person_ids=chosen["orang"], sector=chosen["sektor"], reason=chosen["alasan"]
        )  # fmt: skip
        told = ngettext("Sektor %(n)d orang dinyatakan.", "Sektor %(n)d orang dinyatakan.", count) % {"n": count}
        messages.success(request, told)
        return True
    return False
