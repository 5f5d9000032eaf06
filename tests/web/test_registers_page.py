"""The desk of registers: what is in force, sending one in, what a new one changes, the family on a person's page."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from lopo.jobs import tasks
from lopo.people import queries as people
from lopo.people.models import Death, Resident, Snapshot
from lopo.staff import queries as staff
from lopo.targeting import queries as targeting
from lopo.targeting.actions import screening as recording
from lopo.targeting.models import Screening, Verdict
from lopo.web import family, registers
from lopo.web.changes import advice
from tests.web.conftest import SignedIn
from tests.web.story import Story

DEATHS = "no_akta,nik,nama,tgl_lahir,tgl_meninggal,kelurahan\n"
GIVEN = {"jenis": "kematian", "per": "2025-12-31", "asal": "Dukcapil Kota Kupang", "perjanjian": "400/7", "bagian": "x"}


def send(signed_in: SignedIn, content: str, **more: str) -> str:
    """Send a register in, let the queue read it, and give the page of the work."""
    dinas = signed_in("dinas")
    file = SimpleUploadedFile("akta.csv", content.encode())
    answer = dinas.post("/register/unggah", {**GIVEN, "berkas": file, **more})
    assert answer.status_code == 302
    work_id = answer.url.rsplit("/", 1)[-1]
    tasks.register_task(work_id)
    return dinas.get(answer.url).content.decode()


def test_what_is_in_force_is_shown_with_its_age(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get("/register/").content.decode()
    assert page.count("mintalah yang baru") == 6
    assert "Akta kematian (2025-2)" in page
    assert "210 baris, keadaan per" in page
    assert "Unggah register" in page
    assert "daftar belum diperiksa ulang dengannya" in page
    assert "Periksa ulang semua calon" in page
    guest = signed_in("tamu").get("/register/").content.decode()
    assert "Unggah register" not in guest
    assert "Periksa ulang" not in guest
    assert "register baru, daftar belum diperiksa ulang" in signed_in("dinas").get("/").content.decode()


def test_the_desk_costs_few_queries(
    story: Story, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dinas = signed_in("dinas")
    with django_assert_max_num_queries(7):
        dinas.get("/register/")
    with django_assert_max_num_queries(8):
        dinas.get(f"/register/{people.snapshots()[0].id}")


def test_an_empty_desk_says_what_to_do(story: Story, signed_in: SignedIn) -> None:
    Snapshot.objects.update(current=False)
    page = signed_in("dinas").get("/register/").content.decode()
    assert "Belum ada register" in page
    assert "Belum dimuat, sehingga daftar belum dapat diperiksa" in page
    assert signed_in("dinas").get("/register/999999").status_code == 404


def test_a_register_comes_in_and_is_told_with_its_oddities(story: Story, signed_in: SignedIn) -> None:
    row = "KM-{0},{1},Nama {0},1980-01-01,2025-12-02,Oebufu\n"
    page = send(signed_in, DEATHS + row.format(1, "5371040101800001") + row.format(2, "5371040101800001"))
    assert "selesai" in page
    assert "Lihat hasilnya" in page
    made = Snapshot.objects.latest("id")
    told = signed_in("dinas").get(f"/register/{made.id}").content.decode()
    assert "NIK dengan dua nama atau lebih" in told
    assert "400/7" in told
    assert "Dukcapil Kota Kupang, akta.csv" in told
    assert "Belum ada pemeriksaan dengan register ini" in told
    assert [row.action for row in staff.diary_latest(limit=3)] == [
        "forget_register_file", "load_register", "keep_register_file",
    ]  # fmt: skip


def test_a_refused_register_says_row_and_cell(story: Story, signed_in: SignedIn) -> None:
    before = Death.objects.count()
    page = send(signed_in, DEATHS + "KM-1,,Nama,1980-01-01,kemarin,Oebufu\n")
    assert "baris 2: kolom tgl_meninggal berisi" in page
    assert "(sel E2)" in page
    assert Death.objects.count() == before


def test_what_is_missing_in_the_form_is_said(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("dinas").post("/register/unggah", {**GIVEN, "per": "2030-01-01", "asal": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hari ini belum tiba." in page
    assert 'value="400/7"' in page
    assert signed_in("lurah.oebufu").get("/register/unggah").status_code == 403


@pytest.fixture
def screened_again(story: Story) -> int:
    """A second screening in which the member of the story is dead by the register, and all else is the same."""
    old = Screening.objects.get(programme_id=story.programme_id, current=True)
    rows = [
        recording.ScreenedRow(
            row.row_id, *(("ditolak", ("meninggal",)) if row.person_id == story.member.person_id
                          and row.verdict == "diterima" else (row.verdict, tuple(row.reasons))),
            row.nik_matched, row.same_as_id, row.area_code, row.decile,
        )
        for row in Verdict.objects.filter(screening=old)
    ]  # fmt: skip
    used = tuple(one.id for one in people.snapshots(only_current=True))
    run = recording.ScreeningRun(story.programme_id, old.law_hash, used, rows, old.criteria)
    return recording.record_screening(by=staff.officer("dinas"), on=date(2026, 1, 15), run=run).screening_id


def test_before_a_second_screening_there_is_nothing_to_compare(story: Story, signed_in: SignedIn) -> None:
    assert "Belum ada yang dapat dibandingkan" in signed_in("dinas").get("/daftar/perubahan").content.decode()
    assert signed_in("dinas").get("/daftar/perubahan/999999").status_code == 404


def test_what_changed_is_told_with_the_register_and_what_to_do(
    story: Story, signed_in: SignedIn, screened_again: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dinas = signed_in("dinas")
    with django_assert_max_num_queries(14):
        page = dinas.get("/daftar/perubahan").content.decode()
    assert "diterima → <strong>ditolak</strong>" in page
    assert "Akta kematian (2025-2) per" in page
    assert "Nama dalam keputusan yang tidak lagi diterima" in page
    assert story.member.name in page
    assert "Keluarganya mungkin berhak atas santunan" in page
    assert 'href="/klaim/temuan"' in page
    assert "hari pendaftaran program" in page
    assert story.member.name in dinas.get(f"/daftar/perubahan/{screened_again}").content.decode()
    narrowed = dinas.get("/daftar/perubahan?arah=diterima-ditolak&register=kematian").content.decode()
    assert "hapus saringan ini" in narrowed
    assert narrowed.count('data-label="Dulu"') == 1
    assert "daftar belum diperiksa ulang" not in dinas.get("/register/").content.decode()
    guest = signed_in("tamu").get("/daftar/perubahan").content.decode()
    assert story.member.name not in guest
    file = dinas.post("/daftar/perubahan", {"ekspor": "csv", "alasan": "rapat hari Senin"})
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "Akta kematian" in file.content.decode()


def test_a_reason_names_the_register_it_rests_on(story: Story, signed_in: SignedIn, screened_again: int) -> None:
    row = Verdict.objects.get(screening_id=screened_again, person_id=story.member.person_id, verdict="ditolak").row_id
    page = signed_in("dinas").get(f"/daftar/baris/{row}").content.decode()
    assert "Akta kematian per" in page
    assert "Akta kematian (2025-2) per" in page
    assert "Pindah per" not in page
    register = next(one.id for one in people.snapshots() if one.part == "2025-2")
    assert f'href="/register/{register}"' in page
    used = targeting.screening_in_force(story.programme_id)
    assert used is not None
    assert f'href="/daftar/perubahan/{used.id}"' in signed_in("dinas").get(f"/register/{register}").content.decode()


def test_each_reason_has_its_advice() -> None:
    def said(*codes: str, in_cover: bool = True) -> tuple[str, str]:
        one = type("Name", (), {"person_id": 1, "decree_id": 2, "row_id": 3})()
        told = advice(list(codes), one, in_cover=in_cover)
        return told.href, told.tone

    assert said("meninggal") == ("/klaim/temuan", "urgent")
    assert said("meninggal", in_cover=False) == ("/keputusan/2", "wait")
    assert said("sudah_aktif_bpu") == ("/orang/1", "plain")
    assert said("sudah_aktif_bpu", in_cover=False) == ("/daftar/baris/3", "wait")
    assert said("pindah") == ("/orang/1", "urgent")
    assert said("asn_tni_polri") == ("/orang/1", "urgent")
    assert said("di_luar_desil") == ("/daftar/baris/3", "wait")


def test_the_family_of_a_person_stands_on_the_page(story: Story, signed_in: SignedIn) -> None:
    head = Resident.objects.get(nik=story.member.nik, snapshot__current=True)
    Resident.objects.filter(no_kk=head.no_kk).exclude(pk=head.pk).delete()
    Resident.objects.filter(pk=head.pk).update(relation="KEPALA KELUARGA")
    others = (
        ("Anak Kecil", date(2012, 5, 1), "ANAK", head.area_code),
        ("Anak Besar", date(1995, 5, 1), "ANAK", head.area_code),
        ("Cucu Sendiri", date(2020, 5, 1), "CUCU", head.area_code),
        ("Jauh Sekali", date(1960, 1, 1), "MERTUA", "53.03.01"),
        ("Tua Mustahil", date(1850, 1, 1), "ANAK", head.area_code),
    )
    for number, (name, born, relation, area) in enumerate(others):
        Resident.objects.create(
            snapshot_id=head.snapshot_id, nik=f"53710401018000{number}1", name=name, no_kk=head.no_kk, sex="P",
            born=born, relation=relation, area_code=area,
        )  # fmt: skip
    page = signed_in("dinas").get(f"/orang/{story.member.person_id}").content.decode()
    assert page.count("usia beasiswa") == 1
    assert page.index("Anak Kecil") < page.index("usia beasiswa") < page.index("Cucu Sendiri")
    assert "Jauh Sekali" not in page
    assert "anak bertanda dapat menerima beasiswa" in page
    Resident.objects.filter(no_kk=head.no_kk).delete()
    empty = signed_in("dinas").get(f"/orang/{story.member.person_id}").content.decode()
    assert "tidak ada di register penduduk yang berlaku" in empty


def test_the_law_says_how_old_a_scholar_may_be() -> None:
    assert family._young_enough(date(2004, 1, 2), date(2027, 1, 1))
    assert not family._young_enough(date(2004, 1, 1), date(2027, 1, 1))
    assert not family._young_enough(date(2028, 1, 1), date(2027, 1, 1))


def test_every_page_is_in_english_too(story: Story, signed_in: SignedIn, screened_again: int) -> None:
    client = signed_in("dinas")
    client.cookies["django_language"] = "en"
    assert "In force" in client.get("/register/").content.decode()
    assert "Columns that are needed" in client.get("/register/unggah").content.decode()
    assert "What changed" in client.get("/daftar/perubahan").content.decode()
    assert "On another decree" in client.get("/register/sk-lain").content.decode()
    assert set(registers.OLD_AFTER_DAYS) == set(Snapshot.Kind.values)


def test_one_kelurahan_is_chosen_for_a_village_register_alone(story: Story, signed_in: SignedIn) -> None:
    dinas = signed_in("dinas")
    file = SimpleUploadedFile("akta.csv", DEATHS.encode())
    refused = dinas.post("/register/unggah", {**GIVEN, "berkas": file, "wilayah": "53.71.04.1009"})
    assert refused.status_code == 422
    assert "Hanya register penduduk" in refused.content.decode()
    rows = "nama,no_kk,nik,sex,tanggallahir,kk_level,status_dasar\nANA TOTE,5371040101010001,0,2,1990-04-29,1,1\n"
    told = {"jenis": "penduduk", "wilayah": "53.71.04.1009", "bagian": ""}
    assert "selesai" in send(signed_in, rows, **told)
    made = Snapshot.objects.latest("id")
    assert (made.territory, made.rows) == ("53.71.04.1009", 1)
    wide = Snapshot.objects.get(kind="penduduk", territory="", current=True)
    assert "register yang lebih baru" in dinas.get(f"/register/{wide.id}").content.decode()
    assert Resident.objects.filter(snapshot=wide, area_code="53.71.04.1009").count() == 0
