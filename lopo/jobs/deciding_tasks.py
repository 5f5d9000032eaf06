"""The tasks of the queue that propose and approve the decisions of many cases."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from procrastinate.contrib.django import app

from lopo.basics.refusal import Impossible
from lopo.claims.actions import Checked, Waits, approve_decisions, propose_decisions
from lopo.claims.queries.ready import ready_cases
from lopo.jobs.work import AGAIN, Progress, run
from lopo.staff import queries as staff
from lopo.staff.queries import WorkOrder

AT_ONCE: Final = 500
"""So many cases are proposed or approved in one transaction: what is done stays done when the work is stopped."""
_TOLD: Final = 200


@app.task(name="lopo.propose_decisions", retry=AGAIN)
def propose_decisions_task(work_id: str) -> None:
    """Ask the law about every complete case and propose what it says."""
    run(work_id, _propose)


def _propose(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    """Cases that cannot be decided yet are named with why (the first of them); those already proposed are not asked."""
    if order.by is None:
        raise Impossible("decisions are proposed by an officer")
    ids = ready_cases(staff.areas_where(order.by.id, "decision.make", on=on))
    proposed, granted, left = 0, 0, []
    for first in range(0, len(ids), AT_ONCE):
        progress(first, len(ids), "menanyakan hukum")
        done = propose_decisions(by=order.by, on=on, case_ids=ids[first : first + AT_ONCE])
        proposed, granted = proposed + done.proposed, granted + done.granted
        left += _told(done.waits)
    progress(len(ids), len(ids), "selesai")
    return {"proposed": proposed, "granted": granted, "left": len(left), "left_over": left[:_TOLD]}


@app.task(name="lopo.approve_decisions", retry=AGAIN)
def approve_decisions_task(work_id: str) -> None:
    """Approve the proposals of a list whose sample was read."""
    run(work_id, _approve)


def _approve(order: WorkOrder, on: date, progress: Progress) -> Mapping[str, Any]:
    """What cannot be approved together is named with why (the first of them); done again, it finds nothing to do."""
    if order.by is None:
        raise Impossible("decisions are approved by an officer")
    ids = [uuid.UUID(one) for one in order.arguments["ids"]]
    checked = Checked(frozenset(ids), frozenset(map(uuid.UUID, order.arguments["read"])))
    approved, amount, left = 0, 0, []
    for first in range(0, len(ids), AT_ONCE):
        progress(first, len(ids), "menyetujui")
        part = ids[first : first + AT_ONCE]
        done = approve_decisions(by=order.by, on=on, checked=checked, decision_ids=part)
        approved, amount = approved + done.approved, amount + done.amount
        left += _told(done.left)
    progress(len(ids), len(ids), "selesai")
    return {"approved": approved, "approved_amount": amount, "left": len(left), "left_over": left[:_TOLD]}


def _told(waits: Iterable[Waits]) -> list[str]:
    return [f"{one.code}: {one.sentence}" for one in waits]
