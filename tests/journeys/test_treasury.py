"""P6 Kota Batu, P7 Kabupaten Semarang: offices and villages that pay late: each has its task, its day and its turn."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lopo.basics.calendar import Month, is_working_day
from lopo.financing import actions
from lopo.financing.actions.receipts import ReceiptGiven, record_receipt
from lopo.financing.models import Bill
from lopo.financing.queries.alarms import Step
from lopo.financing.queries.standings import Standing, payer_standings
from lopo.financing.queries.tasks import AHEAD, Work, tasks
from lopo.law.deadlines import contribution_due
from lopo.staff.models import Officer
from lopo.targeting.models import Programme
from tests.cast import Cast
from tests.rooms.enrolment import JULY, PAYER, Enrolment, enrol, fund, make_decree, pay

pytestmark = pytest.mark.django_db
ALL = ("53.71",)
_TAKEN = """
INSERT INTO coverage_membership (person_id, programme_id, decree_name_id, state, submitted_on, accepted_on,
                                 reject_reason, end_reason, area_code, has_card, has_passbook)
SELECT n.person_id, d.programme_id, n.id, 'diterima', '2025-06-23', '2025-06-23', '', '', n.area_code, false, false
  FROM targeting_decreename n JOIN targeting_decree d ON d.id = n.decree_id
 WHERE d.programme_id = %(programme)s AND n.rank > %(after)s AND n.rank <= %(after)s + %(people)s
"""
AUGUST = Month(2025, 8)


def opened(officer: Officer, settings: Settings, day: date, address: str) -> str:
    """Give the words of a page as an officer sees it on a day."""
    settings.LOPO_TODAY = day.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    client = Client()
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def open_work(day: date) -> list[tuple[Work, Month]]:
    return [(one.work, one.month) for one in tasks(areas=ALL, on=day)]


def test_p6_one_month_goes_from_hand_to_hand_and_each_step_has_its_day(
    cast: Cast, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """August of twelve members: nobody has billed it, and the list says at each moment whose turn it is."""
    made = enrol(cast, 12)
    day = date(2025, 8, 5)
    with django_assert_num_queries(4):
        (first,) = tasks(areas=ALL, on=day)
    assert (first.work, first.month, first.people, first.amount) == (Work.TAGIHAN, AUGUST, 12, 201_600)
    assert [one.code for one in first.payers] == [PAYER]
    assert first.due_on == contribution_due(AUGUST)
    bill = actions.make_bill(by=cast.dinas, on=day, programme_id=made.programme, payer_code=PAYER, month=AUGUST)
    assert open_work(day) == [(Work.SPP, AUGUST)]
    actions.write_paper(by=cast.bendahara, on=day, bill_id=bill.id, paper=actions.PaperGiven("spp", "SPP/8", day))
    assert open_work(day) == [(Work.SPM, AUGUST)]
    actions.write_paper(by=cast.penyetuju, on=day, bill_id=bill.id, paper=actions.PaperGiven("spm", "SPM/8", day))
    assert open_work(day) == [(Work.SP2D, AUGUST)]
    mine = opened(cast.bendahara, settings, day, "/iuran/tugas?siapa=saya")
    assert "Ajukan SP2D" in mine
    assert "Ajukan SP2D" not in opened(cast.penyetuju, settings, day, "/iuran/tugas?siapa=saya")
    order = actions.OrderGiven("SP2D/8", day)
    actions.request_payment(by=cast.bendahara, on=day, bill_id=bill.id, order=order)
    (last,) = tasks(areas=ALL, on=day)
    assert (last.work, last.by_day) == (Work.SETUJU, last.due_on)
    actions.approve_payment(by=cast.penyetuju, on=day, bill_id=bill.id)
    assert tasks(areas=ALL, on=day) == ()
    assert tasks(areas=("53.72",), on=date(2025, 9, 1)) == (), "nothing of another city"
    waiting = opened(cast.dinas, settings, day, "/iuran/tugas")
    assert waiting.count("Minta bukti bayar") == 1, "of July, paid three weeks ago; of August it is early"
    for one in Bill.objects.select_related("sp2d"):
        receipt = ReceiptGiven(f"BUKTI/{one.month}", one.sp2d.dated, one.amount)
        record_receipt(by=cast.bendahara, on=day, bill_id=one.id, given=receipt)
    assert "Tidak ada tugas" in opened(cast.dinas, settings, day, "/iuran/tugas")


def test_p6_a_forgotten_month_is_on_top_and_says_when_the_rights_lapse(cast: Cast, settings: Settings) -> None:
    """Nobody billed August to October; in November the list begins with August, and the months count as unpaid."""
    enrol(cast, 4)
    day = date(2025, 11, 12)
    found = tasks(areas=ALL, on=day)
    assert [(one.work, str(one.month)) for one in found] == [
        (Work.TAGIHAN, "2025-08"), (Work.TAGIHAN, "2025-09"), (Work.TAGIHAN, "2025-10"), (Work.TAGIHAN, "2025-11"),
    ]  # fmt: skip
    assert [one.step for one in found] == [Step.LAST_DAYS, Step.LAST_DAYS, Step.LAST_DAYS, Step.NONE]
    assert {one.lapses_after for one in found[:3]} == {contribution_due(Month(2025, 11))}, "each counts from the first"
    page = opened(cast.bendahara, settings, day, "/iuran/tugas")
    assert page.index("Agustus 2025") < page.index("September 2025")
    assert "haknya gugur dalam beberapa hari" in page
    assert "September 2025" not in opened(cast.bendahara, settings, day, "/iuran/tugas?kapan=tugas_rencana")


def test_p7_villages_that_have_not_paid_stand_beside_those_that_have(
    cast: Cast, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """In Semarang 200 of 208 villages had not paid by July; here one look says which, how much and since when."""
    province = enrol(cast, 12)
    pay(cast, province, AUGUST, paid_on=date(2025, 8, 13))
    villages = [village_of(cast, number) for number in range(3)]
    for month in (JULY, AUGUST):
        pay(cast, villages[1], month, paid_on=date(2025, 8, 14), payer="desa-1")
    day = date(2025, 8, 20)
    with django_assert_num_queries(4):
        found = payer_standings(areas=ALL, on=day)
    assert [(one.code, one.standing, one.owed) for one in found] == [
        ("desa-0", Standing.TERLAMBAT, 2 * 33_600), ("desa-2", Standing.TERLAMBAT, 4 * 33_600),
        ("desa-1", Standing.LUNAS, 0), (PAYER, Standing.LUNAS, 0),
    ]  # fmt: skip
    assert {one.late for one in found[:2]} == {(JULY, AUGUST)}
    assert {one.days_late for one in found[:2]} == {(day - contribution_due(JULY)).days}
    page = opened(cast.gubernur, settings, day, "/iuran/pembayar?jenis=dana_desa&keadaan=bayar_terlambat")
    assert "DESA 0" in page
    assert "DESA 2" in page
    assert "DESA 1" not in page
    assert "dari 4 pembayar" in page


def village_of(cast: Cast, number: int) -> Enrolment:
    """A village that pays for two people of its own, or three or four, whom BPJS has taken."""
    made = make_decree(cast, 24, code=f"desa-{number}")
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, {"programme": made.programme, "after": 12 + 4 * number, "people": 2 + number})
    fund(cast, made, payer=f"desa-{number}", kind="dana_desa")
    return made


def test_the_plan_leaves_working_days_before_the_due_day(cast: Cast) -> None:
    made = enrol(cast, 2)
    actions.make_bill(by=cast.dinas, on=date(2025, 8, 1), programme_id=made.programme, payer_code=PAYER, month=AUGUST)
    (one,) = tasks(areas=ALL, on=date(2025, 8, 4))
    between = [one.by_day + timedelta(days=days) for days in range((one.due_on - one.by_day).days)]
    assert sum(map(is_working_day, between)) == AHEAD[Work.SPP]


def test_from_september_on_a_programme_that_goes_on_asks_for_its_next_budget(cast: Cast) -> None:
    made = enrol(cast, 2)
    assert Work.ANGGARAN not in [work for work, _ in open_work(date(2025, 9, 1))], "it ends in December"
    Programme.objects.filter(pk=made.programme).update(last_month=date(2026, 6, 1))
    assert Work.ANGGARAN not in [work for work, _ in open_work(date(2025, 8, 31))]
    assert open_work(date(2025, 9, 1))[-1] == (Work.ANGGARAN, Month(2026, 1))
    fund(cast, made, year=2026)
    assert Work.ANGGARAN not in [work for work, _ in open_work(date(2025, 9, 1))]
