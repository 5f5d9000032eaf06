"""Small invented laws with what today's law has no example of: every form answers as the scalar rules do."""

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest

from lopo.law import LAW
from lopo.law.array_words import Block, worked_out
from lopo.law.arrays import simulate
from lopo.law.book import Book, Fact, Reason
from lopo.law.engine import Law
from lopo.law.parameters import Entries, Tiers
from lopo.law.tables import FAULTS
from lopo.law.together import Form, Run
from lopo.law.vocabulary import entry, portion, tier
from tests.law.test_refusals import NUMBERS, law, write

TURN, END = date(2010, 1, 1), date(2012, 1, 1)
DAYS = [date(1999, 12, 31), date(2000, 1, 1), TURN - timedelta(1), TURN, END - timedelta(1), END]
MORE = (
    NUMBERS
    + """
tangga:
  label: A ladder of odd steps
  unit: Rp
  kind: tiers
  range: [1, 9]
  days:
    - {from: 2000-01-01, value: {0: 1, 7: 2, 50_001: 3}, source: PP 1/2000 Pasal 1, status: read}
jenis:
  label: Rates by kind of work
  unit: Rp
  kind: entries
  range: [1, 99]
  days:
    - {from: 2000-01-01, value: {nelayan: 1}, source: PP 1/2000 Pasal 1, status: read}
    - {from: 2010-01-01, value: {nelayan: 2, petani: 3}, source: PP 2/2010 Pasal 1, status: read}
batas:
  label: The last day
  unit: tanggal
  kind: day
  range: [2000-01-01, 2020-01-01]
  days:
    - {from: 2000-01-01, value: 2005-05-05, source: PP 1/2000 Pasal 1, status: read}
"""
)


def book() -> Book:
    made = Book()
    made.declare(
        Fact("upah", int, "Wage", unit="Rp", maximum=1_000_000),
        Fact("bagian", int, "Parts", unit="orang", minimum=1, maximum=9),
        Fact("masuk", date, "Entered"),
        Fact("kerja", str, "Kind of work", choices_from="jenis"),
        Fact("aktif", bool, "Active"),
    )
    return made


def many(made: Law, target: str, rows: dict[str, list[Any]], days: list[date]) -> list[object]:
    """The answers of the scalar rules, which the table and the arrays give too; None where a rule is refused."""
    answers: list[object] = []
    for place, day in enumerate(days):
        try:
            answers.append(made.decide(target, {name: column[place] for name, column in rows.items()}, day)[target])
        except ValueError:
            answers.append(None)
    table = made.compute_by_day(target, ibis.memtable({"nomor": range(len(days)), "hari": days, **rows}), "hari")
    found = table.order_by("nomor").to_pyarrow().to_pylist()
    assert [row[target] for row in found] == answers
    columns = {name: np.array(column, "M8[D]" if name == "masuk" else None) for name, column in rows.items()}
    arrays = simulate(made, target, {**columns, "hari": np.array(days, "M8[D]")}, "hari")
    known = arrays.known[target].tolist()
    assert known == [answer is not None for answer in answers]
    values = zip(known, arrays.values[target].tolist(), strict=True)
    assert [value if so else None for so, value in values] == answers
    assert arrays.faults.tolist() == [row[FAULTS] for row in found]
    return answers


def floor(upah: int) -> int:
    return portion(upah, 1, 7, "floor")


def ceiling(upah: int) -> int:
    return portion(upah, 1, 7, "ceiling")


def half_up(upah: int) -> int:
    return portion(upah, 1, 7, "half_up")


@pytest.mark.parametrize(("rule", "awaited"), [(floor, [1, 1, 2]), (ceiling, [2, 2, 2]), (half_up, [1, 2, 2])])
def test_a_portion_that_does_not_come_out_even(tmp_path: Path, rule: Any, awaited: list[int]) -> None:  # noqa: ANN401
    made = book()
    write(made, rule, name="jatah")
    assert many(law(made, tmp_path, MORE), "jatah", {"upah": [10, 11, 14]}, [TURN] * 3) == awaited


def test_a_ladder_of_many_steps_is_searched(tmp_path: Path) -> None:
    def dasar(upah: int, tangga: Tiers) -> int:
        return tier(tangga, upah)

    made = book()
    write(made, dasar, name="dasar")
    wages = [0, 6, 7, 50_000, 50_001, 1_000_000]
    assert many(law(made, tmp_path, MORE), "dasar", {"upah": wages}, [TURN] * 6) == [1, 1, 2, 2, 3, 3]


def test_codes_are_those_of_the_day(tmp_path: Path) -> None:
    def tarif_kerja(kerja: str, jenis: Entries) -> int:
        return entry(jenis, kerja)

    made = book()
    write(made, tarif_kerja, name="tarif_kerja")
    days, work = [TURN - timedelta(1), TURN, TURN - timedelta(1), TURN], ["nelayan", "nelayan", "petani", "petani"]
    assert many(law(made, tmp_path, MORE), "tarif_kerja", {"kerja": work}, days) == [1, 2, None, 3]


def test_a_day_that_the_law_sets(tmp_path: Path) -> None:
    def lama(masuk: date, batas: date) -> bool:
        return masuk <= batas

    made = book()
    write(made, lama, name="lama", unit="")
    entered = [date(2005, 5, 5), date(2005, 5, 6), date(1899, 12, 31)]
    assert many(law(made, tmp_path, MORE), "lama", {"masuk": entered}, [TURN] * 3) == [True, False, None]


def test_before_a_rule_and_after_its_end(tmp_path: Path) -> None:
    def iuran(upah: int, tarif: int) -> int:
        return portion(upah, tarif, 100, "floor")

    made = book()
    write(made, iuran, name="iuran", ends=END - timedelta(1))
    answers = many(law(made, tmp_path, MORE), "iuran", {"upah": [100] * len(DAYS)}, DAYS)
    assert answers == [None, 10, 10, 20, 20, None]


def test_a_condition_that_says_its_reason_only_later(tmp_path: Path) -> None:
    def masih_aktif(aktif: bool) -> bool:
        return aktif

    made = book()
    write(made, masih_aktif, name="masih_aktif", unit="", ends=TURN - timedelta(1))
    write(made, masih_aktif, name="masih_aktif", unit="", starts=TURN, reason=Reason("Tidak aktif.", "Not active."))
    table = ibis.memtable(
        {"nomor": [0, 1, 2], "hari": [TURN - timedelta(1), TURN, TURN], "aktif": [False, False, True]}
    )
    told = law(made, tmp_path, MORE).compute_by_day("masih_aktif", table, "hari", reasons="alasan")
    assert [row["alasan"] for row in told.order_by("nomor").to_pyarrow().to_pylist()] == ["", "masih_aktif", ""]


def test_what_the_check_would_have_refused_has_no_array_form() -> None:
    tree = ast.parse("(1, 2)", mode="eval").body
    runs = (Run(None, Form(LAW.book.rules[0], tree, "", (), {}, {})),)
    with pytest.raises(AssertionError, match="no array form"):
        worked_out(runs, Block({}, {}, None, {}))
