"""The questions that the desk of claims asks: a report, and everything that is added to a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lopo.law import LAW
from lopo.law.parameters import Entries
from lopo.web.forms import DayField

_LARGEST = 10**12


class ReportForm(forms.Form):
    """What somebody reports."""

    jenis = forms.ChoiceField(
        label=_("Apa yang terjadi?"),
        choices=[("JKK", _("Kecelakaan (saat bekerja atau di jalan)")), ("JKM", _("Meninggal dunia"))],
    )
    kejadian = DayField(label=_("Tanggal kejadian"))
    meninggal = DayField(
        label=_("Tanggal meninggal"), required=False, help_text=_("Kosongkan bila orangnya masih hidup.")
    )
    sumber = forms.CharField(
        label=_("Siapa yang melapor?"), max_length=100, help_text=_("Nama dan hubungan, misalnya Maria Nalle, istri.")
    )
    cerita = forms.CharField(label=_("Ceritakan singkat apa yang terjadi"), widget=forms.Textarea(attrs={"rows": 4}))


class InvoiceForm(forms.Form):
    """An invoice of a hospital."""

    rumah_sakit = forms.CharField(label=_("Rumah sakit atau klinik"), max_length=200)
    nomor = forms.CharField(label=_("Nomor tagihan"), max_length=60)
    tanggal = DayField(label=_("Tanggal tagihan"))
    jumlah = forms.IntegerField(label=_("Jumlah (rupiah)"), min_value=1, max_value=_LARGEST)


class TripForm(forms.Form):
    """A trip to or between hospitals."""

    moda = forms.ChoiceField(
        label=_("Angkutan"), choices=[("darat", _("darat")), ("laut", _("laut")), ("udara", _("udara"))]
    )
    hari = DayField(label=_("Tanggal perjalanan"))
    biaya = forms.IntegerField(label=_("Biaya (rupiah)"), min_value=1, max_value=_LARGEST)
    rute = forms.CharField(label=_("Dari mana ke mana"), max_length=200)


class IncapacityForm(forms.Form):
    """A letter of the doctor that the worker cannot work."""

    mulai = DayField(label=_("Tidak dapat bekerja sejak"))
    sampai = DayField(label=_("Sampai dengan"))
    dokter = forms.CharField(label=_("Dokter"), max_length=200)


class InjuryForm(forms.Form):
    """A lasting loss."""

    bagian = forms.ChoiceField(label=_("Bagian tubuh"))
    kali = forms.IntegerField(label=_("Berapa"), min_value=1, max_value=10, initial=1)
    kidal = forms.BooleanField(label=_("Orangnya kidal"), required=False)
    fungsi = forms.IntegerField(
        label=_("Kehilangan fungsi (persen)"), min_value=1, max_value=100, required=False,
        help_text=_("Isi bila bagian tubuhnya masih ada tetapi fungsinya berkurang. Kosongkan bila hilang seluruhnya."),
    )  # fmt: skip
    dokter_penilai = forms.CharField(label=_("Dokter"), max_length=200)
    ditetapkan = DayField(label=_("Tanggal ditetapkan dokter"))

    def __init__(self, data: Any = None, *, on: date, part: str = "") -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data, initial={"bagian": part} if part else None)
        field = self.fields["bagian"]
        if isinstance(field, forms.ChoiceField):
            field.choices = body_parts(on)


class ConcludeForm(forms.Form):
    """Whether it was an accident at work."""

    simpulan = forms.ChoiceField(
        label=_("Kesimpulan"), choices=[("ya", _("kecelakaan kerja")), ("tidak", _("bukan kecelakaan kerja"))]
    )
    dasar = forms.CharField(label=_("Dasar kesimpulan"), max_length=200, help_text=_("Kronologi, saksi, surat dokter."))


class ReceiverForm(forms.Form):
    """The receiver that the certificate of heirs names."""

    nik_penerima = forms.CharField(label=_("NIK penerima"), min_length=16, max_length=16)
    nama_penerima = forms.CharField(label=_("Nama penerima"), max_length=200)
    hubungan = forms.CharField(
        label=_("Hubungan"), max_length=30, help_text=_("Misalnya istri, anak, orang_tua, wali.")
    )
    lahir = DayField(label=_("Tanggal lahir"), required=False)
    dasar_penerima = forms.CharField(
        label=_("Dasar"), max_length=100, help_text=_("Surat keterangan ahli waris nomor …")
    )


class RecoveredForm(forms.Form):
    """The day on which the doctor closed the case."""

    sembuh = DayField(label=_("Sembuh atau menetap menurut dokter pada"))


def body_parts(on: date) -> list[tuple[str, str]]:
    """Give the body parts of the law's table on a day, each with its percentage."""
    parameter = LAW.parameters.get("cacat_anatomis")
    version = parameter.on(on) if parameter else None
    if version is None or not isinstance(version.value, Entries):
        return []
    return [
        (code, f"{code.replace('_', ' ')} ({permil // 10},{permil % 10} %)")
        for code, permil in version.value.values.items()
    ]


def work_forms(on: date) -> dict[str, forms.Form]:
    """Give every form of the page of a case, empty."""
    return {
        "tagihan": InvoiceForm(),
        "perjalanan": TripForm(),
        "istirahat": IncapacityForm(),
        "cacat": InjuryForm(on=on),
        "simpulan": ConcludeForm(),
        "penerima": ReceiverForm(),
        "sembuh": RecoveredForm(),
    }
