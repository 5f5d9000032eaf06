"""The desk of officers: proposed by one, confirmed by another, a first password by a link that works once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lopo.jobs.appointing import main
from lopo.staff import queries
from tests.cast import SINCE
from tests.web.conftest import SignedIn
from tests.web.story import Story


@pytest.fixture
def keeper(signed_in: SignedIn) -> Client:
    return signed_in("pengelola")


def propose(client: Client, **changes: str) -> str:
    given = {"nama": "Bernadus Tefa", "pengguna": "lurah.naioni", "peran": "kelurahan", "wilayah": "53.71.01.1005"}
    answer = client.post(reverse("petugas_baru"), given | changes)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_a_new_officer_is_proposed_confirmed_and_chooses_a_password(keeper: Client, signed_in: SignedIn) -> None:
    page = propose(keeper)
    assert "menunggu pengesahan" in keeper.get(page).content.decode()
    boss = signed_in("penyetuju")
    (deed,) = re.findall(r'action="(/petugas/\d+/\d+/sahkan)"', boss.get(page).content.decode())
    assert boss.post(deed).status_code == 302
    told = keeper.post(f"{page}/tautan", follow=True).content.decode()
    (way,) = re.findall(r"http://testserver(/kata-sandi/\d+/[^<]+)<", told)
    assert way not in keeper.get(page).content.decode()
    guest = Client()
    weak = guest.post(way, {"baru": "pendek", "ulang": "pendek"})
    assert weak.status_code == 422
    good = {"baru": "bulan-di-atas-oebufu", "ulang": "bulan-di-atas-oebufu"}
    assert guest.post(way, good).url == reverse("masuk")
    assert guest.post(way, good).status_code == 410
    entered = guest.post(reverse("masuk"), {"username": "lurah.naioni", "password": good["baru"]})
    assert entered.status_code == 302
    assert guest.get(reverse("daftar")).status_code == 200


def test_what_is_wrong_stands_above_the_form_with_what_was_typed(keeper: Client) -> None:
    answer = keeper.post(
        reverse("petugas_baru"),
        {"nama": "Bernadus Tefa", "pengguna": "lurah.naioni", "peran": "pembayar", "wilayah": "53.71"},
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "harus satu" in text
    assert "Bernadus Tefa" in text


def test_a_duty_taken_back_closes_the_desk_at_once(keeper: Client, signed_in: SignedIn) -> None:
    guest = signed_in("tamu")
    assert guest.get(reverse("daftar")).status_code == 200
    page = reverse("petugas_satu", args=[queries.officer("tamu").id])
    (deed,) = re.findall(r'action="(/petugas/\d+/\d+/cabut)"', keeper.get(page).content.decode())
    assert keeper.post(deed, {"alasan": "pindah tugas"}).status_code == 302
    assert guest.get(reverse("daftar")).status_code == 403


def test_the_own_password_is_changed_and_the_session_stays(signed_in: SignedIn) -> None:
    client, name = signed_in("dinas"), "kata_sandi"
    wrong = client.post(reverse(name), {"lama": "bukan ini", "baru": "angin-timur-2025", "ulang": "angin-timur-2025"})
    assert wrong.status_code == 422
    made = queries.officer("dinas")
    made.set_password("lopo-lama-2025")
    made.save()
    client.force_login(made)
    given = {"lama": "lopo-lama-2025", "baru": "angin-timur-2025", "ulang": "angin-timur-2025"}
    assert client.post(reverse(name), given).status_code == 302
    assert client.get(reverse("daftar")).status_code == 200
    assert queries.officer("dinas").check_password("angin-timur-2025")


def test_the_list_is_found_by_name_role_and_state_and_handed_out(keeper: Client) -> None:
    propose(keeper)
    waiting = keeper.get(reverse("petugas"), {"keadaan": "jabatan_diusulkan"}).content.decode()
    assert "Bernadus Tefa" in waiting
    assert "Yuliana Bessie" not in waiting
    assert "Yuliana Bessie" in keeper.get(reverse("petugas"), {"cari": "bessie"}).content.decode()


def test_the_machine_appoints_the_first_officer(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pengelola.kota", "Filomena Seran", "pengelola", "53.71"], on=SINCE) == 0
    way = re.findall(r"(/kata-sandi/\S+)", capsys.readouterr().out)[0]
    assert Client().get(way).status_code == 200
    assert main(["dinas", "Yuliana Bessie", "pengelola", "53.71"], on=SINCE) == 2
    assert "tidak boleh juga" in capsys.readouterr().err
