"""Receipts of BPJS at the desk: written down at a bill, read from a file behind, taken back, rows set aside."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lopo.basics.calendar import Month
from lopo.financing.queries.receipts import parked_receipts, receipt_of
from lopo.jobs.receipt_tasks import receipts_task
from tests.web.conftest import SignedIn
from tests.web.story import Story
from tests.web.test_bills_page import bill_of

DESK = "/iuran/bukti"


def test_a_receipt_closes_the_way_of_its_bill_and_is_taken_back(story: Story, signed_in: SignedIn) -> None:
    bill, office = bill_of(story, Month(2025, 10)), signed_in("bendahara")
    page = f"/iuran/{bill.id}"
    before = office.get(page).content.decode()
    for text in ("Bukti BPJS", "Catat bukti bayar", f'value="{bill.amount}"'):
        assert text in before
    assert "Minta bukti bayar BPJS" in office.get("/iuran/tugas").content.decode()
    overdue = office.get("/iuran/tugas", {"kapan": "tugas_tempo"}).content.decode()
    assert "Minta bukti bayar BPJS" not in overdue, "the month is paid, its receipt alone is missing"
    given = {"nomor": "BK-10", "tanggal": "2025-12-01", "jumlah": str(bill.amount)}
    after = office.post(f"{page}/bukti", given, follow=True).content.decode()
    for text in ("Bukti bayar BK-10 dicatat untuk 1 tagihan.", "mencatat bukti bayar BPJS"):
        assert text in after
    assert "Catat bukti bayar" not in after
    found = receipt_of(bill.id)
    assert found is not None
    assert "BK-10" in signed_in("tamu").get(DESK).content.decode()
    assert signed_in("tamu").post(f"{DESK}/{found.id}/tarik", {"alasan": "x"}).status_code == 403
    office.post(f"{DESK}/{found.id}/tarik", {"alasan": "Milik kota lain"})
    assert receipt_of(bill.id) is None
    withdrawn = office.get(DESK, {"keadaan": "bukti_ditarik"}).content.decode()
    assert "Milik kota lain" in withdrawn
    assert "BK-10" not in office.get(DESK, {"keadaan": "bukti_berlaku"}).content.decode()


def test_a_file_is_read_behind_and_its_parked_row_set_aside(story: Story, signed_in: SignedIn) -> None:
    bill, office = bill_of(story, Month(2025, 8)), signed_in("bendahara")
    paid = f"{bill.sp2d},BK-8,{bill.paid_on},{bill.amount}"
    rows = f"kode_iuran,nomor_bukti,tanggal_bayar,jumlah\n{paid}\nX-1,BK-9,2025-09-01,5\n"
    answer = office.post(DESK, {"berkas": SimpleUploadedFile("bukti.csv", rows.encode())})
    assert answer.status_code == 302
    receipts_task(answer.url.rsplit("/", 1)[-1])
    done = office.get(answer.url).content.decode()
    for text in ("bukti bayar dicatat", "baris disisihkan", DESK):
        assert text in done
    page = office.get(DESK).content.decode()
    for text in ("BK-8", "A3", "Tidak ada tagihan dengan kode iuran atau nomor SP2D X-1."):
        assert text in page
    assert "Baris yang belum cocok" not in signed_in("gubernur").get(DESK).content.decode()
    (row,) = parked_receipts()
    office.post(reverse("bukti_sisihkan", args=[row.id]), {"alasan": "Untuk kabupaten lain"})
    assert parked_receipts() == ()
    assert "Kolom yang dibutuhkan" in office.post(DESK, {}).content.decode(), "without a file the form stays"
