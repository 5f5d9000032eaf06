"""Everything that can be read about cases and decisions."""

from lopo.claims.queries.watch import (
    HitFilter,
    HitRow,
    PaidAfterDeath,
    copy_dead,
    copy_members,
    copy_residents,
    hits_page,
    paid_after_death,
)

__all__ = [
    "HitFilter", "HitRow", "PaidAfterDeath", "copy_dead", "copy_members", "copy_residents", "hits_page",
    "paid_after_death",
]  # fmt: skip
