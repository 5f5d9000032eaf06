"""The month strip: a person's cover as a row of months, and the same strip summed for a programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.basics.calendar import Month
from lopo.law.deadlines import contribution_due
from lopo.web.cells import day_text, month_short, month_text

KEYS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("paid", gettext_lazy("dibayar, perlindungan penuh")),
    ("waiting", gettext_lazy("dibayar, masih masa tunggu santunan kematian")),
    ("late", gettext_lazy("dibayar terlambat")),
    ("unpaid", gettext_lazy("belum dibayar, hak masih ditahan")),
    ("lapsed", gettext_lazy("gugur")),
    ("none", gettext_lazy("bukan peserta, atau belum jatuh tempo")),
)
"""The patterns of the cells with their words, in the order of the legend."""

TONES: Final = {
    "paid": "fine",
    "late": "fine",
    "waiting": "wait",
    "unpaid": "urgent",
    "lapsed": "plain",
    "none": "none",
}


@dataclass(frozen=True)
class Payment:
    """One paid month: who paid (name and initial) and when."""

    payer: str
    initial: str
    paid_on: date


@dataclass(frozen=True)
class Life:
    """What the strip needs of one membership on a day."""

    payments: Mapping[Month, Payment]
    issued_on: date | None
    ended_on: date | None
    full_from: date | None
    lapsed_on: date | None


@dataclass(frozen=True)
class MonthCell:
    """One month as it is drawn: its pattern, the letters in it, what a tap says, and whether something happened."""

    month: date
    css: str
    initial: str
    says: str
    event: bool


@dataclass(frozen=True)
class Year:
    """Twelve cells."""

    year: int
    cells: tuple[MonthCell, ...]


def kind_of(life: Life, month: Month, on: date) -> str:
    """Give the pattern of one month as it is known on the day: a key of KEYS."""
    payment = life.payments.get(month)
    if payment is not None and payment.paid_on <= on:
        if payment.paid_on > contribution_due(month):
            return "late"
        return "waiting" if life.full_from is None or month.first_day < life.full_from else "paid"
    if not _owed(life, month, on):
        return "none"
    return "lapsed" if life.lapsed_on is not None and month.last_day >= life.lapsed_on else "unpaid"


def _owed(life: Life, month: Month, on: date) -> bool:
    """Say whether the month was to be paid by the day: cover had begun, it had not ended, the due date is over."""
    if life.issued_on is None or not life.payments or month < min(life.payments):
        return False
    if life.ended_on is not None and month.first_day > life.ended_on:
        return False
    return on > contribution_due(month)


def years_of(life: Life, span: tuple[Month, Month], on: date, events: Iterable[date] = ()) -> tuple[Year, ...]:
    """Give the strip of a membership from the year of the first month to that of the last; events mark their months."""
    first, last = span
    marked = {Month.of(day) for day in events}
    return tuple(
        Year(year, tuple(_cell(life, Month(year, number), on, marked) for number in range(1, 13)))
        for year in range(first.year, last.year + 1)
    )


def _cell(life: Life, month: Month, on: date, marked: set[Month]) -> MonthCell:
    css = kind_of(life, month, on)
    payment = life.payments.get(month)
    known = payment if payment is not None and payment.paid_on <= on else None
    says = f"{month_text(month.first_day)}: {_says(css, known)}"
    if month in marked:
        says += " " + _("Ada kejadian pada bulan ini; lihat klaim.")
    return MonthCell(month.first_day, css, known.initial if known else _letters(css), says, month in marked)


def _letters(css: str) -> str:
    return {"unpaid": "!", "lapsed": "×"}.get(css, "")


def _says(css: str, payment: Payment | None) -> str:
    if payment is None:
        return {
            "unpaid": _("belum dibayar padahal sudah jatuh tempo. Hak ditahan sampai tunggakan dilunasi."),
            "lapsed": _("gugur karena terlalu lama menunggak. Perlindungan mulai lagi dari awal setelah dibayar."),
        }.get(css, _("bukan bulan yang harus dibayar; tidak ada perlindungan yang bergantung padanya."))
    paid = _("dibayar %(payer)s pada %(day)s.") % {"payer": payment.payer, "day": day_text(payment.paid_on)}
    gives = {
        "waiting": _("Kecelakaan kerja dijamin; bila meninggal dalam masa tunggu, hanya biaya pemakaman."),
        "late": _("Terlambat dari jatuh tempo; selama belum dibayar hak ditahan, sesudahnya dipulihkan."),
        "paid": _("Kecelakaan kerja dijamin dan santunan kematian penuh."),
    }
    return f"{paid} {gives[css]}"


@dataclass(frozen=True)
class SummedMonth:
    """One month of a programme: how many members have each pattern, the most telling first."""

    month: date
    counts: tuple[tuple[str, int], ...]
    paid: int
    members: int

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Give the parts as tones for a drawn bar."""
        return tuple((TONES[kind], count) for kind, count in self.counts)

    @property
    def label(self) -> str:
        """Give the short name of the month with its year."""
        return f"{month_short(self.month)} {self.month.year}"


def summed(lives: Sequence[tuple[Life, int]], months: Iterable[Month], on: date) -> tuple[SummedMonth, ...]:
    """Sum the strips of many members who share lives; months after the day are left out."""
    return tuple(_summed(lives, month, on) for month in months if month.first_day <= on)


def _summed(lives: Sequence[tuple[Life, int]], month: Month, on: date) -> SummedMonth:
    counts = dict.fromkeys((kind for kind, _words in KEYS), 0)
    for life, members in lives:
        counts[kind_of(life, month, on)] += members
    paid = counts["paid"] + counts["waiting"] + counts["late"]
    return SummedMonth(month.first_day, tuple(counts.items()), paid, sum(counts.values()))
