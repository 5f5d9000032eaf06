"""The table form of the law: the syntax trees of the rules as Ibis expressions, the same on every engine."""

import ast
import operator
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise

import ibis
import ibis.expr.types as ir

from lopo.law.book import Fact
from lopo.law.editions import EditionLaw, Plan
from lopo.law.errors import MissingFact, NoLawYet, OutOfRange, WrongType
from lopo.law.parameters import Entries, Tiers, Value
from lopo.law.translation import Given, translate
from lopo.law.vocabulary import Column, whole

Number = Value | Column
"""A parameter: the same in every row, or a column where it changes with the day of the row."""
FAULTS = "alasan_kosong"
"""The column that says why a row got no answer."""

_PREFIX = "_hukum_"


def compute_table(law: EditionLaw, plan: Plan, table: ir.Table, reasons: str) -> ir.Table:
    """The table with a column for each target of the plan, and the column of faults."""
    numbers = {name: law.parameters[name][1].value for name in plan.parameters}
    return _compute(law, plan, table, numbers, reasons)


def _compute(law: EditionLaw, plan: Plan, table: ir.Table, numbers: Mapping[str, Number], reasons: str) -> ir.Table:
    _check_columns(plan, table, reasons)
    columns = list(table.columns)
    sound = {fact.name: f"{_PREFIX}sah_{fact.name}" for fact in plan.facts}
    work = table.mutate(**{sound[fact.name]: _sound(law, fact, table[fact.name]) for fact in plan.facts})
    work = work.mutate(**{_PREFIX + fact.name: _clean(fact, work, sound[fact.name]) for fact in plan.facts})
    work = _apply_in_layers(law, plan, work, numbers)
    answers = {name: _answer(law, plan, name, work, sound) for name in plan.targets}
    work = work.mutate(**{FAULTS: _faults(plan, work, sound)}, **answers)
    if reasons:
        work = work.mutate(**{reasons: _reasons(law, plan, work)})
    return work.select(*columns, *plan.targets, FAULTS, *([reasons] if reasons else []))


def compute_by_edition(plans: Sequence[tuple[EditionLaw, Plan]], table: ir.Table, day: str, reasons: str) -> ir.Table:
    """Each row by the edition of its day; rows outside of the editions get NULL and the fault `belum_ada_hukum`.

    Editions that follow each other with the same rules are worked out together, with their numbers by day.
    """
    _check_day(table, day)
    parts: list[ir.Table] = []
    outside: ir.BooleanValue = table[day].isnull()
    ended: date | None = date.min
    for group in _alike(plans):
        laws = [law for law, _ in group]
        first, last = laws[0].edition.first, laws[-1].edition.last
        rows = table.filter(_between(table[day], first, last))
        numbers = {name: _by_day(name, laws, rows[day]) for name in group[0][1].parameters}
        parts.append(_compute(*group[0], rows, numbers, reasons))
        if ended is not None and ended + timedelta(days=1) != first:
            outside |= (table[day] > ibis.literal(ended)) & (table[day] < ibis.literal(first))
        ended = last
    if ended is not None:
        outside |= table[day] > ibis.literal(ended)
    schema = parts[0].schema()
    absent = {name: ibis.null(schema[name]) for name in schema if name not in table.columns and name != FAULTS}
    rest = table.filter(outside).mutate(**absent, **{FAULTS: ibis.literal(NoLawYet.code)})
    return reduce(lambda left, right: left.union(right), [*parts, rest.select(*schema)])


def _between(day: Column, first: date, last: date | None) -> ir.BooleanValue:
    after = day >= ibis.literal(first)
    return after if last is None else after & (day <= ibis.literal(last))


def _alike(plans: Sequence[tuple[EditionLaw, Plan]]) -> list[list[tuple[EditionLaw, Plan]]]:
    """Runs of editions that follow each other and differ at most in plain numbers."""
    groups: list[list[tuple[EditionLaw, Plan]]] = []
    for law, plan in plans:
        before = groups[-1][-1] if groups else None
        if before and before[0].edition.number + 1 == law.edition.number and _same_form(before, (law, plan)):
            groups[-1].append((law, plan))
        else:
            groups.append([(law, plan)])
    return groups


def _same_form(one: tuple[EditionLaw, Plan], other: tuple[EditionLaw, Plan]) -> bool:
    if one[1].rules != other[1].rules or one[1].parameters != other[1].parameters:
        return False
    if any(one[0].choices(fact) != other[0].choices(fact) for fact in one[1].facts):
        return False
    values = [(law.parameters[name][1].value for name in plan.parameters) for law, plan in (one, other)]
    return all(old == new for old, new in zip(*values, strict=True) if isinstance(old, Tiers | Entries))


def _by_day(name: str, laws: Sequence[EditionLaw], day: Column) -> Number:
    """The number as a constant, or by the day of the row when it changes within the editions."""
    values = [law.parameters[name][1].value for law in laws]
    if all(value == values[0] for value in values):
        return values[0]
    runs = [
        (law.edition.first, value)
        for law, value, before in zip(laws, values, [None, *values], strict=False)
        if value != before
    ]
    branches = [(day < ibis.literal(following), _constant(value)) for (_, value), (following, _) in pairwise(runs)]
    return ibis.cases(*branches, else_=_constant(runs[-1][1]))


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


def _apply_in_layers(law: EditionLaw, plan: Plan, work: ir.Table, numbers: Mapping[str, Number]) -> ir.Table:
    """Rules that are used more than once as columns, layer by layer; the others stand within the rule that uses them.

    So no rule is worked out twice, and an engine can leave out what a condition makes needless.
    """
    uses = Counter(node.id for rule in plan.rules for node in ast.walk(rule.expression) if isinstance(node, ast.Name))
    kept = {
        rule.name
        for rule in plan.rules
        if rule.name in plan.targets or (uses[rule.name] > 1 and not isinstance(rule.expression, ast.Name))
    }
    inner = {rule.name: rule for rule in plan.rules if rule.name not in kept}
    fixed = {name: number for name, number in numbers.items() if type(number) is int}
    columns = {name: _constant(number) for name, number in numbers.items()}
    depth: dict[str, int] = {}
    for rule in plan.rules:
        depth[rule.name] = max((depth.get(name, 0) for name, _ in rule.arguments), default=0) + (rule.name in kept)
    for layer in range(1, max(depth.values()) + 1):
        given = Given(_PREFIX, work, columns, fixed, inner, law.bounds)
        rules = [rule for rule in plan.rules if rule.name in kept and depth[rule.name] == layer]
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


def _constant(value: Number) -> Column | Tiers | Entries:
    if isinstance(value, Tiers | Entries | ir.Value):
        return value
    return ibis.literal(value, type="int64") if type(value) is int else ibis.literal(value)
