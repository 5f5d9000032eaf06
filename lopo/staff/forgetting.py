"""Removes what is over its time by a rule of retention, part by part, and writes into the diary how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from django.db import connection, transaction
from django.db.models import IntegerField, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from lopo.basics.refusal import Impossible, Refused
from lopo.staff import queries
from lopo.staff.actions import Deed, record
from lopo.staff.models import Diary, Officer
from lopo.staff.retention import BY_CODE, STAFF, Rule, last_kept

PART: Final = 50_000
_SUBJECT: Final = "staff.retention"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be forgotten: by which rule, how many the officer saw waiting, and under which work the parts count.

    Where the work was cut off, its next part goes on from what the diary says of it.
    """

    code: str
    work: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many things are over their time before a day, and what removes at most so many of them and says how many."""

    count: Callable[[date], int]
    remove: Callable[[date, int], int]


def forget_part(*, by: Officer | None, on: date, order: Order) -> int:
    """Remove the next part of what a rule about the staff's own tables says is over its time; see `forget_next`."""
    rows = STAFF.get(order.code)
    if rows is None:
        raise Refused("aturan_tidak_menghapus", "Aturan ini tidak menghapus apa pun.")

    def remove(before: date, most: int) -> int:
        some = rows(before).order_by("pk").values("pk")[:most]
        return int(rows(before).filter(pk__in=some).delete()[0])

    return forget_next(by=by, on=on, order=order, overdue=Overdue(lambda before: rows(before).count(), remove))


def forget_next(*, by: Officer | None, on: date, order: Order, overdue: Overdue) -> int:
    """Let a room remove the next part of what one rule says is over its time; give how many, 0 at the end.

    One transaction with its diary row a part. An officer needs `retention.run` and names how many he saw; never more go
    than that. The clock (`by` None) may only follow rules that run by themselves. Refused: at the first part another
    number than was seen, or a rule that never removes.
    """
    rule = _allowed(by, on, order.code)
    before = last_kept(rule, on)
    with transaction.atomic():
        most = _left(by, order, partial(overdue.count, before))
        gone = _unlocked(partial(overdue.remove, before, most)) if most else 0
        if gone:
            after = {
                "aturan": order.code, "jumlah": gone, "sebelum": before.isoformat(), "dasar": rule.basis,
                "kerja": order.work,
            }  # fmt: skip
            record(by=by, on=on, deed=Deed("retention", _SUBJECT, order.code, after=after))
    return gone


def forgotten_by(order: Order) -> int:
    """Give how many things the parts of an order have removed so far, as the diary says. One query."""
    rows = Diary.objects.filter(
        action="retention", subject=_SUBJECT, subject_id=order.code, after__kerja=order.work
    ).annotate(gone=Cast(KT("after__jumlah"), IntegerField()))
    return int(rows.aggregate(all=Sum("gone", default=0))["all"])


def _left(by: Officer | None, order: Order, count: Callable[[], int]) -> int:
    """Give how many may go with the next part. Refused: an officer's order that begins with another number waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('retention'), hashtext(%s))", [order.code])
    if by is None:
        return PART
    seen, done = order.expected or 0, forgotten_by(order)
    if not done and (waiting := count()) != seen:
        raise Refused("hitungan_berubah", f"Yang lewat masa simpan kini {waiting}, bukan {seen}; muat ulang halaman.")
    return min(PART, seen - done)


def _unlocked(remove: Callable[[], int]) -> int:
    """Remove while the triggers that keep rows as they came let through what retention may do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lopo.retention = 'on'")
        gone = remove()
        cursor.execute("SET LOCAL lopo.retention = 'off'")
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
