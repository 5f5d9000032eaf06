"""Makes the stand-ins of a test copy: for every masked value an invented one of the same form, one to one.

All of it is SQL over temporary tables of the source, which go with the transaction; so does the secret that shuffles.
A stand-in is never a value that the source holds. Days move within their quarter of a year, and the day in a NIK with
them; a NIK stays in its kecamatan and its sex; a name is given name, letter, family name of the invented city.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from lopo.people.batch.synth_names import FAMILIES, MEN, WOMEN

NAME, DAY = "name", "day"
KINDS: Final = {
    "nik": "nik", "nik_given": "nik", "nik_matched": "nik", "holder_nik": "nik", "guardian_nik": "nik",
    "no_kk": "no_kk", "kpj": "kpj", "nip": "nip", "certificate": "certificate", "number": "account", "phone": "phone",
    "address": "address", "email": "address", "name": NAME, "holder_name": NAME, "bank_name": NAME,
    "guardian_name": NAME, "received_by": NAME, "witness": NAME, "doctor": NAME, "full_name": NAME,
    "first_name": NAME, "last_name": NAME, "source": NAME, "born": DAY,
}  # fmt: skip
"""Which kind of stand-in a masked column has, by its name; a column that is not here stops the copy."""


@dataclass(frozen=True, slots=True)
class Place:
    """One masked column of a table."""

    table: str
    column: str
    kind: str


_TABLES: Final = """
CREATE TEMP TABLE copy_source (kind text, value text) ON COMMIT DROP;
CREATE TEMP TABLE copy_stand (kind text, value text, stand text) ON COMMIT DROP;
CREATE TEMP TABLE copy_day (day date, stand date) ON COMMIT DROP;
"""
# The days of a quarter in a secret order, each standing for the one before it: no day stands for itself.
_DAYS: Final = """
INSERT INTO copy_day
SELECT day, coalesce(lead(day) OVER quarter, first_value(day) OVER quarter)
  FROM (SELECT d::date AS day FROM generate_series('1850-01-01', '2100-12-31', interval '1 day') d) days
WINDOW quarter AS (PARTITION BY date_trunc('quarter', day) ORDER BY md5(%(secret)s || day)
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
CREATE UNIQUE INDEX ON copy_day (day); ANALYZE copy_day; ANALYZE copy_source;
"""
# NIK and family number: six signs of the area, a day (of a woman with 40 added), four signs of a turn.
_FORMS: Final = r"""
CREATE TEMP TABLE copy_form ON COMMIT DROP AS
WITH whole AS (
    SELECT kind, value, left(value, 6) AS area, substr(value, 7, 2)::int AS d, substr(value, 9, 2)::int AS m,
           substr(value, 11, 2)::int AS y
      FROM copy_source WHERE kind IN ('nik', 'no_kk') AND value ~ '^[0-9]{16}$'
), dated AS (
    SELECT w.*, CASE WHEN w.d > 40 THEN 40 ELSE 0 END AS woman, c.stand
      FROM whole w LEFT JOIN copy_day c
        ON to_char(c.day, 'DDMMYYYY') = lpad((w.d %% 40)::text, 2, '0') || lpad(w.m::text, 2, '0')
                                        || w.y + CASE WHEN w.y > 26 THEN 1900 ELSE 2000 END
), other AS (
    SELECT kind, value, greatest(length(regexp_replace(value, '[^0-9]', '', 'g')), 6) AS digits FROM copy_source
     WHERE kind <> 'name' AND NOT (kind IN ('nik', 'no_kk') AND value ~ '^[0-9]{16}$')
)
SELECT kind, value, 4 AS width, '' AS tail,
       area || CASE WHEN stand IS NULL THEN substr(value, 7, 6)
                    ELSE lpad((extract(day FROM stand)::int + woman)::text, 2, '0') || to_char(stand, 'MMYY')
               END AS head
  FROM dated
UNION ALL
SELECT kind, value,
       CASE WHEN kind = 'certificate' OR value LIKE '%%@%%' THEN 8
            WHEN kind IN ('phone', 'address') THEN greatest(digits - 4, 6) ELSE digits - 1 END,
       CASE WHEN value LIKE '%%@%%' THEN '@contoh.invalid' ELSE '' END,
       CASE WHEN value LIKE '%%@%%' THEN 'warga' WHEN kind = 'certificate' THEN 'AKTA-'
            WHEN kind IN ('phone', 'address') THEN '0800' ELSE '9' END
  FROM other;
ANALYZE copy_form;
"""
# So many turns are tried as there are values and known numbers of that form: enough are left that nobody has.
_NUMBERS: Final = """
CREATE TEMP TABLE copy_free ON COMMIT DROP AS
WITH held AS (SELECT left(value, 12) AS head, count(*) AS n FROM copy_source WHERE length(value) = 16 GROUP BY 1),
long AS (SELECT length(value) AS long, count(*) AS n FROM copy_source GROUP BY 1),
forms AS (SELECT head, width, tail, count(*) AS n FROM copy_form GROUP BY 1, 2, 3),
tried AS (
    SELECT f.head, f.width, f.tail, f.head || lpad(turn::text, f.width, '0') || f.tail AS stand
      FROM forms f LEFT JOIN held h ON h.head = f.head AND f.width = 4
      LEFT JOIN long l ON length(f.head) <> 12 AND l.long = length(f.head) + f.width + length(f.tail),
           generate_series(1, f.n + coalesce(h.n, l.n, 0)) AS turn
)
SELECT head, width, tail, stand, row_number() OVER (PARTITION BY head, width, tail ORDER BY stand) AS turn
  FROM tried t WHERE NOT EXISTS (SELECT FROM copy_source s WHERE s.value = t.stand);
CREATE TEMP TABLE copy_asked ON COMMIT DROP AS
SELECT kind, value, head, width, tail,
       row_number() OVER (PARTITION BY head, width, tail ORDER BY md5(%(secret)s || kind || value)) AS turn
  FROM copy_form;
ANALYZE copy_free; ANALYZE copy_asked;
INSERT INTO copy_stand SELECT kind, value, stand FROM copy_asked JOIN copy_free USING (head, width, tail, turn);
"""
# A name by its turn: given and family name change with each, the letter once all their pairs are used.
_NAMES: Final = r"""
INSERT INTO copy_stand
WITH asked AS (
    SELECT value, row_number() OVER (ORDER BY md5(%(secret)s || value)) AS turn FROM copy_source WHERE kind = 'name'
), size AS (
    SELECT count(*) + count(*) FILTER (WHERE value ~ ' [[:alpha:]][.] ') AS n FROM copy_source WHERE kind = 'name'
), tried AS (
    SELECT turn, (%(given)s::text[])[1 + turn %% %(givens)s] || ' ' || chr((65 + (pair + round) %% 26)::int) || '. '
                 || CASE WHEN round >= 26 THEN chr((65 + round / 26)::int) || '. ' ELSE '' END
                 || (%(family)s::text[])[1 + turn %% %(families)s] AS stand
      FROM (SELECT turn, turn %% (%(givens)s * %(families)s) AS pair, turn / (%(givens)s * %(families)s) AS round
              FROM size, generate_series(0, size.n) AS turn) t
), free AS (
    SELECT stand, row_number() OVER (ORDER BY turn) AS turn
      FROM tried t WHERE NOT EXISTS (SELECT FROM copy_source s WHERE lower(s.value) = lower(t.stand))
)
SELECT 'name', value, CASE WHEN value = upper(value) THEN upper(stand) ELSE stand END FROM asked JOIN free USING (turn);
CREATE UNIQUE INDEX ON copy_stand (kind, value);
CREATE UNIQUE INDEX ON copy_stand (kind, stand);
ANALYZE copy_stand;
"""


def gather(cursor: CursorWrapper, places: Iterable[Place], secret: str) -> None:
    """Fill the temporary tables `copy_stand` and `copy_day` with a stand-in for every masked value of the places."""
    cursor.execute(_TABLES)
    for kind in sorted(set(KINDS.values()) - {DAY}):
        held = [
            sql.SQL("SELECT {c} AS value FROM {t}").format(c=sql.Identifier(one.column), t=sql.Identifier(one.table))
            for one in places
            if one.kind == kind
        ]
        if held:
            cursor.execute(
                sql.SQL("INSERT INTO copy_source SELECT DISTINCT {}, value FROM ({}) held WHERE value <> ''").format(
                    sql.Literal(kind), sql.SQL(" UNION ALL ").join(held)
                )
            )
    given, family = _names()
    asked: dict[str, str | int | list[str]] = {
        "secret": secret, "given": given, "family": family, "givens": len(given), "families": len(family),
    }  # fmt: skip
    cursor.execute("CREATE INDEX ON copy_source (value); CREATE INDEX ON copy_source (lower(value))")
    for statements in (_DAYS, _FORMS, _NUMBERS, _NAMES):
        for one in statements.split(";\n"):
            if one.strip():
                cursor.execute(one, asked)


def _names() -> tuple[list[str], list[str]]:
    """Given and family names of the invented city, as many of each as a prime number, so that all pairs are met."""
    families = dict.fromkeys(chain.from_iterable(names for _, _, names in FAMILIES))
    return _prime([*MEN, *WOMEN]), _prime([one for one in families if " " not in one])


def _prime(names: list[str]) -> list[str]:
    """The longest beginning of the names whose count is a prime number."""
    every = list(dict.fromkeys(names))
    size = next(n for n in range(len(every), 1, -1) if all(n % part for part in range(2, n)))
    return every[:size]
