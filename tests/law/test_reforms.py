"""Reforms: other numbers over the law, the same engine, side by side; and what a reform file may not say."""

from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from lopo.law import LAW
from lopo.law.cases import CoverFacts, JkmFacts
from lopo.law.engine import Law
from lopo.law.errors import LawDefect
from lopo.law.reforms import read_reform, side_by_side
from lopo.law.tables import FAULTS

DAY = date(2025, 9, 20)
SECOND_MONTH = JkmFacts(CoverFacts(True, 2, 0, tunggakan_lunas=True), kecelakaan_kerja=False).facts()


def reform(folder: Path, changes: str, name: str = "Usulan masa tunggu") -> Law:
    file = folder / "reform.yaml"
    file.write_text(f"name: {name}\ntitle: What if\nchanges: {changes}\n")
    return read_reform(file, LAW).applied_to(LAW)


def paid(law: Law, on: date) -> int:
    return law.decide("jkm_total", SECOND_MONTH, on).amount("jkm_total")


def test_what_if_the_waiting_period_were_one_month(tmp_path: Path) -> None:
    shorter = reform(tmp_path, "{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}}")
    assert (paid(LAW, DAY), paid(shorter, DAY)) == (10_000_000, 42_000_000)
    decision = shorter.decide("jkm_total", SECOND_MONTH, DAY)
    assert decision.step("masa_tunggu_jkm_bulan").source == "Usulan masa tunggu"
    assert "masa_tunggu_jkm_bulan" in {question.name for question in decision.open_questions}
    assert decision.law_hash != LAW.decide("jkm_total", SECOND_MONTH, DAY).law_hash
    assert decision.step("jkm_total").english == "JKM"


def test_a_reform_for_some_months_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    between = reform(tmp_path, "{masa_tunggu_jkm_bulan: {from: 2025-06-01, until: 2025-09-30, value: 1, note: n}}")
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [paid(between, day) for day in days] == [10_000_000, 42_000_000, 42_000_000, 10_000_000]


def test_a_reform_over_several_editions(tmp_path: Path) -> None:
    funeral = reform(tmp_path, "{pemakaman: {from: 2018-01-01, until: 2020-12-31, value: 5_000_000}}")
    days = [date(2017, 12, 31), date(2018, 1, 1), date(2019, 12, 2), date(2020, 12, 31), date(2021, 1, 1)]
    found = [funeral.decide("jkm_biaya_pemakaman", SECOND_MONTH, day).amount("jkm_biaya_pemakaman") for day in days]
    assert found == [3_000_000, 5_000_000, 5_000_000, 5_000_000, 10_000_000]
    early = reform(tmp_path, "{pemakaman: {from: 2016-01-01, until: 2017-12-31, value: 5_000_000}}")
    days = [date(2015, 12, 31), date(2016, 1, 1), date(2018, 1, 1), date(2019, 12, 2)]
    found = [early.decide("jkm_biaya_pemakaman", SECOND_MONTH, day).amount("jkm_biaya_pemakaman") for day in days]
    assert found == [3_000_000, 5_000_000, 3_000_000, 10_000_000]


def test_law_and_reform_side_by_side(tmp_path: Path) -> None:
    shorter = reform(tmp_path, "{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}}")
    rows: list[dict[str, Any]] = [dict(SECOND_MONTH) | {"bulan_kepesertaan": month} for month in (1, 2, 3, 4, 5000)]
    table = ibis.memtable({name: [row[name] for row in rows] for name in rows[0]})
    both = side_by_side((LAW, shorter), "jkm_total", table, DAY).order_by("bulan_kepesertaan")
    assert both.columns == (*table.columns, "jkm_total_usulan", "jkm_total", FAULTS)
    found = [(row["jkm_total"], row["jkm_total_usulan"]) for row in both.to_pyarrow().to_pylist()]
    assert found == [
        (10_000_000, 10_000_000), (10_000_000, 42_000_000), (10_000_000, 42_000_000), (42_000_000, 42_000_000),
        (None, None),
    ]  # fmt: skip
    assert side_by_side((LAW, shorter), ["jkm_total"], table, DAY).columns == both.columns


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("{masa_tunggu: {from: 2025-01-01, value: 1}}", "unknown parameter 'masa_tunggu'"),
        ("{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 13}}", "13 lies outside of the range [1, 12]"),
        ("{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1.5}}", "whole number expected"),
        ("{masa_tunggu_jkm_bulan: {from: 2025-01-01}}", "'value' is missing"),
        ("{masa_tunggu_jkm_bulan: {from: 2025-01-01, until: 2024-01-01, value: 1}}", "until lies before from"),
        ("{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1, unit: hari}}", "unknown name 'unit'"),
        ("{}", "no change is given"),
    ],
)
def test_a_reform_with_a_mistake_is_refused_with_its_line(changes: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LawDefect, match=r"reform\.yaml:3: ") as refused:
        reform(tmp_path, changes)
    assert said in refused.value.message


def test_a_reform_does_not_call_itself_law(tmp_path: Path) -> None:
    with pytest.raises(LawDefect, match="already the name of an instrument"):
        reform(tmp_path, "{masa_tunggu_jkm_bulan: {from: 2025-01-01, value: 1}}", name="PP 44/2015")


def test_a_reform_of_a_day_has_no_range(tmp_path: Path) -> None:
    longer = reform(tmp_path, "{keringanan_lainnya_akhir: {from: 2026-01-01, value: 2027-06-01}}")
    facts = {"penghasilan": 1_000_000, "dibayar_apbd": False, "sektor": "lainnya", "bulan_iuran": date(2027, 6, 1)}
    assert longer.decide("iuran_per_bulan", facts, date(2027, 6, 1)).amount("iuran_per_bulan") == 8_400
