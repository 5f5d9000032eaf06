"""The trace of a kept decision as a tree: each answer with what it rests on, down to facts, numbers and injuries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lopo.claims.queries.decisions import DecisionRow, StepRow
from lopo.law.groups import KINDS

_ADDED_UP: Final = {group.fact: group.rule for kind in KINDS for group in kind}
"""The facts that are added up over injuries, trips or invoices, with the rule that gave each its part."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A step and what it rests on directly. A step that was told in full before is only named: `again`."""

    step: StepRow
    branches: tuple[Branch, ...]
    again: bool


def branches(row: DecisionRow) -> tuple[Branch, ...]:
    """Give a tree for each answer of the decision that no other of its answers rests on."""
    steps = {step.name: step for step in row.steps}
    below = {name for target in row.targets for name in _below(target, steps)}
    told: set[str] = set()
    return tuple(_branch(name, steps, told, row) for name in row.targets if name not in below)


def _below(target: str, steps: Mapping[str, StepRow]) -> set[str]:
    found: set[str] = set()
    waiting = list(steps[target].inputs)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(steps[name].inputs)
    return found


def _branch(name: str, steps: Mapping[str, StepRow], told: set[str], row: DecisionRow | None) -> Branch:
    """A branch whose steps were not told yet; row where the facts may have been added up from members."""
    step = steps[name]
    again = name in told and bool(step.inputs)
    told.add(name)
    under = () if again else tuple(_branch(one, steps, told, row) for one in step.inputs)
    return Branch(step, (*under, *(_members(name, row) if row is not None else ())), again)


def _members(fact: str, row: DecisionRow) -> Sequence[Branch]:
    rule = _ADDED_UP.get(fact)
    mine = [member for member in row.members if rule in member.targets]
    return [_branch(str(rule), {step.name: step for step in member.steps}, set(), None) for member in mine]
