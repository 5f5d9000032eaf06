"""Trains the office's model on the registers in force and a programme's lists, and keeps it as a draft."""

from __future__ import annotations

from datetime import date

from lopo.basics.refusal import Refused
from lopo.jobs.engine import open_engine
from lopo.jobs.linkage import Progress, Trained, trained
from lopo.jobs.screening import candidate_rows, registers_in_force
from lopo.staff.queries import Officer, require
from lopo.targeting.actions.linkage import draft_linkage
from lopo.targeting.batch.screen import CANDIDATE_COLUMNS
from lopo.targeting.queries import programmes
from lopo.targeting.queries.linkage import labels, model_in_force


def train_of_programme(on: date, code: str = "") -> Trained:
    """Train on the lists of the programme with this code; it may be left out where there is one programme alone.

    Refused: no such programme, several and none named, or as `train_from_database`.
    """
    every = programmes()
    found = [one for one in every if one.code == code] if code else list(every)
    if not found:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    if len(found) > 1:
        codes = ", ".join(sorted(one.code for one in found))
        raise Refused("program_belum_dipilih", f"Ada beberapa program; sebutkan --programme: {codes}.")
    return train_from_database(on, found[0].id)


def train_from_database(on: date, programme_id: int, progress: Progress = lambda *_: None) -> Trained:
    """Train on what is in force: a programme's candidates, the registers, all answers. Refused: data too poor."""
    before = model_in_force()
    pairs, told_by, _left = labels()
    with open_engine() as engine:
        candidates = candidate_rows(engine, programme_id).select(*CANDIDATE_COLUMNS)
        tables = (candidates, registers_in_force(engine))
        return trained(engine, tables, on, before, (pairs, told_by), progress)


def train_linkage(*, by: Officer, on: date, programme_id: int, progress: Progress) -> int:
    """Train and keep a draft; needs `registers.load`. Gives its id. Refused as `train_from_database`."""
    require(by, "registers.load", on=on)
    told = train_from_database(on, programme_id, progress)
    return draft_linkage(by=by, on=on, model=told.model, measured=told.measured)


__all__ = ["train_from_database", "train_linkage", "train_of_programme"]
