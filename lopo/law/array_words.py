"""One block of rows: the tree of a rule worked out over numpy arrays, and the words of the law over arrays."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from lopo.basics.money import Rounding
from lopo.law.parameters import Entries, Tiers
from lopo.law.together import Form, Runs, Together

Array: TypeAlias = npt.NDArray[Any]

STEPS = 4096
"""A ladder of more steps than this is searched."""

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Array, Array], Array]] = {
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}  # fmt: skip
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.FloorDiv: np.floor_divide, ast.Mod: np.remainder,
}  # fmt: skip


@dataclass
class Block:
    """Some rows: facts and what was worked out of them, which are known, the day of each row, texts as numbers."""

    values: dict[str, Array]
    known: Mapping[str, Array]
    day: Array | None
    texts: Mapping[str, int]


def text_numbers(law: Together) -> dict[str, int]:
    """A number for each text of these rules and facts, in the order of the alphabet."""
    forms = [run.what for layer in law.layers for runs in layer.values() for run in runs if run.what]
    constants = [node.value for form in forms for node in ast.walk(form.tree) if isinstance(node, ast.Constant)]
    found = {value for value in constants if isinstance(value, str)}
    for fact in law.facts:
        for stretch in law.stretches:
            if fact.kind is str and stretch.law:
                found |= stretch.law.choices(fact)
    return {text: number for number, text in enumerate(sorted(found))}


def worked_out(runs: Runs, block: Block) -> Array:
    """The rule in each row by the row's own day; 0 on days on which nothing needs it."""
    answer = _form(runs[0].what, block)
    for run in runs[1:]:
        since = block.day >= np.datetime64(run.first, "D").view(np.int64)  # type: ignore[operator]
        answer = np.where(since, _form(run.what, block), answer)
    return answer


def _form(form: Form | None, block: Block) -> Array:
    return np.int64(0) if form is None else _Worker(form, block).array(form.tree)  # type: ignore[return-value]


class _Worker:
    """Walks the tree; every branch is worked out, on values that are in range in every row."""

    def __init__(self, form: Form, block: Block) -> None:
        self.form = form
        self.block = block

    def array(self, node: ast.expr) -> Array:
        """The values of the node in all rows."""
        match node:
            case ast.Name():
                return self.block.values[node.id]
            case ast.Constant():
                return self._constant(node.value)
            case ast.IfExp():
                return np.where(self.array(node.test), self.array(node.body), self.array(node.orelse))
            case ast.BoolOp():
                join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
                return reduce(join, [self.array(value) for value in node.values])
            case ast.UnaryOp():
                inner = self.array(node.operand)
                return np.logical_not(inner) if isinstance(node.op, ast.Not) else np.negative(inner)
            case ast.BinOp():
                return _ARITHMETIC[type(node.op)](self.array(node.left), self.array(node.right))
            case ast.Compare():
                sides = [self.array(side) for side in (node.left, *node.comparators)]
                pairs = zip(node.ops, sides, sides[1:], strict=False)
                return reduce(np.logical_and, [_COMPARISONS[type(how)](one, other) for how, one, other in pairs])
            case ast.Call():
                return self._call(node)
        raise AssertionError(f"passed the check but has no array form: {ast.dump(node)}")

    def _constant(self, value: object) -> Array:
        if isinstance(value, str):
            return np.int64(self.block.texts[value])  # type: ignore[return-value]
        if isinstance(value, bool):
            return np.bool_(value)  # type: ignore[return-value]
        if isinstance(value, int):
            return np.int64(value)  # type: ignore[return-value]
        return np.datetime64(value, "D").view(np.int64)  # type: ignore[call-overload,no-any-return]

    def _call(self, node: ast.Call) -> Array:
        name = ast.unparse(node.func)
        if name == "known":
            return self.block.known[ast.unparse(node.args[0])]
        if name in ("tier", "entry"):
            table = self.form.tables[ast.unparse(node.args[0])]
            return _looked_up(table, self.array(node.args[1]), self.block.texts)
        if name == "portion":
            amount, num, den = (self.array(part) for part in node.args[:3])
            return _portion(amount * num, den, str(ast.literal_eval(node.args[3])))
        return _WORDS[name](*(self.array(part) for part in node.args))


def _looked_up(table: Tiers | Entries, keys: Array, texts: Mapping[str, int]) -> Array:
    if isinstance(table, Tiers):
        return _row_of(table, keys)
    values = np.zeros(len(texts), dtype=np.int64)
    for code, value in table.values.items():
        values[texts[code]] = value
    return np.asarray(values[keys])


def _row_of(table: Tiers, numbers: Array) -> Array:
    """By steps of the greatest number that divides all bounds, which needs no search; or by search when too many."""
    bounds, values = np.array(table.bounds[1:], dtype=np.int64), np.array(table.values, dtype=np.int64)
    top, step = table.bounds[-1], gcd(*table.bounds[1:])
    if step < 1 or top > STEPS * step:
        return np.asarray(values[np.searchsorted(bounds, numbers, side="right")])
    steps = values[np.searchsorted(bounds, np.arange(0, top + step, step), side="right")]
    return np.asarray(steps[np.clip(numbers, 0, top) // step])


def _portion(product: Array, den: Array, rounding: str) -> Array:
    if rounding == Rounding.FLOOR:
        return product // den
    return (product + den - 1) // den if rounding == Rounding.CEILING else (product * 2 + den) // (den * 2)


def _split(day: Array) -> tuple[Array, Array]:
    """The month, counted from 1970, and the day in it, from 0."""
    days = np.asarray(day).view("M8[D]")
    months = days.astype("M8[M]")
    return months.view(np.int64), (days - months.astype("M8[D]")).view(np.int64)


def _first_of(months: Array) -> Array:
    return np.asarray(np.asarray(months).view("M8[M]").astype("M8[D]").view(np.int64))


def _months_after(day: Array, months: Array) -> Array:
    month, place = _split(day)
    month = month + months
    return np.asarray(np.minimum(_first_of(month) + place, _first_of(month + 1) - 1))


def _age(born: Array, day: Array) -> Array:
    (first, place), (last, other) = _split(born), _split(day)
    return (last - first - (other < place)) // 12


_WORDS: Mapping[str, Callable[..., Array]] = {
    "min": np.minimum,
    "max": np.maximum,
    "days_between": lambda first, last: last - first,
    "months_after": _months_after,
    "age": _age,
}
