"""How fast one person is found by NIK, parts of the name or KPJ among millions, as the search boxes ask it."""

import argparse
import io
import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from time import perf_counter

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from own.database import NAME, URL, begin, own_database
from pyarrow import csv as arrow_csv

begin()

from django.db import connection  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402

from lopo.basics.area import KELURAHAN  # noqa: E402
from lopo.basics.page import Asked  # noqa: E402
from lopo.coverage.queries import MembersFilter, members_page  # noqa: E402
from lopo.people.batch.synth_city import City, invent_city  # noqa: E402
from lopo.people.batch.synth_registers import digits, iso, sexes  # noqa: E402
from lopo.people.queries import PersonFilter, person_by_nik, persons_page  # noqa: E402
from tests.cast import appoint_all  # noqa: E402
from tests.rooms import enrolment  # noqa: E402

WHOLE, QUICK, PART = 1_000_000, 20_000, 250_000
TIMES, GOAL = 200, 50
DAY = date(2025, 11, 20)
AREAS = ("53.71",)
COLUMNS = ("nik", "name", "sex", "born", "no_kk", "area_code", "rt", "rw", "phone", "occupation")
_BUILT = """
SELECT quote_ident(i.relname), pg_get_indexdef(i.oid), quote_ident(c.conname), pg_get_constraintdef(c.oid)
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
       LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid AND c.conrelid = x.indrelid AND c.contype IN ('u', 'x')
 WHERE x.indrelid = %s::regclass AND NOT x.indisprimary
"""
_NO_TRIGGERS = "SET session_replication_role = replica"  # rows of a bench: no triggers, no foreign keys
_MEMBERS = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on, kpj,
                                 number_issued_on, reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT p.id, m.programme_id, 1000000000 + p.id, 'terdaftar', m.submitted_on, m.accepted_on,
       lpad((20000000000 + p.id * 7)::text, 11, '0'), m.number_issued_on, '', '', p.area_code, true, true
  FROM people_person p CROSS JOIN (SELECT * FROM coverage_membership ORDER BY id LIMIT 1) m
 WHERE NOT EXISTS (SELECT 1 FROM coverage_membership o WHERE o.person_id = p.id)
"""


def say(figure: str, value: float, unit: str, goal: float) -> None:
    line = {"bench": "lookup", "figure": figure, "value": round(value, 2), "unit": unit, "goal": goal}
    print(json.dumps({**line, "ok": value <= goal}), flush=True)


def persons_of(city: City, taken: list[str]) -> bytes:
    """The people of an invented city as the csv of people_person, but for numbers that are taken."""
    number = len(city.nik)
    codes = pa.array([area.code for area in KELURAHAN]).take(pa.array(city.kelurahan))
    none, work = (pa.repeat(pa.scalar(text), number) for text in ("0", "Nelayan"))
    texts = (digits(city.nik), city.name, sexes(city.female), iso(city.born), digits(city.kk), codes, none, none,
             none, work)  # fmt: skip
    rows = pa.table(dict(zip(COLUMNS, texts, strict=True)))
    held = io.BytesIO()
    arrow_csv.write_csv(rows.filter(pc.invert(pc.is_in(rows["nik"], pa.array(taken, pa.string())))), held)
    return held.getvalue()


@contextmanager
def indexes_after(cursor: CursorWrapper, table: str) -> Iterator[None]:
    """Take off the indexes of a table but its key, and build them once it is full."""
    cursor.execute(_BUILT, [table])
    built = cursor.fetchall()
    for index, _as_index, constraint, _as_constraint in built:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {index}")
    yield
    for _index, as_index, constraint, as_constraint in built:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {as_constraint}" if constraint else as_index)
    cursor.execute(f"VACUUM (ANALYZE) {table}")


def fill_persons(cursor: CursorWrapper, people: int) -> None:
    """Copy the persons in parts, two at a time."""
    cursor.execute("SELECT nik FROM people_person")
    taken = [str(nik) for (nik,) in cursor.fetchall()]
    into = f"COPY people_person ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, HEADER)"

    def copy_part(part: int) -> None:
        city = invent_city(min(PART, people), 7, part, DAY)
        with psycopg.connect(URL, dbname=NAME, autocommit=True) as own, own.cursor() as mine:
            mine.execute(_NO_TRIGGERS)
            with mine.copy(into) as rows:
                rows.write(persons_of(city, taken))

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(copy_part, range(-(-people // PART))))


def fill(people: int) -> tuple[int, int]:
    """Write the persons, enrol all, and build what the search needs; give the programme and how many there are."""
    made = enrolment.enrol(appoint_all(), 6)
    with connection.cursor() as cursor:
        cursor.execute(_NO_TRIGGERS)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        with indexes_after(cursor, "people_person"):
            fill_persons(cursor, people)
        with indexes_after(cursor, "coverage_membership"):
            cursor.execute(_MEMBERS)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SELECT count(*) FROM people_person")
        return made.programme, int(cursor.fetchone()[0])


def picked(count: int) -> list[tuple[str, str, str, str]]:
    """NIK, name, KPJ and kelurahan of persons taken by chance."""
    query = """SELECT p.nik, p.name, m.kpj, p.area_code
                 FROM people_person p JOIN coverage_membership m ON m.person_id = p.id
                WHERE p.id = ANY(%s) AND p.name LIKE '%% %%'"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM people_person")
        first, last = cursor.fetchone()
        draw = random.Random(5)
        cursor.execute(query, [[draw.randint(first, last) for _ in range(count * 3)]])
        return list(cursor.fetchall())[:count]


Way = tuple[Callable[[str], int], list[str]]


def searches(programme: int, filled: int) -> None:
    """Each way to look somebody up, as the desks of persons and members ask it."""
    who = picked(TIMES)
    for figure, (ask, texts) in {**ways_of_persons(who), **ways_of_members(who, programme)}.items():
        missed = figure.startswith("nobody")
        say(f"{figure}, 95th percentile among {filled} people", slowest_of_twenty(ask, texts, missed), "ms", GOAL)


def among(text: str) -> int:
    return persons_page(PersonFilter(AREAS, text), Asked()).total


def in_kelurahan(both: str) -> int:
    area, text = both.split(" ", 1)
    return persons_page(PersonFilter((area,), text), Asked()).total


def ways_of_persons(who: list[tuple[str, str, str, str]]) -> dict[str, Way]:
    """The searches among persons; those that begin with `nobody` find none."""
    names = [name for _nik, name, _kpj, _area in who]
    parts = [f"{name.split()[-1][:5]} {name.split()[0][:5]}" for name in names]
    return {
        "person by whole NIK": (lambda nik: int(person_by_nik(nik) is not None), [nik for nik, *_ in who]),
        "search box, NIK": (among, [nik for nik, *_ in who]),
        "search box, the whole name": (among, names),
        "search box, part of the family name and part of the first": (among, parts),
        "search box, one given name": (among, [name.split()[0] for name in names]),
        "search box, three letters": (among, [name[:3] for name in names]),
        "search box, inside a word": (among, [name.split()[-1][1:] for name in names if len(name.split()[-1]) > 4]),
        "kelurahan, one given name": (in_kelurahan, [f"{area} {name.split()[0]}" for _, name, _, area in who]),
        "kelurahan, three letters": (in_kelurahan, [f"{area} {name[:3]}" for _, name, _, area in who]),
        "nobody, a misspelt name": (among, [f"{name[:2]}x{name[3:]}" for name in names]),
        "nobody, a word that no name has": (among, [f"zzq {name.split()[0]}" for name in names]),
    }


def ways_of_members(who: list[tuple[str, str, str, str]], programme: int) -> dict[str, Way]:
    """The searches among the members of a programme."""

    def members(text: str) -> int:
        return members_page(MembersFilter(AREAS, programme, text), Asked(), on=DAY).total

    names = [name for _nik, name, _kpj, _area in who]
    return {
        "members, NIK": (members, [nik for nik, *_ in who]),
        "members, KPJ": (members, [kpj for _nik, _name, kpj, _area in who]),
        "members, the whole name": (members, names),
        "members, one given name": (members, [name.split()[0] for name in names]),
    }


def slowest_of_twenty(ask: Callable[[str], int], texts: list[str], missed: bool) -> float:
    """The 95th percentile in milliseconds after ten warm answers; each must find, or miss. Ends after a minute."""
    for text in texts[:10]:
        assert (ask(text) == 0) is missed, text
    took: list[float] = []
    began = perf_counter()
    for text in texts:
        start = perf_counter()
        assert (ask(text) == 0) is missed, text
        took.append(perf_counter() - start)
        if perf_counter() - began > 60:
            break
    return sorted(took)[len(took) * 95 // 100] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} people instead of {WHOLE}")
    parser.add_argument("--people", type=int, default=WHOLE, help="another number of people")
    chosen = parser.parse_args()
    with own_database():
        searches(*fill(QUICK if chosen.quick else chosen.people))


if __name__ == "__main__":
    main()
