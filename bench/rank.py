"""How fast places are shared and a million candidates put in order: quotas by each rule, the rank of everybody."""

import argparse
import json
from time import perf_counter

import duckdb
import ibis

from lopo.targeting.batch.rank import rank
from lopo.targeting.quotas import Poor, Rule, quotas_of

LIMIT, QUICK_LIMIT = 10.0, 3.0
AREAS = 51
PLACES_OF = 3  # one place for so many candidates


def say(figure: str, value: float, goal: float, unit: str = "s") -> None:
    told = {"bench": "rank", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}
    print(json.dumps(told | {"ok": value <= goal}), flush=True)


def candidates(engine: duckdb.DuckDBPyConnection, many: int) -> None:
    """Accepted people of `AREAS` areas of very different size, each with its own number and a decile of 1 to 4."""
    engine.execute(
        f"""CREATE OR REPLACE TABLE accepted AS SELECT (5371000000000000 + i)::text AS nik_matched,
            '53.71.' || lpad((floor(sqrt(hash(i) % {AREAS * AREAS})))::int::text, 2, '0') AS kecamatan,
            (hash(i + 7) % 4 + 1)::int AS desil FROM range({many}) AS t(i)"""
    )


def ordered(engine: duckdb.DuckDBPyConnection, many: int) -> float:
    """Seconds to share out and order everybody, the result written."""
    candidates(engine, many)
    table = ibis.duckdb.from_connection(engine).table("accepted")
    start = perf_counter()
    query = ibis.to_sql(rank(table, many // PLACES_OF, "400.9/1/2025"), dialect="duckdb")
    engine.execute(f"CREATE OR REPLACE TABLE ranked AS {query}")
    taken = perf_counter() - start
    rows, chosen = engine.execute("SELECT count(*), count(*) FILTER (WHERE chosen) FROM ranked").fetchone() or (0, 0)
    assert (rows, chosen) == (many, many // PLACES_OF), "nobody is lost and each place is given once"
    return taken


def shared(engine: duckdb.DuckDBPyConnection, many: int) -> float:
    """Seconds to count the candidates of each area and share the places by all four rules."""
    start = perf_counter()
    found = engine.execute("SELECT kecamatan, count(*) FROM accepted GROUP BY 1").fetchall()
    counts = {str(code): int(number) for code, number in found}
    poor = Poor({code: number % 977 for code, number in counts.items()}, "bench")
    for rule in Rule:
        quotas = quotas_of(counts, many // PLACES_OF, rule, poor)
        assert sum(one.places for one in quotas) == many // PLACES_OF
    return perf_counter() - start


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="a tenth of the candidates; planning is most of it")
    many, limit = (100_000, QUICK_LIMIT) if chosen.parse_args().quick else (1_000_000, LIMIT)
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        each = ordered(engine, many)
        quotas = shared(engine, many)
        say(f"{many:,} candidates shared out by four rules and put in order", each + quotas, limit)
        half = ordered(engine, many // 2)
        say("time for all over twice the time for half of them", each / (2 * half), 1.5, "ratio")


if __name__ == "__main__":
    main()
