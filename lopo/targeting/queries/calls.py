"""Reads calls for names: how far each sender is, who is late or silent, and how many names will come at this pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from lopo.people.paging import in_areas
from lopo.targeting.models import CalledSender

# A kelurahan is known by its code, anybody else by kind and name. Rows that a correction replaced count once.
_SENDERS: Final = """
WITH counted AS (
    SELECT s.id AS sender_id, sum(l.candidates - l.replaced) AS received, count(l.id) AS lists,
           sum(l.candidates - l.replaced) FILTER (WHERE l.received_on > c.due_on) AS late,
           min(l.received_on) AS first_on, max(l.received_on) AS last_on,
           sum((g.counts #>> ARRAY['lists', l.id::text, 'diterima'])::int) AS accepted,
           sum((g.counts #>> ARRAY['lists', l.id::text, 'perlu_cek'])::int) AS doubtful,
           sum((g.counts #>> ARRAY['lists', l.id::text, 'ditolak'])::int) AS refused
      FROM targeting_calledsender s JOIN targeting_call c ON c.id = s.call_id
      JOIN targeting_proposallist l ON l.programme_id = c.programme_id AND l.in_force AND l.sender_kind = s.kind
       AND l.received_on BETWEEN c.opens_on AND %(on)s
       AND CASE WHEN s.kind = 'kelurahan' THEN l.area_code = s.area_code ELSE lower(l.sender) = lower(s.sender) END
      LEFT JOIN targeting_screening g ON g.programme_id = c.programme_id AND g.current
     WHERE s.id = ANY(%(senders)s) GROUP BY s.id),
reminded AS (
    SELECT subject_id, count(*) AS times, max("on") AS last_on, max((after ->> 'step')::int) AS step
      FROM staff_diary WHERE action = 'remind_sender' AND subject = 'targeting.calledsender'
       AND subject_id = ANY(%(texts)s) GROUP BY 1)
SELECT s.id, s.call_id, s.kind, s.sender, s.area_code, s.places, coalesce(n.lists, 0), coalesce(n.received, 0),
       coalesce(n.accepted, 0), coalesce(n.doubtful, 0), coalesce(n.refused, 0), coalesce(n.late, 0), n.first_on,
       n.last_on, coalesce(r.times, 0), r.last_on, coalesce(r.step, 0), c.due_on
  FROM targeting_calledsender s JOIN targeting_call c ON c.id = s.call_id
  LEFT JOIN counted n ON n.sender_id = s.id LEFT JOIN reminded r ON r.subject_id = s.id::text
 WHERE s.id = ANY(%(senders)s) ORDER BY s.kind, s.area_code, s.sender
"""
_CALLS: Final = """
SELECT c.id, c.programme_id, p.name, p.area_code, c.title, c.text, c.opens_on, c.due_on, c.closed_on,
       coalesce(o.full_name, '') FROM targeting_call c JOIN targeting_programme p ON p.id = c.programme_id
  JOIN staff_officer o ON o.id = c.made_by_id
 WHERE {condition} ORDER BY c.id DESC
"""


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One called sender: places planned, names received with what the screening says of them, reminders, due day.

    `late` are names that came after the due day: they are kept and judged like the others.
    """

    id: int
    call_id: int
    kind: str
    sender: str
    area_code: str
    places: int
    lists: int
    received: int
    accepted: int
    doubtful: int
    refused: int
    late: int
    first_on: date | None
    last_on: date | None
    reminders: int
    reminded_on: date | None
    step: int
    due_on: date

    @property
    def missing(self) -> int:
        """How many names are still missing."""
        return max(0, self.places - self.received)

    @property
    def unjudged(self) -> int:
        """Names that no screening has seen yet."""
        return max(0, self.received - self.accepted - self.doubtful - self.refused)

    def state(self, on: date) -> str:
        """Say `lengkap`, `sebagian` or `belum`, after the due day `kurang` or `diam` instead."""
        if not self.missing:
            return "lengkap"
        over = on > self.due_on
        if self.received:
            return "kurang" if over else "sebagian"
        return "diam" if over else "belum"

    def days_late(self, on: date) -> int:
        """Days since the due day while names are missing, else 0."""
        return max(0, (on - self.due_on).days) if self.missing else 0


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call with its senders as they stand on a day."""

    id: int
    programme_id: int
    programme: str
    area_code: str
    title: str
    text: str
    opens_on: date
    due_on: date
    closed_on: date | None
    made_by: str
    senders: tuple[SenderRow, ...]

    @property
    def planned(self) -> int:
        """Places of all senders."""
        return sum(one.places for one in self.senders)

    @property
    def received(self) -> int:
        """Names of all senders."""
        return sum(one.received for one in self.senders)

    @property
    def accepted(self) -> int:
        """Names that the screening accepts."""
        return sum(one.accepted for one in self.senders)

    @property
    def late(self) -> int:
        """Names that came after the due day."""
        return sum(one.late for one in self.senders)

    @property
    def silent(self) -> int:
        """Senders who sent nothing."""
        return sum(1 for one in self.senders if not one.received)

    def forecast(self, on: date) -> int:
        """How many names there will be on the due day at the pace so far; what there is once that day is over."""
        elapsed, all_days = (on - self.opens_on).days + 1, (self.due_on - self.opens_on).days + 1
        if elapsed <= 0 or elapsed >= all_days:
            return self.received
        return self.received * all_days // elapsed


def calls(programme_id: int, *, on: date, areas: tuple[str, ...] = ("53",)) -> tuple[CallRow, ...]:
    """Give the calls of a programme with their senders in `areas`, the newest first. Three queries."""
    return _calls("c.programme_id = %s", programme_id, on, areas)


def call(call_id: int, *, on: date, areas: tuple[str, ...] = ("53",)) -> CallRow | None:
    """Give one call with its senders in `areas`, None where there is none. Three queries."""
    return next(iter(_calls("c.id = %s", call_id, on, areas)), None)


def running_calls(*, on: date) -> tuple[CallRow, ...]:
    """Give every call that has opened and is not closed. Three queries."""
    return _calls("c.closed_on IS NULL AND c.opens_on <= %s", on, on, ("53",))


def call_of_sender(sender_id: int) -> int | None:
    """Give the call of a sender. One query."""
    return CalledSender.objects.filter(pk=sender_id).values_list("call_id", flat=True).first()


def sender_within(sender_id: int, areas: tuple[str, ...]) -> bool:
    """Say whether a called sender lies in one of the areas. One query."""
    return CalledSender.objects.filter(in_areas("area_code", areas), pk=sender_id).exists()


def _calls(condition: str, value: int | date, on: date, areas: tuple[str, ...]) -> tuple[CallRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_CALLS.format(condition=condition), [value])
        rows = cursor.fetchall()
    senders = _senders(Q(call_id__in=[row[0] for row in rows]) & in_areas("area_code", areas), on)
    return tuple(CallRow(*(*row, tuple(one for one in senders if one.call_id == row[0]))) for row in rows)


def _senders(condition: Q, on: date) -> tuple[SenderRow, ...]:
    ids = list(CalledSender.objects.filter(condition).values_list("id", flat=True))
    given: dict[str, Any] = {"senders": ids, "texts": [str(one) for one in ids], "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_SENDERS, given)
        return tuple(SenderRow(*row) for row in cursor.fetchall())
