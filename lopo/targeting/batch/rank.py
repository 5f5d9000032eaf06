"""Choosing among the accepted: places for each kecamatan, then decile, stated criteria, and an order by hash."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir

from lopo.basics.calendar import add_months

RANK_INPUT = ("nik_matched", "kecamatan", "desil")
RANK_COLUMNS = ("draw", "quota", "rank", "chosen", "waiting_place")
FAMILY_COLUMNS = ("kepala_keluarga", "anak")
"""What `with_family` adds from the population register: boolean, and a number."""
_GROWN_UP: Final = 18 * 12
ORDERS_BY: Final[Mapping[str, Callable[[ir.Table], ir.Value]]] = {
    "perempuan_kepala_keluarga": lambda one: ~((one.sex == "P").fill_null(False) & one.kepala_keluarga),
    "anak": lambda one: -one.anak,
    "umur": lambda one: one.born,
    "perempuan": lambda one: (one.sex != "P").fill_null(True),
}
"""By what each criterion of `targeting.ranking` orders, the smaller first; the words of the decree stand there."""


def quotas(accepted: ir.Table, places: int) -> ir.Table:
    """Places of each kecamatan in proportion to its accepted candidates: columns kecamatan, candidates, quota.

    Largest remainder: each gets the whole part of its share, and the places left go to the largest remainders, equal
    ones to the lower code. With no more candidates than places everybody has a place. Whole numbers only.
    """
    counted = accepted.group_by("kecamatan").aggregate(candidates=accepted.count())
    everybody = ibis.window()
    counted = counted.mutate(total=counted.candidates.sum().over(everybody))
    counted = counted.mutate(open_places=ibis.least(ibis.literal(places, type="int64"), counted.total))
    counted = counted.mutate(share=counted.open_places * counted.candidates)
    counted = counted.mutate(remainder=counted.share % counted.total)
    counted = counted.mutate(whole=((counted.share - counted.remainder) / counted.total).cast("int64"))
    by_remainder = ibis.window(order_by=[ibis.desc("remainder"), "kecamatan"])
    counted = counted.mutate(
        turn=ibis.row_number().over(by_remainder), left=counted.open_places - counted.whole.sum().over(everybody)
    )
    extra = (counted.turn < counted.left).cast("int64")
    return counted.mutate(quota=(counted.whole + extra).cast("int64")).select("kecamatan", "candidates", "quota")


def with_family(accepted: ir.Table, residents: ir.Table, on: date) -> ir.Table:
    """Add FAMILY_COLUMNS to the accepted (`nik_matched`, `no_kk`): who heads a family, and its children under 18 `on`.

    `residents` is the population register in force, of text but `born`: nik, no_kk, relation, born. Who stands in it
    twice counts once; who has no family card has no children there.
    """
    heading = residents.filter(residents.relation.strip().upper() == "KEPALA KELUARGA")
    heads = heading.select(nik_head="nik").distinct().mutate(kepala_keluarga=True)
    young = residents.filter((residents.born > add_months(on, -_GROWN_UP)) & (residents.no_kk != ""))
    children = young.group_by(kk_of="no_kk").aggregate(anak=young.nik.nunique().cast("int64"))
    table = accepted.left_join(heads, [("nik_matched", "nik_head")]).left_join(children, [("no_kk", "kk_of")])
    return table.mutate(
        kepala_keluarga=table.kepala_keluarga.fill_null(False), anak=table.anak.fill_null(0)
    ).select(*accepted.columns, *FAMILY_COLUMNS)  # fmt: skip


def rank(accepted: ir.Table, places: int, decree: str, ranking: Sequence[str] = ()) -> ir.Table:
    """Add RANK_COLUMNS to the accepted candidates (RANK_INPUT: one row a person, `desil` known).

    `draw` is the SHA-256 of decree number and NIK in hexadecimal, an order that nobody can steer and anybody can
    check; within a kecamatan the lower decile goes first, then the criteria of `ranking` in their order (codes of
    `targeting.ranking`, checked; they ask for `sex`, `born` or FAMILY_COLUMNS), then the smaller draw, then the NIK.
    `rank` counts from 1 in the kecamatan; the first `quota` of them are `chosen`, the others have a `waiting_place`
    from 1 (NULL when chosen).
    """
    drawn = accepted.mutate(draw=ibis.literal(decree).concat(accepted.nik_matched).hexdigest("sha256"))
    drawn = drawn.inner_join(quotas(accepted, places).select("kecamatan", "quota"), "kecamatan")
    stated = [ORDERS_BY[code](drawn) for code in ranking]
    order = ibis.window(group_by="kecamatan", order_by=["desil", *stated, "draw", "nik_matched"])
    ranked = drawn.mutate(rank=(ibis.row_number().over(order) + 1).cast("int64"))
    waiting = (ranked.rank - ranked.quota).cast("int64")
    return ranked.mutate(
        chosen=ranked.rank <= ranked.quota,
        waiting_place=ibis.ifelse(ranked.rank > ranked.quota, waiting, ibis.null("int64")),
    )
