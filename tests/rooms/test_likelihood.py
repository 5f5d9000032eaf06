"""How likely a row is a person: the kept model adds up as Splink would, twins halve one another, and words say why."""

from __future__ import annotations

from datetime import date

import duckdb
import ibis
import ibis.expr.types as ir
import pytest

from lopo.basics.refusal import Refused
from lopo.people.batch.clean import clean
from lopo.people.batch.likelihood import LEVELS, REGISTER_MODEL, probable
from lopo.people.batch.match import doubted, settled, weighed
from lopo.people.batch.pairs import candidate_pairs, compared
from lopo.people.batch.register_model import register_setup
from lopo.people.batch.waterfall import percent, sentences, steps_of

ON = date(2025, 6, 1)
COLUMNS = ("row_id", "nik", "nama", "no_kk", "jenis_kelamin", "tgl_lahir", "kode_kelurahan")
LILIBA, OEBUFU = "53.71.04.1010", "53.71.04.1008"
PEOPLE = [
    ("p1", "5371042202900001", "Nelson Timo", "5371041806200002", "L", "1990-02-22", LILIBA),
    ("p2", "5371042202900002", "Nahor Timo", "5371041806200002", "L", "1990-02-22", LILIBA),
    ("p3", "5371045507730001", "Merry Snae", "5371041806200004", "P", "1973-07-15", OEBUFU),
    ("p4", "5371010107720017", "Paulus Marthinus Maro", "5371041806200005", "L", "1972-07-01", LILIBA),
    *((f"q{n}", f"53710412038{n:02}0001", f"Obed Radja{'I' * (n % 3)}", f"53710418062001{n:02}", "L", f"19{n:02}-03-12",
       OEBUFU) for n in range(50, 90)),
]  # fmt: skip


def cleaned(rows: list[tuple[str, ...]]) -> ir.Table:
    table = ibis.memtable([dict(zip(COLUMNS, row, strict=True)) for row in rows]).mutate(nik_from_number=False)
    return kept(clean(table, ON))


def kept(table: ir.Table) -> ir.Table:
    return ibis.memtable(table.to_pyarrow())


def judged(*rows: tuple[str, ...]) -> dict[str, list[dict[str, object]]]:
    persons, given = cleaned(PEOPLE), cleaned(list(rows))
    pairs = compared(kept(candidate_pairs(given, persons)), given, persons)
    found: dict[str, list[dict[str, object]]] = {}
    table = probable(pairs, persons).order_by(ibis.desc("match_weight"), "nik")
    for one in (
        table.select("row_id", "nik", "match_weight", "match_probability", "steps", *LEVELS).to_pyarrow().to_pylist()
    ):
        found.setdefault(one["row_id"], []).append(one)
    return found


def test_the_person_is_likely_and_twins_halve_one_another() -> None:
    found = judged(
        ("sure", "5371045507730001", "Merry Snae", "", "P", "15/07/1973", "Oebufu"),
        ("twin", "", "N. Timo", "5371041806200002", "", "22/02/1990", LILIBA),
    )
    assert found["sure"][0]["nik"] == "5371045507730001"
    assert found["sure"][0]["match_probability"] > 0.9999  # type: ignore[operator]
    assert [one["match_probability"] for one in found["twin"]] == pytest.approx([0.5, 0.5], abs=0.001)


def test_the_sum_of_the_steps_is_the_weight() -> None:
    [one] = judged(("sure", "5371045507730011", "Mery Snae", "", "P", "15/07/1973", LILIBA))["sure"]
    steps = steps_of(str(one["steps"]), REGISTER_MODEL.words)
    assert sum(step.bits for step in steps) == pytest.approx(one["match_weight"])
    assert [step.name for step in steps] == ["awal", *sorted(LEVELS)]
    indonesian, english = sentences(steps, float(str(one["match_probability"])))
    assert "nama lain ejaan" in indonesian
    assert "NIK beda satu angka: +" in indonesian
    assert "birth date the same: +14.4" in english
    assert "kelurahan lain: -" in indonesian


def test_a_name_that_many_bear_says_less() -> None:
    found = judged(
        ("rare", "", "Merry Snae", "", "", "15/07/1973", ""), ("often", "", "Obed Radja", "", "", "12/03/1951", "")
    )
    rare, often = (
        next(step for step in steps_of(str(found[key][0]["steps"]), REGISTER_MODEL.words) if step.name == "name_level")
        for key in ("rare", "often")
    )
    assert rare.bits > often.bits + 3


def test_an_entry_with_a_slip_and_no_nik_makes_its_person_doubted_but_nobody_else() -> None:
    persons = cleaned(PEOPLE)
    entries = cleaned([("death", "", "Paulus arthinus Maro", "", "", "1972-07-01", LILIBA)])
    pairs = weighed(entries, persons, kept)
    found = kept(settled(pairs))
    assert found.nik_found.to_pyarrow().to_pylist() == [""]
    assert doubted(pairs, found, persons, 0.02).nik.to_pyarrow().to_pylist() == ["5371010107720017"]
    assert doubted(pairs, found, persons, 1.0).nik.to_pyarrow().to_pylist() == []


def test_splink_knows_the_same_levels_as_the_screening() -> None:
    setup = register_setup()
    assert setup.settings(link=True)["comparisons"][0]["output_column_name"] == "nik_level"
    assert {name: [one.code for one in weights if one.weighed] for name, weights in REGISTER_MODEL.weights.items()} == {
        name: list(codes) for name, (_, codes) in LEVELS.items()
    }
    persons, rows = cleaned(PEOPLE), cleaned([
        ("a", "5371042202900002", "Nelson Timo", "", "L", "02/22/1990", LILIBA),
        ("b", "537104550773000", "MERRY SNAE", "5371041806200004", "L", "15/07/1973", ""),
        ("c", "", "Mery Snay", "5371041806200001", "P", "", OEBUFU),
        ("d", "5371010107720071", "P. M. Maro", "", "", "1972-07-01", LILIBA),
    ])  # fmt: skip
    both = compared(ibis.memtable(
        [{"row_id": r, "nik": p[1]} for r in "abcd" for p in PEOPLE[:4]]), rows, persons).to_pyarrow()  # fmt: skip
    columns = [name for name in both.column_names if name not in LEVELS]
    sides = {name: f'"{name[2:]}_r"' if name.startswith("p_") else '"nik_r"' if name == "nik" else f'"{name}_l"'
             for name in columns}  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("both_given", both)
        connection.sql(
            f"create view named as select {', '.join(f'{c} as {s}' for c, s in sides.items())} from both_given"
        )
        for one in setup.settings(link=True)["comparisons"]:
            cases = " ".join(
                f"when {level['sql_condition']} then '{level['label_for_charts']}'"
                for level in one["comparison_levels"] if level["sql_condition"] != "ELSE"
            )  # fmt: skip
            told = connection.sql(f"select case {cases} else 'lain' end from named").fetchall()
            assert [code for (code,) in told] == both[one["output_column_name"]].to_pylist(), one["output_column_name"]


def test_what_is_not_certain_is_never_told_as_certain() -> None:
    assert percent(1.0, 0) == "> 99,99 %"
    assert percent(0.0, 1) == "< 0.01 %"
    assert percent(0.5, 0) == "50 %"
    with pytest.raises(Refused):
        steps_of("bukan langkah", REGISTER_MODEL.words)
