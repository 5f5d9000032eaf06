"""Spark for tests: whether it is there at all, and a cluster of a master and two workers on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from lopo.basics.refusal import Refused

HOST = "127.0.0.1"
START_WITHIN = 90.0
_SMALL = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
_SHORT_LIVED = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""A JVM that lives for a minute is done three times sooner when it does not compile its code to perfection."""


def require_spark() -> None:
    """Skip the test where PySpark or Java 17 is missing, and say which; under CI both must be there."""
    missing = _missing()
    os.environ |= _SHORT_LIVED
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI must run Spark: {missing}")
    if missing:
        pytest.skip(missing)


def _missing() -> str:
    if find_spec("pyspark") is None:
        return "PySpark is not installed: make install-spark"
    try:
        import_module("lopo.jobs.spark").require_java()
    except Refused as refusal:
        return str(refusal)
    return ""


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A standalone master with two workers of one core each on loopback; gives its address, leaves no process."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = str(free.getsockname()[1])
    address = f"spark://{HOST}:{port}"
    master = ("org.apache.spark.deploy.master.Master", "--host", HOST, "--port", port, "--webui-port", "0")
    worker = ("org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0", "--cores", "1")
    with ExitStack() as stack:
        told = stack.enter_context(_daemon(folder, "master", *master))
        _wait(told, "I have been elected leader", 1)
        for name in ("worker1", "worker2"):
            work = ("--memory", "1g", "--work-dir", str(folder / name), address)
            stack.enter_context(_daemon(folder, name, *worker, *work))
        _wait(told, "Registering worker", 2)
        yield address


@contextmanager
def _daemon(folder: Path, name: str, *words: str) -> Iterator[Path]:
    """Run one part of Spark in a process group of its own, which ends with the block, or with this process."""
    home = Path(import_module("pyspark").__file__).parent
    told = folder / f"{name}.log"
    leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []  # also when the tests are killed
    with told.open("wb") as log:
        process = subprocess.Popen(
            [*leash, home / "bin" / "spark-class", *words],
            env=os.environ | _SHORT_LIVED | _SMALL | {"SPARK_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield told
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(told: Path, words: str, times: int) -> None:
    """Wait until the log says the words so many times."""
    until = time.monotonic() + START_WITHIN
    while told.read_text(errors="replace").count(words) < times:
        if time.monotonic() > until:
            pytest.fail(f"Spark did not start:\n{told.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)
