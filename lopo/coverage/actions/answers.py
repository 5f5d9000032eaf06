"""Reads what BPJS answers: who is taken, who is refused and why, and the numbers after the first payment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.coverage.bpjs import Answer, Parked
from lopo.coverage.bpjs import read_answer as read_file
from lopo.coverage.models import Exchange
from lopo.people.loading import copy_in
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What came of an answer: people taken, numbered, refused, already known, rows left aside; new=False if re-read."""

    exchange_id: int
    accepted: int
    numbered: int
    refused: int
    known: int
    parked: tuple[Parked, ...]
    new: bool


_STAGE = """
CREATE TEMP TABLE coverage_answer (line int, nik text, status text, kpj text, issued_on date, reason text)
    ON COMMIT DROP
"""
# What may not be taken over, in the order in which it is said; the rest of the rows goes on.
_JUDGE = """
CREATE TEMP TABLE coverage_judged ON COMMIT DROP AS
SELECT a.*, m.id AS membership_id, CASE
    WHEN m.id IS NULL THEN 'NIK tidak ada dalam pengajuan program ini'
    WHEN m.submitted_on > %(on)s THEN 'orang ini belum dikirim ke BPJS pada hari jawaban'
    WHEN m.state = 'berakhir' THEN 'kepesertaan orang ini sudah berakhir'
    WHEN a.status = 'DITOLAK' AND m.state = 'terdaftar' THEN 'sudah terdaftar dengan nomor ' || m.kpj
    WHEN a.status <> 'DITOLAK' AND m.state = 'ditolak' THEN 'sudah ditolak BPJS: ' || m.reject_reason
    WHEN a.status = 'TERBIT' AND m.kpj <> a.kpj THEN 'sudah bernomor lain: ' || m.kpj
    WHEN a.status = 'TERBIT' AND a.issued_on > %(on)s THEN 'tanggal terbit sesudah hari jawaban'
    WHEN a.status = 'TERBIT' AND m.kpj IS NULL
         AND NOT EXISTS (SELECT 1 FROM coverage_paidmonth b
                          WHERE b.person_id = m.person_id AND b.paid_on <= a.issued_on)
      THEN 'nomor terbit sebelum iuran pertama dibayar (PP 44/2015 Pasal 11 ayat (4))'
    WHEN a.status = 'TERBIT'
         AND EXISTS (SELECT 1 FROM coverage_membernumber o WHERE o.kpj = a.kpj AND o.person_id <> m.person_id)
      THEN 'KPJ sudah dipakai peserta lain'
    END AS why
  FROM coverage_answer a
  LEFT JOIN people_person p ON p.nik = a.nik
  LEFT JOIN coverage_membership m ON m.person_id = p.id AND m.programme_id = %(programme)s
"""
# Who has a number from another programme is registered as soon as BPJS takes the name.
_ACCEPT = """
UPDATE coverage_membership m SET accepted_on = %(on)s,
       state = CASE WHEN m.kpj IS NULL THEN 'diterima' ELSE 'terdaftar' END
  FROM coverage_judged a
 WHERE a.membership_id = m.id AND a.why IS NULL AND a.status = 'DITERIMA' AND m.state = 'diusulkan'
"""
_REFUSE = """
UPDATE coverage_membership m SET state = 'ditolak', reject_reason = left(a.reason, 200)
  FROM coverage_judged a
 WHERE a.membership_id = m.id AND a.why IS NULL AND a.status = 'DITOLAK' AND m.state IN ('diusulkan', 'diterima')
"""
_ISSUE = """
INSERT INTO coverage_membernumber (person_id, kpj, issued_on, membership_id)
SELECT m.person_id, a.kpj, a.issued_on, m.id
  FROM coverage_judged a JOIN coverage_membership m ON m.id = a.membership_id
 WHERE a.why IS NULL AND a.status = 'TERBIT' AND m.kpj IS NULL AND m.state IN ('diusulkan', 'diterima')
"""
_NUMBER = """
UPDATE coverage_membership m SET state = 'terdaftar', kpj = k.kpj, number_issued_on = k.issued_on,
       accepted_on = coalesce(m.accepted_on, %(on)s)
  FROM coverage_judged a JOIN coverage_membernumber k ON k.kpj = a.kpj
 WHERE a.membership_id = m.id AND a.why IS NULL AND a.status = 'TERBIT' AND m.state IN ('diusulkan', 'diterima')
"""
_COLUMNS = ("line", "nik", "status", "kpj", "issued_on", "reason")


def read_answer(*, by: Officer, on: date, programme_id: int, file: str, content: bytes) -> AnswerRead:
    """Take over an answer of BPJS. Needs `coverage.answer` in the area of the programme.

    People become `diterima` (taken), `ditolak` (with BPJS's reason) or `terdaftar` (with number and day of issue, from
    which cover begins). Who has a number already keeps it with its day, whichever programme it came with. Rows that
    cannot be right are left aside with a reason and the rest goes on; the same file again changes nothing
    and gives what came of it. Refused: a file that is no table or lacks the columns.
    """
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    require(by, "coverage.answer", on=on, area_code=programme.area_code)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        _one_at_a_time()
        before = Exchange.objects.filter(programme=programme, direction="jawab", sha256=digest).first()
        if before is not None:
            return _known(before)
        answer = read_file(content)
        counts, parked = _take_over(programme, on, answer)
        outcome = {**counts, "parked": [asdict(one) for one in parked]}
        exchange = Exchange.objects.create(
            programme=programme, direction="jawab", file=file[:200], on=on,
            rows=len(answer.rows) + len(answer.parked), sha256=digest, content=content, outcome=outcome, by=by,
        )  # fmt: skip
        after = {**counts, "parked": len(parked), "exchange": exchange.id, "file": file[:200]}
        record(by=by, on=on, deed=Deed("read_answer", "coverage.exchange", exchange.id, after=after))
    return AnswerRead(exchange.id, parked=parked, new=True, **counts)


def _one_at_a_time() -> None:
    """Let one transaction at a time take over an answer: a number belongs to a person, not to a programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('answer of BPJS', 0))")


def _known(exchange: Exchange) -> AnswerRead:
    counts = {name: exchange.outcome[name] for name in ("accepted", "numbered", "refused", "known")}
    return AnswerRead(exchange.id, parked=_parked(exchange.outcome["parked"]), new=False, **counts)


def _parked(rows: Iterable[dict[str, object]]) -> tuple[Parked, ...]:
    return tuple(Parked(int(str(row["line"])), str(row["nik"]), str(row["why"])) for row in rows)


def _take_over(programme: Programme, on: date, answer: Answer) -> tuple[dict[str, int], tuple[Parked, ...]]:
    """Bring the rows of an answer into the memberships; give the counts and the rows left aside."""
    given: dict[str, Any] = {"programme": programme.id, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        copy_in("coverage_answer", _COLUMNS, ([getattr(row, name) for name in _COLUMNS] for row in answer.rows))
        cursor.execute("ANALYZE coverage_answer")
        cursor.execute(_JUDGE, given)
        cursor.execute("ANALYZE coverage_judged")
        counts: dict[str, int] = {}
        cursor.execute(_ISSUE)
        for name, statement in (("accepted", _ACCEPT), ("refused", _REFUSE), ("numbered", _NUMBER)):
            cursor.execute(statement, given)
            counts[name] = cursor.rowcount
        cursor.execute("SELECT line, nik, why FROM coverage_judged WHERE why IS NOT NULL")
        aside = [Parked(*row) for row in cursor.fetchall()]
        cursor.execute("DROP TABLE coverage_answer, coverage_judged")
    counts["known"] = len(answer.rows) - len(aside) - sum(counts.values())
    return counts, tuple(sorted((*answer.parked, *aside), key=lambda one: one.line))
