"""Tells the decree by which a programme chose its people from those by which it took people over from others."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Q

from lopo.targeting.models import Decree, DecreeName

OWN: Final = Q(screening__programme_id=F("programme_id"))
"""Decrees that rest on a screening of their own programme; one that takes people over rests on the other's."""
NOT_TAKEN_OVER: Final = """ NOT EXISTS (
    SELECT FROM targeting_decreename t JOIN targeting_decree e ON e.id = t.decree_id
      JOIN targeting_screening o ON o.id = e.screening_id
     WHERE e.programme_id = {programme} AND o.programme_id <> e.programme_id
       AND t.person_id = {person} AND t.status IN ('ditetapkan', 'pengganti'))"""
"""A condition in SQL: nobody whom the programme has taken over already, drafts included, stands on its own decree."""


def own_decree(programme_id: int) -> Decree | None:
    """Give the decree by which the programme chose its people, drafted or set; None where there is none. One query."""
    return Decree.objects.filter(OWN, programme_id=programme_id).first()


def places_taken_over(programme_id: int) -> int:
    """Give how many places people hold whom the programme took over from others, drafts included. One query."""
    named = DecreeName.objects.filter(decree__programme_id=programme_id, status__in=("ditetapkan", "pengganti"))
    return named.exclude(decree__screening__programme_id=programme_id).count()
