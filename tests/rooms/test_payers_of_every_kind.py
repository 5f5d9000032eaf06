"""Whoever pays - province, city, village, ministry, company, church, mosque, donor, the worker - goes the same way."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import queries as covered
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import PaidMonth
from lopo.financing import actions
from lopo.financing.models import Bill, Budget, Payer
from lopo.financing.queries.payer_side import PaidForFilter, paid_for_cover, paid_for_page
from lopo.financing.queries.price import price_of
from lopo.financing.queries.standings import Standing, standing_of
from lopo.ledger.queries import balanced
from lopo.people.models import Person
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.queries import officer
from lopo.targeting.actions import Basis, give_basis
from tests.cast import SINCE, Cast
from tests.rooms.enrolment import ISSUED, JULY, NUMBERED, PAID, SENT, fund, issue, make_decree, take

pytestmark = pytest.mark.django_db
PEOPLE = 3


@pytest.mark.parametrize("kind", Payer.Kind.values)
def test_from_the_legal_basis_to_covered_people(cast: Cast, kind: str) -> None:
    made, office = make_decree(cast, PEOPLE, basis=""), FakeBpjs({})
    file = take(cast, made, office)
    fund(cast, made, payer=kind, kind=kind)
    bill = {"by": cast.dinas, "on": ISSUED, "programme_id": made.programme, "payer_code": kind, "month": JULY}
    with pytest.raises(Refused, match="dasar hukum"):
        actions.make_bill(**bill)
    give_basis(by=cast.dinas, on=SENT, programme_id=made.programme, basis=Basis("SK Majelis Jemaat 7/2025", SENT))
    billed = actions.make_bill(**bill)
    each = price_of(income=1_000_000, payer_kind=kind, month=JULY).per_person
    assert (billed.people, billed.amount) == (PEOPLE, PEOPLE * each)

    appoint(by=None, on=SINCE, duty=DutyGiven("kas.sendiri", "Kas Sendiri", "pembayar", "53.71", kind))
    order = actions.OrderGiven("BUKTI/1", PAID)
    actions.request_payment(by=officer("kas.sendiri"), on=PAID, bill_id=billed.id, order=order)
    with pytest.raises(Refused):
        actions.approve_payment(by=officer("kas.sendiri"), on=PAID, bill_id=billed.id)
    actions.approve_payment(by=cast.penyetuju, on=PAID, bill_id=billed.id)
    issue(cast, made, office, file)
    assert PaidMonth.objects.filter(payer_code=kind).count() == PEOPLE
    budget = Budget.objects.get(payer_id=kind)
    assert budget.paid == budget.committed == PEOPLE * each
    assert balanced()

    day = date(2025, 7, 31)
    assert covered.cover_counts(made.programme, on=day, areas=("53.71",))["masa_tunggu"] == PEOPLE
    assert paid_for_cover(kind, on=day) == {"masa_tunggu": PEOPLE}
    seen = paid_for_page(PaidForFilter(kind, billed.id), Asked(sort="name"), on=day)
    assert [one.person_id for one in seen.rows] == list(Person.objects.order_by("name").values_list("id", flat=True))
    other = next(one for one in Payer.Kind.values if one != kind)
    assert paid_for_page(PaidForFilter(other, billed.id), Asked(), on=day).total == 0


def test_a_payer_stands_by_its_own_months_alone(cast: Cast) -> None:
    made = make_decree(cast, PEOPLE)
    take(cast, made, FakeBpjs({}))
    fund(cast, made, payer="masjid", kind="masjid")
    assert standing_of("gereja", on=NUMBERED) == (None, ())
    standing, open_ones = standing_of("masjid", on=NUMBERED)
    assert standing is not None
    assert (standing.standing, standing.late, standing.people) == (Standing.BERJALAN, (), PEOPLE)
    assert [(one.month, one.bill_id) for one in open_ones] == [(JULY, None)]
    august = date(2025, 8, 20)
    actions.make_bill(by=cast.dinas, on=august, programme_id=made.programme, payer_code="masjid", month=Month(2025, 7))
    standing, open_ones = standing_of("masjid", on=august)
    assert standing is not None
    assert (standing.standing, standing.late) == (Standing.TERLAMBAT, (JULY, Month(2025, 8)))
    assert {one.bill_id for one in open_ones} == {Bill.objects.get().id, None}
