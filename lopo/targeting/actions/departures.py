"""Notes who should leave a set decree: each night from new registers, or by an officer; and dismisses what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Decree, DecreeName, Departure

_LOCK: Final = 5_150_043
"""The advisory lock that lets one job at a time look through the registers."""
_LONGEST: Final = 300

GONE_SQL: Final = """
    SELECT n.id AS name_id, g.reason, g.gone_on, g.snapshot_id,
           row_number() OVER (PARTITION BY n.id ORDER BY g.place, g.gone_on DESC) AS nth
      FROM targeting_decreename n
      JOIN targeting_decree d ON d.id = n.decree_id AND d.state = 'ditetapkan'
      JOIN targeting_programme t ON t.id = d.programme_id AND t.last_month + interval '1 month' > %(on)s
      JOIN targeting_screening c ON c.id = d.screening_id
      CROSS JOIN LATERAL (
            SELECT p.nik FROM people_person p WHERE p.id = n.person_id
             UNION ALL SELECT p.nik FROM people_same x JOIN people_person p ON p.id = x.other_id
                        WHERE x.person_id = n.person_id) AS numbers (nik)
      JOIN LATERAL (
            SELECT 1 AS place, 'meninggal' AS reason, r.died_on AS gone_on, r.snapshot_id
              FROM people_death r WHERE r.nik = numbers.nik
             UNION ALL SELECT 2, 'pindah', r.moved_on, r.snapshot_id
              FROM people_move r WHERE r.nik = numbers.nik AND r.moved_on > c."on"
             UNION ALL SELECT 3, 'pekerja_pu', coalesce(r.active_since, s.as_of), r.snapshot_id
              FROM people_activemember r JOIN people_snapshot s ON s.id = r.snapshot_id
             WHERE r.nik = numbers.nik AND upper(r.segment) = 'PU' AND coalesce(r.active_since, s.as_of) > c."on"
           ) AS g ON g.gone_on <= %(on)s
      JOIN people_snapshot s ON s.id = g.snapshot_id AND s.current
"""
"""Names of set decrees (still running on the day) whom a register in force names since the screening; `nth` 1 counts.

A death counts whenever it was: it may have been registered late. A move or a job from before the screening was judged.
"""
_PROPOSE: Final = f"""
WITH gone AS ({GONE_SQL}),
moved AS (
    SELECT n.id AS name_id FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
      JOIN targeting_programme t ON t.id = d.programme_id AND t.last_month + interval '1 month' > %(on)s
     WHERE n.status = 'gugur' AND NOT EXISTS (SELECT FROM targeting_departure x WHERE x.decree_name_id = n.id)),
found AS (
    SELECT g.name_id, g.reason, g.gone_on, g.snapshot_id FROM gone g JOIN targeting_decreename n ON n.id = g.name_id
     WHERE g.nth = 1 AND n.status IN ('ditetapkan', 'pengganti')
     UNION ALL SELECT name_id, 'ditolak_bpjs', %(on)s, NULL FROM moved)
INSERT INTO targeting_departure (decree_name_id, reason, gone_on, note, snapshot_id, found_on, state, why)
SELECT f.name_id, f.reason, f.gone_on, '', f.snapshot_id, %(on)s, 'diusulkan', '' FROM found f
 WHERE NOT EXISTS (SELECT FROM targeting_departure x WHERE x.decree_name_id = f.name_id
                      AND (x.state <> 'ditepis' OR x.reason = f.reason AND x.gone_on = f.gone_on))
 ORDER BY f.name_id RETURNING id
"""  # noqa: S608 - our own statements, put together


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves, as an officer says it: the name on the decree, why, since when, and a note."""

    decree_name_id: int
    reason: str
    gone_on: date
    note: str = ""


def propose_departures(*, by: Officer | None, on: date) -> int:
    """Note everybody on a set decree who died, moved away or found a job by the registers in force; give how many.

    Also whose place was taken already as BPJS refused the name. For the clock; a second run notes nobody twice; what
    an officer dismissed is not told again on the same ground. One diary row where somebody is new. Three queries.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute(_PROPOSE, {"on": on})
            found = len(cursor.fetchall())
        if found:
            deed = Deed("propose_departures", "targeting.departure", "", after={"found": found})
            record(by=by, on=on, deed=deed)
    return found


def propose_departure(*, by: Officer, on: date, leaving: Leaving) -> int:
    """Note that one name should leave its decree; needs `decree.draft` there. Gives the id.

    Refused: no such place on a set decree, an unknown reason, a day that has not come, or already noted.
    """
    name = DecreeName.objects.filter(pk=leaving.decree_name_id).select_related("decree__programme").first()
    if name is None:
        raise Refused("bukan_yang_ditetapkan", "Orang ini tidak memegang tempat dalam keputusan yang ditetapkan.")
    require(by, "decree.draft", on=on, area_code=name.decree.programme.area_code)
    holds = name.status in (DecreeName.Status.DITETAPKAN, DecreeName.Status.PENGGANTI)
    if not holds or name.decree.state != Decree.State.DITETAPKAN:
        raise Refused("bukan_yang_ditetapkan", "Orang ini tidak memegang tempat dalam keputusan yang ditetapkan.")
    if leaving.reason not in Departure.Reason.values:
        raise Refused("alasan_tidak_dikenal", f"Alasan keluar {leaving.reason} tidak dikenal.")
    if leaving.gone_on > on:
        raise Refused("hari_belum_tiba", "Hari keluar tidak boleh sesudah hari ini.")
    try:
        with transaction.atomic():
            made = Departure.objects.create(
                decree_name=name, reason=leaving.reason, gone_on=leaving.gone_on, note=leaving.note.strip()[:_LONGEST],
                found_on=on, made_by=by,
            )  # fmt: skip
            after = {"name": name.id, "reason": leaving.reason, "gone_on": str(leaving.gone_on)}
            record(by=by, on=on, deed=Deed("propose_departure", "people.person", name.person_id, after=after))
    except IntegrityError as error:
        raise Refused("sudah_diusulkan_keluar", "Orang ini sudah diusulkan keluar dari keputusan.") from error
    return made.id


def dismiss_departure(*, by: Officer, on: date, departure_id: int, why: str) -> None:
    """Dismiss a departure: the person stays. Needs `decree.draft` there.

    Refused: no reason, already ended, or taken up by an amendment.
    """
    found = Departure.objects.filter(pk=departure_id).select_related("decree_name__decree__programme").first()
    if found is None:
        raise Refused("usul_keluar_tidak_ada", "Usul keluar ini tidak ada.")
    require(by, "decree.draft", on=on, area_code=found.decree_name.decree.programme.area_code)
    if not why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa orang ini tetap dalam keputusan.")
    if found.decree_name.status == DecreeName.Status.GUGUR:
        raise Refused("sudah_gugur", "Nama ini sudah gugur; tempatnya sudah diisi dari cadangan.")
    with transaction.atomic():
        open_one = Departure.objects.filter(pk=departure_id, state=Departure.State.DIUSULKAN, line__isnull=True)
        ended = {"state": Departure.State.DITEPIS, "dismissed_by": by, "dismissed_on": on}
        # An update cannot join, so the condition on the line goes into a list of ids.
        if not Departure.objects.filter(pk__in=open_one.values("pk")).update(**ended, why=why.strip()[:_LONGEST]):
            raise Refused("usul_keluar_berubah", "Usul keluar ini sudah diputuskan atau masuk konsep perubahan.")
        after = {"departure": departure_id, "why": why.strip()[:_LONGEST]}
        deed = Deed("dismiss_departure", "people.person", found.decree_name.person_id, after=after)
        record(by=by, on=on, deed=deed)
