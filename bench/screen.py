"""How fast lists are read and screened, and with how much memory: the demo lists, a huge sheet, a whole province."""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from lopo.jobs.sheets import parse_list

ROOT = Path(__file__).resolve().parents[1]
LISTS, REGISTERS = ROOT / "demo" / "lists" / "usulan", ROOT / "demo" / "lists" / "acuan"
HEADER = "Nama,NIK,Tanggal Lahir,Pekerjaan,HP"
DAY = "2025-06-01"
PROVINCES = ("31", "32", "33", "34", "35", "36", "51", "52", "61", "62")  # one copy of the city in each


def say(figure: str, value: float, unit: str, goal: float, *, most: bool = True) -> None:
    ok = value <= goal if most else value >= goal
    print(
        json.dumps(
            {"bench": "screen", "figure": figure, "value": round(value, 2), "unit": unit, "goal": goal, "ok": ok}
        ),
        flush=True,
    )


def screened(lists: Path, registers: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of the verb in a process of its own, from start to file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "verdicts.csv"
        command = [sys.executable, "-m", "lopo", "screen", str(lists), "--registers", str(registers)]
        start = perf_counter()
        subprocess.run([*command, "--on", DAY, "--out", str(out)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        taken = perf_counter() - start
        assert out.stat().st_size > 0
    return taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


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
    quick = chosen.parse_args().quick
    seconds, megabytes = screened(LISTS, REGISTERS)
    say("56 demo lists, verb from start to file", seconds, "s", 20)
    say("56 demo lists, peak memory", megabytes, "MB", 1000)
    content = big_sheet(200_000)
    start = perf_counter()
    assert parse_list("besar.csv", content).count("calon") == 200_000
    say("a sheet of 200,000 rows read and understood", perf_counter() - start, "s", 10)
    if quick:
        return
    with tempfile.TemporaryDirectory() as folder:
        seconds, megabytes = screened(*province(Path(folder)))
    say("parish lists of ten cities against 780,000 register rows", seconds, "s", 60)
    say("parish lists of ten cities, peak memory", megabytes, "MB", 3000)


if __name__ == "__main__":
    main()
