"""The desk of decrees: drafting, setting by somebody else, taking back, the annex and its papers."""

from __future__ import annotations

import pytest

from lopo.staff import queries as staff
from lopo.targeting import actions, queries
from tests.rooms import pile
from tests.web.conftest import SignedIn
from tests.web.story import Story


@pytest.fixture
def draft(story: Story, cast) -> int:  # type: ignore[no-untyped-def]
    """Give a decree that the province's office has drafted, in a programme of its own."""
    people = pile.neighbours(12)
    pile.registers(cast, people)
    programme_id = pile.programme(cast, places=4)
    actions.receive_list(by=cast.dinas, on=pile.DAY, arrival=pile.arrival(programme_id, pile.csv_of(people)))
    pile.screened(cast, programme_id, pile.in_force())
    made = actions.draft_decree(by=cast.provinsi, on=pile.DAY, programme_id=programme_id, number="KEP/9", title="Uji")
    return made.decree_id


def test_the_page_shows_quota_names_and_who_did_what(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("gubernur").get(f"/keputusan/{story.decree_id}").content.decode()
    for text in (
        "Bagian setiap kecamatan",
        "Kota Lama",
        "Theresia Manek",
        "menetapkan keputusan",
        "Mengapa sebanyak itu?",
    ):
        assert text in page


def test_only_another_person_sets_it_and_only_once(draft: int, signed_in: SignedIn) -> None:
    address = f"/keputusan/{draft}"
    assert signed_in("provinsi").post(f"{address}/tetapkan").status_code == 403
    assert signed_in("gubernur").post(f"{address}/tetapkan").status_code == 403
    approver = signed_in("penyetuju")
    assert "Tetapkan 4 nama" in approver.get(address).content.decode()
    assert approver.get(f"{address}/tetapkan").status_code == 405
    done = approver.post(f"{address}/tetapkan", follow=True).content.decode()
    assert "ditetapkan dan dibekukan" in done
    found = queries.decree(draft)
    assert found is not None
    assert (found.state, found.approved_by) == ("ditetapkan", "Theresia Manek")
    again = approver.post(f"{address}/tetapkan", headers={"referer": f"http://testserver{address}"}, follow=True)
    assert "notice error" in again.content.decode()


def test_the_draft_can_be_taken_back(draft: int, signed_in: SignedIn) -> None:
    assert signed_in("provinsi").post(f"/keputusan/{draft}/tarik").status_code == 302
    assert queries.decree(draft) is None


def test_a_refused_draft_keeps_what_was_typed(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("provinsi").post("/keputusan/", {"nomor": "KEP/DUA", "judul": "Dua kali"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "KEP/DUA" in page or "Belum ada keputusan" not in page


def test_making_the_papers_goes_to_the_background(story: Story, signed_in: SignedIn) -> None:
    answer = signed_in("provinsi").post(f"/keputusan/{story.decree_id}/dokumen")
    work = staff.work_latest(limit=1)[0]
    assert answer.url == f"/kerja/{work.id}"  # type: ignore[attr-defined]
    assert staff.work_order(work.id).arguments == {"decree_id": story.decree_id, "on": "2026-01-15"}
    assert signed_in("tamu").post(f"/keputusan/{story.decree_id}/dokumen").status_code == 403


def test_a_viewer_sees_masked_names(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("tamu").get(f"/keputusan/{story.decree_id}").content.decode()
    assert "•••" in page
    assert "/orang/" not in page
