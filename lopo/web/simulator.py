"""The simulator before the decree: money, months and people side by side, what each costs and whom it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lopo.basics import tables
from lopo.basics.area import KECAMATAN
from lopo.basics.refusal import Refused
from lopo.financing import queries as financing
from lopo.financing.queries import Outcome, Simulation
from lopo.staff import actions as staff
from lopo.targeting import actions
from lopo.targeting.actions import Split
from lopo.targeting.queries import Group, ProgrammeRow
from lopo.targeting.quotas import Rule
from lopo.targeting.taken_over import places_taken_over
from lopo.web.cells import money, number_text
from lopo.web.door import Visitor, desk
from lopo.web.export import XLSX, file_answer
from lopo.web.forms import refused_by
from lopo.web.frame import area_name
from lopo.web.programmes import programme_shown
from lopo.web.refusals import sentence_of
from lopo.web.simulator_forms import LETTERS, RULES, Choice, Draft, Payer, PoorForm, choices_of, starting
from lopo.web.words import SENDERS

FEWEST: Final = 5
"""Kinds of work with fewer accepted people than this are told together, so that nobody stands alone."""
_ENOUGH: Final = 30
"""Accepted people from which on a group's share is set against that of all; below, chance alone makes it differ."""
_MOST_GROUPS: Final = 10
_CODES: Final = tuple(area.code for area in KECAMATAN)
_OTHERS: Final = "…"
_TITLES: Final[dict[str, str | Promise]] = {
    "kecamatan": gettext_lazy("Kecamatan"),
    "desil": gettext_lazy("Desil"),
    "jenis_kelamin": gettext_lazy("Jenis kelamin"),
    "umur": gettext_lazy("Umur"),
    "pekerjaan": gettext_lazy("Pekerjaan"),
    "pengusul": gettext_lazy("Pengusul"),
}
_WORDS: Final[dict[str, str | Promise]] = {
    "L": gettext_lazy("laki-laki"), "P": gettext_lazy("perempuan"), "-29": gettext_lazy("sampai 29 tahun"),
    "30-44": gettext_lazy("30–44 tahun"), "45-59": gettext_lazy("45–59 tahun"), "60-": gettext_lazy("60 tahun ke atas"),
    _OTHERS: gettext_lazy("lainnya"),
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """How many of a group one choice names; `low` where that is less than four fifths of the share of all."""

    letter: str
    chosen: int
    low: bool


@dataclass(frozen=True)
class Line:
    """One group with what each choice means for it."""

    word: str
    accepted: int
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Warn:
    """One thing to know before the decree: how grave, and in a sentence."""

    tone: str
    text: str


@dataclass(frozen=True)
class Side:
    """One choice as a column: its letter, what it means, the words of its rule, the warnings."""

    letter: str
    outcome: Outcome
    rule: str | Promise
    warns: tuple[Warn, ...]


@dataclass(frozen=True)
class Asked:
    """The question as it was asked: the forms, and what they name where they are sound.

    `taken` places are held by people whom the programme took over from others.
    """

    choices: tuple[Choice, ...]
    payer: Payer
    poor: PoorForm
    sound: bool
    taken: int

    @property
    def forms(self) -> tuple[tuple[str, Choice], ...]:
        """The choices by their letters."""
        return tuple(zip(LETTERS, self.choices, strict=True))


@desk("decree.read")
@require_safe
def simulator(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the choices side by side as the address asks them; unasked, the programme as it is and others."""
    programme = _programme(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    asked = _asked(request.GET, programme)
    context = _context(request, who, programme, asked)
    context["draft"] = Draft(initial={"cara": asked.choices[0]["cara"].value()})
    return render(request, "simulator.html", context, status=200 if asked.sound and not context["refusal"] else 422)


def _context(request: HttpRequest, who: Visitor, programme: ProgrammeRow, asked: Asked) -> dict[str, Any]:
    found, letters, refusal = _simulate(programme, asked)
    return {
        "programme": programme,
        "places": max(programme.places - asked.taken, 0),
        "taken": asked.taken,
        "asked": asked,
        "refusal": refusal,
        "refusal_says": sentence_of(refusal) if refusal else "",
        "found": found,
        "question": request.GET.urlencode(),
        "sides": _sides(found, letters) if found else (),
        "groups": _groups(found, letters) if found else (),
        "may_draft": who.may_in("decree.draft", programme.area_code),
        "may_export": who.may("table.export"),
    }


@desk("table.export")
@require_POST
def sheet(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Give the comparison as a workbook; the diary keeps that it was taken. It names no person."""
    programme = _programme(request, who)
    if programme is None:
        raise PermissionDenied
    found, letters, _refusal = _simulate(programme, _asked(request.GET, programme))
    if found is None:
        return redirect("simulasi")
    after = {"bentuk": "xlsx", "pilihan": request.GET.dict()}
    with transaction.atomic():
        deed = staff.Deed("export", "targeting.simulation", programme.id, after=after)
        staff.record(by=who.officer, on=who.on, deed=deed)
    columns = [tables.Column(_("Bagian")), tables.Column(_("Isi"), width=44)]
    columns += [tables.Column(_("Pilihan %(letter)s") % {"letter": one}, tables.Kind.NUMBER) for one in letters]
    content = tables.table_xlsx(_("Perbandingan pilihan"), columns, _rows(found, letters))
    return file_answer(f"pilihan-{who.on.isoformat()}.xlsx", XLSX, content)


@desk("decree.draft")
@require_POST
def draft(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Draft the decree of the programme with the chosen rule; the numbers of poor people are those of the address."""
    programme = _programme(request, who)
    if programme is None:
        raise PermissionDenied
    asked, form = _asked(request.GET, programme), Draft(request.POST)
    if form.is_valid() and asked.poor.is_valid() and asked.payer.is_valid():
        given = form.cleaned_data
        with refused_by(form):
            made = actions.draft_decree(
                by=who.officer, on=who.on, programme_id=programme.id, number=given["nomor"], title=given["judul"],
                split=Split(Rule(given["cara"]), asked.poor.poor(), asked.payer.ranking()),
            )  # fmt: skip
            messages.success(request, _("Konsep keputusan tersusun; pejabat penyetuju kini dapat memeriksanya."))
            return redirect("keputusan_isi", made.decree_id)
    context = _context(request, who, programme, asked) | {"draft": form}
    return render(request, "simulator.html", context, status=422)


def _programme(request: HttpRequest, who: Visitor) -> ProgrammeRow | None:
    """Give the programme shown; page 403 where its area is beyond what the visitor may read decrees of."""
    programme = programme_shown(request, who)
    if programme is not None and not who.may_in("decree.read", programme.area_code):
        raise PermissionDenied
    return programme


def _asked(given: Mapping[str, str], programme: ProgrammeRow) -> Asked:
    taken = places_taken_over(programme.id)
    unasked = not any(name.endswith("-bulan") for name in given)
    asked = starting(programme, max(programme.places - taken, 0)) if unasked else dict(given.items())
    choices, payer, poor = choices_of(asked), Payer(asked), PoorForm(asked, _CODES)
    sound = all([*(one.is_valid() for one in choices), payer.is_valid(), poor.is_valid()])
    return Asked(choices, payer, poor, sound, taken)


def _simulate(programme: ProgrammeRow, asked: Asked) -> tuple[Simulation | None, tuple[str, ...], Refused | None]:
    """Give the simulation, the letters of its choices, and what a rule refused."""
    if not asked.sound:
        return None, (), None
    told = [(letter, one.variant()) for letter, one in asked.forms]
    variants = [(letter, one) for letter, one in told if one is not None]
    letters = tuple(letter for letter, _one in variants)
    payer = asked.payer.cleaned_data["pembayar"]
    try:
        if not variants:
            raise Refused("pilihan_kosong", _("Isi banyaknya orang atau uang sedikitnya untuk satu pilihan."))
        chosen = [one for _letter, one in variants]
        return (
            financing.simulate(
                programme, chosen, payer_kind=payer, poor=asked.poor.poor(), ranking=asked.payer.ranking()
            ),
            letters,
            None,
        )
    except Refused as refusal:
        return None, letters, refusal


def _sides(found: Simulation, letters: Sequence[str]) -> tuple[Side, ...]:
    return tuple(
        Side(letter, one, RULES[one.variant.rule], tuple(_warns(one, found.to_check)))
        for letter, one in zip(letters, found.outcomes, strict=True)
    )


def _warns(one: Outcome, to_check: int) -> Iterator[Warn]:
    cover = one.protection
    told = {
        "months": number_text(cover.months), "from": number_text(cover.full_from), "waiting": money(cover.waiting),
        "full": money(cover.full), "n": number_text(cover.full_months),
    }  # fmt: skip
    if cover.full_months == 0:
        yield Warn("error", _two(
            _("%(months)s bulan ini tidak memberi peserta baru satu bulan pun santunan kematian penuh."),
            _("Kematian membayar %(waiting)s, bukan %(full)s; penuh baru mulai bulan ke-%(from)s."), told))  # fmt: skip
    elif 2 * cover.full_months < cover.months:
        yield Warn("warning", _two(
            _("Hanya %(n)s dari %(months)s bulan memberi peserta baru santunan kematian penuh (%(full)s)."),
            _("Sebelumnya kematian membayar %(waiting)s."), told))  # fmt: skip
    if one.unused:
        told = {
            "unused": number_text(one.unused), "idle": money(one.unused * one.per_person),
            "check": number_text(to_check), "have": number_text(one.accepted), "planned": number_text(one.planned),
        }  # fmt: skip
        yield Warn("error", _two(
            _("Nama yang lolos baru %(have)s untuk %(planned)s tempat: %(unused)s kosong, %(idle)s tidak terpakai."),
            _("%(check)s baris masih perlu dicek."), told))  # fmt: skip
    if one.beyond_money:
        yield Warn("warning", _("Uangnya tidak cukup untuk %(n)s orang.") % {"n": number_text(one.beyond_money)})


def _two(first: str, second: str, told: Mapping[str, str]) -> str:
    return f"{first % told} {second % told}"


def _groups(found: Simulation, letters: Sequence[str]) -> tuple[tuple[str | Promise, tuple[Line, ...]], ...]:
    """Give each way of looking at the choices with its groups; small kinds of work are told together."""
    by_dimension = groupby(found.groups, key=lambda one: one.dimension)
    return tuple(
        (_TITLES[dimension], tuple(_line(one, found.outcomes, letters) for one in _gathered(list(groups))))
        for dimension, groups in by_dimension
    )


def _gathered(groups: list[Group]) -> list[Group]:
    if groups[0].dimension != "pekerjaan":
        return groups
    shown = [one for one in groups if one.accepted >= FEWEST and one.value][:_MOST_GROUPS]
    rest = [one for one in groups if one not in shown]
    if not rest:
        return shown
    chosen = tuple(sum(counts) for counts in zip(*(one.chosen for one in rest), strict=True))
    return [*shown, Group("pekerjaan", _OTHERS, sum(one.accepted for one in rest), chosen)]


def _line(group: Group, outcomes: Sequence[Outcome], letters: Sequence[str]) -> Line:
    told = group.dimension != "desil" and group.accepted >= _ENOUGH
    shares = tuple(
        Share(letter, chosen, told and 5 * chosen * one.accepted < 4 * one.chosen * group.accepted)
        for letter, chosen, one in zip(letters, group.chosen, outcomes, strict=True)
    )
    return Line(_word(group), group.accepted, shares)


def _word(group: Group) -> str:
    if group.dimension == "kecamatan":
        return area_name(group.value)
    if group.dimension == "desil":
        return _("desil %(n)s") % {"n": group.value}
    if group.dimension == "pengusul":
        return str(SENDERS.get(group.value, group.value))
    return str(_WORDS.get(group.value, group.value))


def _rows(found: Simulation, letters: Sequence[str]) -> Iterator[list[tables.Cell]]:
    """Give the rows of the workbook: what each choice means, then the groups."""
    measures: tuple[tuple[str, Any], ...] = (
        (_("Tempat"), lambda one: one.planned),
        (_("Mendapat tempat"), lambda one: one.chosen),
        (_("Lolos, tanpa tempat"), lambda one: one.left_out),
        (_("Tempat tanpa nama"), lambda one: one.unused),
        (_("Bulan dibayar"), lambda one: one.variant.months),
        (_("Bulan dengan santunan kematian penuh"), lambda one: one.protection.full_months),
        (_("Iuran seorang, semua bulan (Rp)"), lambda one: one.per_person),
        (_("Biaya (Rp)"), lambda one: one.cost),
        (_("Tidak terpakai (Rp)"), lambda one: one.idle),
    )
    for title, read in measures:
        yield [_("Pilihan"), title, *(read(one) for one in found.outcomes)]
    for dimension, lines in _groups(found, letters):
        for line in lines:
            yield [str(dimension), f"{line.word} ({line.accepted})", *(share.chosen for share in line.shares)]
    if found.poor is not None:
        yield [_("Penduduk miskin"), found.poor.source, *(None for _letter in letters)]
