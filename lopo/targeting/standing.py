"""Which rows count: those that still say something, and which of them stand as candidates do."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q

from lopo.targeting.models import ProposalRow

SPEAKS_SQL: Final = "r.raw <> '[]'::jsonb"
"""As `speaks`, on the row `r`."""
STANDING_SQL: Final = (
    f"l.in_force AND {SPEAKS_SQL} AND NOT EXISTS (SELECT FROM targeting_proposalrow n WHERE n.replaces_id = r.id)"
)
"""As `standing`, on the row `r` of the list `l`."""


def not_replaced() -> Q:
    """Rows without a newer version."""
    return Q(~Exists(ProposalRow.objects.filter(replaces=OuterRef("pk"))))


def speaks() -> Q:
    """Rows that still say something: one that was blanked since its time is over is asked nothing again."""
    return ~Q(raw=[])


def standing() -> Q:
    """Rows that stand: of a list in force, without a newer version, and not blanked."""
    return Q(list__in_force=True) & speaks() & not_replaced()
