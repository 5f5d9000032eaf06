"""Several editions of the law as one: what each rule comes to from one day to the next, for tables of many days."""

import ast
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from lopo.law.book import Fact, Rule
from lopo.law.bounds import Bounds
from lopo.law.editions import EditionLaw, Plan
from lopo.law.errors import LawDefect
from lopo.law.parameters import Entries, Tiers
from lopo.law.simplification import put_in, simplified

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """A rule in one stretch of days: one tree, with the rules used nowhere else and all plain numbers put in.

    reads are the facts and kept rules that it rests on, with their least and greatest values in bounds; tables are the
    ladders and lists of codes that it looks things up in. Stretches with equal forms are worked out as one.
    """

    rule: Rule = field(compare=False)
    tree: ast.expr = field(compare=False)
    shown: str
    reads: tuple[str, ...]
    tables: Mapping[str, Tiers | Entries]
    bounds: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """What holds from the day until the next run begins; the first run of all has no first day."""

    first: date | None
    what: T


Runs = tuple[Run[Form | None], ...]
"""A rule through time; None on days on which no target needs it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which one edition holds, or on which there is no law (law and plan are None)."""

    first: date | None
    law: EditionLaw | None
    plan: Plan | None


@dataclass(frozen=True)
class Together:
    """The targets over all stretches: the facts that any of them needs, and the kept rules in layers.

    A rule of a layer rests on facts and on rules of the layers before it. Each has its runs; None is a stretch in
    which no target needs the rule.
    """

    targets: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    facts: tuple[Fact, ...]
    layers: tuple[Mapping[str, Runs], ...]

    @property
    def only_compared(self) -> frozenset[str]:
        """What is only ever compared or looked up in a ladder, so that no value of it can overflow anything."""
        trees = [run.what.tree for layer in self.layers for runs in layer.values() for run in runs if run.what]
        compared: Counter[str] = Counter()
        for node in (node for tree in trees for node in ast.walk(tree)):
            looks_up = isinstance(node, ast.Call) and ast.unparse(node.func) == "tier"
            if isinstance(node, ast.Compare) or looks_up:
                compared.update(part.id for part in ast.iter_child_nodes(node) if isinstance(part, ast.Name))
        seen = Counter(node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name))
        return frozenset(name for name, times in seen.items() if compared[name] == times)

    def runs(self, about: Callable[[EditionLaw, Plan], T]) -> tuple[Run[T], ...]:
        """What is so about each edition, in runs; days without law go with their neighbours, for they get no answer."""
        found = [
            (stretch.first, about(stretch.law, stretch.plan))
            for stretch in self.stretches
            if stretch.law and stretch.plan
        ]
        kept = [Run(None, found[0][1])]
        for first, what in found[1:]:
            if what != kept[-1].what:
                kept.append(Run(first, what))
        return tuple(kept)

    @property
    def lawful(self) -> tuple[Run[bool], ...]:
        """Whether there is law, in runs."""
        kept: list[Run[bool]] = []
        for stretch in self.stretches:
            if not kept or kept[-1].what != (stretch.law is not None):
                kept.append(Run(stretch.first, stretch.law is not None))
        return tuple(kept)

    def needs(self, target: str) -> tuple[Run[tuple[str, ...]], ...]:
        """The facts without which the target has no answer, in runs."""
        return self.runs(lambda law, _: tuple(fact.name for fact in law.plan((target,)).facts))


def on_one_day(law: EditionLaw, plan: Plan, wanted: Collection[str] = ()) -> Together:
    """One edition alone: every run goes on for good. Of the wanted rules each is kept as targets are."""
    return _together((Stretch(None, law, plan),), plan.targets, wanted)


def by_day(plans: Sequence[tuple[EditionLaw, Plan]], wanted: Collection[str] = ()) -> Together:
    """The editions one after the other without a hole, and the days before and after them; wanted as in on_one_day."""
    stretches = [Stretch(None, None, None), *(Stretch(law.edition.first, law, plan) for law, plan in plans)]
    last = plans[-1][0].edition.last
    if last is not None:
        stretches.append(Stretch(last + timedelta(days=1), None, None))
    return _together(tuple(stretches), plans[0][1].targets, wanted)


def _together(stretches: tuple[Stretch, ...], targets: tuple[str, ...], wanted: Collection[str]) -> Together:
    plans = [stretch.plan for stretch in stretches if stretch.plan]
    facts = {fact.name: fact for plan in plans for fact in plan.facts}
    names = dict.fromkeys(rule.name for plan in plans for rule in plan.rules)
    kept = {*targets, *wanted}.union(*(_worth_a_column(plan) for plan in plans))
    bare = Together(targets, stretches, tuple(facts.values()), ())
    runs = {name: _forms_of(bare, name, kept) for name in names if name in kept}
    _check_kinds(runs)
    return Together(targets, stretches, tuple(facts.values()), _layers(runs))


def _forms_of(bare: Together, name: str, kept: set[str]) -> Runs:
    return bare.runs(lambda law, plan: _form(law, plan, name, kept))


def _worth_a_column(plan: Plan) -> set[str]:
    """The rules that are used more than once; one that only hands on another name is never worth a column."""
    uses = Counter(node.id for rule in plan.rules for node in ast.walk(rule.expression) if isinstance(node, ast.Name))
    return {rule.name for rule in plan.rules if uses[rule.name] > 1 and not isinstance(rule.expression, ast.Name)}


def _form(law: EditionLaw, plan: Plan, name: str, kept: set[str]) -> Form | None:
    rules = {rule.name: rule for rule in plan.rules}
    if name not in rules:
        return None
    inner: dict[str, Rule] = {}
    others: dict[str, None] = {}

    def visit(rule: Rule) -> None:
        for argument, _ in rule.arguments:
            if argument in rules and argument not in kept:
                inner[argument] = rules[argument]
                visit(rules[argument])
            else:
                others[argument] = None

    visit(rules[name])
    numbers = {other: law.parameters[other][1].value for other in others if other in law.parameters}
    fixed = {other: number for other, number in numbers.items() if not isinstance(number, Tiers | Entries)}
    tables = {other: table for other, table in numbers.items() if isinstance(table, Tiers | Entries)}
    reads = tuple(other for other in others if other not in numbers)
    tree = simplified(put_in(rules[name].expression, inner, fixed))
    bounds = {other: law.bounds[other] for other in others if other in law.bounds and other not in fixed}
    return Form(rules[name], tree, ast.dump(tree), reads, tables, bounds)


def _check_kinds(runs: Mapping[str, Runs]) -> None:
    for name, versions in runs.items():
        rules = [run.what.rule for run in versions if run.what]
        for rule in rules:
            if rule.kind != rules[0].kind:
                raise LawDefect(rule.place, f"{name} gives {rule.kind}, on earlier days {rules[0].kind}")


def _layers(
    runs: Mapping[str, Runs],
) -> tuple[Mapping[str, Runs], ...]:
    """Each rule in the first layer in which all that it reads is there."""
    layers: list[Mapping[str, Runs]] = []
    left = dict(runs)
    while left:
        ready = {name: runs for name, runs in left.items() if not any(_reads(runs) & left.keys())}
        if not ready:
            raise LawDefect("the law", f"rules run in a circle from one edition to another: {', '.join(left)}")
        layers.append(ready)
        left = {name: runs for name, runs in left.items() if name not in ready}
    return tuple(layers)


def _reads(runs: Sequence[Run[Form | None]]) -> set[str]:
    return {name for run in runs if run.what for name in run.what.reads}
