"""Reads what two numbers of one person make together: one line of paid months, and what a merge would mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.db import connection

from lopo.basics.calendar import Month
from lopo.law.cover import PaidMonth

# Every number of the person of `start`, by the one that speaks for all.
_NUMBERS: Final = """
root AS (SELECT coalesce(p.same_as_id, p.id) AS id FROM people_person p JOIN start s ON s.person_id = p.id),
numbers AS (SELECT id FROM root UNION SELECT p.id FROM people_person p JOIN root r ON p.same_as_id = r.id)
"""
_LINE: Final = f"""
SELECT p.id, line.*
  FROM unnest(%s::bigint[]) AS p(id)
 CROSS JOIN LATERAL (
    WITH start AS (SELECT p.id AS person_id), {_NUMBERS}
    SELECT m.month, min(m.paid_on),
           (SELECT min(k.issued_on) FROM coverage_membernumber k JOIN numbers n ON n.id = k.person_id)
      FROM coverage_paidmonth m JOIN numbers n ON n.id = m.person_id GROUP BY m.month) line
 ORDER BY p.id, line.month
"""  # noqa: S608 - a text of our own
_MEMBERSHIPS: Final = f"""
WITH start AS (SELECT person_id FROM coverage_membership WHERE id = %(id)s), {_NUMBERS}
SELECT h.months, m.number_issued_on, m.ended_on
  FROM numbers n JOIN coverage_membership m ON m.person_id = n.id AND (m.state <> 'ditolak' OR m.id = %(id)s)
  LEFT JOIN coverage_paidhistory h ON h.id = m.history_id
"""  # noqa: S608 - a text of our own


@dataclass(frozen=True, slots=True)
class PaidLine:
    """The paid months of a person under all his numbers, each once, and the day of the earliest number."""

    paid: tuple[PaidMonth, ...]
    number_issued_on: date | None


def paid_line(person_id: int) -> PaidLine:
    """Give the one line of a person: a month that two numbers paid counts once, from the day it was first paid.

    One query.
    """
    return paid_lines([person_id])[person_id]


def paid_lines(person_ids: Collection[int]) -> dict[int, PaidLine]:
    """Give the one line of each of the persons, empty for who has paid nothing. One query."""
    found: dict[int, PaidLine] = dict.fromkeys(person_ids, PaidLine((), None))
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [sorted(found)])
        for person_id, rows in groupby(cursor.fetchall(), key=itemgetter(0)):
            line = list(rows)
            paid = tuple(PaidMonth(Month.of(month), paid_on) for _, month, paid_on, _ in line)
            found[person_id] = PaidLine(paid, line[0][3])
    return found


def whole_line(membership_id: int) -> tuple[str, date | None, date | None] | None:
    """Give the pattern of all numbers of a member, the day of the earliest, and the end where all have ended.

    None for no membership. Memberships that BPJS refused do not speak, but for the one asked. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERSHIPS, {"id": membership_id})
        found = cursor.fetchall()
    if not found:
        return None
    months = sorted({token for text, _, _ in found for token in (text or "").split()})
    issued = min((day for _, day, _ in found if day is not None), default=None)
    ends = [ended for _, _, ended in found]
    return " ".join(months), issued, None if None in ends else max(ends)


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merge means for member numbers and months, before the second officer says yes.

    `stays` is the number (KPJ) that speaks for the person, `goes` those that BPJS is asked to join to it; `paid` are
    the months of both together, `twice` those that both have paid; `both_run` says that one must be ended first.
    """

    stays: str = ""
    goes: tuple[str, ...] = ()
    paid: tuple[Month, ...] = ()
    twice: tuple[Month, ...] = ()
    both_run: bool = False


_SIDES: Final = """
WITH pairs AS (SELECT * FROM unnest(%(kept)s::bigint[], %(gone)s::bigint[]) WITH ORDINALITY AS t(kept, gone, pair)),
sides AS (SELECT pair, 0 AS side, kept AS person_id FROM pairs UNION ALL SELECT pair, 1, gone FROM pairs),
roots AS (SELECT s.pair, s.side, coalesce(p.same_as_id, p.id) AS root
            FROM sides s JOIN people_person p ON p.id = s.person_id),
numbers AS (SELECT pair, side, root AS id, 0 AS below FROM roots
            UNION ALL SELECT r.pair, r.side, p.id, 1 FROM roots r JOIN people_person p ON p.same_as_id = r.root)
"""
_NUMBERED: Final = f"""{_SIDES}
SELECT n.pair, n.side, k.kpj,
       EXISTS (SELECT FROM coverage_membership m
                WHERE m.person_id = n.id AND m.ended_on IS NULL AND m.state <> 'ditolak')
  FROM numbers n LEFT JOIN coverage_membernumber k ON k.person_id = n.id ORDER BY n.pair, n.side, n.below, n.id
"""  # noqa: S608 - a text of our own
_MONTHS: Final = f"""{_SIDES}
SELECT n.pair, m.month, count(DISTINCT m.person_id) > 1
  FROM numbers n JOIN coverage_paidmonth m ON m.person_id = n.id GROUP BY n.pair, m.month ORDER BY n.pair, m.month
"""  # noqa: S608 - a text of our own


def merge_effects(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], MergeEffect]:
    """Give what merging the second person of each pair into the first would mean. Two queries, none for no pairs."""
    asked = list(dict.fromkeys(pairs))
    if not asked:
        return {}
    given = {"kept": [kept for kept, _ in asked], "gone": [gone for _, gone in asked]}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, given)
        numbers = cursor.fetchall()
        cursor.execute(_MONTHS, given)
        months = cursor.fetchall()
    found = {}
    for place, pair in enumerate(asked, start=1):
        own = [row for row in numbers if row[0] == place]
        cards = [kpj for _, _, kpj, _ in own if kpj]
        paid = [(Month.of(month), twice) for at, month, twice in months if at == place]
        found[pair] = MergeEffect(
            stays=cards[0] if cards else "", goes=tuple(cards[1:]), paid=tuple(month for month, _ in paid),
            twice=tuple(month for month, twice in paid if twice),
            both_run=len({side for _, side, _, runs in own if runs}) > 1,
        )  # fmt: skip
    return found
