"""The page of the law, which anybody may open: without signing in no page touches the database at all."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from lopo.law import LAW
from lopo.law.book import Fact
from lopo.web.law_forms import WholeField, field_for
from lopo.web.law_notes import note_said
from lopo.web.law_sums import BY_CODE, FAMILIES, ROWS, SUMS, Sum, rows_for
from lopo.web.law_words import CODES, code_word
from tests.web.conftest import SignedIn

DAY = "2025-09-03"
JKM = {"nomor_terbit": "ya", "bulan_kepesertaan": "8", "bulan_menunggak": "0", "tunggakan_lunas": "ya",
       "kecelakaan_kerja": "tidak"}  # fmt: skip
BROWSE = ("/hukum/", "/hukum/aturan", "/hukum/peraturan", "/hukum/perubahan", "/hukum/dipastikan", "/hukum/cari?cari=x",
          "/hukum/hitung/", "/hukum/hitung/tenggat", "/hukum/hitung/jkm", "/hukum/jkm_total", "/hukum/pemakaman",
          "/hukum/penghasilan")  # fmt: skip
EDITIONS = tuple(law.edition.first for law in LAW.laws)


@pytest.fixture
def anybody() -> Client:
    """Somebody who is not signed in; these tests may not open the database, so a query would fail them."""
    return Client()


def page(client: Client, address: str, status: int = 200, **asked: str) -> str:
    tail = ("&" if "?" in address else "?") + urlencode(asked) if asked else ""
    answer = client.get(address + tail)
    assert answer.status_code == status, (address, answer.content[:500])
    return answer.content.decode()


def result(client: Client, code: str, status: int = 200, **asked: str) -> str:
    return page(client, f"/hukum/hitung/{code}", status, **{"hari": DAY, "hitung": "1", **asked})


def amount(text: str) -> str:
    return text.split('class="sum">')[1].partition("<")[0]


def example(one: Sum, **other: str) -> dict[str, str]:
    return {**one.example, **other}


@pytest.mark.parametrize("address", BROWSE)
@pytest.mark.parametrize("language", ["id", "en"])
def test_anybody_may_read_in_both_languages(anybody: Client, address: str, language: str) -> None:
    anybody.cookies["django_language"] = language
    text = page(anybody, address)
    assert f'<html lang="{language}"' in text
    assert "style=" not in text, "the content policy forbids inline styles"
    assert "<script>" not in text


def test_a_signed_in_page_costs_as_little_as_its_frame(signed_in: SignedIn, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in("tamu")
    for address in BROWSE:
        with django_assert_num_queries(3):  # session, officer, duties
            page(client, address)


def test_numbers_of_a_day_stand_whole_with_their_tables(anybody: Client) -> None:
    text = page(anybody, "/hukum/")
    assert "Base" not in text
    assert text.count("≥ Rp") == 33, "all brackets of the base"
    assert "penglihatan warna" in text
    assert "Masa tunggu JKM penuh" in text
    assert "Masa tunggu JKM penuh" not in page(anybody, "/hukum/", hari="2018-01-01")


@pytest.mark.parametrize("day", ["besok", "1990-01-01", "9999-12-31", "2025-02-30", "2025-09-03' OR 1=1", "0001-01-01"])
@pytest.mark.parametrize("address", ["/hukum/", "/hukum/aturan", "/hukum/jkm_total", "/hukum/hitung/stmb"])
def test_a_silly_day_is_told_at_its_field_and_today_is_shown(anybody: Client, address: str, day: str) -> None:
    text = page(anybody, address, hari=day)
    assert 'class="field wrong"' in text
    assert "OR 1=1" not in text.replace(escape("2025-09-03' OR 1=1"), "")


@pytest.mark.parametrize("day", EDITIONS)
def test_every_rule_number_and_fact_has_its_page_on_every_edition(anybody: Client, day: date) -> None:
    law = LAW.law_on(day)
    names = [*law.rules, *law.parameters, *(fact.name for fact in law.facts.values())]
    fresh = names if day == EDITIONS[-1] else [name for name in names if name in law.rules][::4]
    for name in fresh:
        text = page(anybody, f"/hukum/{name}", hari=day.isoformat())
        assert name in text
        assert "Ini tidak berlaku" not in text


def test_a_rule_tells_what_it_uses_who_uses_it_and_how_it_read_before(anybody: Client) -> None:
    text = page(anybody, "/hukum/jkm_penuh", hari=DAY)
    assert "“Hak atas JKM ada” dan “Tidak ada tunggakan" in text
    assert "/hukum/masa_tunggu_jkm_selesai?hari=" in text
    assert "/hukum/jkm_santunan_kematian?hari=" in text
    assert "31 Des 2024" in text
    assert "def jkm_penuh_2025(" in text
    assert "/hukum/hitung/jkm?hari=" in text
    number = page(anybody, "/hukum/jkm_santunan", hari="2018-01-01")
    assert "Rp 16.200.000" in number
    assert "Rp 20.000.000" in number


def test_a_fact_tells_what_can_be_answered(anybody: Client) -> None:
    for name, says in (
        ("nomor_terbit", "Ya atau tidak."), ("tanggal_klaim", "Sebuah tanggal."),
        ("moda_angkutan", "darat, laut, udara"), ("bulan_menunggak", "0 bulan – 1200 bulan"),
    ):  # fmt: skip
        assert says in page(anybody, f"/hukum/{name}"), name


def test_what_is_not_law_on_the_day_says_so_and_shows_when(anybody: Client) -> None:
    text = page(anybody, "/hukum/masa_tunggu_jkm_bulan", hari="2018-01-01")
    assert "Ini tidak berlaku pada tanggal yang dipilih" in text
    assert "?hari=2025-01-01" in text
    assert "Ini tidak berlaku" in page(anybody, "/hukum/stmb_hari_tahap_2", hari=DAY)


@pytest.mark.parametrize("name", ["tidak_ada", "..%2f..%2fetc", "<script>", "jkm_total'--", "__class__", "%00"])
def test_an_unknown_name_is_page_404(anybody: Client, name: str) -> None:
    assert "<script>alert" not in page(anybody, f"/hukum/{name}", 404)
    assert anybody.get(f"/hukum/{name}/graf.svg?hari={DAY}").status_code == 404
    assert anybody.get(f"/hukum/hitung/{name}").status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_drawing_is_a_whole_picture_without_styles(anybody: Client, language: str) -> None:
    answer = anybody.get(f"/hukum/jkk_kecelakaan_lengkap/graf.svg?hari={DAY}&bahasa={language}")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "style" not in answer.content.decode()
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own drawing
    assert len(root.findall("{http://www.w3.org/2000/svg}g")) > 20
    for wrong in ("hari=besok", "hari=1990-01-01", ""):
        assert anybody.get(f"/hukum/jkm_total/graf.svg?{wrong}").status_code == 404
    assert anybody.get(f"/hukum/pemakaman/graf.svg?hari={DAY}").status_code == 404, "a number has no drawing"


def test_search_finds_by_name_label_article_english_and_row(anybody: Client) -> None:
    for wanted, found in (
        ("masa_tunggu", "/hukum/masa_tunggu_jkm_selesai"), ("pemakaman", "/hukum/pemakaman"),
        ("Permenaker 1/2025", "/hukum/masa_tunggu_jkm_bulan"), ("waiting period", "/hukum/masa_tunggu_jkm_bulan"),
        ("telunjuk", "/hukum/cacat_anatomis"), ("PEMAKAMAN biaya", "/hukum/jkm_biaya_pemakaman"),
    ):  # fmt: skip
        assert found in page(anybody, "/hukum/cari", cari=wanted), wanted


def test_search_goes_on_to_other_days_when_the_day_has_nothing(anybody: Client) -> None:
    text = page(anybody, "/hukum/cari", cari="beasiswa_sekaligus", hari=DAY)
    assert "Pada tanggal ini tidak ada" in text
    assert '/hukum/beasiswa_sekaligus?hari=2015-07-01"' in text


@pytest.mark.parametrize("wanted", ["", "zzz", "<script>alert(1)</script>", "%_%", "x" * 5000, "q\x00z"])
def test_a_search_for_nothing_says_what_to_do(anybody: Client, wanted: str) -> None:
    text = page(anybody, "/hukum/cari", cari=wanted)
    assert "Tidak ada yang cocok" in text
    assert "<script>alert" not in text


def test_the_log_of_changes_names_days_instruments_and_values(anybody: Client) -> None:
    text = page(anybody, "/hukum/perubahan")
    assert "2 Desember 2019" in text
    assert "Rp 16.200.000" in text
    assert "PP 82/2019" in text
    assert text.index("1 Januari 2026") < text.index("2 Desember 2019")


def test_two_days_are_compared_and_two_alike_say_so(anybody: Client) -> None:
    text = page(anybody, "/hukum/perubahan", dari="2018-01-01", sampai="2025-02-01")
    assert "Masa tunggu JKM penuh" in text
    assert "Permenaker 1/2025" in text
    assert "Tidak ada yang berubah" in page(anybody, "/hukum/perubahan", dari="2018-01-01", sampai="2018-05-01")
    wrong = page(anybody, "/hukum/perubahan", dari="1990-01-01", sampai="kapan")
    assert "Ada yang perlu dibetulkan" in wrong
    early = page(anybody, "/hukum/perubahan", dari="1990-01-01", sampai=DAY)
    assert "belum ada hukum" in early


def test_open_questions_and_instruments_go_out_as_files(anybody: Client) -> None:
    shown = page(anybody, "/hukum/dipastikan", hari=DAY)
    answer = anybody.get(f"/hukum/dipastikan?hari={DAY}&unduh=csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="perlu-dipastikan-{DAY}.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert f"<strong>{len(rows) - 1}</strong> baris" in shown
    law = LAW.law_on(date.fromisoformat(DAY))
    unread = [rule for rule in law.rules.values() if rule.status != "read"]
    unread_numbers = [version for _parameter, version in law.parameters.values() if version.status != "read"]
    assert len(rows) - 1 == len(unread) + len(unread_numbers)
    book = CalamineWorkbook.from_filelike(io.BytesIO(anybody.get("/hukum/peraturan?unduh=xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == len(LAW.instruments) + 1
    assert anybody.get("/hukum/peraturan?unduh=exe").headers["Content-Type"].startswith("text/html")


def test_every_sum_offers_an_example_that_has_an_answer(anybody: Client) -> None:
    offered = page(anybody, "/hukum/hitung/")
    for one in SUMS:
        assert f"/hukum/hitung/{one.code}" in offered
        assert amount(result(anybody, one.code, **example(one))), one.code
    assert {one.family for one in SUMS} == {code for code, _title in FAMILIES}


@pytest.mark.parametrize("day", EDITIONS)
def test_every_sum_asks_its_questions_on_every_edition_or_says_that_it_is_not_there(anybody: Client, day: date) -> None:
    for one in SUMS:
        text = page(anybody, f"/hukum/hitung/{one.code}", hari=day.isoformat())
        there = bool(one.in_force(LAW.law_on(day)))
        assert ('name="hitung"' in text) == there, one.code
        assert ("Belum ada pada tanggal ini" in text) == (not there)


@pytest.mark.parametrize(
    ("code", "other", "says"),
    [
        ("jkm", {}, "Rp 42.000.000"),
        ("jkm", {"bulan_kepesertaan": "2"}, "Rp 10.000.000"),
        ("jkm", {"bulan_menunggak": "4"}, "Rp 0"),
        ("jkm", {"hari": "2018-01-01"}, "Rp 24.000.000"),
        ("jkk-meninggal", {}, "Rp 70.000.000"),
        ("stmb", {"hari_stmb": "361"}, "Rp 12.016.667"),
        ("cacat-sebagian", {"kidal": "ya"}, "Rp 5.600.000"),
        ("cacat-sebagian", {"cedera-1-bagian_tubuh": "ibu_jari_kaki", "cedera-1-jumlah_cedera": "1"}, "Rp 11.200.000"),
        ("iuran", {"penghasilan": "Rp 1.100.000"}, "Rp 18.800"),
        ("iuran", {"hari": "2026-02-10", "dibayar_apbd": "tidak", "sektor": "transportasi"}, "Rp 8.400"),
        ("angkutan", {"perjalanan-0-moda_angkutan": "darat"}, "Rp 2.400.000"),
        ("beasiswa-jkm", {"bulan_iuran_dibayar": "35"}, "Rp 0"),
        ("beasiswa-jkm", {}, "Rp 4.500.000"),
        ("terlambat", {}, "Rp 5.880.000"),
        ("keadaan", {"bulan_menunggak": "2"}, "menunggak 2 bulan"),
        ("ahli-waris", {"keluarga-0-kerabat_hidup": "tidak"}, "orang tua, kakek, nenek atau cucu"),
    ],
)
def test_sums_by_hand(anybody: Client, code: str, other: dict[str, str], says: str) -> None:
    assert amount(result(anybody, code, **example(BY_CODE[code], **other))) == says


def test_an_answer_comes_in_words_with_its_tree_sentences_and_doubts(anybody: Client) -> None:
    text = result(anybody, "jkm", **JKM)
    assert "empat puluh dua juta rupiah" in text
    assert '<ul class="tree"><li class="rule"><details open><summary>' in text
    assert '<a href="/hukum/berkala_bulan?hari=2025-09-03">' in text
    assert "Permenaker 1/2025" in text
    assert "Santunan berkala JKM" in text
    anybody.cookies["django_language"] = "en"
    english = result(anybody, "jkm", **JKM)
    assert "forty-two million rupiah" in english
    assert "Periodic benefit of JKM" in english


def test_a_refusal_names_its_reason(anybody: Client) -> None:
    text = result(anybody, "jkm", **{**JKM, "nomor_terbit": "tidak"})
    assert amount(text) == "Rp 0"
    assert "nomor peserta belum terbit" in text
    child = result(anybody, "beasiswa-jkm", **example(BY_CODE["beasiswa-jkm"], **{"anak-0-anak_menikah": "ya"}))
    assert amount(child) == "Rp 3.000.000"
    assert "Anak sudah menikah" in child


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("bulan_kepesertaan", "", "Isi dahulu bagian ini."),
        ("bulan_kepesertaan", "9999", "Paling banyak 1200 bulan."),
        ("bulan_kepesertaan", "-1", "Tulis bilangan bulat"),
        ("bulan_kepesertaan", "2.5", "Tulis bilangan bulat"),
        ("bulan_kepesertaan", "1e3", "Tulis bilangan bulat"),
        ("bulan_kepesertaan", "١٢", "Tulis bilangan bulat"),
        ("bulan_kepesertaan", "9" * 400, "Tulis bilangan bulat"),
        ("nomor_terbit", "mungkin", "Pilih salah satu dari daftar."),
        ("nomor_terbit", "<b>", "Pilih salah satu dari daftar."),
        ("kecelakaan_kerja", "", "Isi dahulu bagian ini."),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_question(anybody: Client, field: str, value: str, says: str) -> None:
    text = result(anybody, "jkm", 422, **{**JKM, field: value})
    assert says in text
    assert f'href="#t-{field}"' in text
    assert 'class="sum"' not in text
    assert "<b>" not in text


def test_what_the_law_itself_refuses_is_told_beside_its_question(anybody: Client) -> None:
    scalp = {"cedera-0-bagian_tubuh": "kulit_kepala_terkelupas_tiap_persen", "cedera-0-jumlah_cedera": "5"}
    text = result(anybody, "cacat-sebagian", 422, **example(BY_CODE["cacat-sebagian"], **scalp))
    assert "Nilai ini di luar batas yang dikenal hukum." in text
    assert 'href="#t-cedera-0-jumlah_cedera"' in text


@pytest.mark.parametrize("day", ["0900-01-01", "2101-01-01", "2025-13-01", "kemarin"])
def test_days_beyond_the_calendar_are_told(anybody: Client, day: str) -> None:
    text = result(anybody, "penyakit-akibat-kerja", 422, penyakit_akibat_kerja="ya", tanggal_klaim=day)
    assert 'href="#t-tanggal_klaim"' in text
    late = result(anybody, "terlambat", jumlah_manfaat="1.000.000", tanggal_dibayar="2100-12-31")
    assert amount(late).startswith("Rp ")


def test_a_half_written_row_is_asked_for_and_an_empty_one_is_not(anybody: Client) -> None:
    half = example(BY_CODE["angkutan"], **{"perjalanan-1-moda_angkutan": "darat"})
    text = result(anybody, "angkutan", 422, **half)
    assert 'href="#t-perjalanan-1-biaya_perjalanan"' in text
    blank = {"perjalanan-1-moda_angkutan": "", "perjalanan-1-biaya_perjalanan": " "}
    assert amount(result(anybody, "angkutan", **example(BY_CODE["angkutan"], **blank))) == "Rp 2.000.000"


def test_what_is_asked_once_for_all_rows_is_asked_only_where_there_is_a_row(anybody: Client) -> None:
    assert amount(result(anybody, "jkk", **example(BY_CODE["jkk"]))) == "Rp 15.300.000"
    care = {"rumah-0-faktur_terkait": "ya", "rumah-0-biaya_faktur": "1.000", "rumah-0-tanggal_perawatan_rumah": DAY}
    text = result(anybody, "jkk", 422, **example(BY_CODE["jkk"], **care))
    assert 'href="#t-perawatan_rumah_mulai"' in text
    full = result(anybody, "jkk", **example(BY_CODE["jkk"], **care, perawatan_rumah_mulai=DAY))
    assert amount(full) == "Rp 15.301.000"
    without = {name: value for name, value in BY_CODE["jkk"].example.items() if name != "kidal"}
    assert 'href="#t-kidal"' in result(anybody, "jkk", 422, **without)


def test_one_more_row_is_given_and_what_was_written_is_kept(anybody: Client) -> None:
    asked = example(BY_CODE["angkutan"], hari=DAY, tambah="perjalanan")
    text = page(anybody, "/hukum/hitung/angkutan", **asked)
    assert 'name="perjalanan-1-biaya_perjalanan"' in text
    assert 'value="2.400.000"' in text
    assert 'class="sum"' not in text
    many = {f"perjalanan-{n}-biaya_perjalanan": "1" for n in range(99)}
    full = page(anybody, "/hukum/hitung/angkutan", tambah="perjalanan", **many)
    assert 'name="perjalanan-19-biaya_perjalanan"' in full
    assert 'name="perjalanan-20-biaya_perjalanan"' not in full


def test_a_row_that_was_emptied_leaves_no_hole(anybody: Client) -> None:
    moved = {"perjalanan-0-moda_angkutan": "", "perjalanan-0-biaya_perjalanan": "",
             "perjalanan-7-moda_angkutan": "darat", "perjalanan-7-biaya_perjalanan": "350000"}  # fmt: skip
    text = result(anybody, "angkutan", **example(BY_CODE["angkutan"], **moved))
    assert amount(text) == "Rp 350.000"
    assert 'name="perjalanan-0-biaya_perjalanan" value="350000"' in text


def test_the_law_with_another_number_stands_beside_it(anybody: Client) -> None:
    early = {**JKM, "bulan_kepesertaan": "2"}
    text = result(anybody, "jkm", **early, andai="masa_tunggu_jkm_bulan", andai_nilai="1")
    assert amount(text) == "Rp 10.000.000"
    assert "Rp 32.000.000" in text
    for value, says in (("0", "Antara 1 bulan dan 12 bulan"), ("", "Tulis nilainya"), ("x", "Tulis bilangan bulat")):
        wrong = result(anybody, "jkm", **early, andai="masa_tunggu_jkm_bulan", andai_nilai=value)
        assert says in wrong
    assert "Pilih salah satu" in result(anybody, "jkm", **early, andai="cacat_anatomis", andai_nilai="1")
    assert LAW.law_on(date(2025, 9, 3)).parameters["masa_tunggu_jkm_bulan"][1].value == 3, "the law itself stays"


def test_deadlines_count_working_days_and_hours(anybody: Client) -> None:
    def due(status: int = 200, **asked: str) -> str:
        return page(anybody, "/hukum/hitung/tenggat", status, hitung="1", **asked)

    assert amount(due(batas="bayar-jkm", mulai="2025-09-03")) == "9 September 2025", "Friday 5 September is Maulid"
    assert amount(due(batas="laporan-1", mulai="2025-09-03", jam="22:15")) == "5 September 2025 pukul 22.15"
    assert "Tulis jamnya" in due(422, batas="laporan-1", mulai="2025-09-03")
    assert "Batas ini baru ada sejak 1 Nov 2023" in due(422, batas="dugaan-kecelakaan", mulai="2020-01-01")
    assert "Pilih salah satu" in due(422, batas="besok", mulai="2025-09-03")
    assert "Isi dahulu" in due(422)
    assert amount(due(batas="iuran", mulai="2100-12-31"))


def test_whole_numbers_are_read_as_people_write_them() -> None:
    field = WholeField(0, 10**12, "Rp", label="Biaya")
    for text in ("3000000", "3.000.000", "Rp 3.000.000", "rp3.000.000", "3,000,000", " Rp. 3 000 000 "):
        assert field.clean(text) == 3_000_000, text


def test_every_fact_of_the_law_can_be_asked_and_every_gathered_fact_has_its_rows() -> None:
    law = LAW.laws[-1]
    for fact in law.facts.values():
        assert field_for(fact, law).label
    asked = {fact.name for one in SUMS for fact in law.plan(one.in_force(law)).facts}
    gathered = {fact for rows in rows_for(asked) for fact in rows.facts}
    assert gathered <= asked | {fact for rows in ROWS for fact in rows.facts}
    assert isinstance(law.facts["bagian_tubuh"], Fact)


def test_every_code_of_the_law_has_its_english() -> None:
    codes = {code for law in LAW.laws for fact in law.facts.values() if fact.kind is str for code in law.choices(fact)}
    with translation.override("en"):
        same = sorted(code for code in codes if code_word(code) == code.replace("_", " "))
    assert same == ["transport"] if "transport" in codes else same == []
    assert len(set(CODES)) == len(CODES)


def test_every_note_for_the_lawyer_is_in_indonesian(anybody: Client) -> None:
    versions = [version for parameter in LAW.parameters.values() for version in parameter.versions]
    notes = {one.note for one in (*versions, *LAW.instruments.values()) if one.note}
    with translation.override("id"):
        assert sorted(note for note in notes if note_said(note) == note) == []
    assert "Hanya satu sumber." in page(anybody, "/hukum/dipastikan", hari=DAY)
    anybody.cookies["django_language"] = "en"
    assert "One source only." in page(anybody, "/hukum/dipastikan", hari=DAY)


def test_the_door_shows_the_way_to_the_law(anybody: Client) -> None:
    assert 'href="/hukum/hitung/"' in page(anybody, "/masuk")
