"""A written power through the pages: written down, its page sent, seen by a second officer, and revoked."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from lopo.claims.models import Power
from lopo.people.models import Snapshot
from tests.cast import Cast
from tests.rooms.claims_stage import build
from tests.rooms.test_claims_powers import PAPER, shared
from tests.rooms.test_photo import photo
from tests.web.conftest import SignedIn


def test_a_power_is_recorded_seen_put_in_force_and_revoked(cast: Cast, signed_in: SignedIn) -> None:
    Snapshot.objects.update(current=False)  # the stage brings its own registers
    case_id, widow, daughter = shared(build(cast))
    clerk, boss = signed_in("dinas"), signed_in("penyetuju")
    address = f"/klaim/{case_id}"
    assert "Catat surat kuasa" in clerk.get(address).content.decode()
    assert "Catat surat kuasa" not in boss.get(address).content.decode()
    given = {"wakil": widow.id, "pemberi": [daughter.id], "surat_kuasa": PAPER, "ditulis": "2026-01-10"}
    wrong = clerk.post(f"{address}/lanjut/kuasa", given | {"pemberi": [widow.id]})
    assert wrong.status_code == 422
    assert "tidak memberinya sendiri" in wrong.content.decode()
    assert clerk.post(f"{address}/lanjut/kuasa", given).status_code == 302
    answer = {"jawaban_kuasa": "ya", "alasan_kuasa": ""}
    assert "belum diunggah" in boss.post(f"{address}/lanjut/kuasa_jawab", answer).content.decode()
    page = SimpleUploadedFile("kuasa.jpg", photo(), content_type="image/jpeg")
    assert clerk.post(f"{address}/berkas/surat_kuasa/kirim", {"berkas": page}).status_code == 302
    assert "Periksa surat kuasa" not in clerk.get(address).content.decode()
    assert boss.post(f"{address}/lanjut/kuasa_jawab", answer).status_code == 302
    shown = boss.get(address).content.decode()
    assert f"{widow.name} menerima untuk" in shown
    assert PAPER in shown
    assert clerk.post(f"{address}/lanjut/kuasa_cabut", {"alasan_cabut": "ditarik anak"}).status_code == 302
    assert Power.objects.get().state == "dicabut"
    assert "ditarik anak" in clerk.get(address).content.decode()
