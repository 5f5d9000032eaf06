"""Lets memberships follow an amendment of their decree: who left ends, who entered waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.targeting.actions.amendments import approve_amendment

# Cover that is paid goes on to the last day before the first month of the amendment; of the dead it ended that day.
_END: Final = """
WITH ended AS (
    UPDATE coverage_membership m
       SET state = 'berakhir', end_reason = x.reason,
           ended_on = greatest(m.submitted_on, CASE WHEN x.reason = 'meninggal' THEN x.gone_on
                                                    ELSE a.from_month - 1 END)
      FROM targeting_amendmentline l JOIN targeting_departure x ON x.id = l.departure_id
      JOIN targeting_amendment a ON a.id = l.amendment_id
      JOIN targeting_decreename n ON n.id = x.decree_name_id
      JOIN targeting_decree d ON d.id = n.decree_id
     WHERE a.id = %s AND m.person_id = n.person_id AND m.programme_id = d.programme_id
       AND m.state NOT IN ('berakhir', 'ditolak') RETURNING m.id)
SELECT count(*) FROM ended
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """The decree that was amended, and how many memberships ended by it."""

    decree_id: int
    ended: int


def follow_amendment(*, by: Officer, on: date, amendment_id: int) -> Followed:
    """Set the amendment and end the memberships of those who leave; who enters is sent to BPJS with the decree.

    Months that are paid stay paid; later ones are not billed any more. Needs `decree.approve`; a part of
    `financing.set_amendment`, which looks at the bills first. Refused: what `approve_amendment` refuses.
    """
    with transaction.atomic():
        amendment = approve_amendment(by=by, on=on, amendment_id=amendment_id)
        with connection.cursor() as cursor:
            cursor.execute(_END, [amendment_id])
            ended = int(cursor.fetchone()[0])
        after = {"amendment": amendment.number, "ended": ended}
        record(by=by, on=on, deed=Deed("end_memberships", "targeting.decree", amendment.decree_id, after=after))
    return Followed(amendment.decree_id, ended)
