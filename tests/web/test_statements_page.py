"""Bank statements on the page: read, counted, explained by two, refused in words when the file is not one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from lopo.payments import bank
from lopo.payments.models import StatementLine
from tests.web.conftest import SignedIn

ADDRESS = "/pembayaran/koran/"
DAY = date(2026, 1, 14)


def message(*amounts: int, debit: bool = True) -> SimpleUploadedFile:
    lines = tuple(
        bank.Booked(place, DAY, debit, Decimal(amount), "", f"R{place}", "Biaya layanan")
        for place, amount in enumerate(amounts, 1)
    )
    moved = sum(amounts) * (-1 if debit else 1)
    made = bank.Statement("RK-1", "0130000000999", DAY, Decimal(10**9), Decimal(10**9 + moved), lines)
    return SimpleUploadedFile("koran.xml", bank.write_camt053(made), "application/xml")


def test_a_fee_on_a_statement_is_explained_by_two(signed_in: SignedIn) -> None:
    clerk, checker = signed_in("bpjs"), signed_in("penyetuju")
    assert "Minta berkas camt.053 dari bank" in clerk.get(ADDRESS).content.decode()
    page = clerk.post(ADDRESS, {"koran": message(6_500)}, follow=True).content.decode()
    for text in ("1 baris dibaca", "1 belum dikenali", "0,0 %", "Biaya layanan"):
        assert text in page
    again = clerk.post(ADDRESS, {"koran": message(6_500)}, follow=True).content.decode()
    assert "sudah dibaca sebelumnya" in again
    line = StatementLine.objects.get()
    address = f"{ADDRESS}{line.id}"
    missing = clerk.post(address, {"perintah": "bukan"}).content.decode()
    assert 'aria-invalid="true"' in missing
    clerk.post(address, {"perintah": "bukan", "catatan": "biaya bulanan, lampiran 7"})
    assert "Setujui penjelasan ini" not in clerk.get(address).content.decode()
    assert "Setujui penjelasan ini" in checker.get(address).content.decode()
    assert "dijelaskan oleh dua orang" in checker.post(address, {"setuju": "1"}, follow=True).content.decode()
    assert "100,0 %" in clerk.get(ADDRESS).content.decode()


def test_what_is_no_statement_is_told_in_words_and_nothing_is_kept(signed_in: SignedIn) -> None:
    clerk = signed_in("bpjs")
    for content, said in ((b"a;b", "bukan XML"), (message(5).read().replace(b">999999995<", b">9<"), "tidak cocok")):
        page = clerk.post(ADDRESS, {"koran": SimpleUploadedFile("koran.xml", content)}).content.decode()
        assert said in page
    assert not StatementLine.objects.exists()
    assert "Baca rekening koran ini" not in signed_in("gubernur").get(ADDRESS).content.decode()
