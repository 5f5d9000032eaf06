"""What must hold for any case: more loss never pays less, nothing is negative, and parts add up to the whole."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.law import LAW
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from tests.law.people import days, edges, value

SUMS: Mapping[str, tuple[str, ...]] = {
    "iuran_per_bulan": ("iuran_jkk", "iuran_jkm"),
    "jkm_total": ("jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman"),
    "jkm_total_dengan_beasiswa": ("jkm_total", "jkm_beasiswa"),
    "jkk_meninggal_total": ("jkk_santunan_kematian", "jkk_santunan_berkala", "jkk_biaya_pemakaman"),
    "jkk_kecelakaan_total": ("biaya_perawatan", "biaya_pengangkutan", "stmb", "cacat_sebagian"),
    "jkk_kecelakaan_lengkap": ("jkk_kecelakaan_total", "cacat_fungsi", "pemulihan_jumlah"),
    "jkk_meninggal_lengkap": (
        "jkk_meninggal_total",
        "biaya_perawatan",
        "biaya_pengangkutan",
        "stmb",
        "pemulihan_jumlah",
    ),
    "jkk_cacat_total_lengkap": (
        "biaya_perawatan",
        "biaya_pengangkutan",
        "stmb",
        "cacat_total_jumlah",
        "pemulihan_jumlah",
    ),
    "cacat_total_jumlah": ("cacat_total_santunan", "cacat_total_berkala"),
    "manfaat_dibagi": ("bagian_ahli_waris", "bagian_pengurus_pemakaman", "bagian_dana_jaminan_sosial"),
}
RISING: Mapping[str, tuple[str, ...]] = {
    "penghasilan": ("dasar_manfaat_jkk", "iuran_per_bulan", "jkk_meninggal_total", "stmb", "cacat_sebagian"),
    "hari_stmb": ("stmb", "jkk_kecelakaan_total"),
    "persen_cacat_permil": ("cacat_sebagian", "jkk_kecelakaan_lengkap"),
    "persen_fungsi_jumlah": ("cacat_fungsi", "jkk_kecelakaan_lengkap"),
    "biaya_perawatan_sah": ("biaya_perawatan", "jkk_kecelakaan_total"),
    "biaya_darat": ("biaya_pengangkutan",),
    "biaya_laut": ("biaya_pengangkutan",),
    "biaya_udara": ("biaya_pengangkutan",),
    "biaya_gigi_tiruan": ("gigi_tiruan", "pemulihan_jumlah"),
    "biaya_protese": ("protese", "pemulihan_jumlah"),
    "harga_protese_rujukan": ("protese",),
    "bulan_iuran_dibayar": ("jkm_beasiswa",),
    "bulan_kepesertaan": ("jkm_total",),
    "jumlah_peserta": ("iuran_kelompok",),
    "jumlah_bulan": ("iuran_kelompok",),
    "jumlah_manfaat": ("ganti_rugi_terlambat",),
    "tingkat_tertinggi": ("bagian_ahli_waris",),
}
FALLING: Mapping[str, tuple[str, ...]] = {
    "bulan_menunggak": ("jkm_total", "jkk_meninggal_total", "biaya_perawatan", "jkm_beasiswa"),
    "tahun_beasiswa_dipakai": ("beasiswa_anak", "beasiswa_sisa_jenjang"),
    "urutan_anak": ("beasiswa_anak",),
    "jam_sampai_meninggal": ("meninggal_mendadak_diakui",),
    "jumlah_pekerjaan": ("pekerjaan_dalam_batas",),
}
SEEDS = st.integers(min_value=0, max_value=10**9)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Case = dict[str, Answer | None]
BY_EDITION = pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])


def whole_case(law: EditionLaw, seed: int) -> Case:
    """A generated case in which every fact is known and in range, but the optional ones."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    numbers, turns = edges(law), days(law)
    found: Case = {}
    for name, fact in law.facts.items():
        drawn = None
        while drawn is None or (type(drawn) is int and not fact.minimum <= drawn <= fact.maximum) or drawn == NO_CODE:
            drawn = value(fact, law, chance, numbers, turns)
            if drawn is None and fact.optional:
                break
        found[name] = drawn
    return found


NO_CODE = "tidak_ada_kode_ini"


def answers(law: EditionLaw, targets: tuple[str, ...], case: Case) -> Mapping[str, Answer]:
    needed = {fact.name for fact in law.plan(targets).facts}
    return LAW.decide(targets, {name: case[name] for name in needed}, law.edition.first).values


@BY_EDITION
@QUICK
@given(seed=SEEDS)
def test_nothing_is_negative_and_parts_add_up(law: EditionLaw, seed: int) -> None:
    case = whole_case(law, seed)
    found = answers(law, tuple(law.rules), case)
    negative = {name: amount for name, amount in found.items() if type(amount) is int and amount < 0}
    assert negative == {}
    whole = dict(found) | {"manfaat_dibagi": case["manfaat_kematian"]}
    for total, parts in SUMS.items():
        assert whole[total] == sum(int(found[part]) for part in parts)  # type: ignore[arg-type]


@BY_EDITION
@QUICK
@given(seed=SEEDS, step=st.sampled_from([1, 2, 30, 1_000, 1_000_000]))
def test_more_never_pays_less(law: EditionLaw, seed: int, step: int) -> None:
    case = whole_case(law, seed)
    for facts, sign in ((RISING, 1), (FALLING, -1)):
        for fact, named in facts.items():
            targets = tuple(name for name in named if name in law.rules)
            raised = int(case[fact]) + step  # type: ignore[arg-type]
            if not targets or raised > law.facts[fact].maximum:
                continue
            before, after = answers(law, targets, case), answers(law, targets, {**case, fact: raised})
            for name in targets:
                assert sign * int(before[name]) <= sign * int(after[name]), (fact, name)  # type: ignore[arg-type]


@BY_EDITION
@QUICK
@given(seed=SEEDS, later=st.integers(min_value=1, max_value=4000))
def test_a_later_claim_never_gets_more_and_a_later_payment_never_costs_less(
    law: EditionLaw, seed: int, later: int
) -> None:
    case = whole_case(law, seed)
    for fact, target, sign in (
        ("tanggal_klaim", "jkk_kecelakaan_total", -1),
        ("tanggal_klaim", "pak_diakui", -1),
        ("tanggal_dibayar", "ganti_rugi_terlambat", 1),
        ("hari_beasiswa", "beasiswa_anak", -1),
    ):
        moved = case[fact] + timedelta(days=later)  # type: ignore[operator]
        before, after = answers(law, (target,), case), answers(law, (target,), {**case, fact: moved})
        assert sign * int(before[target]) <= sign * int(after[target])  # type: ignore[arg-type]


@BY_EDITION
@QUICK
@given(seed=SEEDS)
def test_paid_arrears_never_pay_less_and_caps_hold(law: EditionLaw, seed: int) -> None:
    case = whole_case(law, seed)
    targets = ("jkm_total", "jkk_meninggal_total", "jkk_kecelakaan_total", "cacat_sebagian", "cacat_fungsi")
    owing, settled = (answers(law, targets, {**case, "tunggakan_lunas": paid}) for paid in (False, True))
    for name in targets:
        assert int(owing[name]) <= int(settled[name])
    base = int(answers(law, ("dasar_manfaat_jkk",), case)["dasar_manfaat_jkk"])
    assert int(settled["cacat_sebagian"]) + int(settled["cacat_fungsi"]) <= 56 * base


def test_whoever_has_a_right_is_told_no_reason_and_whoever_has_none_is_told_one() -> None:
    day = date(2025, 10, 20)
    for known in ("nomor_terbit", "tunggakan_lunas", "kecelakaan_kerja"):
        for answer in (True, False):
            facts: dict[str, Answer] = {
                "nomor_terbit": True, "bulan_kepesertaan": 4, "bulan_menunggak": 2, "tunggakan_lunas": True,
                "kecelakaan_kerja": False,
            }  # fmt: skip
            decision = LAW.decide("jkm_total", {**facts, known: answer}, day)
            assert (decision.amount("jkm_total") == 42_000_000) == (decision.reasons == ())


def test_every_income_of_the_table_has_one_base_and_steps_only_rise() -> None:
    law = LAW.law_on(date(2025, 7, 1))
    incomes = range(0, 21_000_000, 49_500)
    bases = [
        int(answers(law, ("dasar_manfaat_jkk",), {"penghasilan": income})["dasar_manfaat_jkk"]) for income in incomes
    ]
    assert all(low <= high for low, high in pairwise(bases))
    assert len(set(bases)) == 33
