"""Deaths in the register become cases before the family asks; nothing is lost, nothing is doubled."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.refusal import Refused
from lopo.claims import actions
from lopo.claims.models import Case, DeathHit, Paper
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.rooms.claims_stage import READ, Stage, build


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def watch(stage: Stage, *hits: actions.Hit, on: date = READ) -> actions.DeathCounts:
    return actions.open_cases_from_deaths(by=stage.cast.bpjs, on=on, hits=hits)


def test_a_certain_death_in_cover_opens_a_case_with_its_clock_and_messages(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    counts = watch(stage, stage.hit(member, date(2025, 8, 20)))
    assert (counts.hits, counts.new, counts.opened) == (1, 1, 1)
    case = Case.objects.get()
    assert (case.kind, case.died_on, case.opened_from) == ("JKM", date(2025, 8, 20), "akta_kematian")
    assert case.code == f"JKM-2026-{int(case.code[-5:]):05d}"
    assert case.visit_due_on == date(2026, 1, 8)  # Monday 5 January and three working days
    papers = dict(Paper.objects.values_list("code", "received_on"))
    assert papers["akta_kematian"] == READ
    assert papers["surat_ahli_waris"] is None
    diary = Diary.objects.filter(action="watch_deaths").get()
    assert diary.send is not None
    assert diary.send["letters"] == [{"template": "keluarga", "case": case.id, "code": case.code}]
    assert diary.send["visits"] == [{"case": case.id, "area": "53.71.04.1009", "due_on": "2026-01-08"}]
    assert member.person.name not in str(diary.send)


def test_the_same_register_twice_changes_nothing(stage: Stage) -> None:
    hits = [stage.hit(stage.member(f"Orang {n}"), date(2025, 9, n + 1)) for n in range(3)]
    first, second = watch(stage, *hits), watch(stage, *hits)
    assert (first.opened, first.seen_before) == (3, 0)
    assert (second.opened, second.new, second.seen_before) == (0, 0, 3)
    assert (Case.objects.count(), DeathHit.objects.count()) == (3, 3)


def test_two_certificates_of_one_person_give_one_case(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    watch(stage, stage.hit(member, date(2025, 9, 1)), stage.hit(member, date(2025, 9, 1), certificate="LAIN"))
    assert sorted(DeathHit.objects.values_list("outcome", flat=True)) == ["kasus", "sudah_diketahui"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("standing", ["belum_bernomor", "sebelum_terlindungi", "setelah_berakhir"])
def test_a_death_outside_of_cover_is_listed_with_its_reason(stage: Stage, standing: str) -> None:
    counts = watch(stage, stage.hit(stage.member("A"), date(2025, 7, 2), standing=standing))
    assert (counts.opened, counts.not_covered) == (0, 1)
    assert DeathHit.objects.get().outcome == standing


def test_a_death_that_was_reported_before_is_linked_to_its_case(stage: Stage) -> None:
    member = stage.member("Yohanes Tote")
    case_id = stage.accident(member, date(2025, 10, 7), died_on=date(2025, 10, 7))
    counts = watch(stage, stage.hit(member, date(2025, 10, 8)))
    assert (counts.opened, counts.known_cases) == (0, 1)
    hit = DeathHit.objects.get()
    assert (hit.outcome, hit.case_id) == ("sudah_diketahui", case_id)


def test_a_doubtful_hit_waits_for_a_person_who_says_yes_or_no(stage: Stage) -> None:
    yes, no = stage.member("Elias Nitsae"), stage.member("Umar Fuah")
    hits = [stage.hit(one, date(2025, 10, 7), certain=False, differs="nik") for one in (yes, no)]
    assert watch(stage, *hits).doubtful == 2
    assert Case.objects.count() == 0
    first, second = DeathHit.objects.order_by("membership_id")
    case_id = actions.settle_hit(
        by=stage.cast.bpjs, on=READ, hit_id=first.id, same_person=True, note="keluarga membenarkan"
    )
    assert Case.objects.get().id == case_id
    assert Paper.objects.filter(case_id=case_id, code="permohonan").exists()
    assert (
        actions.settle_hit(by=stage.cast.bpjs, on=READ, hit_id=second.id, same_person=False, note="masih hidup") is None
    )
    assert list(DeathHit.objects.order_by("membership_id").values_list("outcome", flat=True)) == [
        "kasus",
        "bukan_orang_ini",
    ]
    with pytest.raises(Refused, match="sudah diputuskan"):
        actions.settle_hit(by=stage.cast.bpjs, on=READ, hit_id=first.id, same_person=False, note="")


def test_a_doubtful_hit_before_cover_opens_no_case(stage: Stage) -> None:
    watch(stage, stage.hit(stage.member("Elias"), date(2025, 7, 2), certain=False))
    hit = DeathHit.objects.get()
    assert actions.settle_hit(by=stage.cast.bpjs, on=READ, hit_id=hit.id, same_person=True, note="") is None
    assert DeathHit.objects.get().outcome == "sebelum_terlindungi"


def test_an_empty_register_opens_nothing(stage: Stage) -> None:
    counts = watch(stage)
    assert (counts.hits, counts.opened, counts.cases) == (0, 0, ())


def test_only_whoever_works_on_cases_may_watch(stage: Stage) -> None:
    for officer in (stage.cast.lurah, stage.cast.tamu, stage.cast.penyetuju):
        with pytest.raises(Refused, match="tidak berwenang"):
            actions.open_cases_from_deaths(by=officer, on=READ, hits=[])
