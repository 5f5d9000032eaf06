"""One equals many: the scalar rule and its table form agree exactly, for every edition and every target."""

from datetime import date

import ibis
import ibis.expr.types as ir
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.law import LAW
from lopo.law.book import Rule
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from lopo.law.errors import CaseError
from lopo.law.groups import INJURIES, gather, with_group
from lopo.law.tables import FAULTS
from tests.law.people import rows

ROWS = 60
KINDS = {int: "int64", bool: "boolean", date: "date", str: "string"}
Row = dict[str, Answer | None]


def as_table(law: EditionLaw, given_rows: list[Row]) -> ir.Table:
    columns = {name: [row[name] for row in given_rows] for name in law.facts}
    schema = {name: KINDS[fact.kind] for name, fact in law.facts.items()} | {"nomor": "int64"}
    return ibis.memtable({**columns, "nomor": list(range(len(given_rows)))}, schema=schema)


def one(law: EditionLaw, target: str, row: Row) -> Answer | None:
    needed = {fact.name for fact in law.plan((target,)).facts}
    try:
        return LAW.decide(target, {name: row[name] for name in needed}, law.edition.first).values[target]
    except CaseError:
        return None


@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(min_value=0, max_value=10**9))
def test_one_equals_many(law: EditionLaw, seed: int) -> None:
    people = rows(law, seed, ROWS)
    targets = sorted(law.rules)
    many = LAW.compute(targets, as_table(law, people), law.edition.first).order_by("nomor").to_pyarrow().to_pylist()
    for row, answers in zip(people, many, strict=True):
        for target in targets:
            assert answers[target] == one(law, target, row), (target, row)


@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_a_row_without_an_answer_says_why(law: EditionLaw) -> None:
    people = rows(law, 7, 200)
    many = LAW.compute("jkk_meninggal_total", as_table(law, people), law.edition.first).order_by("nomor")
    facts = law.plan(("jkk_meninggal_total",)).facts
    unknown = 0
    for row, answers in zip(people, many.to_pyarrow().to_pylist(), strict=True):
        wrong = {fact.name for fact in facts if not sound(law, fact.name, row[fact.name])}
        said = {word.split(":")[1] for word in (answers[FAULTS] or "").split()}
        assert said == wrong
        assert (answers["jkk_meninggal_total"] is None) == bool(wrong)
        unknown += bool(wrong)
    assert unknown > 10


def test_a_day_that_cannot_be_meant_is_out_of_range_for_one_and_for_many() -> None:
    days = [date(1899, 12, 31), date(1900, 1, 1), date(2200, 12, 31), date(2201, 1, 1)]
    due = date(2025, 10, 1)
    table = ibis.memtable(
        {"nomor": [0, 1, 2, 3], "tanggal_batas_bayar": [due] * 4, "tanggal_dibayar": days},
        schema={"nomor": "int64", "tanggal_batas_bayar": "date", "tanggal_dibayar": "date"},
    )
    many = LAW.compute("hari_terlambat", table, due).order_by("nomor").to_pyarrow().to_pylist()
    for day, answer in zip(days, many, strict=True):
        row: Row = {"tanggal_batas_bayar": due, "tanggal_dibayar": day}
        assert answer["hari_terlambat"] == one(LAW.law_on(due), "hari_terlambat", row)
    wrong = "fakta_di_luar_batas:tanggal_dibayar"
    assert [answer[FAULTS] for answer in many] == [wrong, None, None, wrong]


def sound(law: EditionLaw, name: str, value: Answer | None) -> bool:
    fact = law.facts[name]
    if value is None:
        return fact.optional
    return type(value) is not int or fact.minimum <= value <= fact.maximum


def test_members_of_a_group_add_up_alike_for_one_and_for_many() -> None:
    day = date(2025, 9, 10)
    injuries: list[tuple[int, str, int]] = [
        (1, "telunjuk_kanan", 1), (1, "jari_lain_kiri", 2), (2, "kedua_mata", 1), (4, "ruas_pertama_telunjuk_kanan", 1),
    ]  # fmt: skip
    cases = ibis.memtable({"kasus": [1, 2, 3, 4, 5]})
    members = ibis.memtable(
        {
            "kasus": [*[case for case, _, _ in injuries], 5, 5],
            "bagian_tubuh": [*[part for _, part, _ in injuries], "kedua_mata", None],
            "jumlah_cedera": [*[times for _, _, times in injuries], 1, 1],
        }
    )
    many = with_group(cases, members, "kasus", INJURIES, day).order_by("kasus").to_pyarrow().to_pylist()
    for case, answer in zip((1, 2, 3, 4), many, strict=False):
        mine: list[dict[str, Answer]] = [
            {"bagian_tubuh": part, "jumlah_cedera": times} for of, part, times in injuries if of == case
        ]
        assert answer["persen_cacat_permil"] == gather(INJURIES, mine, day).facts["persen_cacat_permil"]
    assert [answer["persen_cacat_permil"] for answer in many] == [150, 700, 0, 45, None]


SLOW_ROWS = 200_000


@pytest.mark.slow
@pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])
def test_one_equals_many_over_two_hundred_thousand_cases(law: EditionLaw) -> None:
    """So many generated cases in all, shared out over the editions, every target of each."""
    share = -(-SLOW_ROWS // len(LAW.laws))
    targets = sorted(law.rules)
    rules = law.plan(tuple(targets)).rules
    needs = {target: {fact.name for fact in law.plan((target,)).facts} for target in targets}
    for seed in range(0, share, 5_000):
        people = rows(law, seed, min(5_000, share - seed))
        many = LAW.compute(targets, as_table(law, people), law.edition.first).order_by("nomor").to_pyarrow()
        columns = {target: many[target].to_pylist() for target in targets}
        for place, row in enumerate(people):
            wrong = {name for name in row if not fits(law, name, row[name])}
            answers = whole_answers(law, rules, row, wrong)
            for target in targets:
                expected = None if needs[target] & wrong else answers[target]
                assert columns[target][place] == expected, (target, row)


def fits(law: EditionLaw, name: str, value: Answer | None) -> bool:
    if isinstance(value, str):
        return value in law.choices(law.facts[name])
    return sound(law, name, value)


def whole_answers(law: EditionLaw, rules: tuple[Rule, ...], row: Row, wrong: set[str]) -> dict[str, object]:
    """The scalar functions one after the other; a rule that rests on something wrong has no answer."""
    values: dict[str, object] = {name: version.value for name, (_, version) in law.parameters.items()}
    values |= {name: value for name, value in row.items() if name not in wrong}
    for rule in rules:
        inputs = [name for name, _ in rule.arguments]
        if all(name in values for name in inputs):
            values[rule.name] = rule.function(*[values[name] for name in inputs])
    return {rule.name: values.get(rule.name) for rule in rules}
