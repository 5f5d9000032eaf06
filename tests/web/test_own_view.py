"""A member sees his own cover with card number and birth day; who tries too often waits, and every look is noted."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lopo.coverage import queries as coverage
from lopo.coverage.actions import own_look
from lopo.financing.queries.own_cover import own_cover
from lopo.jobs.papers.make_own_cover import own_cover_pdf
from lopo.people import queries as people
from lopo.staff import queries as staff
from lopo.staff.models import Attempt
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story

DOOR = "perlindungan"


def typed(story: Story, born: date | None = None) -> dict[str, str]:
    """What a member types: the number as it stands on the card, in groups, and the day of birth."""
    person = people.person(story.member.person_id)
    assert person is not None
    day, kpj = born or person.born, story.member.kpj
    said = f"{kpj[:4]} {kpj[4:8]} {kpj[8:]}"
    return {"kpj": said, "hari": str(day.day), "bulan": str(day.month), "tahun": str(day.year)}


def test_the_member_sees_his_own_cover_and_the_look_is_noted(story: Story, client: Client) -> None:
    page = client.post(reverse(DOOR), typed(story))
    text = page.content.decode()
    assert page.status_code == 200
    assert story.member.name in text
    assert story.member.kpj in text
    assert story.neighbour.name not in text
    person = people.person(story.member.person_id)
    assert person is not None
    assert person.nik not in text
    assert person.no_kk not in text
    assert "no-store" in page.headers["Cache-Control"]
    deeds = [row.action for row in staff.diary_of("people.person", str(person.id))]
    assert deeds.count("look_at_own_cover") == 1


@pytest.mark.parametrize("wrong", [{"tahun": "1901"}, {"kpj": "25999999999"}, {"kpj": "25"}, {"kpj": "dua lima"}])
def test_a_wrong_half_shows_nothing_and_says_not_which(story: Story, client: Client, wrong: dict[str, str]) -> None:
    page = client.post(reverse(DOOR), typed(story) | wrong)
    text = page.content.decode()
    assert page.status_code == 422
    assert "tidak cocok" in text
    assert story.member.name not in text


def test_a_day_that_is_none_is_said_beside_the_field(story: Story, client: Client) -> None:
    page = client.post(reverse(DOOR), typed(story) | {"hari": "31", "bulan": "2"})
    assert page.status_code == 422
    assert "Tanggal ini tidak ada" in page.content.decode()
    assert not Attempt.objects.exists()


def test_after_some_wrong_tries_even_the_right_day_is_closed(story: Story, client: Client) -> None:
    for _ in range(own_look.DOOR.failed_at_thing):
        assert "tidak cocok" in client.post(reverse(DOOR), typed(story, date(1950, 1, 1))).content.decode()
    page = client.post(reverse(DOOR), typed(story))
    assert page.status_code == 422
    assert "Terlalu banyak percobaan" in page.content.decode()
    assert story.member.name not in page.content.decode()
    other = people.person(story.neighbour.person_id)
    assert other is not None
    born = {"hari": str(other.born.day), "bulan": str(other.born.month), "tahun": str(other.born.year)}
    assert client.post(reverse(DOOR), {"kpj": story.neighbour.kpj, **born}).status_code == 200
    marks = set(Attempt.objects.values_list("thing_mark", flat=True))
    assert len(marks) == 2
    assert not any(story.member.kpj in mark for mark in marks)


def test_the_clerk_shows_it_in_his_own_area_only(story: Story, signed_in: SignedIn) -> None:
    ways = [reverse("perlindungan_orang", args=[one.person_id]) for one in (story.member, story.neighbour)]
    clerk = signed_in("lurah.oebufu")
    assert [clerk.get(way).status_code for way in ways] == [200, 404]
    assert signed_in("tamu").get(ways[0]).status_code == 404
    assert signed_in("dinas").get(ways[1]).status_code == 200


def test_what_is_told_is_what_the_tables_say(story: Story, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(9):
        own = own_cover(story.member.person_id, on=TODAY)
    assert own is not None
    (member,) = coverage.memberships_of(story.member.person_id, on=TODAY)
    assert (own.kpj, own.cover, own.membership_id) == (member.kpj, member.cover, member.id)
    paid = coverage.paid_months_of(story.member.person_id)
    assert own.paid_until == paid[-1].month
    assert sum(one.last.minus(one.first) + 1 for one in own.payers) == len(paid)
    assert sum(part.value for part in own.death_parts if isinstance(part.value, int)) == own.death.amount("jkm_total")
    assert own_cover_pdf(own).startswith(b"%PDF")
    assert own_cover(0, on=TODAY) is None
