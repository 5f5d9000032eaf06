"""Divides bills where the money does not reach for all: a part that is paid, and a rest as old as the bill was."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.financing.actions.bills import BillMade, enter_bill, issued_id, last_part
from lopo.financing.models import Bill, BillLine
from lopo.financing.queries.dividing import in_order
from lopo.ledger.actions import reverse
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer

_CHOSEN = """
CREATE TEMP TABLE financing_chosen ON COMMIT DROP AS
SELECT bill_id, person_id, amount, pays FROM ({lines}) AS lines
"""
_SUMS = "SELECT bill_id, pays, count(*), sum(amount)::bigint FROM financing_chosen GROUP BY bill_id, pays"
_LINES = """
INSERT INTO financing_billline (bill_id, person_id, membership_id, month, amount, cancelled)
SELECT %(part)s, l.person_id, l.membership_id, l.month, l.amount, false
  FROM financing_billline l JOIN financing_chosen c ON c.bill_id = l.bill_id AND c.person_id = l.person_id
 WHERE l.bill_id = %(bill)s AND c.pays = %(pays)s
"""


def divide_bills(bills: Sequence[Bill], *, amount: int, rule: str, by: Officer, on: date) -> tuple[Bill, ...]:
    """Give the bills that the amount pays in full, some of them new parts. A part of the payment's action.

    Whole months of people only, in the order of the rule. The rest of a divided bill is a bill of its own with the same
    due day; the sums, the budget and the book stay as they were. Refused: an amount that leaves something over, or
    that pays nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN.format(lines=in_order(rule)), {"bills": [one.pk for one in bills], "amount": amount})
        cursor.execute(_SUMS)
        sums = {(bill_id, pays): (count, total) for bill_id, pays, count, total in cursor.fetchall()}
    spent = sum(total for (_, pays), (_, total) in sums.items() if pays)
    if not spent or spent != amount:
        raise _over(amount, spent)
    chosen: list[Bill] = []
    for bill in bills:
        paid, rest = sums.get((bill.pk, True)), sums.get((bill.pk, False))
        if paid and rest:
            chosen.append(_divide(bill, paid, rest, {"rule": rule, "by": by, "on": on}))
        elif paid:
            chosen.append(bill)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE financing_chosen")
    return tuple(chosen)


def _over(amount: int, spent: int) -> Refused:
    return Refused(
        "sp2d_bersisa",
        f"SP2D {rupiah_text(amount)} tidak habis dibagi iuran satu orang sebulan: menurut aturan ini "
        f"{rupiah_text(spent)} terpakai dan {rupiah_text(amount - spent)} tersisa. Mintalah SP2D {rupiah_text(spent)}."
        if spent
        else f"SP2D {rupiah_text(amount)} tidak cukup untuk iuran satu orang sebulan.",
    )


def _divide(bill: Bill, paid: tuple[int, int], rest: tuple[int, int], how: dict[str, Any]) -> Bill:
    """Put two bills in the place of one; give the one that is paid."""
    if not Bill.objects.filter(pk=bill.pk, state=Bill.State.TERBIT).update(state=Bill.State.DIBAGI):
        raise Refused("tagihan_sudah_berubah", "Tagihan ini sudah berubah; muat ulang halaman ini.")
    BillLine.objects.filter(bill=bill, cancelled=False).update(cancelled=True)
    last = last_part(bill.programme_id, bill.payer_id, bill.month) or 0
    parts = [
        Bill(
            id=uuid.uuid5(bill.pk, f"bagian:{number}"), programme_id=bill.programme_id, payer_id=bill.payer_id,
            budget_id=bill.budget_id, month=bill.month, issued_on=bill.issued_on, due_on=bill.due_on, people=people,
            amount=total, per_person=bill.per_person, law_hash=bill.law_hash, made_by_id=bill.made_by_id,
            part=last + number, divided_from=bill, code_id=bill.code_id,
            sector=bill.sector,
        )
        for number, (people, total) in enumerate((paid, rest), start=1)
    ]  # fmt: skip
    Bill.objects.bulk_create(parts)
    month, on = Month.of(bill.month), how["on"]
    reverse(
        entry_id=issued_id(bill.pk), new_id=uuid.uuid5(bill.pk, "dibagi"), on=on, memo=f"Dibagi: iuran {month.text()}"
    )
    with connection.cursor() as cursor:
        for one, pays in zip(parts, (True, False), strict=True):
            cursor.execute(_LINES, {"part": one.pk, "bill": bill.pk, "pays": pays})
            enter_bill(BillMade(one.pk, one.people, one.per_person, one.amount, one.due_on), bill.payer, month, on)
    _tell(bill, parts, how)
    return parts[0]


def _tell(bill: Bill, parts: Sequence[Bill], how: dict[str, Any]) -> None:
    told = {"rule": how["rule"], "parts": [str(one.pk) for one in parts], "people": [one.people for one in parts]}
    deeds = [Deed("divide_bill", "financing.bill", bill.pk, before={"state": "terbit"}, after=told)]
    deeds += [
        Deed("divide_bill", "financing.bill", one.pk, after={"from": str(bill.pk), "rule": how["rule"]})
        for one in parts
    ]
    record_all(by=how["by"], on=how["on"], deeds=deeds)
