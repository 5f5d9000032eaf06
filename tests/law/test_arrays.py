"""One equals many in memory too: arrays give what the scalar rules give, and the same words for what is wrong."""

from datetime import date

import ibis
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.law import LAW
from lopo.law.arrays import Columns, simulate
from lopo.law.decision import Answer
from lopo.law.editions import EditionLaw
from lopo.law.errors import MissingFact, UnknownTarget, WrongType
from lopo.law.tables import FAULTS
from tests.law.people import rows
from tests.law.test_one_equals_many import Row, as_table, one

KINDS = {int: np.int64, bool: np.bool_, date: "M8[D]", str: "U60"}
EDITIONS = pytest.mark.parametrize("law", LAW.laws, ids=[str(law.edition.first) for law in LAW.laws])


def as_arrays(law: EditionLaw, people: list[Row]) -> Columns:
    columns = {}
    for name, fact in law.facts.items():
        unknown = [row[name] is None for row in people]
        filler = {int: 0, bool: False, date: date(1970, 1, 1), str: ""}[fact.kind]
        data = np.array([filler if row[name] is None else row[name] for row in people], dtype=KINDS[fact.kind])
        columns[name] = np.ma.masked_array(data, mask=unknown)
    return columns


def plain(kind: str, value: object, texts: dict[int, str]) -> Answer:
    number = int(value)  # type: ignore[call-overload]
    if kind == "date":
        return date.fromordinal(number + 719_163)
    return texts[number] if kind == "text" else bool(number) if kind == "bool" else number


@EDITIONS
@settings(max_examples=1, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10**9))
def test_one_equals_many_in_memory(law: EditionLaw, seed: int) -> None:
    people = rows(law, seed, 60)
    targets = sorted(law.rules)
    found = simulate(LAW, targets, as_arrays(law, people), law.edition.first)
    texts = {number: text for text, number in found.texts.items()}
    for target in targets:
        kind = law.rules[target].kind
        for place, row in enumerate(people):
            value = plain(kind, found.values[target][place], texts) if found.known[target][place] else None
            assert value == one(law, target, row), (target, row)


def test_each_row_by_its_own_day_as_in_a_table() -> None:
    law = LAW.laws[-1]
    people = rows(law, 11, 3000)
    targets = ("iuran_per_bulan", "jkm_total", "jkk_meninggal_total", "status_kepesertaan")
    first = min(edition.edition.first for edition in LAW.laws).toordinal() - 30
    days = [None if place % 97 == 0 else date.fromordinal(first + place * 3 // 2) for place in range(len(people))]
    columns = {**as_arrays(law, people), "hari": np.array(days, dtype="M8[D]")}
    found = simulate(LAW, targets, columns, "hari")
    table = as_table(law, people).join(
        ibis.memtable({"nomor": range(len(people)), "hari": days}, schema={"nomor": "int64", "hari": "date"}), "nomor"
    )
    many = LAW.compute_by_day(targets, table, "hari").order_by("nomor").to_pyarrow().to_pylist()
    texts = {number: text for text, number in found.texts.items()}
    answered = 0
    for place, row in enumerate(many):
        for target in targets:
            known, value = found.known[target][place], found.values[target][place]
            assert (plain(law.rules[target].kind, value, texts) if known else None) == row[target], (target, row)
            answered += row[target] is not None
        assert found.faults[place] == row[FAULTS]
    assert answered > 3000


def test_a_wrong_or_absent_array_is_refused() -> None:
    with pytest.raises(MissingFact):
        simulate(LAW, "dasar_manfaat_jkk", {}, date(2025, 10, 20))
    for wrong in (np.array([1.0]), np.array(["1"]), np.array([1], dtype=np.uint64)):
        with pytest.raises(WrongType):
            simulate(LAW, "dasar_manfaat_jkk", {"penghasilan": wrong}, date(2025, 10, 20))
    with pytest.raises(WrongType):
        simulate(LAW, "dasar_manfaat_jkk", {"penghasilan": np.array([1])}, "penghasilan")
    with pytest.raises(UnknownTarget):
        simulate(LAW, "tidak_ada", {"penghasilan": np.array([1])}, "penghasilan")


def test_numbers_keep_within_their_range() -> None:
    incomes = np.array([-1, 0, 1_099_999, 1_100_000, 10_000_000_000, 10_000_000_001, np.iinfo(np.int64).max])
    found = simulate(LAW, "iuran_jkk_penuh", {"penghasilan": incomes}, date(2025, 10, 20))
    assert found.known["iuran_jkk_penuh"].tolist() == [False, True, True, True, True, False, False]
    assert found.values["iuran_jkk_penuh"][1:5].tolist() == [10_000, 10_000, 12_000, 207_000]
    assert set(found.faults[[0, 5, 6]]) == {"fakta_di_luar_batas:penghasilan"}
