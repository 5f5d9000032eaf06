"""The sheets that go back to the senders: one for each list that is screened, kept once, within the officer's area."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from lopo.basics.refusal import Refused
from lopo.jobs import intake, register_files, screening
from lopo.jobs.exports import make_error_sheets
from lopo.jobs.work import silent
from lopo.people import actions as people
from lopo.staff import queries as staff
from lopo.targeting.actions import NewProgramme, create_programme
from lopo.targeting.criteria import Criteria
from tests.cast import Cast
from tests.rooms.screening import LISTED, write_csv, write_registers

DAY = date(2025, 6, 1)
CITY = NewProgramme(
    "kupang", "Pekerja Rentan 2025", "53.71", date(2025, 7, 1), date(2025, 12, 1), DAY, 100, Criteria(max_decile=4),
    1_000_000,
)  # fmt: skip
ROWS = [
    LISTED,
    ("Nelson Timo", "5371042202900001", "22-02-1990", "Liliba", "Nelayan", "+6281"),
    ("=Daud Mella", "5371041103800001", "11-03-1980", "Liliba", "Ojek", ""),
]


@pytest.fixture
def programme(cast: Cast, tmp_path: Path) -> int:
    people.seed_areas(by=cast.dinas, on=DAY)
    made = create_programme(by=cast.dinas, on=DAY, programme=CITY)
    write_csv(tmp_path / "lists" / "kelurahan" / "usulan_liliba.csv", ROWS)
    registers = write_registers(tmp_path / "acuan", {})
    register_files.load_folder(by=cast.dinas, on=DAY, folder=registers, as_of=date(2025, 5, 31), progress=silent)
    folder = intake.Folder(made, tmp_path / "lists")
    assert intake.receive_folder(by=cast.dinas, on=DAY, folder=folder, progress=silent).new == 1
    return made


def test_no_sheet_before_the_screening(cast: Cast, programme: int) -> None:
    made = make_error_sheets(by=cast.dinas, on=DAY, programme_id=programme, progress=silent)
    assert made.papers == ()
    assert len(made.not_screened) == 1


def test_each_screened_list_has_its_sheet_once(cast: Cast, programme: int) -> None:
    screening.screen_programme(by=cast.dinas, on=DAY, programme_id=programme, progress=silent)
    (paper,) = make_error_sheets(by=cast.dinas, on=DAY, programme_id=programme, progress=silent).papers
    again = make_error_sheets(by=cast.provinsi, on=date(2025, 6, 9), programme_id=programme, progress=silent)
    assert again.papers == (paper,)
    content = staff.paper_content(paper)
    assert content is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(content[2]))
    rows = book.get_sheet_by_name("Hasil pemeriksaan").to_python(skip_empty_area=False)
    said = {str(row[2]): str(row[4]) for row in rows}
    assert said["Nelson Timo"] == "✓ diterima"
    assert {row[1] for row in rows if str(row[4]).startswith(("✓", "✕", "?"))} == {2, 3}
    assert any("=Daud Mella" in (str(cell) for cell in row[7:]) for row in rows)


def test_only_own_lists_and_only_for_those_who_read_lists(cast: Cast, programme: int) -> None:
    screening.screen_programme(by=cast.dinas, on=DAY, programme_id=programme, progress=silent)
    made = make_error_sheets(by=cast.lurah, on=DAY, programme_id=programme, progress=silent)
    assert (made.papers, made.not_screened) == ((), ())
    with pytest.raises(Refused):
        make_error_sheets(by=cast.dinas, on=DAY, programme_id=programme + 99, progress=silent)
