"""Removes what is over its time part by part: the rules that run by themselves, or one that an officer ordered."""

from __future__ import annotations

import uuid
from datetime import date

from lopo.claims.actions import forgetting as claims
from lopo.insight.queries.retention import due
from lopo.jobs.work import Progress, silent
from lopo.payments.actions import forgetting as payments
from lopo.staff import forgetting as staff
from lopo.staff import queries
from lopo.staff.forgetting import Order
from lopo.targeting.actions import forgetting as targeting


def forget(*, by: queries.Officer | None, on: date, order: Order, progress: Progress = silent) -> int:
    """Remove what one rule says is over its time, through the room that keeps it; give how many in all.

    Each part stands by itself: after a kill the same order goes on where it was, by what the diary says of it.
    """
    rooms = (targeting, claims, payments)
    room = next((one.forget_part for one in rooms if order.code in one.CODES), staff.forget_part)
    done = staff.forgotten_by(order)
    while gone := room(by=by, on=on, order=order):
        done += gone
        progress(done, max(done, order.expected or 0), "Menghapus yang lewat masa simpan")
    return done


def forget_by_itself(*, on: date) -> dict[str, int]:
    """Follow the rules that need nobody's word, where anything is over; give how many things each removed."""
    waiting = [one.rule.code for one in due(on) if one.rule.by_itself and one.count]
    return {code: forget(by=None, on=on, order=Order(code, uuid.uuid4().hex)) for code in waiting}
