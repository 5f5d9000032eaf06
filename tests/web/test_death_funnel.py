"""The funnel of deaths (P21): its counts are those of the desks, and what it expects follows the table."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.urls import reverse

from lopo.basics.calendar import years_between
from lopo.claims.models import Case, DeathHit
from lopo.coverage.models import PaidMonth
from lopo.insight.mortality import INSURED, POPULATION, deaths_a_year
from lopo.insight.queries.deaths import FunnelAsked, funnel, still_paid
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story

NTT = ("53",)
WAY = reverse("corong_kematian")


def test_the_table_is_higher_for_the_old_for_men_and_for_all_than_for_the_insured() -> None:
    ages = range(20, 80, 5)
    for sex in "LP":
        rates = [deaths_a_year(POPULATION, sex, age) for age in ages]
        assert rates == sorted(rates)
        assert all(deaths_a_year(INSURED, sex, age) < rate for age, rate in zip(ages, rates, strict=True))
    assert all(deaths_a_year(POPULATION, "L", age) > deaths_a_year(POPULATION, "P", age) for age in ages)
    assert deaths_a_year(POPULATION, "L", 3) == deaths_a_year(POPULATION, "L", 15)
    assert deaths_a_year(POPULATION, "P", 101) == deaths_a_year(POPULATION, "P", 80)


def test_the_counts_are_those_of_the_desks(story: Story, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    asked = FunnelAsked(story.programme_id, NTT, TODAY)
    with django_assert_num_queries(2):
        found = funnel(asked)
    total = found.total
    seen = DeathHit.objects.filter(outcome__in=["kasus", "sudah_diketahui", "ragu"])
    assert total.seen == seen.values("membership").distinct().count() > 0
    assert total.doubtful == seen.filter(outcome="ragu").count()
    cases = Case.objects.filter(died_on__isnull=False).exclude(state="ditutup")
    assert total.case == cases.count() > 0
    assert total.seen >= total.doubtful
    assert total.case >= total.complete >= total.decided >= total.paid
    for rows in (found.months, found.places):
        for name in ("member_months", "seen", "case", "complete", "decided", "paid"):
            assert sum(getattr(row, name) for row in rows) == getattr(total, name)
    days = total.days
    assert all(one is None or one >= 0 for one in days)
    assert days[1] is not None


def test_what_is_expected_is_what_the_table_says_of_each_paid_month(story: Story) -> None:
    found = funnel(FunnelAsked(story.programme_id, NTT, TODAY))
    parts = count = 0
    months = PaidMonth.objects.filter(membership__programme_id=story.programme_id)
    for one in months.select_related("person", "membership"):
        if one.membership.ended_on is None or one.membership.ended_on >= one.month:
            born = one.person.born.replace(day=1)
            parts += deaths_a_year(POPULATION, one.person.sex, years_between(born, one.month))
            count += 1
    assert found.total.member_months == count
    assert abs(found.total.expected_tenths - parts * 10 / 1_200_000) <= 1
    double = funnel(FunnelAsked(story.programme_id, NTT, TODAY, 200)).total
    assert abs(double.expected_tenths - 2 * found.total.expected_tenths) <= 1
    assert double.insured_tenths == found.total.insured_tenths < found.total.expected_tenths


def test_who_sees_no_area_sees_nothing_and_an_earlier_day_knows_less(story: Story) -> None:
    nothing = funnel(FunnelAsked(story.programme_id, (), TODAY)).total
    assert (nothing.member_months, nothing.seen, nothing.case, nothing.expected_tenths) == (0, 0, 0, 0)
    (own,) = funnel(FunnelAsked(story.programme_id, (OEBUFU,), TODAY)).places
    assert own.key == OEBUFU
    early = funnel(FunnelAsked(story.programme_id, NTT, date(2025, 7, 31))).total
    assert (early.seen, early.paid) == (0, 0)
    assert 0 < early.member_months < funnel(FunnelAsked(story.programme_id, NTT, TODAY)).total.member_months


def test_a_member_who_died_unseen_and_is_still_paid_for_is_on_the_list(story: Story, signed_in: SignedIn) -> None:
    asked = FunnelAsked(story.programme_id, NTT, TODAY)
    before = still_paid(asked)
    hit = DeathHit.objects.filter(outcome="kasus").order_by("id")[0]
    assert story.member.person_id not in {row.person_id for row in before}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_deathhit (membership_id, snapshot_id, certificate, nik, name, died_on, certain,"
            " differs, outcome, found_on, note) VALUES (%s, %s, 'UJI-1', '', 'X', %s, false, 'nama', 'ragu', %s, '')",
            [story.member.id, hit.snapshot_id, date(2025, 8, 20), TODAY - timedelta(days=3)],  # type: ignore[attr-defined]
        )
    (row,) = set(still_paid(asked)) - set(before)
    assert (row.person_id, row.state, row.first) == (story.member.person_id, "ragu", date(2025, 9, 1))
    later = PaidMonth.objects.filter(person=story.member.person_id, month__gt=date(2025, 8, 20)).count()
    assert row.months == later
    assert row.amount == later * 16_800
    page = signed_in("dinas").get(reverse("meninggal_dibayar")).content.decode()
    assert story.member.name in page
    assert "masih dibayar" in signed_in("dinas").get(WAY).content.decode()
    assert funnel(asked).total.doubtful >= 1


def test_the_page_by_kelurahan_with_a_multiplier_is_exported(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    page = office.get(WAY, {"menurut": "kelurahan", "pengali": "150"}).content.decode()
    assert "Oebufu" in page
    assert "150" in page
    gone = office.post(f"{WAY}?menurut=kelurahan", {"ekspor": "csv", "alasan": "rapat bulanan"})
    assert gone.status_code == 200
    assert "Oebufu" in gone.content.decode("utf-8-sig")
    assert office.get(WAY, {"pengali": "9999", "menurut": "x"}).status_code == 200
