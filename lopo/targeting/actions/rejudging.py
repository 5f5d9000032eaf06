"""Judges one row again by the law with the person that two officers settled, and keeps the counts of its screening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from lopo.basics.phone import plain_phone
from lopo.law import LAW
from lopo.law.local import REASONS
from lopo.people.actions import Settled, ensure_persons
from lopo.people.loading import storable
from lopo.people.models import Person
from lopo.targeting.models import Likeness, Screening, Settling, Verdict

TARGETS: Final = (*REASONS, "putusan_penyaringan")
_POPULATION: Final = "penduduk"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law says of a row with a person: the verdict and the reasons in their order."""

    verdict: str
    reasons: tuple[str, ...]


def judged(
    screening: Screening, person: Likeness, decile: int | None, *, entry_other: bool = False, twin: str = ""
) -> Judged:
    """Ask the law of the programme's day about the row as if it were that person.

    `decile` and `entry_other` stand in for what the registers leave open; `twin` is '' where no other row names the
    person, else the reason (ganda_dalam_daftar, ganda_antar_daftar).
    """
    facts = dict(LAW.read_facts(person.facts))
    if facts.get("desil") is None and decile is not None:
        facts["desil"] = decile
    if entry_other and "entri_ragu" in facts:
        facts["entri_ragu"] = False
    facts["kembar_dalam"] = twin == "ganda_dalam_daftar"
    facts["kembar_antar"] = twin == "ganda_antar_daftar"
    said = LAW.decide(TARGETS, facts, screening.programme.registration_day)
    return Judged(str(said["putusan_penyaringan"]), tuple(code for code in REASONS if said[code] is True))


def rejudge(screening: Screening, settling: Settling) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Judge the row of a settling that was agreed to; give the verdict before and after for the diary.

    None and None where the verdict stays: nobody was named, the row is no longer in doubt, or the screening in force
    (or the law by now) knows the pair otherwise; the next screening takes the label.
    """
    now = Verdict.objects.filter(screening=screening, row_id=settling.row_id, verdict=Verdict.Kind.PERLU_CEK).first()
    person = Likeness.objects.filter(screening=screening, row_id=settling.row_id, nik=settling.nik).first()
    edition = LAW.law_on(screening.programme.registration_day).edition
    if now is None or person is None or screening.law_hash != edition.law_hash:
        return None, None
    if person.stands_in == _POPULATION:
        ensure_persons([_as_settled(settling, person)])
    owner = owner_of(person.nik) if person.stands_in == _POPULATION else None
    twin = _twin(screening, settling, owner)
    kind = "" if twin is None else _twin_kind(settling, twin)
    answer = judged(screening, person, settling.decile, entry_other=settling.entry_other, twin=kind)
    before = {"verdict": now.verdict, "reasons": list(now.reasons), "area": now.area_code}
    after = {"verdict": answer.verdict, "reasons": list(answer.reasons), "area": person.area_code or now.area_code}
    _write(now, settling, person, {"person_id": owner, "same_as_id": twin.row_id if twin else None, **after})
    recount(screening, settling.row.list_id, before, after)
    return before, after


def owner_of(nik: str) -> int | None:
    """Give the person whom a NIK stands for, after a merge the one who stayed; None where there is none."""
    found = Person.objects.filter(nik=nik).first()
    return (found.same_as_id or found.id) if found else None


def _as_settled(settling: Settling, person: Likeness) -> Settled:
    fields = settling.row.fields
    return Settled(
        person.nik, plain_phone(str(fields.get("hp") or "")), storable(str(fields.get("pekerjaan") or ""), 100)
    )


def _twin(screening: Screening, settling: Settling, person_id: int | None) -> Verdict | None:
    """Give the verdict on the other row that is judged for the same person, None where there is none."""
    if person_id is None:
        return None
    same = Q(person_id=person_id) | Q(person__same_as_id=person_id)
    others = Verdict.objects.filter(same, screening=screening, same_as__isnull=True).exclude(row_id=settling.row_id)
    return others.select_related("row").order_by("row_id").first()


def _twin_kind(settling: Settling, twin: Verdict) -> str:
    return "ganda_dalam_daftar" if twin.row.list_id == settling.row.list_id else "ganda_antar_daftar"


def _write(now: Verdict, settling: Settling, person: Likeness, said: dict[str, Any]) -> None:
    """Put the new verdict where the doubtful one stood, with what it rests on."""
    evidence = {
        **now.evidence, "match_kind": "ditetapkan", "settling": settling.id, "match_score": person.score,
        "name_matched": person.name, "born_on": person.born.isoformat() if person.born else "", "sex": person.sex,
        "no_kk_matched": person.no_kk,
    }  # fmt: skip
    Verdict.objects.filter(pk=now.pk).update(
        verdict=said["verdict"], reasons=said["reasons"], person_id=said["person_id"], same_as_id=said["same_as_id"],
        nik_matched=person.nik if person.stands_in == _POPULATION else "", area_code=said["area"],
        decile=person.facts.get("desil") or settling.decile, evidence=evidence,
    )  # fmt: skip


def recount(screening: Screening, list_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Move one row in the counts of the screening, which is held by the caller."""
    counts = screening.counts
    for said, step in ((before, -1), (after, 1)):
        _step(counts.setdefault("verdicts", {}), said["verdict"], step)
        _step(counts.setdefault("lists", {}).setdefault(str(list_id), {}), said["verdict"], step)
        for code in said["reasons"]:
            _step(counts.setdefault("reasons", {}), code, step)
        if said["verdict"] == Verdict.Kind.DITERIMA:
            _step(counts.setdefault("kecamatan", {}), said["area"][:8], step)
    Screening.objects.filter(pk=screening.pk).update(counts=counts)


def _step(counts: dict[str, int], key: str, step: int) -> None:
    """Add to a count; one that comes to nothing goes, as the screening would have written it."""
    counts[key] = counts.get(key, 0) + step
    if counts[key] == 0:
        del counts[key]
