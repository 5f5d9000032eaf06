"""A case that was granted too much, through the pages: proposed, approved, asked back, given up by two."""

from __future__ import annotations

import re

from django.test import Client

from lopo.claims.models import Case, Decision, Trip
from lopo.payments.models import Order, Recovery
from lopo.people.models import Snapshot
from tests.cast import Cast
from tests.rooms.claims_stage import build
from tests.rooms.test_corrections import answered, granted, order, send
from tests.web.conftest import SignedIn
from tests.web.test_family_page import ask


def test_too_much_is_taken_back_by_two_and_shown_to_everybody_who_may(cast: Cast, signed_in: SignedIn) -> None:
    Snapshot.objects.update(current=False)  # the stage brings its own registers
    stage = build(cast)
    case_id = granted(stage)
    order(stage)
    send(stage)
    answered(stage)
    paid = Order.objects.get(component="biaya_pengangkutan")
    clerk, boss = signed_in("bpjs"), signed_in("penyetuju")
    address = f"/klaim/{case_id}"
    assert "Keputusan ini memberi terlalu banyak" in clerk.get(address).content.decode()
    Trip.objects.filter(case_id=case_id).update(amount=1)
    assert clerk.post(f"{address}/koreksi", {"alasan": "kuitansi keliru dibaca"}).status_code == 302
    page = boss.get(address).content.decode()
    assert "kuitansi keliru dibaca" in page
    assert "dijawab pejabat penyetuju, bukan pengusulnya" in clerk.get(address).content.decode()
    case = Case.objects.get(pk=case_id)
    assert "Keputusan dihitung ulang" not in ask(Client(), case).content.decode()
    answer = re.findall(r'action="(/klaim/koreksi/[0-9a-f-]+)"', page)[0]
    assert clerk.post(answer, {"setuju": "1"}).status_code == 403
    assert "notice success" in boss.post(answer, {"setuju": "1"}, follow=True).content.decode()
    assert "petugas memberi tahu Anda lebih dahulu" in ask(Client(), case).content.decode()
    assert "diminta kembali" in clerk.post("/pembayaran/perintah", follow=True).content.decode()
    family = ask(Client(), case).content.decode()
    assert "Keputusan dihitung ulang" in family
    assert "diminta kembali lewat bank" in family
    assert "kuitansi keliru dibaca" not in family
    claim = Recovery.objects.get(kind="piutang", component="biaya_pengangkutan")
    assert claim.amount < paid.amount
    assert "kuitansi keliru dibaca" in clerk.get(f"/pembayaran/piutang/{claim.id}").content.decode()
    assert Decision.objects.get(pk=paid.decision_id).amount >= paid.amount, "the first decision stands as it was frozen"
    one = f"/pembayaran/piutang/{claim.id}"
    assert "notice success" in clerk.post(one, {"minta": "1", "alasan": "keliru kantor"}, follow=True).content.decode()
    assert "Hapus sisa" not in clerk.get(one).content.decode()
    assert "notice success" in boss.post(one, {"hapus": "1"}, follow=True).content.decode()
    assert "dihapus oleh dua orang" in clerk.get("/pembayaran/piutang/?keadaan=selesai").content.decode()
    assert signed_in("lurah.oebufu").get("/pembayaran/piutang/").status_code == 403
