"""P8, Serang: four months unpaid and then paid again is cover that begins anew, never one that was silently kept."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.calendar import Month
from lopo.coverage.models import Membership
from lopo.coverage.queries import cover_counts, cover_facts_of
from lopo.law import decide
from lopo.law.cases import JkmFacts
from lopo.law.deadlines import contribution_due
from tests.cast import Cast
from tests.rooms.enrolment import enrol, pay

pytestmark = pytest.mark.django_db
ALL = ("53.71",)


def gives(membership: int, died: date) -> int:
    """What the law gives the heirs of a member who dies on the day, in rupiah."""
    cover = cover_facts_of(membership, event_on=died, judged_on=died)
    assert cover is not None
    return decide("jkm_total", JkmFacts(cover, kecelakaan_kerja=False).facts(), died).amount("jkm_total")


def states(programme: int, day: date) -> dict[str, int]:
    return {state: people for state, people in cover_counts(programme, on=day, areas=ALL).items() if people}


def test_p8_four_months_unpaid_lapse_and_paying_again_begins_with_the_waiting_months(cast: Cast) -> None:
    made = enrol(cast, 6)
    member = Membership.objects.order_by("id")[0].id
    lapses = contribution_due(Month(2025, 11))
    assert states(made.programme, lapses) == {"menunggak_3": 6}
    assert gives(member, lapses) == 10_000_000, "the funeral grant while in arrears"
    lapsed = date(2025, 12, 1)
    assert states(made.programme, lapsed) == {"gugur": 6}
    assert gives(member, lapsed) == 0

    paid = date(2025, 12, 12)
    pay(cast, made, Month(2025, 12), paid_on=paid)
    again = date(2025, 12, 20)
    assert states(made.programme, again) == {"masa_tunggu": 6}, "a new beginning, seen as one"
    assert gives(member, again) == 10_000_000, "the first three months pay the funeral alone"
    assert gives(member, lapsed) == 0, "and what had lapsed does not come back"
