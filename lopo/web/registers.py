"""The desk of registers: what is in force and how old, what is odd in it, what came before, and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.people import actions, oddities, queries
from lopo.people.queries import SnapshotRow
from lopo.people.registers import EVERY, LAYOUTS
from lopo.people.territory import covers
from lopo.targeting import queries as targeting
from lopo.targeting.queries import elsewhere
from lopo.targeting.queries.elsewhere import AlsoDecreed
from lopo.web.door import Visitor, desk
from lopo.web.export import show
from lopo.web.forms import DayField
from lopo.web.frame import area_line
from lopo.web.programmes import programme_shown
from lopo.web.register_words import KINDS, ODDITIES, kind_title, titled
from lopo.web.table import Ask, Column, Empty, Table, whole
from lopo.web.works import Job, begin

Sent = MultiValueDict[str, Any] | None
_LARGEST = 200 * 1024 * 1024
OLD_AFTER_DAYS = {"penduduk": 180, "kematian": 45, "pindah": 90, "asn": 180, "bpjs": 45, "desil": 120, "sk": 365}
"""After how many days a register is called old: deaths and members change each month, the rest more slowly. This is the
office's habit, not law."""


@dataclass(frozen=True)
class Standing:
    """One register in force as the desk shows it."""

    row: SnapshotRow
    title: str | Promise
    age_days: int
    old: bool
    odd: int
    screened: bool


def standing(row: SnapshotRow, on: date, used: frozenset[int]) -> Standing:
    """Give a register in force with its age and whether the lists were screened against it."""
    age = (on - row.as_of).days
    odd = sum(row.oddities.values())
    return Standing(row, titled(row), age, age > OLD_AFTER_DAYS[row.kind], odd, row.id in used)


@desk("lists.read")
def registers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show which registers are in force, which are missing or old, and all that came before."""
    every = queries.snapshots()
    programme = programme_shown(request, who)
    screening = targeting.screening_in_force(programme.id) if programme else None
    used = frozenset(int(one["id"]) for one in screening.snapshots) if screening else frozenset()
    in_force = [standing(one, who.on, used) for one in every if one.current]
    there = {one.row.kind for one in in_force}
    waiting = [one for one in in_force if screening and not one.screened and one.row.kind in LAYOUTS]
    may_decrees = who.may("people.read") and programme is not None
    also = elsewhere.also_decreed(programme.id, who.areas("people.read")) if programme and may_decrees else ()
    context = {
        "in_force": in_force,
        "missing": [KINDS[kind] for kind in LAYOUTS if kind not in there],
        "waiting": waiting,
        "history": [(one, titled(one)) for one in every if not one.current],
        "also": len(also),
        "may_decrees": may_decrees,
        "may_load": who.may("registers.load"),
        "may_screen": who.may("lists.screen"),
        "screening": screening,
    }
    return render(request, "registers.html", context)


@desk("lists.read")
def register(request: HttpRequest, who: Visitor, snapshot_id: int) -> HttpResponse:
    """Show one register: where it is from, what is odd in it, which screenings rest on it."""
    found = next(iter(queries.snapshots_by_id([snapshot_id])), None)
    if found is None:
        raise Http404
    programme = programme_shown(request, who)
    runs = targeting.screenings(programme.id) if programme else ()
    resting = [one for one in runs if any(int(used["id"]) == found.id for used in one.snapshots)]
    context = {
        "row": found,
        "title": titled(found),
        "others": [area_line(one.territory) for one in _narrower(found)],
        "age": (who.on - found.as_of).days,
        "old": found.current and (who.on - found.as_of).days > OLD_AFTER_DAYS[found.kind],
        "odd": [(*ODDITIES[kind], found.oddities[kind]) for kind in oddities.KINDS if kind in found.oddities],
        "resting": resting,
    }
    return render(request, "register.html", context)


def _narrower(found: SnapshotRow) -> list[SnapshotRow]:
    """Give the registers in force that speak of a part of what this one speaks of, in its place."""
    if not found.current:
        return []
    alike = [one for one in queries.snapshots(only_current=True) if (one.kind, one.part) == (found.kind, found.part)]
    return [one for one in alike if one.id != found.id and covers(found.territory, one.territory)]


class NewRegister(forms.Form):
    """A register to send in: what it is, from whom, on what agreement, of what day."""

    jenis = forms.ChoiceField(label=_("Register apa?"))
    berkas = forms.FileField(
        label=_("Berkas register"),
        help_text=_(
            "csv, xlsx, xls, ods, atau zip dari OpenDK, paling besar 200 MB. Kolom NIK harus teks, bukan angka."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.zip"}),
    )
    per = DayField(label=_("Keadaan per tanggal"), help_text=_("Hari yang digambarkan isinya, bukan hari pengiriman."))
    asal = forms.CharField(
        label=_("Dari siapa?"), max_length=120, help_text=_("Misalnya: Dukcapil Kota Kupang, BPJS cabang NTT.")
    )
    perjanjian = forms.CharField(
        label=_("Nomor perjanjian data"), max_length=100, required=False,
        help_text=_("Perjanjian kerja sama yang membolehkan data ini dipakai."),
    )  # fmt: skip
    wilayah = forms.ChoiceField(
        label=_("Hanya satu kelurahan?"), required=False,
        help_text=_("Untuk ekspor OpenSID atau OpenDK: pilih kelurahannya; hanya isi kelurahan itu yang diganti."),
    )  # fmt: skip
    bagian = forms.CharField(
        label=_("Bagian"), max_length=20, required=False,
        help_text=_("Hanya bila register ini datang berpotong-potong, misalnya 2025-2 untuk akta semester kedua."),
    )  # fmt: skip

    def __init__(self, data: Sent, files: Sent, on: date) -> None:
        super().__init__(data, files)
        self.on = on
        chosen = self.fields["jenis"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", gettext("Pilih …")), *((kind, str(KINDS[kind])) for kind in EVERY)]
        place = self.fields["wilayah"]
        if isinstance(place, forms.ChoiceField):
            villages = [(one.code, one.name) for one in queries.areas("kelurahan")]
            place.choices = [("", gettext("Tidak, semua yang ada di berkas")), *villages]

    def clean(self) -> dict[str, Any]:
        """Turn away one kelurahan for a register that does not say where people live."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("wilayah") and given.get("jenis") not in ("", None, "penduduk"):
            self.add_error("wilayah", _("Hanya register penduduk dapat dimuat untuk satu kelurahan saja."))
        return given

    def clean_per(self) -> date:
        """Turn away a day that has not come."""
        day: date = self.cleaned_data["per"]
        if day > self.on:
            raise forms.ValidationError(_("Hari ini belum tiba."))
        return day

    def clean_berkas(self) -> UploadedFile[Any]:
        """Turn away what is too large to be read here."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        if file.size is None or file.size > _LARGEST:
            raise forms.ValidationError(_("Berkas lebih besar dari 200 MB. Bagi menjadi beberapa bagian."))
        return file


@desk("registers.load")
def upload(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take in a new register: keep its bytes until it is read whole, or refused whole, in the background."""
    posted = request.method == "POST"
    form = NewRegister(request.POST if posted else None, request.FILES if posted else None, who.on)
    if posted and form.is_valid():
        return _receive(who, form.cleaned_data)
    columns = [(KINDS[kind], [(one.source, one.may_lack) for one in layout.columns]) for kind, layout in EVERY.items()]
    return render(
        request, "register_upload.html", {"form": form, "columns": columns}, status=422 if form.errors else 200
    )


def _receive(who: Visitor, given: dict[str, Any]) -> HttpResponse:
    file: UploadedFile[Any] = given["berkas"]
    name = (file.name or "register").rsplit("/", 1)[-1]
    file_id = actions.keep_register_file(by=who.officer, on=who.on, name=name, content=file.read())
    arguments = {
        "file_id": str(file_id), "kind": given["jenis"], "part": given["bagian"], "as_of": given["per"].isoformat(),
        "agreement": given["perjanjian"], "territory": given["wilayah"], "origin": f"{given['asal']}, {name}"[:200],
    }  # fmt: skip
    title = gettext("Memuat register %(kind)s") % {"kind": kind_title(given["jenis"])}
    return begin(who, Job("lopo.load_register", title, arguments))


ALSO: tuple[Column[AlsoDecreed], ...] = (
    Column(_("Nama"), lambda row: row.name, link=lambda row: reverse("seseorang", args=[row.person_id])),
    Column(_("NIK"), lambda row: row.nik, "nik"),
    Column(_("Kelurahan"), lambda row: area_line(row.area_code)),
    Column(_("Ada di SK milik"), lambda row: row.payer, minor=lambda row: row.number),
    Column(_("Dari"), lambda row: row.first_day, "date"),
    Column(_("Sampai"), lambda row: row.last_day, "date"),
)


@desk("people.read")
def also_decreed(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List who is accepted here and stands on another decree for the same months."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")

    def build(asked: Ask) -> Table[AlsoDecreed]:
        found = elsewhere.also_decreed(programme.id, who.areas("people.read"))
        rows = tuple(row for row in found if asked.search.lower() in f"{row.name} {row.payer} {row.number}".lower())
        empty = Empty(
            _("Tidak ada yang ada di SK lain"),
            _("Semua yang diterima hanya dibayari program ini, sejauh SK pembayar lain sudah dimuat."),
            reverse("register"), _("Lihat register"),
        )  # fmt: skip
        return Table("sk-lain", _("Ada di SK lain"), ALSO, whole(rows), empty, asked, search=_("nama, pembayar …"),
                     export=True)  # fmt: skip

    return show(request, who, build, "also_decreed.html", {"programme": programme})
