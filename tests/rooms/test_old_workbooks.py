"""Old xls files, two real ones kept as bytes (no maintained library writes xls): one is read, one is a bomb of 5 KB."""

from __future__ import annotations

from pathlib import Path

from lopo.jobs.sheets import parse_list

FILES = Path(__file__).parent / "files"


def test_a_list_in_an_old_workbook_is_read() -> None:
    found = parse_list("usulan.xls", (FILES / "usulan.xls").read_bytes())
    assert found.problems == ()
    rows = [one for one in found.sheets[0].rows if one.kind == "calon" and one.fields is not None]
    assert [(one.fields.nama, one.fields.nik, one.fields.tgl_lahir) for one in rows if one.fields] == [
        ("Nelson Timo", "5371042202900001", "22/02/1990"),
        ("Merry Snae", "5371045507730001", "15/07/1973"),
    ]


def test_an_old_workbook_of_empty_width_is_refused_before_it_is_unfolded() -> None:
    found = parse_list("luas.xls", (FILES / "luas.xls").read_bytes())
    assert [one.code for one in found.problems] == ["lembar_terlalu_luas"]
    assert "67.1" in found.problems[0].sentence
