"""How large each number of the law can get: a rule whose numbers could overflow an engine is refused at import."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lopo.basics.money import BIGINT_MAX, BIGINT_MIN
from lopo.law.book import Rule
from lopo.law.errors import LawDefect

Bounds = tuple[int, int]
EXACT = 2**53
"""Engines may divide in floating point, which is exact up to here."""

DAYS: Bounds = (-3_652_059, 3_652_059)
YEARS: Bounds = (-10_000, 10_000)


@dataclass(frozen=True, slots=True)
class Measure:
    """Works out the bounds of the numbers in one rule from those of its arguments; bools and codes have none."""

    rule: Rule
    known: Mapping[str, Bounds]

    def bounds(self, node: ast.expr) -> Bounds:
        """The least and the greatest value; LawDefect when it may leave 64 bits or a dividend the exact range."""
        found = self._bounds(node)
        if not BIGINT_MIN <= found[0] <= found[1] <= BIGINT_MAX:
            raise LawDefect(self.rule.place, f"{ast.unparse(node)!r} may reach {found[0]} to {found[1]}")
        return found

    def _bounds(self, node: ast.expr) -> Bounds:
        match node:
            case ast.Name():
                return self.known.get(node.id, (0, 0))
            case ast.Constant():
                return (node.value, node.value) if type(node.value) is int else (0, 0)
            case ast.IfExp():
                self.bounds(node.test)
                return _union(self.bounds(node.body), self.bounds(node.orelse))
            case ast.UnaryOp():
                low, high = self.bounds(node.operand)
                return (-high, -low) if isinstance(node.op, ast.USub) else (0, 0)
            case ast.BinOp():
                return self._arithmetic(node.op, self.bounds(node.left), self.bounds(node.right))
            case ast.Call():
                return self._call(node)
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                self.bounds(part)
        return (0, 0)

    def _arithmetic(self, how: ast.operator, left: Bounds, right: Bounds) -> Bounds:
        if isinstance(how, ast.FloorDiv):
            return self._divided(left, right)
        if isinstance(how, ast.Mod):
            self._divided(left, right)
            return (0, right[1] - 1)
        pairs: Callable[[int, int], int] = {
            ast.Add: int.__add__, ast.Sub: int.__sub__, ast.Mult: int.__mul__,
        }[type(how)]  # fmt: skip
        corners = [pairs(one, other) for one in left for other in right]
        return min(corners), max(corners)

    def _divided(self, dividend: Bounds, by: Bounds) -> Bounds:
        """Bounds of a quotient rounded in any way; tables double the dividend to round half up."""
        largest = 2 * max(abs(dividend[0]), abs(dividend[1])) + 2 * by[1]
        if largest > EXACT:
            raise LawDefect(self.rule.place, f"divides a number that may reach {largest // 2}, beyond exact division")
        corners = [end // divisor for end in dividend for divisor in by]
        return min(corners), max(corners) + 1

    def _call(self, node: ast.Call) -> Bounds:
        name = ast.unparse(node.func)
        inner = [self.bounds(argument) for argument in node.args]
        if name in ("min", "max"):
            choose = min if name == "min" else max
            return choose(inner[0][0], inner[1][0]), choose(inner[0][1], inner[1][1])
        if name == "portion":
            return self._divided(self._arithmetic(ast.Mult(), inner[0], inner[1]), inner[2])
        fixed: Mapping[str, Bounds] = {"days_between": DAYS, "age": YEARS}
        return inner[0] if name in ("tier", "entry") else fixed.get(name, (0, 0))


def _union(one: Bounds, other: Bounds) -> Bounds:
    return min(one[0], other[0]), max(one[1], other[1])
