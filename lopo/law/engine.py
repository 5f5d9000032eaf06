"""The law as one object: one case with its reasons, or a table of millions, from the same rules."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.types as ir

from lopo.law.book import Book, Fact, Reason, Rule
from lopo.law.decision import (
    FACT,
    PARAMETER,
    RULE,
    Answer,
    Decision,
    Edition,
    FailedCondition,
    Json,
    OpenQuestion,
    Step,
    StepValue,
)
from lopo.law.editions import EditionLaw, Plan, editions_of
from lopo.law.errors import MissingFact, NoLawYet, OutOfRange, UnknownFact, UnknownTarget, WrongType
from lopo.law.marked_yaml import FIRST_DAY, LAST_DAY
from lopo.law.parameters import Parameter, read_parameters
from lopo.law.sources import Instrument, read_english, read_instruments
from lopo.law.tables import compute_by_edition, compute_table

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Targets = str | Sequence[str]
Facts = Mapping[str, Answer | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """A reason with the value that speaks it, and the conditions (with their values) after which it is silent."""

    told: FailedCondition
    when: bool
    after: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What can be known of a decision before its facts: parameters read, captions, open questions."""

    plan: Plan
    numbers: Mapping[str, StepValue]
    parameter_steps: tuple[Step, ...]
    fact_english: tuple[str, ...]
    captions: tuple[tuple[str, tuple[str, ...], str], ...]
    choices: Mapping[str, frozenset[str]]
    open_questions: tuple[OpenQuestion, ...]
    reasons: tuple[_Said, ...]


class Law:
    """A body of law by day: decide one case, compute a table, list editions and sources."""

    def __init__(
        self,
        book: Book,
        parameters: Mapping[str, Parameter],
        instruments: Mapping[str, Instrument],
        english: Mapping[str, str] | None = None,
    ) -> None:
        self.book = book
        self.parameters = parameters
        self.instruments = instruments
        self.english: Mapping[str, str] = english or {}
        self.laws: tuple[EditionLaw, ...] = editions_of(book, parameters, instruments)
        self._prepared: dict[tuple[int, tuple[str, ...]], _Prepared] = {}

    @classmethod
    def read(cls, book: Book, folder: Path) -> "Law":
        """The law of the book with the folder's sources.yaml and parameters/*.yaml; LawDefect when it is not sound.

        english.yaml, where there is one, gives labels in English.
        """
        instruments = read_instruments(folder / "sources.yaml")
        parameters = read_parameters(folder / "parameters", instruments)
        names = {*parameters, *book.facts, *(rule.name for rule in book.rules)}
        return cls(book, parameters, instruments, read_english(folder / "english.yaml", names))

    def law_on(self, on: date) -> EditionLaw:
        """The edition in force on the day; NoLawYet before the first one."""
        for law in reversed(self.laws):
            if law.edition.first <= on:
                return law
        raise NoLawYet(f"no law is in force on {on}", on.isoformat())

    def editions(self) -> tuple[Edition, ...]:
        """All editions, the oldest first."""
        return tuple(law.edition for law in self.laws)

    def decide(self, target: Targets, facts: Facts, on: date) -> Decision:
        """What the law says on the day about one case, with every step.

        Raises MissingFact, UnknownFact, WrongType, OutOfRange, UnknownTarget or NoLawYet; never takes a default.
        """
        law = self.law_on(on)
        targets = (target,) if isinstance(target, str) else tuple(target)
        prepared = self._prepare(law, targets)
        values = self._checked_facts(prepared, facts)
        given = dict(values)
        values.update(prepared.numbers)
        steps = [
            Step(fact.name, FACT, fact.label, given[fact.name], fact.unit, "", (), "given", english)
            for fact, english in zip(prepared.plan.facts, prepared.fact_english, strict=True)
        ]
        steps.extend(prepared.parameter_steps)
        for rule, (source, inputs, english) in zip(prepared.plan.rules, prepared.captions, strict=True):
            value = rule.function(*[values[name] for name in inputs])
            values[rule.name] = value
            steps.append(Step(rule.name, RULE, rule.label, value, rule.unit, source, inputs, rule.status, english))
        reasons = tuple(one.told for one in prepared.reasons if _speaks(one, values))
        answers = {name: values[name] for name in targets}
        return Decision(
            on=on,
            targets=targets,
            values=answers,  # type: ignore[arg-type]
            facts=given,  # type: ignore[arg-type]
            steps=tuple(steps),
            reasons=reasons,
            edition=law.edition,
            open_questions=prepared.open_questions,
        )

    def compute(self, targets: Targets, table: ir.Table, on: date, *, reasons: str = "") -> ir.Table:
        """The table with a column for each target, worked out in the table's own engine by the rules of the day.

        Facts are columns of their own names. A row with an unknown fact, or one out of range, gets NULL and a word
        for each such fact in the column `alasan_kosong` (NULL when nothing is wrong). With `reasons` a text column of
        that name holds the codes of all conditions among the targets that stand in the way, separated by spaces;
        as in `decide`, one that speaks of a right that is gone already is silent.
        MissingFact when a column is absent, WrongType when it has another type.
        """
        law = self.law_on(on)
        names = (targets,) if isinstance(targets, str) else tuple(targets)
        return compute_table(law, law.plan(names), table, reasons)

    def compute_by_day(self, targets: Targets, table: ir.Table, day: str, *, reasons: str = "") -> ir.Table:
        """As compute, but each row by the law of its own day in the column of that name, grouped by edition.

        A row without a day, or with one on which a target has no rule, gets NULL and `belum_ada_hukum` as its fault.
        The table must have the facts of every edition in which the targets stand.
        """
        names = (targets,) if isinstance(targets, str) else tuple(targets)
        laws = [law for law in self.laws if all(name in law.rules for name in names)]
        if not laws:
            raise UnknownTarget(f"no edition has all of {', '.join(names)}", *names)
        return compute_by_edition([(law, law.plan(names)) for law in laws], table, day, reasons)

    def read_facts(self, stored: Mapping[str, Json]) -> dict[str, Answer | None]:
        """Facts as they were kept in a decision's JSON, as values again; UnknownFact for one that is gone."""
        unknown = sorted(stored.keys() - self.book.facts.keys())
        if unknown:
            raise UnknownFact(f"the law asks for no such fact: {', '.join(unknown)}", *unknown)
        return {name: _from_json(self.book.facts[name], value) for name, value in stored.items()}

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Everything in the law of any day that was not read in the text itself, for the city's lawyer."""
        found: dict[tuple[str, str], OpenQuestion] = {}
        for law in self.laws:
            for question in _prepare(law, law.plan(tuple(law.rules)), self.english).open_questions:
                found[question.name, question.source] = question
        return tuple(found.values())

    def _prepare(self, law: EditionLaw, targets: tuple[str, ...]) -> _Prepared:
        key = (law.edition.number, targets)
        found = self._prepared.get(key)
        if found is None:
            found = self._prepared[key] = _prepare(law, law.plan(targets), self.english)
        return found

    def _checked_facts(self, prepared: _Prepared, facts: Facts) -> dict[str, StepValue]:
        if not facts.keys() <= self.book.facts.keys():
            unknown = sorted(facts.keys() - self.book.facts.keys())
            raise UnknownFact(f"the law asks for no such fact: {', '.join(unknown)}", *unknown)
        values: dict[str, StepValue] = {}
        missing: list[str] = []
        for fact in prepared.plan.facts:
            value = facts.get(fact.name)
            if value is None:
                if not fact.optional:
                    missing.append(fact.name)
            else:
                _check_value(fact, value, prepared.choices)
            values[fact.name] = value
        if missing:
            raise MissingFact(f"these facts are needed: {', '.join(missing)}", *missing)
        return values


def _check_value(fact: Fact, value: Answer, choices: Mapping[str, frozenset[str]]) -> None:
    if type(value) is not fact.kind:
        raise WrongType(f"{fact.name} must be {fact.kind_name}, not {type(value).__name__}", fact.name)
    if type(value) is int and not fact.minimum <= value <= fact.maximum:
        raise OutOfRange(f"{fact.name} = {value} lies outside of {fact.minimum} to {fact.maximum}", fact.name)
    if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
        raise OutOfRange(f"{fact.name} = {value} lies outside of {FIRST_DAY} to {LAST_DAY}", fact.name)
    if type(value) is str and value not in choices[fact.name]:
        raise OutOfRange(f"{fact.name} = {value!r} is not one of its codes", fact.name)


def _from_json(fact: Fact, value: Json) -> Answer | None:
    if value is None:
        return None
    if fact.kind is date and isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise WrongType(f"{fact.name} was kept as {value!r}, which is no day", fact.name) from error
    if type(value) is fact.kind and isinstance(value, int | bool | str):
        return value
    raise WrongType(f"{fact.name} was kept as {value!r}, not as {fact.kind_name}", fact.name)


def _prepare(law: EditionLaw, plan: Plan, english: Mapping[str, str]) -> _Prepared:
    numbers: dict[str, StepValue] = {}
    steps: list[Step] = []
    questions: list[OpenQuestion] = []
    for name in plan.parameters:
        parameter, version = law.parameters[name]
        source = "; ".join(str(citation) for citation in version.citations)
        numbers[name] = version.value
        caption = (name, PARAMETER, parameter.label, version.value, parameter.unit, source, (), version.status)
        steps.append(Step(*caption, english.get(name, "")))
        if version.status != "read":
            questions.append(OpenQuestion(name, parameter.label, version.status, source, version.note))
    captions = tuple(
        (_source_text(law, rule), tuple(name for name, _ in rule.arguments), english.get(rule.name, ""))
        for rule in plan.rules
    )
    for rule, (source, _, _) in zip(plan.rules, captions, strict=True):
        if rule.status != "read":
            questions.append(OpenQuestion(rule.name, rule.label, rule.status, source, ""))
    choices = {fact.name: law.choices(fact) for fact in plan.facts if fact.kind is str}
    fact_english = tuple(english.get(fact.name, "") for fact in plan.facts)
    reasons = tuple(
        _Said(
            FailedCondition(rule.name, *_with_numbers(rule, rule.reason, numbers), source),
            rule.reason.when,
            plan.silencers(rule),
        )
        for rule, (source, _, _) in zip(plan.rules, captions, strict=True)
        if rule.reason is not None
    )
    return _Prepared(plan, numbers, tuple(steps), fact_english, captions, choices, tuple(questions), reasons)


def _with_numbers(rule: Rule, reason: Reason, numbers: Mapping[str, StepValue]) -> tuple[str, str]:
    """The sentences of a reason with the numbers of the rule in them, as they stand in the edition."""
    own = {name: numbers[name] for name, _ in rule.arguments if name in numbers}
    return reason.sentence.format(**own), reason.english.format(**own)


def _speaks(one: _Said, values: Mapping[str, StepValue]) -> bool:
    return values[one.told.code] is one.when and all(values[name] is not when for name, when in one.after)


def _source_text(law: EditionLaw, rule: Rule) -> str:
    return "; ".join(str(citation) for citation in law.citations[rule.place])
