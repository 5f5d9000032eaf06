"""What a model learns: from the desk's answers a shift and a slope of its weights, from the kept model the unseen.

The desk sees only rows that nothing else could settle, so its answers cannot tell how often true pairs agree (hardly
any of them has its NIK). They can tell how often a pair of a given weight is the same person: that is what is learned,
as Platt does it, over the persons of a row together, and held near "no change" by bounds that grow with the answers.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from math import exp, log
from typing import Any

from lopo.people.batch.linkage_model import Desk, Model, weights_in

LEAST_ANSWERS, LEAST_OF_A_KIND = 30, 5
"""Fewer answered rows, or fewer pairs that are or are not the same, teach nothing; they are counted all the same."""

STEADY = 500
"""The kept model counts as so many true pairs beside those that the office's own tables hold."""

_BITS_AN_ANSWER, _MOST_BITS = 0.05, 4.0
_SLOPE_AN_ANSWER, _MOST_SLOPE = 0.002, 0.5
_FIRM_SHIFT, _FIRM_SLOPE = 0.1, 10.0
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One answered row: the weights of the persons it was compared with, and the place of the one it is, if any."""

    weights: tuple[float, ...]
    same: int | None


def taught(model: Model, rows: Iterable[Row]) -> Model:
    """The model with what answered rows say of its weights, which are those of the model without `desk`.

    With few answers, or of one kind, it is the model itself. A shift moves at most a twentieth of a bit an answer and
    four bits in all; a slope a five-hundredth an answer and a half in all: ten wrong answers cannot turn a model.
    """
    given = tuple(rows)
    plain = replace(model, desk=None)
    same = sum(1 for row in given if row.same is not None)
    other = sum(len(row.weights) for row in given) - same
    if len(given) < LEAST_ANSWERS or min(same, other) < LEAST_OF_A_KIND:
        return plain
    shift, slope = _fitted(given)
    most = min(len(given) * _BITS_AN_ANSWER, _MOST_BITS)
    wide = min(len(given) * _SLOPE_AN_ANSWER, _MOST_SLOPE)
    shift, slope = max(min(shift, most), -most), max(min(slope, 1 + wide), 1 - wide)
    return replace(plain, desk=Desk(round(shift, 2), round(slope, 3), len(given)))


def steadied(model: Model, kept: Model) -> Model:
    """The model with every share among true pairs mixed with that of the kept model, which counts as STEADY pairs.

    A level that an office's tables never showed would else be thought impossible.
    """
    pairs = model.prior * model.rows[0] * model.rows[-1]
    settings: dict[str, Any] = deepcopy(dict(model.settings))
    for comparison in settings["comparisons"]:
        before = kept.weights.get(comparison["output_column_name"])
        levels = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
        if before is None:
            continue
        share = {one.code: one.among_true for one in before}
        for level in levels:
            mixed = pairs * level["m_probability"] + STEADY * share[level["label_for_charts"]]
            level["m_probability"] = round(mixed / (pairs + STEADY), 9)
    return replace(model, settings=settings, weights=weights_in(settings))


def _fitted(rows: Sequence[Row]) -> tuple[float, float]:
    """The likeliest shift and slope, held to 0 and 1, by Newton's steps, halved until they help."""
    shift, slope = 0.0, 1.0
    now = _loss(rows, shift, slope)
    for _ in range(_ROUNDS):
        one, two = _newton(rows, shift, slope)
        size = 1.0
        while size > 1e-9 and _loss(rows, shift + size * one, slope + size * two) > now:
            size /= 2
        shift, slope = shift + size * one, slope + size * two
        before, now = now, _loss(rows, shift, slope)
        if before - now < 1e-10:
            break
    return shift, slope


def _newton(rows: Sequence[Row], shift: float, slope: float) -> tuple[float, float]:
    """The step to the bottom of the curve that fits the loss here."""
    one, two = _FIRM_SHIFT * shift, _FIRM_SLOPE * (slope - 1)
    a, b, d = _FIRM_SHIFT, 0.0, _FIRM_SLOPE
    for row in rows:
        chances = _chances(row, shift, slope)
        some = sum(chances)
        mean = sum(chance * bits for chance, bits in zip(chances, row.weights, strict=True))
        square = sum(chance * bits * bits for chance, bits in zip(chances, row.weights, strict=True))
        one += log(2) * (some - (row.same is not None))
        two += log(2) * (mean - (0.0 if row.same is None else row.weights[row.same]))
        a += log(2) ** 2 * (some - some * some)
        b += log(2) ** 2 * (mean - some * mean)
        d += log(2) ** 2 * (square - mean * mean)
    whole = a * d - b * b
    return (b * two - d * one) / whole, (b * one - a * two) / whole


def _chances(row: Row, shift: float, slope: float) -> list[float]:
    """How likely each person of a row is the one, who may also be none of them."""
    bits = [(shift + slope * one) * log(2) for one in row.weights]
    top = max(0.0, *bits)
    odds = [exp(one - top) for one in bits]
    whole = exp(-top) + sum(odds)
    return [one / whole for one in odds]


def _loss(rows: Sequence[Row], shift: float, slope: float) -> float:
    """Minus the logarithm of how likely the answers are, and what leaving 0 and 1 costs."""
    total = (_FIRM_SHIFT * shift**2 + _FIRM_SLOPE * (slope - 1) ** 2) / 2
    for row in rows:
        bits = [(shift + slope * one) * log(2) for one in row.weights]
        top = max(0.0, *bits)
        whole = top + log(exp(-top) + sum(exp(one - top) for one in bits))
        total += whole - (0.0 if row.same is None else bits[row.same])
    return total
