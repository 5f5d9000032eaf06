"""Mutants of the rules and numbers of the law: each is the whole law with one change."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.mutation.changes import changed_expressions
from lopo.law import LAW
from lopo.law.book import Book, Rule
from lopo.law.engine import Law
from lopo.law.parameters import Entries, Parameter, Tiers, Value, Version

DAY = timedelta(days=1)
OFFICE = ("umur_dewasa_penerima", "hari_kunjungan_keluarga")
"""Numbers that the office asks of itself; the rooms that use them prove them."""


@dataclass(frozen=True)
class Mutant:
    """One small change: where, what, and how to build the law that has it."""

    place: str
    change: str
    build: Callable[[], Law]


def with_rule(old: Rule, new: Rule) -> Law:
    rules = [new if rule is old else rule for rule in LAW.book.rules]
    return Law(Book(LAW.book.facts, rules), LAW.parameters, LAW.instruments, LAW.english)


def with_expression(rule: Rule, expression: ast.expr) -> Law:
    """The law whose rule says something else."""
    arguments = ast.arguments([], [ast.arg(name) for name, _ in rule.arguments], None, [], [], None, [])
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, copy.deepcopy(expression))))
    function = eval(compile(tree, rule.place, "eval"), rule.function.__globals__)  # noqa: S307 - our own tree
    return with_rule(rule, replace(rule, function=function, expression=expression))


def rule_mutants() -> Iterator[Mutant]:
    for rule in LAW.book.rules:
        place = f"{rule.room.rsplit('.', 1)[1]}.{rule.function.__name__}"
        for said, expression in changed_expressions(rule.expression):
            yield Mutant(place, said, lambda rule=rule, expression=expression: with_expression(rule, expression))  # type: ignore[misc]
        if rule.kind == "bool" and isinstance(rule.expression, ast.Name | ast.Call | ast.Constant):
            negated = ast.UnaryOp(ast.Not(), rule.expression)
            yield Mutant(place, "negated", lambda rule=rule, negated=negated: with_expression(rule, negated))  # type: ignore[misc]
        for name in ("starts", "ends"):
            day = getattr(rule, name)
            for step in (DAY, -DAY) if day else ():
                moved = replace(rule, **{name: day + step})
                yield Mutant(place, f"{name} {day + step}", lambda rule=rule, moved=moved: with_rule(rule, moved))  # type: ignore[misc]
        if rule.reason:
            other = replace(rule, reason=replace(rule.reason, when=not rule.reason.when))
            yield Mutant(place, "reason turned", lambda rule=rule, other=other: with_rule(rule, other))  # type: ignore[misc]
            for name in rule.reason.after:
                fewer = tuple(one for one in rule.reason.after if one != name)
                louder = replace(rule, reason=replace(rule.reason, after=fewer))
                yield Mutant(
                    place, f"not silent after {name}", lambda rule=rule, louder=louder: with_rule(rule, louder)
                )  # type: ignore[misc]


def other_values(value: Value) -> Iterator[tuple[str, Value]]:
    """The value with one number moved by one."""
    for step in (1, -1):
        match value:
            case date():
                yield f"{value + step * DAY}", value + step * DAY
            case int():
                yield f"{value + step}", value + step
            case Tiers():
                for place in range(len(value.values)):
                    if place:
                        yield (
                            f"bound {value.bounds[place]} {step:+}",
                            Tiers(moved(value.bounds, place, step), value.values),
                        )
                    yield f"row {value.bounds[place]} {step:+}", Tiers(value.bounds, moved(value.values, place, step))
            case Entries():
                for code, number in value.values.items():
                    yield f"{code} {step:+}", Entries({**value.values, code: number + step})


def moved(numbers: tuple[int, ...], place: int, step: int) -> tuple[int, ...]:
    return (*numbers[:place], numbers[place] + step, *numbers[place + 1 :])


def number_mutants() -> Iterator[Mutant]:
    first_law = LAW.laws[0].edition.first
    for name in sorted(set(LAW.parameters) - set(OFFICE)):
        parameter = LAW.parameters[name]
        for place, version in enumerate(parameter.versions):
            here = f"{version.place} {name} from {version.first}"
            for said, value in other_values(version.value):
                yield number_mutant(here, said, parameter, place, replace(version, value=value))
            for step in (DAY, -DAY):
                if version.first + step >= first_law:
                    first = version.first + step
                    yield number_mutant(here, f"from {first}", parameter, place, replace(version, first=first))
                if version.last and version is parameter.versions[-1]:
                    last = version.last + step
                    yield number_mutant(here, f"until {last}", parameter, place, replace(version, last=last))


def number_mutant(place: str, said: str, parameter: Parameter, at: int, version: Version) -> Mutant:
    """The law with another version; the one before it ends the day before it begins."""
    versions = [*parameter.versions[:at], version, *parameter.versions[at + 1 :]]
    if at:
        versions[at - 1] = replace(versions[at - 1], last=version.first - DAY)
    other = replace(parameter, versions=tuple(versions))
    return Mutant(place, said, lambda: Law(LAW.book, {**LAW.parameters, parameter.name: other}, LAW.instruments))
