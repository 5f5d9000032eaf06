"""The table of journeys names every number once, and each names a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^\| P(\d+) \|[^|]+\|[^|]+\| `([\w/.]+)::(\w+)` \|$", re.MULTILINE)


def table() -> list[tuple[int, str, str]]:
    found = LINE.findall((ROOT / "docs/journeys.md").read_text())
    return [(int(number), file, name) for number, file, name in found]


def written_in(file: str) -> set[str]:
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_every_number_has_its_line() -> None:
    assert [number for number, _file, _name in table()] == list(range(1, 28))


def test_every_line_names_a_test_that_is_there() -> None:
    assert [(number, name) for number, file, name in table() if name not in written_in(file)] == []
