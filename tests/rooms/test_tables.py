"""Tables as files: nothing runs as a formula, no digit is lost, and the error sheet says all that its sender needs."""

import io
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from lopo.basics.error_sheet import ErrorLine, ErrorSheet, Reason, error_sheet_xlsx
from lopo.basics.tables import Cell, Column, Kind, looks_like_formula, neutral, sheet_name, table_csv, table_xlsx

COLUMNS = (Column("Nama"), Column("NIK"), Column("Iuran", Kind.MONEY), Column("Lahir", Kind.DATE))
ROW = ("MARIA", "5371014105800017", 16_800, date(1980, 5, 1))


def sheet(content: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python(skip_empty_area=False)


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-5", "@SUM(A1)", "\tx", "\r=1", "  =1", "\n1"])
def test_text_that_could_run_is_neutralised(text: str) -> None:
    assert looks_like_formula(text)
    assert neutral(text) == f"'{text}"
    written = b"".join(table_csv((Column("a"),), [(text,)])).decode("utf-8-sig")
    assert "'" in written
    assert written.split("\r\n", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["", "MARIA", "5371014105800017", "a=b", "O'Neill", "  x"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text


def test_a_csv_streams_with_bom_and_iso_days() -> None:
    pieces = list(table_csv(COLUMNS, [ROW] * 1200 + [("=x", None, None, None)]))
    assert len(pieces) == 4  # the BOM, two times 500 lines, the rest
    lines = b"".join(pieces).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Nama,NIK,Iuran,Lahir"
    assert lines[1] == "MARIA,5371014105800017,16800,1980-05-01"
    assert lines[1201:] == ["'=x,,,", ""]


def test_a_sheet_keeps_text_numbers_and_days_apart() -> None:
    made = table_xlsx("Peserta: Juli/2025", COLUMNS, [ROW, ("=HYPERLINK(1)", None, -5, None)])
    rows = sheet(made, "Peserta Juli 2025")
    assert rows[0] == ["Nama", "NIK", "Iuran", "Lahir"]
    assert rows[1] == ["MARIA", "5371014105800017", 16_800, date(1980, 5, 1)]
    assert rows[2] == ["=HYPERLINK(1)", "", -5, ""]
    assert b"<f>" not in made


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.MONEY, "16800"),
        (Kind.MONEY, True),
        (Kind.TEXT, 5),
        (Kind.DATE, "2025-01-01"),
        (Kind.NUMBER, 1.5),
        (Kind.DATE, datetime(2025, 1, 1, 12)),  # noqa: DTZ001 - only to be refused
    ],
)
def test_a_cell_that_does_not_fit_its_column_stops_the_export(kind: Kind, cell: Cell) -> None:
    with pytest.raises(TypeError, match="column 'x'"):
        list(table_csv((Column("x", kind),), [(cell,)]))
    with pytest.raises(TypeError, match="column 'x'"):
        table_xlsx("t", (Column("x", kind),), [(cell,)])


def test_a_row_of_the_wrong_length_stops_the_export() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(table_csv(COLUMNS, [("a", "b")]))


def test_names_of_sheets() -> None:
    assert sheet_name("[a]:*?/\\'") == "a"
    assert sheet_name("") == "Tabel"
    assert len(sheet_name("x" * 50)) == 31


LINES = (
    ErrorLine(
        1, "Sheet1", 7, "MARIA BENU", "5371014105800002", "diterima", (), ("1", "MARIA BENU", "5371014105800002"),
    ),
    ErrorLine(
        2, "Sheet1", 8, "=YOHANIS", "537101640576000", "perlu_cek",
        (Reason("nik_terpotong", "NIK tinggal 15 digit.", "Tulis ulang NIK."), Reason("data_kurang", "Lahir kosong.")),
        ("2", "=YOHANIS", "537101640576000"),
    ),
    ErrorLine(3, "Sheet1", 9, "", "", "rusak", (Reason("data_kurang", "Baris tidak terbaca.", "Lengkapi."),), ("x",)),
)  # fmt: skip
PAPER = ErrorSheet(
    "usulan.xlsx", "Kelurahan Oebufu", "Pekerja rentan 2025", date(2025, 5, 12), date(2025, 6, 1), "Tanya dinas.",
    ("No", "Nama", "NIK"), LINES,
)  # fmt: skip


def test_the_error_sheet_says_where_what_why_and_what_to_do() -> None:
    rows = sheet(error_sheet_xlsx(PAPER), "Hasil pemeriksaan")
    head = next(at for at, row in enumerate(rows) if row[0] == "Lembar")
    assert any("diterima 12 Mei 2025, diperiksa 1 Juni 2025" in str(row[0]) for row in rows[:head])
    assert rows[head][7:] == ["Tanda baris (jangan diubah)", "Isi: No", "Isi: Nama", "Isi: NIK"]
    first, second, third = rows[head + 1 :]
    assert first[:5] == ["Sheet1", 7, "MARIA BENU", "5371014105800002", "✓ diterima"]
    assert second[4:7] == ["? perlu dicek", "1. NIK tinggal 15 digit.\n2. Lahir kosong.", "1. Tulis ulang NIK."]
    assert second[8:] == ["2", "=YOHANIS", "537101640576000"]
    assert third[4:7] == ["! tidak terbaca", "Baris tidak terbaca.", "Lengkapi."]


def test_the_error_sheet_counts_add_up() -> None:
    rows = sheet(error_sheet_xlsx(PAPER), "Ringkasan")
    counts = {str(row[0]): row[1] for row in rows}
    assert (counts["✓ diterima"], counts["? perlu dicek"], counts["! tidak terbaca"], counts["Jumlah"]) == (1, 1, 1, 3)
    assert (counts["nik_terpotong"], counts["data_kurang"]) == (1, 2)


def test_an_unknown_verdict_is_not_painted_over() -> None:
    strange = ErrorLine(4, "s", 1, "a", "b", "mungkin", (), ())
    with pytest.raises(KeyError):
        error_sheet_xlsx(ErrorSheet("f", "s", "p", date(2025, 1, 1), date(2025, 1, 1), "", (), (strange,)))
