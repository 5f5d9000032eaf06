"""A decision with its steps, reasons, edition and open questions; as JSON and as plain Indonesian sentences."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lopo.law.parameters import Entries, Tiers
from lopo.law.wording import ENGLISH, INDONESIAN, amount_text, phrases, value_text

__all__ = [
    "FACT", "PARAMETER", "RULE", "Answer", "Decision", "Edition", "FailedCondition", "Json", "OpenQuestion", "Step",
    "StepValue", "edition_json", "grounds", "plain", "table_digest", "value_text",
]  # fmt: skip

Answer = int | bool | date | str
StepValue = Answer | None | Tiers | Entries
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

FACT, PARAMETER, RULE = "fakta", "parameter", "aturan"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a decision: a fact that was given, a parameter that was read, or a rule that was applied.

    source is instrument and article (empty for a fact), inputs are the names of the steps that it used; english is
    the label in English, empty where none was written.
    """

    name: str
    kind: str
    label: str
    value: StepValue
    unit: str
    source: str
    inputs: tuple[str, ...]
    status: str
    english: str = ""

    def text(self, language: str = INDONESIAN) -> str:
        """The value as an office writes it: `Rp 42.000.000`, `45 hari`, `ya` (`45 days`, `yes`)."""
        return value_text(self.value, self.unit, language)

    def caption(self, language: str = INDONESIAN) -> str:
        """The label in the language; in Indonesian where no English one was written."""
        return self.english if language == ENGLISH and self.english else self.label


@dataclass(frozen=True, slots=True)
class FailedCondition:
    """A condition that stood in the way: its code, what to tell the person, and the article."""

    code: str
    sentence: str
    english: str
    article: str

    def said(self, language: str = INDONESIAN) -> str:
        """The sentence in the language; in Indonesian where no English one was written."""
        return self.english if language == ENGLISH and self.english else self.sentence


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A rule or number that was used although its text was not read: the city's lawyer must still confirm it."""

    name: str
    label: str
    status: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A stretch of days in which the law stands still; last None is the present one. `law_hash` names its text."""

    number: int
    first: date
    last: date | None
    changed: tuple[str, ...]
    law_hash: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the law says about one case on one day, and why."""

    on: date
    targets: tuple[str, ...]
    values: Mapping[str, Answer]
    facts: Mapping[str, Answer | None]
    steps: tuple[Step, ...]
    reasons: tuple[FailedCondition, ...]
    edition: Edition
    open_questions: tuple[OpenQuestion, ...]

    @property
    def law_hash(self) -> str:
        """The hash of the law text that was applied."""
        return self.edition.law_hash

    def __getitem__(self, target: str) -> Answer:
        return self.values[target]

    def amount(self, target: str) -> int:
        """The target as a whole number; KeyError or TypeError when it is none."""
        value = self.values[target]
        if type(value) is not int:
            raise TypeError(f"{target} is no whole number: {value!r}")
        return value

    def step(self, name: str) -> Step:
        """The step of that name; KeyError when the decision did not use it."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def sentences(self, language: str = INDONESIAN) -> tuple[str, ...]:
        """The decision in plain sentences: each target with what it follows from, then what stood in the way.

        language is `id` or `en`; Unspoken for another. The terms and titles of the law stay Indonesian.
        """
        said = phrases(language)
        steps = {step.name: step for step in self.steps}
        told = {step.name: _line(step, language) for step in self.steps}
        lines: list[str] = []
        for target in self.targets:
            lines.extend(_explain(steps[target], steps, told, language))
        lines.extend(f"{reason.said(language)} ({reason.article})" for reason in self.reasons)
        if self.open_questions:
            named = ", ".join(steps[question.name].caption(language) for question in self.open_questions)
            lines.append(f"{said.to_be_confirmed}: {named}.")
        return tuple(lines)

    def as_json(self) -> dict[str, Json]:
        """The whole decision as plain values that any JSON writer takes; days are ISO text."""
        return self.trace_json() | {
            "sentences": list(self.sentences()),
            "sentences_english": list(self.sentences(ENGLISH)),
        }

    def trace_json(self) -> dict[str, Json]:
        """All that the decision rests on, as plain values, without the sentences that tell it."""
        return {
            "on": self.on.isoformat(),
            "targets": list(self.targets),
            "values": {name: plain(value) for name, value in self.values.items()},
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "steps": [_step_json(step) for step in self.steps],
            "reasons": [
                {"code": r.code, "sentence": r.sentence, "english": r.english, "article": r.article}
                for r in self.reasons
            ],
            "edition": edition_json(self.edition),
            "law_hash": self.law_hash,
            "open_questions": [
                {"name": q.name, "label": q.label, "status": q.status, "source": q.source, "note": q.note}
                for q in self.open_questions
            ],
        }

    def to_json(self) -> str:
        """The whole decision as JSON text."""
        return json.dumps(self.as_json(), ensure_ascii=False)


def edition_json(edition: Edition) -> dict[str, Json]:
    """The edition as plain values."""
    return {
        "number": edition.number,
        "first": edition.first.isoformat(),
        "last": edition.last.isoformat() if edition.last else None,
        "changed": list(edition.changed),
        "law_hash": edition.law_hash,
    }


def plain(value: StepValue) -> Json:
    """A value as JSON knows it: a day is ISO text, a table is its rows."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Tiers):
        return {str(bound): row for bound, row in zip(value.bounds, value.values, strict=True)}
    if isinstance(value, Entries):
        return dict(value.values)
    return value


def table_digest(table: Tiers | Entries) -> str:
    """A short name for all the rows of a table, by which another table is known."""
    return hashlib.sha256(json.dumps(plain(table), sort_keys=True).encode()).hexdigest()[:16]


def _step_json(step: Step) -> dict[str, Json]:
    table = step.value if isinstance(step.value, Tiers | Entries) else None
    return {
        "name": step.name,
        "kind": step.kind,
        "label": step.label,
        "english": step.english,
        "value": plain(step.value) if table is None else step.text(),
        "text": step.text(),
        "unit": step.unit,
        "source": step.source,
        "inputs": list(step.inputs),
        "status": step.status,
        **({} if table is None else {"digest": table_digest(table)}),
    }


def _explain(target: Step, steps: Mapping[str, Step], told: Mapping[str, str], language: str) -> list[str]:
    """What the target is, and the lines of `told` that it follows from."""
    says = f"{target.caption(language)}: {amount_text(target.value, target.unit, language)}"
    because = grounds(target, steps)
    if not because:
        return [f"{says} ({target.source})."]
    return [f"{says}, {phrases(language).because}:", *(told[name] for name in because)]


def _line(step: Step, language: str) -> str:
    source = f" ({step.source})" if step.source else ""
    return f"- {step.caption(language)}: {step.text(language)}{source}."


def grounds(target: Step, steps: Mapping[str, Step]) -> list[str]:
    """Everything that the target follows from, the nearest first, each once."""
    found: dict[str, None] = {}
    waiting = list(target.inputs)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting.extend(steps[name].inputs)
    return list(found)
