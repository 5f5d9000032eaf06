"""What several heirs agreed: each in parts (1, 1, 2) or as a fraction (1/4, 1/4, 1/2), brought to whole parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import gcd, lcm
from typing import Final

from lopo.basics.refusal import Refused

_SAID: Final = re.compile(r"(\d{1,12})(?:\s*/\s*(\d{1,4}))?")
_MOST: Final = 10**15


def parts_of(said: Mapping[int, str]) -> dict[int, int]:
    """Give the parts of each heir; the weight of each is its parts of the sum of all.

    Refused: what is neither a number nor a fraction, fractions beside numbers, fractions that do not make one whole.
    """
    read = {heir: _read(text) for heir, text in said.items()}
    fractions = [below for _, below in read.values() if below is not None]
    if not fractions:
        return _checked({heir: above for heir, (above, _) in read.items()})
    if len(fractions) != len(read):
        raise Refused("bagian_campur", "Tulis semua bagian dengan cara yang sama: 1, 1, 2 atau 1/4, 1/4, 1/2.")
    whole = lcm(*fractions)
    parts = {heir: above * (whole // (below or 1)) for heir, (above, below) in read.items()}
    if sum(parts.values()) != whole:
        common = gcd(sum(parts.values()), whole)
        told = f"{sum(parts.values()) // common}/{whole // common}"
        raise Refused("bagian_tidak_utuh", f"Jumlah semua bagian harus tepat satu, kini {told}; sesuaikan bagiannya.")
    return _checked(parts)


def _read(text: str) -> tuple[int, int | None]:
    found = _SAID.fullmatch(text.strip())
    if found is None or int(found[1]) == 0 or (found[2] is not None and int(found[2]) == 0):
        raise Refused("bagian_tidak_terbaca", f"Bagian {text.strip()} tidak terbaca; tulis 1, 2 atau 1/4.")
    return int(found[1]), int(found[2]) if found[2] is not None else None


def _checked(parts: dict[int, int]) -> dict[int, int]:
    if sum(parts.values()) > _MOST:
        raise Refused("bagian_terlalu_besar", "Angka bagian terlalu besar; pakai pecahan yang lebih sederhana.")
    return parts
