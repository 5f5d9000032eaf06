"""Care under a case: lines with their diagnosis and day, who pays first, a disease of work, total disability, forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions, queries
from lopo.claims.actions import CareGiven, DiseaseGiven
from lopo.claims.models import Case, Decision, Invoice
from lopo.jobs.papers.make_case_papers import make_form, make_guarantee
from lopo.people.actions import seed_areas
from lopo.staff import queries as staff
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build

DAY = date(2025, 10, 7)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


@pytest.fixture
def case_id(stage: Stage) -> int:
    return stage.accident(stage.member("Marten Adoe"), DAY)


def bill(stage: Stage, case_id: int, number: str, amount: int) -> int:
    invoice = actions.InvoiceGiven("RSUD", number, DAY, amount)
    return actions.add_invoice(by=stage.cast.dinas, on=READ, case_id=case_id, invoice=invoice)


def line(stage: Stage, case_id: int, invoice_id: int, given: CareGiven) -> int:
    return actions.add_care_line(by=stage.cast.dinas, on=READ, case_id=case_id, invoice_id=invoice_id, line=given)


def parts(stage: Stage, case_id: int) -> dict[str, int]:
    stage.papers(case_id)
    actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    return {part["code"].partition(":")[0]: part["amount"] for part in Decision.objects.get().components}


def test_lines_are_judged_one_by_one_and_only_what_has_caps_is_cut(stage: Stage, case_id: int) -> None:
    invoice = bill(stage, case_id, "A-1", 60_000_000)
    care = CareGiven("perawatan", DAY, "S62.6", 30_000_000)
    line(stage, case_id, invoice, care)
    line(stage, case_id, invoice, replace(care, amount=400_000, belongs=False, why_not="vitamin"))
    home = CareGiven("perawatan_rumah", date(2025, 11, 1), "S62.6", 26_000_000, doctor_note=True)
    line(stage, case_id, invoice, home)
    line(stage, case_id, invoice, CareGiven("kacamata", DAY, "H52.1", 1_600_000, doctor_note=True))
    actions.set_recovered(by=stage.cast.dinas, on=READ, case_id=case_id, recovered_on=date(2025, 12, 1))
    assert parts(stage, case_id) == {
        "biaya_perawatan": 30_000_000, "perawatan_rumah": 20_000_000, "kacamata": 1_000_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": date(2025, 10, 6)}, "hari_di_luar_kasus"),
        ({"on": date(2025, 12, 2)}, "hari_di_luar_kasus"),
        ({"on": date(2026, 1, 6)}, "hari_di_depan"),
        ({"icd10": "patah"}, "icd10_tidak_sah"),
        ({"what": "kacamata"}, "surat_dokter_kosong"),
        ({"what": "protese", "doctor_note": True}, "harga_rujukan_kosong"),
        ({"what": "pijat"}, "rincian_tidak_dikenal"),
        ({"amount": 1_000_001}, "rincian_melebihi"),
        ({"belongs": False}, "alasan_kosong"),
    ],
)
def test_lines_that_cannot_be_right_are_named(stage: Stage, case_id: int, change: dict[str, object], code: str) -> None:
    invoice = bill(stage, case_id, "A-1", 1_000_000)
    actions.set_recovered(by=stage.cast.dinas, on=READ, case_id=case_id, recovered_on=date(2025, 12, 1))
    good = CareGiven("perawatan", DAY, "S62.6", 600_000)
    with pytest.raises(Refused) as problem:
        line(stage, case_id, invoice, replace(good, **change))  # type: ignore[arg-type]
    assert problem.value.code == code
    line(stage, case_id, invoice, good)
    with pytest.raises(Refused, match="melebihi"):
        line(stage, case_id, invoice, good)
    with pytest.raises(Refused, match="tidak ada pada kasus"):
        line(stage, case_id, invoice + 1, good)


def test_in_traffic_another_guarantor_answers_and_pays_first(stage: Stage, case_id: int) -> None:
    office = {"by": stage.cast.dinas, "on": READ, "case_id": case_id}
    invoice = bill(stage, case_id, "A-1", 32_000_000)
    with pytest.raises(Refused, match="penjamin lain menjamin"):
        actions.set_other_paid(**office, invoice_id=invoice, amount=1)
    actions.set_guarantor(**office, answer="menunggu")
    stage.papers(case_id)
    with pytest.raises(Refused, match="Jasa Raharja lebih dahulu"):
        actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    actions.set_guarantor(**office, answer="dijamin")
    with pytest.raises(Refused, match="paling banyak sebesar tagihannya"):
        actions.set_other_paid(**office, invoice_id=invoice, amount=32_000_001)
    actions.set_other_paid(**office, invoice_id=invoice, amount=20_000_000)
    assert parts(stage, case_id) == {"biaya_perawatan": 12_000_000}
    assert Invoice.objects.get().other_paid == 20_000_000


def suspected(stage: Stage) -> int:
    case_id = stage.accident(stage.member("Simon Ndun"), DAY)
    Case.objects.filter(pk=case_id).update(work_accident=None, concluded_on=None)
    return case_id


@pytest.mark.parametrize(("ended", "granted"), [(None, True), (date(2025, 10, 1), True), (date(2022, 9, 1), False)])
def test_a_disease_of_work_counts_until_three_years_after_the_work(
    stage: Stage, ended: date | None, granted: bool
) -> None:
    case_id = suspected(stage)
    disease = DiseaseGiven(date(2025, 10, 20), ended, "j62.8")
    actions.note_disease(by=stage.cast.dinas, on=READ, case_id=case_id, disease=disease)
    actions.conclude_work_accident(by=stage.cast.bpjs, on=READ, case_id=case_id, at_work=True, why="dokter")
    letter = actions.IncapacityGiven(date(2025, 10, 20), date(2025, 10, 29), "dr. A")
    actions.add_incapacity(by=stage.cast.dinas, on=READ, case_id=case_id, incapacity=letter)
    stage.papers(case_id)
    proposed = actions.propose_decision(by=stage.cast.bpjs, on=READ, case_id=case_id)
    decision = Decision.objects.get()
    assert (proposed.granted, decision.legal_day) == (granted, date(2025, 10, 20))
    assert stage.case(case_id).icd10 == "J62.8"
    if not granted:
        assert decision.reasons[0]["code"] == "pak_dalam_jangkauan"
        assert "3 tahun" in decision.reasons[0]["sentence"]
    assert queries.replay(READ).changed == ()


def test_total_disability_takes_the_place_of_partial(stage: Stage, case_id: int) -> None:
    actions.declare_total(by=stage.cast.dinas, on=READ, case_id=case_id, declared_on=READ, why="dr. A, 12/2026")
    assert parts(stage, case_id) == {"cacat_total_santunan": 56_000_000, "cacat_total_berkala": 12_000_000}


def test_the_way_back_to_work_lies_after_the_event(stage: Stage, case_id: int) -> None:
    office = {"by": stage.cast.dinas, "on": READ, "case_id": case_id}
    with pytest.raises(Refused, match="berurutan"):
        actions.note_return(**office, advised_on=date(2025, 12, 1), returned_on=date(2025, 11, 1))
    actions.note_return(**office, advised_on=date(2025, 12, 1), returned_on=READ)
    assert stage.case(case_id).returned_on == READ


def test_each_form_is_filled_and_care_is_guaranteed_to_a_hospital(stage: Stage, case_id: int) -> None:
    seed_areas(by=stage.cast.provinsi, on=READ)
    bpjs = {"by": stage.cast.bpjs, "on": READ}
    for form in ("formulir_3", "formulir_3a", "formulir_3b"):
        assert make_form(**bpjs, case_id=case_id, form=form) == make_form(**bpjs, case_id=case_id, form=form)
    make_guarantee(**bpjs, case_id=case_id, hospital="RS Tentara Wirasakti")
    kept = {paper.kind for paper in staff.papers_of("claims.case", str(case_id))}
    assert kept == {"formulir_3", "formulir_3a", "formulir_3b", "jaminan_rs"}
    death = stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))
    make_form(**bpjs, case_id=death, form="formulir_4")
    with pytest.raises(Refused, match="tidak dipakai"):
        make_form(**bpjs, case_id=death, form="formulir_3")
    with pytest.raises(Refused, match="nama rumah sakit"):
        make_guarantee(**bpjs, case_id=case_id, hospital=" ")
    with pytest.raises(Refused, match="tidak berwenang"):
        make_guarantee(by=stage.cast.dinas, on=READ, case_id=case_id, hospital="RSUD")


def test_nothing_is_guaranteed_where_the_law_gives_no_cover(stage: Stage) -> None:
    seed_areas(by=stage.cast.provinsi, on=READ)
    late = stage.accident(stage.member("Orang Baru"), date(2025, 7, 10))  # before the number was issued
    with pytest.raises(Refused) as problem:
        make_guarantee(by=stage.cast.bpjs, on=READ, case_id=late, hospital="RSUD")
    assert problem.value.code == "tidak_dijamin"
    assert problem.value.article
