"""Removes what is over its time: counts first, then follows the rules that run by themselves, or one ordered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lopo.insight.queries.retention import due
from lopo.staff import forgetting as staff
from lopo.staff import queries
from lopo.targeting.actions import forgetting as targeting

Progress = Callable[[int, int, str], None]


def forget(*, by: queries.Officer | None, on: date, code: str, expected: int | None = None) -> int:
    """Remove what one rule says is over its time, through the room that keeps it; give how many."""
    room = targeting.forget if code in targeting.CODES else staff.forget
    return room(by=by, on=on, code=code, expected=expected)


def forget_by_itself(*, on: date) -> dict[str, int]:
    """Follow the rules that need nobody's word, where anything is over; give how many things each removed."""
    waiting = [one.rule.code for one in due(on) if one.rule.by_itself and one.count]
    return {code: forget(by=None, on=on, code=code) for code in waiting}
