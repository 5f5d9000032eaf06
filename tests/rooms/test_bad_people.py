"""People whom lists and registers write badly: each has a clear reason, nobody is refused for a slip, counts add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms import screening

REGISTER = "dukcapil_keluarga.csv"
HEAD = ("Nama", "NIK", "Tanggal Lahir", "Kelurahan", "Pekerjaan", "HP")
SIMON = "5371040101750001"


def verdicts(folder: Path, *rows: tuple[str, ...]) -> dict[str, tuple[str, set[str]]]:
    """The verdict and the reasons of each row by its name as written."""
    registers = screening.write_registers(folder / "acuan", {})
    screening.write_csv(folder / "usulan" / "daftar.csv", [HEAD, *rows])
    found = screening.screened(folder / "usulan", registers, folder / "putusan.csv")
    assert len(found) == len(rows), "read = accepted + doubtful + refused + unreadable, and none is unreadable here"
    return {row["name"]: (row["verdict"], set(row["reasons"].split())) for row in found}


def test_a_birth_in_1899_or_in_the_future_never_refuses_somebody_who_is_known(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        ("Simon Lay", SIMON, "01-01-1899", "Liliba", "", ""),
        ("Merry Snae", "5371045507730001", "15-07-2073", "Liliba", "", ""),
        ("Orang Asing", "5371040101990077", "01-01-1899", "Liliba", "", ""),
    )
    assert found["Simon Lay"][0] != "ditolak"
    assert "data_kurang" in found["Simon Lay"][1]
    assert found["Merry Snae"][0] != "ditolak"
    assert "data_kurang" in found["Merry Snae"][1]
    assert found["Orang Asing"] == ("perlu_cek", {"tidak_ditemukan", "data_kurang"})


def test_two_people_under_one_nik_are_never_both_accepted(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        ("Simon Lay", SIMON, "01-01-1975", "Liliba", "", ""),
        ("Benyamin Taek", SIMON, "12-12-1991", "Liliba", "", ""),
    )
    assert found["Simon Lay"][0] == "diterima"
    assert found["Benyamin Taek"] == ("perlu_cek", {"tidak_ditemukan", "nik_beda_lahir"})


def test_a_name_of_one_letter_is_looked_at(tmp_path: Path) -> None:
    found = verdicts(tmp_path, ("S", "", "", "Liliba", "", ""), ("T", "5371040101990078", "", "Liliba", "", ""))
    assert found["S"][0] == found["T"][0] == "perlu_cek"
    assert {"nik_kosong", "tidak_ditemukan", "data_kurang"} <= found["S"][1]


def test_a_register_with_a_nik_twice_settles_nobody_by_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = screening.REGISTERS[REGISTER] + [
        (
            "5371041806200077",
            SIMON,
            "Yosef Amtiran",
            "L",
            "1975-01-01",
            "KEPALA KELUARGA",
            "X",
            "53.71.04.1010",
            "1",
            "1",
        )
    ]
    monkeypatch.setitem(screening.REGISTERS, REGISTER, twice)
    found = verdicts(
        tmp_path,
        ("Simon Lay", SIMON, "01-01-1975", "Liliba", "", ""),
        ("Yosef Amtiran", SIMON, "01-01-1975", "Liliba", "", ""),
    )
    assert [verdict for verdict, _ in found.values()] == ["perlu_cek", "perlu_cek"]
    assert "entri_register_ragu" in set().union(*(reasons for _, reasons in found.values()))


def test_a_register_with_the_same_person_twice_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = screening.REGISTERS[REGISTER]
    monkeypatch.setitem(screening.REGISTERS, REGISTER, [*rows, next(row for row in rows if row[1] == SIMON)])
    found = verdicts(tmp_path, ("Simon Lay", SIMON, "01-01-1975", "Liliba", "", ""))
    assert found["Simon Lay"][0] == "diterima"


def test_a_sex_at_odds_with_the_nik_is_no_ground(tmp_path: Path) -> None:
    found = verdicts(tmp_path, ("Merry Snae", "5371045507730001", "15-07-1973", "Liliba", "", ""))
    assert found["Merry Snae"][0] == "diterima"
