"""Runs one long piece of work with its progress, and says plainly how it ended."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from procrastinate import RetryStrategy

from lopo.basics.refusal import Refused
from lopo.staff import actions, queries

Progress = Callable[[int, int, str], None]
Job = Callable[[queries.WorkOrder, date, Progress], Mapping[str, Any]]
AGAIN = RetryStrategy(max_attempts=3, wait=5, linear_wait=20)
"""How a job of the queue is tried again when it fails otherwise than by a refusal."""
_EVERY_SECONDS = 0.5


def run(work_id: str, job: Job) -> None:
    """Do the work that was ordered. A refusal ends it with its sentence; another error goes up and is tried again.

    Work that is done already is left alone, so that a job that runs twice after a crash does nothing twice.
    """
    order = queries.work_order(uuid.UUID(work_id))
    if order.state == "selesai":
        return
    actions.start_work(order.id)
    try:
        result = job(order, date.fromisoformat(order.arguments["on"]), _progress(order.id))
    except Refused as refusal:
        actions.fail_work(order.id, error=str(refusal))
        return
    except Exception as problem:
        actions.fail_work(order.id, error=f"Terhenti: {type(problem).__name__}. Akan dicoba lagi.")
        raise
    actions.finish_work(order.id, result=result)


def _progress(work_id: uuid.UUID) -> Progress:
    """Give the function that writes progress, at most twice a second."""
    last = 0.0

    def tell(done: int, total: int, step: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_SECONDS or done == total:
            last = now
            actions.move_work(work_id, done=done, total=total, step=step)

    return tell


def silent(_done: int, _total: int, _step: str) -> None:
    """Tell nobody: the progress of work that nobody watches."""
