"""The desk of programmes: drafted, approved by another, given basis and budget; and which programme a page shows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lopo.financing.queries.closing import if_closed
from lopo.targeting.criteria import Criteria, read_criteria
from lopo.targeting.queries import programmes
from lopo.web.frame import DESKS
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story

PARISH = {
    "kode": "gmit-2026", "nama": "Papalele GMIT 2026", "wilayah": "53.71", "mulai": "2026-01", "sampai": "2026-06",
    "pendaftaran": "2025-12-01", "tempat": "20", "upah": "1000000", "bukan_pu": "on", "desil": "", "umur_mulai": "20",
    "umur_batas": "60", "kelamin": "P", "pekerjaan": ["5211", "5212"],
}  # fmt: skip


def made(signed_in: SignedIn) -> int:
    answer = signed_in("dinas").post(reverse("program_baru"), PARISH)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.rsplit("/", 1)[1])


def test_a_programme_from_draft_to_its_end(signed_in: SignedIn, story: Story) -> None:
    programme_id = made(signed_in)
    page = reverse("program_isi", args=[programme_id])
    dinas, other, treasurer = signed_in("dinas"), signed_in("penyetuju"), signed_in("bendahara")
    drawn = dinas.get(page).content.decode()
    for words in ("Hanya perempuan", "Umur sejak 20 tahun, belum 60 tahun", "Dasar hukum belum ada", "konsep"):
        assert words in drawn
    assert "Alamat di wilayah program" not in drawn
    assert reverse("program_setujui", args=[programme_id]) not in drawn
    assert other.post(reverse("program_setujui", args=[programme_id])).status_code == 302
    basis = {"apa": "dasar", "peraturan": "SK Majelis Sinode 3/2025", "tanggal": "2025-11-01", "sampai_tanggal": ""}
    wrong = SimpleUploadedFile("sk.exe", b"MZ\x90\x00", "application/pdf")
    assert dinas.post(page, basis | {"berkas": wrong}).status_code == 422
    paper = SimpleUploadedFile("sk.pdf", b"%PDF-1.4 sk", "application/pdf")
    assert dinas.post(page, basis | {"berkas": paper}).status_code == 302
    payer = {"kode": "gmit", "nama": "GMIT Kota Kupang", "singkatan": "G", "jenis": "gereja"}
    assert treasurer.post(reverse("pembayar"), payer).status_code == 302
    line = {"apa": "anggaran", "pembayar": "gmit", "tahun": "2026", "mata_anggaran": "Diakonia",
            "dasar_hukum": "SK 3/2025", "jumlah": "2016000"}  # fmt: skip
    assert treasurer.post(page, line).status_code == 302
    drawn = dinas.get(page).content.decode()
    assert "SK Majelis Sinode 3/2025" in drawn
    assert "sk.pdf" in drawn
    assert "GMIT Kota Kupang 2026" in drawn
    assert "Dasar hukum belum ada" not in drawn
    end = reverse("program_tutup", args=[programme_id])
    assert dinas.post(end, {"apa": "usul", "alasan": " "}).status_code == 422
    assert dinas.post(end, {"apa": "usul", "alasan": "Jemaat memilih lain"}).status_code == 302
    assert end in dinas.get(page).content.decode()
    assert 'value="setuju"' not in dinas.get(end).content.decode()
    assert 'value="setuju"' in other.get(end).content.decode()
    assert other.post(end, {"apa": "setuju"}).status_code == 302
    assert "Jemaat memilih lain" in dinas.get(page).content.decode()
    assert dinas.get(end).status_code == 302


def test_what_closing_means_is_said_before(signed_in: SignedIn, story: Story) -> None:
    drawn = signed_in("dinas").get(reverse("program_tutup", args=[story.programme_id])).content.decode()
    told = if_closed(story.programme_id, on=TODAY, areas=("53",))
    assert told.people > 0
    assert f'<span class="value">{told.people}</span>' in drawn
    assert all(one.ending.lost_from for one in told.endings)


def test_a_change_keeps_what_was_answered(signed_in: SignedIn) -> None:
    programme_id = made(signed_in)
    dinas = signed_in("dinas")
    way = reverse("program_ubah", args=[programme_id])
    drawn = dinas.get(way).content.decode()
    assert 'value="2026-01"' in drawn
    assert dinas.post(way, PARISH | {"umur_batas": "20"}).status_code == 422
    assert dinas.post(way, PARISH | {"umur_batas": "", "kelamin": ""}).status_code == 302
    row = next(one for one in programmes() if one.id == programme_id)
    assert read_criteria(row.criteria) == Criteria(
        residents_only=False, no_officials=False, from_age=20, works=("5211", "5212")
    )


def test_the_programme_is_chosen_kept_and_meant_by_the_form(signed_in: SignedIn, story: Story) -> None:
    dinas = signed_in("dinas")
    before = dinas.get(reverse("daftar")).content.decode()
    assert "gmit-2026" not in before
    made(signed_in)
    first = next(one for one in programmes() if one.id == story.programme_id)
    home = dinas.get("/").content.decode()
    assert first.name in home
    assert "Papalele GMIT 2026" in home
    assert "Semua program Anda" in home
    lists = reverse("daftar")
    assert "chooser" in dinas.get(lists).content.decode()
    chosen = dinas.get(f"{lists}?program=gmit-2026").content.decode()
    assert '<p class="over">Papalele GMIT 2026</p>' in chosen
    assert '<p class="over">Papalele GMIT 2026</p>' in dinas.get(reverse("keputusan")).content.decode()
    assert 'name="program" value="gmit-2026"' in dinas.get(reverse("daftar_unggah")).content.decode()
    assert signed_in("dinas").get(f"{lists}?program=tidak-ada").status_code == 404
    assert f'<p class="over">{first.name}</p>' in dinas.get(f"{lists}?program={first.code}").content.decode()


@pytest.mark.parametrize("username", ["lurah.oebufu", "tamu"])
def test_who_may_not_draft_finds_no_way_to_it(username: str, signed_in: SignedIn) -> None:
    client = signed_in(username)
    assert client.get(reverse("program_baru")).status_code == 403
    seen = client.get(reverse("program")).status_code
    assert seen == (403 if username == "lurah.oebufu" else 200)
    assert any(desk.page == "program" for desk in DESKS)


def test_the_table_leaves_as_a_file_with_each_thing_in_its_column(signed_in: SignedIn, story: Story) -> None:
    asked = {"ekspor": "csv", "alasan": "rapat dengan pembayar"}
    told = signed_in("dinas").post(reverse("program"), asked).content.decode()
    head, *lines = told.lstrip("\ufeff").splitlines()
    assert head.startswith("Program")
    assert "Ditagih" in head
    first = next(one for one in programmes() if one.id == story.programme_id)
    line = next(one for one in lines if one.startswith(first.name))
    assert first.legal_basis in line


def test_home_says_who_pays_and_shows_the_programme_of_the_month(signed_in: SignedIn, story: Story) -> None:
    first = next(one for one in programmes() if one.id == story.programme_id)
    made(signed_in)
    home = signed_in("dinas").get("/").content.decode()
    assert "Iurannya dibayar" in home
    assert first.name in home.split("<h1>")[1].split("</h1>")[0]
