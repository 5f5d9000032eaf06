"""The words of the reports: what each figure counts, the groups of people, the kinds of the comparison with BPJS."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lopo.insight.queries.council import Council, Group
from lopo.web.cells import month_text
from lopo.web.frame import area_name

Word = str | Promise


@dataclass(frozen=True)
class Figure:
    """One figure: its title, its value, whether it is rupiah, and what exactly it counts."""

    title: Word
    value: int
    money: bool
    means: Word


@dataclass(frozen=True)
class Parted:
    """People by one trait: the title of the table and its lines with their words."""

    title: Word
    lines: tuple[tuple[Word, Group], ...]

    @property
    def long(self) -> bool:
        """Say whether there are so many lines that the page folds them."""
        return len(self.lines) > _FOLDED_FROM


MEANS: dict[str, tuple[Word, Word]] = {
    "named": (_("Ditetapkan"), _("nama dalam lampiran keputusan yang mendapat tempat, termasuk pengganti")),
    "enrolled": (_("Terdaftar"), _("peserta yang sudah bernomor dari BPJS Ketenagakerjaan dan belum berakhir")),
    "covered": (_("Terlindungi"), _("peserta yang perlindungannya berlaku hari ini, penuh atau dalam masa tunggu")),
    "behind": (_("Menunggak"), _("peserta dengan satu sampai tiga bulan iuran yang belum dibayar")),
    "lapsed": (_("Gugur"), _("peserta dengan lebih dari tiga bulan berturut-turut belum dibayar")),
}
"""The columns of every table of people: the title, and what it counts."""

KINDS: dict[str, tuple[Word, Word]] = {
    "beda": (_("Berbeda"), _("Orangnya ada di kedua sisi, tetapi nama, NIK, nomor atau statusnya lain.")),
    "tidak_di_bpjs": (
        _("Tidak ada di BPJS"),
        _("Peserta di sini tanpa baris dalam berkas BPJS. Tanyakan kepada BPJS mengapa nomornya tidak aktif."),
    ),
    "tidak_di_sini": (
        _("Tidak ada di sini"),
        _("Peserta BPU aktif di BPJS yang bukan peserta di sini; mungkin membayar sendiri atau dibayari pihak lain."),
    ),
    "sesudah_berkas": (
        _("Lebih baru dari berkas"), _("Nomornya terbit setelah hari berkas BPJS; mintalah berkas yang lebih baru."),
    ),
    "cocok": (_("Cocok"), _("Nama, NIK, nomor dan status sama di kedua sisi.")),
}  # fmt: skip
"""What comes of comparing one member with BPJS: the title of the tab, and what it means and asks."""

WHAT: dict[str, Word] = {"nama": _("nama"), "nik": _("NIK"), "nomor": _("nomor KPJ"), "status": _("status")}
_FOLDED_FROM = 12
_SEX: dict[str, Word] = {"L": _("laki-laki"), "P": _("perempuan")}


def people_tables(told: Council) -> tuple[Parted, ...]:
    """Give the four tables of people with their words."""
    return (
        Parted(_("Menurut kecamatan"), tuple((area_name(one.code), one) for one in told.kecamatan)),
        Parted(_("Menurut jenis kelamin"), tuple((_SEX.get(one.code, one.code), one) for one in told.sex)),
        Parted(_("Menurut umur"), tuple((one.code, one) for one in told.age)),
        Parted(_("Menurut pekerjaan"), tuple((work_word(one.code), one) for one in told.occupation)),
    )


def work_word(code: str) -> Word:
    """Give the word of an occupation; the small ones and the unknown stand together."""
    return _("lainnya, atau tidak diketahui") if code == "lainnya" else code


def main_figures(told: Council) -> tuple[Figure, ...]:
    """Give the figures at the head: they are those of the first page."""
    bills, claims = told.standing.bills, told.standing.claims
    people = tuple(Figure(title, getattr(told.total, name), False, means) for name, (title, means) in MEANS.items())
    months = ", ".join(month_text(month.first_day) for month in bills.months)
    return (
        *people,
        Figure(_("Iuran ditagih"), bills.billed, True, _("jumlah tagihan yang tidak dibatalkan, untuk ") + months),
        Figure(_("Iuran dibayar"), bills.paid, True, _("jumlah tagihan yang SP2D-nya sudah disetujui")),
        Figure(_("Manfaat dibayar"), claims.paid, True, _("santunan dan biaya yang sudah dibayarkan bank")),
    )  # fmt: skip
