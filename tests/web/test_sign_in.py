"""The door: who gets in, what a wrong password says, when it locks, and the language."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.story import PASSWORD, Story

WRONG = "Nama pengguna atau kata sandi tidak cocok"


def enter(client: Client, username: str, password: str, **more: str) -> object:
    return client.post("/masuk", {"username": username, "password": password, **more})


def test_the_right_password_leads_home_or_where_one_wanted_to_go(story: Story) -> None:
    assert enter(Client(), "dinas", PASSWORD).url == "/"  # type: ignore[attr-defined]
    assert enter(Client(), "dinas", PASSWORD, next="/daftar/").url == "/daftar/"  # type: ignore[attr-defined]
    assert enter(Client(), "dinas", PASSWORD, next="https://elsewhere.test/").url == "/"  # type: ignore[attr-defined]


def test_a_wrong_password_says_so_keeps_the_name_and_not_the_password(story: Story) -> None:
    answer = Client().post("/masuk", {"username": "dinas", "password": "salah-sekali"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WRONG in page
    assert 'value="dinas"' in page
    assert "salah-sekali" not in page


def test_an_unknown_name_is_told_the_same(story: Story) -> None:
    assert WRONG in Client().post("/masuk", {"username": "siapa", "password": "x"}).content.decode()


def test_guessing_locks_the_door_even_for_the_right_password(story: Story, settings: pytest.FixtureRequest) -> None:
    settings.AXES_FAILURE_LIMIT = 3  # type: ignore[attr-defined]
    client = Client()
    for _ in range(3):
        last = client.post("/masuk", {"username": "dinas", "password": "salah"})
    assert last.status_code == 429
    assert "Terlalu banyak percobaan" in last.content.decode()
    assert client.post("/masuk", {"username": "dinas", "password": PASSWORD}).status_code == 429


def test_pages_are_indonesian_whatever_the_browser_prefers_until_english_is_chosen(story: Story) -> None:
    client = Client(headers={"accept-language": "en"})
    assert "Masuk ke Lopo" in client.get("/masuk").content.decode()
    client.post("/bahasa", {"language": "en"})
    assert "Sign in to Lopo" in client.get("/masuk").content.decode()
    client.post("/bahasa", {"language": "xx"})
    assert "Sign in to Lopo" in client.get("/masuk").content.decode()


def test_signing_out_is_a_deed_not_a_link(story: Story) -> None:
    client = Client()
    enter(client, "dinas", PASSWORD)
    assert client.get("/keluar").status_code == 405
    assert client.post("/keluar").url == "/masuk"  # type: ignore[attr-defined]
    assert client.get("/").status_code == 302


def test_the_policy_allows_only_our_own_files(story: Story) -> None:
    policy = Client().get("/masuk").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
