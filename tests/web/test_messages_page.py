"""The desk of messages: what the story has to send, addresses hidden, letters brought, failures tried again."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse

from lopo.jobs import messages
from lopo.staff.models import Message, Officer
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story

AT = datetime(2026, 1, 15, 3, tzinfo=UTC)


def test_the_story_has_letters_visits_and_alarms_to_send_and_the_desk_shows_them(
    story: Story, signed_in: SignedIn
) -> None:
    Officer.objects.filter(username="lurah.oebufu").update(email="lurah.rahasia@contoh.test")
    planned = messages.plan_all(on=TODAY, at=AT, ways={})
    assert planned == Message.objects.count() > 5
    assert {"keluarga", "kunjungan"} <= set(Message.objects.values_list("template", flat=True))
    assert not Message.objects.filter(channel="surat").exclude(state="diantar").exists()
    assert messages.plan_all(on=TODAY, at=AT, ways={}) == 0
    page = signed_in("dinas").get(reverse("pesan")).content.decode()
    assert "siap diantar" in page
    assert "Surel belum dinyalakan" in page
    treasurer = signed_in("bendahara").get(reverse("pesan")).content.decode()
    assert "lurah.rahasia@contoh.test" not in treasurer
    export = signed_in("dinas").post(reverse("pesan"), {"ekspor": "csv", "alasan": "uji pesan"})
    assert "hak dan berkas untuk keluarga" in export.content.decode()
    letter = Message.objects.filter(channel="surat", area_code=OEBUFU).first()
    assert letter is not None
    lurah, address = signed_in("lurah.oebufu"), reverse("pesan_isi", args=[letter.id])
    assert reverse("dokumen", args=[letter.paper_id]) in lurah.get(address).content.decode()
    assert lurah.post(reverse("pesan_diantar", args=[letter.id])).status_code == 302
    assert Message.objects.get(pk=letter.id).state == "terkirim"
    elsewhere = Message.objects.exclude(area_code__startswith=OEBUFU).first()
    assert lurah.get(reverse("pesan_isi", args=[elsewhere.id])).status_code == 404


def test_a_message_without_address_goes_out_once_its_receiver_gave_one(story: Story, signed_in: SignedIn) -> None:
    messages.plan_all(on=TODAY, at=AT, ways={})
    one = Message.objects.filter(template="kunjungan", receiver="lurah.oebufu").first()
    assert one is not None
    assert one.state == "tanpa_alamat"
    retry = reverse("pesan_ulang", args=[one.id])
    assert signed_in("lurah.oebufu").post(retry).status_code == 403
    assert signed_in("provinsi").post(retry).status_code == 422
    wrong = signed_in("lurah.oebufu").post(reverse("pesan_alamat"), {"email": "bukan alamat"})
    assert wrong.status_code == 422
    assert signed_in("lurah.oebufu").post(reverse("pesan_alamat"), {"email": "lurah@contoh.test"}).status_code == 302
    assert signed_in("provinsi").post(retry).status_code == 302
    assert (Message.objects.get(pk=one.id).state, Message.objects.get(pk=one.id).address) == (
        "menunggu", "lurah@contoh.test",
    )  # fmt: skip
