"""P3: the province pays twelve people for six months and no longer; nobody falls out unseen, and the city goes on."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdfium2 import PdfDocument

from lopo.basics.calendar import Month
from lopo.coverage import queries as covered
from lopo.coverage.bpjs import read_template
from lopo.financing.actions import PayerGiven, add_payer
from lopo.jobs.papers.make_renewal import make_payer_letter, make_worker_letters
from lopo.people.actions import seed_areas
from lopo.staff.queries import paper_content
from lopo.targeting.models import Decree
from tests.cast import Cast
from tests.rooms.city import CITY, city_without_decree
from tests.rooms.enrolment import PAYER, Enrolment, enrol, pay

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 18)
ALL = ("53",)


@pytest.fixture(autouse=True)
def door(settings: pytest.FixtureRequest) -> None:
    settings.LOPO_TODAY = TODAY.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def old(cast: Cast) -> Enrolment:
    made = enrol(cast, 12)
    for number in range(8, 13):
        pay(cast, made, Month(2025, number), paid_on=date(2025, number, 12))
    return made


def at_the_desk(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, role), "django.contrib.auth.backends.ModelBackend")
    client.get(reverse("pergantian"), {"program": "kupang-2025"})
    return client


def words(client: Client, address: str, said: dict[str, str] | None = None) -> str:
    page = client.get(address) if said is None else client.post(address, said)
    assert page.status_code == 200, page.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_p3_the_turn_of_the_year_is_seen_told_and_taken_over_in_time(cast: Cast, old: Enrolment) -> None:
    new = city_without_decree(cast, people=6)
    dinas, takes = at_the_desk(cast, "dinas"), reverse("ambil_alih")
    seen = words(dinas, reverse("pergantian"))
    assert "Program ini membayar sampai Desember 2025." in seen
    assert re.search(r"Keluar: belum ada yang membayar 12", seen)
    assert "16 Jan 2026" in seen
    assert "16 Apr 2026" in seen
    assert "dapat mengambil 6 orang" in seen
    assert "Rp 8.400 sebulan, angkutan" in seen

    choice = {"program": "kupang-2025", "penerus": str(new), "kecamatan": "", "banyak": "", "daftar": ""}
    shown = words(dinas, takes, choice)
    assert "Usulkan 6 orang" in shown
    assert "sela 1 bulan" in shown
    assert "Rp 42.000.000" in shown
    too_many = words(dinas, takes, choice | {"banyak": "7"})
    assert "tidak cukup untuk Rp 1.411.200 sampai akhir tahun" in too_many
    assert "Usulkan 7 orang" not in too_many
    told = dinas.post(takes, choice | {"nomor": "SK-AMBIL/2025", "judul": "Pengambilalihan"})
    decree = Decree.objects.get(number="SK-AMBIL/2025")
    assert (told.status_code, told["Location"]) == (302, reverse("ambil_alih_isi", args=[decree.id]))

    page = reverse("ambil_alih_isi", args=[decree.id])
    assert dinas.post(page, {"apa": "tetapkan"}).status_code == 403
    assert at_the_desk(cast, "penyetuju").post(page, {"apa": "tetapkan"}).status_code == 302
    assert "Ambil alih 6 orang" in words(dinas, page)
    assert dinas.post(page, {"apa": "jalankan"}).status_code == 302
    assert "tidak ada lagi yang menunggu" in words(dinas, page)
    sent = covered.exchanges(new)[0]
    file = covered.exchange_file(sent.id)
    assert file is not None
    assert len(read_template(bytes(file.content))) == 6

    pay(cast, Enrolment(new, decree.id, 6), Month(2026, 1), paid_on=date(2026, 1, 14), payer=CITY)
    counts = covered.cover_counts(old.programme, on=date(2026, 1, 20), areas=ALL)
    assert (counts["penuh"], counts["menunggak_1"]) == (6, 6)
    assert re.search(r"Keluar: belum ada yang membayar 6", words(dinas, reverse("pergantian")))


def text_of(paper_id: uuid.UUID) -> list[str]:
    found = paper_content(paper_id)
    assert found is not None
    document = PdfDocument(found[2])
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def test_p3_payers_and_workers_are_written_to(cast: Cast, old: Enrolment) -> None:
    seed_areas(by=None, on=TODAY)
    city_without_decree(cast, people=6)
    letter = " ".join(text_of(make_payer_letter(by=cast.dinas, on=TODAY, programme_id=old.programme, payer_code=CITY)))
    for sentence in ("Iuran 12 pekerja mulai Januari 2026", "santunan 12 orang ditahan", "16 Januari 2026",
                     "hak 12 orang gugur", "16 April 2026", "Rp 2.419.200 untuk 12 orang", "Rp 1.209.600"):  # fmt: skip
        assert sentence in letter, sentence
    own = " ".join(text_of(make_payer_letter(by=cast.dinas, on=TODAY, programme_id=old.programme, payer_code=PAYER)))
    assert "sampai sekarang Bapak/Ibu bayar" in own
    add_payer(by=cast.bendahara, on=TODAY, payer=PayerGiven("jemaat", "GMIT Labat", "G", "gereja"))
    church = " ".join(
        text_of(make_payer_letter(by=cast.dinas, on=TODAY, programme_id=old.programme, payer_code="jemaat"))
    )
    assert "paling banyak Rp" in church
    assert "paling banyak" not in letter + own

    done = make_worker_letters(
        by=cast.dinas, on=TODAY, programme_id=old.programme, area_code="53.71.04", progress=lambda *_: None
    )
    pages = text_of(done.papers[0])
    assert (done.letters, len(pages)) == (2, 2)
    for sentence in ("Untuk Januari 2026 dan bulan-bulan berikutnya belum ada yang membayar", "15 Januari 2026",
                     "Rp 8.400 sebulan bila Anda bekerja di bidang angkutan", "Mulai 16 April 2026"):  # fmt: skip
        assert all(sentence in page for page in pages), sentence
