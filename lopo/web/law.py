"""The desk of the law, read only: what applies on a day, by which instruments, and what a lawyer must still confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo import law
from lopo.law.editions import EditionLaw
from lopo.law.errors import NoLawYet
from lopo.law.parameters import Entries, Tiers
from lopo.law.sources import Instrument
from lopo.law.wording import value_text
from lopo.web.door import Visitor, desk
from lopo.web.table import Column, Empty, Table, whole
from lopo.web.texts import label_of, language
from lopo.web.works import ANYBODY

_READ = "read"


class Day(forms.Form):
    """The day whose law is asked for."""

    hari = forms.DateField(
        label=gettext_lazy("Hukum pada tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@dataclass(frozen=True)
class Line:
    """One number or rule of the law on a day."""

    label: str
    value: str
    source: str
    since: date | None
    status: str
    note: str
    rows: tuple[tuple[str, str], ...] = ()


@desk(*ANYBODY)
def law_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the numbers of a day with their articles, the instruments, the editions and the open questions."""
    form = Day(request.GET if "hari" in request.GET else {"hari": who.on.isoformat()})
    day = form.cleaned_data["hari"] if form.is_valid() else who.on
    try:
        edition = law.LAW.law_on(day)
    except NoLawYet:
        form.add_error("hari", _("Pada tanggal itu belum ada hukum yang tertulis di sini. Pilih tanggal sesudahnya."))
        edition = law.LAW.law_on(who.on)
    numbers, rules = _numbers(edition), _rules(edition)
    open_ones = [line for line in (*numbers, *rules) if line.status != _READ]
    tables = {
        "numbers": _table("angka-hukum", _("Angka pada tanggal ini"), numbers),
        "open": _table("perlu-dipastikan", _("Perlu dipastikan ahli hukum"), open_ones),
        "instruments": _instruments(),
    }
    return render(
        request, "law.html", {"form": form, "day": day, "edition": edition.edition, "rules": len(rules), **tables}
    )


def _numbers(edition: EditionLaw) -> list[Line]:
    return [
        Line(
            label_of(parameter.name, parameter.label),
            value_text(version.value, parameter.unit, language()), "; ".join(map(str, version.citations)),
            version.first, version.status, version.note, _inner(version.value, parameter.unit),
        )
        for parameter, version in edition.parameters.values()
    ]  # fmt: skip


def _inner(value: object, unit: str) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Tiers):
        pairs = zip(value.bounds, value.values, strict=True)
        return tuple((value_text(bound, unit, language()), value_text(row, unit, language())) for bound, row in pairs)
    if isinstance(value, Entries):
        return tuple((code.replace("_", " "), value_text(row, unit, language())) for code, row in value.values.items())
    return ()


def _rules(edition: EditionLaw) -> list[Line]:
    return [
        Line(label_of(rule.name, rule.label), _("aturan"), rule.source, rule.starts, rule.status, "")
        for rule in edition.rules.values()
    ]


def _table(name: str, caption: str, lines: list[Line]) -> Table[Line]:
    columns: tuple[Column[Line], ...] = (
        Column(_("Apa"), lambda line: line.label, minor=lambda line: line.note),
        Column(_("Nilai"), lambda line: line.value),
        Column(_("Pasal"), lambda line: line.source),
        Column(_("Berlaku sejak"), lambda line: line.since, "date"),
        Column(_("Kepastian"), lambda line: line.status, "badge"),
    )
    empty = Empty(_("Tidak ada"), _("Semua angka dan aturan pada tanggal ini sudah dibaca dari naskahnya."))
    return Table(name, caption, columns, whole(lines), empty)


def _instruments() -> Table[Instrument]:
    columns: tuple[Column[Instrument], ...] = (
        Column(_("Peraturan"), lambda row: row.name, minor=lambda row: row.title),
        Column(_("Berlaku sejak"), lambda row: row.in_force, "date"),
        Column(_("Diubah oleh"), lambda row: ", ".join(row.changed_by)),
        Column(_("Kepastian"), lambda row: row.status, "badge"),
        Column(_("Catatan"), lambda row: row.note),
    )
    rows = sorted(law.sources(), key=lambda row: row.in_force)
    return Table("peraturan", _("Peraturan"), columns, whole(rows), Empty(_("Tidak ada"), ""))
