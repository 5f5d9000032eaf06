"""P21, NTT 2025: far fewer claims than deaths; here each death goes down a funnel that shows where it stopped."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from lopo.claims.models import Case, Decision, Paper
from lopo.jobs.deaths import watch_deaths
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, press, words
from tests.rooms.claims_stage import READ, build

pytestmark = pytest.mark.django_db
WIFE = ("ISTRI", "P", date(1992, 3, 1))
STEPS = ("Tampak di register", "Menjadi kasus", "Berkas lengkap", "Diputus", "Dibayar")


def funnel(desk: Client) -> list[int]:
    """Give how many deaths got to each step, as the page tells it."""
    page = words(desk, "/klaim/corong")
    return [int(page.partition(f" {step} ")[2].split()[0]) for step in STEPS]


def test_p21_each_death_is_followed_down_the_funnel_to_where_it_stops(cast: Cast, settings: Settings) -> None:
    """The register names one death, the kelurahan reports another; one of the two families is brought to its right."""
    stage = build(cast)
    found, told = stage.member("Yohanes Tote"), stage.member("Maria Bana")
    for member in (found, told):
        stage.card(member, WIFE)
    stage.dead(found, date(2025, 11, 3))
    on_day(settings, READ)
    dinas, bpjs, approver, lurah = (at_the_desk(one) for one in (cast.dinas, cast.bpjs, cast.penyetuju, cast.lurah))
    assert funnel(dinas) == [0, 0, 0, 0, 0]

    watch_deaths(by=cast.dinas, on=READ, progress=lambda _done, _total, _step: None)
    assert funnel(dinas) == [1, 1, 0, 0, 0]
    given = {"jenis": "JKM", "kejadian": "2025-12-20", "meninggal": "2025-12-20", "sumber": "istri", "cerita": "Sakit."}
    case = press(lurah, f"/klaim/lapor?orang={told.person_id}", **given)
    assert funnel(dinas) == [1, 2, 0, 0, 0], "a family that reports needs no register"
    assert funnel(lurah) == [1, 2, 0, 0, 0], "both lived in this kelurahan"

    press(lurah, f"{case}/kunjungan", catatan="Istri diberi tahu haknya.")
    press(dinas, f"{case}/ahli-waris")
    reported = Case.objects.get(person_id=told.person_id)
    press(dinas, f"{case}/berkas", berkas=list(Paper.objects.filter(case=reported).values_list("code", flat=True)))
    assert funnel(dinas) == [1, 2, 1, 0, 0]
    press(bpjs, f"{case}/usulkan")
    decision = Decision.objects.get(case=reported)
    press(approver, f"{case}/{decision.id}/setujui", tanda="Berkas cocok dengan keterangan keluarga.")
    assert funnel(dinas) == [1, 2, 1, 1, 0], "decided, and not yet paid: the next step is seen to be open"
