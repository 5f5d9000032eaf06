"""The desk of persons: scope, the mask of the NIK, the month strip, who did what."""

from __future__ import annotations

from datetime import date

import pytest

from lopo.basics.calendar import Month
from lopo.staff import queries as staff
from lopo.web import strip
from tests.web.conftest import SignedIn
from tests.web.story import Story


def test_search_finds_within_the_area_only(story: Story, signed_in: SignedIn) -> None:
    name = story.neighbour.name
    assert name in signed_in("dinas").get("/orang/", {"cari": name}).content.decode()
    page = signed_in("lurah.oebufu").get("/orang/", {"cari": name}).content.decode()
    assert f"/orang/{story.neighbour.person_id}" not in page


def test_another_area_is_not_there(story: Story, signed_in: SignedIn) -> None:
    lurah = signed_in("lurah.oebufu")
    assert lurah.get(f"/orang/{story.member.person_id}").status_code == 200
    assert lurah.get(f"/orang/{story.neighbour.person_id}").status_code == 404
    assert lurah.get("/orang/999999999").status_code == 404


def test_the_nik_is_masked_until_there_is_a_reason(story: Story, signed_in: SignedIn) -> None:
    office, address = signed_in("dinas"), f"/orang/{story.member.person_id}"
    nik = story.member.nik
    page = office.get(address).content.decode()
    assert nik not in page
    assert f"{nik[:4]}••••••••{nik[-4:]}" in page
    assert nik not in office.post(address, {"alasan": ""}, follow=True).content.decode()
    assert nik in office.post(address, {"alasan": "mencocokkan kartu"}).content.decode()
    kept = staff.diary_of("people.person", str(story.member.person_id))[0]
    assert (kept.action, kept.by, kept.after) == ("see_nik", "Yuliana Bessie", {"alasan": "mencocokkan kartu"})


def test_who_may_not_see_it_is_told_so(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("lurah.oebufu").post(f"/orang/{story.member.person_id}", {"alasan": "ingin tahu saja"})
    assert answer.status_code == 403
    assert "tidak berwenang melihat NIK utuh" in answer.content.decode()


def test_the_strip_tells_each_month_with_pattern_letter_and_sentence(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("dinas").get(f"/orang/{story.member.person_id}").content.decode()
    for css, count in (("waiting", 2), ("late_waiting", 1), ("paid", 3)):
        assert page.count(f'class="cell {css}') == count, css
    assert "September 2025: dibayar Pemerintah Provinsi NTT pada 12 Nov 2025, terlambat." in page
    assert "Ada kejadian pada bulan ini" in page
    assert "Rp 42.000.000" in page


def test_the_page_asks_a_bounded_number_of_queries(
    story: Story, signed_in: SignedIn, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = signed_in("dinas")
    with django_assert_max_num_queries(28):
        assert client.get(f"/orang/{story.member.person_id}").status_code == 200


@pytest.mark.parametrize(
    ("on", "pattern"),
    [
        (date(2025, 9, 15), "none"),
        (date(2025, 9, 16), "unpaid"),
        (date(2025, 11, 12), "late_waiting"),
    ],
)
def test_september_is_owed_from_the_day_after_it_was_due_until_it_is_paid(on: date, pattern: str) -> None:
    paid = {Month(2025, 7): date(2025, 7, 14), Month(2025, 8): date(2025, 8, 13), Month(2025, 9): date(2025, 11, 12)}
    life = strip.Life(paid, date(2025, 7, 15), None, date(2025, 10, 1), None)
    assert strip.kind_of(life, Month(2025, 9), on) == pattern


def test_a_summed_month_counts_every_member_once() -> None:
    paid = {Month(2025, 7): date(2025, 7, 14)}
    full = strip.Life(paid, date(2025, 7, 15), None, date(2025, 7, 1), None)
    lapsed = strip.Life(paid, date(2025, 7, 15), None, None, date(2025, 8, 15))
    ended = strip.Life(paid, date(2025, 7, 15), date(2025, 7, 31), None, None)
    july, august = strip.summed(
        [(full, 5), (lapsed, 2), (ended, 1)], [Month(2025, 7), Month(2025, 8)], date(2025, 8, 31)
    )
    assert (july.paid, july.members) == (8, 8)
    assert {kind: count for kind, count in august.counts if count} == {"unpaid": 5, "lapsed": 2, "none": 1}
