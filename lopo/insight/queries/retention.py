"""What of all rooms is over its time by which rule, on a day: the dry run that a page shows and a job begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lopo.claims.queries import retention as claims
from lopo.payments.queries import retention as payments
from lopo.staff import retention as staff
from lopo.staff.retention import RULES, Rule
from lopo.targeting.queries import retention as targeting


@dataclass(frozen=True, slots=True)
class Due:
    """One rule and how many things are over their time by it; None where this program never removes any."""

    rule: Rule
    count: int | None


def due(on: date) -> tuple[Due, ...]:
    """Give every rule with what is over its time on a day. Twelve queries; nothing is changed."""
    found = {**staff.overdue(on), **targeting.overdue(on), **claims.overdue(on), **payments.overdue(on)}
    return tuple(Due(rule, found.get(rule.code)) for rule in RULES)
