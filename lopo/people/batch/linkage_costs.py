"""When a pair is sure, doubtful or no: two thresholds that follow from what each mistake costs, in a clerk's minutes.

A pair of probability p is called sure when being wrong, (1 - p) times the cost of a wrong match, costs no more than a
clerk's look; it is let go when p times the cost of a missed match costs no more than that look; between the two a
human looks. Nobody sets a threshold by taste: whoever wants another one states another cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

SURE, DOUBTFUL, NO = "pasti", "ragu", "bukan"


@dataclass(frozen=True, slots=True)
class Costs:
    """What a wrong match, a missed match and a look at a pair cost, all in minutes of a clerk."""

    wrong: float
    missed: float
    look: float

    def __post_init__(self) -> None:
        """ValueError unless all are above zero."""
        if min(self.wrong, self.missed, self.look) <= 0:
            raise ValueError(f"costs must be above zero: {self}")

    @property
    def sure_from(self) -> float:
        """The probability from which a pair is sure."""
        return max(1 - self.look / self.wrong, self._even)

    @property
    def no_below(self) -> float:
        """The probability below which a pair is let go."""
        return min(self.look / self.missed, self._even)

    @property
    def _even(self) -> float:
        """The probability at which both mistakes cost the same, where no look is worth its price."""
        return self.wrong / (self.wrong + self.missed)


PERSONS = Costs(wrong=30_000, missed=6_000, look=3)
"""For persons with money behind them: three minutes a look. A wrong match takes three months of work to undo (another
man's death, a family without its right), a missed one three weeks (a letter, a visit, a new proposal). So a match is
sure when at most one in ten thousand such is wrong."""

RECORDS = Costs(wrong=60, missed=60, look=60)
"""For counting records without looking at any: both mistakes cost the same, and the more likely answer is taken."""


def shared(pairs: ir.Table, sides: Sequence[str] = ("left_id", "right_id")) -> ir.Table:
    """The pairs with the probability shared among the rivals of each side, as only one of them can be true."""
    odds = pairs.mutate(odds=ibis.literal(2.0) ** pairs.match_weight)
    parts = []
    for side in sides:
        whole = 1.0 + odds.odds.sum().over(ibis.window(group_by=side))
        parts.append(odds.odds / whole)
    return odds.mutate(match_probability=ibis.least(*parts) if len(parts) > 1 else parts[0]).drop("odds")


def decided(pairs: ir.Table, costs: Costs) -> ir.Table:
    """The pairs with their `decision` by what mistakes cost; an even chance is never sure."""
    likely = pairs.match_probability
    sure = (likely >= costs.sure_from) & (likely > 0.5)
    return pairs.mutate(decision=ibis.cases((sure, SURE), (likely < costs.no_below, NO), else_=DOUBTFUL))
