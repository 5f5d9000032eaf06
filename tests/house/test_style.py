"""The house style that no linter checks: sizes, opening lines, arguments, imports, names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lopo"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if not path.match("migrations/0001_*.py"))
MONEY_ROOMS = ("basics/money.py", "law", "ledger", "financing", "claims", "payments")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def joins_a_path(node: ast.BinOp) -> bool:
    return isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)


def test_every_file_opens_with_one_sentence() -> None:
    wrong = []
    for path in FILES:
        first = (ast.get_docstring(tree(path)) or "").split("\n\n")[0]
        if not first.endswith(".") or len(first) < 15:
            wrong.append(name(path))
    assert wrong == []


def test_no_file_is_over_400_lines() -> None:
    assert {name(p): n for p in FILES if (n := len(p.read_text().splitlines())) > 400} == {}


def test_no_function_is_over_60_lines() -> None:
    long = {
        f"{name(path)}:{one.name}": one.end_lineno - one.lineno + 1
        for path in FILES
        for one in functions(path)
        if one.end_lineno and one.end_lineno - one.lineno + 1 > 60
    }
    assert long == {}


def test_half_of_all_functions_are_under_about_15_lines() -> None:
    sizes = sorted((one.end_lineno or 0) - one.lineno + 1 for path in FILES for one in functions(path))
    assert sizes[len(sizes) // 2] <= 15


def test_no_function_takes_more_than_six_arguments_beside_who_and_when() -> None:
    wide = {}
    for path in FILES:
        if path.is_relative_to(PACKAGE / "law"):
            continue
        for one in functions(path):
            names = {arg.arg for arg in (*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs)}
            if len(names - {"self", "cls", "by", "on"}) > 6:
                wide[f"{name(path)}:{one.name}"] = len(names)
    assert wide == {}


def test_no_import_inside_a_function() -> None:
    inside = [
        f"{name(path)}:{node.lineno}"
        for path in FILES
        for one in functions(path)
        for node in ast.walk(one)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_no_bare_or_silent_except() -> None:
    silent = [
        f"{name(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(line, ast.Pass) for line in node.body))
    ]
    assert silent == []


def test_money_knows_no_division_and_no_float() -> None:
    wrong = []
    for path in FILES:
        if not name(path).removeprefix("lopo/").startswith(MONEY_ROOMS):
            continue
        for node in ast.walk(tree(path)):
            division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not joins_a_path(node)
            number = isinstance(node, ast.Constant) and isinstance(node.value, float)
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if division or number or call:
                wrong.append(f"{name(path)}:{node.lineno}")
    # The one exception divides a column by an exact divisor, where Ibis has no other portable word for it.
    assert [one for one in wrong if not one.startswith("lopo/law/vocabulary.py:")] == []
    assert len(wrong) <= 1


def test_no_room_reads_the_clock() -> None:
    doors = tuple(PACKAGE / door for door in ("web", "api", "jobs", "demo"))
    reads = [
        f"{name(path)}:{node.lineno}"
        for path in FILES
        if not any(path.is_relative_to(door) for door in doors) and path.parent != PACKAGE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"today", "now", "localdate", "utcnow", "localtime"}
        and isinstance(node.value, ast.Name)
    ]
    assert reads == []


def test_no_empty_names() -> None:
    parts = {part.removesuffix(".py") for path in FILES for part in path.relative_to(ROOT).parts}
    assert parts & FORBIDDEN_NAMES == set()


def test_every_dependency_has_its_sentence() -> None:
    inside, bare = False, []
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if line.startswith(("dependencies = [", "dev = [")):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside and line.strip().startswith('"') and "#" not in line:
            bare.append(line)
    assert bare == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-spark.lock"])
def test_lock_files_carry_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index-url" not in text
