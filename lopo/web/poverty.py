"""The page of poor people by kecamatan: which numbers are in force, a file sent in, its preview, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.area import KECAMATAN, KOTA_KUPANG
from lopo.people.actions import keep_register_file
from lopo.people.poverty import POVERTY, Edition, former_poverty, poverty_editions, use_poverty
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.frame import area_name
from lopo.web.table import Ask, Column, Empty, Table, whole
from lopo.web.works import Job, begin

_LARGEST = 2 * 1024 * 1024


class NewNumbers(forms.Form):
    """A table of poor people by kecamatan."""

    berkas = forms.FileField(
        label=_("Berkas angka"),
        help_text=_("csv, xlsx, xls, atau ods, paling besar 2 MB; satu baris setiap kecamatan."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
    )

    def clean_berkas(self) -> UploadedFile[Any]:
        """Turn away what cannot be six rows."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        if file.size is None or file.size > _LARGEST:
            raise forms.ValidationError(_("Berkas lebih besar dari 2 MB. Kirim hanya tabel angkanya."))
        return file


@desk("lists.read")
def poverty(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show every edition by year, and take a file in: it is read behind, and looked at before it is in force."""
    may_load = who.may_in("registers.load", KOTA_KUPANG)
    sent = may_load and request.method == "POST" and "ekspor" not in request.POST
    form = NewNumbers(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["berkas"]
        name = (file.name or "angka").rsplit("/", 1)[-1]
        file_id = keep_register_file(by=who.officer, on=who.on, name=name, content=file.read())
        return begin(who, Job("lopo.load_poverty", gettext("Membaca angka penduduk miskin"), {"file_id": str(file_id)}))
    every = poverty_editions()
    columns: tuple[Column[Edition], ...] = (
        Column(_("Tahun"), lambda row: str(row.year), link=lambda row: reverse("miskin_isi", args=[row.id]),
               minor=lambda row: gettext("edisi %(n)d") % {"n": row.id}),
        Column(_("Keadaan"), _state, "badge"),
        Column(_("Penduduk miskin"), lambda row: row.total, "number"),
        Column(_("Sumber"), lambda row: row.source, minor=lambda row: row.file),
        Column(_("Dimuat"), lambda row: row.made_on, "date", minor=lambda row: row.made_by),
        Column(_("Diberlakukan"), lambda row: row.used_on, "date", minor=lambda row: row.used_by),
    )  # fmt: skip

    def build(asked: Ask) -> Table[Edition]:
        rows = tuple(row for row in every if asked.search.lower() in f"{row.year} {row.source}".lower())
        empty = Empty(
            _("Belum ada angka penduduk miskin"),
            _("Sampai ada, pembagian menurut penduduk miskin memakai jumlah orang dalam DTSEN. Unggah tabelnya."),
        )
        return Table("miskin", _("Edisi angka"), columns, whole(rows), empty, asked, search=_("tahun, sumber …"),
                     export=True)  # fmt: skip

    context = {
        "form": form, "may_load": may_load, "columns": POVERTY.sources,
        "now": next((one for one in every if one.active), None),
    }  # fmt: skip
    answer = show(request, who, build, "poverty.html", context)
    if sent:
        answer.status_code = 422
    return answer


@desk("lists.read")
def edition(request: HttpRequest, who: Visitor, edition_id: int) -> HttpResponse:
    """Show one edition beside the numbers in force, kecamatan by kecamatan, before anybody puts it in force."""
    every = poverty_editions()
    found = next((one for one in every if one.id == edition_id), None)
    if found is None:
        raise Http404
    now = next((one for one in every if one.active), None)
    before = now.people if now else {}
    columns: tuple[Column[str], ...] = (
        Column(_("Kecamatan"), area_name, minor=lambda code: code),
        Column(_("Edisi ini"), lambda code: found.people[code], "number"),
        Column(_("Yang berlaku sekarang"), before.get, "number"),
        Column(_("Selisih"), lambda code: found.people[code] - before[code] if code in before else None, "number"),
    )

    def build(asked: Ask) -> Table[str]:
        codes = tuple(one.code for one in KECAMATAN if asked.search.lower() in one.name.lower())
        empty = Empty(_("Tidak ada kecamatan yang cocok"), _("Periksa ejaan."))
        return Table("angka-miskin", _("Penduduk miskin setiap kecamatan"), columns, whole(codes), empty, asked,
                     export=True)  # fmt: skip

    former = next((one for one in every if found.former_id == one.id), None)
    context = {
        "row": found, "year": str(found.year), "state": _state(found), "now": now, "former": former,
        "may_load": who.may_in("registers.load", found.area_code),
    }  # fmt: skip
    return show(request, who, build, "poverty_edition.html", context)


@desk("registers.load")
@require_POST
def use(request: HttpRequest, who: Visitor, edition_id: int) -> HttpResponse:
    """Put an edition in force."""
    use_poverty(by=who.officer, on=who.on, edition_id=edition_id)
    messages.success(request, gettext("Angka ini sekarang berlaku. Keputusan lama tetap memakai angkanya sendiri."))
    return redirect("miskin_isi", edition_id)


@desk("registers.load")
@require_POST
def go_back(request: HttpRequest, who: Visitor, edition_id: int) -> HttpResponse:
    """Put back what was in force before."""
    former_poverty(by=who.officer, on=who.on, edition_id=edition_id)
    messages.success(request, gettext("Angka sebelumnya berlaku lagi."))
    return redirect("miskin")


def _state(row: Edition) -> str:
    if row.active:
        return "miskin_berlaku"
    return "miskin_pernah" if row.used_on else "miskin_dimuat"
