"""The calculator of the law, open to anybody: choose a benefit, answer a few questions, see the amount and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lopo.law.decision import Answer, Decision
from lopo.law.parameters import Parameter, Version
from lopo.web.door import Visitor, open_to_all
from lopo.web.law_answers import Answered, answer, changeable, what_if
from lopo.web.law_day import LawDay, page_of, read_day, said, show_law
from lopo.web.law_forms import WholeField, questions
from lopo.web.law_sums import BY_CODE, FAMILIES, SUMS, Sum
from lopo.web.law_tree import tree_html
from lopo.web.texts import in_words, label_of, language

_LONGEST = 60
_UNPROCESSABLE = 422


class WhatIf(forms.Form):
    """Another value for one number of the law."""

    def __init__(self, data: Any, numbers: list[tuple[Parameter, Version]]) -> None:  # noqa: ANN401 - what Django takes
        super().__init__(data, auto_id="t-%s")
        names = [(one.name, f"{label_of(one.name, one.label)} ({said(now.value, one.unit)})") for one, now in numbers]
        self.numbers = {one.name: one for one, _now in numbers}
        self.fields["andai"] = forms.ChoiceField(
            label=_("Angka yang diganti"), choices=[("", _("tidak ada")), *names], required=False,
            error_messages={"invalid_choice": _("Pilih salah satu dari daftar.")},
        )  # fmt: skip
        self.fields["andai_nilai"] = WholeField(0, 10**12, "", label=_("Nilai lain"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a value that the law itself would not hold for possible, or one without its number."""
        given = super().clean() or self.cleaned_data
        number, value = self.numbers.get(given.get("andai", "")), given.get("andai_nilai")
        if number is not None and value is None and "andai_nilai" not in self.errors:
            self.add_error("andai_nilai", _("Tulis nilainya."))
        if number is not None and value is not None and number.lowest is not None and number.highest is not None:
            limits = {"low": said(number.lowest, number.unit), "high": said(number.highest, number.unit)}
            if not number.lowest <= value <= number.highest:
                self.add_error("andai_nilai", _("Antara %(low)s dan %(high)s.") % limits)
        return given


@open_to_all
def sums(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Offer the sums, by what has happened."""
    at = read_day(request, who)
    families = [
        (code, title, [(one, bool(one.in_force(at.law))) for one in SUMS if one.family == code])
        for code, title in FAMILIES
    ]
    return show_law(request, "law_sums.html", at, {"families": families})


@open_to_all
def sum_page(request: HttpRequest, who: Visitor | None, code: str) -> HttpResponse:
    """Ask what a sum needs, and show its answer with all its steps once it is asked for."""
    one = BY_CODE.get(code)
    if one is None:
        raise Http404
    at = read_day(request, who, str(one.day))
    if not one.in_force(at.law):
        return show_law(request, "law_sum.html", at, {"sum": one, "asked": None})
    given = {name: str(value)[:_LONGEST] for name, value in request.GET.items()}
    wanted = "hitung" in given
    asked = questions(one, at.law, given, bound=wanted, more=given.get("tambah", ""))
    numbers = changeable(asked, at.law)
    other = WhatIf(given if wanted else None, numbers)
    done = answer(asked, at.law, at.day) if wanted and not at.form.errors and asked.are_valid() else None
    context = {"sum": one, "asked": asked, "other": other, "example": _example(one, at), "wanted_now": wanted}
    if done is not None:
        context |= _shown(done, at) | _compared(done, other)
    answered = show_law(request, "law_sum.html", at, context)
    if wanted and done is None:
        answered.status_code = _UNPROCESSABLE
    return answered


def _example(one: Sum, at: LawDay) -> str:
    return "?" + urlencode({"hari": at.day.isoformat(), **one.example, "hitung": "1"})


def _shown(done: Answered, at: LawDay) -> dict[str, Any]:
    step, spoken_in = done.main, language()
    return {
        "done": done,
        "amount": step.value if step.unit == "Rp" else None,
        "says": said(step.value, step.unit),
        "words": in_words(step.value) if step.unit == "Rp" and type(step.value) is int else "",
        "main": (page_of(step.name, at), step.caption(spoken_in), step.source),
        "parts": [
            (page_of(part.name, at), part.caption(spoken_in), said(part.value, part.unit), part.source)
            for part in done.parts
        ],
        "reasons": [(one.said(spoken_in), one.article) for one in _reasons(done)],
        "why": tree_html(done.decision, at),
        "members": [
            (one.title, one.number, _result(one.decision), tree_html(one.decision, at)) for one in done.members
        ],
        "sentences": done.decision.sentences(spoken_in),
        "unsure": [
            (page_of(one.name, at), label_of(one.name, one.label), one.status, one.source)
            for one in done.decision.open_questions
        ],
    }


def _reasons(done: Answered) -> list[Any]:
    """Give what stood in the way of the case, then of its rows."""
    return [*done.decision.reasons, *(reason for member in done.members for reason in member.decision.reasons)]


def _result(decision: Decision) -> str:
    """Say what came out for one row: its amounts together, or its last answer."""
    steps = [decision.step(target) for target in decision.targets]
    amounts = [step.value for step in steps if step.unit == "Rp" and type(step.value) is int]
    return said(sum(amounts), "Rp") if amounts else said(steps[-1].value, steps[-1].unit)


def _compared(done: Answered, other: WhatIf) -> dict[str, Any]:
    """Give the answer by the law with another number beside the one by the law; nothing where none was changed."""
    if not other.is_valid() or not other.cleaned_data["andai"]:
        return {}
    number = other.numbers[other.cleaned_data["andai"]]
    reformed: Answer = what_if(done, number, other.cleaned_data["andai_nilai"])[done.decision.targets[0]]
    step, gap = done.main, 0
    if type(reformed) is int and type(step.value) is int:
        gap = reformed - step.value
    return {
        "if_number": label_of(number.name, number.label),
        "if_value": said(other.cleaned_data["andai_nilai"], number.unit),
        "if_says": said(reformed, step.unit),
        "if_gap": said(abs(gap), step.unit) if gap else "",
        "if_more": gap > 0,
    }
