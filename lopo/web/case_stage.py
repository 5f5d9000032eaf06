"""Where a case stands, for its page: the next step and whose it is, signs, objections, what lateness costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lopo.claims import queries
from lopo.claims.queries import CasePage, DisputeRow, Late, Sign, Similar
from lopo.claims.queries.corrections import CorrectionRow
from lopo.payments.queries import OrderRow
from lopo.web.door import Visitor
from lopo.web.words import ROLES

_HOSPITAL = "rumah_sakit"


@dataclass(frozen=True)
class Stage:
    """The next step, the title of the role that does it, and what stands beside it."""

    step: str
    role: str
    mine: bool
    disputes: tuple[DisputeRow, ...]
    correction: CorrectionRow | None
    similar: tuple[Similar, ...]
    signs: tuple[Sign, ...]
    late: Late | None


def stage_of(found: CasePage, who: Visitor, orders: Sequence[OrderRow], corrections: Sequence[CorrectionRow]) -> Stage:
    """Tell where a case stands; signs are for those who work on it or decide. Three queries at most."""
    disputes = queries.disputes_of(found.id)
    live = [one for one in orders if one.state != "batal"]
    paid = bool(live) and all(one.state == "terbayar" for one in live)
    waits, held = (any(getattr(one, name) for one in disputes) for name in ("open", "to_settle"))
    open_one = next((one for one in corrections if one.state == "usul"), None)
    step = queries.next_step(found.standing(disputed=waits, held=held, correcting=open_one is not None), paid=paid)
    looks = any(who.may_in(one, found.area_code) for one in ("case.work", "decision.make", "decision.approve"))
    return Stage(
        step=step,
        role=str(ROLES[queries.DOES[step]][0]) if step in queries.DOES else "",
        mine=found.owner_id == who.officer.id,
        disputes=disputes if looks or who.may_in("case.report", found.area_code) else (),
        correction=open_one,
        similar=queries.similar_cases(found.id) if looks else (),
        signs=queries.signs_of(found.id) if looks else (),
        late=_late(found, who, orders),
    )


def _late(found: CasePage, who: Visitor, orders: Sequence[OrderRow]) -> Late | None:
    """What is owed for late payment of the family's part, by the day it was paid, or today while it is not."""
    clock = next((one for one in found.clocks if one.code == "pembayaran"), None)
    granted = [one for one in found.decisions if one.state == "disetujui" and one.granted]
    amount = sum(part.amount for one in granted[:1] for part in one.components if part.payee != _HOSPITAL)
    if clock is None or not amount:
        return None
    days = [one.confirmed_on for one in orders if one.payee != _HOSPITAL and one.state == "terbayar"]
    paid_on = max((day for day in days if day is not None), default=who.on)
    return queries.late_payment(amount, due_on=clock.due, paid_on=paid_on)
