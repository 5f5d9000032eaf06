"""How a journey goes through the doors: an officer at a desk on a day, what he presses, and the words of a page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.test import Client
from pytest_django import Settings

from lopo.basics.calendar import Month
from lopo.staff.models import Officer
from tests.cast import Cast
from tests.rooms.enrolment import PAYER


def on_day(settings: Settings, day: date) -> None:
    """Let the pages take this day for today, and serve static files without hashed names."""
    settings.LOPO_TODAY = day.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def at_the_desk(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, address: str, **query: str) -> str:
    """Give what a page says, without its tags."""
    page = client.get(address, query)
    assert page.status_code == 200, (address, page.status_code)
    return said(page.content)


def said(content: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def press(client: Client, address: str, **given: object) -> str:
    """Press the button of a page, which takes what was given and leads on; give where to."""
    done = client.post(address, given)
    assert done.status_code == 302, (address, done.status_code, said(done.content))
    return str(done.headers["Location"])


def pay_month(cast: Cast, settings: Settings, month: Month, *, paid_on: date, payer: str = PAYER) -> None:
    """Bill a month at the desk, order its payment and approve it: three officers, one day."""
    on_day(settings, paid_on)
    given = {"apa": "tagihan", "pembayar": payer, "bulan": str(month), "jumlah_bulan": "1"}
    bill = press(at_the_desk(cast.dinas), "/iuran/", **given)
    press(at_the_desk(cast.bendahara), bill, nomor=f"SP2D/{month}", tanggal=paid_on.isoformat())
    press(at_the_desk(cast.penyetuju), f"{bill}/setujui")
