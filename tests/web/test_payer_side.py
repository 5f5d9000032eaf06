"""A payer's officer sees whom the payer protects and asks for its payments, and enters no other desk at all."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.claims.models import Case
from lopo.financing import actions
from lopo.financing.models import Bill
from lopo.people.models import Person
from lopo.staff import queries
from lopo.staff.appointing import DutyGiven, appoint
from lopo.staff.models import Document
from tests.cast import SINCE
from tests.web.conftest import SignedIn
from tests.web.story import TODAY, Story

CITY = "pemkot-kupang"
ITS_OWN = {"beranda", "sisi_pembayar", "kata_sandi"}
"""What opens to a payer's officer and to nobody who is not signed in."""


@pytest.fixture
def church(story: Story) -> Client:
    """Give a client of an officer of a payer that has no programme."""
    appoint(by=None, on=SINCE, duty=DutyGiven("bendahara.jemaat", "Rut Ndun", "pembayar", "53", "jemaat-labat"))
    client = Client()
    client.force_login(queries.officer("bendahara.jemaat"), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def february(story: Story) -> Bill:
    """Give a bill of the city that nobody has ordered."""
    programme = Bill.objects.get(payer_id=CITY).programme_id
    actions.make_bill(
        by=queries.officer("dinas"), on=TODAY, programme_id=programme, payer_code=CITY, month=Month(2026, 2)
    )
    return Bill.objects.get(payer_id=CITY, state="terbit")


def _addresses(story: Story) -> Iterator[tuple[str, str]]:
    """Give name and address of every page, with ids that there are, of whatever kind the address asks for."""
    bills = list(Bill.objects.exclude(payer_id=CITY).values_list("id", flat=True))[:1]
    numbers = [story.programme_id, story.oebufu_list, story.member.person_id, *Case.objects.values_list("id")[:1][0]]
    marks = [*bills, *Document.objects.values_list("id", flat=True)[:1]]
    for pattern in get_resolver().url_patterns:
        kinds = [type(one).__name__ for one in pattern.pattern.converters.values()]
        given = [numbers if kind == "IntConverter" else marks if kind == "UUIDConverter" else ["x"] for kind in kinds]
        for ids in itertools.product(*given):
            if pattern.name != "keluar":
                yield str(pattern.name), reverse(pattern.name, args=ids)


def test_no_other_desk_opens_by_any_address(story: Story, signed_in: SignedIn) -> None:
    client, guest, seen = signed_in("bendahara.kota"), Client(), set()
    for name, address in _addresses(story):
        for send in ("get", "post"):
            answer = getattr(client, send)(address)
            if answer.status_code in (403, 404, 405) or name in ITS_OWN:
                continue
            open_one = getattr(guest, send)(address)
            assert not str(getattr(open_one, "url", "")).startswith(reverse("masuk")), (send, address)
            seen.add(name)
    assert {"hukum", "manfaat_dibayar"} <= seen
    assert not seen & {"iuran", "peserta", "pekerjaan", "program", "laporan"}


def test_the_desk_tells_people_money_and_what_is_open(february: Bill, signed_in: SignedIn) -> None:
    page = signed_in("bendahara.kota").get("/", follow=True).content.decode()
    assert "Pemerintah Kota Kupang" in page
    assert "Pemerintah Provinsi NTT" not in page
    assert reverse("sisi_tagihan", args=[february.id]) in page
    assert f"<strong>{february.people}</strong> orang" in page


def test_the_officer_of_the_payer_asks_and_the_office_approves(february: Bill, signed_in: SignedIn) -> None:
    client, page = signed_in("bendahara.kota"), reverse("sisi_tagihan", args=[february.id])
    wrong = client.post(page, {"nomor": "", "tanggal": TODAY.isoformat()})
    assert "Nomor bukti setor" in wrong.content.decode()
    assert client.post(page, {"nomor": "BNTT-0099", "tanggal": TODAY.isoformat()}).status_code == 302
    assert "Menunggu persetujuan" in client.get(page).content.decode()
    signed_in("penyetuju").post(reverse("tagihan_setujui", args=[february.id]))
    february.refresh_from_db()
    assert february.state == "dibayar"


def test_nothing_of_another_payer_is_seen_or_ordered(story: Story, february: Bill, church: Client) -> None:
    officer = queries.officer("bendahara.jemaat")
    empty = church.get(reverse("sisi_pembayar")).content.decode()
    assert "Belum ada program" in empty
    assert Person.objects.get(pk=story.member.person_id).name not in empty
    assert church.get(reverse("sisi_tagihan", args=[february.id])).status_code == 404
    assert church.get(reverse("sisi_tagihan", args=[uuid.uuid4()])).status_code == 404
    assert church.get(reverse("sisi_pembayar"), {"pembayar": CITY}).status_code == 404
    order = actions.OrderGiven("BNTT-0100", TODAY)
    with pytest.raises(Refused, match="berwenang"):
        actions.request_payment(by=officer, on=TODAY, bill_id=february.id, order=order)
    province = Bill.objects.exclude(payer_id=CITY)[0]
    with pytest.raises(Refused, match="berwenang"):
        actions.request_payment(by=queries.officer("bendahara.kota"), on=TODAY, bill_id=province.id, order=order)


def test_the_people_leave_as_a_file_with_a_reason_and_without_nik(february: Bill, signed_in: SignedIn) -> None:
    client, page = signed_in("bendahara.kota"), reverse("sisi_tagihan", args=[february.id])
    assert client.post(page, {"ekspor": "csv"}).status_code != 200
    file = client.post(page, {"ekspor": "csv", "alasan": "laporan jemaat"})
    text = file.content.decode()
    assert text.count("\n") == february.people + 1
    person = Person.objects.get(pk=february.lines.values_list("person_id", flat=True)[0])
    assert person.name in text
    assert person.nik not in text
