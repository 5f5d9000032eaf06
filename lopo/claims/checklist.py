"""Which papers each kind of case needs, with the article or the practice that asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PRACTICE: Final = "praktik BPJS Ketenagakerjaan (pasal belum dipastikan)"
_JKM: Final = "PP 44/2015 Pasal 40 ayat (3)"
_JKK: Final = "PP 44/2015 Pasal 44 ayat (5)"


@dataclass(frozen=True, slots=True)
class Needed:
    """One paper: its code, what the family reads, and who asks for it."""

    code: str
    label: str
    article: str


AKTA_KEMATIAN: Final = Needed("akta_kematian", "Akta kematian", _JKM)
BUKU_NIKAH: Final = Needed("buku_nikah", "Buku nikah (penerima adalah suami atau istri)", PRACTICE)
PEMBAGIAN_WARIS: Final = Needed(
    "pembagian_waris", "Surat pembagian yang disepakati ahli waris, atau penetapan pengadilan", PRACTICE
)
PENETAPAN_WALI: Final = Needed("penetapan_wali", "Surat atau penetapan wali bagi penerima yang belum dewasa", PRACTICE)
SURAT_KUASA: Final = Needed("surat_kuasa", "Surat kuasa antara ahli waris", PRACTICE)
SURAT_PENJAMIN: Final = Needed("surat_penjamin", "Jawaban Jasa Raharja (kecelakaan lalu lintas)", PRACTICE)
KUITANSI_ANGKUTAN: Final = Needed("kuitansi_angkutan", "Kuitansi biaya pengangkutan", _JKK)

_FAMILY: Final = (
    Needed("kartu_keluarga", "Kartu keluarga peserta dan ahli waris", PRACTICE),
    Needed("ktp_ahli_waris", "KTP ahli waris", PRACTICE),
    Needed("buku_tabungan", "Buku tabungan atas nama ahli waris", PRACTICE),
)
JKM: Final = (
    Needed("permohonan", "Permohonan pembayaran (Formulir 4)", _JKM),
    AKTA_KEMATIAN,
    Needed("surat_ahli_waris", "Surat keterangan ahli waris", _JKM),
    Needed("kartu_peserta", "Kartu peserta", _JKM),
    Needed("ktp_peserta", "KTP peserta", PRACTICE),
    *_FAMILY,
)
JKK: Final = (
    Needed("laporan_tahap_1", "Laporan tahap I (Formulir 3)", "PP 44/2015 Pasal 44 ayat (1)"),
    Needed("laporan_tahap_2", "Laporan tahap II (Formulir 3a)", "PP 44/2015 Pasal 44 ayat (3)"),
    Needed("surat_dokter", "Surat keterangan dokter (Formulir 3b)", _JKK),
    Needed("kartu_peserta", "Kartu peserta", _JKK),
    Needed("ktp_peserta", "KTP peserta", _JKK),
    Needed("kronologi", "Kronologi atau keterangan polisi dan saksi", PRACTICE),
)
JKK_DEATH: Final = (
    *JKK,
    Needed("akta_kematian", "Akta kematian", PRACTICE),
    Needed("surat_ahli_waris", "Surat keterangan ahli waris", PRACTICE),
    *_FAMILY,
)


def needed(kind: str, *, died: bool) -> tuple[Needed, ...]:
    """Give the papers that a case of the kind (`JKM` or `JKK`) needs."""
    if kind == "JKM":
        return JKM
    return JKK_DEATH if died else JKK
