"""Forms made from the facts that the law asks for: kind, unit, range and choices become a question with its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.law.book import Fact
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw, Plan
from lopo.law.parameters import Entries
from lopo.web.cells import day_text
from lopo.web.forms import DayField
from lopo.web.law_day import EARLIEST, LATEST, said
from lopo.web.law_sums import Rows, Sum, rows_for
from lopo.web.law_words import code_word
from lopo.web.texts import label_of

MOST_ROWS = 20
LEFT_HANDED = "kidal"
_BODY_PART = "bagian_tubuh"
_COSTS = ("biaya_", "harga_")
_YES, _NO = "ya", "tidak"
_PLAIN = re.compile(r"\d{1,18}")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){1,5}")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3}){1,5}")
_NEEDED = gettext_lazy("Isi dahulu bagian ini.")
Given = Mapping[str, Answer | None]


class WholeField(forms.Field):
    """A whole number as people write it: `3000000`, `3.000.000` or `Rp 3.000.000`; never a fraction."""

    def __init__(self, lowest: int, highest: int, unit: str, **about: Any) -> None:  # noqa: ANN401 - as Django takes it
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "30"})
        super().__init__(widget=widget, **about)
        low = _("Paling sedikit %(limit)s.") % {"limit": said(lowest, unit)}
        high = _("Paling banyak %(limit)s.") % {"limit": said(highest, unit)}
        self.validators += [MinValueValidator(lowest, low), MaxValueValidator(highest, high)]

    def to_python(self, value: Any) -> int | None:  # noqa: ANN401 - what a browser sends
        """Give the number; an error in words for what is none."""
        text = re.sub(r"\s|^rp\.?", "", str(value or "").strip(), flags=re.IGNORECASE)
        text = re.sub(r"^rp\.?", "", text, flags=re.IGNORECASE)
        if not text:
            return None
        if text.isascii() and any(shape.fullmatch(text) for shape in (_PLAIN, _POINTS, _COMMAS)):
            return int(text.replace(".", "").replace(",", ""))
        raise ValidationError(_("Tulis bilangan bulat, misalnya 3.000.000."), code="invalid")


class LawDayField(DayField):
    """A day within living memory and the next generations, so that no sum runs out of the calendar."""

    def __init__(self, **about: Any) -> None:  # noqa: ANN401 - as Django takes it
        super().__init__(**about)
        self.error_messages["invalid"] = _("Tulis tanggal seperti 2025-09-03.")
        low = _("Paling awal %(day)s.") % {"day": day_text(EARLIEST)}
        high = _("Paling lambat %(day)s.") % {"day": day_text(LATEST)}
        self.validators += [MinValueValidator(EARLIEST, low), MaxValueValidator(LATEST, high)]


def field_for(fact: Fact, law: EditionLaw) -> forms.Field:
    """Give the question for a fact, in the language of the page."""
    about: dict[str, Any] = {"label": label_of(fact.name, fact.label), "required": not fact.optional}
    if fact.kind is bool:
        field: forms.Field = _choice([(_YES, _("ya")), (_NO, _("tidak"))], about)
    elif fact.kind is int:
        field = WholeField(fact.minimum, fact.maximum, fact.unit, help_text=_unit_hint(fact), **about)
    elif fact.kind is date:
        field = LawDayField(**about)
    else:
        field = _choice([(code, code_word(code)) for code in _codes(fact, law)], about)
    field.error_messages["required"] = str(_NEEDED)
    return field


def _unit_hint(fact: Fact) -> str:
    """Say in what a number is written; nothing where the label says it."""
    if fact.name.startswith(_COSTS):
        return _("dalam rupiah, 0 bila tidak ada")
    hints = {
        "Rp": _("dalam rupiah"), "hari": _("hari"), "bulan": _("bulan"), "tahun": _("tahun"), "jam": _("jam"),
        "orang": _("orang"), "persen": "%",
    }  # fmt: skip
    return hints.get(fact.unit, "")


def _choice(choices: list[tuple[str, str]], about: Mapping[str, Any]) -> forms.ChoiceField:
    field = forms.ChoiceField(choices=[("", _("Pilih …")), *choices], **about)
    field.error_messages["invalid_choice"] = str(_("Pilih salah satu dari daftar."))
    return field


def _codes(fact: Fact, law: EditionLaw) -> Sequence[str]:
    """Give the codes of a fact in the order in which the law writes them."""
    number = law.parameters.get(fact.choices_from)
    return tuple(number[1].value.values) if number and isinstance(number[1].value, Entries) else fact.choices


class FactsForm(forms.Form):
    """Questions for facts; the answers are values as the law takes them."""

    def __init__(self, facts: Sequence[Fact], law: EditionLaw, data: Any, **about: Any) -> None:  # noqa: ANN401 - as Django takes it
        super().__init__(data, auto_id="t-%s", **about)
        self.facts = tuple(facts)
        for fact in facts:
            self.fields[fact.name] = field_for(fact, law)

    @property
    def given(self) -> dict[str, Answer | None]:
        """Give the answers by the names of the facts."""
        return {fact.name: self._value(fact) for fact in self.facts}

    def _value(self, fact: Fact) -> Answer | None:
        value = self.cleaned_data[fact.name]
        if value in ("", None):
            return None
        answer: Answer = value == _YES if fact.kind is bool else value
        return answer


@dataclass(frozen=True)
class Block:
    """A short table in the form: what can be several, with one form a row; `once` is asked once for all of them."""

    rows: Rows
    forms: tuple[FactsForm, ...]
    once: tuple[str, ...]

    @property
    def filled(self) -> tuple[FactsForm, ...]:
        """Give the rows in which something was written."""
        return tuple(form for form in self.forms if is_filled(form))

    @property
    def may_grow(self) -> bool:
        """Say whether another row may be added."""
        return len(self.forms) < MOST_ROWS


def is_filled(form: forms.Form) -> bool:
    """Say whether anything was written into a row."""
    source = form.data if form.is_bound else form.initial
    names = (form.add_prefix(name) if form.is_bound else name for name in form.fields)
    return any(str(source.get(name, "")).strip() for name in names)


@dataclass(frozen=True)
class Questions:
    """All that a sum must be asked on a day: single facts, and what can be several."""

    sum: Sum
    plan: Plan
    main: FactsForm
    blocks: tuple[Block, ...]

    @property
    def single(self) -> list[forms.BoundField]:
        """Give the questions about the case itself."""
        once = {name for block in self.blocks for name in block.once}
        return [field for field in self.main if field.name not in once]

    @property
    def tables(self) -> list[tuple[Block, list[forms.BoundField]]]:
        """Give each short table with the questions that are asked once for all of its rows."""
        return [(block, [self.main[name] for name in block.once]) for block in self.blocks]

    @property
    def forms(self) -> tuple[FactsForm, ...]:
        """Give every form whose answers count."""
        return (self.main, *(form for block in self.blocks for form in block.filled))

    def are_valid(self) -> bool:
        """Say whether all that was written can be worked with."""
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Give what is wrong: where it is asked, its label, the sentence."""
        found = [("", "", str(error)) for form in self.forms for error in form.non_field_errors()]
        for form in self.forms:
            for field in form:
                found += [(field.id_for_label, str(field.label), str(error)) for error in field.errors]
        return found


def questions(one: Sum, law: EditionLaw, given: Mapping[str, str], *, bound: bool, more: str = "") -> Questions:
    """Give the questions of a sum on a day with what was answered so far; `more` names a block that gets a row more."""
    plan = law.plan(one.in_force(law))
    groups = rows_for(frozenset(fact.name for fact in plan.facts))
    gathered = {name for rows in groups for name in rows.facts}
    itself = {*one.of_day, *one.of_month, *gathered}
    facts = [fact for fact in plan.facts if fact.name not in itself]
    blocks: list[Block] = []
    for rows in groups:
        once = _once(rows, law, {fact.name for fact in facts})
        facts += once
        made = _block_forms(rows, law, given, bound, rows.code == more)
        blocks.append(Block(rows, made, tuple(fact.name for fact in once)))
    main = FactsForm(facts, law, given if bound else None, initial=dict(given))
    for block in blocks:
        for name in block.once:  # without a row there is nothing to ask once for
            main.fields[name].required = any(name in _once_of(other, law) for other in blocks if other.filled)
    return Questions(one, plan, main, tuple(blocks))


def _once(rows: Rows, law: EditionLaw, asked: set[str]) -> list[Fact]:
    """Give the facts that are asked once for all rows, as far as they are not asked already."""
    return [fact for name, fact in _once_of(Block(rows, (), ()), law).items() if name not in asked]


def _once_of(block: Block, law: EditionLaw) -> dict[str, Fact]:
    asked = _asked(law, block.rows)
    found = {name: law.facts[name] for name in block.rows.shared if name in asked}
    if _BODY_PART in asked:
        found[LEFT_HANDED] = Fact(LEFT_HANDED, bool, _("Orangnya kidal"))
    return found


def _asked(law: EditionLaw, rows: Rows) -> dict[str, Fact]:
    return {fact.name: fact for fact in law.plan(rows.targets).facts}


def _block_forms(
    rows: Rows, law: EditionLaw, given: Mapping[str, str], bound: bool, grow: bool
) -> tuple[FactsForm, ...]:
    """Give the rows that were written and one more where none was, or where one more is wanted."""
    hidden = {*rows.shared, rows.numbered}
    facts = [fact for name, fact in _asked(law, rows).items() if name not in hidden]
    names = {fact.name for fact in facts}
    key = re.compile(rf"{rows.code}-(\d{{1,2}})-(\w+)")
    matches = [found for name, value in given.items() if value.strip() and (found := key.fullmatch(name))]
    written = sorted({int(found[1]) for found in matches if found[2] in names})[:MOST_ROWS]
    made = [_row(f"{rows.code}-{new}", facts, law, _renumbered(given, rows.code, old, new), bound)
            for new, old in enumerate(written)]  # fmt: skip
    if (not made or grow) and len(made) < MOST_ROWS:
        made.append(FactsForm(facts, law, None, prefix=f"{rows.code}-{len(made)}", use_required_attribute=False))
    return tuple(made)


def _renumbered(given: Mapping[str, str], code: str, old: int, new: int) -> dict[str, str]:
    """Give the answers of one row under its new number, so that an emptied row leaves no hole."""
    start = f"{code}-{old}-"
    return {
        f"{code}-{new}-{name.removeprefix(start)}": value for name, value in given.items() if name.startswith(start)
    }


def _row(prefix: str, facts: Sequence[Fact], law: EditionLaw, given: Mapping[str, str], bound: bool) -> FactsForm:
    initial = {name.removeprefix(f"{prefix}-"): value for name, value in given.items()}
    return FactsForm(facts, law, given if bound else None, prefix=prefix, initial=initial, use_required_attribute=False)
