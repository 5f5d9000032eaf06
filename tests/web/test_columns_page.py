"""The page of the meaning of columns: guess, preview, correct, remember by sender; and corrections that come back."""

from __future__ import annotations

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from lopo.basics.page import Asked
from lopo.jobs import tasks
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, Story

SHEET = b"""Data umat;;;
Siapa;Nomor KTP;Kapan;Kerja apa
Obed Koi;5371010101800001;1/1/1980;Nelayan
Rut Baun;5371014101810002;1/1/1981;Petani
"""


def upload(client: Client, content: bytes, name: str = "umat.csv", **form: str) -> staff.WorkRow:
    asked = {"jenis": "gereja", "nama": "GMIT Uji", "berkas": SimpleUploadedFile(name, content), **form}
    assert client.post("/daftar/unggah", asked).status_code == 302
    return worked(tasks.receive_list_task)


def worked(task: object) -> staff.WorkRow:
    work = staff.work_latest(limit=1)[0]
    task(work_id=str(work.id))  # type: ignore[operator]
    done = staff.work(work.id)
    assert done is not None
    assert (done.state, done.error) == ("selesai", "")
    return done


def test_an_unknown_sheet_is_guessed_corrected_and_remembered(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    done = upload(office, SHEET)
    assert done.result is not None
    first = done.result["list_id"]
    assert done.result["candidates"] == 0
    assert "Tunjukkan arti kolomnya" in office.get(f"/daftar/{first}").content.decode()
    page = office.get(f"/daftar/{first}/kolom").content.decode()
    assert '<option value="2" selected>' in page
    assert "5371010101800001" not in page
    form = {"lembar": "0", "kepala": "2", "k0": "", "k1": "nik", "k2": "tgl_lahir", "k3": "pekerjaan"}
    wrong = office.post(f"/daftar/{first}/kolom", form | {"aksi": "simpan"})
    assert wrong.status_code == 422
    assert "Tunjukkan kolom yang berisi nama" in wrong.content.decode()
    shown = office.post(f"/daftar/{first}/kolom", form | {"k0": "nama", "aksi": "lihat"}).content.decode()
    assert "Rut Baun" in shown
    assert targeting.readings_of("gereja", "GMIT Uji") == {}
    assert office.post(f"/daftar/{first}/kolom", form | {"k0": "nama", "aksi": "simpan"}).status_code == 302
    again = worked(tasks.read_again_task)
    assert again.result is not None
    assert again.result["candidates"] == 2
    assert again.result["list_id"] != first
    assert "sudah dibaca ulang" in office.get(f"/daftar/{first}").content.decode()
    page = office.get(f"/daftar/{again.result['list_id']}").content.decode()
    assert "Dibaca menurut pilihan yang diingat" in page
    next_month = upload(office, SHEET.replace(b"Obed Koi", b"Sem Adu").replace(b"Data umat", b"\n\nData lain"))
    assert next_month.result is not None
    assert next_month.result["candidates"] == 2
    other = upload(office, SHEET.replace(b"Obed", b"Obet"), nama="GMIT Lain")
    assert other.result is not None
    assert other.result["candidates"] == 0


def test_a_sheet_without_a_header_and_one_to_be_left_out(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Catatan").write_row(0, 0, ["ini", "bukan", "daftar"])
        for line in range(3):
            book.worksheets()[0].write_row(line, 0, ["a", "b", "c"])
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Obed Koi", "5371010101800001", "01-01-1980", "x"])
        sheet.write_row(1, 0, ["Rut Baun", "5371014101810002", "01-01-1981", "y"])
    done = upload(office, held.getvalue(), "umat.xlsx")
    assert done.result is not None
    page = office.get(f"/daftar/{done.result['list_id']}/kolom?lembar=1").content.decode()
    assert '<option value="nik" selected>' in page
    form = {"lembar": "1", "kepala": "0", "k0": "nama", "k1": "nik", "k2": "tgl_lahir", "k3": "tidak_dipakai"}
    assert office.post(f"/daftar/{done.result['list_id']}/kolom", form | {"aksi": "simpan"}).status_code == 302
    again = worked(tasks.read_again_task)
    assert again.result is not None
    assert again.result["candidates"] == 2
    skip = {"lembar": "0", "kepala": "0", "aksi": "lewati"}
    assert office.post(f"/daftar/{again.result['list_id']}/kolom", skip).status_code == 302
    last = worked(tasks.read_again_task)
    assert last.result is not None
    assert (last.result["candidates"], last.result["unreadable"]) == (2, 0)


def test_only_for_ones_own_area(story: Story, signed_in: SignedIn) -> None:
    everything = targeting.lists_page(targeting.ListFilter(("53",), story.programme_id), Asked(size=0)).rows
    other = next(row.id for row in everything if row.area_code != OEBUFU)
    assert signed_in("lurah.oebufu").get(f"/daftar/{other}/kolom").status_code == 404
    assert signed_in("tamu").get(f"/daftar/{other}/kolom").status_code == 403
    assert signed_in("lurah.oebufu").get(f"/daftar/{story.oebufu_list}/kolom").status_code == 200


def test_a_sheet_of_results_comes_back_and_is_screened_again(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    sheet = office.post(f"/daftar/{story.oebufu_list}/lembar").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    head = next(at for at, cells in enumerate(rows) if "Tanda baris (jangan diubah)" in cells)
    place = rows[head].index("Isi: Ket") if "Isi: Ket" in rows[head] else len(rows[head]) - 1
    rows[head + 1][place] = "dibetulkan"
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        made = book.add_worksheet("Hasil pemeriksaan")
        for at, cells in enumerate(rows):
            made.write_row(at, 0, cells)
    asked = {"jenis": "hasil", "berkas": SimpleUploadedFile("hasil.xlsx", held.getvalue())}
    assert office.post("/daftar/unggah", asked).status_code == 302
    done = worked(tasks.receive_list_task)
    assert done.result is not None
    assert (done.result["corrected"], done.result["lists"]) == (1, 1)
    assert sum(done.result[kind] for kind in ("diterima", "perlu_cek", "ditolak")) > 100
    page = office.get(f"/daftar/{done.result['list_id']}").content.decode()
    assert "Yang dibetulkan" in page
    assert "<ins>dibetulkan</ins>" in page
    assert "Sudah dibetulkan" in office.get(f"/daftar/{story.oebufu_list}").content.decode()
