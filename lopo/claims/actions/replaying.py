"""Notes in the diary which stored decisions would come out otherwise by the law as it is now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from lopo.claims.queries import Changed, Replay
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

SUBJECT = "claims.replay"


def note_replay(*, by: Officer | None, on: date, found: Replay) -> bool:
    """Write one diary row about a replay, by nobody where the clock ran it; give whether one was written.

    What was noted last time, and nothing where nothing ever differed, is not noted again: a night that finds what the
    night before found leaves no row.
    """
    changed = [_noted(one) for one in found.changed]
    with transaction.atomic():
        last = next(iter(staff.diary_of(SUBJECT, SUBJECT, limit=1)), None)
        if changed == (last.after["changed"] if last is not None and last.after else []):
            return False
        after = {"decided": found.decided, "differing": len(changed), "changed": changed}
        record(by=by, on=on, deed=Deed("replay_decisions", SUBJECT, SUBJECT, after=after))
    return True


def _noted(one: Changed) -> dict[str, Any]:
    """A decision that differs, by its number and the names of answers, numbers and rules; no person."""
    return {
        "decision": str(one.decision_id),
        "case": one.case_code,
        "law": [one.law_hash, one.new_hash],
        "answers": [[answer.what, answer.before, answer.after] for answer in one.answers],
        "origins": [[origin.kind, origin.name, origin.before, origin.after, origin.source] for origin in one.origins],
    }
