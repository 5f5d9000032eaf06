"""The desk of the law, open to anybody: the numbers of a day, the instruments, and what a lawyer must still confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lopo import law
from lopo.law.sources import Instrument
from lopo.web.door import Visitor, open_to_all
from lopo.web.export import public_file
from lopo.web.law_day import (
    READ,
    TOPICS,
    LawDay,
    page_of,
    read_day,
    rows_of,
    rule_source,
    said,
    show_law,
    sources_of,
    topic_of,
)
from lopo.web.law_notes import note_said
from lopo.web.law_spoken import spoken
from lopo.web.table import Column, Empty, Table, whole
from lopo.web.texts import label_of

FILES = ("xlsx", "csv")


@dataclass(frozen=True)
class Line:
    """One number or rule of the law on a day; rows are those of a number that is a table."""

    name: str
    label: str
    value: str
    source: str
    since: date | None
    status: str
    note: str
    topic: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """What the law says about one topic on a day."""

    code: str
    title: str | Promise
    table: Table[Line]
    ladders: tuple[Line, ...]


@open_to_all
def law_page(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Show the numbers of a day with their articles, topic by topic; tables stand whole below theirs."""
    at = read_day(request, who)
    numbers = number_lines(at)
    unsure = [line for line in (*numbers, *rule_lines(at)) if line.status != READ]
    context = {"sections": sections(at, numbers), "numbers": len(numbers), "unsure": len(unsure)}
    return show_law(request, "law.html", at, context)


@open_to_all
def instruments(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Show the instruments on which the law rests, with how sure each is; a file of them where one is asked for."""
    at = read_day(request, who)
    table = _instruments(at)
    if request.GET.get("unduh") in FILES:
        return public_file(table, request.GET["unduh"], at.day)
    return show_law(request, "law_instruments.html", at, {"table": table})


@open_to_all
def open_questions(request: HttpRequest, who: Visitor | None) -> HttpResponse:
    """Show what was not read in the text itself, on the day, for the city's lawyer; a file where one is asked for."""
    at = read_day(request, who)
    rules = [replace(line, note=spoken(at.law, line.name)) for line in rule_lines(at) if line.status != READ]
    lines = [*(line for line in number_lines(at) if line.status != READ), *rules]
    table = _questions(at, lines)
    if request.GET.get("unduh") in FILES:
        return public_file(table, request.GET["unduh"], at.day)
    counts = [(status, sum(line.status == status for line in lines)) for status in ("reported", "assumed")]
    return show_law(request, "law_questions.html", at, {"table": table, "counts": counts})


def number_lines(at: LawDay) -> list[Line]:
    """Give the numbers of the day."""
    return [
        Line(
            parameter.name, label_of(parameter.name, parameter.label), said(version.value, parameter.unit),
            sources_of(version), version.first, version.status, note_said(version.note), topic_of(parameter.place)[0],
            rows_of(version, parameter.unit),
        )
        for parameter, version in at.law.parameters.values()
    ]  # fmt: skip


def rule_lines(at: LawDay) -> list[Line]:
    """Give the rules of the day."""
    return [
        Line(
            rule.name, label_of(rule.name, rule.label), _("aturan"), rule_source(at.law, rule), rule.starts,
            rule.status, "", topic_of(rule.room)[0],
        )
        for rule in at.law.rules.values()
    ]  # fmt: skip


def sections(at: LawDay, lines: Iterable[Line], columns: tuple[Column[Line], ...] = ()) -> list[Section]:
    """Give the lines topic by topic; topics of which nothing is in force on the day are left out."""
    found = list(lines)
    topics = [*((code, title) for code, title, _files in TOPICS), ("lain", _("Lain-lain"))]
    made: list[Section] = []
    for code, title in topics:
        mine = [line for line in found if line.topic == code]
        if mine:
            ladders = tuple(line for line in mine if line.rows)
            table = Table(f"topik-{code}", title, columns or _columns(at), whole(mine), Empty(_("Tidak ada"), ""))
            made.append(Section(code, title, table, ladders))
    return made


def _columns(at: LawDay) -> tuple[Column[Line], ...]:
    return (
        Column(_("Apa"), lambda line: line.label, link=lambda line: page_of(line.name, at)),
        Column(_("Nilai"), lambda line: line.value),
        Column(_("Pasal"), lambda line: line.source),
        Column(_("Berlaku sejak"), lambda line: line.since, "date"),
        Column(_("Kepastian"), lambda line: line.status, "badge"),
    )


def _questions(at: LawDay, lines: list[Line]) -> Table[Line]:
    columns: tuple[Column[Line], ...] = (
        Column(_("Apa"), lambda line: line.label, link=lambda line: page_of(line.name, at)),
        Column(_("Nilai yang dipakai"), lambda line: line.value),
        Column(_("Pasal"), lambda line: line.source),
        Column(_("Berlaku sejak"), lambda line: line.since, "date"),
        Column(_("Kepastian"), lambda line: line.status, "badge"),
        Column(_("Catatan, atau bunyi aturannya"), lambda line: line.note),
    )
    empty = Empty(_("Tidak ada"), _("Semua angka dan aturan pada tanggal ini sudah dibaca dari naskahnya."))
    return Table("perlu-dipastikan", _("Perlu dipastikan ahli hukum"), columns, whole(lines), empty)


def _instruments(at: LawDay) -> Table[Instrument]:
    def resting(row: Instrument) -> str:
        return reverse("hukum_cari") + "?" + urlencode({"cari": row.name, "hari": at.day.isoformat()})

    columns: tuple[Column[Instrument], ...] = (
        Column(_("Peraturan"), lambda row: row.name, link=resting, minor=lambda row: row.title),
        Column(_("Berlaku sejak"), lambda row: row.in_force, "date"),
        Column(_("Diubah oleh"), lambda row: ", ".join(row.changed_by)),
        Column(_("Dicabut oleh"), lambda row: row.repealed_by),
        Column(_("Kepastian"), lambda row: row.status, "badge"),
        Column(_("Catatan"), lambda row: note_said(row.note)),
    )
    rows = sorted(law.sources(), key=lambda row: row.in_force)
    return Table("peraturan", _("Peraturan"), columns, whole(rows), Empty(_("Tidak ada"), ""))
