"""P20 and P10: who is named but has no number is seen with its age and moved on; who has one knows what it gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from lopo.basics.calendar import Month
from lopo.basics.refusal import Refused
from lopo.coverage import actions, queries
from lopo.coverage.bpjs import read_template
from lopo.coverage.fake_bpjs import FakeBpjs
from lopo.coverage.models import Exchange, Membership
from lopo.law.deadlines import contribution_due
from lopo.people.models import Person
from lopo.web.cells import day_text
from lopo.web.named import next_step
from tests.cast import Cast
from tests.journeys.doors import at_the_desk, on_day, pay_month, press, said, words
from tests.rooms.enrolment import JULY, PAID, Enrolment, fund, issue, make_decree, pay, take

REASON = "NIK tidak padan dengan Dukcapil"
WRONG, RIGHT = "5371010101800001", "5371010101809999"
SEEN, RESENT, ANSWERED = date(2025, 7, 30), date(2025, 8, 1), date(2025, 8, 4)
WAITING, FILES, AGAIN = "/peserta/menunggu", "/peserta/bpjs", "/peserta/menunggu/kirim-lagi"

pytestmark = pytest.mark.django_db


def enrolled_but(cast: Cast, refused: str) -> tuple[Enrolment, FakeBpjs]:
    """Six people, one of whom BPJS refuses; July is paid and the others have their numbers."""
    made = make_decree(cast, 6)
    office = FakeBpjs({refused: REASON})
    file = take(cast, made, office)
    fund(cast, made)
    pay(cast, made, JULY, paid_on=PAID)
    issue(cast, made, office, file)
    return made, office


def answer(bpjs: Client, name: str, content: bytes) -> str:
    """Let the officer of BPJS hand in an answer, and give what the desk says then."""
    press(bpjs, FILES, berkas=SimpleUploadedFile(name, content))
    return words(bpjs, FILES)


def test_p20_a_refused_name_is_corrected_and_sent_again_until_it_has_its_number(cast: Cast, settings: Settings) -> None:
    _made, office = enrolled_but(cast, WRONG)
    dinas, bpjs, lurah = (at_the_desk(one) for one in (cast.dinas, cast.bpjs, cast.lurah))
    on_day(settings, SEEN)
    seen = words(dinas, WAITING)
    assert f"1 {REASON} Betulkan NIK di Dukcapil, lalu kirim lagi" in seen
    assert f"ditolak 20 Jun 2025 {(SEEN - date(2025, 6, 20)).days} {REASON}" in seen, "since when, how long, why"
    assert REASON not in words(lurah, WAITING), "nothing of another kelurahan"

    on_day(settings, RESENT)
    again = {"alasan_bpjs": REASON, "pembetulan": "NIK dibetulkan di Dukcapil"}
    assert lurah.post(AGAIN, again).status_code == 403
    assert dinas.post(AGAIN, again | {"pembetulan": "x"}).status_code == 422, "what was corrected must be said"
    Person.objects.filter(nik=WRONG).update(nik=RIGHT)  # the civil registry has corrected it
    assert press(dinas, AGAIN, **again) == WAITING
    sent = dinas.get(f"{FILES}/{Exchange.objects.latest('id').id}").content
    assert [one.nik for one in read_template(sent)] == [RIGHT]
    assert "menunggu jawaban BPJS" in words(dinas, WAITING)
    assert "Tidak ada" in said(dinas.post(AGAIN, again).content), "nobody is left who was refused for this"

    office.refusals.clear()
    assert "1 diterima, 0 bernomor, 0 ditolak" in answer(bpjs, "ulang.xlsx", office.verify(sent))
    assert "diterima BPJS, menunggu iuran pertama" in words(dinas, WAITING)
    pay_month(cast, settings, Month(2025, 8), paid_on=ANSWERED)
    assert "1 bernomor" in answer(bpjs, "nomor-2.xlsx", office.issue(sent, on=ANSWERED))
    assert "Semua yang disebut sudah bernomor" in words(dinas, WAITING)


def test_an_empty_scope_knows_no_reasons(cast: Cast) -> None:
    made, _office = enrolled_but(cast, WRONG)
    assert queries.reject_reasons(made.programme, on=SEEN, areas=()) == ()


def test_what_was_not_corrected_is_not_sent_as_it_was(cast: Cast) -> None:
    made = make_decree(cast, 1)
    take(cast, made, FakeBpjs({WRONG: REASON}))
    with pytest.raises(Refused) as same:
        actions.submit_again(
            by=cast.dinas, on=date(2025, 6, 25), programme_id=made.programme, reason=REASON, corrected="sudah, katanya"
        )
    assert same.value.code == "berkas_sama"
    assert Membership.objects.get().state == "ditolak"


@pytest.mark.parametrize(
    ("stage", "reason", "word"),
    [
        ("belum_dikirim", "", "halaman keputusan"),
        ("diusulkan", "", "jawaban"),
        ("diterima", "", "iuran pertama"),
        ("ditolak", "Masih AKTIF di segmen PU", "pemberi kerja"),
        ("ditolak", "Usia di atas 65", "lahir"),
        ("ditolak", "NIK tidak valid", "Dukcapil"),
        ("ditolak", "lain-lain", "cadangan"),
    ],
)
def test_every_stage_has_a_next_step(stage: str, reason: str, word: str) -> None:
    assert word in next_step(stage, reason)


def test_p10_a_member_sees_what_a_death_pays_today_and_when_it_becomes_full(cast: Cast, settings: Settings) -> None:
    """The member himself asks, with the number of his card and his birth day, month after month."""
    enrolled_but(cast, "5371010101800002")
    early = own_look(settings, date(2025, 8, 20))
    assert "Iuran Anda belum dibayar 1 bulan" in early
    assert "Meninggal karena kecelakaan kerja Rp 0 Rp 70.000.000 setelah tunggakan dilunasi" in early
    assert "Meninggal karena sebab lain Rp 10.000.000" in early
    assert "Berobat sampai sembuh, tanpa batas biaya" in early

    for month in (8, 9, 10):
        pay_month(cast, settings, Month(2025, month), paid_on=date(2025, month, 25 if month == 8 else 12))
    waits = own_look(settings, date(2025, 9, 20))
    assert "Anda terlindungi. Santunan kematian penuh mulai 1 Okt 2025" in waits
    assert "Meninggal karena sebab lain Rp 10.000.000" in waits
    assert "Permenaker 1/2025" in waits, "the article that says why"

    full = own_look(settings, date(2025, 10, 20))
    assert "Anda terlindungi penuh" in full
    assert "Meninggal karena sebab lain Rp 42.000.000" in full
    assert "Meninggal karena kecelakaan kerja Rp 70.000.000" in full
    assert "Iuran dibayar sampai Oktober 2025" in full
    last = contribution_due(Month(2026, 2))
    assert f"sesudah {day_text(last)}" in full, "the last day on which paying still saves the cover"
    assert "Iuran Anda belum dibayar 3 bulan" in own_look(settings, last)

    gone = own_look(settings, last + timedelta(days=1))
    assert "Perlindungan Anda gugur" in gone
    assert "Meninggal karena sebab lain Rp 0" in gone
    assert "Kecelakaan saat bekerja Belum ada" in gone


def own_look(settings: Settings, day: date) -> str:
    """Give what the first member reads on the day at the open door, without an account."""
    on_day(settings, day)
    member = Membership.objects.filter(state="terdaftar").select_related("person").order_by("id")[0]
    born = member.person.born
    typed = {"kpj": member.kpj, "hari": str(born.day), "bulan": str(born.month), "tahun": str(born.year)}
    page = Client().post("/perlindungan-saya", typed)
    assert page.status_code == 200
    return said(page.content)
