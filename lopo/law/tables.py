"""The table form of the law: the syntax trees of the rules as Ibis expressions, the same on every engine."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import TypeVar

import ibis
import ibis.expr.types as ir

from lopo.law.book import Fact
from lopo.law.editions import EditionLaw, Plan
from lopo.law.errors import MissingFact, NoLawYet, OutOfRange, WrongType
from lopo.law.marked_yaml import FIRST_DAY, LAST_DAY
from lopo.law.simplification import merged
from lopo.law.together import Form, Run, Together, by_day, on_one_day
from lopo.law.translation import Given, choose_by_day, translate_tree
from lopo.law.vocabulary import Column, whole

T = TypeVar("T")
FAULTS = "alasan_kosong"
"""The column that says why a row got no answer."""

_PREFIX = "_hukum_"
_DTYPES = {"int": "int64", "bool": "boolean", "date": "date", "text": "string"}


def compute_table(law: EditionLaw, plan: Plan, table: ir.Table, reasons: str) -> ir.Table:
    """The table with a column for each target of the plan, and the column of faults."""
    return _compute(on_one_day(law, plan, _silencers([plan], reasons)), table, None, reasons)


def compute_by_edition(plans: Sequence[tuple[EditionLaw, Plan]], table: ir.Table, day: str, reasons: str) -> ir.Table:
    """Each row by the edition of its day; rows outside of the editions get NULL and the fault `belum_ada_hukum`."""
    _check_day(table, day)
    return _compute(by_day(plans, _silencers([plan for _, plan in plans], reasons)), table, table[day], reasons)


def _silencers(plans: Sequence[Plan], reasons: str) -> frozenset[str]:
    """The conditions after which a reason of the targets is silent, where reasons are asked for."""
    return frozenset(
        name
        for plan in plans
        for rule in plan.rules
        for name, _ in plan.silencers(rule)
        if reasons and rule.name in plan.targets
    )


def _compute(law: Together, table: ir.Table, day: Column | None, reasons: str) -> ir.Table:
    _check_columns(law, table, reasons)
    columns = list(table.columns)
    sound = {fact.name: f"{_PREFIX}sah_{fact.name}" for fact in law.facts}
    work = table.mutate(**{sound[fact.name]: _sound(law, fact, table[fact.name], day) for fact in law.facts})
    raw = law.only_compared
    work = work.mutate(
        **{_PREFIX + fact.name: _clean(fact, work, sound[fact.name], fact.name in raw) for fact in law.facts}
    )
    for layer in law.layers:
        work = work.mutate(**{_PREFIX + name: _rule(runs, work, day) for name, runs in layer.items()})
    answers = {name: _answer(law, name, work, sound, day) for name in law.targets}
    work = work.mutate(**{FAULTS: _faults(law, work, sound, day)}, **answers)
    if reasons:
        work = work.mutate(**{reasons: _reasons(law, work, day)})
    return work.select(*columns, *law.targets, FAULTS, *([reasons] if reasons else []))


def _by_day(runs: Sequence[Run[T]], build: Callable[[T], Column], day: Column | None) -> Column:
    """What is built of each run, chosen by the day of the row."""
    if len(runs) == 1 or day is None:
        return build(runs[0].what)
    return choose_by_day([run.what for run in runs], build, [run.first for run in runs if run.first], day)


def _check_day(table: ir.Table, day: str) -> None:
    if day not in table.columns:
        raise MissingFact(f"the table has no column {day}", day)
    if not table.schema()[day].is_date():
        raise WrongType(f"column {day} must be date, not {table.schema()[day]}", day)


def _check_columns(law: Together, table: ir.Table, reasons: str) -> None:
    absent = [fact.name for fact in law.facts if fact.name not in table.columns]
    if absent:
        raise MissingFact(f"the table has no column {', '.join(absent)}", *absent)
    taken = [name for name in (*law.targets, FAULTS, reasons) if name and name in table.columns]
    if taken:
        raise WrongType(f"the table already has a column {', '.join(taken)}", *taken)
    for fact in law.facts:
        found = table.schema()[fact.name]
        fits = {int: found.is_integer(), bool: found.is_boolean(), str: found.is_string()}.get(
            fact.kind, found.is_date()
        )
        if not fits:
            raise WrongType(f"column {fact.name} must be {fact.kind_name}, not {found}", fact.name)


def _sound(law: Together, fact: Fact, column: Column, day: Column | None) -> Column:
    """Whether the fact is known (or may be unknown) and in range; NULL, which is no yes, when it is unknown.

    A text is not looked at on days on which no target needs it, for that is dear.
    """

    def codes(edition: EditionLaw, plan: Plan) -> tuple[str, ...] | None:
        return tuple(sorted(edition.choices(fact))) if fact in plan.facts else None

    def build(found: tuple[str, ...] | None) -> Column:
        return ibis.literal(True) if found is None else _inside(fact, column, found)

    return _by_day(law.runs(codes), build, day) if fact.kind is str else _inside(fact, column, ())


def _inside(fact: Fact, column: Column, codes: Sequence[str]) -> Column:
    if fact.kind is int:
        inside = column.between(fact.minimum, fact.maximum)
    elif fact.kind is str:
        inside = column.isin(codes)
    elif fact.kind is date:
        inside = column.between(ibis.literal(FIRST_DAY), ibis.literal(LAST_DAY))
    else:
        return ibis.literal(True) if fact.optional else column.notnull()
    return ibis.coalesce(inside, ibis.literal(True)) if fact.optional else inside


def _clean(fact: Fact, work: ir.Table, sound: str, raw: bool) -> Column:
    """The fact as the rules see it: NULL when it is not sound, so that nothing overflows on the way."""
    if raw or fact.kind is not int:
        return work[fact.name]
    return ibis.ifelse(work[sound], whole(work[fact.name]), ibis.null("int64"))


def _rule(runs: Sequence[Run[Form | None]], work: ir.Table, day: Column | None) -> Column:
    """The rule by the day of the row; NULL on days on which no target needs it."""
    forms = [run.what for run in runs if run.what]
    alike = len(forms) == len(runs) and all(_fits(form, forms[0]) for form in forms)
    if alike and len(forms) > 1:
        tree = merged([form.tree for form in forms], [run.first for run in runs if run.first])
        return translate_tree(tree, forms[0].rule, _given(forms, work, day))
    nothing = ibis.null(_DTYPES[forms[0].rule.kind])
    return _by_day(runs, lambda form: _form(form, work) if form else nothing, day)


def _fits(one: Form, other: Form) -> bool:
    """Whether both read the same tables and numbers within the same bounds."""
    shared = one.bounds.keys() & other.bounds.keys()
    tables = one.tables.keys() & other.tables.keys()
    return all(one.bounds[name] == other.bounds[name] for name in shared) and all(
        one.tables[name] == other.tables[name] for name in tables
    )


def _form(form: Form, work: ir.Table) -> Column:
    return translate_tree(form.tree, form.rule, _given((form,), work, None))


def _given(forms: Sequence[Form], work: ir.Table, day: Column | None) -> Given:
    tables = {name: table for form in forms for name, table in form.tables.items()}
    bounds = {name: ends for form in forms for name, ends in form.bounds.items()}
    return Given(_PREFIX, work, tables, bounds, day)


def _answer(law: Together, target: str, work: ir.Table, sound: Mapping[str, str], day: Column | None) -> Column:
    """The target where there is law and all that it needs is sound, else NULL."""
    column = work[_PREFIX + target]
    runs = law.needs(target)
    always = [name for name in runs[0].what if all(name in run.what for run in runs)]
    rest = [Run(run.first, tuple(name for name in run.what if name not in always)) for run in runs]
    needed = _all(work, [sound[name] for name in always])
    if any(run.what for run in rest):
        needed = needed & _by_day(rest, lambda names: _all(work, [sound[name] for name in names]), day)
    if day is not None:
        needed = _lawful(law, day) & needed
    return ibis.ifelse(needed, column, ibis.null(column.type()))


def _lawful(law: Together, day: Column) -> Column:
    """Whether there is law on the day of the row; NULL, which is no yes, when the day is unknown."""
    return _days(law.lawful, day)


def _days(runs: Sequence[Run[bool]], day: Column) -> Column:
    """Whether the day lies in a run of which it is true (there is always one that is true and one that is not)."""
    found: list[Column] = []
    for run, after in zip(runs, [*runs[1:], None], strict=True):
        ends = [day >= ibis.literal(run.first)] if run.first else []
        ends += [day < ibis.literal(after.first)] if after else []
        if run.what:
            found.append(reduce(operator.and_, ends))
    return reduce(operator.or_, found)


def _all(work: ir.Table, names: Sequence[str]) -> Column:
    return reduce(operator.and_, [work[name] for name in names]) if names else ibis.literal(True)


def _faults(law: Together, work: ir.Table, sound: Mapping[str, str], day: Column | None) -> Column:
    """A word for each fact that the row needs on its day and that is not sound, or `belum_ada_hukum`."""
    parts = [_fault(law, fact, work, sound[fact.name], day) for fact in law.facts]
    joined = reduce(lambda left, right: left.concat(right), parts).rstrip() if parts else ibis.literal("")
    found = joined.nullif("")
    return found if day is None else ibis.ifelse(_lawful(law, day), found, NoLawYet.code)


def _fault(law: Together, fact: Fact, work: ir.Table, sound: str, day: Column | None) -> Column:
    said = ibis.ifelse(work[fact.name].isnull(), MissingFact.code, OutOfRange.code)
    word = ibis.ifelse(work[sound], "", said.concat(f":{fact.name} "))
    needed = law.runs(lambda _, plan: fact in plan.facts)
    return _by_day(needed, lambda so: word if so else ibis.literal(""), day)


def _reasons(law: Together, work: ir.Table, day: Column | None) -> Column:
    """The names of the targets that are conditions and stand in the way."""
    parts = [part for target in law.targets if (part := _stands(law, target, work, day)) is not None]
    if not parts:
        return ibis.literal("")
    return reduce(lambda left, right: left.concat(right), parts).rstrip()


def _stands(law: Together, target: str, work: ir.Table, day: Column | None) -> Column | None:
    """The name of the target where it stands in the way and is not silent; None when it never says a reason."""

    def when(edition: EditionLaw, plan: Plan) -> tuple[bool | None, tuple[tuple[str, bool], ...]]:
        rule = edition.rules[target]
        return (rule.reason.when if rule.reason else None), plan.silencers(rule)

    def build(said: tuple[bool | None, tuple[tuple[str, bool], ...]]) -> Column:
        so, silent_after = said
        if so is None:
            return ibis.literal(False)
        stands = _is(work[target], so)
        return reduce(lambda one, other: one & ~_is(work[_PREFIX + other[0]], other[1]), silent_after, stands)

    runs = law.runs(when)
    if all(run.what[0] is None for run in runs):
        return None
    return ibis.ifelse(_by_day(runs, build, day), f"{target} ", "")


def _is(answer: Column, value: bool) -> Column:
    """Whether the condition has the value; no where it is NULL."""
    return ibis.coalesce(answer == value, ibis.literal(False))
