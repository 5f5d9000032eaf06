"""Reads when the cover of those whom nobody pays any more ends: what is held back from which day, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from lopo.basics.calendar import Month
from lopo.coverage.models import PaidHistory
from lopo.coverage.queries import ARREARS
from lopo.coverage.queries.cover import payments_of
from lopo.financing.queries.renewal import HERE, NEXT
from lopo.law.cover import PaidMonth, arrears_limit, cover_on
from lopo.law.deadlines import contribution_due

_DAY: Final = timedelta(days=1)
_GROUPS: Final = f"""
WITH here AS ({HERE})
SELECT h.kecamatan, h.history_id, h.number_issued_on, count(*) FROM here h
 WHERE NOT EXISTS (SELECT 1 FROM ({NEXT}) AS n
                    WHERE n.person_id = h.person_id AND NOT (%(closing)s AND n.programme_id = %(programme)s))
 GROUP BY 1, 2, 3
"""  # noqa: S608 - our own statements, put together


@dataclass(frozen=True, slots=True)
class Ending:
    """How cover ends once nobody pays: its state on the last day, what was paid, and the first days without.

    From `held_from` on what is paid in money waits for the arrears; from `lost_from` on there is no right. Both are
    None for somebody whose cover never began.
    """

    state: str
    paid_until: Month | None
    held_from: date | None
    lost_from: date | None


@dataclass(frozen=True, slots=True)
class EndingRow:
    """People of one kecamatan whose cover ends in the same way."""

    kecamatan_code: str
    ending: Ending
    members: int


@lru_cache(maxsize=20_000)
def ending_of(months: str, issued_on: date | None, last: Month, on: date) -> Ending:
    """Give how cover with these paid months ends when nobody pays after the month `last`. No query.

    Months that fall due after the day are taken as paid in time until `last`; what is unpaid today stays so.
    """
    paid = list(payments_of(months))
    known = {one.month for one in paid}
    coming = (month for month in Month.of(on).plus(-1).through(last) if contribution_due(month) >= on)
    paid += [PaidMonth(month, contribution_due(month)) for month in coming if known and month not in known]
    base = max(on, last.last_day)
    limit = arrears_limit(base)
    until = max((one.month for one in paid), default=None)
    days = [base]
    if until is not None:
        dues = (contribution_due(month) + _DAY for month in until.next().through(until.plus(limit + 1)))
        days += [day for day in dues if day > base]
    states = [(day, cover_on(day, paid, issued_on).state) for day in days]
    held = next((day for day, state in states if state in ARREARS), None)
    lost = next((day for day, state in states if state == ARREARS[-1]), None)
    return Ending(states[0][1], until, held, lost)


def endings(
    programme_id: int, *, on: date, month: Month, areas: tuple[str, ...], closing: bool = False
) -> tuple[EndingRow, ...]:
    """Give by kecamatan how and when the cover of those ends whom nobody pays from the month on. Two queries.

    With `closing` the programme itself is taken to pay nothing from that month on, whatever its last month is.
    """
    given: dict[str, Any] = {
        "programme": programme_id, "month": month.first_day, "on": on, "areas": list(areas), "closing": closing,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, given)
        found = cursor.fetchall()
    texts = dict(PaidHistory.objects.filter(pk__in={row[1] for row in found}).values_list("id", "months"))
    summed: dict[tuple[str, Ending], int] = {}
    for kecamatan, history, issued, members in found:
        key = (kecamatan, ending_of(texts.get(history, ""), issued, month.plus(-1), on))
        summed[key] = summed.get(key, 0) + members
    rows = (EndingRow(*key, members) for key, members in summed.items())
    return tuple(sorted(rows, key=lambda row: (row.kecamatan_code, row.ending.lost_from or date.max, row.ending.state)))
