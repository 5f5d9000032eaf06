"""Who holds a case, and the reminders that go out before and after the day of each clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.calendar import add_working_days
from lopo.basics.refusal import Refused
from lopo.claims.actions.working import change, open_case
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer

ESCALATE_AFTER: Final = 3
"""Calendar days after a clock ran out on which those above are told."""

_RUNNING: Final = """
SELECT c.id, k.clock, k.due_on
  FROM claims_case c
 CROSS JOIN LATERAL (VALUES
       ('kunjungan', c.visit_due_on, c.visited_on IS NULL),
       ('kesimpulan', c.conclude_due_on, c.kind = 'JKK' AND c.concluded_on IS NULL),
       ('pembayaran', c.pay_due_on, true)) AS k(clock, due_on, runs)
 WHERE c.state NOT IN ('dikabulkan', 'ditolak', 'ditutup') AND k.runs AND k.due_on IS NOT NULL
"""
_REMIND: Final = f"""
WITH running AS ({_RUNNING}), steps AS (
    SELECT r.*, 'ingatkan' AS step FROM running r WHERE r.due_on <= %(soon)s
    UNION ALL
    SELECT r.*, 'naikkan' FROM running r WHERE r.due_on < %(late)s
)
INSERT INTO claims_reminder (case_id, clock, due_on, step, "on")
SELECT s.id, s.clock, s.due_on, s.step, %(on)s FROM steps s ORDER BY s.id, s.clock, s.step
ON CONFLICT (case_id, clock, due_on, step) DO NOTHING
RETURNING case_id, clock, due_on, step,
          (SELECT o.username FROM claims_case c LEFT JOIN staff_officer o ON o.id = c.owner_id
            WHERE c.id = claims_reminder.case_id)
"""  # noqa: S608 - our own statement


def take_case(*, by: Officer, on: date, case_id: int, holder: str = "") -> None:
    """Take a case in hand, or hand it to another officer by name; needs `case.work`, and so must the other.

    Refused: an officer who may not work on cases of this area.
    """
    with transaction.atomic():
        case = open_case(by, on, case_id)
        owner = staff.officer(holder) if holder else by
        if not staff.within(case.person.area_code, staff.areas_where(owner.id, "case.work", on=on)):
            raise Refused("bukan_petugas_kasus", "Petugas itu tidak mengurus kasus di wilayah ini.")
        if case.owner_id == owner.id:
            raise Refused("sudah_dipegang", "Kasus ini sudah dipegang petugas itu.")
        change(by, on, case, "take_case", {"owner_id": owner.id})


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders went out: to those who hold cases, and to those above them."""

    reminded: int
    escalated: int


def remind(*, by: Officer | None, on: date) -> Reminded:
    """Remind of each clock of an open case once before its day is over, and tell those above once it is long over.

    By nobody where the clock runs it. One statement, and one diary row a case with what must go out.
    """
    given = {"on": on, "soon": add_working_days(on, 1), "late": on - timedelta(days=ESCALATE_AFTER)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REMIND, given)
        rows = cursor.fetchall()
        by_case: dict[int, list[dict[str, Any]]] = {}
        for case_id, clock, due_on, step, holder in rows:
            told = {"clock": clock, "due_on": due_on.isoformat(), "step": step, "to": holder or ""}
            by_case.setdefault(case_id, []).append(told)
        deeds = [
            Deed("remind_case", "claims.case", case_id, after={"reminders": told}, send={"reminders": told})
            for case_id, told in by_case.items()
        ]
        record_all(by=by, on=on, deeds=deeds)
    steps = [row[3] for row in rows]
    return Reminded(steps.count("ingatkan"), steps.count("naikkan"))
