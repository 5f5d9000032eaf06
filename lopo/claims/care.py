"""Invoices as the law must see them: line by line, less what another guarantor paid, what has caps apart from care.

Care has no ceiling and is judged for belonging only; care at home and aids are capped by the law room. In traffic
another guarantor (Jasa Raharja) pays first: what it paid on an invoice is taken off its care, line after line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.law.cases import Invoice
from lopo.law.whole_cases import Aids, HomeCare

HOME: Final = "perawatan_rumah"
DENTURES, HEARING, GLASSES, PROSTHESIS = "gigi_tiruan", "alat_bantu_dengar", "kacamata", "protese"
CAPPED: Final = (HOME, DENTURES, PROSTHESIS, HEARING, GLASSES)
"""Lines that the law caps, by the names of its answers."""


@dataclass(frozen=True, slots=True)
class CareItem:
    """One line of an invoice in whole rupiah: what, on which day, for which diagnosis, and whether it belongs."""

    what: str
    on: date
    icd10: str
    amount: int
    doctor_note: bool
    reference_price: int
    belongs: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One invoice of a hospital in whole rupiah; `other_paid` is what another guarantor paid of it first."""

    id: int
    provider: str
    number: str
    issued_on: date
    amount: int
    belongs: bool
    why_not: str
    other_paid: int = 0
    items: tuple[CareItem, ...] = ()

    @property
    def itemised(self) -> int:
        """What its lines add up to."""
        return sum(one.amount for one in self.items)

    @property
    def care(self) -> tuple[Invoice, ...]:
        """The care of the invoice as the law takes it: each line, less what another guarantor paid first."""
        return tuple(_net(self))

    @property
    def care_amount(self) -> int:
        """What of it is care that belongs to the case."""
        return sum(one.amount for one in self.care if one.belongs)

    def capped(self, *what: str) -> Iterator[CareItem]:
        """The lines of the kinds that the law caps and that belong."""
        return (one for one in self.items if self.belongs and one.belongs and one.what in what)


def _net(invoice: InvoiceLine) -> Iterator[Invoice]:
    rest = invoice.other_paid
    whole = [(invoice.amount, invoice.belongs)] if not invoice.items else [
        (one.amount, one.belongs and invoice.belongs) for one in invoice.items if one.what not in CAPPED
    ]  # fmt: skip
    for amount, belongs in whole:
        taken = min(rest, amount) if belongs else 0
        rest -= taken
        if amount > taken:
            yield Invoice(amount - taken, belongs)


def home_care(invoices: Sequence[InvoiceLine]) -> tuple[HomeCare, ...]:
    """Care at home, its year counted from its first day."""
    items = [one for invoice in invoices for one in invoice.capped(HOME)]
    began = min((one.on for one in items), default=date.max)
    return tuple(HomeCare(one.amount, one.on, began, belongs=True) for one in items)


def aids(invoices: Sequence[InvoiceLine]) -> Aids:
    """What was paid for aids; the prices of reference of prostheses add up as they do."""
    found = {what: [one for invoice in invoices for one in invoice.capped(what)] for what in CAPPED}
    paid = {what: sum(one.amount for one in items) for what, items in found.items()}
    price = sum(one.reference_price for one in found[PROSTHESIS])
    return Aids(paid[DENTURES], paid[HEARING], paid[GLASSES], paid[PROSTHESIS], price)


def has_capped(invoices: Sequence[InvoiceLine]) -> bool:
    """Whether any line that belongs is of a kind that the law caps."""
    return any(True for invoice in invoices for _ in invoice.capped(*CAPPED))
