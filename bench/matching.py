"""How often the screening is wrong, held against the truth of an invented city that `lopo synth` writes."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import duckdb

ROOT = Path(__file__).resolve().parents[1]
DAY = "2025-06-01"


@dataclass(frozen=True)
class Bench:
    """A city to measure on; `within` is the seconds that screening it may take, `memory` the megabytes."""

    people: int
    rows: int
    seed: int
    dirt: float
    within: float
    memory: float

    @property
    def name(self) -> str:
        """What the figures of this city are called."""
        return f"{self.rows} rows of {self.people} people, dirt {self.dirt:g}"


QUICK = Bench(people=20_000, rows=6_000, seed=1, dirt=1.0, within=30, memory=1000)
CITY = Bench(people=230_000, rows=75_000, seed=1, dirt=1.0, within=60, memory=2500)
DIRTY = Bench(people=230_000, rows=75_000, seed=2, dirt=2.5, within=60, memory=2500)
LARGE = Bench(people=1_000_000, rows=1_000_000, seed=3, dirt=1.0, within=120, memory=4000)

COUNTS = """
with rows as (select v.verdict, coalesce(v.reasons, '') as reasons, coalesce(v.nik_matched, '') as nik_matched,
                     t.nik_true, t.should_be
              from read_csv('{verdicts}', all_varchar = true) v
              join read_csv('{truth}', all_varchar = true) t
                on v.file = t.file and v.line = t.line and coalesce(v.sheet, '') = coalesce(t.sheet, '')),
     rights as (select bool_or(verdict <> 'ditolak') as seen, count(*) filter (verdict = 'diterima') as times
                from rows where should_be = 'diterima' group by nik_true)
select count(*) as rows,
       count(*) filter (nik_matched <> '') as settled,
       count(*) filter (nik_matched <> '' and nik_matched <> nik_true) as wrong_sure,
       count(*) filter (verdict = 'diterima') as accepted,
       count(*) filter (verdict = 'diterima' and (should_be <> 'diterima' or nik_matched <> nik_true))
         + (select coalesce(sum(times - 1) filter (times > 1), 0) from rights) as wrong_accepted,
       count(*) filter (verdict = 'perlu_cek') as desk,
       count(*) filter (verdict = 'perlu_cek' and contains(reasons, 'tidak_ditemukan')) as doubtful,
       (select count(*) from rights) as rights,
       (select count(*) from rights where not seen) as lost
from rows
"""


def say(city: Bench, figure: str, value: float, unit: str, goal: float) -> None:
    figure = f"{city.name}: {figure}"
    line = {"bench": "matching", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}
    print(json.dumps({**line, "ok": value <= goal}), flush=True)


def made(city: Bench, folder: Path) -> float:
    """Seconds to write the city."""
    numbers = {"--people": city.people, "--rows": city.rows, "--seed": city.seed, "--dirt": city.dirt}
    words = [str(part) for pair in numbers.items() for part in pair]
    start = perf_counter()
    run("synth", *words, "--on", DAY, "--out", str(folder))
    return perf_counter() - start


def run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "lopo", *words], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def counted(verdicts: Path, truth: Path) -> dict[str, int]:
    with duckdb.connect(config={"threads": 2}) as connection:
        answer = connection.sql(COUNTS.format(verdicts=verdicts, truth=truth))
        [row] = answer.fetchall()
        return dict(zip(answer.columns, row, strict=True))


def measure(city: Bench) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, verdicts = Path(place) / "kota", Path(place) / "putusan.csv"
        say(city, "invented city written", made(city, folder), "s", max(10.0, city.people / 20_000))
        start = perf_counter()
        run("screen", str(folder / "usulan"), "--registers", str(folder / "acuan"), "--on", DAY, "--out", str(verdicts))
        taken = perf_counter() - start
        found = counted(verdicts, folder / "truth.csv")
    assert found["rows"] == city.rows, found
    say(city, "wrong sure matches of 10,000 settled rows", found["wrong_sure"] * 10_000 / found["settled"], "rows", 1)
    say(city, "wrong acceptances of 5,000", found["wrong_accepted"] * 5_000 / found["accepted"], "rows", 1)
    say(city, "persons with a right neither accepted nor on the desk", found["lost"] * 100 / found["rights"], "%", 0.05)
    say(city, "rows on the desk", found["desk"] * 100 / found["rows"], "%", 2)
    say(city, "rows on the desk because nobody is settled", found["doubtful"] * 100 / found["rows"], "%", 2)
    say(city, "screening from files to verdicts", taken, "s", city.within)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(city, "peak memory until now", peak, "MB", city.memory)


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="a small city only")
    chosen.add_argument(
        "--large", action="store_true", help="also a million rows against a million people (some minutes)"
    )
    options = chosen.parse_args()
    cities = [QUICK] if options.quick else [QUICK, CITY, DIRTY, *([LARGE] if options.large else [])]
    for city in cities:
        measure(city)


if __name__ == "__main__":
    main()
