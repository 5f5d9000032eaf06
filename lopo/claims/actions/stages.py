"""Who holds a case, handing cases over, and the reminders that go out before and after the day of each clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.calendar import add_working_days
from lopo.basics.refusal import Refused
from lopo.claims.models import Case
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer

ESCALATE_AFTER: Final = 3
"""Calendar days after a clock ran out on which those above are told."""
MOST_HANDED: Final = 200
_SHORTEST_NOTE: Final = 5
_ENDED: Final = (Case.State.DITOLAK, Case.State.DITUTUP)

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


@dataclass(frozen=True, slots=True)
class Handover:
    """Cases that go to one officer by the name he signs in with, and what he should know of them."""

    case_ids: tuple[int, ...]
    holder: str
    note: str = ""


def take_case(*, by: Officer, on: date, case_id: int) -> None:
    """Take a case in hand, also one that another holds, who is told of it; needs `case.work` there."""
    _hand_over(by, on, Handover((case_id,), by.username), "take_case")


def hand_over(*, by: Officer, on: date, given: Handover) -> int:
    """Hand cases to an officer, all or none; give how many he did not hold before. Both must have `case.work` there.

    He and those who held them are told. Refused: no case or more than 200, no note, a case that has ended, an officer
    who does not work on cases of one of the areas, or cases that he holds already.
    """
    if len(given.note.strip()) < _SHORTEST_NOTE:
        raise Refused("catatan_kosong", "Tulis apa yang perlu diketahui pemegang baru.")
    return _hand_over(by, on, given, "hand_over_case")


def _hand_over(by: Officer, on: date, given: Handover, action: str) -> int:
    with transaction.atomic():
        cases = _cases_to_hand(by, on, given.case_ids)
        holder = _holder_of(cases, given.holder, on)
        moved = [case for case in cases if case.owner_id != holder.id]
        if not moved:
            raise Refused("sudah_dipegang", "Kasus ini sudah dipegang petugas itu.")
        Case.objects.filter(pk__in=[case.pk for case in moved]).update(owner=holder)
        record_all(by=by, on=on, deeds=_handed(action, by, moved, holder, given.note.strip()))
    return len(moved)


def _cases_to_hand(by: Officer, on: date, case_ids: Sequence[int]) -> list[Case]:
    """Lock the cases, in the order of their numbers. Refused: none, too many, not there or not allowed, or ended."""
    if not 0 < len(set(case_ids)) <= MOST_HANDED:
        raise Refused("pilih_kasus", f"Pilih sedikitnya satu dan paling banyak {MOST_HANDED} kasus.")
    rows = Case.objects.select_for_update(of=("self",)).select_related("person", "owner").order_by("pk")
    cases = list(rows.filter(pk__in=case_ids))
    mine = staff.areas_where(by.id, "case.work", on=on)
    if len(cases) < len(set(case_ids)) or not all(staff.within(case.person.area_code, mine) for case in cases):
        raise Refused("tidak_berwenang", "Anda tidak berwenang melakukan ini di wilayah tersebut.", "case.work")
    if ended := [case.code for case in cases if case.state in _ENDED]:
        raise Refused("kasus_berakhir", f"Kasus ini sudah berakhir dan tidak diserahkan lagi: {', '.join(ended)}.")
    return cases


def _holder_of(cases: Sequence[Case], username: str, on: date) -> Officer:
    """Give the officer who is to hold the cases. Refused: one who is not there or does not work in one of the areas."""
    holder = staff.officer(username)
    areas = staff.areas_where(holder.id, "case.work", on=on) if holder.is_active else ()
    if elsewhere := [case.code for case in cases if not staff.within(case.person.area_code, areas)]:
        raise Refused(
            "bukan_petugas_kasus", f"Petugas itu tidak mengurus kasus di wilayah ini: {', '.join(elsewhere)}."
        )
    return holder


def _handed(action: str, by: Officer, cases: Sequence[Case], holder: Officer, note: str) -> list[Deed]:
    """One deed a case; the first tells each officer concerned, other than the doer, of all his cases in one message."""
    to: dict[str, list[str]] = {holder.username: [case.code for case in cases]}
    lost: dict[str, list[str]] = {}
    for case in cases:
        if case.owner is not None:
            lost.setdefault(case.owner.username, []).append(case.code)
    told = [
        {"to": name, "codes": codes, "new": new, "note": note}
        for new, those in ((True, to), (False, lost))
        for name, codes in those.items()
        if name != by.username
    ]
    after = {"owner": holder.username} | ({"note": note} if note else {})
    return [
        Deed(
            action,
            "claims.case",
            case.pk,
            before={"owner": case.owner.username if case.owner else ""},
            after=after,
            send={"handed": told} if told and place == 0 else None,
        )
        for place, case in enumerate(cases)
    ]


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
