"""The turn of the year (P3): who stays, who is taken over and by whom, who falls out, by kecamatan and by name."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.models import Membership
from lopo.financing import queries
from tests.cast import Cast
from tests.rooms.city import CITY, city_programme
from tests.rooms.enrolment import PAYER, Enrolment, enrol, fund, pay

pytestmark = pytest.mark.django_db
ALL, JANUARY, ON = ("53",), Month(2026, 1), date(2025, 12, 18)


@pytest.fixture
def old(cast: Cast) -> Enrolment:
    made = enrol(cast, 12)
    for number in range(8, 13):
        pay(cast, made, Month(2025, number), paid_on=date(2025, number, 12))
    return made


def outcomes(made: Enrolment, *, on: date = ON, areas: tuple[str, ...] = ALL) -> dict[str, tuple[int, int]]:
    found = dict.fromkeys(queries.OUTCOMES, (0, 0))
    for row in queries.renewal(made.programme, on=on, month=JANUARY, areas=areas):
        members, ready = found[row.outcome]
        found[row.outcome] = (members + row.members, ready + row.ready)
    return found


def falling(made: Enrolment, *, areas: tuple[str, ...] = ALL, search: str = "") -> list[str]:
    asked = queries.FallingFilter(areas, made.programme, JANUARY, search=search)
    return [row.name for row in queries.falling_page(asked, Asked(size=0, sort="name"), on=ON).rows]


def test_without_a_successor_everybody_falls_out(cast: Cast, old: Enrolment) -> None:
    assert queries.month_after(old.programme) == JANUARY
    assert outcomes(old) == {"tetap": (0, 0), "diambil_alih": (0, 0), "keluar": (12, 0)}
    assert len(falling(old)) == 12
    during = queries.renewal(old.programme, on=ON, month=Month(2025, 12), areas=ALL)
    assert {row.outcome for row in during} == {"tetap"}, "until its last month the programme itself goes on"


def test_whom_the_city_names_is_taken_over_and_who_is_not_falls_out(
    cast: Cast, old: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = city_programme(8)
    fund(cast, new, payer=CITY, kind="apbd_kota", year=2026)
    assert outcomes(old) == {"tetap": (0, 0), "diambil_alih": (8, 0), "keluar": (4, 0)}
    takeover = coverage.Takeover(old.programme, new.programme, new.decree)
    coverage.take_over(by=cast.dinas, on=ON, takeover=takeover)
    assert outcomes(old) == {"tetap": (0, 0), "diambil_alih": (8, 8), "keluar": (4, 0)}
    with django_assert_num_queries(5):
        rows = queries.renewal(old.programme, on=ON, month=JANUARY, areas=ALL)
    taken = [row for row in rows if row.outcome == "diambil_alih"]
    assert {(row.programme_id, row.payers) for row in taken} == {(new.programme, ("KOTA KUPANG",))}
    assert {row.kecamatan_code: row.members for row in taken} == {
        "53.71.01": 2, "53.71.02": 2, "53.71.03": 1, "53.71.04": 1, "53.71.05": 1, "53.71.06": 1,
    }  # fmt: skip
    assert falling(old) == [f"ORANG NOMOR {n}" for n in (10, 11, 12, 9)]
    assert falling(old, search="nomor 9") == ["ORANG NOMOR 9"]


def test_the_same_payer_next_year_means_that_the_member_stays(cast: Cast, old: Enrolment) -> None:
    new = city_programme(8)
    fund(cast, new, payer=PAYER, year=2026)
    assert outcomes(old) == {"tetap": (8, 0), "diambil_alih": (0, 0), "keluar": (4, 0)}


def test_a_refused_or_ended_member_there_falls_out_and_who_ended_here_is_not_counted(
    cast: Cast, old: Enrolment
) -> None:
    new = city_programme(8)
    takeover = coverage.Takeover(old.programme, new.programme, new.decree)
    coverage.take_over(by=cast.dinas, on=ON, takeover=takeover)
    there = Membership.objects.filter(programme_id=new.programme).order_by("id")
    coverage.end_membership(by=cast.dinas, on=ON, membership_id=there[0].id, ended_on=ON, reason="pindah")
    assert outcomes(old)["keluar"] == (5, 0)
    here = Membership.objects.get(programme_id=old.programme, person_id=there[0].person_id)
    coverage.end_membership(by=cast.dinas, on=ON, membership_id=here.id, ended_on=ON, reason="pindah")
    assert outcomes(old)["keluar"] == (4, 0)


def test_nothing_is_seen_outside_of_the_areas_and_nothing_is_known_before_its_day(cast: Cast, old: Enrolment) -> None:
    city_programme(8)
    assert outcomes(old, on=date(2025, 12, 9))["keluar"] == (12, 0), "the decree of the city was set on the tenth"
    assert queries.renewal(old.programme, on=ON, month=JANUARY, areas=()) == ()
    assert outcomes(old, areas=("53.71.04",)) == {"tetap": (0, 0), "diambil_alih": (1, 0), "keluar": (1, 0)}
    assert (falling(old, areas=()), len(falling(old, areas=("53.71.04",)))) == ([], 1)
    with pytest.raises(Refused, match="tidak ada"):
        queries.month_after(old.programme + 99)
