"""How likely a row is a person of the register: levels of `pairs` weighed by the kept model, in plain expressions.

The weights were learned by Splink (see `register_model`) and lie beside this file; here they are only added up, in
whole hundredths of a bit, so that every engine gives the same.
"""

from importlib.resources import files
from math import log2

import ibis
import ibis.expr.types as ir

from lopo.people.batch.linkage_costs import shared
from lopo.people.batch.linkage_model import Model, Words
from lopo.people.batch.waterfall import DESK

LEVELS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "nik_level": (("NIK", "NIK"), ("sama", "potong", "satu", "dua", "lain")),
    "name_level": (("nama", "name"), ("sama", "ejaan", "singkat", "singkat_mirip", "mirip", "lain")),
    "born_level": (("tanggal lahir", "birth date"), ("sama", "sama_umum", "tukar", "bagian", "lain")),
    "kk_level": (("nomor KK", "family number"), ("sama", "lain")),
    "place_level": (("kelurahan", "kelurahan"), ("sama", "lain")),
    "sex_level": (("jenis kelamin", "sex"), ("sama", "lain")),
}
"""The comparisons of a row and a person, the words for them, and their levels from the best; else `kosong`."""

RARE_NAMES = ("sama", "ejaan")
"""Levels of the name that are weighed by how rare the person's name is in the register."""


REGISTER_MODEL = Model.from_json(files("lopo.people.batch").joinpath("register_model.json").read_text(encoding="utf-8"))


def probable(pairs: ir.Table, persons: ir.Table, model: Model = REGISTER_MODEL) -> ir.Table:
    """Compared pairs with `match_weight`, `match_probability` and `steps` (see `waterfall`).

    The start is set for the size of this register, and a name is weighed by how many bear it in it. The persons whom
    a row meets share its probability: a twin or a namesake halves it.
    """
    names = persons.group_by(rare_key="name_key").aggregate(bearers=persons.count())
    size = persons.aggregate(persons=persons.count())
    table = pairs.left_join(names, [("p_name_key", "rare_key")]).cross_join(size)
    agreed = log2(model.weight("name_level", "sama").among_other)
    rarity = _hundredths(ibis.literal(agreed) - _log2(table.bearers.fill_null(1)) + _log2(table.persons))
    start = _hundredths(ibis.literal(log2(model.prior * model.rows[1])) - _log2(table.persons))
    steps = ibis.literal("awal::").concat(_bits(start), ":0.0")
    total = start
    for name, weights in model.weights.items():
        part = ibis.cases(*[(table[name] == one.code, round(one.bits * 100)) for one in weights], else_=0)
        part = part.cast("int64")
        scarce = ibis.ifelse(table.name_level.isin(RARE_NAMES), rarity, 0) if name == "name_level" else None
        total = total + part + (0 if scarce is None else scarce)
        steps = steps.concat(
            " ", name, ":", table[name], ":", _bits(part), ":", "0.0" if scarce is None else _bits(scarce)
        )
    if model.desk is not None:
        taught = _hundredths(total * model.desk.slope / 100 + model.desk.shift)
        steps = steps.concat(f" {DESK}::", _bits(taught - total), ":0.0")
        total = taught
    weighed = table.mutate(match_weight=total.cast("float64") / 100, steps=steps)
    return shared(weighed.drop("rare_key", "bearers", "persons"), ("row_id",))


def _log2(count: ir.IntegerValue) -> ir.FloatingValue:
    return count.cast("float64").log2()


def _hundredths(bits: ir.FloatingValue) -> ir.IntegerValue:
    """Bits as whole hundredths, in which sums are exact and the same on every engine."""
    return (bits.cast("float64") * 100).round().cast("int64")


def _bits(hundredths: ir.IntegerValue) -> ir.StringValue:
    """Hundredths as text with two decimals."""
    size = hundredths.abs()
    whole, rest = (size // 100).cast("string"), (size % 100).cast("string").lpad(2, "0")
    return ibis.ifelse(hundredths < 0, "-", "").concat(whole, ".", rest)
