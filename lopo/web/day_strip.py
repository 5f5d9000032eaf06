"""The strip of days: a month as stretches of days, by height how many stand where, by letters and pattern as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lopo.basics.calendar import Month
from lopo.coverage.queries import ARREARS
from lopo.financing.queries import Calendar, ExposureRow, Stretch
from lopo.web.cells import day_text, money, number_text
from lopo.web.words import mark_of

LETTERS: Final = {
    "penuh": "P", "masa_tunggu": "T", "menunggak_1": "1", "menunggak_2": "2", "menunggak_3": "3", "gugur": "×",
    "belum": "B", "berakhir": "–",
}  # fmt: skip
_FILLS: Final = {
    "penuh": "paid", "masa_tunggu": "waiting", "menunggak_1": "unpaid", "menunggak_2": "unpaid",
    "menunggak_3": "unpaid", "gugur": "lapsed", "belum": "none", "berakhir": "none",
}  # fmt: skip
KEYS: Final[tuple[tuple[str, str, str | Promise], ...]] = (
    ("paid", "P", gettext_lazy("perlindungan penuh")),
    ("waiting", "T", gettext_lazy("masa tunggu santunan kematian")),
    ("unpaid", "1 2 3", gettext_lazy("menunggak 1, 2 atau 3 bulan: uang tunai ditahan")),
    ("lapsed", "×", gettext_lazy("gugur: tidak ada hak lagi")),
    ("none", "B –", gettext_lazy("belum berlaku, atau kepesertaan berakhir")),
)
"""The legend: pattern, letters, words."""
_LETTERS_SHOWN, _SHARE_SHOWN = 3, 50


@dataclass(frozen=True)
class Segment:
    """Some days of a month on which nothing changes: the members by state, and the words for each state."""

    first: date
    last: date
    counts: tuple[tuple[str, int], ...]
    says: tuple[str, ...]

    @property
    def days(self) -> str:
        """Give the days as `1 - 15 Okt 2025`."""
        if self.first == self.last:
            return day_text(self.first)
        return f"{self.first.day} – {day_text(self.last)}"

    @property
    def letters(self) -> str:
        """Give the letters of the states, the most members first; less than one in fifty is left to the words."""
        total = sum(members for _state, members in self.counts)
        by_size = sorted((one for one in self.counts if one[1] * _SHARE_SHOWN > total), key=lambda one: -one[1])
        return "".join(LETTERS[state] for state, _members in by_size[:_LETTERS_SHOWN])


@dataclass(frozen=True)
class MonthDays:
    """One month of the calendar as segments, and in a few words how it ends."""

    month: date
    segments: tuple[Segment, ...]
    ends: str
    fine: bool

    @property
    def picture(self) -> SafeString:
        """Draw the month; the words beside it say the same."""
        return _drawn(self.segments)


def months_of(calendar: Calendar) -> tuple[MonthDays, ...]:
    """Cut the stretches of a calendar by months."""
    first, last = calendar.stretches[0].first, calendar.stretches[-1].last
    return tuple(_month(month, calendar.stretches) for month in Month.of(first).through(Month.of(last)))


def _month(month: Month, stretches: Sequence[Stretch]) -> MonthDays:
    here = [one for one in stretches if one.first <= month.last_day and one.last >= month.first_day]
    segments = tuple(_segment(one, month) for one in here)
    bad = sum(count for state, count in segments[-1].counts if state in ARREARS)
    lapsed = dict(segments[-1].counts).get("gugur", 0)
    told = {"n": number_text(bad - lapsed), "lapsed": number_text(lapsed)}
    if not bad:
        return MonthDays(month.first_day, segments, _("tanpa tunggakan"), fine=True)
    ends = _("%(n)s menunggak") if not lapsed else _("%(lapsed)s gugur") if bad == lapsed else _(
        "%(n)s menunggak, %(lapsed)s gugur"
    )  # fmt: skip
    return MonthDays(month.first_day, segments, ends % told, fine=False)


def _segment(stretch: Stretch, month: Month) -> Segment:
    counts = tuple((row.state, row.members) for row in stretch.rows)
    ended = (("berakhir", stretch.ended),) if stretch.ended else ()
    says = tuple(_says(row) for row in stretch.rows)
    first, last = max(stretch.first, month.first_day), min(stretch.last, month.last_day)
    return Segment(first, last, counts + ended, says)


def _says(row: ExposureRow) -> str:
    """Say what a death and an accident at work of these members pay, each, and what waits for all of them."""
    who = _("%(n)s orang %(state)s") % {"n": number_text(row.members), "state": mark_of(row.state).word}
    each = " / ".join(money(amount) for amount in row.jkm_each)
    told = {"who": who, "each": each, "work": money(row.jkk // row.members)}
    if row.state == "belum":
        return _("%(who)s: belum ada perlindungan.") % told
    if row.state == "gugur":
        return _("%(who)s: tidak ada yang dibayar, baik karena sakit maupun karena kecelakaan kerja.") % told
    if row.state not in ARREARS:
        return _("%(who)s: meninggal membayar %(each)s seorang, karena kecelakaan kerja %(work)s.") % told
    says = [_("%(who)s: meninggal membayar %(each)s seorang; perawatan kecelakaan kerja tetap dijamin.") % told]
    if waits := row.jkm_settled - row.jkm:
        says.append(_("Santunan kematian %(all)s bagi semuanya menunggu tunggakan lunas.") % {"all": money(waits)})
    if waits := row.jkk_settled - row.jkk:
        told = {"all": money(waits)}
        says.append(_("Uang tunai kecelakaan kerja %(all)s bagi semuanya menunggu tunggakan lunas.") % told)
    return " ".join(says)


def _drawn(segments: Sequence[Segment]) -> SafeString:
    """Draw days from left to right and members by height; a line and letters stand where the letters change."""
    start, days = segments[0].first.day, segments[-1].last.day - segments[0].first.day + 1
    shapes, letters, lines = [], [], []
    for one in segments:
        x, width = _percent(one.first.day - start, days), _percent(one.last.day - one.first.day + 1, days)
        total, above = max(sum(count for _state, count in one.counts), 1), 0
        for state, count in one.counts:
            shapes.append((x, _percent(above, total), width, _percent(count, total), _FILLS[state]))
            above += count
    for same, group in groupby(segments, key=lambda one: one.letters):
        run = list(group)
        first, last = run[0].first.day - start, run[-1].last.day - start + 1
        letters.append((_percent(first + last, 2 * days), same))
        lines.append((_percent(first, days), _percent(first, days)))
    return format_html(
        '<svg class="days" aria-hidden="true" focusable="false">{}{}{}</svg>',
        format_html_join("", '<rect x="{}%" y="{}%" width="{}%" height="{}%" class="fill-{}"/>', shapes),
        format_html_join("", '<line x1="{}%" y1="0" x2="{}%" y2="100%"/>', lines[1:]),
        format_html_join("", '<text x="{}%" y="50%">{}</text>', letters),
    )


def _percent(part: int, total: int) -> str:
    hundredths = part * 10_000 // total
    return f"{hundredths // 100}.{hundredths % 100:02d}"
