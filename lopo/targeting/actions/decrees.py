"""Drafts a decree from the accepted candidates, sets it by a second person, and moves the waiting list up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from lopo.basics.refusal import Impossible, Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Decree, DecreeName, Programme, ProposalRow, Screening, Verdict
from lopo.targeting.queries.choices import poor_in
from lopo.targeting.queries.elsewhere import wholly_decreed
from lopo.targeting.quotas import BY_POOR, Poor, Quota, Rule, quotas_of
from lopo.targeting.ranking import checked, order_sql
from lopo.targeting.standing import standing
from lopo.targeting.taken_over import NOT_TAKEN_OVER, own_decree, places_taken_over

_ACCEPTED: Final = f"""
SELECT substring(v.area_code FROM 1 FOR 8), count(*), count(*) FILTER (WHERE v.person_id IS NULL)
  FROM targeting_verdict v JOIN targeting_screening c ON c.id = v.screening_id
 WHERE v.screening_id = %s AND v.verdict = 'diterima'
   AND {NOT_TAKEN_OVER.format(programme="c.programme_id", person="v.person_id")}
 GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - our own statements, put together
# Within a kecamatan: the poorest decile first, then the stated criteria, then the sha256 of decree number and NIK, an
# order that nobody can steer; an unknown decile, where the programme asks none, is last.
_NAMES: Final = """
WITH ranked AS (
    SELECT v.id AS verdict_id, v.person_id, substring(v.area_code FROM 1 FOR 8) AS kecamatan, v.area_code, v.decile,
           row_number() OVER (PARTITION BY substring(v.area_code FROM 1 FOR 8) ORDER BY v.decile,
               {ranking} encode(sha256(convert_to(%(number)s || p.nik, 'UTF8')), 'hex') COLLATE "C",
               p.nik COLLATE "C") AS rank
      FROM targeting_verdict v JOIN people_person p ON p.id = v.person_id
      JOIN targeting_screening c ON c.id = v.screening_id JOIN targeting_programme g ON g.id = c.programme_id
     WHERE v.screening_id = %(screening)s AND v.verdict = 'diterima' AND {others}),
quota AS (SELECT * FROM unnest(%(kecamatan)s::text[], %(places)s::int[]) AS q (kecamatan, places))
INSERT INTO targeting_decreename
       (decree_id, person_id, verdict_id, kecamatan_code, area_code, decile, rank, waiting_place, status)
SELECT %(decree)s, r.person_id, r.verdict_id, r.kecamatan, r.area_code, r.decile, r.rank,
       CASE WHEN r.rank > q.places THEN r.rank - q.places END,
       CASE WHEN r.rank > q.places THEN 'cadangan' ELSE 'ditetapkan' END
  FROM ranked r JOIN quota q ON q.kecamatan = r.kecamatan
 ORDER BY r.kecamatan, r.rank
"""
_ANNEX: Final = """
SELECT coalesce(string_agg(concat_ws('|', n.kecamatan_code, n.rank, p.nik, coalesce(n.decile::text, '-'),
                                 coalesce(n.waiting_place, 0)),
                           E'\n' ORDER BY n.kecamatan_code, n.rank), '')
  FROM targeting_decreename n JOIN people_person p ON p.id = n.person_id WHERE n.decree_id = %s
"""
_MOVE_UP: Final = """
WITH gone AS (
    SELECT id, kecamatan_code, row_number() OVER (PARTITION BY kecamatan_code ORDER BY rank) AS n
      FROM targeting_decreename WHERE decree_id = %(decree)s AND id = ANY(%(gone)s)),
next AS (
    SELECT id, kecamatan_code, row_number() OVER (PARTITION BY kecamatan_code ORDER BY rank) AS n
      FROM targeting_decreename WHERE decree_id = %(decree)s AND status = 'cadangan'),
pairs AS (SELECT gone.id AS gone_id, next.id AS next_id FROM gone JOIN next USING (kecamatan_code, n))
UPDATE targeting_decreename t SET status = 'pengganti', replaces_id = pairs.gone_id
  FROM pairs WHERE t.id = pairs.next_id RETURNING t.person_id
"""


@dataclass(frozen=True, slots=True)
class Split:
    """How the places of a decree are shared; without `poor` a rule that needs it takes those in force.

    `ranking` are criteria (of `ranking.CRITERIA`, in order) that come after the decile and before the drawn order.
    """

    rule: Rule = Rule.CALON
    poor: Poor | None = None
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft decree: its id, how many are chosen and how many wait, and the quota of each kecamatan."""

    decree_id: int
    chosen: int
    waiting: int
    quotas: tuple[Quota, ...]


@dataclass(frozen=True, slots=True)
class Promoted:
    """Who moved up (person ids), how many fell out now, and how many places stay empty as nobody waits there."""

    moved_up: tuple[int, ...]
    fell_out: int
    left_empty: int


_MOST_NAMED: Final = 5
_BY_CANDIDATES: Final = Split()


def draft_decree(
    *, by: Officer, on: date, programme_id: int, number: str, title: str, split: Split = _BY_CANDIDATES
) -> Drafted:
    """Draft the decree of a programme from the screening in force; needs `decree.draft` in its area.

    Each kecamatan gets places by the rule of `split`, usually in proportion to its accepted candidates; within it the
    poorest decile comes first (an unknown one, where the programme asks none, last), then the criteria of
    `split`, then sha256(number + NIK); the rest waits with a place. Rule, source of numbers and criteria stay with it.
    People whom the programme took over from another keep their places and are not named again.
    Refused: no screening, a list that is not screened yet, nobody accepted, an own decree that is there already, a rule
    by poor people whose numbers nobody has, or people whom other decrees, set since the screening, name for all months.
    """
    number, title = number.strip(), title.strip()
    if not number or not title:
        raise Refused("nomor_kosong", "Keputusan perlu nomor dan judul.")
    with transaction.atomic():
        programme = _locked_programme(programme_id)
        require(by, "decree.draft", on=on, area_code=programme.area_code)
        _check_free(programme, number)
        screening = _screening(programme)
        accepted = _accepted(screening.id)
        poor = _poor(programme, split, accepted)
        quotas = quotas_of(accepted, max(programme.places - places_taken_over(programme.id), 0), split.rule, poor)
        decree = Decree.objects.create(
            programme=programme, screening=screening, number=number, title=title, dated=on, annex_hash="", made_by=by,
            quota=[quota.as_json() | ({"poor": poor.people[quota.kecamatan_code]} if poor else {}) for quota in quotas],
            quota_rule=split.rule.value, quota_source=poor.source if poor else "",
            ranking=list(checked(split.ranking)),
        )  # fmt: skip
        names = _fill(decree, quotas)
        refuse_decreed_elsewhere(decree)
        decree.annex_hash = annex_hash(decree.id)
        decree.save(update_fields=["annex_hash"])
        chosen = sum(quota.places for quota in quotas)
        after = {"number": number, "chosen": chosen, "waiting": names - chosen, "annex": decree.annex_hash,
                 "rule": decree.quota_rule, "source": decree.quota_source, "ranking": decree.ranking}  # fmt: skip
        record(by=by, on=on, deed=Deed("draft_decree", "targeting.decree", decree.id, after=after))
    return Drafted(decree.id, chosen, names - chosen, quotas)


def withdraw_decree(*, by: Officer, on: date, decree_id: int) -> None:
    """Take a draft back, names and all; needs `decree.draft`. Refused: a decree that is set."""
    with transaction.atomic():
        decree = _locked_decree(decree_id)
        require(by, "decree.draft", on=on, area_code=decree.programme.area_code)
        if decree.state != Decree.State.KONSEP:
            raise Refused("sudah_ditetapkan", f"Keputusan {decree.number} sudah ditetapkan dan tidak dapat ditarik.")
        before = {"number": decree.number, "annex": decree.annex_hash, "quota": decree.quota}
        DecreeName.objects.filter(decree=decree).delete()
        decree.delete()
        record(by=by, on=on, deed=Deed("withdraw_decree", "targeting.decree", decree_id, before=before))


def approve_decree(*, by: Officer, on: date, decree_id: int) -> None:
    """Set a draft decree; from then on it and its annex are frozen. Needs `decree.approve`; never its maker.

    Refused: already set, drafted by the same officer, a programme that nobody approved, the screening it rests on is
    no longer in force, or other decrees, set since, name its people for all months. Decrees are set one at a time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('targeting_set_decree'))")
        decree = Decree.objects.select_related("programme", "screening").filter(pk=decree_id).first()
        if decree is None:
            raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
        require(by, "decree.approve", on=on, area_code=decree.programme.area_code)
        if decree.made_by_id == by.id:
            raise Refused("pembuat_bukan_penyetuju", "Yang menyusun keputusan tidak boleh menetapkannya.")
        if decree.programme.state != Programme.State.BERJALAN:
            raise Refused("program_belum_disetujui", "Programnya belum disetujui atau sudah ditutup.")
        own = decree.screening.programme_id == decree.programme_id  # people taken over rest on what the other did
        if own and not decree.screening.current and decree.state == Decree.State.KONSEP:
            raise Refused(
                "pemeriksaan_berubah", "Hasil pemeriksaan sudah diganti; tarik konsep ini dan susun yang baru."
            )
        if decree.state == Decree.State.KONSEP:
            refuse_decreed_elsewhere(decree)
        changed = Decree.objects.filter(pk=decree_id, state=Decree.State.KONSEP).update(
            state=Decree.State.DITETAPKAN, approved_by=by, approved_on=on, dated=on
        )
        if changed == 0:
            raise Refused("sudah_ditetapkan", f"Keputusan {decree.number} sudah ditetapkan oleh orang lain.")
        if annex_hash(decree_id) != decree.annex_hash:
            raise Impossible(f"the annex of decree {decree.number} is not the one that was drafted")
        deed = Deed(
            "approve_decree", "targeting.decree", decree_id, before={"state": "konsep"},
            after={"state": "ditetapkan", "annex": decree.annex_hash},
        )  # fmt: skip
        record(by=by, on=on, deed=deed)


def refuse_decreed_elsewhere(decree: Decree) -> None:
    """Refuse a decree with people whom the set decrees of other programmes name for every month of its programme."""
    if found := wholly_decreed(decree.id, decree.programme_id):
        told = ", ".join(found[:_MOST_NAMED]) + (" ..." if len(found) > _MOST_NAMED else "")
        raise Refused(
            "sudah_di_keputusan_lain",
            f"{len(found)} nama kini ditanggung keputusan program lain untuk semua bulan program ini: {told}. Tarik "
            "konsepnya, periksa daftar sekali lagi, lalu susun yang baru.",
        )


def promote(*, by: Officer, on: date, decree_id: int, gone: Iterable[int]) -> Promoted:
    """Let the next who wait in the same kecamatan take the places of the persons `gone`, who could not be enrolled.

    Needs `decree.draft`. The gone become `gugur`, the next `pengganti` with whom they replace; a place for which nobody
    waits stays empty. Persons who fell out before are passed over, so that a retry moves nobody twice.
    Refused: a decree that is not set, or a person who holds no place in it.
    """
    persons = sorted(set(gone))
    with transaction.atomic():
        decree = _locked_decree(decree_id)
        require(by, "decree.draft", on=on, area_code=decree.programme.area_code)
        if decree.state != Decree.State.DITETAPKAN:
            raise Refused("belum_ditetapkan", f"Keputusan {decree.number} belum ditetapkan.")
        names = {name.person_id: name for name in DecreeName.objects.filter(decree=decree, person_id__in=persons)}
        wrong = [one for one in persons if one not in names or names[one].status == DecreeName.Status.CADANGAN]
        if wrong:
            raise Refused("bukan_yang_ditetapkan", f"{len(wrong)} orang tidak memegang tempat dalam keputusan ini.")
        leaving = [name.id for name in names.values() if name.status != DecreeName.Status.GUGUR]
        if not leaving:
            return Promoted((), 0, 0)
        moved = _move_up(decree.id, leaving)
        done = Promoted(moved, len(leaving), len(leaving) - len(moved))
        after = {"gone": persons, "moved_up": list(moved), "left_empty": done.left_empty}
        record(by=by, on=on, deed=Deed("promote", "targeting.decree", decree.id, after=after))
    return done


def annex_hash(decree_id: int) -> str:
    """Give the sha256 of the annex: kecamatan, rank, NIK, decile and waiting place of each name, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_ANNEX, [decree_id])
        row = cursor.fetchone()
    return hashlib.sha256(str(row[0] if row else "").encode()).hexdigest()


def _locked_programme(programme_id: int) -> Programme:
    programme = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return programme


def _locked_decree(decree_id: int) -> Decree:
    decree = Decree.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=decree_id).first()
    if decree is None:
        raise Refused("keputusan_tidak_ada", "Keputusan ini tidak ada.")
    return decree


def _check_free(programme: Programme, number: str) -> None:
    other = own_decree(programme.id)
    if other is not None:
        word = "sudah ditetapkan" if other.state == Decree.State.DITETAPKAN else "masih berupa konsep; tarik dahulu"
        raise Refused("keputusan_sudah_ada", f"Keputusan {other.number} untuk program ini {word}.")
    if Decree.objects.filter(number=number).exists():
        raise Refused("nomor_sudah_dipakai", f"Nomor {number} sudah dipakai keputusan lain.")


def _screening(programme: Programme) -> Screening:
    """Give the screening in force. Refused: none, or a list, a correction or other criteria have come after it."""
    screening = Screening.objects.filter(programme=programme, current=True).first()
    if screening is None:
        raise Refused("belum_diperiksa", "Daftar program ini belum diperiksa.")
    judged = Verdict.objects.filter(screening=screening, row=OuterRef("pk"))
    if ProposalRow.objects.filter(standing(), ~Exists(judged), list__programme=programme, kind="calon").exists():
        raise Refused("belum_diperiksa", "Ada daftar yang masuk setelah pemeriksaan; jalankan pemeriksaan sekali lagi.")
    if screening.criteria != programme.criteria:
        raise Refused("kriteria_berubah", "Kriteria program berubah setelah pemeriksaan; periksa sekali lagi.")
    return screening


def _accepted(screening_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPTED, [screening_id])
        rows = cursor.fetchall()
    if broken := sum(row[2] for row in rows):
        raise Impossible(f"{broken} accepted rows have no person")
    if not rows:
        raise Refused("tidak_ada_yang_diterima", "Belum ada calon yang diterima, selain yang sudah diambil alih.")
    return {row[0]: row[1] for row in rows}


def _poor(programme: Programme, split: Split, accepted: dict[str, int]) -> Poor | None:
    """Give the numbers that the rule needs: those given, else those in force, else of DTSEN; None for others.

    Refused: a rule that needs them while nobody has them, or without a kecamatan or the source.
    """
    if split.rule not in BY_POOR:
        return None
    quotas_of(accepted, 0, split.rule, poor := split.poor or _known(programme.id, accepted))
    return poor


def _known(programme_id: int, accepted: dict[str, int]) -> Poor | None:
    known = poor_in(programme_id)
    return known and Poor(dict.fromkeys(accepted, 0) | dict(known.people), known.source)


def _fill(decree: Decree, quotas: tuple[Quota, ...]) -> int:
    parameters: dict[str, Any] = {
        "decree": decree.id, "screening": decree.screening_id, "number": decree.number,
        "kecamatan": [quota.kecamatan_code for quota in quotas], "places": [quota.places for quota in quotas],
    }  # fmt: skip
    with connection.cursor() as cursor:
        others = NOT_TAKEN_OVER.format(programme="g.id", person="v.person_id")
        cursor.execute(_NAMES.format(ranking=order_sql(decree.ranking), others=others), parameters)
        names = int(cursor.rowcount)
    if names != sum(quota.accepted for quota in quotas):
        raise Impossible(f"{names} names for {sum(quota.accepted for quota in quotas)} accepted candidates")
    return names


def _move_up(decree_id: int, leaving: list[int]) -> tuple[int, ...]:
    DecreeName.objects.filter(pk__in=leaving).update(status=DecreeName.Status.GUGUR)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_UP, {"decree": decree_id, "gone": leaving})
        return tuple(sorted(row[0] for row in cursor.fetchall()))
