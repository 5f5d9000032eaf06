"""The verb `lopo screen`: exit codes, refused registers, and the demo lists from end to end."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from lopo.jobs.screen import OUT_COLUMNS, main
from lopo.jobs.sheets import read_lists
from tests.rooms.screening import LISTED, REGISTERS, write_csv, write_registers

DEMO = Path(__file__).resolve().parents[2] / "demo" / "lists"
ROW = ("Eliaser Tote", "5371011409850001", "14/9/1985", "Namosain", "A", "0")


def run(lists: Path, registers: Path, out: Path, *more: str) -> int:
    return main([str(lists), "--registers", str(registers), "--on", "2025-06-01", "--out", str(out), *more])


@pytest.fixture
def city(tmp_path: Path) -> Path:
    write_registers(tmp_path / "acuan", {})
    write_csv(tmp_path / "usulan" / "a.csv", [LISTED, ROW])
    return tmp_path


@pytest.mark.parametrize(("file", "column"), [("dukcapil_kematian.csv", "tgl_meninggal"), ("dtsen_desil.csv", "desil")])
def test_a_register_with_a_missing_column_is_refused_whole(
    city: Path, capsys: pytest.CaptureFixture[str], file: str, column: str
) -> None:
    rows = REGISTERS[file]
    at = rows[0].index(column)
    write_csv(city / "acuan" / file, [row[:at] + row[at + 1 :] for row in rows])
    (city / "v.csv").write_text("as it was")
    assert run(city / "usulan", city / "acuan", city / "v.csv") == 2
    said = capsys.readouterr().err
    assert file in said
    assert column in said
    assert (city / "v.csv").read_text() == "as it was"
    assert sorted(path.name for path in city.iterdir()) == ["acuan", "usulan", "v.csv"]


def test_a_register_that_is_not_there_is_refused(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (city / "acuan" / "dukcapil_pindah.csv").unlink()
    assert run(city / "usulan", city / "acuan", city / "v.csv") == 2
    assert "dukcapil_pindah.csv" in capsys.readouterr().err
    assert not (city / "v.csv").exists()


def test_an_unknown_engine_is_a_clear_error(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(city / "usulan", city / "acuan", city / "v.csv", "--engine", "abacus") == 2
    said = capsys.readouterr().err
    assert "abacus" in said
    assert "duckdb" in said


def test_a_folder_in_which_nothing_can_be_read(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (city / "usulan" / "a.csv").write_bytes(b"")
    assert run(city / "usulan", city / "acuan", city / "v.csv") == 2
    assert "a.csv" in capsys.readouterr().err


def test_one_bad_file_is_told_and_the_rest_goes_on(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (city / "usulan" / "surat.pdf").write_bytes(b"%PDF-1.7\n\xe2\xe3")
    assert run(city / "usulan", city / "acuan", city / "v.csv") == 0
    out = capsys.readouterr()
    assert "surat.pdf: " in out.err
    assert "bukan_lembar_kerja" in out.err
    assert "1 berkas tidak terbaca" in out.out


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    out = tmp_path_factory.mktemp("demo") / "v.csv"
    assert run(DEMO / "usulan", DEMO / "acuan", out) == 0
    with out.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_candidate_of_the_demo_has_one_verdict(demo: list[dict[str, str]]) -> None:
    assert tuple(demo[0]) == OUT_COLUMNS
    keys = [(row["file"], row["sheet"], int(row["line"])) for row in demo]
    read = [
        (one.file, sheet.sheet, row.line)
        for one in read_lists(DEMO / "usulan")
        for sheet in one.sheets
        for row in sheet.rows
        if row.kind == "calon"
    ]
    assert len(keys) == 11_703
    assert sorted(keys) == sorted(read)


def test_nobody_is_accepted_twice(demo: list[dict[str, str]]) -> None:
    accepted = Counter(row["nik_matched"] for row in demo if row["verdict"] == "diterima")
    assert "" not in accepted
    assert set(accepted.values()) == {1}


def test_rows_of_one_person_point_to_one_kept_row(demo: list[dict[str, str]]) -> None:
    by_key = {f"{row['file']}#{row['sheet']}#{row['line']}": row for row in demo}
    pointing = [row for row in demo if row["same_as"]]
    assert len(pointing) > 900
    for row in pointing:
        kept = by_key[row["same_as"]]
        assert not kept["same_as"]
        assert kept["nik_matched"] == row["nik_matched"]
        assert row["verdict"] == "ditolak"
        assert ("ganda_dalam_daftar" in row["reasons"]) or kept["file"] != row["file"]


def test_what_is_settled_is_what_the_registers_say(demo: list[dict[str, str]]) -> None:
    def niks(file: str, keep: str = "", column: str = "") -> set[str]:
        with (DEMO / "acuan" / file).open(newline="") as stream:
            return {row["nik"] for row in csv.DictReader(stream) if not column or row[column] == keep}

    population = niks("dukcapil_keluarga.csv")
    moved, servants, dead = niks("dukcapil_pindah.csv"), niks("asn_tni_polri.csv"), niks("dukcapil_kematian.csv")
    settled = [row for row in demo if row["nik_matched"]]
    assert len(settled) > 11_500
    assert {row["nik_matched"] for row in settled} <= population
    for row in settled:
        reasons = row["reasons"].split()
        assert ("pindah" in reasons) == (row["nik_matched"] in moved)
        assert ("asn_tni_polri" in reasons) == (row["nik_matched"] in servants)
        assert "meninggal" in reasons or row["nik_matched"] not in dead
