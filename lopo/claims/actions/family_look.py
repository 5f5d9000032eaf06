"""Lets a family see its case by its code and the worker's day of birth, a few tries an hour, each noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lopo.basics.refusal import Refused
from lopo.claims.models import Case
from lopo.staff.actions import Deed, record
from lopo.staff.attempts import Door, Knock, tried

DOOR: Final = Door("keluarga", failed_at_thing=5, failed_from_origin=30, good_at_thing=20, good_from_origin=200)


@dataclass(frozen=True, slots=True)
class FamilyTry:
    """What somebody types to see a case, and the address from which he asks."""

    code: str
    born: date
    origin: str


def look_as_family(*, on: date, at: datetime, given: FamilyTry) -> int:
    """Give the case of which these are the code and the worker's day of birth; the look stands in the diary.

    Nobody is signed in, so the diary names no officer. Refused, without saying which half was wrong: a code and a day
    that do not belong together (`kasus_tidak_cocok`); too many tries for this code or from this address in an hour.
    """
    code = "".join(given.code.split()).upper()[:20]
    case_id = tried(door=DOOR, knock=Knock(code, given.origin, at), answer=lambda: _found(code, given.born, on))
    if case_id is None:
        raise Refused(
            "kasus_tidak_cocok", "Kode kasus dan tanggal lahir tidak cocok. Periksa kode pada surat dan tanggal di KTP."
        )
    return case_id


def _found(code: str, born: date, on: date) -> int | None:
    found = Case.objects.filter(code=code, person__born=born).values_list("id", flat=True).first()
    if found is not None:
        record(by=None, on=on, deed=Deed("look_as_family", "claims.case", found))
    return found
