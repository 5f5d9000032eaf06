"""Reads who looked at whom, which tables left with whom in them, what a person asked, and what looks unusual."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from lopo.staff.models import DataRequest, Duty, Export, Look
from lopo.staff.roles import ROLES


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at a person: who (with the role of that day), when, on which page, why, whole numbers or not."""

    at: datetime
    by: str
    role: str
    page: str
    reason: str
    whole: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One file that held a person; `surely` is False where so many were in it that only their count is kept."""

    at: datetime
    by: str
    table: str
    form: str
    reason: str
    people: int
    surely: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request of a person about his own data, and its answer."""

    id: int
    person: int
    kind: str
    asked_by: str
    text: str
    made_by: str
    made_on: date
    due_on: date
    state: str
    answer: str
    answered_by: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Review:
    """What one officer looked at in a stretch of time, as counts; flags are for a human to ask about, no verdict.

    `busiest` is the most persons on one day, `outside` the looks at people outside the officer's areas, `odd_hours`
    those before 06.00, after 19.00 or at the weekend, `again` the most hours in which one person was looked at,
    `taken` the persons in files (one who is in two files counts twice).
    """

    officer_id: int
    by: str
    role: str
    looks: int
    persons: int
    whole: int
    busiest: int
    outside: int
    odd_hours: int
    again: int
    files: int
    taken: int
    flags: tuple[str, ...]


MANY_A_DAY: Final = 60
"""Persons on one day from which on it is said: more than one every eight minutes of a working day."""
MANY_WHOLE: Final = 20
MANY_ODD: Final = 5
MANY_AGAIN: Final = 6


def looks_of(persons: Collection[int], *, limit: int = 50) -> tuple[LookRow, ...]:
    """Give the latest looks at the records of one person (all his numbers), newest first. Two queries."""
    rows = Look.objects.filter(person__in=list(persons)).select_related("by").order_by("-id")[:limit]
    found = list(rows)
    roles = _roles({row.by_id for row in found})
    return tuple(
        LookRow(
            row.at, row.by.full_name or row.by.username, _role_on(roles, row.by_id, row.on), row.page, row.reason,
            row.whole, row.outside,
        )
        for row in found
    )  # fmt: skip


def exports_of(persons: Collection[int], *, limit: int = 20) -> tuple[ExportRow, ...]:
    """Give the latest files that held one of these persons, or may have. One query."""
    rows = (
        Export.objects.filter(Q(persons__overlap=list(persons)) | Q(persons__isnull=True))
        .order_by("-id")
        .values_list("at", "by__full_name", "table", "form", "reason", "people", "persons")[:limit]
    )
    return tuple(ExportRow(*row[:6], surely=row[6] is not None) for row in rows)


def requests(condition: Q, *, limit: int = 200) -> tuple[RequestRow, ...]:
    """Give requests about one's own data, those that wait first. One query."""
    names = (
        "id", "person", "kind", "asked_by", "text", "made_by__full_name", "made_on", "due_on", "state", "answer",
        "answered_by__full_name", "answered_on",
    )  # fmt: skip
    rows = DataRequest.objects.filter(condition).order_by("state", "due_on", "-id").values_list(*names)[:limit]
    told: list[tuple[Any, ...]] = [(*row[:10], row[10] or "", row[11]) for row in rows]
    return tuple(RequestRow(*row) for row in told)


def requests_of(persons: Collection[int]) -> tuple[RequestRow, ...]:
    """Give what a person asked about his own data. One query."""
    return requests(Q(person__in=list(persons)))


def requests_waiting() -> tuple[RequestRow, ...]:
    """Give the requests that are not answered yet, the most pressing first. One query."""
    return requests(Q(state=DataRequest.State.DICATAT))


def request_row(request_id: int) -> RequestRow | None:
    """Give one request, None where there is none. One query."""
    return next(iter(requests(Q(pk=request_id))), None)


_REVIEW: Final = """
WITH seen AS (
    SELECT l.by_id, l.on, l.person, l.hour, l.whole, l.outside, timezone(%(zone)s, l.at) AS local
      FROM staff_look l WHERE l.on BETWEEN %(first)s AND %(last)s
), daily AS (
    SELECT by_id, "on", count(DISTINCT person) AS persons FROM seen GROUP BY by_id, "on"
), same AS (
    SELECT by_id, person, count(DISTINCT hour) AS hours FROM seen WHERE person IS NOT NULL GROUP BY by_id, person
), taken AS (
    SELECT by_id, count(*) AS files, sum(people) AS people FROM staff_export
     WHERE "on" BETWEEN %(first)s AND %(last)s GROUP BY by_id
), counted AS (
    SELECT by_id, count(*) AS looks, count(DISTINCT person) AS persons, count(*) FILTER (WHERE whole) AS whole,
           count(*) FILTER (WHERE outside) AS outside,
           count(*) FILTER (WHERE extract(isodow FROM local) > 5 OR extract(hour FROM local) < 6
                               OR extract(hour FROM local) >= 19) AS odd
      FROM seen GROUP BY by_id
)
SELECT o.id, coalesce(nullif(o.full_name, ''), o.username), coalesce(c.looks, 0), coalesce(c.persons, 0),
       coalesce(c.whole, 0), coalesce((SELECT max(d.persons) FROM daily d WHERE d.by_id = o.id), 0),
       coalesce(c.outside, 0), coalesce(c.odd, 0),
       coalesce((SELECT max(s.hours) FROM same s WHERE s.by_id = o.id), 0), coalesce(t.files, 0), coalesce(t.people, 0)
  FROM staff_officer o LEFT JOIN counted c ON c.by_id = o.id LEFT JOIN taken t ON t.by_id = o.id
 WHERE c.by_id IS NOT NULL OR t.by_id IS NOT NULL
 ORDER BY 2
"""


def review(first: date, last: date, *, zone: str) -> tuple[Review, ...]:
    """Give for each officer what he looked at from one day to another (both counted), the flagged first. Two queries.

    `zone` is the office's time zone, in which hours are odd or not.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REVIEW, {"first": first, "last": last, "zone": zone})
        rows = cursor.fetchall()
    roles = _roles({row[0] for row in rows})
    told = [_reviewed(row, _role_on(roles, row[0], last)) for row in rows]
    return tuple(sorted(told, key=lambda one: (-len(one.flags), one.by)))


def _reviewed(row: tuple[Any, ...], role: str) -> Review:
    officer_id, name, looks, persons, whole, busiest, outside, odd, again, files, taken = row
    told = {
        "banyak": busiest >= MANY_A_DAY,
        "luar_wilayah": outside > 0,
        "luar_jam": odd >= MANY_ODD,
        "nomor_utuh": whole >= MANY_WHOLE,
        "berulang": again >= MANY_AGAIN,
    }
    flags = tuple(code for code, so in told.items() if so)
    return Review(officer_id, name, role, looks, persons, whole, busiest, outside, odd, again, files, int(taken), flags)


Held = dict[int, list[tuple[date, date | None, str]]]


def _roles(officers: Collection[int]) -> Held:
    """Give the duties of each officer: since, until, role."""
    held: Held = {}
    rows = Duty.objects.filter(officer_id__in=officers).order_by("since", "id")
    for officer_id, since, until, role in rows.values_list("officer_id", "since", "until", "role"):
        held.setdefault(officer_id, []).append((since, until, role))
    return held


def _role_on(held: Held, officer_id: int, day: date) -> str:
    """Give the role that an officer held on a day, '' where none."""
    roles = (
        role for since, until, role in held.get(officer_id, ()) if since <= day and (until is None or day <= until)
    )
    return next((role for role in roles if role in ROLES), "")
