"""The first report: anybody, from any phone, without an account; kept once, with a receipt and the clock of the law."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lopo.basics.area import KELURAHAN
from lopo.basics.nik import digits_of
from lopo.basics.refusal import Refused
from lopo.claims.actions.first_reports import MOST_PHOTO_BYTES, FirstTold, receive_first_report
from lopo.claims.queries import first_reports as queries
from lopo.web.door import now, today
from lopo.web.forms import DayField
from lopo.web.refusals import sentence_of

WHAT = (
    ("kecelakaan", _("Kecelakaan, atau sakit karena kerja")),
    ("meninggal_kerja", _("Meninggal karena kecelakaan kerja")),
    ("meninggal", _("Meninggal karena sebab lain")),
)
TELLERS = (
    ("keluarga", _("keluarga")),
    ("pekerja", _("pekerja sendiri")),
    ("kelurahan", _("RT, RW atau kelurahan")),
    ("ibadah", _("gereja atau masjid")),
    ("rumah_sakit", _("rumah sakit atau klinik")),
    ("lain", _("orang lain")),
)
_PHOTO_REFUSALS = frozenset({"foto_terlalu_besar", "bukan_foto"})
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


def _numeric(**more: str) -> forms.TextInput:
    return forms.TextInput(attrs=_NUMERIC | more)


class FirstReportForm(forms.Form):
    """Few questions in the words of the street; only what, who, when, where and who tells must be answered."""

    kiriman = forms.UUIDField(widget=forms.HiddenInput)
    jenis = forms.ChoiceField(label=_("Apa yang terjadi?"), choices=WHAT)
    nama = forms.CharField(
        label=_("Nama orangnya"), max_length=200, required=False, help_text=_("Seperti pada KTP bila diketahui.")
    )
    nik = forms.CharField(label=_("NIK, bila diketahui"), max_length=24, required=False, widget=_numeric())
    kpj = forms.CharField(
        label=_("Nomor kartu peserta, bila ada"),
        max_length=24,
        required=False,
        widget=_numeric(**{"data-from-card": ""}),
    )
    kejadian = DayField(label=_("Tanggal kejadian"))
    jam = forms.TimeField(
        label=_("Kira-kira jam berapa"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    wafat = DayField(
        label=_("Tanggal meninggal"), required=False, help_text=_("Hanya bila berbeda dari tanggal kejadian.")
    )
    tempat = forms.CharField(label=_("Di mana?"), max_length=200, help_text=_("Jalan, pelabuhan, pasar, rumah sakit …"))
    kelurahan = forms.ChoiceField(label=_("Kelurahan tempat tinggal orangnya"), required=False)
    cerita = forms.CharField(label=_("Ceritakan singkat"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    foto = forms.FileField(
        label=_("Foto, bila ada"),
        required=False,
        help_text=_("Paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    pelapor = forms.ChoiceField(label=_("Anda siapa?"), choices=TELLERS)
    nama_pelapor = forms.CharField(label=_("Nama Anda"), max_length=100)
    hp = forms.CharField(
        label=_("Nomor HP Anda, bila mau dihubungi"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    boleh_pesan = forms.BooleanField(
        label=_("Ya, kabari saya tentang laporan ini lewat WhatsApp atau SMS."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what Django hands on
        super().__init__(*args, **kwargs)
        field = self.fields["kelurahan"]
        if isinstance(field, forms.ChoiceField):
            named = sorted((area.name, area.code) for area in KELURAHAN)
            field.choices = [("", _("tidak tahu")), *((code, name) for name, code in named)]

    def clean_foto(self) -> bytes:
        """Give the bytes of the photo; one that is far too large is not even read."""
        sent = self.cleaned_data["foto"]
        if not isinstance(sent, UploadedFile):
            return b""
        return bytes(sent.read(MOST_PHOTO_BYTES + 1))

    def told(self) -> FirstTold:
        """Give what was told in the form that the desk of claims takes."""
        given = self.cleaned_data
        died = _died_on(given["jenis"], given["kejadian"], given["wafat"])
        return FirstTold(
            id=given["kiriman"],
            kind="JKM" if given["jenis"] == "meninggal" else "JKK",
            teller=given["pelapor"],
            source=given["nama_pelapor"],
            name=given["nama"],
            event_on=died if given["jenis"] == "meninggal" and died else given["kejadian"],
            place=given["tempat"],
            story=given["cerita"],
            nik=digits_of(given["nik"]),
            kpj=digits_of(given["kpj"]),
            phone=given["hp"],
            may_message=given["boleh_pesan"],
            area_code=given["kelurahan"],
            event_at=given["jam"],
            died_on=died,
            photo=given["foto"],
        )


def _died_on(what: str, event_on: date, died_on: date | None) -> date | None:
    return None if what == "kecelakaan" else died_on or event_on


@login_not_required
@never_cache
@sensitive_post_parameters()
def first_report(request: HttpRequest) -> HttpResponse:
    """Ask what happened; keep it and give the receipt. The same form sent again leads to the same receipt."""
    if request.method != "POST":
        form = FirstReportForm(initial={"kiriman": uuid.uuid4(), "kejadian": today()})
        return render(request, "first_report.html", {"form": form})
    form = FirstReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            origin = get_client_ip_address(request) or ""
            kept = receive_first_report(on=today(), at=now(), origin=origin, told=form.told())
            return redirect("lapor_terima", kept)
        except Refused as refusal:
            form.add_error("foto" if refusal.code in _PHOTO_REFUSALS else None, sentence_of(refusal))
    return render(request, "first_report.html", {"form": form}, status=422)


@login_not_required
@never_cache
def receipt(request: HttpRequest, kept_id: uuid.UUID) -> HttpResponse:
    """Show the receipt to whoever knows the id that the phone has made; it names nobody."""
    found = queries.receipt(kept_id)
    if found is None:
        raise Http404
    late = found.due_at is not None and found.received_at > found.due_at
    return render(request, "first_receipt.html", {"receipt": found, "late": late})
