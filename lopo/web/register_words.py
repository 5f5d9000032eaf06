"""The words of the desk of registers: the kinds of register, what may be odd in one, what to do about changed names."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lopo.people import oddities
from lopo.people.queries import SnapshotRow
from lopo.web.cells import day_text
from lopo.web.frame import area_line

Word = str | Promise

KINDS: dict[str, Word] = {
    "penduduk": _("Penduduk dan keluarga"),
    "kematian": _("Akta kematian"),
    "pindah": _("Pindah"),
    "asn": _("ASN, TNI, Polri"),
    "bpjs": _("Peserta aktif BPJS Ketenagakerjaan"),
    "desil": _("Desil DTSEN"),
    "sk": _("SK pembayar lain"),
}
ODDITIES: dict[str, tuple[Word, Word]] = {
    oddities.EMPTY_NIK: (
        _("baris tanpa NIK"), _("Dicocokkan dengan nama dan tanggal lahir; mintalah NIK-nya dari sumber."),
    ),
    oddities.BAD_NIK: (
        _("NIK yang bukan 16 angka"), _("Baris ini dicocokkan dengan nama dan tanggal lahir; betulkan di sumbernya."),
    ),
    oddities.TWICE: (
        _("baris dengan NIK yang sudah ada di baris lain"),
        _("Tidak apa-apa bila satu orang memang tercatat dua kali; selain itu tanyakan kepada sumbernya."),
    ),
    oddities.TWO_PEOPLE: (
        _("NIK dengan dua nama atau lebih"),
        _("Mungkin dua orang memakai satu NIK. Tanyakan kepada Dukcapil milik siapa NIK itu."),
    ),
    oddities.SAME_ROW: (
        _("baris yang sama persis dengan baris lain"),
        _("Satu orang tetap satu orang; mintalah berkas tanpa baris kembar."),
    ),
    oddities.BAD_KK: (_("nomor KK yang bukan 16 angka"), _("Keluarga baris ini tidak dapat dikenali.")),
    oddities.BAD_BIRTH: (
        _("tanggal lahir sebelum tahun 1900 atau setelah hari register"),
        _("Umurnya tidak dapat dipercaya; betulkan di sumbernya."),
    ),
    oddities.BAD_DAY: (
        _("tanggal kejadian sebelum tahun 1900 atau setelah hari register"),
        _("Baris ini tetap dipakai dengan tanggal itu; tanyakan kepada sumbernya."),
    ),
    oddities.LEFT_OUT: (
        _("orang yang menurut desa sudah meninggal, pindah atau pergi"),
        _("Tidak dimuat sebagai penduduk. Kematian dan pindah tetap menurut akta dan Dukcapil."),
    ),
    oddities.BAD_DECILE: (_("desil yang bukan 1 sampai 10"), _("Mintalah desil yang benar dari DTSEN.")),
}  # fmt: skip
"""What may be odd in a register: the words behind the count, and what it means."""


def kind_title(kind: str) -> str:
    """Give the title of a kind of register in the language of the page."""
    return str(KINDS.get(kind, kind))


def titled(row: SnapshotRow) -> str:
    """Give a register by its kind, part and territory: `Penduduk dan keluarga (Oebufu)`."""
    said = (row.part, area_line(row.territory) if row.territory else "")
    return kind_title(row.kind) + "".join(f" ({one})" for one in said if one)


def named(row: SnapshotRow) -> str:
    """Give a register in one line: `Akta kematian (2025-2) per 31 Des 2025, perjanjian 12/2024`."""
    line = gettext("%(kind)s per %(day)s") % {"kind": titled(row), "day": day_text(row.as_of)}
    return line + (", " + gettext("perjanjian %(number)s") % {"number": row.agreement} if row.agreement else "")
