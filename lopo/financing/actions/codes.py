"""Notes the billing codes of BPJS (kode iuran): one for a bill, a new one for the same bills, and its last day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from lopo.basics.calendar import date_text
from lopo.basics.refusal import Refused
from lopo.financing.models import Bill, BillingCode
from lopo.staff.actions import Deed, record_all
from lopo.staff.models import Officer
from lopo.staff.queries import require

BILL: Final = "financing.bill"
"""What a deed about a code is about in the diary: each bill that has it."""
_OPEN: Final = (Bill.State.TERBIT, Bill.State.DIAJUKAN)


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A billing code as BPJS gave it, and the last day on which BPJS takes money under it (None: not said)."""

    code: str
    last_day: date | None = None


def note_code(*, by: Officer, on: date, bill_id: uuid.UUID, given: CodeGiven) -> int:
    """Note the code of an unpaid bill; give how many bills have it now. Needs `bill.pay` there.

    A bill without a code gets one of its own. Another code takes the place of the one there was, for all unpaid bills
    of that code; the older one stays in the history. The same code again notes its last day anew, and changes nothing
    where that is the same. Refused: no code or last day, a last day that is over, a code of other bills, or a bill that
    is paid or cancelled.
    """
    bill = Bill.objects.filter(pk=bill_id).select_related("programme").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    require(by, "bill.pay", on=on, area_code=bill.programme.area_code)
    code = given.code.strip()[:40]
    if not code or given.last_day is None:
        raise Refused("kode_iuran_tidak_lengkap", "Tulis kode iuran dari BPJS dan hari terakhirnya.")
    refuse_over(given, on)
    with transaction.atomic():
        bills = _open_bills(bill)
        if bill.code_id == code:
            _date_anew(bills, given.last_day, by=by, on=on)
        else:
            first, last = bills[0], bills[-1]
            keep_code(
                BillingCode(
                    code=code, programme=bill.programme, payer_id=bill.payer_id, first_month=first.month,
                    last_month=last.month, made_on=on, made_by=by, last_day=given.last_day, renews_id=bill.code_id,
                )
            )  # fmt: skip
            Bill.objects.filter(pk__in=[one.pk for one in bills]).update(code=code)
            _tell(bills, code, given.last_day, by=by, on=on)
    return len(bills)


def refuse_over(given: CodeGiven, on: date) -> None:
    """Refuse a code whose last day lies before the day."""
    if given.last_day is not None and given.last_day < on:
        raise Refused(
            "kode_iuran_lewat",
            f"Kode iuran {given.code.strip()} hanya berlaku sampai {date_text(given.last_day)}. Minta kode baru dari "
            "BPJS untuk bulan-bulan itu, lalu catat kode baru itu pada tagihannya.",
        )


def refuse_bills_over(bills: Sequence[Bill], on: date) -> None:
    """Refuse to pay bills of which a code is over: BPJS would not take the money. One query or none."""
    codes = BillingCode.objects.filter(pk__in={one.code_id for one in bills if one.code_id is not None})
    for code, last_day in codes.order_by("last_day").values_list("code", "last_day"):
        refuse_over(CodeGiven(code, last_day), on)


def keep_code(code: BillingCode) -> None:
    """Write a new code. Refused: it was used already."""
    try:
        with transaction.atomic():
            code.save(force_insert=True)
    except IntegrityError as problem:
        raise Refused("kode_iuran_dipakai", f"Kode iuran {code.code} sudah dipakai.") from problem


def _open_bills(bill: Bill) -> list[Bill]:
    """Give the unpaid bills of the code of a bill, itself among them, locked. Refused: it is not unpaid."""
    same = Q(pk=bill.pk) if bill.code_id is None else Q(code=bill.code_id)
    found = Bill.objects.select_for_update(of=("self",)).select_related("code").filter(same, state__in=_OPEN)
    bills = list(found.order_by("month", "part"))
    if all((one.pk, one.code_id) != (bill.pk, bill.code_id) for one in bills):
        raise Refused("kode_iuran_tagihan_tertutup", "Kode iuran hanya dicatat selama tagihan belum dibayar.")
    return bills


def _date_anew(bills: Sequence[Bill], last_day: date, *, by: Officer, on: date) -> None:
    """Write another last day of the code of these bills; nothing where it is the same."""
    code = bills[0].code
    if code is None or code.last_day == last_day:
        return
    BillingCode.objects.filter(pk=code.pk).update(last_day=last_day)
    before, after = {"last_day": str(code.last_day or "")}, {"code": code.code, "last_day": str(last_day)}
    record_all(by=by, on=on, deeds=[Deed("date_code", BILL, one.pk, before=before, after=after) for one in bills])


def _tell(bills: Sequence[Bill], code: str, last_day: date, *, by: Officer, on: date) -> None:
    after = {"code": code, "last_day": str(last_day)}
    deeds = [
        Deed("renew_code", BILL, one.pk, before={"code": one.code_id}, after={**after, "old": one.code_id})
        if one.code_id
        else Deed("note_code", BILL, one.pk, after=after)
        for one in bills
    ]
    record_all(by=by, on=on, deeds=deeds)
