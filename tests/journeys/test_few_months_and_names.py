"""P11, money for three months only, and P12, more places than verified names: both are told before the decree."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lopo.targeting import queries
from lopo.targeting.models import DecreeName
from tests.cast import Cast
from tests.rooms import pile

pytestmark = pytest.mark.django_db
PAGE = "/keputusan/pilihan"
OTHERS = "&c-bulan=1&c-cara=calon&pembayar=apbd_kota"


@pytest.fixture(autouse=True)
def door(settings: pytest.FixtureRequest) -> None:
    settings.LOPO_TODAY = pile.DAY.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def at_the_desk(cast: Cast, role: str = "dinas") -> Client:
    client = Client()
    client.force_login(getattr(cast, role), "django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, query: str) -> str:
    page = client.get(PAGE + query)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_p11_three_paid_months_are_seen_for_what_they_are_before_the_decree(cast: Cast) -> None:
    """The same money: twenty people for three months without one full month, or five for a year with nine."""
    pile.ready(cast, many=24, places=5)
    dinas = at_the_desk(cast)
    money = 20 * 3 * 16_800
    page = read(dinas, f"?a-uang={money}&a-bulan=3&a-cara=calon&b-uang={money}&b-bulan=12&b-cara=sama{OTHERS}")
    assert "Pilihan A:</strong> 3 bulan ini tidak memberi peserta baru satu bulan pun santunan kematian penuh." in page
    assert "Kematian membayar Rp 10.000.000, bukan Rp 42.000.000" in page
    assert "Pilihan B:</strong> tidak ada peringatan." in page
    assert page.count("Rp 1.008.000") == 2, "both cost the same"

    given = {"nomor": "400.9/11/2025", "judul": "Penetapan", "cara": "sama"}
    made = dinas.post(f"{PAGE}/susun", given)
    assert made.status_code == 302
    boss = at_the_desk(cast, "penyetuju")
    assert boss.post(made.headers["Location"] + "/tetapkan").status_code == 302
    (decree,) = queries.decrees()
    assert (decree.state, decree.rule, decree.chosen, decree.waiting) == ("ditetapkan", "sama", 5, 19)
    assert [one.places for one in decree.quotas] == [2, 2, 1], "equal parts, the lower codes first"
    assert "Tempat dibagi sama rata" in boss.get(made.headers["Location"]).content.decode()


def test_p12_fewer_verified_names_than_planned_places_are_told_with_their_money(cast: Cast) -> None:
    """Planned 150, verified 98: the forecast rests on names, and what would stay unspent is said in rupiah."""
    pile.ready(cast, many=98, places=150)
    dinas = at_the_desk(cast)
    page = read(dinas, f"?a-orang=150&a-bulan=6&a-cara=calon&b-orang=98&b-bulan=6&b-cara=calon{OTHERS}")
    idle = "Rp 5.241.600"  # 52 places without a name, six months of 16,800 each
    assert f"Nama yang lolos baru 98 untuk 150 tempat: 52 kosong, {idle} tidak terpakai." in page
    assert "0 baris masih perlu dicek." in page
    assert "Pilihan B:</strong> tidak ada peringatan." in page

    given = {"nomor": "400.9/12/2025", "judul": "Penetapan", "cara": "calon"}
    assert dinas.post(f"{PAGE}/susun", given).status_code == 302
    assert DecreeName.objects.filter(status="ditetapkan").count() == 98
    assert not DecreeName.objects.filter(status="cadangan").exists()
