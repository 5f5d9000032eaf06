"""Alarms about unpaid months, billed or not: by step, to who can act, once for each, also when the job is killed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month, Period
from lopo.financing import actions, queries
from lopo.financing.actions import AlarmsRaised
from lopo.financing.actions import alarms as raising
from lopo.financing.queries.alarms import BillMonth, Step, step_of
from lopo.financing.queries.tasks import late_tasks
from lopo.insight.queries import home
from lopo.jobs import tasks
from lopo.jobs.alarms import raise_daily
from lopo.law.deadlines import contribution_due
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Diary
from lopo.targeting.actions import approve_closing, propose_closing
from lopo.targeting.models import Programme
from tests.cast import SINCE, Cast
from tests.rooms.enrolment import PAYER, Enrolment, enrol, pay

ALL = ("53.71",)
AUGUST, SEPTEMBER = Month(2025, 8), Month(2025, 9)
LAST = contribution_due(Month(2025, 12))


def bill(cast: Cast, made: Enrolment, month: Month) -> actions.BillMade:
    return actions.make_bill(
        by=cast.dinas, on=month.first_day, programme_id=made.programme, payer_code=PAYER, month=month
    )


@pytest.fixture
def late(cast: Cast) -> Enrolment:
    """Four people; July and August paid, September billed and not paid, nothing after it."""
    made = enrol(cast, 4)
    pay(cast, made, AUGUST, paid_on=date(2025, 8, 13))
    bill(cast, made, SEPTEMBER)
    return made


def sent(subject: str = raising.BILL) -> list[dict[str, Any]]:
    rows = Diary.objects.filter(action=raising.ACTION, subject=subject).order_by("id")
    return [row["alarm"] for row in rows.values_list("send", flat=True)]


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2025-09-15", Step.NONE), ("2025-09-16", Step.LATE), ("2025-09-29", Step.LATE),
        ("2025-09-30", Step.HALF_MONTH), ("2025-10-15", Step.HALF_MONTH), ("2025-10-16", Step.SECOND_MONTH),
        ("2025-12-09", Step.SECOND_MONTH), ("2025-12-10", Step.LAST_DAYS), ("2025-12-15", Step.LAST_DAYS),
        ("2025-12-16", Step.LAPSED),
    ],
)  # fmt: skip
def test_the_steps_of_one_unpaid_month(day: str, step: Step) -> None:
    bills = [BillMonth(AUGUST, unpaid=False), BillMonth(SEPTEMBER, unpaid=True)]
    on = date.fromisoformat(day)
    assert step_of(SEPTEMBER, bills, on) == (step, LAST if step else None)


def test_an_earlier_unpaid_month_brings_the_lapse_nearer_and_a_later_paid_one_takes_it_away() -> None:
    on = date(2025, 11, 12)
    both = [BillMonth(AUGUST, unpaid=True), BillMonth(SEPTEMBER, unpaid=True)]
    assert step_of(SEPTEMBER, both, on) == (Step.LAST_DAYS, contribution_due(Month(2025, 11)))
    october = [BillMonth(SEPTEMBER, unpaid=True), BillMonth(Month(2025, 10), unpaid=False)]
    assert step_of(SEPTEMBER, october, on) == (Step.HALF_MONTH, None)


@pytest.mark.django_db
def test_each_step_is_told_once_to_more_people(
    late: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert raise_daily(on=date(2025, 9, 15)) == AlarmsRaised(0, 0)
    with django_assert_num_queries(10):  # eight, and the savepoint around them
        assert raise_daily(on=date(2025, 9, 16)) == AlarmsRaised(1, 1)
    assert raise_daily(on=date(2025, 9, 16)) == raise_daily(on=date(2025, 9, 17)) == AlarmsRaised(1, 0)
    for day in (date(2025, 9, 30), date(2025, 10, 16), date(2025, 12, 10), date(2025, 12, 16)):
        assert raise_daily(on=day).raised > 0
        assert raise_daily(on=day).raised == 0
    assert [(one["step"], one["to"]) for one in sent()] == [
        ("late", ["bendahara"]),
        ("half_month", ["bendahara", "dinas", "penyetuju", "provinsi"]),
        ("second_month", ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]),
        ("last_days", ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]),
        ("lapsed", ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]),
    ]
    assert sent()[3]["words"] == (
        "Hak 4 orang gugur bila iuran September 2025 (Rp 67.200) tidak dibayar paling lambat 15 Des 2025."
    )


@pytest.mark.django_db
def test_the_last_day_of_the_alarm_is_the_last_saving_day_of_the_calendar(late: Enrolment) -> None:
    on = date(2025, 10, 20)
    alarm, october = late_tasks(on=on)
    assert (alarm.month, october.month, october.bill_id) == (SEPTEMBER, Month(2025, 10), None)
    span = Period(on, on + timedelta(days=300))
    assert alarm.lapses_after == queries.outlook(late.programme, span=span, areas=ALL).nothing.last_saving_day()


@pytest.mark.django_db
def test_an_ordered_bill_waits_for_who_approves_and_a_paid_one_for_nobody(cast: Cast, late: Enrolment) -> None:
    day = date(2025, 9, 16)
    (alarm,) = late_tasks(on=day)
    assert alarm.bill_id is not None
    order = actions.OrderGiven("SP2D/9", day)
    actions.request_payment(by=cast.bendahara, on=day, bill_id=alarm.bill_id, order=order)
    assert raise_daily(on=day) == AlarmsRaised(1, 1)
    assert [one["to"] for one in sent()] == [["penyetuju"]]
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=alarm.bill_id)
    raise_daily(on=date(2025, 10, 14))
    assert len(sent()) == 1, "the paid month is told of no more"


@pytest.mark.django_db
def test_p24_months_that_nobody_bills_raise_the_alarm_from_the_first_day_and_ever_higher(cast: Cast) -> None:
    """A city forgot three months: there is no bill at all, and yet day 1 is told, to who can make one."""
    made = enrol(cast, 4)
    assert raise_daily(on=date(2025, 8, 15)) == AlarmsRaised(0, 0)
    for day in (date(2025, 8, 16), date(2025, 9, 1), date(2025, 9, 16), date(2025, 11, 12), date(2025, 11, 18)):
        raise_daily(on=day)
        assert raise_daily(on=day).raised == 0, "once for each month and step"
    told = [(one["step"], one["to"]) for one in sent(raising.MONTH) if "Agustus" in one["words"]]
    assert told == [
        ("late", ["dinas", "provinsi"]),
        ("half_month", ["dinas", "penyetuju", "provinsi"]),
        ("second_month", ["dinas", "gubernur", "penyetuju", "provinsi"]),
        ("last_days", ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]),
        ("lapsed", ["bendahara", "dinas", "gubernur", "penyetuju", "provinsi"]),
    ]
    assert sent(raising.MONTH)[0]["words"] == (
        "Iuran Agustus 2025 untuk 4 orang (Rp 67.200) lewat jatuh tempo 15 Agu 2025: hak mereka mulai ditahan. "
        "Bulan ini belum ditagih: terbitkan tagihannya."
    )
    assert sent() == []
    bill(cast, made, AUGUST)
    assert raise_daily(on=date(2025, 11, 18)).raised == 1, "the new bill waits for somebody else"
    assert sent()[0]["step"] == "lapsed"


@pytest.mark.django_db
def test_a_month_without_budget_is_told_to_the_treasurer_and_a_closed_programme_keeps_its_unpaid_bill(
    cast: Cast, late: Enrolment
) -> None:
    on = date(2025, 9, 10)
    propose_closing(by=cast.dinas, on=on, programme_id=late.programme, reason="Anggaran dialihkan")
    approve_closing(by=cast.penyetuju, on=on, programme_id=late.programme)
    (kept,) = late_tasks(on=date(2025, 10, 16))
    assert kept.month == SEPTEMBER
    Programme.objects.filter(pk=late.programme).update(
        state="berjalan", closed_on=None, closed_why="", first_month=date(2024, 12, 1)
    )
    raise_daily(on=date(2025, 9, 16))
    (told,) = [one for one in sent(raising.MONTH) if "Desember 2024" in one["words"]]
    assert told["words"].endswith("belum punya anggaran: tetapkan anggarannya.")
    assert "bendahara" in told["to"]


@pytest.mark.django_db
def test_a_job_that_is_killed_leaves_nothing_and_the_next_tells_all(
    late: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(**_given: object) -> None:
        record_all(**_given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    record_all = raising.record_all
    monkeypatch.setattr(raising, "record_all", killed)
    with pytest.raises(KeyboardInterrupt):
        raise_daily(on=date(2025, 9, 16))
    assert sent() == []
    monkeypatch.undo()
    noon = 1_757_995_200  # 16 September 2025 in Kupang
    told = (tasks.raise_alarms_task(noon), tasks.raise_alarms_task(noon))
    assert told == (4, 0), "the unpaid September, two payments without a receipt, the programme that ends in December"


@pytest.mark.django_db
def test_the_first_page_says_what_is_pressing(late: Enrolment) -> None:
    def codes(on: date) -> set[str]:
        found = home("kupang-2025", on=on, areas=ALL)
        assert found is not None
        return {one.code for one in found.attention if one.code.startswith("iuran_")}

    assert codes(date(2025, 9, 16)) == set()
    assert codes(date(2025, 9, 30)) == {"iuran_genting"}
    assert codes(date(2025, 12, 10)) == {"iuran_hampir_gugur"}


def test_the_officers_of_the_payer_hear_of_its_months_from_the_first_day_and_of_no_other(
    cast: Cast, late: Enrolment
) -> None:
    for name, code in (("kas.pembayar", PAYER), ("kas.jemaat", "jemaat")):
        appoint(by=None, on=SINCE, duty=DutyGiven(name, name, "pembayar", "53", code))
    actions.raise_alarms(by=None, on=date(2025, 9, 16))
    (told,) = sent()
    assert "kas.pembayar" in told["to"]
    assert "kas.jemaat" not in told["to"]
