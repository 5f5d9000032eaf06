"""What other rooms say in Indonesian (papers, clocks, relations, labels of the law), in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language, gettext, gettext_noop

from lopo.basics.money import terbilang
from lopo.law import LAW
from lopo.law.wording import ENGLISH, INDONESIAN, english_words

TEXTS = (
    # papers of a case
    gettext_noop("Permohonan pembayaran (Formulir 4)"),
    gettext_noop("Akta kematian"),
    gettext_noop("Buku nikah (penerima adalah suami atau istri)"),
    gettext_noop("Surat pembagian yang disepakati ahli waris, atau penetapan pengadilan"),
    gettext_noop("Surat kuasa antara ahli waris"),
    gettext_noop("Surat atau penetapan wali bagi penerima yang belum dewasa"),
    gettext_noop("Kuitansi biaya pengangkutan"),
    gettext_noop("Kartu keluarga peserta dan ahli waris"),
    gettext_noop("KTP ahli waris"),
    gettext_noop("Buku tabungan atas nama ahli waris"),
    gettext_noop("Surat keterangan ahli waris"),
    gettext_noop("Kartu peserta"),
    gettext_noop("KTP peserta"),
    gettext_noop("Laporan tahap I (Formulir 3)"),
    gettext_noop("Laporan tahap II (Formulir 3a)"),
    gettext_noop("Surat keterangan dokter (Formulir 3b)"),
    gettext_noop("Kronologi atau keterangan polisi dan saksi"),
    gettext_noop("Jawaban Jasa Raharja (kecelakaan lalu lintas)"),
    gettext_noop("praktik BPJS Ketenagakerjaan (pasal belum dipastikan)"),
    # clocks of a case
    gettext_noop("Kunjungan ke keluarga"),
    gettext_noop("janji kantor kepada keluarga"),
    gettext_noop("Laporan tahap I (2 x 24 jam)"),
    gettext_noop("Kesimpulan dugaan kecelakaan kerja"),
    gettext_noop("Pemberitahuan berkas kurang"),
    gettext_noop("Pembayaran JKK"),
    gettext_noop("Pembayaran JKM"),
    # relations of heirs
    gettext_noop("suami istri"),
    gettext_noop("anak"),
    gettext_noop("ayah"),
    gettext_noop("ibu"),
    gettext_noop("kakek"),
    gettext_noop("nenek"),
    gettext_noop("cucu"),
    gettext_noop("saudara kandung"),
    gettext_noop("mertua"),
    gettext_noop("wasiat"),
    gettext_noop("pengurus pemakaman"),
    gettext_noop("lain"),
    gettext_noop("wali"),
    gettext_noop("istri"),
    gettext_noop("suami"),
)
_VALUES = {"ya": "yes", "tidak": "no", "tidak diketahui": "unknown"}
_UNITS = {
    "hari kerja": "working days",
    "hari": "days",
    "bulan": "months",
    "tahun": "years",
    "kali": "times",
    "orang": "persons",
}


def language() -> str:
    """Give the language of the page as the law room names it."""
    return INDONESIAN if (get_language() or INDONESIAN).startswith(INDONESIAN) else ENGLISH


def local(text: str) -> str:
    """Give a text of another room in the language of the page; a text without a translation as it is."""
    return gettext(text.replace("_", " ")) if text else ""


def label_of(name: str, label: str) -> str:
    """Give the label of a fact, number, rule or amount of the law."""
    return label if language() == INDONESIAN else LAW.english.get(name.split(":", maxsplit=1)[0], label)


def value_said(text: str) -> str:
    """Give a value of the law's trace, which is kept in Indonesian: `45 hari` is `45 days`."""
    if language() == INDONESIAN:
        return text
    for unit, english in _UNITS.items():
        if text.endswith(f" {unit}"):
            return f"{text.removesuffix(unit)}{english}"
    return _VALUES.get(text, text)


def in_words(amount: int) -> str:
    """Say an amount of rupiah in words."""
    return f"{terbilang(amount) if language() == INDONESIAN else english_words(amount)} rupiah"
