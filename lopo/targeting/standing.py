"""Which rows stand: those of lists in force that no correction has replaced and whose time is not over."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q

from lopo.targeting.models import ProposalRow

STANDING_SQL: Final = (
    "l.in_force AND r.raw <> '[]'::jsonb"
    " AND NOT EXISTS (SELECT FROM targeting_proposalrow n WHERE n.replaces_id = r.id)"
)
"""As `standing`, on the row `r` of the list `l`."""


def not_replaced() -> Q:
    """Rows without a newer version."""
    return Q(~Exists(ProposalRow.objects.filter(replaces=OuterRef("pk"))))


def standing() -> Q:
    """Rows that stand. One that was blanked since its time is over says nothing, so nothing is asked of it again."""
    return Q(list__in_force=True) & ~Q(raw=[]) & not_replaced()
