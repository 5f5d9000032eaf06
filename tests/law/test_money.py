"""Whole rupiah: rounding by name, sharing without loss, figures and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lopo.basics.money import MoneyError, Rounding, add, divide, portion, rupiah, rupiah_text, share, terbilang

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize("wrong", [True, 1.0, "1", 2**63, None])
def test_what_is_no_whole_rupiah_is_refused(wrong: object) -> None:
    with pytest.raises(MoneyError):
        rupiah(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "by", "rounding", "answer"),
    [
        (7, 2, "floor", 3), (7, 2, "ceiling", 4), (7, 2, "half_up", 4), (7, 2, "half_even", 4), (5, 2, "half_even", 2),
        (-7, 2, "floor", -4), (-7, 2, "ceiling", -3), (-7, 2, "half_up", -3), (-7, 2, "half_even", -4),
        (8, 4, "exact", 2), (10, 3, "half_up", 3), (11, 3, "half_up", 4),
    ],
)  # fmt: skip
def test_a_division_ends_as_it_is_named(amount: int, by: int, rounding: str, answer: int) -> None:
    assert divide(amount, by, rounding) == answer


def test_divisions_that_the_law_would_not_allow() -> None:
    for amount, by, rounding in ((7, 2, "exact"), (7, 0, "floor"), (7, -1, "floor")):
        with pytest.raises(MoneyError):
            divide(amount, by, rounding)
    with pytest.raises(ValueError, match="somehow"):
        divide(7, 2, "somehow")


@given(AMOUNTS, st.integers(min_value=1, max_value=10**9), st.sampled_from([*Rounding][:4]))
def test_rounding_is_never_off_by_one_whole(amount: int, by: int, rounding: Rounding) -> None:
    error = divide(amount, by, rounding) * by - amount
    assert abs(error) < by
    if rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert 2 * abs(error) <= by


def test_a_rate_is_two_integers() -> None:
    assert portion(16_800, 50, 100, "exact") == 8_400
    assert add([16_800] * 3) == 50_400
    assert add([]) == 0


@given(st.integers(min_value=0, max_value=10**15), st.lists(st.integers(min_value=0, max_value=10**6), min_size=1))
def test_sharing_loses_no_rupiah(amount: int, weights: list[int]) -> None:
    if not sum(weights):
        with pytest.raises(MoneyError):
            share(amount, weights)
        return
    parts = share(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_the_earlier_share_gets_the_odd_rupiah() -> None:
    assert share(100, [1, 1, 1]) == (34, 33, 33)
    assert share(2_525, [377, 377, 1]) == (1261, 1261, 3)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "Rp 0"), (999, "Rp 999"), (42_000_000, "Rp 42.000.000"), (-16_800, "-Rp 16.800")]
)
def test_figures(amount: int, text: str) -> None:
    assert rupiah_text(amount) == text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (20, "dua puluh"),
        (21, "dua puluh satu"), (100, "seratus"), (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"), (1_001, "seribu satu"), (2_000, "dua ribu"), (16_800, "enam belas ribu delapan ratus"),
        (1_001_000, "satu juta seribu"), (42_000_000, "empat puluh dua juta"), (100_000, "seratus ribu"),
        (1_000_000_000, "satu miliar"), (10**12, "satu triliun"), (10**15 + 1, "satu kuadriliun satu"),
        (608_932_800, "enam ratus delapan juta sembilan ratus tiga puluh dua ribu delapan ratus"), (-5, "minus lima"),
    ],
)  # fmt: skip
def test_words(number: int, words: str) -> None:
    assert terbilang(number) == words


def test_words_end_somewhere() -> None:
    with pytest.raises(MoneyError):
        terbilang(10**18)


@given(st.integers(min_value=1, max_value=10**18 - 1))
def test_words_are_clean_and_distinct(number: int) -> None:
    words = terbilang(number)
    assert "  " not in words
    assert words == words.strip()
    assert words != terbilang(number - 1)
