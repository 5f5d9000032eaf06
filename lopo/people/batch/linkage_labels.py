"""What the desk's answers say of a model: pairs weighed anew from the steps kept with them, and how right it was."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log2, sqrt
from typing import Any

from lopo.people.batch.linkage_costs import DOUBTFUL, NO, PERSONS, SURE, Costs
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.linkage_taught import Row, taught
from lopo.people.batch.waterfall import DESK, START, Step

_FOLDS = 5
_Z = 1.959964
_BINS = (0.0, 0.1, 0.5, 0.9, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair that two officers have answered: its row, the steps that a model wrote down for it, and the answer."""

    row: str
    steps: tuple[Step, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A share of counts with its 95 % interval by Wilson."""

    part: int
    whole: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How a model does on the answers.

    `told` counts pairs by verdict (pasti, ragu, bukan) and answer (sama, beda); `precision` is the share of the sure
    that are the same person, `recall` of the same persons the share that is not let go; `brier` the mean square of the
    error of the probability; `bins` (from, to, pairs, mean probability, of them the same).
    """

    labels: int
    same: int
    told: Mapping[str, int]
    precision: Share
    recall: Share
    brier: float
    bins: tuple[tuple[float, float, int, float, int], ...]

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


def weight_of(steps: Sequence[Step], old: Model, new: Model) -> float:
    """The weight that a model gives a pair whose steps another wrote down.

    The rarity of a name and the size of the register lie in the steps; of them only what the models hold is exchanged.
    """
    total = 0.0
    for step in steps:
        if step.name == START:
            total += step.bits + log2(new.prior * new.rows[1]) - log2(old.prior * old.rows[1])
        elif step.name != DESK:
            total += new.weight(step.name, step.level).bits + _rarity(step, old, new)
    return total if new.desk is None else new.desk.shift + new.desk.slope * total


def _rarity(step: Step, old: Model, new: Model) -> float:
    """What a step holds beyond its weight: the rarity of the name, moved to the chance agreement of the new model."""
    rest = step.bits - old.weight(step.name, step.level).bits
    if abs(rest) < 0.02:
        return 0.0
    return rest + log2(new.weight(step.name, "sama").among_other) - log2(old.weight(step.name, "sama").among_other)


def weighed(labels: Sequence[Labelled], told_by: Sequence[Model], new: Model) -> list[float]:
    """The weight of each labelled pair by a model; `told_by` is the one that wrote down its steps."""
    return [weight_of(one.steps, old, new) for one, old in zip(labels, told_by, strict=True)]


def measured(labels: Sequence[Labelled], weights: Sequence[float], costs: Costs = PERSONS) -> Measured:
    """How weights do on the answers; those who stand beside one row share its probability, as on the desk."""
    odds = [2.0 ** max(min(bits, 200.0), -200.0) for bits in weights]
    whole: dict[str, float] = {}
    for one, odd in zip(labels, odds, strict=True):
        whole[one.row] = whole.get(one.row, 0.0) + odd
    likely = [odd / (1 + whole[one.row]) for one, odd in zip(labels, odds, strict=True)]
    told = {f"{verdict}_{answer}": 0 for verdict in (SURE, DOUBTFUL, NO) for answer in ("sama", "beda")}
    for one, chance in zip(labels, likely, strict=True):
        told[f"{_verdict(chance, costs)}_{'sama' if one.same else 'beda'}"] += 1
    same = sum(1 for one in labels if one.same)
    sure = told[f"{SURE}_sama"]
    square = sum((chance - one.same) ** 2 for one, chance in zip(labels, likely, strict=True))
    return Measured(
        len(labels), same, told,
        share(sure, sure + told[f"{SURE}_beda"]), share(same - told[f"{NO}_sama"], same),
        round(square / len(labels), 4) if labels else 0.0, _bins(labels, likely),
    )  # fmt: skip


def answered(labels: Sequence[Labelled], weights: Sequence[float]) -> dict[str, Row]:
    """The rows that were answered, each with the weights of whom it was compared with and which of them it is."""
    rows: dict[str, list[tuple[float, bool]]] = {}
    for one, bits in zip(labels, weights, strict=True):
        rows.setdefault(one.row, []).append((bits, one.same))
    return {
        row: Row(tuple(bits for bits, _ in of), next((n for n, (_, same) in enumerate(of) if same), None))
        for row, of in rows.items()
    }


def cross_measured(labels: Sequence[Labelled], weights: Sequence[float], model: Model) -> Measured:
    """How teaching does on answers that it has not seen: each fifth of the rows weighed by what the others taught."""
    rows = answered(labels, weights)
    fold = {row: n % _FOLDS for n, row in enumerate(sorted(rows))}
    desks = [taught(model, [of for row, of in rows.items() if fold[row] != n]).desk for n in range(_FOLDS)]
    given = []
    for one, bits in zip(labels, weights, strict=True):
        desk = desks[fold[one.row]]
        given.append(bits if desk is None else desk.shift + desk.slope * bits)
    return measured(labels, given)


def share(part: int, whole: int) -> Share:
    """A share with its interval by Wilson; nothing at all is known of none."""
    if whole == 0:
        return Share(0, 0, 0.0, 1.0)
    rate, square = part / whole, _Z * _Z
    middle = (rate + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(rate * (1 - rate) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return Share(part, whole, round(max(middle - half, 0.0), 4), round(min(middle + half, 1.0), 4))


def _verdict(chance: float, costs: Costs) -> str:
    if chance >= costs.sure_from and chance > 0.5:
        return SURE
    return NO if chance < costs.no_below else DOUBTFUL


def _bins(labels: Sequence[Labelled], likely: Sequence[float]) -> tuple[tuple[float, float, int, float, int], ...]:
    """Pairs by their probability, with how many of them were the same person."""
    made = []
    for low, high in pairwise(_BINS):
        of = [(chance, one.same) for one, chance in zip(labels, likely, strict=True)
              if low <= chance < high or (high == 1.0 and chance == 1.0)]  # fmt: skip
        mean = sum(chance for chance, _ in of) / len(of) if of else 0.0
        made.append((low, high, len(of), round(mean, 4), sum(1 for _, same in of if same)))
    return tuple(made)
