"""What keys held row by row one check holds for a statement: paid months and lines of bills name what is there."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from lopo.coverage.models import Membership, PaidMonth
from lopo.financing.models import Bill, BillLine
from lopo.people.models import Person
from tests.cast import Cast
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db
OCTOBER = date(2025, 10, 1)


def paid(person: int, member: int) -> PaidMonth:
    return PaidMonth(
        person_id=person, month=OCTOBER, membership_id=member, payer_code="x", paid_on=OCTOBER, reference=uuid.uuid4()
    )


def test_a_paid_month_names_a_membership_of_its_person(cast: Cast) -> None:
    enrol(cast, 3)
    one, two, three = Membership.objects.order_by("id")
    for person, member in ((one.person_id, two.id), (one.person_id, 10**9), (10**9, one.id)):
        with pytest.raises(IntegrityError, match="not of its person"), transaction.atomic():
            PaidMonth.objects.bulk_create([paid(three.person_id, three.id), paid(person, member)])
    assert not PaidMonth.objects.filter(month=OCTOBER).exists()


def test_a_line_names_its_bill_and_a_membership_of_its_person(cast: Cast) -> None:
    enrol(cast, 2)
    one, two = Membership.objects.order_by("id")
    bill = Bill.objects.get()
    other = {"month": OCTOBER, "amount": 16_800}
    for values in (
        {"bill_id": bill.id, "person_id": one.person_id, "membership_id": one.id},  # the bill is of July
        {"bill_id": uuid.uuid4(), "person_id": one.person_id, "membership_id": one.id},
        {"bill_id": bill.id, "person_id": one.person_id, "membership_id": two.id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            BillLine.objects.create(**values, **other)
    stranger = Person.objects.create(
        nik="5371010101909998", name="Lain", sex="L", born=date(1990, 1, 1), area_code="53.71.01.1001"
    )
    with pytest.raises(IntegrityError, match="not of its person"), transaction.atomic():
        BillLine.objects.create(
            bill_id=bill.id, person_id=stranger.id, membership_id=two.id, month=bill.month, amount=16_800
        )


def test_a_membership_that_was_billed_or_paid_stays(cast: Cast) -> None:
    enrol(cast, 2)
    one, two = Membership.objects.order_by("id")
    for change in (
        "DELETE FROM coverage_membership WHERE id = %s",
        "UPDATE coverage_membership SET id = -id WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match="is named in"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [one.id])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_person WHERE id = %s", [two.person_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
