"""Syntax trees of rules made shorter for tables, without changing what they mean: inner rules, fixed numbers, sums."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import reduce
from math import prod

from lopo.basics.money import Rounding
from lopo.law.book import Rule


def put_in(tree: ast.expr, inner: Mapping[str, Rule], fixed: Mapping[str, int | date]) -> ast.expr:
    """The tree with the expressions of inner rules and the fixed numbers in the place of their names."""
    return _copied(tree, inner, fixed)


def _copied(node: ast.expr, inner: Mapping[str, Rule], fixed: Mapping[str, int | date]) -> ast.expr:
    if isinstance(node, ast.Name) and node.id in inner:
        return _copied(inner[node.id].expression, inner, fixed)
    if isinstance(node, ast.Name) and node.id in fixed:
        return ast.Constant(fixed[node.id])  # type: ignore[arg-type]
    copied = copy(node)
    for name, value in ast.iter_fields(node):
        setattr(copied, name, _field(value, inner, fixed))
    return copied


def _field(value: object, inner: Mapping[str, Rule], fixed: Mapping[str, int | date]) -> object:
    if isinstance(value, list):
        return [_field(one, inner, fixed) for one in value]
    return _copied(value, inner, fixed) if isinstance(value, ast.expr) else value


class ByDay(ast.expr):
    """One of several expressions, by the day of the row: the first before the first day, and so on."""

    _fields = ("choices",)

    def __init__(self, choices: Sequence[ast.expr], days: Sequence[date]) -> None:
        super().__init__()
        self.choices = list(choices)
        self.days = tuple(days)


def merged(trees: Sequence[ast.expr], days: Sequence[date]) -> ast.expr:
    """The trees of one rule through time as one, which turns to the day of the row as late as it can.

    A condition that is the same through time is asked before the day is looked at.
    """
    first = trees[0]
    shown = [ast.dump(tree) for tree in trees]
    if all(one == shown[0] for one in shown):
        return first
    conditions = [tree for tree in trees if isinstance(tree, ast.IfExp)]
    if len(conditions) == len(trees) and len({ast.dump(tree.test) for tree in conditions}) == 1:
        then = merged([tree.body for tree in conditions], days)
        return ast.IfExp(conditions[0].test, then, merged([tree.orelse for tree in conditions], days))
    sums = [tree for tree in trees if isinstance(tree, ast.BinOp) and _has_condition(tree)]
    if len(sums) == len(trees) and len({type(tree.op) for tree in sums}) == 1:
        left, right = merged([tree.left for tree in sums], days), merged([tree.right for tree in sums], days)
        return ast.BinOp(left, sums[0].op, right)
    return ByDay(trees, days)


def _has_condition(tree: ast.expr) -> bool:
    return any(isinstance(node, ast.IfExp) for node in ast.walk(tree))


def simplified(tree: ast.expr) -> ast.expr:
    """The tree with sums under one condition drawn together and divisions that come out even done."""
    found: ast.expr = _Simplifier().visit(tree)
    return found


class _Simplifier(ast.NodeTransformer):
    """Works from the leaves up."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """`(a if c else b) + (d if c else e)` is `a + d if c else b + e`."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Add):
            return node
        groups: dict[str, list[ast.expr]] = {}
        for term in _terms(node):
            key = ast.dump(term.test) if isinstance(term, ast.IfExp) else f"{id(term)}"
            groups.setdefault(key, []).append(term)
        return _joined([_under_one_condition(terms) for terms in groups.values()], ast.Add())

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """`portion(x * 80, 60, 100, ...)` is `x * 48`; half up by an even number is `(x + half) // number`."""
        self.generic_visit(node)
        if ast.unparse(node.func) != "portion":
            return node
        divisor, rest = _split(_factors(node.args[2]))
        factor, others = _split([*_factors(node.args[0]), *_factors(node.args[1])])
        if rest:
            return node
        if factor % divisor == 0:
            return _joined([ast.Constant(factor // divisor), *others], ast.Mult())
        if divisor % 2 or ast.literal_eval(node.args[3]) != Rounding.HALF_UP:
            return node
        amount = _joined([*others, *([ast.Constant(factor)] if factor != 1 or not others else [])], ast.Mult())
        return ast.BinOp(
            ast.BinOp(amount, ast.Add(), ast.Constant(divisor // 2)), ast.FloorDiv(), ast.Constant(divisor)
        )


def _terms(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _factors(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [node]


def _split(factors: list[ast.expr]) -> tuple[int, list[ast.expr]]:
    """The product of the constants, and what is no constant."""
    numbers = [part.value for part in factors if isinstance(part, ast.Constant) and isinstance(part.value, int)]
    return prod(numbers), [part for part in factors if not isinstance(part, ast.Constant)]


def _joined(terms: Iterable[ast.expr], how: ast.operator) -> ast.expr:
    return reduce(lambda one, other: ast.BinOp(one, how, other), terms)


def _under_one_condition(terms: list[ast.expr]) -> ast.expr:
    if len(terms) == 1:
        return terms[0]
    branches = [term for term in terms if isinstance(term, ast.IfExp)]
    then, other = [branch.body for branch in branches], [branch.orelse for branch in branches]
    return ast.IfExp(branches[0].test, _sum(then), _sum(other))


def _sum(terms: list[ast.expr]) -> ast.expr:
    """The terms added up, zeros left out."""
    kept = [term for term in terms if not (isinstance(term, ast.Constant) and term.value == 0)]
    return _joined(kept or terms[:1], ast.Add())
