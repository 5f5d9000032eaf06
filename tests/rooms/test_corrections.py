"""The sheet of results goes out and comes back: corrected cells change, ours do not, and every count adds up."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter
from django.db import transaction
from django.db.utils import IntegrityError
from python_calamine import CalamineWorkbook

from lopo.basics.error_sheet import MARK_TITLE, OWN_COLUMNS, error_sheet_xlsx
from lopo.basics.marks import read_mark, row_mark
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs import intake
from lopo.jobs.work import silent
from lopo.staff.models import Diary
from lopo.targeting import actions, queries
from lopo.targeting.models import ProposalList, ProposalRow
from tests.cast import Cast
from tests.rooms import pile

CITY = ("53.71",)
NAME, NIK, WORK = 1, 2, 5  # places of the sender's cells behind the mark, counted from 1
KEY = b"a secret of this test"


def sheet_of(list_id: int) -> list[list[Any]]:
    """The rows of the sheet of results as a spreadsheet program holds them."""
    paper = queries.error_sheet(list_id, CITY, contact="Dinas")
    assert paper is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(error_sheet_xlsx(paper)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def saved(rows: list[list[Any]]) -> bytes:
    """The rows as a spreadsheet program saves them; the same rows are the same bytes in any second."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.set_properties({"created": datetime(2025, 6, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("Hasil pemeriksaan")
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return held.getvalue()


def first_row(rows: list[list[Any]]) -> int:
    return next(at for at, cells in enumerate(rows) if cells[len(OWN_COLUMNS)] == MARK_TITLE) + 1


def send_back(cast: Cast, programme_id: int, rows: list[list[Any]], name: str = "hasil.xlsx") -> actions.Corrected:
    content = saved(rows)
    digest = actions.keep_source(by=cast.dinas, on=pile.DAY, name=name, content=content)
    done = intake.receive_kept(
        by=cast.dinas, on=pile.DAY, programme_id=programme_id, sha256=digest, sender=None, progress=silent
    )
    [corrected] = done.corrected
    return corrected


def decree(cast: Cast, programme_id: int) -> None:
    actions.draft_decree(by=cast.dinas, on=pile.DAY, programme_id=programme_id, number="400.9/1", title="Penetapan")


@pytest.fixture
def screened(cast: Cast) -> tuple[int, int]:
    """A programme with one screened list of five; give the ids of both."""
    programme_id = pile.ready(cast, many=5)
    return programme_id, ProposalList.objects.get().id


def mine(at: int) -> int:
    return len(OWN_COLUMNS) + at


def test_only_the_corrected_cells_change_and_the_old_row_stays(cast: Cast, screened: tuple[int, int]) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    at = first_row(rows)
    old = ProposalRow.objects.get(list_id=list_id, line=2)
    rows[at][mine(NIK)] = "5371010101800099"
    done = send_back(cast, programme_id, rows)
    assert (done.new, done.corrects, done.corrected, done.unchanged, done.refused) == (True, list_id, 1, 4, 0)
    new = ProposalRow.objects.get(replaces=old)
    assert (new.nik_given, new.name, new.sheet) == ("5371010101800099", old.name, old.sheet)
    assert new.raw == [old.raw[0], "5371010101800099", *old.raw[2:]]
    assert new.fields == old.fields | {"nik": "5371010101800099"}
    assert ProposalRow.objects.get(pk=old.pk).raw == old.raw
    made = ProposalList.objects.get(pk=done.list_id)
    assert made.rows_read == made.candidates + made.unreadable + made.other_rows == len(rows)
    assert (made.corrects_id, made.sender) == (list_id, ProposalList.objects.get(pk=list_id).sender)
    assert queries.candidate_count(programme_id) == 5
    assert Diary.objects.get(action="receive_corrections").after["corrected"] == 1
    assert send_back(cast, programme_id, rows).new is False


def test_counts_add_up_after_the_next_screening(cast: Cast, screened: tuple[int, int]) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    at = first_row(rows)
    rows[at][mine(WORK)] = "Petani"
    rows[at + 1][mine(WORK)] = "Tukang batu"
    done = send_back(cast, programme_id, rows)
    state = queries.programme("uji-2025")
    assert state is not None
    assert (state.candidates, state.unscreened) == (5, 2)
    with pytest.raises(Refused, match="sekali lagi"):
        decree(cast, programme_id)
    standing = [row for row in pile.verdict_rows(programme_id) if not ProposalRow.objects.filter(replaces=row.row_id)]
    run = actions.ScreeningRun(programme_id, "h" * 64, pile.in_force(), tuple(standing), pile.ASKED)
    actions.record_screening(by=cast.dinas, on=pile.DAY, run=run)
    lists = queries.lists_page(queries.ListFilter(CITY, programme_id), Asked(size=0)).rows
    for one in lists:
        assert one.rows_read == one.candidates + one.unreadable + one.other_rows
        assert one.candidates == one.accepted + one.to_check + one.refused + one.unscreened + one.replaced
    assert {one.id: (one.accepted, one.replaced) for one in lists} == {list_id: (3, 2), done.list_id: (2, 0)}
    assert queries.rows_page(queries.RowFilter(CITY, programme_id), Asked(size=0)).total == 5
    first = queries.changed_rows(done.list_id, CITY)[0]
    assert (first.cells, first.before, first.now) == ((("Pekerjaan", "Nelayan", "Petani"),), "diterima", "diterima")
    decree(cast, programme_id)  # corrected rows are judged in place of the old ones, which nobody waits for


def test_cells_of_ours_are_refused_by_name_and_the_rest_goes_on(cast: Cast, screened: tuple[int, int]) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    at = first_row(rows)
    rows[at][OWN_COLUMNS.index("Hasil")] = "✓ diterima sekali"
    rows[at][mine(NIK)] = "5371010101800099"
    rows[at + 1][len(OWN_COLUMNS)] = rows[at + 1][len(OWN_COLUMNS)][:-1] + "7"
    rows[at + 2][mine(WORK)] = "Petani"
    rows[at + 3][len(OWN_COLUMNS)] = rows[at + 2][len(OWN_COLUMNS)]
    rows.append(["", "", "", "", "", "", "", "", "Orang Baru", "5371010101800077"])
    del rows[at + 4]
    done = send_back(cast, programme_id, rows)
    assert (done.corrected, done.unchanged, done.refused) == (1, 0, 4)
    detail = queries.list_detail(done.list_id, CITY)
    assert detail is not None
    told = {(problem.code, problem.line, problem.column) for problem in detail.problems}
    assert told == {
        ("sel_kantor_diubah", at + 1, "Hasil"), ("tanda_tidak_dikenal", at + 2, "Tanda baris"),
        ("sel_kantor_diubah", at + 4, "Baris"), ("baris_tambahan", at + 5, ""), ("baris_hilang", None, ""),
    }  # fmt: skip
    assert "3 baris tidak ada lagi" in next(p.sentence for p in detail.problems if p.code == "baris_hilang")
    assert ProposalRow.objects.filter(replaces__isnull=False).count() == 1


def test_a_sheet_without_a_correction_is_refused_with_what_was_wrong(cast: Cast, screened: tuple[int, int]) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    with pytest.raises(Refused, match="tidak ada sel yang diperbaiki"):
        send_back(cast, programme_id, rows)
    rows[first_row(rows)][OWN_COLUMNS.index("Nama")] = "Orang Lain"
    with pytest.raises(Refused, match="kolom Nama milik kantor"):
        send_back(cast, programme_id, rows)
    assert ProposalList.objects.count() == 1


def test_a_row_is_corrected_again_from_its_new_sheet_and_never_from_the_old(
    cast: Cast, screened: tuple[int, int]
) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    at = first_row(rows)
    rows[at][mine(WORK)] = "Petani"
    first = send_back(cast, programme_id, rows)
    rows[at][mine(WORK)] = "Tukang kayu"
    with pytest.raises(Refused, match="sudah dibetulkan lewat berkas lain"):
        send_back(cast, programme_id, rows, "lagi.xlsx")
    standing = [row for row in pile.verdict_rows(programme_id) if not ProposalRow.objects.filter(replaces=row.row_id)]
    run = actions.ScreeningRun(programme_id, "h" * 64, pile.in_force(), tuple(standing), pile.ASKED)
    actions.record_screening(by=cast.dinas, on=pile.DAY, run=run)
    newer = sheet_of(first.list_id)
    newer[first_row(newer)][mine(WORK)] = "Tukang kayu"
    second = send_back(cast, programme_id, newer, "kedua.xlsx")
    last = ProposalRow.objects.get(list_id=second.list_id, kind="calon")
    assert (last.fields["pekerjaan"], last.replaces_id) == (
        "Tukang kayu", ProposalRow.objects.get(list_id=first.list_id, kind="calon").id,
    )  # fmt: skip
    assert queries.candidate_count(programme_id) == 5


def test_a_broken_row_becomes_a_candidate(cast: Cast) -> None:
    programme_id = pile.programme(cast)
    content = pile.csv_of(pile.neighbours(3)).replace(b"Tetangga 2;", b"12345;")
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme_id, content))
    one = ProposalList.objects.get()
    assert one.unreadable == 1
    pile.registers(cast, pile.neighbours(3))
    pile.screened(cast, programme_id, pile.in_force())
    rows = sheet_of(one.id)
    at = next(n for n, cells in enumerate(rows) if cells[4] == "! tidak terbaca")
    rows[at][mine(NAME)] = "Tetangga Dua"
    assert send_back(cast, programme_id, rows).corrected == 1
    one.refresh_from_db()
    assert (one.replaced, one.replaced_unreadable) == (0, 1)
    assert queries.candidate_count(programme_id) == 3
    with pytest.raises(IntegrityError, match="list_replaced_within"), transaction.atomic():
        ProposalList.objects.filter(pk=one.pk).update(replaced_unreadable=2)


def test_only_of_ones_own_area_and_programme(cast: Cast, screened: tuple[int, int]) -> None:
    programme_id, list_id = screened
    rows = sheet_of(list_id)
    rows[first_row(rows)][mine(WORK)] = "Petani"
    content = saved(rows)
    digest = actions.keep_source(by=cast.lurah, on=pile.DAY, name="hasil.xlsx", content=content)

    def receive(who: str, programme: int) -> Callable[[], object]:
        officer = getattr(cast, who)
        return lambda: intake.receive_kept(
            by=officer, on=pile.DAY, programme_id=programme, sha256=digest, sender=None, progress=silent
        )

    with pytest.raises(Refused, match="tidak berwenang"):
        receive("lurah", programme_id)()
    other = pile.programme(cast, code="uji-2026")
    with pytest.raises(Refused, match="program lain"):
        receive("dinas", other)()


def test_a_mark_names_its_row_and_each_changed_cell() -> None:
    cells = ("Sheet1", "7", "MARIA BENU", "1. NIK kosong.\n2. Lahir kosong.")
    mark = row_mark(KEY, 42, cells)
    again = (*cells[:3], "1. NIK kosong. 2. Lahir kosong. ")
    assert (found := read_mark(KEY, mark, again)) is not None
    assert (found.row_id, found.changed) == (42, ())
    assert (found := read_mark(KEY, mark, ("Sheet1", "8", "MARIA BENU"))) is not None
    assert found.changed == (1, 3)
    for wrong in ("", "42", mark.replace("42.", "43."), mark[:-1] + "é", f"{'9' * 30}.A.B"):
        assert read_mark(KEY, wrong, cells) is None
    assert read_mark(b"another secret", mark, cells) is None
