"""One rule of the law as an Ibis expression: its checked syntax tree, walked over the columns of a table."""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import TypeVar, cast

import ibis
import ibis.expr.types as ir

from lopo.law.book import Rule
from lopo.law.bounds import Bounds, Measure
from lopo.law.parameters import Entries, Tiers
from lopo.law.simplification import ByDay
from lopo.law.vocabulary import WORDS, Column, floor_divide, modulo, portion, portion_column, tier, tier_column

DEAR = frozenset({"months_after", "age", "days_between", "tier", "entry", "portion"})
"""Words that cost an engine so much that a cheap condition should be asked first."""

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Column, Column], Column]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Column, Column], Column]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
T = TypeVar("T")
Numbers = Mapping[str, Column | Tiers | Entries]


@dataclass(frozen=True, slots=True)
class Given:
    """What rules may read: columns of the table (by their names after the prefix) and numbers.

    bounds as in EditionLaw; day is the column by which a merged tree chooses.
    """

    prefix: str
    table: ir.Table
    numbers: Numbers
    bounds: Mapping[str, Bounds]
    day: Column | None = None

    def value(self, name: str) -> Column | Tiers | Entries:
        """The column or number of that name."""
        return self.numbers[name] if name in self.numbers else self.table[self.prefix + name]


def translate_tree(tree: ast.expr, rule: Rule, given: Given) -> Column:
    """The tree as an expression over what is given; the rule is named when it turns out to be defective."""
    return _Translator(rule, given).column(tree)


def choose_by_day(choices: Sequence[T], build: Callable[[T], Column], days: Sequence[date], day: Column) -> Column:
    """What is built of the first choice before the first of the days, of the second before the second, and so on.

    What comes back on later days is built once, for all days that no other choice has.
    """
    usual = max(choices, key=choices.count)
    if choices.count(usual) == 1:
        until = [(day < ibis.literal(end), build(choice)) for end, choice in zip(days, choices, strict=False)]
        return ibis.cases(*until, else_=build(choices[-1]))
    turns = [None, *days, None]
    spans = [
        (_between(day, first, end), build(choice))
        for choice, first, end in zip(choices, turns, turns[1:], strict=False)
        if choice != usual
    ]
    return ibis.cases(*spans, else_=build(usual))


def _between(day: Column, first: date | None, end: date | None) -> Column:
    if first and end:
        return day.between(ibis.literal(first), ibis.literal(end - timedelta(days=1)))
    return day >= ibis.literal(first) if first else day < ibis.literal(end)


def _dear(node: ast.expr) -> bool:
    """Whether working out the node costs much: a costly word, or looking at a text."""
    return any(
        (isinstance(part, ast.Name) and part.id in DEAR)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


class _Translator:
    """Walks the checked syntax tree; whatever passed the check has a form here."""

    def __init__(self, rule: Rule, given: Given) -> None:
        self.given = given
        self.measure = Measure(rule, given.bounds)

    def column(self, node: ast.expr) -> Column:
        """The expression of a node that stands for one value in a row."""
        match node:
            case ast.Name():
                return self.given.value(node.id)
            case ast.Constant():
                return ibis.literal(node.value, type="int64") if type(node.value) is int else ibis.literal(node.value)
            case ast.IfExp():
                return ibis.ifelse(self.column(node.test), self.column(node.body), self.column(node.orelse))
            case ast.BoolOp():
                return self._join(node)
            case ast.UnaryOp():
                inner = self.column(node.operand)
                return ~inner if isinstance(node.op, ast.Not) else -inner
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.Compare():
                return self._compare(node)
            case ast.Call():
                return self._call(node)
            case ByDay() if self.given.day is not None:
                trees = {ast.dump(choice): choice for choice in node.choices}
                shown = [ast.dump(choice) for choice in node.choices]
                return choose_by_day(shown, lambda one: self.column(trees[one]), node.days, self.given.day)
        raise AssertionError(f"passed the check but has no table form: {ast.dump(node)}")

    def _join(self, node: ast.BoolOp) -> Column:
        """And, or: what is cheap first, and the rest only where that leaves it open.

        The order does not matter to the answer: a row of which a needed fact is unknown gets none at all.
        """
        both = isinstance(node.op, ast.And)
        join = operator.and_ if both else operator.or_
        dear = [value for value in node.values if _dear(value)]
        cheap = [value for value in node.values if value not in dear]
        if not dear or not cheap:
            return reduce(join, [self.column(value) for value in node.values])
        first, rest = (reduce(join, [self.column(value) for value in values]) for values in (cheap, dear))
        return ibis.ifelse(first, rest, False) if both else ibis.ifelse(first, True, rest)

    def _arithmetic(self, node: ast.BinOp) -> Column:
        left, right = self.column(node.left), self.column(node.right)
        if isinstance(node.op, ast.FloorDiv):
            return floor_divide(left, right, positive=self._positive(node.left))
        if isinstance(node.op, ast.Mod):
            return modulo(left, right, positive=self._positive(node.left))
        return _ARITHMETIC[type(node.op)](left, right)

    def _positive(self, *nodes: ast.expr) -> bool:
        return all(self.measure.bounds(node)[0] >= 0 for node in nodes)

    def _compare(self, node: ast.Compare) -> Column:
        sides = [self.column(side) for side in (node.left, *node.comparators)]
        pairs = zip(node.ops, sides, sides[1:], strict=False)
        return reduce(operator.and_, [_COMPARISONS[type(how)](left, right) for how, left, right in pairs])

    def _call(self, node: ast.Call) -> Column:
        word = WORDS[ast.unparse(node.func)]
        if word.function is portion:
            amount, num, den = (self.column(part) for part in node.args[:3])
            rounding = str(ast.literal_eval(node.args[3]))
            return portion_column(amount, num, den, rounding, positive=self._positive(*node.args[:2]))
        if word.function is tier:
            table = cast("Tiers", self.given.value(ast.unparse(node.args[0])))
            return tier_column(table, self.column(node.args[1]), lowest=self.measure.bounds(node.args[1])[0])
        return word.column(*(self.column(argument) for argument in node.args))
