"""Whom nobody pays after the turn of the year: when their cover ends, who could go on, and what a takeover asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import queries as covered
from lopo.coverage.models import Membership
from lopo.financing import queries
from lopo.financing.actions.takeover import carry_out, propose_takeover
from lopo.financing.queries.endings import Ending, ending_of, endings
from lopo.financing.queries.price import own_prices
from lopo.financing.queries.renewal import falling_persons
from lopo.financing.queries.successors import successors
from lopo.financing.queries.takeover import origin_of, takeover_preview
from lopo.targeting import queries as targeting
from lopo.targeting.actions import approve_decree, draft_decree
from lopo.targeting.actions.adopting import Adoption
from lopo.targeting.models import DecreeName, Programme
from lopo.targeting.queries.choices import accepted_by_kecamatan
from tests.cast import Cast
from tests.rooms.city import CITY, city_without_decree
from tests.rooms.enrolment import Enrolment, enrol, fund, pay

pytestmark = pytest.mark.django_db
ALL, JANUARY, ON = ("53",), Month(2026, 1), date(2025, 12, 18)
YEAR = 12 * 16_800
_SCREENED = """
WITH screening AS (
    INSERT INTO targeting_screening (programme_id, "on", snapshots, counts, law_hash, made_by_id, current)
    VALUES (%(new)s, '2025-12-10', '{}', '{}', 'x', %(by)s, true) RETURNING id)
INSERT INTO targeting_verdict (screening_id, row_id, verdict, reasons, nik_matched, person_id, area_code, decile,
                               evidence)
SELECT c.id, v.row_id, 'diterima', '{}', v.nik_matched, v.person_id, v.area_code, 1, '{}'
  FROM screening c, targeting_verdict v JOIN targeting_screening o ON o.id = v.screening_id
 WHERE o.programme_id = %(old)s
"""
"""Everybody of the old programme is accepted in the new one too."""


@pytest.fixture
def old(cast: Cast) -> Enrolment:
    made = enrol(cast, 12)
    for number in range(8, 13):
        pay(cast, made, Month(2025, number), paid_on=date(2025, number, 12))
    return made


def falling(made: Enrolment, **more: object) -> queries.FallingFilter:
    return queries.FallingFilter(ALL, made.programme, JANUARY, **more)  # type: ignore[arg-type]


def wish(cast: Cast, old: Enrolment, new: int, people: int) -> Adoption:
    persons = falling_persons(falling(old), on=ON, most=people)
    return Adoption(old.programme, new, "SK-AMBIL/2025", "Pengambilalihan", persons)


def test_when_cover_ends_is_asked_of_the_law(
    cast: Cast, old: Enrolment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        rows = endings(old.programme, on=ON, month=JANUARY, areas=ALL)
    ending = Ending("penuh", Month(2025, 12), date(2026, 1, 16), date(2026, 4, 16))
    assert {row.ending for row in rows} == {ending}
    assert {row.kecamatan_code: row.members for row in rows} == {f"53.71.0{n}": 2 for n in range(1, 7)}
    assert endings(old.programme, on=ON, month=JANUARY, areas=()) == ()
    states = {
        day: covered.cover_counts(old.programme, on=day, areas=ALL)
        for day in (date(2026, 1, 15), date(2026, 1, 16), date(2026, 4, 15), date(2026, 4, 16))
    }
    assert [
        states[day][state] for day, state in zip(states, ("penuh", "menunggak_1", "menunggak_3", "gugur"), strict=True)
    ] == [12] * 4


def test_months_that_are_unpaid_or_still_to_come_and_cover_that_never_began() -> None:
    paid = "2025-07=2025-07-14 2025-08=2025-08-12"
    issued = date(2025, 7, 15)
    early = ending_of(paid, issued, Month(2025, 12), date(2025, 9, 1))
    assert (early.paid_until, early.held_from) == (Month(2025, 12), date(2026, 1, 16)), (
        "months to come are paid in time"
    )
    late = ending_of(paid, issued, Month(2025, 9), date(2025, 10, 1))
    assert (late.state, late.held_from) == ("menunggak_1", date(2025, 10, 1)), "September is unpaid already"
    assert ending_of("", None, Month(2025, 12), date(2025, 9, 1)) == Ending("belum", None, None, None)


def test_who_could_go_on_stands_in_the_stated_order_with_what_is_left(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast, places=9, people=5)
    fund(cast, Enrolment(new, 0, 0), payer="gmit", kind="gereja", year=2026)
    rows = successors(old.programme, month=JANUARY, areas=ALL, area_code="53.71")
    assert [(row.kind, row.could_take, row.why) for row in rows] == [
        ("apbd_kota", 5, ""), ("gereja", 9, ""),
    ]  # fmt: skip
    assert (rows[0].each, rows[0].left, rows[0].free_places) == (YEAR, 5 * YEAR, 9)
    assert rows[1].each == 3 * 16_800 + 9 * 8_400, "what the dearer sector costs, half from April (PP 50/2025)"
    assert successors(old.programme, month=Month(2027, 1), areas=ALL, area_code="53.71") == ()
    assert successors(old.programme, month=JANUARY, areas=(), area_code="53.71") == ()


def test_who_pays_for_himself_pays_what_the_law_says_month_by_month() -> None:
    told = [(one.sector, str(one.first), str(one.last), one.amount)
            for one in own_prices(1_000_000, JANUARY, Month(2026, 12))]  # fmt: skip
    assert told == [
        ("transportasi", "2026-01", "2026-12", 8_400),
        ("lainnya", "2026-01", "2026-03", 16_800),
        ("lainnya", "2026-04", "2026-12", 8_400),
    ]
    before = own_prices(1_000_000, Month(2025, 7), Month(2025, 12))
    assert [(one.sector, one.amount, one.last) for one in before] == [("", 16_800, Month(2025, 12))]


def test_a_takeover_is_drafted_set_by_another_and_goes_on_without_a_gap(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast, people=8)
    adoption = wish(cast, old, new, 8)
    seen = takeover_preview(old.programme, new, adoption.persons, on=ON)
    assert (seen.people, seen.lapsed, seen.first, seen.gap, seen.cost) == (8, 0, JANUARY, 0, 8 * YEAR)
    assert seen.stands_against is None
    assert [(one.between, dict(one.states)) for one in seen.starts] == [
        (0, {"penuh": 8}), (1, {"menunggak_1": 8}), (2, {"menunggak_2": 8}), (3, {"menunggak_3": 8}),
        (4, {"masa_tunggu": 8}),
    ]  # fmt: skip
    assert [one.jkm for one in seen.starts] == [(42_000_000,) * 2, *[(10_000_000,) * 2] * 4]
    decree = propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    with pytest.raises(Refused, match="belum ditetapkan"):
        carry_out(by=cast.dinas, on=ON, decree_id=decree)
    with pytest.raises(Refused):
        approve_decree(by=cast.dinas, on=ON, decree_id=decree)
    approve_decree(by=cast.penyetuju, on=ON, decree_id=decree)
    assert [row.outcome for row in queries.renewal(old.programme, on=ON, month=JANUARY, areas=ALL)].count("keluar") == 4
    taken = carry_out(by=cast.dinas, on=ON, decree_id=decree)
    assert (taken.people, taken.lapsed) == (8, 0)
    assert origin_of(decree) is None
    pay(cast, Enrolment(new, decree, 8), JANUARY, paid_on=date(2026, 1, 14), payer=CITY)
    counts = covered.cover_counts(old.programme, on=date(2026, 1, 20), areas=ALL)
    assert (counts["penuh"], counts["menunggak_1"]) == (8, 4)
    assert (covered.drifted(), covered.miscounted()) == ((), 0)


def test_the_poorest_come_first_and_a_list_of_numbers_chooses(cast: Cast, old: Enrolment) -> None:
    poor = DecreeName.objects.filter(decree_id=old.decree).order_by("-rank")[:3]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE targeting_decreename DISABLE TRIGGER targeting_name_frozen")
        cursor.execute("UPDATE targeting_decreename SET decile = 2 WHERE rank <= 9")
        cursor.execute("ALTER TABLE targeting_decreename ENABLE TRIGGER targeting_name_frozen")
    assert set(falling_persons(falling(old), on=ON, most=3)) == {one.person_id for one in poor}
    two = list(Membership.objects.order_by("id").values_list("kpj", "person__nik", "person_id")[:2])
    numbers = (str(two[0][0]), str(two[1][1]), "0000")
    assert set(falling_persons(falling(old, numbers=numbers), on=ON, most=9)) == {two[0][2], two[1][2]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("places", "tempat_kurang"), ("people", "pagu_kurang"), ("basis", "dasar_hukum_belum_ada"),
        ("state", "program_belum_disetujui"), ("moved", "di_luar_wilayah"), ("nobody", "tidak_ada_yang_dipilih"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_refused_with_its_code(cast: Cast, old: Enrolment, change: str, code: str) -> None:
    given = {"places": {"places": 7}, "people": {"people": 7}}.get(change, {})
    new = city_without_decree(cast, **given)  # type: ignore[arg-type]
    adoption = wish(cast, old, new, 0 if change == "nobody" else 8)
    if change == "basis":
        Programme.objects.filter(pk=new).update(basis_dated=date(2026, 2, 1))
    if change == "state":
        Programme.objects.filter(pk=new).update(state="konsep", approved_on=None)
    if change == "moved":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET area_code = '53.72.01.1001' WHERE id = %s", [adoption.persons[0]])
    seen = takeover_preview(old.programme, new, adoption.persons, on=ON)
    assert seen.stands_against is not None
    assert seen.stands_against.code == code
    with pytest.raises(Refused) as refused:
        propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    assert refused.value.code == code
    assert not DecreeName.objects.filter(decree__programme_id=new).exists()


def test_a_gap_is_taken_over_only_by_who_has_seen_it(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast, first="2026-03-01")
    adoption = wish(cast, old, new, 4)
    assert takeover_preview(old.programme, new, adoption.persons, on=ON).gap == 2
    decree = propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    approve_decree(by=cast.penyetuju, on=ON, decree_id=decree)
    with pytest.raises(Refused, match="Januari 2026 sampai Februari 2026"):
        carry_out(by=cast.dinas, on=ON, decree_id=decree)
    assert carry_out(by=cast.dinas, on=ON, decree_id=decree, gap_known=True).people == 4


def test_nobody_is_named_or_paid_for_twice(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast)
    adoption = wish(cast, old, new, 2)
    propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    with pytest.raises(Refused) as twice:
        propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    assert twice.value.code == "sudah_dibayar_lain"
    with pytest.raises(Refused, match="berwenang"):
        propose_takeover(by=cast.lurah, on=ON, adoption=wish(cast, old, new, 1))


def test_an_own_decree_stands_beside_the_one_that_took_people_over(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast, places=10)
    adoption = wish(cast, old, new, 8)
    taken = propose_takeover(by=cast.dinas, on=ON, adoption=adoption)
    with connection.cursor() as cursor:
        cursor.execute(_SCREENED, {"new": new, "by": cast.dinas.id, "old": old.programme})
    assert sum(accepted_by_kecamatan(new).values()) == 4
    own = draft_decree(by=cast.dinas, on=ON, programme_id=new, number="SK-SENDIRI/2025", title="Penerima")
    assert (own.chosen, own.waiting) == (2, 2), "eight of the ten places are held by those taken over"
    named = DecreeName.objects.filter(decree_id=own.decree_id).values_list("person_id", flat=True)
    assert not set(named) & set(adoption.persons)
    state = targeting.programme("kota-2026")
    assert state is not None
    assert (state.decree_id, state.chosen) == (own.decree_id, 2)
    with pytest.raises(Refused, match="SK-SENDIRI"):
        draft_decree(by=cast.dinas, on=ON, programme_id=new, number="SK-LAIN/2025", title="Penerima")
    approve_decree(by=cast.penyetuju, on=ON, decree_id=taken)
    approve_decree(by=cast.penyetuju, on=ON, decree_id=own.decree_id)


def test_each_later_budget_year_is_told(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast)
    Programme.objects.filter(pk=new).update(last_month=date(2028, 6, 1))
    adoption = wish(cast, old, new, 8)
    fund(cast, Enrolment(new, 0, 0), amount=YEAR, payer=CITY, kind="apbd_kota", year=2027)
    seen = takeover_preview(old.programme, new, adoption.persons, on=ON)
    assert seen.stands_against is None, "a budget of a later year is set when that year comes"
    assert [(one.year, one.months, one.cost, one.left, one.short) for one in seen.later] == [
        (2027, 12, 8 * YEAR, YEAR, True), (2028, 6, 8 * YEAR // 2, None, False),
    ]  # fmt: skip
