"""P27: a first report from a phone without an account, its receipt and clock, and the desk that makes a case of it."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from lopo.claims.models import Case, FirstReport
from lopo.jobs import retention
from lopo.staff.forgetting import Order
from lopo.staff.models import Diary, Look
from lopo.staff.queries import officer
from tests.web.conftest import SignedIn
from tests.web.story import BONIPOI, OEBUFU, Story

TOLD = {
    "jenis": "kecelakaan", "nama": "Yulius Uji Coba", "kejadian": "2026-01-14", "jam": "09:30", "tempat": "Oeba",
    "cerita": "Jatuh di dermaga.", "pelapor": "keluarga", "nama_pelapor": "Maria Uji", "hp": "+62 812-3456-7890",
    "boleh_pesan": "on", "kelurahan": OEBUFU,
}  # fmt: skip


def photo(*, with_place: bool = True) -> SimpleUploadedFile:
    out, exif = io.BytesIO(), Image.Exif()
    if with_place:
        exif[0x010F] = "Kamera Uji"
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


def send(client: Client, **other: object) -> tuple[uuid.UUID, object]:
    number = uuid.uuid4()
    told = {"kiriman": str(number), **TOLD, **other}
    return number, client.post(reverse("lapor"), told)


def test_journey_p27_a_report_by_phone_becomes_one_case(story: Story, signed_in: SignedIn, client: Client) -> None:
    assert "Kirim laporan ini" in client.get(reverse("lapor")).content.decode()
    number, answer = send(client, nama="", nik=story.member.nik, foto=photo())
    assert answer.status_code == 302
    again = client.post(reverse("lapor"), {"kiriman": str(number), **TOLD, "nik": story.member.nik})
    assert again.url == answer.url
    assert FirstReport.objects.filter(pk=number).count() == 1
    page = client.get(answer.url).content.decode()
    kept = FirstReport.objects.get(pk=number)
    assert kept.code in page
    assert "Tepat waktu: batasnya 16 Jan 2026 09.30" in page
    assert story.member.name not in page
    assert story.member.nik not in page
    assert b"Kamera Uji" not in bytes(kept.photo)
    assert bytes(kept.photo).startswith(b"\xff\xd8")
    assert (kept.phone, kept.may_message, kept.area_code) == ("081234567890", True, OEBUFU)
    dinas, address = signed_in("dinas"), reverse("laporan_masuk_isi", args=[number])
    assert kept.code in dinas.get(reverse("laporan_masuk")).content.decode()
    assert "Ini orangnya, buka kasus" in dinas.get(address).content.decode()
    assert dinas.get(reverse("laporan_masuk_foto", args=[number])).headers["Content-Type"] == "image/jpeg"
    done = dinas.post(reverse("laporan_masuk_hubungkan", args=[number]), {"orang": story.member.person_id})
    case = Case.objects.get(pk=int(done.url.rsplit("/", 1)[1]))
    assert (case.person_id, case.reported_at, case.report_due_at) == (
        story.member.person_id, kept.received_at, kept.due_at,
    )  # fmt: skip
    shown = reverse("kasus_laporan_foto", args=[case.id, number])
    assert shown in dinas.get(reverse("kasus", args=[case.id])).content.decode()
    assert dinas.get(shown).headers["Content-Type"] == "image/jpeg"
    assert shown not in signed_in("gubernur").get(reverse("kasus", args=[case.id])).content.decode()
    assert signed_in("gubernur").get(shown).status_code == 404  # reads cases, but no papers of people
    assert dinas.get(reverse("kasus_laporan_foto", args=[story.accident, number])).status_code == 404
    assert Look.objects.filter(page="kasus_laporan_foto", person=story.member.person_id).count() == 1
    once_more = dinas.post(reverse("laporan_masuk_hubungkan", args=[number]), {"orang": story.member.person_id})
    assert once_more.status_code == 422
    assert Case.objects.filter(person_id=story.member.person_id, event_on=date(2026, 1, 14)).count() == 1
    deeds = Diary.objects.filter(subject="claims.firstreport", subject_id=str(number)).order_by("id")
    assert [(one.action, one.by_id is None) for one in deeds] == [
        ("first_report", True),
        ("attach_first_report", False),
    ]


def test_an_unknown_person_is_kept_and_found_later_or_said_not_to_be_ours(
    story: Story, signed_in: SignedIn, client: Client
) -> None:
    number, answer = send(client)
    assert answer.status_code == 302
    dinas, address = signed_in("dinas"), reverse("laporan_masuk_isi", args=[number])
    assert "Belum ketemu" in dinas.get(address).content.decode()
    found = dinas.get(address, {"cari": story.member.name.split()[0]}).content.decode()
    assert story.member.name in found
    bare = dinas.post(reverse("laporan_masuk_bukan", args=[number]), {"alasan": "x"}, headers={"referer": ""})
    assert bare.status_code == 422
    assert dinas.post(reverse("laporan_masuk_bukan", args=[number]), {"alasan": "bukan peserta"}).status_code == 302
    assert FirstReport.objects.get(pk=number).state == "bukan"
    assert "bukan peserta" in dinas.get(address).content.decode()
    late = dinas.post(reverse("laporan_masuk_hubungkan", args=[number]), {"orang": story.member.person_id})
    assert late.status_code == 302
    assert FirstReport.objects.get(pk=number).state == "terhubung"


def test_a_report_of_another_kelurahan_is_not_there_for_the_clerk(
    story: Story, signed_in: SignedIn, client: Client
) -> None:
    number, _ = send(client, kelurahan=BONIPOI)
    lurah = signed_in("lurah.oebufu")
    for page in ("laporan_masuk_isi", "laporan_masuk_foto"):
        assert lurah.get(reverse(page, args=[number])).status_code == 404
    assert "Yulius Uji" not in lurah.get(reverse("laporan_masuk")).content.decode()
    assert (
        lurah.post(reverse("laporan_masuk_hubungkan", args=[number]), {"orang": story.member.person_id}).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"foto": SimpleUploadedFile("x.jpg", b"\xff\xd8\xffbukan foto")}, "Berkas ini bukan foto"),
        ({"foto": SimpleUploadedFile("x.jpg", b"\xff" * (8 * 2**20 + 5))}, "Foto lebih besar dari 8 MB"),
        ({"kejadian": "2026-01-16"}, "Hari kejadian tidak boleh setelah hari ini."),
        ({"jenis": "meninggal_kerja", "wafat": "2026-01-10"}, "Hari meninggal tidak boleh sebelum hari kejadian."),
        ({"nama": " "}, "Tulis nama orangnya, NIK, atau nomor kartunya"),
        ({"cerita": ""}, 'id="id_cerita_error"'),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    story: Story, client: Client, wrong: dict[str, object], said: str
) -> None:
    number, answer = send(client, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Maria Uji" in page
    assert not FirstReport.objects.filter(pk=number).exists()


def test_a_flood_from_one_address_is_stopped_but_a_repeated_send_is_not(story: Story, client: Client) -> None:
    first, _ = send(client)
    for _time in range(39):
        assert send(client)[1].status_code == 302
    assert "Terlalu banyak percobaan" in send(client)[1].content.decode()
    assert client.post(reverse("lapor"), {"kiriman": str(first), **TOLD}).status_code == 302


def test_a_report_that_was_not_for_us_goes_a_year_after_it_was_answered(
    story: Story, signed_in: SignedIn, client: Client
) -> None:
    (gone, _), (stays, _) = send(client, foto=photo()), send(client)
    given = {"alasan": "bukan peserta program"}
    assert signed_in("dinas").post(reverse("laporan_masuk_bukan", args=[gone]), given).status_code == 302
    answered = FirstReport.objects.get(pk=gone).settled_on
    assert answered is not None

    def forget(days: int, count: int) -> int:
        order = Order("laporan_bukan", uuid.uuid4().hex, count)
        return retention.forget(by=officer("penyetuju"), on=answered + timedelta(days=days), order=order)

    assert forget(365, 0) == 0
    assert forget(366, 1) == 1
    assert list(FirstReport.objects.filter(pk__in=[gone, stays]).values_list("pk", flat=True)) == [stays]
    page = signed_in("penyetuju").get(reverse("masa_simpan")).content.decode()
    assert "Laporan kejadian yang bukan untuk program ini" in page


def test_a_receipt_that_there_is_not(story: Story, client: Client) -> None:
    assert client.get(reverse("lapor_terima", args=[uuid.uuid4()])).status_code == 404
