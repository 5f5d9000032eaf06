"""Reads the exposure calendar: each coming day who stands where, what a death would pay, and what paying changes.

Members who share a pattern share a fate, and a fate changes on few days only: with a month, after a due day, on a
payment, a number, an end, or with the law. So the law is asked for each pattern on each of its own days of change,
never for each day and never for each person. Sums are what would be paid if each of the members died that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeVar

from lopo.basics.calendar import Month, Period
from lopo.basics.refusal import Refused
from lopo.coverage.queries import ARREARS, cover_patterns
from lopo.coverage.queries.cover import ENDED, member_cover, payments_of
from lopo.financing.queries.exposure import ExposureRow, Worth, facts_of, rows_of, worth
from lopo.law import editions
from lopo.law.cover import last_due
from lopo.law.deadlines import contribution_due
from lopo.targeting.models import Programme

LAPSED: Final = "gugur"
_NOTHING: Final = Worth(0, 0, 0, 0)
_DAY: Final = timedelta(days=1)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Fate:
    """Members who share paid months (`2025-07=2025-07-14 ...`), the day of their number and their end."""

    months: str
    number_issued_on: date | None
    ended_on: date | None
    members: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A payment to come: on the day, everything owed for the months up to `through` is paid for everybody."""

    paid_on: date
    through: Month


@dataclass(frozen=True, slots=True)
class Move:
    """Members whose state or amounts change on a day, and by how much one death then pays more (or less) than before.

    `jkm` and `jkk` (by work) count what is paid at once, the `settled` ones what is paid once arrears are paid.
    """

    before: str
    after: str
    members: int
    jkm: int
    jkm_settled: int
    jkk: int
    jkk_settled: int

    @property
    def loses(self) -> bool:
        """Whether a family is worse off than the day before."""
        return min(self.jkm, self.jkm_settled, self.jkk, self.jkk_settled) < 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both included, on which nothing changes: the exposure of each of them, and what changed on the first."""

    first: date
    last: date
    rows: tuple[ExposureRow, ...]
    ended: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The stretches of a span of days, in order and without a gap, under a plan (None: nothing more is paid)."""

    plan: Plan | None
    stretches: tuple[Stretch, ...]

    def on(self, day: date) -> Stretch:
        """Give the stretch in which a day lies; LookupError outside of the span."""
        for stretch in self.stretches:
            if stretch.first <= day <= stretch.last:
                return stretch
        raise LookupError(f"{day} is outside of the calendar")

    def last_day_in_time(self, since: date = date.min) -> date | None:
        """Give the last day from `since` before somebody more falls into arrears: paid until then, nothing waits."""
        return self._before(ARREARS, since)

    def last_saving_day(self, since: date = date.min) -> date | None:
        """Give the last day from `since` before somebody more lapses: paid until then, every right is saved."""
        return self._before((LAPSED,), since)

    def _before(self, states: Sequence[str], since: date) -> date | None:
        for stretch in self.stretches[1:]:
            if stretch.first > since and any(
                move.after in states and move.before not in states for move in stretch.moves
            ):
                return stretch.first - _DAY
        return None


@dataclass(frozen=True, slots=True)
class Difference:
    """Days on which a plan changes something: how many members, and what their deaths would pay more, in sum."""

    first: date
    last: date
    people: int
    jkm: int
    jkm_settled: int
    jkk: int
    jkk_settled: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A programme's coming days if nothing more is paid, if the plan is kept, and what lies between the two."""

    nothing: Calendar
    planned: Calendar | None
    differences: tuple[Difference, ...]


def outlook(programme_id: int, *, span: Period, areas: tuple[str, ...], plan: Plan | None = None) -> Outlook:
    """Give the calendar of a programme, and beside it that of a plan. Three queries.

    Refused: an unknown programme, a span without an end.
    """
    income = Programme.objects.filter(pk=programme_id).values_list("monthly_income", flat=True).first()
    if income is None or span.last is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    patterns = cover_patterns(programme_id, on=span.first, areas=areas)
    fates = [Fate(one.months, one.number_issued_on, one.ended_on, one.members) for one in patterns]
    nothing = calendar_of(fates, income, span)
    if plan is None:
        return Outlook(nothing, None, ())
    return Outlook(nothing, calendar_of(fates, income, span, plan), differences(fates, income, span, plan))


def calendar_of(fates: Iterable[Fate], income: int, span: Period, plan: Plan | None = None) -> Calendar:
    """Give the stretches of the span for members with these fates. No query."""
    found = _sweep(((one.members, _states(kept(one, plan), income, span)) for one in fates), span)
    return Calendar(plan, tuple(_stretch(*told) for told in found))


def differences(fates: Iterable[Fate], income: int, span: Period, plan: Plan) -> tuple[Difference, ...]:
    """Give the days of the span on which the plan changes what members or their families get. No query."""
    pairs = ((one.members, _pairs(one, income, span, plan)) for one in fates)
    found = (_difference(first, last, standing) for first, last, standing, _moves in _sweep(pairs, span))
    return tuple(one for one in found if one.people)


def kept(fate: Fate, plan: Plan | None) -> Fate:
    """Give the fate once the plan is kept: what the law then counts as owed is paid, and what comes until `through`."""
    if plan is None or not fate.months:
        return fate
    day = plan.paid_on
    owed = member_cover(fate.months, fate.number_issued_on, fate.ended_on, day).cover.unpaid
    known = {one.month: one.paid_on for one in payments_of(fate.months)}
    coming = last_due(day).next().through(plan.through)
    for month in (*(one for one in owed if one <= plan.through), *(one for one in coming if one >= min(known))):
        known[month] = min(day, known.get(month, day))
    months = " ".join(f"{month}={paid_on}" for month, paid_on in sorted(known.items()))
    return Fate(months, fate.number_issued_on, fate.ended_on, fate.members)


_Standing = tuple[str, Worth]
_Steps = Sequence[tuple[date, Key]]
"""What holds from each day on."""


def _states(fate: Fate, income: int, span: Period) -> _Steps[_Standing]:
    return [(day, _standing(fate, income, day)) for day in _days(fate, span)]


def _standing(fate: Fate, income: int, day: date) -> _Standing:
    found = member_cover(fate.months, fate.number_issued_on, fate.ended_on, day)
    return found.state, _NOTHING if found.state == ENDED else worth(facts_of(found.cover), income, day)


def _pairs(fate: Fate, income: int, span: Period, plan: Plan) -> _Steps[tuple[_Standing, _Standing]]:
    planned = kept(fate, plan)
    days = sorted({*_days(fate, span), *_days(planned, span)})
    return [(day, (_standing(fate, income, day), _standing(planned, income, day))) for day in days]


def _days(fate: Fate, span: Period) -> list[date]:
    """Give the days of the span on which something may change for a fate, its first day included."""
    last = span.last or date.max
    own = {one.paid_on for one in payments_of(fate.months)}
    own.update(day for day in (fate.number_issued_on,) if day is not None)
    own.update(day + _DAY for day in (fate.ended_on,) if day is not None)
    common = _common_days(Month.of(span.first), Month.of(last))
    return [span.first, *sorted(day for day in {*own, *common} if span.first < day <= last)]


def _common_days(first: Month, last: Month) -> set[date]:
    """Give the first day of each month, the day after each due day, and the days on which the law changes."""
    months = list(first.plus(-1).through(last))
    law = {edition.first for edition in editions()}
    return {month.first_day for month in months} | {contribution_due(month) + _DAY for month in months} | law


_Told = tuple[date, date, dict[Key, int], dict[tuple[Key, Key], int]]


def _sweep(steps: Iterable[tuple[int, _Steps[Key]]], span: Period) -> Iterator[_Told[Key]]:
    """Walk over the days of change: first and last day of a stretch, members by key, and who moved on its first day."""
    moves: dict[date, dict[tuple[Key, Key], int]] = defaultdict(lambda: defaultdict(int))
    standing: dict[Key, int] = defaultdict(int)
    for members, path in steps:
        standing[path[0][1]] += members
        for (_, before), (day, after) in pairwise(path):
            if before != after:
                moves[day][before, after] += members
    days = [span.first, *sorted(moves)]
    for day, until in pairwise([*days, (span.last or date.max - _DAY) + _DAY]):
        for (before, after), members in moves.get(day, {}).items():
            standing[before] -= members
            standing[after] += members
        yield (
            day,
            until - _DAY,
            {key: members for key, members in standing.items() if members},
            dict(moves.get(day, {})),
        )


def _stretch(
    first: date, last: date, standing: dict[_Standing, int], moved: dict[tuple[_Standing, _Standing], int]
) -> Stretch:
    rows = rows_of((state, each, members) for (state, each), members in standing.items())
    ended = sum(members for (state, _), members in standing.items() if state == ENDED)
    moves = (_move(before, after, members) for (before, after), members in sorted(moved.items(), key=_order))
    return Stretch(first, last, rows, ended, tuple(moves))


def _order(one: tuple[tuple[_Standing, _Standing], int]) -> tuple[int, str, str]:
    """The most members first."""
    (before, after), members = one
    return -members, before[0], after[0]


def _move(before: _Standing, after: _Standing, members: int) -> Move:
    (was, old), (now, new) = before, after
    more = _more(old, new)
    return Move(was, now, members, more.jkm, more.jkm_settled, more.jkk, more.jkk_settled)


def _more(old: Worth, new: Worth) -> Worth:
    return Worth(
        new.jkm - old.jkm, new.jkm_settled - old.jkm_settled, new.jkk - old.jkk, new.jkk_settled - old.jkk_settled
    )


def _difference(first: date, last: date, standing: dict[tuple[_Standing, _Standing], int]) -> Difference:
    more = [(members, _more(old[1], new[1])) for (old, new), members in standing.items() if old[1] != new[1]]
    return Difference(
        first,
        last,
        sum(members for members, _ in more),
        sum(members * one.jkm for members, one in more),
        sum(members * one.jkm_settled for members, one in more),
        sum(members * one.jkk for members, one in more),
        sum(members * one.jkk_settled for members, one in more),
    )
