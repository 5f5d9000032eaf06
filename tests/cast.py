"""The fixed cast of officers that all tests know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Officer
from lopo.staff.queries import officer

SINCE = date(2025, 1, 2)


@dataclass(frozen=True)
class Cast:
    """One officer for each role."""

    lurah: Officer
    dinas: Officer
    provinsi: Officer
    bpjs: Officer
    bendahara: Officer
    penyetuju: Officer
    gubernur: Officer
    tamu: Officer


ROLES = {
    "lurah": ("lurah.oebufu", "Melkior Nalle", "kelurahan", "53.71.04.1009"),
    "dinas": ("dinas", "Yuliana Bessie", "kantor", "53.71"),
    "provinsi": ("provinsi", "Hendrik Lopo", "kantor", "53"),
    "bpjs": ("bpjs", "Maria Tukan", "bpjs", "53"),
    "bendahara": ("bendahara", "Oktovianus Fanggidae", "keuangan", "53"),
    "penyetuju": ("penyetuju", "Theresia Manek", "penyetuju", "53"),
    "gubernur": ("gubernur", "Adrianus Kolo", "pimpinan", "53"),
    "tamu": ("tamu", "Rambu Ana", "pemirsa", "53"),
}


def appoint_all() -> Cast:
    """Make the officers and give each its role; those of a story that was played before are there already."""
    there = set(Officer.objects.values_list("username", flat=True))
    for given in ROLES.values():
        if given[0] not in there:
            appoint(by=None, on=SINCE, duty=DutyGiven(*given))
    return Cast(**{key: officer(given[0]) for key, given in ROLES.items()})
