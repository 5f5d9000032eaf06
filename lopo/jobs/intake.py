"""Receives what offices send: a folder, a file, a zip, a sheet of results; a bad file is told, the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lopo.basics.refusal import Refused
from lopo.jobs.opening import Unreadable, is_archive, unpack
from lopo.jobs.sheets import collector_paused, list_files, open_sheets, parse_list, understood
from lopo.staff.queries import Officer
from lopo.targeting.actions import (
    Arrival,
    Corrected,
    Received,
    ReturnedFile,
    read_again,
    receive_corrections,
    receive_list,
)
from lopo.targeting.batch.returned import find_returned
from lopo.targeting.queries import kept_list, kept_source, readings_of
from lopo.targeting.senders import Sender, sender_of

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
    corrected: tuple[Corrected, ...] = ()

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
    named = ((path.relative_to(folder.path).as_posix(), path) for path in files)
    contents = ((name, path.read_bytes()) for name, path in named)
    return _take_in_all(by, on, _Way(folder.programme_id, None, progress), contents, len(files))


@dataclass(frozen=True, slots=True)
class _Way:
    """Where what comes belongs: the programme, who sent it where that is known, and whom to tell how far it is."""

    programme_id: int
    sender: Sender | None
    progress: Progress


def receive_kept(
    *, by: Officer, on: date, programme_id: int, sha256: str, sender: Sender | None, progress: Progress
) -> FolderReceived:
    """Receive a file that `keep_source` kept: a list, a sheet of results that came back, or a zip of such files.

    Refused: no such file, and where it is a single one, what `receive_list` or `receive_corrections` refuses. Files
    within a zip that are refused are told and the others go on.
    """
    kept = kept_source(sha256)
    if kept is None:
        raise Refused("berkas_tidak_ada", "Berkas ini tidak ada lagi; kirim ulang.")
    name, content = kept
    way = _Way(programme_id, sender, progress)
    if is_archive(content):
        return _take_in_zip(by, on, way, name, content)
    progress(0, 1, name)
    done = _take_in(by, on, way, name, content)
    progress(1, 1, "selesai")
    return FolderReceived((), (), (done,)) if isinstance(done, Corrected) else FolderReceived((done,), ())


def receive_again(*, by: Officer, on: date, list_id: int, progress: Progress) -> Received:
    """Read a kept list again by what is remembered of its sender; see `targeting.actions.read_again`."""
    kept = kept_list(list_id)
    if kept is None:
        raise Refused("daftar_tidak_ada", "Daftar ini tidak ada.")
    progress(0, 1, kept.file)
    remembered = readings_of(kept.sender_kind, kept.sender)
    parsed = parse_list(kept.file, kept.content, remembered)
    arrival = Arrival(kept.programme_id, kept.file, kept.content, parsed)
    done = read_again(by=by, on=on, list_id=list_id, arrival=arrival)
    progress(1, 1, "selesai")
    return done


def _take_in_zip(by: Officer, on: date, way: _Way, name: str, content: bytes) -> FolderReceived:
    try:
        found = unpack(name, content)
    except Unreadable as problem:
        raise Refused(problem.code, problem.sentence) from problem
    kind = f"{way.sender.kind}/" if way.sender else ""
    files = [(f"{kind}{inside}", held) for inside, held in found.files]
    done = _take_in_all(by, on, way, files, len(files))
    refused = tuple(NotReceived(inside, code, sentence) for inside, code, sentence in found.refused)
    if not (done.received or done.corrected):
        first = next(
            iter((*refused, *done.refused)), NotReceived(name, "berkas_kosong", "zip ini tidak berisi berkas.")
        )
        raise Refused(first.code, f"{name}: {first.sentence}")
    return FolderReceived(done.received, (*refused, *done.refused), done.corrected)


def _take_in_all(by: Officer, on: date, way: _Way, files: Iterable[tuple[str, bytes]], total: int) -> FolderReceived:
    """Take the files in one after the other, each in a transaction of its own."""
    received: list[Received] = []
    corrected: list[Corrected] = []
    refused: list[NotReceived] = []
    for number, (name, content) in enumerate(files):
        way.progress(number, total, name)
        try:
            done = _take_in(by, on, way, name, content)
        except Refused as refusal:
            refused.append(NotReceived(name, refusal.code, refusal.sentence))
            continue
        if isinstance(done, Corrected):
            corrected.append(done)
        else:
            received.append(done)
    way.progress(total, total, "selesai")
    return FolderReceived(tuple(received), tuple(refused), tuple(corrected))


def _take_in(by: Officer, on: date, way: _Way, name: str, content: bytes) -> Received | Corrected:
    """Take in one file: a sheet of results is known by its marks, anything else is a list."""
    with collector_paused():
        return _taken_in(by, on, way, name, content)


def _taken_in(by: Officer, on: date, way: _Way, name: str, content: bytes) -> Received | Corrected:
    digest = hashlib.sha256(content).hexdigest()
    try:
        sheets = open_sheets(name, content)
    except Unreadable as problem:
        raise Refused(problem.code, f"{name}: {problem.sentence}") from problem
    table = find_returned(sheets)
    if table is not None:
        returned = ReturnedFile(way.programme_id, name, content, digest, table)
        return receive_corrections(by=by, on=on, returned=returned)
    known = way.sender or sender_of(name, hint="", area_code="")
    parsed = understood(name, digest, sheets, readings_of(known.kind, known.name))
    return receive_list(by=by, on=on, arrival=Arrival(way.programme_id, name, content, parsed, way.sender))


def told(done: FolderReceived) -> dict[str, object]:
    """What came of it, as the page of the work shows it; `list_id` where it is one list."""
    lists = [one.list_id for one in done.received] + [one.list_id for one in done.corrected]
    return {
        "lists": len(lists),
        **({"list_id": lists[0]} if len(lists) == 1 else {}),
        "new": done.new,
        "candidates": done.candidates,
        "unreadable": sum(one.unreadable for one in done.received),
        "corrected": sum(one.corrected for one in done.corrected),
        "not_received": [f"{one.file}: {one.sentence}" for one in done.refused],
    }
