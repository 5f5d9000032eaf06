"""Reads balances and entries from the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True)
class Balance:
    """One account with its sums in rupiah; `balance` is debit less credit."""

    code: str
    name: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class EntryLine:
    """One leg of one entry as a statement shows it."""

    on: date
    memo: str
    reference: str
    account: str
    debit: int
    credit: int


_BALANCES = """
SELECT a.code, a.name,
       coalesce(sum(l.amount) FILTER (WHERE l.side = 'D'), 0)::bigint,
       coalesce(sum(l.amount) FILTER (WHERE l.side = 'K'), 0)::bigint
  FROM ledger_account a LEFT JOIN ledger_leg l ON l.account_id = a.code
 GROUP BY a.code, a.name ORDER BY a.code
"""
_STATEMENT = """
SELECT e."on", e.memo, e.reference, l.account_id,
       CASE l.side WHEN 'D' THEN l.amount ELSE 0 END, CASE l.side WHEN 'K' THEN l.amount ELSE 0 END
  FROM ledger_leg l JOIN ledger_entry e ON e.id = l.entry_id
 WHERE (%s = '' OR l.account_id = %s) AND (%s = '' OR e.reference = %s)
 ORDER BY e."on", e.recorded_at, e.id, l.id LIMIT %s
"""


def balances() -> tuple[Balance, ...]:
    """Give every account with its sums. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        return tuple(Balance(code, name, d, k, d - k) for code, name, d, k in cursor.fetchall())


def balanced() -> bool:
    """Say whether all debits equal all credits. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(CASE side WHEN 'D' THEN amount ELSE -amount END), 0) = 0 FROM ledger_leg")
        row = cursor.fetchone()
    return bool(row and row[0])


def statement(*, account: str = "", reference: str = "", limit: int = 500) -> tuple[EntryLine, ...]:
    """Give the legs of one account or one reference (`bill:<id>`), oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [account, account, reference, reference, limit])
        return tuple(EntryLine(*row) for row in cursor.fetchall())
