"""Opening lists: layouts, encodings, odd rows, and every kind of file that must not stop the others."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
import xlsxwriter

from lopo.jobs.sheets import parse_list, read_lists
from lopo.targeting.batch.lists import Fields, ParsedList, Row

HEADER = "Nama,NIK,Tanggal Lahir,Pekerjaan,HP"
LINE = "Obed Koi,5314022109050001,21/9/2005,Tukang batu,085359267414"


def workbook(rows: list[list[object]], title: str = "DATA") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(title)
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    book.close()
    return stream.getvalue()


def codes(parsed: ParsedList) -> list[str]:
    return [problem.code for problem in parsed.problems]


def candidates(parsed: ParsedList) -> list[tuple[int, Fields]]:
    return [(row.line, row.fields) for sheet in parsed.sheets for row in sheet.rows if row.fields]


def kinds(parsed: ParsedList) -> list[str]:
    return [row.kind for row in parsed.sheets[0].rows]


def test_titles_header_candidates_total_and_signature() -> None:
    parsed = parse_list(
        "kelurahan/x.xlsx",
        workbook(
            [
                ["DAFTAR USULAN PEKERJA RENTAN TAHUN 2025"],
                ["KELURAHAN NUNBAUN SABU"],
                [],
                ["No", "Nama Lengkap", "NIK", "No KK", "L/P", "Tempat, Tgl Lahir", "RT/RW", "Pekerjaan", "Ket"],
                [1, "Ruth Baun", "5371015603970001", "5371011609187750", "P", "Kupang, 16 Maret 1997", "006/003", "X"],
                [],
                ["JUMLAH", 1],
                ["", "", "", "", "", "", "", "Lurah,"],
                ["", "", "", "", "", "", "", "Drs. Adrianus Talo"],
            ]
        ),
    )
    assert kinds(parsed) == [
        "judul", "judul", "kosong", "kepala", "calon", "kosong", "jumlah", "tanda_tangan", "tanda_tangan",
    ]  # fmt: skip
    assert parsed.sheets[0].kelurahan_hint == "53.71.01.1002"
    assert parsed.sheets[0].header_line == 4
    [(line, fields)] = candidates(parsed)
    assert line == 5
    assert (fields.tempat_lahir, fields.tgl_lahir, fields.rt, fields.rw) == ("Kupang", "16 Maret 1997", "006", "003")
    assert parsed.problems == ()


def test_a_total_that_does_not_add_up_is_told() -> None:
    parsed = parse_list("x.xlsx", workbook([HEADER.split(","), LINE.split(","), ["JUMLAH", 3]]))
    assert codes(parsed) == ["jumlah_berbeda"]


def test_template_of_bpjs() -> None:
    header = "NOMOR_IDENTITAS NAMA_LENGKAP TGL_LAHIR HANDPHONE EMAIL JENIS_PEKERJAAN_1 JENIS_PEKERJAAN_2"
    header += " LOKASI_PEKERJAAN UPAH KODE_PAKET BULAN_IURAN"
    row = ["5371012002020001", "RAFAEL GAA", "20-02-2002", "0822", "", "Penjahit", "", "KUPANG", 2000000, "T", 6]
    parsed = parse_list("t.xlsx", workbook([list(header.split()), row], "Data TK Baru"))
    [(_, fields)] = candidates(parsed)
    assert parsed.sheets[0].layout == "templat BPJS (Data TK Baru)"
    assert (fields.penghasilan, fields.kode_paket, fields.bulan_iuran) == ("2000000", "T", "6")


def test_a_nik_typed_as_a_number_keeps_its_digits_and_is_marked() -> None:
    row = ["Ruth Baun", 5371015603970000, 35505, "Petani", ""]
    [(_, fields)] = candidates(parse_list("n.xlsx", workbook([HEADER.split(","), row])))
    assert fields.nik == "5371015603970000"
    assert fields.nik_from_number
    assert fields.tgl_lahir == "1997-03-16"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = f"{HEADER}\r\n{LINE.replace('Obed', 'André')}\r\n".replace(",", delimiter)
    [(line, fields)] = candidates(parse_list("a.csv", text.encode(encoding)))
    assert (line, fields.nama, fields.nik) == (2, "André Koi", "5314022109050001")


def test_a_quoted_field_over_two_lines_and_a_quote_never_closed() -> None:
    over_two = '"Obed\nKoi",5314022109050001,21/9/2005,Petani,1'
    unclosed = '"Ruth Baun,5371015603970001,1/1/1990,Petani,2'
    text = f"{HEADER}\n{over_two}\n{unclosed}\n{LINE}\n"
    found = candidates(parse_list("q.csv", text.encode()))
    assert [(line, fields.nama) for line, fields in found] == [(2, "Obed\nKoi"), (4, "Ruth Baun"), (5, "Obed Koi")]


def test_stray_bytes_spoil_their_cell_only() -> None:
    spoilt = LINE.encode().replace(b"Tukang", b"Tu\x00\x81\xffang")
    found = candidates(parse_list("s.csv", f"{HEADER}\n{LINE}\n".encode() + spoilt))
    assert [(line, fields.nama) for line, fields in found] == [(2, "Obed Koi"), (3, "Obed Koi")]


def test_an_unknown_column_is_reported_and_kept() -> None:
    parsed = parse_list("u.csv", f"{HEADER},Warna Rumah\n{LINE},biru\n".encode())
    assert [(p.code, p.column) for p in parsed.problems] == [("kolom_tidak_dikenal", "Warna Rumah")]
    assert parsed.sheets[0].rows[1].cells[-1] == "biru"
    assert [c.header for c in parsed.sheets[0].unplaced] == ["Warna Rumah"]


def test_empty_file() -> None:
    assert codes(parse_list("e.xlsx", b"")) == ["berkas_kosong"]
    assert codes(parse_list("e.csv", b"\r\n ")) == ["berkas_kosong"]
    assert codes(parse_list("e.xlsx", workbook([]))) == ["berkas_kosong"]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
        b"PK\x03\x04" + b"\x00" * 200,
        workbook([["a"]])[:900],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"Surat pengantar dari lurah.\nHormat kami.\n",
    ],
    ids=["pdf", "png", "zip", "cut", "ole", "letter"],
)
def test_a_file_that_is_no_spreadsheet(content: bytes) -> None:
    parsed = parse_list("surat.xlsx", content)
    assert codes(parsed) == ["bukan_lembar_kerja"]
    assert not parsed.readable


def test_a_workbook_locked_by_a_password() -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500
    )
    assert codes(parse_list("rahasia.xlsx", locked)) == ["terkunci_sandi"]


def test_a_header_nobody_knows() -> None:
    parsed = parse_list("h.csv", b"Foo,Bar,Baz\n1,2,3\n4,5,6\n")
    assert codes(parsed) == ["kepala_tidak_dikenal"]
    assert kinds(parsed) == ["rusak"] * 3
    assert not parsed.readable


def test_one_broken_row_among_thousands() -> None:
    lines = [HEADER, *[LINE] * 2500, "12345,,1/1/1990,Petani,0812", *[LINE] * 2500]
    parsed = parse_list("b.csv", "\n".join(lines).encode())
    assert parsed.count("calon") == 5000
    [problem] = parsed.problems
    assert (problem.code, problem.line) == ("baris_rusak", 2502)
    assert "12345" in problem.sentence
    assert sum(parsed.count(kind) for kind in ("calon", "rusak", "kepala")) == len(lines)  # type: ignore[arg-type]


def test_a_row_with_more_cells_than_the_header_is_broken() -> None:
    parsed = parse_list("b.csv", f"{HEADER}\n{LINE},lebih\n{LINE}\n".encode())
    broken: list[Row] = [row for row in parsed.sheets[0].rows if row.kind == "rusak"]
    assert [(row.line, row.cells[-1]) for row in broken] == [(2, "lebih")]
    assert parsed.count("calon") == 1


def test_two_hundred_thousand_rows() -> None:
    content = "\n".join([HEADER, *[f"Obed Koi,53140221090{n:05},21/9/2005,Petani,0" for n in range(100_000)] * 2])
    before = time.perf_counter()
    parsed = parse_list("besar.csv", content.encode())
    assert parsed.count("calon") == 200_000
    assert parsed.sheets[0].rows[-1].line == 200_001
    assert time.perf_counter() - before < 30


def test_a_folder_with_bad_files_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "baik.csv").write_text(f"{HEADER}\n{LINE}\n")
    (tmp_path / "a" / "sama.csv").write_text(f"{HEADER}\n{LINE}\n")
    (tmp_path / "kosong.csv").write_bytes(b"")
    (tmp_path / "~$baik.xlsx").write_bytes(b"lock")
    found = read_lists(tmp_path)
    assert [(one.file, codes(one)) for one in found] == [
        ("a/baik.csv", []), ("a/sama.csv", ["berkas_sama"]), ("kosong.csv", ["berkas_kosong"]),
    ]  # fmt: skip
