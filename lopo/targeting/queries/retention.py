"""Counts what of the lists is over its time: rows on which no decree rests, files as they came, look-alikes."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import connection

from lopo.staff.retention import BY_CODE, last_kept
from lopo.targeting.standing import SPEAKS_SQL

# A programme that was over before the day; what it received may be forgotten, but for what a decree rests on.
_LISTS_OVER: Final = """
  l.id IN (SELECT l2.id FROM targeting_proposallist l2 JOIN targeting_programme p ON p.id = l2.programme_id
            WHERE p.last_month < %(before)s)
"""
ROWS_OVER: Final = f"""
  FROM targeting_proposallist l
 WHERE l.id = r.list_id AND {_LISTS_OVER} AND {SPEAKS_SQL}
   AND NOT EXISTS (SELECT FROM targeting_decreename n JOIN targeting_verdict v ON v.id = n.verdict_id
                    WHERE v.row_id = r.id)
"""
"""The rows `r` of ended programmes that still say something and on which no decree rests."""
SOURCES_OVER: Final = """
 WHERE octet_length(s.content) > 0
   AND EXISTS (SELECT FROM targeting_proposallist l WHERE l.source_id = s.sha256)
   AND NOT EXISTS (SELECT FROM targeting_proposallist l JOIN targeting_programme p ON p.id = l.programme_id
                    WHERE l.source_id = s.sha256 AND p.last_month >= %(before)s)
"""
"""The files `s` of which every list belongs to an ended programme."""
LOOKALIKES_OVER: Final = """
 WHERE k.screening_id IN (
       SELECT c.id FROM targeting_screening c WHERE NOT c.current AND c.on < %(before)s
          AND NOT EXISTS (SELECT FROM targeting_settling t WHERE t.screening_id = c.id AND t.state = 'diusulkan'))
"""
"""The look-alikes `k` of screenings that were replaced and wait for nobody."""
_COUNTS: Final = {
    "baris_usulan": f"SELECT count(*) FROM targeting_proposalrow r WHERE EXISTS (SELECT {ROWS_OVER})",  # noqa: S608 - our own words
    "berkas_sumber": f"SELECT count(*) FROM targeting_sourcefile s {SOURCES_OVER}",  # noqa: S608
    "calon_mirip": f"SELECT count(*) FROM targeting_likeness k {LOOKALIKES_OVER}",  # noqa: S608
}


def overdue(on: date) -> dict[str, int]:
    """Give how many rows, files and look-alikes are over their time on a day, by rule. Three queries."""
    return {code: count_overdue(code, last_kept(BY_CODE[code], on)) for code in _COUNTS}


def count_overdue(code: str, before: date) -> int:
    """Give how many things of one rule are over their time, given the first day that is still kept. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS[code], {"before": before})
        return int((cursor.fetchone() or (0,))[0])
