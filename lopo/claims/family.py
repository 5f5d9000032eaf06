"""From a family card to heirs: how each person on it is related to the dead, and who can receive the money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from lopo.basics.calendar import years_between
from lopo.law.heirs import HeirClass, Kinship, Relative, heirs

HEAD, WIFE, HUSBAND, CHILD = "KEPALA KELUARGA", "ISTRI", "SUAMI", "ANAK"
PARENT, PARENT_IN_LAW, GRANDCHILD, CHILD_IN_LAW = "ORANG TUA", "MERTUA", "CUCU", "MENANTU"

_UP: Final = {"L": Kinship.AYAH, "P": Kinship.IBU}
_UP_TWICE: Final = {"L": Kinship.KAKEK, "P": Kinship.NENEK}


@dataclass(frozen=True, slots=True)
class OnCard:
    """One person on the family card (KK) as the population register has it; relation is that to the head."""

    nik: str
    name: str
    sex: str
    born: date | None
    relation: str
    mother_name: str
    alive: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who inherits by law, who of them receives, and what a person must still find out.

    `open_question` is an Indonesian sentence when nobody can be chosen as receiver without asking; empty otherwise.
    `unclear` are persons on the card who may stand nearer than the card can tell.
    """

    entitled: HeirClass
    members: tuple[OnCard, ...]
    receiver: OnCard | None
    unclear: tuple[OnCard, ...]
    open_question: str


def kinship(dead: OnCard, other: OnCard) -> Kinship | None:
    """How the other is related to the dead as far as the card says; None where the card leaves it open."""
    if dead.relation == HEAD:
        return _of_head(other)
    if dead.relation in (WIFE, HUSBAND):
        return _of_spouse(other)
    if dead.relation == CHILD:
        return _of_child(dead, other)
    if dead.relation == PARENT:
        return _of_parent(dead, other)
    if dead.relation == PARENT_IN_LAW:
        return _of_parent_in_law(dead, other)
    return None


def _of_head(other: OnCard) -> Kinship | None:
    known: dict[str, Kinship | None] = {
        WIFE: Kinship.SUAMI_ISTRI,
        HUSBAND: Kinship.SUAMI_ISTRI,
        CHILD: Kinship.ANAK,
        PARENT: _UP.get(other.sex),
        PARENT_IN_LAW: Kinship.MERTUA,
        GRANDCHILD: Kinship.CUCU,
    }
    return known.get(other.relation, Kinship.LAIN)


def _of_spouse(other: OnCard) -> Kinship | None:
    known: dict[str, Kinship | None] = {
        HEAD: Kinship.SUAMI_ISTRI,
        CHILD: Kinship.ANAK,
        PARENT: Kinship.MERTUA,
        PARENT_IN_LAW: _UP.get(other.sex),
        GRANDCHILD: Kinship.CUCU,
    }
    return known.get(other.relation, Kinship.LAIN)


def _of_child(dead: OnCard, other: OnCard) -> Kinship | None:
    """A grandchild of the head may be the dead's child, a child-in-law the dead's spouse: the card does not say."""
    if other.relation == GRANDCHILD and dead.sex == "P" and other.mother_name:
        own = _plain(other.mother_name) == _plain(dead.name)
        return Kinship.ANAK if own else Kinship.LAIN
    if other.relation in (GRANDCHILD, CHILD_IN_LAW):
        return None
    known: dict[str, Kinship | None] = {
        HEAD: _UP.get(other.sex),
        WIFE: _UP.get(other.sex),
        HUSBAND: _UP.get(other.sex),
        CHILD: Kinship.SAUDARA_KANDUNG,
        PARENT: _UP_TWICE.get(other.sex),
        PARENT_IN_LAW: _UP_TWICE.get(other.sex),
    }
    return known.get(other.relation, Kinship.LAIN)


def _of_parent(dead: OnCard, other: OnCard) -> Kinship:
    if other.relation == PARENT:
        return Kinship.SUAMI_ISTRI if other.sex != dead.sex else Kinship.LAIN
    return {HEAD: Kinship.ANAK, CHILD: Kinship.CUCU}.get(other.relation, Kinship.LAIN)


def _of_parent_in_law(dead: OnCard, other: OnCard) -> Kinship:
    if other.relation == PARENT_IN_LAW:
        return Kinship.SUAMI_ISTRI if other.sex != dead.sex else Kinship.LAIN
    return {WIFE: Kinship.ANAK, HUSBAND: Kinship.ANAK, CHILD: Kinship.CUCU}.get(other.relation, Kinship.LAIN)


def _plain(name: str) -> str:
    return " ".join(name.upper().split())


def propose(dead: OnCard, card: Iterable[OnCard], *, adult_age: int, on: date) -> Proposal:
    """Find the class of heirs by the order of the law, and the one of them who can receive the money.

    The spouse receives before the children, the elder before the younger; only an adult receives. Nobody is chosen
    while somebody on the card may stand nearer, or only minors inherit, or nobody does.
    """
    others = [person for person in card if person.nik != dead.nik]
    kin = {person.nik: kinship(dead, person) for person in others}
    by_nik = {person.nik: person for person in others}
    family = [Relative(nik, kind, by_nik[nik].alive) for nik, kind in kin.items() if kind is not None]
    entitled = heirs(family)
    members = tuple(by_nik[relative.key] for relative in entitled.members)
    unclear = tuple(person for person in others if kin[person.nik] is None and person.alive)
    adults = [person for person in members if _is_adult(person, adult_age, on)]
    adults.sort(key=lambda person: (kin[person.nik] is not Kinship.SUAMI_ISTRI, person.born or date.max, person.nik))
    question = _question(entitled, members, adults, unclear)
    return Proposal(entitled, members, None if question else adults[0], unclear, question)


def _is_adult(person: OnCard, adult_age: int, on: date) -> bool:
    return person.born is not None and years_between(person.born, on) >= adult_age


def _question(
    entitled: HeirClass, members: tuple[OnCard, ...], adults: list[OnCard], unclear: tuple[OnCard, ...]
) -> str:
    if unclear and entitled.code != "pasangan_anak":
        names = ", ".join(person.name for person in unclear)
        return f"Kartu keluarga tidak menjelaskan hubungan {names} dengan almarhum; tanyakan sebelum memilih penerima."
    if not members:
        return "Tidak ada ahli waris di kartu keluarga; cari keluarga lain, wasiat, atau yang mengurus pemakaman."
    if not adults:
        return "Semua ahli waris belum dewasa; tentukan walinya dan catat sebagai penerima."
    return ""
