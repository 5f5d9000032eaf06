"""Reads one member's own cover in the order in which he asks: until when, what it gives today and why, who paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from lopo.basics.calendar import Month
from lopo.coverage.queries import MemberCover, MembershipRow, memberships_of
from lopo.coverage.queries.cover import cover_of
from lopo.financing.queries.exposure import Worth, facts_of, worth
from lopo.financing.queries.strip import StripMonth, strip
from lopo.law import decide
from lopo.law.cases import CoverFacts, JkkFacts, JkmFacts
from lopo.law.cover import arrears_limit
from lopo.law.deadlines import contribution_due
from lopo.law.decision import Decision, Step
from lopo.people import families, queries
from lopo.targeting.queries import programme_row

DEATH: Final = "jkm_total"
DEATH_AT_WORK: Final = "jkk_meninggal_total"
_DEATH_PARTS: Final = ("jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman")
_WORK_PARTS: Final = ("jkk_santunan_kematian", "jkk_santunan_berkala", "jkk_biaya_pemakaman")
_NO_CARE: Final = ("belum", "gugur", "berakhir")
_NO_COVER: Final = CoverFacts(nomor_terbit=False, bulan_kepesertaan=0, bulan_menunggak=0, tunggakan_lunas=True)


@dataclass(frozen=True, slots=True)
class PayerTime:
    """One payer and the months that he paid in a row."""

    name: str
    first: Month
    last: Month


@dataclass(frozen=True, slots=True)
class OwnCover:
    """What one member sees of himself on a day; nothing of anybody else.

    `paid_until` is the last paid month, `lapses_on` the day after which the rights are lost if nobody pays any more,
    None where they never began, have lapsed or ended. `death` and `at_work` are the law's answers as if it happened
    today, `settled` the sums once the arrears are paid. `care` says that treatment after a work accident is guaranteed.
    """

    person_id: int
    membership_id: int
    name: str
    area_code: str
    kpj: str
    programme: str
    on: date
    cover: MemberCover
    state: str
    paid_until: Month | None
    lapses_on: date | None
    care: bool
    death: Decision
    at_work: Decision
    settled: Worth
    months: tuple[StripMonth, ...]
    payers: tuple[PayerTime, ...]

    @property
    def death_parts(self) -> tuple[Step, ...]:
        """What a death that is no work accident pays today, part by part."""
        return tuple(self.death.step(name) for name in _DEATH_PARTS)

    @property
    def work_parts(self) -> tuple[Step, ...]:
        """What a death by work pays today, part by part."""
        return tuple(self.at_work.step(name) for name in _WORK_PARTS)


def own_cover(person_id: int, *, on: date) -> OwnCover | None:
    """Give the cover of a person with all his numbers on the day, None for somebody who is no member.

    Nine queries for a person of one number and one programme.
    """
    numbers = families.numbers_of(person_id)
    known = queries.persons(numbers)
    members = tuple(chain.from_iterable(memberships_of(one, on=on) for one in numbers))
    main = _main(members)
    person = known.get(main.person_id) if main is not None else None
    programme = programme_row(main.programme_id) if main is not None else None
    cover = cover_of(main.id, on=on) if main is not None else None
    if main is None or person is None or programme is None or cover is None:
        return None
    months = _told(tuple(chain.from_iterable(strip(one, on=on) for one in numbers)))
    paid = [one.month for one in months if one.paid_on is not None]
    facts = _NO_COVER if cover.state == "berakhir" else facts_of(cover.cover)
    at_work = JkkFacts(facts, True, programme.monthly_income, tanggal_kejadian=on, tanggal_klaim=on)
    return OwnCover(
        person.id, main.id, person.name, person.area_code, main.kpj or "", main.programme_name, on, cover, cover.state,
        max(paid, default=None), _lapses_on(cover, paid, on), cover.state not in _NO_CARE,
        decide(DEATH, JkmFacts(facts, kecelakaan_kerja=False).facts(), on),
        decide(DEATH_AT_WORK, at_work.facts(), on),
        worth(facts, programme.monthly_income, on),
        months, _payers(months),
    )  # fmt: skip


def _main(members: Sequence[MembershipRow]) -> MembershipRow | None:
    """Give the membership that tells: a numbered one that has not ended before any other, the latest first."""
    told = [one for one in members if one.kpj]
    return next((one for one in told if one.ended_on is None), next(iter(told), None))


def _told(months: tuple[StripMonth, ...]) -> tuple[StripMonth, ...]:
    """Give each month once, by number: of two numbers of a person the paid month tells."""
    found: dict[Month, StripMonth] = {}
    for one in sorted(months, key=lambda month: month.paid_on is not None):
        found[one.month] = one
    return tuple(found[month] for month in sorted(found))


def _lapses_on(cover: MemberCover, paid: Sequence[Month], on: date) -> date | None:
    if not paid or cover.state in _NO_CARE:
        return None
    return contribution_due(max(paid).plus(arrears_limit(on) + 1))


def _payers(months: Sequence[StripMonth]) -> tuple[PayerTime, ...]:
    """Give who paid, in the order of the months; months in a row by one payer are one line."""
    found: list[PayerTime] = []
    for one in months:
        if one.paid_on is None:
            continue
        before = found[-1] if found else None
        if before is not None and before.name == one.payer_name and before.last.next() == one.month:
            found[-1] = PayerTime(before.name, before.first, one.month)
        else:
            found.append(PayerTime(one.payer_name, one.month, one.month))
    return tuple(found)
