"""Spark as an engine of batches, on this machine or on a cluster; opened only here (the extra `spark`, Java 17)."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from pyarrow import parquet

from lopo.basics.refusal import Impossible, Refused, Unavailable
from lopo.jobs.engine import Engine, chosen, open_engine

with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)  # pandas 3 is too new for PySpark; rows go by Arrow, not by pandas
    import py4j.protocol
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession

    _CONNECT: Final = ibis.pyspark.connect

FOLDER: Final = "LOPO_SPARK_FOLDER"
"""The setting for a folder that this machine and all workers see under one name; a cluster elsewhere needs it."""

_JAVA: Final = 17
_HERE: Final = ("127.0.0.1", "localhost")
_ANSWERS_WITHIN: Final = 5.0
_TOGETHER: Final = 122_880  # rows that one task reads at least; as DuckDB writes them
_SETTINGS: Final = {
    "spark.app.name": "lopo",
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, never another number
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


class SparkEngine(Engine):
    """Spark: the same expressions over registers that one machine cannot hold."""

    def __init__(self, name: str, session: SparkSession, folder: Path) -> None:
        super().__init__(name, _CONNECT(session))
        self.session = session
        self._folder = folder

    def rows(self, table: ir.Table) -> pa.Table:
        """The table worked out now, out of the cluster, in the types that Ibis tells."""
        with _answering():
            return self._frame(table).toArrow().cast(table.schema().to_pyarrow())

    def close(self) -> None:
        """End the session and remove the files it worked with."""
        try:
            super().close()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _frame(self, table: ir.Table) -> DataFrame:
        for small in table.op().find(ops.InMemoryTable):
            self.session.createDataFrame(small.data.to_pyarrow(small.schema)).createOrReplaceTempView(small.name)
        return self.session.sql(str(self.backend.compile(table)))

    def _taken_in(self, name: str, schema: pa.Schema, parts: Iterable[pa.Table]) -> ir.Table:
        path = self._folder / f"{name}.parquet"
        with parquet.ParquetWriter(path, schema) as writer:
            for part in parts:
                writer.write_table(part, row_group_size=_TOGETHER)
        return self.backend.read_parquet(path, table_name=name)

    def _kept(self, name: str, table: ir.Table) -> ir.Table:
        """Written out and read again: the next step starts from a file and not from the plan of all steps before."""
        path = str(self._folder / f"{name}.parquet")
        with _answering():
            self._frame(table).write.parquet(path)
        return self.backend.read_parquet(path, table_name=name)

    def _read(self, path: Path, wanted: frozenset[str]) -> ir.Table:
        """Through the reader of DuckDB, so that a file means the same on both engines."""
        name = f"berkas_{next(self._steps)}"
        written = self._folder / f"{name}.parquet"
        with open_engine() as reader:
            table = reader.backend.read_csv(path, all_varchar=True, header=True)
            reader.backend.to_parquet(chosen(table, wanted), written)
        return self.backend.read_parquet(written, table_name=name)


def open_spark(name: str, threads: int, memory: str) -> SparkEngine:
    """An engine on `spark` (so many threads of this machine) or on the cluster `spark://host:port`.

    Refused: no Java, or a cluster elsewhere without the folder that all see. Unavailable: nobody answers there.
    """
    require_java()
    if SparkContext._active_spark_context is not None:
        raise Impossible("a Spark session is open in this process already; one batch has one engine")
    host = "127.0.0.1" if name == "spark" else name.removeprefix("spark://").rpartition(":")[0]
    near = host in _HERE
    shared = os.environ.get(FOLDER)
    if not near and not shared:
        raise Refused("map_bersama_tidak_ada", f"Klaster di mesin lain perlu map bersama: isi {FOLDER}.")
    if name != "spark":
        _require_answer(name)
    folder = Path(tempfile.mkdtemp(prefix="lopo-spark-", dir=shared))
    master = f"local[{threads}]" if name == "spark" else name
    builder = SparkSession.builder.master(master).config(map=_SETTINGS | {"spark.driver.memory": _jvm(memory)})
    if near:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # else it looks up the host name, which may lead nowhere
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    with _answering(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return SparkEngine(name, builder.getOrCreate(), folder)


def _jvm(memory: str) -> str:
    """An amount of memory as a JVM writes it: 1GB is 1g."""
    return memory.lower().removesuffix("b")


def require_java() -> None:
    """Refuse where there is no Java of at least _JAVA."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if java is None:
        raise Refused("java_tidak_ada", f"Spark perlu Java {_JAVA}; java tidak ditemukan di mesin ini.")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < _JAVA:
        raise Refused("java_terlalu_lama", f"Spark perlu Java {_JAVA}; yang ada: {said.partition(chr(10))[0]}")


def _require_answer(name: str) -> None:
    """Raise Unavailable at once where nobody listens; Spark itself would try for a minute."""
    host, _, port = name.removeprefix("spark://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), _ANSWERS_WITHIN).close()
    except (OSError, OverflowError) as silent:
        raise Unavailable(f"Klaster {name} tidak menjawab: {silent}") from silent


@contextmanager
def _answering() -> Iterator[None]:
    """Turn what Spark throws into Unavailable, with the first line of what it says."""
    try:
        yield
    except (PySparkException, py4j.protocol.Py4JError) as broken:
        told: list[Any] = [line for line in str(broken).splitlines() if line.strip()] or [type(broken).__name__]
        raise Unavailable(f"Spark berhenti: {told[0][:300]}") from broken
