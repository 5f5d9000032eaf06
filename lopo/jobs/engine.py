"""Opening the engine that batches run on: DuckDB in this process today; what is not known is a clear error."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lopo.basics.refusal import Refused

ENGINES = ("duckdb",)


@dataclass
class Engine:
    """An open engine: takes tables in, keeps steps, reads csv files; close it with `with`."""

    name: str
    backend: ibis.BaseBackend
    _steps: count[int] = field(default_factory=count)

    def table(self, rows: pa.Table) -> ir.Table:
        """The rows as a table of the engine."""
        return self.backend.create_table(f"masuk_{next(self._steps)}", rows, temp=True)

    def keep(self, table: ir.Table) -> ir.Table:
        """The table worked out now and stored, for the steps that build on it."""
        return self.backend.create_table(f"langkah_{next(self._steps)}", table, temp=True)

    def csv(self, path: Path) -> ir.Table:
        """A csv file with a header as a table whose columns are all text.

        Raises Refused when the file is missing or is no csv.
        """
        try:
            return self.keep(self.backend.read_csv(path, all_varchar=True, header=True))
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException) as error:
            first = str(error).splitlines()[0]
            raise Refused("register_tidak_terbaca", f"{path.name} tidak dapat dibaca: {first}") from error

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.disconnect()


def open_engine(name: str = "duckdb", threads: int = 2, memory: str = "1GB") -> Engine:
    """An engine by its name.

    `threads` and `memory` bound what it may take of the machine; beyond the memory it writes to the folder for
    temporary files. Raises Refused for a name that is not in ENGINES.
    """
    if name not in ENGINES:
        raise Refused("mesin_tidak_dikenal", f"Mesin {name!r} tidak dikenal; yang ada: {', '.join(ENGINES)}.")
    backend = ibis.duckdb.connect(threads=threads, memory_limit=memory, temp_directory=tempfile.gettempdir())
    return Engine(name, backend)
