"""Blanks what lists said of people when its time is over; nothing on which a decree rests, and no verdict or reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from django.db import connection

from lopo.staff.forgetting import Order, Overdue, forget_next
from lopo.staff.models import Officer
from lopo.targeting.queries.retention import LOOKALIKES_OVER, ROWS_OVER, SOURCES_OVER, count_overdue

_PART: Final = f"""
DROP TABLE IF EXISTS targeting_forgotten;
CREATE TEMP TABLE targeting_forgotten ON COMMIT DROP AS
SELECT r.id, r.list_id,
       r.kind = 'calon' AND NOT EXISTS (SELECT FROM targeting_proposalrow n WHERE n.replaces_id = r.id) AS stood
  FROM targeting_proposalrow r WHERE EXISTS (SELECT {ROWS_OVER})
 ORDER BY r.id LIMIT %(most)s;
ANALYZE targeting_forgotten;
"""  # noqa: S608 - our own words
_VERDICTS: Final = """
UPDATE targeting_verdict v SET nik_matched = '', evidence = '{}'::jsonb
  FROM targeting_forgotten f
 WHERE v.row_id = f.id AND v.row_id BETWEEN (SELECT min(id) FROM targeting_forgotten)
                                        AND (SELECT max(id) FROM targeting_forgotten)
   AND (v.nik_matched, v.evidence) <> ('', '{}'::jsonb)
"""
_LISTS: Final = """
UPDATE targeting_proposallist l SET forgotten = l.forgotten + c.n
  FROM (SELECT list_id, count(*) AS n FROM targeting_forgotten WHERE stood GROUP BY 1) c WHERE c.list_id = l.id
"""
_ROWS: Final = """
UPDATE targeting_proposalrow r SET raw = '[]'::jsonb, fields = '{}'::jsonb, nik_given = '', name = ''
  FROM targeting_forgotten f
 WHERE f.id = r.id AND r.id BETWEEN (SELECT min(id) FROM targeting_forgotten)
                               AND (SELECT max(id) FROM targeting_forgotten)
"""
_SOURCES: Final = f"""
UPDATE targeting_sourcefile SET content = ''
 WHERE sha256 IN (SELECT s.sha256 FROM targeting_sourcefile s {SOURCES_OVER} LIMIT %(most)s)
"""  # noqa: S608
_LOOKALIKES: Final = f"""
DELETE FROM targeting_likeness
 WHERE id IN (SELECT k.id FROM targeting_likeness k {LOOKALIKES_OVER} LIMIT %(most)s)
"""  # noqa: S608
_DEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "baris_usulan": (_PART, _VERDICTS, _LISTS, _ROWS),
    "berkas_sumber": (_SOURCES,),
    "calon_mirip": (_LOOKALIKES,),
}
CODES: Final = frozenset(_DEEDS)


def _run(statements: tuple[str, ...]) -> Callable[[date, int], int]:
    """Give what runs the statements and counts what the last of them changed."""

    def run(before: date, most: int) -> int:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {"before": before, "most": most})
            return int(cursor.rowcount)

    return run


def forget_part(*, by: Officer | None, on: date, order: Order) -> int:
    """Blank or remove the next part of what a rule about lists says is over its time; see `forget_next`."""
    overdue = Overdue(partial(count_overdue, order.code), _run(_DEEDS[order.code]))
    return forget_next(by=by, on=on, order=order, overdue=overdue)
