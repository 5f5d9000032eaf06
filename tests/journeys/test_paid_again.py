"""P8, Serang: four months unpaid and then paid again is cover that begins anew, never one that was silently kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from lopo.basics.calendar import Month
from lopo.coverage.models import Membership
from lopo.law.deadlines import contribution_due
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, pay_month, words
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db
PAID, LAPSED = date(2025, 12, 12), date(2025, 12, 1)


def today(page: str) -> str:
    """Give what the desk of members says of today's cover: from its heading to the table."""
    return page.partition("Perlindungan hari ini ")[2].partition(" Cari ")[0]


def own_page(desk: Client, person: int) -> str:
    return words(desk, f"/orang/{person}/perlindungan")


def test_p8_four_months_unpaid_lapse_and_paying_again_begins_with_the_waiting_months(
    cast: Cast, settings: Settings
) -> None:
    enrol(cast, 6)
    person = Membership.objects.order_by("id")[0].person_id
    desk = at_the_desk(cast.dinas)

    on_day(settings, contribution_due(Month(2025, 11)))
    assert "6 menunggak 3 bulan" in today(words(desk, "/peserta/"))
    told = own_page(desk, person)
    assert "Iuran Anda belum dibayar 3 bulan" in told
    assert "Meninggal karena sebab lain Rp 10.000.000" in told, "the funeral grant while in arrears"

    on_day(settings, LAPSED)
    assert "6 gugur" in today(words(desk, "/peserta/"))
    told = own_page(desk, person)
    assert "Perlindungan Anda gugur karena iuran terlalu lama tidak dibayar" in told
    assert "Meninggal karena sebab lain Rp 0" in told

    pay_month(cast, settings, Month(2025, 12), paid_on=PAID)
    on_day(settings, date(2025, 12, 20))
    assert "6 masa tunggu" in today(words(desk, "/peserta/")), "a new beginning, seen as one"
    told = own_page(desk, person)
    assert "Santunan kematian penuh mulai" in told
    assert "Meninggal karena sebab lain Rp 10.000.000" in told, "the first three months pay the funeral alone"
    on_day(settings, LAPSED)
    assert "Meninggal karena sebab lain Rp 0" in own_page(desk, person), "what had lapsed does not come back"
