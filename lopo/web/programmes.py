"""The programme that the pages speak of: the newest, until there are several to choose from."""

from __future__ import annotations

from lopo.targeting import queries
from lopo.targeting.queries import ProgrammeRow


def programme_shown() -> ProgrammeRow | None:
    """Give the programme that the pages show, None before the first one is made. One query."""
    return next(iter(queries.programmes()), None)
