"""The template and the answers of BPJS as files, and that the fake office tells the truth."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lopo.basics.refusal import Refused
from lopo.coverage import bpjs
from lopo.coverage.fake_bpjs import FakeBpjs

NIK = "5371010101800001"
OTHER = "5371020101800001"
ONE = bpjs.Proposed(
    NIK, "MARIA D'ORNAY", date(1980, 1, 2), "081234567890", "", "Penjual ikan", "", "Pasar Oeba", 1_000_000, "T", 6
)


def sheet(*rows: list[object]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    book.close()
    return buffer.getvalue()


def test_the_template_is_the_one_of_bpjs_and_comes_back_as_it_was() -> None:
    content = bpjs.write_template([ONE])
    assert bpjs.read_template(content) == (ONE,)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Data TK Baru"]
    header, row = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert header == [
        "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL", "JENIS_PEKERJAAN_1",
        "JENIS_PEKERJAAN_2", "LOKASI_PEKERJAAN", "UPAH", "KODE_PAKET", "BULAN_IURAN",
    ]  # fmt: skip
    assert row[:4] == [NIK, "MARIA D'ORNAY", "02-01-1980", "081234567890"]
    assert (row[8], row[10]) == (1_000_000, 6)


def test_the_same_people_give_the_same_bytes_whatever_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    first = bpjs.write_template([ONE])
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert bpjs.write_template([ONE]) == first


def test_signs_that_spoil_a_sheet_are_kept_as_text_or_left_out() -> None:
    name = '=SUM(A1) <&> "D\'" \x01\x0b  dua  spasi'
    (back,) = bpjs.read_template(bpjs.write_template([replace(ONE, name=name)]))
    assert back.name == '=SUM(A1) <&> "D\'"   dua  spasi'


def test_a_template_with_another_column_or_a_number_for_a_nik_is_refused() -> None:
    with pytest.raises(Refused, match="harus berisi kolom"):
        bpjs.read_template(sheet(["NIK", "NAMA"], [NIK, "X"]))
    row = [5371010101800001, "X", "02-01-1980", "", "", "Tani", "", "Sini", 1000000, "T", 6]
    with pytest.raises(Refused, match="Baris 2: NIK harus teks"):
        bpjs.read_template(sheet(list(bpjs.COLUMNS), row))


def test_the_fake_office_reads_the_real_template_and_answers_what_the_real_reader_takes() -> None:
    office = FakeBpjs({OTHER: "Sudah aktif"})
    template = bpjs.write_template([ONE, bpjs.Proposed(OTHER, *[getattr(ONE, f) for f in ONE.__slots__[1:]])])
    taken = bpjs.read_answer(office.verify(template))
    assert [(row.nik, row.status, row.reason) for row in taken.rows] == [
        (NIK, "DITERIMA", ""),
        (OTHER, "DITOLAK", "Sudah aktif"),
    ]
    issued = bpjs.read_answer(office.issue(template, on=date(2025, 7, 15)))
    assert issued.rows[0].issued_on == date(2025, 7, 15)
    assert len(issued.rows[0].kpj) == 11
    assert issued.rows[0].kpj.startswith("25")
    assert issued.parked == taken.parked == ()
    with pytest.raises(Refused, match="harus berisi kolom"):
        office.verify(sheet(["NIK"], [NIK]))


def test_the_fake_numbers_are_the_same_each_time_and_never_shared() -> None:
    niks = [f"53710{n % 6 + 1}010180{n:04d}" for n in range(1, 2000)]
    first = FakeBpjs({})
    numbers = [first.number_of(nik, date(2025, 7, 15)) for nik in niks]
    assert len(set(numbers)) == len(niks)
    assert [FakeBpjs({}).number_of(nik, date(2025, 7, 15)) for nik in niks[:50]] == numbers[:50]
    clash = FakeBpjs({})
    clash.owners[numbers[0]] = "orang lain"
    assert clash.number_of(niks[0], date(2025, 7, 15)) != numbers[0]


def test_an_answer_as_csv_with_other_names_of_columns_is_read() -> None:
    text = f"No. KTP;Nomor Peserta;Tanggal Terbit;Alasan\n{NIK};25000000001;15/07/2025;\n{OTHER};;;NIK tidak padan\n"
    answer = bpjs.read_answer(text.encode("utf-8-sig"))
    assert answer.rows == (
        bpjs.AnswerRow(2, NIK, "TERBIT", "25000000001", date(2025, 7, 15)),
        bpjs.AnswerRow(3, OTHER, "DITOLAK", reason="NIK tidak padan"),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([5371010101800001, "DITERIMA", "", "", ""], "tersimpan sebagai angka"),
        (["537101010180000", "DITERIMA", "", "", ""], "bukan 16 digit"),
        ([NIK, "TERBIT", "2500000000A", "15-07-2025", ""], "KPJ bukan 11 digit"),
        ([NIK, "TERBIT", "25000000001", "kemarin", ""], "tanggal terbit"),
        ([NIK, "DITOLAK", "", "", ""], "ditolak tanpa alasan"),
        ([NIK, "TUNDA", "", "", ""], "status tidak dikenal: TUNDA"),
        ([NIK, "", "", "", ""], "status tidak dikenal"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_aside_with_its_line(row: list[object], why: str) -> None:
    answer = bpjs.read_answer(
        sheet(["NIK", "STATUS", "KPJ", "TGL TERBIT", "KETERANGAN"], [OTHER, "DITERIMA", "", "", ""], row)
    )
    assert [one.nik for one in answer.rows] == [OTHER]
    assert answer.parked[0].line == 3
    assert why in answer.parked[0].why


def test_repeated_rows_and_shared_numbers_are_left_aside() -> None:
    head = ["NIK", "STATUS", "KPJ", "TGL TERBIT"]
    row = [NIK, "TERBIT", "25000000001", "15-07-2025"]
    again = bpjs.read_answer(sheet(head, row, row))
    assert len(again.rows) == 1
    assert again.parked[0].why == "baris berulang dari baris 2"
    shared = bpjs.read_answer(sheet(head, row, [OTHER, *row[1:]]))
    assert shared.rows == ()
    assert {one.why for one in shared.parked} == {"KPJ 25000000001 diberikan kepada dua orang"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b"satu,dua\n1,2\n"])
def test_a_file_that_is_no_answer_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused, match=r"[Jj]awaban|lembar kerja"):
        bpjs.read_answer(content)
