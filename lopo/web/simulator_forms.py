"""What the simulator asks: up to three choices side by side, who pays, and how many poor people live where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.basics.calendar import Month
from lopo.financing.queries import Variant
from lopo.targeting.queries import ProgrammeRow
from lopo.targeting.quotas import Poor, Rule
from lopo.web.frame import area_name
from lopo.web.law_forms import WholeField

MOST_CHOICES: Final = 3
LETTERS: Final = "ABC"
RULES: Final = {
    Rule.CALON: _("sebanding calon yang diterima"),
    Rule.SAMA: _("sama rata"),
    Rule.MISKIN: _("sebanding penduduk miskin"),
    Rule.CAMPURAN: _("campuran: separuh calon, separuh penduduk miskin"),
}
_RULES: Final = [(rule.value, word) for rule, word in RULES.items()]
RANKINGS: Final = (
    ("", _("langsung urutan acak tetap")),
    ("perempuan_kepala_keluarga", _("perempuan kepala keluarga")),
    ("anak", _("lebih banyak anak di bawah 18 tahun")),
    ("umur", _("lebih tua")),
    ("perempuan", _("perempuan")),
)
PAYERS: Final = (
    ("apbd_kota", _("APBD kota")),
    ("apbd_provinsi", _("APBD provinsi")),
    ("dana_desa", _("Dana desa")),
    ("apbn", _("APBN")),
    ("perusahaan", _("Perusahaan (CSR)")),
    ("gereja", _("Gereja")),
    ("masjid", _("Masjid")),
    ("donatur", _("Donatur")),
)
_MOST_PEOPLE, _MOST_MONEY, _MOST_MONTHS = 10_000_000, 10**13, 36


class Choice(forms.Form):
    """One choice; a choice with neither people nor money is left out."""

    orang = WholeField(0, _MOST_PEOPLE, "orang", label=_("Orang"), required=False)
    uang = WholeField(0, _MOST_MONEY, "Rp", label=_("Uang"), required=False)
    bulan = WholeField(1, _MOST_MONTHS, "bulan", label=_("Bulan"))
    cara = forms.ChoiceField(label=_("Cara membagi tempat"), choices=_RULES)

    def variant(self) -> Variant | None:
        """Give the choice, None where it names neither people nor money."""
        given = self.cleaned_data
        if given["orang"] is None and given["uang"] is None:
            return None
        return Variant(given["bulan"], Rule(given["cara"]), given["orang"], given["uang"])


class Payer(forms.Form):
    """Who would pay (the law asks whether it is money of the state), and what comes after the decile."""

    pembayar = forms.ChoiceField(
        label=_("Pembayar"),
        choices=PAYERS,
        help_text=_("Selain APBN dan APBD dihitung iuran sektor yang lebih mahal, supaya pagunya cukup (PP 50/2025)."),
    )
    utama = forms.ChoiceField(label=_("Sesudah desil didahulukan"), choices=RANKINGS, required=False)
    kedua = forms.ChoiceField(label=_("Sesudah itu"), choices=RANKINGS, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse the same order twice."""
        given = super().clean() or {}
        if given.get("utama") and given.get("utama") == given.get("kedua"):
            self.add_error("kedua", gettext("Urutan ini sudah dipilih di atas."))
        return given

    def ranking(self) -> tuple[str, ...]:
        """Give the criteria in order."""
        given = self.cleaned_data
        return tuple(one for one in (given.get("utama"), given.get("kedua")) if one)


class PoorForm(forms.Form):
    """The poor people of each kecamatan with the source; empty, the edition in force or DTSEN is used."""

    sumber = forms.CharField(
        label=_("Sumber dan tanggalnya"), max_length=200, required=False, help_text=_("Misalnya: Dinsos, 1 Juni 2025.")
    )

    def __init__(self, data: Mapping[str, str] | None, codes: tuple[str, ...]) -> None:
        super().__init__(data)
        self.codes = codes
        for code in codes:
            self.fields[_name(code)] = WholeField(0, _MOST_PEOPLE, "orang", label=area_name(code), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for all of them and the source, or for nothing."""
        given = super().clean() or {}
        told = [given.get(_name(code)) is not None for code in self.codes]
        if any(told) and not (all(told) and given.get("sumber")):
            self.add_error("sumber", gettext("Isi semua kecamatan dan sumbernya, atau kosongkan semua."))
        return given

    def poor(self) -> Poor | None:
        """Give the numbers as typed, None where nothing is."""
        given = self.cleaned_data
        if not given.get("sumber") or any(given.get(_name(code)) is None for code in self.codes):
            return None
        return Poor({code: given[_name(code)] for code in self.codes}, given["sumber"])


class Draft(forms.Form):
    """The number, title and rule of a decree to be drafted."""

    nomor = forms.CharField(label=_("Nomor keputusan"), max_length=60, help_text=_("Misalnya 400.9/123/KEP/2025."))
    judul = forms.CharField(
        label=_("Judul"),
        max_length=200,
        initial=_("Penetapan Pekerja Rentan Penerima Perlindungan Jaminan Sosial Ketenagakerjaan"),
    )
    cara = forms.ChoiceField(label=_("Cara membagi tempat"), choices=_RULES)


def starting(programme: ProgrammeRow, places: int) -> dict[str, str]:
    """Give the question that stands there before anybody asks: the free places as they are, and twice the months."""
    months = Month.of(programme.last_month).minus(Month.of(programme.first_month)) + 1
    return {
        "a-orang": str(places), "a-bulan": str(months), "a-cara": Rule.CALON.value,
        "b-orang": str(places // 2), "b-bulan": str(min(2 * months, _MOST_MONTHS)),
        "b-cara": Rule.CALON.value, "c-bulan": str(months), "c-cara": Rule.SAMA.value, "pembayar": PAYERS[0][0],
    }  # fmt: skip


def choices_of(asked: Mapping[str, str]) -> tuple[Choice, ...]:
    """Give the forms of the choices A, B and C."""
    return tuple(Choice(asked, prefix=letter.lower()) for letter in LETTERS[:MOST_CHOICES])


def _name(code: str) -> str:
    return f"miskin-{code}"
