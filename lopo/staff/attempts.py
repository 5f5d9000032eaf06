"""Doors that are open without an account: each try is counted by thing and by origin, and too many close the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from lopo.basics.refusal import Refused
from lopo.staff.models import Attempt

HOUR: Final = timedelta(hours=1)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Door:
    """One open door, and how many tries in an hour it bears: failed and good ones, at one thing and from one origin."""

    name: str
    failed_at_thing: int
    failed_from_origin: int
    good_at_thing: int
    good_from_origin: int


@dataclass(frozen=True, slots=True)
class Knock:
    """One try: what is asked for (a code, a number), the address from which it comes, and the moment."""

    thing: str
    origin: str
    at: datetime


def tried(*, door: Door, knock: Knock, answer: Callable[[], Found | None]) -> Found | None:
    """Give what the door answers, None for nothing found; the try is counted either way, in one transaction.

    Tries for one thing, and those from one origin, wait for each other, so that none is missed in the count. Refused,
    whatever is asked: too many tries within the hour.
    """
    thing, origin = _mark(door, "thing", knock.thing), _mark(door, "origin", knock.origin)
    with transaction.atomic():
        _in_turn(thing, origin)
        if _closed(door, thing, origin, knock.at):
            raise Refused(
                "terlalu_banyak_mencoba", "Terlalu banyak percobaan. Coba lagi satu jam lagi, atau datang ke kelurahan."
            )
        found = answer()
        good = found is not None
        Attempt.objects.create(door=door.name, thing_mark=thing, origin_mark=origin, at=knock.at, good=good)
    return found


def _mark(door: Door, kind: str, value: str) -> str:
    return salted_hmac(f"lopo.door.{door.name}.{kind}", value, algorithm="sha256").hexdigest()


def _in_turn(*marks: str) -> None:
    with connection.cursor() as cursor:
        for mark in sorted(marks):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])


def _closed(door: Door, thing: str, origin: str, at: datetime) -> bool:
    recent = Attempt.objects.filter(door=door.name, at__gt=at - HOUR)
    return (
        recent.filter(thing_mark=thing, good=False).count() >= door.failed_at_thing
        or recent.filter(origin_mark=origin, good=False).count() >= door.failed_from_origin
        or recent.filter(thing_mark=thing, good=True).count() >= door.good_at_thing
        or recent.filter(origin_mark=origin, good=True).count() >= door.good_from_origin
    )
