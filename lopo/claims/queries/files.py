"""Reads what a case stands on beside itself: the numbers of the office and the family card of its person."""

from __future__ import annotations

from datetime import date

from django.db import connection

from lopo.basics.refusal import Refused
from lopo.claims.family import OnCard
from lopo.claims.models import Case
from lopo.law import LAW

_CARD = """
SELECT r.nik, r.name, r.sex, r.born, r.relation, r.mother_name,
       NOT EXISTS (SELECT 1 FROM people_death d JOIN people_snapshot s ON s.id = d.snapshot_id AND s.current
                    WHERE d.nik = r.nik AND d.nik <> '')
       AND NOT EXISTS (SELECT 1 FROM claims_case c JOIN people_person q ON q.id = c.person_id
                        WHERE q.nik = r.nik AND c.died_on IS NOT NULL AND c.state <> 'ditutup')
  FROM people_resident r JOIN people_snapshot s ON s.id = r.snapshot_id AND s.current
 WHERE r.no_kk = (SELECT m.no_kk FROM people_resident m JOIN people_snapshot t ON t.id = m.snapshot_id AND t.current
                   WHERE m.nik = %s ORDER BY m.id LIMIT 1)
 ORDER BY r.id
"""


def office_number(name: str, on: date) -> int:
    """Give a number that the law room keeps for the office (`hari_kunjungan_keluarga`, `umur_dewasa_penerima`).

    Raises LookupError where none is in force on the day.
    """
    version = LAW.parameters[name].on(on)
    if version is None or type(version.value) is not int:
        raise LookupError(f"no {name} on {on}")
    return version.value


def found_case(case_id: int) -> Case:
    """Give the case with its person, membership and programme. Refused where there is none. One query."""
    case = Case.objects.select_related("person", "membership__programme", "owner").filter(pk=case_id).first()
    if case is None:
        raise Refused("kasus_tidak_ada", "Kasus ini tidak ada.")
    return case


def family_card(nik: str) -> tuple[OnCard, ...]:
    """Give everybody on the family card of a person in the population register in force. One query.

    Empty where the register does not know the person. `alive` is false for whoever has a death certificate or a case
    of death with us.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CARD, [nik])
        return tuple(OnCard(*row) for row in cursor.fetchall())
