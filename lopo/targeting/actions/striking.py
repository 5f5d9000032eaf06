"""Takes reasons that an upheld appeal struck out of verdicts: in the screening in force, and in each later one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from lopo.law.book import BOOK
from lopo.law.local import REASONS
from lopo.targeting.models import Verdict

_PUTUSAN: Final = "putusan_penyaringan"
_RULES: Final = {one.name: one for one in BOOK.rules}
# The row that was judged, and any row of the same content: what two officers decided is not asked again.
_STRUCK: Final = """
WITH upheld AS MATERIALIZED (
    SELECT a.id, a.content, a.reasons, a.decile, r.name FROM targeting_appeal a
      JOIN targeting_proposalrow r ON r.id = a.row_id WHERE a.state = 'dikabulkan')
SELECT v.id, array_agg(DISTINCT x.reason), max(u.decile), max(u.id)
  FROM upheld u JOIN targeting_proposalrow r ON r.name = u.name
  JOIN targeting_proposallist l ON l.id = r.list_id
  JOIN targeting_verdict v ON v.row_id = r.id AND v.screening_id = %s AND v.reasons && u.reasons
  CROSS JOIN LATERAL unnest(u.reasons) AS x (reason)
 WHERE u.content = targeting_content(r.id, r.fields, l.area_code)
 GROUP BY v.id ORDER BY v.id
"""


@dataclass(frozen=True, slots=True)
class Struck:
    """What an upheld appeal takes out of a verdict: the reasons, the decile that was decided, and the appeal."""

    reasons: frozenset[str]
    decile: int | None
    appeal_id: int


def verdict_by(reasons: Collection[str]) -> str:
    """Give what the rules of the law say of a row for which exactly these reasons hold."""

    def holds(name: str) -> bool:
        if name in REASONS:
            return name in reasons
        return bool(_RULES[name].function(*(holds(argument) for argument, _ in _RULES[name].arguments)))

    putusan = _RULES[_PUTUSAN]
    return str(putusan.function(*(holds(argument) for argument, _ in putusan.arguments)))


def struck_from(verdict: Verdict, struck: Struck, accepted: Collection[int]) -> dict[str, Any]:
    """Give verdict, reasons, decile and evidence without what was struck; `accepted` are persons on another row.

    Whoever is accepted on another row stays refused here as named twice; without a person nobody is accepted.
    """
    left = [code for code in verdict.reasons if code not in struck.reasons]
    if verdict.person_id in accepted and "ganda_antar_daftar" not in left and verdict_by(left) == "diterima":
        left = [code for code in REASONS if code in {*left, "ganda_antar_daftar"}]
    if verdict.person_id is None and verdict_by(left) == "diterima":
        left = [code for code in REASONS if code in {*left, "tidak_ditemukan"}]
    decile = struck.decile or verdict.decile
    evidence = {**verdict.evidence, "keberatan": struck.appeal_id, "alasan_dicoret": sorted(struck.reasons)}
    return {"verdict": verdict_by(left), "reasons": left, "decile": decile, "evidence": evidence}


def strike_upheld(screening_id: int) -> int:
    """Apply the appeals that were upheld to a screening that is being recorded; give how many rows. Three queries.

    A part of `record_screening`, before it counts. The reasons that were struck stand in the evidence.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STRUCK, [screening_id])
        found = {row[0]: Struck(frozenset(row[1]), row[2], row[3]) for row in cursor.fetchall()}
    if not found:
        return 0
    verdicts = list(Verdict.objects.filter(pk__in=found))
    persons = [one.person_id for one in verdicts if one.person_id is not None]
    taken = Verdict.objects.filter(screening_id=screening_id, person_id__in=persons, verdict=Verdict.Kind.DITERIMA)
    accepted = {one for one in taken.values_list("person_id", flat=True) if one is not None}
    Verdict.objects.bulk_update(_changed(verdicts, found, accepted), ["verdict", "reasons", "decile", "evidence"])
    return len(verdicts)


def _changed(verdicts: Iterable[Verdict], found: dict[int, Struck], accepted: set[int]) -> list[Verdict]:
    changed = []
    for one in verdicts:
        for name, value in struck_from(one, found[one.id], accepted).items():
            setattr(one, name, value)
        if one.verdict == Verdict.Kind.DITERIMA and one.person_id is not None:
            accepted.add(one.person_id)
        changed.append(one)
    return changed
