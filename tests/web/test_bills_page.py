"""The desk of contributions: budgets, bills, the order and its approval by another, arrears of a day."""

from __future__ import annotations

import re
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


def test_short_money_asks_whose_months_it_pays(story: Story, cast: Cast, signed_in: SignedIn) -> None:
    made = _open_bill(cast)
    address, office = f"/iuran/{made}", signed_in("bendahara")
    asked = financing.bill(made, on=TODAY)
    assert asked is not None
    assert asked.people > 1
    order = {"nomor": "SP2D/KURANG", "tanggal": "2026-01-15", "jumlah": str(asked.per_person)}
    page = office.post(address, order).content.decode()
    for text in ("siapa yang dibayar", "Tunggakan tertua dahulu", "Urutan dalam keputusan", "Santunan yang tertahan"):
        assert text in page
    assert financing.bill(made, on=TODAY) == asked, "looking changes nothing"
    answer = office.post(address, {**order, "aturan": "urutan_sk"}, follow=True)
    assert "notice success" in answer.content.decode()
    part = financing.bill(uuid.UUID(answer.request["PATH_INFO"].rpartition("/")[2]), on=TODAY)
    assert part is not None
    assert (part.people, part.state, part.due_on) == (1, "diajukan", asked.due_on)
    assert "dibagi menjadi" in office.get(address).content.decode()


def test_the_papers_stand_on_the_way_of_the_bill(story: Story, cast: Cast, signed_in: SignedIn) -> None:
    made = _open_bill(cast)
    paper = {"surat": "spp", "nomor": "SPP/7", "tanggal": "2026-01-15"}
    page = signed_in("bendahara").post(f"/iuran/{made}/surat", paper, follow=True).content.decode()
    assert "SPP/7" in page
    signed_in("penyetuju").post(f"/iuran/{made}/surat", {**paper, "surat": "spm", "nomor": "SPM/7"})
    page = signed_in("gubernur").get(f"/iuran/{made}").content.decode()
    assert "SPM/7" in page
    assert "Catat SPM" not in page


def test_a_reversal_shows_what_it_does_and_needs_two(story: Story, signed_in: SignedIn) -> None:
    bill = bill_of(story, Month(2025, 12))
    address = f"/iuran/{bill.id}/balik"
    office = signed_in("bendahara")
    page = office.get(address).content.decode()
    assert "Yang akan terjadi" in page
    assert "utang iuran kepada BPJS" in page
    office.post(address, {"alasan": "dibayar dua kali"})
    assert "Menunggu pejabat penyetuju" in office.get(address).content.decode()
    assert bill_of(story, Month(2025, 12)).state == "dibayar"
    assert "Setujui pembalikan" in signed_in("penyetuju").get(address).content.decode()
    signed_in("penyetuju").post(address)
    assert financing.bill(bill.id, on=TODAY).state == "dibalik"  # type: ignore[union-attr]


def test_the_page_of_excess_says_when_there_is_none(story: Story, signed_in: SignedIn) -> None:
    page = signed_in("bendahara").get("/iuran/kelebihan").content.decode()
    assert "Kelebihan bayar" in page


def test_the_sector_of_a_work_and_of_a_person_is_stated_on_its_page(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    page = office.get("/iuran/sektor?sektor=transportasi").content.decode()
    assert "Tukang ojek" in page
    assert "Nelayan" not in page
    address = "/iuran/sektor/orang?pekerjaan=PORTER+PELABUHAN"
    assert office.post(address, {"apa": "pekerjaan", "pekerjaan": "PORTER PELABUHAN"}).status_code == 422
    given = {"apa": "pekerjaan", "pekerjaan": "PORTER PELABUHAN", "sektor": "transportasi"}
    assert "dinyatakan: angkutan" in office.post(address, given, follow=True).content.decode()
    assert "Porter pelabuhan" in office.get("/iuran/sektor?sektor=transportasi").content.decode()
    someone = re.findall(r'name="orang" value="(\d+)"', office.get(address).content.decode())[0]
    given = {"apa": "orang", "pekerjaan": "PORTER PELABUHAN", "orang": someone, "sektor": "lainnya", "alasan": "Surat"}
    assert "notice success" in office.post(address, given, follow=True).content.decode()
    assert signed_in("gubernur").post(address, given).status_code == 403
