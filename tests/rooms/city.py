"""A second programme by SQL: the city goes on with people whom the province has paid for."""

from __future__ import annotations

from django.db import connection

from tests.cast import Cast
from tests.rooms.enrolment import Enrolment, fund

CITY = "kota-kupang"
_CITY = """
WITH made AS (
    INSERT INTO targeting_programme (code, name, area_code, first_month, last_month, registration_day, legal_basis,
                                     places, max_decile, monthly_income, state, approved_on)
    VALUES ('kota-2026', 'Pekerja rentan kota 2026', '53.71', %(first)s, '2026-12-01', '2025-12-01', 'Perwali',
            100, 4, 1000000, 'berjalan', '2025-11-01') RETURNING id
), decree AS (
    INSERT INTO targeting_decree (programme_id, screening_id, number, title, dated, state, quota, annex_hash,
                                  made_by_id, approved_by_id, approved_on)
    SELECT made.id, d.screening_id, 'KOTA/2026', 'Penerima', %(set)s, 'ditetapkan', '{}', 'x', d.made_by_id,
           d.approved_by_id, %(set)s FROM made CROSS JOIN targeting_decree d RETURNING id, programme_id
), names AS (
    INSERT INTO targeting_decreename (decree_id, person_id, verdict_id, kecamatan_code, area_code, decile, rank, status)
    SELECT decree.id, n.person_id, n.verdict_id, n.kecamatan_code, n.area_code, n.decile, n.rank, 'ditetapkan'
      FROM decree CROSS JOIN targeting_decreename n WHERE n.rank <= %(people)s RETURNING decree_id
)
SELECT programme_id, id FROM decree
"""


def city_programme(people: int, *, first: str = "2026-01-01", dated: str = "2025-12-10") -> Enrolment:
    """A programme of the city from January 2026, whose set decree names the first so many of the same people."""
    with connection.cursor() as cursor:
        cursor.execute(_CITY, {"people": people, "first": first, "set": dated})
        programme, decree = cursor.fetchone()
    return Enrolment(programme, decree, people)


def city_without_decree(
    cast: Cast, *, places: int = 100, people: int = 100, kind: str = "apbd_kota", first: str = "2026-01-01"
) -> int:
    """A programme of the city for 2026 without any decree, with money for so many people for the year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO targeting_programme (code, name, area_code, first_month, last_month, registration_day,"
            " legal_basis, basis_dated, places, max_decile, monthly_income, state, approved_on) VALUES ('kota-2026',"
            " 'Pekerja rentan kota 2026', '53.71', %s, '2026-12-01', '2025-12-01', 'Perwali 40/2025', '2025-12-01', %s,"
            " 10, 1000000, 'berjalan', '2025-12-02') RETURNING id",
            [first, places],
        )
        programme = int(cursor.fetchone()[0])
    fund(cast, Enrolment(programme, 0, 0), amount=people * 12 * 16_800, payer=CITY, kind=kind, year=2026)
    return programme
