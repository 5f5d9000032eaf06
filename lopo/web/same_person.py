"""Two numbers of one person, and families that do not fit: shown, answered by one officer, checked by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.basics.nik import digits_of
from lopo.coverage.queries import MergeEffect, merge_effects
from lopo.people import actions, families, queries
from lopo.people.families import FamilyConflict, PairRow
from lopo.people.queries import PersonRow
from lopo.web import cells
from lopo.web.door import Visitor, desk
from lopo.web.doubts import places
from lopo.web.family import family_of

CONFLICTS: dict[str, str | Promise] = {
    families.TWO_FAMILIES: _("Satu NIK ada di dua kartu keluarga"),
    families.TWO_HEADS: _("Dua kepala keluarga dalam satu kartu"),
    families.NO_HEAD: _("Kartu keluarga tanpa kepala keluarga"),
    families.YOUNGER_PARENT: _("Anak lebih tua daripada orang tuanya, atau hampir seumur"),
}
_MOST = 500
_SAME = "sama"


class SaidSame(forms.Form):
    """The other number of a person, and on what ground it is the same person's."""

    nik = forms.CharField(label=_("NIK yang lain"), max_length=32)
    dasar = forms.CharField(label=_("Dasarnya"), max_length=300, help_text=_("Misalnya: KTP lama dan baru, KK sama."))


def conflict_said(one: FamilyConflict, *, open_names: bool = True) -> dict[str, Any]:
    """Give one conflict as a page shows it; the family number masked."""
    names = one.names if open_names else tuple(cells.name_masked(name) for name in one.names)
    hidden = ", ".join(_without_numbers(name) for name in names)
    return {"title": CONFLICTS[one.kind], "names": hidden, "no_kk": cells.masked(one.no_kk), "since": one.since}


def _without_numbers(name: str) -> str:
    """Mask the family number that stands behind a name."""
    return " ".join(cells.masked(word.strip("()")) if word.strip("()").isdigit() else word for word in name.split())


def pairs_said(who: Visitor, rows: Sequence[PairRow]) -> list[dict[str, Any]]:
    """Give answers about two persons with what this visitor may do, and what a merge that waits would mean."""
    merging = [(one.kept_id, one.gone_id) for one in rows if _waits(one) and one.answer == _SAME]
    effects = merge_effects(merging)
    return [_pair_said(who, one, effects.get((one.kept_id, one.gone_id))) for one in rows]


def _waits(one: PairRow) -> bool:
    return one.state == "diusulkan"


def _pair_said(who: Visitor, one: PairRow, effect: MergeEffect | None) -> dict[str, Any]:
    mine = one.made_by_id == who.officer.id
    merges = _waits(one) and one.answer == _SAME
    return {
        "row": one,
        "waits": _waits(one),
        "may_check": _waits(one) and not mine and who.may("doubt.check"),
        "may_take_back": _waits(one) and mine,
        "effect": effect_said(effect) if merges and effect is not None else None,
    }


def effect_said(effect: MergeEffect) -> dict[str, Any]:
    """Give what a merge means as a page shows it: numbers masked, months in words."""
    return {
        "stays": cells.masked(effect.stays),
        "goes": ", ".join(cells.masked(one) for one in effect.goes),
        "twice": ", ".join(one.text() for one in effect.twice),
        "paid": len(effect.paid),
        "first": effect.paid[0].text() if effect.paid else "",
        "last": effect.paid[-1].text() if effect.paid else "",
        "both_run": effect.both_run,
    }


def links_said(rows: Sequence[PairRow], known: Mapping[int, PersonRow]) -> list[dict[str, Any]]:
    """Give each number that was merged into another, and into which: of every two, the newest settled answer holds."""
    newest: dict[tuple[int, int], PairRow] = {}
    for one in rows:
        if one.state == "ditetapkan":
            newest.setdefault((one.gone_id, one.kept_id), one)
    held = [pair for pair, one in newest.items() if one.answer == _SAME and set(pair) <= known.keys()]
    return [{"one": known[gone], "into": known[kept]} for gone, kept in sorted(held)]


def about(who: Visitor, found: PersonRow) -> dict[str, Any]:
    """Give what the person's page shows of the numbers of this person and of the family."""
    numbers = families.numbers_of(found.id)
    known = queries.persons(numbers) if len(numbers) > 1 else {found.id: found}
    pairs = families.pairs_of(numbers)
    relatives = family_of(who, found)
    conflicts = families.conflicts_of(found.no_kk, found.nik, who.areas("people.read"))
    return {
        "numbers": numbers,
        "links": links_said(pairs, known),
        "family": relatives,
        "scholars": any(one.scholar for one in relatives),
        "main": known[numbers[0]] if numbers[0] != found.id else None,
        "pairs": pairs_said(who, pairs),
        "conflicts": [conflict_said(one) for one in conflicts],
        "may_say_same": who.may_in("doubt.settle", found.area_code),
        "same_form": SaidSame(),
    }


@desk("doubt.settle")
@require_POST
def say(request: HttpRequest, who: Visitor, person_id: int) -> HttpResponse:
    """Say that another number is this person, or that a merged one is not."""
    found = queries.person(person_id)
    if found is None or not who.may_in("people.read", found.area_code):
        raise Http404
    answer = "beda" if request.POST.get("jawaban") == "beda" else "sama"
    other = queries.person_by_nik(digits_of(request.POST.get("nik", "")))
    if answer == "beda":
        number = request.POST.get("lain", "")
        other = queries.person(int(number)) if number.isdecimal() and len(number) < 15 else None
    if other is None or not who.may_in("people.read", other.area_code):
        messages.error(request, gettext("Orang dengan NIK itu tidak dikenal di wilayah Anda."))
        return redirect("seseorang", person_id=person_id)
    said = actions.PairAnswer(found.id, other.id, answer, " ".join(request.POST.get("dasar", "").split()))
    actions.answer_pair(by=who.officer, on=who.on, said=said)
    messages.success(request, gettext("Disimpan; tidak ada yang berubah sebelum diperiksa petugas kedua."))
    return redirect("seseorang", person_id=person_id)


@desk("doubt.check")
@require_POST
def check(request: HttpRequest, who: Visitor, pair_id: int) -> HttpResponse:
    """Agree with what another officer said of two persons, or send it back."""
    agree = request.POST.get("setuju") == "ya"
    actions.check_pair(by=who.officer, on=who.on, pair_id=pair_id, agree=agree)
    messages.success(request, gettext("Disetujui.") if agree else gettext("Dikembalikan."))
    return redirect("ragu_keluarga")


@desk("doubt.settle")
@require_POST
def take_back(request: HttpRequest, who: Visitor, pair_id: int) -> HttpResponse:
    """Take back what one said of two persons."""
    actions.take_back_pair(by=who.officer, on=who.on, pair_id=pair_id)
    messages.success(request, gettext("Jawaban ditarik."))
    return redirect("ragu_keluarga")


@desk("doubt.settle", "doubt.check")
def overview(request: HttpRequest, who: Visitor) -> HttpResponse:
    """List the answers about two persons that wait, and the families in which something does not fit."""
    mine = places(who)
    waiting = families.pairs_waiting(mine)
    conflicts = families.family_conflicts(mine, most=_MOST)
    context = {
        "pairs": pairs_said(who, waiting),
        "conflicts": [(conflict_said(one), (who.on - one.since).days) for one in conflicts],
        "most": _MOST if len(conflicts) == _MOST else 0,
    }
    return render(request, "families.html", context)
