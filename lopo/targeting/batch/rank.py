"""Choosing among the accepted: places for each kecamatan by largest remainder, then decile, then an order by hash."""

import ibis
import ibis.expr.types as ir

RANK_INPUT = ("nik_matched", "kecamatan", "desil")
RANK_COLUMNS = ("draw", "quota", "rank", "chosen", "waiting_place")


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


def rank(accepted: ir.Table, places: int, decree: str) -> ir.Table:
    """Add RANK_COLUMNS to the accepted candidates (RANK_INPUT: one row a person, `desil` known).

    `draw` is the SHA-256 of decree number and NIK in hexadecimal, an order that nobody can steer and anybody can
    check; within a kecamatan the lower decile goes first, then the smaller draw, then the NIK. `rank` counts from 1 in
    the kecamatan; the first `quota` of them are `chosen`, the others have a `waiting_place` from 1 (NULL when chosen).
    """
    drawn = accepted.mutate(draw=ibis.literal(decree).concat(accepted.nik_matched).hexdigest("sha256"))
    drawn = drawn.inner_join(quotas(accepted, places).select("kecamatan", "quota"), "kecamatan")
    order = ibis.window(group_by="kecamatan", order_by=["desil", "draw", "nik_matched"])
    ranked = drawn.mutate(rank=(ibis.row_number().over(order) + 1).cast("int64"))
    waiting = (ranked.rank - ranked.quota).cast("int64")
    return ranked.mutate(
        chosen=ranked.rank <= ranked.quota,
        waiting_place=ibis.ifelse(ranked.rank > ranked.quota, waiting, ibis.null("int64")),
    )
