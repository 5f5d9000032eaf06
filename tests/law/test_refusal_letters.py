"""Every refusal gives a reason, and no reason promises what the law will not pay: the whole space of yes and no."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import ibis
import pytest

from lopo.claims.judging import ACCIDENT_PARTS, COST_PARTS, DEATH_PARTS, JKM_PARTS, WAITING
from lopo.law import LAW
from lopo.law.decision import Answer, FailedCondition
from lopo.law.editions import EditionLaw
from lopo.law.errors import UnknownTarget

Facts = Mapping[str, Answer]
LETTERS = (
    ("jkm_total", *JKM_PARTS),
    ("jkk_meninggal_total", *DEATH_PARTS),
    ("jkk_meninggal_total", *DEATH_PARTS, *COST_PARTS),
    ("jkk_kecelakaan_total", *ACCIDENT_PARTS),
)
"""What claims asks the law for: the letter to the family tells the reasons of one of these."""

PROMISE = re.compile(
    r"(?<!tidak )\b(dibayar|dijamin|diganti|diberikan)\b|(?<!not )\b(is|are) (paid|given|guaranteed)\b|cash later"
)
EDITIONS = pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])


@dataclass(frozen=True)
class Space:
    """Granting values of every fact that benefits ask, and for the conditions among them all that can refuse."""

    granting: Facts
    varied: Mapping[str, tuple[Answer, ...]]

    def all_of(self, law: EditionLaw, targets: tuple[str, ...]) -> Iterator[Facts]:
        """Every mixture of the facts that the targets ask."""
        plan = law.plan(targets)
        names = [fact.name for fact in plan.facts if fact.name in self.varied]
        at_work = any(rule.name.startswith("jkk_") for rule in plan.rules)
        for values in product(*(self.varied[name] for name in names)):
            yield {**self.granting, "kecelakaan_kerja": at_work, **dict(zip(names, values, strict=True))}


def space(event: date) -> Space:
    granting: dict[str, Answer] = {
        "penghasilan": 1_000_000, "tanggal_kejadian": event, "hari_stmb": 45, "persen_cacat_permil": 45,
        "biaya_darat": 100_000, "biaya_laut": 0, "biaya_udara": 0, "biaya_perawatan_sah": 900_000,
        "persen_fungsi_jumlah": 900, "biaya_gigi_tiruan": 100_000, "biaya_alat_bantu_dengar": 100_000,
        "biaya_kacamata": 100_000, "biaya_protese": 100_000, "harga_protese_rujukan": 100_000,
        "biaya_perawatan_rumah_sah": 100_000, "beasiswa_anak_tertinggi": 12_000_000, "beasiswa_anak_jumlah": 1_500_000,
        "biaya_faktur": 100_000, "perawatan_rumah_mulai": event, "hari_beasiswa": event, "tanggal_laporan_1": event,
        "tanggal_diagnosis": event,
    }  # fmt: skip
    varied: dict[str, tuple[Answer, ...]] = {
        "nomor_terbit": (True, False),
        "bulan_kepesertaan": (4, 3),
        "bulan_menunggak": (0, 1, 3, 4),
        "tunggakan_lunas": (True, False),
        "kecelakaan_kerja": (False, True),
        "tanggal_klaim": (event, event.replace(year=event.year + 6)),
        "dinyatakan_selesai": (True, False),
        "cacat_total_tetap": (True, False),
        "rekomendasi_kembali_kerja": (True, False),
        "faktur_terkait": (True, False),
        "tanggal_perawatan_rumah": (event, event.replace(year=event.year + 2)),
        "dugaan_kecelakaan": (True, False),
        "kesimpulan_kecelakaan": ("belum", "kecelakaan_kerja", "bukan_kecelakaan_kerja"),
        "tanggal_kesimpulan": (event, event.replace(year=event.year + 1)),
        "serangan_di_tempat_kerja": (True, False),
        "jam_sampai_meninggal": (24, 25),
        "penyakit_akibat_kerja": (True, False),
        "tanggal_berhenti_kerja": (event, event.replace(year=event.year - 4)),
        "anak_layak_beasiswa": (1, 0),
        "bulan_iuran_dibayar": (100, 0),
        "lahir_anak": (event.replace(year=event.year - 8), event.replace(year=event.year - 23)),
        "anak_menikah": (False, True),
        "anak_bekerja": (False, True),
        "jenjang_sekolah": ("sd", "belum_sekolah"),
        "tahun_beasiswa_dipakai": (0, 6),
        "urutan_anak": (1, 3),
        "jumlah_pekerjaan": (2, 3),
        "bulan_dimuka": (6, 5),
    }
    return Space({**{name: values[0] for name, values in varied.items()}, **granting}, varied)


def benefits(law: EditionLaw) -> list[str]:
    """All benefits and rights on which a condition can stand in the way; the programme's own criteria apart."""
    return [
        name
        for name, rule in law.rules.items()
        if rule.room not in {"lopo.law.local", "lopo.law.conditions"}
        and rule.kind in {"bool", "int"}
        and rule.reason is None
        and any(one.reason for one in law.plan((name,)).rules)
    ]


def promises(reason: FailedCondition) -> bool:
    return bool(PROMISE.search(reason.sentence) or PROMISE.search(reason.english))


def money(targets: str, facts: Facts, on: date) -> int:
    return LAW.decide(targets, facts, on).amount(targets)


def kept(reason: FailedCondition, facts: Facts, on: date) -> bool:
    """Whether what the reason promises is what the law pays, now and when what it waits for has come."""
    later = {**facts, "tunggakan_lunas": True, "dinyatakan_selesai": True}
    match reason.code:
        case "jkm_tunggakan_dibayar":
            return 0 < money("jkm_biaya_pemakaman", facts, on) < money("jkm_total", later, on)
        case "masa_tunggu_jkm_selesai":
            return money("jkm_biaya_pemakaman", facts, on) == money("jkm_total", later, on) > 0
        case "jkk_tunggakan_dibayar":
            return money("stmb", facts, on) == 0 < money("stmb", later, on)
        case "jkk_sembuh_atau_lancar":
            return money("biaya_perawatan", facts, on) > 0 == money("stmb", facts, on) < money("stmb", later, on)
        case "beasiswa_sudah_sekolah":
            return money("beasiswa_anak", {**facts, "jenjang_sekolah": "sd", "tahun_beasiswa_dipakai": 0}, on) > 0
    return False


@EDITIONS
def test_every_refusal_has_a_reason_and_no_reason_promises_in_vain(law: EditionLaw) -> None:
    on = law.edition.first
    facts_space, known_true = space(on), dict[tuple[Any, ...], bool]()
    refused = 0
    for target in benefits(law):
        for facts in facts_space.all_of(law, (target,)):
            decision = LAW.decide(target, facts, on)
            if not decision[target]:
                refused += 1
                assert decision.reasons, (target, facts)
            for reason in decision.reasons:
                assert reason.article
                assert reason.english
                if promises(reason):
                    key = (reason.code, *facts.values())
                    if key not in known_true:
                        known_true[key] = kept(reason, facts, on)
                    assert known_true[key], (target, reason.sentence, facts)
    assert refused > 1000
    assert known_true


@EDITIONS
@pytest.mark.parametrize("targets", LETTERS, ids=["jkm", "jkk_death", "jkk_death_with_costs", "jkk_accident"])
def test_a_letter_that_refuses_promises_nothing(law: EditionLaw, targets: tuple[str, ...]) -> None:
    on, refusals = law.edition.first, 0
    for facts in space(on).all_of(law, targets):
        decision = LAW.decide(targets, facts, on)
        if any(decision.amount(part) for part in targets):
            continue
        if any(reason.code not in WAITING for reason in decision.reasons):
            refusals += 1
            assert not [reason.sentence for reason in decision.reasons if promises(reason)], facts
        else:
            assert decision.reasons, facts  # it only waits: the case stays open and no letter refuses
    assert refusals >= 4


def said(changed: Facts, target: str = "jkm_total") -> list[str]:
    on = date(2025, 10, 1)
    accident = target.startswith("jkk")
    facts = {**space(on).granting, "kecelakaan_kerja": accident, **changed}
    return [reason.code for reason in LAW.decide(target, facts, on).reasons]


@pytest.mark.parametrize(
    ("changed", "target", "reasons"),
    [
        ({"nomor_terbit": False, "bulan_menunggak": 2, "bulan_kepesertaan": 0}, "jkm_total", "kepesertaan_berlaku"),
        ({"bulan_menunggak": 4, "tunggakan_lunas": False}, "jkm_total", "jkm_tidak_gugur"),
        ({"bulan_menunggak": 4, "kecelakaan_kerja": True}, "jkm_total", "jkm_tidak_gugur"),
        ({"bulan_menunggak": 2, "tunggakan_lunas": False, "kecelakaan_kerja": True}, "jkm_total",
         "jkm_bukan_kecelakaan"),
        ({"bulan_menunggak": 2, "tunggakan_lunas": False}, "jkm_total", "jkm_tunggakan_dibayar"),
        ({"bulan_menunggak": 2, "tunggakan_lunas": False, "bulan_kepesertaan": 3}, "jkm_total",
         "masa_tunggu_jkm_selesai"),
        ({"bulan_menunggak": 4, "dinyatakan_selesai": False}, "jkk_kecelakaan_total", "jkk_tidak_gugur"),
        ({"nomor_terbit": False, "kecelakaan_kerja": False}, "jkk_kecelakaan_total", "kepesertaan_berlaku"),
        ({"kecelakaan_kerja": False, "bulan_menunggak": 1, "tunggakan_lunas": False}, "jkk_kecelakaan_total",
         "jkk_akibat_kerja"),
        ({"bulan_menunggak": 1, "tunggakan_lunas": False, "dinyatakan_selesai": False}, "jkk_kecelakaan_total",
         "jkk_tunggakan_dibayar jkk_sembuh_atau_lancar"),
        ({"bulan_menunggak": 4, "cacat_total_tetap": False}, "jkk_cacat_total_lengkap", "jkk_tidak_gugur"),
        ({"bulan_menunggak": 4, "anak_layak_beasiswa": 0, "bulan_iuran_dibayar": 0}, "jkm_beasiswa",
         "jkm_tidak_gugur"),
    ],
)  # fmt: skip
def test_the_reason_that_ends_the_right_stands_alone(changed: Facts, target: str, reasons: str) -> None:
    assert set(said(changed, target)) == set(reasons.split())


def test_a_sentence_names_the_number_of_its_day() -> None:
    late = {**space(date(2025, 10, 1)).granting, "bulan_menunggak": 4}
    (reason,) = LAW.decide("jkm_total", late, date(2025, 10, 1)).reasons
    assert "lebih dari 3 bulan" in reason.sentence
    assert "more than 3 months" in reason.english


def test_the_table_form_is_silent_where_the_letter_is() -> None:
    on = date(2025, 10, 1)
    law = LAW.law_on(on)
    names = ["kepesertaan_berlaku", "jkm_tidak_gugur", "masa_tunggu_jkm_selesai", "jkm_tunggakan_dibayar"]
    targets = ("jkm_total", "jkm_bukan_kecelakaan", *names)
    rows = list(space(on).all_of(law, targets))
    table = ibis_table([{fact.name: row[fact.name] for fact in law.plan(targets).facts} for row in rows])
    many = LAW.compute(targets, table, on, reasons="alasan").order_by("nomor").to_pyarrow().to_pylist()
    for row, answer in zip(rows, many, strict=True):
        decision = LAW.decide(targets, row, on)
        assert set(answer["alasan"].split()) == {reason.code for reason in decision.reasons}, row
    days = table.mutate(hari=ibis.literal(date(2024, 10, 1)))
    asked = tuple(name for name in targets if name != "masa_tunggu_jkm_selesai")
    early = LAW.compute_by_day(asked, days, "hari", reasons="alasan").order_by("nomor").to_pyarrow().to_pylist()
    for row, answer in zip(rows, early, strict=True):
        decision = LAW.decide(asked, row, date(2024, 10, 1))
        assert set(answer["alasan"].split()) == {reason.code for reason in decision.reasons}, row


def ibis_table(rows: list[dict[str, Answer]]) -> Any:  # noqa: ANN401 - ibis tables are loosely typed
    return ibis.memtable([{**row, "nomor": place} for place, row in enumerate(rows)])


def test_scholarships_before_2019_ask_for_no_school() -> None:
    with pytest.raises(UnknownTarget):
        LAW.decide("beasiswa_anak_berhak", space(date(2016, 1, 1)).granting, date(2016, 1, 1))
