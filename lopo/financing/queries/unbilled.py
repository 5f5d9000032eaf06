"""Says of which members a month is asked of nobody yet: in one piece of SQL, for the bill and for the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection

from lopo.basics.calendar import Month

UNBILLED: Final = """
    SELECT m.id, m.person_id FROM coverage_membership m
     WHERE m.programme_id = {programme} AND m.state IN ('diterima', 'terdaftar') AND m.accepted_on <= {on}
       AND NOT EXISTS (SELECT 1 FROM financing_billline l
                        WHERE l.person_id = m.person_id AND l.month = {month} AND NOT l.cancelled)
       AND NOT EXISTS (SELECT 1 FROM coverage_paidhistory h
                        WHERE h.id = m.history_id AND strpos(h.months, {begins}) > 0)
"""
"""The members of a programme that a bill of the month would name; who has paid it is asked of the few patterns."""
BY_SECTOR: Final = """
    SELECT who.id, who.person_id, coalesce(stated.sector, work.sector, '') AS sector
      FROM ({who}) AS who JOIN people_person p ON p.id = who.person_id
      LEFT JOIN people_personsector stated ON stated.person_id = p.id
      LEFT JOIN unnest(%(works)s::text[], %(sectors)s::text[]) AS work (occupation, sector)
             ON work.occupation = upper(p.occupation)
"""
"""The same people with their sector: `works` (in capitals) and `sectors` stand side by side."""
_WHO: Final = UNBILLED.format(programme="asked.programme", on="%(on)s", month="asked.month", begins="asked.begins")
_COUNTED: Final = f"""
SELECT asked.programme, asked.month, (SELECT count(*) FROM ({_WHO}) AS who)
  FROM unnest(%(programmes)s::bigint[], %(months)s::date[], %(begins)s::text[]) AS asked (programme, month, begins)
"""  # noqa: S608 - our own statements, put together


def paid_begins(month: Month) -> str:
    """Give how a paid month begins in a pattern of paid months."""
    return f"{month}="


def unbilled(asked: Sequence[tuple[int, Month]], *, on: date) -> dict[tuple[int, Month], int]:
    """Count, for each programme and month asked about, the members whose month nobody is asked for. One query or none.

    Members of whom BPJS has not said by the day that it takes them do not count.
    """
    if not asked:
        return {}
    given: dict[str, Any] = {
        "on": on, "programmes": [one for one, _ in asked], "months": [month.first_day for _, month in asked],
        "begins": [paid_begins(month) for _, month in asked],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, given)
        return {(programme, Month.of(month)): people for programme, month, people in cursor.fetchall()}
