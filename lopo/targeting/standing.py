"""Which rows stand: those of lists in force that no correction has replaced."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q

from lopo.targeting.models import ProposalRow

STANDING_SQL: Final = "l.in_force AND NOT EXISTS (SELECT FROM targeting_proposalrow n WHERE n.replaces_id = r.id)"
"""The same as a condition on the row `r` of the list `l`."""


def not_replaced() -> Q:
    """Rows without a newer version."""
    return Q(~Exists(ProposalRow.objects.filter(replaces=OuterRef("pk"))))


def standing() -> Q:
    """Rows that stand."""
    return Q(list__in_force=True) & not_replaced()
