"""The pages of replacements: an officer says who leaves, drafts the amendment, and another sets it."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.urls import reverse

from lopo.basics.page import Asked
from lopo.targeting import queries
from lopo.targeting.queries.amendments import amendments, changes_of_person
from tests.web.conftest import SignedIn
from tests.web.story import Story


@pytest.fixture
def december(settings: LazySettings) -> None:
    """A day on which the programme still runs."""
    settings.LOPO_TODAY = "2025-12-05"


def test_from_the_person_to_the_amendment_that_another_sets(december: None, story: Story, signed_in: SignedIn) -> None:
    dinas, checker = signed_in("dinas"), signed_in("penyetuju")
    person = story.member.person_id
    leave = reverse("usul_keluar_baru", args=[person])
    assert leave in dinas.get(reverse("seseorang", args=[person])).content.decode()
    assert leave not in checker.get(reverse("seseorang", args=[person])).content.decode()
    wrong = dinas.post(leave, {"sebab": "pindah", "sejak": "2026-02-01"})
    assert wrong.status_code == 422
    answer = dinas.post(leave, {"sebab": "pindah", "sejak": "2025-12-01", "catatan": "Kata ketua RT."})
    assert answer.status_code == 302
    assert "Kata ketua RT." in dinas.get(answer.url).content.decode()
    page = dinas.get(reverse("pengganti")).content.decode()
    assert story.member.name in page
    given = {"nomor": "400.9/2/KEP/2025", "judul": "Perubahan", "bulan": "2025-12"}
    drafted = dinas.post(reverse("pengganti"), given)
    assert drafted.status_code == 302, drafted.content.decode()
    (made,) = amendments(story.decree_id)
    assert made.leaving >= 1
    shown = reverse("perubahan_isi", args=[made.id])
    assert drafted.url == shown
    for who, sees in (("dinas", False), ("penyetuju", True)):
        assert (reverse("perubahan_tetapkan", args=[made.id]) in signed_in(who).get(shown).content.decode()) == sees
    assert story.member.name not in signed_in("tamu").get(shown).content.decode(), "who may not read persons"
    assert signed_in("lurah.oebufu").get(shown).status_code == 403
    answer = checker.post(reverse("perubahan_tetapkan", args=[made.id]))
    assert answer.status_code == 302
    assert "ditetapkan" in checker.get(shown).content.decode()
    assert made.number in dinas.get(reverse("keputusan_isi", args=[story.decree_id])).content.decode()
    (change,) = changes_of_person(person)
    assert change.number == made.number
    told = dinas.get(reverse("seseorang", args=[person])).content.decode()
    assert shown in told
    assert leave not in told, "who left cannot leave again"
    wanted = queries.AnnexFilter(("53",), story.decree_id, statuses=("gugur",))
    assert person in {row.person_id for row in queries.annex_page(wanted, Asked(size=0)).rows}


def test_an_officer_keeps_somebody_with_a_reason_and_takes_a_draft_back(
    december: None, story: Story, signed_in: SignedIn
) -> None:
    dinas = signed_in("dinas")
    leave = reverse("usul_keluar_baru", args=[story.member.person_id])
    answer = dinas.post(leave, {"sebab": "diminta", "sejak": "2025-12-01"})
    dinas.post(reverse("pengganti"), {"nomor": "2", "judul": "Perubahan", "bulan": "2025-12"})
    (made,) = amendments(story.decree_id)
    assert dinas.post(reverse("perubahan_tarik", args=[made.id])).status_code == 302
    assert amendments(story.decree_id) == ()
    assert dinas.post(answer.url, {"alasan": " "}).status_code == 422
    assert dinas.post(answer.url, {"alasan": "Ia berubah pikiran."}).status_code == 302
    assert "Ia berubah pikiran." in dinas.get(answer.url).content.decode()
    assert signed_in("penyetuju").post(answer.url, {"alasan": "Tetap."}).status_code == 403
