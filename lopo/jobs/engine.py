"""Opening the engine that batches run on: DuckDB in this process, or Spark; what is not known is a clear error."""

from __future__ import annotations

import gc
import os
import re
import tempfile
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path

import duckdb
import ibis
import ibis.backends.duckdb  # half a second that is better spent when a worker starts than in a screening
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.dataset  # as well: DuckDB asks for it at its first table

from lopo.basics.refusal import Refused

ENGINES = ("duckdb", "spark", "spark://host:port")
_INCOMING = "_masuk"
_PIECE = 100_000  # rows that leave DuckDB at a time
_SELDOM = 50_000  # new objects between two sweeps: expressions are many small objects, and few are ever in circles
_CLUSTER = re.compile(r"spark://[A-Za-z0-9.-]+:[0-9]{1,5}")


class Engine(ABC):
    """An open engine: takes tables in, keeps steps, reads csv files, gives rows out; close it with `with`."""

    def __init__(self, name: str, backend: ibis.BaseBackend) -> None:
        self.name = name
        self.backend = backend
        self._steps = count()
        self._sweeps = gc.get_threshold()

    def table(self, rows: pa.Table) -> ir.Table:
        """The rows as a table of the engine."""
        return self.stream(rows.schema, (rows,))

    def stream(self, schema: pa.Schema, parts: Iterable[pa.Table]) -> ir.Table:
        """The rows of all parts as one table of the engine; no more than one part is held at a time."""
        return self._taken_in(f"masuk_{next(self._steps)}", schema, parts)

    def keep(self, table: ir.Table) -> ir.Table:
        """The table worked out now and stored, for the steps that build on it."""
        return self._kept(f"langkah_{next(self._steps)}", table)

    def rows(self, table: ir.Table) -> pa.Table:
        """The table worked out now, out of the engine."""
        return table.to_pyarrow()

    def batches(self, table: ir.Table) -> Iterator[pa.RecordBatch]:
        """The table worked out now, out of the engine piece by piece, in its order."""
        yield from self.rows(table).to_batches()

    def csv(self, path: Path, wanted: Iterable[str] = ()) -> ir.Table:
        """A csv file with a header as a table whose columns are all text; the same on every engine.

        Columns are named in small letters without spaces around. Of the `wanted` those are kept that are there, all
        when nothing is said. Raises Refused when the file is missing or is no csv.
        """
        try:
            return self._read(path, frozenset(wanted))
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException) as error:
            first = str(error).splitlines()[0]
            raise Refused("register_tidak_terbaca", f"{path.name} tidak dapat dibaca: {first}") from error

    @abstractmethod
    def _taken_in(self, name: str, schema: pa.Schema, parts: Iterable[pa.Table]) -> ir.Table: ...

    @abstractmethod
    def _kept(self, name: str, table: ir.Table) -> ir.Table: ...

    @abstractmethod
    def _read(self, path: Path, wanted: frozenset[str]) -> ir.Table: ...

    def close(self) -> None:
        """Give back what the engine holds."""
        self.backend.disconnect()

    def __enter__(self) -> Engine:
        """Open it, and sweep memory seldom until it is closed: a fifth of a small run would go into that."""
        self._sweeps = gc.get_threshold()
        gc.set_threshold(_SELDOM, *self._sweeps[1:])
        return self

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self._sweeps)
        self.close()


class DuckEngine(Engine):
    """DuckDB in this process: the default, from one list to a province.

    What does not fit into memory goes to a folder of its own: two processes in one folder would read one another's. A
    table that no expression speaks of any more is dropped before the next step: it would only be written to disk.
    """

    def __init__(self, threads: int, memory: str) -> None:
        self._spilled = tempfile.TemporaryDirectory(prefix="lopo-duckdb-", ignore_cleanup_errors=True)
        settings = {
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": self._spilled.name,
            "preserve_insertion_order": False,  # who wants an order asks for it; keeping one holds back whole tables
        }
        super().__init__("duckdb", ibis.duckdb.connect(**settings))
        self._forgotten: list[str] = []

    def rows(self, table: ir.Table) -> pa.Table:
        """The table worked out now, out of the engine."""
        self._drop_forgotten()
        return super().rows(table)

    def batches(self, table: ir.Table) -> Iterator[pa.RecordBatch]:
        """The table worked out now, out of the engine piece by piece, in its order."""
        self._drop_forgotten()
        yield from self.backend.to_pyarrow_batches(table, chunk_size=_PIECE)

    def close(self) -> None:
        """Give back what the engine holds, with the folder."""
        super().close()
        self._spilled.cleanup()

    def _taken_in(self, name: str, schema: pa.Schema, parts: Iterable[pa.Table]) -> ir.Table:
        self.backend.create_table(name, schema=ibis.Schema.from_pyarrow(schema), temp=True)
        for part in parts:
            self.backend.con.register(_INCOMING, part)  # Ibis would hold every part until the engine is closed
            self.backend.raw_sql(f'insert into "{name}" by name from {_INCOMING}')
            self.backend.con.unregister(_INCOMING)
        return self._until_forgotten(name, self.backend.table(name))

    def _kept(self, name: str, table: ir.Table) -> ir.Table:
        self._drop_forgotten()
        with _steps_apart():
            return self._until_forgotten(name, self.backend.create_table(name, table, temp=True))

    def _read(self, path: Path, wanted: frozenset[str]) -> ir.Table:
        return self.keep(chosen(self.backend.read_csv(path, all_varchar=True, header=True), wanted))

    def _until_forgotten(self, name: str, table: ir.Table) -> ir.Table:
        """The table, noted to be dropped once nothing speaks of it; not at once, for another query may be under way."""
        weakref.finalize(table.op(), self._forgotten.append, name).atexit = False
        return table

    def _drop_forgotten(self) -> None:
        while self._forgotten:
            self.backend.drop_table(self._forgotten.pop(), force=True)


@contextmanager
def _steps_apart() -> Iterator[None]:
    """Let Ibis write each step as a SELECT of its own: DuckDB joins them in no time, Ibis takes a second for it."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


def chosen(table: ir.Table, wanted: frozenset[str]) -> ir.Table:
    """The columns under their plain names, only the wanted ones where any are."""
    plain = {column.strip().lower(): column for column in table.columns}
    return table.select(**{name: table[column] for name, column in plain.items() if not wanted or name in wanted})


def share_of_memory() -> str:
    """A third of this machine's memory, from 1 to 9 GB: so much a run may hold before it writes to disk."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{min(max(whole // 3, 10**9), 9 * 10**9) // 10**6}MB"


def open_engine(name: str = "duckdb", threads: int = 2, memory: str = "1GB") -> Engine:
    """An engine by its name: `duckdb`, `spark` (Spark on this machine alone), or `spark://host:port` (a cluster).

    `threads` and `memory` bound what it may take of this machine; beyond the memory it writes to the folder for
    temporary files. Raises Refused for a name that is none of ENGINES, and where Spark or Java is not installed;
    Unavailable when the cluster does not answer.
    """
    if name == "duckdb":
        return DuckEngine(threads, memory)
    if name != "spark" and not _CLUSTER.fullmatch(name):
        raise Refused("mesin_tidak_dikenal", f"Mesin {name!r} tidak dikenal; yang ada: {', '.join(ENGINES)}.")
    try:
        opening: Callable[[str, int, str], Engine] = import_module("lopo.jobs.spark").open_spark
    except ModuleNotFoundError as absent:
        if (absent.name or "").partition(".")[0] not in ("pyspark", "py4j"):
            raise
        raise Refused("spark_tidak_ada", "PySpark belum terpasang di sini: pip install 'lopo[spark]'.") from absent
    return opening(name, threads, memory)
