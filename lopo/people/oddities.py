"""What is odd in a register that was loaded: counted in one query, kept with its snapshot, never a refusal."""

from __future__ import annotations

from typing import Final

from django.db import connection
from psycopg import sql

from lopo.people.registers import RegisterLayout

EMPTY_NIK, BAD_NIK, TWICE, TWO_PEOPLE = "nik_kosong", "nik_tidak_sah", "nik_ganda", "nik_dua_orang"
SAME_ROW, BAD_KK, BAD_BIRTH, BAD_DAY, BAD_DECILE = (
    "baris_kembar", "kk_tidak_sah", "lahir_mustahil", "tanggal_mustahil", "desil_mustahil",
)  # fmt: skip
LEFT_OUT = "tidak_tinggal_lagi"
KINDS: Final = (EMPTY_NIK, BAD_NIK, TWICE, TWO_PEOPLE, SAME_ROW, BAD_KK, BAD_BIRTH, BAD_DAY, BAD_DECILE, LEFT_OUT)
"""No NIK, a NIK that is none, a NIK on further rows, a NIK with two names, rows equal in all columns, a family number
that is none, a birth before 1900 or after the day of the register, another day of that sort, a decile not 1 to 10, and
somebody whom the file itself calls dead, moved or gone (counted while it is read)."""

_EVENTS: Final = ("died_on", "moved_on", "active_since")
_COUNT: Final = """
WITH mine AS (SELECT r.*, upper(r.name) AS said, s.as_of AS told FROM {table} r
                JOIN people_snapshot s ON s.id = r.snapshot_id WHERE r.snapshot_id = %s),
     numbers AS (SELECT count(*) AS n, count(DISTINCT said) AS names FROM mine WHERE nik <> '' GROUP BY nik),
     kinds AS (SELECT count(*) AS n FROM mine GROUP BY {all})
SELECT {parts},
       (SELECT coalesce(sum(n - 1), 0) FROM numbers), (SELECT count(*) FROM numbers WHERE names > 1),
       (SELECT coalesce(sum(n - 1), 0) FROM kinds)
  FROM mine
"""


def count_oddities(layout: RegisterLayout, snapshot_id: int) -> dict[str, int]:
    """Count what is odd in the rows of a snapshot; only what occurs is given. One query."""
    tests = _tests(layout)
    query = sql.SQL(_COUNT).format(
        table=sql.Identifier(layout.table),
        all=sql.SQL(", ").join(map(sql.Identifier, layout.targets)),
        parts=sql.SQL(", ").join(sql.SQL("count(*) FILTER (WHERE {})").format(test) for test in tests.values()),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [snapshot_id])
        found = cursor.fetchone() or ()
    counts = dict(zip((*tests, TWICE, TWO_PEOPLE, SAME_ROW), map(int, found), strict=True))
    return {kind: counts[kind] for kind in KINDS if counts.get(kind)}


def _tests(layout: RegisterLayout) -> dict[str, sql.Composable]:
    """The conditions on one row that this register can be asked."""
    tests: dict[str, sql.Composable] = {
        EMPTY_NIK: sql.SQL("nik = ''"),
        BAD_NIK: sql.SQL("nik <> '' AND nik !~ '^[1-9][0-9]{15}$'"),
    }
    if "no_kk" in layout.targets:
        tests[BAD_KK] = sql.SQL("no_kk <> '' AND no_kk !~ '^[1-9][0-9]{15}$'")
    if "born" in layout.targets:
        tests[BAD_BIRTH] = sql.SQL("born < '1900-01-01' OR born > told")
    if days := [name for name in _EVENTS if name in layout.targets]:
        tests[BAD_DAY] = sql.SQL("{0} < '1900-01-01' OR {0} > told").format(sql.Identifier(days[0]))
    if "decile" in layout.targets:
        tests[BAD_DECILE] = sql.SQL("decile NOT BETWEEN 1 AND 10")
    return tests
