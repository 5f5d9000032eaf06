"""Works out a sum of the law page: rows are added up first, then the case is decided, also by another number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lopo.basics.calendar import Month
from lopo.law import LAW
from lopo.law.cases import Injury
from lopo.law.decision import Answer, Decision, Step
from lopo.law.editions import EditionLaw
from lopo.law.engine import Law
from lopo.law.errors import CaseError
from lopo.law.groups import gather
from lopo.law.parameters import Parameter, Version
from lopo.law.reforms import Change, Reform
from lopo.law.sources import Citation
from lopo.web.law_forms import LEFT_HANDED, Block, Given, Questions

PROPOSAL = "Bagaimana bila"


@dataclass(frozen=True)
class Member:
    """The decision about one row, with the name of its block and its number."""

    title: str | Promise
    number: int
    decision: Decision


@dataclass(frozen=True)
class Answered:
    """A sum that was worked out: the decision about the case and about each row, and the facts that came out."""

    decision: Decision
    members: tuple[Member, ...]
    facts: Mapping[str, Answer | None]

    @property
    def main(self) -> Step:
        """Give the step that is the answer."""
        return self.decision.step(self.decision.targets[0])

    @property
    def parts(self) -> tuple[Step, ...]:
        """Give the amounts that stand beside the answer or make it up."""
        names = dict.fromkeys((*self.decision.targets[1:], *self.main.inputs))
        steps = (self.decision.step(name) for name in names)
        return tuple(step for step in steps if step.kind == "aturan" and type(step.value) is int)


def answer(asked: Questions, law: EditionLaw, on: date) -> Answered | None:
    """Work the sum out by the law of the day; None, with a word at the field, where the law cannot take an answer."""
    facts: dict[str, Answer | None] = {name: value for name, value in asked.main.given.items() if name in law.facts}
    facts |= dict.fromkeys(asked.sum.of_day, on) | {name: Month.of(on).first_day for name in asked.sum.of_month}
    left = asked.main.given.get(LEFT_HANDED) is True
    members: list[Member] = []
    try:
        for block in asked.blocks:
            gathered = gather(block.rows.groups, _rows(block, facts, left), on)
            members += [Member(block.rows.title, at, one) for at, one in enumerate(gathered.members, start=1)]
            facts |= gathered.facts
        needed = {fact.name: facts.get(fact.name) for fact in asked.plan.facts}
        decision = LAW.decide(asked.plan.targets, needed, on)
    except CaseError as problem:
        _tell(asked, problem)
        return None
    return Answered(decision, tuple(members), needed)


def _rows(block: Block, facts: Given, left: bool) -> list[dict[str, Answer | None]]:
    """Give the facts of each row: its own, those asked once for all, its number, and the side of the body."""
    shared = {name: facts[name] for name in block.rows.shared if name in facts}
    found: list[dict[str, Answer | None]] = []
    for number, form in enumerate(block.filled, start=1):
        row = {**form.given, **shared}
        if block.rows.numbered:
            row[block.rows.numbered] = number
        part, times = row.get("bagian_tubuh"), row.get("jumlah_cedera")
        if isinstance(part, str) and isinstance(times, int):
            row |= Injury(part, times, left).facts()
        found.append(row)
    return found


def _tell(asked: Questions, problem: CaseError) -> None:
    """Put what the law cannot take beside its question; above the form where the question is unknown."""
    sentence = _("Nilai ini di luar batas yang dikenal hukum.")
    for form in asked.forms:
        for name in problem.names:
            if name in form.fields:
                form.add_error(name, sentence)
                return
    asked.main.add_error(None, sentence)


def changeable(asked: Questions, law: EditionLaw) -> list[tuple[Parameter, Version]]:
    """Give the plain numbers that the case itself (not its rows) rests on, for the question what if."""
    found = [law.parameters[name] for name in asked.plan.parameters]
    return [(parameter, version) for parameter, version in found if type(version.value) is int]


def what_if(done: Answered, parameter: Parameter, value: int) -> Decision:
    """Decide the same case by the law with another value of one number."""
    return _reformed(parameter.name, value).decide(done.decision.targets, done.facts, done.decision.on)


@lru_cache(maxsize=64)
def _reformed(name: str, value: int) -> Law:
    first = LAW.parameters[name].versions[0].first
    version = Version(first, None, value, (Citation(PROPOSAL, ""),), "assumed", "", PROPOSAL)
    return Reform(PROPOSAL, PROPOSAL, (Change(name, version),)).applied_to(LAW)
