"""Who inherits the benefit: the order of classes over a list of relatives (PP 44/2015 Pasal 37 and 40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
