"""How a journey goes through the doors: an officer at a desk on a day, and the words of a page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.test import Client
from pytest_django import Settings

from lopo.staff.models import Officer


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
