"""The turn of the year is told from September on, once a month, to who can act; and never where nobody falls out."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.financing.actions.renewal_alarms import ACTION, RenewalAlarms, raise_renewal_alarms
from lopo.jobs.alarms import raise_turn
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.city import city_programme
from tests.rooms.enrolment import enrol

pytestmark = pytest.mark.django_db


def told(on: date) -> RenewalAlarms:
    return raise_renewal_alarms(by=None, on=on)


def test_from_september_on_once_a_month_to_more_people_each_time(cast: Cast) -> None:
    enrol(cast, 6)
    assert told(date(2025, 8, 31)) == RenewalAlarms(0, 0)
    assert told(date(2025, 9, 1)) == RenewalAlarms(1, 1)
    assert told(date(2025, 9, 30)) == RenewalAlarms(1, 0), "told once a month"
    first = Diary.objects.get(action=ACTION)
    assert first.send["alarm"]["to"] == ["bendahara", "dinas", "provinsi"]
    assert first.send["alarm"]["words"] == (
        "6 peserta Pekerja rentan Kota Kupang 2025 tidak ada yang membayar mulai Januari 2026. Santunan mereka ditahan "
        "setelah 15 Jan 2026 bila tidak ada yang meneruskan; lihat Pergantian tahun."
    )
    raise_turn(on=date(2025, 12, 1))
    last = Diary.objects.filter(action=ACTION).latest("id")
    assert last.send["alarm"]["to"] == ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]
    assert told(date(2026, 1, 2)) == RenewalAlarms(0, 0), "then the unpaid bills speak"


def test_where_all_are_named_again_nothing_is_told(cast: Cast) -> None:
    enrol(cast, 3)
    city_programme(3)
    assert told(date(2025, 12, 9)).raised == 1, "the decree of the city is of the tenth"
    assert told(date(2025, 12, 11)) == RenewalAlarms(0, 0)
