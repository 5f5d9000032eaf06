"""A model learns from the desk within bounds, is measured on what it has not seen, and refuses poor data."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.people.batch.likelihood import REGISTER_MODEL, probable
from lopo.people.batch.linkage_change import agreement, shifts
from lopo.people.batch.linkage_labels import (
    Labelled,
    answered,
    cross_measured,
    measured,
    share,
    weight_of,
)
from lopo.people.batch.linkage_model import Desk, Model
from lopo.people.batch.linkage_taught import LEAST_ANSWERS, Row, steadied, taught
from lopo.people.batch.pairs import candidate_pairs, compared
from lopo.people.batch.register_model import LEAST_ROWS, train_office
from lopo.people.batch.waterfall import sentences, steps_of
from tests.rooms.test_likelihood import LILIBA, PEOPLE, cleaned, kept

TWIN = ("twin", "", "N. Timo", "5371041806200002", "", "22/02/1990", LILIBA)
SURE = ("sure", "5371045507730001", "Merry Snae", "", "P", "15/07/1973", "Oebufu")


def desk_of(shift: float, slope: float, rows: int, seed: int = 1) -> list[Row]:
    """Rows whose answers follow a shifted and sloped weight; three persons beside each."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    made = []
    for _ in range(rows):
        weights = tuple(dice.gauss(0, 6) for _ in range(3))
        odds = [2.0 ** (shift + slope * one) for one in weights]
        at, place = dice.random() * (1 + sum(odds)), None
        for n, odd in enumerate(odds):
            if at < odd:
                place = n
                break
            at -= odd
        made.append(Row(weights, place))
    return made


def test_no_answer_and_few_answers_teach_nothing() -> None:
    assert taught(REGISTER_MODEL, []) == REGISTER_MODEL
    assert taught(REGISTER_MODEL, desk_of(-3, 0.5, LEAST_ANSWERS - 1)).desk is None
    assert taught(REGISTER_MODEL, [Row((3.0,), None)] * 500).desk is None, "answers of one kind only"


def test_what_the_answers_follow_is_found_again() -> None:
    desk = taught(REGISTER_MODEL, desk_of(-2, 0.7, 3000)).desk
    assert desk is not None
    assert desk.labels == 3000
    assert desk.shift == pytest.approx(-2, abs=0.3)
    assert desk.slope == pytest.approx(0.7, abs=0.06)
    fair = taught(REGISTER_MODEL, desk_of(0, 1, 3000)).desk
    assert fair is not None
    assert (fair.shift, fair.slope) == (pytest.approx(0, abs=0.3), pytest.approx(1, abs=0.08))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.floats(-60, 60, allow_nan=False), min_size=1, max_size=4).flatmap(
            lambda weights: st.tuples(st.just(tuple(weights)), st.none() | st.integers(0, len(weights) - 1))
        ),
        max_size=120,
    )
)
def test_whatever_is_answered_moves_a_model_no_further_than_stated(
    said: list[tuple[tuple[float, ...], int | None]],
) -> None:
    rows = [Row(weights, place) for weights, place in said]
    model = taught(REGISTER_MODEL, rows)
    assert replace(model, desk=None) == REGISTER_MODEL
    if model.desk is not None:
        assert abs(model.desk.shift) <= min(len(rows) * 0.05, 4) + 0.01
        assert abs(model.desk.slope - 1) <= min(len(rows) * 0.002, 0.5) + 0.001


def test_ten_contradicting_answers_among_a_hundred_do_not_turn_a_model() -> None:
    fair = desk_of(0, 1, 100)
    contrary = [Row((12.0,), None)] * 5 + [Row((-12.0,), 0)] * 5
    before, after = taught(REGISTER_MODEL, fair).desk, taught(REGISTER_MODEL, [*fair, *contrary]).desk
    assert before is not None
    assert after is not None
    assert after.slope >= 0.75
    assert abs(after.shift - before.shift) <= 1.5
    assert after.shift + after.slope * 20 > 10, "a strong pair stays strong"


def judged(*rows: tuple[str, ...], model: Model = REGISTER_MODEL) -> list[dict[str, object]]:
    persons, said = cleaned(PEOPLE), cleaned(list(rows))
    pairs = compared(kept(candidate_pairs(said, persons)), said, persons)
    return probable(pairs, persons, model).order_by("row_id", "nik").to_pyarrow().to_pylist()


def other_model() -> Model:
    """The kept model as if trained on less: mixed, another prior."""
    weights = {
        name: tuple(replace(one, among_true=one.among_true**0.8, among_other=one.among_other**0.9) for one in all_)
        for name, all_ in REGISTER_MODEL.weights.items()
    }
    return replace(REGISTER_MODEL, prior=REGISTER_MODEL.prior * 3, rows=(900, 20_000), weights=weights)


@pytest.mark.parametrize("new", [REGISTER_MODEL, other_model(), replace(other_model(), desk=Desk(-1.5, 0.9, 40))])
def test_kept_steps_weighed_anew_give_what_the_other_model_gives(new: Model) -> None:
    before, after = judged(TWIN, SURE), judged(TWIN, SURE, model=new)
    assert len(before) == len(after) > 2
    for old, now in zip(before, after, strict=True):
        steps = steps_of(str(old["steps"]), REGISTER_MODEL.words)
        assert weight_of(steps, REGISTER_MODEL, new) == pytest.approx(now["match_weight"], abs=0.12)


def test_what_the_desk_taught_is_a_step_that_adds_up() -> None:
    model = replace(REGISTER_MODEL, desk=Desk(-1.5, 0.9, 40))
    one = judged(SURE, model=model)[0]
    steps = steps_of(str(one["steps"]), model.words)
    assert sum(step.bits for step in steps) == pytest.approx(one["match_weight"], abs=0.05)
    assert steps[-1].name == "meja"
    assert "Pengalaman meja ragu" in sentences(steps, 0.9)[0]
    assert Model.from_json(model.to_json()) == model
    assert model.hash != REGISTER_MODEL.hash
    assert '"desk"' not in REGISTER_MODEL.to_json()


def labels() -> list[Labelled]:
    steps = steps_of(str(judged(SURE)[0]["steps"]), REGISTER_MODEL.words)
    return [Labelled(f"r{n // 2}", steps, n % 2 == 0) for n in range(8)]


def test_a_model_is_measured_on_the_answers() -> None:
    found = measured(labels(), [20.0, 1.0, 20.0, 1.0, 20.0, 1.0, 1.0, 20.0])
    assert (found.labels, found.same) == (8, 4)
    assert found.told["pasti_sama"] == 3
    assert found.told["pasti_beda"] == 1
    assert (found.precision.part, found.precision.whole) == (3, 4)
    assert 0.3 < found.precision.low < 0.75 < found.precision.high < 1
    assert found.brier == pytest.approx(0.25, abs=0.01)
    assert sum(one[2] for one in found.bins) == 8
    empty = measured([], [])
    assert (empty.precision.low, empty.precision.high) == (0.0, 1.0), "of nothing nothing is known"


def test_teaching_is_measured_on_rows_it_has_not_seen() -> None:
    rows = desk_of(-3, 0.8, 300)
    step = labels()[0].steps
    said = [Labelled(f"r{n}", step, place == row.same) for n, row in enumerate(rows) for place in range(3)]
    weights = [bits for row in rows for bits in row.weights]
    assert answered(said, weights)["r7"] == rows[7]
    assert cross_measured(said, weights, REGISTER_MODEL).brier < measured(said, weights).brier


def test_wilson_at_its_ends() -> None:
    assert (share(0, 10).low, share(10, 10).high) == (0.0, 1.0)
    assert share(10, 10).low == pytest.approx(0.7225, abs=0.001)


def test_a_level_never_seen_keeps_something_of_the_kept_model() -> None:
    small = replace(REGISTER_MODEL, rows=(1000, 20_000), prior=1000 / 1000 / 20_000)
    blind = replace(small, settings={**small.settings, "comparisons": _blind(small)})
    mixed = steadied(blind, REGISTER_MODEL)
    kept_share = REGISTER_MODEL.weight("place_level", "lain").among_true
    assert mixed.weight("place_level", "lain").among_true == pytest.approx(
        (1000 * 1e-4 + 500 * kept_share) / 1500, rel=0.01
    )
    moved = {(one.name, one.code): (one.before, one.after) for one in shifts(REGISTER_MODEL, mixed)}
    before, after = moved["place_level", "lain"]
    assert after < before
    assert moved["sex_level", "sama"] == pytest.approx(moved["sex_level", "sama"][:1] * 2, abs=0.02)


def _blind(model: Model) -> list[dict[str, object]]:
    made = []
    for comparison in model.settings["comparisons"]:
        levels = [dict(one) for one in comparison["comparison_levels"]]
        if comparison["output_column_name"] == "place_level":
            for one in levels:
                if one["label_for_charts"] == "lain":
                    one["m_probability"] = 1e-4
        made.append({**comparison, "comparison_levels": levels})
    return made


def test_two_models_are_held_against_each_other_on_the_same_pairs() -> None:
    persons, rows = cleaned(PEOPLE), cleaned([TWIN, SURE])
    same = agreement(rows, persons, (REGISTER_MODEL, REGISTER_MODEL), 10)
    assert set(same) <= {"pasti_pasti", "ragu_ragu", "bukan_bukan"}
    assert sum(same.values()) >= 3
    doubting = replace(REGISTER_MODEL, desk=Desk(-200.0, 1.0, 900))
    apart = agreement(rows, persons, (REGISTER_MODEL, doubting), 10)
    assert {name.split("_")[1] for name in apart} == {"bukan"}
    assert sum(apart.values()) == sum(same.values())
    assert sum(agreement(rows, persons, (REGISTER_MODEL, doubting), 1).values()) < sum(same.values())


def test_poor_data_train_nothing() -> None:
    with pytest.raises(Refused) as refused:
        train_office(cleaned([TWIN]), cleaned(PEOPLE), date(2025, 6, 1), REGISTER_MODEL)
    assert refused.value.code == "data_kurang_untuk_belajar"
    assert str(LEAST_ROWS) in str(refused.value)
    strangers = [
        (f"s{n}", "", f"Orang {chr(65 + n % 26)}{chr(65 + n // 26 % 26)}", "", "L", f"19{50 + n % 40}-01-02", LILIBA)
        for n in range(LEAST_ROWS)
    ]
    people = [
        (f"p{n}", f"53710412038{n % 100:02}{n % 1000:03}", f"Lain {chr(65 + n % 26)}", "", "P", "1970-05-05", LILIBA)
        for n in range(LEAST_ROWS)
    ]
    with pytest.raises(Refused) as refused:
        train_office(cleaned(strangers), cleaned(people), date(2025, 6, 1), REGISTER_MODEL)
    assert refused.value.code in {"data_kurang_untuk_belajar", "pasangan_kurang_untuk_belajar"}
