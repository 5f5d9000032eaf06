"""What one member costs a month, by the law, for the payer that pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.financing.models import Payer
from lopo.law import decide
from lopo.law.cases import ContributionFacts
from lopo.law.decision import Decision

STATE_BUDGETS: Final = frozenset(
    {Payer.Kind.APBD_PROVINSI, Payer.Kind.APBD_KOTA, Payer.Kind.DANA_DESA, Payer.Kind.APBN}
)
"""Payers whose money is APBN or APBD, so that the relief of PP 50/2025 never reaches their members."""
_SECTORS: Final = ("transportasi", "lainnya")


@dataclass(frozen=True, slots=True)
class Price:
    """The contribution of one member for one month in rupiah, and the decision of the law that says so."""

    per_person: int
    decision: Decision


def prices_of(*, income: int, payer_kind: str, month: Month) -> dict[str, Price]:
    """Give what a member costs in the month by sector of work; under '' where all cost the same. No query."""
    if payer_kind in STATE_BUDGETS:
        return {"": price_of(income=income, payer_kind=payer_kind, month=month)}
    by = {one: price_of(income=income, payer_kind=payer_kind, month=month, sector=one) for one in _SECTORS}
    amounts = {one.per_person for one in by.values()}
    return {"": by[_SECTORS[-1]]} if len(amounts) == 1 else by


def most_of(*, income: int, payer_kind: str, month: Month) -> int:
    """Give the most that one member costs in the month, in rupiah: what a plan keeps free whoever comes. No query."""
    return max(one.per_person for one in prices_of(income=income, payer_kind=payer_kind, month=month).values())


def price_of(*, income: int, payer_kind: str, month: Month, sector: str = "") -> Price:
    """Give what one member costs in the month by `iuran_per_bulan`. No query.

    `sector` is `transportasi` or `lainnya`, empty where it is not known. Refused: another word, or a month in which the
    sector changes the contribution of this payer's members and is not known (PP 50/2025); nothing is guessed.
    """
    if sector not in ("", *_SECTORS):
        raise Refused("sektor_tidak_dikenal", f"Sektor {sector} tidak dikenal.")
    state = payer_kind in STATE_BUDGETS
    decisions = [
        decide("iuran_per_bulan", ContributionFacts(income, state, each, month).facts(), month.first_day)
        for each in ((sector,) if sector else _SECTORS)
    ]
    amounts = {one.amount("iuran_per_bulan") for one in decisions}
    if len(amounts) > 1:
        raise Refused(
            "sektor_belum_diketahui",
            f"Iuran {month.text()} untuk pembayar ini berbeda menurut sektor pekerjaan, dan sektor peserta belum "
            "dicatat. Pisahkan peserta menurut sektor lebih dahulu.",
            "PP 50/2025",
        )
    return Price(amounts.pop(), decisions[-1])


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What somebody who pays for himself pays a month in rupiah, from month to month; `sector` is empty for all."""

    sector: str
    first: Month
    last: Month
    amount: int


def own_prices(income: int, first: Month, last: Month) -> tuple[OwnPrice, ...]:
    """Give what paying for oneself costs in these months, by sector where that makes a difference. No query."""
    by_sector = [_spans(income, sector, first, last) for sector in _SECTORS]
    same = len({tuple((one.first, one.amount) for one in spans) for spans in by_sector}) == 1
    if same:
        return tuple(replace(one, sector="") for one in by_sector[0])
    return tuple(one for spans in by_sector for one in spans)


def _spans(income: int, sector: str, first: Month, last: Month) -> tuple[OwnPrice, ...]:
    """Give the stretches of months in which the amount is the same."""
    found: list[OwnPrice] = []
    for month in first.through(last):
        amount = price_of(income=income, payer_kind=Payer.Kind.MANDIRI, month=month, sector=sector).per_person
        if found and found[-1].amount == amount:
            found[-1] = replace(found[-1], last=month)
        else:
            found.append(OwnPrice(sector, month, month, amount))
    return tuple(found)
