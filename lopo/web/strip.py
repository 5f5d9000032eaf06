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
from lopo.financing.queries import StripMonth
from lopo.law.deadlines import contribution_due
from lopo.web.cells import day_text, money, month_short, month_text

KEYS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("paid", gettext_lazy("dibayar, perlindungan penuh")),
    ("waiting", gettext_lazy("dibayar, masih masa tunggu santunan kematian")),
    ("late", gettext_lazy("dibayar terlambat")),
    ("late_waiting", gettext_lazy("dibayar terlambat, masih masa tunggu")),
    ("unpaid", gettext_lazy("belum dibayar, hak ditahan")),
    ("lapsed", gettext_lazy("gugur")),
    ("none", gettext_lazy("bukan peserta, atau belum jatuh tempo")),
)
"""The patterns of the cells with their words, in the order of the legend."""

_PATTERNS: Final = {"dibayar": "paid", "menunggu": "waiting", "gugur": "lapsed"}
_LETTERS: Final = {"unpaid": "!", "lapsed": "×"}


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


def years_of(months: Sequence[StripMonth], events: Iterable[date] = ()) -> tuple[Year, ...]:
    """Give the strip of a person in whole years; months of no programme stay empty, events mark their months."""
    known = {one.month: one for one in months}
    marked = {Month.of(day) for day in events}
    every = (*known, *marked) if known else ()
    years = range(min(every).year, max(every).year + 1) if every else ()
    return tuple(
        Year(year, tuple(_cell(Month(year, number), known, marked) for number in range(1, 13))) for year in years
    )


def pattern_of(one: StripMonth | None) -> str:
    """Give the pattern of a month: a key of KEYS."""
    if one is None or one.kind == "bukan":
        return "none"
    if one.paid_on is not None and one.late:
        return "late_waiting" if one.kind == "menunggu" else "late"
    return "unpaid" if one.kind.startswith("menunggak") else _PATTERNS.get(one.kind, "none")


def _cell(month: Month, known: Mapping[Month, StripMonth], marked: set[Month]) -> MonthCell:
    one = known.get(month)
    css = pattern_of(one)
    says = f"{month_text(month.first_day)}: {_says(one)}"
    if month in marked:
        says += " " + _("Ada kejadian pada bulan ini; lihat klaim.")
    letters = one.payer_initial if one is not None and one.paid_on else _LETTERS.get(css, "")
    return MonthCell(month.first_day, css, letters, says, month in marked)


def _says(one: StripMonth | None) -> str:
    if one is not None and one.kind == "bukan" and one.paid_on is not None:
        told = {"payer": one.payer_name, "day": day_text(one.paid_on)}
        return _("dibayar %(payer)s pada %(day)s padahal kepesertaan sudah berakhir; dapat diminta kembali.") % told
    if one is None or one.kind == "bukan":
        return _("bukan bulan kepesertaan.")
    if one.paid_on is not None:
        told = {"payer": one.payer_name, "day": day_text(one.paid_on)}
        paid = _("dibayar %(payer)s pada %(day)s, terlambat.") if one.late else _("dibayar %(payer)s pada %(day)s.")
        return f"{paid % told} {_gives(one)}"
    if one.kind in ("ditagih", "mendatang"):
        due = _("belum dibayar, jatuh tempo %(day)s.") % {"day": day_text(one.due_on)}
        return due if one.kind == "ditagih" else _("belum tiba.")
    return f"{_('belum dibayar, jatuh tempo %(day)s.') % {'day': day_text(one.due_on)}} {_gives(one)}"


def _gives(one: StripMonth) -> str:
    """Say what cover gave at the end of the month, in amounts of the law."""
    told = {"jkm": money(one.jkm), "settled": money(one.jkm_settled), "jkk": money(one.jkk)}
    if one.cover in ("belum", "berakhir"):
        return _("Belum ada perlindungan.") if one.cover == "belum" else _("Kepesertaan berakhir.")
    if one.cover == "gugur":
        return _("Hak gugur karena terlalu lama menunggak.")
    if one.cover.startswith("menunggak") and one.jkm == one.jkm_settled:
        return _("Menunggak; bila meninggal: %(jkm)s.") % told
    if one.cover.startswith("menunggak"):
        return _("Bila meninggal: %(jkm)s sekarang, seluruhnya %(settled)s setelah tunggakan dilunasi.") % told
    if one.cover == "masa_tunggu":
        return _("Bila meninggal: %(jkm)s (masa tunggu); karena kecelakaan kerja %(jkk)s.") % told
    return _("Bila meninggal: %(jkm)s; karena kecelakaan kerja %(jkk)s.") % told


@dataclass(frozen=True)
class Life:
    """What the summed strip needs of members who share paid months: month by month when it was paid."""

    paid: Mapping[Month, date]
    issued_on: date | None
    ended_on: date | None
    full_from: date | None
    lapsed_on: date | None


def kind_of(life: Life, month: Month, on: date) -> str:
    """Give the pattern of one month as it is known on the day: a key of KEYS."""
    paid_on = life.paid.get(month)
    if paid_on is not None and paid_on <= on:
        late = paid_on > contribution_due(month)
        if life.full_from is None or month.first_day < life.full_from:
            return "late_waiting" if late else "waiting"
        return "late" if late else "paid"
    if not _owed(life, month, on):
        return "none"
    return "lapsed" if life.lapsed_on is not None and month.last_day >= life.lapsed_on else "unpaid"


def _owed(life: Life, month: Month, on: date) -> bool:
    """Say whether the month was to be paid by the day: cover had begun, it had not ended, the due date is over."""
    if life.issued_on is None or not life.paid or month < min(life.paid):
        return False
    if life.ended_on is not None and month.first_day > life.ended_on:
        return False
    return on > contribution_due(month)


@dataclass(frozen=True)
class SummedMonth:
    """One month of a programme: how many members have each pattern, the most telling first."""

    month: date
    counts: tuple[tuple[str, int], ...]
    paid: int
    members: int

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Give the parts for a drawn bar, each in the pattern of the strip."""
        return self.counts

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
    paid = sum(counts[kind] for kind in ("paid", "waiting", "late", "late_waiting"))
    return SummedMonth(month.first_day, tuple(counts.items()), paid, sum(counts.values()))
