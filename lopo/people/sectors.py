"""Says in which sector people work: by what is written as their work, and by what an office states."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.people.batch.occupations import occupation_of
from lopo.people.models import Person, PersonSector, Sector, WorkSector
from lopo.staff.actions import Deed, record, record_all
from lopo.staff.models import Officer
from lopo.staff.queries import require

TRANSPORT: Final = frozenset({"8321", "8322", "8332", "9331"})
"""Riders and drivers of ojek, bemo, car, lorry and becak, by KBJI 2014.

That these and no others are the transport of PP 50/2025 is assumed: its text was not read. A porter (9333) counts as of
another sector, which never costs him less; the office states it otherwise where BPJS does.
"""
_MOST: Final = 10_000
"""Persons whose sector is stated at once."""


def sector_of(occupation: str) -> str:
    """Give the sector of a work as it is written, '' where nobody can say."""
    code = occupation_of(occupation)
    if not code:
        return ""
    return Sector.TRANSPORTASI if code in TRANSPORT else Sector.LAINNYA


def sectors_of(occupations: Collection[str]) -> Mapping[str, str]:
    """Give the sector of each work (in capitals), stated or derived, '' where nobody can say. One query."""
    stated = dict(WorkSector.objects.filter(occupation__in=occupations).values_list("occupation", "sector"))
    return {one: stated.get(one) or sector_of(one) for one in occupations}


def state_work(*, by: Officer, on: date, area_code: str, occupation: str, sector: str) -> None:
    """State the sector of all whose work is written so, in whatever letters; needs `bill.make` in the area.

    Bills that stand do not change. Refused: no such sector, or no work.
    """
    require(by, "bill.make", on=on, area_code=area_code)
    _check(sector)
    work = occupation.strip().upper()
    if not work:
        raise Refused("pekerjaan_kosong", "Pekerjaannya tidak tertulis; nyatakan sektor orangnya satu per satu.")
    with transaction.atomic():
        before = WorkSector.objects.select_for_update().filter(occupation=work).first()
        made, _ = WorkSector.objects.update_or_create(
            occupation=work, defaults={"sector": sector, "stated_by": by, "stated_on": on}
        )
        deed = Deed(
            "state_work_sector", "people.worksector", made.id, before={"sector": before.sector if before else ""},
            after={"occupation": work, "sector": sector},
        )  # fmt: skip
        record(by=by, on=on, deed=deed)


def state_people(*, by: Officer, on: date, person_ids: Collection[int], sector: str, reason: str) -> int:
    """State the sector of these persons, whatever is written as their work; needs `bill.make` where each lives.

    Gives how many there were. Refused: no such sector, no reason, nobody, too many at once, or somebody who lives
    outside the officer's areas.
    """
    _check(sector)
    ids = sorted(set(person_ids))
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis dari mana sektornya diketahui.")
    if not 0 < len(ids) <= _MOST:
        raise Refused("orang_tidak_dipilih", f"Pilih satu sampai {_MOST} orang.")
    with transaction.atomic():
        rows = list(Person.objects.select_for_update().filter(pk__in=ids).order_by("id").values_list("id", "area_code"))
        if len(rows) != len(ids):
            raise Refused("orang_tidak_ada", "Sebagian orang yang dipilih tidak ada; muat ulang halaman.")
        for area in sorted({area for _, area in rows}):
            require(by, "bill.make", on=on, area_code=area)
        before = dict(PersonSector.objects.filter(person_id__in=ids).values_list("person_id", "sector"))
        PersonSector.objects.bulk_create(
            [
                PersonSector(person_id=one, sector=sector, reason=reason.strip()[:200], stated_by=by, stated_on=on)
                for one in ids
            ],
            update_conflicts=True, unique_fields=["person"],
            update_fields=["sector", "reason", "stated_by", "stated_on"],
        )  # fmt: skip
        record_all(
            by=by,
            on=on,
            deeds=[
                Deed(
                    "state_person_sector", "people.person", one, before={"sector": before.get(one, "")},
                    after={"sector": sector, "reason": reason.strip()},
                )
                for one in ids
            ],
        )  # fmt: skip
    return len(ids)


def _check(sector: str) -> None:
    if sector not in Sector.values:
        raise Refused("sektor_tidak_dikenal", f"Sektor {sector} tidak dikenal.")
