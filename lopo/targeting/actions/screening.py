"""Records a screening: one verdict for every candidate row, in place of the one before it, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.refusal import Impossible, Refused
from lopo.people.actions import Settled, ensure_persons
from lopo.people.loading import copy_in, refresh_statistics, storable
from lopo.people.queries import snapshots
from lopo.people.registers import LAYOUTS
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.striking import strike_upheld
from lopo.targeting.criteria import fingerprint
from lopo.targeting.models import Programme, Screening
from lopo.targeting.reasons import REASONS
from lopo.targeting.standing import STANDING_SQL

_COLUMNS: Final = ("row_id", "verdict", "reasons", "nik_matched", "same_as_id", "area_code", "decile", "evidence")
_STAGE: Final = """
DROP TABLE IF EXISTS targeting_screened;
CREATE TEMP TABLE targeting_screened (
    row_id bigint, verdict text, reasons text[], nik_matched text, same_as_id bigint, area_code text, decile smallint,
    evidence jsonb) ON COMMIT DROP
"""
_CHANGED: Final = (
    "Ada baris daftar yang masuk, dibetulkan, atau dikosongkan selama pemeriksaan; jalankan pemeriksaan sekali lagi."
)
_FITS: Final = """
WITH wanted AS (SELECT r.id FROM targeting_proposalrow r JOIN targeting_proposallist l ON l.id = r.list_id
                 WHERE l.programme_id = %s AND r.kind = 'calon' AND {standing})
SELECT (SELECT count(*) FROM wanted), (SELECT count(*) FROM targeting_screened),
       (SELECT count(DISTINCT s.row_id) FROM targeting_screened s JOIN wanted w ON w.id = s.row_id),
       (SELECT count(DISTINCT s.row_id) FROM targeting_screened s JOIN targeting_proposalrow r ON r.id = s.row_id
          JOIN targeting_proposallist l ON l.id = r.list_id WHERE l.programme_id = %s AND r.kind = 'calon')
"""
_INSERT: Final = """
INSERT INTO targeting_verdict
       (screening_id, row_id, verdict, reasons, nik_matched, person_id, same_as_id, area_code, decile, evidence)
SELECT %s, s.row_id, s.verdict, s.reasons, s.nik_matched, p.id, s.same_as_id, s.area_code, s.decile, s.evidence
  FROM targeting_screened s LEFT JOIN people_person p ON p.nik = s.nik_matched
 ORDER BY s.row_id
"""
_COUNTS: Final = """
WITH v AS (SELECT v.verdict, v.reasons, r.list_id, v.person_id, v.area_code FROM targeting_verdict v
             JOIN targeting_proposalrow r ON r.id = v.row_id WHERE v.screening_id = %s)
SELECT jsonb_build_object(
    'rows', (SELECT count(*) FROM v),
    'verdicts', (SELECT coalesce(jsonb_object_agg(verdict, n), '{}') FROM
                 (SELECT verdict, count(*) AS n FROM v GROUP BY 1) x),
    'reasons', (SELECT coalesce(jsonb_object_agg(reason, n), '{}') FROM
                (SELECT unnest(reasons) AS reason, count(*) AS n FROM v GROUP BY 1) x),
    'kecamatan', (SELECT coalesce(jsonb_object_agg(area, n), '{}') FROM
                (SELECT substring(area_code FROM 1 FOR 8) AS area, count(*) AS n FROM v WHERE verdict = 'diterima'
                  GROUP BY 1) x),
    'lists', (SELECT coalesce(jsonb_object_agg(list_id, per), '{}') FROM
              (SELECT list_id, jsonb_object_agg(verdict, n) AS per FROM
               (SELECT list_id, verdict, count(*) AS n FROM v GROUP BY 1, 2) y GROUP BY 1) x)),
    (SELECT count(*) FROM v WHERE verdict = 'diterima' AND person_id IS NULL)
"""


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    """The verdict on one candidate row, with what a page shows of the match as `evidence`.

    `phone` and `occupation` go to the person who is settled (`nik_matched` not empty) where they are not known yet.
    """

    row_id: int
    verdict: str
    reasons: tuple[str, ...]
    nik_matched: str = ""
    same_as_id: int | None = None
    area_code: str = ""
    decile: int | None = None
    phone: str = ""
    occupation: str = ""
    evidence: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ScreeningRun:
    """A whole run: the programme, the hash of the law it used, the registers it rests on, the verdict on every row.

    `criteria` are those of the programme that the run went by, as data.
    """

    programme_id: int
    law_hash: str
    snapshot_ids: tuple[int, ...]
    rows: Sequence[ScreenedRow]
    criteria: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A screening that is in force, with its counts by verdict and by reason and the persons it made new."""

    screening_id: int
    rows: int
    verdicts: dict[str, int]
    reasons: dict[str, int]
    new_persons: int


def record_screening(*, by: Officer, on: date, run: ScreeningRun) -> Recorded:
    """Put a screening in force for its programme; needs `lists.screen` there. Verdicts of earlier runs stay stored.

    Makes a person of each settled NIK. Refused: rows have come, registers or criteria have changed while it ran, a
    register is missing, or a reason or verdict that the law does not know.
    """
    programme = _programme(run.programme_id)
    require(by, "lists.screen", on=on, area_code=programme.area_code)
    _check_words(run)
    with transaction.atomic():
        if Programme.objects.select_for_update().get(pk=programme.id).criteria != run.criteria:
            raise Refused("kriteria_berubah", "Kriteria program berubah selama pemeriksaan; periksa sekali lagi.")
        used = _check_registers(run.snapshot_ids)
        _stage(run)
        new_persons = ensure_persons(
            Settled(row.nik_matched, storable(row.phone, 20), storable(row.occupation, 100))
            for row in run.rows
            if row.nik_matched
        )
        before = _retire(programme.id)
        screening = Screening.objects.create(
            programme=programme, on=on, snapshots=used, law_hash=run.law_hash, criteria=dict(run.criteria),
            criteria_hash=fingerprint(run.criteria), made_by=by,
        )  # fmt: skip
        counts = _insert(screening.id)
        Screening.objects.filter(pk=screening.id).update(counts=counts)
        refresh_statistics("targeting_proposallist", "targeting_proposalrow", "targeting_verdict", "people_person")
        after = {key: counts[key] for key in ("rows", "verdicts", "reasons")} | {"new_persons": new_persons}
        deed = Deed("record_screening", "targeting.screening", screening.id, before=before, after=after)
        record(by=by, on=on, deed=deed)
    return Recorded(screening.id, counts["rows"], counts["verdicts"], counts["reasons"], new_persons)


def _programme(programme_id: int) -> Programme:
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return programme


def _check_words(run: ScreeningRun) -> None:
    """Stop at a verdict without its own words: a refusal nobody can explain is none."""
    unknown = {code for row in run.rows for code in row.reasons if code not in REASONS}
    if unknown:
        raise Impossible(f"the law does not know the reasons {sorted(unknown)}")
    silent = sum(1 for row in run.rows if row.verdict != "diterima" and not row.reasons)
    if silent:
        raise Impossible(f"{silent} rows are not accepted and say no reason")


def _check_registers(ids: tuple[int, ...]) -> list[dict[str, Any]]:
    """Give the registers used. Refused: one kind is missing, or one is no longer in force."""
    in_force = snapshots(only_current=True)
    missing = [layout.title for kind, layout in LAYOUTS.items() if kind not in {one.kind for one in in_force}]
    if missing:
        raise Refused("register_belum_ada", f"Register berikut belum dimuat: {', '.join(missing)}.")
    if {one.id for one in in_force} != set(ids):
        raise Refused("register_berubah", "Register berubah selama pemeriksaan; jalankan pemeriksaan sekali lagi.")
    return [
        {"id": one.id, "kind": one.kind, "part": one.part, "as_of": str(one.as_of), "sha256": one.sha256}
        for one in in_force
    ]


def _stage(run: ScreeningRun) -> None:
    """Copy the verdicts beside the rows and check that they are for exactly the candidate rows of the programme.

    Impossible: a verdict for what never was one. Refused: rows came, were corrected or blanked while it ran.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        copy_in("targeting_screened", _COLUMNS, (_values(row) for row in run.rows))
        cursor.execute("ANALYZE targeting_screened")
        cursor.execute(_FITS.format(standing=STANDING_SQL), [run.programme_id, run.programme_id])
        wanted, given, fitting, known = cursor.fetchone() or (0, 0, 0, 0)
    if given != known:
        raise Impossible(f"{given} verdicts were given, {known} of them for a row of the programme, each once")
    if not wanted == given == fitting:
        raise Refused("daftar_berubah", _CHANGED)


def _values(row: ScreenedRow) -> tuple[object, ...]:
    evidence = json.dumps(dict(row.evidence or {}), ensure_ascii=False, separators=(",", ":"))
    return (
        row.row_id, row.verdict, list(row.reasons), row.nik_matched, row.same_as_id, row.area_code, row.decile,
        storable(evidence),
    )  # fmt: skip


def _retire(programme_id: int) -> dict[str, Any] | None:
    """Take the screening in force out of force and give what it counted."""
    old = Screening.objects.filter(programme_id=programme_id, current=True).first()
    if old is None:
        return None
    Screening.objects.filter(pk=old.pk).update(current=False)
    return {"screening": old.id, "verdicts": old.counts.get("verdicts")}


def _insert(screening_id: int) -> dict[str, Any]:
    """Store the verdicts and give their counts. Impossible: an accepted row without a person."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [screening_id])
        strike_upheld(screening_id)
        cursor.execute(_COUNTS, [screening_id])
        counts, nobody = cursor.fetchone() or ("{}", 0)
    if nobody:
        raise Impossible(f"{nobody} rows are accepted without a person in the population register")
    answer: dict[str, Any] = json.loads(counts) if isinstance(counts, str) else counts
    return answer
