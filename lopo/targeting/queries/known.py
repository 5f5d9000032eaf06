"""What two officers have decided about rows of the same content, for the next screening to take over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lopo.people.loading import copy_out
from lopo.targeting.models import Label

# The newest answer of a pair counts, and the newest `sama` of a row. A word on a register entry holds only as long as
# the registers of events are those that it was said of.
_KNOWN: Final = """
WITH latest AS (
    SELECT DISTINCT ON (b.content, b.nik) b.id, b.content, b.nik, b.name, b.answer, b.decile,
           b.entry_other AND NOT EXISTS (
               SELECT 1 FROM people_snapshot p WHERE p.current AND p.kind IN ('kematian', 'pindah', 'asn', 'bpjs')
                  AND p.id NOT IN (SELECT (e ->> 'id')::bigint FROM jsonb_array_elements(c.snapshots) e)) AS entry_other
      FROM targeting_label b JOIN targeting_settling s ON s.id = b.settling_id
      JOIN targeting_screening c ON c.id = s.screening_id
     ORDER BY b.content, b.nik, b.id DESC)
SELECT DISTINCT ON (r.id, b.answer, CASE b.answer WHEN 'beda' THEN b.nik END)
       r.id AS row_id, b.nik, b.answer, b.decile, b.entry_other
  FROM latest b JOIN targeting_proposalrow r ON r.name = b.name AND r.kind = 'calon'
  JOIN targeting_proposallist l ON l.id = r.list_id AND l.programme_id = %(programme)s
 WHERE b.answer <> 'tidak_tahu' AND b.content = targeting_content(r.id, r.fields, l.area_code)
 ORDER BY r.id, b.answer, CASE b.answer WHEN 'beda' THEN b.nik END, b.id DESC
"""


def has_labels() -> bool:
    """Say whether anything was ever settled by hand. One query."""
    return Label.objects.exists()


def copy_known(programme_id: int, write: Callable[[bytes], object]) -> None:
    """Write what is settled of the rows of a programme as CSV: row_id, nik, answer, decile, entry_other. One query."""
    copy_out(_KNOWN, {"programme": programme_id}, write)
