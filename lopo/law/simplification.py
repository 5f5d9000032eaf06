"""Syntax trees of rules made shorter for tables, without changing what they mean: inner rules, fixed numbers, sums."""

import ast
from collections.abc import Iterable, Mapping
from copy import copy
from functools import reduce
from math import prod

from lopo.basics.money import Rounding
from lopo.law.book import Rule


def put_in(tree: ast.expr, inner: Mapping[str, Rule], fixed: Mapping[str, int]) -> ast.expr:
    """The tree with the expressions of inner rules and the fixed numbers in the place of their names."""
    return _copied(tree, inner, fixed)


def _copied(node: ast.expr, inner: Mapping[str, Rule], fixed: Mapping[str, int]) -> ast.expr:
    if isinstance(node, ast.Name) and node.id in inner:
        return _copied(inner[node.id].expression, inner, fixed)
    if isinstance(node, ast.Name) and node.id in fixed:
        return ast.Constant(fixed[node.id])
    copied = copy(node)
    for name, value in ast.iter_fields(node):
        setattr(copied, name, _field(value, inner, fixed))
    return copied


def _field(value: object, inner: Mapping[str, Rule], fixed: Mapping[str, int]) -> object:
    if isinstance(value, list):
        return [_field(one, inner, fixed) for one in value]
    return _copied(value, inner, fixed) if isinstance(value, ast.expr) else value


def simplified(tree: ast.expr) -> ast.expr:
    """The tree with sums under one condition drawn together and divisions that come out even done."""
    found: ast.expr = _Simplifier().visit(tree)
    return found


class _Simplifier(ast.NodeTransformer):
    """Works from the leaves up."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """`(a if c else 0) + (b if c else 0)` is `a + b if c else 0`."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Add):
            return node
        groups: dict[str, list[ast.expr]] = {}
        for term in _terms(node):
            key = ast.dump(term.test) if isinstance(term, ast.IfExp) and _is_zero(term.orelse) else f"{id(term)}"
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


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == 0


def _joined(terms: Iterable[ast.expr], how: ast.operator) -> ast.expr:
    return reduce(lambda one, other: ast.BinOp(one, how, other), terms)


def _under_one_condition(terms: list[ast.expr]) -> ast.expr:
    if len(terms) == 1:
        return terms[0]
    branches = [term for term in terms if isinstance(term, ast.IfExp)]
    return ast.IfExp(branches[0].test, _joined([branch.body for branch in branches], ast.Add()), ast.Constant(0))
