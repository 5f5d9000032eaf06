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
    "program_terima_luar_wilayah": None,
    "program_terima_pu": None,
    "program_terima_asn": None,
    "umur_program_terendah": None,
    "umur_program_batas": None,
    "jenis_kelamin_program": None,
    "jenis_kelamin_orang": "L",
    "pekerjaan_program": None,
    "pekerjaan_termasuk": None,
    "hari_pendaftaran": ON,
    "bulan_program_bebas": None,
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
    "sudah_di_keputusan_lain": ({"bulan_program_bebas": 0}, "ditolak"),
    "sebagian_di_keputusan_lain": ({"bulan_program_bebas": 1}, "diterima"),
    "asn_tni_polri": ({"terdaftar_asn": True}, "ditolak"),
    "di_bawah_umur": ({"tgl_lahir_orang": date(2008, 6, 2)}, "ditolak"),
    "di_atas_umur": ({"tgl_lahir_orang": date(1960, 6, 1)}, "ditolak"),
    "di_luar_umur_program": ({"umur_program_terendah": 40}, "ditolak"),
    "di_luar_jenis_kelamin": ({"jenis_kelamin_program": "P"}, "ditolak"),
    "di_luar_pekerjaan": ({"pekerjaan_program": True, "pekerjaan_termasuk": False}, "ditolak"),
    "di_luar_desil": ({"desil": 5}, "ditolak"),
    "entri_register_ragu": ({"entri_ragu": True}, "perlu_cek"),
    "desil_tidak_diketahui": ({"desil": None}, "perlu_cek"),
    "syarat_tidak_diketahui": ({"pekerjaan_program": True}, "perlu_cek"),
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


def test_what_a_programme_takes_after_all_is_no_reason() -> None:
    asked = {"alamat_di_luar": True, "aktif_pu_sejak": ON, "terdaftar_asn": True, "desil": 9}
    taken = {"program_terima_luar_wilayah": True, "program_terima_pu": True, "program_terima_asn": True}
    assert told(GOOD | asked)[:2] == ("bukan_penduduk sudah_aktif_pu asn_tni_polri di_luar_desil", "ditolak")
    assert told(GOOD | asked | taken | {"desil_program": None})[:2] == ("", "diterima")
    assert told(GOOD | asked | dict.fromkeys(taken, False))[1] == "ditolak"
    assert told(GOOD | {"desil": None, "desil_program": None})[:2] == ("", "diterima")


def test_a_condition_of_the_programme_that_nobody_can_say_is_checked() -> None:
    unknown = "syarat_tidak_diketahui"
    assert told(GOOD | {"tgl_lahir_orang": None, "umur_program_batas": 60})[:2] == (unknown, "perlu_cek")
    assert told(GOOD | {"jenis_kelamin_orang": None, "jenis_kelamin_program": "P"})[:2] == (unknown, "perlu_cek")
    assert told(GOOD | {"umur_program_terendah": 39, "umur_program_batas": 40})[:2] == ("", "diterima")
    assert told(GOOD | {"umur_program_batas": 39})[:2] == ("di_luar_umur_program", "ditolak")


def test_events_after_the_day_do_not_count() -> None:
    later = dict.fromkeys(("tgl_meninggal", "tgl_pindah", "aktif_pu_sejak", "aktif_bpu_sejak"), date(2025, 6, 2))
    assert told(GOOD | later)[:2] == ("", "diterima")


OWN_CHOICES = (
    "program_terima_luar_wilayah", "program_terima_pu", "program_terima_asn", "pekerjaan_program", "pekerjaan_termasuk",
)  # fmt: skip
days = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2026, 1, 1)))
facts = st.fixed_dictionaries(
    {
        "nik_keadaan": st.sampled_from(["kosong", "rusak", "terpotong", "utuh"]),
        **{name: st.booleans() for name, value in GOOD.items() if isinstance(value, bool)},
        **dict.fromkeys(("tgl_meninggal", "tgl_pindah", "aktif_pu_sejak", "aktif_bpu_sejak"), days),
        "tgl_lahir_orang": st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2010, 1, 1))),
        "desil": st.one_of(st.none(), st.integers(1, 10)),
        "desil_program": st.one_of(st.none(), st.integers(1, 10)),
        **dict.fromkeys(OWN_CHOICES, st.one_of(st.none(), st.booleans())),
        "bulan_program_bebas": st.sampled_from([None, 0, 1, 12]),
        **dict.fromkeys(("umur_program_terendah", "umur_program_batas"), st.one_of(st.none(), st.integers(15, 70))),
        **dict.fromkeys(("jenis_kelamin_program", "jenis_kelamin_orang"), st.sampled_from([None, "L", "P"])),
        "hari_pendaftaran": st.just(ON),
    }
)
SCHEMA = {
    name: law.LAW.book.facts[name]
    .kind_name.replace("text", "string")
    .replace("int", "int64")
    .replace("bool", "boolean")
    for name in GOOD
}


@settings(max_examples=10, deadline=None)
@given(cases=st.lists(facts, min_size=1, max_size=40))
def test_one_equals_many(cases: list[dict[str, object]]) -> None:
    table = ibis.memtable([{"i": n, **case} for n, case in enumerate(cases)], schema={"i": "int64", **SCHEMA})
    found = law.compute([*REASONS, "putusan_penyaringan"], table, ON, reasons="why").order_by("i").to_pyarrow()
    answers = zip(found["why"].to_pylist(), found["putusan_penyaringan"].to_pylist(), strict=True)
    assert list(answers) == [told(case)[:2] for case in cases]
