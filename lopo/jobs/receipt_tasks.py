"""The task of the queue that reads a file of receipts of BPJS."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from procrastinate.contrib.django import app

from lopo.jobs.receipts import read_kept_receipts
from lopo.jobs.work import AGAIN, Progress, run
from lopo.staff.queries import WorkOrder


@app.task(name="lopo.read_receipts", retry=AGAIN)
def receipts_task(work_id: str) -> None:
    """Take the receipts of a file that was sent in; argument `paper_id`."""
    run(work_id, _receipts)


def _receipts(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    done = read_kept_receipts(by=order.by, on=on, paper_id=uuid.UUID(order.arguments["paper_id"]))
    progress(1, 1, "selesai")
    return {"receipts": done.new, "known": done.known, "parked": done.parked}
