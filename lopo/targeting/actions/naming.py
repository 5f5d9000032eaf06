"""Puts a person whom an officer knows among those whom a doubtful row may be, where no comparison had shown him."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from lopo.basics.refusal import Refused
from lopo.people.loading import storable
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.settling import LikelyPerson
from lopo.targeting.models import Likeness, Screening, Verdict
from lopo.targeting.queries.programmes import ProgrammeRow, ScreeningRow, programme_row, screening_in_force

_MOST: Final = 20
_LAST_LABEL: Final = """
SELECT b.answer FROM targeting_label b, targeting_proposalrow r JOIN targeting_proposallist l ON l.id = r.list_id
 WHERE r.id = %s AND b.nik = %s AND b.content = targeting_content(r.id, r.fields, l.area_code)
 ORDER BY b.id DESC LIMIT 1
"""


def check_naming(*, by: Officer, on: date, row_id: int, nik: str) -> tuple[ProgrammeRow, ScreeningRow]:
    """Give the programme and the screening in force of a row to which a person may be added.

    Needs `doubt.settle` where the row is. Refused: the row is not in doubt, the person is shown for it already, or two
    officers have said that the row is not this person.
    """
    verdict = _verdict(row_id)
    require(by, "doubt.settle", on=on, area_code=verdict.area_code or verdict.row.list.area_code)
    programme = programme_row(verdict.screening.programme_id)
    screening = screening_in_force(verdict.screening.programme_id)
    if programme is None or screening is None:
        raise Refused("belum_diperiksa", "Program ini belum diperiksa.")
    shown = Likeness.objects.filter(screening_id=screening.id, row_id=row_id)
    if shown.filter(nik=nik).exists():
        raise Refused("sudah_calon", "Orang ini sudah ada di antara calon untuk baris ini.")
    if _told_apart(row_id, nik):
        raise Refused(
            "sudah_dibedakan", "Dua petugas sudah menyatakan baris ini bukan orang itu; buka lagi jawabannya."
        )
    if shown.count() >= _MOST:
        raise Refused("terlalu_banyak_calon", f"Paling banyak {_MOST} calon untuk satu baris.")
    return programme, screening


def add_named(*, by: Officer, on: date, screening_id: int, person: LikelyPerson) -> int:
    """Add the person, worked out from the registers, behind those shown; gives the place and writes the diary.

    Needs `doubt.settle` where the row is. Refused: the screening is no longer the one in force, or what `check_naming`
    refuses.
    """
    try:
        with transaction.atomic():
            check_naming(by=by, on=on, row_id=person.row_id, nik=person.nik)
            if not Screening.objects.select_for_update().filter(pk=screening_id, current=True).exists():
                raise Refused("pemeriksaan_berubah", "Hasil pemeriksaan sudah diganti; muat ulang halaman.")
            shown = Likeness.objects.filter(screening_id=screening_id, row_id=person.row_id)
            place = (shown.aggregate(last=Max("place"))["last"] or 0) + 1
            Likeness.objects.create(
                screening_id=screening_id, row_id=person.row_id, place=place, nik=person.nik,
                name=storable(person.name, 200), sex=person.sex, born=person.born, no_kk=person.no_kk,
                area_code=person.area_code, stands_in=person.stands_in, score=person.score,
                levels=dict(person.levels), facts=dict(person.facts),
            )  # fmt: skip
            after = {"screening": screening_id, "place": place, "score": person.score}
            record(by=by, on=on, deed=Deed("name_person", "targeting.row", person.row_id, after=after))
    except IntegrityError as error:
        raise Refused("sudah_calon", "Orang ini sudah ada di antara calon untuk baris ini.") from error
    return place


def _told_apart(row_id: int, nik: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LAST_LABEL, [row_id, nik])
        return (cursor.fetchone() or ("",))[0] == "beda"


def _verdict(row_id: int) -> Verdict:
    found = (
        Verdict.objects.select_related("screening", "row__list")
        .filter(row_id=row_id, screening__current=True, verdict=Verdict.Kind.PERLU_CEK)
        .first()
    )
    if found is None:
        raise Refused("tidak_ragu", "Baris ini sudah tidak perlu dicek; muat ulang halaman.")
    return found
