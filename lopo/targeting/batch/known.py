"""What people have decided about a row and a person, or about two persons, taken over by the next screening."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

BY_HAND = "ditetapkan"
"""The `match_kind` of a row that people have settled."""


@dataclass(frozen=True, slots=True)
class Known:
    """Decisions as tables of text.

    same: row_id, nik, decile (int64, NULL when none was stated) and entry_other (boolean: a register entry that fits
    the person and another alike is the other's), at most one a row: the row is that person.
    other: row_id, nik: the row is not that person. merged: nik, nik_kept: two numbers of one person, one a `nik`.
    """

    same: ir.Table
    other: ir.Table
    merged: ir.Table


def as_decided(rows: ir.Table, found: ir.Table, known: Known) -> ir.Table:
    """The matches, one a row (and `desil_dinyatakan`, `entri_lain`), with the decisions in force over the points.

    A row settled by hand has the level `ditetapkan`; points that spoke of another person are left out. A match that
    was decided against is doubtful again. A number that was merged stands for the person who is kept.
    """
    same = known.same.select(same_row="row_id", same_nik="nik", desil_dinyatakan="decile", entri_lain="entry_other")
    other = known.other.select(other_row="row_id", other_nik="nik").mutate(against=True)
    merged = known.merged.select(merged_nik="nik", nik_kept="nik_kept")
    table = rows.select("row_id").left_join(found, "row_id").drop("row_id_right")
    table = table.left_join(same, [("row_id", "same_row")])
    table = table.left_join(other, [("row_id", "other_row"), ("nik_found", "other_nik")])
    left = ibis.ifelse(table.against.fill_null(False), "", table.nik_found.fill_null(""))
    by_hand = table.same_nik.notnull()
    table = table.mutate(
        nik_found=ibis.coalesce(table.same_nik, left),
        nik_level=ibis.ifelse(by_hand, BY_HAND, table.nik_level),
        match_score=ibis.ifelse(by_hand & (table.same_nik != table.nik_best), ibis.null("int64"), table.match_score),
    )
    table = table.left_join(merged, [("nik_found", "merged_nik")])
    table = table.mutate(nik_found=ibis.coalesce(table.nik_kept, table.nik_found))
    return table.select(*found.columns, "desil_dinyatakan", "entri_lain")


def as_stated(judged: ir.Table) -> ir.Table:
    """Rows with their person, where what people stated stands in for what the registers leave open."""
    stated = judged.mutate(desil=ibis.coalesce(judged.desil, judged.desil_dinyatakan))
    return stated.mutate(entri_ragu=stated.entri_ragu & ~stated.entri_lain.fill_null(False))


def as_one(facts: ir.Table, known: Known) -> ir.Table:
    """What the registers say of each number, where merged numbers share what is said of any of them.

    The earliest day, the lowest decile, and true where any register says so.
    """
    merged = known.merged.select(merged_nik="nik", nik_kept="nik_kept")
    table = facts.left_join(merged, [("nik", "merged_nik")])
    table = table.mutate(nik=ibis.coalesce(table.nik_kept, table.nik))
    said = {name: table[name] for name in facts.columns if name != "nik"}
    one = {name: column.any() if column.type().is_boolean() else column.min() for name, column in said.items()}
    return table.group_by("nik").aggregate(**one)
