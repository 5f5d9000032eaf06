"""The desk of lists: which came, what the reader understood, what the screening says, what goes back to the sender."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.error_sheet import error_sheet_xlsx
from lopo.staff import actions as staff
from lopo.staff import queries as staff_queries
from lopo.targeting import actions, queries
from lopo.targeting.queries import ChangedRow, ListDetail, ListFilter, ListRow, ProgrammeRow
from lopo.targeting.reasons import REASONS
from lopo.web import areas, privacy, rows
from lopo.web.door import Visitor, desk
from lopo.web.export import XLSX, file_answer, show
from lopo.web.frame import area_line, crumbs
from lopo.web.programmes import programme_shown
from lopo.web.table import Ask, Choice, Column, Empty, Filter, Table
from lopo.web.words import SENDERS
from lopo.web.works import Job, begin

Sent = MultiValueDict[str, Any] | None
_REASONS_SHOWN = 8
_LARGEST = 25 * 1024 * 1024
RETURNED = "hasil"
SENDER = Filter("pengirim", _("Pengirim"), tuple(Choice(code, word) for code, word in SENDERS.items()))
PROBLEM = Filter("masalah", _("Masalah"), (Choice("ada", _("ada masalah")),))
COLUMNS: tuple[Column[ListRow], ...] = (
    Column(
        _("Pengirim"),
        lambda row: row.sender,
        sort="sender",
        link=lambda row: reverse("daftar_isi", args=[row.id]),
        minor=lambda row: row.file.rsplit("/", 1)[-1],
    ),
    Column(_("Wilayah"), lambda row: area_line(row.area_code), sort="area_code"),
    Column(_("Diterima tanggal"), lambda row: row.received_on, "date", sort="received_on"),
    Column(_("Calon"), lambda row: row.candidates, "number", sort="candidates"),
    Column(_("Diterima"), lambda row: row.accepted, "number", sort="accepted"),
    Column(_("Perlu dicek"), lambda row: row.to_check, "number", sort="to_check"),
    Column(_("Ditolak"), lambda row: row.refused, "number", sort="refused"),
    Column(_("Tak terbaca"), lambda row: row.unreadable, "number", sort="unreadable"),
    Column(_("Masalah"), lambda row: row.problems, "number", sort="problems"),
)


@desk("lists.read")
def lists(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the lists of the programme with their counts by verdict."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    mine = who.areas("lists.read")
    filters = (areas.kecamatan_filter(mine), SENDER, PROBLEM)

    def build(asked: Ask) -> Table[ListRow]:
        wanted = ListFilter(
            mine,
            programme.id,
            asked.search,
            asked.get("pengirim"),
            asked.get(areas.KECAMATAN),
            bool(asked.get("masalah")),
        )
        page = queries.lists_page(wanted, asked.asked)
        empty = Empty(
            _("Belum ada daftar"),
            _("Unggah berkas xlsx atau csv seperti apa adanya; judul, jumlah dan tanda tangan boleh ikut."),
            reverse("daftar_unggah") if who.may("lists.receive") else "",
            _("Unggah daftar"),
        )
        return Table(
            "daftar",
            _("Daftar usulan"),
            COLUMNS,
            page,
            empty,
            asked,
            filters,
            _("pengirim atau nama berkas …"),
            export=True,
        )

    return show(request, who, build, "lists.html", _figures(who, programme), filters=filters)


def _figures(who: Visitor, programme: ProgrammeRow) -> dict[str, Any]:
    state = queries.programme(programme.code, who.areas("lists.read"))
    if state is None:
        raise Http404
    verdicts = [(code, state.verdict(code)) for code in ("diterima", "perlu_cek", "ditolak")]
    may = {"may_screen": who.may("lists.screen"), "may_receive": who.may("lists.receive")}
    return {"programme": programme, "state": state, "verdicts": verdicts, **may}


def found_list(who: Visitor, list_id: int) -> ListDetail:
    """Give a list within the visitor's areas; page 404 for any other."""
    found = queries.list_detail(list_id, who.areas("lists.read"))
    if found is None:
        raise Http404
    return found


@desk("lists.read")
def list_page(request: HttpRequest, who: Visitor, list_id: int) -> HttpResponse:
    """Show one list: its counts, what the reader understood, its reasons, its rows."""
    found = found_list(who, list_id)
    reasons = [(REASONS[code], count) for code, count in list(found.reasons.items())[:_REASONS_SHOWN]]
    context: dict[str, Any] = {"list": found, "reasons": reasons, "crumbs": crumbs(found.row.area_code)}
    context["may_export"] = privacy.may_have_sheet(who, found.row.area_code)
    context["papers"] = staff_queries.papers_of("targeting.list", str(list_id)) if context["may_export"] else ()
    context["may_receive"] = who.may_in("lists.receive", found.row.area_code) and found.row.in_force
    context["changes"] = changes(who, found)
    context["words"] = SENDERS.get(found.row.sender_kind, found.row.sender_kind)
    filters = (rows.VERDICT, rows.reason_filter(found.reasons))
    build = rows.build_rows(who, found.programme_id, filters, list_id=list_id)
    return show(request, who, build, "list.html", context, filters=filters)


def changes(who: Visitor, found: ListDetail) -> list[tuple[ChangedRow, list[tuple[str, str, str]]]]:
    """Give what a returned sheet of results changed; long numbers masked, nothing for who may not read persons."""
    if found.row.corrects is None or not who.may("people.read"):
        return []
    told = queries.changed_rows(found.row.id, who.areas("lists.read"))

    def shown(cell: str) -> str:
        return privacy.cell(who, (), cell, found.row.area_code)

    return [(row, [(head, shown(was), shown(now)) for head, was, now in row.cells]) for row in told]


@desk("table.export")
@require_POST
def error_sheet(request: HttpRequest, who: Visitor, list_id: int) -> HttpResponse:
    """Give the sheet that goes back to the sender, whole as it came; the diary keeps that it was taken."""
    detail = queries.list_detail(list_id, who.areas("lists.read"))
    if detail is None:
        raise Http404
    if not privacy.may_have_sheet(who, detail.row.area_code):
        raise PermissionDenied
    contact = gettext("%(name)s, meja Daftar. Perbaiki pada lembar ini lalu kirim kembali.") % {
        "name": who.officer.full_name
    }
    sheet = queries.error_sheet(list_id, who.areas("lists.read"), contact=contact)
    if sheet is None:
        raise Http404
    after = {"alasan": "lembar hasil untuk pengirim", "bentuk": "xlsx", "baris": len(sheet.lines)}
    with transaction.atomic():
        staff.record(by=who.officer, on=who.on, deed=staff.Deed("export", "targeting.list", list_id, after=after))
    stem = sheet.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return file_answer(f"hasil-{stem}.xlsx", XLSX, error_sheet_xlsx(sheet))


class Upload(forms.Form):
    """A list to send in, and who proposes it."""

    berkas = forms.FileField(
        label=_("Berkas daftar"),
        help_text=_("xlsx, xls, ods, csv, atau zip dari semuanya, paling besar 25 MB. Kirim seperti apa adanya."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.zip"}),
    )
    jenis = forms.ChoiceField(
        label=_("Siapa yang mengusulkan?"),
        choices=[("", _("Pilih …")), *SENDERS.items(), (RETURNED, _("Lembar hasil yang sudah diperbaiki"))],
    )
    wilayah = forms.ChoiceField(
        label=_("Kelurahan"), required=False, help_text=_("Untuk usulan kelurahan: kelurahan yang mana.")
    )
    nama = forms.CharField(
        label=_("Nama pengusul"), max_length=200, required=False, help_text=_("Untuk gereja, masjid, DPRD dan lainnya.")
    )

    def __init__(self, data: Sent, files: Sent, mine: tuple[str, ...]) -> None:
        super().__init__(data, files)
        choices = [(one.value, str(one.title)) for one in areas.kelurahan_filter(mine).choices]
        chosen = self.fields["wilayah"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = choices if len(choices) == 1 else [("", gettext("Pilih …")), *choices]

    def clean(self) -> dict[str, Any]:
        """Ask for the kelurahan of a kelurahan's list, for the name of any other sender."""
        given = super().clean() or {}
        if given.get("jenis") == "kelurahan" and not given.get("wilayah"):
            self.add_error("wilayah", _("Pilih kelurahan yang mengusulkan."))
        if given.get("jenis") not in ("kelurahan", RETURNED, None, "") and not given.get("nama"):
            self.add_error("nama", _("Tulis nama pengusul, misalnya GMIT Labat."))
        return given

    def clean_berkas(self) -> UploadedFile[Any]:
        """Turn away what is too large to be a list."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        if file.size is None or file.size > _LARGEST:
            raise forms.ValidationError(_("Berkas lebih besar dari 25 MB. Bagi menjadi beberapa daftar."))
        return file


@desk("lists.receive")
def upload(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take in a new list: keep its bytes, then read it in the background."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    posted = request.method == "POST"
    form = Upload(request.POST if posted else None, request.FILES if posted else None, who.areas("lists.receive"))
    if posted and form.is_valid():
        return _receive(who, programme, form.cleaned_data)
    return render(request, "upload.html", {"form": form, "programme": programme}, status=422 if form.errors else 200)


def _receive(who: Visitor, programme: ProgrammeRow, given: dict[str, Any]) -> HttpResponse:
    file: UploadedFile[Any] = given["berkas"]
    name = _file_name(given, (file.name or "daftar").rsplit("/", 1)[-1])
    digest = actions.keep_source(by=who.officer, on=who.on, name=name, content=file.read())
    ours = given["jenis"] == "kelurahan"
    sender = {
        "kind": given["jenis"],
        "name": f"Kelurahan {area_line(given['wilayah']).split(',')[0]}" if ours else given["nama"],
        "area_code": given["wilayah"] if ours else programme.area_code,
    }
    arguments: dict[str, Any] = {"programme_id": programme.id, "sha256": digest}
    if given["jenis"] != RETURNED:
        arguments["sender"] = sender
    return begin(who, Job("lopo.receive_list", gettext("Membaca %(file)s") % {"file": name}, arguments))


def _file_name(given: dict[str, Any], name: str) -> str:
    """Give the name under which the file is kept: its folder says who sent it, as in the folders that offices send."""
    if given["jenis"] == "kelurahan" and not name.startswith(given["wilayah"]):
        name = f"{given['wilayah']}_{name}"
    return f"{given['jenis']}/{name}"[:300]


@desk("lists.screen")
@require_POST
def error_sheets(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Make the sheets that go back to all senders in the background."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    title = gettext("Membuat lembar hasil untuk semua pengirim")
    return begin(who, Job("lopo.make_error_sheets", title, {"programme_id": programme.id}))


@desk("lists.screen")
@require_POST
def screen(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Begin the screening of all rows of the programme in the background."""
    programme = programme_shown(request, who)
    if programme is None:
        raise Http404
    title = gettext("Memeriksa semua calon %(programme)s") % {"programme": programme.name}
    return begin(who, Job("lopo.screen_programme", title, {"programme_id": programme.id}))
