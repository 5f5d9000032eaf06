"""Shortened syntax trees mean what the rules mean; and what exactly is shortened."""

import ast
import random
from datetime import date

import ibis
import pytest

from lopo.law import LAW
from lopo.law.editions import EditionLaw
from lopo.law.simplification import put_in, simplified
from lopo.law.vocabulary import WORDS
from tests.law.people import days, edges, value

NAMES = {name: word.function for name, word in WORDS.items()}


def shortened(text: str) -> str:
    return ast.unparse(simplified(ast.parse(text, mode="eval").body))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("portion(x * 80, 60, 100, 'half_up')", "48 * x"),
        ("portion(x, 60, 100, 'half_up')", "portion(x, 60, 100, 'half_up')"),
        ("portion(x * 80, y, 100, 'half_up')", "portion(x * 80, y, 100, 'half_up')"),
        ("portion(x * 80, 60, 10 * 10, 'half_up')", "48 * x"),
        ("portion(x * 80, 60, 100 * z, 'half_up')", "portion(x * 80, 60, 100 * z, 'half_up')"),
        ("portion(x * y, 200, 100, 'floor')", "2 * x * y"),
        ("portion(50, 4, 100, 'floor')", "2"),
        ("(a if c else 0) + (b if c else 0)", "a + b if c else 0"),
        ("(a if c else 0) + d + (b if c else 0) + (e if c else 0)", "(a + b + e if c else 0) + d"),
        ("(a if c else 0) + (b if d else 0)", "(a if c else 0) + (b if d else 0)"),
        ("(a if c else 0) + (b if c else 1)", "(a if c else 0) + (b if c else 1)"),
        ("(a if c else 0) - (b if c else 0)", "(a if c else 0) - (b if c else 0)"),
        ("(x if a > 0 else 0) + (y if a > 0 else 0)", "x + y if a > 0 else 0"),
        ("max(a, b) + max(a, b)", "max(a, b) + max(a, b)"),
    ],
)
def test_what_is_shortened(before: str, after: str) -> None:
    assert shortened(before) == after


def test_a_rule_is_not_changed_by_being_put_in() -> None:
    law = LAW.laws[-1]
    before = {name: ast.dump(rule.expression) for name, rule in law.rules.items()}
    for rule in law.rules.values():
        simplified(put_in(rule.expression, law.rules, {"berkala_bulan": 24}))
    assert {name: ast.dump(rule.expression) for name, rule in law.rules.items()} == before


@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_a_shortened_rule_means_the_same(law: EditionLaw) -> None:
    """Every rule with all that it rests on in one expression, over generated facts that are known and in range."""
    chance = random.Random(5371)  # noqa: S311 - repeatable, not secret
    numbers = {name: version.value for name, (_, version) in law.parameters.items()}
    fixed = {name: number for name, number in numbers.items() if type(number) is int}
    trees = {
        name: compile(ast.fix_missing_locations(ast.Expression(simplified(put_in(rule.expression, law.rules, fixed)))),
                      name, "eval")
        for name, rule in law.rules.items()
    }  # fmt: skip
    ends, turns = edges(law), days(law)
    for _ in range(60):
        facts = {}
        for name, fact in law.facts.items():
            drawn = value(fact, law, chance, ends, turns)
            while (
                drawn is None
                or drawn == "tidak_ada_kode_ini"
                or (type(drawn) is int and not fact.minimum <= drawn <= fact.maximum)
            ):
                drawn = value(fact, law, chance, ends, turns)
            facts[name] = drawn
        decided = LAW.decide(tuple(law.rules), facts, law.edition.first).values
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
