"""What changed in the law between two days, and what one rule was through time, with the articles."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lopo.law.book import Rule
from lopo.law.decision import value_text
from lopo.law.editions import EditionLaw
from lopo.law.engine import Law
from lopo.law.parameters import Entries, Parameter, Tiers, Version
from lopo.law.wording import INDONESIAN

NEW, GONE, OTHER, SOURCE = "baru", "dihapus", "berubah", "sumber"
"""What became of a number or rule; SOURCE: the number is the same, but another instrument says so now."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One number or rule that is not the same on both days.

    kind is `parameter` or `aturan`, how is `baru`, `dihapus`, `berubah` or `sumber`; before and after are texts, empty
    where there was nothing; source is that of the later day, or of the earlier one for what is gone.
    """

    kind: str
    name: str
    label: str
    how: str
    before: str
    after: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One wording of a rule: from which day, until which (None: it still stands), and the rule itself."""

    first: date
    last: date | None
    rule: Rule


def rule_versions(law: Law, name: str) -> tuple[RuleVersion, ...]:
    """Every wording of the rule through time, the oldest first; none for a name that is no rule."""
    found: list[RuleVersion] = []
    for edition in law.laws:
        rule = edition.rules.get(name)
        if rule is None:
            continue
        first, last = edition.edition.first, edition.edition.last
        if found and found[-1].rule.place == rule.place:
            first = found.pop().first
        found.append(RuleVersion(first, last, rule))
    return tuple(found)


def differences(law: Law, before: date, after: date, language: str = INDONESIAN) -> tuple[Difference, ...]:
    """All that is not the same on the two days, numbers first; NoLawYet when one lies before the first law.

    Labels stay as the law has them; values of numbers are said in the language, rules by their formula.
    """
    one, other = law.law_on(before), law.law_on(after)
    return (*_numbers(one, other, language), *_rules(one, other))


def _numbers(one: EditionLaw, other: EditionLaw, language: str) -> list[Difference]:
    found: list[Difference] = []
    for name, (parameter, version) in {**one.parameters, **other.parameters}.items():
        old, new = one.parameters.get(name), other.parameters.get(name)
        if old and new and old[1].value == new[1].value and old[1].citations == new[1].citations:
            continue
        how = SOURCE if old and new and old[1].value == new[1].value else _how(old, new)
        before, after = _texts(old, new, language) if how != SOURCE else ("", "")
        source = "; ".join(str(citation) for citation in version.citations)
        found.append(Difference("parameter", name, parameter.label, how, before, after, source, version.status))
    return found


def _texts(
    old: tuple[Parameter, Version] | None, new: tuple[Parameter, Version] | None, language: str
) -> tuple[str, str]:
    """Of two tables only the rows that differ."""
    if old and new:
        before, after = _rows(old, language), _rows(new, language)
        if before and after:
            names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
            return _said(before, names), _said(after, names)
    return (_text(old, language) if old else ""), (_text(new, language) if new else "")


def _text(number: tuple[Parameter, Version], language: str) -> str:
    rows = _rows(number, language)
    return _said(rows, list(rows)) if rows else value_text(number[1].value, number[0].unit, language)


def _rows(number: tuple[Parameter, Version], language: str) -> dict[str, str]:
    parameter, version = number
    if isinstance(version.value, Tiers):
        pairs = zip(version.value.bounds, version.value.values, strict=True)
        return {str(bound): value_text(value, parameter.unit, language) for bound, value in pairs}
    if isinstance(version.value, Entries):
        return {code: value_text(value, parameter.unit, language) for code, value in version.value.values.items()}
    return {}


def _said(rows: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{name}: {rows[name]}" for name in names if name in rows)


def _rules(one: EditionLaw, other: EditionLaw) -> list[Difference]:
    found: list[Difference] = []
    for name, rule in {**one.rules, **other.rules}.items():
        old, new = one.rules.get(name), other.rules.get(name)
        if old and new and old.place == new.place:
            continue
        before, after = _form(old), _form(new)
        found.append(Difference("aturan", name, rule.label, _how(old, new), before, after, rule.source, rule.status))
    return found


def _form(rule: Rule | None) -> str:
    return ast.unparse(rule.expression) if rule else ""


def _how(old: object, new: object) -> str:
    if not old:
        return NEW
    return OTHER if new else GONE
