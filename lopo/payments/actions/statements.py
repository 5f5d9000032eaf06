"""Bank statements: each movement is held against the orders and booked once; what is not known waits for a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.payments import bank
from lopo.payments.actions.booking import Moved, book_paid, book_returned
from lopo.payments.actions.files import confirm_answered, paying_account
from lopo.payments.models import BankStatement, StatementLine
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer


@dataclass(frozen=True, slots=True)
class Read:
    """What a message of statements brought.

    How many statements and lines, how many orders were paid and came back by it, how many lines nobody knows yet.
    `again` = every statement of it had been read before, and nothing changed.
    """

    statements: int
    lines: int
    paid: int
    returned: int
    unknown: int
    again: bool


def read_statement(*, by: Officer | None, on: date, content: bytes) -> Read:
    """Read a camt.053 and book what it moved; needs `payment.make`. Whole or not at all.

    A debit that names one of our orders, with its amount and attempt, confirms it; a credit that does brings the money
    of a paid order back. Everything else waits as not known with the reason, and the rest goes on. The same message
    again changes nothing. By nobody where the program found it in the bank's folder. Refused: what is no valid
    camt.053, balances that do not add up, another account, a number that stands for another statement already.
    """
    if by is not None:
        staff.require(by, "payment.make", on=on)
    statements, sha = bank.read_statements(content), bank.sha256(content)
    for one in statements:
        _check_account(one)
    with transaction.atomic():
        _one_at_a_time()
        fresh = [one for one in statements if not _known(one, sha)]
        kept = [_keep(by, on, one, content, sha) for one in fresh]
        paid = sum(_take(new, one.lines, on, debit=True) for new, one in zip(kept, fresh, strict=True))
        returned = sum(_take(new, one.lines, on, debit=False) for new, one in zip(kept, fresh, strict=True))
        unknown = StatementLine.objects.filter(statement__in=kept, state=StatementLine.State.BELUM_DIKENALI).count()
        read = Read(len(kept), sum(new.count for new in kept), paid, returned, unknown, again=not fresh)
        for new in kept:
            after = {"number": new.number, "lines": new.count, "paid": paid, "returned": returned, "unknown": unknown}
            record(by=by, on=on, deed=Deed("read_statement", "payments.statement", new.id, after=after))
    return read


def _check_account(one: bank.Statement) -> None:
    ours = paying_account().account
    if one.account != ours:
        raise Refused("rekening_lain", f"Rekening koran {one.id} milik rekening {one.account}, bukan {ours}.")


def _one_at_a_time() -> None:
    """Two officers who read statements at once wait for each other: each line is looked at against all before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_bankstatement'))")


def _known(one: bank.Statement, sha: str) -> bool:
    before = BankStatement.objects.filter(account=one.account, number=one.id).values_list("sha256", flat=True).first()
    if before is not None and before != sha:
        raise Refused(
            "rekening_koran_berbeda",
            f"Rekening koran {one.id} sudah dibaca dengan isi lain; tanyakan kepada bank mana yang benar.",
        )
    return before is not None


def _keep(by: Officer | None, on: date, one: bank.Statement, content: bytes, sha: str) -> BankStatement:
    return BankStatement.objects.create(
        account=one.account,
        number=one.id,
        on=one.on,
        opening=one.opening,
        closing=one.closing,
        count=len(one.lines),
        sha256=sha,
        content=content,
        read_on=on,
        read_by=by,
    )


_LOCK = "SELECT 1 FROM payments_order WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_INSERT = """
WITH given AS (
    SELECT * FROM unnest(%(places)s::int[], %(days)s::date[], %(amounts)s::numeric[], %(names)s::text[],
                         %(references)s::text[], %(texts)s::text[], %(problems)s::text[], %(orders)s::uuid[],
                         %(attempts)s::smallint[])
        AS g(place, day, amount, end_to_end, reference, text, problem, named, attempt)
), judged AS (
    SELECT g.*, o.id AS known,
           CASE WHEN g.problem <> '' THEN g.problem
                WHEN g.named IS NULL THEN 'tidak membawa nomor perintah bayar kita'
                WHEN o.id IS NULL THEN 'nomor perintah ini tidak ada pada kita'
                WHEN g.attempt <> o.attempt
                    THEN format('percobaan ke-%%s, perintahnya kini percobaan ke-%%s', g.attempt, o.attempt)
                WHEN g.amount <> o.amount THEN format('jumlahnya %%s, perintahnya %%s', g.amount, o.amount)
                WHEN row_number() OVER (PARTITION BY g.named, g.attempt, g.amount ORDER BY g.place) > 1 OR EXISTS (
                     SELECT 1 FROM payments_statementline l
                      WHERE l.order_id = g.named AND l.attempt = g.attempt AND l.debit = %(debit)s)
                    THEN CASE WHEN %(debit)s THEN 'perintah ini sudah didebit' ELSE 'perintah ini sudah kembali' END
                WHEN %(debit)s AND o.state NOT IN ('terkirim', 'terbayar')
                    THEN format('perintah ini %%s menurut catatan kita', o.state)
                WHEN NOT %(debit)s AND o.state <> 'terbayar'
                    THEN format('uang kembali, tetapi perintah ini %%s menurut catatan kita', o.state)
                ELSE '' END AS why
      FROM given g LEFT JOIN payments_order o ON o.id = g.named
)
INSERT INTO payments_statementline (statement_id, place, "on", debit, amount, end_to_end, reference, text, order_id,
                                    attempt, state, why, proposed_note)
SELECT %(statement)s, place, day, %(debit)s, amount, end_to_end, reference, text,
       CASE WHEN why = '' THEN known END, CASE WHEN why = '' THEN attempt END,
       CASE WHEN why = '' THEN 'cocok' ELSE 'belum_dikenali' END, left(why, 200), ''
  FROM judged ORDER BY place
"""
_LONGEST: Final = 35


def _take(statement: BankStatement, lines: Sequence[bank.Booked], on: date, *, debit: bool) -> int:
    """Keep the lines of one direction, and move the orders that they name; give how many orders moved."""
    taken = [line for line in lines if line.debit == debit]
    if not taken:
        return 0
    ours = [bank.read_end_to_end(line.end_to_end) or (None, None) for line in taken]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [[order for order, _ in ours if order is not None]])
        cursor.execute(_INSERT, {
            "statement": statement.id, "debit": debit, "places": [line.place for line in taken],
            "days": [line.on for line in taken], "amounts": [line.amount for line in taken],
            "names": [line.end_to_end[:_LONGEST] for line in taken],
            "references": [line.reference[:_LONGEST] for line in taken], "texts": [line.text for line in taken],
            "problems": [line.problem for line in taken], "orders": [order for order, _ in ours],
            "attempts": [attempt for _, attempt in ours],
        })  # fmt: skip
    memo = f"Rekening koran {statement.number}"
    return move_orders("l.statement_id = %s", statement.id, on, memo, debit=debit)


_PAY = """
UPDATE payments_order o SET state = 'terbayar', bank_note = l.reference
  FROM payments_statementline l
 WHERE {lines} AND l.debit AND l.order_id = o.id AND o.state IN ('terkirim', 'gagal')
RETURNING o.id, o.attempt, o.decision_id, o.amount, o.file_id
"""
_RETURN = """
UPDATE payments_order o SET state = 'kembali', bank_note = l.text
  FROM payments_statementline l
 WHERE {lines} AND NOT l.debit AND l.order_id = o.id AND o.state = 'terbayar'
RETURNING o.id, o.attempt, o.decision_id, o.amount, o.file_id
"""


def move_orders(lines: str, key: int, on: date, memo: str, *, debit: bool) -> int:
    """Move and book the orders of known lines (`lines` is a condition on `l` with one value, written in this room)."""
    with connection.cursor() as cursor:
        cursor.execute((_PAY if debit else _RETURN).format(lines=lines), [key])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        files: set[uuid.UUID] = {row[4] for row in rows if row[4] is not None}
        moved = [Moved(*row[:4]) for row in rows]
        if debit:
            book_paid(moved, on=on, memo=f"Dibayar bank. {memo}")
            confirm_answered(files, on=on)
        else:
            book_returned(moved, on=on, memo=f"Uang kembali. {memo}")
    return len(moved)
