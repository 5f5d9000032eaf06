"""How fast lists are read and screened, and with how much memory: the demo lists, a huge sheet, a whole province.

`--beside` holds the verb against the bare Splink and DuckDB calls, at a hundred thousand rows, where start and cleaning
weigh most, and at the million that the goals speak of; `--linear` holds ten million against a million. The memory of
the screening is a third of the machine, so `--linear` asks for 24 GB and a machine that does nothing else.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from lopo.jobs.sheets import parse_list

ROOT = Path(__file__).resolve().parents[1]
LISTS, REGISTERS = ROOT / "demo" / "lists" / "usulan", ROOT / "demo" / "lists" / "acuan"
HEADER = "Nama,NIK,Tanggal Lahir,Pekerjaan,HP"
BARE = ROOT / "bench" / "bare" / "screening.py"
DAY = "2025-06-01"
BESIDE = (100_000, 1_000_000)
PROVINCES = ("31", "32", "33", "34", "35", "36", "51", "52", "61", "62")  # one copy of the city in each


def say(figure: str, value: float, unit: str, goal: float, *, most: bool = True) -> None:
    ok = value <= goal if most else value >= goal
    print(
        json.dumps(
            {
                "bench": "screen",
                "figure": figure,
                "value": round(value, 2),
                "unit": unit,
                "goal": round(goal, 1),
                "ok": ok,
            }
        ),
        flush=True,
    )


@dataclass(frozen=True)
class Taken:
    """What a process took: seconds by the clock and of the processors, and its peak of megabytes."""

    seconds: float
    processor: float
    megabytes: float


def run(*command: str) -> Taken:
    """Run a program of Python to its end."""
    start = perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, cwd=ROOT)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Taken(perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def screened(lists: Path, registers: Path) -> Taken:
    """What the verb takes in a process of its own, from start to file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "verdicts.csv"
        taken = run("-m", "lopo", "screen", str(lists), "--registers", str(registers), "--on", DAY, "--out", str(out))
        assert out.stat().st_size > 0
    return taken


def invented(folder: Path, people: int, rows: int) -> Path:
    """An invented city below the folder; one that is there from an earlier run is taken as it is."""
    city = folder / f"{rows}_of_{people}"
    if not (city / "written").exists():
        run("-m", "lopo", "synth", "--people", str(people), "--rows", str(rows), "--seed", "3", "--out", str(city))
        (city / "written").touch()
    return city


def told(taken: Taken, what: str, seconds: float, megabytes: float) -> None:
    say(f"{what}, from files to verdicts", taken.seconds, "s", seconds)
    say(f"{what}, peak memory", taken.megabytes, "MB", megabytes)


def beside(folder: Path, people: int, rows: int) -> None:
    """The whole verb (files, cleaning, reasons, file) beside bare calls that find clean columns."""
    city = invented(folder, people, rows)
    ours = screened(city / "usulan", city / "acuan")
    told(ours, f"{rows:,} rows against {people:,} people", 120, 4000)
    with tempfile.TemporaryDirectory(dir=folder) as clean:
        run(str(BARE), "prepare", clean, str(city / "usulan"), str(city / "acuan"), DAY)
        bare = run(str(BARE), "run", clean)
    what = f"{rows:,} rows against {people:,} people beside the bare Splink and DuckDB calls on clean columns"
    say(f"{what}: processor time", ours.processor / bare.processor, "times", 1.3)
    say(f"{what}: by the clock", ours.seconds / bare.seconds, "times", 1.3)


def linear(folder: Path, people: int, rows: int) -> None:
    """So many against so many, beside a tenth of both in the same run."""
    cities = [invented(folder, people // part, rows // part) for part in (10, 1)]
    tenth, whole = (screened(city / "usulan", city / "acuan") for city in cities)
    told(tenth, f"{rows // 10:,} rows against {people // 10:,} people", 120, 4000)
    told(whole, f"{rows:,} rows against {people:,} people", 10 * tenth.seconds, 16_000)
    what = f"{rows:,} rows against {people:,} people over ten times a tenth of it"
    say(f"{what}: by the clock", whole.seconds / (10 * tenth.seconds), "times", 1)
    say(f"{what}: processor time", whole.processor / (10 * tenth.processor), "times", 1)


def big_sheet(rows: int) -> bytes:
    lines = (f"Obed Koi,53140221090{n % 100_000:05},21/9/2005,Tukang batu,085359267414" for n in range(rows))
    return "\n".join([HEADER, *lines]).encode()


def copies_of(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """The header and the rows of a register, each copy with the numbers of another province."""
    with path.open(newline="") as stream:
        rows = list(csv.reader(stream))
    places = [rows[0].index(column) for column in columns if column in rows[0]]
    yield rows[0]
    for province_code in PROVINCES:
        for row in rows[1:]:
            yield [f"{province_code}{c[2:]}" if at in places and len(c) == 16 else c for at, c in enumerate(row)]


def province(folder: Path) -> tuple[Path, Path]:
    """Ten cities: registers and lists copied with the province digits of all numbers changed."""
    registers, lists = folder / "acuan", folder / "usulan"
    registers.mkdir()
    lists.mkdir()
    for path in REGISTERS.glob("*.csv"):
        with (registers / path.name).open("w", newline="") as stream:
            csv.writer(stream).writerows(copies_of(path, ("nik", "no_kk")))
    for path in LISTS.rglob("*.csv"):
        with (lists / path.name).open("w", newline="") as stream:
            text = path.read_text(encoding="utf-8-sig").replace(";", ",")
            rows = list(csv.reader(text.splitlines()))
            for province_code in PROVINCES:
                numbered = [[f"{province_code}{c[2:]}" if len(c) == 16 else c for c in row] for row in rows[1:]]
                csv.writer(stream).writerows(([rows[0]] if province_code == PROVINCES[0] else []) + numbered)
    return lists, registers


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="only the demo lists and the huge sheet")
    chosen.add_argument("--beside", action="store_true", help="only the screening beside the bare calls (minutes)")
    chosen.add_argument("--linear", action="store_true", help="only so many rows beside a tenth of them (many minutes)")
    chosen.add_argument("--rows", type=int, help="rows: else 100,000 and 1,000,000 beside the bare calls, 10,000,000")
    chosen.add_argument("--register", type=int, help="people in the register; as many as rows")
    chosen.add_argument("--folder", type=Path, help="where invented cities are kept from run to run")
    call = chosen.parse_args()
    if not (call.beside or call.linear):
        ordinary(quick=call.quick)
    with tempfile.TemporaryDirectory() as scratch:
        folder = (call.folder or Path(scratch)).resolve()
        if call.beside:
            for rows in (call.rows,) if call.rows else BESIDE:
                beside(folder, call.register or rows, rows)
        if call.linear:
            rows = call.rows or 10_000_000
            linear(folder, call.register or rows, rows)


def ordinary(quick: bool) -> None:
    """The demo lists and a huge sheet; with a whole province when there is time."""
    told(screened(LISTS, REGISTERS), "56 demo lists", 20, 1000)
    content = big_sheet(200_000)
    start = perf_counter()
    assert parse_list("besar.csv", content).count("calon") == 200_000
    say("a sheet of 200,000 rows read and understood", perf_counter() - start, "s", 10)
    if quick:
        return
    with tempfile.TemporaryDirectory() as folder:
        taken = screened(*province(Path(folder)))
    told(taken, "parish lists of ten cities against 780,000 register rows", 60, 3000)


if __name__ == "__main__":
    main()
