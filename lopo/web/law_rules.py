"""Rules, numbers and facts of the law, each on a page of its own: in words, through time, what it uses, its drawing."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from lopo.law import LAW
from lopo.law.book import Fact, Rule
from lopo.law.differences import rule_versions
from lopo.law.editions import EditionLaw
from lopo.law.errors import CaseError
from lopo.law.graph import svg
from lopo.law.parameters import Parameter
from lopo.law.wording import ENGLISH, INDONESIAN
from lopo.web.door import Visitor, open_to_all
from lopo.web.law import Line, number_lines, rule_lines, sections
from lopo.web.law_day import (
    LawDay,
    page_of,
    plain_label,
    read_day,
    rows_of,
    rule_source,
    said,
    show_law,
    sources_of,
    topic_of,
    unit_word,
)
from lopo.web.law_notes import note_said
from lopo.web.law_spoken import aloud, sentences, spoken
from lopo.web.law_sums import sums_with
from lopo.web.law_words import code_word
from lopo.web.table import Column, Empty, Table, whole
from lopo.web.texts import label_of, language


@dataclass(frozen=True)
class Link:
    """Another fact, number or rule: its address, label, kind and, for a plain number, its value."""

    href: str
    label: str
    kind: str
    value: str


@dataclass(frozen=True)
class Then:
    """What a number or rule was from one day until another."""

    first: date
    last: date | None
    says: tuple[str, ...]
    source: str
    status: str
    note: str


@open_to_all
def rules(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Show the rules of a day topic by topic, each with what it decides, its article and what it rests on."""
    at = read_day(request, who)
    columns: tuple[Column[Line], ...] = (
        Column(
            _("Aturan"),
            lambda line: line.label,
            link=lambda line: page_of(line.name, at),
            minor=lambda line: spoken(at.law, line.name),
        ),
        Column(_("Pasal"), lambda line: line.source),
        Column(_("Berlaku sejak"), lambda line: line.since, "date"),
        Column(_("Kepastian"), lambda line: line.status, "badge"),
    )
    lines = rule_lines(at)
    context = {"sections": sections(at, lines, columns), "count": len(lines)}
    return show_law(request, "law_rules.html", at, context)


@open_to_all
def entry(request: HttpRequest, who: Visitor | None, name: str) -> HttpResponse:
    """Show one fact, number or rule; page 404 for a name that the law of no day knows."""
    at = read_day(request, who)
    if name in LAW.parameters:
        context = _number(at, LAW.parameters[name])
    elif found := rule_versions(LAW, name):
        context = _rule(at, next((one.rule for one in found if _stands(at, one.first, one.last)), found[-1].rule))
    elif name in LAW.book.facts:
        context = _fact(at, LAW.book.facts[name])
    else:
        raise Http404
    context["in_force"] = name in at.law.rules or name in at.law.parameters or name in at.law.facts
    context["used_by"] = [_link(at, rule.name) for rule in _users(at.law, name)]
    context["sums"] = sums_with(at.law, name)
    return show_law(request, "law_entry.html", at, {"name": name, **context})


@login_not_required
@cache_control(private=True, max_age=3600)
def drawing(request: HttpRequest, name: str) -> HttpResponse:
    """Give the drawing of a rule and all that it rests on; page 404 where there is none on the day."""
    spoken_in = ENGLISH if request.GET.get("bahasa") == ENGLISH else INDONESIAN
    try:
        day = date.fromisoformat(request.GET.get("hari", ""))
        text = _drawn(name, LAW.law_on(day).edition.first, spoken_in)
    except (ValueError, CaseError) as problem:
        raise Http404 from problem
    answer = HttpResponse(text, content_type="image/svg+xml")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@lru_cache(maxsize=300)
def _drawn(name: str, first: date, spoken_in: str) -> str:
    return svg(LAW, name, first, spoken_in)


@open_to_all
def search(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Find facts, numbers and rules of the day by name, label (in both languages), article or note."""
    at = read_day(request, who)
    wanted = " ".join(request.GET.get("cari", "").replace("\x00", "").split())[:80]
    then = at
    found = _found(at, wanted)
    if not found:  # perhaps it was law on another day, the latest first
        others = (LawDay(law.edition.first, law, at.form, f"?hari={law.edition.first}") for law in reversed(LAW.laws))
        then, found = next(((one, lines) for one in others if (lines := _found(one, wanted))), (at, []))
    columns: tuple[Column[Line], ...] = (
        Column(_("Apa"), lambda line: line.label, link=lambda line: page_of(line.name, then)),
        Column(_("Nilai"), lambda line: line.value),
        Column(_("Pasal"), lambda line: line.source),
        Column(_("Kepastian"), lambda line: line.status if line.status != "given" else "", "badge"),
    )
    sentence = _("Coba satu kata saja, misalnya pemakaman, beasiswa, tunggakan, atau nomor pasalnya.")
    empty = Empty(_("Tidak ada yang cocok"), sentence)
    table = Table("hasil-hukum", _("Hasil pencarian"), columns, whole(found), empty)
    return show_law(request, "law_search.html", at, {"table": table, "then": then.day if then is not at else None})


def _found(at: LawDay, wanted: str) -> list[Line]:
    return [line for line in _everything(at) if wanted and _has(line, at.law, wanted)]


def _stands(at: LawDay, first: date, last: date | None) -> bool:
    return first <= at.day and (last is None or at.day <= last)


def _rule(at: LawDay, rule: Rule) -> dict[str, Any]:
    law = at.law if at.law.rules.get(rule.name) is rule else _law_of(rule)
    versions = [
        Then(one.first, one.last, _says(_law_of(one.rule), one.rule), rule_source(_law_of(one.rule), one.rule),
             one.rule.status, "")
        for one in rule_versions(LAW, rule.name)
    ]  # fmt: skip
    return {
        "kind": "aturan", "label": label_of(rule.name, rule.label), "unit": unit_word(rule.unit), "status": rule.status,
        "source": rule_source(law, rule), "branches": aloud(law, rule), "topic": topic_of(rule.room)[1],
        "docstring": (rule.function.__doc__ or "").strip(), "reason": _reason(rule), "versions": versions,
        "uses": [_link(at, name) for name, _kind in rule.arguments], "code": _code(rule), "place": rule.place,
        "drawn": rule.name in at.law.rules,
    }  # fmt: skip


def _law_of(rule: Rule) -> EditionLaw:
    """Give the latest edition in which this wording of the rule stands."""
    return next(law for law in reversed(LAW.laws) if getattr(law.rules.get(rule.name), "place", "") == rule.place)


def _says(law: EditionLaw, rule: Rule) -> tuple[str, ...]:
    return sentences(aloud(law, rule))


def _reason(rule: Rule) -> str:
    if rule.reason is None:
        return ""
    return rule.reason.english if language() == ENGLISH and rule.reason.english else rule.reason.sentence


@lru_cache(maxsize=400)
def _code(rule: Rule) -> str:
    return inspect.getsource(rule.function).strip()


def _number(at: LawDay, parameter: Parameter) -> dict[str, Any]:
    version = parameter.on(at.day) or parameter.versions[-1]
    versions = [
        Then(one.first, one.last, (said(one.value, parameter.unit),), sources_of(one), one.status, note_said(one.note))
        for one in parameter.versions
    ]
    return {
        "kind": "angka", "label": label_of(parameter.name, parameter.label), "unit": unit_word(parameter.unit),
        "status": version.status, "source": sources_of(version), "value": said(version.value, parameter.unit),
        "rows": rows_of(version, parameter.unit), "note": note_said(version.note), "versions": versions,
        "topic": topic_of(parameter.place)[1], "place": parameter.place,
    }  # fmt: skip


def _fact(at: LawDay, fact: Fact) -> dict[str, Any]:
    limits = ""
    if fact.kind is int:
        limits = f"{said(fact.minimum, fact.unit)} – {said(fact.maximum, fact.unit)}"
    codes = sorted(at.law.choices(fact)) if fact.kind is str else []
    kinds = {bool: _("Ya atau tidak."), date: _("Sebuah tanggal.")}
    return {
        "answered": kinds.get(fact.kind, ""),
        "kind": "fakta", "label": label_of(fact.name, fact.label), "unit": unit_word(fact.unit), "limits": limits,
        "optional": fact.optional, "choices": [code_word(code) for code in codes],
    }  # fmt: skip


def _link(at: LawDay, name: str) -> Link:
    law, value = at.law, ""
    if name in law.parameters:
        parameter, version = law.parameters[name]
        value = said(version.value, parameter.unit)
    kind = "angka" if name in LAW.parameters else "fakta" if name in LAW.book.facts else "aturan"
    return Link(page_of(name, at), label_of(name, plain_label(law, name)), kind, value)


def _users(law: EditionLaw, name: str) -> list[Rule]:
    return [rule for rule in law.rules.values() if any(argument == name for argument, _kind in rule.arguments)]


def _everything(at: LawDay) -> list[Line]:
    facts = [
        Line(fact.name, label_of(fact.name, fact.label), _("fakta"), "", None, "given", "", "")
        for fact in at.law.facts.values()
    ]
    return [*number_lines(at), *rule_lines(at), *facts]


def _has(line: Line, law: EditionLaw, wanted: str) -> bool:
    """Say whether every word that is wanted stands somewhere in what is known of the line."""
    known = (line.name, line.label, plain_label(law, line.name), LAW.english.get(line.name, ""), line.source, line.note)
    text = " ".join((*known, *(row[0] for row in line.rows))).casefold()
    return all(word in text for word in wanted.casefold().split())
