"""One line of cover for a person whoever pays: one number, one row of months, and no new waiting at a takeover."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions, queries
from lopo.coverage.bpjs import read_template
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import MemberNumber, Membership, PaidHistory, PaidMonth
from lopo.financing.queries import strip
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.city import CITY, city_programme
from tests.rooms.enrolment import Enrolment, enrol, fund, pay

pytestmark = pytest.mark.django_db
ALL = ("53",)
JANUARY = date(2026, 1, 20)


def province_pays_until_december(cast: Cast, people: int) -> Enrolment:
    made = enrol(cast, people)
    for number in range(8, 13):
        pay(cast, made, Month(2025, number), paid_on=date(2025, number, 12))
    return made


def city_takes_names(cast: Cast, people: int) -> Enrolment:
    """The city sends its names and BPJS takes them, before anything is paid."""
    made = city_programme(people)
    day = date(2025, 12, 15)
    sent = actions.submit_members(by=cast.dinas, on=day, programme_id=made.programme, decree_id=made.decree)
    file = queries.exchange_file(sent.exchange_id)
    assert file is not None
    verified = FakeBpjs({}).verify(bytes(file.content))
    actions.read_answer(by=cast.bpjs, on=day, programme_id=made.programme, file="kota.xlsx", content=verified)
    return made


def city_pays_january(cast: Cast, made: Enrolment) -> None:
    fund(cast, made, payer=CITY, kind="apbd_kota", year=2026)
    pay(cast, made, Month(2026, 1), paid_on=date(2026, 1, 14), payer=CITY)


def test_the_number_of_a_person_is_kept_when_another_programme_takes_over(cast: Cast) -> None:
    old = province_pays_until_december(cast, 6)
    new = city_takes_names(cast, 4)
    mine = Membership.objects.filter(programme_id=new.programme)
    assert {one.state for one in mine} == {"terdaftar"}, "who has a number is registered as soon as BPJS takes the name"
    numbers = dict(Membership.objects.filter(programme_id=old.programme).values_list("person_id", "kpj"))
    assert {one.person_id: one.kpj for one in mine} == {one.person_id: numbers[one.person_id] for one in mine}
    assert MemberNumber.objects.count() == 6
    assert queries.drifted() == ()
    assert queries.miscounted() == 0


def test_a_takeover_from_december_to_january_starts_no_new_waiting(cast: Cast) -> None:
    old = province_pays_until_december(cast, 6)
    new = city_takes_names(cast, 4)
    counts = queries.cover_counts(new.programme, on=date(2025, 12, 20), areas=ALL)
    assert (counts["penuh"], sum(counts.values())) == (4, 4), "the person is covered before the new programme pays"
    city_pays_january(cast, new)
    assert queries.cover_counts(new.programme, on=JANUARY, areas=ALL)["penuh"] == 4
    assert queries.drifted() == ()
    before = queries.cover_counts(old.programme, on=JANUARY, areas=ALL)
    assert (before["penuh"], before["menunggak_1"]) == (4, 2), "two of the old list stand on no new one"
    person = Membership.objects.filter(programme_id=new.programme).order_by("id")[0].person_id
    cells = {cell.month: cell for cell in strip(person, on=JANUARY)}
    assert [cells[Month(2025, 12)].payer_initial, cells[Month(2026, 1)].payer_initial] == ["P", "K"]
    assert (cells[Month(2026, 1)].kind, cells[Month(2026, 1)].jkm) == ("dibayar", 42_000_000)


def test_the_end_of_one_membership_does_not_end_the_cover_that_another_pays(cast: Cast) -> None:
    old = province_pays_until_december(cast, 2)
    new = city_takes_names(cast, 2)
    city_pays_january(cast, new)
    ended = Membership.objects.filter(programme_id=old.programme).order_by("id")[0]
    last = date(2025, 12, 31)
    actions.end_membership(by=cast.dinas, on=JANUARY, membership_id=ended.id, ended_on=last, reason="diambil alih kota")
    facts = queries.cover_facts_of(ended.id, event_on=JANUARY, judged_on=JANUARY)
    assert facts is not None
    assert (facts.nomor_terbit, facts.bulan_kepesertaan, facts.bulan_menunggak) == (True, 7, 0)
    cover = queries.cover_of(ended.id, on=JANUARY)
    assert cover is not None
    assert cover.state == "penuh"
    assert queries.cover_counts(old.programme, on=JANUARY, areas=ALL)["berakhir"] == 1
    other = Membership.objects.get(programme_id=new.programme, person_id=ended.person_id)
    actions.end_membership(by=cast.dinas, on=JANUARY, membership_id=other.id, ended_on=JANUARY, reason="pindah")
    gone = queries.cover_facts_of(ended.id, event_on=date(2026, 1, 21), judged_on=date(2026, 2, 1))
    assert gone is not None
    assert not gone.nomor_terbit


def test_a_name_that_is_sent_shows_the_number_and_the_months_of_the_person(cast: Cast) -> None:
    province_pays_until_december(cast, 2)
    new = city_programme(2)
    actions.submit_members(by=cast.dinas, on=date(2025, 12, 15), programme_id=new.programme, decree_id=new.decree)
    shown = Membership.objects.filter(programme_id=new.programme).values_list("state", "kpj", "history__months")
    assert {state for state, _, _ in shown} == {"diusulkan"}
    assert None not in {kpj for _, kpj, _ in shown}
    assert {len((months or "").split()) for _, _, months in shown} == {6}
    assert PaidHistory.objects.filter(memberships__isnull=False).distinct().count() == 1


def test_bpjs_cannot_give_a_person_a_second_number(cast: Cast) -> None:
    province_pays_until_december(cast, 2)
    new = city_programme(2)
    day = date(2025, 12, 15)
    sent = actions.submit_members(by=cast.dinas, on=day, programme_id=new.programme, decree_id=new.decree)
    file = queries.exchange_file(sent.exchange_id)
    assert file is not None
    office = FakeBpjs({})
    office.owners.update({f"25{n:09d}": "x" for n in range(3)})
    second = office.issue(bytes(file.content), on=date(2026, 1, 2))
    read = actions.read_answer(
        by=cast.bpjs, on=date(2026, 1, 2), programme_id=new.programme, file="2.xlsx", content=second
    )
    assert (read.numbered, {one.why.split(":")[0] for one in read.parked}) == (0, {"sudah bernomor lain"})
    assert MemberNumber.objects.count() == 2


def take(cast: Cast, old: Enrolment, new: Enrolment, *, on: date = date(2025, 12, 18)) -> actions.TakenOver:
    takeover = actions.Takeover(old.programme, new.programme, new.decree)
    return actions.take_over(by=cast.dinas, on=on, takeover=takeover)


def test_a_takeover_goes_on_with_number_and_months_and_tells_bpjs(cast: Cast) -> None:
    old = province_pays_until_december(cast, 6)
    new = city_programme(4)
    taken = take(cast, old, new)
    assert (taken.people, taken.lapsed) == (4, 0)
    file = queries.exchange_file(taken.exchange_id)
    assert file is not None
    assert len(read_template(bytes(file.content))) == 4
    assert Diary.objects.filter(action="take_over").count() == 1
    with pytest.raises(Refused, match="dapat diambil alih; 0 orang"):
        take(cast, old, new)
    city_pays_january(cast, new)
    assert queries.cover_counts(new.programme, on=JANUARY, areas=ALL)["penuh"] == 4
    assert queries.cover_counts(new.programme, on=date(2026, 2, 20), areas=ALL)["menunggak_1"] == 4
    assert (queries.drifted(), queries.miscounted()) == ((), 0)


def test_a_takeover_leaves_out_who_has_lapsed_and_refuses_a_gap(cast: Cast) -> None:
    old = enrol(cast, 3)
    new = city_programme(2)
    with pytest.raises(Refused, match="2 orang sudah gugur"):
        take(cast, old, new)
    assert not Membership.objects.filter(programme_id=new.programme).exists()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE targeting_programme SET first_month = '2026-03-01' WHERE id = %s", [new.programme])
    with pytest.raises(Refused, match=r"Januari 2026 sampai Februari 2026 tidak dibayar program mana pun"):
        take(cast, old, new)
    with pytest.raises(Refused, match="dua program"):
        take(cast, old, old)
    with pytest.raises(Refused, match="berwenang"):
        actions.take_over(
            by=cast.lurah, on=JANUARY, takeover=actions.Takeover(old.programme, new.programme, new.decree)
        )


def test_both_payers_bill_the_same_month_and_nobody_is_billed_twice(cast: Cast) -> None:
    old = province_pays_until_december(cast, 6)
    new = city_programme(4, first="2025-12-01")
    take(cast, old, new)
    fund(cast, new, payer=CITY, kind="apbd_kota")
    with pytest.raises(Refused, match="belum ditagih"):
        pay(cast, new, Month(2025, 12), paid_on=date(2025, 12, 19), payer=CITY)
    months = PaidMonth.objects.values_list("person_id", "month")
    assert len(months) == len(set(months)) == 36


def test_the_database_holds_one_number_a_person(cast: Cast) -> None:
    province_pays_until_december(cast, 2)
    one, two = Membership.objects.order_by("id")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberNumber.objects.create(person_id=one.person_id, kpj="25999999999", issued_on=JANUARY, membership_id=one.id)
    with pytest.raises(IntegrityError, match="not the one of its person"), transaction.atomic():
        Membership.objects.filter(pk=one.id).update(kpj=two.kpj)
        _check_now()
    with pytest.raises(IntegrityError, match="is not registered"), transaction.atomic():
        Membership.objects.filter(pk=one.id).update(state="diterima")
        _check_now()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MemberNumber.objects.filter(person_id=one.person_id).update(kpj="25999999999")


def _check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
