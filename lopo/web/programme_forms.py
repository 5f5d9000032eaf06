"""The forms of the desk of programmes: what is promised, by which criteria, on which basis, with whose money."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lopo.basics.area import KECAMATAN, KOTA_KUPANG
from lopo.basics.calendar import Month
from lopo.basics.photo import MOST_BYTES
from lopo.financing.queries import PayerRow
from lopo.people.batch.occupations import TITLES
from lopo.targeting.actions import Basis, NewProgramme
from lopo.targeting.criteria import Criteria, read_criteria
from lopo.targeting.queries import ProgrammeRow
from lopo.web.forms import DayField, media_type

PROVINCE = "53"
PAYER_KINDS = (
    ("apbd_provinsi", _("Provinsi (APBD)")),
    ("apbd_kota", _("Kota atau kabupaten (APBD)")),
    ("dana_desa", _("Dana desa")),
    ("apbn", _("Kementerian (APBN)")),
    ("perusahaan", _("Perusahaan (CSR, GN Lingkaran)")),
    ("gereja", _("Gereja")),
    ("masjid", _("Masjid")),
    ("donatur", _("Donatur perorangan (SERTAKAN)")),
    ("mandiri", _("Pekerja sendiri")),
)


class MonthField(forms.CharField):
    """A month, asked with the browser's calendar; its value is the first day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2025-07"})

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - what Django hands on
        """Give the first day of the month."""
        text = super().clean(value)
        try:
            return Month.parse(text).first_day
        except (ValueError, TypeError):
            raise forms.ValidationError(_("Tulis bulan sebagai tahun-bulan, misalnya 2025-07.")) from None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what Django hands on
        """Write a day as its month."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class ProgrammeForm(forms.Form):
    """What a programme promises and its criteria, each chosen among the rules of the law."""

    kode = forms.SlugField(label=_("Kode"), max_length=40, help_text=_("Huruf kecil, angka, dan tanda hubung."))
    nama = forms.CharField(label=_("Nama program"), max_length=200)
    wilayah = forms.ChoiceField(label=_("Wilayah"))
    mulai = MonthField(label=_("Bulan pertama"))
    sampai = MonthField(label=_("Bulan terakhir"))
    pendaftaran = DayField(label=_("Hari pendaftaran"), help_text=_("Umur dan keadaan orang dinilai pada hari ini."))
    tempat = forms.IntegerField(label=_("Jumlah tempat"), min_value=0, max_value=10**7)
    upah = forms.IntegerField(label=_("Dasar upah sebulan (rupiah)"), min_value=1, max_value=10**9, initial=1_000_000)
    penduduk = forms.BooleanField(label=_("Alamat di wilayah program"), required=False, initial=True)
    bukan_pu = forms.BooleanField(label=_("Bukan peserta aktif penerima upah (PU)"), required=False, initial=True)
    bukan_asn = forms.BooleanField(label=_("Bukan ASN, anggota TNI atau Polri"), required=False, initial=True)
    desil = forms.TypedChoiceField(
        label=_("Desil tertinggi"), coerce=int, empty_value=None, required=False,
        choices=(("", _("tidak ditanyakan")), *((n, str(n)) for n in range(1, 11))),
    )  # fmt: skip
    umur_mulai = forms.IntegerField(label=_("Umur terendah"), min_value=15, max_value=100, required=False)
    umur_batas = forms.IntegerField(label=_("Belum berumur"), min_value=15, max_value=100, required=False)
    kelamin = forms.ChoiceField(
        label=_("Jenis kelamin"), required=False,
        choices=(("", _("semua")), ("P", _("hanya perempuan")), ("L", _("hanya laki-laki"))),
    )  # fmt: skip
    pekerjaan = forms.MultipleChoiceField(
        label=_("Hanya pekerjaan ini"), required=False, choices=tuple(TITLES.items()),
        widget=forms.SelectMultiple(attrs={"size": 8}), help_text=_("Tanpa pilihan berarti semua pekerjaan diterima."),
    )  # fmt: skip

    def __init__(self, data: Any, row: ProgrammeRow | None, areas: tuple[str, ...]) -> None:  # noqa: ANN401
        super().__init__(data, initial=_initial(row) if row else None)
        there = ((PROVINCE, _("Nusa Tenggara Timur")), (KOTA_KUPANG, _("Kota Kupang")))
        places = [*there, *((one.code, f"{_('Kecamatan')} {one.name}") for one in KECAMATAN)]
        if row is not None and row.area_code not in dict(places):
            places.append((row.area_code, row.area_code))
        field = self.fields["wilayah"]
        if isinstance(field, forms.ChoiceField):
            field.choices = places
        if row is not None:
            self.fields["kode"].disabled = True

    def programme(self) -> NewProgramme:
        """Give the programme that the answers describe."""
        said = self.cleaned_data
        criteria = Criteria(
            said["penduduk"], said["bukan_pu"], said["bukan_asn"], said["desil"], said["umur_mulai"],
            said["umur_batas"], said["kelamin"], tuple(sorted(said["pekerjaan"])),
        )  # fmt: skip
        return NewProgramme(
            said["kode"], said["nama"], said["wilayah"], said["mulai"], said["sampai"], said["pendaftaran"],
            said["tempat"], criteria, said["upah"],
        )  # fmt: skip


def _initial(row: ProgrammeRow) -> dict[str, Any]:
    asked = read_criteria(row.criteria)
    return {
        "kode": row.code, "nama": row.name, "wilayah": row.area_code, "mulai": row.first_month,
        "sampai": row.last_month, "pendaftaran": row.registration_day, "tempat": row.places,
        "upah": row.monthly_income, "penduduk": asked.residents_only, "bukan_pu": asked.no_wage_earners,
        "bukan_asn": asked.no_officials, "desil": asked.max_decile, "umur_mulai": asked.from_age,
        "umur_batas": asked.under_age, "kelamin": asked.sex, "pekerjaan": list(asked.works),
    }  # fmt: skip


class BasisForm(forms.Form):
    """The rule that a programme rests on, with its paper."""

    peraturan = forms.CharField(
        label=_("Peraturan dan nomornya"), max_length=200,
        help_text=_("Misalnya Peraturan Wali Kota Kupang Nomor 5 Tahun 2025, atau surat keputusan pembayar."),
    )  # fmt: skip
    tanggal = DayField(label=_("Tanggal peraturan"))
    sampai_tanggal = DayField(label=_("Berlaku sampai"), required=False, help_text=_("Kosong bila tanpa batas."))
    berkas = forms.FileField(
        label=_("Berkas peraturan"), required=False, help_text=_("PDF atau foto, paling besar 10 MB.")
    )  # fmt: skip

    def clean_berkas(self) -> Any:  # noqa: ANN401 - an uploaded file or None
        """Refuse a file that is too large or neither PDF nor picture, by its first bytes."""
        given = self.cleaned_data.get("berkas")
        if given is None:
            return None
        head = given.read(4)
        given.seek(0)
        if given.size > MOST_BYTES or media_type(head) is None:
            raise forms.ValidationError(_("Berkas harus PDF, JPG, atau PNG, paling besar 10 MB."))
        return given

    def basis(self) -> Basis:
        """Give the basis that the answers describe."""
        said = self.cleaned_data
        return Basis(said["peraturan"], said["tanggal"], said["sampai_tanggal"])


class BudgetForm(forms.Form):
    """A budget line of a payer for one year of the programme."""

    pembayar = forms.ChoiceField(label=_("Pembayar"))
    tahun = forms.IntegerField(label=_("Tahun"), min_value=2015, max_value=2100)
    mata_anggaran = forms.CharField(label=_("Mata anggaran"), max_length=60)
    dasar_hukum = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Perda APBD atau Pergub beserta nomornya.")
    )  # fmt: skip
    jumlah = forms.IntegerField(label=_("Jumlah (rupiah)"), min_value=1, max_value=10**14)
    alasan = forms.CharField(
        label=_("Alasan perubahan"), max_length=200, required=False,
        help_text=_("Perlu bila anggaran yang sudah ada diubah setelah keputusan ditetapkan."),
    )  # fmt: skip

    def __init__(self, data: Any, payers: tuple[PayerRow, ...], year: int) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data, initial={"tahun": year})
        field = self.fields["pembayar"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.code, row.name) for row in payers]


class PayerForm(forms.Form):
    """A payer to be written down."""

    kode = forms.SlugField(label=_("Kode"), max_length=40, help_text=_("Huruf kecil, angka, dan tanda hubung."))
    nama = forms.CharField(label=_("Nama pembayar"), max_length=200)
    singkatan = forms.CharField(label=_("Singkatan"), max_length=3, help_text=_("Satu sampai tiga huruf."))
    jenis = forms.ChoiceField(label=_("Jenis"), choices=PAYER_KINDS)


class WhyForm(forms.Form):
    """A reason in words."""

    alasan = forms.CharField(label=_("Alasan"), max_length=200)
