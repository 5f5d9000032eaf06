"""Reads the invoices of a case with their lines."""

from __future__ import annotations

from typing import Final

from lopo.claims.care import CareItem, InvoiceLine
from lopo.claims.models import CareLine, Invoice

_INVOICE: Final = ("id", "provider", "number", "issued_on", "amount", "belongs", "why_not", "other_paid")
_ITEM: Final = ("what", "on", "icd10", "amount", "doctor_note", "reference_price", "belongs", "why_not")


def invoices_of(case_id: int) -> tuple[InvoiceLine, ...]:
    """Give the invoices of a case in the order of their days, each with its lines. Two queries."""
    items: dict[int, list[CareItem]] = {}
    rows = CareLine.objects.filter(invoice__case_id=case_id).order_by("on", "id")
    for invoice_id, *row in rows.values_list("invoice_id", *_ITEM):
        items.setdefault(invoice_id, []).append(CareItem(*row))
    invoices = Invoice.objects.filter(case_id=case_id).order_by("issued_on", "id").values(*_INVOICE)
    return tuple(InvoiceLine(**row, items=tuple(items.get(row["id"], ()))) for row in invoices)
