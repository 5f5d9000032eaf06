"""P16, the dead, the doubled and the wrongly filed names of each sender: real dirty lists, seen at the desk."""

from __future__ import annotations

import re
from html import unescape

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lopo.insight.queries.proposers import TIMES, proposers
from lopo.targeting.models import Screening, Verdict
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, Story

WAY = reverse("pengusul")
ALL = ("53",)


def words(content: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def test_the_rates_of_all_senders_add_up_to_the_screening(
    story: Story, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = proposers(story.programme_id, ALL)
    assert len(found) == 3, "three lists, three senders"
    rows = Verdict.objects.filter(screening=Screening.objects.get(programme=story.programme_id, current=True))
    assert sum(one.names for one in found) == rows.count()
    for kind, name in (("diterima", "accepted"), ("perlu_cek", "doubtful"), ("ditolak", "refused")):
        assert sum(getattr(one, name) for one in found) == rows.filter(verdict=kind).count()
    assert sum(one.dead for one in found) == rows.filter(reasons__contains=["meninggal"]).count() > 0
    for name, reason in (("twice", "ganda_dalam_daftar"), ("elsewhere", "ganda_antar_daftar")):
        assert sum(getattr(one, name) for one in found) == rows.filter(reasons__contains=[reason]).count()
    assert sum(one.twice + one.elsewhere for one in found) > 0
    assert sum(one.members for one in found) > 0
    assert proposers(story.programme_id, ()) == ()


def test_a_sender_of_many_dead_and_doubled_names_stands_out(story: Story) -> None:
    """Half of one sender's names are made dead: it comes first, with its mark; nobody's verdict changes by it."""
    sender = next(one for one in proposers(story.programme_id, ALL) if one.kind == "gereja")
    rows = Verdict.objects.filter(screening__current=True, row__list__sender=sender.sender)
    half = list(rows.order_by("id").values_list("id", flat=True)[: sender.names // 2])
    before = dict(rows.values_list("id", "verdict"))
    Verdict.objects.filter(pk__in=half).update(reasons=["meninggal"])
    first, *others = proposers(story.programme_id, ALL)
    assert (first.sender, first.stands_out) == (sender.sender, True)
    total = [sum(getattr(one, name) for one in (first, *others)) for name in ("unfit", "names")]
    assert first.unfit * total[1] >= TIMES * total[0] * first.names
    assert dict(rows.values_list("id", "verdict")) == before


def test_p16_dead_and_doubled_names_are_seen_by_sender_and_the_dead_who_are_still_paid(
    story: Story, signed_in: SignedIn
) -> None:
    office = signed_in("dinas")
    page = words(office.get(WAY).content)
    for one in proposers(story.programme_id, ALL):
        told = f"{one.names} {one.accepted} {one.doubtful} {one.refused}"
        assert one.sender in page
        assert told in page
    assert "Segera meninggal" not in words(signed_in("tamu").get(WAY).content), "deaths are not for every viewer"
    lurah = words(signed_in("lurah.oebufu").get(WAY).content)
    assert "Kelurahan Oebufu" in lurah
    assert "GMIT" not in lurah
    taken = office.post(WAY, {"ekspor": "csv", "alasan": "audit pengusul"})
    assert "Kelurahan Oebufu" in taken.content.decode("utf-8-sig")
    assert words(office.get(WAY, {"jenis": "masjid"}).content).count("Tidak ada pengusul") == 1

    told = {
        "jenis": "JKM",
        "kejadian": "2025-08-20",
        "meninggal": "2025-08-20",
        "sumber": "RT",
        "cerita": "Sakit.",
    }
    lurah_desk = signed_in("lurah.oebufu")
    assert lurah_desk.post(f"{reverse('kasus_lapor')}?orang={story.member.person_id}", told).status_code == 302
    paid = words(office.get(reverse("meninggal_dibayar")).content)
    assert story.member.name in paid
    assert story.member.area_code == OEBUFU
    assert "masih dibayar" in words(office.get(reverse("corong_kematian")).content)
