"""The pages of calls for names and of appeals: opened, watched, decided by another, and answered by letter."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lopo.basics.page import Asked
from lopo.jobs.papers.make_replies import make_appeal_letter, make_call_letter
from lopo.staff import queries as staff
from lopo.targeting import queries
from lopo.targeting.queries.appeals import appeals_of_row, verdict_now
from lopo.targeting.queries.calls import calls
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story


def test_a_call_is_opened_watched_and_closed(story: Story, signed_in: SignedIn) -> None:
    dinas, lurah = signed_in("dinas"), signed_in("lurah.oebufu")
    page = reverse("panggilan")
    assert "Belum ada panggilan" in lurah.get(page).content.decode()
    given = {"judul": "Tahap kedua", "dibuka": "2026-01-15", "batas": "2026-02-15", "kelurahan": "40",
             "lain": "gereja; GMIT Labat; 25", "isi": "Kirim nama nelayan."}  # fmt: skip
    wrong = dinas.post(page, given | {"lain": "gereja GMIT Labat"})
    assert wrong.status_code == 422
    assert "Baris ini tidak terbaca" in wrong.content.decode()
    assert "Buka panggilan ini" not in lurah.get(page).content.decode()
    answer = dinas.post(page, given)
    assert answer.status_code == 302
    (made,) = calls(story.programme_id, on=TODAY)
    assert (len(made.senders), made.planned) == (52, 51 * 40 + 25)
    shown = dinas.get(answer.url).content.decode()
    assert "Oebufu" in shown
    mine = lurah.get(answer.url).content.decode()
    assert "Oebufu" in mine
    assert "Bonipoi" not in mine, "each kelurahan sees itself"
    exported = dinas.post(answer.url, {"ekspor": "xlsx", "alasan": "rapat camat"})
    assert exported.headers["Content-Disposition"].endswith('.xlsx"')
    sender = next(one for one in made.senders if one.area_code == OEBUFU)
    of_sender = reverse("panggilan_pengusul", args=[sender.id])
    assert "lurah.oebufu" in lurah.get(of_sender).content.decode(), "who can act"
    assert lurah.post(of_sender).status_code == 302
    paper = make_call_letter(by=staff.officer("lurah.oebufu"), on=TODAY, sender_id=sender.id)
    letter = reverse("dokumen", args=[paper])
    assert b"".join(lurah.get(letter)).startswith(b"%PDF")
    assert letter in lurah.get(of_sender).content.decode()
    other = next(one for one in made.senders if "Bonipoi" in one.sender)
    assert lurah.get(reverse("panggilan_pengusul", args=[other.id])).status_code == 404
    assert lurah.post(reverse("panggilan_tutup", args=[made.id])).status_code == 403
    assert dinas.post(reverse("panggilan_tutup", args=[made.id])).status_code == 302
    assert "Ditutup" in dinas.get(answer.url).content.decode()


def refused_row(story: Story, reason: str) -> queries.RowLine:
    wanted = queries.RowFilter((OEBUFU,), story.programme_id, verdict="ditolak", reason=reason)
    rows = queries.rows_page(wanted, Asked(size=0)).rows
    return next(row for row in rows if row.person_id and row.reasons == (reason,))


def test_an_appeal_goes_from_the_row_to_another_officer_and_back(story: Story, signed_in: SignedIn) -> None:
    lurah, dinas, checker = signed_in("lurah.oebufu"), signed_in("dinas"), signed_in("penyetuju")
    line = refused_row(story, "di_luar_desil")
    row, new = reverse("baris", args=[line.id]), reverse("keberatan_baru", args=[line.id])
    assert new in lurah.get(row).content.decode()
    paper = SimpleUploadedFile("surat.pdf", b"%PDF-1.4 surat", "application/pdf")
    wrong = lurah.post(new, {"pihak": "orang", "nama": "Yohanis", "dasar": "Keliru.",
                             "berkas": SimpleUploadedFile("a.exe", b"MZ")})  # fmt: skip
    assert wrong.status_code == 422
    entered = lurah.post(
        new, {"pihak": "orang", "nama": "Yohanis", "dasar": "DTSEN sudah diperbarui.", "berkas": paper}
    )
    assert entered.status_code == 302, entered.content.decode()
    (appeal,) = appeals_of_row(line.id)
    assert appeal.due_on > date(2026, 1, 15)
    assert new not in lurah.get(row).content.decode(), "one waits already"
    desk = checker.get(reverse("keberatan")).content.decode()
    assert line.name in desk
    assert line.name not in signed_in("tamu").get(reverse("keberatan")).content.decode()
    given = {"putusan": "kabul", "alasan": "di_luar_desil", "desil": "2", "jawaban": "DTSEN menjawab desil 2."}
    assert "petugas lain yang memutus" in dinas.get(entered.url).content.decode(), "the office ran the screening"
    assert dinas.post(entered.url, given).status_code == 422
    assert lurah.post(entered.url, given).status_code == 403
    missing = checker.post(entered.url, given | {"putusan": "tolak"})
    assert missing.status_code == 422
    assert checker.post(entered.url, given).status_code == 302
    assert verdict_now(line.id) == ("diterima", ())
    told = lurah.get(row).content.decode()
    assert "DTSEN menjawab desil 2." in told
    assert b"surat" in b"".join(checker.get(reverse("dokumen", args=[appeal.paper_id])))
    assert lurah.post(reverse("keberatan_surat", args=[appeal.id])).status_code == 302
    letter = make_appeal_letter(by=staff.officer("lurah.oebufu"), on=TODAY, appeal_id=appeal.id)
    assert b"".join(lurah.get(reverse("dokumen", args=[letter]))).startswith(b"%PDF")


def test_an_appeal_is_taken_back(story: Story, signed_in: SignedIn) -> None:
    lurah = signed_in("lurah.oebufu")
    line = refused_row(story, "di_luar_desil")
    entered = lurah.post(
        reverse("keberatan_baru", args=[line.id]), {"pihak": "pengirim", "nama": "RT 3", "dasar": "X."}
    )
    (appeal,) = appeals_of_row(line.id)
    assert lurah.post(reverse("keberatan_cabut", args=[appeal.id])).status_code == 302
    assert "dicabut" in lurah.get(entered.url).content.decode()
