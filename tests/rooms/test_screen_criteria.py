"""The same people by the criteria of different programmes: the table form against a plain reckoning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from lopo.basics.calendar import years_between
from lopo.jobs.engine import Engine, open_engine
from lopo.jobs.registers import open_registers
from lopo.jobs.sheets import parse_list
from lopo.targeting.batch.candidates import SCHEMA, candidate_parts
from lopo.targeting.batch.registers import Registers
from lopo.targeting.batch.screen import ProgrammeRules, screen_tables
from lopo.targeting.criteria import Criteria
from tests.rooms.screening import LISTED, write_csv, write_registers

ON = date(2025, 6, 1)
PEOPLE = {
    "5371042202900001": ("Nelson Timo", "22-02-1990", "Nelayan", "6222", 2),
    "5371040101750001": ("Simon Lay", "01-01-1975", "Ojek", "8321", 5),
    "5371045507730001": ("Merry Snae", "15-07-1973", "Pedagang", "5211", 4),
    "5371041406830001": ("Beny Open", "14-06-1983", "Nelayan", "6222", 1),
    "5371041507840001": ("Esau Lona", "15-07-1984", "Papalele ikan", "7511", 3),
    "5371014401830010": ("Petronela Oematan", "04-01-1983", "", "", 2),
    "5371034301910001": ("Yohana Bana", "03-01-1991", "serba bisa", "", 0),
}
"""NIK: name, birth, written work, its code where one can be read, decile (0: DTSEN does not know)."""

CRITERIA = (
    Criteria(max_decile=4),
    Criteria(),
    Criteria(no_wage_earners=False, no_officials=False, max_decile=2),
    Criteria(sex="P"),
    Criteria(works=("6222", "8321")),
    Criteria(from_age=40, under_age=50, max_decile=10),
    Criteria(residents_only=False, sex="P", works=("5211", "9520"), from_age=30, under_age=52),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Registers, list[pa.RecordBatch]]]:
    folder: Path = tmp_path_factory.mktemp("kriteria")
    deciles = {nik: told[-1] for nik, told in PEOPLE.items()}
    rows = [(name, nik, born, "Liliba", work, "") for nik, (name, born, work, _code, _decile) in PEOPLE.items()]
    write_csv(folder / "a.csv", [LISTED, *rows])
    parts = list(candidate_parts([parse_list("a.csv", (folder / "a.csv").read_bytes())]))
    with open_engine() as engine:
        yield engine, open_registers(write_registers(folder / "acuan", deciles), engine), parts


def reckoned(nik: str, asked: Criteria) -> set[str]:
    """The reasons of the programme's own criteria, condition by condition."""
    _name, born, _work, code, decile = PEOPLE[nik]
    day, month, year = (int(part) for part in born.split("-"))
    years = years_between(date(year, month, day), ON)
    woman = int(nik[6:8]) > 40
    works = bool(asked.works)
    found = {
        "sudah_aktif_pu": asked.no_wage_earners and nik == "5371041507840001",
        "asn_tni_polri": asked.no_officials and nik == "5371041406830001",
        "di_luar_desil": asked.max_decile is not None and decile > asked.max_decile,
        "desil_tidak_diketahui": asked.max_decile is not None and decile == 0,
        "di_luar_umur_program": (asked.from_age is not None and years < asked.from_age)
        or (asked.under_age is not None and years >= asked.under_age),
        "di_luar_jenis_kelamin": bool(asked.sex) and woman != (asked.sex == "P"),
        "di_luar_pekerjaan": works and code != "" and code not in asked.works,
        "syarat_tidak_diketahui": works and code == "",
    }
    return {reason for reason, there in found.items() if there}


@pytest.mark.parametrize("asked", CRITERIA)
def test_each_programme_judges_by_its_own_criteria(
    asked: Criteria, opened: tuple[Engine, Registers, list[pa.RecordBatch]]
) -> None:
    engine, registers, parts = opened
    candidates = engine.stream(SCHEMA, iter(parts))
    found = screen_tables(candidates, registers, ProgrammeRules(asked, "53.71"), ON, engine.keep)
    told = {row["nik_matched"]: row for row in found.to_pyarrow().to_pylist()}
    assert set(told) == set(PEOPLE)
    for nik, row in told.items():
        reasons = reckoned(nik, asked)
        assert set(row["reasons"].split()) == reasons, PEOPLE[nik]
        unknown = reasons <= {"desil_tidak_diketahui", "syarat_tidak_diketahui"}
        assert row["verdict"] == ("diterima" if not reasons else "perlu_cek" if unknown else "ditolak")
