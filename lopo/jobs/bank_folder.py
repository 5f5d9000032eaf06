"""Carries files to the bank's folder and reads what the bank lays there; the clock runs it each minute."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

from django.db import InterfaceError, OperationalError

from lopo.basics.refusal import Refused, Unavailable
from lopo.jobs.accounts import read_account_answer
from lopo.jobs.work import silent
from lopo.payments import actions, bank
from lopo.payments.actions import arrivals, deliveries
from lopo.payments.actions.arrivals import Settled, Told
from lopo.payments.queries.deliveries import to_read_again
from lopo.payments.queries.files import file_named
from lopo.payments.queries.openings import batch_named

_LOG = logging.getLogger(__name__)
_MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the clock: its day, its moment, and the folder."""

    on: date
    at: datetime
    folder: bank.BankFolder


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one run did: files carried to the bank and not, files of the bank read and put aside."""

    delivered: int
    failed: int
    read: int
    parked: int


def exchange(*, on: date, at: datetime, folder: bank.BankFolder) -> Exchanged:
    """Settle what a killed worker left behind, carry what is due, then read what the bank has laid there."""
    settle_silent(on=on, at=at, folder=folder)
    delivered, failed = deliver_due(on=on, at=at, folder=folder)
    read, parked = collect(on=on, at=at, folder=folder)
    return Exchanged(delivered, failed, read, parked)


def settle_silent(*, on: date, at: datetime, folder: bank.BankFolder) -> None:
    """Ask the folder what became of the files whose worker was killed. One that cannot be asked now waits."""
    for delivery_id, name in deliveries.silent_deliveries(at=at):
        try:
            waits = folder.waits(name)
        except Unavailable:
            _LOG.warning("the bank's folder does not say what became of %s", name)
            continue
        if waits:
            deliveries.go_again(delivery_id=delivery_id)
        else:
            deliveries.note_delivered(on=on, at=at, delivery_id=delivery_id)


def deliver_due(*, on: date, at: datetime, folder: bank.BankFolder) -> tuple[int, int]:
    """Carry what is due, each file marked before and noted after; give how many went and how many did not."""
    delivered = failed = 0
    for _ in range(_MOST_FILES):
        one = deliveries.take_delivery(at=at, stage=folder.stage)
        if one is None:
            break
        if one.staged and _put(one.name, folder):
            deliveries.note_delivered(on=on, at=at, delivery_id=one.id)
            delivered += 1
        else:
            failed += 1
    return delivered, failed


def _put(name: str, folder: bank.BankFolder) -> bool:
    """Put a staged file in its place. Where that fails nobody knows how far it came: it stays marked as going."""
    try:
        folder.put(name)
    except Unavailable:
        _LOG.warning("the bank's folder broke off while %s was put in its place", name)
        return False
    return True


def collect(*, on: date, at: datetime, folder: bank.BankFolder) -> tuple[int, int]:
    """Read the files of the bank that stand still, and those put aside that somebody wants read again.

    Give how many were read and how many put aside. One that fails otherwise holds up no other.
    """
    run, lying = _Run(on, at, folder), _lying(folder)
    if lying is not None:
        arrivals.forget_gone(lying)
    settled = [_guarded(partial(_read_aside, one, run), f"file {one}") for one in to_read_again(most=_MOST_FILES)]
    settled += [_guarded(partial(_collect, one, run), one.name) for one in (lying or ())[:_MOST_FILES]]
    good = [one.good for one in settled if one is not None]
    return sum(good), len(good) - sum(good)


def _read_aside(arrival_id: int, run: _Run) -> Settled | None:
    read = partial(_read_or_park, on=run.on)
    return arrivals.take_arrival(on=run.on, at=run.at, arrival_id=arrival_id, content=None, read=read)


def _lying(folder: bank.BankFolder) -> tuple[bank.Seen, ...] | None:
    """What lies there; None where the folder cannot be opened now."""
    try:
        return folder.arrivals()
    except Unavailable as problem:
        _LOG.warning("%s", problem)
        return None


def _guarded(take: Callable[[], Settled | None], what: str) -> Settled | None:
    try:
        return take()
    except Exception:
        _LOG.exception("%s of the bank could not be read; it is tried again", what)
        return None


def _collect(file: bank.Seen, run: _Run) -> Settled | None:
    """Read one file that stands still, then put it away. Killed in between, it is known again and only put away."""
    arrival_id = arrivals.see_arrival(at=run.at, file=file)
    if arrival_id is None:
        return None
    content = run.folder.read(file.name)
    if len(content) != file.size:
        return None
    read = partial(_read_or_park, on=run.on)
    settled = arrivals.take_arrival(on=run.on, at=run.at, arrival_id=arrival_id, content=content, read=read)
    if settled is not None:
        run.folder.put_away(file.name, settled.sha256, good=settled.good)
    return settled


def _read_or_park(content: bytes, *, on: date) -> Told:
    """Read a file; a fault of its reader puts it aside too, in sight. What may pass by itself is tried again."""
    try:
        return read_bank_file(content, on=on)
    except (Refused, Unavailable, OperationalError, InterfaceError):
        raise
    except Exception as fault:
        _LOG.exception("a reader of files of the bank is at fault")
        name = type(fault).__name__
        raise Refused(
            "pembaca_gagal", f"Pembaca berkas gagal ({name}); beri tahu pengelola aplikasi, lalu baca lagi."
        ) from fault


def read_bank_file(content: bytes, *, on: date) -> Told:
    """Read any file of the bank by nobody, as its kind is read. Refused: a file that its reader refuses."""
    kind = bank.kind_of(content)
    if kind == "koran":
        read = actions.read_statement(by=None, on=on, content=content)
        counts = {"lines": read.lines, "paid": read.paid, "returned": read.returned, "unknown": read.unknown}
    elif kind == "rekening":
        batch_id = _named(batch_named, bank.read_opening_answer(content).file)
        taken = read_account_answer(by=None, on=on, batch_id=batch_id, content=content, progress=silent)
        counts = {"opened": taken.opened, "to_check": taken.to_check, "refused": taken.refused, "parked": taken.parked}
    else:
        file_id = _named(file_named, bank.read_answer(content).file)
        done = actions.confirm_file(by=None, on=on, file_id=file_id, content=content)
        counts = {"paid": done.paid, "failed": done.failed, "parked": len(done.parked), "pending": done.pending}
    return Told(kind, counts)


def _named(find: Callable[[str], uuid.UUID | None], name: str) -> uuid.UUID:
    found = find(name)
    if found is None:
        raise Refused("jawaban_berkas_lain", f"Jawaban ini untuk berkas yang tidak dikenal: {name}.")
    return found
