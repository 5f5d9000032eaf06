"""Writes who stands on which page of the sheets that are signed at a handover."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.coverage.models import Handover, HandoverSheet
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require

PAGE: Final = 18
"""How many people sign on one page."""
_LINES: Final = """
WITH waiting AS (
    SELECT m.id, p.name, p.area_code,
           (row_number() OVER (PARTITION BY p.area_code ORDER BY p.name, m.id) - 1) / %(page)s AS part
      FROM coverage_membership m JOIN people_person p ON p.id = m.person_id
     WHERE m.programme_id = %(programme)s AND m.state = 'terdaftar' AND NOT m.has_card
       AND (%(area)s = '' OR p.area_code = %(area)s OR p.area_code LIKE %(area)s || '.%%')
       AND EXISTS (SELECT 1 FROM coverage_card c WHERE c.membership_id = m.id AND c.printed_on <= %(on)s)
)
INSERT INTO coverage_sheetline (sheet_id, page, line, membership_id)
SELECT %(sheet)s, dense_rank() OVER (ORDER BY area_code, part),
       row_number() OVER (PARTITION BY area_code, part ORDER BY name, id), id
  FROM waiting ORDER BY area_code, part, name, id
"""


def make_sheet(*, by: Officer, on: date, handover_id: int) -> int:
    """Put all who wait for a printed card at an event on pages by kelurahan and name; give the id of the sheet.

    Needs `coverage.handover` where the invited live. Made again, it holds those who wait then; older pages stay as they
    were printed. Refused: no such event, or nobody with a printed card waits.
    """
    event = Handover.objects.filter(pk=handover_id).select_related("programme").first()
    if event is None:
        raise Refused("acara_tidak_ada", "Acara penyerahan ini tidak ada.")
    require(by, "coverage.handover", on=on, area_code=event.area_code or event.programme.area_code)
    with transaction.atomic(), connection.cursor() as cursor:
        made = HandoverSheet.objects.create(handover=event, made_on=on, made_by=by)
        cursor.execute(
            _LINES,
            {"sheet": made.id, "programme": event.programme_id, "area": event.area_code, "page": PAGE, "on": event.on},
        )
        if not cursor.rowcount:
            raise Refused(
                "tidak_ada_yang_menunggu", "Tidak ada peserta yang menunggu kartu yang sudah dicetak untuk acara ini."
            )
        after = {"sheet": made.id, "people": cursor.rowcount}
        record(by=by, on=on, deed=Deed("make_sheet", "coverage.handover", event.id, after=after))
    return made.id
