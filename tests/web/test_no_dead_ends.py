"""No page offers a way that ends in a refusal: every link is followed, one of each kind, as those who may least."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urljoin

import pytest
from django.test import Client

from tests.web.conftest import SignedIn

LINK = re.compile(r'<a [^>]*?href="([^"#]+)')
NUMBER = re.compile(r"/(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})")
ELSEWHERE = ("/static/", "/keluar", "/hukum/")
"""Not pages, or (the law) pages of their own tests, which are open to everybody."""


def dead_ends(client: Client) -> tuple[int, list[tuple[str, int, str]]]:
    """Follow the links from the first page; give how many pages were seen, and what failed: address, status, where."""
    seen: set[str] = set()
    waiting = deque([("/", "")])
    failed = []
    while waiting:
        address, page = waiting.popleft()
        kind = NUMBER.sub("/N", address.partition("?")[0])
        if kind in seen or not address.startswith("/") or address.startswith(ELSEWHERE):
            continue
        seen.add(kind)
        answer = client.get(address)
        if answer.status_code != 200:
            failed.append((address, answer.status_code, page))
        elif answer.headers["Content-Type"].startswith("text/html"):
            text = answer.content.decode().replace("&amp;", "&")
            waiting.extend((urljoin(address, link), address) for link in LINK.findall(text))
    return len(seen), failed


def test_who_may_take_no_file_is_offered_none(signed_in: SignedIn) -> None:
    guest, boss = signed_in("tamu"), signed_in("gubernur")
    for page in ("/peserta/", "/iuran/", "/daftar/baris"):
        assert 'name="ekspor"' in boss.get(page).content.decode(), page
        assert 'name="ekspor"' not in guest.get(page).content.decode(), page


@pytest.mark.parametrize("username", ["tamu", "lurah.oebufu"])
def test_every_link_of_those_who_may_least_leads_somewhere(username: str, signed_in: SignedIn) -> None:
    pages, failed = dead_ends(signed_in(username))
    assert failed == []
    assert pages > 30, "the walk went beyond the first page"
