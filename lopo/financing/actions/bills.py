"""Makes the bills of one month or several for all members of a programme, and cancels one that is not ordered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.financing.actions.basis import BY_BASIS, require_basis
from lopo.financing.actions.codes import CodeGiven, keep_code, refuse_over
from lopo.financing.models import Bill, BillingCode, BillLine, Budget, Payer
from lopo.financing.queries.price import Price, prices_of
from lopo.financing.queries.sectors import Parted, parted
from lopo.financing.queries.unbilled import BY_SECTOR, UNBILLED, paid_begins
from lopo.law import decide
from lopo.law.deadlines import contribution_due
from lopo.ledger.actions import Posting, credit, debit, open_accounts, post, reverse
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import Programme

OWED = "utang_iuran:bpjs"
"""The account of contributions owed to BPJS."""
GONE: Final = (Bill.State.BATAL, Bill.State.DIBALIK, Bill.State.DIBAGI)
"""States of bills that ask for nothing any more."""

_MANY: Final = 10_000
"""A bill of so many people is told to the planner at once: it knows nothing of lines that are new."""


@dataclass(frozen=True, slots=True)
class BillMade:
    """A bill: how many people, what each costs, and the sum in rupiah."""

    id: uuid.UUID
    people: int
    per_person: int
    amount: int
    due_on: date


_WHO = UNBILLED.format(programme="%(programme)s", on="%(on)s", month="%(month)s", begins="%(begins)s")
# One statement, so that the people counted are the people billed; their lines in the order of persons are written at
# the end of both indexes.
_OF_SECTOR = f"SELECT id, person_id FROM ({BY_SECTOR.format(who=_WHO)}) AS parted WHERE sector = %(sector)s"  # noqa: S608
_BILL = """
WITH who AS ({who}), bill AS (
    INSERT INTO financing_bill (id, programme_id, payer_id, budget_id, month, issued_on, due_on, people, amount,
                                per_person, law_hash, state, made_by_id, part, code_id, sector)
    SELECT %(bill)s, %(programme)s, %(payer)s, %(budget)s, %(month)s, %(on)s, %(due)s, count(*),
           count(*) * %(price)s, %(price)s, %(hash)s, 'terbit', %(by)s, %(part)s, %(code)s, %(sector)s
      FROM who HAVING count(*) > 0 RETURNING id, people
), lines AS (
    INSERT INTO financing_billline (bill_id, person_id, membership_id, month, amount, cancelled)
    SELECT bill.id, who.person_id, who.id, %(month)s, %(price)s, false FROM who CROSS JOIN bill
     ORDER BY who.person_id
)
SELECT people FROM bill
"""


@dataclass(frozen=True, slots=True)
class Months:
    """The months that are asked for at once: the first, how many, and the code of BPJS (kode iuran) for them.

    Several months need a code, one month may have one, with the last day on which BPJS takes money under it.
    """

    first: Month
    count: int
    code: str = ""
    code_until: date | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is billed and by whom, the same for each month of one billing."""

    programme: Programme
    payer: Payer
    by: Officer
    on: date
    code: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """Those of a month who cost the same: all, or those of one sector, and the works that are of each."""

    price: Price
    sector: str = ""
    parted: Parted | None = None


def make_bill(*, by: Officer, on: date, programme_id: int, payer_code: str, month: Month) -> BillMade:
    """Bill a month of all members that BPJS has taken, at the price that the law sets. Needs `bill.make` there.

    Members that ended are left out, so are those whose month another bill has or that is paid already: asked again,
    the month is billed for those alone who came since. The budget line of the year is committed and the book told.
    Where the price differs by sector of work (PP 50/2025) each sector has its bill; the first is given. Due on the 15th
    or the next working day (PP 44/2015 Pasal 24).
    Refused: a programme that is not running or has no legal basis in force, a month outside of it, no budget line, the
    same month twice, nobody to bill, a sector that the price needs and nobody knows, or more than the budget has left.
    """
    return make_bills(
        by=by, on=on, programme_id=programme_id, payer_code=payer_code, months=Months(month, 1)
    )[0]  # fmt: skip


def make_bills(
    *, by: Officer, on: date, programme_id: int, payer_code: str, months: Months
) -> tuple[BillMade, ...]:  # fmt: skip
    """Bill one month, or several ahead under one code: a bill for each (and sector), all or none. Needs `bill.make`.

    Each month is at its own rate, due on its own day and charged to the budget of its own year; one SP2D may pay all of
    a year. Nothing is covered before it is paid. Refused as by `make_bill` for any of the months, a number of months
    that BPJS does not take in advance, or no code or one that was used already or is over.
    """
    asked = _asked(by, on, programme_id, payer_code)
    if not 1 <= months.count <= 12:
        raise Refused("jumlah_bulan_salah", "Iuran di muka ditagih untuk satu sampai dua belas bulan.")
    taken = decide("pembayaran_dimuka_diterima", {"bulan_dimuka": months.count}, on)
    if months.count > 1 and not taken.values["pembayaran_dimuka_diterima"]:
        raise Refused("bulan_dimuka_tidak_diterima", f"BPJS tidak menerima iuran {months.count} bulan di muka.")
    given = CodeGiven(months.code.strip()[:40], months.code_until)
    if not given.code and months.count > 1:
        raise Refused("kode_iuran_kosong", "Tulis kode iuran dari BPJS untuk bulan-bulan ini.")
    refuse_over(given, on)
    last = months.first.plus(months.count - 1)
    with transaction.atomic():
        _lock_years(asked, months.first, last)
        if given.code:
            keep_code(
                BillingCode(
                    code=given.code, programme=asked.programme, payer=asked.payer, made_on=on, made_by=by,
                    first_month=months.first.first_day, last_month=last.first_day, last_day=given.last_day,
                )
            )  # fmt: skip
            asked = replace(asked, code=given.code)
        return tuple(_make(asked, month, part) for month in months.first.through(last) for part in _parts(asked, month))


def _asked(by: Officer, on: date, programme_id: int, payer_code: str) -> _Asked:
    programme = Programme.objects.filter(pk=programme_id).first()
    payer = Payer.objects.filter(pk=payer_code).first()
    if programme is None or payer is None:
        raise Refused("tagihan_tidak_lengkap", "Program atau pembayar ini tidak ada.")
    require(by, "bill.make", on=on, area_code=programme.area_code)
    require_basis(programme, on)
    return _Asked(programme, payer, by, on)


def _parts(asked: _Asked, month: Month) -> tuple[_Part, ...]:
    """Part the month by sector where the price of this payer's members differs by it (PP 50/2025)."""
    prices = prices_of(income=asked.programme.monthly_income, payer_kind=asked.payer.kind, month=month)
    if "" in prices:
        return (_Part(prices[""]),)
    found = parted(asked.programme.id, month, on=asked.on)
    if unknown := found.people.get("", 0):
        raise Refused(
            "sektor_belum_diketahui",
            f"{unknown} orang belum tercatat sektor pekerjaannya, padahal iuran {month.text()} untuk pembayar ini "
            "berbeda menurut sektor. Nyatakan sektornya di halaman Iuran, Sektor pekerjaan.",
            "PP 50/2025",
        )
    sectors = [one for one in prices if one in found.people] or list(prices)[:1]  # nobody at all: refused as ever
    return tuple(_Part(prices[one], one, found) for one in sectors)


def _lock_years(asked: _Asked, first: Month, last: Month) -> None:
    """Lock the budget lines of all the years in their order, so that two billings never wait for each other."""
    years = range(first.year, last.year + 1)
    budgets = Budget.objects.select_for_update().order_by("year")
    have = {one.year for one in budgets.filter(payer=asked.payer, programme=asked.programme, year__in=years)}
    for year in years:
        if year not in have:
            raise _no_budget(asked.payer, year)


def _no_budget(payer: Payer, year: int) -> Refused:
    return Refused(
        "tidak_ada_anggaran", f"{payer.name} belum mempunyai anggaran {year} dengan dasar hukum untuk program ini."
    )


def _make(asked: _Asked, month: Month, part: _Part) -> BillMade:
    programme, payer = asked.programme, asked.payer
    if not programme.first_month <= month.first_day <= programme.last_month:
        raise Refused("bulan_di_luar_program", f"{month.text()} tidak termasuk bulan program {programme.name}.")
    budget = _budget(payer, programme, month)
    last = last_part(programme.id, payer.code, month.first_day)
    given: dict[str, Any] = {
        "programme": programme.id, "payer": payer.code, "budget": budget.id, "month": month.first_day, "on": asked.on,
        "due": contribution_due(month), "price": part.price.per_person, "hash": part.price.decision.law_hash,
        "by": asked.by.id, "bill": uuid.uuid4(), "part": 0 if last is None else last + 1, "code": asked.code,
        "begins": paid_begins(month), "sector": part.sector,
    }  # fmt: skip
    given |= part.parted.given if part.parted else {}
    people = _insert(given, payer, month)
    each = part.price.per_person
    made = BillMade(given["bill"], people, each, people * each, given["due"])
    _commit(budget, made)
    enter_bill(made, payer, month, asked.on)
    after = {"month": str(month), "payer": payer.code, "people": people, "amount": made.amount}
    after |= {"sector": part.sector} if part.sector else {}
    after |= {"code": asked.code} if asked.code else {}
    record(by=asked.by, on=asked.on, deed=Deed("make_bill", "financing.bill", made.id, after=after))
    return made


def last_part(programme_id: int, payer_code: str, month: date) -> int | None:
    """Give the number of the last bill of a month that still asks for something, None where there is none."""
    bills = Bill.objects.filter(programme_id=programme_id, payer_id=payer_code, month=month).exclude(state__in=GONE)
    found: int | None = bills.aggregate(last=Max("part"))["last"]
    return found


def _budget(payer: Payer, programme: Programme, month: Month) -> Budget:
    """Give the locked budget line: bills of one line are made one after another."""
    budget = Budget.objects.select_for_update().filter(payer=payer, programme=programme, year=month.year).first()
    if budget is None:
        raise _no_budget(payer, month.year)
    return budget


def _insert(given: dict[str, Any], payer: Payer, month: Month) -> int:
    """Insert the bill with its lines; give the number of people. Refused: nobody, or another payer was first."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BILL.format(who=_OF_SECTOR if given["sector"] else _WHO), given)
            row = cursor.fetchone()
            if row is not None and row[0] >= _MANY:
                cursor.execute("ANALYZE financing_billline (bill_id, month)")
    except IntegrityError as problem:
        if BY_BASIS in str(problem):
            raise Refused("program_berubah", "Program baru saja ditutup atau dasar hukumnya berubah.") from problem
        raise Refused(
            "bulan_pembayar_lain",
            f"Sebagian peserta baru saja ditagihkan untuk {month.text()} kepada pembayar lain. "
            "Satu bulan seorang peserta hanya boleh dibayar satu pembayar; coba lagi untuk yang belum.",
        ) from problem
    if row is None and given["part"]:
        raise Refused(
            "sudah_ditagih", f"Iuran {month.text()} sudah ditagihkan kepada {payer.name} untuk semua peserta."
        )
    if row is None:
        raise Refused("tidak_ada_yang_ditagih", _nobody(given, payer, month))
    return int(row[0])


def _nobody(given: dict[str, Any], payer: Payer, month: Month) -> str:
    others = (
        BillLine.objects.filter(bill__programme_id=given["programme"], month=given["month"], cancelled=False)
        .exclude(bill__payer=payer)
        .order_by("bill__payer__name")
        .values_list("bill__payer__name", flat=True)
        .distinct()
    )
    if names := ", ".join(others[:3]):
        return f"Iuran {month.text()} semua peserta sudah ditagihkan kepada {names}; satu bulan hanya satu pembayar."
    return f"Tidak ada peserta yang diterima BPJS dan belum ditagih untuk {month.text()}."


def _commit(budget: Budget, made: BillMade) -> None:
    left = budget.amount - budget.committed
    changed = Budget.objects.filter(pk=budget.pk, amount__gte=F("committed") + made.amount).update(
        committed=F("committed") + made.amount
    )
    if not changed:
        raise Refused(
            "anggaran_tidak_cukup",
            f"Tagihan {rupiah_text(made.amount)} melebihi sisa anggaran {rupiah_text(left)}. "
            "Ubah anggaran lebih dahulu, atau kurangi peserta.",
        )


def enter_bill(made: BillMade, payer: Payer, month: Month, on: date) -> None:
    """Post that a bill was issued: the cost of its year, owed to BPJS."""
    cost = f"iuran:{payer.code}:{month.year}"
    open_accounts({cost: f"Iuran {payer.name} {month.year}", OWED: "Utang iuran kepada BPJS Ketenagakerjaan"})
    sides = (debit(cost, made.amount), credit(OWED, made.amount))
    memo = f"Tagihan iuran {month.text()}, {made.people} orang"
    post([Posting(issued_id(made.id), on, memo, f"bill:{made.id}", sides)])


def issued_id(bill_id: uuid.UUID) -> uuid.UUID:
    """Give the id of the entry that says that the bill was issued."""
    return uuid.uuid5(bill_id, "terbit")


def cancel_bill(*, by: Officer, on: date, bill_id: uuid.UUID, reason: str) -> None:
    """Cancel a bill that no order has been made for: its months are free again. Needs `bill.make` there.

    The budget is freed and the entry reversed. Refused: no reason, or a bill that is ordered, paid or cancelled.
    """
    bill = Bill.objects.filter(pk=bill_id).select_related("programme").first()
    if bill is None:
        raise Refused("tagihan_tidak_ada", "Tagihan ini tidak ada.")
    require(by, "bill.make", on=on, area_code=bill.programme.area_code)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis alasan mengapa tagihan ini dibatalkan.")
    with transaction.atomic():
        if not Bill.objects.filter(pk=bill_id, state=Bill.State.TERBIT).update(state=Bill.State.BATAL):
            raise Refused("tagihan_tidak_dapat_batal", "Hanya tagihan yang belum diajukan dapat dibatalkan.")
        BillLine.objects.filter(bill_id=bill_id).update(cancelled=True)
        Budget.objects.filter(pk=bill.budget_id).update(committed=F("committed") - bill.amount)
        memo = f"Batal: {reason.strip()}"[:200]
        reverse(entry_id=issued_id(bill_id), new_id=uuid.uuid5(bill_id, "batal"), on=on, memo=memo)
        deed = Deed(
            "cancel_bill", "financing.bill", bill_id, before={"state": "terbit"}, after={"reason": reason.strip()}
        )
        record(by=by, on=on, deed=deed)
