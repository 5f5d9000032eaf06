"""Receives proposal lists: a whole folder, or one file that was sent in; a bad file is reported, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lopo.basics.refusal import Refused
from lopo.jobs.sheets import list_files, parse_list
from lopo.staff.queries import Officer
from lopo.targeting.actions import Arrival, Received, receive_list
from lopo.targeting.queries import kept_source
from lopo.targeting.senders import Sender

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class NotReceived:
    """A file that was not taken in: why, as a code and a sentence for the sender."""

    file: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FolderReceived:
    """What came of a folder: a line for each file that is kept, and one for each that was not taken in."""

    received: tuple[Received, ...]
    refused: tuple[NotReceived, ...]

    @property
    def new(self) -> int:
        """How many lists were not known before."""
        return sum(1 for one in self.received if one.new)

    @property
    def rows(self) -> int:
        """How many rows of any kind the lists have."""
        return sum(one.rows for one in self.received)

    @property
    def candidates(self) -> int:
        """How many rows propose somebody."""
        return sum(one.candidates for one in self.received)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of lists for a programme; files under `leave_out` (the registers) are passed over."""

    programme_id: int
    path: Path
    leave_out: Path | None = None


def receive_folder(*, by: Officer, on: date, folder: Folder, progress: Progress) -> FolderReceived:
    """Receive every file of a folder, each in a transaction of its own; see `targeting.actions.receive_list`.

    A file that is refused is reported with its reason and the others go on. After a crash the same call goes on where
    it stopped: files that are kept are recognised. Refused: a folder without a single file.
    """
    files = list_files(folder.path, folder.leave_out)
    if not files:
        raise Refused("map_kosong", f"Tidak ada berkas di map {folder.path.name}.")
    received: list[Received] = []
    refused: list[NotReceived] = []
    for number, path in enumerate(files):
        name = path.relative_to(folder.path).as_posix()
        progress(number, len(files), name)
        try:
            arrival = _arrival(folder.programme_id, name, path.read_bytes())
            received.append(receive_list(by=by, on=on, arrival=arrival))
        except Refused as refusal:
            refused.append(NotReceived(name, refusal.code, refusal.sentence))
    progress(len(files), len(files), "selesai")
    return FolderReceived(tuple(received), tuple(refused))


def receive_kept(
    *, by: Officer, on: date, programme_id: int, sha256: str, sender: Sender | None, progress: Progress
) -> Received:
    """Receive a file that `keep_source` kept. Refused: no such file, or what `receive_list` refuses."""
    kept = kept_source(sha256)
    if kept is None:
        raise Refused("berkas_tidak_ada", "Berkas ini tidak ada lagi; kirim ulang.")
    name, content = kept
    progress(0, 1, name)
    done = receive_list(by=by, on=on, arrival=_arrival(programme_id, name, content, sender))
    progress(1, 1, "selesai")
    return done


def _arrival(programme_id: int, name: str, content: bytes, sender: Sender | None = None) -> Arrival:
    return Arrival(programme_id, name, content, parse_list(name, content), sender)
