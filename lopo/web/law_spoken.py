"""Rules of the law in sentences, in the language of the page and with the numbers of their edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from lopo.law import LAW
from lopo.law.book import Rule
from lopo.law.editions import EditionLaw
from lopo.law.reading import Branch, read_aloud
from lopo.web.law_day import named
from lopo.web.law_words import code_word
from lopo.web.texts import language


def spoken(law: EditionLaw, name: str) -> str:
    """Say a rule of the day in one sentence."""
    return _spoken(law.edition.first, name, language())


@lru_cache(maxsize=4_000)
def _spoken(first: date, name: str, _language: str) -> str:
    """Keep each sentence: an edition never changes while we run, and a page has more than a hundred of them."""
    law = LAW.law_on(first)
    return "; ".join(sentences(aloud(law, law.rules[name]))) + "."


def aloud(law: EditionLaw, rule: Rule) -> tuple[Branch, ...]:
    """Say a rule branch by branch, with the numbers of the edition."""
    codes = {code: code_word(code) for name, kind in rule.arguments if kind == "text" for code in _codes(law, name)}
    names = {name: named(law, name) for name, _kind in rule.arguments}
    return read_aloud(rule, {**codes, **names}, language())


def _codes(law: EditionLaw, name: str) -> Iterable[str]:
    return law.choices(law.facts[name]) if name in law.facts else ()


def sentences(branches: tuple[Branch, ...]) -> tuple[str, ...]:
    """Say each branch as a part of a sentence."""
    *first, last = branches
    said_first = (_("bila %(when)s: %(gives)s") % {"when": one.when, "gives": one.gives} for one in first)
    return (*said_first, _("selain itu: %(gives)s") % {"gives": last.gives} if first else last.gives)
