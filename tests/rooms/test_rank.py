"""Choosing: quotas by largest remainder, and an order that anybody can check with a hash."""

from __future__ import annotations

import hashlib
from collections import Counter

import ibis
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lopo.targeting.batch.rank import quotas, rank
from lopo.targeting.quotas import quotas_of


def people(counts: dict[str, int]) -> ibis.Table:
    rows = [
        {"nik_matched": f"{area.replace('.', '')}{n:010}", "kecamatan": area, "desil": n % 4 + 1}
        for area, number in counts.items()
        for n in range(number)
    ]
    return ibis.memtable(rows)


def shares(counts: dict[str, int], places: int) -> dict[str, int]:
    found = quotas(people(counts), places).to_pyarrow().to_pylist()
    return {row["kecamatan"]: row["quota"] for row in found}


def largest_remainder(counts: dict[str, int], places: int) -> dict[str, int]:
    total = sum(counts.values())
    places = min(places, total)
    whole = {area: places * n // total for area, n in counts.items()}
    order = sorted(counts, key=lambda area: (-(places * counts[area] % total), area))
    for area in order[: places - sum(whole.values())]:
        whole[area] += 1
    return whole


@pytest.mark.parametrize(
    ("counts", "places", "expected"),
    [
        ({"53.71.01": 10, "53.71.02": 10, "53.71.03": 10}, 10, {"53.71.01": 4, "53.71.02": 3, "53.71.03": 3}),
        ({"53.71.01": 7, "53.71.02": 2, "53.71.03": 1}, 5, {"53.71.01": 4, "53.71.02": 1, "53.71.03": 0}),
        ({"53.71.01": 2, "53.71.02": 1}, 10, {"53.71.01": 2, "53.71.02": 1}),
        ({"53.71.01": 2}, 0, {"53.71.01": 0}),
    ],
)
def test_quotas(counts: dict[str, int], places: int, expected: dict[str, int]) -> None:
    assert shares(counts, places) == expected


@example(
    counts={"53.71.01": 1, "53.71.02": 12, "53.71.03": 12, "53.71.04": 27, "53.71.05": 34, "53.71.06": 47}, places=127
)
@settings(max_examples=25, deadline=None)
@given(
    counts=st.dictionaries(st.sampled_from([f"53.71.0{n}" for n in range(1, 7)]), st.integers(1, 60), min_size=1),
    places=st.integers(0, 200),
)
def test_quotas_agree_with_the_textbook(counts: dict[str, int], places: int) -> None:
    found = shares(counts, places)
    assert found == largest_remainder(counts, places)
    assert found == {quota.kecamatan_code: quota.places for quota in quotas_of(counts, places)}
    assert sum(found.values()) == min(places, sum(counts.values()))


def test_order_within_a_kecamatan() -> None:
    rows = rank(people({"53.71.01": 30, "53.71.02": 10}), 20, "SK/1/2025").order_by("kecamatan", "rank").to_pyarrow()
    by_area: dict[str, list[dict[str, object]]] = {}
    for row in rows.to_pylist():
        by_area.setdefault(row["kecamatan"], []).append(row)
    for area, quota in {"53.71.01": 15, "53.71.02": 5}.items():
        found = by_area[area]
        assert [row["rank"] for row in found] == list(range(1, len(found) + 1))
        draws = [hashlib.sha256(f"SK/1/2025{row['nik_matched']}".encode()).hexdigest() for row in found]
        assert [row["draw"] for row in found] == draws
        assert [(row["desil"], row["draw"]) for row in found] == sorted((r["desil"], r["draw"]) for r in found)
        assert Counter(row["chosen"] for row in found) == {True: quota, False: len(found) - quota}
        assert [row["waiting_place"] for row in found] == [None] * quota + list(range(1, len(found) - quota + 1))


def test_another_decree_draws_another_order() -> None:
    def order(decree: str) -> list[str]:
        niks: list[str] = (
            rank(people({"53.71.01": 12}), 3, decree).order_by("rank").to_pyarrow()["nik_matched"].to_pylist()
        )
        return niks

    assert order("SK/1") == order("SK/1") != order("SK/2")
