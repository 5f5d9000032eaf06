"""Who is written to about a case: whoever receives, or each of the heirs among whom the decision divides."""

from __future__ import annotations

from dataclasses import dataclass

from lopo.claims.judging import HOSPITAL, share_holder
from lopo.claims.queries import CasePage, ComponentRow, DecisionRow
from lopo.claims.queries.powers import power_in_force
from lopo.payments.queries import accounts_of
from lopo.people.queries import PersonRow

_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class WrittenTo:
    """Who gets one letter: the name ('' = not known yet), the own amounts, and the guardian of a minor.

    `place` is the heir's turn among those who share, 0 where only one is written to; `account` the last digits of where
    it is paid, '' while no account is known; `through` who receives it by a written power of the heirs.
    """

    name: str
    parts: tuple[ComponentRow, ...] = ()
    guardian: str = ""
    place: int = 0
    account: str = ""
    through: str = ""


def receivers_of(case: CasePage, decided: DecisionRow | None) -> tuple[WrittenTo, ...]:
    """Give who is written to: one, or each heir who has a share. Three queries where something is granted."""
    first = next((heir.name for heir in case.heirs if heir.receives), "")
    own = _by_holder([part for part in decided.components if part.payee != HOSPITAL] if decided else [])
    if not own:
        return (WrittenTo(first),)
    power = power_in_force(case.id)
    represented = set(power.giver_ids) if power else set()
    books = accounts_of({part.to for parts in own.values() for part in parts})
    heirs = {heir.id: heir for heir in case.heirs}
    found = []
    for turn, (holder, parts) in enumerate(own.items(), start=1):
        place = turn if len(own) > 1 else 0
        to = power.representative_nik if power and holder in represented else parts[0].to
        account = books.get(to, "")[-_SHOWN_DIGITS:]
        through = power.representative if power and holder in represented else ""
        if holder is None:
            found.append(WrittenTo(first, tuple(parts), place=place, account=account))
        else:
            heir = heirs[holder]
            found.append(WrittenTo(heir.name, tuple(parts), heir.guardian_name, place, account, through))
    return tuple(found)


def _by_holder(parts: list[ComponentRow]) -> dict[int | None, list[ComponentRow]]:
    """The amounts of each heir who has a share; None holds what is no share."""
    found: dict[int | None, list[ComponentRow]] = {}
    for part in sorted(parts, key=lambda one: share_holder(one.code) or 0):
        found.setdefault(share_holder(part.code), []).append(part)
    return found


def address_of(person: PersonRow) -> str:
    """Where letters about a member go: RT and RW, and the kelurahan."""
    home = "/".join(part for part in (person.rt and f"RT {person.rt}", person.rw and f"RW {person.rw}") if part)
    kelurahan = f"Kelurahan {person.area_name}" if person.area_name else ""
    return ", ".join(part for part in (home, kelurahan) if part)
