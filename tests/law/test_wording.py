"""How a decision is said: both languages, amounts in words, percentages, the tree, HTML, and differences of the law."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lopo.law import LAW, decide
from lopo.law.cases import CoverFacts, JkmFacts
from lopo.law.differences import differences
from lopo.law.engine import Law
from lopo.law.errors import LawDefect, NoLawYet, Unspoken
from lopo.law.explanation import as_html, tree
from lopo.law.parameters import Entries, Tiers
from lopo.law.sources import read_english
from lopo.law.wording import amount_text, english_words, value_text

DAY = date(2025, 10, 20)
EARLY = JkmFacts(CoverFacts(True, 2, 0, tunggakan_lunas=True), kecelakaan_kerja=False).facts()


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (None, "", "tidak diketahui", "unknown"),
        (True, "", "ya", "yes"),
        (False, "", "tidak", "no"),
        (date(2025, 8, 17), "", "17 Agustus 2025", "17 August 2025"),
        (42_000_000, "Rp", "Rp 42.000.000", "Rp 42.000.000"),
        (45, "hari", "45 hari", "45 days"),
        (2026, "", "2026", "2026"),
        (60, "persen", "60 %", "60 %"),
        (45, "permil", "4,5 %", "4.5 %"),
        (400, "permil", "40 %", "40 %"),
        (7_500, "per 100.000", "7,5 %", "7.5 %"),
        (15, "per 100.000", "0,015 %", "0.015 %"),
        (35_000, "per 100.000", "35 %", "35 %"),
        ("menunggak_1", "", "menunggak 1", "menunggak 1"),
        (Tiers((0, 5), (1, 2)), "Rp", "tabel 2 baris", "a ladder of 2 rows"),
        (Entries({"a": 1}), "Rp", "daftar 1 baris", "a table of 1 rows"),
    ],
)
def test_values_in_both_languages(
    value: int | bool | date | str | Tiers | Entries | None, unit: str, indonesian: str, english: str
) -> None:
    assert value_text(value, unit) == indonesian
    assert value_text(value, unit, "en") == english


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (7, "seven"),
        (19, "nineteen"),
        (20, "twenty"),
        (42, "forty-two"),
        (100, "one hundred"),
        (999, "nine hundred ninety-nine"),
        (1000, "one thousand"),
        (16_800, "sixteen thousand eight hundred"),
        (42_000_000, "forty-two million"),
        (1_015_600_000, "one billion fifteen million six hundred thousand"),
        (3_000_000_000_001, "three trillion one"),
        (2 * 10**15, "two quadrillion"),
        (-12, "minus twelve"),
    ],
)
def test_english_number_words(number: int, words: str) -> None:
    assert english_words(number) == words


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_different_numbers_have_different_words(number: int) -> None:
    assert english_words(number) != english_words(number + 1)


def test_only_money_is_said_in_words() -> None:
    assert amount_text(10, "Rp", "en") == "Rp 10 (ten rupiah)"
    assert amount_text(10, "hari", "en") == "10 days"
    assert amount_text(True, "Rp") == "ya"


def test_another_language_is_refused() -> None:
    with pytest.raises(Unspoken) as refused:
        decide("jkm_total", EARLY, DAY).sentences("fr")
    assert refused.value.code == "bahasa_tidak_dikenal"


def test_everything_of_the_statute_has_a_label_in_english() -> None:
    rules = {rule.name for rule in LAW.book.rules if rule.room != "lopo.law.local"}
    used = {name for rule in LAW.book.rules if rule.room != "lopo.law.local" for name, _ in rule.arguments}
    assert (rules | used) - set(LAW.english) == set()
    reasons = [rule for rule in LAW.book.rules if rule.reason is not None]
    assert [rule.name for rule in reasons if rule.reason and not rule.reason.english] == []


def test_an_english_label_of_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "english.yaml"
    file.write_text("penghasilan: Income\npenghasilann: Income\n")
    with pytest.raises(LawDefect, match=r"english\.yaml:2: unknown name 'penghasilann'"):
        read_english(file, {"penghasilan"})
    assert read_english(tmp_path / "absent.yaml", set()) == {}


def test_sentences_in_english() -> None:
    lines = decide("jkm_total", EARLY, DAY).sentences("en")
    assert lines[0] == "JKM: Rp 10.000.000 (ten million rupiah), because:"
    assert "- Month of membership (1 = first covered month): 2 months." in lines
    assert lines[-2] == (
        "The death fell into the first 3 months of membership: only the funeral cost is paid. (Permenaker 1/2025)"
    )
    assert lines[-1].startswith("Still to be confirmed by a lawyer: Lump sum of JKM")


def test_a_step_without_an_english_label_says_the_indonesian_one() -> None:
    unlabelled = Law(LAW.book, LAW.parameters, LAW.instruments)
    decision = unlabelled.decide("nik_kosong", {"nik_keadaan": "kosong"}, DAY)
    assert decision.sentences("en")[0].startswith("NIK kosong: yes")
    assert decision.reasons[0].said("en") == "The NIK is not written."
    assert decision.reasons[0].said() == "NIK tidak tertulis."


def test_a_tree_has_facts_and_numbers_as_leaves() -> None:
    (root,) = tree(decide("jkm_total", EARLY, DAY))
    assert [ground.step.name for ground in root.grounds] == [
        "jkm_santunan_kematian", "jkm_santunan_berkala", "jkm_biaya_pemakaman",
    ]  # fmt: skip
    waiting = list(root.grounds)
    while waiting:
        ground = waiting.pop()
        assert bool(ground.grounds) == (ground.step.kind == "aturan")
        waiting.extend(ground.grounds)


class Balanced(HTMLParser):
    """Counts open tags, gathers the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["id", "en"])
def test_html_says_the_same_and_is_balanced(language: str) -> None:
    decision = decide(("jkm_total", "status_kepesertaan"), EARLY, DAY)
    page = Balanced()
    page.feed(as_html(decision, language))
    assert page.open == []
    for step in decision.steps:
        assert step.caption(language) in page.text
    assert decision.reasons[0].said(language) in page.text
    sure = as_html(decide("iuran_jkm", {}, date(2020, 1, 1)))
    assert "hukum-alasan" not in sure
    assert "hukum-terbuka" not in sure


def test_labels_in_html_and_svg_are_escaped() -> None:
    decision = decide("jkm_total", EARLY, DAY)
    steps = tuple(replace(step, label="<b>&", source="<i>") for step in decision.steps)
    reasons = tuple(replace(reason, sentence="<b>", article="<i>") for reason in decision.reasons)
    page = as_html(replace(decision, steps=steps, reasons=reasons))
    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_differences_between_two_days() -> None:
    found = {one.name: one for one in differences(LAW, date(2024, 12, 31), date(2025, 1, 1))}
    assert found["masa_tunggu_jkm_bulan"].how == "baru"
    assert found["jkm_penuh"].how == "berubah"
    assert found["jkm_penuh"].after.endswith("masa_tunggu_jkm_selesai")
    assert "pemakaman" not in found
    back = {one.name: one for one in differences(LAW, date(2025, 1, 1), date(2024, 12, 31))}
    assert back["masa_tunggu_jkm_bulan"].how == "dihapus"
    assert back["masa_tunggu_jkm_selesai"].after == ""
    assert differences(LAW, DAY, DAY) == ()
    with pytest.raises(NoLawYet):
        differences(LAW, date(2015, 1, 1), DAY)
