"""Two numbers of one person: merged by two officers, followed by every room, taken apart again without a trace."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from random import Random

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage_actions
from lopo.coverage import queries as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Membership
from lopo.financing import actions as financing_actions
from lopo.financing import queries as financing
from lopo.people import actions, families
from lopo.people.actions import PairAnswer
from lopo.people.models import Person, PersonPair, Resident, Snapshot
from lopo.staff.models import Diary
from lopo.targeting.models import DecreeName
from tests.cast import Cast, appoint_all
from tests.rooms.enrolment import JULY, PAID, PAYER, enrol, fund, issue, make_decree, pay, take

ON = date(2025, 9, 1)
CITY = ("53.71",)
AUGUST, LAST_OF_JULY = JULY.next(), date(2025, 7, 31)
Queries = Callable[[int], AbstractContextManager[object]]


def persons(many: int) -> list[Person]:
    """So many persons in one city, with nothing else."""
    return Person.objects.bulk_create(
        Person(nik=f"53710101018{n:05d}", name=f"Orang {n}", sex="L", born=date(1980, 1, 1),
               no_kk=f"53710101010{n:05d}", area_code="53.71.04.1009") for n in range(1, many + 1)
    )  # fmt: skip


def say(cast: Cast, kept: int, gone: int, answer: str = "sama") -> None:
    made = actions.answer_pair(by=cast.dinas, on=ON, said=PairAnswer(kept, gone, answer, "KTP dan KK dicocokkan"))
    actions.check_pair(by=cast.penyetuju, on=ON, pair_id=made, agree=True)


def everything() -> dict[str, str]:
    """A digest of every table of the rooms but the diary and the answers themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~"
            " '^(people|targeting|coverage|financing|claims|payments|ledger)_' AND tablename <> 'people_personpair'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {name} t")
            found[name] = cursor.fetchone()[0]
    return found


def test_a_merge_needs_two_and_is_kept(cast: Cast) -> None:
    kept, gone = persons(2)
    made = actions.answer_pair(by=cast.dinas, on=ON, said=PairAnswer(kept.id, gone.id, "sama", "KTP ganda"))
    with pytest.raises(Refused) as own:
        actions.check_pair(by=cast.dinas, on=ON, pair_id=made, agree=True)
    assert own.value.code == "pembuat_bukan_pemeriksa"
    with pytest.raises(IntegrityError, match="pair_maker_not_checker"), transaction.atomic():
        PersonPair.objects.filter(pk=made).update(state="ditetapkan", checked_by=cast.dinas, checked_on=ON)
    with pytest.raises(IntegrityError, match="no two officers"), transaction.atomic():
        Person.objects.filter(pk=gone.id).update(same_as=kept)
    actions.check_pair(by=cast.penyetuju, on=ON, pair_id=made, agree=True)
    assert Person.objects.get(pk=gone.id).same_as_id == kept.id
    assert families.numbers_of(gone.id) == families.numbers_of(kept.id) == (kept.id, gone.id)
    assert [one.state for one in families.pairs_of([gone.id])] == ["ditetapkan"]
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        PersonPair.objects.filter(pk=made).update(why="lain")
    told = Diary.objects.filter(subject="people.person").order_by("id").values_list("action", "by__username")
    assert list(told) == [("answer_pair", "dinas"), ("merge_persons", "penyetuju")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((0, 0, "sama", "KTP ganda"), "jawaban_tidak_dikenal"),
        ((0, 1, "mungkin", "KTP ganda"), "jawaban_tidak_dikenal"),
        ((0, 1, "sama", " "), "dasar_kosong"),
        ((0, 3, "sama", "KTP ganda"), "bukan_nomor_utama"),
        ((2, 3, "sama", "KTP ganda"), "sudah_digabung"),
        ((3, 2, "sama", "KTP ganda"), "sudah_digabung"),
        ((3, 1, "sama", "KTP ganda"), "sudah_digabung"),
        ((1, 3, "beda", "KTP ganda"), "gabungan_lewat_nomor_lain"),
    ],
)
def test_what_cannot_be_merged_is_refused(cast: Cast, said: tuple[int, int, str, str], code: str) -> None:
    made = persons(4)
    say(cast, made[2].id, made[3].id)
    say(cast, made[1].id, made[2].id)
    kept, gone, *rest = said
    with pytest.raises(Refused) as refusal:
        actions.answer_pair(by=cast.dinas, on=ON, said=PairAnswer(made[kept].id, made[gone].id, *rest))
    assert refusal.value.code == code


def test_a_merge_of_a_merge_points_to_the_root_and_comes_apart_in_any_order(cast: Cast) -> None:
    one, two, three, four = (person.id for person in persons(4))
    before = everything()
    say(cast, two, one)
    say(cast, three, two)
    say(cast, three, four)
    assert roots() == {one: three, two: three, four: three}
    assert families.numbers_of(one) == (three, one, two, four)
    told = Diary.objects.filter(action="merge_persons").order_by("id").values_list("after__moved", flat=True)
    assert list(told) == [[one], [one, two], [four]]
    say(cast, one, two, "beda")  # named the other way round
    assert roots() == {two: three, four: three}
    say(cast, two, one)
    say(cast, three, two, "beda")
    assert roots() == {one: two, four: three}, "what was merged before goes with its number"
    say(cast, three, four, "beda")
    say(cast, two, one, "beda")
    assert everything() == before


def test_the_database_holds_a_chain_to_its_root(cast: Cast) -> None:
    one, two, three = (person.id for person in persons(3))
    say(cast, two, one)
    say(cast, three, two)
    for number, wrong in ((one, two), (one, None), (two, None)):
        with pytest.raises(IntegrityError, match="no two officers"), transaction.atomic():
            Person.objects.filter(pk=number).update(same_as=wrong)
    circle = PersonPair.objects.create(
        kept_id=one, gone_id=three, answer="sama", why="KTP", made_by=cast.dinas, made_on=ON
    )
    with pytest.raises(IntegrityError, match="above itself"), transaction.atomic():
        PersonPair.objects.filter(pk=circle.id).update(state="ditetapkan", checked_by=cast.penyetuju, checked_on=ON)
    apart = PersonPair.objects.create(
        kept_id=three, gone_id=two, answer="beda", why="KTP", made_by=cast.dinas, made_on=ON
    )
    PersonPair.objects.filter(pk=apart.id).update(state="ditetapkan", checked_by=cast.penyetuju, checked_on=ON)
    with pytest.raises(IntegrityError, match="must follow"), transaction.atomic():
        Person.objects.filter(pk=two).update(same_as=None)


def test_two_answers_that_no_longer_fit_together_do_not_both_pass(cast: Cast) -> None:
    one, two = (person.id for person in persons(2))
    asked = [
        actions.answer_pair(by=cast.dinas, on=ON, said=PairAnswer(*pair, "sama", "KTP ganda"))
        for pair in ((one, two), (two, one))
    ]
    actions.check_pair(by=cast.penyetuju, on=ON, pair_id=asked[0], agree=True)
    with pytest.raises(Refused) as late:
        actions.check_pair(by=cast.penyetuju, on=ON, pair_id=asked[1], agree=True)
    assert late.value.code == "sudah_digabung"
    with pytest.raises(Refused) as again:
        actions.check_pair(by=cast.penyetuju, on=ON, pair_id=asked[0], agree=True)
    assert again.value.code == "sudah_diputuskan"


def roots() -> dict[int, int | None]:
    """Every merged number with the number that speaks for it."""
    return dict(Person.objects.filter(same_as__isnull=False).values_list("id", "same_as_id"))


def plainly(over: dict[int, int], answer: str, kept: int, gone: int) -> str:
    """What the plain model does with an answer: `over` says what each number was merged into; gives the refusal."""

    def root(number: int) -> int:
        return root(over[number]) if number in over else number

    if answer == "sama":
        if root(kept) == root(gone):
            return "sudah_digabung"
        if gone in over:
            return "bukan_nomor_utama"
        over[gone] = kept
        return ""
    for low, high in ((gone, kept), (kept, gone)):
        if over.get(low) == high:
            del over[low]
            return ""
    return "gabungan_lewat_nomor_lain" if root(kept) == root(gone) else ""


@given(
    st.lists(
        st.tuples(st.sampled_from(("sama", "sama", "beda")), st.integers(0, 4), st.integers(0, 4)).filter(
            lambda said: said[1] != said[2]
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_merging_and_taking_apart_in_any_order_follows_a_plain_model(
    wanted: list[tuple[str, int, int]], chance: Random
) -> None:
    with transaction.atomic():
        cast = appoint_all()
        ids = [person.id for person in persons(5)]
        before, over = everything(), {}  # type: tuple[dict[str, str], dict[int, int]]
        for answer, kept, gone in wanted:
            expected = plainly(over, answer, ids[kept], ids[gone])
            try:
                say(cast, ids[kept], ids[gone], answer)
                refused = ""
            except Refused as refusal:
                refused = refusal.code
            assert refused == expected
            assert roots() == {low: up(over, low) for low in over}
        for low in chance.sample(sorted(over), len(over)):
            say(cast, over.pop(low), low, "beda")
            assert roots() == {one: up(over, one) for one in over}
        assert everything() == before
        transaction.set_rollback(True)


def up(over: dict[int, int], number: int) -> int:
    """The number at the end of the way up."""
    return up(over, over[number]) if number in over else number


def test_members_are_merged_with_what_they_carry_and_taken_apart(cast: Cast) -> None:
    enrol(cast, 1)
    member = Membership.objects.get()
    (other,) = Person.objects.bulk_create([Person(
        nik="5371010101800777", name="Nomor kedua", sex="L", born=date(1980, 1, 1), no_kk="5371010101080777",
        area_code="53.71.04.1009",
    )])  # fmt: skip
    name = DecreeName.objects.get()
    named = DecreeName.objects.create(
        decree_id=name.decree_id, person=other, verdict_id=name.verdict_id, kecamatan_code=name.kecamatan_code,
        area_code=name.area_code, decile=1, rank=99, status="ditetapkan",
    )  # fmt: skip
    before = everything()
    say(cast, other.id, member.person_id)
    assert Membership.objects.get().person_id == member.person_id, "what was recorded stays as it was recorded"
    with pytest.raises(IntegrityError, match="sudah peserta"), transaction.atomic():
        Membership.objects.bulk_create([Membership(
            person_id=other.id, programme_id=member.programme_id, decree_name=named,
            submitted_on=ON, area_code="53.71.04.1009",
        )])  # fmt: skip
    say(cast, other.id, member.person_id, "beda")
    assert everything() == before


def test_two_who_both_run_are_a_conflict_and_what_both_paid_is_told_and_asked_back(
    cast: Cast, django_assert_num_queries: Queries
) -> None:
    made = make_decree(cast, 2)
    office = FakeBpjs({})
    file = take(cast, made, office)
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    issue(cast, made, office, file)
    one, two = Membership.objects.order_by("id")
    with pytest.raises(Refused) as both:
        say(cast, one.person_id, two.person_id)
    assert (both.value.code, both.value.sentence) == (
        "same_person_one_membership",
        "Kedua nomor orang ini punya kepesertaan yang berjalan; akhiri salah satunya lebih dahulu.",
    )
    waiting = PersonPair.objects.get()
    assert waiting.state == "diusulkan", "the refused check changed nothing"
    asked = (one.person_id, two.person_id)
    with django_assert_num_queries(2):
        effect = coverage.merge_effects([asked])[asked]
    assert effect == coverage.MergeEffect(one.kpj or "", (two.kpj or "",), (JULY,), (JULY,), both_run=True)
    leave(cast, two)
    assert not coverage.merge_effects([asked])[asked].both_run
    actions.check_pair(by=cast.penyetuju, on=ON, pair_id=waiting.id, agree=True)
    assert families.numbers_of(two.person_id) == asked
    rows = financing.excess_page(financing.ExcessFilter(CITY, made.programme), Asked()).rows
    assert [(row.person_id, row.twice, row.first, row.months) for row in rows] == [(two.person_id, True, JULY, 1)]
    assert financing.excess_sum(made.programme, areas=CITY) == (1, rows[0].amount)
    say(cast, one.person_id, two.person_id, "beda")
    assert financing.excess_sum(made.programme, areas=CITY) == (0, 0), "taken apart, nobody was paid twice"


def test_a_month_still_to_be_paid_for_both_is_a_conflict(cast: Cast) -> None:
    made = make_decree(cast, 2)
    take(cast, made, FakeBpjs({}))
    fund(cast, made)
    financing_actions.make_bill(
        by=cast.dinas, on=JULY.first_day, programme_id=made.programme, payer_code=PAYER, month=JULY
    )
    one, two = Membership.objects.order_by("id")
    Membership.objects.filter(pk=two.pk).update(ended_on=ON, end_reason="ganda", state="berakhir")
    with pytest.raises(Refused) as months:
        say(cast, one.person_id, two.person_id)
    assert months.value.code == "same_person_one_bill_a_month"
    assert not Person.objects.filter(same_as__isnull=False).exists()


def test_cover_of_merged_numbers_is_the_union_of_their_paid_months(
    cast: Cast, django_assert_num_queries: Queries
) -> None:
    made = enrol(cast, 2)
    one, two = Membership.objects.order_by("id")
    leave(cast, one)
    august, september = date(2025, 8, 13), date(2025, 9, 12)
    pay(cast, made, AUGUST, paid_on=august)
    pay(cast, made, AUGUST.next(), paid_on=september)
    day = date(2025, 10, 1)
    alone = coverage.cover_of(one.pk, on=day)
    assert alone is not None
    assert alone.state == "berakhir"
    say(cast, one.person_id, two.person_id)
    with django_assert_num_queries(1):
        line = coverage.paid_line(one.person_id)
    assert line == coverage.paid_line(two.person_id)
    assert [(paid.month, paid.paid_on) for paid in line.paid] == [
        (JULY, PAID), (AUGUST, august), (AUGUST.next(), september),
    ]  # fmt: skip
    together = coverage.cover_of(one.pk, on=day)
    assert together is not None
    assert together == coverage.cover_of(two.pk, on=day)
    assert (together.state, together.unpaid) != ("berakhir", ())
    facts = [coverage.cover_facts_of(which.pk, event_on=day, judged_on=day) for which in (one, two)]
    assert facts[0] == facts[1]
    assert (coverage.drifted(), coverage.miscounted()) == ((), 0)


def leave(cast: Cast, member: Membership) -> None:
    """End a membership with July."""
    coverage_actions.end_membership(
        by=cast.dinas, on=LAST_OF_JULY, membership_id=member.pk, ended_on=LAST_OF_JULY, reason="nomor ganda"
    )


@pytest.mark.django_db(transaction=True)
def test_two_officers_cannot_merge_the_same_number_at_once() -> None:
    cast = appoint_all()
    one, two, three = persons(3)
    gate, said = threading.Barrier(2), []

    def run(kept: int, by: object) -> None:
        gate.wait()
        try:
            actions.answer_pair(by=by, on=ON, said=PairAnswer(kept, three.id, "sama", "KTP ganda"))  # type: ignore[arg-type]
            said.append("ok")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=a) for a in ((one.id, cast.dinas), (two.id, cast.provinsi))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["ok", "sudah_dijawab"]


def test_what_does_not_fit_in_a_family_is_told(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    snapshot = Snapshot.objects.create(
        kind="penduduk", origin="uji", as_of=ON, rows=0, sha256="a" * 64, loaded_by=cast.dinas
    )  # fmt: skip

    def resident(nik: str, name: str, kk: str, relation: str, born: date) -> Resident:
        return Resident(
            snapshot=snapshot, nik=nik, name=name, no_kk=kk, sex="L", relation=relation, born=born,
            area_code="53.71.04.1009",
        )  # fmt: skip

    Resident.objects.bulk_create([
        resident("1", "Ayah", "A", "KEPALA KELUARGA", date(1980, 1, 1)),
        resident("2", "Paman", "A", "KEPALA KELUARGA", date(1982, 1, 1)),
        resident("3", "Anak tua", "B", "ANAK", date(1985, 1, 1)),
        resident("4", "Ibu", "B", "KEPALA KELUARGA", date(1990, 1, 1)),
        resident("5", "Anak", "A", "ANAK", date(2005, 1, 1)),
        resident("5", "Anak", "C", "ANAK", date(2005, 1, 1)),
        resident("6", "Adik", "C", "ANAK", date(2006, 1, 1)),
    ])  # fmt: skip
    with django_assert_num_queries(1):
        found = families.family_conflicts(CITY)
    assert {(one.kind, one.no_kk) for one in found} == {
        ("dua_kk", "A"), ("dua_kepala", "A"), ("anak_lebih_tua", "B"), ("tanpa_kepala", "C"),
    }  # fmt: skip
    assert {one.since for one in found} == {ON}
    assert families.family_conflicts(()) == ()
    assert families.family_conflicts(("53.71.01",)) == ()
    assert {one.kind for one in families.conflicts_of("A", "5", CITY)} >= {"dua_kk", "dua_kepala"}
