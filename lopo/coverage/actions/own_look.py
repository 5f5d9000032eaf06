"""Lets a member see his own cover with the number of his card and his birth day, a few tries an hour, each noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lopo.basics.refusal import Refused
from lopo.coverage.models import MemberNumber
from lopo.staff.actions import Deed, record
from lopo.staff.attempts import Door, Knock, tried

DOOR: Final = Door("perlindungan", failed_at_thing=5, failed_from_origin=30, good_at_thing=20, good_from_origin=200)
"""Many phones of a kelurahan can share one address."""
KPJ_DIGITS: Final = 11


@dataclass(frozen=True, slots=True)
class OwnTry:
    """What somebody types to see his own cover, and the address from which he asks."""

    kpj: str
    born: date
    origin: str


def look_at_own_cover(*, on: date, at: datetime, given: OwnTry) -> int:
    """Give the person whose card and birth day these are; each try is counted, each look stands in the diary.

    Nobody is signed in, so the diary names no officer. Refused, without saying which half was wrong: a number and a day
    that do not belong together (`kartu_tidak_cocok`); too many tries for this card or from this address in an hour.
    """
    person_id = tried(door=DOOR, knock=Knock(given.kpj, given.origin, at), answer=lambda: _owner(given, on))
    if person_id is None:
        raise Refused(
            "kartu_tidak_cocok", "Nomor kartu dan tanggal lahir tidak cocok. Periksa angka pada kartu dan KTP."
        )
    return person_id


def _owner(given: OwnTry, on: date) -> int | None:
    """Give the person of the number, where the birth day is his; None for anything else."""
    if len(given.kpj) != KPJ_DIGITS or not given.kpj.isdecimal():
        return None
    numbers = MemberNumber.objects.filter(kpj=given.kpj, person__born=given.born)
    found = numbers.values_list("person_id", flat=True).first()
    if found is not None:
        record(by=None, on=on, deed=Deed("look_at_own_cover", "people.person", found))
    return found
