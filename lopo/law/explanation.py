"""A decision as a tree: each answer with what it follows from, and the same as HTML that is safe to show."""

from dataclasses import dataclass
from html import escape

from lopo.law.decision import Decision, Step
from lopo.law.wording import INDONESIAN, amount_text, phrases


@dataclass(frozen=True, slots=True)
class Ground:
    """A step and the grounds that it rests on directly. A step that many rest on stands below each of them."""

    step: Step
    grounds: tuple["Ground", ...]


def tree(decision: Decision) -> tuple[Ground, ...]:
    """One tree for each target of the decision; facts and numbers are its leaves."""
    built: dict[str, Ground] = {}
    for step in decision.steps:  # every input of a step is an earlier one
        built[step.name] = Ground(step, tuple(built[name] for name in step.inputs))
    return tuple(built[target] for target in decision.targets)


def as_html(decision: Decision, language: str = INDONESIAN) -> str:
    """The decision as nested lists: answers, their grounds, what stood in the way, what a lawyer must confirm.

    Everything is escaped. Each step is told in full once; later it is only named.
    """
    told: set[str] = set()
    answers = "".join(_item(ground, language, told) for ground in tree(decision))
    parts = [f'<ul class="hukum-jawaban" lang="{language}">{answers}</ul>']
    reasons = [f"{escape(one.said(language))} <cite>{escape(one.article)}</cite>" for one in decision.reasons]
    if reasons:
        parts.append(_list("hukum-alasan", reasons))
    names = {step.name: step.caption(language) for step in decision.steps}
    questions = [escape(names[question.name]) for question in decision.open_questions]
    if questions:
        parts.append(f"<p>{escape(phrases(language).to_be_confirmed)}:</p>{_list('hukum-terbuka', questions)}")
    return "".join(parts)


def _item(ground: Ground, language: str, told: set[str]) -> str:
    step = ground.step
    first = step.name not in told
    told.add(step.name)
    value = amount_text(step.value, step.unit, language)
    source = f" <cite>{escape(step.source)}</cite>" if step.source else ""
    inner = "".join(_item(one, language, told) for one in ground.grounds) if first else ""
    nested = f"<ul>{inner}</ul>" if inner else ""
    return f"<li>{escape(step.caption(language))}: <strong>{escape(value)}</strong>{source}{nested}</li>"


def _list(name: str, items: list[str]) -> str:
    return f'<ul class="{name}">{"".join(f"<li>{item}</li>" for item in items)}</ul>'
