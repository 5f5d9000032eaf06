"""Reads what a takeover would do: for whom, from which month, at what cost, with which cover, and what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef

from lopo.basics.calendar import Month
from lopo.basics.money import rupiah_text
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership, PaidMonth
from lopo.coverage.queries.cover import payments_of
from lopo.financing.models import Budget
from lopo.financing.queries.exposure import facts_of, worth
from lopo.financing.queries.later_years import LaterYear, later_years
from lopo.financing.queries.successors import Successor, standings, successor
from lopo.law.cover import PaidMonth as Paid
from lopo.law.cover import arrears_limit, cover_on
from lopo.law.deadlines import contribution_due
from lopo.people.models import Person
from lopo.staff.queries import within
from lopo.targeting.models import Decree, DecreeName, Programme
from lopo.targeting.queries.programmes import basis_state, touches

_DAY: Final = timedelta(days=1)
_MEMBER: Final = ("diterima", "terdaftar")
_HELD: Final = ("ditetapkan", "pengganti")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold: whether it does, and the refusal where it does not."""

    ok: bool
    refusal: Refused

    @property
    def code(self) -> str:
        """Give the code of the refusal, by which pages name the check."""
        return self.refusal.code


@dataclass(frozen=True, slots=True)
class Start:
    """If `month` is the first month that the new payer pays, in time: the day after, by state of cover, and a death.

    `between` are the months before it that nobody pays; `jkm` is the least and the most that a death would pay.
    """

    month: Month
    between: int
    day: date
    states: tuple[tuple[str, int], ...]
    jkm: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a takeover would do: people, the first month, the money of each year, the cover, what stands in it."""

    people: int
    lapsed: int
    first: Month
    gap: int
    money: Successor | None
    cost: int
    starts: tuple[Start, ...]
    checks: tuple[Check, ...]
    later: tuple[LaterYear, ...]

    @property
    def stands_against(self) -> Check | None:
        """Give the first check that does not hold, None where the takeover may go on."""
        return next((one for one in self.checks if not one.ok), None)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom a set decree can take over: from which programme into which, and the persons."""

    from_id: int
    to_id: int
    persons: tuple[int, ...]


def origin_of(decree_id: int) -> Origin | None:
    """Give whom a decree names who are registered members elsewhere and not yet here, None for nobody. Two queries.

    Where several programmes know them it is the one that pays longest.
    """
    to_id = Decree.objects.filter(pk=decree_id).values_list("programme_id", flat=True).first()
    if to_id is None:
        return None
    there = Membership.objects.filter(
        ~Exists(Membership.objects.filter(person_id=OuterRef("person_id"), programme_id=to_id)),
        person__decree_names__decree_id=decree_id, person__decree_names__status__in=_HELD,
        state=Membership.State.TERDAFTAR,
    )  # fmt: skip
    rows = list(there.order_by("-programme__last_month", "person_id").values_list("programme_id", "person_id"))
    if not rows:
        return None
    from_id = rows[0][0]
    return Origin(from_id, to_id, tuple(person for programme, person in rows if programme == from_id))


@dataclass(frozen=True, slots=True)
class TakingDecree:
    """A decree of another programme that names members of this one: how many, and how many it has taken over."""

    id: int
    number: str
    state: str
    programme_id: int
    programme_name: str
    area_code: str
    people: int
    taken: int


_TAKING: Final = """
SELECT d.id, d.number, d.state, p.id, p.name, p.area_code, count(*), count(b.id)
  FROM targeting_decree d JOIN targeting_programme p ON p.id = d.programme_id
  JOIN targeting_decreename n ON n.decree_id = d.id AND n.status IN ('ditetapkan', 'pengganti')
  JOIN coverage_membership m ON m.person_id = n.person_id AND m.programme_id = %(from)s
  LEFT JOIN coverage_membership b ON b.person_id = n.person_id AND b.programme_id = d.programme_id
 WHERE d.programme_id <> %(from)s AND p.last_month >= %(month)s GROUP BY 1, 4 ORDER BY 1 DESC
"""


def taking_decrees(from_id: int, month: Month, *, areas: tuple[str, ...]) -> tuple[TakingDecree, ...]:
    """Give the decrees by which others take over members of a programme from the month on, the newest first. One query.

    Only of programmes that touch the officer's areas.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKING, {"from": from_id, "month": month.first_day})
        rows = [TakingDecree(*row) for row in cursor.fetchall()]
    return tuple(one for one in rows if touches(one.area_code, areas))


def takeover_preview(
    from_id: int, to_id: int, persons: Sequence[int], *, on: date, named: bool = False
) -> Preview:  # fmt: skip
    """Give what a takeover of these persons would do on the day. At most thirteen queries.

    `named` says that a decree of the new programme names them already. Refused: two programmes that are not there.
    """
    found = Programme.objects.in_bulk([from_id, to_id])
    if len(found) != 2:
        raise Refused("program_tidak_ada", "Pilih dua program yang berbeda: yang berakhir dan yang meneruskan.")
    old, new = found[from_id], found[to_id]
    after = Month.of(old.last_month).next()
    first = max(Month.of(new.first_month), after)
    money = _money(new, first)
    patterns = _patterns(from_id, persons)
    starts = _starts(patterns, first, after, on, new.monthly_income)
    gone = sum(count for cover, count in _today(patterns, on) if cover == "gugur")
    cost = money.each * len(persons) if money else 0
    checks = (
        Check(bool(persons), Refused("tidak_ada_yang_dipilih", "Belum ada orang yang dipilih.")),
        _running(new), _basis(new, on), _longer(old, new), _places(money, new, len(persons), named=named),
        _territory(new, persons), _once(new, persons, first, named=named), _affordable(money, new, first, cost),
    )  # fmt: skip
    later = () if money is None else later_years(
        new, payer_code=money.payer_code, payer_kind=money.kind, first=first, people=len(persons)
    )  # fmt: skip
    return Preview(len(persons), gone, first, first.minus(after), money, cost, starts, checks, later)


def _money(new: Programme, first: Month) -> Successor | None:
    """Give the budget line that carries most of the new programme in the year of the month."""
    lines = Budget.objects.filter(programme=new, year=first.year).select_related("payer", "programme")
    standing = standings({new.id}, first.year)[new.id]
    return max((successor(one, standing, first) for one in lines), key=lambda one: one.could_take, default=None)


_Patterns = list[tuple[str, date | None, int]]


def _patterns(from_id: int, persons: Sequence[int]) -> _Patterns:
    rows = Membership.objects.filter(programme_id=from_id, person_id__in=persons).order_by()
    grouped = rows.values_list("history__months", "number_issued_on").annotate(n=Count("id"))
    return [(months or "", issued, count) for months, issued, count in grouped]


def _today(patterns: _Patterns, on: date) -> list[tuple[str, int]]:
    return [(cover_on(on, payments_of(months), issued).state, count) for months, issued, count in patterns]


def _starts(patterns: _Patterns, first: Month, after: Month, on: date, income: int) -> tuple[Start, ...]:
    """Give how cover would stand with each first month: without a gap, and one month later each, until all is lost."""
    last = first.plus(arrears_limit(on) + 1)
    return tuple(_start(patterns, month, after, on, income) for month in first.through(last)) if patterns else ()


def _start(patterns: _Patterns, month: Month, after: Month, on: date, income: int) -> Start:
    paid_on = max(contribution_due(month), on)
    states: Counter[str] = Counter()
    sums: set[int] = set()
    for months, issued, count in patterns:
        before = payments_of(months)
        known = {one.month for one in before}
        kept = [Paid(one, contribution_due(one)) for one in Month.of(on).through(after.plus(-1))
                if known and one not in known]  # fmt: skip
        cover = cover_on(paid_on + _DAY, [*before, *kept, Paid(month, paid_on)], issued)
        states[cover.state] += count
        sums.add(worth(facts_of(cover), income, paid_on + _DAY).jkm)
    return Start(month, month.minus(after), paid_on + _DAY, tuple(states.most_common()), (min(sums), max(sums)))


def _running(new: Programme) -> Check:
    wrong = Refused("program_belum_disetujui", f"Program {new.name} belum disetujui pejabat lain atau sudah ditutup.")
    return Check(new.state == Programme.State.BERJALAN, wrong)


def _basis(new: Programme, on: date) -> Check:
    state = basis_state(new.legal_basis, new.basis_dated, new.basis_until, on)
    wrong = Refused(
        "dasar_hukum_belum_ada",
        f"Dasar hukum {new.name} belum ada atau tidak berlaku hari ini; tanpa itu iurannya tidak dapat ditagih.",
    )
    return Check(state not in ("tidak_ada", "belum_berlaku", "habis"), wrong)


def _longer(old: Programme, new: Programme) -> Check:
    wrong = Refused("penerus_berakhir_dahulu", f"{new.name} tidak berjalan lebih lama daripada {old.name}.")
    return Check(new.last_month > old.last_month, wrong)


def _places(money: Successor | None, new: Programme, people: int, *, named: bool) -> Check:
    free = money.free_places if money else new.places
    wrong = Refused("tempat_kurang", f"{new.name} tinggal mempunyai {free} tempat.")
    return Check(named or people <= free, wrong)


def _territory(new: Programme, persons: Sequence[int]) -> Check:
    places = Person.objects.filter(pk__in=persons).values_list("area_code").annotate(n=Count("id")).order_by()
    strangers = sum(count for area, count in places if not within(area, (new.area_code,)))
    wrong = Refused("di_luar_wilayah", f"{strangers} orang tinggal di luar wilayah {new.name}.")
    return Check(not strangers, wrong)


def _once(new: Programme, persons: Sequence[int], first: Month, *, named: bool) -> Check:
    """Nobody is paid for twice: neither named or a member there, nor paid for from the month on by anybody."""
    here = Membership.objects.filter(programme=new, person_id__in=persons, state__in=_MEMBER).count()
    names = DecreeName.objects.filter(decree__programme=new, person_id__in=persons, status__in=_HELD)
    paid = PaidMonth.objects.filter(person_id__in=persons, month__gte=first.first_day)
    people = paid.order_by().values("person_id").distinct().count()
    twice = here + people + (0 if named else names.count())
    wrong = Refused("sudah_dibayar_lain", f"{twice} orang sudah diikutkan atau dibayar mulai {first.text()}.")
    return Check(not twice, wrong)


def _affordable(money: Successor | None, new: Programme, first: Month, cost: int) -> Check:
    if money is None:
        return Check(False, Refused("pagu_belum_ada", f"{new.name} belum mempunyai anggaran tahun {first.year}."))
    room = money.left - money.reserved
    wrong = Refused(
        "pagu_kurang",
        f"Sisa pagu {rupiah_text(max(room, 0))} tidak cukup untuk {rupiah_text(cost)} sampai akhir tahun.",
    )
    return Check(cost <= room, wrong)
