"""P22, no bill without a legal basis; and two payers in one city, who never pay a month of a person twice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions as coverage
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange, PaidMonth
from lopo.financing import actions
from lopo.financing.models import Bill, BillLine, Budget
from lopo.targeting.models import Programme
from tests.cast import Cast
from tests.rooms.city import CITY, city_programme
from tests.rooms.enrolment import JULY, PAYER, enrol, fund, make_decree, pay, take

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 8)
DECEMBER = Month(2025, 12)


@pytest.fixture(autouse=True)
def door(settings: pytest.FixtureRequest) -> None:
    settings.LOPO_TODAY = TODAY.isoformat()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def at_the_desk(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, role), "django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_p22_without_a_legal_basis_there_is_no_bill_and_the_page_says_what_is_missing(cast: Cast) -> None:
    made = make_decree(cast, 5, basis="")
    take(cast, made, FakeBpjs({}))
    fund(cast, made)
    dinas, page = at_the_desk(cast, "dinas"), reverse("program_isi", args=[made.programme])
    july = {"apa": "tagihan", "pembayar": PAYER, "bulan": str(JULY), "program": "kupang-2025"}
    refused = dinas.post(reverse("iuran"), july).content.decode()
    assert "belum mempunyai dasar hukum" in refused
    assert "nomor dan tanggal peraturannya" in refused
    assert "Yang kurang adalah peraturan dengan nomor dan tanggalnya." in words(dinas, page)
    assert (Bill.objects.count(), Budget.objects.get().committed) == (0, 0)

    later = {"apa": "dasar", "peraturan": "Perwali Kupang 14/2025", "tanggal": "2025-07-10", "sampai_tanggal": ""}
    assert dinas.post(page, later).status_code == 302
    assert "baru berlaku 10-07-2025" in dinas.post(reverse("iuran"), july).content.decode()
    assert dinas.post(page, later | {"tanggal": "2025-07-07"}).status_code == 302
    assert dinas.post(reverse("iuran"), july).status_code == 302
    assert Bill.objects.get().people == 5
    assert "Dasar hukum belum" not in words(dinas, page)


def test_the_database_makes_no_bill_without_a_basis_either(cast: Cast) -> None:
    made = make_decree(cast, 3)
    take(cast, made, FakeBpjs({}))
    fund(cast, made)
    bill = actions.make_bill(by=cast.dinas, on=TODAY, programme_id=made.programme, payer_code=PAYER, month=JULY)
    here = Programme.objects.filter(pk=made.programme)
    without: tuple[dict[str, object], ...] = (
        {"legal_basis": ""}, {"basis_dated": date(2025, 7, 9)}, {"basis_dated": TODAY, "basis_until": TODAY},
        {"state": "konsep", "approved_on": None},
    )  # fmt: skip
    for change in without:
        with pytest.raises(IntegrityError, match="legal basis"), transaction.atomic():
            here.update(**change)
            copy = Bill.objects.get(pk=bill.id)
            copy.pk, copy.month, copy.issued_on = None, date(2025, 8, 1), date(2025, 7, 9)
            copy.issued_on = TODAY if "basis_dated" in change and "basis_until" not in change else copy.issued_on
            Bill.objects.bulk_create([Bill(**_columns(copy))])


def _columns(bill: Bill) -> dict[str, object]:
    fields = ("programme_id", "payer_id", "budget_id", "month", "issued_on", "due_on", "people", "amount",
              "per_person", "law_hash", "made_by_id")  # fmt: skip
    return {name: getattr(bill, name) for name in fields}


def test_two_payers_side_by_side_pay_each_month_of_a_person_once(cast: Cast, settings: pytest.FixtureRequest) -> None:
    """The province pays six months for six people; the city begins in December for four of them."""
    settings.LOPO_TODAY = "2025-12-20"
    province = enrol(cast, 6)
    for number in range(8, 12):
        pay(cast, province, Month(2025, number), paid_on=date(2025, number, 12))
    city = city_programme(4, first="2025-12-01")
    day = date(2025, 12, 15)
    sent = coverage.submit_members(by=cast.dinas, on=day, programme_id=city.programme, decree_id=city.decree)
    answer = FakeBpjs({}).verify(bytes(Exchange.objects.get(pk=sent.exchange_id).content))
    coverage.read_answer(by=cast.bpjs, on=day, programme_id=city.programme, file="kota.xlsx", content=answer)
    fund(cast, city, payer=CITY, kind="apbd_kota")
    first = actions.make_bill(by=cast.dinas, on=day, programme_id=city.programme, payer_code=CITY, month=DECEMBER)
    second = actions.make_bill(
        by=cast.dinas, on=day, programme_id=province.programme, payer_code=PAYER, month=DECEMBER
    )  # fmt: skip
    assert (first.people, second.people) == (4, 2), "each pays for whom the other has not billed"
    with pytest.raises(Refused) as twice:
        actions.make_bill(by=cast.dinas, on=day, programme_id=city.programme, payer_code=CITY, month=DECEMBER)
    assert twice.value.code == "sudah_ditagih"
    line = BillLine.objects.filter(bill_id=first.id).order_by("person_id")[0]
    with pytest.raises(IntegrityError, match="bill_line_one_payer_a_month"), transaction.atomic():
        line.bill_id = second.id
        BillLine.objects.bulk_create([line])
    for made, payer in ((first, CITY), (second, PAYER)):
        order = actions.OrderGiven(f"SP2D/{payer}/12", day)
        actions.request_payment(by=cast.bendahara, on=day, bill_id=made.id, order=order)
        actions.approve_payment(by=cast.penyetuju, on=day, bill_id=made.id)
    assert PaidMonth.objects.count() == 6 * 6
    assert PaidMonth.objects.filter(month=DECEMBER.first_day).count() == 6

    dinas = at_the_desk(cast, "dinas")
    home = words(dinas, "/")
    assert "Semua program Anda" in home
    assert "Pekerja rentan kota 2026" in home
    assert "Pekerja rentan Kota Kupang 2025" in home
    assert "Pekerja rentan kota 2026" in words(dinas, reverse("program"))
    person = words(dinas, reverse("seseorang", args=[line.person_id]))
    assert CITY.replace("-", " ").upper() in person, "who paid December"
    assert PAYER.replace("-", " ").upper() in person, "who paid the months before"
    money = {one.payer_id: (one.committed, one.paid) for one in Budget.objects.all()}
    assert money == {PAYER: (32 * 16_800, 32 * 16_800), CITY: (4 * 16_800, 4 * 16_800)}
