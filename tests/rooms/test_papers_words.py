"""What letters say: the law's own answer in plain words, each reason with its article."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pypdfium2
import zxingcpp

from lopo import law
from lopo.basics.money import Rupiah
from lopo.claims.queries import ComponentRow, ReasonRow, StepRow
from lopo.jobs.papers.letter_words import CaseTold, grounds_of, letter_of, plain, reckoned_of, unmet_of
from lopo.jobs.papers.letters import Benefit, NeededPaper, letter_pdf
from lopo.jobs.papers.setting import Office
from lopo.law.cases import CoverFacts, JkmFacts

OFFICE = Office("Pemerintah Kota Kupang", "Wali Kota Kupang", "Dinas Tenaga Kerja Kota Kupang", "Kupang")
DIED = date(2025, 11, 12)
ASKED = (NeededPaper("Akta kematian", True), NeededPaper("Kartu peserta", False))
TOLD = CaseTold(
    "JKM-2026-00003", "JKM", "Yohanis Taek", "25071234567", "Oebufu", "RT 003, Kelurahan Oebufu", "", DIED, DIED,
    "diperiksa", 0, (), (), (), ASKED,
)  # fmt: skip


def judged(month: int, *, unpaid: int = 0) -> law.Decision:
    cover = CoverFacts(nomor_terbit=True, bulan_kepesertaan=month, bulan_menunggak=unpaid, tunggakan_lunas=not unpaid)
    targets = ("jkm_total", "jkm_santunan_kematian", "jkm_biaya_pemakaman")
    return law.decide(targets, JkmFacts(cover, kecelakaan_kerja=False).facts(), DIED)


def told_of(decision: law.Decision) -> tuple[list[StepRow], list[ReasonRow]]:
    steps = [StepRow(s.name, s.kind, s.label, s.text(), s.source, s.inputs, s.status) for s in decision.steps]
    return steps, [ReasonRow(r.code, r.sentence, r.english, r.article) for r in decision.reasons]


def test_a_full_grant_gives_only_conditions_that_are_met() -> None:
    grounds = grounds_of(*told_of(judged(5)))
    assert "Masa tunggu jaminan kematian sudah lewat." in [ground.sentence for ground in grounds]
    assert all(ground.article for ground in grounds)
    assert unmet_of(told_of(judged(5))[1]) == ()


def test_a_death_in_the_waiting_period_says_why_only_the_funeral_is_paid() -> None:
    (unmet,) = unmet_of(told_of(judged(2))[1])
    assert "biaya pemakaman" in unmet.sentence
    assert "Permenaker 1/2025" in unmet.article
    assert grounds_of(*told_of(judged(2)))[-1] == unmet


def test_each_amount_says_what_it_was_reckoned_from() -> None:
    cover = CoverFacts(nomor_terbit=True, bulan_kepesertaan=5, bulan_menunggak=0, tunggakan_lunas=True)
    targets = ("jkm_total", "jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman")
    decision = law.decide(targets, JkmFacts(cover, kecelakaan_kerja=False).facts(), DIED)
    parts = [ComponentRow(name, name, "", 1, 1, "ahli_waris", "") for name in targets[1:]]
    (reckoned,) = reckoned_of(parts, told_of(decision)[0])
    assert reckoned.sentence.startswith("Santunan berkala jaminan kematian, dibayar sekaligus Rp 12.000.000 dihitung")
    assert "24 bulan" in reckoned.sentence
    assert "Rp 500.000" in reckoned.sentence
    assert reckoned.article == "PP 44/2015 Pasal 34"


def test_a_letter_uses_no_abbreviation_that_is_not_explained() -> None:
    assert plain("Tunggakan tidak lebih dari batas (JKM).") == "Tunggakan tidak lebih dari batas."
    assert plain("JKM dibayar penuh.") == "jaminan kematian dibayar penuh."
    for ground in (*grounds_of(*told_of(judged(5))), *grounds_of(*told_of(judged(5, unpaid=5)))):
        assert "JKM" not in ground.sentence
        assert "JKK" not in ground.sentence


def test_an_open_case_asks_for_papers_and_promises_nothing() -> None:
    letter = letter_of(TOLD, office=OFFICE, dated=date(2026, 1, 5))
    assert letter.to_name == "Keluarga Yohanis Taek"
    assert letter.papers == ASKED
    assert letter.benefits == ()
    assert "Oebufu" in letter.go_to[0]
    assert letter.disagree == ""
    assert "halaman /kasus-keluarga" in letter.see
    assert all(word in letter.see for word in ("JKM-2026-00003", "tanggal lahir Yohanis Taek"))
    assert letter.see_at == ""
    assert letter_pdf(letter).startswith(b"%PDF")


def test_with_a_public_address_the_letter_names_the_page_of_the_family_and_has_a_qr_that_opens_it() -> None:
    told = replace(TOLD, site="https://lopo.contoh.go.id")
    letter = letter_of(told, office=OFFICE, dated=date(2026, 1, 5))
    assert letter.see_at == "https://lopo.contoh.go.id/kasus-keluarga"
    assert letter.see_at in letter.see
    assert "JKM" not in letter.see_at  # the code is asked for; it never travels in an address
    with contextlib.closing(pypdfium2.PdfDocument(letter_pdf(letter))) as paper:
        page = paper[0].render(scale=3).to_pil()
    assert [one.text for one in zxingcpp.read_barcodes(page)] == [letter.see_at]


def test_a_granted_letter_goes_to_the_receiver_and_leaves_the_hospital_apart() -> None:
    own, hospital = Benefit("Santunan", Rupiah(42_000_000), "A"), Benefit("Biaya perawatan", Rupiah(500), "B")
    told = replace(
        TOLD, outcome="dikabulkan", own=(own,), hospital=(hospital, hospital), to_name="Yuliana Benu", number=1
    )
    letter = letter_of(told, office=OFFICE, dated=date(2026, 1, 9))
    assert (letter.to_name, letter.number) == ("Bapak/Ibu Yuliana Benu", "JKM-2026-00003/1")
    assert letter.benefits == (own,)
    assert [one.sentence for one in letter.grounds] == ["Biaya perawatan Rp 1.000 dibayar langsung ke rumah sakit."]
    assert letter.papers == ()


def test_a_refusing_letter_says_each_reason_and_what_one_can_do() -> None:
    told = replace(TOLD, outcome="ditolak", grounds=unmet_of(told_of(judged(5, unpaid=5))[1]), number=1)
    letter = letter_of(told, office=OFFICE, dated=date(2026, 1, 9))
    assert any("gugur" in ground.sentence for ground in letter.grounds)
    assert (letter.go_to, letter.benefits) == ((), ())
    assert "diperiksa lagi" in letter.disagree
    accident = letter_of(replace(told, kind="JKK", died_on=None), office=OFFICE, dated=date(2026, 1, 9))
    assert "Pasal 45" in accident.disagree
    assert accident.to_name == "Bapak/Ibu Yohanis Taek"
