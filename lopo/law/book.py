"""How law is written down: facts that may be asked, and rules as small Python functions, gathered in a book."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Required, TypedDict, TypeVar, Unpack

from lopo.law.errors import LawDefect
from lopo.law.parameters import UNITS, Entries, Tiers
from lopo.law.sources import STATUSES
from lopo.law.syntax import Checked, check

Value = int | bool | date | str
"""What a fact or an answer can be: a whole number (rupiah, days, months ...), yes or no, a day, or a code."""

Function = TypeVar("Function", bound=Callable[..., Value])

KIND_NAMES: dict[type, str] = {int: "int", bool: "bool", date: "date", str: "text", Tiers: "tiers", Entries: "entries"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the statute may ask about a person or a case.

    minimum and maximum bound a whole number; choices are the codes of a text, choices_from names the parameter table
    whose codes they are; an optional fact may be unknown, and then rules must ask `known(fact)` first.
    """

    name: str
    kind: type
    label: str
    unit: str = ""
    minimum: int = 0
    maximum: int = 10**12
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    optional: bool = False

    @property
    def kind_name(self) -> str:
        """The kind as the rules name it: int, bool, date or text."""
        return KIND_NAMES[self.kind]


@dataclass(frozen=True, slots=True)
class Reason:
    """What is said to the person when a condition does not let an answer through.

    `sentence` is Indonesian, `english` the same in English; `when` is the value of the condition that is a reason.
    `after` names other conditions: while one of them stands in the way this reason is silent, since it would speak of
    a right that is gone already ("paid after the arrears" where nothing will be paid). `{name}` in a sentence is a
    number that the rule itself uses, as it stands on the day.
    """

    sentence: str
    english: str = ""
    when: bool = False
    after: tuple[str, ...] = ()


class About(TypedDict, total=False):
    """What is known about a rule: its caption, source, unit, status, days and the sentence of its reason."""

    label: Required[str]
    source: Required[str]
    unit: str
    status: str
    starts: date
    ends: date
    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a scalar function whose argument names are facts, other rules or parameters."""

    name: str
    label: str
    function: Callable[..., Value]
    arguments: tuple[tuple[str, str], ...]
    kind: str
    expression: ast.expr
    divisors: tuple[tuple[str, int], ...]
    source: str
    unit: str
    status: str
    starts: date | None
    ends: date | None
    reason: Reason | None
    place: str
    room: str


@dataclass
class Book:
    """The facts and rules written down so far; the law is built from it."""

    facts: dict[str, Fact] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def declare(self, *facts: Fact) -> None:
        """Add facts that rules may ask; LawDefect for a name that is taken or a kind that is unknown."""
        for fact in facts:
            place = f"fact {fact.name}"
            if fact.name in self.facts:
                raise LawDefect(place, "is declared twice")
            if fact.kind not in (int, bool, date, str):
                raise LawDefect(place, f"kind {fact.kind!r} is none of int, bool, date, str")
            if fact.unit and fact.unit not in UNITS:
                raise LawDefect(place, f"unknown unit {fact.unit!r}")
            if fact.kind is str and not (fact.choices or fact.choices_from):
                raise LawDefect(place, "a text fact needs choices")
            self.facts[fact.name] = fact

    def rule(self, **about: Unpack[About]) -> Callable[[Function], Function]:
        """Write the decorated function down as a rule; LawDefect with file and line when it is not allowed.

        The function is the meaning: one expression, or if/return chains, over its arguments.
        """

        def write(function: Function) -> Function:
            self.rules.append(_rule(function, about))
            return function

        return write


def _rule(function: Callable[..., Value], about: About) -> Rule:
    tree, place = _source_of(function)
    checked = check(tree, function, place)
    _check_about(about, checked, place)
    return Rule(
        name=about.get("name", function.__name__),
        label=about["label"],
        function=function,
        arguments=checked.arguments,
        kind=checked.kind,
        expression=checked.expression,
        divisors=checked.divisors,
        source=about["source"],
        unit=about.get("unit", ""),
        status=about.get("status", "read"),
        starts=about.get("starts"),
        ends=about.get("ends"),
        reason=about.get("reason"),
        place=place(tree),
        room=function.__module__,
    )


def _check_about(about: About, checked: Checked, place: Callable[[ast.AST], str]) -> None:
    here = place(checked.tree)
    if about.get("status", "read") not in STATUSES:
        raise LawDefect(here, f"status {about.get('status')!r} is not one of {', '.join(STATUSES)}")
    unit = about.get("unit", "")
    if unit and unit not in UNITS:
        raise LawDefect(here, f"unknown unit {unit!r}")
    if checked.kind == "int" and not unit:
        raise LawDefect(here, "a whole number needs a unit")
    if "reason" in about and checked.kind != "bool":
        raise LawDefect(here, "only a yes-or-no rule can be a reason")
    if not about["label"].strip():
        raise LawDefect(here, "a rule needs a label")


def _source_of(function: Callable[..., Value]) -> tuple[ast.FunctionDef, Callable[[ast.AST], str]]:
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines))).body[0]
    file = Path(inspect.getsourcefile(function) or "?").name
    if not isinstance(tree, ast.FunctionDef):
        raise LawDefect(f"{file}:{first}", "a rule must be a plain function")
    return tree, lambda node: f"{file}:{first + getattr(node, 'lineno', 1) - 1}"


BOOK = Book()
"""The book of this product; tests may write books of their own."""

declare = BOOK.declare
rule = BOOK.rule
