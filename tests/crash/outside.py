"""The world outside that survives every kill: a bank and a post office that throw no second copy away."""

from __future__ import annotations

import os
import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from lopo.basics.refusal import Unavailable
from lopo.payments.bank import FakeBank, OrderLine, read_openings, read_orders, write_camt053
from lopo.payments.bank.lines import Booked, Statement
from lopo.staff.gateway import Parcel

SLOW_SECONDS = 0.03
BROKEN = 0.1
RETURNED, CLOSED = 0.15, 0.15
ANSWERED, FETCHED = 0.75, 0.8


@dataclass(frozen=True)
class PostOffice:
    """A way out whose arrivals are lines of a file: what was written there has arrived, whoever is killed after it."""

    file: Path

    def send(self, parcel: Parcel) -> None:
        """Take a message now and then not, and take a moment to say so: time enough to be killed in between."""
        if random.random() < BROKEN:  # noqa: S311 - no secret
            raise Unavailable("gerbang tidak menjawab")
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, f"{parcel.id}\n".encode())
        finally:
            os.close(handle)
        time.sleep(random.random() * SLOW_SECONDS)  # noqa: S311

    def known(self, message_id: uuid.UUID) -> bool:
        """Say whether a message arrived."""
        return message_id in self.arrived()

    def arrived(self) -> Counter[uuid.UUID]:
        """How often each message arrived."""
        lines = self.file.read_text().split() if self.file.exists() else []
        return Counter(uuid.UUID(line) for line in lines)


@dataclass
class Bank:
    """A bank that pays what it is handed, as often as it is handed it, refuses some accounts and sends some back.

    `account` is ours at this bank. What it did is in `paid` and `returned` by end-to-end id, `opened` by NIK.
    """

    account: str
    chance: random.Random
    paid: Counter[str] = field(default_factory=Counter)
    returned: Counter[str] = field(default_factory=Counter)
    answers: dict[str, bytes] = field(default_factory=dict)
    openings: dict[str, bytes] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)
    refusing: bool = True
    balance: Decimal = Decimal(10**12)
    amounts: dict[str, int] = field(default_factory=dict)
    _moves: list[Booked] = field(default_factory=list)
    _said: list[bytes] = field(default_factory=list)
    _fresh: list[OrderLine] = field(default_factory=list)

    def deliver(self, name: str, content: bytes) -> None:
        """Take a file and work it off; the answer in its own form is ready at once, or never comes."""
        lines = read_orders(content).lines
        closed = {line.account: "rekening tutup" for line in lines if self._happens(CLOSED)}
        till = FakeBank(closed)
        till.deliver(name, content)
        for line in till.paid:
            self.paid[line.end_to_end] += 1
            self.amounts[line.end_to_end] = line.amount
            self._move(debit=True, line=line)
        self._fresh += till.paid
        if closed or self._happens(ANSWERED):  # without an answer a refusal would never be known
            self.answers[name] = till.answer(name) or b""

    def open(self, name: str, content: bytes) -> None:
        """Open every account that a request asks for, however often it is asked; the answer is ready at once."""
        self.opened.update(one.nik for one in read_openings(content)[2])
        self.openings[name] = FakeBank().open_accounts(content)

    def send_some_back(self) -> None:
        """Return some of what was paid since the last time."""
        for line in self._fresh:
            if self._happens(RETURNED):
                self.returned[line.end_to_end] += 1
                self._move(debit=False, line=line)
        self._fresh = []

    def statement(self, on: date) -> bytes | None:
        """A statement of all that moved since the one before it, None where nothing did."""
        if not self._moves:
            return None
        moved = sum((-one.amount if one.debit else one.amount for one in self._moves), Decimal(0))
        number = f"RK-{len(self._said) + 1:05d}"
        told = Statement(number, self.account, on, self.balance, self.balance + moved, tuple(self._moves))
        self.balance += moved
        self._moves = []
        self._said.append(write_camt053(told))
        return self._said[-1]

    def _happens(self, likely: float) -> bool:
        return self.refusing and self.chance.random() < likely

    def _move(self, *, debit: bool, line: OrderLine) -> None:
        place = len(self._moves) + 1
        reference = f"NTT{len(self._said):05d}{place:05d}"
        memo = line.memo if debit else f"kembali {line.memo}"
        amount, on = Decimal(line.amount), date(2026, 1, 12)
        self._moves.append(Booked(place, on, debit, amount, line.end_to_end, reference, memo))
