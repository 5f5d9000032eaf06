"""What is known of somebody who is to receive: whether the death register or a case of ours says that he is dead."""

from __future__ import annotations

from django.db import connection

_DEAD = """
SELECT EXISTS (SELECT 1 FROM people_death d JOIN people_snapshot s ON s.id = d.snapshot_id AND s.current
                WHERE d.nik = %(nik)s)
    OR EXISTS (SELECT 1 FROM claims_case c JOIN people_person p ON p.id = c.person_id
                WHERE p.nik = %(nik)s AND c.died_on IS NOT NULL AND c.state <> 'ditutup')
"""


def is_dead(nik: str) -> bool:
    """Say whether the register in force or a case of death names this NIK. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_DEAD, {"nik": nik})
        row = cursor.fetchone()
    return bool(row and row[0])
