"""The whole watch: registers and members out of the tables, through the engine, back as cases."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.claims import queries
from lopo.claims.models import Case, DeathHit
from lopo.jobs.deaths import watch_deaths
from lopo.people.models import Death, Resident
from tests.cast import Cast
from tests.rooms.claims_stage import OEBUFU, READ, Stage, build


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return build(cast)


def silent(_done: int, _total: int, _step: str) -> None:
    return


def outcomes() -> dict[str, str]:
    return {hit.certificate: hit.outcome for hit in DeathHit.objects.all()}


def certificate(stage: Stage, number: str, who: tuple[str, str, date | None], died_on: date) -> None:
    nik, name, born = who
    Death.objects.create(
        snapshot=stage.deaths, certificate=number, nik=nik, name=name, born=born, died_on=died_on, place=""
    )


def test_each_kind_of_certificate_comes_to_what_it_says(stage: Stage) -> None:
    born = date(1990, 1, 1)
    sure, short, no_birth, typo, _, early, unnumbered = (
        stage.member("Yohanes Silvester Moruk"), stage.member("Robertus Mulik"), stage.member("Norci Neolaka"),
        stage.member("Katarina Tanya Banase"), stage.member("Elias Fransiskus Nitsae"),
        stage.member("Ance Aisyah Radja"), stage.member("Petrus Tomodok", issued=None),
    )  # fmt: skip
    died = date(2025, 10, 7)
    certificate(stage, "A", (sure.person.nik, "Yohanes Silvester Moruk", born), died)
    certificate(stage, "B", (short.person.nik, "R. Mulik", born), died)
    certificate(stage, "C", (no_birth.person.nik, "Norci Neolaka", None), died)
    wrong = typo.person.nik[:-2] + ("99" if typo.person.nik[-2:] != "99" else "88")
    certificate(stage, "D", (wrong, "Katarina Tanya Banase", born), died)
    certificate(stage, "E", ("", "Elias Fransiskus Nitsae", born), died)
    certificate(stage, "F", (early.person.nik, "Ance Aisyah Radja", born), date(2025, 7, 14))
    certificate(stage, "G", (unnumbered.person.nik, "Petrus Tomodok", born), died)
    certificate(stage, "H", ("5371041702800001", "Orang Lain Sekali", date(1980, 2, 17)), died)
    certificate(stage, "I", (sure.person.nik, "Yohanes Silvester Moruk", born), date(2026, 2, 1))  # after the day
    counts = watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent)
    assert outcomes() == {
        "A": "kasus", "B": "kasus", "C": "kasus", "D": "ragu", "E": "ragu", "F": "sebelum_terlindungi",
        "G": "belum_bernomor",
    }  # fmt: skip
    assert (counts.opened, counts.doubtful, counts.not_covered) == (3, 2, 2)
    assert {case.person_id for case in Case.objects.all()} == {sure.person_id, short.person_id, no_birth.person_id}
    again = watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent)
    assert (again.new, again.opened, Case.objects.count()) == (0, 0, 3)


def test_a_namesake_who_is_no_member_takes_the_certificate(stage: Stage) -> None:
    member = stage.member("Maria Ina Tote")
    Resident.objects.create(
        snapshot=stage.residents, nik="5371045201850007", name="Maria Ina Tote", no_kk="5371040000000099", sex="P",
        born=date(1985, 1, 12), relation="ISTRI", area_code=OEBUFU,
    )  # fmt: skip
    certificate(stage, "A", ("5371045201850007", "Maria Ina Tote", date(1985, 1, 12)), date(2025, 10, 1))
    assert watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent).hits == 0
    certificate(stage, "B", ("", "Maria Ina Tote", member.person.born), date(2025, 10, 1))
    assert watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent).doubtful == 1


def test_without_a_register_nothing_happens(stage: Stage) -> None:
    stage.member("A")
    assert watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent).hits == 0


def test_the_watch_asks_for_the_right_before_it_reads(stage: Stage) -> None:
    with pytest.raises(Refused, match="tidak berwenang"):
        watch_deaths(by=stage.cast.tamu, on=READ, progress=silent)


def test_the_list_of_hits_keeps_to_the_areas_and_can_be_searched(stage: Stage, django_assert_num_queries) -> None:
    here, there = stage.member("Yohanes Moruk"), stage.member("Norci Neolaka", area="53.71.01.1008")
    for member in (here, there):
        stage.dead(member, date(2025, 10, 1))
    watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent)
    with django_assert_num_queries(2):
        page = queries.hits_page(queries.HitFilter(("53.71.04",)), Asked())
    assert ([row.member_name for row in page.rows], page.total) == (["Yohanes Moruk"], 1)
    assert queries.hits_page(queries.HitFilter(()), Asked()).total == 0
    found = queries.hits_page(queries.HitFilter(("53",), outcome="kasus", search="norci"), Asked(sort="-died_on"))
    assert [row.case_code for row in found.rows] == [Case.objects.get(person=there.person).code]
    with pytest.raises(Refused, match="diurutkan"):
        queries.hits_page(queries.HitFilter(("53",)), Asked(sort="kpj; drop"))


def test_months_paid_after_a_death_are_listed_for_asking_back(stage: Stage, django_assert_num_queries) -> None:
    stage.dead(stage.member("Yohanes Moruk"), date(2025, 10, 20))
    watch_deaths(by=stage.cast.bpjs, on=READ, progress=silent)
    with django_assert_num_queries(1):
        (row,) = queries.paid_after_death(("53.71",))
    assert (row.months, row.first_month, row.last_month, row.payers) == (
        2, date(2025, 11, 1), date(2025, 12, 1), "pemprov-ntt",
    )  # fmt: skip
    assert queries.paid_after_death(("53.7",)) == ()
