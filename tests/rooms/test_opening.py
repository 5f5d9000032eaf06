"""Files that offices send, and files that nobody should open: formats, archives, bombs, odd cells."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import xlsxwriter

from lopo.jobs import opening
from lopo.jobs.opening import Unreadable, is_archive, unpack
from lopo.jobs.sheets import open_sheets, parse_list
from lopo.targeting.batch.lists import Fields, ParsedList

HEADER = "Nama,NIK,Tanggal Lahir,Pekerjaan,HP"
LINE = "Obed Koi,5314022109050001,21/9/2005,Tukang batu,085359267414"


def zip_of(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def ods_of(rows: str) -> bytes:
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zip_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": body.encode(),
        }
    )


def ods_row(cells: list[str], many: str = "") -> str:
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in cells
    )
    return f'<table:table-row{many}>{texts}<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'


def candidates(parsed: ParsedList) -> list[Fields]:
    return [row.fields for sheet in parsed.sheets for row in sheet.rows if row.fields]


def test_an_ods_is_read() -> None:
    content = ods_of(ods_row(HEADER.split(",")) + ods_row(LINE.split(",")))
    [said] = candidates(parse_list("daftar.ods", content))
    assert (said.nama, said.nik) == ("Obed Koi", "5314022109050001")


def test_an_ods_whose_one_row_is_a_billion_cells_is_refused() -> None:
    huge = ' table:number-rows-repeated="1048000"'
    wide = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000">'
    wide += "<text:p>a</text:p></table:table-cell>"
    content = ods_of(f"<table:table-row{huge}>{wide}</table:table-row>")
    assert [p.code for p in parse_list("bom.ods", content).problems] == ["lembar_terlalu_luas"]


def test_two_cells_far_apart_are_refused_before_they_become_a_sheet() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")
    [problem] = parse_list("luas.xlsx", held.getvalue()).problems
    assert problem.code == "lembar_terlalu_luas"
    assert "17.179.869.184 sel" in problem.sentence


def test_sixteen_thousand_columns_are_read_and_kept() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for at, cell in enumerate(HEADER.split(",")):
            sheet.write(0, at, cell)
        for at, cell in enumerate(LINE.split(",")):
            sheet.write(1, at, cell)
        for at in range(5, 16_000):
            sheet.write(0, at, f"Kolom {at}")
            sheet.write(1, at, at)
    parsed = parse_list("lebar.xlsx", held.getvalue())
    [said] = candidates(parsed)
    assert said.nik == "5314022109050001"
    assert parsed.sheets[0].rows[1].cells[15_999] == "15999"
    assert len(parsed.problems) == 31
    assert "15965 kolom lain" in parsed.problems[-1].sentence


def test_a_workbook_that_lies_of_its_size_is_refused() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write(0, 0, "a" * 1000)
    content = bytearray(held.getvalue())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 5)
    assert [p.code for p in parse_list("bohong.xlsx", bytes(content)).problems] == ["bukan_lembar_kerja"]


def test_formulas_are_never_worked_out() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for at, cell in enumerate(HEADER.split(",")):
            sheet.write(0, at, cell)
        sheet.write_formula(1, 0, '="Obed"&" Koi"', None, "Obed Koi")
        sheet.write_string(1, 1, "5314022109050001")
        sheet.write_string(1, 3, '=HYPERLINK("http://x.invalid","klik")')
    [said] = candidates(parse_list("rumus.xlsx", held.getvalue()))
    assert (said.nama, said.pekerjaan) == ("Obed Koi", '=HYPERLINK("http://x.invalid","klik")')
    text = f"{HEADER}\n=1+1 Obed,5314022109050001,1/1/1990,@SUM(A1),+62812\n"
    [said] = candidates(parse_list("rumus.csv", text.encode()))
    assert (said.nama, said.pekerjaan, said.hp) == ("=1+1 Obed", "@SUM(A1)", "+62812")


def test_a_formula_without_a_stored_value_is_kept_as_text_and_told() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Lain").write(0, 0, "kosong")
        sheet = book.add_worksheet("Data & lain")
        for at, cell in enumerate(HEADER.split(",")):
            sheet.write(0, at, cell)
        sheet.write_row(1, 0, LINE.split(","))
        sheet.write_row(2, 0, LINE.split(","))
        sheet.write_formula(1, 0, '=PROPER("obed")&" Koi"', None, "")
        sheet.write_formula(2, 4, "=E2", None, "0812")
        sheet.write_formula(1, 3, "=1+1", None, "")
    found = parse_list("rumus.xlsx", held.getvalue())
    one, two = candidates(found)
    assert (one.nama, two.nama, two.hp) == ('=PROPER("obed")&" Koi"', "Obed Koi", "0812")
    [told] = [problem for problem in found.problems if problem.code == "rumus_tanpa_nilai"]
    assert (told.sheet, told.sentence.startswith("Sel A2, D2 berisi rumus tanpa nilai")) == ("Data & lain", True)


def test_an_ods_formula_without_a_stored_value_is_kept_as_text_and_told() -> None:
    kept = '<table:table-cell table:formula="of:=[.E2]" office:value-type="string"><text:p>Obed Koi</text:p>'
    bare = '<table:table-cell table:formula="of:=PROPER(&quot;obed&quot;)"/>'
    rest = ods_row(LINE.split(",")[1:])
    rows = [
        rest.replace("<table:table-row>", f"<table:table-row>{cell}") for cell in (bare, f"{kept}</table:table-cell>")
    ]
    found = parse_list("rumus.ods", ods_of(ods_row(HEADER.split(",")) + "".join(rows)))
    one, two = candidates(found)
    assert (one.nama, two.nama) == ('=PROPER("obed")', "Obed Koi")
    [told] = [problem for problem in found.problems if problem.code == "rumus_tanpa_nilai"]
    assert told.sentence.startswith("Sel A2 berisi rumus tanpa nilai")


def with_cells(cells: str) -> bytes:
    """A workbook whose one sheet is written by hand."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet()
    with zipfile.ZipFile(held) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    files["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData/>", f"<sheetData>{cells}</sheetData>".encode())
    return zip_of(files)


def test_shared_formulas_and_empty_answers() -> None:
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>7</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c><c r="B2" t="str"><f>IF(A1="","","x")</f><v></v></c>'
        '<c r="C2" t="inlineStr"><is><t>ada</t></is></c></row>'
    )
    [sheet] = open_sheets("rumus.xlsx", with_cells(cells))
    assert sheet.formulas == ("A2",)
    assert [row[0] for row in sheet.rows] == [7, "=B1"]
    assert sheet.rows[1][1:3] == ("", "ada")


def test_formulas_that_claim_places_far_apart_are_refused() -> None:
    cells = "".join(f'<c r="XFD{row}"><f>1</f></c>' for row in (1, 4000))
    with pytest.raises(Unreadable, match="Lembar terbentang atas"):
        open_sheets("luas.xlsx", with_cells(f'<row r="1"><c r="A1"><v>1</v></c>{cells}</row>'))


def test_encodings_may_change_from_line_to_line() -> None:
    lines = [
        HEADER.encode(),
        LINE.replace("Obed", "José").encode("utf-8"),
        LINE.replace("Obed", "René").encode("cp1252"),
    ]
    names = [said.nama for said in candidates(parse_list("dua.csv", b"\r\n".join(lines)))]
    assert names == ["José Koi", "René Koi"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(encoding: str) -> None:
    [said] = candidates(parse_list("lebar.tsv", f"{HEADER}\n{LINE}\n".replace(",", "\t").encode(encoding)))
    assert said.nama == "Obed Koi"


def test_marks_that_nobody_sees_do_not_part_a_name() -> None:
    text = f"{HEADER}\n\u202eObed\u200b Koi\u202c,\u200e5314022109050001\ufeff,1/1/1990,Petani\u00ad,1\n"
    parsed = parse_list("arah.csv", text.encode())
    [said] = candidates(parsed)
    assert (said.nama, said.nik, said.pekerjaan) == ("Obed Koi", "5314022109050001", "Petani")
    assert parsed.sheets[0].rows[1].cells[0] == "\u202eObed\u200b Koi\u202c"


def test_a_name_of_one_letter_and_a_nul_in_it() -> None:
    text = f"{HEADER}\nO,5314022109050001,1/1/1990,Petani,1\nSi\x00ti,5314022109050002,1/1/1990,Petani,1\n"
    assert [said.nama for said in candidates(parse_list("nul.csv", (text + LINE * 10).encode()))][:2] == ["O", "Si ti"]


def test_a_zip_gives_its_files_and_those_of_a_zip_within() -> None:
    inner = zip_of({"b.csv": b"isi b", "Thumbs.db": b"x"})
    content = zip_of({"a.csv": b"isi a", "dalam.zip": inner, "__MACOSX/._a.csv": b"x", "map/~$a.xlsx": b"x"})
    assert is_archive(content)
    found = unpack("kiriman.zip", content)
    assert found.files == (("a.csv", b"isi a"), ("dalam/b.csv", b"isi b"))
    assert found.refused == ()


def test_a_zip_three_deep_stays_shut_and_the_rest_goes_on() -> None:
    deep = zip_of({"b.zip": zip_of({"c.zip": zip_of({"d.csv": b"d"}), "e.csv": b"e"})})
    found = unpack("dalam.zip", deep)
    assert found.files == (("b/e.csv", b"e"),)
    assert [(name, code) for name, code, _ in found.refused] == [("b.zip/c.zip", "zip_terlalu_dalam")]


def test_a_name_that_leaves_the_folder_a_link_and_a_bomb_are_refused_by_name() -> None:
    link = zipfile.ZipInfo("tautan.csv")
    link.external_attr = 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/cron.d/x.csv", b"a")
        archive.writestr("C:\\windows\\x.csv", b"a")
        archive.writestr("/mutlak.csv", b"a")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("bom.csv", bytes(8 << 20))
        archive.writestr("baik.csv", b"baik")
    found = unpack("jahat.zip", held.getvalue())
    assert found.files == (("baik.csv", b"baik"),)
    assert {name: code for name, code, _ in found.refused} == {
        "../../etc/cron.d/x.csv": "nama_berbahaya", "C:\\windows\\x.csv": "nama_berbahaya",
        "/mutlak.csv": "nama_berbahaya", "tautan.csv": "nama_berbahaya", "bom.csv": "zip_bom",
    }  # fmt: skip
    assert all(sentence for _, _, sentence in found.refused)


def test_too_many_entries_and_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zip_of({f"{n}.csv": b"a" * 100 for n in range(20)})
    monkeypatch.setattr(opening, "MOST_ENTRIES", 19)
    with pytest.raises(Unreadable, match="berisi 20 berkas"):
        unpack("banyak.zip", content)
    monkeypatch.setattr(opening, "MOST_ENTRIES", 20)
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 1999)
    with pytest.raises(Unreadable, match="setelah dibuka"):
        unpack("banyak.zip", content)


def test_a_workbook_is_no_archive() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write(0, 0, "a")
    assert not is_archive(held.getvalue())
    assert not is_archive(ods_of(ods_row(["a"])))
    assert not is_archive(b"PK\x03\x04" + bytes(50))
    assert open_sheets("a.xlsx", held.getvalue())[0].rows == (("a",),)
