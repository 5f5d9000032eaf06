"""Shares the places of a programme among the kecamatan in proportion to their accepted candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lopo.basics.area import KECAMATAN
from lopo.basics.money import share

_NAMES = {area.code: area.name for area in KECAMATAN}


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


def quotas_of(accepted: Mapping[str, int], places: int) -> tuple[Quota, ...]:
    """Share `places` among the kecamatan by largest remainder (equal remainders: the lower code first).

    Where there are fewer candidates than places everybody gets one. The sum is min(places, candidates), exactly.
    """
    codes = sorted(accepted)
    counts = [accepted[code] for code in codes]
    total = sum(counts)
    if not total:
        return tuple(Quota(code, 0, 0) for code in codes)
    shares = share(min(places, total), counts)
    return tuple(Quota(code, count, part) for code, count, part in zip(codes, counts, shares, strict=True))
