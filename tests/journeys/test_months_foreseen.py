"""P4 at the desks: months without money are foreseen day by day, and who can act is told before the right is gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import Settings

from lopo.basics.calendar import Month
from lopo.jobs.alarms import raise_daily
from lopo.law.deadlines import contribution_due
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, words
from tests.rooms.enrolment import PAYER, enrol, pay

pytestmark = pytest.mark.django_db


def test_p4_what_a_death_pays_is_seen_for_each_coming_month_and_the_alarm_comes_first(
    cast: Cast, settings: Settings
) -> None:
    made = enrol(cast, 6)
    for number in (8, 9, 10):
        pay(cast, made, Month(2025, number), paid_on=date(2025, number, 12))
    today = date(2025, 11, 3)
    on_day(settings, today)
    money, page = at_the_desk(cast.bendahara), reverse("kalender")
    foreseen = words(money, page, dari="2025-11")
    for told in (
        "Hari terakhir yang menyelamatkan semua hak 16 Feb 2026",
        "18 Nov 2025 menunggak 1 bulan Santunan kematian: Rp 32.000.000 tiap orang tertunda sampai tunggakan lunas",
        "16 Des 2025 menunggak 2 bulan",
        "16 Jan 2026 menunggak 3 bulan",
        "17 Feb 2026 gugur Santunan kematian: Rp 42.000.000 tiap orang hilang, bagi semuanya Rp 252.000.000",
        "Yang dapat bertindak: Dinas , terbitkan tagihan November 2025",
    ):
        assert told in foreseen, told
    saved = words(money, page, dari="2025-11", bayar="2026-02-16", sampai="2026-02")
    assert "Tidak ada hak yang gugur karena menunggu sampai tanggal ini" in saved
    too_late = words(money, page, dari="2025-11", bayar="2026-02-18", sampai="2026-02")
    assert "perlindungan mulai lagi dengan masa tunggu baru" in too_late

    dinas = at_the_desk(cast.dinas)
    bill = {"apa": "tagihan", "pembayar": PAYER, "bulan": "2025-11", "program": "kupang-2025"}
    assert dinas.post(reverse("iuran"), bill).status_code == 302
    third_month = contribution_due(Month(2026, 1)) + timedelta(days=1)
    for days in range(0, (third_month - today).days, 7):
        raise_daily(on=today + timedelta(days=days))
    told_to = {name for one in Diary.objects.filter(action="raise_alarm") for name in (one.send or {})["alarm"]["to"]}
    assert {"bendahara", "dinas", "gubernur"} <= told_to, "before the third month is over, up to who decides"
    on_day(settings, third_month)
    assert "November 2025" in words(at_the_desk(cast.gubernur), reverse("tunggakan"))
