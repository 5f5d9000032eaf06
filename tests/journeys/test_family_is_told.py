"""P19, a family that learned months later: told at enrolment whom to call, visited when the register names a death."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.urls import reverse
from pytest_django import Settings

from lopo.claims.models import Case
from lopo.financing.queries.own_cover import own_cover
from lopo.jobs.deaths import watch_deaths
from lopo.jobs.messages import plan_all
from lopo.jobs.papers.make_own_cover import own_cover_pdf
from lopo.law.heirs import ORDER_SOURCE
from lopo.people.actions import seed_areas
from lopo.staff.models import Message
from tests.cast import SINCE, Cast
from tests.journeys.doors import at_the_desk, on_day, words
from tests.rooms.claims_stage import READ, build

pytestmark = pytest.mark.django_db
DIED = date(2025, 11, 3)
NIGHT = datetime(2026, 1, 5, 18, tzinfo=UTC)


def silent(_done: int, _total: int, _step: str) -> None:
    return


def test_p19_the_register_opens_the_case_the_kelurahan_visits_and_the_days_are_seen(
    cast: Cast, settings: Settings
) -> None:
    """Nobody reports the death; two months later the register does, and that night the kelurahan is sent."""
    on_day(settings, READ)
    stage = build(cast)
    member = stage.member("Yohanes Silvester Tote")
    stage.card(member, ("ISTRI", "P", date(1992, 3, 1)))
    stage.dead(member, DIED)
    watch_deaths(by=cast.dinas, on=READ, progress=silent)
    case = Case.objects.get()
    assert (case.person_id, case.died_on) == (member.person_id, DIED)

    plan_all(on=READ, at=NIGHT, ways={})
    told = Message.objects.filter(template="kunjungan")
    assert {one.receiver for one in told} == {"lurah.oebufu"}
    assert case.code in told[0].words
    assert Message.objects.filter(channel="surat", subject_id=str(case.id)).exists(), "a letter with the right"

    lurah, page = at_the_desk(cast.lurah), reverse("kasus", args=[case.id])
    assert "Catat kunjungan" in words(lurah, page)
    assert lurah.post(reverse("kasus_kunjungan", args=[case.id]), {"catatan": "Istri diberi tahu."}).status_code == 302
    assert Case.objects.get().visited_on == READ
    funnel = words(at_the_desk(cast.dinas), reverse("corong_kematian"))
    assert f"{(READ - DIED).days} hari sejak meninggal" in funnel, "what the family waited is not hidden"


def test_p19_at_enrolment_the_member_is_told_who_inherits_and_whom_to_call(cast: Cast, settings: Settings) -> None:
    on_day(settings, date(2025, 12, 20))
    seed_areas(by=cast.dinas, on=SINCE)
    member = build(cast).member("Yohanes Silvester Tote")
    lurah, way = at_the_desk(cast.lurah), reverse("perlindungan_orang", args=[member.person_id])
    sheet = words(lurah, way)
    own = own_cover(member.person_id, on=date(2025, 12, 20))
    assert own is not None
    for told in (sheet, words_of_pdf(own_cover_pdf(own))):
        assert "Bila peserta meninggal:" in told
        assert "akta kematian" in told
        assert "Yang menerima: suami atau istri dan anak; bila tidak ada, orang tua" in told
        assert ORDER_SOURCE in told
    assert f'href="{reverse("lapor")}"' in lurah.get(way).content.decode(), "the way to report without an account"


def words_of_pdf(content: bytes) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(content)) as paper:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())
