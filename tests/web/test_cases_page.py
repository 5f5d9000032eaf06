"""The desk of claims: reporting, adding, papers, heirs, proposing, and approval by another."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import pytest

from lopo.basics.page import Asked
from lopo.claims import queries
from lopo.claims.queries import CaseFilter
from lopo.payments import queries as payments
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story


def death(signed_in: SignedIn) -> int:
    """Give a case of death in which the family card names a receiver, who is written down from the page."""
    rows = queries.cases_page(CaseFilter(("53",), kind="JKM", state="dibuka"), Asked(size=0, sort="code")).rows
    for row in rows:
        assert signed_in("dinas").post(f"/klaim/{row.id}/ahli-waris").status_code == 302
        if any(heir.receives for heir in queries.case(row.id, on=TODAY).heirs):
            return row.id
    pytest.fail("no death of the story has a receiver")


def test_the_case_of_an_accident_shows_clocks_papers_and_forms(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get(f"/klaim/{story.accident}").content.decode()
    for text in (
        "Jam yang berjalan",
        "Laporan tahap I",
        "tepat waktu",
        "Jatuh dari perahu.",
        "Tambah tagihan rumah sakit",
    ):
        assert text in page
    assert "Tambah tagihan rumah sakit" not in signed_in("gubernur").get(f"/klaim/{story.accident}").content.decode()


def test_a_case_of_another_area_is_not_there(story: Story, signed_in: SignedIn) -> None:
    lurah = signed_in("lurah.oebufu")
    everything = queries.cases_page(CaseFilter(("53",)), Asked(size=0)).rows
    mine = {row.id for row in everything if row.area_code == "53.71.04.1009"}
    assert mine
    assert len(mine) < len(everything)
    for row in everything:
        assert lurah.get(f"/klaim/{row.id}").status_code == (200 if row.id in mine else 404)


def test_a_report_opens_a_case_and_the_same_again_finds_it(story: Story, signed_in: SignedIn) -> None:
    lurah, address = signed_in("lurah.oebufu"), f"/klaim/lapor?orang={story.member.person_id}"
    told = {"jenis": "JKK", "kejadian": "2026-01-14", "sumber": "istri", "cerita": "Terjepit mesin."}
    first = lurah.post(address, told)
    assert first.status_code == 302
    again = lurah.post(address, told, follow=True)
    assert "Kejadian ini sudah dilaporkan" in again.content.decode()
    assert lurah.get(f"/klaim/lapor?orang={story.neighbour.person_id}").status_code == 404


def test_a_report_of_tomorrow_is_refused_and_keeps_the_story(story: Story, signed_in: SignedIn) -> None:
    told = {"jenis": "JKK", "kejadian": "2026-01-16", "sumber": "istri", "cerita": "Cerita yang panjang."}
    answer = signed_in("dinas").post(f"/klaim/lapor?orang={story.member.person_id}", told)
    assert answer.status_code == 422
    assert "Cerita yang panjang." in answer.content.decode()
    assert "tidak boleh setelah hari ini" in answer.content.decode()


def test_costs_are_added_and_a_refusal_stands_above_its_form(story: Story, signed_in: SignedIn) -> None:
    office, address = signed_in("dinas"), f"/klaim/{story.accident}/tambah"
    invoice = {"rumah_sakit": "RSUD Kupang", "nomor": "F-1", "tanggal": "2025-11-25", "jumlah": "2500000"}
    assert office.post(f"{address}/tagihan", invoice).status_code == 302
    twice = office.post(f"{address}/tagihan", invoice)
    assert twice.status_code == 422
    assert 'value="F-1"' in twice.content.decode()
    letter = {"mulai": "2025-11-20", "sampai": "2025-12-19", "dokter": "dr. Uji"}
    assert office.post(f"{address}/istirahat", letter).status_code == 302
    page = office.get(f"/klaim/{story.accident}").content.decode()
    assert "Rp 2.500.000" in page
    assert "30 hari" in page
    assert office.post(f"{address}/apa-saja", {}).status_code == 404
    assert signed_in("lurah.oebufu").post(f"{address}/tagihan", invoice).status_code == 403


def test_a_death_is_proposed_by_one_approved_by_another_and_shows_why(story: Story, signed_in: SignedIn) -> None:
    case_id = death(signed_in)
    office, bpjs, approver = signed_in("dinas"), signed_in("bpjs"), signed_in("penyetuju")
    early = bpjs.post(
        f"/klaim/{case_id}/usulkan", headers={"referer": f"http://testserver/klaim/{case_id}"}, follow=True
    )
    assert "Berkas belum lengkap" in early.content.decode()
    codes = [paper.code for paper in queries.case(case_id, on=TODAY).papers]
    assert office.post(f"/klaim/{case_id}/berkas", {"berkas": codes}).status_code == 302
    assert office.post(f"/klaim/{case_id}/usulkan").status_code == 403
    assert "Keputusan diusulkan" in bpjs.post(f"/klaim/{case_id}/usulkan", follow=True).content.decode()
    made = queries.decisions_of(case_id)[-1]
    page = approver.get(f"/klaim/{case_id}").content.decode()
    assert "Mengapa?" in page
    assert "PP 44/2015" in page
    assert bpjs.post(f"/klaim/{case_id}/{made.id}/setujui").status_code == 403
    done = approver.post(f"/klaim/{case_id}/{made.id}/setujui", {"tanda": "Cocok dengan surat dokter."}, follow=True)
    assert "Keputusan disetujui" in done.content.decode()
    assert queries.decisions_of(case_id)[-1].approved_by == "Theresia Manek"
    assert made.amount in (10_000_000, 42_000_000)
    assert payments.orders_of_case(case_id) == ()
    _told_as_a_tree(made, approver.get(f"/klaim/{case_id}").content.decode())
    approver.post("/bahasa", {"language": "en"})
    english = approver.get(f"/klaim/{case_id}").content.decode()
    assert "), because:" in english
    assert "Waiting period" in english or "waiting period" in english


def _told_as_a_tree(made: queries.DecisionRow, page: str) -> None:
    """The page tells the amount in words, every step once in full, and every question that is still open."""
    (root,) = queries.branches(made)
    assert root.step.name == made.targets[0] == "jkm_total"
    assert "), karena:" in page
    tree = page[page.index('class="tree"') :]
    assert all(escape(step.label) in tree for step in made.steps)
    assert made.open_questions
    assert all(escape(question["label"]) in page for question in made.open_questions)


def test_doubtful_deaths_wait_for_a_person(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get("/klaim/temuan").content.decode()
    doubtful = queries.hits_page(queries.HitFilter(("53.71",), "ragu"), Asked(size=0)).rows
    assert page.count("/klaim/temuan/") >= len(doubtful)
    for hit in doubtful[:1]:
        form = {"orang_sama": "tidak", "catatan": "lain orang"}
        assert signed_in("dinas").post(f"/klaim/temuan/{hit.id}", form).status_code == 302
        assert signed_in("gubernur").post(f"/klaim/temuan/{hit.id}", form).status_code == 403


def test_lines_forms_and_the_body_are_reached_from_the_page_of_an_accident(story: Story, signed_in: SignedIn) -> None:
    office, bpjs, address = signed_in("dinas"), signed_in("bpjs"), f"/klaim/{story.accident}"
    invoice = {"rumah_sakit": "RSUD Kupang", "nomor": "F-9", "tanggal": "2025-11-25", "jumlah": "2500000"}
    assert office.post(f"{address}/tambah/tagihan", invoice).status_code == 302
    (kept,) = queries.case(story.accident, on=TODAY).invoices
    line = {
        "tagihan": str(kept.id), "apa": "obat", "hari_rawat": "2025-11-21", "icd10": "S62.6", "nilai": "300000",
    }  # fmt: skip
    assert office.post(f"{address}/lanjut/rincian", line).status_code == 302
    wrong = office.post(f"{address}/lanjut/rincian", line | {"hari_rawat": "2025-11-01"})
    assert wrong.status_code == 422
    assert "di luar kasus" in wrong.content.decode()
    assert office.post(f"{address}/lanjut/apa-saja", {}).status_code == 404
    page = office.get(f"{address}?bagian=telunjuk_kiri").content.decode()
    assert page.count("?bagian=telunjuk_kiri#tubuh") == 2  # on the picture and in the list
    assert '<option value="telunjuk_kiri" selected>' in page
    assert "per baris" in page
    assert office.post(f"{address}/pegang").status_code == 302
    assert queries.case(story.accident, on=TODAY).owner == "Yuliana Bessie"
    assert office.post(f"{address}/formulir/formulir_3a").status_code == 302
    assert bpjs.post(f"{address}/jaminan", {"rumah_sakit_jaminan": "RS Wirasakti"}).status_code == 302
    assert office.post(f"{address}/jaminan", {"rumah_sakit_jaminan": "RS Wirasakti"}).status_code == 403


def test_a_family_objects_and_another_officer_answers(story: Story, signed_in: SignedIn) -> None:
    case_id = death(signed_in)
    told = {"tentang": "ahli_waris", "oleh": "adik almarhum", "isi": "istri sudah cerai"}
    assert signed_in("lurah.oebufu").post(f"/klaim/{case_id}/lanjut/sengketa", told).status_code in (302, 404)
    office = signed_in("dinas")
    if not queries.disputes_of(case_id):
        assert office.post(f"/klaim/{case_id}/lanjut/sengketa", told).status_code == 302
    assert "jawab keberatan" in office.get(f"/klaim/{case_id}").content.decode()
    answer = {"putusan_sengketa": "tidak", "jawaban_sengketa": "akta nikah sah"}
    assert office.post(f"/klaim/{case_id}/lanjut/jawab", answer).status_code == 403
    assert signed_in("penyetuju").post(f"/klaim/{case_id}/lanjut/jawab", answer).status_code == 302
    assert "akta nikah sah" in office.get(f"/klaim/{case_id}").content.decode()
    child = {"urutan": "1", "nik_anak": "5371040105120001", "nama_anak": "Anak Uji", "lahir_anak": "2012-05-01"}
    assert office.post(f"/klaim/{case_id}/lanjut/anak", child).status_code == 302
    (named,) = queries.case(case_id, on=TODAY).children
    year = {"anak": str(named.id), "tahun": "2025", "jenjang": "smp", "surat_sekolah": "SKS/7"}
    assert office.post(f"/klaim/{case_id}/lanjut/sekolah", year).status_code == 302
    assert "SKS/7" in office.get(f"/klaim/{case_id}").content.decode()


def test_cases_are_handed_over_on_a_page_and_found_among_mine(story: Story, signed_in: SignedIn) -> None:
    office, address = signed_in("dinas"), "/klaim/serahkan"
    assert office.post(f"/klaim/{story.accident}/pegang").status_code == 302
    assert f"{address}?kasus={story.accident}" in office.get(f"/klaim/{story.accident}").content.decode()
    page = office.get(f"{address}?kasus={story.accident}").content.decode()
    assert f'id="k-{story.accident}" checked' in page
    code = queries.case(story.accident, on=TODAY).code
    assert code in office.get(f"{address}?pemegang=dinas").content.decode()
    assert code not in office.get(f"{address}?pemegang=-").content.decode()
    given = {"pemegang": "dinas", "kasus": [str(story.accident)], "kepada": "bpjs", "catatan": ""}
    wrong = office.post(address, given)
    assert wrong.status_code == 422
    assert f'id="k-{story.accident}" checked' in wrong.content.decode()
    assert office.post(address, given | {"kasus": []}).status_code == 422
    assert office.post(address, given | {"kepada": "bendahara", "catatan": "saya cuti"}).status_code == 422
    assert "1 kasus diserahkan" in office.post(address, given | {"catatan": "saya cuti"}, follow=True).content.decode()
    assert code in signed_in("bpjs").get("/klaim/?pemegang=saya").content.decode()
    assert code not in office.get("/klaim/?pemegang=saya").content.decode()
    assert "menyerahkan kasus kepada petugas lain" in office.get(f"/klaim/{story.accident}").content.decode()


def test_a_death_after_the_accident_shows_what_changes_and_is_noted_at_the_second_step(
    story: Story, signed_in: SignedIn
) -> None:
    office, address = signed_in("dinas"), f"/klaim/{story.accident}/meninggal"
    assert address in office.get(f"/klaim/{story.accident}").content.decode()
    assert signed_in("lurah.oebufu").get(address).status_code == 403
    event = queries.case(story.accident, on=TODAY).event_on
    wrong = office.post(address, {"wafat": (event - timedelta(days=1)).isoformat()})
    assert wrong.status_code == 422
    assert "antara hari kecelakaan dan hari ini" in wrong.content.decode()
    day = (event + timedelta(days=3)).isoformat()
    shown = office.post(address, {"wafat": day}).content.decode()
    assert "Surat keterangan ahli waris" in shown
    assert queries.case(story.accident, on=TODAY).died_on is None
    changed = {"wafat": (event + timedelta(days=4)).isoformat(), "pasti": day}  # another day than was shown
    assert office.post(address, changed).status_code == 200
    assert office.post(address, {"wafat": day, "pasti": day}).status_code == 302
    assert queries.case(story.accident, on=TODAY).died_on == event + timedelta(days=3)
    assert "sudah mencatat kematian" in office.post(address, {"wafat": day}).content.decode()


def test_heirs_share_on_the_page_and_what_is_no_whole_comes_back_as_it_was_typed(
    story: Story, signed_in: SignedIn
) -> None:
    office, case_id = signed_in("dinas"), death(signed_in)
    son = {
        "nik_penerima": "5371045507950003", "nama_penerima": "Paulus Tunliu", "hubungan": "anak", "lahir": "1995-07-15",
        "dasar_penerima": "surat ahli waris",
    }  # fmt: skip
    assert office.post(f"/klaim/{case_id}/tambah/penerima", son).status_code == 302
    heirs = queries.case(case_id, on=TODAY).heirs
    adults = [one for one in heirs if one.born and one.born.year < 2000][:2]
    assert len(adults) == 2
    first, second = (f"bagian_{one.id}" for one in adults)
    address, paper = f"/klaim/{case_id}/lanjut/bagian", {"kesepakatan": "Surat 7/2026"}
    wrong = office.post(address, paper | {first: "1/3", second: "1/3"})
    assert wrong.status_code == 422
    assert "kini 2/3" in wrong.content.decode()
    assert 'value="1/3"' in wrong.content.decode()
    assert office.post(address, paper | {first: "2/3", second: "1/3"}).status_code == 302
    page = office.get(f"/klaim/{case_id}").content.decode()
    assert "2 dari 3 bagian" in page
    assert "Surat pembagian yang disepakati ahli waris" in page
