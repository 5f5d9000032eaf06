"""How fast the pages answer with 100,000 members: home, lists, rows, members, search, one person, bill, the law."""

import argparse
import json
from datetime import date
from time import perf_counter
from urllib.parse import urlencode

from own.database import begin, own_database

begin(pages_on="2025-11-20")

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from lopo.staff import queries as staff  # noqa: E402
from lopo.web.law_sums import SUMS  # noqa: E402
from tests.cast import appoint_all  # noqa: E402
from tests.rooms import enrolment  # noqa: E402

WHOLE, QUICK = 100_000, 10_000
TIMES = 60
GOAL, GOAL_WHOLE = 100, 250
WHOLE_LISTS = ("decree", "bill")
"""Pages of all names of one decree or bill, which in life are a few thousand."""


def say(figure: str, value: float, unit: str, goal: float) -> None:
    line = {"bench": "pages", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}
    print(json.dumps({**line, "ok": value <= goal}), flush=True)


def stage(people: int) -> enrolment.Enrolment:
    """Enrol so many people and pay their first months; September stays unpaid."""
    cast = appoint_all()
    made = enrolment.enrol(cast, people)
    for number, day in ((8, 13), (10, 14), (11, 13)):
        enrolment.pay(cast, made, enrolment.Month(2025, number), paid_on=date(2025, number, day))
    spread(people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return made


_LISTS = """
WITH first AS (SELECT * FROM targeting_proposallist ORDER BY id LIMIT 1),
sources AS (
    INSERT INTO targeting_sourcefile (sha256, name, content, size, received_by_id)
    SELECT lpad(n::text, 64, '0'), 'daftar-' || n || '.xlsx', '', 0, s.received_by_id
      FROM generate_series(1, %(lists)s) n CROSS JOIN targeting_sourcefile s
     WHERE s.sha256 = (SELECT source_id FROM first)
    RETURNING sha256, name
)
INSERT INTO targeting_proposallist (programme_id, source_id, file, sender_kind, sender, area_code, received_on,
                                    understood, problems, rows_read, candidates, unreadable, other_rows)
SELECT f.programme_id, s.sha256, s.name, 'kelurahan', 'Kelurahan ' || s.name, f.area_code, f.received_on, '[]', '[]',
       0, 0, 0, 0 FROM first f CROSS JOIN sources s
"""
_SPREAD = """
UPDATE targeting_proposalrow r SET list_id = %(first)s + 1 + r.line %% %(lists)s WHERE r.list_id = %(first)s
"""


def spread(people: int) -> None:
    """Give the proposals as lists of 250 rows, as offices send them, in place of one list of all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM targeting_proposallist")
        first = int(cursor.fetchone()[0])
        cursor.execute(_LISTS, {"lists": people // 250})
        cursor.execute("SELECT min(id) - 1 FROM targeting_proposallist WHERE id > %s", [first])
        given = {"first": first, "lists": people // 250}
        assert cursor.fetchone()[0] == first, "the new lists follow the first one"
        cursor.execute("SET session_replication_role = replica")  # rows are kept as they came; here they are staged
        cursor.execute(_SPREAD, given)
        cursor.execute("SET session_replication_role = origin")


def one(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


def addresses() -> dict[str, list[str]]:
    """The pages that are asked for; a person's page is another person's each time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM coverage_membership ORDER BY md5(id::text) LIMIT %s", [TIMES])
        persons = [f"/orang/{row[0]}" for row in cursor.fetchall()]
    proposals = one("SELECT max(id) FROM targeting_proposallist")
    return {
        "home": ["/"],
        "lists": ["/daftar/"],
        "rows of all lists": ["/daftar/baris"],
        "one list": [f"/daftar/{proposals}"],
        "persons": ["/orang/"],
        "search of a person": [f"/orang/?cari=nomor+{number}" for number in range(1000, 1000 + TIMES)],
        "one person": persons,
        "members": ["/peserta/"],
        "members of one page later": [f"/peserta/?hal={number}" for number in range(1, TIMES)],
        "decree": [f"/keputusan/{one('SELECT min(id) FROM targeting_decree')}"],
        "bill": [f"/iuran/{one('SELECT min(id::text) FROM financing_bill')}"],
        "cases": ["/klaim/"],
        "law, rules": ["/hukum/aturan"],
        "law, a sum with all its steps": [
            f"/hukum/hitung/{benefit.code}?hari=2025-09-03&hitung=1&{urlencode(benefit.example)}" for benefit in SUMS
        ],
    }


def slowest_of_twenty(client: Client, pages: list[str]) -> float:
    """The 95th percentile of a page in milliseconds, after two warm answers."""
    for page in pages[:2]:
        client.get(page)
    took = []
    for number in range(TIMES):
        start = perf_counter()
        answer = client.get(pages[number % len(pages)])
        took.append(perf_counter() - start)
        assert answer.status_code == 200, (pages[number % len(pages)], answer.status_code)
    return sorted(took)[TIMES * 95 // 100] * 1000


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(staff.officer(username), "django.contrib.auth.backends.ModelBackend")
    return client


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} people instead of {WHOLE}")
    people = QUICK if parser.parse_args().quick else WHOLE
    with own_database():
        stage(people)
        client = signed_in("penyetuju")
        for page, found in addresses().items():
            say(
                f"{page}, 95th percentile with {people} members",
                slowest_of_twenty(client, found),
                "ms",
                GOAL_WHOLE if page in WHOLE_LISTS else GOAL,
            )


if __name__ == "__main__":
    main()
