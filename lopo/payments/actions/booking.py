"""The book of payments: what was paid settles a debt, what came back opens it again, each attempt once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.ledger import actions as ledger

OWED, PAID_FROM = "utang_manfaat:bpjs", "bank:bpjs"
_LEDGER: Final = uuid.UUID("b6a2d4de-55c3-5a0f-9a57-0c1f7d7f2a11")


@dataclass(frozen=True, slots=True)
class Moved:
    """One order whose money moved: its attempt, decision, and amount in whole rupiah."""

    order: uuid.UUID
    attempt: int
    decision: uuid.UUID
    amount: int


def paid_entry(order: uuid.UUID, attempt: int) -> uuid.UUID:
    """The id of the entry for a paid attempt: it follows from order and attempt, so that each is booked once."""
    return uuid.uuid5(_LEDGER, str(order) if attempt == 1 else f"{order}:{attempt}")


def book_paid(orders: Sequence[Moved], *, on: date, memo: str) -> None:
    """Each paid order settles its part of the debt; in the caller's transaction."""
    _post(orders, on, memo, returned=False)


def book_returned(orders: Sequence[Moved], *, on: date, memo: str) -> None:
    """Money that came back: the entry of the payment is reversed, the debt stands again."""
    _post(orders, on, memo, returned=True)


def _post(orders: Sequence[Moved], on: date, memo: str, *, returned: bool) -> None:
    ledger.open_accounts({OWED: "Utang manfaat BPJS Ketenagakerjaan", PAID_FROM: "Rekening bank BPJS Ketenagakerjaan"})
    ledger.post([_returned(one, on, memo) if returned else _paid(one, on, memo) for one in orders])


def _paid(one: Moved, on: date, memo: str) -> ledger.Posting:
    sides = (ledger.debit(OWED, one.amount), ledger.credit(PAID_FROM, one.amount))
    return ledger.Posting(paid_entry(one.order, one.attempt), on, memo, f"decision:{one.decision}", sides)


def _returned(one: Moved, on: date, memo: str) -> ledger.Posting:
    sides = (ledger.debit(PAID_FROM, one.amount), ledger.credit(OWED, one.amount))
    entry = paid_entry(one.order, one.attempt)
    new = uuid.uuid5(_LEDGER, f"kembali:{entry}")
    return ledger.Posting(new, on, memo, f"decision:{one.decision}", sides, reverses=entry)
