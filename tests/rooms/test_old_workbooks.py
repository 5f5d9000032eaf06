"""Old xls files, two real ones kept as bytes (no maintained library writes xls): one is read, one is a bomb of 5 KB."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lopo.jobs.sheets import parse_list

FILES = Path(__file__).parent / "files"
USED = FILES / "usulan.xls"


def test_a_list_in_an_old_workbook_is_read() -> None:
    found = parse_list("usulan.xls", USED.read_bytes())
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


def lying(*size: int) -> bytes:
    """The small list, whose sheet says of itself that it goes from and until these rows and columns."""
    said = b"".join((b"\x00\x02\x0e\x00", *(n.to_bytes(4, "little") for n in size[:2]),
                     *(n.to_bytes(2, "little") for n in size[2:]), b"\x00\x00"))  # fmt: skip
    content, lies = re.subn(rb"\x00\x02\x0e\x00.{12}\x00\x00", lambda _: said, USED.read_bytes(), flags=re.DOTALL)
    assert lies == 1
    return content


@pytest.mark.parametrize("size", [(0, 1, 0, 1), (0, 0, 0, 0), (0, 40_000, 0, 256), (3, 4, 5, 2)])
def test_an_old_workbook_that_lies_of_its_size_loses_no_row_and_gains_no_column(size: tuple[int, ...]) -> None:
    found = parse_list("usulan.xls", lying(*size))
    assert (found.problems, found.count("calon")) == ((), 2)
    assert {len(one.cells) for one in found.sheets[0].rows} == {6}


@pytest.mark.parametrize("size", [(0, 2**32 - 1, 0, 2**16 - 1), (5, 2, 0, 6), (9, 1, 9, 1), (0, 2**31, 0, 1)])
def test_a_size_for_which_no_memory_is_enough_is_refused_before_the_reader_dies_of_it(size: tuple[int, ...]) -> None:
    assert [one.code for one in parse_list("usulan.xls", lying(*size)).problems] == ["lembar_terlalu_luas"]
