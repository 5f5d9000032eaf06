"""Shares the places of a programme among the kecamatan by one of four stated rules, never more than candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lopo.basics.area import KECAMATAN
from lopo.basics.money import share
from lopo.basics.refusal import Refused

_NAMES = {area.code: area.name for area in KECAMATAN}


class Rule(StrEnum):
    """How places are shared: in equal parts, by poor people, by accepted candidates, or half by each of the two."""

    SAMA = "sama"
    MISKIN = "miskin"
    CALON = "calon"
    CAMPURAN = "campuran"


BY_POOR = (Rule.MISKIN, Rule.CAMPURAN)
"""The rules that need the number of poor people of each kecamatan."""


@dataclass(frozen=True, slots=True)
class Poor:
    """How many poor people live in each kecamatan, and who says so with the day."""

    people: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True)
class Quota:
    """One kecamatan: its accepted candidates and the places it gets, never more than it has candidates."""

    kecamatan_code: str
    accepted: int
    places: int

    @property
    def name(self) -> str:
        """The name of the kecamatan, its code where the name is not known."""
        return _NAMES.get(self.kecamatan_code, self.kecamatan_code)

    @property
    def waiting(self) -> int:
        """How many of its candidates wait."""
        return self.accepted - self.places

    def as_json(self) -> dict[str, str | int]:
        """The quota as it is stored with the decree."""
        return {
            "kecamatan": self.kecamatan_code, "name": self.name, "accepted": self.accepted, "places": self.places,
            "waiting": self.waiting,
        }  # fmt: skip


def quotas_of(
    accepted: Mapping[str, int], places: int, rule: Rule = Rule.CALON, poor: Poor | None = None
) -> tuple[Quota, ...]:
    """Share `places` among the kecamatan by the rule, by largest remainder (equal remainders: the lower code first).

    A kecamatan with fewer candidates than its part gets them all, and what it leaves is shared by the same rule among
    the others; where the rule gives none of them a part, by candidates. The sum is min(places, candidates), exactly.
    Refused: a rule by poor people without their number for each kecamatan, or without its source.
    """
    codes = sorted(accepted)
    counts = [accepted[code] for code in codes]
    weights = _weights(codes, counts, rule, poor)
    parts = _shared(min(places, sum(counts)), counts, weights)
    return tuple(Quota(code, count, part) for code, count, part in zip(codes, counts, parts, strict=True))


def _weights(codes: Sequence[str], counts: Sequence[int], rule: Rule, poor: Poor | None) -> list[int]:
    if rule is Rule.CALON:
        return list(counts)
    if rule is Rule.SAMA:
        return [1] * len(codes)
    if poor is None or not poor.source.strip() or any(poor.people.get(code, -1) < 0 for code in codes):
        raise Refused(
            "angka_miskin_kurang",
            "Pembagian menurut penduduk miskin perlu jumlah penduduk miskin setiap kecamatan beserta sumbernya.",
        )
    people = [poor.people[code] for code in codes]
    if rule is Rule.MISKIN:
        return people
    return [mine * sum(counts) + count * sum(people) for mine, count in zip(people, counts, strict=True)]


def _shared(places: int, caps: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Give who is full its candidates and share the rest once among the others, so that they stand as the rule says.

    Each round finds at least one more who is full, or ends.
    """
    given = [0] * len(caps)
    still, left = [at for at, cap in enumerate(caps) if cap], places
    while still:
        wanted = [weights[at] for at in still]
        parts = dict(zip(still, share(left, wanted if any(wanted) else [caps[at] for at in still]), strict=True))
        full = [at for at in still if parts[at] > caps[at]]
        for at in full or still:
            given[at] = min(parts[at], caps[at])
            left -= given[at]
        still = [at for at in still if at not in full] if full else []
    return given
