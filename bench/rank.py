"""How fast places are shared and a million candidates put in order: quotas by each rule, decile, criteria and hash."""

import argparse
import json
from datetime import date
from time import perf_counter

import duckdb
import ibis

from lopo.targeting.batch.rank import ORDERS_BY, rank, with_family
from lopo.targeting.batch.registers import Checked, with_decreed
from lopo.targeting.quotas import Poor, Rule, quotas_of

LIMIT, QUICK_LIMIT = 10.0, 3.0
AREAS = 51
PLACES_OF = 3  # one place for so many candidates
DAY = date(2025, 6, 1)


def say(figure: str, value: float, goal: float, unit: str = "s") -> None:
    told = {"bench": "rank", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}
    print(json.dumps(told | {"ok": value <= goal}), flush=True)


def candidates(engine: duckdb.DuckDBPyConnection, many: int) -> None:
    """Accepted people of `AREAS` areas of very different size, each with its own number and a decile of 1 to 4."""
    engine.execute(
        f"""CREATE OR REPLACE TABLE accepted AS SELECT (5371000000000000 + i)::text AS nik_matched,
            '53.71.' || lpad((floor(sqrt(hash(i) % {AREAS * AREAS})))::int::text, 2, '0') AS kecamatan,
            (hash(i + 7) % 4 + 1)::int AS desil, CASE WHEN hash(i + 8) % 3 = 0 THEN 'P' ELSE 'L' END AS sex,
            date '1960-01-01' + (hash(i + 9) % 15000)::int AS born,
            (5371010000000000 + i // 3)::text AS no_kk FROM range({many}) AS t(i)"""
    )
    engine.execute(
        f"""CREATE OR REPLACE TABLE residents AS SELECT nik_matched AS nik, no_kk, born,
            CASE WHEN hash(nik_matched) % 2 = 0 THEN 'KEPALA KELUARGA' ELSE 'ISTRI' END AS relation FROM accepted
            UNION ALL SELECT (7371000000000000 + i)::text, (5371010000000000 + i // 5)::text,
            date '2000-01-01' + (hash(i + 11) % 9000)::int, 'ANAK' FROM range({many}) AS t(i)"""
    )


def ordered(engine: duckdb.DuckDBPyConnection, many: int, ranking: tuple[str, ...] = ()) -> float:
    """Seconds to share out and order everybody, the result written; with criteria, by the families of a register."""
    candidates(engine, many)
    tables = ibis.duckdb.from_connection(engine)
    table = tables.table("accepted")
    start = perf_counter()
    if ranking:
        table = with_family(table, tables.table("residents"), DAY)
    query = ibis.to_sql(rank(table, many // PLACES_OF, "400.9/1/2025", ranking), dialect="duckdb")
    engine.execute(f"CREATE OR REPLACE TABLE ranked AS {query}")
    taken = perf_counter() - start
    rows, chosen = engine.execute("SELECT count(*), count(*) FILTER (WHERE chosen) FROM ranked").fetchone() or (0, 0)
    assert (rows, chosen) == (many, many // PLACES_OF), "nobody is lost and each place is given once"
    return taken


def beside_decrees(engine: duckdb.DuckDBPyConnection, many: int) -> float:
    """Seconds to lay the decrees of other programmes, which name a third of all, beside what registers say of each."""
    engine.execute(
        """CREATE OR REPLACE TABLE facts AS SELECT nik_matched AS nik, desil, NULL::bigint AS bulan_program_bebas
             FROM accepted"""
    )
    engine.execute(
        """CREATE OR REPLACE TABLE named AS SELECT nik_matched AS nik, (hash(nik_matched) % 13)::bigint AS free_months
             FROM accepted WHERE hash(nik_matched) % 3 = 0"""
    )
    tables = ibis.duckdb.from_connection(engine)
    facts = tables.table("facts")
    start = perf_counter()
    query = ibis.to_sql(with_decreed(Checked(facts, facts), tables.table("named")).facts, dialect="duckdb")
    engine.execute(f"CREATE OR REPLACE TABLE beside AS {query}")
    taken = perf_counter() - start
    counted = "SELECT (SELECT count(*) FROM beside), (SELECT count(bulan_program_bebas) FROM beside)"
    named = engine.execute("SELECT count(*) FROM named").fetchone() or (0,)
    assert engine.execute(counted).fetchone() == (many, named[0]), "each stands there once, with what was decreed"
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
        stated = ordered(engine, many, tuple(ORDERS_BY))
        say(f"the same order with {len(ORDERS_BY)} further criteria, families found in a register", stated, limit)
        say("the same after decrees of other programmes", stated + beside_decrees(engine, many), limit)
        half = ordered(engine, many // 2)
        say("time for all over twice the time for half of them", each / (2 * half), 1.5, "ratio")


if __name__ == "__main__":
    main()
