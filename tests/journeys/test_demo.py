"""The story of Kota Kupang 2025 through the one command, on a database of its own, played twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "lists", "rows", "diterima", "perlu_cek", "ditolak", "places", "enrolled", "monthly_bill", "months_billed", "cases",
    "decisions", "paid", "ledger_balanced", "seconds",
}  # fmt: skip


def lopo(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a newcomer would, with a home of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "LOPO_DATABASE_URL"}
    environment |= {"LOPO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "lopo.settings"}
    command = [sys.executable, "-m", "lopo", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """Play the story twice and give both summaries."""
    home = tmp_path_factory.mktemp("kupang")
    try:
        told = [lopo(home, "demo", "--no-serve", "--json") for _ in range(2)]
    finally:
        lopo(home, "stop")
    assert [one.returncode for one in told] == [0, 0], told[0].stderr[-3000:] + told[1].stderr[-3000:]
    first, second = (json.loads(one.stdout) for one in told)
    return first, second


@pytest.mark.slow
def test_the_summary_has_its_keys_and_the_counts_add_up(twice: tuple[dict[str, Any], dict[str, Any]]) -> None:
    first, _ = twice
    assert set(first) >= KEYS
    assert (first["lists"], first["rows"]) == (56, 11_703)
    assert first["diterima"] + first["perlu_cek"] + first["ditolak"] == first["rows"]
    assert first["places"] == first["enrolled"] == 2525


@pytest.mark.slow
def test_the_known_amounts_of_the_law(twice: tuple[dict[str, Any], dict[str, Any]]) -> None:
    first, _ = twice
    assert first["monthly_bill"] == 2525 * 16_800 == 42_420_000
    assert first["months_billed"] == 6
    amounts = Counter(one["amount"] for one in first["decisions"])
    assert amounts[70_000_000] == 1, "one death at work"
    assert amounts[42_000_000] >= 1, "deaths from the fourth month on"
    assert amounts[10_000_000] >= 1, "deaths within the waiting period"
    accident = 8_450_000 + 3_275_000 + 1_120_000 + 750_000 + 350_000 + 1_500_000 + 3_600_000
    assert amounts[accident] == 1, "care, boat, road, 45 days, one finger joint of 4.5 %"
    assert set(amounts) == {70_000_000, 42_000_000, 10_000_000, accident}


@pytest.mark.slow
def test_what_was_decided_is_paid_and_the_book_closes(twice: tuple[dict[str, Any], dict[str, Any]]) -> None:
    first, _ = twice
    assert first["paid"] == sum(one["amount"] for one in first["decisions"])
    assert first["cases"] >= len(first["decisions"])
    assert first["ledger_balanced"] is True


@pytest.mark.slow
def test_the_second_time_changes_nothing(twice: tuple[dict[str, Any], dict[str, Any]]) -> None:
    first, second = ({key: value for key, value in one.items() if key != "seconds"} for one in twice)
    assert first == second


def test_a_folder_without_lists_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = lopo(tmp_path / "home", "demo", "--no-serve", "--lists", str(tmp_path))
    lopo(tmp_path / "home", "stop")
    assert done.returncode == 2
    assert "tidak ada" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_verb_is_no_stack_trace(tmp_path: Path) -> None:
    done = lopo(tmp_path, "terbang")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
