"""Whole cases: everything of an accident, children, relatives, contributions in advance, and who gets which amount."""

import random
from datetime import date, datetime, timedelta, timezone

import ibis
import pytest

from lopo.basics.calendar import Month
from lopo.law import LAW, deadlines, decide
from lopo.law.cases import ContributionFacts, CoverFacts, Injury, Invoice, JkkAccidentFacts, JkkFacts, JkmFacts, Trip
from lopo.law.errors import NobodyToReceive, OutOfRange, SharesNotAgreed, UnknownTarget
from lopo.law.facts import KINSHIPS, LEVELS
from lopo.law.groups import CHILDREN, with_group
from lopo.law.heirs import FUND, Kinship, Portion, Relative, distribute, heirs
from lopo.law.whole_cases import Aids, Child, HomeCare, LostFunction, WholeAccidentFacts, children, prepaid, relatives

DAY = date(2025, 10, 20)
COVER = CoverFacts(nomor_terbit=True, bulan_kepesertaan=4, bulan_menunggak=0, tunggakan_lunas=True)
NO_AIDS = Aids(0, 0, 0, 0, 0)
K = Kinship


def accident(day: date, home: tuple[HomeCare, ...], aids: Aids, *, total: bool = False) -> WholeAccidentFacts:
    first = JkkAccidentFacts(
        event=JkkFacts(COVER, True, 1_000_000, day, day),
        closed_by_doctor=True,
        incapacity_days=45,
        injuries=(Injury("telunjuk_kanan", 1, left_handed=True),),
        trips=(Trip("laut", 350_000),),
        invoices=(Invoice(12_000_000, belongs=True),),
    )
    lost = (LostFunction(Injury("ibu_jari_kanan", 1, left_handed=False), 50),)
    return WholeAccidentFacts(first, total, lost, home, aids)


def test_an_accident_with_lost_function_home_care_and_aids() -> None:
    home = (
        HomeCare(3_000_000, date(2025, 11, 5), date(2025, 11, 1), belongs=True),
        HomeCare(4_000_000, date(2026, 11, 1), date(2025, 11, 1), belongs=True),
        HomeCare(5_000_000, date(2025, 11, 6), date(2025, 11, 1), belongs=False),
    )
    gathered = accident(DAY, home, Aids(6_000_000, 1_000_000, 0, 0, 0)).gathered(DAY)
    assert gathered.facts["biaya_perawatan_rumah_sah"] == 3_000_000
    assert gathered.facts["persen_fungsi_jumlah"] == 7_500
    assert [reason.code for member in gathered.members for reason in member.reasons] == [
        "perawatan_rumah_dalam_masa", "faktur_sah",
    ]  # fmt: skip
    decision = decide("jkk_kecelakaan_lengkap", gathered.facts, DAY)
    parts = 12_000_000 + 350_000 + 1_500_000 + 5_600_000 + 6_000_000 + 3_000_000 + 5_000_000 + 1_000_000
    assert decision.amount("jkk_kecelakaan_lengkap") == parts


def test_total_disability_of_the_same_accident() -> None:
    facts = accident(DAY, (), NO_AIDS, total=True).gathered(DAY).facts
    decision = decide("jkk_cacat_total_lengkap", facts, DAY)
    assert decision.amount("jkk_cacat_total_lengkap") == 12_000_000 + 350_000 + 1_500_000 + 68_000_000


def test_the_law_of_2015_knows_no_care_at_home() -> None:
    old = date(2018, 3, 1)
    facts = accident(old, (), Aids(4_000_000, 0, 0, 0, 0)).gathered(old).facts
    assert decide("pemulihan_jumlah", facts, old).amount("pemulihan_jumlah") == 3_000_000
    with pytest.raises(UnknownTarget):
        accident(old, (HomeCare(1, old, old, belongs=True),), NO_AIDS).gathered(old)


def child(level: str = "sd", place: int = 1, **more: object) -> Child:
    given = {"born": date(2015, 3, 10), "married": False, "works": False, "level": level, "years_used": 0}
    return Child(**{**given, "place": place, **more})  # type: ignore[arg-type]


def test_two_children_by_both_laws() -> None:
    named = (child("sd", 1), child("perguruan_tinggi", 2, born=date(2005, 1, 1)), child("smp", 3), child(works=True))
    now = children(named, date(2025, 11, 1), DAY)
    assert now.facts == {
        "anak_layak_beasiswa": 3, "beasiswa_anak_tertinggi": 12_000_000, "beasiswa_anak_jumlah": 13_500_000,
    }  # fmt: skip
    assert {reason.code for member in now.members for reason in member.reasons} == {
        "beasiswa_urutan", "beasiswa_belum_bekerja",
    }  # fmt: skip
    old = children(named, date(2019, 12, 1), date(2019, 12, 1))
    assert old.facts["beasiswa_anak_tertinggi"] == 12_000_000
    assert old.facts["anak_layak_beasiswa"] == 3
    assert set(children((), DAY, DAY).facts.values()) == {0}


def test_all_levels_of_two_children_are_174_million() -> None:
    levels = [
        decide("beasiswa_jenjang", {"jenjang_sekolah": level}, DAY).amount("beasiswa_jenjang") for level in LEVELS
    ]
    assert levels == [0, 3_000_000, 9_000_000, 6_000_000, 9_000_000, 60_000_000]
    assert 2 * sum(levels) == 174_000_000


def test_the_school_levels_of_the_facts_are_those_of_the_table() -> None:
    for name in ("beasiswa_per_tahun", "beasiswa_tahun"):
        assert tuple(LAW.law_on(DAY).parameters[name][1].value.values) == LEVELS  # type: ignore[union-attr]
    assert tuple(Kinship) == KINSHIPS


def test_children_add_up_alike_for_one_and_for_many() -> None:
    named = [(1, child("sd", 1)), (1, child("smp", 2)), (1, child("sma", 3)), (2, child("tk", 1, married=True))]
    facts = [dict(one.facts(DAY)) for _, one in named]
    members = ibis.memtable({"kasus": [case for case, _ in named]} | {n: [row[n] for row in facts] for n in facts[0]})
    many = with_group(ibis.memtable({"kasus": [1, 2, 3]}), members, "kasus", CHILDREN, DAY).order_by("kasus")
    for row in many.to_pyarrow().to_pylist():
        key = row.pop("kasus")
        mine = [one for case, one in named if case == key]
        assert row == children(mine, DAY, DAY).facts


def test_the_rules_and_the_list_name_the_same_class_for_any_family() -> None:
    chance = random.Random(5371)  # noqa: S311 - repeatable, not secret
    seen = set()
    for _ in range(200):
        family = [
            Relative(str(place), chance.choice(list(K)[chance.choice([0, 2, 7, 9, 10]) :]), alive=chance.random() < 0.6)
            for place in range(chance.randrange(5))
        ]
        found = decide("kelas_ahli_waris", relatives(family, DAY).facts, DAY)["kelas_ahli_waris"]
        assert found == heirs(family).code
        seen.add(found)
    assert seen == {"pasangan_anak", "garis_lurus", "saudara_kandung", "mertua", "wasiat", "tidak_ada"}


AMOUNTS = {"jkm_santunan_kematian": 20_000_000, "jkm_santunan_berkala": 12_000_000, "jkm_biaya_pemakaman": 10_000_000}
FUNERAL = {"jkm_biaya_pemakaman"}


def living(*kinships: Kinship) -> list[Relative]:
    return [Relative(f"{kinship}-{place}", kinship, alive=True) for place, kinship in enumerate(kinships)]


def test_one_heir_gets_everything() -> None:
    portions = distribute(heirs(living(K.SUAMI_ISTRI, K.MERTUA)), AMOUNTS, FUNERAL, {})
    assert {portion.receiver for portion in portions} == {"suami_istri-0"}
    assert sum(portion.amount for portion in portions) == 42_000_000


def test_several_of_one_class_share_as_they_agreed_and_no_rupiah_is_lost() -> None:
    three = heirs(living(K.SUAMI_ISTRI, K.ANAK, K.ANAK))
    with pytest.raises(SharesNotAgreed) as refused:
        distribute(three, AMOUNTS, FUNERAL, {})
    assert refused.value.names == ("suami_istri-0", "anak-1", "anak-2")
    with pytest.raises(SharesNotAgreed):
        distribute(three, AMOUNTS, FUNERAL, {"suami_istri-0": 1, "anak-1": 1})
    with pytest.raises(SharesNotAgreed):
        distribute(three, AMOUNTS, FUNERAL, {"suami_istri-0": 0, "anak-1": 0, "anak-2": 0})
    with pytest.raises(OutOfRange):
        distribute(three, AMOUNTS, FUNERAL, {"suami_istri-0": 2, "anak-1": -1, "anak-2": 0})
    portions = distribute(three, AMOUNTS, FUNERAL, {"suami_istri-0": 1, "anak-1": 1, "anak-2": 1})
    for component, amount in AMOUNTS.items():
        assert sum(one.amount for one in portions if one.component == component) == amount
    alone = distribute(three, AMOUNTS, FUNERAL, {"suami_istri-0": 1, "anak-1": 0, "anak-2": 0})
    assert {portion.receiver for portion in alone} == {"suami_istri-0"}


def test_without_heirs_the_funeral_is_paid_back_and_the_rest_goes_to_the_fund() -> None:
    nobody = heirs(living(K.LAIN, K.PENGURUS_PEMAKAMAN))
    assert distribute(nobody, AMOUNTS, FUNERAL, {}) == (
        Portion(FUND, "jkm_santunan_kematian", 20_000_000),
        Portion(FUND, "jkm_santunan_berkala", 12_000_000),
        Portion("pengurus_pemakaman-1", "jkm_biaya_pemakaman", 10_000_000),
    )
    with pytest.raises(NobodyToReceive):
        distribute(heirs([]), AMOUNTS, FUNERAL, {})
    assert distribute(heirs([]), {"jkm_biaya_pemakaman": 0}, FUNERAL, {}) == ()
    with pytest.raises(OutOfRange):
        distribute(nobody, {"jkm_biaya_pemakaman": -1}, FUNERAL, {})


def test_the_shares_of_the_rules_are_those_of_the_list() -> None:
    death = decide("jkm_total", JkmFacts(COVER, kecelakaan_kerja=False).facts(), DAY)
    facts = {"manfaat_kematian": death.amount("jkm_total"), "manfaat_pemakaman": 10_000_000}
    nobody = relatives(living(K.LAIN), DAY).facts
    shares = decide(("bagian_pengurus_pemakaman", "bagian_dana_jaminan_sosial"), {**facts, **nobody}, DAY)
    assert tuple(shares.values.values()) == (10_000_000, 32_000_000)


def test_months_in_advance_are_each_at_their_own_rate() -> None:
    driver = ContributionFacts(1_000_000, dibayar_apbd=False, sektor="transportasi", bulan=Month(2025, 11))
    paid = prepaid(driver, 6, date(2025, 11, 3))
    assert [month.amount("iuran_per_bulan") for month in paid.months] == [16_800, 16_800, 8_400, 8_400, 8_400, 8_400]
    assert paid.total == 67_200
    assert paid.accepted["pembayaran_dimuka_diterima"] is True
    region = ContributionFacts(1_000_000, dibayar_apbd=True, sektor="transportasi", bulan=Month(2025, 11))
    assert prepaid(region, 12, date(2025, 11, 3)).total == 12 * 16_800
    two = prepaid(driver, 2, date(2025, 11, 3))
    assert [reason.code for reason in two.accepted.reasons] == ["pembayaran_dimuka_diterima"]


def test_a_breach_of_data_is_told_within_72_hours() -> None:
    known = datetime(2025, 10, 3, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    clock = deadlines.breach_notice_due(known)
    assert clock.moment == known + timedelta(hours=72)
    assert clock.due == date(2025, 10, 6)
    assert not clock.missed(known + timedelta(hours=72))
    assert clock.missed(known + timedelta(hours=72, minutes=1))
    assert clock.source == "UU 27/2022 Pasal 46 ayat (1)"


def test_days_late_count_from_the_last_day() -> None:
    due = deadlines.jkm_payment_due(date(2025, 10, 20))
    assert due.due == date(2025, 10, 23)
    assert [deadlines.days_late(due, due.due + timedelta(days=step)) for step in (-5, 0, 1, 10)] == [0, 0, 1, 10]
    disease = deadlines.suspected_disease_due(date(2025, 9, 12))
    assert (disease.due, disease.source) == (date(2025, 10, 12), "PP 49/2023 Pasal 25B")
