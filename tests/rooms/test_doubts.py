"""Rows in doubt: answered by one officer, checked by another, judged by the law, and never asked about again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from pytest_django.plugin import DjangoDbBlocker

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.jobs.screening import name_person
from lopo.people.models import Person
from lopo.people.queries import residents_found
from lopo.staff.models import Diary
from lopo.targeting import actions as lists_actions
from lopo.targeting import queries as lists
from lopo.targeting.actions.naming import add_named
from lopo.targeting.actions.screening import _COUNTS
from lopo.targeting.actions.settling import Answer, Checked, LikelyPerson, answer_doubt, check_answer, take_back_answer
from lopo.targeting.models import Label, Likeness, ProposalRow, Screening, Settling, Verdict
from lopo.targeting.queries.decrees import accepted_since
from lopo.targeting.queries.doubts import (
    DONE,
    NOBODY,
    TO_CHECK,
    DoubtFilter,
    doubt,
    doubts_page,
    doubts_progress,
    next_doubt,
)
from lopo.targeting.queries.known import copy_known
from tests.cast import Cast, appoint_all
from tests.rooms import doubt_stage as stage
from tests.rooms import pile

CITY = ("53.71",)
ON = pile.DAY


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, int]]:
    """Screen once, inside one transaction that is taken back when the last test of this file has run."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            cast = appoint_all()
            yield cast, stage.ready(cast)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def cast(played: tuple[Cast, int], db: None) -> Cast:
    return played[0]


@pytest.fixture
def programme(played: tuple[Cast, int], db: None) -> int:
    return played[1]


def is_nelson(row: int) -> Answer:
    return Answer(row, "sama", stage.NELSON, "ktp", "KTP dibawa ke kantor")


def settled(cast: Cast, answer: Answer, *, agree: bool = True) -> Checked:
    made = answer_doubt(by=cast.dinas, on=ON, answer=answer)
    return check_answer(by=cast.penyetuju, on=ON, settling_id=made, agree=agree)


def verdict(row: int) -> Verdict:
    return Verdict.objects.get(row_id=row, screening__current=True)


def counted(programme_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The counts that the screening keeps, and the same counted afresh."""
    screening = Screening.objects.get(programme_id=programme_id, current=True)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [screening.id])
        found = cursor.fetchone()[0]
    return screening.counts, found if isinstance(found, dict) else json.loads(found)


def test_the_queue_says_who_a_row_may_be(programme: int, django_assert_num_queries) -> None:
    row = stage.row("N Timo")
    with django_assert_num_queries(2):
        page = doubts_page(DoubtFilter(CITY, programme), Asked())
    assert {one.name: one.persons for one in page.rows} == {"N Timo": 2, "Merry Snae": 1}
    with django_assert_num_queries(4):
        found = doubt(row, CITY)
    assert [one.nik for one in found.persons] == [stage.NELSON, stage.NAHOR]
    assert (found.reasons, found.open_answer, found.answers) == (("nik_kosong", "tidak_ditemukan"), None, ())
    assert found.persons[0].facts["desil"] == 2
    with django_assert_num_queries(1):
        told = doubts_progress(CITY, programme)
    assert (told.total, told.done, told.to_check, told.to_answer, told.nobody) == (2, 0, 0, 2, 1)
    assert doubt(row, ("53.71.01",)) is None
    assert doubt(row, ()) is None
    assert doubts_page(DoubtFilter((), programme), Asked()).total == 0
    assert doubts_page(DoubtFilter(CITY, programme, stand=NOBODY), Asked()).rows[0].name == "Siapa Dia"
    assert doubts_page(DoubtFilter(CITY, programme, reason="desil_tidak_diketahui"), Asked()).total == 1
    assert doubts_page(DoubtFilter(CITY, programme, received_until=date(2025, 5, 1)), Asked()).total == 0


def test_a_doubtful_porter_is_found_and_accepted_by_two(programme: int, cast: Cast) -> None:
    row = stage.row("N Timo")
    done = settled(cast, is_nelson(row))
    assert (done.verdict, done.reasons) == ("diterima", ("nik_kosong",))
    now = verdict(row)
    assert (now.verdict, now.nik_matched, now.decile) == ("diterima", stage.NELSON, 2)
    assert now.person == Person.objects.get(nik=stage.NELSON)
    assert (now.person.occupation, now.person.phone) == ("Porter", "081211112222")
    assert now.evidence["match_kind"] == "ditetapkan"
    kept, afresh = counted(programme)
    assert kept == afresh
    told = list(Diary.objects.filter(subject="targeting.row", subject_id=row).values_list("action", "by__username"))
    assert told == [("answer_doubt", "dinas"), ("check_answer", "penyetuju")]
    labels = dict(Label.objects.values_list("nik", "answer"))
    assert labels == {stage.NELSON: "sama", stage.NAHOR: "beda"}
    page = doubts_page(DoubtFilter(CITY, programme, stand=DONE), Asked())
    assert [(one.name, one.answer, one.answered_by) for one in page.rows] == [("N Timo", "sama", "Yuliana Bessie")]
    assert lists.programme("uji-2025").verdict("diterima") == 2


def test_what_is_settled_is_never_asked_again_and_the_screening_says_the_same(programme: int, cast: Cast) -> None:
    row, merry = stage.row("N Timo"), stage.row("Merry Snae")
    settled(cast, is_nelson(row))
    settled(cast, Answer(merry, "sama", stage.MERRY, "data", "Jawaban DTSEN 12 Juni", decile=3))
    by_hand = [
        (one.verdict, one.reasons, one.nik_matched, one.decile, one.area_code) for one in map(verdict, (row, merry))
    ]
    first = Screening.objects.get(current=True)
    # The same content on another parish's list is known too; a new row of another content is asked about.
    stage.receive(cast, programme, (stage.LISTED[0], "Timo N;;22/02/1990;Oebufu;;"), "gereja/lain.csv")
    stage.screen(cast, programme)
    assert Screening.objects.get(current=True).id != first.id
    again = [
        (one.verdict, one.reasons, one.nik_matched, one.decile, one.area_code) for one in map(verdict, (row, merry))
    ]
    assert again == by_hand
    twin = verdict(ProposalRow.objects.get(list__file="gereja/lain.csv", name="N Timo").id)
    assert (twin.verdict, twin.same_as_id) == ("ditolak", row)
    assert twin.reasons == ["nik_kosong", "ganda_antar_daftar"]
    assert set(Likeness.objects.filter(screening__current=True).values_list("row__name", flat=True)) <= {"Timo N"}


def test_none_of_those_stays_in_doubt_but_is_not_asked_again(programme: int, cast: Cast) -> None:
    row = stage.row("N Timo")
    done = settled(cast, Answer(row, "beda", why="Orangnya dari Rote"))
    assert (done.verdict, verdict(row).verdict) == ("", "perlu_cek")
    assert dict(Label.objects.values_list("nik", "answer")) == {stage.NELSON: "beda", stage.NAHOR: "beda"}
    stage.receive(cast, programme, ("Petrus Baru;;05/05/1970;Oebufu;;",), "gereja/lain.csv")
    stage.screen(cast, programme)
    assert not Likeness.objects.filter(screening__current=True, row_id=row).exists()
    assert row in [one.row_id for one in doubts_page(DoubtFilter(CITY, programme, stand=NOBODY), Asked()).rows]
    assert known_of(programme).count(",beda,") == 2
    # Two officers may open it again; the next screening is told nothing and asks anew.
    settled(cast, Answer(row, "buka", why="KTP sudah ada"))
    assert known_of(programme) == "row_id,nik,answer,decile,entry_other\n"


def test_a_settled_answer_is_opened_again_even_after_later_screenings(programme: int, cast: Cast) -> None:
    row = stage.row("N Timo")
    with pytest.raises(Refused) as refusal:
        answer_doubt(by=cast.dinas, on=ON, answer=Answer(row, "buka", why="Keliru"))
    assert refusal.value.code == "tidak_ada_yang_dibuka"
    settled(cast, is_nelson(row))
    stage.receive(cast, programme, ("Petrus Baru;;05/05/1970;Oebufu;;",), "gereja/lain.csv")
    stage.screen(cast, programme)
    found = doubt(row, CITY)
    assert found is not None, "settled in an earlier screening, and still to be found"
    assert (found.verdict, found.standing_answer is not None) == ("diterima", True)
    with pytest.raises(Refused) as refusal:
        answer_doubt(by=cast.dinas, on=ON, answer=Answer(row, "buka"))
    assert refusal.value.code == "alasan_kosong"
    settled(cast, Answer(row, "buka", why="KTP-nya milik saudaranya"))
    assert verdict(row).verdict == "diterima", "until the next screening"
    again = doubt(row, CITY)
    assert again is not None
    assert again.standing_answer is None
    stage.receive(cast, programme, ("Paulus Baru;;05/05/1971;Oebufu;;",), "gereja/lagi.csv")
    stage.screen(cast, programme)
    assert verdict(row).verdict == "perlu_cek"
    opened = doubt(row, CITY)
    assert opened is not None
    assert [one.nik for one in opened.persons] == [stage.NELSON, stage.NAHOR]


def test_who_is_settled_after_a_decree_was_drafted_is_told(
    programme: int, cast: Cast, django_assert_num_queries
) -> None:
    made = lists_actions.draft_decree(by=cast.provinsi, on=ON, programme_id=programme, number="KEP/3", title="Uji")
    assert accepted_since(made.decree_id) == 0
    settled(cast, is_nelson(stage.row("N Timo")))
    with django_assert_num_queries(1):
        assert accepted_since(made.decree_id) == 1


def test_a_person_who_was_not_shown_is_named_by_an_officer(programme: int, cast: Cast) -> None:
    row = stage.row("Siapa Dia")
    quiet: dict[str, Any] = {"by": cast.dinas, "on": ON, "progress": lambda *_: None}
    assert [one.nik for one in residents_found("daud mella", CITY)] == [stage.DAUD]
    assert (
        residents_found("53", CITY) == residents_found(stage.DAUD, ("53.71.01",)) == residents_found("da", CITY) == ()
    )
    assert name_person(row_id=row, nik=stage.DAUD, **quiet) == 1
    found = doubt(row, CITY)
    assert found is not None
    assert [(one.nik, one.facts["desil"], one.stands_in) for one in found.persons] == [(stage.DAUD, 2, "penduduk")]
    done = settled(cast, Answer(row, "sama", stage.DAUD, "temu"))
    assert (done.verdict, done.reasons) == ("diterima", ("nik_kosong",))
    last = Diary.objects.filter(action="name_person").get()
    assert (last.subject_id, stage.DAUD in json.dumps(last.after)) == (str(row), False)
    asked = stage.row("N Timo")
    assert name_person(row_id=asked, nik=stage.OKTO, **quiet) == 3
    for nik, code in ((stage.OKTO, "sudah_calon"), ("5371041103809999", "orang_tidak_di_register")):
        with pytest.raises(Refused) as refusal:
            name_person(row_id=asked, nik=nik, **quiet)
        assert refusal.value.code == code
    with pytest.raises(Refused, match="tidak berwenang"):
        name_person(row_id=asked, nik=stage.DAUD, **{**quiet, "by": cast.bendahara})
    with pytest.raises(Refused) as over:
        name_person(row_id=row, nik=stage.NAHOR, **quiet)
    assert over.value.code == "tidak_ragu"
    settled(cast, Answer(asked, "beda"))
    with pytest.raises(Refused) as apart:
        add_named(by=cast.dinas, on=ON, screening_id=Screening.objects.get(current=True).id,
                  person=LikelyPerson(asked, 1, stage.NAHOR, "", "", None, "", "", "penduduk", 0, {}, {}))  # fmt: skip
    assert apart.value.code == "sudah_calon"
    Likeness.objects.filter(row_id=asked, nik=stage.NAHOR).delete()
    with pytest.raises(Refused) as apart:
        name_person(row_id=asked, nik=stage.NAHOR, **quiet)
    assert apart.value.code == "sudah_dibedakan"
    stage.registers(cast, as_of=date(2025, 6, 30))
    with pytest.raises(Refused) as other:
        name_person(row_id=asked, nik=stage.DAUD, **quiet)
    assert other.value.code == "register_berubah"


def known_of(programme_id: int) -> str:
    """What the next screening is told, as CSV."""
    told: list[bytes] = []
    copy_known(programme_id, told.append)
    return b"".join(told).decode()


def test_a_person_who_stands_on_another_row_is_a_twin(programme: int, cast: Cast) -> None:
    stage.receive(cast, programme, (f"Nelson Timo;{stage.NELSON};22/02/1990;Oebufu;Porter;",), "gereja/lain.csv")
    stage.screen(cast, programme)
    row = stage.row("N Timo")
    done = settled(cast, is_nelson(row))
    assert (done.verdict, done.reasons) == ("ditolak", ("nik_kosong", "ganda_antar_daftar"))
    assert verdict(row).same_as_id == stage.row("Nelson Timo")
    assert Verdict.objects.filter(screening__current=True, person__nik=stage.NELSON, verdict="diterima").count() == 1
    kept, afresh = counted(programme)
    assert kept == afresh


def test_who_answers_does_not_check(programme: int, cast: Cast) -> None:
    row = stage.row("N Timo")
    made = answer_doubt(by=cast.dinas, on=ON, answer=is_nelson(row))
    with pytest.raises(Refused) as own:
        check_answer(by=cast.dinas, on=ON, settling_id=made, agree=True)
    assert own.value.code == "pembuat_bukan_pemeriksa"
    for message, change in (
        ("settling_maker_not_checker", {"state": "ditetapkan", "checked_by": cast.dinas, "checked_on": ON}),
        ("settling_state_and_check", {"state": "ditetapkan"}),
    ):
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            Settling.objects.filter(pk=made).update(**change)
    with pytest.raises(IntegrityError, match="label_maker_not_checker"), transaction.atomic():
        Label.objects.create(
            settling_id=made, content="x", nik=stage.NELSON, answer="sama", made_by=cast.dinas, checked_by=cast.dinas,
            on=ON,
        )  # fmt: skip
    with pytest.raises(Refused, match="tidak berwenang"):
        check_answer(by=cast.lurah, on=ON, settling_id=made, agree=True)
    with pytest.raises(Refused, match="tidak berwenang"):
        answer_doubt(by=cast.bendahara, on=ON, answer=Answer(row, "beda"))


def test_what_was_answered_never_changes(programme: int, cast: Cast) -> None:
    settled(cast, is_nelson(stage.row("N Timo")))
    for table, change in (("label", "nik = '1'"), ("settling", "nik = '1'"), ("settling", "state = 'dibatalkan'")):
        for query in (f"UPDATE targeting_{table} SET {change}", f"DELETE FROM targeting_{table}"):
            with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(query)


def test_an_answer_can_be_taken_back_until_it_is_checked(programme: int, cast: Cast) -> None:
    row = stage.row("N Timo")
    made = answer_doubt(by=cast.dinas, on=ON, answer=is_nelson(row))
    assert doubts_page(DoubtFilter(CITY, programme, stand=TO_CHECK), Asked()).total == 1
    with pytest.raises(Refused) as taken:
        answer_doubt(by=cast.lurah, on=ON, answer=Answer(row, "beda"))
    assert taken.value.code == "sudah_dijawab"
    with pytest.raises(Refused) as others:
        take_back_answer(by=cast.provinsi, on=ON, settling_id=made)
    assert others.value.code == "bukan_usulan_anda"
    assert take_back_answer(by=cast.dinas, on=ON, settling_id=made) == row
    with pytest.raises(Refused) as late:
        check_answer(by=cast.penyetuju, on=ON, settling_id=made, agree=True)
    assert late.value.code == "sudah_diputuskan"
    again = settled(cast, is_nelson(row), agree=False)
    assert again.verdict == ""
    assert verdict(row).verdict == "perlu_cek"
    assert Label.objects.count() == 0
    assert settled(cast, is_nelson(row)).verdict == "diterima"
    with pytest.raises(Refused) as over:
        answer_doubt(by=cast.dinas, on=ON, answer=is_nelson(row))
    assert over.value.code == "tidak_ragu"


def test_a_row_that_is_put_off_comes_last(programme: int, cast: Cast) -> None:
    queue = [one.row_id for one in doubts_page(DoubtFilter(CITY, programme), Asked()).rows]
    answer_doubt(by=cast.dinas, on=ON, answer=Answer(queue[0], "tunda"))
    assert [one.row_id for one in doubts_page(DoubtFilter(CITY, programme), Asked()).rows] == [queue[1], queue[0]]
    assert next_doubt(DoubtFilter(CITY, programme)) == queue[1]
    assert next_doubt(DoubtFilter(CITY, programme), after=queue[1]) == queue[0]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (("sama", stage.OKTO, "ktp"), "orang_tidak_ditunjukkan"),
        (("sama", stage.NELSON, ""), "bukti_kosong"),
        (("mungkin", "", ""), "jawaban_tidak_dikenal"),
        (("beda", stage.NELSON, ""), "jawaban_tidak_dikenal"),
    ],
)
def test_what_is_no_answer_is_refused(programme: int, cast: Cast, answer: tuple[str, str, str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        answer_doubt(by=cast.dinas, on=ON, answer=Answer(stage.row("N Timo"), *answer))
    assert refusal.value.code == code


def test_a_decile_that_is_unknown_must_be_told(programme: int, cast: Cast) -> None:
    merry = stage.row("Merry Snae")
    for decile, code in ((None, "desil_belum_ada"), (11, "desil_salah")):
        with pytest.raises(Refused) as refusal:
            answer_doubt(by=cast.dinas, on=ON, answer=Answer(merry, "sama", stage.MERRY, "data", decile=decile))
        assert refusal.value.code == code
    done = settled(cast, Answer(merry, "sama", stage.MERRY, "data", decile=9))
    assert (done.verdict, done.reasons) == ("ditolak", ("di_luar_desil",))
