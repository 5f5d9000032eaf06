"""Shortened syntax trees mean what the rules mean; and what exactly is shortened."""

import ast
import random
from datetime import date
from pathlib import Path

import ibis
import pytest

from lopo.law import LAW
from lopo.law.book import Fact
from lopo.law.editions import EditionLaw
from lopo.law.simplification import put_in, simplified
from lopo.law.vocabulary import WORDS
from tests.law.people import days, edges, value
from tests.law.test_refusals import book, law, write

NAMES = {name: word.function for name, word in WORDS.items()}


def shortened(text: str) -> str:
    return ast.unparse(simplified(ast.parse(text, mode="eval").body))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("portion(x * 80, 60, 100, 'half_up')", "48 * x"),
        ("portion(x, 60, 100, 'half_up')", "(x * 60 + 50) // 100"),
        ("portion(x, 1, 100, 'half_up')", "(x + 50) // 100"),
        ("portion(3, 1, 100, 'half_up')", "(3 + 50) // 100"),
        ("portion(x, 60, 101, 'half_up')", "portion(x, 60, 101, 'half_up')"),
        ("portion(x, 60, 100, 'floor')", "portion(x, 60, 100, 'floor')"),
        ("portion(x * 80, y, 100, 'half_up')", "(x * y * 80 + 50) // 100"),
        ("portion(x * 80, 60, 10 * 10, 'half_up')", "48 * x"),
        ("portion(x * 80, 60, 100 * z, 'half_up')", "portion(x * 80, 60, 100 * z, 'half_up')"),
        ("portion(x * y, 200, 100, 'floor')", "2 * x * y"),
        ("portion(50, 4, 100, 'floor')", "2"),
        ("(a if c else 0) + (b if c else 0)", "a + b if c else 0"),
        ("(a if c else 0) + d + (b if c else 0) + (e if c else 0)", "(a + b + e if c else 0) + d"),
        ("(a if c else 0) + (b if d else 0)", "(a if c else 0) + (b if d else 0)"),
        ("(a if c else 0) + (b if c else 1)", "a + b if c else 1"),
        ("(a if c else 2) + (b if c else 1)", "a + b if c else 2 + 1"),
        ("(0 if c else 2) + (0 if c else 1)", "0 if c else 2 + 1"),
        ("(a if c else 0) - (b if c else 0)", "(a if c else 0) - (b if c else 0)"),
        ("(x if a > 0 else 0) + (y if a > 0 else 0)", "x + y if a > 0 else 0"),
        ("max(a, b) + max(a, b)", "max(a, b) + max(a, b)"),
    ],
)
def test_what_is_shortened(before: str, after: str) -> None:
    assert shortened(before) == after


def test_a_rule_is_not_changed_by_being_put_in() -> None:
    rules = LAW.laws[-1].rules
    before = {name: ast.dump(rule.expression) for name, rule in rules.items()}
    for rule in rules.values():
        simplified(put_in(rule.expression, rules, {"berkala_bulan": 24}))
    assert {name: ast.dump(rule.expression) for name, rule in rules.items()} == before


@pytest.mark.parametrize("edition", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_a_shortened_rule_means_the_same(edition: EditionLaw) -> None:
    """Every rule with all that it rests on in one expression, over generated facts that are known and in range."""
    chance = random.Random(5371)  # noqa: S311 - repeatable, not secret
    numbers = {name: version.value for name, (_, version) in edition.parameters.items()}
    fixed = {name: number for name, number in numbers.items() if type(number) is int}
    whole = {name: simplified(put_in(rule.expression, edition.rules, fixed)) for name, rule in edition.rules.items()}
    trees = {
        name: compile(ast.fix_missing_locations(ast.Expression(tree)), name, "eval") for name, tree in whole.items()
    }
    ends, turns = edges(edition), days(edition)
    for _ in range(60):
        facts = {}
        for name, fact in edition.facts.items():
            drawn = value(fact, edition, chance, ends, turns)
            while (
                drawn is None
                or drawn == "tidak_ada_kode_ini"
                or (type(drawn) is int and not fact.minimum <= drawn <= fact.maximum)
            ):
                drawn = value(fact, edition, chance, ends, turns)
            facts[name] = drawn
        decided = LAW.decide(tuple(edition.rules), facts, edition.edition.first).values
        found = {name: eval(tree, {**NAMES, **numbers, **facts}) for name, tree in trees.items()}  # noqa: S307
        assert found == decided


def test_numbers_that_change_between_days_of_one_form_of_the_law() -> None:
    """The law of death by JKK has the same rules in 2019 and 2020 but other numbers: one query, by the day."""
    day = [date(2019, 12, 1), date(2019, 12, 2), date(2024, 12, 31), date(2015, 6, 30), None]
    rows = len(day)
    facts = {
        "nomor_terbit": True, "bulan_menunggak": 0, "tunggakan_lunas": True, "kecelakaan_kerja": True,
        "penghasilan": 1_000_000, "tanggal_kejadian": date(2019, 12, 1), "tanggal_klaim": date(2019, 12, 9),
    }  # fmt: skip
    table = ibis.memtable(
        {"nomor": list(range(rows)), "hari": day} | {name: [one] * rows for name, one in facts.items()}
    ).cast({"hari": "date"})
    answers = LAW.compute_by_day("jkk_meninggal_total", table, "hari").order_by("nomor")
    found = [row["jkk_meninggal_total"] for row in answers.to_pyarrow().to_pylist()]
    assert found == [55_800_000, 70_000_000, 70_000_000, None, None]


def test_a_target_that_ended_has_no_answer_after_it() -> None:
    table = ibis.memtable(
        {"nomor": [1, 2, 3], "hari": [date(2019, 12, 1), date(2019, 12, 2), date(2015, 6, 30)], "hari_stmb": [200] * 3}
    )
    rows = LAW.compute_by_day("stmb_hari_tahap_2", table, "hari").order_by("nomor").to_pyarrow().to_pylist()
    assert [row["stmb_hari_tahap_2"] for row in rows] == [20, None, None]
    assert [row["alasan_kosong"] for row in rows] == [None, "belum_ada_hukum", "belum_ada_hukum"]


def is_red(warna: str) -> bool:
    return warna == "merah"


def test_codes_that_change_between_days_are_judged_by_their_own_day(tmp_path: Path) -> None:
    made = book()
    made.declare(Fact("warna", str, "Colour", choices_from="daftar"))
    write(made, is_red, unit="")
    codes = """
daftar: {label: List, unit: Rp, kind: entries, range: [0, 9], days: [
  {from: 2000-01-01, source: PP 1/2000, status: read, value: {merah: 1}},
  {from: 2010-01-01, source: PP 2/2010, status: read, value: {merah: 1, biru: 2}}]}
"""
    table = ibis.memtable(
        {"nomor": [1, 2, 3], "hari": [date(2009, 12, 31), date(2010, 1, 1), date(2009, 1, 1)],
         "warna": ["biru", "biru", "merah"]}
    )  # fmt: skip
    rows = law(made, tmp_path, codes).compute_by_day("is_red", table, "hari").order_by("nomor").to_pyarrow().to_pylist()
    assert [(row["is_red"], row["alasan_kosong"]) for row in rows] == [
        (None, "fakta_di_luar_batas:warna"), (False, None), (True, None),
    ]  # fmt: skip
