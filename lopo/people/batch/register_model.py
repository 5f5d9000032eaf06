"""The linkage of a list's row with a person of the population register: levels of `pairs`, weights learned by Splink.

The levels are the ones by which rows are settled; Splink learns from a city's lists and register, without labels, how
much each of them says. `likelihood` adds the weights up.
"""

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from lopo.basics.refusal import Refused
from lopo.people.batch.likelihood import LEVELS
from lopo.people.batch.linkage import train
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.linkage_setup import Compare, Setup, condition
from lopo.people.batch.linkage_taught import steadied
from lopo.people.batch.pairs import PERSON_COLUMNS, ROW_COLUMNS, levelled

_BOTH = tuple(dict.fromkeys((*ROW_COLUMNS, *PERSON_COLUMNS)))
_DAYS = ("born", "born_swapped")

Sql = Any
"""A node of a parsed SQL text (its class differs between versions of sqlglot)."""


def register_setup() -> Setup:
    """The set-up whose levels are those of `pairs`, written in SQL by Ibis itself."""
    told = _sql_levels()
    compares = []
    for name, (words, codes) in LEVELS.items():
        conditions = [condition(code, f"({told[name]}) = '{code}'") for code in codes[:-1]]
        blank = condition("kosong", f"({told[name]}) = 'kosong'", blank=True)
        compares.append(Compare(name, words, (blank, *conditions, condition(codes[-1], "ELSE"))))
    return Setup(
        name="penduduk",
        version=1,
        key="row_id",
        compares=tuple(compares),
        blocks=(("nik",), ("name_key", "born")),
        learn_in=(("nik",), ("name_key",)),
        certain=(("nik", "name_key"),),
        share=0.8,
        sample=1_000_000,
    )


LEAST_ROWS, LEAST_PAIRS = 500, 200
"""Fewer rows, persons, or pairs that are thought to be the same person, are too little to learn from."""

_TELLING = (("nik_level", "sama"), ("name_level", "sama"), ("born_level", "sama"))


def train_register(rows: ir.Table, persons: ir.Table, on: date) -> Model:
    """Learn the model from cleaned rows (ROW_COLUMNS) and persons (PERSON_COLUMNS), without labels."""
    left = rows.mutate(nik=rows.nik_whole.nullif("")).select(*_BOTH)
    right = persons.mutate(
        row_id=persons.nik, nik_digits=persons.nik, nik_kind=ibis.literal("utuh"), nik_whole=persons.nik,
        nik_born=ibis.literal(""), nik_sex=ibis.literal(""), born_swapped=ibis.null("date"),
    ).select(*_BOTH)  # fmt: skip
    return train([left, right], register_setup(), on)


def train_office(rows: ir.Table, persons: ir.Table, on: date, kept: Model) -> Model:
    """Learn an office's model: as `train_register`, steadied by the kept model, and refused where it cannot be right.

    Refused: too few rows or persons, hardly any pair that is the same person (or all of them), or a NIK, name or birth
    date that agrees and yet speaks against a pair.
    """
    sizes = [int(table.count().to_pyarrow().as_py()) for table in (rows, persons)]
    if min(sizes) < LEAST_ROWS:
        raise Refused(
            "data_kurang_untuk_belajar",
            f"Melatih model perlu paling sedikit {LEAST_ROWS} baris usulan dan {LEAST_ROWS} penduduk; "
            f"yang ada {sizes[0]} dan {sizes[1]}.",
        )
    model = train_register(rows, persons, on)
    pairs = model.prior * sizes[0] * sizes[1]
    if not LEAST_PAIRS <= pairs <= 5 * sizes[0]:
        raise Refused(
            "pasangan_kurang_untuk_belajar",
            f"Dari {sizes[0]} baris hanya {round(pairs)} yang tampak sebagai penduduk yang sama; model tidak dapat "
            "dilatih dari data ini. Periksa apakah register dan daftar berasal dari wilayah yang sama.",
        )
    against = [name for name, code in _TELLING if model.weight(name, code).bits <= 1]
    if against:
        raise Refused(
            "model_tidak_wajar",
            f"Model hasil latihan tidak wajar: {', '.join(LEVELS[name][0][0] for name in against)} yang sama tidak "
            "menguatkan pasangan. Tidak ada yang disimpan.",
        )
    return steadied(model, kept)


def _sql_levels() -> dict[str, str]:
    """Each comparison of `pairs.levelled` as one SQL expression over columns with `_l` and `_r`."""
    columns = {f"{name}_{side}": "date" if name in _DAYS else "string" for name in _BOTH for side in "lr"}
    table = ibis.table(columns, name="pairs")
    both = table.select(
        **{name: table[f"{name}_l"] for name in ROW_COLUMNS},
        **{"nik" if name == "nik" else f"p_{name}": table[f"{name}_r"] for name in PERSON_COLUMNS},
    )
    told = levelled(both).select(*LEVELS)
    chosen: Sql = sqlglot.parse_one(str(ibis.to_sql(told, dialect="duckdb")), read="duckdb")
    return {name: made.sql(dialect="duckdb") for name, made in _inlined(chosen).items()}


def _inlined(select: Sql) -> dict[str, Sql]:
    """The columns of a select as expressions over the table at the bottom, whatever selects lie between."""
    inner = select.find(exp.Subquery)
    below = _inlined(inner.this) if inner is not None else {}

    def bottom(node: Sql) -> Sql:
        if not isinstance(node, exp.Column):
            return node
        return exp.paren(below[node.name].copy()) if below else exp.column(node.name)

    return {one.alias_or_name: one.unalias().copy().transform(bottom) for one in select.expressions}
