"""The papers of a case on the screen: sending, turning pages, judging, and who may not."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from lopo.claims import queries
from lopo.staff.models import Look
from tests.rooms.test_photo import pdf, photo
from tests.web.conftest import SignedIn
from tests.web.story import Story


def upload(*contents: bytes) -> dict[str, list[SimpleUploadedFile]]:
    return {"berkas": [SimpleUploadedFile(f"{place}.jpg", one) for place, one in enumerate(contents)]}


def test_a_family_sends_two_pages_and_the_office_turns_and_accepts_them(story: Story, signed_in: SignedIn) -> None:
    address = f"/klaim/{story.accident}/berkas/kronologi"
    lurah, office = signed_in("lurah.oebufu"), signed_in("dinas")
    empty = lurah.get(address).content.decode()
    assert "Belum ada yang dapat dibaca" in empty
    assert "Periksa surat ini" not in empty
    done = lurah.post(f"{address}/kirim", upload(photo(), pdf(2), b"bukan foto"), follow=True).content.decode()
    assert "2 berkas disimpan" in done
    assert "bukan foto (JPG, PNG, WebP, HEIC)" in done
    assert "Halaman 1 dari 3" in done
    last = office.get(f"{address}?hal=3").content.decode()
    assert "Halaman 3 dari 3" in last
    assert "?hal=2" in last
    assert "?hal=4" not in last
    for page in (1, 3):
        picture = office.get(f"{address}/hal/{page}")
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert office.get(f"{address}/hal/4").status_code == 404
    assert Look.objects.filter(subject="claims.paper", by__username="dinas").exists()
    bad = office.post(f"{address}/nilai", {"putusan": "tak_terbaca", "sebab": ""})
    assert bad.status_code == 422
    assert office.post(f"{address}/nilai", {"putusan": "tak_terbaca", "sebab": "buram"}).status_code == 302
    assert "buram" in office.get(f"/klaim/{story.accident}").content.decode()
    lurah.post(f"{address}/kirim", upload(photo(size=(70, 70))))
    assert office.post(f"{address}/nilai", {"putusan": "diterima"}).status_code == 302
    shown = queries.paper_shown(story.accident, "kronologi")
    assert shown is not None
    assert shown.paper.state == "diterima"
    kept = shown.files[1]
    assert office.get(f"{address}/{kept.id}")["Content-Type"] == "application/pdf"


def test_papers_are_for_those_who_may_see_them(story: Story, signed_in: SignedIn) -> None:
    address = f"/klaim/{story.accident}/berkas/kronologi"
    for username, status in (("gubernur", 404), ("bendahara", 404), ("tamu", 403), ("penyetuju", 200)):
        assert signed_in(username).get(address).status_code == status, username
    assert signed_in("penyetuju").post(f"{address}/kirim", upload(photo())).status_code == 403
    assert signed_in("dinas").get(f"/klaim/{story.accident}/berkas/ijazah").status_code == 404
