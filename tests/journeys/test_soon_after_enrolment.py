"""P9, dying people registered for the grant: seen, looked at and noted, and never a no by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import Settings

from lopo.claims import actions
from lopo.claims.models import Decision
from lopo.staff.models import Diary
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, said, words
from tests.rooms.claims_stage import READ, build

pytestmark = pytest.mark.django_db


def test_p9_deaths_soon_after_enrolment_are_looked_at_and_paid_as_the_law_says(cast: Cast, settings: Settings) -> None:
    """Three of one list die within three weeks of their number: two signs, one look, and the law's own amount."""
    on_day(settings, READ)
    stage = build(cast)
    cases = [stage.death_case(stage.member(f"Orang {n}"), date(2025, 7, 20 + n)) for n in range(3)]
    bpjs, boss = at_the_desk(cast.bpjs), at_the_desk(cast.penyetuju)
    assert "kematian berkumpul" in words(at_the_desk(cast.dinas), reverse("pengusul"))
    assert bpjs.post(reverse("kasus_usulkan", args=[cases[0]])).status_code == 302
    seen = words(boss, reverse("kasus", args=[cases[0]]))
    assert "hari antara nomor terbit dan meninggal 5" in seen
    assert "meninggal dalam 90 hari dari daftar usulan yang sama 3" in seen
    assert "Tidak ada hak yang hilang karenanya." in seen

    proposed = Decision.objects.get()
    approve = reverse("kasus_setujui", args=[cases[0], proposed.id])
    unread = boss.post(approve, {"tanda": "  "})
    assert unread.status_code == 422
    assert "Lihat dahulu, lalu tulis hasilnya" in said(unread.content)
    assert Decision.objects.get().state == "usul"
    assert boss.post(approve, {"tanda": "Serangan jantung; bekerja sampai pagi itu."}).status_code == 302
    made = Decision.objects.get()
    assert (made.state, made.granted, made.amount) == ("disetujui", True, 10_000_000), "the law alone says how much"
    looked = Diary.objects.get(action="approve_decision").after
    assert looked is not None
    assert looked["found"] == "Serangan jantung; bekerja sampai pagi itu."
    assert looked["signs"] == ["menjelang_meninggal", "satu_daftar"]


def test_p9_a_death_without_any_sign_asks_for_no_look(cast: Cast, settings: Settings) -> None:
    on_day(settings, READ)
    stage = build(cast)
    case = stage.death_case(stage.member("Orang Lama"), date(2025, 11, 3))
    proposed = actions.propose_decision(by=cast.bpjs, on=READ, case_id=case)
    boss = at_the_desk(cast.penyetuju)
    assert "Hasil melihat tanda" not in words(boss, reverse("kasus", args=[case]))
    assert boss.post(reverse("kasus_setujui", args=[case, proposed.decision_id])).status_code == 302
    assert "kematian berkumpul" not in words(at_the_desk(cast.dinas), reverse("pengusul"))
