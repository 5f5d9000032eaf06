"""The task of the queue that reads what the bank answered to a request for accounts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from procrastinate.contrib.django import app

from lopo.jobs.accounts import read_kept_answer
from lopo.jobs.work import AGAIN, Progress, run
from lopo.staff.queries import WorkOrder


@app.task(name="lopo.read_accounts", retry=AGAIN)
def accounts_task(work_id: str) -> None:
    """Read the bank's answer to a request for accounts; arguments `batch_id`, `paper_id`."""
    run(work_id, _accounts)


def _accounts(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    batch_id, paper_id = (uuid.UUID(order.arguments[one]) for one in ("batch_id", "paper_id"))
    done = read_kept_answer(by=order.by, on=on, batch_id=batch_id, paper_id=paper_id, progress=progress)
    return {"accounts": done.opened, "perlu_cek": done.to_check, "ditolak": done.refused, "parked": done.parked}
