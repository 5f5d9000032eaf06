"""How fast many payments are written as pain.001 and their statement (camt.053) is booked, and accounts are opened."""

import argparse
import json
import resource
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import TypeVar

from own.database import begin, own_database

begin()

from django.db import connection  # noqa: E402

from lopo.jobs.accounts import read_account_answer  # noqa: E402
from lopo.ledger import queries as ledger  # noqa: E402
from lopo.payments import actions, bank, queries  # noqa: E402
from lopo.payments.actions.openings import Wanted, ask_accounts  # noqa: E402
from lopo.payments.models import AccountBatch, BankFile  # noqa: E402
from tests.cast import Cast, appoint_all  # noqa: E402
from tests.rooms import enrolment  # noqa: E402
from tests.rooms.claims_stage import build  # noqa: E402

WHOLE, QUICK = 100_000, 5_000
LIMIT = 60.0
ON = date(2026, 1, 12)
Result = TypeVar("Result")

# Orders stand for decisions that bench/claims.py times; the checks of the tables are off for these rows alone.
ORDERS = """
SET LOCAL session_replication_role = replica;
INSERT INTO payments_passbook (kind, holder_name, holder_nik, bank_bic, number, opened_on)
SELECT 'ahli_waris', 'Keluarga ' || n, lpad(n::text, 16, '0'), 'PDNTIDJ1', lpad(n::text, 13, '0'), %(on)s
  FROM generate_series(1, %(many)s) n;
INSERT INTO payments_order (id, decision_id, component, passbook_id, amount, state, made_by_id, made_on, bank_note)
SELECT gen_random_uuid(), %(decision)s, 'bagian ' || b.id, b.id, 1000000 + b.id, 'siap', %(by)s, %(on)s, ''
  FROM payments_passbook b;
"""


# Members with a number, as coverage leaves them; bench/cover.py times how they come to be.
NUMBERED = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on, kpj,
                                 number_issued_on, reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT n.person_id, %s, n.id, 'terdaftar', '2025-06-23', '2025-06-23', lpad(n.id::text, 11, '0'), '2025-07-14', '', '',
       n.area_code, false, false FROM targeting_decreename n ORDER BY n.id
"""


def say(figure: str, value: float, unit: str, goal: float) -> None:
    told = {"bench": "payments", "figure": figure, "value": round(value, 2), "unit": unit, "goal": round(goal, 2)}
    print(json.dumps(told | {"ok": value <= goal}), flush=True)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def ready_orders(cast: Cast, many: int) -> None:
    """So many ready orders of one decided case, each to an account of its own."""
    stage = build(cast)
    decision = stage.decide(stage.death_case(stage.member("Yohanes Tote"), date(2025, 11, 1))).decision_id
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for statement in ORDERS.split(";\n")[:-1]:
            cursor.execute(statement, {"on": ON, "many": many, "decision": decision, "by": cast.bpjs.id})
        cursor.execute("COMMIT; ANALYZE payments_order, payments_passbook")


def run(many: int) -> None:
    cast = appoint_all()
    ready_orders(cast, many)
    goal = LIMIT * many / WHOLE + 2  # two seconds to read the XSD and to plan
    made, taken = timed(lambda: actions.make_file(by=cast.bpjs, on=ON, form=actions.PAIN_001))
    say(f"pain.001 of {many} payments, written, validated and kept", taken, "s", goal)
    _, taken = timed(lambda: actions.approve_file(by=cast.penyetuju, on=ON, file_id=made.file_id))
    say(f"the file of {many} payments held against its orders once more at the approval", taken, "s", goal)
    actions.send_file(by=cast.penyetuju, on=ON, file_id=made.file_id)
    fake = bank.FakeBank()
    fake.deliver(made.name, bytes(BankFile.objects.get().content))
    statement = fake.statement("RK-1", ON, actions.paying_account().account)
    done, taken = timed(lambda: actions.read_statement(by=cast.bpjs, on=ON, content=statement))
    assert (done.paid, done.unknown) == (many, 0), "every movement is an order"
    say(f"camt.053 of {many} movements read, validated, matched and booked", taken, "s", goal)
    told, taken = timed(queries.explained)
    assert (told.permille, told.book) == (1000, 0), "all of the money is explained"
    assert ledger.balanced()
    say(f"how much of the money is explained, {many} movements", taken, "s", 2)
    say("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 2000)


def open_accounts(many: int) -> None:
    """Ask for the accounts of so many members at once, and read what the bank answers to all of them."""
    cast = appoint_all()
    made = enrolment.make_decree(cast, many)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL session_replication_role = replica")
        cursor.execute(NUMBERED, [made.programme])
        cursor.execute("COMMIT; ANALYZE coverage_membership, people_person")
    goal = LIMIT * many / WHOLE + 2  # two seconds to open the engine and to plan
    batch, taken = timed(lambda: ask_accounts(by=cast.bpjs, on=ON, wanted=Wanted(made.programme)))
    say(f"a file that asks for {many} accounts", taken, "s", goal)
    asked = bytes(AccountBatch.objects.get(pk=batch).content)
    answer = bank.FakeBank().open_accounts(asked)
    done, taken = timed(
        lambda: read_account_answer(by=cast.bpjs, on=ON, batch_id=batch, content=answer, progress=lambda *_: None)
    )
    assert (done.opened, done.parked) == (many, 0), "every account is opened"
    say(f"the bank's answer for {many} accounts, names compared, booked", taken, "s", goal)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} payments instead of {WHOLE}")
    asked = parser.parse_args()
    with own_database():
        run(QUICK if asked.quick else WHOLE)
    with own_database():
        open_accounts(QUICK if asked.quick else WHOLE)


if __name__ == "__main__":
    main()
