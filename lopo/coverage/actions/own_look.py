"""Lets a member see his own cover with the number of his card and his birth day, a few tries an hour, each noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from lopo.basics.refusal import Refused
from lopo.coverage.models import MemberNumber, OwnLook
from lopo.staff.actions import Deed, record

HOUR: Final = timedelta(hours=1)
MOST_OF_CARD: Final = 5
"""Tries that failed in an hour after which a card is closed."""
MOST_OF_ORIGIN: Final = 30
"""Tries that failed in an hour from one address; many phones of a kelurahan can share one."""
MOST_LOOKS: Final = 20
"""Looks at one card in an hour that succeed."""
KPJ_DIGITS: Final = 11


@dataclass(frozen=True, slots=True)
class OwnTry:
    """What somebody types to see his own cover, and the address from which he asks."""

    kpj: str
    born: date
    origin: str


def look_at_own_cover(*, on: date, at: datetime, tried: OwnTry) -> int:
    """Give the person whose card and birth day these are; each try is counted, each look stands in the diary.

    Nobody is signed in, so the diary names no officer. Refused, without saying which half was wrong: a number and a day
    that do not belong together (`kartu_tidak_cocok`); too many tries for this card or from this address in an hour
    (`terlalu_banyak_mencoba`), whatever is typed.
    """
    card, origin = _mark("card", tried.kpj), _mark("origin", tried.origin)
    with transaction.atomic():
        _in_turn(card, origin)
        if _closed(card, origin, at):
            raise Refused(
                "terlalu_banyak_mencoba", "Terlalu banyak percobaan. Coba lagi satu jam lagi, atau datang ke kelurahan."
            )
        person_id = _owner(tried)
        OwnLook.objects.create(at=at, card_mark=card, origin_mark=origin, found=person_id is not None)
        if person_id is not None:
            record(by=None, on=on, deed=Deed("look_at_own_cover", "people.person", person_id))
    if person_id is None:
        raise Refused(
            "kartu_tidak_cocok", "Nomor kartu dan tanggal lahir tidak cocok. Periksa angka pada kartu dan KTP."
        )
    return person_id


def _mark(kind: str, value: str) -> str:
    return salted_hmac(f"lopo.own_look.{kind}", value, algorithm="sha256").hexdigest()


def _in_turn(*marks: str) -> None:
    """Let tries for one card, and those from one address, wait for each other, so that none is missed in the count."""
    with connection.cursor() as cursor:
        for mark in sorted(marks):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])


def _closed(card: str, origin: str, at: datetime) -> bool:
    recent = OwnLook.objects.filter(at__gt=at - HOUR)
    return (
        recent.filter(card_mark=card, found=False).count() >= MOST_OF_CARD
        or recent.filter(origin_mark=origin, found=False).count() >= MOST_OF_ORIGIN
        or recent.filter(card_mark=card, found=True).count() >= MOST_LOOKS
    )


def _owner(tried: OwnTry) -> int | None:
    """Give the person of the number, where the birth day is his; None for anything else."""
    if len(tried.kpj) != KPJ_DIGITS or not tried.kpj.isdecimal():
        return None
    found = MemberNumber.objects.filter(kpj=tried.kpj, person__born=tried.born)
    return found.values_list("person_id", flat=True).first()
