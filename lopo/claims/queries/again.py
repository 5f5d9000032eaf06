"""Decides all stored decisions once more, and names each that would come out otherwise, with the number or rule."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lopo.claims.models import Decision
from lopo.law import LAW
from lopo.law.decision import Answer, plain
from lopo.law.decision import Decision as Decided
from lopo.law.engine import Law
from lopo.law.errors import CaseError
from lopo.law.groups import Gathered, gather_kept
from lopo.law.origins import Origin, origins

REASONS: Final = "alasan"
"""What differs when the conditions that stand in the way are others."""
LAW_ITSELF: Final = "hukum"
"""What differs when the law cannot take the stored facts any more."""


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """One answer of a decision that would be other: `what` is a target, `alasan` (codes of reasons) or `hukum`."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A stored decision that the law would decide otherwise: in what, and by which numbers and rules.

    edition is the first day of the law that decided it, new_edition of the law that would now; with their hashes.
    """

    decision_id: uuid.UUID
    case_code: str
    state: str
    legal_day: date
    edition: date
    law_hash: str
    new_edition: date | None
    new_hash: str
    answers: tuple[OtherAnswer, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """How many stored decisions were decided again, how many by another text of the law, and those that differ.

    before and after are what all of them give in whole rupiah, then and now; what cannot be decided gives nothing.
    """

    decided: int
    other_law: int
    before: int
    after: int
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    """The columns of one stored decision."""

    id: uuid.UUID
    case_code: str
    state: str
    legal_day: date
    edition: str
    law_hash: str
    facts: Mapping[str, Any]
    trace: Mapping[str, Any]

    @property
    def reasons(self) -> list[str]:
        return sorted(reason["code"] for reason in self.trace["reasons"])


@dataclass(frozen=True, slots=True)
class _Again:
    """A stored decision, decided once more."""

    changed: Changed | None
    same_law: bool
    before: int
    after: int


_COLUMNS: Final = ("id", "case__code", "state", "legal_day", "edition", "law_hash", "facts", "trace")


def replay(on: date, law: Law = LAW) -> Replay:
    """Decide all stored decisions made up to the day again, from their stored facts, by the law as it is now.

    Injuries, trips and invoices are judged and added up again as well. With another law (a reform) it says how the
    cases would have come out. One query. A decision whose facts the law cannot take any more is named as changed.
    """
    rows = Decision.objects.exclude(state=Decision.State.DIKEMBALIKAN).filter(made_on__lte=on).order_by("made_at", "id")
    decided, other_law, before, after = 0, 0, 0, 0
    changed: list[Changed] = []
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=500):
        again = _again(_Stored(*row), law)
        decided += 1
        other_law += not again.same_law
        before, after = before + again.before, after + again.after
        if again.changed is not None:
            changed.append(again.changed)
    return Replay(decided, other_law, before, after, tuple(changed))


def _again(stored: _Stored, law: Law) -> _Again:
    old = stored.trace["values"]
    parts = stored.trace["targets"][1:]
    before = sum(old[part] for part in parts)
    try:
        gathered = gather_kept(stored.trace.get("members", []), stored.legal_day, law)
        facts = law.read_facts(stored.facts) | dict(gathered.facts)
        new = law.decide(stored.trace["targets"], facts, stored.legal_day)
    except CaseError as problem:
        other = OtherAnswer(LAW_ITSELF, stored.law_hash, f"{problem.code}: {problem.message}")
        return _Again(_changed(stored, (other,), None, ()), same_law=False, before=before, after=0)
    answers = tuple(_answers(stored, new.values, sorted(reason.code for reason in new.reasons)))
    found = _changed(stored, answers, new, _origins(stored, answers, new, gathered)) if answers else None
    return _Again(found, new.law_hash == stored.law_hash, before, sum(new.amount(part) for part in parts))


def _answers(stored: _Stored, new: Mapping[str, Answer], reasons: list[str]) -> Iterator[OtherAnswer]:
    old = stored.trace["values"]
    for target, value in new.items():
        if plain(value) != old[target]:
            yield OtherAnswer(target, str(old[target]), str(plain(value)))
    if stored.reasons != reasons:
        yield OtherAnswer(REASONS, " ".join(stored.reasons), " ".join(reasons))


def _origins(stored: _Stored, answers: Sequence[OtherAnswer], new: Decided, gathered: Gathered) -> tuple[Origin, ...]:
    """What the difference comes from; where it is a sum over injuries or invoices, from what their decisions differ."""
    names = [one.what for one in answers if one.what != REASONS]
    codes = {code for one in answers if one.what == REASONS for code in f"{one.before} {one.after}".split()}
    found = origins(stored.trace["steps"], new, [*names, *sorted(codes)])
    summed = [one for one in found if one.name in gathered.facts]
    within = [
        origin
        for kept, member in zip(stored.trace.get("members", []) if summed else [], gathered.members, strict=False)
        for origin in origins(kept["steps"], member, member.targets)
    ]
    return tuple(dict.fromkeys([*within, *(one for one in found if one not in summed or not within)]))


def _changed(
    stored: _Stored, answers: tuple[OtherAnswer, ...], new: Decided | None, found: tuple[Origin, ...]
) -> Changed:
    return Changed(
        decision_id=stored.id,
        case_code=stored.case_code,
        state=stored.state,
        legal_day=stored.legal_day,
        edition=date.fromisoformat(stored.edition),
        law_hash=stored.law_hash,
        new_edition=new.edition.first if new else None,
        new_hash=new.law_hash if new else "",
        answers=answers,
        origins=found,
    )
