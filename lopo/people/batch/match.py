"""Matching rows to persons: each row gets the one person that it surely is, or none, with the score that says why.

The score is a sum of points for what agrees and what does not (POINTS). A row is settled when its best person reaches
SETTLED and leads the next one by LEAD; whatever lies below, or between two persons (twins, namesakes of one birthday,
the birthdays 1 January, 1 July and 31 December that registers put for the unknown), is doubtful and is never guessed.
"""

from functools import reduce

import ibis
import ibis.expr.types as ir

from lopo.people.batch.likelihood import LEVELS, probable
from lopo.people.batch.pairs import ROW_COLUMNS, Keep, by_number, candidate_pairs, compared, keep_lazy

POINTS: dict[str, dict[str, int]] = {
    "nik_level": {"sama": 60, "potong": 45, "satu": 40, "dua": 30, "kosong": 0, "lain": -20},
    "name_level": {"sama": 40, "ejaan": 34, "singkat": 26, "singkat_mirip": 18, "mirip": 10, "lain": -60},
    "born_level": {"sama": 30, "sama_umum": 15, "tukar": 20, "bagian": 10, "kosong": 0, "lain": -30},
}
"""Points by level. A NIK alone never settles a row (60), nor do name and an unsure birthday (55)."""

POINTS_IF = {"same_kk": 15, "other_kk": -5, "same_place": 5, "full_name": 5, "other_sex": -30}
"""Points for a family number that agrees or not, the kelurahan, a whole name of three words or more, and for a person
of the other sex than both the row and its NIK say, where the name is not whole (a slip in one of them costs nothing).
"""

WEAK_NAMES = ("singkat_mirip", "mirip")
"""Names that only resemble one another settle nobody but with the very NIK or the family number: twelve digits of a
NIK are area and birth date, so that a digit or two apart is often another person of that day and place."""

SETTLED = 60
LEAD = 10

MATCH_COLUMNS = (
    "row_id", "nik_found", "nik_best", "match_score", "match_lead", "nik_level", "name_level", "born_level", "rivals",
)  # fmt: skip

WEIGHED_COLUMNS = ("row_id", "nik", "match_score", "same_kk", "p_name_key", *LEVELS)


def scored(pairs: ir.Table) -> ir.Table:
    """Compared pairs with their `match_score`."""
    parts = [
        ibis.cases(*[(pairs[column] == level, points) for level, points in levels.items()], else_=0)
        for column, levels in POINTS.items()
    ]
    whole = pairs.name_level.isin(["sama", "ejaan"])
    full = ibis.ifelse(whole, pairs.name.re_search("^[A-Z]+ [A-Z]+ [A-Z]+"), False)
    flags = {"same_kk": pairs.same_kk, "other_kk": pairs.other_kk, "same_place": pairs.same_place, "full_name": full,
             "other_sex": pairs.other_sex & ~whole}  # fmt: skip
    parts += [ibis.ifelse(flags[name], points, 0) for name, points in POINTS_IF.items()]
    return pairs.mutate(match_score=reduce(lambda left, right: left + right, parts).cast("int64"))


def match(rows: ir.Table, persons: ir.Table, keep: Keep = keep_lazy) -> ir.Table:
    """One row of MATCH_COLUMNS for each row that met anybody at all.

    `rows` has ROW_COLUMNS, `persons` PERSON_COLUMNS (see pairs). `nik_found` is the NIK of the settled person, '' when
    the match is doubtful; the levels are those of the best person; `rivals` counts the persons within LEAD of it.
    Most rows are `plain`; only the others are held against everybody who resembles them.
    A row whose NIK leads to one person while name and birth date are another's is doubtful, whatever the points.
    """
    return matched(rows, persons, keep)[0]


def matched(rows: ir.Table, persons: ir.Table, keep: Keep = keep_lazy) -> tuple[ir.Table, ir.Table]:
    """What `match` gives, and the weighed pairs of the rows that are not plain."""
    sure = keep(plain(rows, persons))
    pairs = weighed(keep(rows.select(*ROW_COLUMNS).anti_join(sure, "row_id")), persons, keep)
    return keep(_whole(sure).union(_whole(settled(pairs)))), pairs


def _whole(found: ir.Table) -> ir.Table:
    """MATCH_COLUMNS with their counts as wide as each other, whatever an engine made of them."""
    counts = ("match_score", "match_lead", "rivals")
    return found.mutate(**{name: found[name].cast("int64") for name in counts}).select(*MATCH_COLUMNS)


def plain(rows: ir.Table, persons: ir.Table) -> ir.Table:
    """The rows that are settled without a look at anybody else (MATCH_COLUMNS): very NIK, whole name, same birth.

    Anybody else has at least a digit otherwise (20 points less). He gains on this person by the name (6 at most) or by
    the kelurahan (5), never by both, and nothing by birth or family number: so he stays behind by LEAD and more, and
    the general way would settle the row alike. How far behind he is nobody works out: `match_lead` is NULL.
    """
    pairs = scored(by_number(rows, persons))
    name = (pairs.name_level == "sama") | (
        (pairs.name_level == "ejaan") & (pairs.same_place | (pairs.kode_kelurahan == ""))
    )
    birth = pairs.born.isnull() | (pairs.born == pairs.p_born)
    family = (pairs.kk == "") | pairs.same_kk
    sure = pairs.filter(name & birth.fill_null(False) & family)
    return sure.mutate(
        nik_found=sure.nik_whole,
        nik_best=sure.nik_whole,
        match_lead=ibis.null("int64"),
        rivals=ibis.literal(0, "int64"),
    ).select(*MATCH_COLUMNS)


def weighed(rows: ir.Table, persons: ir.Table, keep: Keep = keep_lazy) -> ir.Table:
    """Every pair of row and person that has any points (WEIGHED_COLUMNS).

    A row is a number on the way: its key is long, and it has many pairs.
    """
    in_turn = ibis.row_number().over(ibis.window(order_by="row_id"))
    numbered = keep(rows.mutate(row_key=rows.row_id, row_id=in_turn))
    pairs = scored(compared(keep(candidate_pairs(numbered, persons, keep)), numbered, persons))
    pairs = keep(pairs.filter(pairs.match_score > 0).select(*WEIGHED_COLUMNS))
    named = pairs.inner_join(numbered.select("row_id", "row_key"), "row_id")
    return keep(named.drop("row_id").rename(row_id="row_key").select(*WEIGHED_COLUMNS))


def settled(pairs: ir.Table) -> ir.Table:
    """Settle each row of the weighed pairs to its best person, or to none (MATCH_COLUMNS)."""
    by_row = ibis.window(group_by="row_id", order_by=[ibis.desc("match_score"), "nik"])
    ranked = pairs.mutate(
        place=ibis.row_number().over(by_row),
        best=pairs.match_score.max().over(ibis.window(group_by="row_id")),
        next_score=pairs.match_score.lead().over(by_row).fill_null(0),
        by_birth=_by_birth(pairs).sum().over(ibis.window(group_by="row_id")),
    )
    near = ranked.group_by("row_id").aggregate(rivals=(ranked.match_score > ranked.best - LEAD).sum() - 1)
    best = ranked.filter(ranked.place == 0).inner_join(near, "row_id")
    lead = best.match_score - best.next_score
    other = (best.by_birth > 0) & ~_by_birth(best)
    weak = best.name_level.isin(WEAK_NAMES) & (best.nik_level != "sama") & ~best.same_kk
    sure = (best.match_score >= SETTLED) & (lead >= LEAD) & ~other & ~weak
    return best.mutate(nik_found=ibis.ifelse(sure, best.nik, ""), nik_best=best.nik, match_lead=lead).select(
        *MATCH_COLUMNS
    )


def doubted(pairs: ir.Table, found: ir.Table, persons: ir.Table, least: float) -> ir.Table:
    """Every person (row_id, nik) whom an unsettled row is with at least that probability (see `likelihood`).

    `pairs` are weighed, `found` is what `settled` made of them.
    """
    open_rows = found.filter(found.nik_found == "").select("row_id")
    likely = probable(pairs.semi_join(open_rows, "row_id"), persons)
    return likely.filter(likely.match_probability >= least).select("row_id", "nik")


def _by_birth(pairs: ir.Table) -> ir.BooleanValue:
    """True where a whole name and a birth date that is no default agree: as good as a NIK."""
    return pairs.name_level.isin(["sama", "ejaan"]) & (pairs.born_level == "sama")


__all__ = [
    "MATCH_COLUMNS", "POINTS", "SETTLED", "WEIGHED_COLUMNS", "Keep", "doubted", "keep_lazy", "match", "matched",
    "plain", "scored", "settled", "weighed",
]  # fmt: skip
