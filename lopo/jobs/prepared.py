"""Registers made ready once: while the same ones are in force, a worker screens one list after the other with them.

They are held in the memory of this process alone, for one set of registers and one day, and never written to disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from lopo.jobs.engine import Engine
from lopo.people.queries import snapshots
from lopo.targeting.batch.registers import Checked, Registers, prepare

MOST = 500_000
"""More persons are never held: a worker stays as small as it was."""

Key = tuple[date, frozenset[tuple[int, str, datetime]]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is held: for which day and registers, the persons, and what the registers say of them."""

    key: Key
    persons: pa.Table
    facts: pa.Table


_held: list[_Ready] = []


def checked_registers(engine: Engine, on: date, opened: Callable[[Engine], Registers]) -> Checked:
    """Give the registers in force, checked for a day: as they are held, else prepared from what `opened` gives."""
    key = _key(on)
    for ready in _held:
        if ready.key == key:
            return Checked(engine.table(ready.persons), engine.table(ready.facts))
    forget()
    checked = prepare(opened(engine), on, engine.keep)
    persons = engine.rows(checked.persons)
    if len(persons) <= MOST and _key(on) == key:  # registers that were changed meanwhile are nobody's
        _held.append(_Ready(key, persons, engine.rows(checked.facts)))
    return checked


def forget() -> None:
    """Let go of what is held."""
    _held.clear()


def _key(on: date) -> Key:
    """The day and the registers in force: a register is never changed, another takes its place."""
    return on, frozenset((one.id, one.sha256, one.loaded_at) for one in snapshots(only_current=True))
