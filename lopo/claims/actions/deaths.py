"""Turns deaths in the register into cases with their clocks, before anybody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.claims.actions.start import NewCase, ask_papers, insert_case, messages, visit_due
from lopo.claims.models import Case, DeathHit
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

_LOCK: Final = 0x4C6F706F
_OUTSIDE: Final = frozenset({"belum_bernomor", "sebelum_terlindungi", "setelah_berakhir"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One certificate that names a member, as batch.deaths finds it; `standing` as in its HIT_COLUMNS."""

    membership_id: int
    snapshot_id: int
    certificate: str
    nik: str
    name: str
    born: date | None
    died_on: date
    certain: bool
    differs: str
    standing: str


@dataclass(frozen=True, slots=True)
class DeathCounts:
    """What became of the hits of one watch; `cases` are the ids of the cases that were opened."""

    hits: int
    new: int
    opened: int
    doubtful: int
    known_cases: int
    not_covered: int
    seen_before: int
    cases: tuple[int, ...]


_FRESH = """
CREATE TEMPORARY TABLE fresh_hit ON COMMIT DROP AS
SELECT DISTINCT ON (h.membership_id, h.certificate) h.*, m.person_id
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[], %s::boolean[],
              %s::text[], %s::text[])
       AS h(membership_id, snapshot_id, certificate, nik, name, born, died_on, certain, differs, standing)
  JOIN coverage_membership m ON m.id = h.membership_id
 WHERE NOT EXISTS (SELECT 1 FROM claims_deathhit k
                    WHERE k.membership_id = h.membership_id AND k.certificate = h.certificate)
 ORDER BY h.membership_id, h.certificate, h.snapshot_id DESC
"""
_CASES = """
INSERT INTO claims_case (code, person_id, membership_id, kind, event_on, died_on, opened_on, opened_from, source,
                         visit_due_on, story, state)
SELECT 'JKM-' || to_char(%(on)s::date, 'YYYY') || '-' || lpad(nextval('claims_case_number')::text, 5, '0'),
       f.person_id, f.membership_id, 'JKM', f.died_on, f.died_on, %(on)s, 'akta_kematian', f.certificate,
       %(visit)s, '', 'dibuka'
  FROM (SELECT DISTINCT ON (person_id) * FROM fresh_hit
         WHERE certain AND standing = 'terlindungi' ORDER BY person_id, certificate) f
 WHERE NOT EXISTS (SELECT 1 FROM claims_case c
                    WHERE c.person_id = f.person_id AND c.died_on IS NOT NULL AND c.state <> 'ditutup')
 ORDER BY f.died_on, f.person_id
RETURNING id
"""
_HITS = """
INSERT INTO claims_deathhit (membership_id, snapshot_id, certificate, nik, name, born, died_on, certain, differs,
                             outcome, case_id, found_on, note)
SELECT f.membership_id, f.snapshot_id, f.certificate, f.nik, f.name, f.born, f.died_on, f.certain, f.differs,
       CASE WHEN NOT f.certain THEN 'ragu'
            WHEN c.source = f.certificate AND c.id = ANY(%(opened)s) THEN 'kasus'
            WHEN c.id IS NOT NULL THEN 'sudah_diketahui'
            ELSE f.standing END,
       CASE WHEN f.certain THEN c.id END, %(on)s, ''
  FROM fresh_hit f
  LEFT JOIN claims_case c ON c.person_id = f.person_id AND c.died_on IS NOT NULL AND c.state <> 'ditutup'
RETURNING outcome
"""


def open_cases_from_deaths(*, by: Officer, on: date, hits: Sequence[Hit]) -> DeathCounts:
    """Keep every hit and open a case for each certain one that fell into cover; needs `case.work`.

    Set-based and all or nothing. A certificate that was seen before changes nothing, a death that has a case already
    is linked to it; doubtful ones and deaths outside of cover are kept with their reason. One diary row carries the
    counts, a letter to each family and a visit for each kelurahan.
    """
    staff.require(by, "case.work", on=on)
    with transaction.atomic():
        opened, outcomes = _keep(hits, on)
        ask_papers(opened, Case.Kind.JKM, died=True)
        counts = _counted(len(hits), outcomes, opened)
        after = {
            "hits": counts.hits, "opened": counts.opened, "doubtful": counts.doubtful,
            "not_covered": counts.not_covered,
        }  # fmt: skip
        deed = Deed("watch_deaths", "claims.deaths", on.isoformat(), after=after, send=messages(opened, on))
        record(by=by, on=on, deed=deed)
    return counts


def _keep(hits: Sequence[Hit], on: date) -> tuple[list[int], list[str]]:
    """Store what is new; give the ids of the opened cases and the outcome of each new hit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("DROP TABLE IF EXISTS fresh_hit")
        cursor.execute(_FRESH, [[getattr(hit, name) for hit in hits] for name in Hit.__slots__])
        cursor.execute(_CASES, {"on": on, "visit": visit_due(on)})
        opened = [row[0] for row in cursor.fetchall()]
        cursor.execute(_HITS, {"on": on, "opened": opened})
        return opened, [row[0] for row in cursor.fetchall()]


def _counted(given: int, outcomes: Sequence[str], opened: Sequence[int]) -> DeathCounts:
    return DeathCounts(
        hits=given,
        new=len(outcomes),
        opened=len(opened),
        doubtful=outcomes.count("ragu"),
        known_cases=outcomes.count("sudah_diketahui"),
        not_covered=sum(outcome in _OUTSIDE for outcome in outcomes),
        seen_before=given - len(outcomes),
        cases=tuple(opened),
    )


def settle_hit(*, by: Officer, on: date, hit_id: int, same_person: bool, note: str) -> int | None:
    """Say of a doubtful hit whether it is our member; needs `case.work`. Gives the id of the case, if there is one.

    A case opens where the member stood in cover. Refused: a hit that is unknown or not in doubt (any more).
    """
    with transaction.atomic():
        rows = DeathHit.objects.select_for_update(of=("self",)).select_related("membership__person")
        hit = rows.filter(pk=hit_id).first()
        if hit is None:
            raise Refused("temuan_tidak_ada", "Temuan ini tidak ada.")
        staff.require(by, "case.work", on=on, area_code=hit.membership.person.area_code)
        if hit.outcome != DeathHit.Outcome.RAGU:
            raise Refused("temuan_sudah_jelas", "Temuan ini sudah diputuskan orang lain.")
        outcome, case_id = _accept(hit, on) if same_person else (DeathHit.Outcome.BUKAN_ORANG_INI, None)
        DeathHit.objects.filter(pk=hit_id).update(
            outcome=outcome, case_id=case_id, settled_by=by, settled_on=on, note=note
        )
        send = messages([case_id], on) if outcome == DeathHit.Outcome.KASUS and case_id else None
        after = {"outcome": str(outcome), "case": case_id}
        record(by=by, on=on, deed=Deed("settle_hit", "claims.hit", hit_id, after=after, send=send))
    return case_id


def _accept(hit: DeathHit, on: date) -> tuple[DeathHit.Outcome, int | None]:
    member = hit.membership
    known = Case.objects.filter(person_id=member.person_id, died_on__isnull=False).exclude(state="ditutup").first()
    if known is not None:
        return DeathHit.Outcome.SUDAH_DIKETAHUI, known.id
    if member.number_issued_on is None:
        return DeathHit.Outcome.BELUM_BERNOMOR, None
    if hit.died_on < member.number_issued_on:
        return DeathHit.Outcome.SEBELUM_TERLINDUNGI, None
    if member.ended_on is not None and hit.died_on > member.ended_on:
        return DeathHit.Outcome.SETELAH_BERAKHIR, None
    new = NewCase(
        kind=Case.Kind.JKM,
        person_id=member.person_id,
        membership_id=member.id,
        event_on=hit.died_on,
        died_on=hit.died_on,
        opened_from="akta_kematian",
        source=hit.certificate,
    )
    return DeathHit.Outcome.KASUS, insert_case(new, on).id
