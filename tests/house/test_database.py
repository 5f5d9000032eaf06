"""The embedded server: starts, survives kill -9, stops cleanly."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from lopo import postgres


@pytest.fixture
def server(tmp_path: Path) -> postgres.Server:
    """Give a server of its own in a folder that the private user may enter."""
    for folder in (tmp_path, *tmp_path.parents):
        if os.geteuid() == 0 and folder != folder.parent and folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o711)
    return postgres.at(tmp_path / "home")


def test_starts_survives_kill_9_and_stops(server: postgres.Server) -> None:
    url = postgres.ensure(server)
    try:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        with psycopg.connect(postgres.ensure(server)) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        assert postgres.ensure(server) == url
    finally:
        assert postgres.stop(server)
    assert not postgres.stop(server)


def test_the_folders_are_private(server: postgres.Server) -> None:
    postgres.ensure(server)
    try:
        assert server.data.stat().st_mode & 0o077 == 0
        assert server.socket.stat().st_mode & 0o077 == 0
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    finally:
        postgres.stop(server)


def test_without_binaries_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGBIN", raising=False)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(Path, "glob", lambda _self, _pattern: iter(()))
    with pytest.raises(postgres.PostgresUnavailable, match="make install"):
        postgres.binaries()
