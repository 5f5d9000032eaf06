"""Starts the embedded database once, and gives every test the fixed cast."""

from __future__ import annotations

import os

import pytest

from lopo import postgres, settings
from tests.cast import Cast, appoint_all


def pytest_configure() -> None:
    """Start the embedded server before Django looks for it (a given `LOPO_DATABASE_URL` is used as it is)."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # on a new machine nothing was collected yet
    if "LOPO_DATABASE_URL" not in os.environ:
        postgres.ensure(settings.SERVER)


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the eight officers of the story, each with its role and area."""
    return appoint_all()
