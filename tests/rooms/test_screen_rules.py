"""The rules of the lists one by one: what each reason forces, and that table and case agree."""

from __future__ import annotations

from datetime import date

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo import law
from lopo.law.local import REASONS

ON = date(2025, 6, 1)
GOOD: dict[str, object] = {
    "nik_keadaan": "utuh",
    "nik_cocok": True,
    "nik_lahir_beda": False,
    "orang_dikenal": True,
    "di_data_penduduk": True,
    "alamat_di_luar": False,
    "nama_tertulis": True,
    "lahir_tertulis": True,
    "kembar_dalam": False,
    "kembar_antar": False,
    "tgl_meninggal": None,
    "tgl_pindah": None,
    "aktif_pu_sejak": None,
    "aktif_bpu_sejak": None,
    "terdaftar_asn": False,
    "entri_ragu": False,
    "tgl_lahir_orang": date(1985, 9, 14),
    "desil": 2,
    "desil_program": 4,
    "hari_pendaftaran": ON,
}
FORCES = {
    "nik_kosong": ({"nik_keadaan": "kosong", "nik_cocok": False}, "diterima"),
    "nik_tidak_sah": ({"nik_keadaan": "rusak", "nik_cocok": False}, "diterima"),
    "nik_terpotong": ({"nik_keadaan": "terpotong", "nik_cocok": False}, "diterima"),
    "nik_beda_lahir": ({"nik_lahir_beda": True}, "diterima"),
    "tidak_ditemukan": ({"di_data_penduduk": False}, "perlu_cek"),
    "ganda_dalam_daftar": ({"kembar_dalam": True}, "ditolak"),
    "ganda_antar_daftar": ({"kembar_antar": True}, "ditolak"),
    "meninggal": ({"tgl_meninggal": ON}, "ditolak"),
    "pindah": ({"tgl_pindah": ON}, "ditolak"),
    "bukan_penduduk": ({"alamat_di_luar": True}, "ditolak"),
    "sudah_aktif_pu": ({"aktif_pu_sejak": ON}, "ditolak"),
    "sudah_aktif_bpu": ({"aktif_bpu_sejak": ON}, "ditolak"),
    "asn_tni_polri": ({"terdaftar_asn": True}, "ditolak"),
    "di_bawah_umur": ({"tgl_lahir_orang": date(2008, 6, 2)}, "ditolak"),
    "di_atas_umur": ({"tgl_lahir_orang": date(1960, 6, 1)}, "ditolak"),
    "di_luar_desil": ({"desil": 5}, "ditolak"),
    "entri_register_ragu": ({"entri_ragu": True}, "perlu_cek"),
    "desil_tidak_diketahui": ({"desil": None}, "perlu_cek"),
    "data_kurang": ({"lahir_tertulis": False}, "diterima"),
}


def told(facts: dict[str, object]) -> tuple[str, object, tuple[str, ...]]:
    decided = law.decide([*REASONS, "putusan_penyaringan"], facts, ON)  # type: ignore[arg-type]
    return (
        " ".join(reason.code for reason in decided.reasons),
        decided.values["putusan_penyaringan"],
        tuple(reason.sentence for reason in decided.reasons),
    )


def test_a_good_row_is_accepted_without_a_word() -> None:
    assert told(GOOD) == ("", "diterima", ())


def test_every_reason_is_covered_here() -> None:
    assert tuple(FORCES) == REASONS


@pytest.mark.parametrize("reason", REASONS)
def test_what_each_reason_forces(reason: str) -> None:
    changed, verdict = FORCES[reason]
    codes, found, sentences = told(GOOD | changed)
    assert (codes, found) == (reason, verdict)
    assert sentences[0].endswith(".")


def test_a_note_does_not_save_a_row_that_is_refused() -> None:
    assert told(GOOD | {"nik_keadaan": "kosong", "nik_cocok": False, "desil": 9})[:2] == (
        "nik_kosong di_luar_desil",
        "ditolak",
    )


def test_events_after_the_day_do_not_count() -> None:
    later = dict.fromkeys(("tgl_meninggal", "tgl_pindah", "aktif_pu_sejak", "aktif_bpu_sejak"), date(2025, 6, 2))
    assert told(GOOD | later)[:2] == ("", "diterima")


days = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2026, 1, 1)))
facts = st.fixed_dictionaries(
    {
        "nik_keadaan": st.sampled_from(["kosong", "rusak", "terpotong", "utuh"]),
        **{name: st.booleans() for name, value in GOOD.items() if isinstance(value, bool)},
        **dict.fromkeys(("tgl_meninggal", "tgl_pindah", "aktif_pu_sejak", "aktif_bpu_sejak"), days),
        "tgl_lahir_orang": st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2010, 1, 1))),
        "desil": st.one_of(st.none(), st.integers(1, 10)),
        "desil_program": st.integers(1, 10),
        "hari_pendaftaran": st.just(ON),
    }
)
TYPES = {bool: "boolean", str: "string", date: "date", int: "int64"}
SCHEMA = {name: TYPES[type(value)] if value is not None else "date" for name, value in GOOD.items()}


@settings(max_examples=10, deadline=None)
@given(cases=st.lists(facts, min_size=1, max_size=40))
def test_one_equals_many(cases: list[dict[str, object]]) -> None:
    table = ibis.memtable([{"i": n, **case} for n, case in enumerate(cases)], schema={"i": "int64", **SCHEMA})
    found = law.compute([*REASONS, "putusan_penyaringan"], table, ON, reasons="why").order_by("i").to_pyarrow()
    answers = zip(found["why"].to_pylist(), found["putusan_penyaringan"].to_pylist(), strict=True)
    assert list(answers) == [told(case)[:2] for case in cases]
