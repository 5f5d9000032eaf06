"""Reads the money and the members of every programme side by side, and how its budget lines came to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from lopo.financing.queries.bills import absorbed_permil
from lopo.staff.queries import diary_of

_MONEY: Final = """
SELECT p.id, coalesce(b.payers, '{}'), coalesce(b.kinds, '{}'), coalesce(b.amount, 0), coalesce(b.committed, 0),
       coalesce(b.paid, 0), coalesce(m.members, 0), coalesce(m.numbered, 0)
  FROM targeting_programme p
  LEFT JOIN (SELECT g.programme_id, array_agg(DISTINCT y.name ORDER BY y.name) AS payers,
                    array_agg(DISTINCT y.kind ORDER BY y.kind) AS kinds, sum(g.amount)::bigint AS amount,
                    sum(g.committed)::bigint AS committed, sum(g.paid)::bigint AS paid
               FROM financing_budget g JOIN financing_payer y ON y.code = g.payer_id
              WHERE g.programme_id = ANY(%(ids)s) GROUP BY 1) b ON b.programme_id = p.id
  LEFT JOIN (SELECT programme_id, count(*) AS members, count(*) FILTER (WHERE state = 'terdaftar') AS numbered
               FROM coverage_membership
              WHERE programme_id = ANY(%(ids)s) AND state IN ('diterima', 'terdaftar') GROUP BY 1) m
         ON m.programme_id = p.id
 WHERE p.id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """The payers of a programme with their kinds, its budget of all years in rupiah, and its members of today."""

    programme_id: int
    payers: tuple[str, ...]
    kinds: tuple[str, ...]
    amount: int
    committed: int
    paid: int
    members: int
    numbered: int

    @property
    def left(self) -> int:
        """Give what no bill has taken yet."""
        return self.amount - self.committed

    @property
    def absorbed_permil(self) -> int:
        """Give what is paid in tenths of a percent of the budget."""
        return absorbed_permil(self.paid, self.amount)


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """One setting of a budget line: when, by whom, from how much to how much in rupiah, and why."""

    on: date
    by: str
    before: int
    after: int
    legal_basis: str
    reason: str


def programme_money(ids: Sequence[int]) -> dict[int, ProgrammeMoney]:
    """Give money and members of these programmes by their ids. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MONEY, {"ids": list(ids)})
        rows = cursor.fetchall()
    return {row[0]: ProgrammeMoney(row[0], tuple(row[1]), tuple(row[2]), *map(int, row[3:])) for row in rows}


def budget_changes(budget_id: int) -> tuple[BudgetChange, ...]:
    """Give how a budget line came to be what it is, the latest first, as the diary has it. One query."""
    told = [row for row in diary_of("financing.budget", str(budget_id)) if row.action == "set_budget"]
    amounts = [int((row.after or {}).get("amount", 0)) for row in told]
    return tuple(
        BudgetChange(
            row.on, row.by, before, amount, str((row.after or {}).get("legal_basis", "")),
            str((row.after or {}).get("reason", "")),
        )
        for row, amount, before in zip(told, amounts, [*amounts[1:], 0], strict=True)
    )  # fmt: skip
