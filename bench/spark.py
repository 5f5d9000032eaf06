"""What Spark costs beside DuckDB on one machine, and what a person weighs: the constants of docs/scale.md."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import ibis
from law import TARGETS, people

from lopo.jobs.engine import Engine, open_engine
from lopo.jobs.synth import synthesize
from lopo.law import LAW
from lopo.targeting.batch.synth_lists import Wanted

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2025, 6, 1)
TIMES_SLOWER = 8.0
MEGABYTES = 4000
SMALL, LARGE = (3_000, 1_200), (200_000, 75_000)


def say(figure: str, value: float, unit: str, goal: float | None = None) -> None:
    """One figure; a constant without a goal is always ok, one with a goal should not be above it."""
    ok = goal is None or value <= goal
    told = {"bench": "spark", "figure": figure, "value": round(value, 2), "unit": unit, "goal": goal, "ok": ok}
    print(json.dumps(told), flush=True)


def law_seconds(engine: Engine, rows: int) -> tuple[float, tuple[int, ...]]:
    """Seconds for so many cases on mixed days, and the sums of the answers; a small run before warms the engine."""
    sums: tuple[int, ...] = ()
    for number in (1_000, rows):
        cases = engine.table(people(number).to_pyarrow())
        start = perf_counter()
        answers = LAW.compute_by_day(list(TARGETS), cases, "tanggal_kejadian")
        told = engine.rows(answers.aggregate(**{name: answers[name].sum().cast("int64") for name in TARGETS}))
        taken, sums = perf_counter() - start, tuple(told[name][0].as_py() for name in TARGETS)
    return taken, sums


def screen_seconds(city: Path, engine: str) -> tuple[float, float, bytes]:
    """Seconds and peak megabytes of the verb in a process of its own, and what it wrote."""
    out = city / f"{engine}.csv"
    command = [sys.executable, "-m", "lopo", "screen", str(city / "usulan"), "--registers", str(city / "acuan")]
    start = perf_counter()
    subprocess.run(
        [*command, "--on", DAY.isoformat(), "--out", str(out), "--engine", engine],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
    )  # fmt: skip
    taken = perf_counter() - start
    return taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, out.read_bytes()


def the_law(rows: int) -> None:
    with open_engine() as duckdb:
        plain, expected = law_seconds(duckdb, rows)
    with open_engine("spark", memory="4GB") as spark:
        slower, found = law_seconds(spark, rows)
    assert found == expected
    say("law, three targets, DuckDB", rows / plain, "rows/s")
    say("law, three targets, Spark with two threads", rows / slower, "rows/s")
    say("law, three targets, Spark", slower / plain, "times DuckDB", TIMES_SLOWER)


def screening(folder: Path, large: tuple[int, int]) -> None:
    taken: dict[tuple[str, int], float] = {}
    for number, rows in (SMALL, large):
        city = folder / str(number)
        synthesize(city, number, Wanted(rows, 1.0, 1, 0), DAY)
        seconds, megabytes, expected = screen_seconds(city, "duckdb")
        taken["duckdb", rows] = seconds
        if rows == large[1]:
            register = city / "acuan" / "dukcapil_keluarga.csv"
            say("a person in the population register", register.stat().st_size / number, "bytes csv")
            say("a person in the population register", parquet_bytes(register) / number, "bytes parquet")
            say(f"{rows} rows against {number} people, DuckDB, peak memory", megabytes, "MB", MEGABYTES)
        taken["spark", rows], _, found = screen_seconds(city, "spark")
        assert found == expected
    for engine in ("duckdb", "spark"):
        first, last = taken[engine, SMALL[1]], taken[engine, large[1]]
        say(f"screening, {engine}, start and plan", first, "s")
        say(f"screening, {engine}, each further row with its {large[0] / large[1]:.1f} people",
            (large[1] - SMALL[1]) / max(last - first, 0.001), "rows/s")  # fmt: skip
    say("screening, Spark", taken["spark", large[1]] / taken["duckdb", large[1]], "times DuckDB", TIMES_SLOWER)


def parquet_bytes(csv: Path) -> int:
    connection = ibis.duckdb.connect()
    path = csv.with_suffix(".parquet")
    connection.to_parquet(connection.read_csv(csv, all_varchar=True, header=True), path)
    return path.stat().st_size


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="do not start Spark")
    chosen.add_argument("--rows", type=int, default=3_000_000, help="cases for the law")
    chosen.add_argument("--people", type=int, default=LARGE[0], help="people of the larger city")
    given = chosen.parse_args()
    missing = "PySpark is not installed" if find_spec("pyspark") is None else ""
    if given.quick or missing:
        told = (
            "starting Spark takes longer than a quick bench may; tests/ compare its answers" if given.quick else missing
        )
        print(json.dumps({"bench": "spark", "skipped": told}))
        return
    the_law(given.rows)
    with tempfile.TemporaryDirectory() as folder:
        screening(Path(folder), (given.people, given.people * LARGE[1] // LARGE[0]))


if __name__ == "__main__":
    main()
