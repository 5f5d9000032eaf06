"""Screening on a Spark cluster: a master and two workers on loopback give the verdicts that DuckDB gives."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from lopo.basics.refusal import Refused
from lopo.jobs.engine import Engine, open_engine
from lopo.jobs.screen import main, screen_folder
from lopo.jobs.synth import synthesize
from lopo.targeting.batch.rank import ORDERS_BY, rank, with_family
from lopo.targeting.batch.registers import Checked, with_decreed
from lopo.targeting.batch.screen import VERDICT_COLUMNS
from lopo.targeting.batch.synth_lists import Wanted
from tests.rooms.screening import LISTED, write_csv, write_registers
from tests.spark_stage import cluster, require_spark

DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_spark()
    with cluster(tmp_path_factory.mktemp("cluster")) as master:
        yield master


@pytest.mark.spark
def test_all_verdict_columns_are_equal_on_a_cluster_and_on_duckdb(address: str, tmp_path: Path) -> None:
    synthesize(tmp_path / "kota", 3_000, Wanted(1_200, 1.5, 11, 0), DAY)
    lists, registers = tmp_path / "kota" / "usulan", tmp_path / "kota" / "acuan"
    told = {name: screen_folder(lists, registers, DAY, name).verdicts for name in ("duckdb", address)}
    for column in VERDICT_COLUMNS:
        assert told[address][column].to_pylist() == told["duckdb"][column].to_pylist(), column
    assert told[address].schema.types == told["duckdb"].schema.types
    verdicts = Counter(told[address]["verdict"].to_pylist())
    assert verdicts.total() == 1_200
    assert set(verdicts) == {"diterima", "perlu_cek", "ditolak"}


def test_a_cluster_that_does_not_answer_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    require_spark()
    write_registers(tmp_path / "acuan", {})
    write_csv(tmp_path / "usulan" / "a.csv", [LISTED])
    call = [str(tmp_path / "usulan"), "--registers", str(tmp_path / "acuan"), "--on", "2025-06-01"]
    assert main([*call, "--out", str(tmp_path / "v.csv"), "--engine", "spark://127.0.0.1:1"]) == 2
    assert "spark://127.0.0.1:1 tidak menjawab" in capsys.readouterr().err
    assert not (tmp_path / "v.csv").exists()


def test_a_cluster_elsewhere_needs_a_folder_that_all_see(monkeypatch: pytest.MonkeyPatch) -> None:
    require_spark()
    monkeypatch.delenv("LOPO_SPARK_FOLDER", raising=False)
    with pytest.raises(Refused, match="LOPO_SPARK_FOLDER"):
        open_engine("spark://cluster.example:7077")


def test_without_java_the_engine_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require_spark()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Refused, match="java tidak ditemukan"):
        open_engine("spark")


def test_an_old_java_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require_spark()
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Refused, match=r"11\.0\.2"):
        open_engine("spark")


@pytest.mark.parametrize("name", ["spark:", "spark://", "spark://host", "spark://host:port", "yarn", "local[2]", ""])
def test_an_engine_that_is_not_spelt_right_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="tidak dikenal"):
        open_engine(name)


@pytest.mark.parametrize("absent", [("pyspark",), ("py4j", "py4j.protocol")])
def test_without_pyspark_the_engine_is_refused(absent: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "lopo.jobs.spark", raising=False)
    for name in absent:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Refused, match="PySpark belum terpasang"):
        open_engine("spark")


PERSONS = [
    {"nik_matched": f"53710{n:011}", "kecamatan": f"53.71.0{n % 3 + 1}", "desil": n % 3 + 1, "sex": "LP"[n // 2 % 2],
     "born": date(1960 + n % 40, n % 12 + 1, 1), "no_kk": f"53711{n // 2:011}"}
    for n in range(240)
]  # fmt: skip
RESIDENTS = [
    {"nik": one["nik_matched"], "no_kk": one["no_kk"], "relation": ("KEPALA KELUARGA", "ISTRI")[n % 2],
     "born": one["born"]}
    for n, one in enumerate(PERSONS)
] + [
    {"nik": f"73710{n:011}", "no_kk": f"53711{n // 3:011}", "relation": "ANAK", "born": date(1999 + n % 26, 6, 1)}
    for n in range(200)
]  # fmt: skip


def ranked(opened: Engine) -> list[dict[str, object]]:
    """Everybody in order by every further criterion, as an engine works it out."""
    accepted, residents = (opened.table(pa.Table.from_pylist(rows)) for rows in (PERSONS, RESIDENTS))
    order = rank(with_family(accepted, residents, DAY), 80, "400.9/1/2025", tuple(ORDERS_BY))
    told: list[dict[str, object]] = opened.rows(order.order_by("kecamatan", "rank")).to_pylist()
    return told


def months_left(opened: Engine) -> list[dict[str, object]]:
    """What the registers say once the decrees of other programmes are laid beside them."""
    niks = [str(one["nik_matched"]) for one in PERSONS]
    facts = opened.table(pa.table({"nik": niks, "desil": [2] * len(niks)})).mutate(
        bulan_program_bebas=ibis.null("int64")
    )
    named = opened.table(pa.table({"nik": [*niks[:40], "0"], "free_months": [n % 4 for n in range(41)]}))
    told: list[dict[str, object]] = opened.rows(
        with_decreed(Checked(facts, facts), named).facts.order_by("nik")
    ).to_pylist()
    return told


@pytest.mark.spark
def test_ranks_by_every_criterion_and_months_on_other_decrees_are_equal(address: str) -> None:
    with open_engine() as here:
        ranks, months = ranked(here), months_left(here)
    with open_engine(address) as there:
        assert ranked(there) == ranks
        assert months_left(there) == months
    assert [one["bulan_program_bebas"] for one in months[:5]] == [0, 1, 2, 3, 0]
    assert {one["bulan_program_bebas"] for one in months[40:]} == {None}
    assert sum(bool(one["chosen"]) for one in ranks) == 80
    heads = [one["nik_matched"] for one in ranks if one["sex"] == "P" and one["kepala_keluarga"]]
    assert heads, "a criterion that decides nothing would prove nothing"
