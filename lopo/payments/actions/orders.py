"""Orders: one for each amount of an approved decision, to the account of whoever it belongs to, and only once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from lopo.basics.refusal import Refused
from lopo.claims.queries.disputes import HOLDS
from lopo.payments.actions.readdressing import readdress
from lopo.payments.actions.recovering import Recovered, recover
from lopo.payments.models import Order
from lopo.staff import queries as staff
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer

_ORDERS: Final = uuid.UUID("0d9a5a52-3c0e-5f0b-8a3c-5b2f3c1d7e90")

_DUE = f"""
SELECT d.id, c.value ->> 'code', (c.value ->> 'amount')::bigint - less.amount, k.code, c.value ->> 'payee',
       c.value ->> 'label', coalesce(w.id, h.id, r.id), less.cancelled
  FROM claims_decision d
  JOIN claims_case k ON k.id = d.case_id
 CROSS JOIN LATERAL jsonb_array_elements(d.components) AS c
 CROSS JOIN LATERAL (
        SELECT coalesce((SELECT sum(y.amount) FROM payments_recovery y
                          WHERE y.decision_id = d.id AND y.component = c.value ->> 'code'), 0)::bigint AS amount,
               (SELECT count(*) FROM payments_order o WHERE o.decision_id = d.id AND o.component = c.value ->> 'code'
                   AND o.state = 'batal') AS cancelled) AS less
  LEFT JOIN payments_passbook w ON c.value ->> 'payee' = 'pekerja' AND w.kind = 'pekerja'
        AND w.holder_nik = c.value ->> 'to'
  LEFT JOIN LATERAL (
        SELECT id FROM payments_passbook b
         WHERE c.value ->> 'payee' = 'ahli_waris' AND b.kind IN ('ahli_waris', 'pekerja')
           AND b.holder_nik = coalesce(claims_represented_by(d.case_id, c.value ->> 'code'), c.value ->> 'to')
         ORDER BY b.kind LIMIT 1) h ON true
  LEFT JOIN payments_passbook r ON c.value ->> 'payee' = 'rumah_sakit' AND r.kind = 'rumah_sakit'
        AND upper(r.holder_name) = upper(c.value ->> 'to')
 WHERE d.state = 'disetujui' AND d.granted
   AND (c.value ->> 'amount')::bigint > less.amount
   AND NOT EXISTS (SELECT 1 FROM payments_order o WHERE o.decision_id = d.id AND o.component = c.value ->> 'code'
                      AND o.state <> 'batal')
   AND NOT (c.value ->> 'payee' = 'ahli_waris' AND EXISTS (
        SELECT 1 FROM claims_dispute x WHERE x.case_id = d.case_id AND {HOLDS}))
 ORDER BY d.approved_on, d.id, 2
"""  # noqa: S608 - our own statements, put together


@dataclass(frozen=True, slots=True)
class NoAccount:
    """An amount that cannot be ordered yet because its payee has no account with us."""

    case_code: str
    label: str
    payee: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """What was ordered: how many, their sum in rupiah, what waits for an account, and what corrections took back."""

    orders: int
    total: int
    waiting: tuple[NoAccount, ...]
    corrected: Recovered


def make_orders(*, by: Officer, on: date) -> Ordered:
    """Make the orders for all approved decisions that have none yet; needs `payment.make`.

    First the approved corrections are carried out (`recovering.py`). The worker is paid to the worker's passbook, an
    heir only to an account of the heir's own (a passbook as a worker is one) or, by a written power in force, of the
    heir who represents this one (`readdressing.py`), each invoice to its hospital.
    What has no account is named and waits; the rest goes on. So does the share of an heir that is disputed, or all
    that heirs receive while it is disputed who they are. The id of an order follows from decision and component,
    and the database takes each component once, so that no retry and no two desks at once order twice.
    """
    staff.require(by, "payment.make", on=on)
    with transaction.atomic():
        corrected = recover(on=on)
        readdress()
        due = _due()
        rows = [
            Order(
                id=_id(decision, code, cancelled),
                decision_id=decision,
                component=code,
                passbook_id=passbook,
                amount=amount,
                made_by=by,
                made_on=on,
            )
            for decision, code, amount, _, _, _, passbook, cancelled in due
            if passbook is not None
        ]
        made = _insert(rows)
        waiting = tuple(NoAccount(case, label, payee, amount) for _, _, amount, case, payee, label, book, _ in due
                        if book is None)  # fmt: skip
        if made or corrected.held or corrected.asked_back:
            after = {"orders": len(made), "total": sum(made), "waiting": len(waiting)}
            after |= {"held": corrected.held, "asked_back": corrected.asked_back}
            deed = Deed("make_orders", "payments.order", on.isoformat(), after=after, send=corrected.letters)
            record(by=by, on=on, deed=deed)
    return Ordered(len(made), sum(made), waiting, corrected)


def _id(decision: uuid.UUID, code: str, cancelled: int) -> uuid.UUID:
    """The id of an order: it follows from decision and component, and from how many were cancelled before it."""
    return uuid.uuid5(_ORDERS, f"{decision}:{code}" + (f":{cancelled}" if cancelled else ""))


Due = tuple[uuid.UUID, str, int, str, str, str, int | None, int]


def _due() -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE)
        return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]) for row in cursor.fetchall()]


_INSERT = """
INSERT INTO payments_order (id, decision_id, component, passbook_id, amount, state, made_by_id, made_on, bank_note)
SELECT o.id, o.decision, o.component, o.passbook, o.amount, 'siap', %s, %s, ''
  FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::bigint[])
       AS o(id, decision, component, passbook, amount)
    ON CONFLICT DO NOTHING
RETURNING amount
"""


def _insert(rows: list[Order]) -> list[int]:
    """Insert the orders and give the amounts of those that were new (another desk may have been first)."""
    if not rows:
        return []
    first = rows[0]
    columns = [[getattr(row, name) for row in rows]
               for name in ("id", "decision_id", "component", "passbook_id", "amount")]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [first.made_by_id, first.made_on, *columns])
        return [row[0] for row in cursor.fetchall()]


def retry_order(*, by: Officer, on: date, order_id: uuid.UUID) -> None:
    """Make an order ready again that the bank could not pay or whose money came back; needs `payment.make`.

    First the account is put right (`correct_account`). The order keeps its id and amount and counts one more attempt.
    Refused: an order that has neither failed nor come back.
    """
    staff.require(by, "payment.make", on=on)
    with transaction.atomic():
        lost = Order.objects.filter(pk=order_id, state__in=[Order.State.GAGAL, Order.State.KEMBALI])
        changed = lost.update(state=Order.State.SIAP, file=None, attempt=F("attempt") + 1)
        if not changed:
            raise Refused("perintah_tidak_gagal", "Hanya perintah yang gagal atau kembali yang dapat disiapkan lagi.")
        record(by=by, on=on, deed=Deed("retry_order", "payments.order", order_id))
