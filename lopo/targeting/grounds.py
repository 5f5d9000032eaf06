"""Which registers each reason of a verdict rests on, so that a page can name the snapshot and its day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

POPULATION, DEATHS, MOVES, OFFICIALS, MEMBERS, DECILES = "penduduk", "kematian", "pindah", "asn", "bpjs", "desil"

RESTS_ON: Final[dict[str, tuple[str, ...]]] = {
    "nik_kosong": (),
    "nik_tidak_sah": (),
    "nik_terpotong": (),
    "nik_beda_lahir": (),
    "data_kurang": (),
    "ganda_dalam_daftar": (POPULATION,),
    "ganda_antar_daftar": (POPULATION,),
    "tidak_ditemukan": (POPULATION,),
    "bukan_penduduk": (POPULATION,),
    "di_bawah_umur": (POPULATION,),
    "di_atas_umur": (POPULATION,),
    "di_luar_umur_program": (POPULATION,),
    "di_luar_jenis_kelamin": (POPULATION,),
    "di_luar_pekerjaan": (),
    "syarat_tidak_diketahui": (POPULATION,),
    "meninggal": (DEATHS,),
    "pindah": (MOVES,),
    "sudah_aktif_pu": (MEMBERS,),
    "sudah_aktif_bpu": (MEMBERS,),
    "sudah_di_keputusan_lain": (),
    "sebagian_di_keputusan_lain": (),
    "asn_tni_polri": (OFFICIALS,),
    "entri_register_ragu": (DEATHS, MOVES, OFFICIALS, MEMBERS),
    "di_luar_desil": (DECILES,),
    "desil_tidak_diketahui": (DECILES,),
}
"""By the code of the reason; () where the row itself says it and no register is asked."""


def kinds_behind(reasons: Iterable[str]) -> tuple[str, ...]:
    """Give the kinds of register behind some reasons, each once, in their order."""
    return tuple(dict.fromkeys(kind for code in reasons for kind in RESTS_ON[code]))


def reasons_on(kinds: Iterable[str]) -> tuple[str, ...]:
    """Give the reasons that rest on any of these kinds of register."""
    wanted = set(kinds)
    return tuple(code for code, behind in RESTS_ON.items() if wanted & set(behind))
