"""The task of the queue that reads a table of poor people which somebody sent in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from procrastinate.contrib.django import app

from lopo.jobs.poverty import take_kept_poverty
from lopo.jobs.work import AGAIN, Progress, run
from lopo.staff.queries import WorkOrder


@app.task(name="lopo.load_poverty", retry=AGAIN)
def poverty_task(work_id: str) -> None:
    """Keep an uploaded table of poor people as an edition; argument `file_id`."""
    run(work_id, _poverty)


def _poverty(order: WorkOrder, on: date, _progress: Progress) -> Mapping[str, Any]:
    file_id = uuid.UUID(order.arguments["file_id"])
    return {"edition_id": take_kept_poverty(by=order.by, on=on, file_id=file_id)}
