"""Probabilistic linkage on small invented tables: learned without labels, frozen, decided by costs, told in words."""

from __future__ import annotations

import random
from datetime import date

import ibis
import ibis.expr.types as ir
import pytest

from lopo.basics.refusal import Refused
from lopo.people.batch.linkage import _arrow, _hash, dedupe, doubled, link, train
from lopo.people.batch.linkage_costs import DOUBTFUL, NO, PERSONS, RECORDS, SURE, Costs, decided, shared
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.linkage_setup import Setup, day, email, name, number, place
from lopo.people.batch.waterfall import sentences, steps_of

ON = date(2025, 6, 1)
SETUP = Setup(
    name="uji",
    version=3,
    key="kunci",
    compares=(
        name("nama", "nama", "name"), day("lahir", "tanggal lahir", "birth date"),
        number("telepon", "telepon", "phone"), place("desa", "desa", "village"),
    ),
    blocks=(("nama",), ("lahir",), ("telepon",)),
    learn_in=(("nama",), ("lahir",)),
    certain=(("nama", "lahir"), ("telepon",)),
    share=0.9,
    sample=10_000,
)  # fmt: skip
FIRST = ("Yohanes", "Maria", "Nelson", "Petronela", "Daud", "Welmince", "Okto", "Rambu", "Agus", "Yuliana")
LAST = ("Tote", "Banunaek", "Snae", "Radja", "Kause", "Lay", "Nenobais", "Maro", "Djami", "Foenay", "Taneo", "Mella")
PLACES = ("Liliba", "Oebufu", "Namosain", "Alak")
Row = dict[str, str | None]


def invented(seed: int, count: int = 300) -> list[Row]:
    chance = random.Random(seed)  # noqa: S311
    return [
        {
            "kunci": f"a{n}",
            "nama": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            "lahir": f"{chance.randint(1950, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "telepon": f"08{chance.randint(10**8, 10**9 - 1)}",
            "desa": chance.choice(PLACES),
        }
        for n in range(count)
    ]


def dirty(rows: list[Row], seed: int) -> list[Row]:
    """The same people as another office writes them: a slip in one cell, a blank in another."""
    chance = random.Random(seed)  # noqa: S311
    out = []
    for row in rows:
        made = {**row, "kunci": f"b{str(row['kunci'])[1:]}"}
        slipped, blank = chance.sample(("nama", "lahir", "telepon", "desa"), 2)
        text = str(made[slipped])
        at = chance.randrange(1, len(text) - 1)
        made[slipped] = text[:at] + text[at + 1 :] if slipped in {"nama", "desa"} else text[:at] + "7" + text[at + 1 :]
        if chance.random() < 0.3:
            made[blank] = None
        out.append(made)
    return out


LEFT = invented(1)
RIGHT = dirty(LEFT[:200], 2) + [{**row, "kunci": f"c{n}"} for n, row in enumerate(invented(9, 60))]


def table(rows: list[Row]) -> ir.Table:
    return ibis.memtable(rows, schema=dict.fromkeys(("kunci", "nama", "lahir", "telepon", "desa"), "string"))


@pytest.fixture(scope="module")
def model() -> Model:
    return train([table(LEFT), table(RIGHT)], SETUP, ON)


@pytest.fixture(scope="module")
def pairs(model: Model) -> list[dict[str, object]]:
    return link(table(LEFT), table(RIGHT), model).to_pyarrow().to_pylist()


def test_people_are_found_without_a_single_label(pairs: list[dict[str, object]]) -> None:
    sure = {(str(one["left_id"]), str(one["right_id"])) for one in pairs if one["decision"] == SURE}
    assert len(sure) > 90
    assert {(left[1:], right[1:]) for left, right in sure if right[0] == "b"} == {(left[1:],) * 2 for left, _ in sure}
    assert not [pair for pair in sure if pair[1][0] == "c"]


def test_no_record_is_in_two_sure_pairs_and_all_numbers_are_in_bounds(pairs: list[dict[str, object]]) -> None:
    for side in ("left_id", "right_id"):
        sure = [one[side] for one in pairs if one["decision"] == SURE]
        assert len(sure) == len(set(sure))
    assert all(0 <= float(str(one["match_probability"])) <= 1 for one in pairs)


def test_a_frozen_model_is_read_back_as_it_was_and_links_alike(model: Model, pairs: list[dict[str, object]]) -> None:
    thawed = Model.from_json(model.to_json())
    assert (thawed, thawed.hash, thawed.name) == (model, model.hash, model.name)
    assert len(model.data_hash) == 64
    shuffled = [_arrow(table(rows[::-1])) for rows in (LEFT, RIGHT)]
    assert _hash(shuffled, "kunci") == model.data_hash != _hash(shuffled[:1], "kunci")
    assert (model.version, model.trained_on, model.rows, model.made_with[:9]) == (3, ON, (300, 260), "splink 5.")
    again = link(table(LEFT[:50]), table(RIGHT), thawed, RECORDS).to_pyarrow().num_rows
    assert 0 < again < len(pairs)
    for broken in ("", "{}", model.to_json().replace('"shape": 1', '"shape": 2'), '["x"]'):
        with pytest.raises(Refused):
            Model.from_json(broken)


def test_twins_halve_one_another_and_are_left_to_a_human(model: Model) -> None:
    one = dict(LEFT[0])
    twins = [{**one, "kunci": "t1", "telepon": None}, {**one, "kunci": "t2", "telepon": None}]
    found = link(table([{**one, "telepon": None}]), table([*twins, *RIGHT[5:]]), model).to_pyarrow().to_pylist()
    assert [row["decision"] for row in found if row["right_id"] in {"t1", "t2"}] == [DOUBTFUL, DOUBTFUL]
    assert all(row["match_probability"] <= 0.5 for row in found if row["right_id"] in {"t1", "t2"})


def test_the_steps_add_up_to_the_weight_and_are_told_in_both_languages(
    model: Model, pairs: list[dict[str, object]]
) -> None:
    for one in pairs[:20]:
        steps = steps_of(str(one["steps"]), model.words)
        assert sum(step.bits for step in steps) == pytest.approx(one["match_weight"], abs=0.1)
    indonesian, english = sentences(steps_of("awal::-12.20:0.0 nama:sama:7.10:2.12 lahir:satu:-1.10:0.0 "
                                             "telepon:kosong:0.0:0.0", model.words), 0.25)  # fmt: skip
    assert indonesian == (
        "Titik awal: -12,2; nama sama, jarang: +9,2; tanggal lahir beda satu angka: -1,1; "
        "telepon tidak dapat dibandingkan: 0,0; jumlah: -4,1 (25 %)."
    )
    assert english.startswith("Starting point: -12.2; name the same, rare: +9.2; birth date one digit apart: -1.1")


def test_doubles_over_lists_months_and_senders_are_clusters() -> None:
    rows = [*LEFT, *dirty(LEFT[:80], 4), *({**row, "kunci": f"d{row['kunci']}"} for row in dirty(LEFT[:40], 5))]
    model = train([table(rows)], SETUP, ON)
    found = dedupe(table(rows), model, RECORDS)
    of = {row["member_id"]: row["cluster_id"] for row in found.clusters.to_pyarrow().to_pylist()}
    assert len(of) == len(rows)
    together = [n for n in range(40) if of[f"a{n}"] == of[f"b{n}"] == of[f"db{n}"]]
    assert len(together) > 25
    assert len({of[f"a{n}"] for n in range(300)}) == 300
    listed = table(rows).mutate(daftar=ibis._.kunci[0:1])
    told = doubled(listed, found, "kunci", ("daftar",)).to_pyarrow().to_pylist()
    assert {(row["records"], row["daftar_count"]) for row in told} <= {(2, 2), (3, 3)}
    assert len(told) >= len(together)


def test_thresholds_follow_from_the_costs() -> None:
    costs = Costs(wrong=1000, missed=100, look=1)
    assert (costs.sure_from, costs.no_below) == (0.999, 0.01)
    assert PERSONS.sure_from == pytest.approx(0.9999)
    dear = Costs(wrong=10, missed=10, look=1_000)
    assert dear.sure_from == dear.no_below == 0.5
    table_ = ibis.memtable([{"match_probability": p} for p in (0.9991, 0.5, 0.0099)])
    told = decided(table_, costs).order_by(ibis.desc("match_probability")).decision.to_pyarrow().to_pylist()
    assert told == [SURE, DOUBTFUL, NO]
    even = decided(ibis.memtable([{"match_probability": 0.5}]), dear)
    assert even.decision.to_pyarrow().to_pylist() == [DOUBTFUL]
    with pytest.raises(ValueError, match="above zero"):
        Costs(wrong=1, missed=0, look=1)


def test_rivals_share_and_overwhelming_weights_stay_numbers() -> None:
    rows = [("r1", "p1", 900.0), ("r1", "p2", 900.0), ("r2", "p3", 3.0), ("r3", "p3", -40.0)]
    table_ = ibis.memtable([{"left_id": a, "right_id": b, "match_weight": w} for a, b, w in rows])
    told = shared(table_).order_by("left_id", "right_id").match_probability.to_pyarrow().to_pylist()
    assert told[:3] == pytest.approx([0.5, 0.5, 8 / 9], abs=1e-6)
    assert 0 <= told[3] < 1e-6


def test_an_address_of_mail_agrees_in_parts() -> None:
    codes = [level.create_level_dict("duckdb")["label_for_charts"] for level in email("surel").levels]
    assert codes == ["kosong", "sama", "awal", "ejaan", "mirip", "lain"]
