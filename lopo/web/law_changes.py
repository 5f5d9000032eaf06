"""What changed in the law, with articles: from edition to edition as a log, and between any two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lopo.law import LAW
from lopo.law.differences import Difference, differences
from lopo.law.errors import NoLawYet
from lopo.web.door import Visitor, open_to_all
from lopo.web.forms import DayField
from lopo.web.law_day import LawDay, page_of, read_day, show_law
from lopo.web.law_spoken import spoken
from lopo.web.texts import label_of, language

RULE = "aturan"


class TwoDays(forms.Form):
    """The two days whose law is compared."""

    dari = DayField(label=_("Hukum pada"))
    sampai = DayField(label=_("dibandingkan dengan"))


@dataclass(frozen=True)
class Change:
    """One number or rule that is not the same on two days, as the page tells it."""

    href: str
    label: str
    kind: str
    how: str
    before: str
    after: str
    source: str
    status: str


@dataclass(frozen=True)
class Step:
    """One day on which the law changed: by which instruments, and what."""

    day: date
    instruments: tuple[str, ...]
    numbers: tuple[Change, ...]
    rules: tuple[Change, ...]


@open_to_all
def changes(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Show the log of changes, the latest first, and what changed between two chosen days."""
    at = read_day(request, who)
    asked = "dari" in request.GET or "sampai" in request.GET
    first = {"dari": (LAW.laws[0].edition.first).isoformat(), "sampai": at.day.isoformat()}
    form = TwoDays(request.GET if asked else None, initial=first)
    compared = _compared(form, at) if asked else None
    log = [] if compared else [_step(at, number) for number in range(len(LAW.laws) - 1, 0, -1)]
    beginning = LAW.laws[0].edition
    context = {"days": form, "compared": compared, "log": log, "beginning": beginning}
    return show_law(request, "law_changes.html", at, context)


def _compared(form: TwoDays, at: LawDay) -> Step | None:
    """Give what changed between the two days; None with a word at the field where a day has no law."""
    if not form.is_valid():
        return None
    before, after = form.cleaned_data["dari"], form.cleaned_data["sampai"]
    for field, day in (("dari", before), ("sampai", after)):
        try:
            LAW.law_on(day)
        except NoLawYet:
            form.add_error(
                field, _("Pada tanggal itu belum ada hukum yang tertulis di sini. Pilih tanggal sesudahnya.")
            )
    return None if form.errors else _between(at, before, after, ())


def _step(at: LawDay, number: int) -> Step:
    edition = LAW.laws[number].edition
    return _between(at, edition.first - timedelta(days=1), edition.first, edition.changed)


def _between(at: LawDay, before: date, after: date, instruments: tuple[str, ...]) -> Step:
    one, other = LAW.law_on(before).edition.first, LAW.law_on(after).edition.first
    found = tuple(_told(at, change, one, other) for change in _found(one, other, language()))
    numbers = tuple(change for change in found if change.kind != RULE)
    return Step(after, instruments, numbers, tuple(change for change in found if change.kind == RULE))


@lru_cache(maxsize=100)
def _found(before: date, after: date, spoken_in: str) -> tuple[Difference, ...]:
    """Give the differences between two editions by their first days."""
    return differences(LAW, before, after, spoken_in)


def _told(at: LawDay, change: Difference, before: date, after: date) -> Change:
    """Give a difference for the page; rules are said in words in place of their code."""
    old, new = change.before, change.after
    if change.kind == RULE:
        old, new = (spoken(LAW.law_on(day), change.name) if text else "" for day, text in ((before, old), (after, new)))
    else:
        old, new = old.replace("_", " "), new.replace("_", " ")
    label = label_of(change.name, change.label)
    return Change(page_of(change.name, at), label, change.kind, change.how, old, new, change.source, change.status)
