"""Reads orders and accounts: the table, the orders of a case, and the passbooks of a person."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from lopo.basics.page import Asked, Page
from lopo.payments.models import Order, Passbook
from lopo.people.paging import in_areas, page_of, words_in

_AREA = "decision__case__person__area_code"


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders: the officer's areas (none = nothing), state and kind of payee ('' = all), one file, search."""

    areas: tuple[str, ...]
    state: str = ""
    payee: str = ""
    file_id: uuid.UUID | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order: what it is for, to whose account, how much in rupiah, and how far it is."""

    id: uuid.UUID
    case_id: int
    case_code: str
    area_code: str
    component: str
    payee: str
    holder_name: str
    bank_bic: str
    account: str
    amount: int
    state: str
    file_id: uuid.UUID | None
    file_name: str | None
    made_on: date
    confirmed_on: date | None
    bank_note: str
    attempt: int


_ROW = (
    "id", "decision__case_id", "decision__case__code", _AREA, "component", "passbook__kind", "passbook__holder_name",
    "passbook__bank_bic", "passbook__number", "amount", "state", "file_id", "file__name", "made_on",
    "file__confirmed_on", "bank_note", "attempt",
)  # fmt: skip
_SORTS = {
    "made_on": "made_on decision__case__code component", "case_code": "decision__case__code component",
    "holder_name": "passbook__holder_name id", "amount": "amount id", "state": "state id", "payee": "passbook__kind id",
}  # fmt: skip


def orders_page(asked_for: OrderFilter, asked: Asked) -> Page[OrderRow]:
    """Give the orders of cases within the areas, filtered, sorted and searched. Two queries (one for an export)."""
    rows: QuerySet[Order, Any] = Order.objects.filter(in_areas(_AREA, asked_for.areas))
    if asked_for.state:
        rows = rows.filter(state=asked_for.state)
    if asked_for.payee:
        rows = rows.filter(passbook__kind=asked_for.payee)
    if asked_for.file_id is not None:
        rows = rows.filter(file_id=asked_for.file_id)
    if text := asked_for.search.strip():
        rows = rows.filter(words_in("passbook__holder_name", text) | words_in("decision__case__code", text))
    return page_of(rows.values_list(*_ROW), asked, _SORTS, OrderRow)


def orders_of_case(case_id: int) -> tuple[OrderRow, ...]:
    """Give the orders of one case: the page of the case shows with them what was paid and when. One query."""
    rows = Order.objects.filter(decision__case_id=case_id).order_by("made_on", "component")
    return tuple(OrderRow(*row) for row in rows.values_list(*_ROW))


def cases_paid(case_ids: Collection[int]) -> frozenset[int]:
    """Give which of the cases have orders and all of them paid. One query, none for no case."""
    if not case_ids:
        return frozenset()
    live = Order.objects.filter(decision__case__in=case_ids).exclude(state=Order.State.BATAL)
    orders = live.values("decision__case_id")
    waits = Count("id", filter=~Q(state=Order.State.TERBAYAR))
    return frozenset(orders.annotate(waits=waits).filter(waits=0).values_list("decision__case_id", flat=True))


@dataclass(frozen=True, slots=True)
class PassbookRow:
    """One account with what was paid to it, in rupiah."""

    id: int
    kind: str
    holder_name: str
    holder_nik: str
    bank_bic: str
    number: str
    opened_on: date
    paid: int


_BOOKS = """
SELECT b.id, b.kind, b.holder_name, b.holder_nik, b.bank_bic, b.number, b.opened_on,
       coalesce((SELECT sum(o.amount) FROM payments_order o
                  WHERE o.passbook_id = b.id AND o.state = 'terbayar'), 0)::bigint
  FROM payments_passbook b
 WHERE b.person_id = %(person)s
    OR (b.kind <> 'rumah_sakit' AND b.holder_nik IN (
        SELECT h.nik FROM claims_heir h JOIN claims_case c ON c.id = h.case_id
         WHERE c.person_id = %(person)s AND h.receives))
    OR (b.kind = 'ahli_waris' AND b.holder_nik = (SELECT nik FROM people_person WHERE id = %(person)s))
 ORDER BY b.kind DESC, b.id
"""


def passbooks_of(person_id: int) -> tuple[PassbookRow, ...]:
    """Give the person's own accounts and those of the person's heirs. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOKS, {"person": person_id})
        return tuple(PassbookRow(*row) for row in cursor.fetchall())


def accounts_of(niks: Collection[str]) -> dict[str, str]:
    """Give the number of the account to which each heir or worker is paid; who has none is missing. One query.

    As orders take it: the account of an heir before the passbook of a worker.
    """
    kinds = (Passbook.Kind.AHLI_WARIS, Passbook.Kind.PEKERJA)
    rows = Passbook.objects.filter(holder_nik__in=niks, kind__in=kinds).order_by("-kind")
    return dict(rows.values_list("holder_nik", "number"))
