"""Act three, July to December 2025: bills, the forgotten September, cards, passbooks and the handover."""

from __future__ import annotations

from datetime import date, timedelta

from lopo.basics.calendar import Month, next_working_day
from lopo.basics.money import rupiah_text
from lopo.basics.page import Asked
from lopo.basics.refusal import Impossible
from lopo.coverage import actions as coverage
from lopo.coverage import queries as cover
from lopo.demo import stage as at
from lopo.demo.choosing import Found, found
from lopo.demo.enrolling import alive
from lopo.demo.stage import Stage
from lopo.financing import actions as financing
from lopo.financing import queries as finance
from lopo.jobs.papers.make_cards import make_cards
from lopo.jobs.papers.make_decree import make_decree
from lopo.people.queries import persons
from lopo.staff.queries import papers_of

LINE = "5.1.02.02.02 Belanja iuran jaminan sosial"
EVENT = coverage.HandoverEvent(
    "Penyerahan kartu peserta dan buku tabungan", "Ruang Garuda, Balai Kota Kupang", at.HANDED_OVER
)
EACH_KECAMATAN = 2


def budget(stage: Stage) -> str:
    """Set up the payer and its budget line, enough for all places and months at the rate of the law."""
    here = found()
    if not finance.budgets(areas=(at.PROVINCE,), programme_id=here.programme_id):
        payer = financing.PayerGiven(at.PAYER, "Pemerintah Provinsi NTT", "P", "apbd_provinsi")
        financing.add_payer(by=stage.player("bendahara"), on=at.APPOINTED, payer=payer)
        price = finance.price_of(income=1_000_000, payer_kind="apbd_provinsi", month=at.FIRST_MONTH)
        line = financing.BudgetLine(
            payer_code=at.PAYER,
            programme_id=here.programme_id,
            year=2025,
            line=LINE,
            legal_basis="DPA Dinas Koperasi, Tenaga Kerja dan Transmigrasi Provinsi NTT 2025 (contoh demo)",
            amount=price.per_person * at.PLACES * len(at.MONTHS),
        )
        financing.set_budget(by=stage.player("bendahara"), on=at.APPOINTED, line=line)
    amount = sum(row.amount for row in finance.budgets(areas=(at.PROVINCE,), programme_id=here.programme_id))
    return f"pagu {rupiah_text(amount)}"


def first_bill(stage: Stage) -> str:
    """Bill and pay July, so that BPJS issues the numbers."""
    _bill(stage, at.FIRST_MONTH)
    _pay(stage, at.FIRST_MONTH, _day_of_payment(at.FIRST_MONTH))
    return _told(at.FIRST_MONTH)


def second_bill(stage: Stage) -> str:
    """Bill and pay August, before the accident of that month is judged."""
    month = at.FIRST_MONTH.plus(1)
    _bill(stage, month)
    _pay(stage, month, _day_of_payment(month))
    return _told(month)


def later_bills(stage: Stage) -> str:
    """Bill September to December; all are paid in time but September, which is forgotten until November."""
    for number, month in enumerate(at.MONTHS[2:]):
        stage.tell(number, len(at.MONTHS) - 2, f"iuran {month}")
        _bill(stage, month)
        if month == at.UNPAID.plus(2):
            _pay(stage, at.UNPAID, at.CAUGHT_UP)
        if month != at.UNPAID:
            _pay(stage, month, _day_of_payment(month))
    return f"{len(_bills(found()))} bulan ditagih; {at.UNPAID} baru dibayar {at.CAUGHT_UP:%d-%m-%Y}"


def cards(stage: Stage) -> str:
    """Set the decree as PDF and xlsx, and print the card of each member."""
    here = found()
    day = at.NUMBERED + timedelta(days=7)
    if not papers_of("targeting.decree", str(here.decree_id)):
        make_decree(by=stage.player("dinas"), on=at.DECREED, decree_id=here.decree_id, progress=stage.tell)
    rows = cover.card_rows(cover.CardsWanted(here.programme_id), limit=at.PLACES)
    if len(rows) < alive():
        make_cards(by=stage.player("dinas"), on=day, programme_id=here.programme_id, progress=stage.tell)
        rows = cover.card_rows(cover.CardsWanted(here.programme_id), limit=at.PLACES)
    return f"{at.count(len(rows))} kartu siap diserahkan bersama buku tabungan"


def handover(stage: Stage) -> str:
    """Hand card and passbook to twelve workers, two of each kecamatan, and record each receipt."""
    here = found()
    event = coverage.record_handover(
        by=stage.player("dinas"), on=at.HANDED_OVER, programme_id=here.programme_id, event=EVENT
    )
    if not cover.receipts_of(event, areas=(at.PROVINCE,)):
        rows = cover.card_rows(cover.CardsWanted(here.programme_id), limit=at.PLACES)
        guests: dict[str, list[cover.CardRow]] = {}
        for row in rows:
            guests.setdefault(row.area_code[:8], []).append(row)
        receipts = [
            coverage.ReceiptGiven(row.membership_id, item, row.name, "tanda_tangan")
            for kecamatan in sorted(guests)
            for row in guests[kecamatan][:EACH_KECAMATAN]
            for item in ("kartu", "buku_tabungan")
        ]
        coverage.record_receipts(
            by=stage.player("dinas"),
            on=at.HANDED_OVER,
            receipts=receipts,
            received_on=at.HANDED_OVER,
            handover_id=event,
        )
    people = {row.person_id for row in cover.receipts_of(event, areas=(at.PROVINCE,))}
    if len(persons(people)) != len(people):
        raise Impossible("a receipt names somebody whom nobody knows")
    return f"{len(people)} pekerja di {EVENT.place}"


def _bills(here: Found) -> tuple[finance.BillRow, ...]:
    chosen = finance.BillsFilter(areas=(at.PROVINCE,), programme_id=here.programme_id)
    return finance.bills_page(chosen, Asked(size=0), on=at.LAST_DAY).rows


def bills() -> tuple[finance.BillRow, ...]:
    """Give the bills of the story."""
    return _bills(found())


def _bill_of(month: Month) -> finance.BillRow | None:
    return next((row for row in bills() if row.month == month and row.state != "batal"), None)


def _bill(stage: Stage, month: Month) -> None:
    if _bill_of(month) is None:
        financing.make_bill(
            by=stage.player("dinas"),
            on=month.first_day,
            programme_id=found().programme_id,
            payer_code=at.PAYER,
            month=month,
        )


def _pay(stage: Stage, month: Month, day: date) -> None:
    bill = _bill_of(month)
    if bill is None:
        raise Impossible(f"the bill of {month} is not there")
    if bill.state == "terbit":
        order = financing.OrderGiven(f"{month.number:05d}/SP2D/LS/2025", day)
        financing.request_payment(by=stage.player("bendahara"), on=day, bill_id=bill.id, order=order)
    if bill.state in ("terbit", "diajukan"):
        financing.approve_payment(by=stage.player("penyetuju"), on=day, bill_id=bill.id)


def _day_of_payment(month: Month) -> date:
    """Give the day on which the treasury pays in time: the 14th, or the next working day."""
    return next_working_day(month.first_day.replace(day=14))


def _told(month: Month) -> str:
    bill = _bill_of(month)
    if bill is None:
        raise Impossible(f"the bill of {month} is not there")
    return f"{at.count(bill.people)} orang x {rupiah_text(bill.per_person)} = {rupiah_text(bill.amount)}"
