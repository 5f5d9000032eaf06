"""How long a million rows of lists, whose time is over, take to be blanked part by part, and how much memory."""

import argparse
import json
import resource
import uuid
from datetime import date
from time import perf_counter

from own.database import begin, own_database

begin()

from django.db import connection  # noqa: E402

from lopo.jobs import retention  # noqa: E402
from lopo.people.actions import seed_areas  # noqa: E402
from lopo.staff.forgetting import Order  # noqa: E402
from lopo.targeting.models import ProposalList, ProposalRow, Verdict  # noqa: E402
from lopo.targeting.queries.retention import overdue  # noqa: E402
from tests.cast import Cast, appoint_all  # noqa: E402
from tests.rooms import pile  # noqa: E402

WHOLE, QUICK, LIST = 1_000_000, 20_000, 10_000
SECONDS_A_MILLION, MEGABYTES = 60, 400
LONG_AFTER = date(2045, 1, 1)
_NO_TRIGGERS = "SET session_replication_role = {}"  # rows of a bench come without their checks
_FILL = (
    """
INSERT INTO targeting_sourcefile (sha256, name, size, content, received_at, received_by_id)
SELECT lpad(n::text, 64, '0'), 'uji.csv', 3, 'uji', now(), %(officer)s FROM generate_series(1, %(lists)s) n
""",
    """
INSERT INTO targeting_proposallist (programme_id, source_id, file, sender_kind, sender, area_code, received_on,
                                    understood, problems, rows_read, candidates, unreadable, other_rows)
SELECT %(programme)s, lpad(n::text, 64, '0'), 'uji.csv', 'kelurahan', 'Uji', '53.71', '2025-05-31', '[]', '[]',
       %(each)s, %(each)s, 0, 0 FROM generate_series(1, %(lists)s) n
""",
    """
INSERT INTO targeting_proposalrow (list_id, sheet, line, kind, raw, nik_given, name, fields)
SELECT l.id, '', n, 'calon', jsonb_build_array(n, 'Maria Nahak ' || n, '5371', 'Nelayan', 'Oesapa', '081200'),
       '53710409116' || lpad(n::text, 5, '0'), 'Maria Nahak ' || n,
       jsonb_build_object('nama', 'Maria Nahak ' || n, 'pekerjaan', 'Nelayan', 'kelurahan', 'Oesapa')
  FROM targeting_proposallist l, generate_series(1, %(each)s) n
""",
    """
INSERT INTO targeting_screening (programme_id, "on", snapshots, law_hash, counts, current, criteria, criteria_hash,
                                 made_by_id)
VALUES (%(programme)s, '2025-06-01', '[]', repeat('h', 64), '{}', true, '{}', repeat('h', 64), %(officer)s)
""",
    """
INSERT INTO targeting_verdict (screening_id, row_id, verdict, reasons, nik_matched, area_code, evidence)
SELECT s.id, r.id, 'ditolak', '{nik_kosong}', r.nik_given, '53.71.04.1009', jsonb_build_object('match_kind', 'nik')
  FROM targeting_proposalrow r, targeting_screening s
""",
)


def say(figure: str, value: float, unit: str, goal: float) -> None:
    line = {"bench": "retention", "figure": figure, "value": round(value, 2), "unit": unit, "goal": round(goal, 2)}
    print(json.dumps({**line, "of_limit": round(value / goal, 2), "ok": value <= goal}), flush=True)


def fill(cast: Cast, rows: int) -> None:
    """Write lists of ten thousand rows each with a verdict on every row, of a programme that is over."""
    seed_areas(by=cast.dinas, on=pile.DAY)
    given = {"programme": pile.programme(cast), "officer": cast.dinas.id, "lists": rows // LIST, "each": LIST}
    with connection.cursor() as cursor:
        cursor.execute(_NO_TRIGGERS.format("replica"))
        for statement in _FILL:
            cursor.execute(statement, given)
        cursor.execute(_NO_TRIGGERS.format("DEFAULT"))
        cursor.execute("VACUUM (ANALYZE) targeting_proposalrow, targeting_verdict, targeting_proposallist")


def measure(rows: int) -> None:
    cast = appoint_all()
    fill(cast, rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    count = overdue(LONG_AFTER)["baris_usulan"]
    say(f"what is over among {rows} rows is counted", perf_counter() - start, "s", 5)
    longest = 0.0
    begun = last = perf_counter()

    def told(_done: int, _total: int, _step: str) -> None:
        nonlocal longest, last
        longest, last = max(longest, perf_counter() - last), perf_counter()

    order = Order("baris_usulan", uuid.uuid4().hex, count)
    assert retention.forget(by=cast.penyetuju, on=LONG_AFTER, order=order, progress=told) == rows == count
    goal = max(2.0, SECONDS_A_MILLION * rows / WHOLE)
    say(f"{rows} rows and their verdicts are blanked", perf_counter() - begun, "s", goal)
    say("the longest that progress stood still", longest, "s", 10)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say("memory that it took beside the start", grown, "MB", MEGABYTES)
    assert not ProposalRow.objects.exclude(raw=[]).exists()
    assert not Verdict.objects.exclude(nik_matched="").exists()
    assert sum(ProposalList.objects.values_list("forgotten", flat=True)) == rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} rows instead of {WHOLE}")
    parser.add_argument("--rows", type=int, default=WHOLE, help="another number of rows, whole ten thousands")
    chosen = parser.parse_args()
    with own_database():
        measure(QUICK if chosen.quick else chosen.rows)


if __name__ == "__main__":
    main()
