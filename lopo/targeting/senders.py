"""Who sent a list, as the path of the file says it: `kelurahan/53.71.04.1009_oebufu.xlsx`, `gereja/gmit_labat.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from lopo.basics.area import KELURAHAN, find_kelurahan, kelurahan_name

KINDS: Final = {
    "kelurahan": "Kelurahan", "gereja": "Gereja", "masjid": "Masjid", "dprd": "DPRD", "lain": "Lain-lain",
}  # fmt: skip
"""The kinds of sender with their Indonesian word."""

_SHORT_WORDS = {"gmit": "GMIT", "dprd": "DPRD", "rt": "RT", "rw": "RW", "pkk": "PKK"}
_KELURAHAN = frozenset(area.code for area in KELURAHAN)
_CODE = re.compile(r"^53\.71\.\d{2}\.\d{4}")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a list: its kind (a key of KINDS), its name, the area it speaks for."""

    kind: str
    name: str
    area_code: str


def sender_of(file: str, *, hint: str, area_code: str) -> Sender:
    """Give the sender of a file by its path; `hint` is the kelurahan that the sheet names ('' none).

    Only a kelurahan speaks for its own area; the lists of others speak for `area_code`, that of the programme.
    """
    path = PurePosixPath(file)
    kind = next((part for part in reversed(path.parts[:-1]) if part in KINDS), "lain")
    stated = _CODE.match(path.name)
    place = hint or (find_kelurahan(stated.group()) or "" if stated else "")
    if place in _KELURAHAN and kind in ("kelurahan", "lain"):
        return Sender("kelurahan", f"Kelurahan {kelurahan_name(place)}", place)
    return Sender(kind, _title(path.stem, kind), area_code)


def _title(stem: str, kind: str) -> str:
    """Give a file name as a title: `gmit_kota_baru` is GMIT Kota Baru, `al_ikhlas_bonipoi` Masjid Al Ikhlas Bonipoi."""
    words = [_SHORT_WORDS.get(word.lower(), word.capitalize()) for word in re.split(r"[_\s]+", stem) if word]
    name = " ".join(words) or stem
    prefix = {"masjid": "Masjid ", "dprd": "DPRD: "}.get(kind, "")
    return name if name.lower().startswith(prefix.strip().lower()) and prefix else f"{prefix}{name}"
