"""Reads the month strip of a person: for each month who paid and when, how cover stood, and what it gave."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month, date_text
from lopo.basics.money import rupiah_text
from lopo.coverage.models import Membership
from lopo.coverage.queries.cover import MemberCover, member_cover
from lopo.coverage.queries.members import PaidMonthRow, paid_months_of
from lopo.financing.models import BillLine, Payer
from lopo.financing.queries.exposure import Worth, worth
from lopo.law.cases import CoverFacts
from lopo.law.cover import arrears_limit
from lopo.law.deadlines import contribution_due


@dataclass(frozen=True, slots=True)
class StripMonth:
    """One cell of the strip.

    `kind`: `dibayar` (paid), `menunggu` (paid, full JKM still to come), `menunggak_1` to `menunggak_3` and `gugur`
    (unpaid, counted in a row), `ditagih` (not due yet or not covered yet), `mendatang` (still to come), `bukan` (no
    member). `cover` is the state at the end of the month, or today; it can be arrears although this month is paid.
    `late` says that the month was paid after its due day. Amounts in rupiah; `gives` says it in a sentence.
    """

    month: Month
    kind: str
    cover: str
    due_on: date
    paid_on: date | None
    late: bool
    payer_code: str
    payer_initial: str
    payer_name: str
    bill_id: uuid.UUID | None
    jkm: int
    jkm_settled: int
    jkk: int
    gives: str


@dataclass(frozen=True, slots=True)
class _Life:
    """One membership as the strip needs it."""

    id: int
    first: Month
    last: Month
    income: int
    months: str
    issued: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known on the day: the first month of the person, paid months, bills by month, payers by code."""

    on: date
    start: Month
    paid: dict[Month, PaidMonthRow]
    bills: dict[Month, tuple[uuid.UUID, str]]
    payers: dict[str, tuple[str, str]]


def strip(person_id: int, *, on: date) -> tuple[StripMonth, ...]:
    """Give the months of a person's programmes in order as they are known on the day. Four queries.

    Empty for somebody who is no member. Where two programmes touch one month, the later one tells, unless it had ended.
    """
    lives = _lives(person_id)
    if not lives:
        return ()
    bills = BillLine.objects.filter(person_id=person_id, cancelled=False, bill__issued_on__lte=on)
    paid = {row.month: row for row in paid_months_of(person_id) if row.paid_on <= on}
    known = _Known(
        on,
        min([*paid, *(life.first for life in lives)]),
        paid,
        {Month.of(month): (pk, payer) for month, pk, payer in bills.values_list("month", "bill_id", "bill__payer_id")},
        {code: (initial, name) for code, initial, name in Payer.objects.values_list("code", "initial", "name")},
    )
    cells: dict[Month, StripMonth] = {}
    for life in lives:
        first = min([life.first, *(row.month for row in paid.values() if row.membership_id == life.id)])
        for month in first.through(life.last):
            if month not in cells or not _over(life, month):
                cells[month] = _cell(month, life, known)
    return tuple(cells[month] for month in sorted(cells))


def _over(life: _Life, month: Month) -> bool:
    """Whether the membership had ended before the month."""
    return life.ended is not None and life.ended < month.first_day


def _lives(person_id: int) -> tuple[_Life, ...]:
    names = (
        "id", "programme__first_month", "programme__last_month", "programme__monthly_income", "history__months",
        "number_issued_on", "ended_on",
    )  # fmt: skip
    rows = Membership.objects.filter(person_id=person_id).exclude(state=Membership.State.DITOLAK)
    return tuple(
        _Life(pk, Month.of(first), Month.of(last), income, months or "", issued, ended)
        for pk, first, last, income, months, issued, ended in rows.order_by("submitted_on", "id").values_list(*names)
    )


def _cell(month: Month, life: _Life, known: _Known) -> StripMonth:
    day = min(known.on, month.last_day)
    payment, bill = known.paid.get(month), known.bills.get(month)
    cover = member_cover(life.months, life.issued, life.ended, day)
    facts = CoverFacts(
        nomor_terbit=cover.state not in ("belum", "berakhir"),
        bulan_kepesertaan=cover.cover.bulan_kepesertaan,
        bulan_menunggak=cover.cover.bulan_menunggak,
        tunggakan_lunas=cover.cover.bulan_menunggak == 0,
    )
    begun = month <= Month.of(known.on)
    value = worth(facts, life.income, day) if begun and facts.nomor_terbit else Worth(0, 0, 0, 0)
    payer = payment.payer_code if payment else bill[1] if bill else ""
    initial, name = known.payers.get(payer, ("", ""))
    due = contribution_due(month)
    return StripMonth(
        month, _kind(month, cover, life, known), cover.state if begun else "mendatang", due,
        payment.paid_on if payment else None, payment is not None and payment.paid_on > due, payer, initial, name,
        bill[0] if bill else None, value.jkm, value.jkm_settled, value.jkk,
        _gives(value, cover.state, cover.full_from, arrears_limit(day)) if begun else "Bulan ini belum tiba.",
    )  # fmt: skip


def _kind(month: Month, cover: MemberCover, life: _Life, known: _Known) -> str:
    state = cover.state
    if _over(life, month):
        return "bukan"
    if month in known.paid:
        waiting = cover.full_from is not None and month.first_day < cover.full_from
        return "menunggu" if waiting or state in ("masa_tunggu", "belum") else "dibayar"
    if month > Month.of(known.on):
        return "ditagih" if month in known.bills else "mendatang"
    if known.on <= contribution_due(month):
        return "ditagih" if month in known.bills else "mendatang"
    if state == "gugur":
        return "gugur"
    if state in ("belum", "berakhir"):
        return "bukan"
    run = 1
    while (earlier := month.plus(-run)) not in known.paid and earlier >= known.start:
        run += 1
    return f"menunggak_{run}" if run <= arrears_limit(known.on) else "gugur"


def _gives(value: Worth, state: str, full_from: date | None, limit: int) -> str:
    """Say in one sentence what cover at that time gives."""
    if state in ("belum", "berakhir"):
        return "Belum ada perlindungan: nomor peserta belum terbit." if state == "belum" else "Kepesertaan berakhir."
    if state == "gugur":
        return f"Hak gugur: iuran menunggak lebih dari {limit} bulan berturut-turut."
    if state.startswith("menunggak"):
        return (
            f"Perawatan kecelakaan kerja tetap ditanggung; meninggal: {rupiah_text(value.jkm)} sekarang, "
            f"{rupiah_text(value.jkm_settled)} setelah tunggakan dilunasi."
        )
    base = f"Kecelakaan kerja ditanggung penuh; meninggal karena kerja {rupiah_text(value.jkk)}; "
    if state == "masa_tunggu" and full_from is not None:
        return f"{base}meninggal biasa {rupiah_text(value.jkm)}, penuh mulai {date_text(full_from)}."
    return f"{base}meninggal biasa {rupiah_text(value.jkm)}."
