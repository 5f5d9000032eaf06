"""Months that a payer forgets, as they happened elsewhere: P4 Bandung Barat, P5 Subulussalam, P6 Kota Batu."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lopo.basics.calendar import Month, Period
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.claims import actions as claims
from lopo.coverage.models import Membership
from lopo.coverage.queries import MembersFilter, cover_facts_of
from lopo.financing import actions, queries
from lopo.financing.queries import BillsFilter, LinesFilter, Step
from lopo.financing.queries.tasks import late_tasks
from lopo.jobs.alarms import raise_daily
from lopo.law import decide
from lopo.law.cases import JkmFacts
from lopo.law.deadlines import contribution_due
from lopo.staff.models import Diary, Officer
from tests.cast import Cast
from tests.rooms.enrolment import PAYER, Enrolment, enrol, fund, pay

pytestmark = pytest.mark.django_db
ALL = ("53.71",)
MONTHS = {number: Month(2025, number) for number in range(7, 13)}
IN_TIME = {8: 13, 9: 12, 10: 14}


def enrolled(cast: Cast, people: int) -> Enrolment:
    """Enrol so many people whose July to October are paid in time."""
    made = enrol(cast, people)
    for number, day in IN_TIME.items():
        pay(cast, made, MONTHS[number], paid_on=date(2025, number, day))
    return made


def billed(cast: Cast, made: Enrolment, month: Month, payer: str = PAYER) -> actions.BillMade:
    return actions.make_bill(
        by=cast.dinas, on=month.first_day, programme_id=made.programme, payer_code=payer, month=month
    )


def order(cast: Cast, bill: actions.BillMade, day: date) -> None:
    given = actions.OrderGiven(f"SP2D/{bill.id}", day)
    actions.request_payment(by=cast.bendahara, on=day, bill_id=bill.id, order=given)
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=bill.id)


def test_p4_five_months_without_money_are_foreseen_month_by_month_and_told_before_the_right_is_gone(cast: Cast) -> None:
    """Bandung Barat could not pay January to May and heirs got nothing; here the calendar and the alarm come before."""
    made = enrolled(cast, 30)
    bills = [billed(cast, made, MONTHS[number]) for number in (11, 12)]
    today = date(2025, 11, 1)
    year = queries.outlook(made.programme, span=Period(today, date(2026, 10, 31)), areas=ALL).nothing
    ends = [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert [[(row.state, row.members, row.jkm, row.jkm_settled) for row in year.on(day).rows] for day in ends] == [
        [("menunggak_1", 30, 300_000_000, 1_260_000_000)],
        [("menunggak_2", 30, 300_000_000, 1_260_000_000)],
        [("menunggak_3", 30, 300_000_000, 1_260_000_000)],
        [("gugur", 30, 0, 0)],
    ]
    last = year.last_saving_day(since=today)
    assert last == contribution_due(Month(2026, 2))

    every_day = [today + timedelta(days=days) for days in range(120)]
    for day in every_day:
        raise_daily(on=day)
    told = list(Diary.objects.filter(action="raise_alarm", subject_id=str(bills[0].id)).order_by("id"))
    assert [row.after and row.after["step"] for row in told] == list(range(Step.LATE, Step.LAPSED + 1))
    warned = next(row for row in told if row.after and row.after["step"] == Step.LAST_DAYS)
    assert (last - warned.on).days == 5
    assert warned.send is not None
    assert set(warned.send["alarm"]["to"]) == {"bendahara", "dinas", "provinsi", "penyetuju", "gubernur"}

    saved = queries.Plan(last, Month(2026, 10))
    kept = queries.outlook(made.programme, span=Period(today, date(2026, 10, 31)), areas=ALL, plan=saved).planned
    assert kept is not None
    assert [row.state for row in kept.on(last + timedelta(days=1)).rows] == ["penuh"]


def test_p5_one_of_248_dies_inside_unpaid_months_and_paying_all_restores_what_is_held_back(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    """In Subulussalam one of 248 unpaid sweepers died, and one cannot be paid for alone: all are, and the right is."""
    made = enrolled(cast, 248)
    november, december = billed(cast, made, MONTHS[11]), billed(cast, made, MONTHS[12])
    dead = Membership.objects.select_related("person").filter(area_code="53.71.04.1009").order_by("id")[0]
    died = date(2025, 12, 20)
    moment = datetime(2025, 12, 20, 9, tzinfo=UTC)
    report = claims.Report(dead.person.nik, "JKM", died, died, moment, moment, "istri", "sakit")
    claims.report_case(by=cast.lurah, on=date(2025, 12, 21), report=report)

    lines = queries.bill_lines_page(LinesFilter(ALL, november.id, search=dead.person.nik), Asked())
    assert [row.membership_id for row in lines.rows] == [dead.id], "who is in the open bill is on its page"
    assert queries.arrears_page(MembersFilter(ALL, made.programme), Asked(), on=died).total == 248
    page = opened(cast.dinas, settings, died + timedelta(days=2))
    assert dead.person.name in page[page.index("Bagi mereka ini berakibat") :]

    before = cover_facts_of(dead.id, event_on=died, judged_on=died)
    assert before is not None
    assert (before.bulan_menunggak, before.tunggakan_lunas, gives(before, died)) == (2, False, 10_000_000)
    order(cast, november, date(2025, 12, 29))
    half = cover_facts_of(dead.id, event_on=died, judged_on=date(2025, 12, 29))
    assert half is not None
    assert gives(half, died) == 10_000_000, "one month of two is not enough"
    order(cast, december, date(2025, 12, 30))
    after = cover_facts_of(dead.id, event_on=died, judged_on=date(2025, 12, 30))
    assert after is not None
    assert gives(after, died) == 42_000_000
    with pytest.raises(Refused):
        order(cast, december, date(2025, 12, 31))


def gives(cover: object, died: date) -> int:
    return decide("jkm_total", JkmFacts(cover, kecelakaan_kerja=False).facts(), died).amount("jkm_total")  # type: ignore[arg-type]


def opened(officer: Officer, settings: pytest.FixtureRequest, day: date) -> str:
    """Give the page of arrears as an officer sees it on a day."""
    settings.LOPO_TODAY = day.isoformat()  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    client = Client()
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return client.get("/iuran/tunggakan").content.decode()


def test_p6_late_payers_stand_in_one_list_of_tasks_until_they_have_paid(cast: Cast) -> None:
    """In Kota Batu offices and villages paid late, nobody saw which; here each has its day, its task and its alarm."""
    made = enrolled(cast, 12)
    fund(cast, made, payer="desa-oebelo", kind="dana_desa")
    bills = [billed(cast, made, MONTHS[11]), billed(cast, made, MONTHS[12], payer="desa-oebelo")]
    day = date(2025, 12, 18)
    tasks = queries.bills_page(BillsFilter(ALL, unpaid=True), Asked(sort="due_on"), on=day).rows
    assert [(row.payer_name, str(row.month), row.days_late) for row in tasks] == [
        ("PEMPROV NTT", "2025-11", 31), ("DESA OEBELO", "2025-12", 3),
    ]  # fmt: skip
    alarms = late_tasks(on=day)
    assert [(one.payers[0].name, one.step) for one in alarms] == [
        ("PEMPROV NTT", Step.SECOND_MONTH), ("DESA OEBELO", Step.LATE),
    ]  # fmt: skip
    assert {one.lapses_after for one in alarms} == {contribution_due(Month(2026, 2))}
    assert raise_daily(on=day).raised == 2
    order(cast, bills[0], day)
    assert [one.payers[0].name for one in late_tasks(on=day)] == ["DESA OEBELO"]
    order(cast, bills[1], day)
    assert queries.bills_page(BillsFilter(ALL, unpaid=True), Asked(), on=day).total == 0
    assert raise_daily(on=day).late == 0
