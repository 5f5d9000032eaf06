"""Who inherits the benefit, and who gets which amount: the order of classes over a family (PP 44/2015 P37 and P40)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lopo.basics.money import share
from lopo.law.errors import NobodyToReceive, OutOfRange, SharesNotAgreed

ORDER_SOURCE = "PP 44/2015 Pasal 37 ayat (5); PP 44/2015 Pasal 40 ayat (2)"


class Kinship(StrEnum):
    """How somebody is related to the dead worker."""

    SUAMI_ISTRI = "suami_istri"
    ANAK = "anak"
    AYAH = "ayah"
    IBU = "ibu"
    KAKEK = "kakek"
    NENEK = "nenek"
    CUCU = "cucu"
    SAUDARA_KANDUNG = "saudara_kandung"
    MERTUA = "mertua"
    WASIAT = "wasiat"
    PENGURUS_PEMAKAMAN = "pengurus_pemakaman"
    LAIN = "lain"


@dataclass(frozen=True, slots=True)
class Relative:
    """A person of the family list: an identifier of the caller, the kinship, and whether alive."""

    key: str
    kinship: Kinship
    alive: bool


@dataclass(frozen=True, slots=True)
class HeirClass:
    """The class that inherits: its code and sentence, its members, what they get, and the article.

    funeral_only: nobody inherits, only the funeral cost goes to whoever arranged the funeral, and the rest to the fund.
    """

    code: str
    sentence: str
    members: tuple[Relative, ...]
    funeral_only: bool
    source: str


CLASSES: tuple[tuple[str, str, frozenset[Kinship]], ...] = (
    ("pasangan_anak", "Janda, duda atau anak", frozenset({Kinship.SUAMI_ISTRI, Kinship.ANAK})),
    (
        "garis_lurus",
        "Keturunan sedarah garis lurus ke atas dan ke bawah sampai derajat kedua",
        frozenset({Kinship.AYAH, Kinship.IBU, Kinship.KAKEK, Kinship.NENEK, Kinship.CUCU}),
    ),
    ("saudara_kandung", "Saudara kandung", frozenset({Kinship.SAUDARA_KANDUNG})),
    ("mertua", "Mertua", frozenset({Kinship.MERTUA})),
    ("wasiat", "Pihak yang ditunjuk dalam wasiat", frozenset({Kinship.WASIAT})),
)
"""The order of the law: the first class with a living member inherits."""


def heirs(family: Sequence[Relative]) -> HeirClass:
    """The class that inherits among the family; of equal members the law does not choose, all are named.

    Without any heir and will the funeral cost goes to whoever arranged the funeral and the rest to the fund.
    """
    living = [relative for relative in family if relative.alive]
    for code, sentence, kinships in CLASSES:
        members = tuple(relative for relative in living if relative.kinship in kinships)
        if members:
            return HeirClass(code, sentence, members, False, ORDER_SOURCE)
    carers = tuple(relative for relative in living if relative.kinship is Kinship.PENGURUS_PEMAKAMAN)
    sentence = "Tidak ada ahli waris: biaya pemakaman kepada yang mengurus pemakaman, sisanya ke Dana Jaminan Sosial"
    return HeirClass("tidak_ada", sentence, carers, True, ORDER_SOURCE)


FUND = "dana_jaminan_sosial"
"""The receiver of what nobody inherits: the Social Security Fund."""


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount of one component for one receiver: the key of a relative, or FUND. Whole rupiah."""

    receiver: str
    component: str
    amount: int


def distribute(
    entitled: HeirClass, amounts: Mapping[str, int], funeral: Collection[str], agreed: Mapping[str, int]
) -> tuple[Portion, ...]:
    """Who gets how much of each component; no rupiah is lost, and receivers of nothing are left out.

    `funeral` are the components that are funeral cost. One heir gets everything. Several of one class share as they
    agreed (`agreed`: weights by key, all of the class and nobody else): the law names them side by side and does not
    divide. Where nobody inherits the funeral cost goes to whoever arranged the funeral and the rest to the fund.
    Raises SharesNotAgreed, OutOfRange (amounts or weights below zero), NobodyToReceive (nobody arranged the funeral).
    """
    if any(number < 0 for number in (*amounts.values(), *agreed.values())):
        raise OutOfRange("an amount or a share is below zero", "bagian")
    portions: list[Portion] = []
    for component, amount in amounts.items():
        if not amount:
            continue
        if entitled.funeral_only and component not in funeral:
            portions.append(Portion(FUND, component, amount))
        else:
            portions.extend(_shared(entitled, component, amount, agreed))
    return tuple(portions)


def _shared(entitled: HeirClass, component: str, amount: int, agreed: Mapping[str, int]) -> list[Portion]:
    keys = [member.key for member in entitled.members]
    if not keys:
        raise NobodyToReceive(f"nobody is known who arranged the funeral, for {component}", component)
    if len(keys) == 1:
        return [Portion(keys[0], component, amount)]
    if agreed.keys() != set(keys) or sum(agreed.values()) == 0:
        raise SharesNotAgreed(f"{', '.join(keys)} must say how they share {component}", *keys)
    return list(agreed_portions(component, amount, {key: agreed[key] for key in keys}))


def agreed_portions(component: str, amount: int, agreed: Mapping[str, int]) -> tuple[Portion, ...]:
    """One amount in the agreed parts, in their order: the largest remainder gets the last rupiah, then the earlier."""
    parts = share(amount, list(agreed.values()))
    return tuple(Portion(key, component, part) for key, part in zip(agreed, parts, strict=True) if part)
