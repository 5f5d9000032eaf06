"""The running house: its own database, the web and one worker, each of which can be killed and started again.

Web and worker are started by the commands that `lopo serve` uses, but forked from a process that has read all code and
has touched nothing else: reading the code takes many times as long as a kill.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from asgiref.sync import async_to_sync
from django.db import connection

from lopo import postgres
from lopo.jobs.rescue import rescue_stalled
from tests.crash import children

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.crash.children"])
READY_SECONDS = 90
WEB, ONE_WEB, WORKER, DATABASE = "web", "one web process", "worker", "database"
VICTIMS = (WEB, ONE_WEB, WORKER, WORKER, DATABASE, DATABASE)
"""Whom a kill may hit; worker and database hold what must not be lost, so they are hit more often."""


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class House:
    """Database, web and worker under one folder."""

    folder: Path
    server: postgres.Server
    port: int = field(default_factory=free_port)
    web: BaseProcess | None = None
    worker: BaseProcess | None = None
    killed: dict[str, int] = field(default_factory=dict)
    fell: int = 0

    @property
    def url(self) -> str:
        """Where the web is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def post(self) -> Path:
        """The file of what arrived at the post office."""
        return self.folder / "arrived"

    def kill(self, victim: str) -> None:
        """Kill -9, as the machine's failing would; a victim that is dead already stays so."""
        self.killed[victim] = self.killed.get(victim, 0) + 1
        if victim == DATABASE:
            _kill(int((self.server.data / "postmaster.pid").read_text().split()[0]))
        elif victim == ONE_WEB:
            for child in _children(self.web)[:1]:
                _kill(child)
        else:
            _kill_group(self.web if victim == WEB else self.worker)

    def mend(self) -> None:
        """Start again whatever is dead, and queue again what a dead worker left behind, as the clock's rescue does."""
        connection.close()
        postgres.ensure(self.server)
        if _dead(self.worker):
            self.fell += self.worker is not None
            async_to_sync(rescue_stalled)(0)
            self.worker = self._start(children.work, str(self.post))
        if _dead(self.web):
            self.web = self._start(children.serve, self.port)
        self._wait()

    def stop(self) -> None:
        """End all of it."""
        connection.close()
        for child in (self.web, self.worker):
            _kill_group(child)
        postgres.stop(self.server)

    def _start(self, run: Callable[..., None], given: object) -> BaseProcess:
        child = _FORKS.Process(target=run, args=(str(self.folder / "log"), given))
        child.start()
        return child

    def _wait(self) -> None:
        """Wait until the web answers."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/masuk", timeout=10):  # noqa: S310
                return
            time.sleep(0.05)
        raise AssertionError(f"the web does not come back; see {self.folder}/log")


def _dead(child: BaseProcess | None) -> bool:
    return child is None or not child.is_alive()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _kill_group(child: BaseProcess | None) -> None:
    """Kill a process that we started and all that it started."""
    if child is None or child.pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.join()


def _children(parent: BaseProcess | None) -> list[int]:
    if parent is None:
        return []
    with contextlib.suppress(FileNotFoundError):
        return [int(pid) for pid in Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()]
    return []
