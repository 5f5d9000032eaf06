"""Bills, budgets, arrears, exposure and the month strip in the story; each with its number of SQL queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage.models import Membership
from lopo.coverage.queries import MembersFilter
from lopo.financing import actions, queries
from lopo.financing.queries.bills import absorbed_permil
from lopo.financing.queries.programmes import ProgrammeMoney
from lopo.insight.queries.council import Money
from tests.cast import Cast
from tests.rooms.enrolment import ISSUED, JULY, PAID, PAYER, Enrolment, enrol, fund, pay

pytestmark = pytest.mark.django_db
ALL = ("53.71",)
SEPTEMBER = Month(2025, 9)


@pytest.fixture
def story(cast: Cast) -> Enrolment:
    """Twelve people; August, October, November, December in time; September billed, and paid on 12 November."""
    made = enrol(cast, 12)
    for month, day in ((8, date(2025, 8, 13)), (10, date(2025, 10, 14))):
        pay(cast, made, Month(2025, month), paid_on=day)
    pay(cast, made, SEPTEMBER, paid_on=date(2025, 11, 12))
    for month, day in ((11, date(2025, 11, 13)), (12, date(2025, 12, 12))):
        pay(cast, made, Month(2025, month), paid_on=day)
    return made


def test_bills_with_how_late_they_are(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 3)
    bill = actions.make_bill(
        by=cast.dinas, on=date(2025, 8, 1), programme_id=made.programme, payer_code=PAYER, month=Month(2025, 8)
    )
    with django_assert_num_queries(2):
        page = queries.bills_page(queries.BillsFilter(ALL), Asked(sort="-month"), on=date(2025, 8, 20))
    august, july = page.rows
    assert (august.state, august.days_late, august.sp2d, august.paid_on) == ("terbit", 5, "", None)
    assert (july.state, july.days_late, july.paid_on, july.amount) == ("dibayar", 0, PAID, 50_400)
    assert (july.ordered_by, july.approved_by, july.made_by) == (
        "Oktovianus Fanggidae", "Theresia Manek", "Yuliana Bessie",
    )  # fmt: skip
    with django_assert_num_queries(1):
        assert queries.bill(bill.id, on=date(2025, 8, 20)) == august

    def found(**given: object) -> int:
        return queries.bills_page(queries.BillsFilter(ALL, **given), Asked(), on=ISSUED).total  # type: ignore[arg-type]

    assert (found(unpaid=True), found(state="dibayar"), found(payer="x"), found(search="SP2D/pemprov")) == (1, 1, 0, 1)
    assert queries.bills_page(queries.BillsFilter(()), Asked(), on=ISSUED).total == 0
    assert queries.bills_page(queries.BillsFilter(("53.72",)), Asked(), on=ISSUED).total == 0
    with pytest.raises(Refused):
        queries.bills_page(queries.BillsFilter(ALL), Asked(sort="law_hash"), on=ISSUED)
    with django_assert_num_queries(2):
        lines = queries.bill_lines_page(queries.LinesFilter(ALL, bill.id), Asked())
    assert (lines.total, lines.rows[0].amount, len(lines.rows[0].kpj)) == (3, 16_800, 11)
    assert queries.bill_lines_page(queries.LinesFilter(("53.71.04",), bill.id), Asked()).total == 0
    assert queries.bill_lines_page(queries.LinesFilter(ALL, bill.id, search="nomor 2"), Asked()).total == 1


def test_budget_lines_with_absorption(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = enrol(cast, 3)
    fund(cast, made, amount=200_000)
    pay(cast, made, Month(2025, 8), paid_on=date(2025, 8, 13))
    with django_assert_num_queries(1):
        line = queries.budgets(areas=ALL)[0]
    assert (line.amount, line.committed, line.paid, line.left, line.absorbed_permil) == (
        200_000, 100_800, 100_800, 99_200, 504,
    )  # fmt: skip
    assert queries.budgets(areas=("53.71.04",)) == ()
    assert queries.budgets(areas=ALL, programme_id=0) == ()
    with django_assert_num_queries(1):
        assert [(one.code, one.initial, one.kind_label) for one in queries.payers()] == [(PAYER, "P", "APBD provinsi")]


def test_a_budget_is_absorbed_in_full_only_when_all_of_it_is_paid() -> None:
    assert [absorbed_permil(paid, 1_000_000) for paid in (0, 999, 999_999, 1_000_000)] == [0, 0, 999, 1000]
    assert absorbed_permil(0, 0) == 0
    spent = ProgrammeMoney(1, (), (), 1_000_000, 1_000_000, 999_999, 0, 0)
    assert spent.absorbed_permil == Money("Kota", 2025, "5.1", 1_000_000, 1_000_000, 999_999, 0, 0).absorbed_permil


def test_who_stood_in_arrears_on_a_day_of_the_past(
    story: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    on = date(2025, 10, 20)
    with django_assert_num_queries(4):
        page = queries.arrears_page(MembersFilter(ALL, story.programme), Asked(size=5), on=on)
    assert page.total == 12
    assert {(row.cover, row.unpaid) for row in page.rows} == {("menunggak_1", (SEPTEMBER,))}
    with django_assert_num_queries(3):
        months = queries.arrears_months(story.programme, on=on, areas=ALL)
    assert [(one.month, one.due_on, one.days, one.members, len(one.bills)) for one in months] == [
        (SEPTEMBER, date(2025, 9, 15), 35, 12, 1)
    ]
    assert queries.arrears_page(MembersFilter(ALL, story.programme), Asked(), on=date(2025, 11, 12)).total == 0
    assert queries.arrears_months(story.programme, on=date(2025, 11, 12), areas=ALL) == ()
    assert queries.arrears_page(MembersFilter(("53.71.04",), story.programme), Asked(), on=on).total == 2


@pytest.mark.parametrize(
    ("on", "state", "each"),
    [
        (date(2025, 7, 14), "belum", (0, 0, 0, 0)),
        (date(2025, 7, 20), "masa_tunggu", (10_000_000, 10_000_000, 70_000_000, 70_000_000)),
        (date(2025, 9, 20), "menunggak_1", (10_000_000, 10_000_000, 0, 70_000_000)),
        (date(2025, 10, 20), "menunggak_1", (10_000_000, 42_000_000, 0, 70_000_000)),
        (date(2025, 12, 1), "penuh", (42_000_000, 42_000_000, 70_000_000, 70_000_000)),
        (date(2026, 5, 1), "gugur", (0, 0, 0, 0)),
    ],
)
def test_what_the_deaths_of_a_day_would_pay(
    story: Enrolment,
    django_assert_num_queries: DjangoAssertNumQueries,
    on: date,
    state: str,
    each: tuple[int, int, int, int],
) -> None:
    with django_assert_num_queries(3):
        rows = queries.exposure(story.programme, on=on, areas=ALL)
    assert rows == (queries.ExposureRow(state, 12, (each[0],), *(12 * one for one in each)),)


def test_the_month_strip(story: Enrolment, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = Membership.objects.order_by("id")[0].person_id
    with django_assert_num_queries(4):
        cells = queries.strip(person, on=date(2025, 12, 31))
    assert [(str(one.month)[5:], one.kind, one.cover, one.late) for one in cells] == [
        ("07", "menunggu", "masa_tunggu", False),
        ("08", "menunggu", "masa_tunggu", False),
        ("09", "menunggu", "menunggak_1", True),
        ("10", "dibayar", "menunggak_1", False),
        ("11", "dibayar", "penuh", False),
        ("12", "dibayar", "penuh", False),
    ]
    assert {(one.payer_initial, one.payer_code) for one in cells} == {("P", PAYER)}
    assert [(one.jkm, one.jkm_settled, one.jkk) for one in cells[2:5]] == [
        (10_000_000, 10_000_000, 0), (10_000_000, 42_000_000, 0), (42_000_000, 42_000_000, 70_000_000),
    ]  # fmt: skip
    assert cells[0].gives.endswith("meninggal biasa Rp 10.000.000, penuh mulai 1 Okt 2025.")
    assert "Rp 42.000.000 setelah tunggakan dilunasi" in cells[3].gives


def test_the_month_strip_as_it_was_known_on_a_day(story: Enrolment) -> None:
    person = Membership.objects.order_by("id")[0].person_id
    cells = queries.strip(person, on=date(2025, 10, 10))
    assert [one.kind for one in cells] == ["menunggu", "menunggu", "menunggak_1", "ditagih", "mendatang", "mendatang"]
    assert [one.jkm for one in cells[4:]] == [0, 0]
    assert queries.strip(0, on=date(2025, 10, 10)) == ()


def test_the_month_strip_of_a_lapse_and_of_an_end(cast: Cast) -> None:
    enrol(cast, 2)
    first, second = Membership.objects.order_by("id")
    lapsed = queries.strip(first.person_id, on=date(2025, 12, 31))
    assert [one.kind for one in lapsed] == ["menunggu", "menunggak_1", "menunggak_2", "menunggak_3", "gugur", "gugur"]
    assert lapsed[4].gives.startswith("Hak gugur: iuran menunggak lebih dari 3 bulan")
    Membership.objects.filter(pk=second.pk).update(state="berakhir", ended_on=date(2025, 8, 5))
    ended = queries.strip(second.person_id, on=date(2025, 10, 1))
    assert [one.kind for one in ended] == ["menunggu", "bukan", "bukan", "bukan", "bukan", "bukan"]


def test_before_the_number_there_is_no_cover(cast: Cast) -> None:
    enrol(cast, 1)
    person = Membership.objects.get().person_id
    july = queries.strip(person, on=date(2025, 7, 14))[0]
    assert (july.month, july.cover, july.jkm) == (JULY, "belum", 0)
    assert july.gives == "Belum ada perlindungan: nomor peserta belum terbit."
