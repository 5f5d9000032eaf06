"""The desk of lists: whose lists one sees, uploading, the sheet that goes back, the rows and their masks."""

from __future__ import annotations

import io
import uuid

import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile

from lopo.basics.page import Asked
from lopo.jobs import tasks
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, ROOT, Story

ALL = Asked(size=0)


def test_a_kelurahan_sees_its_own_list_only(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("lurah.oebufu").get("/daftar/").content.decode()
    assert "Kelurahan Oebufu" in page
    assert "Bonipoi" not in page
    assert "GMIT" not in page
    assert "GMIT Labat" in signed_in("dinas").get("/daftar/").content.decode()


def test_another_kelurahans_list_is_not_there(story: Story, signed_in: SignedIn) -> None:
    everything = targeting.lists_page(targeting.ListFilter(("53",), story.programme_id), ALL).rows
    others = [row.id for row in everything if row.area_code != OEBUFU]
    lurah = signed_in("lurah.oebufu")
    assert others
    for list_id in others:
        assert lurah.get(f"/daftar/{list_id}").status_code == 404
        assert lurah.post(f"/daftar/{list_id}/lembar").status_code == 404


def test_a_list_shows_what_was_understood_and_its_reasons(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("lurah.oebufu").get(f"/daftar/{story.oebufu_list}").content.decode()
    assert "Yang dipahami pembaca" in page
    assert "Kepala tabel di baris" in page
    assert "Alasan yang paling sering" in page


def test_the_table_alone_is_given_to_htmx(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("dinas").get("/daftar/?cari=oebufu", headers={"HX-Request": "true", "HX-Target": "daftar"})
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count("<tr>") == 2
    assert "“oebufu”" in page


def test_an_unknown_order_is_refused_in_words(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("dinas").get("/daftar/?urut=password")
    assert answer.status_code == 422
    assert "tidak dapat diurutkan" in answer.content.decode()


def test_the_error_sheet_comes_as_xlsx_and_the_diary_knows(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("lurah.oebufu").post(f"/daftar/{story.oebufu_list}/lembar")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert "Hasil pemeriksaan" in book.sheet_names
    assert "hasil-53.71.04.1009_oebufu.xlsx" in answer.headers["Content-Disposition"]
    assert staff.diary_of("targeting.list", str(story.oebufu_list))[0].action == "export"


def test_an_export_needs_a_reason_and_masks_the_nik_of_who_may_not_see_it(story: Story, signed_in: SignedIn) -> None:
    lurah = signed_in("lurah.oebufu")
    refused = lurah.post(
        "/daftar/baris", {"ekspor": "csv", "alasan": ""}, headers={"referer": "http://testserver/daftar/baris"}
    )
    assert refused.status_code == 302
    answer = lurah.post("/daftar/baris?hasil=diterima", {"ekspor": "csv", "alasan": "rapat kelurahan"})
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "•" in text
    kept = staff.diary_of("table", "baris")[0]
    assert kept.after is not None
    assert (kept.after["alasan"], kept.after["saringan"]) == ("rapat kelurahan", {"hasil": "diterima"})
    assert kept.after["baris"] == text.count("\r\n") - 1
    whole = signed_in("dinas").post("/daftar/baris", {"ekspor": "xlsx", "alasan": "rapat dinas"})
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(whole.content)).get_sheet_by_index(0).to_python()
    assert any(len(str(row[1])) == 16 and str(row[1]).isdigit() for row in rows[1:])


def test_a_viewer_sees_no_names_no_rows_and_no_export(story: Story, signed_in: SignedIn) -> None:
    guest = signed_in("tamu")
    page = guest.get("/daftar/baris").content.decode()
    assert "•••" in page
    assert "/daftar/baris/" not in page
    assert guest.get("/daftar/baris/1").status_code == 403
    assert guest.post("/daftar/baris", {"ekspor": "csv", "alasan": "ingin tahu"}).status_code == 403


def test_a_row_is_masked_until_a_reason_is_given(story: Story, signed_in: SignedIn) -> None:
    found = targeting.rows_page(targeting.RowFilter((OEBUFU,), story.programme_id, story.oebufu_list, "diterima"), ALL)
    row = next(one for one in found.rows if one.nik_given.isdigit())
    office = signed_in("dinas")
    assert row.nik_given not in office.get(f"/daftar/baris/{row.id}").content.decode()
    shown = office.post(f"/daftar/baris/{row.id}", {"alasan": "mencocokkan KTP"}).content.decode()
    assert row.nik_matched in shown
    assert staff.diary_of("targeting.row", str(row.id))[0].after == {"alasan": "mencocokkan KTP"}
    lurah = signed_in("lurah.oebufu")
    assert lurah.post(f"/daftar/baris/{row.id}", {"alasan": "ingin tahu saja"}).status_code == 403


def test_an_upload_is_kept_and_read_in_the_background(story: Story, signed_in: SignedIn) -> None:
    content = (ROOT / "demo/lists/usulan/gereja/katolik_penfui.csv").read_bytes()
    form = {"jenis": "gereja", "nama": "Paroki Penfui", "berkas": SimpleUploadedFile("penfui.csv", content)}
    office = signed_in("dinas")
    answer = office.post("/daftar/unggah", form)
    assert answer.status_code == 302
    work = staff.work_latest(limit=1)[0]
    assert answer.url == f"/kerja/{work.id}"  # type: ignore[attr-defined]
    assert (work.kind, work.state) == ("receive_list", "menunggu")
    order = staff.work_order(work.id).arguments
    assert targeting.kept_source(order["sha256"]) == ("gereja/penfui.csv", content)
    assert order["sender"] == {"kind": "gereja", "name": "Paroki Penfui", "area_code": "53.71"}
    assert "Menunggu giliran" in office.get(answer.url).content.decode()  # type: ignore[attr-defined]
    tasks.receive_list_task(work_id=str(work.id))
    done = queries_work(work.id)
    assert (done.state, done.error) == ("selesai", "")
    assert f'/daftar/{done.result["list_id"]}"' in office.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Paroki Penfui" in office.get(f"/daftar/{done.result['list_id']}").content.decode()


def queries_work(work_id: uuid.UUID) -> staff.WorkRow:
    row = staff.work(work_id)
    assert row is not None
    return row


def test_a_wrong_upload_says_what_is_missing_beside_the_field_and_on_top(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("dinas").post("/daftar/unggah", {"jenis": "kelurahan", "nama": "tetap ada"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ada yang perlu dibetulkan" in page
    assert 'id="id_berkas_error"' in page
    assert 'aria-invalid="true"' in page
    assert "tetap ada" in page
