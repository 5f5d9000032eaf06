"""Where somebody's cover stands on a day, from the months that were paid and when: for one person, and for a table.

How months count (our reading, marked `assumed` in the rules that use the figures):

- Cover begins when the number is issued, but not before the first paid month. That month is month 1.
- A month is unpaid from the day after its due date (the 15th, or the next working day) until it is paid.
- `bulan_menunggak` is the longest run of unpaid months on the day.
- When a run grows longer than the limit (3) on a due date the cover lapses. It comes back, with month 1 again, when a
  month not earlier than the lapse is paid, at the first such payment; paying old months afterwards neither brings it
  back nor begins it anew.
- The state itself (belum, masa_tunggu, penuh, menunggak_1 ... gugur) is the law's rule `status_kepesertaan`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import Month
from lopo.law import LAW
from lopo.law.cases import CoverFacts
from lopo.law.deadlines import contribution_due, dated

FAR = date.max


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A contribution month and the day on which it was paid."""

    month: Month
    paid_on: date


@dataclass(frozen=True, slots=True)
class Cover:
    """How cover stands on a day: its state, its first month, the unpaid months, and since when it has lapsed."""

    state: str
    first_month: Month | None
    bulan_kepesertaan: int
    bulan_menunggak: int
    unpaid: tuple[Month, ...]
    lapsed_on: date | None


@dataclass(frozen=True, slots=True)
class _Arrears:
    """The unpaid months and the longest run of them."""

    months: tuple[Month, ...]
    run: int


NO_ARREARS = _Arrears((), 0)


def last_due(day: date) -> Month:
    """The last month whose due date is over on the day."""
    month = Month.of(day)
    return month if day > contribution_due(month) else month.plus(-1)


def arrears_limit(day: date) -> int:
    """How many unpaid months in a row leave the rights in place on the day (3)."""
    _, _, months = dated("batas_menunggak_bulan", day)
    return months


def cover_on(day: date, paid: Iterable[PaidMonth], number_issued_on: date | None) -> Cover:
    """The cover of one person on the day; payments after the day are not yet known."""
    known: dict[Month, date] = {}
    for payment in paid:
        if payment.paid_on <= day:
            known[payment.month] = min(payment.paid_on, known.get(payment.month, FAR))
    if not known or number_issued_on is None:
        return _cover(day, False, None, NO_ARREARS, None)
    lapse = _last_lapse(known, day)
    if lapse is None:
        start = min(known)
        begins = max(number_issued_on, start.first_day)
        return _running(day, known, start, begins)
    lapsed_on = contribution_due(lapse)
    back = [(month, paid_on) for month, paid_on in known.items() if month >= lapse and paid_on > lapsed_on]
    begins, start = min(((max(paid_on, month.first_day), month) for month, paid_on in back), default=(FAR, lapse))
    if begins <= day:
        return _running(day, known, start, begins)
    arrears = _arrears(known, min(known), day)
    lost = _Arrears(arrears.months, max(arrears.run, arrears_limit(day) + 1))
    return _cover(day, number_issued_on <= day, None, lost, lapsed_on)


def _running(day: date, known: Mapping[Month, date], start: Month, begins: date) -> Cover:
    if begins > day:
        return _cover(day, False, None, NO_ARREARS, None)
    return _cover(day, True, Month.of(begins), _arrears(known, start, day), None)


def _cover(day: date, begun: bool, first: Month | None, arrears: _Arrears, lapsed_on: date | None) -> Cover:
    count = Month.of(day).minus(first) + 1 if first is not None else 0
    facts = CoverFacts(begun, count, arrears.run, arrears.run == 0).facts()
    state = LAW.decide("status_kepesertaan", facts, day).values["status_kepesertaan"]
    return Cover(str(state), first, count, arrears.run, arrears.months, lapsed_on)


def _arrears(known: Mapping[Month, date], start: Month, day: date) -> _Arrears:
    months = tuple(month for month in start.through(last_due(day)) if month not in known)
    return _Arrears(months, _longest_run(months))


def _longest_run(months: tuple[Month, ...]) -> int:
    longest = run = 0
    previous: Month | None = None
    for month in months:
        run = run + 1 if previous is not None and previous.next() == month else 1
        longest = max(longest, run)
        previous = month
    return longest


def _last_lapse(known: Mapping[Month, date], day: date) -> Month | None:
    """The last month on whose due date more than the limit of months in a row were unpaid."""
    start, found = min(known), None
    for month in start.plus(arrears_limit(day)).through(last_due(day)):
        due = contribution_due(month)
        window = (month.plus(-back) for back in range(arrears_limit(day) + 1))
        if all(known.get(earlier, FAR) > due for earlier in window):
            found = month
    return found


def cover_facts(event: date, judged_on: date, paid: Iterable[PaidMonth], number_issued_on: date | None) -> CoverFacts:
    """What a benefit rule asks: cover as it stood at the event, and whether arrears were paid by the judging day."""
    payments = tuple(paid)
    cover = cover_on(event, payments, number_issued_on)
    settled = {payment.month for payment in payments if payment.paid_on <= judged_on}
    return CoverFacts(
        nomor_terbit=cover.state != "belum",
        bulan_kepesertaan=cover.bulan_kepesertaan,
        bulan_menunggak=cover.bulan_menunggak,
        tunggakan_lunas=all(month in settled for month in cover.unpaid),
    )
