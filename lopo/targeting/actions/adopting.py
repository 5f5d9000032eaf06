"""Drafts a decree by which a programme names people of another one, so that it can take them over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require, within
from lopo.targeting.actions.decrees import annex_hash
from lopo.targeting.models import Decree, DecreeName, Programme
from lopo.targeting.quotas import Quota


@dataclass(frozen=True, slots=True)
class Adoption:
    """Whom one programme takes from another: both programmes, number and title of the decree, the persons."""

    from_id: int
    to_id: int
    number: str
    title: str
    persons: tuple[int, ...]


_HELD: Final = ("ditetapkan", "pengganti")
# The verdict by which somebody was accepted stays the ground of the place; the order among them stays too.
_NAMES: Final = """
WITH wanted AS (
    SELECT DISTINCT ON (n.person_id) n.* FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
     WHERE d.programme_id = %(from)s AND d.state = 'ditetapkan' AND n.status IN ('ditetapkan', 'pengganti')
       AND n.person_id = ANY(%(persons)s)
     ORDER BY n.person_id, n.decree_id DESC)
INSERT INTO targeting_decreename
       (decree_id, person_id, verdict_id, kecamatan_code, area_code, decile, rank, waiting_place, status)
SELECT %(decree)s, person_id, verdict_id, kecamatan_code, area_code, decile,
       row_number() OVER (PARTITION BY kecamatan_code ORDER BY rank, person_id), NULL, 'ditetapkan'
  FROM wanted ORDER BY kecamatan_code, rank
"""


def draft_adoption(*, by: Officer, on: date, adoption: Adoption) -> int:
    """Draft the decree that names people of another programme, and give its id. Needs `decree.draft` there.

    Each keeps the verdict by which the other decree named him. Another officer sets it with `approve_decree`. Refused:
    a number that is used, nobody, people whom no set decree of the other programme names, who live elsewhere or are
    named here already, or more than there are places.
    """
    number, title = adoption.number.strip(), adoption.title.strip()
    if not number or not title:
        raise Refused("nomor_kosong", "Keputusan perlu nomor dan judul.")
    persons = sorted(set(adoption.persons))
    with transaction.atomic():
        programme = Programme.objects.select_for_update().filter(pk=adoption.to_id).first()
        if programme is None or adoption.from_id == adoption.to_id:
            raise Refused("program_tidak_ada", "Pilih dua program yang berbeda: yang berakhir dan yang meneruskan.")
        require(by, "decree.draft", on=on, area_code=programme.area_code)
        names = _names(adoption.from_id, persons)
        _check(programme, number, persons, names)
        decree = Decree.objects.create(
            programme=programme, screening_id=names[0].decree.screening_id, number=number, title=title, dated=on,
            annex_hash="", made_by=by, quota=_quota(names),
        )  # fmt: skip
        given: dict[str, Any] = {"from": adoption.from_id, "persons": persons, "decree": decree.id}
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, given)
        decree.annex_hash = annex_hash(decree.id)
        decree.save(update_fields=["annex_hash"])
        after = {"number": number, "from": adoption.from_id, "chosen": len(persons), "annex": decree.annex_hash}
        record(by=by, on=on, deed=Deed("draft_adoption", "targeting.decree", decree.id, after=after))
    return decree.id


def _names(from_id: int, persons: list[int]) -> list[DecreeName]:
    held = DecreeName.objects.filter(
        person_id__in=persons, decree__programme_id=from_id, decree__state=Decree.State.DITETAPKAN, status__in=_HELD
    )  # fmt: skip
    latest = held.order_by("person_id", "-decree_id").distinct("person_id")
    return list(latest.select_related("decree", "person"))


def _check(programme: Programme, number: str, persons: list[int], names: list[DecreeName]) -> None:
    if not persons:
        raise Refused("tidak_ada_yang_dipilih", "Belum ada orang yang dipilih.")
    if len(names) != len(persons):
        strangers = len(persons) - len(names)
        raise Refused(
            "bukan_yang_ditetapkan", f"{strangers} orang tidak disebut dalam keputusan program yang berakhir."
        )
    if elsewhere := sum(not within(one.person.area_code, (programme.area_code,)) for one in names):
        raise Refused("di_luar_wilayah", f"{elsewhere} orang tinggal di luar wilayah {programme.name}.")
    here = DecreeName.objects.filter(decree__programme=programme, status__in=_HELD)
    if again := here.filter(person_id__in=persons).count():
        raise Refused("sudah_dinamai", f"{again} orang sudah disebut dalam keputusan {programme.name}.")
    free = programme.places - here.count()
    if len(persons) > free:
        raise Refused("tempat_kurang", f"{programme.name} tinggal mempunyai {max(free, 0)} tempat.")
    if Decree.objects.filter(number=number).exists():
        raise Refused("nomor_sudah_dipakai", f"Nomor {number} sudah dipakai keputusan lain.")


def _quota(names: list[DecreeName]) -> list[dict[str, str | int]]:
    counted = Counter(one.kecamatan_code for one in names)
    return [Quota(code, counted[code], counted[code]).as_json() for code in sorted(counted)]
