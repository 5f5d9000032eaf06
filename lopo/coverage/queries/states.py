"""The state of the memberships of many persons at once, for pages that speak of names and not of members."""

from __future__ import annotations

from collections.abc import Iterable

from lopo.coverage.models import Membership


def states_of(programme_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """Give the state of membership by person id; who was never sent to BPJS is not in it. One query."""
    rows = Membership.objects.filter(programme_id=programme_id, person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "state"))
