"""The four verbs: decisions with steps, reasons and open questions; named errors; editions complete on every day."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import ibis
import pytest

from lopo.basics.calendar import Month
from lopo.law import LAW, compute, decide, editions, sources
from lopo.law.cases import ContributionFacts, CoverFacts, Injury, Invoice, JkkAccidentFacts, JkkFacts, JkmFacts, Trip
from lopo.law.engine import Law
from lopo.law.errors import CaseError, MissingFact, NoLawYet, OutOfRange, UnknownFact, UnknownTarget, WrongType
from lopo.law.tables import FAULTS

DAY = date(2025, 10, 20)
FULL = CoverFacts(nomor_terbit=True, bulan_kepesertaan=4, bulan_menunggak=0, tunggakan_lunas=True)
EARLY = CoverFacts(nomor_terbit=True, bulan_kepesertaan=2, bulan_menunggak=0, tunggakan_lunas=True)
JKM = dict(JkmFacts(FULL, kecelakaan_kerja=False).facts())


def test_a_decision_keeps_facts_steps_edition_and_what_is_not_sure() -> None:
    decision = decide("jkm_total", JKM, DAY)
    assert decision["jkm_total"] == decision.amount("jkm_total") == 42_000_000
    assert decision.facts == JKM
    assert decision.step("jkm_santunan_berkala").value == 12_000_000
    assert decision.step("berkala_bulan").source == "PP 44/2015 Pasal 34"
    assert decision.step("jkm_total").inputs == ("jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman")
    assert decision.edition.first <= DAY <= (decision.edition.last or DAY)
    assert decision.law_hash == decision.edition.law_hash
    assert {q.name for q in decision.open_questions} >= {"jkm_santunan", "masa_tunggu_jkm_bulan", "jkm_penuh"}
    assert "bulan_menunggak" not in {q.name for q in decision.open_questions}


def test_every_input_of_a_step_is_an_earlier_step() -> None:
    for law in LAW.laws:
        for target in law.rules:
            seen = {fact.name for fact in law.plan((target,)).facts} | set(law.plan((target,)).parameters)
            for rule in law.plan((target,)).rules:
                assert {name for name, _ in rule.arguments} <= seen
                seen.add(rule.name)


def test_the_letter_says_what_and_why() -> None:
    decision = decide("jkm_total", JkmFacts(EARLY, kecelakaan_kerja=False).facts(), date(2025, 8, 3))
    lines = decision.sentences()
    assert lines[0] == "Jumlah manfaat JKM: Rp 10.000.000 (sepuluh juta rupiah), karena:"
    assert "- Biaya pemakaman JKM: Rp 10.000.000 (PP 44/2015 Pasal 34)." in lines
    assert "- Bulan kepesertaan ke- (1 = bulan pertama terlindungi): 2 bulan." in lines
    assert (
        "Kematian terjadi dalam 3 bulan pertama kepesertaan: hanya biaya pemakaman yang dibayar. (Permenaker 1/2025)"
        in lines
    )
    assert lines[-1].startswith("Masih perlu dipastikan oleh ahli hukum: Santunan sekaligus JKM")


def test_a_decision_is_json() -> None:
    event = JkkFacts(FULL, True, 1_000_000, DAY, DAY + timedelta(days=3))
    decision = decide(["jkk_meninggal_total", "status_kepesertaan"], event.facts(), DAY)
    read = json.loads(decision.to_json())
    assert read["values"] == {"jkk_meninggal_total": 70_000_000, "status_kepesertaan": "penuh"}
    assert read["facts"]["tanggal_kejadian"] == "2025-10-20"
    assert read["edition"]["first"] == "2025-01-01"
    assert {step["kind"] for step in read["steps"]} == {"fakta", "parameter", "aturan"}
    assert read["sentences"] == list(decision.sentences())
    ladder = next(step for step in read["steps"] if step["name"] == "lapisan_dasar_jkk")
    assert ladder["value"] == "tabel 33 baris"


@pytest.mark.parametrize(
    ("target", "change", "day", "error", "code"),
    [
        ("jkm_total", {"nomor_terbit": None}, DAY, MissingFact, "fakta_kosong"),
        ("jkm_total", {"bulan_menungak": 0}, DAY, UnknownFact, "fakta_tidak_dikenal"),
        ("jkm_total", {"nomor_terbit": 1}, DAY, WrongType, "jenis_fakta_salah"),
        ("jkm_total", {"bulan_menunggak": True}, DAY, WrongType, "jenis_fakta_salah"),
        ("jkm_total", {"bulan_menunggak": 1.0}, DAY, WrongType, "jenis_fakta_salah"),
        ("jkm_total", {"bulan_menunggak": -1}, DAY, OutOfRange, "fakta_di_luar_batas"),
        ("jkm_totl", {}, DAY, UnknownTarget, "sasaran_tidak_dikenal"),
        ("stmb_hari_tahap_2", {}, DAY, UnknownTarget, "sasaran_tidak_dikenal"),
        ("jkm_total", {}, date(2015, 6, 30), NoLawYet, "belum_ada_hukum"),
        ([], {}, DAY, UnknownTarget, "sasaran_tidak_dikenal"),
    ],
)
def test_what_cannot_be_decided_is_a_named_error(
    target: str | list[str], change: dict[str, Any], day: date, error: type[CaseError], code: str
) -> None:
    with pytest.raises(error) as refused:
        decide(target, {**JKM, **change}, day)
    assert refused.value.code == code
    assert refused.value.message


def test_all_missing_facts_are_named_at_once() -> None:
    with pytest.raises(MissingFact) as refused:
        decide("jkm_total", {}, DAY)
    assert set(refused.value.names) == set(JKM)


def test_a_fact_that_the_day_does_not_ask_for_is_not_needed() -> None:
    old = {name: value for name, value in JKM.items() if name != "bulan_kepesertaan"}
    assert decide("jkm_total", old, date(2024, 12, 31)).amount("jkm_total") == 42_000_000
    with pytest.raises(MissingFact, match="bulan_kepesertaan"):
        decide("jkm_total", old, date(2025, 1, 1))


CHANGE_DAYS = {
    date(2015, 7, 1): "PP 44/2015",
    date(2019, 12, 2): "PP 82/2019",
    date(2020, 8, 1): "PP 49/2020",
    date(2021, 2, 1): "PP 44/2015",  # the relief of PP 49/2020 is over
    date(2021, 4, 1): "Permenaker 5/2021",
    date(2023, 11, 1): "PP 49/2023",
    date(2025, 1, 1): "Permenaker 1/2025",
    date(2026, 1, 1): "PP 50/2025",
}
"""The days on which the law of JKK and JKM for BPU changed, and by what; there are no others."""


PROGRAMME_DAYS = {date(2025, 1, 1): "Program Kota Kupang 2025"}
"""The days on which the city's own programme changed."""

ALL_DAYS = tuple(sorted(CHANGE_DAYS.keys() | PROGRAMME_DAYS.keys()))


def test_the_law_changes_on_these_days_only() -> None:
    assert tuple(edition.first for edition in editions()) == ALL_DAYS
    by_day = {edition.first: edition.changed for edition in editions()}
    for day, instrument in (*CHANGE_DAYS.items(), *PROGRAMME_DAYS.items()):
        assert instrument in by_day[day]


def test_editions_follow_each_other_and_each_has_its_own_law() -> None:
    every = editions()
    assert every[0].first == date(2015, 7, 1)
    assert every[-1].last is None
    for one, following in pairwise(every):
        assert one.last is not None
        assert one.last + timedelta(days=1) == following.first
        assert one.law_hash != following.law_hash
        assert following.changed
    assert {date(2019, 12, 2), date(2025, 1, 1), date(2026, 1, 1)} <= {edition.first for edition in every}


@pytest.mark.parametrize(
    "target",
    [
        "iuran_per_bulan",
        "jkm_total",
        "jkk_meninggal_total",
        "jkk_kecelakaan_total",
        "status_kepesertaan",
        "cacat_cedera",
    ],
)
def test_the_law_is_complete_on_every_change_day(target: str) -> None:
    for law in LAW.laws:
        plan = law.plan((target,))
        assert plan.rules[-1].name == target
        for rule in plan.rules:
            assert rule.starts is not None
            assert rule.starts <= law.edition.first


def test_every_source_is_cited_and_says_how_sure_it_is() -> None:
    found = {instrument.name: instrument for instrument in sources()}
    assert found["PP 44/2015"].changed_by == ("PP 82/2019", "PP 49/2023")
    for law in LAW.laws:
        for rule in law.rules.values():
            assert all(citation.instrument in found for citation in law.citations[rule.place])
    assert {instrument.status for instrument in found.values()} == {"read", "reported", "assumed"}


def test_every_parameter_is_used_by_a_rule() -> None:
    asked = {name for rule in LAW.book.rules for name, _ in rule.arguments}
    tables = {fact.choices_from for fact in LAW.book.facts.values()}
    by_hand = {"umur_dewasa_penerima", "hari_kunjungan_keluarga", "tanggal_jatuh_tempo_iuran"}
    clocks = {name for name in LAW.parameters if name.startswith("tenggat_")} | {"dugaan_penyakit_batas_hari"}
    assert set(LAW.parameters) - asked - tables - by_hand - clocks == set()


def test_a_table_keeps_its_columns_and_names_what_is_wrong() -> None:
    rows: list[dict[str, Any]] = [
        JKM,
        {**JKM, "bulan_kepesertaan": 1},
        {**JKM, "bulan_menunggak": None},
        {**JKM, "bulan_menunggak": 2000},
    ]
    table = ibis.memtable({"id": [1, 2, 3, 4]} | {name: [row[name] for row in rows] for name in JKM})
    table = table.mutate(bulan_menunggak=table.bulan_menunggak.cast("int32"))
    answer = compute(["masa_tunggu_jkm_selesai", "jkm_total"], table, DAY, reasons="alasan").order_by("id")
    assert answer.columns == (*table.columns, "masa_tunggu_jkm_selesai", "jkm_total", FAULTS, "alasan")
    result = answer.to_pyarrow().to_pylist()
    assert [row["jkm_total"] for row in result] == [42_000_000, 10_000_000, None, None]
    assert [row["alasan"] for row in result] == ["", "masa_tunggu_jkm_selesai", "", ""]
    assert [row[FAULTS] for row in result] == [
        None, None, "fakta_kosong:bulan_menunggak", "fakta_di_luar_batas:bulan_menunggak",
    ]  # fmt: skip


def test_rows_of_many_days_are_judged_by_their_own_law() -> None:
    days = [date(2015, 6, 30), date(2019, 12, 1), date(2019, 12, 2), date(2024, 12, 31), date(2025, 1, 1), None]
    facts: dict[str, Any] = {**JKM, "bulan_kepesertaan": 2}
    table = ibis.memtable(
        {"id": list(range(6)), "hari": days} | {name: [facts[name]] * 6 for name in facts},
        schema={"id": "int64", "hari": "date"}
        | {name: "int64" if name.startswith("bulan") else "bool" for name in facts},
    )
    answer = LAW.compute_by_day("jkm_total", table, "hari").order_by("id").to_pyarrow().to_pylist()
    assert [row["jkm_total"] for row in answer] == [None, 24_000_000, 42_000_000, 42_000_000, 10_000_000, None]
    assert [row[FAULTS] for row in answer] == ["belum_ada_hukum", None, None, None, None, "belum_ada_hukum"]
    with pytest.raises(UnknownTarget):
        LAW.compute_by_day("jkm_totl", table, "hari")
    with pytest.raises(WrongType):
        LAW.compute_by_day("jkm_total", table, "id")
    with pytest.raises(MissingFact):
        LAW.compute_by_day("jkm_total", table, "tanggal")


def test_kept_facts_are_decided_again_alike() -> None:
    event = JkkFacts(FULL, True, 1_000_000, DAY, DAY + timedelta(days=3))
    first = decide("jkk_meninggal_total", event.facts(), DAY)
    kept = json.loads(first.to_json())["facts"]
    assert decide("jkk_meninggal_total", LAW.read_facts(kept), DAY) == first
    with pytest.raises(UnknownFact):
        LAW.read_facts({"tidak_ada": 1})
    with pytest.raises(WrongType):
        LAW.read_facts({"penghasilan": "1000000"})


def test_the_lawyer_gets_a_list_of_all_that_is_not_sure() -> None:
    questions = {question.name: question for question in LAW.open_questions()}
    assert questions["stmb_hari_sebulan"].status == "assumed"
    assert "one thirtieth" in questions["stmb_hari_sebulan"].note
    assert "iuran_jkm_penuh" not in questions


def test_a_reform_is_the_same_engine_with_other_numbers() -> None:
    waiting = LAW.parameters["masa_tunggu_jkm_bulan"]
    shorter = replace(waiting, versions=tuple(replace(version, value=1) for version in waiting.versions))
    reform = Law(LAW.book, {**LAW.parameters, waiting.name: shorter}, LAW.instruments)
    facts = JkmFacts(EARLY, kecelakaan_kerja=False).facts()
    assert decide("jkm_total", facts, DAY).amount("jkm_total") == 10_000_000
    assert reform.decide("jkm_total", facts, DAY).amount("jkm_total") == 42_000_000
    assert reform.law_on(DAY).edition.law_hash != LAW.law_on(DAY).edition.law_hash


def test_a_table_that_does_not_fit_is_refused_whole() -> None:
    table = ibis.memtable({name: [value] for name, value in JKM.items()})
    with pytest.raises(MissingFact, match="no column nomor_terbit"):
        compute("jkm_total", table.drop("nomor_terbit"), DAY)
    with pytest.raises(WrongType, match="bulan_menunggak must be int"):
        compute("jkm_total", table.mutate(bulan_menunggak=ibis.literal(1.5)), DAY)
    with pytest.raises(WrongType, match="already has a column jkm_total"):
        compute("jkm_total", table.mutate(jkm_total=ibis.literal(1)), DAY)


def test_known_answers() -> None:
    paid = ContributionFacts(1_000_000, dibayar_apbd=True, sektor="lainnya", bulan=Month(2025, 7))
    assert decide("iuran_per_bulan", paid.facts(), date(2025, 7, 1)).amount("iuran_per_bulan") == 16_800
    assert decide("jkm_total", JKM, DAY).amount("jkm_total") == 42_000_000
    early = JkmFacts(EARLY, kecelakaan_kerja=False).facts()
    assert decide("jkm_total", early, DAY).amount("jkm_total") == 10_000_000
    event = JkkFacts(FULL, True, 1_000_000, DAY, DAY)
    assert decide("jkk_meninggal_total", event.facts(), DAY).amount("jkk_meninggal_total") == 70_000_000
    group = {**paid.facts(), "jumlah_peserta": 6041, "jumlah_bulan": 6}
    assert decide("iuran_kelompok", group, date(2025, 7, 1)).amount("iuran_kelompok") == 608_932_800


def test_an_accident_with_injuries_trips_and_invoices() -> None:
    accident = JkkAccidentFacts(
        event=JkkFacts(FULL, True, 1_000_000, DAY, DAY),
        closed_by_doctor=True,
        incapacity_days=45,
        injuries=(Injury("ruas_pertama_jari_lain_kanan", 1, left_handed=True),),
        trips=(Trip("laut", 350_000), Trip("darat", 100_000), Trip("darat", 5_000_000)),
        invoices=(Invoice(12_000_000, belongs=True), Invoice(900_000, belongs=False), Invoice(750_000, belongs=True)),
    )
    gathered = accident.gathered(DAY)
    assert gathered.facts["persen_cacat_permil"] == 15
    assert gathered.facts["biaya_darat"] == 5_100_000
    assert gathered.facts["biaya_perawatan_sah"] == 12_750_000
    assert [reason.code for member in gathered.members for reason in member.reasons] == ["faktur_sah"]
    decision = decide("jkk_kecelakaan_total", gathered.facts, DAY)
    assert decision.amount("jkk_kecelakaan_total") == 12_750_000 + 5_350_000 + 1_500_000 + 1_200_000


def test_an_unknown_body_part_or_an_impossible_scalp_is_refused() -> None:
    event = JkkFacts(FULL, True, 1_000_000, DAY, DAY)
    for injury in (
        Injury("ekor", 1, left_handed=False),
        Injury("kulit_kepala_terkelupas_tiap_persen", 31, left_handed=False),
    ):
        with pytest.raises(OutOfRange):
            JkkAccidentFacts(event, True, 0, (injury,), (), ()).gathered(DAY)
