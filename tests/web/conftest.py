"""Gives the pages of the story, played once for all of them, and a browser session for each officer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from lopo.staff import queries as staff
from tests.web.story import TODAY, Story, play

SignedIn = Callable[[str], Client]


@pytest.fixture(scope="package")
def played(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """Play the story inside one transaction that is taken back when the last page is tested."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield play(tmp_path_factory.mktemp("daftar"))
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def door(settings: pytest.FixtureRequest) -> None:
    """Let the day be that of the story, and serve static files without hashed names."""
    settings.LOPO_TODAY = TODAY.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def story(played: Story, db: None) -> Story:
    """Give the story; what a test changes is taken back after it."""
    return played


@pytest.fixture
def signed_in(story: Story) -> SignedIn:
    """Give a client that is signed in as an officer of the story."""

    def sign(username: str) -> Client:
        client = Client()
        client.force_login(staff.officer(username), "django.contrib.auth.backends.ModelBackend")
        return client

    return sign
