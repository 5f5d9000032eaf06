"""How fast people are enrolled, billed and paid for, and how fast the cover of all of them is known, in a database."""

import argparse
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import TypeVar

from own.database import begin, own_database

begin()

from django.db import connection  # noqa: E402

from lopo.basics.calendar import Month, Period  # noqa: E402
from lopo.basics.page import Asked  # noqa: E402
from lopo.coverage import actions as coverage  # noqa: E402
from lopo.coverage import queries as covered  # noqa: E402
from lopo.coverage.fake_bpjs import FakeBpjs  # noqa: E402
from lopo.financing import actions as financing  # noqa: E402
from lopo.financing import queries as financed  # noqa: E402
from lopo.financing.queries.calendar import Fate, calendar_of  # noqa: E402
from lopo.financing.queries.endings import endings  # noqa: E402
from lopo.insight import queries as insight  # noqa: E402
from lopo.insight.queries.council import council  # noqa: E402
from lopo.insight.queries.reconciliation import Compared, bpjs_file, reconciliation_counts  # noqa: E402
from lopo.targeting.actions.departures import propose_departures  # noqa: E402
from tests.cast import Cast, appoint_all  # noqa: E402
from tests.rooms import enrolment  # noqa: E402

Result = TypeVar("Result")
PAID = date(2025, 7, 14)
NOVEMBER = date(2025, 11, 20)
ALL = ("53",)
WHOLE, QUICK, LARGE = 100_000, 10_000, 1_000_000
BEGUN = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on,
                                 reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT n.person_id, %s, n.id, 'diterima', '2025-06-23', '2025-06-23', '', '', n.area_code, false, false
  FROM targeting_decreename n ORDER BY n.id
"""

REGISTERS = """
WITH kinds AS (
    INSERT INTO people_snapshot (kind, part, origin, agreement, as_of, rows, sha256, loaded_by_id, current)
    SELECT kind, '', 'bench.csv', '', '2025-12-01', 1, repeat('0', 64), %(by)s, true
      FROM unnest(ARRAY['bpjs', 'kematian']) AS kind RETURNING id, kind
), active AS (
    INSERT INTO people_activemember (snapshot_id, nik, name, kpj, segment, active_since)
    SELECT k.id, p.nik, p.name, lpad(p.id::text, 11, '9'), 'BPU', '2025-07-15' FROM people_person p, kinds k
     WHERE k.kind = 'bpjs' AND p.id %% 100 > 0
)
INSERT INTO people_death (snapshot_id, nik, name, certificate, died_on, place)
SELECT k.id, p.nik, p.name, '', '2025-11-10', '' FROM people_person p, kinds k
 WHERE k.kind = 'kematian' AND p.id %% 100 = 1
"""
"""A file of active members in which one of a hundred is missing, and a register in which one of a hundred is dead."""


def say(figure: str, value: float, unit: str, goal: float) -> None:
    line = {"bench": "cover", "figure": figure, "value": round(value, 3), "unit": unit, "goal": goal}
    print(json.dumps({**line, "ok": value <= goal}), flush=True)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def median_milliseconds(work: Callable[[], object], times: int = 9) -> float:
    """The median of so many runs, after a warm one."""
    work()
    return sorted(timed(work)[1] for _ in range(times))[times // 2] * 1000


def enrol(cast: Cast, made: enrolment.Enrolment, share: float) -> None:
    """Send, read the answer, bill a month: the figure of the issue; then pay it, and read the numbers."""
    sent, sending = timed(lambda: enrolment.send(cast, made))
    office = FakeBpjs({})
    verified = office.verify(sent)
    day = enrolment.SENT
    _, answering = timed(
        lambda: coverage.read_answer(by=cast.bpjs, on=day, programme_id=made.programme, file="1.xlsx", content=verified)
    )
    enrolment.fund(cast, made)
    bill, billing = timed(
        lambda: financing.make_bill(
            by=cast.dinas, on=enrolment.ISSUED, programme_id=made.programme, payer_code=enrolment.PAYER,
            month=enrolment.JULY,
        )
    )  # fmt: skip
    assert (bill.people, bill.amount) == (made.people, made.people * 16_800)
    say("enrolling and billing a month", sending + answering + billing, "s", 20 * share)
    say("of which sending with the template", sending, "s", 12 * share)
    say("of which the answer of BPJS", answering, "s", 8 * share)
    say("of which billing", billing, "s", 10 * share)
    order = financing.OrderGiven("SP2D/1", PAID)
    financing.request_payment(by=cast.bendahara, on=PAID, bill_id=bill.id, order=order)
    paid, paying = timed(lambda: financing.approve_payment(by=cast.penyetuju, on=PAID, bill_id=bill.id))
    assert paid.people == made.people
    say("paying a month", paying, "s", 20 * share)
    issued = office.issue(sent, on=enrolment.NUMBERED)
    read, numbering = timed(
        lambda: coverage.read_answer(
            by=cast.bpjs, on=enrolment.NUMBERED, programme_id=made.programme, file="2.xlsx", content=issued
        )
    )
    assert read.numbered == made.people
    say("reading the member numbers", numbering, "s", 20 * share)


def know(made: enrolment.Enrolment) -> None:
    """The cover of all on a day, who is in arrears, and the pages of members and of one person."""
    programme = made.programme
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT person_id FROM coverage_membership ORDER BY id LIMIT 1")
        person = int(cursor.fetchone()[0])
    counts = covered.cover_counts(programme, on=NOVEMBER, areas=ALL)
    assert counts["menunggak_1"] == made.people, counts
    members = covered.MembersFilter(ALL, programme)
    found = covered.MembersFilter(ALL, programme, search="nomor 777")
    figures: dict[str, Callable[[], object]] = {
        "state of cover of all on a day": lambda: covered.cover_counts(programme, on=NOVEMBER, areas=ALL),
        "what the deaths of a day would pay": lambda: financed.exposure(programme, on=NOVEMBER, areas=ALL),
        "first page of the members": lambda: covered.members_page(members, Asked(), on=NOVEMBER),
        "search among the members": lambda: covered.members_page(found, Asked(), on=NOVEMBER),
        "first page of those in arrears": lambda: financed.arrears_page(members, Asked(), on=NOVEMBER),
        "figures and attention of the first page": lambda: insight.home("kupang-2025", on=NOVEMBER, areas=ALL),
        "the same for one kelurahan": lambda: insight.home("kupang-2025", on=NOVEMBER, areas=("53.71.04.1009",)),
        "month strip of a person": lambda: financed.strip(person, on=NOVEMBER),
    }
    for figure, work in figures.items():
        say(figure, median_milliseconds(work), "ms", 250 if "arrears" in figure or "members" in figure else 100)
    assert covered.drifted() == ()


def renew(made: enrolment.Enrolment) -> None:
    """The turn of the year with nobody to go on: who falls out, when the cover of each ends, the first page of them."""
    on, month = date(2025, 12, 18), Month(2026, 1)
    wanted = financed.FallingFilter(ALL, made.programme, month)

    def turn() -> int:
        rows = financed.renewal(made.programme, on=on, month=month, areas=ALL)
        ends = endings(made.programme, on=on, month=month, areas=ALL)
        first = financed.falling_page(wanted, Asked(), on=on)
        assert sum(row.members for row in rows) == first.total
        return sum(row.members for row in ends)

    people, taken = timed(turn)
    assert people == made.people, people
    say(f"the turn of the year for {made.people} members", taken, "s", 10 * made.people / WHOLE)


def foresee(programme: int, people: int) -> None:
    """The exposure calendar of the coming twelve months, beside what paying on a day changes; nothing asked before."""
    span = Period(NOVEMBER, date(2026, 11, 19))
    plan = financed.Plan(date(2025, 12, 1), Month(2025, 12))
    found, taken = timed(lambda: financed.outlook(programme, span=span, areas=ALL, plan=plan))
    assert all(
        sum(row.members for row in stretch.rows) + stretch.ended == people for stretch in found.nothing.stretches
    )
    say(f"exposure calendar of 12 months, {people} members, two ways", taken, "s", 15)


def foresee_patterns(count: int, goal: float) -> None:
    """The same for members who share so many patterns: the cost grows with the patterns, not with the members."""
    chance = random.Random(5)
    fates = set()
    while len(fates) < count:
        first = Month(2025, 1).plus(chance.randrange(10))
        paid = {first: date(first.year, first.number, chance.randint(1, 14))}
        for month in (first.plus(ahead) for ahead in range(1, 12) if chance.random() < 0.8):
            paid[month] = month.first_day + timedelta(days=chance.choice([3, 8, 11, 13, 40, 70]))
        months = " ".join(f"{month}={day}" for month, day in sorted(paid.items()))
        fates.add(Fate(months, paid[first] + timedelta(days=chance.randint(1, 3)), None, LARGE // count))
    found, taken = timed(lambda: calendar_of(fates, 1_000_000, Period(NOVEMBER, date(2026, 11, 19))))
    assert len(found.stretches) > 30
    say(f"exposure calendar of 12 months, a million members in {count} patterns", taken, "s", goal)


def bill_by_sector(cast: Cast, made: enrolment.Enrolment) -> None:
    """A church pays a month of 2026 for drivers and others: two bills, beside a month that has one price."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_programme SET last_month = '2026-12-01'")
        cursor.execute("UPDATE people_person SET occupation = CASE WHEN id % 5 = 0 THEN 'Sopir' ELSE 'Nelayan' END")
        cursor.execute("VACUUM ANALYZE people_person")
    enrolment.fund(cast, made, payer="gereja", kind="gereja", year=2026)
    taken = []
    for number, bills in ((4, 1), (2, 2)):
        months = financing.Months(Month(2026, number), 1)
        given = {"by": cast.dinas, "on": NOVEMBER, "programme_id": made.programme, "payer_code": "gereja"}
        found, seconds = timed(lambda given=given, months=months: financing.make_bills(**given, months=months))  # type: ignore[misc]
        assert (len(found), sum(one.people for one in found)) == (bills, made.people)
        taken.append(seconds)
    goal = 3 if made.people == WHOLE else 10  # a small month is over before its sectors are counted
    say("billing a month by sector beside one of one price", taken[1] / taken[0], "times", goal)


def run(people: int) -> None:
    share = 1 if people == WHOLE else 0.2  # a fifth of the goals for a tenth of the people: some costs do not shrink
    cast = appoint_all()
    made = enrolment.make_decree(cast, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    enrol(cast, made, share)
    for number, day in ((8, 13), (10, 14), (11, 13)):
        month = Month(2025, number)
        _, taken = timed(
            lambda month=month, day=day: enrolment.pay(cast, made, month, paid_on=date(2025, month.number, day))
        )  # type: ignore[misc]
        say(f"billing and paying month {month}", taken, "s", 30 * share)
    printed, printing = timed(lambda: coverage.print_cards(by=cast.dinas, on=NOVEMBER, programme_id=made.programme))
    assert printed == people
    say("writing down the cards", printing, "s", 10 * share)
    know(made)
    renew(made)
    foresee(made.programme, people)
    bill_by_sector(cast, made)
    foresee_patterns(2000 if people == WHOLE else 200, 15 if people == WHOLE else 5)


def _large_month(cast: Cast, made: enrolment.Enrolment, month: Month, paid_on: date) -> float:
    """Bill and pay one month of all; give the seconds. The goals are those of a million, in proportion."""
    share = made.people / LARGE
    bill, billing = timed(
        lambda: financing.make_bill(
            by=cast.dinas, on=month.first_day, programme_id=made.programme, payer_code=enrolment.PAYER, month=month
        )
    )
    order = financing.OrderGiven(f"SP2D/{month}", paid_on)
    financing.request_payment(by=cast.bendahara, on=paid_on, bill_id=bill.id, order=order)
    paid, paying = timed(lambda: financing.approve_payment(by=cast.penyetuju, on=paid_on, bill_id=bill.id))
    assert paid.people == made.people
    say(f"billing and paying month {month} of {made.people} members", billing + paying, "s", 25 * share)
    say("of which billing", billing, "s", 10 * share)
    return billing + paying


def _ahead(cast: Cast, made: enrolment.Enrolment) -> float:
    """Three months under one code, paid by one SP2D; give the seconds."""
    day = date(2025, 9, 12)
    bills, billing = timed(
        lambda: financing.make_bills(
            by=cast.dinas, on=day, programme_id=made.programme, payer_code=enrolment.PAYER,
            months=financing.Months(Month(2025, 9), 3, "KI/2025/09"),
        )
    )  # fmt: skip
    order, others = financing.OrderGiven("SP2D/2025-09", day), [one.id for one in bills[1:]]
    financing.request_payment(by=cast.bendahara, on=day, bill_id=bills[0].id, order=order, others=others)
    paid, paying = timed(lambda: financing.approve_payment(by=cast.penyetuju, on=day, bill_id=bills[0].id))
    assert paid.people == 3 * made.people
    say(
        f"billing and paying three months ahead of {made.people} members",
        billing + paying,
        "s",
        75 * made.people / LARGE,
    )
    return billing + paying


def _look_through(cast: Cast, made: enrolment.Enrolment) -> None:
    """What the night and the reports ask of all: who should leave, the council's report, the file of BPJS."""
    with connection.cursor() as cursor:
        cursor.execute(REGISTERS, {"by": cast.dinas.id})
        cursor.execute("VACUUM ANALYZE")
    share, day = made.people / LARGE, date(2025, 12, 2)
    gone, proposing = timed(lambda: propose_departures(by=None, on=day))
    assert gone == made.people // 100
    say(f"proposing who of {made.people} should leave", proposing, "s", max(30 * share, 3))
    told, telling = timed(lambda: council("kupang-2025", on=day, areas=ALL))
    assert told is not None
    assert told.total.named == made.people
    say(f"the council's report on {made.people} members", telling, "s", max(15 * share, 2))
    file = bpjs_file()
    assert file is not None
    counts, comparing = timed(lambda: reconciliation_counts(Compared(made.programme, file, ALL, "53.71")))
    assert counts.kinds["tidak_di_bpjs"] == made.people // 100, counts
    say(f"comparing {made.people} members with the file of BPJS", comparing, "s", max(60 * share, 3))


def run_large(people: int) -> float:
    """Bill and pay five months of so many members, who are begun by one statement; give the seconds of all five."""
    cast = appoint_all()
    made = enrolment.make_decree(cast, people)
    with connection.cursor() as cursor:
        _, beginning = timed(lambda: cursor.execute(BEGUN, [made.programme]))
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")  # what making the people left to be written is no cost of a month
    say(f"beginning {people} memberships", beginning, "s", 60 * people / LARGE)
    say(
        "time of one of them beside one enrolment in 20 ms (50 a second), 500 times over",
        beginning / people * 50 * 500,
        "times",
        1,
    )
    enrolment.fund(cast, made)
    taken = [
        _large_month(cast, made, Month(2025, number), date(2025, number, day)) for number, day in ((7, 14), (8, 13))
    ]
    say("a later month beside the first", taken[1] / taken[0], "times", 1.15)
    say(
        "time of one payment beside one in 56 ms (18 a second), 500 times over",
        taken[1] / people * 18 * 500,
        "times",
        1,
    )
    taken.append(_ahead(cast, made))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    counts, known = timed(lambda: covered.cover_counts(made.programme, on=date(2025, 9, 1), areas=ALL))
    assert counts["belum"] == people, counts
    say(f"state of cover of {people} members on a day", known, "s", 3)
    foresee(made.programme, people)
    assert covered.miscounted() == 0
    _look_through(cast, made)
    return sum(taken)


def run_members(people: int, base: int) -> None:
    """Five months of so many members and of fewer, each in its own database: what a member costs beside the other."""
    with own_database():
        fewer = run_large(base)
    with own_database():
        many = run_large(people)
    ratio = many / people / (fewer / base)
    say(f"time of a member in five months of {people} beside one of {base}", ratio, "times", 1.15)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} people instead of {WHOLE}")
    parser.add_argument("--large", action="store_true", help=f"{LARGE} people: only billing, paying and knowing")
    parser.add_argument("--people", type=int, default=LARGE, help="with --large or --members: so many people")
    parser.add_argument("--members", type=int, help="so many people, as 5000000, beside `--people` in the same run")
    asked = parser.parse_args()
    if asked.members:
        run_members(asked.members, asked.people)
    elif asked.large:
        with own_database():
            run_large(asked.people)
        foresee_patterns(2000, 15)
    else:
        with own_database():
            run(QUICK if asked.quick else WHOLE)


if __name__ == "__main__":
    main()
