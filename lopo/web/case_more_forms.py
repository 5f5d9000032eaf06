"""The further questions of the desk of claims: lines of invoices, diseases, guarantors, children, disputes, holders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lopo.claims.queries import CasePage
from lopo.web.forms import DayField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LARGEST = 10**12
WHAT = [
    ("perawatan", _("perawatan dan tindakan")), ("obat", _("obat dan bahan")),
    ("penunjang", _("pemeriksaan penunjang")),
    ("perawatan_rumah", _("perawatan di rumah")), ("gigi_tiruan", _("gigi tiruan")),
    ("alat_bantu_dengar", _("alat bantu dengar")), ("kacamata", _("kacamata")), ("protese", _("protese atau ortese")),
]  # fmt: skip
LEVELS = [
    ("tk", _("TK")), ("sd", _("SD")), ("smp", _("SMP")), ("sma", _("SMA")), ("perguruan_tinggi", _("perguruan tinggi")),
]  # fmt: skip


def _invoices(case: CasePage) -> list[tuple[int, str]]:
    return [(one.id, f"{one.provider}, {one.number}") for one in case.invoices]


class OfCase(forms.Form):
    """A form whose choices depend on the case."""

    def __init__(self, data: Any = None, *, case: CasePage) -> None:  # noqa: ANN401 - what Django posts
        super().__init__(data)
        self.choose(case)

    def choose(self, case: CasePage) -> None:
        """Take the choices from the case."""

    def offer(self, name: str, choices: Sequence[tuple[int | str, StrOrPromise]]) -> None:
        """Put the choices of a field."""
        field = self.fields[name]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(choices)


class LineForm(OfCase):
    """One line of an invoice."""

    tagihan = forms.TypedChoiceField(label=_("Tagihan"), coerce=int)
    apa = forms.ChoiceField(label=_("Apa yang dikerjakan"), choices=WHAT)
    hari_rawat = DayField(label=_("Tanggal perawatan"))
    icd10 = forms.CharField(label=_("Diagnosis (ICD-10)"), max_length=8, help_text=_("Misalnya S62.6."))
    nilai = forms.IntegerField(label=_("Jumlah (rupiah)"), min_value=1, max_value=_LARGEST)
    surat_dokter = forms.BooleanField(label=_("Ada surat dokter"), required=False)
    harga_rujukan = forms.IntegerField(
        label=_("Harga rujukan protese (rupiah)"), required=False, min_value=0, max_value=_LARGEST,
        help_text=_("Hanya protese: harga rumah sakit rehabilitasi pemerintah."),
    )  # fmt: skip
    bukan_kasus = forms.CharField(
        label=_("Mengapa tidak termasuk kasus ini?"), max_length=200, required=False,
        help_text=_("Kosongkan bila termasuk."),
    )  # fmt: skip

    def choose(self, case: CasePage) -> None:
        """Offer the invoices of the case."""
        self.offer("tagihan", _invoices(case))


class GuarantorForm(forms.Form):
    """What Jasa Raharja answered."""

    jawaban = forms.ChoiceField(
        label=_("Jawaban Jasa Raharja"),
        choices=[("menunggu", _("menunggu jawaban")), ("dijamin", _("dijamin")), ("ditolak", _("ditolak"))],
    )


class OtherPaidForm(OfCase):
    """What another guarantor paid of an invoice."""

    tagihan_lain = forms.TypedChoiceField(label=_("Tagihan"), coerce=int)
    dibayar_lain = forms.IntegerField(label=_("Dibayar Jasa Raharja (rupiah)"), min_value=0, max_value=_LARGEST)

    def choose(self, case: CasePage) -> None:
        """Offer the invoices of the case."""
        self.offer("tagihan_lain", _invoices(case))


class DiseaseForm(forms.Form):
    """A disease of work."""

    diagnosis = DayField(label=_("Tanggal diagnosis"))
    icd10_penyakit = forms.CharField(label=_("Diagnosis (ICD-10)"), max_length=8, help_text=_("Misalnya J62.8."))
    berhenti = DayField(label=_("Berhenti bekerja pada"), required=False, help_text=_("Kosongkan bila masih bekerja."))


class TotalForm(forms.Form):
    """Total permanent disability."""

    dinyatakan = DayField(label=_("Dinyatakan dokter pada"))
    surat_total = forms.CharField(label=_("Dokter dan nomor surat"), max_length=200)


class ReturnForm(forms.Form):
    """The way back to work."""

    disarankan = DayField(label=_("Disarankan dokter penasihat pada"))
    kembali = DayField(label=_("Kembali bekerja pada"), required=False, help_text=_("Kosongkan bila belum."))


class ChildForm(forms.Form):
    """A child at school."""

    urutan = forms.IntegerField(
        label=_("Anak ke berapa yang ditunjuk"), min_value=1, max_value=20,
        help_text=_("Beasiswa untuk dua anak menurut urutan keluarga."),
    )  # fmt: skip
    nik_anak = forms.CharField(label=_("NIK anak"), min_length=16, max_length=16)
    nama_anak = forms.CharField(label=_("Nama anak"), max_length=200)
    lahir_anak = DayField(label=_("Tanggal lahir anak"))


class YearForm(OfCase):
    """A school year of a child."""

    anak = forms.TypedChoiceField(label=_("Anak"), coerce=int)
    tahun = forms.IntegerField(
        label=_("Tahun ajaran mulai"), min_value=2015, max_value=2100, help_text=_("2025 berarti 2025/2026.")
    )
    jenjang = forms.ChoiceField(label=_("Jenjang sekolah"), choices=LEVELS)
    surat_sekolah = forms.CharField(label=_("Nomor surat keterangan sekolah"), max_length=120)
    menikah = forms.BooleanField(label=_("Sudah menikah"), required=False)
    bekerja = forms.BooleanField(label=_("Sudah bekerja"), required=False)

    def choose(self, case: CasePage) -> None:
        """Offer the children of the case."""
        self.offer("anak", [(one.id, one.name) for one in case.children])


class DisputeForm(OfCase):
    """An objection."""

    tentang = forms.ChoiceField(
        label=_("Apa yang diperselisihkan?"),
        choices=[
            ("jumlah", _("jumlah manfaat")), ("persen_cacat", _("persen cacat")),
            ("sebab", _("kecelakaan kerja atau bukan")), ("ahli_waris", _("siapa ahli warisnya")),
        ],
    )  # fmt: skip
    bagian_siapa = forms.TypedChoiceField(
        label=_("Hanya bagian siapa?"), coerce=int, required=False, empty_value=None,
        help_text=_("Bagian yang diperselisihkan ditahan, yang lain tetap dibayar."),
    )  # fmt: skip
    oleh = forms.CharField(label=_("Siapa yang berkeberatan"), max_length=200)
    isi = forms.CharField(
        label=_("Apa yang keliru menurutnya?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def choose(self, case: CasePage) -> None:
        """Offer the receivers where there are several and the case is granted; else it is about all of it."""
        several = [(one.id, one.name) for one in case.heirs if one.receives]
        if len(several) < 2 or case.state != "dikabulkan":
            del self.fields["bagian_siapa"]
            return
        self.offer("bagian_siapa", [("", _("semua ahli waris")), *several])


class AnswerForm(forms.Form):
    """The answer to an objection."""

    putusan_sengketa = forms.ChoiceField(
        label=_("Putusan"), choices=[("ya", _("Dibenarkan")), ("tidak", _("Tidak dibenarkan"))]
    )
    jawaban_sengketa = forms.CharField(
        label=_("Jawaban"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Yang berkeberatan membaca kalimat ini."),
    )  # fmt: skip


class SettleForm(forms.Form):
    """By which paper held money goes to whom it was granted after all."""

    penyelesaian = forms.CharField(
        label=_("Surat yang menyelesaikannya"), max_length=300,
        help_text=_("Surat damai para ahli waris atau putusan pengadilan: nomor, tanggal, dan isinya."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why a case ends without a decision, or opens again."""

    mengapa = forms.CharField(label=_("Alasan"), max_length=200)


class HospitalForm(forms.Form):
    """To which hospital care is guaranteed."""

    rumah_sakit_jaminan = forms.CharField(label=_("Rumah sakit atau klinik (PLKK)"), max_length=200)


def more_forms(case: CasePage) -> dict[str, forms.Form]:
    """Give the further forms of the page of a case, empty."""
    return {
        "rincian": LineForm(case=case), "penjamin": GuarantorForm(), "bayar_lain": OtherPaidForm(case=case),
        "penyakit": DiseaseForm(), "cacat_total": TotalForm(), "kembali_kerja": ReturnForm(), "anak": ChildForm(),
        "sekolah": YearForm(case=case), "sengketa": DisputeForm(case=case), "jawab": AnswerForm(), "tutup": WhyForm(),
        "buka_lagi": WhyForm(), "jaminan": HospitalForm(), "selesaikan": SettleForm(),
    }  # fmt: skip
