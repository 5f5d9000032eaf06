"""The table form of the law: the syntax trees of the rules as Ibis expressions, the same on every engine."""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from lopo.law.book import Fact, Rule
from lopo.law.editions import EditionLaw, Plan
from lopo.law.errors import MissingFact, NoLawYet, OutOfRange, WrongType
from lopo.law.parameters import Entries, Tiers
from lopo.law.vocabulary import WORDS, Column, floor_divide, modulo, whole

FAULTS = "alasan_kosong"
"""The column that says why a row got no answer."""

_PREFIX = "_hukum_"
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
    ast.FloorDiv: floor_divide,
    ast.Mod: modulo,
}
Given = Mapping[str, Column | Tiers | Entries]


def compute_table(law: EditionLaw, plan: Plan, table: ir.Table, reasons: str) -> ir.Table:
    """The table with a column for each target of the plan, and the column of faults."""
    _check_columns(plan, table, reasons)
    columns = list(table.columns)
    sound = {fact.name: f"{_PREFIX}sah_{fact.name}" for fact in plan.facts}
    work = table.mutate(**{sound[fact.name]: _sound(law, fact, table[fact.name]) for fact in plan.facts})
    work = work.mutate(**{_PREFIX + fact.name: _clean(fact, work, sound[fact.name]) for fact in plan.facts})
    work = _apply_in_layers(law, plan, work)
    answers = {name: _answer(law, plan, name, work, sound) for name in plan.targets}
    work = work.mutate(**{FAULTS: _faults(plan, work, sound)}, **answers)
    if reasons:
        work = work.mutate(**{reasons: _reasons(law, plan, work)})
    return work.select(*columns, *plan.targets, FAULTS, *([reasons] if reasons else []))


def compute_by_edition(plans: Sequence[tuple[EditionLaw, Plan]], table: ir.Table, day: str, reasons: str) -> ir.Table:
    """Each row by the edition of its day; rows outside of the editions get NULL and the fault `belum_ada_hukum`."""
    _check_day(table, day)
    parts: list[ir.Table] = []
    covered: ir.BooleanValue = ibis.literal(False)
    for law, plan in plans:
        inside = table[day] >= ibis.literal(law.edition.first)
        if law.edition.last is not None:
            inside &= table[day] <= ibis.literal(law.edition.last)
        inside = ibis.coalesce(inside, ibis.literal(False))
        covered |= inside
        parts.append(compute_table(law, plan, table.filter(inside), reasons))
    schema = parts[0].schema()
    absent = {name: ibis.null(schema[name]) for name in schema if name not in table.columns and name != FAULTS}
    rest = table.filter(~covered).mutate(**absent, **{FAULTS: ibis.literal(NoLawYet.code)})
    return reduce(lambda left, right: left.union(right), [*parts, rest.select(*schema)])


def _check_day(table: ir.Table, day: str) -> None:
    if day not in table.columns:
        raise MissingFact(f"the table has no column {day}", day)
    if not table.schema()[day].is_date():
        raise WrongType(f"column {day} must be date, not {table.schema()[day]}", day)


def _check_columns(plan: Plan, table: ir.Table, reasons: str) -> None:
    absent = [fact.name for fact in plan.facts if fact.name not in table.columns]
    if absent:
        raise MissingFact(f"the table has no column {', '.join(absent)}", *absent)
    taken = [name for name in (*plan.targets, FAULTS, reasons) if name and name in table.columns]
    if taken:
        raise WrongType(f"the table already has a column {', '.join(taken)}", *taken)
    for fact in plan.facts:
        found = table.schema()[fact.name]
        fits = {int: found.is_integer(), bool: found.is_boolean(), str: found.is_string()}.get(
            fact.kind, found.is_date()
        )
        if not fits:
            raise WrongType(f"column {fact.name} must be {fact.kind_name}, not {found}", fact.name)


def _sound(law: EditionLaw, fact: Fact, column: Column) -> Column:
    """Whether the fact is known (or may be unknown) and in range; never NULL."""
    if fact.kind is int:
        inside = (column >= fact.minimum) & (column <= fact.maximum)
    elif fact.kind is str:
        inside = column.isin(sorted(law.choices(fact)))
    else:
        return ibis.literal(True) if fact.optional else column.notnull()
    return ibis.coalesce(inside, ibis.literal(fact.optional))


def _clean(fact: Fact, work: ir.Table, sound: str) -> Column:
    """The fact as the rules see it: NULL when it is not sound, so that nothing overflows on the way."""
    if fact.kind is not int:
        return work[fact.name]
    return ibis.ifelse(work[sound], whole(work[fact.name]), ibis.null("int64"))


def _apply_in_layers(law: EditionLaw, plan: Plan, work: ir.Table) -> ir.Table:
    """Each rule as a column of its own, layer by layer, so that no rule is worked out twice."""
    constants: dict[str, Column | Tiers | Entries] = {
        name: _constant(law.parameters[name][1].value) for name in plan.parameters
    }
    depth: dict[str, int] = {}
    for rule in plan.rules:
        depth[rule.name] = 1 + max((depth.get(name, 0) for name, _ in rule.arguments), default=0)
    for layer in range(1, max(depth.values()) + 1):
        given: dict[str, Column | Tiers | Entries] = dict(constants)
        given |= {fact.name: work[_PREFIX + fact.name] for fact in plan.facts}
        given |= {name: work[_PREFIX + name] for name, at in depth.items() if at < layer}
        rules = [rule for rule in plan.rules if depth[rule.name] == layer]
        work = work.mutate(**{_PREFIX + rule.name: translate(rule, given) for rule in rules})
    return work


def _answer(law: EditionLaw, plan: Plan, target: str, work: ir.Table, sound: Mapping[str, str]) -> Column:
    column = work[_PREFIX + target]
    needed = [sound[fact.name] for fact in law.plan((target,)).facts]
    if not needed:
        return column
    return ibis.ifelse(_all(work, needed), column, ibis.null(column.type()))


def _all(work: ir.Table, names: Sequence[str]) -> ir.BooleanValue:
    every: ir.BooleanValue = reduce(operator.and_, [work[name] for name in names])
    return every


def _faults(plan: Plan, work: ir.Table, sound: Mapping[str, str]) -> Column:
    if not plan.facts:
        return ibis.null("string")
    parts = []
    for fact in plan.facts:
        said = ibis.ifelse(work[fact.name].isnull(), MissingFact.code, OutOfRange.code)
        parts.append(ibis.ifelse(work[sound[fact.name]], "", said.concat(f":{fact.name} ")))
    joined = reduce(lambda left, right: left.concat(right), parts).rstrip()
    return ibis.ifelse(_all(work, list(sound.values())), ibis.null("string"), joined)


def _reasons(law: EditionLaw, plan: Plan, work: ir.Table) -> Column:
    parts: list[Column] = []
    for target in plan.targets:
        reason = law.rules[target].reason
        if reason is not None:
            stands = ibis.coalesce(work[target] == ibis.literal(reason.when), ibis.literal(False))
            parts.append(ibis.ifelse(stands, f"{target} ", ""))
    if not parts:
        return ibis.literal("")
    return reduce(lambda left, right: left.concat(right), parts).rstrip()


def _constant(value: object) -> Column | Tiers | Entries:
    if isinstance(value, Tiers | Entries):
        return value
    return ibis.literal(value, type="int64") if type(value) is int else ibis.literal(value)


def translate(rule: Rule, given: Given) -> Column:
    """The rule as an expression over the given columns."""
    return _Translator(given).column(rule.expression)


class _Translator:
    """Walks the checked syntax tree; whatever passed the check has a form here."""

    def __init__(self, given: Given) -> None:
        self.given = given

    def column(self, node: ast.expr) -> Column:
        """The expression of a node that stands for one value in a row."""
        match node:
            case ast.Name():
                return self.given[node.id]
            case ast.Constant():
                return _constant(node.value)
            case ast.IfExp():
                return ibis.ifelse(self.column(node.test), self.column(node.body), self.column(node.orelse))
            case ast.BoolOp():
                join = operator.and_ if isinstance(node.op, ast.And) else operator.or_
                return reduce(join, [self.column(value) for value in node.values])
            case ast.UnaryOp():
                inner = self.column(node.operand)
                return ~inner if isinstance(node.op, ast.Not) else -inner
            case ast.BinOp():
                return _ARITHMETIC[type(node.op)](self.column(node.left), self.column(node.right))
            case ast.Compare():
                return self._compare(node)
            case ast.Call():
                return self._call(node)
        raise AssertionError(f"passed the check but has no table form: {ast.dump(node)}")

    def _compare(self, node: ast.Compare) -> Column:
        sides = [self.column(side) for side in (node.left, *node.comparators)]
        pairs = zip(node.ops, sides, sides[1:], strict=False)
        return reduce(operator.and_, [_COMPARISONS[type(how)](left, right) for how, left, right in pairs])

    def _call(self, node: ast.Call) -> Column:
        word = WORDS[ast.unparse(node.func)]
        arguments = [
            argument.value if kind == "rounding" and isinstance(argument, ast.Constant) else self.column(argument)
            for argument, kind in zip(node.args, word.arguments, strict=True)
        ]
        return word.column(*arguments)
