"""Programmes: drafted, approved by another, changed while they may be, based on a rule, closed; and their criteria."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from lopo.basics.refusal import Refused
from lopo.people.batch.occupations import TITLES
from lopo.staff.actions import Paper
from lopo.staff.models import Diary
from lopo.staff.queries import papers_of
from lopo.targeting import actions
from lopo.targeting.criteria import Criteria, fingerprint, in_words, read_criteria, written
from lopo.targeting.models import Closing, Decree, Programme, Screening
from lopo.targeting.queries import programme_row, programmes
from lopo.targeting.queries.closing import waiting_closing
from tests.cast import Cast
from tests.rooms import pile

Queries = Callable[[int], AbstractContextManager[object]]
DAY = pile.DAY
WOMEN = Criteria(residents_only=False, max_decile=None, from_age=20, under_age=60, sex="P", works=("5211", "5212"))
PARISH = actions.NewProgramme(
    "gmit-2025", "Papalele GMIT", "53.71", date(2025, 7, 1), date(2025, 12, 1), DAY, 20, WOMEN, 1_000_000
)


def code_of(act: Callable[..., object], **told: object) -> str:
    with pytest.raises(Refused) as refusal:
        act(on=DAY, **told)
    return refusal.value.code


@st.composite
def chosen(draw: st.DrawFn) -> Criteria:
    low, high = draw(st.one_of(st.none(), st.integers(15, 57))), draw(st.one_of(st.none(), st.integers(58, 100)))
    return Criteria(
        draw(st.booleans()), draw(st.booleans()), draw(st.booleans()), draw(st.one_of(st.none(), st.integers(1, 10))),
        low, high, draw(st.sampled_from(["", "L", "P"])),
        tuple(sorted(draw(st.sets(st.sampled_from(sorted(TITLES)), max_size=4)))),
    )  # fmt: skip


@given(chosen())
def test_criteria_are_the_same_after_being_written_and_read(criteria: Criteria) -> None:
    data = written(criteria)
    assert read_criteria(data) == criteria
    assert {one.rule for one in in_words(criteria)} == set(data["rules"])
    assert fingerprint(data) == fingerprint(dict(reversed(data.items())))


@pytest.mark.parametrize(
    "data",
    [
        None, [], "", {}, {"version": 2, "rules": {}}, {"version": 1}, {"version": 1, "rules": []},
        {"version": 1, "rules": {}, "code": "1 == 1"},
        {"version": 1, "rules": {"nama_depan": {}}},
        {"version": 1, "rules": {"asn_tni_polri": {"kecuali": 1}}},
        {"version": 1, "rules": {"asn_tni_polri": None}},
        {"version": 1, "rules": {"di_luar_desil": {}}},
        {"version": 1, "rules": {"di_luar_desil": {"desil_program": 11}}},
        {"version": 1, "rules": {"di_luar_desil": {"desil_program": "4"}}},
        {"version": 1, "rules": {"di_luar_desil": {"desil_program": True}}},
        {"version": 1, "rules": {"di_luar_umur_program": {}}},
        {"version": 1, "rules": {"di_luar_umur_program": {"umur_program_terendah": 60, "umur_program_batas": 60}}},
        {"version": 1, "rules": {"di_luar_jenis_kelamin": {"jenis_kelamin_program": "X"}}},
        {"version": 1, "rules": {"di_luar_pekerjaan": {"pekerjaan_program": []}}},
        {"version": 1, "rules": {"di_luar_pekerjaan": {"pekerjaan_program": ["0000"]}}},
        {"version": 1, "rules": {"di_luar_pekerjaan": {"pekerjaan_program": "5211"}}},
    ],
)  # fmt: skip
def test_criteria_that_nobody_understands_are_refused(data: object) -> None:
    with pytest.raises(Refused) as refusal:
        read_criteria(data)
    assert refusal.value.code == "kriteria_tidak_dipahami"


@pytest.mark.django_db
def test_a_programme_is_drafted_by_one_and_approved_by_another(cast: Cast) -> None:
    made = actions.create_programme(by=cast.dinas, on=DAY, programme=PARISH)
    row = programme_row(made)
    assert row is not None
    assert (row.state, row.made_by, row.approved_by, row.max_decile) == ("konsep", "Yuliana Bessie", "", 10)
    assert row.basis_state(DAY) == "tidak_ada"
    assert read_criteria(row.criteria) == WOMEN
    assert code_of(actions.approve_programme, by=cast.dinas, programme_id=made) == "tidak_berwenang"
    actions.approve_programme(by=cast.penyetuju, on=DAY, programme_id=made)
    assert code_of(actions.approve_programme, by=cast.penyetuju, programme_id=made) == "bukan_konsep"
    deeds = Diary.objects.filter(subject="targeting.programme").order_by("id").values_list("action", flat=True)
    assert list(deeds) == ["create_programme", "approve_programme"]


@pytest.mark.django_db
def test_a_programme_is_closed_by_two_or_not_at_all(cast: Cast) -> None:
    made = actions.create_programme(by=cast.dinas, on=DAY, programme=PARISH)
    both = {"programme_id": made, "reason": "Uangnya habis"}
    assert code_of(actions.propose_closing, by=cast.dinas, **both) == "tidak_berjalan"
    actions.approve_programme(by=cast.penyetuju, on=DAY, programme_id=made)
    assert code_of(actions.propose_closing, by=cast.dinas, programme_id=made, reason=" ") == "alasan_kosong"
    assert code_of(actions.propose_closing, by=cast.lurah, **both) == "tidak_berwenang"
    assert code_of(actions.approve_closing, by=cast.penyetuju, programme_id=made) == "penutupan_belum_diusulkan"
    actions.propose_closing(by=cast.dinas, on=DAY, **both)
    assert code_of(actions.propose_closing, by=cast.dinas, **both) == "penutupan_sudah_diusulkan"
    assert code_of(actions.approve_closing, by=cast.dinas, programme_id=made) == "tidak_berwenang"
    assert code_of(actions.withdraw_closing, by=cast.lurah, **both) == "tidak_berwenang"
    actions.withdraw_closing(by=cast.penyetuju, on=DAY, programme_id=made, reason="Ada donatur baru")
    assert waiting_closing(made) is None
    actions.propose_closing(by=cast.dinas, on=DAY, **both)
    waiting = waiting_closing(made)
    assert waiting is not None
    assert (waiting.reason, waiting.proposed_by) == ("Uangnya habis", "Yuliana Bessie")
    actions.approve_closing(by=cast.penyetuju, on=DAY, programme_id=made)
    row = programme_row(made)
    assert row is not None
    assert (row.state, row.closed_on, row.closed_why) == ("ditutup", DAY, "Uangnya habis")
    assert code_of(actions.change_programme, by=cast.dinas, programme_id=made, programme=PARISH) == "program_ditutup"
    assert code_of(actions.withdraw_closing, by=cast.dinas, **both) == "tidak_berjalan"


@pytest.mark.django_db
def test_who_may_do_both_still_needs_another_to_close(cast: Cast) -> None:
    made = actions.create_programme(by=cast.dinas, on=DAY, programme=PARISH)
    actions.approve_programme(by=cast.penyetuju, on=DAY, programme_id=made)
    actions.propose_closing(by=cast.dinas, on=DAY, programme_id=made, reason="Uangnya habis")
    with pytest.raises(IntegrityError, match="no approved closing"), transaction.atomic():
        Programme.objects.filter(pk=made).update(state="ditutup", closed_on=DAY, closed_why="Uangnya habis")
    alone = Closing.objects.filter(programme_id=made)
    with pytest.raises(IntegrityError, match="closing_maker_not_checker"), transaction.atomic():
        alone.update(state="disetujui", ended_by=cast.dinas, ended_on=DAY)
    Closing.objects.filter(programme_id=made).update(proposed_by=cast.penyetuju)
    assert code_of(actions.approve_closing, by=cast.penyetuju, programme_id=made) == "pembuat_bukan_penyetuju"


@pytest.mark.django_db
def test_the_database_keeps_maker_and_checker_apart_and_the_decile_as_the_criteria_say(cast: Cast) -> None:
    made = actions.create_programme(by=cast.dinas, on=DAY, programme=PARISH)
    for name, change in {
        "programme_maker_not_checker": {"state": "berjalan", "approved_by": cast.dinas, "approved_on": DAY},
        "programme_state_and_approval": {"state": "berjalan", "approved_on": DAY},
        "programme_closed_with_reason": {"closed_why": "habis"},
        "programme_decile_of_criteria": {"max_decile": 4},
        "programme_basis_days_in_order": {"basis_dated": DAY, "basis_until": date(2025, 1, 1)},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Programme.objects.filter(pk=made).update(**change)


@pytest.mark.django_db
def test_a_change_before_the_decree_asks_for_approval_again(cast: Cast) -> None:
    made = actions.create_programme(by=cast.dinas, on=DAY, programme=PARISH)
    actions.approve_programme(by=cast.penyetuju, on=DAY, programme_id=made)
    change = {"by": cast.dinas, "on": DAY, "programme_id": made}
    assert actions.change_programme(**change, programme=PARISH) is False
    assert actions.change_programme(**change, programme=replace(PARISH, name="Papalele GMIT Kota")) is False
    other = replace(PARISH, criteria=replace(WOMEN, under_age=55))
    assert actions.change_programme(**change, programme=other) is True
    row = programme_row(made)
    assert row is not None
    assert (row.state, row.approved_on, row.criteria_version) == ("konsep", None, 2)
    told = Diary.objects.filter(action="change_programme").latest("id")
    assert told.before["criteria"]["rules"]["di_luar_umur_program"]["umur_program_batas"] == 60


@pytest.mark.django_db
def test_what_a_set_decree_rests_on_stands(cast: Cast) -> None:
    made = pile.ready(cast)
    drafted = actions.draft_decree(by=cast.dinas, on=DAY, programme_id=made, number="1/KEP/2025", title="Penetapan")
    actions.approve_decree(by=cast.penyetuju, on=DAY, decree_id=drafted.decree_id)
    now = actions.NewProgramme(
        "uji-2025", "Uji", "53.71", date(2025, 7, 1), date(2025, 12, 1), DAY, 4, pile.CRITERIA, 1_000_000
    )
    with pytest.raises(Refused, match="kriteria") as refusal:
        actions.change_programme(
            by=cast.dinas, on=DAY, programme_id=made, programme=replace(now, criteria=WOMEN, area_code="53.71.04")
        )
    assert "wilayah" in refusal.value.sentence
    assert (
        actions.change_programme(by=cast.dinas, on=DAY, programme_id=made, programme=replace(now, name="Lain")) is False
    )
    with pytest.raises(IntegrityError, match="what it rests on stands"), transaction.atomic():
        Programme.objects.filter(pk=made).update(monthly_income=2_000_000)
    later = actions.Basis("Pergub 9/2025", date(2025, 8, 1), date(2026, 7, 31))
    paper = Paper("dasar_hukum", "targeting.programme", made, "pergub.pdf", "application/pdf", b"%PDF-1.4")
    actions.give_basis(by=cast.dinas, on=DAY, programme_id=made, basis=later, paper=paper)
    row = programme_row(made)
    assert row is not None
    states = {on: row.basis_state(on) for on in (DAY, date(2025, 8, 1), date(2026, 8, 1))}
    assert list(states.values()) == ["belum_berlaku", "berlaku", "habis"]
    assert [one.name for one in papers_of("targeting.programme", str(made))] == ["pergub.pdf"]
    assert Diary.objects.get(action="give_basis").before["legal_basis"] == "Pergub 5/2025"


@pytest.mark.django_db
def test_other_criteria_end_a_screening_and_no_draft_rests_on_the_old_one(cast: Cast) -> None:
    made = pile.ready(cast)
    screening = Screening.objects.get(current=True)
    assert (screening.criteria, screening.criteria_hash) == (pile.ASKED, fingerprint(pile.ASKED))
    now = actions.NewProgramme(
        "uji-2025", "Uji", "53.71", date(2025, 7, 1), date(2025, 12, 1), DAY, 4, WOMEN, 1_000_000
    )
    actions.change_programme(by=cast.dinas, on=DAY, programme_id=made, programme=now)
    draft = {"by": cast.dinas, "programme_id": made, "number": "1/KEP/2025", "title": "Penetapan"}
    assert code_of(actions.draft_decree, **draft) == "kriteria_berubah"
    ids = tuple(used["id"] for used in screening.snapshots)
    run = actions.ScreeningRun(made, "h" * 64, ids, pile.verdict_rows(made), pile.ASKED)
    assert code_of(actions.record_screening, by=cast.dinas, run=run) == "kriteria_berubah"
    assert not Decree.objects.exists()


@pytest.mark.django_db
def test_a_decree_of_a_programme_that_nobody_approved_is_not_set(cast: Cast) -> None:
    made = pile.ready(cast)
    drafted = actions.draft_decree(by=cast.dinas, on=DAY, programme_id=made, number="1/KEP/2025", title="Penetapan")
    now = actions.NewProgramme(
        "uji-2025", "Uji", "53.71", date(2025, 7, 1), date(2025, 11, 1), DAY, 4, pile.CRITERIA, 1_000_000
    )
    assert actions.change_programme(by=cast.dinas, on=DAY, programme_id=made, programme=now) is True
    assert code_of(actions.approve_decree, by=cast.penyetuju, decree_id=drafted.decree_id) == "program_belum_disetujui"


@pytest.mark.django_db
def test_an_officer_sees_the_programmes_that_touch_his_area(cast: Cast, django_assert_num_queries: Queries) -> None:
    city = pile.programme(cast)
    there = actions.create_programme(by=cast.provinsi, on=DAY, programme=replace(PARISH, area_code="53.07"))
    with django_assert_num_queries(1):
        assert {one.id for one in programmes()} == {city, there}
    assert [one.id for one in programmes(("53.71.04.1009",))] == [city]
    assert [one.id for one in programmes(("53.07",))] == [there]
    assert programmes(()) == ()
