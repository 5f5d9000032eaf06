"""The stage of the story: who plays, on which days, in which programme, and how a chapter tells what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from lopo.basics.calendar import Month
from lopo.staff import queries as staff

Progress = Callable[[int, int, str], None]

PROGRAMME: Final = "pekerja-rentan-kupang-2025"
PASSWORD: Final = "lopo-demo-2025"  # noqa: S105 - of the invented demo users, printed when the demo starts
CITY: Final = "53.71"
PROVINCE: Final = "53"
PLACES: Final = 2525
PAYER: Final = "pemprov-ntt"

BASIS_DATED: Final = date(2025, 1, 2)
APPOINTED: Final = date(2025, 5, 1)
REGISTERS_AS_OF: Final = date(2025, 5, 31)
SCREENED: Final = date(2025, 6, 1)
DRAFTED: Final = date(2025, 6, 16)
DECREED: Final = date(2025, 6, 20)
SENT: Final = date(2025, 6, 23)
ANSWERED: Final = date(2025, 6, 26)
NUMBERED: Final = date(2025, 7, 15)
HANDED_OVER: Final = date(2025, 9, 3)
CAUGHT_UP: Final = date(2025, 11, 12)
DEATHS_READ: Final = date(2026, 1, 5)
LAST_DAY: Final = date(2026, 1, 15)

FIRST_MONTH: Final = Month(2025, 7)
MONTHS: Final = tuple(FIRST_MONTH.plus(number) for number in range(6))
UNPAID: Final = Month(2025, 9)


def count(number: int) -> str:
    """Write a number as the office does: 11.703."""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True)
class Player:
    """One officer of the story."""

    username: str
    full_name: str
    role: str
    area_code: str
    what: str
    payer_code: str = ""


PLAYERS: Final = (
    Player("lurah.oebufu", "Melkior Nalle", "kelurahan", "53.71.04.1009", "kelurahan Oebufu"),
    Player("dinas", "Yuliana Bessie", "kantor", CITY, "dinas kota"),
    Player("provinsi", "Hendrik Lopo", "kantor", PROVINCE, "dinas provinsi"),
    Player("bpjs", "Maria Tukan", "bpjs", PROVINCE, "BPJS Ketenagakerjaan"),
    Player("bendahara", "Oktovianus Fanggidae", "keuangan", PROVINCE, "bendahara"),
    Player("penyetuju", "Theresia Manek", "penyetuju", PROVINCE, "penyetuju"),
    Player("gubernur", "Adrianus Kolo", "pimpinan", PROVINCE, "pimpinan"),
    Player("tamu", "Rambu Ana", "pemirsa", PROVINCE, "pemirsa"),
    Player("pengelola", "Filomena Seran", "pengelola", PROVINCE, "pengelola petugas"),
    Player("bendahara.kota", "Imanuel Djami", "pembayar", CITY, "bendahara kota sebagai pembayar", "pemkot-kupang"),
)


@dataclass(frozen=True)
class Stage:
    """What a chapter needs: the folder of lists, and a way to tell how far it is."""

    lists: Path
    tell: Progress

    def player(self, username: str) -> staff.Officer:
        """Give the officer who plays this part. One query."""
        return staff.officer(username)


@dataclass(frozen=True)
class Chapter:
    """One part of the story. `play` gives a sentence of what is there afterwards; played again it changes nothing."""

    title: str
    play: Callable[[Stage], str]
