"""What is known of somebody who is to receive: whether the death register or a case of ours says that he is dead."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

_DEAD = """
SELECT d.nik FROM people_death d JOIN people_snapshot s ON s.id = d.snapshot_id AND s.current
 WHERE d.nik = ANY(%(niks)s)
 UNION
SELECT p.nik FROM claims_case c JOIN people_person p ON p.id = c.person_id
 WHERE p.nik = ANY(%(niks)s) AND c.died_on IS NOT NULL AND c.state <> 'ditutup'
"""


def is_dead(nik: str) -> bool:
    """Say whether the register in force or a case of death names this NIK. One query."""
    return bool(dead_among([nik]))


def dead_among(niks: Sequence[str]) -> frozenset[str]:
    """Give those of the NIKs that the register in force or a case of death names. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_DEAD, {"niks": list(niks)})
        return frozenset(row[0] for row in cursor.fetchall())
