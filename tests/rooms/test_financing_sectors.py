"""The sector of work prices the months of a payer without APBN or APBD in 2026 and 2027: one bill for each sector."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.financing import actions
from lopo.financing.models import Bill, BillLine, Budget
from lopo.financing.queries.price import most_of, price_of, prices_of
from lopo.financing.queries.sectors import parted, workers_page, works
from lopo.ledger.queries import balanced
from lopo.people.batch.occupations import TITLES
from lopo.people.models import Person, PersonSector
from lopo.people.sectors import TRANSPORT, sector_of, state_people, state_work
from lopo.staff.models import Diary
from lopo.targeting.models import Programme
from tests.cast import Cast
from tests.rooms.enrolment import Enrolment, enrol, fund

ON = date(2025, 12, 18)
CHURCH = "gereja-gmit"
WORKS = ("Tukang ojek", "Sopir bemo", "Nelayan", "Petani", "Porter", "Penganyam")
pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    made = enrol(cast, 6)
    Programme.objects.update(last_month="2027-12-01")
    for year in (2026, 2027):
        fund(cast, made, payer=CHURCH, kind="gereja", year=year)
    for person, work in zip(Person.objects.order_by("id"), WORKS, strict=True):
        Person.objects.filter(pk=person.pk).update(occupation=work)
    return made


def bills(cast: Cast, made: Enrolment, month: Month, count: int = 1) -> tuple[actions.BillMade, ...]:
    months = actions.Months(month, count, "KI-1" if count > 1 else "")
    return actions.make_bills(by=cast.dinas, on=ON, programme_id=made.programme, payer_code=CHURCH, months=months)


def state(cast: Cast, work: str, sector: str) -> None:
    state_work(by=cast.dinas, on=ON, area_code="53.71", occupation=work, sector=sector)


def test_drivers_and_riders_are_transport_and_nobody_is_guessed() -> None:
    assert [sector_of(work) for work in WORKS] == ["transportasi"] * 2 + ["lainnya"] * 3 + [""]
    assert sector_of("") == ""
    assert set(TITLES) > TRANSPORT


def test_a_month_is_billed_by_sector_where_the_price_differs(cast: Cast, made: Enrolment) -> None:
    with pytest.raises(Refused, match="1 orang belum tercatat sektor") as no:
        bills(cast, made, Month(2026, 1))
    assert no.value.code == "sektor_belum_diketahui"
    assert Bill.objects.filter(payer=CHURCH).count() == 0
    state(cast, "Penganyam", "lainnya")
    drivers, others = bills(cast, made, Month(2026, 1))
    assert [(one.people, one.per_person, one.amount) for one in (drivers, others)] == [
        (2, 8_400, 16_800), (4, 16_800, 67_200),
    ]  # fmt: skip
    assert [one.sector for one in Bill.objects.filter(payer=CHURCH).order_by("part")] == ["transportasi", "lainnya"]
    named = BillLine.objects.filter(bill_id=drivers.id).values_list("person__occupation", flat=True)
    assert set(named) == {"Tukang ojek", "Sopir bemo"}
    with pytest.raises(Refused, match="sudah ditagihkan"):
        bills(cast, made, Month(2026, 1))
    assert Budget.objects.get(payer=CHURCH, year=2026).committed == 84_000
    assert balanced()


def test_one_price_makes_one_bill_and_asks_for_no_sector(cast: Cast, made: Enrolment) -> None:
    (april,) = bills(cast, made, Month(2026, 4))
    assert (april.people, april.per_person, Bill.objects.get(pk=april.id).sector) == (6, 8_400, "")
    (later,) = bills(cast, made, Month(2027, 4))
    assert (later.people, later.per_person) == (6, 16_800)
    fund(cast, made, payer="kota", kind="apbd_kota", year=2026)
    city = actions.make_bill(
        by=cast.dinas, on=ON, programme_id=made.programme, payer_code="kota", month=Month(2026, 2)
    )  # fmt: skip
    assert (city.people, city.per_person) == (6, 16_800), "APBD pays in full and asks for no sector"


def test_months_ahead_are_parted_under_one_code_and_paid_by_one_order(cast: Cast, made: Enrolment) -> None:
    state(cast, "Penganyam", "transportasi")
    ahead = bills(cast, made, Month(2026, 2), 3)
    assert [(one.people, one.per_person) for one in ahead] == [
        (3, 8_400), (3, 16_800), (3, 8_400), (3, 16_800), (6, 8_400),
    ]  # fmt: skip
    order, day = actions.OrderGiven("SP2D/2026", date(2026, 2, 10)), date(2026, 2, 10)
    first, *others = [one.id for one in ahead]
    actions.request_payment(by=cast.bendahara, on=day, bill_id=first, order=order, others=others)
    paid = actions.approve_payment(by=cast.penyetuju, on=day, bill_id=first)
    assert paid.people == 18
    assert balanced()


def test_a_person_goes_before_the_work_and_bills_that_stand_do_not_change(cast: Cast, made: Enrolment) -> None:
    state(cast, "Penganyam", "lainnya")
    bills(cast, made, Month(2026, 1))
    porter = Person.objects.get(occupation="Porter")
    with pytest.raises(Refused, match="dari mana"):
        state_people(by=cast.dinas, on=ON, person_ids=[porter.id], sector="transportasi", reason=" ")
    state_people(by=cast.dinas, on=ON, person_ids=[porter.id], sector="transportasi", reason="Surat BPJS 12/2026")
    assert [one.people for one in Bill.objects.filter(payer=CHURCH, month="2026-01-01").order_by("part")] == [2, 4]
    assert [one.people for one in bills(cast, made, Month(2026, 2))] == [3, 3]
    state_people(by=cast.dinas, on=ON, person_ids=[porter.id], sector="lainnya", reason="Dibetulkan")
    assert [one.people for one in bills(cast, made, Month(2026, 3))] == [2, 4]
    assert PersonSector.objects.get().reason == "Dibetulkan"
    told = Diary.objects.filter(action="state_person_sector").order_by("id")
    assert [(one.before["sector"], one.after["sector"]) for one in told] == [
        ("", "transportasi"), ("transportasi", "lainnya"),
    ]  # fmt: skip


def test_who_may_not_bill_states_no_sector(cast: Cast, made: Enrolment) -> None:
    for by in (cast.tamu, cast.lurah):
        with pytest.raises(Refused):
            state_work(by=by, on=ON, area_code="53.71", occupation="Porter", sector="transportasi")
        with pytest.raises(Refused):
            state_people(by=by, on=ON, person_ids=[Person.objects.first().id], sector="lainnya", reason="x")  # type: ignore[union-attr]
    with pytest.raises(Refused, match="laut tidak dikenal"):
        state(cast, "Porter", "laut")
    with pytest.raises(Refused, match="tidak tertulis"):
        state(cast, " ", "lainnya")


def test_the_desk_shows_the_unknown_first(cast: Cast, made: Enrolment) -> None:
    rows = works(made.programme)
    assert (rows[0].occupation, rows[0].unknown, rows[0].title) == ("PENGANYAM", 1, "")
    assert {row.occupation: row.sector for row in rows} == {work.upper(): sector_of(work) for work in WORKS}
    assert sum(row.members for row in rows) == 6
    page = workers_page(made.programme, "Penganyam", Asked(), areas=("53.71",))
    assert [(row.person_id, row.stated) for row in page.rows] == [(Person.objects.get(occupation="Penganyam").id, "")]
    assert workers_page(made.programme, "Penganyam", Asked(), areas=()).total == 0
    state_people(by=cast.dinas, on=ON, person_ids=[page.rows[0].person_id], sector="lainnya", reason="Ditanya")
    assert works(made.programme)[0].unknown == 0
    assert parted(made.programme, Month(2026, 1), on=ON).people == {"transportasi": 2, "lainnya": 4}


@settings(max_examples=8, deadline=None)
@given(number=st.integers(0, 35), picked=st.lists(st.sampled_from(["transportasi", "lainnya"]), min_size=6, max_size=6))
def test_the_most_is_what_the_dearer_sector_costs(number: int, picked: list[str]) -> None:
    month = Month(2025, 1).plus(number)
    each = {
        one: price_of(income=1_000_000, payer_kind="gereja", month=month, sector=one).per_person for one in set(picked)
    }
    prices = prices_of(income=1_000_000, payer_kind="gereja", month=month)
    assert all(prices.get(one, prices.get("")).per_person == amount for one, amount in each.items())  # type: ignore[union-attr]
    assert max(each.values()) <= most_of(income=1_000_000, payer_kind="gereja", month=month)


def test_no_month_of_a_person_stands_on_two_bills(cast: Cast, made: Enrolment) -> None:
    state(cast, "Penganyam", "lainnya")
    bills(cast, made, Month(2026, 1), 6)
    lines = BillLine.objects.filter(bill__payer=CHURCH, cancelled=False)
    assert lines.count() == lines.values("person_id", "month").distinct().count() == 36
    assert lines.aggregate(n=Sum("amount"))["n"] == Bill.objects.filter(payer=CHURCH).aggregate(n=Sum("amount"))["n"]
