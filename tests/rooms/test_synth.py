"""The invented city: the same for the same seed, NIKs by rule, a truth that adds up, registers that can be read."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lopo.basics.area import KELURAHAN
from lopo.jobs.engine import open_engine
from lopo.jobs.registers import REGISTER_FILES, open_registers
from lopo.jobs.sheets import read_lists
from lopo.jobs.synth import main, synthesize
from lopo.people.batch.synth_city import invent_city
from lopo.people.batch.synth_dirt import neighbours, one_digit, swapped_day
from lopo.people.batch.synth_registers import invent_fates
from lopo.targeting.batch.synth_lists import TRUTH_COLUMNS, Wanted, judged, propose

DAY = date(2025, 6, 1)
PEOPLE, ROWS = 4000, 900


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rekaan") / "kota"
    synthesize(folder, PEOPLE, Wanted(ROWS, 1.0, 7, 0), DAY)
    return folder


def records(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*.csv"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_city_and_another_seed_another(made: Path, tmp_path: Path) -> None:
    call = ["--people", str(PEOPLE), "--rows", str(ROWS)]
    assert main([*call, "--seed", "7", "--out", str(tmp_path / "same")]) == 0
    assert fingerprints(tmp_path / "same") == fingerprints(made)
    assert main([*call, "--seed", "8", "--out", str(tmp_path / "other")]) == 0
    assert fingerprints(tmp_path / "other") != fingerprints(made)


def test_a_folder_with_something_in_it_is_left_alone(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = fingerprints(made)
    assert main(["--people", "100", "--rows", "10", "--out", str(made)]) == 2
    assert "tidak kosong" in capsys.readouterr().err
    assert fingerprints(made) == before
    assert main(["--people", "100", "--rows", "101", "--out", str(tmp_path / "x")]) == 2
    assert not (tmp_path / "x").exists()


def test_niks_follow_the_rules(made: Path) -> None:
    people = records(made / "acuan" / "dukcapil_keluarga.csv")
    assert len({one["nik"] for one in people}) == len(people)
    for one in people:
        born, nik = date.fromisoformat(one["tgl_lahir"]), one["nik"]
        assert len(nik) == len(one["no_kk"]) == 16
        assert int(nik[6:8]) == born.day + (40 if one["jenis_kelamin"] == "P" else 0)
        assert nik[8:12] == f"{born:%m%y}"
        assert nik[12:] != "0000"
    elsewhere = sum(not one["nik"].startswith("5371") for one in people)
    assert 0.1 < elsewhere / len(people) < 0.22
    defaults = Counter(one["tgl_lahir"][5:] for one in people)
    assert {day for day, _count in defaults.most_common(3)} == {"01-01", "07-01", "12-31"}


def test_there_are_families_twins_and_namesakes_of_one_day() -> None:
    city = invent_city(40_000, 3, 0, DAY)
    heads = city.role == 0
    assert np.array_equal(np.sort(city.family[heads]), np.unique(city.family))
    assert len(np.unique(city.kk)) == heads.sum()
    children = [key for key, role in zip(zip(city.family, city.born, strict=True), city.role, strict=True) if role == 2]
    assert len(children) - len(set(children)) > 100
    same = Counter(zip(city.name.to_pylist(), city.born.tolist(), city.female.tolist(), strict=True))
    assert sum(count > 1 for count in same.values()) >= 10
    assert set(city.kelurahan.tolist()) == set(range(len(KELURAHAN)))


def test_parts_of_a_large_country_share_no_nik() -> None:
    first, second = (invent_city(20_000, 5, part, DAY) for part in (0, 1))
    assert not np.isin(first.nik, second.nik).any()
    assert not np.isin(first.kk, second.kk).any()


def test_the_truth_has_one_line_for_each_row_and_the_nik_of_a_person(made: Path) -> None:
    truth = records(made / "truth.csv")
    assert tuple(truth[0]) == TRUTH_COLUMNS
    assert len(truth) == ROWS
    read = read_lists(made / "usulan")
    rows = {(one.file, sheet.sheet, row.line): row.fields
            for one in read for sheet in one.sheets for row in sheet.rows if row.fields}  # fmt: skip
    assert {(one["file"], one["sheet"], int(one["line"])) for one in truth} == set(rows)
    people = {one["nik"]: one for one in records(made / "acuan" / "dukcapil_keluarga.csv")}
    for one in truth:
        assert (one["nik_true"] in people) == (one["why"] != "tidak_ditemukan")
        fields = rows[one["file"], one["sheet"], int(one["line"])]
        if not one["dirt"]:
            assert fields.nik == one["nik_true"]
            if one["nik_true"] in people:
                assert fields.nama.upper() == people[one["nik_true"]]["nama"].upper()
    dirty = sum(bool(one["dirt"]) for one in truth)
    assert 0.2 < dirty / ROWS < 0.45
    repeated = ROWS - len({one["nik_true"] for one in truth})
    assert repeated == round(ROWS * 0.09)


def test_the_truth_is_what_the_registers_say(made: Path) -> None:
    deaths = {
        one["nik"] for one in records(made / "acuan" / "dukcapil_kematian.csv") if one["tgl_meninggal"] < "2025-06-02"
    }
    decile = {one["nik"]: int(one["desil"]) for one in records(made / "acuan" / "dtsen_desil.csv")}
    for one in records(made / "truth.csv"):
        nik = one["nik_true"]
        if one["should_be"] == "diterima":
            assert nik not in deaths
            assert decile[nik] <= 4
        assert (one["should_be"] == "diterima") == (one["why"] == "")
        assert (one["why"] == "desil_tidak_diketahui") <= (nik not in decile)


def test_the_registers_can_be_opened(made: Path) -> None:
    with open_engine() as engine:
        opened = open_registers(made / "acuan", engine)
        counted = {name: getattr(opened, name).count().execute() for name in REGISTER_FILES}
    assert all(count > 0 for count in counted.values())
    assert 0.95 * PEOPLE < counted["population"] < 1.05 * PEOPLE


def test_no_dirt_is_clean_and_more_dirt_is_dirtier() -> None:
    city = invent_city(PEOPLE, 2, 0, DAY)
    fates = invent_fates(city, 2, 0, DAY)
    shares = [
        sum(map(bool, propose(city, fates, Wanted(ROWS, dirt, 2, 0), DAY).truth["dirt"].to_pylist()))
        for dirt in (0.0, 1.0, 2.0)
    ]
    assert shares[0] == 0
    assert shares[0] < shares[1] < shares[2]
    should, why = judged(city, fates, DAY)
    assert Counter(should.to_pylist())["diterima"] == why.to_pylist().count("")


def test_slips_are_what_their_names_say() -> None:
    rng = np.random.default_rng(1)
    number = "5371011409850001"
    for _ in range(50):
        changed = one_digit(number, rng)
        assert sum(a != b for a, b in zip(number, changed, strict=True)) == 1
        turned = neighbours(number, rng)
        assert sorted(turned) == sorted(number)
        assert sum(a != b for a, b in zip(number, turned, strict=True)) == 2
    assert swapped_day(date(1985, 9, 4), rng) == date(1985, 4, 9)
