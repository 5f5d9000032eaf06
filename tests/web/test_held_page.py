"""A disputed share through the pages: held in sight, divided anew or paid as it stood, and settled."""

from __future__ import annotations

import pytest

from lopo.claims.models import Correction, Dispute, Heir
from lopo.people.models import Snapshot
from tests.cast import Cast
from tests.rooms.claims_stage import build
from tests.rooms.test_claims_shares import shared
from tests.web.conftest import SignedIn


@pytest.fixture
def disputed(cast: Cast, signed_in: SignedIn) -> tuple[str, Heir, Heir]:
    """Give the address of a case whose child's share was disputed, and found right by another officer."""
    Snapshot.objects.update(current=False)  # the stage brings its own registers
    case_id, widow, child = shared(build(cast))
    address = f"/klaim/{case_id}"
    told = {"tentang": "ahli_waris", "bagian_siapa": child.id, "oleh": "Paman", "isi": "bukan anak almarhum"}
    assert signed_in("dinas").post(f"{address}/lanjut/sengketa", told).status_code == 302
    answer = {"putusan_sengketa": "ya", "jawaban_sengketa": "akta tidak cocok"}
    assert signed_in("penyetuju").post(f"{address}/lanjut/jawab", answer).status_code == 302
    return address, widow, child


def test_held_money_is_seen_with_its_next_step_and_paid_as_it_stood(
    disputed: tuple[str, Heir, Heir], signed_in: SignedIn
) -> None:
    address, _widow, child = disputed
    bank, boss = signed_in("bpjs"), signed_in("penyetuju")
    page = bank.get("/pembayaran/ditahan").content.decode()
    assert child.name in page
    assert "Rp 14.000.000" in page.replace("\u00a0", " ")
    assert "selesaikan bagian yang ditahan" in page
    assert "Uangnya ditahan." in boss.get(address).content.decode()
    assert "Bayarkan seperti semula" not in signed_in("dinas").get(address).content.decode()
    empty = boss.post(f"{address}/lanjut/selesaikan", {"penyelesaian": ""})
    assert empty.status_code == 422
    done = boss.post(f"{address}/lanjut/selesaikan", {"penyelesaian": "Surat damai 3/I/2026"})
    assert done.status_code == 302
    assert "Surat damai 3/I/2026" in boss.get(address).content.decode()
    assert "Tidak ada yang ditahan" in bank.get("/pembayaran/ditahan").content.decode()


def test_a_share_is_divided_anew_and_the_correction_settles_it(
    disputed: tuple[str, Heir, Heir], signed_in: SignedIn
) -> None:
    address, widow, _child = disputed
    clerk = signed_in("dinas")
    assert "Bagi ulang menurut putusan keberatan" in clerk.get(address).content.decode()
    anew = {f"bagian_{widow.id}": "1", "kesepakatan": "Penetapan 9/2026"}
    assert clerk.post(f"{address}/lanjut/bagian", anew).status_code == 302
    assert signed_in("bpjs").post(f"{address}/koreksi", {"alasan": "anak bukan ahli waris"}).status_code == 302
    one = Correction.objects.get()
    page = signed_in("penyetuju").get(address).content.decode()
    assert "jawab usul koreksi" in page
    answered = signed_in("penyetuju").post(f"/klaim/koreksi/{one.id}", {"setuju": "1"})
    assert answered.status_code == 302
    assert Dispute.objects.get().settled_how.startswith("Koreksi: anak bukan ahli waris")
