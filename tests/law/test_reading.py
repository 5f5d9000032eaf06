"""Every rule can be read aloud in both languages, and what it was through time is told without a hole."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from lopo.law import LAW, reading
from lopo.law.differences import differences, rule_versions
from lopo.law.errors import Unspoken
from lopo.law.reading import Branch, read_aloud
from lopo.law.vocabulary import TABLE_ROUNDINGS, WORDS

ALL = {rule.place: rule for edition in LAW.laws for rule in edition.rules.values()}


def said(name: str, language: str = "id", on: date = date(2025, 9, 3)) -> tuple[Branch, ...]:
    rule = LAW.law_on(on).rules[name]
    return read_aloud(rule, {argument: f"“{argument}”" for argument, _ in rule.arguments}, language)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_rule_of_every_day_names_all_that_it_rests_on(language: str) -> None:
    for rule in ALL.values():
        branches = read_aloud(rule, {name: f"“{name}”" for name, _ in rule.arguments}, language)
        text = " ".join(f"{branch.when} {branch.gives}" for branch in branches)
        assert all(f"“{name}”" in text for name, _ in rule.arguments), rule.name
        assert "{" not in text
        assert branches[-1].when == ""


def test_a_condition_and_what_it_gives() -> None:
    assert said("jkm_santunan_kematian") == (Branch("“jkm_penuh”", "“jkm_santunan”"), Branch("", "0"))
    assert said("jkm_santunan_kematian", "en") == (Branch("“jkm_penuh”", "“jkm_santunan”"), Branch("", "0"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jkm_total", "“jkm_santunan_kematian” + “jkm_santunan_berkala” + “jkm_biaya_pemakaman”"),
        ("jkm_tidak_gugur", "“bulan_menunggak” paling banyak “batas_menunggak_bulan”"),
        ("jkm_bukan_kecelakaan", "tidak benar bahwa “kecelakaan_kerja”"),
        ("stmb_penuh", "“dasar_manfaat_jkk” × “stmb_persen_hari” ÷ (100 × “stmb_hari_sebulan”), "
                       "dibulatkan ke bilangan terdekat"),
        ("perawatan_rumah_dalam_masa", "“perawatan_rumah_mulai” paling lambat “tanggal_perawatan_rumah” dan "
         "“tanggal_perawatan_rumah” sebelum “perawatan_rumah_bulan” bulan sesudah “perawatan_rumah_mulai”"),
        ("beasiswa_umur", "(umur dalam tahun penuh dari “lahir_anak” pada “hari_beasiswa”) kurang dari "
                          "“beasiswa_umur_batas”"),
    ],
)  # fmt: skip
def test_formulas_in_words(name: str, text: str) -> None:
    assert said(name)[-1].gives == text


def test_codes_have_the_words_that_are_given_for_them() -> None:
    rule = LAW.law_on(date(2025, 9, 3)).rules["perjalanan_laut"]
    assert read_aloud(rule, {"moda_angkutan": "mode", "laut": "sea", "biaya_perjalanan": "cost"}, "en") == (
        Branch("mode = sea", "cost"),
        Branch("", "0"),
    )


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(Unspoken):
        said("jkm_total", "fr")


def test_the_vocabulary_can_be_said_whole() -> None:
    """A word that is added to the law must be added to its reading; min and max and the roundings too."""
    words = reading._WORDS
    assert words["id"].keys() == words["en"].keys()
    assert set(WORDS) | set(TABLE_ROUNDINGS) <= words["id"].keys()


def test_the_versions_of_a_rule_follow_each_other_day_on_day() -> None:
    for name in {rule.name for rule in ALL.values()}:
        versions = rule_versions(LAW, name)
        assert versions
        for one, following in pairwise(versions):
            assert one.last is not None
            assert one.last + timedelta(days=1) == following.first
    assert [version.first for version in rule_versions(LAW, "jkm_penuh")] == [date(2015, 7, 1), date(2025, 1, 1)]
    assert rule_versions(LAW, "tidak_ada") == ()


def test_differences_are_said_in_the_language() -> None:
    days = (date(2018, 1, 1), date(2020, 1, 1))
    found = {one.name: one for one in differences(LAW, *days, "en")}
    assert found["beasiswa_masa_iuran_bulan"].before == "60 months"
    assert {one.name: one for one in differences(LAW, *days)}["beasiswa_masa_iuran_bulan"].before == "60 bulan"


def test_everything_has_a_label_in_english() -> None:
    names = {*LAW.parameters, *LAW.book.facts, *(rule.name for rule in LAW.book.rules)}
    assert sorted(names - LAW.english.keys()) == []
