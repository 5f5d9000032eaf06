"""Cover from paid months: the states on chosen days, coming back after a lapse, and one equals many."""

import random
from datetime import date

import ibis
import pytest

from lopo.basics.calendar import Month
from lopo.law.cases import CoverFacts
from lopo.law.cover import PaidMonth, cover_facts, cover_on, last_due
from lopo.law.cover_table import cover_table
from lopo.law.deadlines import contribution_due

ISSUED = date(2025, 7, 14)


def paid(*months: str) -> tuple[PaidMonth, ...]:
    """Months written `07`, paid on the 10th, or `07@2025-08-20`, paid late; months from 13 on are in the next year."""
    found = []
    for text in months:
        number, _, day = text.partition("@")
        month = Month(2025, 1).plus(int(number) - 1)
        found.append(PaidMonth(month, date.fromisoformat(day) if day else date(month.year, month.number, 10)))
    return tuple(found)


HALF_YEAR = paid("07", "08", "09", "10", "11", "12")
STORY = paid("07", "08", "09@2025-11-12", "10", "11", "12")


@pytest.mark.parametrize(
    ("day", "payments", "state", "count", "run"),
    [
        ("2025-07-13", HALF_YEAR, "belum", 0, 0),
        ("2025-07-14", HALF_YEAR, "masa_tunggu", 1, 0),
        ("2025-09-30", HALF_YEAR, "masa_tunggu", 3, 0),
        ("2025-10-01", HALF_YEAR, "penuh", 4, 0),
        ("2026-01-15", HALF_YEAR, "penuh", 7, 0),
        ("2026-01-16", HALF_YEAR, "menunggak_1", 7, 1),
        ("2026-01-20", HALF_YEAR, "menunggak_1", 7, 1),
        ("2026-02-18", HALF_YEAR, "menunggak_2", 8, 2),
        ("2026-03-17", HALF_YEAR, "menunggak_3", 9, 3),
        ("2026-04-15", HALF_YEAR, "menunggak_3", 10, 3),
        ("2026-04-16", HALF_YEAR, "gugur", 0, 4),
        ("2026-09-30", HALF_YEAR, "gugur", 0, 9),
        ("2025-09-15", STORY, "masa_tunggu", 3, 0),
        ("2025-09-16", STORY, "menunggak_1", 3, 1),
        ("2025-10-20", STORY, "menunggak_1", 4, 1),
        ("2025-11-11", STORY, "menunggak_1", 5, 1),
        ("2025-11-12", STORY, "penuh", 5, 0),
        ("2025-08-16", paid("07"), "menunggak_1", 2, 1),
        ("2025-07-20", (), "belum", 0, 0),
    ],
)
def test_the_state_on_a_day(day: str, payments: tuple[PaidMonth, ...], state: str, count: int, run: int) -> None:
    cover = cover_on(date.fromisoformat(day), payments, ISSUED)
    assert (cover.state, cover.bulan_kepesertaan, cover.bulan_menunggak) == (state, count, run)


def test_without_a_number_there_is_no_cover_whatever_was_paid() -> None:
    assert cover_on(date(2025, 12, 1), HALF_YEAR, None).state == "belum"


def test_a_number_issued_before_the_first_paid_month_waits_for_it() -> None:
    assert cover_on(date(2025, 6, 30), paid("07@2025-06-20"), date(2025, 6, 25)).state == "belum"
    assert cover_on(date(2025, 7, 1), paid("07@2025-06-20"), date(2025, 6, 25)).bulan_kepesertaan == 1


def test_after_a_lapse_paying_again_starts_anew_and_old_months_do_not_help() -> None:
    lapsed = paid("07", "08")
    assert cover_on(date(2025, 12, 16), lapsed, ISSUED).state == "gugur"
    assert cover_on(date(2025, 12, 16), lapsed, ISSUED).lapsed_on == contribution_due(Month(2025, 12))
    old = (*lapsed, *paid("09@2026-01-05", "10@2026-01-05"))
    assert cover_on(date(2026, 1, 6), old, ISSUED).state == "gugur"
    again = (*lapsed, *paid("13@2026-01-10", "14", "15", "16"))
    assert cover_on(date(2026, 1, 9), again, ISSUED).state == "gugur"
    back = cover_on(date(2026, 1, 10), again, ISSUED)
    assert (back.state, back.bulan_kepesertaan, back.first_month) == ("masa_tunggu", 1, Month(2026, 1))
    assert cover_on(date(2026, 4, 1), again, ISSUED).state == "penuh"


def test_a_hole_filled_after_the_return_begins_nothing_anew() -> None:
    returned = paid("07", "08", "14@2026-02-02", "15", "16", "17", "18")
    day = date(2026, 6, 10)
    for filled in (returned, (*returned, *paid("13@2026-05-20")), (*returned, *paid("12@2026-05-20", "13@2026-06-01"))):
        cover = cover_on(day, filled, ISSUED)
        assert (cover.state, cover.bulan_kepesertaan, cover.first_month) == ("penuh", 5, Month(2026, 2))
        assert as_tables({1: (ISSUED, filled)}, day)[0]["bulan_kepesertaan"] == 5


def test_the_due_date_moves_to_the_next_working_day() -> None:
    assert contribution_due(Month(2025, 11)) == date(2025, 11, 17)
    assert last_due(date(2025, 11, 17)) == Month(2025, 10)
    assert last_due(date(2025, 11, 18)) == Month(2025, 11)


def test_the_facts_of_an_event_and_of_the_judging_day() -> None:
    event = date(2025, 10, 20)
    before = cover_facts(event, date(2025, 11, 1), STORY, ISSUED)
    after = cover_facts(event, date(2025, 11, 12), STORY, ISSUED)
    assert before == CoverFacts(True, 4, 1, tunggakan_lunas=False)
    assert after == CoverFacts(True, 4, 1, tunggakan_lunas=True)


def test_a_number_that_comes_after_a_lapse_begins_nothing_before_its_day() -> None:
    issued, day = date(2025, 12, 20), date(2025, 12, 19)
    lapsed = paid("07", "08")
    assert cover_on(day, lapsed, issued).state == "belum"
    assert cover_on(issued, lapsed, issued).state == "gugur"
    assert as_tables({1: (issued, lapsed)}, day)[0]["nomor_terbit"] is False
    assert as_tables({1: (issued, lapsed)}, issued)[0]["nomor_terbit"] is True


def test_a_month_that_was_paid_twice_was_paid_on_the_earlier_day() -> None:
    """November was paid on the 10th, before its due date, and once more on the 20th: no lapse in between."""
    twice = (*paid("07", "11"), *paid("11@2025-11-20"))
    for history in (twice, twice[::-1]):
        assert cover_on(date(2025, 11, 21), history, ISSUED).state == "menunggak_3"
        assert as_tables({1: (ISSUED, history)}, date(2025, 11, 21))[0]["bulan_menunggak"] == 3


def test_arrears_are_settled_only_when_every_month_is() -> None:
    event, some = date(2025, 10, 20), paid("07", "08", "09@2025-11-12")
    assert not cover_facts(event, date(2025, 11, 12), some, ISSUED).tunggakan_lunas
    every = (*some, *paid("10@2025-11-13"))
    assert not cover_facts(event, date(2025, 11, 12), every, ISSUED).tunggakan_lunas
    assert cover_facts(event, date(2025, 11, 13), every, ISSUED).tunggakan_lunas


def test_somebody_without_a_number_has_no_facts_of_cover() -> None:
    assert cover_facts(date(2025, 10, 20), date(2025, 11, 1), HALF_YEAR, None).nomor_terbit is False
    assert cover_facts(date(2025, 10, 20), date(2025, 11, 1), HALF_YEAR, ISSUED).nomor_terbit is True


def as_tables(people: dict[int, tuple[date | None, tuple[PaidMonth, ...]]], day: date) -> list[dict[str, object]]:
    members = ibis.memtable(
        {"person": list(people), "number_issued_on": [issued for issued, _ in people.values()]},
        schema={"person": "int64", "number_issued_on": "date"},
    )
    rows = [(person, payment) for person, (_, payments) in people.items() for payment in payments]
    payments = ibis.memtable(
        {
            "person": [person for person, _ in rows],
            "month": [payment.month.first_day for _, payment in rows],
            "paid_on": [payment.paid_on for _, payment in rows],
        },
        schema={"person": "int64", "month": "date", "paid_on": "date"},
    )
    found: list[dict[str, object]] = (
        cover_table(members, payments, Month(2025, 7), day).order_by("person").to_pyarrow().to_pylist()
    )
    return found


def test_a_later_month_paid_by_the_day_of_the_lapse_brings_nothing_back_and_a_day_later_does() -> None:
    """July is paid; August to November are not; December is paid on the due date of November, or the day after."""
    lapse = contribution_due(Month(2025, 11))
    on_it, after = paid("07", f"12@{lapse}"), paid("07", f"12@{lapse.replace(day=lapse.day + 1)}")
    day = date(2025, 12, 20)
    assert cover_on(day, on_it, ISSUED).state == "gugur"
    assert cover_on(day, after, ISSUED).state == "masa_tunggu"
    rows = as_tables({1: (ISSUED, on_it), 2: (ISSUED, after), 3: (None, on_it), 4: (ISSUED, ())}, day)
    assert [(row["nomor_terbit"], row["bulan_kepesertaan"], row["bulan_menunggak"]) for row in rows] == [
        (True, 0, 4), (True, 1, 0), (False, 0, 0), (False, 0, 0),
    ]  # fmt: skip


def histories(count: int) -> dict[int, tuple[date | None, tuple[PaidMonth, ...]]]:
    chance = random.Random(5371)  # noqa: S311 - repeatable, not secret
    found = {}
    for person in range(count):
        issued = chance.choice([None, date(2025, 6, 25), date(2025, 7, 20), date(2025, 8, 3), date(2025, 10, 2)])
        diligence = chance.choice([0.3, 0.6, 0.95])
        payments = [
            PaidMonth(
                Month(2025, 7).plus(step),
                date.fromordinal(date(2025, 7, 1).toordinal() + 30 * step + chance.choice([0, 5, 12, 16, 40, 80, 140])),
            )
            for step in range(14)
            if chance.random() < diligence
        ]
        found[person] = (issued, tuple(payments))
    return found


@pytest.mark.parametrize("day", ["2025-06-01", "2025-07-10", "2025-09-20", "2025-11-17", "2026-03-01", "2026-06-16"])
def test_one_equals_many(day: str) -> None:
    people = histories(400)
    on = date.fromisoformat(day)
    many = as_tables(people, on)
    states = set()
    for row, (issued, history) in zip(many, people.values(), strict=True):
        one = cover_on(on, history, issued)
        states.add(one.state)
        assert row["nomor_terbit"] == (one.state != "belum")
        assert (row["bulan_kepesertaan"], row["bulan_menunggak"]) == (one.bulan_kepesertaan, one.bulan_menunggak)
    assert len(states) > (5 if on >= date(2026, 1, 1) else 0)
