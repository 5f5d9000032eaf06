"""The verb `lopo screen`: a folder of lists and a folder of registers in, one verdict for each candidate row out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
from pyarrow import csv as arrow_csv
from rich.console import Console
from rich.table import Table

from lopo import law
from lopo.basics.area import KOTA_KUPANG
from lopo.basics.refusal import Refused, Unavailable
from lopo.jobs.engine import Engine, open_engine, share_of_memory
from lopo.jobs.registers import open_registers
from lopo.jobs.sheets import each_list
from lopo.law.local import REASONS
from lopo.targeting.batch.candidates import SCHEMA, candidate_parts
from lopo.targeting.batch.lists import ParsedList, Problem, RowKind
from lopo.targeting.batch.screen import VERDICT_COLUMNS, ProgrammeRules, screen_known
from lopo.targeting.criteria import Criteria

OUT_COLUMNS = ("file", "sheet", "line", "nik_given", "nik_matched", "name", "verdict", "reasons", "same_as")
VERDICTS = ("diterima", "perlu_cek", "ditolak")


@dataclass(frozen=True)
class ReadList:
    """How a list was read: what its rows are, by kind, and its problems; the rows themselves are not held."""

    file: str
    readable: bool
    kinds: Counter[RowKind]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Screened:
    """What a run gives: how the lists were read, and the verdicts (VERDICT_COLUMNS) by file, sheet and line."""

    lists: tuple[ReadList, ...]
    verdicts: pa.Table


@dataclass(frozen=True)
class Written:
    """What a run to a file gives: how the lists were read, and how many rows have a verdict for the same reasons."""

    lists: tuple[ReadList, ...]
    counts: Counter[tuple[str, str]]


def city_programme(on: date) -> ProgrammeRules:
    """The city's own programme as the law of the day has it."""
    decided = law.decide("desil_program_kota", {}, on)
    return ProgrammeRules(Criteria(max_decile=decided.amount("desil_program_kota")), KOTA_KUPANG)


def screen_folder(lists: Path, registers: Path, on: date, engine: str = "duckdb") -> Screened:
    """Read and screen all lists under a folder, leaving out the registers where they lie within it.

    Raises Refused for an unknown engine, registers that are not whole, or a folder in which nothing can be read;
    Unavailable when a cluster fails.
    """
    with _screening(lists, registers, on, engine) as (opened, read, found):
        return Screened(read, opened.rows(found))


def screen_to_file(lists: Path, registers: Path, on: date, out: Path, engine: str = "duckdb") -> Written:
    """Screen as `screen_folder` does and write OUT_COLUMNS as csv, piece by piece: no run is too large to be held.

    The file appears whole or not at all.
    """
    with _screening(lists, registers, on, engine) as (opened, read, found):
        return Written(read, _write_verdicts(opened.batches(found.select(*OUT_COLUMNS)), out))


@contextmanager
def _screening(
    lists: Path, registers: Path, on: date, engine: str
) -> Iterator[tuple[Engine, tuple[ReadList, ...], ir.Table]]:
    """The open engine, how the lists were read, and the verdicts in the order of file, sheet and line."""
    with open_engine(engine, memory=share_of_memory()) as opened:
        read: list[ReadList] = []
        found = screen_known(  # what is handed over without a name here is let go of as soon as it is used up
            registers=open_registers(registers, opened),
            candidates=_candidates(opened, lists, registers, read),
            programme=city_programme(on),
            on=on,
            keep=opened.keep,
        ).verdicts
        yield opened, tuple(read), found.order_by("file", "sheet", "line")


def _candidates(opened: Engine, lists: Path, registers: Path, read: list[ReadList]) -> ir.Table:
    """The candidates of all lists; how each was read goes into `read`."""
    candidates = opened.stream(SCHEMA, candidate_parts(_noted(each_list(lists, leave_out=registers), read)))
    if not any(one.readable for one in read):
        problems = "; ".join(f"{p.file}: {p.sentence}" for one in read for p in one.problems)
        raise Refused("tidak_ada_daftar", f"Tidak ada daftar yang dapat dibaca di {lists}. {problems}".strip())
    return candidates


def _noted(lists: Iterable[ParsedList], read: list[ReadList]) -> Iterator[ParsedList]:
    """The lists as they pass by, with a note in `read` of what was in each."""
    for one in lists:
        kinds = Counter(row.kind for sheet in one.sheets for row in sheet.rows)
        read.append(ReadList(one.file, one.readable, kinds, one.problems))
        yield one


def _write_verdicts(batches: Iterable[pa.RecordBatch], out: Path) -> Counter[tuple[str, str]]:
    """Write verdicts as csv and count them by verdict and reasons."""
    counts: Counter[tuple[str, str]] = Counter()
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        options = arrow_csv.WriteOptions(quoting_style="needed", quoting_header="none")
        schema = pa.schema([(column, VERDICT_COLUMNS[column]) for column in OUT_COLUMNS])
        with os.fdopen(handle, "wb") as stream, arrow_csv.CSVWriter(stream, schema, write_options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)
                counts.update(zip(batch["verdict"].to_pylist(), batch["reasons"].to_pylist(), strict=True))
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return counts


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb; 0 when lists were screened, 2 when the call, the registers or all lists are refused."""
    chosen = _parser().parse_args(argv)
    complaints = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        screened = screen_to_file(chosen.lists, chosen.registers, chosen.on, chosen.out, chosen.engine)
    except (Refused, Unavailable, OSError) as problem:
        complaints.print(f"lopo screen: {problem}", style="red", markup=False)
        return 2
    for one in screened.lists:
        for found in one.problems:
            where = f"{found.file}{f' [{found.sheet}]' if found.sheet else ''}"
            complaints.print(f"{where}: {found.sentence} ({found.code})", markup=False)
    _show(screened, chosen.out, Console(highlight=False))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lopo screen", description="Menyaring daftar usulan tanpa basis data.")
    parser.add_argument("lists", type=_folder, metavar="LISTS_DIR", help="folder of xlsx and csv lists")
    parser.add_argument("--registers", type=_folder, required=True, metavar="DIR", help="folder of the six registers")
    parser.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY", help="day of registration")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="csv of verdicts to write")
    parser.add_argument("--engine", default="duckdb", help="duckdb (default), spark, or spark://host:port")
    return parser


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} bukan folder")
    return path


def _show(screened: Written, out: Path, console: Console) -> None:
    """Print how the rows add up, the verdicts, and the reasons."""
    kinds: Counter[RowKind] = sum((one.kinds for one in screened.lists), Counter())
    rows = Table("baris", "jumlah", title=f"{len(screened.lists)} berkas", title_justify="left")
    for kind, number in kinds.most_common():
        rows.add_row(kind, str(number))
    rows.add_section()
    rows.add_row("semua", str(kinds.total()))
    verdicts: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {verdict: Counter() for verdict in VERDICTS}
    for (verdict, codes), number in screened.counts.items():
        verdicts[verdict] += number
        reasons[verdict].update(dict.fromkeys(codes.split(), number))
    found = Table("putusan", "baris", title=f"{verdicts.total()} calon", title_justify="left")
    for verdict in VERDICTS:
        found.add_row(verdict, str(verdicts[verdict]))
    why = Table("alasan", *VERDICTS, title="alasan (satu baris dapat punya beberapa)", title_justify="left")
    for reason in REASONS:
        why.add_row(reason, *(str(reasons[verdict][reason]) for verdict in VERDICTS))
    for table in (rows, found, why):
        console.print(table)
    unread = [one for one in screened.lists if not one.readable]
    console.print(f"{len(unread)} berkas tidak terbaca; putusan tertulis di {out}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
