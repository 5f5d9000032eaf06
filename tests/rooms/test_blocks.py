"""Blocks of pairs stay small: in a crowd a row meets only those who agree on one thing more, and still its person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis
import pytest

from lopo.jobs.engine import Engine, open_engine
from lopo.people.batch import pairs
from lopo.people.batch.clean import clean
from lopo.people.batch.pairs import CROWD, candidate_pairs, further_pairs

DAY = date(2025, 6, 1)
BORN = "1990-05-07"


def cleaned(engine: Engine, people: list[tuple[str, str, str]]) -> ibis.Table:
    """People by number, name and kelurahan, all born on one day."""
    known = [
        {"row_id": f"{place}", "nik": nik, "nik_from_number": False, "nama": name, "no_kk": "", "jenis_kelamin": "",
         "tgl_lahir": BORN, "kode_kelurahan": area}
        for place, (nik, name, area) in enumerate(people)
    ]  # fmt: skip
    return engine.keep(clean(ibis.memtable(known), DAY))


def crowd(number: int) -> list[tuple[str, str, str]]:
    """People born on one day whose names have one first letter, each with a beginning of the name of their own."""
    names = [f"M{a}{b}A {c}OPE" for a in "AEIOU" for b in "BDGKLNRT" for c in "TGB"]
    return [(f"53710107059{n:05}", names[n], "53.71.01.1001") for n in range(number)]


@pytest.mark.parametrize(("number", "met"), [(CROWD, CROWD), (CROWD + 1, 3)])
@pytest.mark.parametrize(("name", "area"), [("Mabar Tope", ""), ("Mabar", "53.71.01.1001")])
def test_a_small_block_is_looked_through_whole_and_a_crowd_only_where_names_begin_alike(
    number: int, met: int, name: str, area: str
) -> None:
    one = [(nik, f"{written} Tope", place) for nik, written, place in crowd(number)]
    with open_engine() as engine:
        persons = cleaned(engine, one)
        rows = cleaned(engine, [("", name, area)])  # a letter too much, and no family name where the place is told
        found = candidate_pairs(rows, persons).to_pyarrow()
    assert found.num_rows == met
    assert {"5371010705900000", "5371010705900001", "5371010705900002"} <= set(found["nik"].to_pylist())


def test_the_person_is_met_in_any_crowd_whatever_single_fault_the_row_has() -> None:
    people = crowd(CROWD * 4)
    nik, name, area = people[-1]
    faulty = [
        ("", name, area),
        ("", name.split()[0], area),
        ("", name[:-1] + "X", area),
        ("", name[0] + name[2:], area),
        (f"{nik[:12]}9999", name, ""),
        (f"99{nik[2:]}", name, ""),
    ]
    with open_engine() as engine:
        found = candidate_pairs(cleaned(engine, faulty), cleaned(engine, people)).to_pyarrow().to_pylist()
    met = {one["row_id"] for one in found if one["nik"] == nik}
    assert met == {f"{place}" for place in range(len(faulty))}


def test_the_desk_meets_those_too_who_share_fifteen_digits_or_the_beginning_of_a_name() -> None:
    people = crowd(CROWD * 4)
    rows = [(people[0][0][:15], "X", ""), ("", "Mabar", ""), ("", "X", "")]
    with open_engine() as engine:
        found = further_pairs(cleaned(engine, rows), cleaned(engine, people)).to_pyarrow().to_pylist()
    met = {row: {one["nik"] for one in found if one["row_id"] == row} for row in "012"}
    assert met == {"0": {nik for nik, _, _ in people[:10]}, "1": {nik for nik, _, _ in people[:3]}, "2": set()}


def test_a_block_names_what_it_asks_in_a_crowd_only_where_it_may_become_one() -> None:
    growing = [block for block in pairs._blocks() if block.finer]
    assert 0 < len(growing) < len(pairs._blocks())


def test_a_table_that_comes_in_parts_and_leaves_in_pieces_is_the_same(tmp_path: Path) -> None:
    with open_engine() as engine:
        whole = ibis.memtable({"n": list(range(250_000)), "t": [f"a{n % 7}" for n in range(250_000)]}).to_pyarrow()
        table = engine.stream(whole.schema, (whole.slice(at, 60_000) for at in range(0, 250_000, 60_000)))
        pieces = list(engine.batches(table.order_by("n")))
    assert len(pieces) > 1
    assert [n for piece in pieces for n in piece["n"].to_pylist()] == whole["n"].to_pylist()


def test_a_register_keeps_only_the_columns_that_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(" NIK ,nama,lain\n1,A,x\n")
    with open_engine() as engine:
        assert engine.csv(tmp_path / "a.csv", ("nik", "nama", "absent")).columns == ("nik", "nama")
        assert engine.csv(tmp_path / "a.csv").columns == ("nik", "nama", "lain")
