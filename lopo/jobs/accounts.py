"""Reads the bank's answer to a request for accounts: names held against ours on the engine, then booked."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pyarrow as pa

from lopo.basics.refusal import Refused
from lopo.jobs.engine import open_engine
from lopo.payments import bank
from lopo.payments.actions.openings import Taken, take_account_answer
from lopo.payments.batch.holders import likenesses
from lopo.payments.queries.openings import names_asked
from lopo.staff.queries import Officer, paper_content

Progress = Callable[[int, int, str], None]
_STEPS = 2


def read_account_answer(
    *, by: Officer | None, on: date, batch_id: uuid.UUID, content: bytes, progress: Progress
) -> Taken:
    """Compare the holders' names and take the answer; see `payments.actions.openings.take_account_answer`."""
    progress(0, _STEPS, "membandingkan nama")
    answer, ours = bank.read_opening_answer(content), names_asked(batch_id)
    told = [(one.id, ours[one.id], one.holder) for one in answer.lines if one.number and one.id in ours]
    names = pa.table(
        {"id": [one[0] for one in told], "ours": [one[1] for one in told], "theirs": [one[2] for one in told]},
        schema=pa.schema([("id", pa.int64()), ("ours", pa.string()), ("theirs", pa.string())]),
    )
    with open_engine() as engine:
        found = engine.rows(likenesses(engine.table(names), engine.keep))
    likeness = dict(zip(found["id"].to_pylist(), found["likeness"].to_pylist(), strict=True))
    progress(1, _STEPS, "mencatat rekening")
    taken = take_account_answer(by=by, on=on, batch_id=batch_id, content=content, likeness=likeness)
    progress(_STEPS, _STEPS, "selesai")
    return taken


def read_kept_answer(*, by: Officer, on: date, batch_id: uuid.UUID, paper_id: uuid.UUID, progress: Progress) -> Taken:
    """Read an answer that was kept as a paper of its batch. Refused: it is not there."""
    kept = paper_content(paper_id)
    if kept is None:
        raise Refused("berkas_tidak_ada", "Berkas jawaban ini tidak ada lagi; unggah sekali lagi.")
    return read_account_answer(by=by, on=on, batch_id=batch_id, content=kept[2], progress=progress)
