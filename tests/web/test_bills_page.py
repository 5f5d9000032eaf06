"""The desk of contributions: budgets, bills, the order and its approval by another, arrears of a day."""

from __future__ import annotations

import uuid

from lopo.basics.calendar import Month
from lopo.basics.page import Asked
from lopo.coverage import actions as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.financing import actions
from lopo.financing import queries as financing
from lopo.financing.queries import BillsFilter
from tests.cast import Cast
from tests.rooms import enrolment
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story


def bill_of(story: Story, month: Month) -> financing.BillRow:
    rows = financing.bills_page(BillsFilter(("53",), programme_id=story.programme_id), Asked(size=0), on=TODAY).rows
    return next(row for row in rows if row.month == month)


def test_the_desk_shows_the_budget_and_every_bill(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("bendahara").get("/iuran/").content.decode()
    for text in ("Pemerintah Provinsi NTT", "September 2025", "12 Nov 2025", "Sudah dibayar"):
        assert text in page


def test_the_page_of_a_bill_shows_who_ordered_and_who_approved(story: Story, signed_in: SignedIn) -> None:
    bill = bill_of(story, Month(2025, 9))
    page = signed_in("gubernur").get(f"/iuran/{bill.id}").content.decode()
    assert f"{bill.people}" in page.replace(".", "")
    for text in ("Oktovianus Fanggidae", "Theresia Manek", bill.sp2d, "menyetujui SP2D"):
        assert text in page
    assert signed_in("gubernur").get(f"/iuran/{uuid.uuid4()}").status_code == 404


def test_a_month_twice_is_refused_above_the_form(story: Story, signed_in: SignedIn) -> None:
    form = {"apa": "tagihan", "pembayar": "pemprov-ntt", "bulan": "2025-09"}
    page = signed_in("dinas").post("/iuran/", form).content.decode()
    assert "Ada yang perlu dibetulkan" in page
    assert signed_in("gubernur").post("/iuran/", form).status_code in (200, 403)
    assert bill_of(story, Month(2025, 9)).state == "dibayar"


def test_setting_a_budget_belongs_to_the_treasurer(story: Story, signed_in: SignedIn) -> None:
    form = {
        "apa": "anggaran", "pembayar": "pemprov-ntt", "tahun": "2026", "mata_anggaran": "5.1", "dasar_hukum": "Perda 1",
        "jumlah": "1000000000",
    }  # fmt: skip
    before = financing.budgets(areas=("53",))
    signed_in("dinas").post("/iuran/", form)
    assert financing.budgets(areas=("53",)) == before
    assert signed_in("bendahara").post("/iuran/", form).status_code == 302
    assert {row.year for row in financing.budgets(areas=("53",))} == {2025, 2026}


def test_arrears_of_a_past_day_name_the_month_and_the_people(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    page = office.get("/iuran/tunggakan?hari=2025-10-31").content.decode()
    assert "September 2025" in page
    assert "menunggak 1 bulan" in page
    today = office.get("/iuran/tunggakan").content.decode()
    assert "Tidak ada bulan yang tertunggak pada tanggal ini." in today


def test_an_order_is_made_by_one_and_approved_by_another(story: Story, cast, signed_in: SignedIn) -> None:  # type: ignore[no-untyped-def]
    made = _open_bill(cast)
    address = f"/iuran/{made}"
    order = {"nomor": "SP2D/UJI", "tanggal": "2026-01-15"}
    assert "Ajukan pembayaran" in signed_in("bendahara").get(address).content.decode()
    assert signed_in("bendahara").post(address, order).status_code == 302
    assert signed_in("bendahara").post(f"{address}/setujui").status_code == 403
    approver = signed_in("penyetuju")
    assert "Setujui pembayaran" in approver.get(address).content.decode()
    assert "notice success" in approver.post(f"{address}/setujui", follow=True).content.decode()
    row = financing.bill(made, on=TODAY)
    assert row is not None
    assert (row.state, row.approved_by) == ("dibayar", "Theresia Manek")


def _open_bill(cast: Cast) -> uuid.UUID:
    """Give an unpaid bill of a second programme, for people who are no members of the first."""
    made = enrolment.make_decree(cast, 1, code="lain-2025")
    sent = enrolment.send(cast, made)
    office = FakeBpjs({})
    coverage.read_answer(
        by=cast.bpjs, on=enrolment.SENT, programme_id=made.programme, file="1.xlsx", content=office.verify(sent)
    )
    enrolment.fund(cast, made, payer="gmit-labat", kind="gereja")
    return actions.make_bill(
        by=cast.dinas, on=TODAY, programme_id=made.programme, payer_code="gmit-labat", month=Month(2025, 12)
    ).id
