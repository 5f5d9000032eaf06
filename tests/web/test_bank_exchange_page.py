"""What the program carries to the bank and finds there, on the page: states, reasons, and trying again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pytest_django import Settings

from lopo.jobs.bank_folder import exchange
from lopo.payments import bank
from lopo.payments.models import BankArrival, BankDelivery, BankFile
from lopo.staff.models import Officer
from tests.web.conftest import SignedIn

OUT, IN = "/pembayaran/kiriman/", "/pembayaran/kiriman/masuk"
AT = datetime(2026, 1, 12, 3, tzinfo=UTC)


def test_without_a_folder_the_page_says_how_files_go(signed_in: SignedIn) -> None:
    for address in (OUT, IN):
        page = signed_in("penyetuju").get(address).content.decode()
        assert "LOPO_BANK_FOLDER" in page
        assert "Folder bank belum diatur" in page


def test_a_file_that_does_not_get_there_and_one_that_cannot_be_read_are_tried_again(
    signed_in: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    settings.LOPO_BANK_FOLDER = str(tmp_path)
    clerk, sender = signed_in("bpjs"), signed_in("penyetuju")
    file = BankFile.objects.create(
        name="bayar-uji.csv", made_on=AT.date(), count=1, total=5, sha256="0" * 64, content=b"x",
        made_by=Officer.objects.get(username="bpjs"),
    )  # fmt: skip
    BankDelivery.objects.create(file=file)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "aneh.csv").write_bytes(b"bukan;jawaban")
    for minute in range(2):
        exchange(on=AT.date(), at=AT.replace(minute=minute), folder=bank.BankFolder(tmp_path))
    page = sender.get(OUT).content.decode()
    for text in (file.name, "tidak ada out", "menunggu diantar", "Antar lagi"):
        assert text in page
    assert "Antar lagi" not in clerk.get(OUT).content.decode()
    row = BankDelivery.objects.get()
    assert "diantar lagi dalam satu menit" in sender.post(f"{OUT}{row.id}/ulang", follow=True).content.decode()
    assert "diantar program ke folder bank" in sender.get(f"/pembayaran/berkas/{file.id}").content.decode()
    aside = clerk.get(IN).content.decode()
    for text in ("aneh.csv", "bukan jawaban bank", "disisihkan", "Baca lagi"):
        assert text in aside
    arrival = BankArrival.objects.get()
    assert "dibaca lagi dalam satu menit" in clerk.post(f"{IN}/{arrival.id}/baca", follow=True).content.decode()
    assert BankArrival.objects.get().state == "ulang"
    exported = clerk.post(IN, {"ekspor": "csv", "alasan": "rapat dengan bank"})
    assert b"aneh.csv" in exported.content
