"""The task of the queue that makes the sheets to sign at a handover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from procrastinate.contrib.django import app

from lopo.jobs.papers.make_signature_sheet import make_signature_sheet
from lopo.jobs.work import AGAIN, Progress, run
from lopo.staff.queries import WorkOrder


@app.task(name="lopo.make_signature_sheet", retry=AGAIN)
def signature_sheet_task(work_id: str) -> None:
    """Make the sheets to sign of an event; argument `handover_id`."""
    run(work_id, _sheet)


def _sheet(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    made = make_signature_sheet(by=order.by, on=on, handover_id=order.arguments["handover_id"])
    progress(1, 1, "selesai")
    return {"papers": [str(made)]}
