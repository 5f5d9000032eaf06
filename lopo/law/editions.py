"""The law by day: which version of each rule and number is in force, checked for holes, doubles and circles."""

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from string import Formatter

from lopo.law.book import Book, Fact, Rule
from lopo.law.bounds import Bounds, Measure
from lopo.law.decision import Edition, plain
from lopo.law.errors import LawDefect, UnknownTarget
from lopo.law.parameters import Entries, Parameter, Version
from lopo.law.sources import Citation, Instrument, cite

_PARAMETER_KIND = {"number": "int", "day": "date", "tiers": "tiers", "entries": "entries"}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that some targets need in one edition, in the order in which it can be worked out."""

    targets: tuple[str, ...]
    facts: tuple[Fact, ...]
    parameters: tuple[str, ...]
    rules: tuple[Rule, ...]

    def silencers(self, rule: Rule) -> tuple[tuple[str, bool], ...]:
        """The conditions of this plan after which the rule's reason is silent, each with the value that silences."""
        after = rule.reason.after if rule.reason is not None else ()
        return tuple((one.name, one.reason.when) for one in self.rules if one.reason and one.name in after)


@dataclass
class EditionLaw:
    """The rules and parameters in force in one edition; bounds are the least and greatest value of each number."""

    edition: Edition
    rules: Mapping[str, Rule]
    parameters: Mapping[str, tuple[Parameter, Version]]
    facts: Mapping[str, Fact]
    citations: Mapping[str, tuple[Citation, ...]]
    bounds: dict[str, Bounds] = field(default_factory=dict)
    _plans: dict[tuple[str, ...], Plan] = field(default_factory=dict)

    def plan(self, targets: tuple[str, ...]) -> Plan:
        """The plan for the targets; UnknownTarget when one of them is no rule in force."""
        found = self._plans.get(targets)
        if found is None:
            found = self._plans[targets] = self._make_plan(targets)
        return found

    def _make_plan(self, targets: tuple[str, ...]) -> Plan:
        unknown = [name for name in targets if name not in self.rules]
        if unknown or not targets:
            raise UnknownTarget(
                f"no rule in force from {self.edition.first}: {', '.join(unknown) or '(none)'}", *unknown
            )
        order = ordered(self.rules, targets)
        arguments = {name for rule in order for name, _ in rule.arguments}
        return Plan(
            targets=targets,
            facts=tuple(fact for name, fact in self.facts.items() if name in arguments),
            parameters=tuple(name for name in self.parameters if name in arguments),
            rules=order,
        )

    def choices(self, fact: Fact) -> frozenset[str]:
        """The codes that a text fact may have in this edition."""
        numbers = self.parameters.get(fact.choices_from)
        if numbers is not None and isinstance(numbers[1].value, Entries):
            return frozenset(numbers[1].value.values)
        return frozenset(fact.choices)


def ordered(rules: Mapping[str, Rule], targets: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that the targets rest on, each after those it uses; LawDefect when they run in a circle."""
    done: dict[str, Rule] = {}
    open_now: list[str] = []

    def visit(name: str) -> None:
        rule = rules.get(name)
        if rule is None or name in done:
            return
        if name in open_now:
            raise LawDefect(rule.place, f"rules run in a circle: {' -> '.join([*open_now, name])}")
        open_now.append(name)
        for argument, _ in rule.arguments:
            visit(argument)
        open_now.pop()
        done[name] = rule

    for target in targets:
        visit(target)
    return tuple(done.values())


def editions_of(
    book: Book, parameters: Mapping[str, Parameter], instruments: Mapping[str, Instrument]
) -> tuple[EditionLaw, ...]:
    """The law cut into editions, each complete; LawDefect with file and line when it is not."""
    citations = {rule.place: cite(rule.source, instruments, rule.place) for rule in book.rules}
    dated = [
        rule if rule.starts else replace(rule, starts=instruments[citations[rule.place][0].instrument].in_force)
        for rule in book.rules
    ]
    _check_names(book, parameters, dated)
    _check_silences(dated)
    versions = _versions_by_name(dated)
    days = sorted({day for rule in dated for day in _borders(rule.starts, rule.ends)} | _parameter_days(parameters))
    first_law = min((rule.starts for rule in dated if rule.starts), default=None)
    days = [day for day in days if first_law is not None and day >= first_law]
    laws: list[EditionLaw] = []
    for number, (day, following) in enumerate(zip(days, [*days[1:], None], strict=True), start=1):
        rules = {name: rule for name, rules in versions.items() for rule in rules if _in_force(rule, day)}
        numbers = {
            name: (parameter, version) for name, parameter in parameters.items() if (version := parameter.on(day))
        }
        last = following - timedelta(days=1) if following else None
        changed = _changed(rules, numbers, citations, day)
        edition = Edition(number, day, last, changed, _hash(rules, numbers, book.facts))
        law = EditionLaw(edition, rules, numbers, book.facts, citations)
        _check_complete(law)
        laws.append(law)
    return tuple(laws)


def _borders(starts: date | None, ends: date | None) -> list[date]:
    return [day for day in (starts, ends + timedelta(days=1) if ends else None) if day]


def _parameter_days(parameters: Mapping[str, Parameter]) -> set[date]:
    versions = [version for parameter in parameters.values() for version in parameter.versions]
    return {day for version in versions for day in _borders(version.first, version.last)}


def _in_force(rule: Rule, day: date) -> bool:
    return rule.starts is not None and rule.starts <= day and (rule.ends is None or day <= rule.ends)


def _check_names(book: Book, parameters: Mapping[str, Parameter], rules: Iterable[Rule]) -> None:
    for rule in rules:
        for taken, what in ((book.facts, "fact"), (parameters, "parameter")):
            if rule.name in taken:
                raise LawDefect(rule.place, f"{rule.name} is already the name of a {what}")
    for name, parameter in parameters.items():
        if name in book.facts:
            raise LawDefect(parameter.place, f"{name} is already the name of a fact")


def _check_silences(rules: Iterable[Rule]) -> None:
    """A reason is silent only after conditions with reasons of their own, and never two after each other."""
    silent_after: dict[str, set[str]] = {}
    for rule in rules:
        if rule.reason is not None:
            silent_after.setdefault(rule.name, set()).update(rule.reason.after)
    for rule in rules:
        unknown = [name for name in silent_after.get(rule.name, ()) if name not in silent_after]
        if unknown:
            raise LawDefect(rule.place, f"{rule.name} is silent after {unknown[0]!r}, which is no reason")
        waiting, seen = list(silent_after.get(rule.name, ())), set[str]()
        while waiting:
            name = waiting.pop()
            if name == rule.name:
                raise LawDefect(rule.place, f"{rule.name} is silent after itself")
            if name not in seen:
                seen.add(name)
                waiting.extend(silent_after[name])


def _versions_by_name(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Each rule's versions in order of their days; LawDefect when two stand on one day or none between two."""
    versions: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.starts or date.min):
        earlier = versions.setdefault(rule.name, [])
        if earlier and rule.starts:
            ends = earlier[-1].ends
            if ends is None or ends >= rule.starts:
                raise LawDefect(rule.place, f"two versions of {rule.name} on {rule.starts}; see {earlier[-1].place}")
            if ends + timedelta(days=1) != rule.starts:
                raise LawDefect(rule.place, f"no version of {rule.name} between {ends} and {rule.starts}")
        earlier.append(rule)
    return versions


def _check_complete(law: EditionLaw) -> None:
    """Every argument of every rule in force is a fact, a rule or a parameter in force, of the kind it says."""
    for rule in law.rules.values():
        for name, kind in rule.arguments:
            found = _kind_of(law, name)
            if found is None:
                raise LawDefect(
                    rule.place, f"{rule.name} needs {name!r}: no such fact, rule or parameter on {law.edition.first}"
                )
            if found != kind:
                raise LawDefect(rule.place, f"{rule.name} takes {name} as {kind}, but it is {found}")
        for name, _ in rule.divisors:
            numbers = law.parameters.get(name)
            if numbers is None or numbers[0].lowest is None or numbers[0].lowest < 1:
                raise LawDefect(rule.place, f"{rule.name} divides by {name}, which is no parameter of at least 1")
        for name in _named_in(rule):
            if name not in law.parameters or name not in {argument for argument, _ in rule.arguments}:
                raise LawDefect(rule.place, f"the reason of {rule.name} names {name!r}, which is no number of the rule")
    _check_bounds(law)


def _named_in(rule: Rule) -> set[str]:
    """The names in braces in the sentences of the rule's reason."""
    said = f"{rule.reason.sentence} {rule.reason.english}" if rule.reason is not None else ""
    try:
        return {name for _, name, _, _ in Formatter().parse(said) if name is not None}
    except ValueError as error:
        raise LawDefect(rule.place, f"the reason of {rule.name} has braces that do not close: {error}") from error


def _check_bounds(law: EditionLaw) -> None:
    known = law.bounds
    known |= {
        name: (parameter.lowest, parameter.highest)
        for name, (parameter, _) in law.parameters.items()
        if parameter.lowest is not None and parameter.highest is not None
    }
    known |= {name: (fact.minimum, fact.maximum) for name, fact in law.facts.items() if fact.kind is int}
    for rule in ordered(law.rules, law.rules):
        known[rule.name] = Measure(rule, known).bounds(rule.expression)


def _kind_of(law: EditionLaw, name: str) -> str | None:
    if name in law.facts:
        fact = law.facts[name]
        return fact.kind_name + ("?" if fact.optional else "")
    if name in law.rules:
        return law.rules[name].kind
    if name in law.parameters:
        return _PARAMETER_KIND[law.parameters[name][0].kind]
    return None


def _changed(
    rules: Mapping[str, Rule],
    numbers: Mapping[str, tuple[Parameter, Version]],
    citations: Mapping[str, tuple[Citation, ...]],
    day: date,
) -> tuple[str, ...]:
    """The instruments whose rules or numbers begin on the day."""
    found = [citation for rule in rules.values() if rule.starts == day for citation in citations[rule.place]]
    found += [citation for _, version in numbers.values() if version.first == day for citation in version.citations]
    return tuple(sorted({citation.instrument for citation in found}))


def _hash(
    rules: Mapping[str, Rule], numbers: Mapping[str, tuple[Parameter, Version]], facts: Mapping[str, Fact]
) -> str:
    """A SHA-256 over everything that can change an answer or its explanation in the edition."""
    text = {
        "rules": {
            name: [ast.unparse(rule.expression), rule.arguments, rule.unit, rule.source, rule.status, rule.label]
            for name, rule in rules.items()
        },
        "reasons": {
            name: [rule.reason.sentence, rule.reason.english, rule.reason.when, rule.reason.after]
            for name, rule in rules.items()
            if rule.reason is not None
        },
        "numbers": {
            name: [plain(version.value), parameter.unit, version.status, [str(c) for c in version.citations]]
            for name, (parameter, version) in numbers.items()
        },
        "facts": {
            name: [fact.kind_name, fact.unit, fact.minimum, fact.maximum, fact.choices, fact.optional]
            for name, fact in facts.items()
        },
    }
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()
