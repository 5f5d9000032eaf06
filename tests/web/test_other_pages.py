"""Members, handovers, files to BPJS, payments, long work, the diary, the law, and what a refusal looks like."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lopo.basics.page import Asked
from lopo.coverage import queries as coverage
from lopo.payments import queries as payments
from lopo.staff import actions, queries
from lopo.web import cells, works
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story


def test_members_show_cover_and_only_ones_own_area(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get("/peserta/?perlindungan=penuh").content.decode()
    assert "Bulan demi bulan" in page
    assert "badge fine" in page
    lurah = signed_in("lurah.oebufu").get("/peserta/?cari=" + story.neighbour.kpj).content.decode()
    assert "<strong>0</strong> baris" in lurah


def test_receipts_are_written_down_at_an_event(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    event = {"nama": "Posyandu Oebufu", "tempat": "Balai RW 3", "tanggal": "2026-01-15"}
    address = office.post("/peserta/penyerahan", event).url  # type: ignore[attr-defined]
    wanted = coverage.UndeliveredFilter((OEBUFU,), story.programme_id, "kartu")
    one = coverage.undelivered_page(wanted, Asked(size=0, sort="name"), on=TODAY).rows[0]
    ticked = {"kartu": str(one.membership_id), f"nama-{one.membership_id}": one.name, "bukti": "cap_jempol"}
    assert "1 tanda terima dicatat" in office.post(address, ticked, follow=True).content.decode()
    received = coverage.receipts_of_person(one.person_id)
    assert [(row.item, row.attested, row.recorded_by) for row in received] == [
        ("kartu", "cap_jempol", "Yuliana Bessie")
    ]
    assert signed_in("tamu").post(address, ticked).status_code == 403
    tomorrow = office.post("/peserta/penyerahan", {**event, "tanggal": "2026-01-16"})
    assert tomorrow.status_code == 422
    assert "Posyandu Oebufu" in tomorrow.content.decode()


def test_files_of_bpjs_are_for_those_who_may_see_a_nik(story: Story, signed_in: SignedIn) -> None:
    sent = next(row for row in coverage.exchanges(story.programme_id) if row.direction == "kirim")
    answer = signed_in("provinsi").get(f"/peserta/bpjs/{sent.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert signed_in("tamu").get(f"/peserta/bpjs/{sent.id}").status_code == 403
    wrong = SimpleUploadedFile("jawab.csv", b"bukan jawaban")
    refused = signed_in("bpjs").post("/peserta/bpjs", {"berkas": wrong})
    assert refused.status_code == 422
    assert "Ada yang perlu dibetulkan" in refused.content.decode()


def test_orders_and_files_are_made_by_one_and_approved_by_another(story: Story, signed_in: SignedIn) -> None:
    bpjs = signed_in("bpjs")
    page = bpjs.post("/pembayaran/perintah", follow=True).content.decode()
    assert "perintah bayar dibuat" in page
    assert signed_in("penyetuju").post("/pembayaran/perintah").status_code == 403
    empty = bpjs.post("/pembayaran/berkas", headers={"referer": "http://testserver/pembayaran/"}, follow=True)
    assert "notice error" in empty.content.decode()
    assert payments.file_states() == {}
    form = {"jenis": "rumah_sakit", "nama": "RSUD Kupang", "nik": "", "nomor": "0130000001"}
    assert bpjs.post("/pembayaran/", form).status_code == 302
    assert signed_in("dinas").post("/pembayaran/", form).status_code in (403, 422)


def test_work_is_followed_until_it_is_over(story: Story, signed_in: SignedIn) -> None:
    office = queries.officer("dinas")
    work = actions.begin_work(by=office, kind="screen_programme", title="Memeriksa", arguments={"on": "2026-01-15"})
    client, address = signed_in("dinas"), f"/kerja/{work}"
    assert "hx-get" in client.get(address).content.decode()
    actions.start_work(work)
    actions.move_work(work, done=5, total=20, step="membaca register")
    part = client.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, "5 dari 20" in part.content.decode()) == (200, True)
    actions.finish_work(work, result={"rows": 11703, "diterima": 6798})
    over = client.get(address, headers={"HX-Request": "true"})
    assert over.status_code == 286
    assert "11.703" in over.content.decode()
    assert "/daftar/baris" in over.content.decode()
    assert client.get(f"/kerja/{uuid.uuid4()}").status_code == 404


def test_time_left_is_said_only_when_something_is_known() -> None:
    start = datetime(2026, 1, 15, tzinfo=UTC)
    row = queries.WorkRow(uuid.uuid4(), "x", "x", "", 10, 40, "berjalan", "", None, start, start)
    assert works.left_text(row, start + timedelta(seconds=60)) == "kira-kira 3 menit lagi"
    early = queries.WorkRow(uuid.uuid4(), "x", "x", "", 0, 40, "menunggu", "", None, start, None)
    assert works.left_text(early, start) == ""


def test_a_paper_opens_in_the_browser_under_its_own_name(story: Story, signed_in: SignedIn) -> None:
    paper = actions.Paper("surat", "targeting.decree", story.decree_id, 'a "b".pdf', "application/pdf", b"%PDF-1.7")
    kept = actions.keep_paper(by=queries.officer("dinas"), on=TODAY, paper=paper)
    answer = signed_in("dinas").get(f"/dokumen/{kept}")
    assert answer.headers["Content-Disposition"] == 'inline; filename="a__b_.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert signed_in("lurah.oebufu").get(f"/dokumen/{kept}").status_code == 404, "the decree of the whole city"


def test_a_paper_about_nothing_that_is_known_is_not_there(story: Story, signed_in: SignedIn) -> None:
    paper = actions.Paper("surat", "lain.benda", 1, "a.pdf", "application/pdf", b"%PDF-1.7")
    kept = actions.keep_paper(by=queries.officer("dinas"), on=TODAY, paper=paper)
    assert signed_in("dinas").get(f"/dokumen/{kept}").status_code == 404
    assert signed_in("dinas").get(f"/dokumen/{uuid.uuid4()}").status_code == 404


def test_the_diary_can_be_searched(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("gubernur").get("/catatan/?cari=menetapkan keputusan").content.decode()
    assert "Theresia Manek" in page
    assert "<strong>2</strong> baris" in page, "the decree of the province, and that of the city"


def test_the_law_of_another_day_is_another_law(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("tamu")
    assert "Beasiswa sekali untuk setiap peserta" in office.get("/hukum/?hari=2018-01-01").content.decode()
    assert "Beasiswa sekali untuk setiap peserta" not in office.get("/hukum/").content.decode()
    assert "Pilih tanggal sesudahnya" in office.get("/hukum/?hari=1990-01-01").content.decode()
    assert office.get("/hukum/?hari=besok").status_code == 200


@pytest.mark.parametrize("address", ["/daftar/?hal=99999", "/orang/?cari=%00%27%3B--", "/peserta/?urut=-name&hal=0"])
def test_strange_addresses_get_a_page_and_no_error(story: Story, signed_in: SignedIn, address: str) -> None:
    assert signed_in("provinsi").get(address).status_code in (200, 422)


def test_personal_pages_are_never_kept_by_a_browser(story: Story, signed_in: SignedIn) -> None:
    assert "no-store" in signed_in("dinas").get(f"/orang/{story.member.person_id}").headers["Cache-Control"]


def test_a_form_without_its_token_is_told_in_words(story: Story) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/masuk", {"username": "dinas", "password": "x"})
    assert answer.status_code == 403
    assert "terlalu lama terbuka" in answer.content.decode()


def test_masks_show_the_ends_only() -> None:
    assert cells.masked("5371041009900017") == "5371••••••••0017"
    assert cells.masked("1234") == "••••"
    assert cells.name_masked("Maria Tukan") == "M••• T•••"
