"""Several months under one code, one SP2D for several bills, money that does not reach for all, and the papers."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage import queries as covered
from lopo.coverage.models import Membership, PaidMonth
from lopo.financing import actions, queries
from lopo.financing.models import Bill, BillingCode, BillLine, Budget, Sp2d
from lopo.ledger import queries as ledger
from lopo.people.models import Person
from lopo.targeting.models import DecreeName, Programme
from tests.cast import Cast
from tests.rooms.enrolment import PAYER, Enrolment, enrol, fund

pytestmark = pytest.mark.django_db
AUGUST, ON = Month(2025, 8), date(2025, 8, 20)
EACH = 16_800


@pytest.fixture
def made(cast: Cast) -> Enrolment:
    return enrol(cast, 6)


def ahead(cast: Cast, made: Enrolment, first: Month, count: int, code: str = "KI-1") -> tuple[actions.BillMade, ...]:
    return actions.make_bills(
        by=cast.dinas, on=ON, programme_id=made.programme, payer_code=PAYER, months=actions.Months(first, count, code)
    )


def bill(cast: Cast, made: Enrolment, month: Month = AUGUST, on: date = ON) -> actions.BillMade:
    return actions.make_bill(by=cast.dinas, on=on, programme_id=made.programme, payer_code=PAYER, month=month)


def order(
    cast: Cast, bills: tuple[actions.BillMade, ...], amount: int | None = None, rule: str = "", number: str = "S/1"
) -> int:
    given = actions.OrderGiven(number, ON, amount, rule)
    first, *others = [one.id for one in bills]
    return actions.request_payment(by=cast.bendahara, on=ON, bill_id=first, order=given, others=others)


def approve(cast: Cast, bill_id: uuid.UUID) -> actions.Paid:
    return actions.approve_payment(by=cast.penyetuju, on=ON, bill_id=bill_id)


def sums_hold() -> None:
    """Money is where the lines say, and the database has checked what it checks at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert ledger.balanced()
    assert (covered.drifted(), covered.miscounted()) == ((), 0)
    for budget in Budget.objects.all():
        lines = BillLine.objects.filter(bill__budget=budget, cancelled=False)
        assert budget.committed == sum(lines.values_list("amount", flat=True))
        assert budget.paid == sum(lines.filter(bill__state="dibayar").values_list("amount", flat=True))


def test_three_months_are_billed_under_one_code_and_paid_by_one_sp2d(cast: Cast, made: Enrolment) -> None:
    bills = ahead(cast, made, AUGUST, 3)
    assert [one.amount for one in bills] == [6 * EACH] * 3
    assert [one.due_on for one in bills] == [date(2025, 8, 15), date(2025, 9, 15), date(2025, 10, 15)]
    assert covered.cover_counts(made.programme, on=date(2025, 9, 20), areas=("53",))["menunggak_2"] == 6, "not yet paid"
    order(cast, bills)
    paid = approve(cast, bills[1].id)
    assert (paid.people, paid.amount) == (18, 18 * EACH)
    assert set(Membership.objects.values_list("history__months", flat=True)) == {
        "2025-07=2025-07-14 2025-08=2025-08-20 2025-09=2025-08-20 2025-10=2025-08-20"
    }
    assert covered.cover_counts(made.programme, on=date(2025, 11, 1), areas=("53",))["penuh"] == 6
    assert set(Bill.objects.filter(code_id="KI-1").values_list("state", flat=True)) == {"dibayar"}
    sums_hold()


def test_months_ahead_are_those_that_bpjs_takes_with_a_code_of_their_own(cast: Cast, made: Enrolment) -> None:
    for count, code, sentence in (
        (2, "A", "tidak menerima iuran 2 bulan"),
        (13, "A", "dua belas"),
        (3, " ", "Tulis kode"),
    ):
        with pytest.raises(Refused, match=sentence):
            ahead(cast, made, AUGUST, count, code)
    ahead(cast, made, AUGUST, 3)
    with pytest.raises(Refused, match="sudah dipakai"):
        ahead(cast, made, Month(2025, 11), 1)
    assert BillingCode.objects.count() == 1


def test_months_of_the_next_year_are_charged_to_the_budget_of_that_year(cast: Cast, made: Enrolment) -> None:
    Programme.objects.update(last_month="2026-12-01")
    with pytest.raises(Refused, match="belum mempunyai anggaran 2026"):
        ahead(cast, made, Month(2025, 12), 3)
    assert Bill.objects.filter(month="2025-12-01").count() == 0, "all or none"
    fund(cast, made, year=2026)
    bills = ahead(cast, made, Month(2025, 12), 3)
    committed = dict(Budget.objects.values_list("year", "committed"))
    assert committed == {2025: 12 * EACH, 2026: 12 * EACH}, "July and December; January and February"
    with pytest.raises(Refused, match="satu mata anggaran"):
        order(cast, bills)
    with pytest.raises(Refused, match="mulai 1 Januari"):
        order(cast, bills[1:])
    order(cast, bills[:1])
    approve(cast, bills[0].id)
    sums_hold()


def test_the_relief_of_a_month_is_met_on_the_way(cast: Cast, made: Enrolment) -> None:
    Programme.objects.update(last_month="2026-12-01")
    fund(cast, made, payer="gereja-gmit", kind="gereja")
    fund(cast, made, payer="gereja-gmit", kind="gereja", year=2026)
    Person.objects.update(occupation="Nelayan")
    bills = actions.make_bills(
        by=cast.dinas, on=ON, programme_id=made.programme, payer_code="gereja-gmit",
        months=actions.Months(Month(2026, 2), 3, "KI-9"),
    )  # fmt: skip
    assert [one.per_person for one in bills] == [16_800, 16_800, 8_400], "half from April 2026 (PP 50/2025)"


def test_who_comes_later_is_billed_alone_for_a_month_that_has_a_bill(cast: Cast, made: Enrolment) -> None:
    late = Membership.objects.order_by("id").last()
    assert late is not None
    Membership.objects.filter(pk=late.pk).update(accepted_on=date(2025, 9, 1))
    assert bill(cast, made).people == 5
    with pytest.raises(Refused, match="sudah ditagihkan"):
        bill(cast, made)
    second = bill(cast, made, on=date(2025, 9, 2))
    assert (second.people, Bill.objects.get(pk=second.id).part) == (1, 1)
    sums_hold()


def test_short_money_pays_whole_people_by_the_stated_rule(cast: Cast, made: Enrolment) -> None:
    asked = bill(cast, made)
    with pytest.raises(Refused, match="pilih aturan"):
        order(cast, (asked,), 2 * EACH)
    with pytest.raises(Refused, match="Pilih aturan"):
        order(cast, (asked,), 2 * EACH, "sesuka")
    with pytest.raises(Refused, match=r"Mintalah SP2D Rp 33.600"):
        order(cast, (asked,), 2 * EACH + 5_000, "urutan_sk")
    with pytest.raises(Refused, match="tidak cukup"):
        order(cast, (asked,), 5_000, "urutan_sk")
    assert Bill.objects.get(pk=asked.id).state == "terbit", "nothing half booked"
    seen = queries.division([asked.id], amount=2 * EACH, rule="urutan_sk", on=ON)
    assert (seen.paid, seen.paid_amount, seen.left, seen.left_amount, seen.over) == (2, 2 * EACH, 4, 4 * EACH, 0)
    assert sum(one.left for one in seen.shares) == 4
    assert seen.jkm == seen.jkm_paid == 4 * 10_000_000, "in the waiting months death pays the funeral alone"
    order(cast, (asked,), 2 * EACH, "urutan_sk")
    whole = Bill.objects.get(pk=asked.id)
    part, rest = Bill.objects.filter(divided_from=whole).order_by("part")
    assert (whole.state, part.state, rest.state) == ("dibagi", "diajukan", "terbit")
    assert (part.people, rest.people, rest.issued_on, rest.due_on) == (2, 4, whole.issued_on, whole.due_on)
    approve(cast, part.id)
    first = set(DecreeName.objects.order_by("rank", "kecamatan_code").values_list("person_id", flat=True)[:2])
    assert set(PaidMonth.objects.filter(month=AUGUST.first_day).values_list("person_id", flat=True)) == first
    sums_hold()
    order(cast, (actions.BillMade(rest.id, rest.people, EACH, rest.amount, rest.due_on),), number="S/2")
    assert approve(cast, rest.id).people == 4
    assert covered.cover_counts(made.programme, on=ON, areas=("53",))["penuh"] == 0, "still waiting, none in arrears"
    sums_hold()


def test_the_oldest_month_goes_first_and_who_left_comes_last(cast: Cast, made: Enrolment) -> None:
    august, september = bill(cast, made), bill(cast, made, Month(2025, 9))
    gone = DecreeName.objects.order_by("rank", "kecamatan_code").first()
    assert gone is not None
    member = Membership.objects.get(person_id=gone.person_id)
    coverage.end_membership(by=cast.dinas, on=ON, membership_id=member.id, ended_on=date(2025, 7, 31), reason="pindah")
    order(cast, (september, august), 8 * EACH, "tunggakan")
    approve(cast, Bill.objects.filter(state="diajukan")[0].id)
    paid = PaidMonth.objects.exclude(month="2025-07-01")
    assert paid.filter(month="2025-08-01").count() == 5, "all who are still there"
    assert paid.filter(month="2025-09-01").count() == 3
    assert not paid.filter(person_id=gone.person_id).exists()
    sums_hold()


def test_what_the_deaths_of_those_left_out_would_pay_is_shown_before(cast: Cast, made: Enrolment) -> None:
    bills = ahead(cast, made, AUGUST, 3)
    order(cast, bills)
    approve(cast, bills[0].id)
    november = bill(cast, made, Month(2025, 11), on=date(2025, 11, 3))
    seen = queries.division([november.id], amount=5 * EACH, rule="tunggakan", on=date(2025, 11, 20))
    assert (seen.left, seen.day, seen.jkm_paid) == (1, date(2025, 11, 20), 42_000_000)
    assert seen.jkm < 42_000_000


def test_a_returned_order_opens_all_its_bills(cast: Cast, made: Enrolment) -> None:
    bills = ahead(cast, made, AUGUST, 3)
    order(cast, bills)
    actions.return_payment(by=cast.penyetuju, on=ON, bill_id=bills[2].id, reason="rekening salah")
    assert set(Bill.objects.filter(code_id="KI-1").values_list("state", "sp2d")) == {("terbit", None)}
    assert Sp2d.objects.count() == 1, "the one of July"


def test_months_paid_for_somebody_who_left_are_shown_to_be_asked_back(cast: Cast, made: Enrolment) -> None:
    bills = ahead(cast, made, AUGUST, 3)
    order(cast, bills)
    approve(cast, bills[0].id)
    member = Membership.objects.order_by("id").first()
    assert member is not None
    later = date(2025, 9, 3)
    coverage.end_membership(by=cast.dinas, on=later, membership_id=member.id, ended_on=later, reason="meninggal")
    (row,) = queries.excess_page(queries.ExcessFilter(("53",), made.programme), Asked()).rows
    assert (row.person_id, row.months, row.amount, row.ended_on) == (member.person_id, 1, EACH, later), "October"
    assert queries.excess_sum(made.programme, areas=("53",)) == (1, EACH)
    assert queries.excess_sum(made.programme, areas=()) == (0, 0)


def test_papers_go_in_their_order_by_two_officers(cast: Cast, made: Enrolment) -> None:
    asked = bill(cast, made)

    def write(by: object, kind: str, number: str, day: int) -> None:
        given = actions.PaperGiven(kind, number, date(2025, 8, day))
        actions.write_paper(by=by, on=ON, bill_id=asked.id, paper=given)  # type: ignore[arg-type]

    with pytest.raises(Refused, match="SPP lebih dahulu"):
        write(cast.penyetuju, "spm", "SPM/1", 20)
    with pytest.raises(Refused, match="perlu nomor"):
        write(cast.bendahara, "spp", " ", 20)
    write(cast.bendahara, "spp", "SPP/1", 20)
    with pytest.raises(Refused, match="berwenang"):
        write(cast.bendahara, "spm", "SPM/1", 20)
    write(cast.penyetuju, "spm", "SPM/1", 20)
    with pytest.raises(Refused, match="dasar SPM"):
        write(cast.bendahara, "spp", "SPP/2", 20)
    order(cast, (asked,))
    with pytest.raises(Refused, match="selama tagihan belum diajukan"):
        write(cast.penyetuju, "spm", "SPM/2", 20)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Bill.objects.get(pk=asked.id).papers.update(number="X")


def test_the_database_holds_the_sum_of_an_sp2d_and_of_parts(cast: Cast, made: Enrolment) -> None:
    asked = bill(cast, made)
    with pytest.raises(IntegrityError, match="sum of an SP2D"), transaction.atomic():
        wrong = Sp2d.objects.create(number="S/9", dated=ON, amount=1, made_by=cast.bendahara)
        Bill.objects.filter(pk=asked.id).update(state="diajukan", sp2d=wrong)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="parts of a bill"), transaction.atomic():
        Bill.objects.filter(pk=asked.id).update(state="dibagi")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="bill_ordered_by_sp2d"), transaction.atomic():
        Bill.objects.filter(pk=asked.id).update(state="diajukan")
