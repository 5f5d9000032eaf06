"""The desk for the doubtful: the queue, one row beside its persons, answered by one and checked by another."""

from __future__ import annotations

import pytest
from django.test import Client

from lopo.basics.page import Asked
from lopo.people.queries import residents_found
from lopo.staff import queries as staff
from lopo.staff.queries import diary_of
from lopo.targeting import queries as targeting
from lopo.targeting.queries.doubts import DoubtFilter, DoubtRow, doubts_page
from lopo.web.doubt_words import apart, levels_said, registers_said
from tests.web.conftest import SignedIn
from tests.web.story import Story


def rows(story: Story, reason: str = "") -> tuple[DoubtRow, ...]:
    return doubts_page(DoubtFilter(("53.71",), story.programme_id, reason=reason), Asked(size=0)).rows


@pytest.fixture
def unknown_decile(story: Story) -> int:
    """A row whose person is known and whose decile is not: one person is shown."""
    return next(one.row_id for one in rows(story, "desil_tidak_diketahui") if one.persons == 1)


def answered(client: Client, row: int, **more: str) -> str:
    given = {"jawaban": "sama", "orang": "1", "lihat": "ktp", "desil": "2", "alasan": "KTP dibawa", **more}
    return client.post(f"/ragu/{row}/jawab", given, follow=True).content.decode()


def test_the_queue_tells_how_far_it_is_and_where_to_begin(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get("/ragu/").content.decode()
    assert "Siapa orangnya?" in page
    assert f"<strong>{len(rows(story))}</strong> baris" in page
    assert 'data-key="enter"' in page
    assert "Tidak ada baris yang menunggu di sini" in signed_in("penyetuju").get("/ragu/").content.decode()
    narrowed = signed_in("dinas").get("/ragu/?alasan=desil_tidak_diketahui&umur=7").content.decode()
    assert f"<strong>{len(rows(story, 'desil_tidak_diketahui'))}</strong> baris" in narrowed


def test_a_row_in_doubt_is_accepted_by_two(story: Story, signed_in: SignedIn, unknown_decile: int) -> None:
    dinas, checker = signed_in("dinas"), signed_in("penyetuju")
    page = answered(dinas, unknown_decile)
    assert "petugas kedua akan memeriksa" in page
    assert "belum diperiksa" in page
    mine = dinas.get(f"/ragu/{unknown_decile}").content.decode()
    assert "Tarik jawaban saya" in mine
    assert "Setujui" not in mine
    number = mine.split('name="jawaban" value="')[1].split('"')[0]
    assert checker.get("/ragu/").content.decode().count("<tr>") == 2
    shown = checker.get(f"/ragu/{unknown_decile}").content.decode()
    assert "KTP dibawa" in shown
    done = checker.post(f"/ragu/{unknown_decile}/periksa", {"jawaban": number, "setuju": "ya"}, follow=True)
    assert "orang ini diterima" in done.content.decode()
    found = targeting.row_detail(unknown_decile, ("53.71",))
    assert found is not None
    assert (found.line.verdict, found.line.decile) == ("diterima", 2)
    assert [one.action for one in diary_of("targeting.row", str(unknown_decile))] == ["check_answer", "answer_doubt"]
    decree = signed_in("provinsi").get(f"/keputusan/{story.decree_id}").content.decode()
    assert "1 nama diterima setelah konsep dibuat" in decree
    settled = dinas.get(f"/ragu/{unknown_decile}").content.decode()
    assert "diterima" in settled
    assert "Buka lagi jawaban ini" in settled
    opened = {"jawaban": "buka", "alasan": "KTP milik saudaranya"}
    told = dinas.post(f"/ragu/{unknown_decile}/jawab", opened, follow=True).content.decode()
    assert "Permintaan membuka lagi disimpan" in told
    waiting = checker.get(f"/ragu/{unknown_decile}").content.decode()
    assert "dibuka lagi" in waiting
    assert "Setujui" in waiting
    assert "Buka lagi jawaban ini" not in waiting


def test_an_answer_is_taken_back_and_sent_back(story: Story, signed_in: SignedIn, unknown_decile: int) -> None:
    dinas, checker = signed_in("dinas"), signed_in("provinsi")
    answered(dinas, unknown_decile)
    number = dinas.get(f"/ragu/{unknown_decile}").content.decode().split('name="jawaban" value="')[1].split('"')[0]
    back = {"jawaban": number}
    assert "Jawaban ditarik" in dinas.post(f"/ragu/{unknown_decile}/tarik", back, follow=True).content.decode()
    answered(dinas, unknown_decile)
    number = dinas.get(f"/ragu/{unknown_decile}").content.decode().split('name="jawaban" value="')[1].split('"')[0]
    told = checker.post(
        f"/ragu/{unknown_decile}/periksa", {"jawaban": number, "setuju": "tidak", "catatan": "KTP buram"}, follow=True
    )
    assert "Dikembalikan" in told.content.decode()
    assert "KTP buram" in dinas.get(f"/ragu/{unknown_decile}").content.decode()


def test_what_lacks_is_told_where_it_was_tried(story: Story, signed_in: SignedIn, unknown_decile: int) -> None:
    dinas = signed_in("dinas")
    here = {"referer": f"http://testserver/ragu/{unknown_decile}"}
    for given, sentence in (
        ({"jawaban": "sama", "orang": "1", "lihat": "ktp"}, "Desil orang ini belum diketahui"),
        ({"jawaban": "sama", "lihat": "ktp"}, "tidak ada di antara calon"),
        ({"jawaban": "apa"}, "tidak dikenal"),
    ):
        page = dinas.post(f"/ragu/{unknown_decile}/jawab", given, headers=here, follow=True).content.decode()
        assert sentence in page
        assert "notice error" in page


def test_numbers_are_masked_until_a_reason_is_given(story: Story, signed_in: SignedIn, unknown_decile: int) -> None:
    detail = targeting.row_detail(unknown_decile, ("53.71",))
    assert detail is not None
    nik = detail.line.nik_matched
    dinas = signed_in("dinas")
    plain = dinas.get(f"/ragu/{unknown_decile}").content.decode()
    assert nik not in plain.replace("<mark>", "").replace("</mark>", "")
    assert nik[-4:] in plain
    shown = dinas.post(f"/ragu/{unknown_decile}", {"alasan": "mencocokkan KTP"}).content.decode()
    assert nik in shown.replace("<mark>", "").replace("</mark>", "")
    assert diary_of("targeting.row", str(unknown_decile))[0].action == "see_nik"
    assert signed_in("tamu").get(f"/ragu/{unknown_decile}").status_code == 403
    assert dinas.get("/ragu/999999999").status_code == 404


def test_somebody_else_is_searched_and_named(story: Story, signed_in: SignedIn, unknown_decile: int) -> None:
    dinas = signed_in("dinas")
    person = next(one for one in residents_found("maria", ("53.71",)) if one.nik)
    plain = dinas.get(f"/ragu/{unknown_decile}", {"siapa": "maria"}).content.decode()
    assert person.name in plain
    assert person.nik not in plain
    given = {"siapa": "maria", "ke": "1", "akhir": person.nik[-4:]}
    begun = dinas.post(f"/ragu/{unknown_decile}/calon", given)
    work = staff.work_latest(limit=1)[0]
    assert begun.url == f"/kerja/{work.id}"  # type: ignore[attr-defined]
    assert staff.work_order(work.id).arguments["row_id"] == unknown_decile
    assert dinas.post(f"/ragu/{unknown_decile}/calon", {**given, "akhir": "xxxx"}).status_code == 404
    assert signed_in("penyetuju").post(f"/ragu/{unknown_decile}/calon", given).status_code == 403
    assert "Tidak ada penduduk wilayah" in dinas.get(f"/ragu/{unknown_decile}?siapa=zzzzzz").content.decode()


def test_a_kelurahan_sees_its_own_rows_only(story: Story, signed_in: SignedIn) -> None:
    lurah = signed_in("lurah.oebufu")
    mine = doubts_page(DoubtFilter(("53.71.04.1009",), story.programme_id), Asked(size=0)).rows
    others = {one.row_id for one in rows(story)} - {one.row_id for one in mine}
    assert mine
    assert lurah.get(f"/ragu/{mine[0].row_id}").status_code == 200
    assert lurah.get(f"/ragu/{others.pop()}").status_code == 404
    answered(lurah, mine[0].row_id)
    assert "Petugas lain yang berwenang" not in lurah.get(f"/ragu/{mine[0].row_id}").content.decode()
    assert lurah.post(f"/ragu/{mine[0].row_id}/periksa", {"jawaban": "1"}).status_code == 403


def test_the_pages_cost_few_queries(
    story: Story, signed_in: SignedIn, unknown_decile: int, django_assert_max_num_queries
) -> None:
    client = signed_in("dinas")
    with django_assert_max_num_queries(12):
        client.get(f"/ragu/{unknown_decile}")
    with django_assert_max_num_queries(12):
        client.get("/ragu/")


def test_what_differs_is_marked_letter_by_letter() -> None:
    assert apart("Nelson Timo", "NELSON TIMU") == ("Nelson Tim<mark>o</mark>", "NELSON TIM<mark>U</mark>")
    left, right = apart("5371042202900001", "5371042202910001", hide=True)
    assert "<mark>•</mark>" in left
    assert "<mark>•</mark>" in right
    assert "0422" not in left
    assert apart("<b>", "") == ("&lt;b&gt;", "–"), "beside nothing nothing is marked"
    assert apart("<b>", "x")[0] == "<mark>&lt;b&gt;</mark>"
    said = dict(levels_said({"nik_level": "satu", "name_level": "sama", "same_kk": True}))
    assert set(said) == {"wait", "fine"}
    told = registers_said({"tgl_meninggal": "2025-05-01", "desil": None}, "penduduk", 3)
    assert told == [
        ("urgent", "meninggal 1 Mei 2025 menurut akta"), ("wait", "desil tidak diketahui; keluarganya desil 3"),
    ]  # fmt: skip
