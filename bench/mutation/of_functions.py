"""Mutants of the plain functions of the law room: one changed node in one function, and the tests that must notice."""

import ast
import copy
import inspect
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from time import perf_counter
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from bench.mutation.changes import changes_of, put
from lopo.law import cases, cover, cover_table, deadlines, groups, heirs, whole_cases
from tests.law import (
    test_corners,
    test_cover,
    test_deadlines,
    test_engine,
    test_heirs_deadlines,
    test_origins,
    test_whole_cases,
)

MODULES = (heirs, deadlines, cover, cover_table, groups, cases, whole_cases)
TESTS = (
    test_heirs_deadlines, test_deadlines, test_whole_cases, test_origins, test_cover, test_corners, test_engine,
)  # fmt: skip
SECONDS = 30
"""A mutant that keeps a test busy for so long is noticed: it hangs."""

Check = Callable[[], None]


@dataclass(frozen=True)
class FunctionMutant:
    """One small change in one function: where, what, the function as it runs, and its changed code."""

    place: str
    change: str
    function: FunctionType
    code: CodeType


def function_mutants() -> Iterator[FunctionMutant]:
    for module in MODULES:
        tree = ast.parse(inspect.getsource(module))
        for holder, node in _functions(tree):
            found = vars(getattr(module, holder) if holder else module)[node.name]
            function = found.fget if isinstance(found, property) else inspect.unwrap(found)
            place = ".".join(part for part in (module.__name__.rsplit(".", 1)[1], holder, node.name) if part)
            for said, changed in _changed(node):
                yield FunctionMutant(place, said, function, _code(changed))


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        if isinstance(node, ast.ClassDef):
            yield from ((node.name, one) for one in node.body if isinstance(one, ast.FunctionDef))


def _changed(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The function with one node changed; what it says when it refuses, its types and its docstring stay."""
    left_alone = _left_alone(function)
    for place, node in enumerate(ast.walk(function)):
        if id(node) in left_alone:
            continue
        for change in [*changes_of(node), *_of_conditions(node)]:
            other = copy.deepcopy(function)
            found = list(ast.walk(other))[place]
            before = ast.unparse(found)
            after = change(found)
            if isinstance(after, ast.If | ast.While | ast.comprehension):
                yield f"{before.splitlines()[0].strip()}  ->  turned round", other
            else:
                yield f"{before}  ->  {ast.unparse(after)}", put(other, found, after)  # type: ignore[arg-type, misc]


def _left_alone(function: ast.FunctionDef) -> set[int]:
    texts = [node for node in function.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    refusals = [node for node in ast.walk(function) if isinstance(node, ast.Raise)]
    types = [node.annotation for node in ast.walk(function) if isinstance(node, ast.arg | ast.AnnAssign)]
    spoken = [node for node in ast.walk(function) if isinstance(node, ast.JoinedStr)]
    roots = [*texts, *refusals, *types, *spoken, function.returns, *function.decorator_list]
    return {id(node) for root in roots if root is not None for node in ast.walk(root)}


def _of_conditions(node: ast.AST) -> list[Callable[[Any], ast.AST]]:
    """A condition that is a bare name or call, which no change of an expression reaches, turned round."""

    def turned(found: Any) -> ast.AST:  # noqa: ANN401 - an if, a loop or a comprehension
        if isinstance(found, ast.comprehension):
            found.ifs = [ast.UnaryOp(ast.Not(), test) for test in found.ifs]
        else:
            found.test = ast.UnaryOp(ast.Not(), found.test)
        return found  # type: ignore[no-any-return]

    bare = isinstance(node, ast.If | ast.While) or (isinstance(node, ast.comprehension) and bool(node.ifs))
    return [turned] if bare else []


def _code(function: ast.FunctionDef) -> CodeType:
    function.decorator_list = []
    tree = ast.fix_missing_locations(ast.Module([function], []))
    made = compile(tree, "mutant", "exec")
    return next(one for one in made.co_consts if isinstance(one, CodeType) and one.co_name == function.name)


def checks() -> list[Check]:
    """Every test of TESTS that needs nothing but its parameters, the quickest first; each passes as things stand."""
    timed: list[tuple[float, int, Check]] = []
    for module in TESTS:
        for check in checks_of(module):
            start = perf_counter()
            check()
            timed.append((perf_counter() - start, len(timed), check))
    return [check for _, _, check in sorted(timed, key=lambda one: one[:2])]


def checks_of(module: ModuleType) -> Iterator[Check]:
    for name, function in vars(module).items():
        if not name.startswith("test_") or hasattr(function, "hypothesis"):
            continue
        marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
        rows = [[_row(mark.args[0], values) for values in mark.args[1]] for mark in marks]
        if set(inspect.signature(function).parameters) == {name for row in rows for name in row[0]}:
            for chosen in product(*rows):
                arguments = {name: value for row in chosen for name, value in row.items()}
                yield lambda function=function, arguments=arguments: function(**arguments)  # type: ignore[misc]


def _row(names: str | tuple[str, ...], values: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a test takes
    listed = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    plain = getattr(values, "values", values) if type(values).__name__ == "ParameterSet" else values
    return dict(zip(listed, plain if len(listed) > 1 else [plain], strict=True))


@contextmanager
def in_force(mutant: FunctionMutant) -> Iterator[None]:
    """The function runs the changed code, and nothing remembers what it said before."""
    before = mutant.function.__code__
    mutant.function.__code__ = mutant.code
    deadlines.contribution_due.cache_clear()
    try:
        yield
    finally:
        mutant.function.__code__ = before
        deadlines.contribution_due.cache_clear()


def noticed(passing: list[Check]) -> bool:
    """Whether one of the tests fails, or hangs, as things stand."""

    def hang(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, hang)
    for check in passing:
        signal.alarm(SECONDS)
        try:
            check()
        except (Exception, pytest.fail.Exception):  # whatever a mutant brings about
            return True
        finally:
            signal.alarm(0)
    return False


def killed_function(mutant: FunctionMutant, passing: list[Check]) -> str:
    """What noticed the mutant; empty when nothing did."""
    with in_force(mutant):
        return "tests" if noticed(passing) else ""
