"""How fast the law decides: one case with its whole trace, a full accident, and a table of a million rows."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import ibis
import ibis.expr.types as ir

from lopo.law import compute, decide
from lopo.law.cases import CoverFacts, Injury, Invoice, JkkAccidentFacts, JkkFacts, JkmFacts, Trip

DAY = date(2025, 10, 20)
COVER = CoverFacts(nomor_terbit=True, bulan_kepesertaan=4, bulan_menunggak=0, tunggakan_lunas=True)
TARGETS = ("iuran_per_bulan", "jkm_total", "jkk_meninggal_total")


def say(figure: str, value: float, unit: str, goal: float, *, most: bool = True) -> None:
    ok = value <= goal if most else value >= goal
    print(
        json.dumps({"bench": "law", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal, "ok": ok})
    )


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, after a warm one."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken) * 1000


def one_death() -> object:
    return decide("jkm_total", JkmFacts(COVER, kecelakaan_kerja=False).facts(), DAY)


def one_death_as_json() -> object:
    return decide("jkm_total", JkmFacts(COVER, kecelakaan_kerja=False).facts(), DAY).to_json()


def one_accident() -> object:
    accident = JkkAccidentFacts(
        event=JkkFacts(COVER, True, 1_000_000, DAY, DAY),
        closed_by_doctor=True,
        incapacity_days=45,
        injuries=tuple(
            Injury(part, 1, left_handed=False) for part in ("telunjuk_kanan", "ibu_jari_kaki", "daya_penciuman")
        ),
        trips=(Trip("laut", 350_000), Trip("darat", 100_000)),
        invoices=tuple(Invoice(amount * 1_000_000, belongs=True) for amount in range(1, 6)),
    )
    return decide("jkk_kecelakaan_total", accident.gathered(DAY).facts, DAY)


def people(rows: int) -> ir.Table:
    """A table of so many made-up cases inside DuckDB."""
    connection = ibis.duckdb.connect()
    connection.con.execute("set threads = 2")
    connection.raw_sql(
        f"""create table kasus as select
            range as id, (range * 7919 % 3000000)::bigint as penghasilan, range % 50 <> 0 as nomor_terbit,
            (range * 31 % 24)::bigint as bulan_kepesertaan, (range * 17 % 6)::bigint as bulan_menunggak,
            range % 3 = 0 as tunggakan_lunas, range % 9 = 0 as kecelakaan_kerja,
            date '2025-01-01' + (range % 365)::int as tanggal_kejadian,
            date '2025-06-01' + (range % 2000)::int as tanggal_klaim
        from range({rows})"""
    )
    return connection.table("kasus")


def many(rows: int) -> float:
    """Seconds for three targets over so many rows, summed so that every answer is worked out."""
    table = people(rows)
    summed(table.limit(1000))
    start = perf_counter()
    totals = summed(table)
    taken = perf_counter() - start
    assert all(total > 0 for total in totals.values())
    return taken


def summed(table: ir.Table) -> dict[str, int]:
    answers = compute(TARGETS, table, DAY)
    rows: list[dict[str, int]] = (
        answers.aggregate(**{name: answers[name].sum() for name in TARGETS}).to_pyarrow().to_pylist()
    )
    return rows[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller numbers, under a minute")
    quick = parser.parse_args().quick
    times, rows = (500, 1_000_000) if quick else (5_000, 10_000_000)
    say("one decision with its trace", milliseconds(one_death, times), "ms", 1.0)
    say("one decision with its trace, as JSON", milliseconds(one_death_as_json, times), "ms", 1.0)
    say("a full accident: 3 injuries, 5 invoices, 2 trips", milliseconds(one_accident, times), "ms", 1.0)
    say(f"three targets over {rows} rows", rows / many(rows), "rows/s", 1_000_000, most=False)


if __name__ == "__main__":
    main()
