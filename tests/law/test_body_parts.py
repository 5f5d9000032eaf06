"""The table of partial disability, row by row, as PP 44/2015 Lampiran III part II prints it."""

from datetime import date

import pytest

from lopo.law import LAW, decide

PARTS = {
    "lengan_dari_bahu_kanan": 400, "lengan_dari_bahu_kiri": 350,
    "lengan_dari_siku_kanan": 350, "lengan_dari_siku_kiri": 300,
    "tangan_dari_pergelangan_kanan": 320, "tangan_dari_pergelangan_kiri": 280,
    "kedua_kaki_dari_pangkal_paha": 700, "satu_kaki_dari_pangkal_paha": 350,
    "kedua_kaki_dari_mata_kaki": 500, "satu_kaki_dari_mata_kaki": 250,
    "kedua_mata": 700, "satu_mata_atau_penglihatan_ganda_dekat": 350,
    "pendengaran_kedua_telinga": 400, "pendengaran_satu_telinga": 200,
    "ibu_jari_kanan": 150, "ibu_jari_kiri": 120,
    "telunjuk_kanan": 90, "telunjuk_kiri": 70,
    "jari_lain_kanan": 40, "jari_lain_kiri": 30,
    "ruas_pertama_telunjuk_kanan": 45, "ruas_pertama_telunjuk_kiri": 35,
    "ruas_pertama_jari_lain_kanan": 20, "ruas_pertama_jari_lain_kiri": 15,
    "ibu_jari_kaki": 50, "jari_telunjuk_kaki": 30, "jari_kaki_lain": 20,
    "kulit_kepala_terkelupas_tiap_persen": 10, "impotensi": 400,
    "kaki_memendek_kurang_5_cm": 100, "kaki_memendek_5_sampai_7_5_cm": 200, "kaki_memendek_7_5_cm_atau_lebih": 300,
    "pendengaran_kedua_telinga_tiap_10_desibel": 60, "pendengaran_satu_telinga_tiap_10_desibel": 30,
    "satu_daun_telinga": 50, "kedua_daun_telinga": 100, "cuping_hidung": 300,
    "sekat_rongga_hidung_berlubang": 150, "daya_penciuman": 100,
    "kemampuan_kerja_fisik_51_sampai_70_persen": 400, "kemampuan_kerja_fisik_26_sampai_50_persen": 200,
    "kemampuan_kerja_fisik_10_sampai_25_persen": 50, "kemampuan_kerja_mental_tetap": 700,
    "efisiensi_penglihatan_tiap_10_persen": 70, "penglihatan_warna": 100, "lapang_pandang_tiap_10_persen": 70,
}  # fmt: skip
"""Tenths of a percent of 80 months of the base."""
DAYS = (date(2015, 7, 1), date(2019, 12, 1), date(2019, 12, 2), date(2025, 10, 20))


@pytest.mark.parametrize("part", PARTS)
def test_one_loss_and_three_of_it(part: str) -> None:
    for day in DAYS:
        for times in (1, 3):
            found = decide("cacat_cedera", {"bagian_tubuh": part, "jumlah_cedera": times}, day)
            assert found.amount("cacat_cedera") == times * PARTS[part]


def test_the_table_has_no_other_row() -> None:
    for day in DAYS:
        assert LAW.law_on(day).parameters["cacat_anatomis"][1].value.values == PARTS  # type: ignore[union-attr]
