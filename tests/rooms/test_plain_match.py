"""Rows that are settled by their very NIK without a look at anybody else come out as if all had been looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis
import pytest

from lopo.jobs.engine import open_engine
from lopo.jobs.registers import open_registers
from lopo.jobs.sheets import read_lists
from lopo.jobs.synth import synthesize
from lopo.people.batch.match import LEAD, MATCH_COLUMNS, POINTS, POINTS_IF, SETTLED, match, plain, settled, weighed
from lopo.targeting.batch.candidates import candidate_table
from lopo.targeting.batch.registers import prepare
from lopo.targeting.batch.screen import cleaned_rows
from lopo.targeting.batch.synth_lists import Wanted

DAY = date(2025, 6, 1)


@pytest.mark.parametrize("dirt", [0.5, 3.0])
def test_plain_rows_come_out_as_by_the_general_way(dirt: float, tmp_path: Path) -> None:
    synthesize(tmp_path, 4_000, Wanted(2_500, dirt, 5, 0), DAY)
    with open_engine() as engine:
        persons = prepare(open_registers(tmp_path / "acuan", engine), DAY, engine.keep).persons
        rows = engine.keep(cleaned_rows(engine.table(candidate_table(read_lists(tmp_path / "usulan"))), DAY))
        told = [one.order_by("row_id").to_pyarrow().to_pylist() for one in
                (match(rows, persons, engine.keep), settled(weighed(rows, persons, engine.keep)))]  # fmt: skip
        sure = set(plain(rows, persons).row_id.to_pyarrow().to_pylist())
    assert len(told[0]) == len(told[1]) > 2_000
    assert len(sure) > 500
    assert len(sure) < len(told[0]) - 200
    for staged, general in zip(*told, strict=True):
        if staged["row_id"] in sure:
            assert staged["match_lead"] is None
            assert general["match_lead"] >= LEAD
        for column in MATCH_COLUMNS:
            if column != "match_lead" or staged["row_id"] not in sure:
                assert staged[column] == general[column], (column, staged, general)


def test_no_points_bring_another_near_a_plain_row() -> None:
    nik, name = POINTS["nik_level"], POINTS["name_level"]
    other = max(points for level, points in nik.items() if level not in {"sama", "potong"})
    assert nik["sama"] - other - POINTS_IF["same_place"] >= LEAD
    assert nik["sama"] + name["ejaan"] - other - name["sama"] >= LEAD
    assert nik["sama"] + name["ejaan"] >= SETTLED
    assert min(POINTS["born_level"][level] for level in ("sama", "sama_umum", "kosong")) >= 0
    assert max(name.values()) == name["sama"]
    assert max(nik.values()) == nik["sama"]


def test_nobody_is_plain_whose_family_or_birth_is_another(tmp_path: Path) -> None:
    synthesize(tmp_path, 2_000, Wanted(1_500, 1.0, 6, 0), DAY)
    with open_engine() as engine:
        persons = prepare(open_registers(tmp_path / "acuan", engine), DAY, engine.keep).persons
        rows = engine.keep(cleaned_rows(engine.table(candidate_table(read_lists(tmp_path / "usulan"))), DAY))
        assert plain(rows, persons).count().execute() > 0
        moved = rows.mutate(kk=ibis.literal("5371999999999999"))
        reborn = rows.mutate(born=ibis.literal(date(1901, 2, 3)))
        renamed = rows.mutate(name=ibis.literal("TIDAK ADA"), name_key=ibis.literal("TIDAK ADA"),
                              name_sorted=ibis.literal("ADA TIDAK"))  # fmt: skip
        for changed in (moved, reborn, renamed):
            assert plain(changed, persons).count().execute() == 0
