"""Files of many cases decided by the law: csv or parquet in, the same rows with their answers out, on DuckDB."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir

from lopo.basics.refusal import Refused
from lopo.jobs.engine import Engine, open_engine
from lopo.law.book import Fact
from lopo.law.engine import Law
from lopo.law.errors import MissingFact, NoLawYet, WrongType
from lopo.law.tables import FAULTS

CSV, PARQUET = ".csv", ".parquet"
TYPES = {int: "int64", bool: "boolean", date: "date", str: "string"}
_BAD = "_bukan_"


_DELIMITERS = ",;\t|"
_FIRST = 3
_ROW = "_baris"


@dataclass(frozen=True, slots=True)
class Computed:
    """How many rows were read and written, how many got an answer for every target, and the first that got none.

    unanswered: the number of the row (1 is the first below the head) and what `alasan_kosong` says of it.
    """

    rows: int
    answered: int
    unanswered: tuple[tuple[int, str], ...]


def compute_file(law: Law, targets: Sequence[str], day: str, source: Path, out: Path) -> Computed:
    """Write the file of cases with a column for each target, each row by the law of its own day in the column `day`.

    The column `alasan_kosong` says what is wrong with a row without answers: `fakta_kosong:x` (unknown),
    `fakta_di_luar_batas:x`, `jenis_fakta_salah:x` (what stands there is no such value), `belum_ada_hukum`. The rows
    keep their order. Raises Refused for a file that cannot be read or an ending other than csv and parquet, and what
    Law.compute_by_day raises. `out` appears whole or not at all.
    """
    targets = list(dict.fromkeys(targets))
    if out.suffix not in (CSV, PARQUET) or source.suffix not in (CSV, PARQUET):
        raise Refused("bentuk_tidak_dikenal", "Berkas harus berakhiran .csv atau .parquet.")
    with open_engine() as engine:
        rows = _numbered(engine, _read(engine, source))
        facts = [fact for fact in _asked(law, targets) if fact.name in rows.columns]
        typed, bad = _typed(rows, facts, day)
        answers = law.compute_by_day(list(targets), typed, day)
        kept = engine.keep(_judged(answers, targets, facts, bad).order_by(_ROW).drop(*bad.values()))
        _write(engine, kept.drop(_ROW), out)
        return _counted(kept, targets)


def _counted(kept: ir.Table, targets: Sequence[str]) -> Computed:
    empty: ir.BooleanValue = reduce(lambda one, other: one | other, [kept[name].isnull() for name in targets])
    without = kept.filter(empty).order_by(_ROW).limit(_FIRST).select(_ROW, FAULTS).to_pyarrow().to_pylist()
    rows, unanswered = int(kept.count().execute()), int(kept.filter(empty).count().execute())
    return Computed(rows, rows - unanswered, tuple((row[_ROW] + 1, row[FAULTS] or "") for row in without))


def _read(engine: Engine, source: Path) -> ir.Table:
    if not source.exists():
        raise Refused("berkas_tidak_ada", f"{source} tidak ada.")
    if source.suffix == CSV:
        return _own_names_free(_csv(engine, source))
    try:
        return _own_names_free(engine.backend.read_parquet(source))
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise Refused("berkas_tidak_terbaca", f"{source.name} bukan parquet yang dapat dibaca.") from error


def _csv(engine: Engine, source: Path) -> ir.Table:
    """The file as text columns. The head says what stands between cells, so that a row too short or long is named."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
        between = max(_DELIMITERS, key=head.count)
        names = next(csv.reader([head], delimiter=between), [])
        if not names or len(set(names)) < len(names):
            raise Refused(
                "kepala_tabel_salah", f"Baris pertama {source.name} harus memuat nama kolom, masing-masing satu."
            )
        layout = {"header": True, "delim": between, "quote": '"', "escape": '"', "auto_detect": False}
        return engine.keep(engine.backend.read_csv(source, columns=dict.fromkeys(names, "VARCHAR"), **layout))
    except UnicodeDecodeError as error:
        raise Refused("berkas_tidak_terbaca", f"{source.name} bukan teks UTF-8.") from error
    except csv.Error as error:
        raise Refused("berkas_tidak_terbaca", f"{source.name} tidak dapat dibaca: {error}") from error
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException) as error:
        said = " ".join(str(error).split("Possible fixes", maxsplit=1)[0].split())
        raise Refused("berkas_tidak_terbaca", f"{source.name} tidak dapat dibaca: {said}") from error


def _own_names_free(rows: ir.Table) -> ir.Table:
    """The rows as they are; Refused when a column has a name that is used on the way and would be lost."""
    taken = [name for name in rows.columns if name == _ROW or name.startswith(_BAD)]
    if taken:
        raise Refused("nama_kolom_terpakai", f"Kolom {', '.join(taken)} harus diberi nama lain.")
    return rows


def _numbered(engine: Engine, rows: ir.Table) -> ir.Table:
    return engine.keep(rows.mutate(**{_ROW: ibis.row_number()}))


def _asked(law: Law, targets: Sequence[str]) -> list[Fact]:
    """The facts of every edition in which the targets stand."""
    laws = [edition for edition in law.laws if all(name in edition.rules for name in targets)]
    found = {fact.name: fact for edition in laws for fact in edition.plan(tuple(targets)).facts}
    return list(found.values())


def _typed(rows: ir.Table, facts: Sequence[Fact], day: str) -> tuple[ir.Table, dict[str, str]]:
    """The rows with text read as the kinds of their facts; and for each such column one that says where it is none.

    An empty text is unknown. Columns that already have a type (parquet) stay as they are.
    """
    kinds = {fact.name: fact.kind for fact in facts} | {day: date}
    texts = [name for name in kinds if name in rows.columns and rows.schema()[name].is_string()]
    said = {name: rows[name].strip().nullif("") for name in texts}
    values = {name: said[name] if kinds[name] is str else said[name].try_cast(TYPES[kinds[name]]) for name in texts}
    bad = {name: f"{_BAD}{name}" for name in texts}
    wrong = {bad[name]: said[name].notnull() & values[name].isnull() for name in texts}
    return rows.mutate(**wrong).mutate(**values), bad


def _judged(answers: ir.Table, targets: Sequence[str], facts: Sequence[Fact], bad: dict[str, str]) -> ir.Table:
    """Rows in which something is no value of its kind get no answer, and the fault says which."""
    if not bad:
        return answers
    wrong: ir.BooleanValue = reduce(lambda one, other: one | other, [answers[name] for name in bad.values()])
    faults = ibis.literal(" ").concat(answers[FAULTS].fill_null("").replace(" ", "  "), " ")
    for fact in facts:
        if fact.name in bad:
            told = faults.replace(f" {MissingFact.code}:{fact.name} ", " ").concat(f" {WrongType.code}:{fact.name} ")
            faults = ibis.ifelse(answers[bad[fact.name]], told, faults)
    for name in bad.keys() - {fact.name for fact in facts}:
        told = faults.replace(f" {NoLawYet.code} ", " ").concat(f" {WrongType.code}:{name} ")
        faults = ibis.ifelse(answers[bad[name]], told, faults)
    clean = faults.re_replace(" +", " ").strip().nullif("")
    empty = {name: ibis.ifelse(wrong, ibis.null(answers[name].type()), answers[name]) for name in targets}
    return answers.mutate(**empty, **{FAULTS: clean})


def _write(engine: Engine, rows: ir.Table, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        written = Path(folder) / out.name
        if out.suffix == CSV:
            engine.backend.to_csv(rows, written)
        else:
            engine.backend.to_parquet(rows, written)
        written.replace(out)
