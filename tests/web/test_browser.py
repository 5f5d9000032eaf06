"""The pages in a real browser: three widths, keyboard, no error in the console, axe without violations, strict CSP."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django_htmx
import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql

from lopo import settings
from tests.web.story import PASSWORD, ROOT, TODAY

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WIDTHS = (360, 768, 1440)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no chromium here: apt-get install -y chromium"),
]


@dataclass(frozen=True)
class Site:
    """A running site with the story in it."""

    url: str
    ids: dict[str, int]

    def paths(self) -> dict[str, str]:
        return {
            "home": "/",
            "lists": "/daftar/",
            "list": f"/daftar/{self.ids['list']}",
            "rows": "/daftar/baris?hasil=perlu_cek",
            "doubts": "/ragu/",
            "doubt": f"/ragu/{self.ids['doubt']}",
            "families": "/ragu/keluarga",
            "persons": "/orang/",
            "person": f"/orang/{self.ids['person']}",
            "decree": f"/keputusan/{self.ids['decree']}",
            "members": "/peserta/",
            "bills": "/iuran/",
            "arrears": "/iuran/tunggakan?hari=2025-10-31",
            "calendar": "/iuran/kalender?dari=2025-07&bayar=2025-09-20&sampai=2025-09",
            "report": "/laporan/",
            "compared": "/laporan/bpjs?jenis=sesudah_berkas",
            "cases": "/klaim/",
            "case": f"/klaim/{self.ids['case']}",
            "deaths": "/klaim/temuan",
            "payments": "/pembayaran/",
            "law": "/hukum/",
            "law rule": "/hukum/jkm_total",
            "law changes": "/hukum/perubahan",
            "law sum": "/hukum/hitung/jkm?hari=2025-09-03&nomor_terbit=ya&bulan_kepesertaan=2&bulan_menunggak=0"
            "&tunggakan_lunas=ya&kecelakaan_kerja=tidak&hitung=1",
            "nothing": "/tidak-ada",
        }


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def own_database() -> Iterator[str]:
    """An empty database beside ours, dropped at the end."""
    name = f"lopo_browser_{os.getpid()}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    head, _, tail = settings.DATABASE_URL.rpartition("/lopo")
    try:
        yield f"{head}/{name}{tail}"
    finally:
        with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """A real web server on a free port of this machine."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "lopo.web.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--threads", "4", "--log-level", "warning"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/masuk") as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    break
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=15)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("rumah")
    with own_database() as database:
        environment = {
            **os.environ, "LOPO_HOME": str(home), "LOPO_DATABASE_URL": database, "LOPO_TODAY": TODAY.isoformat(),
            "DJANGO_SETTINGS_MODULE": "lopo.settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.web.stage_for_browser", str(home / "daftar")]
        played = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert played.returncode == 0, played.stderr[-3000:]
        with served(environment) as url:
            yield Site(url, json.loads(played.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def session(site: Site, browser: Browser) -> dict[str, object]:
    """The cookies of an officer who may see every page."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, "provinsi")
    state = context.storage_state()
    context.close()
    return dict(state)


def sign_in(page: Page, site: Site, username: str) -> None:
    page.goto(f"{site.url}/masuk")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{site.url}/")


def listening(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page and what its console complains of (a violation of the content policy is such a complaint)."""
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, said


def faults(page: Page) -> list[str]:
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"][:3]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_whole_quiet_and_accessible(site: Site, browser: Browser, session, width: int) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": width, "height": 900}, storage_state=session)
    page, said = listening(context)
    wrong: dict[str, object] = {}
    for name, path in site.paths().items():
        page.goto(f"{site.url}{path}")
        page.wait_for_load_state("networkidle")
        if found := faults(page):
            wrong[f"{name} axe"] = found
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            wrong[f"{name} too wide"] = wide
        complaints = [text for text in said if "404" not in text or name != "nothing"]
        if complaints:
            wrong[f"{name} console"] = list(complaints)
        said.clear()
    context.close()
    assert wrong == {}


def test_dark_pages_have_enough_contrast_too(site: Site, browser: Browser, session) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=session, color_scheme="dark")
    page = context.new_page()
    wrong = {}
    for name, path in site.paths().items():
        page.goto(f"{site.url}{path}")
        if found := faults(page):
            wrong[name] = found
    context.close()
    assert wrong == {}


def test_signing_in_and_moving_on_need_only_the_keyboard(site: Site, browser: Browser) -> None:
    context = browser.new_context()
    page, said = listening(context)
    page.goto(f"{site.url}/masuk")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_username":
            break
    page.keyboard.type("provinsi")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    context.close()
    assert said == []


def test_search_runs_without_leaving_the_page_and_the_strip_speaks(site: Site, browser: Browser, session) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(storage_state=session)
    page, said = listening(context)
    page.goto(f"{site.url}/peserta/")
    before = page.locator("#peserta .count strong").inner_text()
    with page.expect_response(lambda answer: "cari=" in answer.url):
        page.locator("#cari-peserta").press_sequentially("maria", delay=20)
    page.wait_for_function(
        "before => document.querySelector('#peserta .count strong').innerText !== before", arg=before
    )
    assert "cari=maria" in page.url
    page.goto(f"{site.url}/orang/{site.ids['person']}")
    page.locator(".cell[class*=late]").click()
    assert "terlambat" in page.locator("[data-said]").inner_text()
    page.get_by_role("button", name="EN", exact=True).click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()
    assert said == []


def test_a_doubtful_row_is_answered_and_taken_back_by_keys(site: Site, browser: Browser, session) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(storage_state=session)
    page, said = listening(context)
    page.goto(f"{site.url}/ragu/?alasan=tidak_ditemukan")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ragu/\d+"))
    name = page.locator("h1").inner_text()
    page.locator("#alasan-jawab").press_sequentially("bt1")
    assert page.locator("input[name=orang]:checked").count() == 0, "letters in a field are letters"
    page.locator("h1").click()
    page.keyboard.press("1")
    assert page.locator("input[name=orang]:checked").get_attribute("value") == "1"
    page.locator("h1").click()
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.success")
    assert "petugas kedua" in page.locator(".notice.success").inner_text()
    assert name in page.locator("form.notice").inner_text()
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/ragu/\d+"))
    assert page.locator("h1").inner_text() == name
    page.locator("h1").click()
    page.keyboard.press("t")
    page.wait_for_selector(".notice.success")
    assert "Ditunda" in page.locator(".notice.success").inner_text()
    context.close()
    assert said == []


def test_the_script_of_a_page_is_small() -> None:
    """Under 60 KB gzipped, as the look asks for pages without charts."""
    htmx = Path(django_htmx.__path__[0]) / "static/django_htmx/htmx-2.min.js"
    ours = ROOT / "lopo/web/static/lopo/lopo.js"
    assert sum(len(gzip.compress(path.read_bytes())) for path in (ours, htmx)) < 60_000
