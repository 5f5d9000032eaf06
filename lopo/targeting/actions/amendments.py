"""Drafts the amendment of a set decree, takes the draft back, and sets it by a second person."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from lopo.basics.calendar import Month
from lopo.basics.refusal import Impossible, Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.departures import GONE_SQL, propose_departures
from lopo.targeting.models import Amendment, AmendmentLine, Decree, DecreeName, Departure

# Within a kecamatan the leaving by rank meet the waiting by rank; who waits and is gone by a register is passed over.
# A place that was filled already, as BPJS had refused the name, keeps whom it was given to.
_LINES: Final = f"""
WITH leaving AS (
    SELECT x.id, n.id AS name_id, n.kecamatan_code, n.rank, r.id AS replaced_by
      FROM targeting_departure x JOIN targeting_decreename n ON n.id = x.decree_name_id
      LEFT JOIN targeting_decreename r ON r.replaces_id = n.id WHERE x.id = ANY(%(departures)s)),
open AS (SELECT id, kecamatan_code, row_number() OVER (PARTITION BY kecamatan_code ORDER BY rank) AS n
           FROM leaving WHERE replaced_by IS NULL),
gone AS ({GONE_SQL}),
next AS (SELECT id, kecamatan_code, row_number() OVER (PARTITION BY kecamatan_code ORDER BY rank) AS n
           FROM targeting_decreename w WHERE w.decree_id = %(decree)s AND w.status = 'cadangan'
            AND NOT EXISTS (SELECT FROM gone WHERE gone.name_id = w.id))
INSERT INTO targeting_amendmentline (amendment_id, departure_id, entrant_id, moved_up)
SELECT %(amendment)s, l.id, coalesce(l.replaced_by, next.id), l.replaced_by IS NOT NULL
  FROM leaving l LEFT JOIN open ON open.id = l.id
  LEFT JOIN next ON next.kecamatan_code = open.kecamatan_code AND next.n = open.n
 ORDER BY l.kecamatan_code, l.rank
"""  # noqa: S608 - our own statements, put together
_ANNEX: Final = """
WITH lines AS (
    SELECT n.id AS leaves, l.entrant_id AS enters, concat_ws('|', 'K', n.kecamatan_code, n.rank, p.nik, x.reason,
               x.gone_on, coalesce(e.kecamatan_code || '|' || e.rank || '|' || q.nik, '-')) AS told
      FROM targeting_amendmentline l JOIN targeting_departure x ON x.id = l.departure_id
      JOIN targeting_decreename n ON n.id = x.decree_name_id JOIN people_person p ON p.id = n.person_id
      LEFT JOIN targeting_decreename e ON e.id = l.entrant_id LEFT JOIN people_person q ON q.id = e.person_id
     WHERE l.amendment_id = %(amendment)s),
whole AS (
    SELECT concat_ws('|', 'T', n.kecamatan_code, n.rank, p.nik) AS told
      FROM targeting_decreename n JOIN people_person p ON p.id = n.person_id
     WHERE n.decree_id = %(decree)s
       AND (n.status IN ('ditetapkan', 'pengganti') OR n.id IN (SELECT enters FROM lines))
       AND n.id NOT IN (SELECT leaves FROM lines))
SELECT string_agg(told, E'\\n' ORDER BY told COLLATE "C")
  FROM (SELECT told FROM lines UNION ALL SELECT told FROM whole) x
"""
_GONE_SINCE: Final = f"""
WITH gone AS ({GONE_SQL})
SELECT count(*) FROM targeting_amendmentline l JOIN gone g ON g.name_id = l.entrant_id AND g.nth = 1
 WHERE l.amendment_id = %(amendment)s AND NOT l.moved_up
"""  # noqa: S608
_LEAVE: Final = """
UPDATE targeting_decreename n SET status = 'gugur' FROM targeting_amendmentline l
  JOIN targeting_departure x ON x.id = l.departure_id
 WHERE l.amendment_id = %s AND n.id = x.decree_name_id AND n.status IN ('ditetapkan', 'pengganti', 'gugur')
"""
_ENTER: Final = """
UPDATE targeting_decreename n SET status = 'pengganti', replaces_id = x.decree_name_id FROM targeting_amendmentline l
  JOIN targeting_departure x ON x.id = l.departure_id
 WHERE l.amendment_id = %s AND n.id = l.entrant_id AND NOT l.moved_up AND n.status = 'cadangan'
"""


@dataclass(frozen=True, slots=True)
class NewAmendment:
    """A draft to be made: of which decree, number, title, and the first month from which it holds.

    `departures` are those to take up; None takes all that wait.
    """

    decree_id: int
    number: str
    title: str
    from_month: Month
    departures: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """A draft amendment: its id, how many leave, how many enter, and how many places stay empty."""

    amendment_id: int
    leaving: int
    entering: int
    left_empty: int


def draft_amendment(*, by: Officer, on: date, amendment: NewAmendment) -> Amended:
    """Draft the amendment of a set decree from the departures that wait; needs `decree.draft` there.

    The registers are looked through once more, and whose place was filled already is always taken up.
    The places of who leaves go to the next who wait in the same kecamatan, by the order that the decree has set.
    Refused: no set decree, a draft that is there already, a number in use, a month that is over or outside of the
    programme, nobody who leaves.
    """
    number, title = amendment.number.strip(), amendment.title.strip()
    if not number or not title:
        raise Refused("nomor_kosong", "Keputusan perlu nomor dan judul.")
    with transaction.atomic():
        decree = _locked(amendment.decree_id)
        require(by, "decree.draft", on=on, area_code=decree.programme.area_code)
        _check(decree, number, amendment.from_month, on)
        propose_departures(by=by, on=on)
        taken = _departures(decree, amendment.departures)
        made = Amendment.objects.create(
            decree=decree, number=number, title=title, dated=on, from_month=amendment.from_month.first_day,
            annex_hash="", made_by=by,
        )  # fmt: skip
        with connection.cursor() as cursor:
            given: dict[str, Any] = {"departures": taken, "decree": decree.id, "amendment": made.id, "on": on}
            cursor.execute(_LINES, given)
        made.annex_hash = amendment_hash(made)
        made.save(update_fields=["annex_hash"])
        entering = AmendmentLine.objects.filter(amendment=made, entrant__isnull=False).count()
        done = Amended(made.id, len(taken), entering, len(taken) - entering)
        after = {"number": number, "decree": decree.number, "leaving": done.leaving, "entering": entering,
                 "from": str(amendment.from_month), "annex": made.annex_hash}  # fmt: skip
        record(by=by, on=on, deed=Deed("draft_amendment", "targeting.decree", decree.id, after=after))
    return done


def withdraw_amendment(*, by: Officer, on: date, amendment_id: int) -> None:
    """Take a draft back: its departures wait again. Needs `decree.draft`. Refused: an amendment that is set."""
    with transaction.atomic():
        found = _amendment(amendment_id)
        require(by, "decree.draft", on=on, area_code=found.decree.programme.area_code)
        if found.state != Amendment.State.KONSEP:
            raise Refused("sudah_ditetapkan", f"Keputusan {found.number} sudah ditetapkan dan tidak dapat ditarik.")
        before = {"number": found.number, "annex": found.annex_hash}
        AmendmentLine.objects.filter(amendment=found).delete()
        found.delete()
        record(by=by, on=on, deed=Deed("withdraw_amendment", "targeting.decree", found.decree_id, before=before))


def approve_amendment(*, by: Officer, on: date, amendment_id: int) -> Amendment:
    """Set a draft amendment; it is frozen from then on. Needs `decree.approve`; never its maker.

    A part of the action of the room that pays (`financing.set_amendment`), which lets membership and bills follow.
    Refused: set already, by its maker, the list has changed since the draft, or a register names one who would enter.
    """
    with transaction.atomic():
        found = _amendment(amendment_id)
        require(by, "decree.approve", on=on, area_code=found.decree.programme.area_code)
        if found.made_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang menyusun keputusan tidak boleh menetapkannya.")
        if found.state != Amendment.State.KONSEP:
            raise Refused("sudah_ditetapkan", f"Keputusan {found.number} sudah ditetapkan oleh orang lain.")
        if amendment_hash(found) != found.annex_hash:
            raise Refused(
                "daftar_keputusan_berubah", "Daftar nama berubah setelah konsep dibuat; tarik dan susun yang baru."
            )
        if gone := _gone_since(found, on):
            raise Refused(
                "pengganti_juga_keluar",
                f"{gone} calon pengganti menurut register terbaru juga meninggal, pindah, atau sudah bekerja; "
                "tarik konsep ini dan susun yang baru.",
            )
        _change_names(found)
        held = Departure.objects.filter(line__amendment=found, state=Departure.State.DIUSULKAN)
        Departure.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(
            state=Departure.State.DITETAPKAN
        )
        Amendment.objects.filter(pk=found.pk, state=Amendment.State.KONSEP).update(
            state=Amendment.State.DITETAPKAN, approved_by=by, approved_on=on, dated=on
        )
        after = {"number": found.number, "annex": found.annex_hash}
        record(by=by, on=on, deed=Deed("approve_amendment", "targeting.decree", found.decree_id, after=after))
    return found


def amendment_hash(amendment: Amendment) -> str:
    """Give the sha256 of the annex: who leaves and why, who enters, and the whole list as it is then, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_ANNEX, {"amendment": amendment.id, "decree": amendment.decree_id})
        row = cursor.fetchone()
    return hashlib.sha256(str(row[0] if row else "").encode()).hexdigest()


def _locked(decree_id: int) -> Decree:
    found = Decree.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=decree_id).first()
    if found is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
    return found


def _amendment(amendment_id: int) -> Amendment:
    """Give the amendment, its decree held: two who act on one decree do so one after another."""
    decree_id = Amendment.objects.filter(pk=amendment_id).values_list("decree_id", flat=True).first()
    if decree_id is not None:
        decree = _locked(decree_id)
        if found := Amendment.objects.filter(pk=amendment_id).first():
            found.decree = decree
            return found
    raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")


def _check(decree: Decree, number: str, first: Month, on: date) -> None:
    if decree.state != Decree.State.DITETAPKAN:
        raise Refused("belum_ditetapkan", f"Keputusan {decree.number} belum ditetapkan.")
    if other := Amendment.objects.filter(decree=decree, state=Amendment.State.KONSEP).first():
        raise Refused("perubahan_sudah_ada", f"Konsep perubahan {other.number} belum ditetapkan; tarik dahulu.")
    if Decree.objects.filter(number=number).exists() or Amendment.objects.filter(number=number).exists():
        raise Refused("nomor_sudah_dipakai", f"Nomor {number} sudah dipakai keputusan lain.")
    programme = decree.programme
    if not max(Month.of(on), Month.of(programme.first_month)) <= first <= Month.of(programme.last_month):
        raise Refused(
            "bulan_perubahan_salah",
            f"Perubahan berlaku mulai bulan ini atau sesudahnya, dan paling lambat {programme.last_month:%m-%Y}.",
        )


def _departures(decree: Decree, wanted: Collection[int] | None) -> list[int]:
    waiting = Departure.objects.filter(
        decree_name__decree=decree, state=Departure.State.DIUSULKAN, line__isnull=True
    )  # fmt: skip
    filled = Q(decree_name__status=DecreeName.Status.GUGUR)
    chosen = waiting if wanted is None else waiting.filter(Q(pk__in=list(wanted)) | filled)
    found = sorted(chosen.values_list("pk", flat=True))
    if not found or not set(wanted or ()) <= set(found):
        raise Refused("tidak_ada_yang_keluar", "Tidak ada usul keluar yang menunggu, atau sebagian sudah diputuskan.")
    return found


def _gone_since(found: Amendment, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_GONE_SINCE, {"amendment": found.id, "on": on})
        return int((cursor.fetchone() or (0,))[0])


def _change_names(found: Amendment) -> None:
    lines = AmendmentLine.objects.filter(amendment=found)
    entering = lines.filter(entrant__isnull=False, moved_up=False).count()
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, [found.id])
        left = int(cursor.rowcount)
        cursor.execute(_ENTER, [found.id])
        entered = int(cursor.rowcount)
    if (left, entered) != (lines.count(), entering):
        raise Impossible(f"amendment {found.number}: {left} left and {entered} entered, of {lines.count()}, {entering}")
