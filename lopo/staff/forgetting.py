"""Removes what is over its time by a rule of retention, and writes into the diary how much; an action of the staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.staff import queries
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.retention import BY_CODE, STAFF, Rule, last_kept

Remove = Callable[[date], int]


def forget(*, by: Officer | None, on: date, code: str, expected: int | None = None) -> int:
    """Remove what a rule about the staff's own tables says is over its time; give how many. Refused: no such rule."""
    rows = STAFF.get(code)
    if rows is None:
        raise Refused("aturan_tidak_menghapus", "Aturan ini tidak menghapus apa pun.")
    return forget_by_rule(by=by, on=on, code=code, expected=expected, remove=lambda before: rows(before).delete()[0])


def forget_by_rule(*, by: Officer | None, on: date, code: str, expected: int | None, remove: Remove) -> int:
    """Let a room remove what one rule says is over its time, in one transaction with its diary row; give how many.

    An officer needs `retention.run` and names how many he saw (`expected`); the clock (`by` None) may only follow rules
    that run by themselves. Refused: another number than was seen, or a rule that never removes.
    """
    rule = _allowed(by, on, code)
    before = last_kept(rule, on)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lopo.retention = 'on'")
        gone = remove(before)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lopo.retention = 'off'")
        if by is not None and gone != expected:
            raise Refused(
                "hitungan_berubah", f"Yang lewat masa simpan kini {gone}, bukan {expected}; muat ulang halaman."
            )
        if gone:
            after = {"aturan": code, "jumlah": gone, "sebelum": before.isoformat(), "dasar": rule.basis}
            record(by=by, on=on, deed=Deed("retention", "staff.retention", code, after=after))
    return gone


def _allowed(by: Officer | None, on: date, code: str) -> Rule:
    rule = BY_CODE.get(code)
    if rule is None or rule.days is None:
        raise Refused("aturan_tidak_menghapus", "Aturan ini tidak menghapus apa pun.")
    if by is not None:
        queries.require(by, "retention.run", on=on)
    elif not rule.by_itself:
        raise Impossible(f"rule {code} waits for an officer")
    return rule
