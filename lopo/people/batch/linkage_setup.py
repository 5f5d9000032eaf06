"""What is compared between two records, and where: a set-up for probabilistic linkage in our words, made for Splink.

A `Setup` names the columns, how each is compared (levels from "the same" down to "other"), the blocks in which pairs
are looked for, and the blocks in which the weights are learned. Nothing in it is a number to be tuned by hand.
"""

from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as levels
from splink import SettingsCreator, block_on
from splink.comparison_library import CustomComparison

from lopo.people.batch.linkage_model import Words

Level = Any
"""A level as Splink makes it (its own class for them is not among its public names)."""

Rule = Any
"""A rule for pairs as Splink takes it: its own class, or text."""


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison: its name, the words for it, and its levels, the best first, each labelled by its code."""

    name: str
    words: Words
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """A set-up for one kind of table; `key` is the column that is unique in each table.

    `blocks`, `learn_in` and `certain` are rules for pairs: a tuple of column expressions that must be equal, or a
    condition over `l.` and `r.`. Pairs are looked for in `blocks`; weights are learned in each of `learn_in` in turn;
    pairs under `certain` are surely the same, and `share` of all true pairs are thought to be under it, which gives
    the first guess of how many there are. `sample` bounds the random pairs from which chance agreement is learned.
    """

    name: str
    version: int
    key: str
    compares: tuple[Compare, ...]
    blocks: tuple[tuple[str, ...] | str, ...]
    learn_in: tuple[tuple[str, ...] | str, ...]
    certain: tuple[tuple[str, ...] | str, ...]
    share: float
    sample: int = 300_000

    def settings(self, link: bool) -> dict[str, Any]:
        """The set-up as Splink takes it: to link two tables, or to find doubles within one."""
        made = SettingsCreator(
            link_type="link_only" if link else "dedupe_only",
            unique_id_column_name=self.key,
            comparisons=[
                CustomComparison(list(one.levels), output_column_name=one.name, comparison_description=one.name)
                for one in self.compares
            ],
            blocking_rules_to_generate_predictions=[rule(one) for one in self.blocks],
            retain_matching_columns=True,
            retain_intermediate_calculation_columns=True,
        )
        return made.create_settings_dict("duckdb")


def rule(pairs: tuple[str, ...] | str) -> Rule:
    """A rule for pairs as Splink takes it."""
    return pairs if isinstance(pairs, str) else block_on(*pairs)


def labelled(code: str, level: Level) -> Level:
    """A level under the code by which our words know it."""
    return level.configure(label_for_charts=code)


def condition(code: str, sql: str, blank: bool = False) -> Level:
    """A level of a condition over the columns with `_l` and `_r`; a `blank` one is never weighed."""
    made = levels.CustomLevel(sql, base_dialect_str="duckdb")
    return made.configure(label_for_charts=code, is_null_level=True) if blank else labelled(code, made)


def _blank(column: str) -> Level:
    return labelled("kosong", levels.NullLevel(column))


def _other() -> Level:
    return labelled("lain", levels.ElseLevel())


def _same(column: str, rarity: bool) -> Level:
    return labelled("sama", levels.ExactMatchLevel(column, term_frequency_adjustments=rarity))


def name(column: str, *words: str) -> Compare:
    """A name: the same (the rarer the stronger), another spelling, two slips, alike, other."""
    return _made(
        column,
        words,
        _same(column, rarity=True),
        labelled("ejaan", levels.JaroWinklerLevel(column, 0.9)),
        labelled("dua", levels.DamerauLevenshteinLevel(column, 2)),
        labelled("mirip", levels.JaroWinklerLevel(column, 0.8)),
    )


def number(column: str, *words: str) -> Compare:
    """A number or code of digits: the same, one or two digits wrong, other."""
    return _made(
        column,
        words,
        _same(column, rarity=False),
        labelled("satu", levels.DamerauLevenshteinLevel(column, 1)),
        labelled("dua", levels.DamerauLevenshteinLevel(column, 2)),
    )


def day(column: str, *words: str) -> Compare:
    """A day as text in ISO form: the same (the rarer the stronger), one or two digits wrong, same year, within ten."""
    near = f"abs(year(try_cast({column}_l as date)) - year(try_cast({column}_r as date))) <= 10"
    return _made(
        column,
        words,
        _same(column, rarity=True),
        labelled("satu", levels.DamerauLevenshteinLevel(column, 1)),
        labelled("dua", levels.DamerauLevenshteinLevel(column, 2)),
        condition("tahun", f"substr({column}_l, 1, 4) = substr({column}_r, 1, 4)"),
        condition("dekat", near),
    )


def place(column: str, *words: str) -> Compare:
    """A place: the same (the rarer the stronger), at most two slips, other."""
    return _made(
        column, words, _same(column, rarity=True), labelled("dua", levels.DamerauLevenshteinLevel(column, 2))
    )  # fmt: skip


def email(column: str, *words: str) -> Compare:
    """An address of electronic mail: the same, the same before the @, alike, the beginning alike, other."""
    before = "regexp_extract({c}, '^[^@]+')"
    left, right = before.format(c=f"{column}_l"), before.format(c=f"{column}_r")
    return _made(
        column,
        words,
        _same(column, rarity=True),
        condition("awal", f"{left} = {right} and {left} <> ''"),
        labelled("ejaan", levels.JaroWinklerLevel(column, 0.9)),
        condition("mirip", f"jaro_winkler_similarity({left}, {right}) >= 0.88"),
    )


def _made(column: str, words: tuple[str, ...], *between: Level) -> Compare:
    """A comparison of one column that begins with blank and ends with other."""
    said = (words[0], words[-1]) if words else (column, column)
    return Compare(column, said, (_blank(column), *between, _other()))
