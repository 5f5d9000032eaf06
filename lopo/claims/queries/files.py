"""Reads one case as the law must see it, and the family card of its person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from lopo.basics.refusal import Refused
from lopo.claims.family import OnCard
from lopo.claims.judging import CaseFile, Share
from lopo.claims.models import Case, Decision, Heir, Incapacity, Injury, Trip
from lopo.claims.queries.care import invoices_of
from lopo.coverage.queries import paid_line
from lopo.law import LAW
from lopo.law import cases as law_cases
from lopo.law.whole_cases import LostFunction

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


def case_file(case_id: int) -> CaseFile:
    """Give everything that a decision of the case rests on. Nine queries."""
    case = found_case(case_id)
    line = paid_line(case.person_id)
    receivers, (injuries, functions) = receivers_of(case_id), _losses(case_id)
    return CaseFile(
        id=case.id,
        code=case.code,
        kind=case.kind,
        state=case.state,
        event_on=case.event_on,
        died_on=case.died_on,
        opened_on=case.opened_on,
        recovered_on=case.recovered_on,
        work_accident=case.work_accident,
        person_nik=case.person.nik,
        income=case.membership.programme.monthly_income,
        number_issued_on=line.number_issued_on,
        paid=line.paid,
        invoices=invoices_of(case_id),
        trips=tuple(law_cases.Trip(*row) for row in Trip.objects.filter(case_id=case_id).order_by("id")
                    .values_list("mode", "amount")),
        incapacity_days=incapacity_days(case_id, until=case.died_on),
        injuries=injuries,
        receiver_nik=receivers[0].to if receivers else "",
        granted=granted_before(case_id),
        cause=case.cause,
        work_ended_on=case.work_ended_on,
        guarantor=case.guarantor,
        total_disability=case.total_disability,
        shares=receivers if len(receivers) > 1 else (),
        functions=functions,
    )  # fmt: skip


def receivers_of(case_id: int) -> tuple[Share, ...]:
    """Give who of the heirs receives, with the parts and to whose account, in the order they were named. One query."""
    rows = Heir.objects.filter(case_id=case_id, receives=True).order_by("id")
    columns = ("id", "nik", "guardian_nik", "parts")
    return tuple(Share(one, nik, guardian or nik, parts) for one, nik, guardian, parts in rows.values_list(*columns))


def _losses(case_id: int) -> tuple[tuple[law_cases.Injury, ...], tuple[LostFunction, ...]]:
    """Give the parts that are lost, and those of which only the function is. One query."""
    columns = ("lost_function", "part", "times", "left_handed")
    rows = [
        (percent, law_cases.Injury(*row))
        for percent, *row in Injury.objects.filter(case_id=case_id).order_by("id").values_list(*columns)
    ]
    lost = tuple(one for percent, one in rows if not percent)
    return lost, tuple(LostFunction(one, percent) for percent, one in rows if percent)


def incapacity_days(case_id: int, *, until: date | None) -> int:
    """Calendar days without work, the first and the last of each letter included, none after `until`. One query."""
    letters = Incapacity.objects.filter(case_id=case_id).values_list("first_day", "last_day")
    return sum(max(0, (min(last, until or last) - first).days + 1) for first, last in letters)


def granted_before(case_id: int) -> dict[str, int]:
    """Give what approved decisions of the case granted, in rupiah by code of the component. One query."""
    rows: Sequence[list[dict[str, Any]]] = list(
        Decision.objects.filter(case_id=case_id, state=Decision.State.DISETUJUI, granted=True).values_list(
            "components", flat=True
        )
    )
    granted: dict[str, int] = {}
    for components in rows:
        for one in components:
            granted[one["code"]] = granted.get(one["code"], 0) + one["amount"]
    return granted


def family_card(nik: str) -> tuple[OnCard, ...]:
    """Give everybody on the family card of a person in the population register in force. One query.

    Empty where the register does not know the person. `alive` is false for whoever has a death certificate or a case
    of death with us.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CARD, [nik])
        return tuple(OnCard(*row) for row in cursor.fetchall())
