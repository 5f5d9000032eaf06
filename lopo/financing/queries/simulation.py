"""Reads what a choice of money, months and people would mean before the decree: its price, its cover, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lopo.basics.calendar import Month
from lopo.basics.refusal import Impossible, Refused
from lopo.financing.queries.price import most_of
from lopo.law import decide
from lopo.law.cases import CoverFacts, JkmFacts
from lopo.law.decision import Decision
from lopo.targeting.queries import Group, ProgrammeRow, accepted_by_kecamatan, groups_of, poor_in, screening_in_force
from lopo.targeting.quotas import BY_POOR, Poor, Quota, Rule, quotas_of

_STATE: Final = "status_kepesertaan"
_PAYS: Final = "jkm_total"
_LONGEST_WAIT: Final = 120


@dataclass(frozen=True, slots=True)
class Variant:
    """One choice: months paid, how places are shared, and people, money (rupiah), or both; at least one of the two."""

    months: int
    rule: Rule
    people: int | None = None
    money: int | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What the paid months give somebody who is new: in how many of them a death pays all.

    `full_from` is the first month that pays all, were every month paid; `waiting` and `full` are what JKM pays in the
    first month and in that one, in rupiah.
    """

    months: int
    full_from: int
    waiting: int
    full: int

    @property
    def full_months(self) -> int:
        """Paid months in which a death pays all."""
        return max(0, self.months - self.full_from + 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a choice means; `planned` places, of them `chosen` verified names, at `per_person` rupiah for all months.

    `beyond_money` are people who were wanted and cannot be paid; `unused` places have no verified name.
    """

    variant: Variant
    per_person: int
    planned: int
    beyond_money: int
    quotas: tuple[Quota, ...]
    protection: Protection

    @property
    def accepted(self) -> int:
        """All verified names."""
        return sum(one.accepted for one in self.quotas)

    @property
    def chosen(self) -> int:
        """Verified names that get a place."""
        return sum(one.places for one in self.quotas)

    @property
    def left_out(self) -> int:
        """Verified names without a place."""
        return self.accepted - self.chosen

    @property
    def unused(self) -> int:
        """Places for which there is no verified name."""
        return self.planned - self.chosen

    @property
    def cost(self) -> int:
        """What the chosen cost, in rupiah."""
        return self.chosen * self.per_person

    @property
    def idle(self) -> int:
        """What stays unspent: of the money where it is stated, else what the unused places would cost."""
        return (self.variant.money if self.variant.money is not None else self.planned * self.per_person) - self.cost


@dataclass(frozen=True, slots=True)
class Simulation:
    """The choices side by side, what they mean for each group, and the poor people that shares rest on."""

    outcomes: tuple[Outcome, ...]
    groups: tuple[Group, ...]
    poor: Poor | None
    to_check: int


def simulate(
    programme: ProgrammeRow,
    variants: Sequence[Variant],
    *,
    payer_kind: str,
    poor: Poor | None = None,
    ranking: Sequence[str] = (),
) -> Simulation | None:
    """Give what each choice would mean for the accepted of the screening in force; None before the first screening.

    Months count from the programme's first. `poor` takes the place of the edition in force and of DTSEN; `ranking` are
    criteria after the decile. Six queries at most.
    A month costs what the dearer sector of work does, where they differ (PP 50/2025).
    Refused: neither people nor money, or numbers of poor people that a rule needs and nobody has.
    """
    screening = screening_in_force(programme.id)
    if screening is None:
        return None
    accepted = accepted_by_kecamatan(programme.id)
    if poor is None and any(one.rule in BY_POOR for one in variants):
        poor = _known(poor_in(programme.id), accepted)
    outcomes = tuple(_outcome(programme, one, payer_kind, accepted, poor) for one in variants)
    groups = groups_of(programme.id, [one.quotas for one in outcomes], ranking)
    return Simulation(outcomes, groups, poor, screening.verdicts.get("perlu_cek", 0))


def protection(first: Month, months: int) -> Protection:
    """Give what paid months in a row give somebody who is new with `first`, month by month by the law. No query."""
    waiting = _new_member(first, 1).amount(_PAYS)
    for nth in range(1, _LONGEST_WAIT + 1):
        decision = _new_member(first, nth)
        if decision[_STATE] == "penuh":
            return Protection(months, nth, waiting, decision.amount(_PAYS))
    raise Impossible(f"no month of {_LONGEST_WAIT} from {first} gives full cover")


def _new_member(first: Month, nth: int) -> Decision:
    cover = CoverFacts(nomor_terbit=True, bulan_kepesertaan=nth, bulan_menunggak=0, tunggakan_lunas=True)
    facts = JkmFacts(cover, kecelakaan_kerja=False).facts()
    return decide((_STATE, _PAYS), facts, first.plus(nth - 1).last_day)


def _known(poor: Poor | None, accepted: dict[str, int]) -> Poor | None:
    """Say 0 for a kecamatan of which the register names nobody; nothing where there is no register."""
    return poor and Poor(dict.fromkeys(accepted, 0) | dict(poor.people), poor.source)


def _outcome(
    programme: ProgrammeRow, variant: Variant, payer_kind: str, accepted: dict[str, int], poor: Poor | None
) -> Outcome:
    first = Month.of(programme.first_month)
    each = sum(
        most_of(income=programme.monthly_income, payer_kind=payer_kind, month=first.plus(at))
        for at in range(variant.months)
    )
    payable = None if variant.money is None else variant.money // each
    wanted = variant.people if variant.people is not None else payable
    if wanted is None:
        raise Refused("pilihan_kosong", "Isi banyaknya orang, uangnya, atau keduanya.")
    planned = wanted if payable is None else min(wanted, payable)
    quotas = quotas_of(accepted, planned, variant.rule, poor)
    return Outcome(variant, each, planned, wanted - planned, quotas, protection(first, variant.months))
