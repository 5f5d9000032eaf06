"""How many of many proposals are read in full before all are approved, and which: nobody can steer it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from hashlib import sha256
from typing import Final

WRONG_ONE_IN: Final = 10
"""So seldom may a proposal be wrong that the sample still finds one of them ..."""
MISSED_ONE_IN: Final = 20
"""... in all but one of so many samples."""


def sample_size(total: int) -> int:
    """Give how many of `total` are read: were one in ten wrong, at most one sample in twenty would show none of them.

    Drawn without putting back, so of few nearly all are read, and of however many never more than 29.
    """
    wrong = -(-total // WRONG_ONE_IN)
    missed, all_draws, drawn = 1, 1, 0
    while drawn < total and missed * MISSED_ONE_IN > all_draws:
        missed *= total - wrong - drawn
        all_draws *= total - drawn
        drawn += 1
    return drawn


def sample_of(ids: Collection[uuid.UUID], reader_id: int) -> tuple[uuid.UUID, ...]:
    """Give which are read: the same for one reader however often he asks, others for another reader."""
    drawn = sorted(ids, key=lambda one: sha256(f"{reader_id}:{one}".encode()).digest())
    return tuple(drawn[: sample_size(len(drawn))])


def mark_of_list(ids: Collection[uuid.UUID]) -> str:
    """Give a short mark of a list, by which a page knows that the list is still the one that was shown."""
    return sha256(" ".join(sorted(map(str, ids))).encode()).hexdigest()[:32]
