"""How fast the dead are matched with members, mixed cases are decided in bulk, and one case is shown among many."""

import argparse
import json
import random
from datetime import date, timedelta
from time import perf_counter

import pyarrow as pa
from own.database import begin, own_database

begin(pages_on="2025-11-20")

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from lopo.basics.calendar import Month  # noqa: E402
from lopo.claims.actions import Checked, approve_decisions, propose_decisions  # noqa: E402
from lopo.claims.batch.deaths import DEATH_COLUMNS, MEMBER_COLUMNS, PERSON_COLUMNS, death_hits  # noqa: E402
from lopo.claims.judging import CaseFile, judge  # noqa: E402
from lopo.claims.queries.approvals import waiting_for  # noqa: E402
from lopo.jobs.engine import open_engine  # noqa: E402
from lopo.law.cases import Injury, Trip  # noqa: E402
from lopo.law.cover import PaidMonth  # noqa: E402
from lopo.staff import queries as staff  # noqa: E402
from tests.cast import Cast, appoint_all  # noqa: E402
from tests.rooms import enrolment  # noqa: E402

ON = date(2025, 11, 20)
ISSUED = date(2025, 7, 15)
PEER = 13
"""Claims a second that the best-known open system values on this size of machine."""
SYLLABLES = ("ma", "ri", "no", "yo", "ta", "be", "lu", "ko", "sa", "di", "fe", "ne", "tu", "wa", "pe", "go")


def say(figure: str, value: float, unit: str, goal: float, *, at_least: bool = False) -> None:
    line = {"bench": "claims", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal}
    print(json.dumps({**line, "ok": value >= goal if at_least else value <= goal}), flush=True)


def name_of(chance: random.Random) -> str:
    """Three words of two or three syllables: about as many namesakes as in a city."""
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).upper() for _ in range(3))


def slipped(chance: random.Random, word: str) -> str:
    """The word with two neighbours exchanged."""
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def deaths_and_members(people: int, dead: int) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """Members, certificates (half of members, written with slips, half of strangers), and whom each means."""
    chance = random.Random(7)
    members = []
    for number in range(people):
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
        nik = f"537104{born:%d%m%y}{number % 9999 + 1:04d}"
        row = (nik, name_of(chance), "L", born, f"{number:016d}", "53.71.04.1009", number + 1, ISSUED, None)
        members.append(row)
    unique = {row[0]: row for row in members}
    members = list(unique.values())
    rows, truth = [], {}
    for number in range(dead):
        certificate = f"5371-KM-{number:08d}"
        died = ON - timedelta(days=chance.randrange(100))
        nik, name, born = "", name_of(chance), date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
        if number % 2 == 0:
            nik, name, _, born, *_ = members[chance.randrange(len(members))]
            truth[certificate] = nik
            kind = chance.random()
            nik = nik[:12] if kind < 0.05 else slipped(chance, nik) if kind < 0.10 else "" if kind < 0.13 else nik
            name = slipped(chance, name) if 0.13 < kind < 0.25 else name
        else:
            nik = f"537199{born:%d%m%y}{number % 9999 + 1:04d}"
        rows.append((1, certificate, nik, name, born, died, "Oebufu"))
    return _table(rows, DEATH_COLUMNS), _table(members, MEMBER_COLUMNS), truth


def _table(rows: list[tuple[object, ...]], columns: dict[str, str]) -> pa.Table:
    kinds = {"int64": pa.int64(), "string": pa.string(), "date": pa.date32()}
    values = list(zip(*rows, strict=True))
    return pa.table({name: pa.array(values[place], kinds[kind]) for place, (name, kind) in enumerate(columns.items())})


def match(people: int, dead: int, share: float) -> None:
    deaths, members, truth = deaths_and_members(people, dead)
    niks = dict(zip(members["membership_id"].to_pylist(), members["nik"].to_pylist(), strict=True))
    start = perf_counter()
    with open_engine(memory="3GB") as engine:
        tables = (engine.table(deaths), engine.table(members.select(list(PERSON_COLUMNS))), engine.table(members))
        found = engine.rows(engine.keep(death_hits(*tables, ON, engine.keep)))
    taken = perf_counter() - start
    pairs = [(one["certificate"], niks[one["membership_id"]]) for one in found.to_pylist()]
    right = sum(truth.get(certificate) == nik for certificate, nik in pairs)
    say(f"matching {dead} deaths with {people} members", taken, "s", 60 * share)
    say("recall of the matching", right / max(len(truth), 1), "share", 0.99, at_least=True)
    say("precision of the matching", right / max(len(pairs), 1), "share", 0.995, at_least=True)


def mixed(count: int) -> list[CaseFile]:
    """Deaths by illness and at work, accidents with costs, arrears and gaps of all kinds."""
    chance = random.Random(11)
    return [_case(number, chance) for number in range(count)]


def _case(number: int, chance: random.Random) -> CaseFile:
    kind = ("JKM", "JKM", "JKK", "JKK")[number % 4]
    event = date(2025, 7, 16) + timedelta(days=chance.randrange(120))
    paid = tuple(
        PaidMonth(Month(2025, month), date(2025, month, 14)) for month in range(7, 13) if chance.random() < 0.85
    )
    survived = number % 4 == 3
    return CaseFile(
        id=number, code=f"{kind}-{number}", kind=kind, state="lengkap", event_on=event,
        died_on=None if survived else event, opened_on=event, recovered_on=ON if survived else None,
        work_accident=kind == "JKK", person_nik="5371040109800001", income=1_000_000, number_issued_on=ISSUED,
        paid=paid, invoices=(), trips=(Trip("darat", 250_000),) if survived else (),
        incapacity_days=chance.randrange(60) if survived else 0,
        injuries=(Injury("telunjuk_kanan", 1, False),) if survived and number % 8 == 3 else (),
        receiver_nik="5371040109850002", granted={},
    )  # fmt: skip


def decide(count: int, share: float) -> None:
    """Facts in memory to what is frozen of each: components, facts, steps, reasons, edition and hash, as JSON."""
    cases = mixed(count)
    for one in cases[:20]:
        judge(one, ON)
    start = perf_counter()
    frozen = 0
    for case in cases:
        judged = judge(case, ON)
        trace = judged.decision.as_json() | {"members": [one.as_json() for one in judged.members]}
        frozen += len(json.dumps([trace, [part.as_json() for part in judged.components]]))
    taken = perf_counter() - start
    assert frozen > count * 1000
    say(f"deciding {count} mixed cases, frozen as JSON, without storing them", taken, "s", 20 * share)
    say("cases a second beside the best-known open system", count / taken / PEER, "times", 40, at_least=True)


def store(cast: Cast, count: int, share: float) -> None:
    """Cases in the database to frozen decisions in the database: read, judged and stored by the action itself."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE claims_case CASCADE")
        cursor.execute("CREATE TEMP TABLE covered AS SELECT * FROM coverage_membership ORDER BY id LIMIT %s", [count])
        with transaction.atomic():
            for statement in (_PAID, _NUMBERS, _REGISTERED, _MIXED, _LOSSES, _HEIRS):
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT id FROM claims_case")
        ids = [row[0] for row in cursor.fetchall()]
    start = perf_counter()
    done = propose_decisions(by=cast.bpjs, on=ON, case_ids=ids)
    taken = perf_counter() - start
    assert done.proposed + len(done.waits) == count == len(ids)
    assert done.granted > count // 2, done.waits[:3]  # the others wait for arrears or are refused
    say(f"deciding {count} mixed cases from the database into frozen decisions in it", taken, "s", 20 * share)
    say("cases a second, stored, beside the best-known open system", count / taken / PEER, "times", 40, at_least=True)


def approve(cast: Cast, share: float) -> None:
    """Proposals in the database: signs and similar cases of all are read, the grants without any are approved."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coverage_membership DISABLE TRIGGER USER")
        cursor.execute(_LONG_BEFORE)  # all stand on one list: dying soon after its numbers would be a sign of each
    start = perf_counter()
    found = waiting_for(cast.penyetuju.id, ("53",))
    taken = perf_counter() - start
    waits, ids = len(found.together) + len(found.alone), frozenset(one.id for one in found.together)
    say(f"reading signs and similar cases of {waits} proposals", taken, "s", 3 * share)
    start = perf_counter()
    done = approve_decisions(by=cast.penyetuju, on=ON, checked=Checked(ids, ids), decision_ids=ids)
    taken = perf_counter() - start
    assert done.approved == len(ids) > waits // 3, (waits, len(ids))
    say(f"approving {len(ids)} proposals together, booked and told", taken, "s", 20 * share)


_LONG_BEFORE = "UPDATE coverage_membership SET number_issued_on = '2025-03-01' WHERE number_issued_on IS NOT NULL"
_NUMBERS = """
INSERT INTO coverage_membernumber (person_id, kpj, issued_on, membership_id)
SELECT person_id, lpad(id::text, 11, '0'), '2025-07-15', id FROM covered
"""
_REGISTERED = """
UPDATE coverage_membership SET state = 'terdaftar', kpj = lpad(id::text, 11, '0'), number_issued_on = '2025-07-15'
 WHERE id IN (SELECT id FROM covered)
"""
_PAID = """
INSERT INTO coverage_paidmonth (person_id, month, membership_id, payer_code, paid_on, reference)
SELECT m.person_id, month::date, m.id, 'pemprov-ntt', month::date + 13, gen_random_uuid()
  FROM covered m CROSS JOIN generate_series('2025-07-01'::date, '2025-12-01', '1 month') month
 WHERE extract(month FROM month) = 7 OR (m.id * 31 + extract(month FROM month)::int * 17) % 100 < 90
"""
# In turn: two deaths by illness, a death at work, an accident with a trip, days without work and sometimes a finger.
_MIXED = """
INSERT INTO claims_case (code, person_id, membership_id, kind, event_on, died_on, opened_on, opened_from, source,
                         visit_due_on, story, state, work_accident, concluded_on, recovered_on, complete_on, pay_due_on)
SELECT 'K-' || m.id, m.person_id, m.id, CASE WHEN m.id % 4 < 2 THEN 'JKM' ELSE 'JKK' END, d.day,
       CASE WHEN m.id % 4 < 3 THEN d.day END, d.day + 2, 'laporan', '', d.day + 6, '', 'lengkap',
       CASE WHEN m.id % 4 >= 2 THEN true END, CASE WHEN m.id % 4 >= 2 THEN d.day + 3 END,
       CASE WHEN m.id % 4 = 3 THEN d.day + 60 END, d.day + 9, d.day + 13
  FROM covered m CROSS JOIN LATERAL (SELECT date '2025-07-16' + (m.id * 7 % 110)::int AS day) d
"""
_LOSSES = """
WITH hurt AS (SELECT id, event_on FROM claims_case WHERE died_on IS NULL),
     trips AS (INSERT INTO claims_trip (case_id, mode, "on", amount, route)
               SELECT id, 'darat', event_on, 250000, '' FROM hurt),
     letters AS (INSERT INTO claims_incapacity (case_id, first_day, last_day, doctor)
                 SELECT id, event_on, event_on + (id % 45)::int, 'dr.' FROM hurt)
INSERT INTO claims_injury (case_id, part, times, left_handed, permil, doctor, found_on)
SELECT id, 'telunjuk_kanan', 1, false, 90, 'dr.', event_on + 60 FROM hurt WHERE id % 8 = 3
"""
# A widow receives; of every fifth a child has a third of it through a guardian.
_HEIRS = """
INSERT INTO claims_heir (case_id, nik, name, relation, receives, article, parts, guardian_nik, guardian_name, agreement)
SELECT c.id, '537104' || lpad((c.id * 2 + n)::text, 10, '0'), 'Ahli waris ' || n,
       CASE n WHEN 0 THEN 'suami_istri' ELSE 'anak' END, true, 'pasal', 2 - n,
       CASE n WHEN 1 THEN '5371010101600001' ELSE '' END, CASE n WHEN 1 THEN 'Wali' ELSE '' END,
       CASE WHEN c.id % 5 = 0 THEN 'surat pembagian' ELSE '' END
  FROM claims_case c CROSS JOIN generate_series(0, 1) n
 WHERE c.died_on IS NOT NULL AND (n = 0 OR c.id % 5 = 0)
"""
_MEMBERS = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on,
                                 reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT n.person_id, %s, n.id, 'diterima', '2025-06-23', '2025-06-23', '', '', n.area_code, false, false
  FROM targeting_decreename n ORDER BY n.id
"""
_CASES = """
WITH new AS (
    INSERT INTO claims_case (code, person_id, membership_id, kind, event_on, died_on, opened_on, opened_from, source,
                             visit_due_on, story, state)
    SELECT 'JKM-2025-' || m.id, m.person_id, m.id, 'JKM', d.day, d.day, d.day + 3, 'akta_kematian', 'A-' || m.id,
           d.day + 6, '', 'dibuka'
      FROM coverage_membership m CROSS JOIN LATERAL (SELECT date '2025-08-01' + (m.id %% 100)::int AS day) d
     ORDER BY m.id LIMIT %s RETURNING id
)
INSERT INTO claims_paper (case_id, code, label, article)
SELECT id, 'surat_' || n, 'Surat ' || n, 'pasal' FROM new CROSS JOIN generate_series(1, 9) n
"""


def enrol(people: int) -> Cast:
    """Officers, and so many members."""
    cast = appoint_all()
    made = enrolment.make_decree(cast, people)
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [made.programme])
    return cast


def page(people: int, count: int) -> None:
    """One case among so many, asked for as its officer does: the 95th of 100 answers."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [count])
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT id FROM claims_case ORDER BY md5(id::text) LIMIT 60")
        ids = [row[0] for row in cursor.fetchall()]
    client = Client()
    client.force_login(staff.officer("dinas"), "django.contrib.auth.backends.ModelBackend")
    for figure, address in (("page of a case", "/klaim/{}"), ("page of all cases", "/klaim/?hal={}")):
        say(f"{figure} among {count} of {people} members", _slowest(client, address, ids), "ms", 120)


def _slowest(client: Client, address: str, ids: list[int]) -> float:
    taken = []
    for one in (*ids[:5], *ids):
        start = perf_counter()
        answer = client.get(address.format(one if "klaim/{" in address else 1 + one % 50))
        taken.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200
    return sorted(taken[5:])[len(ids) * 95 // 100]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--only", choices=("match", "decide", "store", "page"), help="one part alone")
    given = parser.parse_args()
    if given.only in (None, "decide"):
        decide(1_000 if given.quick else 10_000, 0.1 if given.quick else 1.0)
    if given.only in (None, "match"):
        people, dead = (20_000, 2_000) if given.quick else (1_000_000, 100_000)
        match(people, dead, 0.25 if given.quick else 1.0)  # starting the engine takes its seconds at any size
    if given.only in (None, "page", "store"):
        people, count = (3_000, 1_000) if given.quick else (10_000 if given.only == "store" else 1_000_000, 50_000)
        with own_database():
            cast = enrol(people)
            if given.only != "store":
                page(people, count)
            if given.only != "page":
                share = 0.2 if given.quick else 1.0  # the first cases also read the law
                store(cast, 1_000 if given.quick else 10_000, share)
                approve(cast, share)


if __name__ == "__main__":
    main()
