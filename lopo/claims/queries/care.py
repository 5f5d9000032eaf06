"""Reads the invoices of a case with their lines."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from lopo.claims.care import CareItem, InvoiceLine
from lopo.claims.models import CareLine, Invoice

_INVOICE: Final = ("id", "provider", "number", "issued_on", "amount", "belongs", "why_not", "other_paid")
_ITEM: Final = ("what", "on", "icd10", "amount", "doctor_note", "reference_price", "belongs", "why_not")


def invoices_of(case_id: int) -> tuple[InvoiceLine, ...]:
    """Give the invoices of a case in the order of their days, each with its lines. Two queries."""
    return invoices_of_all([case_id]).get(case_id, ())


def invoices_of_all(case_ids: Collection[int]) -> dict[int, tuple[InvoiceLine, ...]]:
    """Give the invoices of each of the cases that has any, with their lines. Two queries."""
    items: dict[int, list[CareItem]] = {}
    rows = CareLine.objects.filter(invoice__case_id__in=case_ids).order_by("on", "id")
    for invoice_id, *row in rows.values_list("invoice_id", *_ITEM):
        items.setdefault(invoice_id, []).append(CareItem(*row))
    found: dict[int, tuple[InvoiceLine, ...]] = {}
    for row in Invoice.objects.filter(case_id__in=case_ids).order_by("issued_on", "id").values("case_id", *_INVOICE):
        case_id = row.pop("case_id")
        found[case_id] = (*found.get(case_id, ()), InvoiceLine(**row, items=tuple(items.get(row["id"], ()))))
    return found
