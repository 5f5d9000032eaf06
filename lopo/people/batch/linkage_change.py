"""How two models differ: the weight of each level in both, and how often they say the same of the same pairs."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from lopo.people.batch.likelihood import probable
from lopo.people.batch.linkage_costs import PERSONS, decided
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.match import Keep, keep_lazy
from lopo.people.batch.pairs import candidate_pairs, compared


@dataclass(frozen=True, slots=True)
class Shift:
    """One level with its weight in two models, in bits; `learned` says that the second saw it in its own data."""

    name: str
    code: str
    before: float
    after: float
    learned: bool


def shifts(before: Model, after: Model) -> tuple[Shift, ...]:
    """The weight of every level in both models, in the order of the set-up."""
    return tuple(
        Shift(name, one.code, round(one.bits, 2), round(after.weight(name, one.code).bits, 2),
              after.weight(name, one.code).learned)
        for name, weights in before.weights.items() for one in weights if one.weighed
    )  # fmt: skip


def agreement(
    rows: ir.Table, persons: ir.Table, models: tuple[Model, Model], most: int, keep: Keep = keep_lazy
) -> Mapping[str, int]:
    """Count pairs of at most `most` rows, spread over all, by what either model says: {"pasti_ragu": 3, ...}.

    `rows` have ROW_COLUMNS, `persons` PERSON_COLUMNS; pairs that both let go are not counted one by one but as
    bukan_bukan too.
    """
    numbered = rows.mutate(turn=ibis.row_number().over(ibis.window(order_by="row_id")), whole=rows.count().over())
    sample = keep(numbered.filter(numbered.turn % (numbered.whole // most + 1) == 0).drop("turn", "whole"))
    pairs = keep(compared(keep(candidate_pairs(sample, persons)), sample, persons))
    told = [decided(probable(pairs, persons, one), PERSONS) for one in models]
    first = told[0].select("row_id", "nik", before="decision")
    second = told[1].select("row_id", "nik", after="decision")
    both = first.inner_join(second, ["row_id", "nik"]).group_by("before", "after").aggregate(pairs=ibis._.count())
    return {f"{one['before']}_{one['after']}": int(one["pairs"]) for one in both.to_pyarrow().to_pylist()}
