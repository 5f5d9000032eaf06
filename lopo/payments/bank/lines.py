"""What goes to a bank and what comes back, in no form of file: orders, answers and lines of a bank statement."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

BANK_NTT: Final = "PDNTIDJ1"
"""BIC of Bank NTT (BPD NTT, code 130) in Bank Indonesia's list of banks."""

LONGEST_NAME, LONGEST_MEMO = 70, 140
_HEX: Final = 32


@dataclass(frozen=True, slots=True)
class Payer:
    """The account that pays: whose it is, at which bank (BIC), its number."""

    name: str
    bic: str
    account: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order for the bank; the id is ours and comes back in the answer. Amount in whole rupiah.

    `attempt` counts how often the order was put into a file: 1, and one more for each try after a failure or a return.
    """

    id: uuid.UUID
    bic: str
    account: str
    holder: str
    amount: int
    memo: str
    attempt: int = 1

    @property
    def end_to_end(self) -> str:
        """The name of this attempt from end to end, at most 35 signs; made before anything is sent."""
        return end_to_end(self.id, self.attempt)


def end_to_end(order: uuid.UUID, attempt: int) -> str:
    """The name of an attempt of an order in every file that goes out or comes back."""
    return order.hex if attempt == 1 else f"{order.hex}-{attempt}"


def read_end_to_end(text: str) -> tuple[uuid.UUID, int] | None:
    """Order and attempt of an end-to-end id that is one of ours, None for any other text."""
    name, dash, attempt = text[:_HEX], text[_HEX : _HEX + 1], text[_HEX + 1 :]
    if len(text) < _HEX or (dash and (dash != "-" or not attempt.isascii() or not attempt.isdigit())):
        return None
    try:
        return uuid.UUID(hex=name), int(attempt) if dash else 1
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file of orders as it stands: its declared count and sum, and its lines."""

    name: str
    on: date
    count: int
    total: int
    lines: tuple[OrderLine, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the declared count and sum are those of the lines, and no order stands twice."""
        return self.count == len(self.lines) == len({line.id for line in self.lines}) and self.total == sum(
            line.amount for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the bank says of one order; amount and attempt are None where the form of the answer leaves them out."""

    line: int
    id: uuid.UUID
    paid: bool
    amount: int | None
    reference: str
    note: str
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """One line of an answer that could not be used, and why; a person looks at it."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What the bank says of a whole file at once, without naming its orders."""

    paid: bool
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the bank: to which file, the lines that were understood, and those that were not.

    `file` is the name of the file or the id of our message. `pending` orders are still on their way at the bank.
    """

    file: str
    on: date
    lines: tuple[AnswerLine, ...]
    parked: tuple[Parked, ...]
    pending: int = 0
    whole: Whole | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """One movement on a bank statement: its place there, the day, direction, amount, our end-to-end id if it has one.

    `problem` says why the line cannot be a payment of ours though the bank booked it; empty where nothing is odd.
    """

    place: int
    on: date
    debit: bool
    amount: Decimal
    end_to_end: str
    reference: str
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account: the bank's own number of it, balances before and after, and what was booked.

    Amounts are rupiah as the bank writes them: interest and fees may have sen.
    """

    id: str
    account: str
    on: date
    opening: Decimal
    closing: Decimal
    lines: tuple[Booked, ...]

    @property
    def difference(self) -> Decimal:
        """By how much the lines miss the way from the opening to the closing balance; zero where all is told."""
        moved = sum((-line.amount if line.debit else line.amount for line in self.lines), Decimal(0))
        return self.closing - self.opening - moved


class Bank(Protocol):
    """A bank as we see it: it takes a file of orders and gives answers to it later."""

    def deliver(self, name: str, content: bytes) -> None:
        """Hand over a file. Raises Unavailable when the bank cannot be reached."""

    def answer(self, name: str) -> bytes | None:
        """The answer to a file, None while there is none."""


def sha256(content: bytes) -> str:
    """The fingerprint under which a file is known."""
    return hashlib.sha256(content).hexdigest()


def plain(text: str, longest: int) -> str:
    """Text without line ends, signs of control and a beginning that a spreadsheet would run as a formula."""
    printed = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printed.split()).lstrip("=+-@")[:longest]
