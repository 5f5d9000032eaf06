"""Reads whose months a sum of money pays when it does not reach for all, and what it means for those it leaves out."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from lopo.basics.refusal import Refused
from lopo.coverage.queries.cover import member_cover
from lopo.financing.models import Bill
from lopo.financing.queries.exposure import facts_of, worth

RULES: Final = {
    "tunggakan": "gone, l.month, coalesce(left(right(h.months, 18), 7), '9999'), n.rank, n.kecamatan_code",
    "urutan_sk": "gone, n.rank, n.kecamatan_code, l.person_id, l.month",
    "kecamatan": "gone, n.kecamatan_code, n.rank, l.person_id, l.month",
}
"""Who is paid first: the oldest month and whoever was paid last the longest ago; the rank in the decree; or one
kecamatan after the other. Whoever left before the month comes last by every rule."""
_IN_ORDER: Final = """
SELECT l.bill_id, l.person_id, l.amount, n.kecamatan_code, h.months, m.number_issued_on, m.ended_on,
       sum(l.amount) OVER (ORDER BY {order}, l.person_id, l.month ROWS UNBOUNDED PRECEDING) <= %(amount)s AS pays
  FROM (SELECT b.*, c.ended_on IS NOT NULL AND c.ended_on < b.month AS gone
          FROM financing_billline b JOIN coverage_membership c ON c.id = b.membership_id
         WHERE b.bill_id = ANY(%(bills)s) AND NOT b.cancelled) l
  JOIN coverage_membership m ON m.id = l.membership_id
  JOIN targeting_decreename n ON n.id = m.decree_name_id
  LEFT JOIN coverage_paidhistory h ON h.id = m.history_id
"""
_SHARES: Final = """
SELECT pays, kecamatan_code, months, number_issued_on, ended_on, count(*), sum(amount)::bigint
  FROM ({lines}) AS lines GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class Share:
    """How many months of people of one kecamatan are paid, and how many are left."""

    kecamatan: str
    paid: int
    left: int


@dataclass(frozen=True, slots=True)
class Division:
    """What a sum pays by a rule, in months of people and rupiah, and who is left with which rights.

    `over` is money that pays nobody's whole month. `jkm` is what the deaths of all who are left would pay together on
    `day`, if nothing more is paid by then, and `jkm_paid` what they would pay if their months were paid too.
    """

    rule: str
    amount: int
    paid: int
    paid_amount: int
    left: int
    left_amount: int
    over: int
    shares: tuple[Share, ...]
    day: date
    jkm: int
    jkm_paid: int


def in_order(rule: str) -> str:
    """Give the SQL of the lines of bills with whether the money reaches them. Refused: a rule that is not stated."""
    if rule not in RULES:
        raise Refused("aturan_bagi_tidak_ada", "Pilih aturan yang menentukan bulan siapa dibayar lebih dahulu.")
    return _IN_ORDER.format(order=RULES[rule])


def division(bills: Sequence[uuid.UUID], *, amount: int, rule: str, on: date) -> Division:
    """Give what the amount pays of these bills by the rule. Two queries. Refused: no such rule or bill."""
    found = list(Bill.objects.filter(pk__in=bills).values_list("due_on", "programme__monthly_income"))
    if not found:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    with connection.cursor() as cursor:
        cursor.execute(_SHARES.format(lines=in_order(rule)), {"bills": list(bills), "amount": amount})
        rows = cursor.fetchall()
    day = max(on, max(due for due, _ in found) + timedelta(days=1))
    paid, left = [row for row in rows if row[0]], [row for row in rows if not row[0]]
    spent = sum(row[6] for row in paid)
    jkm, settled = _deaths(left, found[0][1], day)
    return Division(
        rule, amount, sum(row[5] for row in paid), spent, sum(row[5] for row in left), sum(row[6] for row in left),
        amount - spent, _shares(rows), day, jkm, settled,
    )  # fmt: skip


def _deaths(left: Sequence[tuple[Any, ...]], income: int, day: date) -> tuple[int, int]:
    """Sum what the deaths of those who are left would pay on the day, as they stand and with all months paid."""
    now = settled = 0
    for _, _, months, issued, ended, count, _ in left:
        cover = member_cover(months or "", issued, ended, day)
        if cover.state not in ("belum", "berakhir"):
            each = worth(facts_of(cover.cover), income, day)
            now, settled = now + count * each.jkm, settled + count * each.jkm_settled
    return now, settled


def _shares(rows: Sequence[tuple[Any, ...]]) -> tuple[Share, ...]:
    counts: Counter[tuple[str, bool]] = Counter()
    for pays, kecamatan, *_, count, _ in rows:
        counts[kecamatan, pays] += count
    return tuple(Share(code, counts[code, True], counts[code, False]) for code in sorted({code for code, _ in counts}))
