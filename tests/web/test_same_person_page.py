"""Two numbers of one person on their pages: said by one, checked by another, told together, taken apart again."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.people.models import Person
from lopo.staff import queries as staff
from tests.web.conftest import SignedIn
from tests.web.story import Story

HERE = {"referer": "http://testserver/ragu/keluarga"}


@pytest.fixture
def second(story: Story) -> int:
    """A second number of the member of the story."""
    return Person.objects.create(
        nik="5371010101800777", name="Nama Kedua", sex="L", born=date(1980, 1, 1), no_kk="5371010101080777",
        area_code="53.71.04.1009",
    ).id  # fmt: skip


def test_numbers_are_merged_by_two_and_told_together(story: Story, signed_in: SignedIn, second: int) -> None:
    dinas, checker = signed_in("dinas"), signed_in("penyetuju")
    member = story.member
    told = dinas.post(
        f"/orang/{second}/sama", {"nik": member.nik, "dasar": "KTP lama dan baru", "jawaban": "sama"}, follow=True
    )
    assert "tidak ada yang berubah sebelum diperiksa" in told.content.decode()
    number = dinas.get("/ragu/keluarga").content.decode().split("/orang/pasangan/")[1].split("/")[0]
    own = dinas.post(f"/orang/pasangan/{number}/periksa", {"setuju": "ya"}, headers=HERE, follow=True)
    assert "tidak boleh memeriksa jawabannya sendiri" in own.content.decode()
    assert "Nama Kedua" in checker.get("/ragu/keluarga").content.decode()
    checker.post(f"/orang/pasangan/{number}/periksa", {"setuju": "ya"})
    together = dinas.get(f"/orang/{second}").content.decode()
    assert "Orang ini juga tercatat dengan nomor" in together
    assert member.kpj in together, "what hangs on the other number is told here too"
    assert "Nomor ini sudah digabung" in dinas.get(f"/orang/{member.person_id}").content.decode()
    assert staff.diary_of("people.person", str(second))[0].action == "merge_persons"
    apart = {"lain": str(member.person_id), "dasar": "Ternyata adiknya", "jawaban": "beda"}
    dinas.post(f"/orang/{second}/sama", apart)
    number = checker.get("/ragu/keluarga").content.decode().split("/orang/pasangan/")[1].split("/")[0]
    checker.post(f"/orang/pasangan/{number}/periksa", {"setuju": "ya"})
    assert "Orang ini juga tercatat" not in dinas.get(f"/orang/{second}").content.decode()
    assert "Ternyata adiknya" in dinas.get(f"/orang/{second}").content.decode()


def test_what_a_merge_means_is_told_before_the_second_yes(story: Story, signed_in: SignedIn) -> None:
    dinas, checker = signed_in("dinas"), signed_in("penyetuju")
    said = {"nik": story.neighbour.nik, "dasar": "KTP lama dan baru", "jawaban": "sama"}
    dinas.post(f"/orang/{story.member.person_id}/sama", said)
    waiting = checker.get("/ragu/keluarga").content.decode()
    assert "Nomor yang tetap" in waiting
    assert "minta BPJS menggabungkan" in waiting
    assert "6 bulan dari kedua nomor, Juli 2025 sampai Desember 2025" in waiting
    assert "Juli 2025, Agustus 2025" in waiting, "what both have paid"
    assert "Kedua nomor masih peserta" in waiting
    assert str(story.member.kpj) not in waiting
    number = waiting.split("/orang/pasangan/")[1].split("/")[0]
    page = checker.post(
        f"/orang/pasangan/{number}/periksa", {"setuju": "ya"}, headers=HERE, follow=True
    ).content.decode()
    assert "akhiri salah satunya lebih dahulu" in page
    assert not Person.objects.filter(same_as__isnull=False).exists()


def test_a_chain_shows_each_link_to_be_taken_apart(story: Story, signed_in: SignedIn, second: int) -> None:
    third = Person.objects.create(
        nik="5371010101800888", name="Nama Ketiga", sex="L", born=date(1980, 1, 1), no_kk="5371010101080888",
        area_code="53.71.04.1009",
    )  # fmt: skip
    dinas, checker = signed_in("dinas"), signed_in("penyetuju")

    def answer(page: int, given: dict[str, str]) -> None:
        dinas.post(f"/orang/{page}/sama", given | {"dasar": "KTP lama dan baru"})
        number = checker.get("/ragu/keluarga").content.decode().split("/orang/pasangan/")[1].split("/")[0]
        checker.post(f"/orang/pasangan/{number}/periksa", {"setuju": "ya"})

    answer(second, {"nik": third.nik, "jawaban": "sama"})
    answer(story.member.person_id, {"nik": "5371010101800777", "jawaban": "sama"})
    page = dinas.get(f"/orang/{story.member.person_id}").content.decode()
    assert page.count("Bukan orang ini: lepaskan") == 2
    assert f'action="/orang/{second}/sama"' in page, "the third number hangs on the second"
    answer(second, {"lain": str(third.id), "jawaban": "beda"})
    assert Person.objects.get(pk=third.id).same_as_id is None
    assert Person.objects.get(pk=second).same_as_id == story.member.person_id


def test_an_unknown_number_is_told_and_nothing_leaks(story: Story, signed_in: SignedIn, second: int) -> None:
    said = {"nik": "9999999999999999", "dasar": "KTP lama dan baru", "jawaban": "sama"}
    page = signed_in("dinas").post(f"/orang/{second}/sama", said, follow=True).content.decode()
    assert "tidak dikenal di wilayah Anda" in page
    lurah = signed_in("lurah.oebufu")
    other_area = {**said, "nik": story.neighbour.nik}
    assert (
        "tidak dikenal di wilayah Anda" in lurah.post(f"/orang/{second}/sama", other_area, follow=True).content.decode()
    )
    assert signed_in("tamu").post(f"/orang/{second}/sama", said).status_code == 403
    assert lurah.post("/orang/pasangan/1/periksa", {"setuju": "ya"}).status_code == 403


def test_the_list_of_families_has_its_empty_state(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get("/ragu/keluarga").content.decode()
    assert "Tidak ada jawaban tentang dua orang yang menunggu" in page
    assert ("Tidak ada keluarga yang bertentangan" in page) != ("menurut register per" in page)
