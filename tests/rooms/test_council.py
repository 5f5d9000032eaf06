"""The report to the council: the same figures as the first page, whole in every table, nobody to be guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.insight import queries
from lopo.insight.queries.council import FEWEST, Group, Money, Paid, band, council, few_together, pooled
from tests.cast import Cast
from tests.rooms.enrolment import enrol, pay

ALL = ("53",)
CODE = "kupang-2025"
DAY = date(2025, 9, 20)


@pytest.mark.django_db
def test_every_table_adds_up_to_the_first_page(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = enrol(cast, 12, refusals={"5371010101800001": "sudah PU"})
    pay(cast, made, Month(2025, 8), paid_on=date(2025, 8, 13))
    with django_assert_max_num_queries(18):
        told = council(CODE, on=DAY, areas=ALL)
    home = queries.home(CODE, on=DAY, areas=ALL)
    assert told is not None
    assert home is not None
    figures = home.standing
    assert told.standing == figures
    total = told.total
    assert (total.named, total.enrolled, total.covered) == (
        figures.programme.chosen, figures.enrolled, figures.covered,
    )  # fmt: skip
    assert total.behind == sum(figures.cover[state] for state in ("menunggak_1", "menunggak_2", "menunggak_3"))
    assert total.lapsed == figures.cover["gugur"]
    assert (total.named, total.behind) == (12, 11)
    for table in (told.kecamatan, told.sex, told.age, told.occupation):
        for name in ("named", "enrolled", "covered", "behind", "lapsed"):
            assert sum(getattr(one, name) for one in table) == getattr(total, name)
    assert [one.code for one in told.occupation] == ["Pekerja Perikanan Tangkap Di Perairan Umum dan Pesisir (6222)"]
    (line,) = told.money
    assert (line.paid, line.committed) == (figures.bills.paid, figures.bills.billed)
    assert line.monthly == 11 * 16_800
    assert line.forecast == line.committed + line.unbilled_months * line.monthly
    assert council("tidak-ada", on=DAY, areas=ALL) is None
    nowhere = council(CODE, on=DAY, areas=())
    assert nowhere is not None
    assert (nowhere.total.named, nowhere.total.enrolled) == (0, 0)


def test_money_says_how_far_it_reaches() -> None:
    line = Money("Kota", 2025, "5.1", 1_000_000, 400_000, 250_500, 100_000, 7)
    assert (line.absorbed_permil, line.forecast, line.left) == (250, 1_100_000, -100_000)
    assert Money("Kota", 2025, "5.1", 0, 0, 0, 0, 0).absorbed_permil == 0


@pytest.mark.parametrize(
    ("born", "told"),
    [(date(2001, 9, 21), "0-24"), (date(2000, 9, 20), "25-34"), (date(1960, 9, 20), "65+"), (date(1900, 1, 1), "65+")],
)
def test_bands_of_age_turn_on_the_birthday(born: date, told: str) -> None:
    assert band(born, DAY) == told


@given(some.lists(some.integers(1, 30), max_size=60))
def test_no_small_number_is_told_or_found_by_difference(numbers: list[int]) -> None:
    rows = [Paid((f"53.71.01.{1000 + at}",), number, number * 42_000_000) for at, number in enumerate(numbers)]
    told = pooled(rows)
    if sum(numbers) < FEWEST:
        assert told == ()
        return
    assert all(one.claims >= FEWEST for one in told)
    assert (sum(one.claims for one in told), sum(one.amount for one in told)) == (
        sum(numbers), sum(numbers) * 42_000_000,
    )  # fmt: skip
    assert sorted(area for one in told for area in one.areas) == [one.areas[0] for one in rows]


@given(some.lists(some.integers(0, 30), max_size=40))
def test_small_groups_stand_together(numbers: list[int]) -> None:
    groups = [Group(f"kerja {at:02}" if at else "", number, number, 0, 0, 0) for at, number in enumerate(numbers)]
    told = few_together(groups)
    assert sum(one.named for one in told) == sum(numbers)
    assert all(one.named >= FEWEST for one in told[:-1])
    assert all(one.code for one in told)
    if sum(numbers) >= FEWEST:
        assert all(one.named >= FEWEST for one in told if one.named)
