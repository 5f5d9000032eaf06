"""A few kills of web, worker and database in CI; `make crash` plays two hundred."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def played(rounds: int, *words: str) -> dict[str, object]:
    """Play so many rounds in a process of its own, since Django here has another database."""
    command = [sys.executable, "-m", "tests.crash", "--rounds", str(rounds), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3600)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_is_there_twice_after_a_few_kills() -> None:
    database = connection.settings_dict
    tables = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    told = played(4, "--seed", "11", "--like", tables)
    assert sum(told["kills"].values()) == 4  # type: ignore[attr-defined]
    assert told["orders"] == 12
