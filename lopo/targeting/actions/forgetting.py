"""Blanks what lists said of people when its time is over; nothing on which a decree rests, and no verdict or reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from django.db import connection

from lopo.staff.forgetting import forget_by_rule
from lopo.staff.models import Officer
from lopo.targeting.queries.retention import LOOKALIKES_OVER, ROWS_OVER, SOURCES_OVER

_VERDICTS: Final = f"""
UPDATE targeting_verdict v SET nik_matched = '', evidence = '{{}}'::jsonb
 WHERE v.row_id IN (SELECT r.id FROM targeting_proposalrow r WHERE EXISTS (SELECT {ROWS_OVER}))
"""  # noqa: S608 - our own words
_ROWS: Final = f"""
UPDATE targeting_proposalrow r SET raw = '[]'::jsonb, fields = '{{}}'::jsonb, nik_given = '', name = ''
 WHERE r.id IN (SELECT r.id FROM targeting_proposalrow r WHERE EXISTS (SELECT {ROWS_OVER}))
"""  # noqa: S608
_SOURCES: Final = f"UPDATE targeting_sourcefile s SET content = '' {SOURCES_OVER}"  # noqa: S608
_LOOKALIKES: Final = f"DELETE FROM targeting_likeness k {LOOKALIKES_OVER}"  # noqa: S608


def _run(*statements: str) -> Callable[[date], int]:
    """Give what runs the statements and counts what the last of them changed."""

    def run(before: date) -> int:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, {"before": before})
            return int(cursor.rowcount)

    return run


_DEEDS: Final = {
    "baris_usulan": _run(_VERDICTS, _ROWS),
    "berkas_sumber": _run(_SOURCES),
    "calon_mirip": _run(_LOOKALIKES),
}
CODES: Final = frozenset(_DEEDS)


def forget(*, by: Officer | None, on: date, code: str, expected: int | None = None) -> int:
    """Blank or remove what a rule about lists says is over its time; give how many. Who may, see `forget_by_rule`."""
    return forget_by_rule(by=by, on=on, code=code, expected=expected, remove=_DEEDS[code])
