"""The verb `lopo synth`: an invented city written as registers, dirty lists and the truth, for tests and benches."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv
from rich.console import Console

from lopo.basics.refusal import Refused
from lopo.people.batch.synth_city import invent_city
from lopo.people.batch.synth_registers import invent_fates, registers
from lopo.targeting.batch.synth_lists import Wanted, propose

LARGEST_PART = 1_000_000
MOST_PARTS = 100
DAY = date(2025, 6, 1)


def synthesize(folder: Path, people: int, wanted: Wanted, on: date) -> tuple[int, int]:
    """Write `acuan/*.csv`, `usulan/**/*.csv` and `truth.csv` below a folder that is empty or absent.

    Gives how many people and rows were written. Beyond a million people the city is written in parts, one after the
    other, so that memory does not grow. Raises Refused for a folder with something in it, or numbers out of range.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("map_tidak_kosong", f"Map {folder} tidak kosong; hasil lama tidak ditimpa.")
    parts = -(-people // LARGEST_PART)
    if not 0 < parts <= MOST_PARTS or not 0 < wanted.rows <= people or wanted.dirt < 0:
        raise Refused("jumlah_tidak_masuk_akal", "Penduduk 1 sampai 100 juta, baris tidak lebih dari penduduk.")
    made = [_part(folder, people // parts, Wanted(wanted.rows // parts, wanted.dirt, wanted.seed, part), on)
            for part in range(parts)]  # fmt: skip
    return sum(count for count, _rows in made), sum(rows for _count, rows in made)


def _part(folder: Path, people: int, wanted: Wanted, on: date) -> tuple[int, int]:
    city = invent_city(people, wanted.seed, wanted.part, on)
    fates = invent_fates(city, wanted.seed, wanted.part, on)
    for name, table in registers(city, fates, wanted.seed, wanted.part, on).items():
        _write(table, folder / "acuan" / f"{name}.csv")
    proposed = propose(city, fates, wanted, on)
    for path, table in proposed.lists.items():
        _write(table, folder / "usulan" / f"{path}.csv")
    _write(proposed.truth, folder / "truth.csv")
    return len(city.nik), proposed.truth.num_rows


def _write(table: pa.Table, path: Path) -> None:
    """Write a table as csv, or add its rows to a file that is there."""
    there = path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    options = arrow_csv.WriteOptions(include_header=not there, quoting_style="needed")
    with path.open("ab") as stream:
        arrow_csv.write_csv(table, stream, options)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb; 0 when the city was written, 2 when the call is refused."""
    chosen = _parser().parse_args(argv)
    try:
        wanted = Wanted(chosen.rows, chosen.dirt, chosen.seed, 0)
        people, rows = synthesize(chosen.out, chosen.people, wanted, chosen.on)
    except (Refused, OSError) as problem:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"lopo synth: {problem}", style="red", markup=False)
        return 2
    Console(highlight=False).print(f"{people} orang dan {rows} baris usulan tertulis di {chosen.out}", markup=False)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lopo synth", description="Membuat kota rekaan dengan daftar dan kebenaran.")
    parser.add_argument("--people", type=int, required=True, metavar="N", help="people of the city, up to 100 million")
    parser.add_argument("--rows", type=int, required=True, metavar="R", help="proposed rows, at most as many as people")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same city (1)")
    parser.add_argument("--dirt", type=float, default=1.0, metavar="D", help="1 is as dirty as the demo lists, 0 clean")
    parser.add_argument("--on", type=date.fromisoformat, default=DAY, metavar="DAY", help=f"day of the lists ({DAY})")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write, empty or absent")
    return parser


if __name__ == "__main__":
    sys.exit(main())
