"""Papers: what stands in the decree, on the cards, in letters and decisions, and that the cards' codes can be read."""

import dataclasses
import io
import struct
import time
import zlib
from datetime import date

import pytest
import zxingcpp
from python_calamine import CalamineWorkbook

from lopo.basics.calendar import Month
from lopo.basics.money import Rupiah
from lopo.basics.refusal import Impossible, Refused
from lopo.jobs.papers import card_code, setting
from lopo.jobs.papers.cards import CardIssue, CardPaper, batches, cards_pdf, cards_picture, months_text
from lopo.jobs.papers.considerations import Terms, deciding, heeding, recalling
from lopo.jobs.papers.decisions import DecisionPaper, Line, decision_pdf
from lopo.jobs.papers.decree import (
    AnnexName,
    DecreePaper,
    annex_order,
    decree_data,
    decree_pdf,
    people_text,
    summary,
    waiting_order,
)
from lopo.jobs.papers.decree_sheet import decree_xlsx
from lopo.jobs.papers.letters import Benefit, Ground, LetterPaper, NeededPaper, benefits_data, letter_pdf
from lopo.jobs.papers.setting import Office, masked_nik

OFFICE = Office("Pemerintah Kota Kupang", "Wali Kota Kupang", "Dinas Tenaga Kerja Kota Kupang", "Kupang")
HOSTILE = '#panic("x") $x^2$ *b* <a> \\ `c` @d "'


def name(number: int, area: str = "53.71.04.1009", place: int | None = None) -> AnnexName:
    kelurahan = {"53.71.04.1009": "Oebufu", "53.71.04.1010": "Liliba", "53.71.01.1008": "Alak"}[area]
    kecamatan = {"53.71.04": "Oebobo", "53.71.01": "Alak"}[area[:8]]
    return AnnexName(
        f"NAMA {number:05d}",
        f"5371041405{number:06d}",
        "L",
        area,
        kecamatan,
        kelurahan,
        "RT 003/RW 001",
        "Nelayan",
        place,
    )


def decree(chosen: tuple[AnnexName, ...], waiting: tuple[AnnexName, ...] = (), *, draft: bool = False) -> DecreePaper:
    return DecreePaper(
        OFFICE, "400.9/KEP/2025", "Penetapan Penerima Bantuan Iuran", date(2025, 6, 20), "Pekerja rentan 2025",
        Month(2025, 7), Month(2025, 12), Rupiah(16_800), "APBD Provinsi Nusa Tenggara Timur 2025",
        ("Peraturan daerah;",), "", draft, chosen, waiting,
    )  # fmt: skip


def test_the_annex_is_sorted_numbered_masked_and_without_deciles() -> None:
    chosen = (name(3), name(1, "53.71.04.1010"), name(2, "53.71.01.1008"), name(1))
    assert [(n.area_code, n.name) for n in annex_order(chosen)] == [
        ("53.71.01.1008", "NAMA 00002"),
        ("53.71.04.1009", "NAMA 00001"),
        ("53.71.04.1009", "NAMA 00003"),
        ("53.71.04.1010", "NAMA 00001"),
    ]
    rows = decree_data(decree(chosen))["chosen"]
    assert [row[1] for row in rows if len(row) == 2] == [
        "Kecamatan Alak · 1 orang",
        "Kelurahan Alak · 1 orang",
        "Kecamatan Oebobo · 3 orang",
        "Kelurahan Oebufu · 2 orang",
        "Kelurahan Liliba · 1 orang",
    ]
    people = [row for row in rows if len(row) > 2]
    assert [row[0] for row in people] == ["1", "2", "3", "4"]
    assert all(row[2].startswith("5371••••••••") for row in people)
    assert not any("decile" in field.name for field in dataclasses.fields(AnnexName))


def test_the_waiting_list_keeps_the_places_of_each_kecamatan() -> None:
    waiting = (name(9, place=2), name(5, "53.71.01.1008", place=1), name(8, place=1), name(1, place=None))
    assert [n.waiting_place for n in waiting_order(waiting)] == [1, 1, 2, None]
    rows = [row for row in decree_data(decree((), waiting))["waiting"] if len(row) > 2]
    assert [row[0] for row in rows] == ["1", "1", "2", ""]
    assert rows[1][4] == "Oebufu, RT 003/RW 001"


def test_the_summary_counts_by_kecamatan() -> None:
    paper = decree((name(1), name(2)), (name(3, "53.71.01.1008", place=1),))
    assert summary(paper) == (("Alak", 0, 1), ("Oebobo", 2, 0))
    assert people_text(2525) == "2.525 (dua ribu lima ratus dua puluh lima) orang"


def test_a_whole_decree_is_made_in_time_and_always_the_same() -> None:
    paper = decree(tuple(name(n) for n in range(2525)), tuple(name(n, place=n) for n in range(1, 1500)))
    started = time.process_time()
    made = decree_pdf(paper)
    assert time.process_time() - started < 5
    assert made.startswith(b"%PDF-1.7")
    small = decree((name(1),), (name(2, place=1),))
    assert decree_pdf(small) == decree_pdf(small)
    assert decree_pdf(small) != decree_pdf(dataclasses.replace(small, draft=True))


def test_a_decree_without_waiting_list_and_with_strange_names_is_made() -> None:
    strange = dataclasses.replace(name(1), name=HOSTILE, occupation=HOSTILE, nik="12")
    assert decree_pdf(decree((strange,))).startswith(b"%PDF")


def terms(dated: date, first: Month) -> Terms:
    return Terms("Wali Kota Kupang", "X", dated, first, first.plus(5), Rupiah(16_800), "APBD", ("Perda A;",), 2525)


def test_a_decree_rests_only_on_rules_that_stand_that_day() -> None:
    of_2025 = terms(date(2025, 6, 20), Month(2025, 7))
    assert any("Nomor 15 Tahun 2024" in rule for rule in recalling(of_2025))
    assert recalling(of_2025)[-1] == "Perda A;"
    assert [("8 Tahun 2025" in rule) for rule in heeding(of_2025)] == [False, True]
    of_2026 = terms(date(2025, 12, 1), Month(2026, 1))
    assert not any("Nomor 15 Tahun 2024" in rule for rule in recalling(of_2026))
    early = terms(date(2025, 2, 1), Month(2025, 7))
    assert not any("8 Tahun 2025" in rule for rule in heeding(early))


def test_the_decree_says_who_what_from_when_and_who_follows() -> None:
    points = dict(deciding(terms(date(2025, 6, 20), Month(2025, 7))))
    assert "2.525 (dua ribu lima ratus dua puluh lima) orang" in points["Kesatu"]
    assert "Rp 16.800 (enam belas ribu delapan ratus rupiah)" in points["Kedua"]
    assert "Juli 2025 sampai dengan Desember 2025" in points["Kedua"]
    assert "Pasal 11 ayat (4) dan ayat (5)" in points["Ketiga"]


def test_the_sheet_of_the_decree_has_the_same_names_with_text_niks() -> None:
    paper = decree((name(2), name(1)), (name(3, place=1),))
    book = CalamineWorkbook.from_filelike(io.BytesIO(decree_xlsx(paper)))
    assert book.sheet_names == ["Ringkasan", "Lampiran I", "Lampiran II"]
    rows = book.get_sheet_by_name("Lampiran I").to_python(skip_empty_area=False)
    assert [row[1] for row in rows[5:]] == ["NAMA 00001", "NAMA 00002"]
    assert rows[5][2] == "5371••••••••0001"
    whole = CalamineWorkbook.from_filelike(io.BytesIO(decree_xlsx(paper, whole_nik=True)))
    assert whole.get_sheet_by_name("Lampiran II").to_python(skip_empty_area=False)[5][:3] == [
        1.0,
        "NAMA 00003",
        "5371041405000003",
    ]


# ------------------------------------------------------------------------------------------------------- cards
ISSUE = CardIssue(
    OFFICE, "Pekerja Rentan Kota Kupang 2025", Month(2025, 7), Month(2025, 12), date(2025, 8, 20), "telepon 175"
)


def card(number: int, who: str = "YOHANIS TAEK") -> CardPaper:
    return CardPaper(who, f"2507{number:07d}", "Oebufu")


def test_the_codes_of_a_printed_page_can_be_read_back() -> None:
    cards = tuple(card(n * 7919) for n in range(10))
    found = zxingcpp.read_barcodes(grey(cards_picture(cards, ISSUE, ppi=110)), formats=zxingcpp.BarcodeFormat.QRCode)
    assert sorted(card_code.kpj_of(code.text) for code in found) == [one.kpj for one in cards]


def test_a_code_says_nothing_but_the_number_and_its_check() -> None:
    assert card_code.card_text("25071234567") == f"LOPO/1/25071234567/{card_code.check_digits('25071234567')}"
    assert int("25071234567" + card_code.check_digits("25071234567")) % 97 == 1


def test_every_wrong_digit_and_every_swap_of_neighbours_is_found() -> None:
    text = card_code.card_text("25071234567")
    for at in range(7, 18):
        for digit in "0123456789":
            if digit != text[at]:
                with pytest.raises(Refused):
                    card_code.kpj_of(text[:at] + digit + text[at + 1 :])
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if at < 17 and swapped != text:
            with pytest.raises(Refused):
                card_code.kpj_of(swapped)


@pytest.mark.parametrize("text", ["", "25071234567", "LOPO/2/25071234567/12", "LOPO/1/2507123456/12", "LOPO/1/x"])
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        card_code.kpj_of(text)


@pytest.mark.parametrize("kpj", ["", "2507123456", "2507123456x", "٢٥٠٧١٢٣٤٥٦٧"])
def test_a_card_with_a_number_that_is_none_is_not_printed(kpj: str) -> None:
    with pytest.raises(Refused):
        cards_pdf((CardPaper("A", kpj, "Oebufu"),), ISSUE)


def test_cards_are_printed_in_batches_and_in_time() -> None:
    cards = [card(n, HOSTILE if n % 2 else "MARIA GORETI BENU NENOBAIS-TAKENE BHOKI LERO WONGA") for n in range(300)]
    parts = list(batches(cards, 125))
    assert [len(part) for part in parts] == [125, 125, 50]
    started = time.process_time()
    made = [cards_pdf(part, ISSUE) for part in parts]
    assert time.process_time() - started < 20 * 300 / 2525 + 1
    assert all(one.startswith(b"%PDF") for one in made)
    assert len(cards_pdf(parts[2], dataclasses.replace(ISSUE, backs=False))) < len(made[2])


def test_months_in_words() -> None:
    assert months_text(Month(2025, 7), Month(2025, 12)) == "Juli – Desember 2025"
    assert months_text(Month(2025, 7), Month(2026, 6)) == "Juli 2025 – Juni 2026"
    assert months_text(Month(2025, 7), Month(2025, 7)) == "Juli 2025"


# ---------------------------------------------------------------------------------------------- letters, decisions
BENEFITS = (
    Benefit("Santunan kematian", Rupiah(20_000_000), "PP 82/2019"),
    Benefit("Santunan berkala", Rupiah(12_000_000), "PP 82/2019"),
    Benefit("Biaya pemakaman", Rupiah(10_000_000), "PP 82/2019"),
)
LETTER = LetterPaper(
    OFFICE, "400.9/1/2026", date(2026, 1, 8), "Yuliana Benu", "Kelurahan Oebufu", "keluarga", "Santunan kematian",
    "JKM-2026-0003", "dikabulkan", ("Kami turut berduka cita.", HOSTILE), BENEFITS,
    (Ground("Iuran dibayar.", "PP 44/2015 Pasal 34"),),
    (NeededPaper("Akta kematian", True), NeededPaper("KTP", False)), ("Kantor Kelurahan Oebufu.",), date(2026, 2, 1),
    "Tanyakan kepada kami.", "Kepala Dinas", "",
)  # fmt: skip


def test_a_letter_says_the_sum_in_figures_and_words() -> None:
    data = benefits_data(BENEFITS)
    assert (data["total"], data["total_words"]) == ("Rp 42.000.000", "empat puluh dua juta rupiah")
    assert letter_pdf(LETTER).startswith(b"%PDF")


def test_a_refusing_letter_and_one_still_open_are_made() -> None:
    refusing = dataclasses.replace(LETTER, outcome="ditolak", benefits=(), papers=(), by=None, disagree="", go_to=())
    asking = dataclasses.replace(LETTER, outcome="diperiksa")
    made = {letter_pdf(LETTER), letter_pdf(refusing), letter_pdf(asking)}
    assert len(made) == 3


def decision(granted: bool) -> DecisionPaper:
    line = Line("Santunan JKM", "Rp 20.000.000", "PP 82/2019", "reported")
    return DecisionPaper(
        OFFICE, date(2026, 1, 9), "JKM-2026-0003", "Keputusan jaminan kematian", granted, "Yohanis Taek",
        "5371041405800017", "25071234567", (Line("Kejadian", "12 November 2025"),), BENEFITS if granted else (),
        () if granted else (Ground("Kepesertaan belum berlaku.", "PP 44/2015 Pasal 11 ayat (5)"),),
        (Line("Bulan ke-", "5"),), (line, line), (line,), date(2025, 11, 12), "edisi 3", "66acdc5f", "Rina",
        date(2026, 1, 8),
    )  # fmt: skip


def test_a_decision_is_made_granted_or_not_and_names_an_unknown_status() -> None:
    assert decision_pdf(decision(granted=True)) != decision_pdf(decision(granted=False))
    strange = dataclasses.replace(decision(granted=True), steps=(Line("a", "b", "c", "surely"),))
    with pytest.raises(KeyError):
        decision_pdf(strange)


# --------------------------------------------------------------------------------------------------- the setting
def test_niks_are_masked() -> None:
    assert masked_nik("5371041405800017") == "5371••••••••0017"
    assert masked_nik("53710414058001") == "•" * 14
    assert masked_nik("") == ""


def test_an_offices_own_mark_is_set_and_anything_else_refused() -> None:
    mark = (setting.FOLDER / "roof.svg").read_bytes()
    with_mark = dataclasses.replace(LETTER, office=dataclasses.replace(OFFICE, mark=mark))
    assert letter_pdf(with_mark) != letter_pdf(LETTER)
    for wrong in (b"GIF89a", b"<svg" + b" " * setting.LARGEST_MARK):
        with pytest.raises(Refused):
            dataclasses.replace(OFFICE, mark=wrong).data()


def test_a_template_without_its_data_stops() -> None:
    with pytest.raises(Impossible):
        setting.set_pdf("letter", {"office": OFFICE.data()}, on=date(2026, 1, 1))


def grey(png: bytes) -> memoryview:
    """The red channel of an 8-bit RGBA picture as rows of bytes, read without a picture library."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 6)
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(packed)
    above, rows = bytes(width), bytearray()
    for y in range(height):
        start = y * (width * 4 + 1)
        above = unfiltered(raw[start], raw[start + 1 : start + 1 + width * 4 : 4], above)
        rows += above
    return memoryview(rows).cast("B", shape=[height, width])


def unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    """One row of one channel with the filter of PNG undone (0 none, 1 left, 2 up, 3 mean, 4 Paeth)."""
    if kind == 2:
        return bytes((x + b) & 255 for x, b in zip(row, above, strict=True))
    out, left, corner = bytearray(), 0, 0
    for x, b in zip(row, above, strict=True):
        guess = left + b - corner
        paeth = min((left, b, corner), key=lambda one: abs(guess - one))
        left = (x + (0, left, b, (left + b) // 2, paeth)[kind]) & 255
        corner = b
        out.append(left)
    return bytes(out)
