"""The desk of accounts: asked for in one file, the bank's answer read in the background, a name checked by another."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lopo.jobs.accounts import read_account_answer
from lopo.payments import bank
from lopo.payments.models import AccountOpening, Passbook
from lopo.payments.queries import openings as queries
from lopo.staff import queries as staff
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story


def test_accounts_are_asked_for_answered_and_checked(signed_in: SignedIn, story: Story) -> None:
    office, approver, page = signed_in("bpjs"), signed_in("penyetuju"), reverse("rekening")
    assert reverse("rekening_minta") not in approver.get(page).content.decode()
    wish = {"siapa": "pekerja"}
    everybody = office.post(reverse("rekening_minta"), wish, follow=True)
    assert "Tidak ada yang masih perlu dibukakan rekening" in everybody.content.decode()
    for kept in (AccountOpening, Passbook):
        assert kept.objects.filter(kind="pekerja", person_id=story.member.person_id).delete()[0] == 1
    asked = office.post(reverse("rekening_minta"), wish, follow=True)
    batch = queries.account_batches()[0]
    assert batch.name in asked.content.decode()
    content = office.post(reverse("rekening_unduh", args=[batch.id])).content
    first = bank.read_openings(content)[2][0]
    answer = bank.FakeBank().open_accounts(content, {first.nik: "NAMA YANG SAMA SEKALI LAIN"})
    queued = office.post(page, {"jawaban": SimpleUploadedFile("jawaban.csv", answer)})
    assert queued.status_code == 302
    assert "/kerja/" in queued.url
    wrong = office.post(page, {"jawaban": SimpleUploadedFile("salah.csv", b"bukan")}).content.decode()
    assert "bukan jawaban permintaan rekening" in wrong

    def told(_done: int, _total: int, _step: str) -> None: ...

    read_account_answer(
        by=staff.officer("bpjs"),
        on=TODAY,
        batch_id=batch.id,
        content=answer,
        progress=told,
    )
    drawn = office.get(page, {"keadaan": "perlu_cek"}).content.decode()
    assert "NAMA YANG SAMA SEKALI LAIN" in drawn
    look = reverse("rekening_periksa", args=[first.id])
    assert 'value="sama"' not in office.get(look).content.decode()
    assert 'value="sama"' in approver.get(look).content.decode()
    assert approver.post(look, {"putusan": "sama", "alasan": ""}).status_code == 422
    assert approver.post(look, {"putusan": "lain", "alasan": "KTP atas nama orang lain"}).status_code == 302
    assert "KTP atas nama orang lain" in office.get(look).content.decode()
