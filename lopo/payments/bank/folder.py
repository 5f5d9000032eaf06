"""The bank's folder: where files for it are laid down and where its own are found, for example a mount of its SFTP.

Four directories: `out` (ours for the bank), `in` (the bank's for us), `done` and `parked` (what we have read, and what
could not be). A file for the bank is first laid beside its place under a hidden name and flushed; only then is it
marked as going, and one renaming puts it in its place. So after a kill the hidden name tells for certain: where it is
still there the bank cannot have seen the file, where it is gone the bank could.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from lopo.basics.refusal import Unavailable
from lopo.payments.bank.lines import sha256
from lopo.staff.gateway import NotTaken

OUT, IN, DONE, PARKED = "out", "in", "done", "parked"
_UNFINISHED: Final = (".tmp", ".part", ".filepart", ".crdownload")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file in the incoming directory: its name, its size, and when it last changed (nanoseconds of its clock)."""

    name: str
    size: int
    changed: int


class BankFolder:
    """One folder shared with a bank. Every trouble of the disk or the line is `Unavailable` and may be tried again."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def stage(self, name: str, content: bytes) -> None:
        """Lay a file beside its place, flushed to the disk. Equal bytes in its place already: nothing is laid.

        Raises NotTaken where its place holds other bytes: what we sent never changes.
        """
        with _trouble():
            place, hidden = self._open(OUT).joinpath(name), self._hidden(name)
            if place.exists():
                if place.read_bytes() != content:
                    raise NotTaken(f"di folder bank sudah ada {name} dengan isi lain; tanyakan kepada bank")
                hidden.unlink(missing_ok=True)
                return
            with hidden.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _flush(place.parent)

    def put(self, name: str) -> None:
        """Put a staged file in its place by one renaming; nothing happens where it is there already."""
        with _trouble():
            hidden = self._hidden(name)
            if hidden.exists():
                hidden.replace(self.root.joinpath(OUT, name))
                _flush(hidden.parent)

    def waits(self, name: str) -> bool:
        """Whether a staged file never came to its place; else the bank may have it."""
        with _trouble():
            self._open(OUT)
            return self._hidden(name).exists()

    def arrivals(self) -> tuple[Seen, ...]:
        """Give the files of the bank that lie there, by name; hidden and unfinished ones are left."""
        with _trouble():
            found = [one for one in self._open(IN).iterdir() if _finished(one)]
            stats = [(one.name, one.stat()) for one in sorted(found)]
            return tuple(Seen(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)

    def read(self, name: str) -> bytes:
        """Give the bytes of one file of the bank."""
        with _trouble():
            return self.root.joinpath(IN, name).read_bytes()

    def put_away(self, name: str, sha: str, *, good: bool) -> None:
        """Move a file that was read out of the way; one of the same name and other bytes gets its fingerprint added.

        A file that the bank has replaced since it was read stays: it is another one.
        """
        with _trouble():
            source, target = self.root.joinpath(IN, name), self.root.joinpath(DONE if good else PARKED, name)
            if sha256(source.read_bytes()) != sha:
                return
            target.parent.mkdir(exist_ok=True)
            if target.exists() and sha256(target.read_bytes()) != sha:
                target = target.with_name(f"{target.stem}-{sha[:12]}{target.suffix}")
            source.replace(target)
            _flush(target.parent)

    def _open(self, directory: str) -> Path:
        """Give a directory that the bank's side has made. We never make it: a mount that is off must not look open."""
        place = self.root.joinpath(directory)
        if not place.is_dir():
            raise Unavailable(f"folder bank tidak terbuka: tidak ada {directory}")
        return place

    def _hidden(self, name: str) -> Path:
        return self.root.joinpath(OUT, f".{name}.tmp")


def bank_folder() -> BankFolder | None:
    """Give the folder of the settings, None where none is set: then officers carry files by hand."""
    return BankFolder(Path(settings.LOPO_BANK_FOLDER)) if settings.LOPO_BANK_FOLDER else None


def _finished(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.suffix.lower() not in _UNFINISHED


def _flush(directory: Path) -> None:
    """Make the names of a directory last over a loss of power."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _trouble() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise Unavailable(f"folder bank: {problem.strerror or type(problem).__name__}") from problem
