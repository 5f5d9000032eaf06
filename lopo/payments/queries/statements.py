"""Reads bank statements, lines that nobody knows yet, and how much of the money is explained from end to end."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lopo.basics.page import Asked, Page
from lopo.basics.refusal import Refused
from lopo.payments.models import Order, StatementLine
from lopo.people.paging import page_of


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement: the bank's number, its day and balances, how many lines, how many of them nobody knows.

    `gap` is what its opening balance misses from the closing balance of the statement before it, in rupiah; None where
    they meet or it is the first: a gap says that a statement between them was never read. Several of one day may be
    read in any order.
    """

    id: int
    number: str
    account: str
    on: date
    opening: Decimal
    closing: Decimal
    count: int
    unknown: int
    gap: Decimal | None
    read_on: date
    read_by: str | None


_STATEMENTS = """
SELECT s.id, s.number, s.account, s."on", s.opening, s.closing, s.count,
       (SELECT count(*) FROM payments_statementline l
         WHERE l.statement_id = s.id AND l.state IN ('belum_dikenali', 'diusulkan')),
       CASE WHEN NOT EXISTS (SELECT FROM payments_bankstatement b WHERE b.account = s.account AND b.id <> s.id
                                AND b.closing = s.opening AND b."on" <= s."on")
            THEN nullif(s.opening - lag(s.closing) OVER (PARTITION BY s.account ORDER BY s."on", s.number), 0) END,
       s.read_on, o.full_name
  FROM payments_bankstatement s LEFT JOIN staff_officer o ON o.id = s.read_by_id
 ORDER BY s."on" DESC, s.id DESC LIMIT %s
"""


def statements(most: int = 60) -> tuple[StatementRow, ...]:
    """Give the latest statements, newest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS, [most])
        return tuple(StatementRow(*row) for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines of statements: a state ('' = all), a direction (`keluar`, `masuk`, '' = both), part of a text."""

    state: str = ""
    direction: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a statement: the movement, why nobody knows it or which order it is, and who explained it."""

    id: int
    statement: str
    on: date
    debit: bool
    amount: Decimal
    end_to_end: str
    reference: str
    text: str
    state: str
    why: str
    order_id: uuid.UUID | None
    case_code: str | None
    proposed_order: uuid.UUID | None
    note: str
    proposed_by: str | None
    settled_by: str | None


_LINE = (
    "id", "statement__number", "on", "debit", "amount", "end_to_end", "reference", "text", "state", "why", "order_id",
    "order__decision__case__code", "proposed_order_id", "proposed_note", "proposed_by__full_name",
    "settled_by__full_name",
)  # fmt: skip
_UNKNOWN = (StatementLine.State.BELUM_DIKENALI, StatementLine.State.DIUSULKAN)
_SORTS = {"on": "on id", "amount": "amount id", "state": "state id"}


def lines_page(asked_for: LineFilter, asked: Asked) -> Page[LineRow]:
    """Give lines of statements. Two queries (one for an export). A direction that is not known gives nothing."""
    rows: QuerySet[StatementLine, Any] = StatementLine.objects.all()
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if asked_for.direction:
        debit = {"keluar": True, "masuk": False}.get(asked_for.direction)
        rows = rows.none() if debit is None else rows.filter(debit=debit)
    if text := asked_for.search.strip():
        rows = rows.filter(text__icontains=text) | rows.filter(reference__icontains=text)
    return page_of(rows.values_list(*_LINE), asked, _SORTS, LineRow)


def unknown_lines() -> int:
    """Give how many lines nobody has explained yet. One query."""
    return StatementLine.objects.filter(state__in=_UNKNOWN).count()


def line(line_id: int) -> LineRow:
    """Give one line. One query. Refused where there is none."""
    row = StatementLine.objects.filter(pk=line_id).values_list(*_LINE).first()
    if row is None:
        raise Refused("baris_tidak_ada", "Baris rekening koran ini tidak ada.")
    return LineRow(*row)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that a line may be: same amount, and in a state from which its money can have moved so."""

    id: uuid.UUID
    case_code: str
    component: str
    holder_name: str
    state: str
    made_on: date


def candidates(line_id: int, most: int = 50) -> tuple[Candidate, ...]:
    """Give the orders that a line may be, those named by it first. Two queries; a line with sen is none of them."""
    row = line(line_id)
    if row.amount != int(row.amount):
        return ()
    states = ("terkirim", "gagal", "terbayar") if row.debit else ("terbayar",)
    moved = StatementLine.objects.filter(order__isnull=False, debit=row.debit).values("order_id")
    rows = (
        Order.objects.filter(amount=int(row.amount), state__in=states).exclude(pk__in=moved).order_by("made_on", "id")
    )
    columns = ("id", "decision__case__code", "component", "passbook__holder_name", "state", "made_on")
    found = [Candidate(*one) for one in rows.values_list(*columns)[:most]]
    return tuple(sorted(found, key=lambda one: not row.end_to_end.startswith(one.id.hex)))


@dataclass(frozen=True, slots=True)
class Explained:
    """How much of the money is explained from decision to statement and book, in rupiah.

    `moved` is all that left the account by statements, and all that the bank says it paid but no statement shows yet;
    `known` is the part of it that is an order of an approved decision in a file, or was explained by two officers;
    `unseen` = paid as the bank says, on no statement yet; `unknown` = on a statement, nobody knows what it is;
    `book` = what the book says was paid less what the orders say: zero, or something is wrong.
    """

    moved: Decimal
    known: Decimal
    unseen: Decimal
    unseen_orders: int
    unknown: Decimal
    unknown_lines: int
    book: Decimal

    @property
    def permille(self) -> int | None:
        """The known part in thousandths, rounded down so that 1000 says all; None where no money moved."""
        return int(self.known * 1000 // self.moved) if self.moved else None


_EXPLAINED = """
WITH lines AS (
    SELECT coalesce(sum(l.amount) FILTER (WHERE l.debit), 0) AS out,
           coalesce(sum(l.amount) FILTER (WHERE l.debit AND l.state IN ('cocok', 'dijelaskan')), 0) AS known,
           coalesce(sum(l.amount) FILTER (WHERE l.state NOT IN ('cocok', 'dijelaskan')), 0) AS unknown,
           count(*) FILTER (WHERE l.state NOT IN ('cocok', 'dijelaskan')) AS unknown_lines
      FROM payments_statementline l
), unseen AS (
    SELECT coalesce(sum(o.amount), 0) AS amount, count(*) AS orders FROM payments_order o
     WHERE o.state IN ('terbayar', 'kembali')
       AND NOT EXISTS (SELECT 1 FROM payments_statementline l
                        WHERE l.order_id = o.id AND l.attempt = o.attempt AND l.debit)
), book AS (
    SELECT coalesce((SELECT sum(CASE side WHEN 'K' THEN amount ELSE -amount END) FROM ledger_leg
                      WHERE account_id = 'bank:bpjs'), 0)
         - coalesce((SELECT sum(amount) FROM payments_order WHERE state = 'terbayar'), 0) AS amount
)
SELECT lines.out + unseen.amount, lines.known, unseen.amount, unseen.orders, lines.unknown, lines.unknown_lines,
       book.amount
  FROM lines, unseen, book
"""


def explained() -> Explained:
    """Give how much of the money is explained, as of now. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAINED)
        return Explained(*cursor.fetchone() or ())
