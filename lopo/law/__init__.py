"""The statute as small functions with dated parameters: decide, compute, editions, sources."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis.expr.types as ir

from lopo.law import (
    accident,
    causes,
    conditions,
    contributions,
    death,
    disability,
    facts,
    incapacity,
    lateness,
    local,
    membership,
    recovery,
    scholarship,
    succession,
)
from lopo.law.book import BOOK
from lopo.law.decision import Decision, Edition
from lopo.law.engine import Facts, Law, Targets
from lopo.law.sources import Instrument

ROOMS = (
    facts, contributions, membership, accident, incapacity, disability, recovery, death, scholarship, causes, lateness,
    succession, local, conditions,
)  # fmt: skip
"""The modules in which the law is written; importing them fills the book."""

LAW = Law.read(BOOK, Path(__file__).parent)
"""The law as it stands in this product."""


def decide(target: Targets, facts: Facts, on: date) -> Decision:
    """What the law says on the day about one case, with its steps, reasons, edition and open questions.

    Raises a CaseError of lopo.law.errors (MissingFact, UnknownFact, WrongType, OutOfRange, UnknownTarget, NoLawYet).
    """
    return LAW.decide(target, facts, on)


def compute(targets: Targets, table: ir.Table, on: date, *, reasons: str = "") -> ir.Table:
    """The table with a column for each target by the law of the day; see Law.compute."""
    return LAW.compute(targets, table, on, reasons=reasons)


def editions() -> tuple[Edition, ...]:
    """All editions of the law, the oldest first."""
    return LAW.editions()


def sources() -> Sequence[Instrument]:
    """All instruments that the law rests on."""
    return tuple(LAW.instruments.values())


__all__ = ["LAW", "ROOMS", "compute", "decide", "editions", "sources"]
