"""A bank for the demo and the tests: it pays what it is sent, as often as it is sent, and says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lopo.basics.refusal import Refused
from lopo.payments.bank.forms import is_xml, read_orders
from lopo.payments.bank.iso_answers import write_pain002
from lopo.payments.bank.iso_statements import write_camt053
from lopo.payments.bank.lines import AnswerLine, Booked, OrderLine, Statement
from lopo.payments.bank.openings import Opened, read_openings, write_opening_answer
from lopo.payments.bank.table import write_answer


@dataclass
class FakeBank:
    """Checks the declared count and sum as a bank does and refuses the accounts in `closed` (number to reason).

    It removes no duplicate: what arrives twice is paid twice, so that a test can see whether we ever send twice. It
    answers in the form in which it was asked.
    """

    closed: Mapping[str, str] = field(default_factory=dict)
    paid: list[OrderLine] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)

    def deliver(self, name: str, content: bytes) -> None:
        """Take a file and work it off. Refused: a file whose declared count or sum is wrong."""
        orders = read_orders(content)
        if not orders.adds_up:
            raise Refused("bank_menolak_berkas", f"Bank menolak {name}: jumlah baris atau jumlah uang tidak cocok.")
        self.paid.extend(line for line in orders.lines if line.account not in self.closed)
        said = [(line.end_to_end, self._answered(line)) for line in orders.lines]
        self.answers[name] = (
            write_pain002(orders.name, orders.on, said)
            if is_xml(content)
            else write_answer(name, orders.on, [line for _, line in said])
        )

    def answer(self, name: str) -> bytes | None:
        """The answer to a file that was delivered, else None."""
        return self.answers.get(name)

    def statement(self, name: str, on: date, account: str, *more: Booked, opening: Decimal | None = None) -> bytes:
        """All that was paid until now on one statement (camt.053) of the paying account, with `more` lines after.

        Without an opening balance the account held just what was paid.
        """
        paid = [
            Booked(place, on, True, Decimal(line.amount), line.end_to_end, f"NTT{place:09d}", line.memo)
            for place, line in enumerate(self.paid, start=1)
        ]
        lines = (*paid, *more)
        moved = sum((-line.amount if line.debit else line.amount for line in lines), Decimal(0))
        held = Decimal(sum(line.amount for line in self.paid)) if opening is None else opening
        return write_camt053(Statement(name, account, on, held, held + moved, lines))

    def _answered(self, line: OrderLine) -> AnswerLine:
        why = self.closed.get(line.account, "")
        reference = "" if why else f"NTT{line.id.hex[:12].upper()}"
        return AnswerLine(0, line.id, not why, line.amount, reference, why, line.attempt)

    def open_accounts(self, content: bytes, names: Mapping[str, str] | None = None) -> bytes:
        """Open an account for each request of a file and answer it; `names` are holders whom it knows otherwise (NIK).

        A NIK in `closed` is refused with its reason.
        """
        file, on, asked = read_openings(content)
        numbers, other = self.open_numbers(one.nik for one in asked), names or {}
        return write_opening_answer(file, on, [
            Opened(0, one.id, "", "", self.closed[one.nik]) if one.nik in self.closed
            else Opened(0, one.id, numbers[one.nik], other.get(one.nik, one.name.upper()), "")
            for one in asked
        ])  # fmt: skip

    @staticmethod
    def open_numbers(niks: Iterable[str]) -> dict[str, str]:
        """Account numbers as the bank would give them on opening: 13 digits, the same for the same NIK."""
        return {
            nik: f"013{int.from_bytes(hashlib.sha256(nik.encode()).digest()[:8], 'big') % 10**10:010d}" for nik in niks
        }
