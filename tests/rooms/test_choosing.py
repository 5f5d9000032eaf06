"""Choosing before the decree: places by stated rules, what a choice costs and leaves out, and the decree made by it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.financing.queries import Variant, protection, simulate
from lopo.targeting import actions, queries
from lopo.targeting.actions import Split
from lopo.targeting.models import Decree
from lopo.targeting.quotas import Poor, Rule, quotas_of
from tests.cast import Cast
from tests.rooms import pile

COUNTS = {"53.71.01": 60, "53.71.03": 30, "53.71.04": 10}
POOR = Poor({"53.71.01": 100, "53.71.03": 100, "53.71.04": 200}, "Dinsos, 1 Mei 2025")
PRICE = 16_800


def places(many: int, rule: Rule, poor: Poor | None = POOR) -> list[int]:
    return [one.places for one in quotas_of(COUNTS, many, rule, poor)]


def test_each_rule_shares_as_it_says() -> None:
    assert places(20, Rule.CALON) == [12, 6, 2]
    assert places(20, Rule.SAMA) == [7, 7, 6]
    assert places(20, Rule.MISKIN) == [5, 5, 10]
    assert places(40, Rule.CAMPURAN) == [18, 12, 10], "half by 60:30:10 and half by 1:1:2 is 17:11:12, and 2 come back"
    assert places(40, Rule.SAMA) == [15, 15, 10], "who has fewer candidates than its part gives the rest back"


def test_places_that_no_weight_claims_go_by_open_candidates() -> None:
    nobody = Poor(dict.fromkeys(COUNTS, 0), "Dinsos")
    assert places(20, Rule.MISKIN, nobody) == [12, 6, 2]
    only_one = Poor(nobody.people | {"53.71.04": 5}, "Dinsos")
    assert places(19, Rule.MISKIN, only_one) == [6, 3, 10]


@pytest.mark.parametrize("rule", [Rule.MISKIN, Rule.CAMPURAN])
@pytest.mark.parametrize("poor", [None, Poor({"53.71.01": 5}, "Dinsos"), Poor(POOR.people, " ")])
def test_a_rule_by_poor_people_asks_for_their_number_and_its_source(rule: Rule, poor: Poor | None) -> None:
    with pytest.raises(Refused) as said:
        places(20, rule, poor)
    assert said.value.code == "angka_miskin_kurang"


_CODES = [f"53.71.0{n}" for n in range(1, 7)]


@given(
    st.fixed_dictionaries(dict.fromkeys(_CODES, st.integers(0, 4000))),
    st.fixed_dictionaries(dict.fromkeys(_CODES, st.integers(0, 90_000))),
    st.integers(0, 9000),
    st.sampled_from(Rule),
)
def test_no_place_is_lost_and_nobody_gets_more_than_candidates(
    accepted: dict[str, int], poor: dict[str, int], many: int, rule: Rule
) -> None:
    found = quotas_of(accepted, many, rule, Poor(poor, "Dinsos"))
    assert sum(one.places for one in found) == min(many, sum(accepted.values()))
    assert all(0 <= one.places <= one.accepted for one in found)


def test_equal_shares_differ_by_one_at_most_among_those_who_are_not_full() -> None:
    found = quotas_of(dict.fromkeys(_CODES, 500), 1000, Rule.SAMA)
    assert {one.places for one in found} == {166, 167}


def test_what_paid_months_give_is_told_by_the_law() -> None:
    three = protection(Month(2025, 10), 3)
    assert (three.full_months, three.full_from, three.waiting, three.full) == (0, 4, 10_000_000, 42_000_000)
    assert [protection(Month(2025, 1), months).full_months for months in (1, 4, 6, 12)] == [0, 1, 3, 9]
    before = protection(Month(2024, 1), 3)
    assert (before.full_months, before.waiting) == (3, 42_000_000), "before 2025 nobody waited"


@pytest.mark.django_db
def test_choices_stand_side_by_side(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = pile.ready(cast, many=60, places=25)
    programme = queries.programme_row(made)
    assert programme is not None
    variants = (
        Variant(6, Rule.CALON, people=25),
        Variant(3, Rule.SAMA, money=25 * 3 * PRICE + 5),
        Variant(6, Rule.MISKIN, people=80, money=30 * 6 * PRICE),
    )
    with django_assert_num_queries(6):
        found = simulate(programme, variants, payer_kind="apbd_kota")
    assert found is not None
    first, second, third = found.outcomes
    assert (first.planned, first.chosen, first.left_out, first.cost) == (25, 25, 35, 25 * 6 * PRICE)
    assert first.protection.full_months == 3
    assert [one.places for one in first.quotas] == [13, 8, 4]
    assert (second.planned, second.cost, second.idle) == (25, 25 * 3 * PRICE, 5)
    assert [one.places for one in second.quotas] == [9, 8, 8]
    assert (third.planned, third.beyond_money, third.idle) == (30, 50, 0)
    assert found.poor is not None
    assert found.poor.people == {"53.71.01": 30, "53.71.03": 20, "53.71.04": 10}
    assert "DTSEN desil 1-4" in found.poor.source
    for dimension in queries.DIMENSIONS:
        groups = [one for one in found.groups if one.dimension == dimension]
        assert sum(one.accepted for one in groups) == 60, dimension
        assert [sum(one.chosen[at] for one in groups) for at in range(3)] == [25, 25, 30], dimension
    work = next(one for one in found.groups if one.dimension == "pekerjaan")
    assert (work.value, work.chosen) == ("nelayan", (25, 25, 30))


@pytest.mark.django_db
def test_a_choice_of_nothing_is_refused_and_before_the_screening_there_is_none(cast: Cast) -> None:
    unscreened = queries.programme_row(pile.programme(cast, code="belum"))
    assert unscreened is not None
    assert simulate(unscreened, (Variant(6, Rule.CALON, people=5),), payer_kind="apbd_kota") is None
    programme = queries.programme_row(pile.ready(cast))
    assert programme is not None
    with pytest.raises(Refused) as said:
        simulate(programme, (Variant(6, Rule.CALON),), payer_kind="apbd_kota")
    assert said.value.code == "pilihan_kosong"


def draft(cast: Cast, programme: int, split: Split) -> actions.Drafted:
    return actions.draft_decree(
        by=cast.dinas, on=pile.DAY, programme_id=programme, number="400.9/1", title="Penetapan", split=split
    )


@pytest.mark.django_db
def test_a_decree_keeps_the_rule_it_was_made_by_and_its_source(cast: Cast) -> None:
    programme = pile.ready(cast, many=60, places=24)
    done = draft(cast, programme, Split(Rule.SAMA))
    assert [one.places for one in done.quotas] == [8, 8, 8]
    found = queries.decree(done.decree_id)
    assert found is not None
    assert (found.rule, found.poor_source) == ("sama", "")
    actions.withdraw_decree(by=cast.dinas, on=pile.DAY, decree_id=done.decree_id)
    done = draft(cast, programme, Split(Rule.MISKIN, POOR))
    assert [one.places for one in done.quotas] == [7, 7, 10]
    kept = Decree.objects.get(pk=done.decree_id)
    assert (kept.quota_rule, kept.quota_source) == ("miskin", "Dinsos, 1 Mei 2025")
    assert [row["poor"] for row in kept.quota] == [100, 100, 200]


@pytest.mark.django_db
def test_the_numbers_of_dtsen_are_read_when_none_are_given(cast: Cast) -> None:
    programme = pile.ready(cast, many=60, places=24)
    done = draft(cast, programme, Split(Rule.MISKIN))
    assert [one.places for one in done.quotas] == [12, 8, 4]
    assert "DTSEN desil 1-4" in Decree.objects.get(pk=done.decree_id).quota_source


@pytest.mark.django_db
def test_the_database_keeps_a_decree_by_poor_people_from_having_no_source(cast: Cast) -> None:
    made = draft(cast, pile.ready(cast), Split())
    with pytest.raises(IntegrityError, match="decree_rule_and_source"), transaction.atomic():
        Decree.objects.filter(pk=made.decree_id).update(quota_rule="miskin")
    with pytest.raises(IntegrityError, match="decree_rule_and_source"), transaction.atomic():
        Decree.objects.filter(pk=made.decree_id).update(quota_rule="tebak")
