"""Which programme the pages speak of: the one that was chosen, among those that touch the visitor's areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from lopo.basics.calendar import Month
from lopo.law.cover import arrears_limit
from lopo.targeting import queries
from lopo.targeting.queries import ProgrammeRow
from lopo.web.door import Visitor

FIELD = "program"
"""The name of the choice in an address, a form and the session: the code of the programme."""

_KEPT = "lopo.programmes"


@dataclass(frozen=True)
class Chooser:
    """The programme that a page shows, and all that the visitor may choose among."""

    shown: ProgrammeRow
    all: tuple[ProgrammeRow, ...]

    @property
    def several(self) -> bool:
        """Say whether there is anything to choose."""
        return len(self.all) > 1


def places_of(who: Visitor) -> tuple[str, ...]:
    """Give the areas of the visitor's duties for the programmes; a duty for a payer opens no area."""
    return tuple(sorted({duty.area_code for duty in who.duties if not duty.payer_code}))


def programme_shown(request: HttpRequest, who: Visitor) -> ProgrammeRow | None:
    """Give the programme that the page shows, None before the first one is made. One query, once a request.

    It is the one that the form or the address names, else the one chosen last in this session, else the one with most
    places of those in view, else the newest. A programme is in view while it runs and until the rights of its people
    have lapsed after it. Page 404 for a named one that does not touch the visitor's areas.
    """
    chooser = chooser_of(request, who)
    return None if chooser is None else chooser.shown


def chooser_of(request: HttpRequest, who: Visitor) -> Chooser | None:
    """Give the programme shown with those to choose among; None where there is none for this visitor."""
    if _KEPT not in request.META:
        request.META[_KEPT] = _chosen(request, queries.programmes(places_of(who)), who.on)
    found: Chooser | None = request.META[_KEPT]
    return found


def chooser_drawn(request: HttpRequest) -> Chooser | None:
    """Give the chooser that the page asked for already, for its frame; None on pages of no programme."""
    found: Chooser | None = request.META.get(_KEPT)
    return found


def _chosen(request: HttpRequest, all_of_them: tuple[ProgrammeRow, ...], on: date) -> Chooser | None:
    by_code = {one.code: one for one in all_of_them}
    named = request.POST.get(FIELD) or request.GET.get(FIELD)
    if named:
        if named not in by_code:
            raise Http404
        if request.session.get(FIELD) != named:
            request.session[FIELD] = named
        return Chooser(by_code[named], all_of_them)
    if not all_of_them:
        return None
    kept = by_code.get(request.session.get(FIELD, ""))
    running = [one for one in all_of_them if one.state == "berjalan"]
    until = arrears_limit(on) + 1
    seen = [one for one in running if one.first_month <= on < Month.of(one.last_month).plus(until).first_day]
    largest = max(seen, key=lambda one: one.places, default=(running or all_of_them)[0])
    return Chooser(kept or largest, all_of_them)
