"""The corners of the engine that the law of today does not need, or that only a mistake reaches."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from lopo.law import LAW, conditions, decide, local
from lopo.law.book import Book, Fact
from lopo.law.cases import Injury
from lopo.law.cover import arrears_limit
from lopo.law.differences import differences
from lopo.law.engine import Law
from lopo.law.errors import LawDefect, WrongType
from lopo.law.parameters import Tiers
from lopo.law.tables import FAULTS
from lopo.law.translation import Given, translate_tree
from lopo.law.vocabulary import known, portion
from tests.law.test_refusals import NUMBERS, book, law, write

DAY = date(2025, 10, 20)


def decided(made: Book, folder: Path, target: str, facts: dict[str, Any]) -> object:
    """The answer of one case, after checking that a table of the same case gives it too."""
    sound = law(made, folder)
    answer = sound.decide(target, facts, DAY)[target]
    table = ibis.memtable({name: [value] for name, value in facts.items()} or {"nomor": [1]})
    rows = sound.compute(target, table, DAY).to_pyarrow().to_pylist()
    assert (rows[0][target], rows[0][FAULTS]) == (answer, None)
    return answer


def halved(upah: int) -> int:
    return upah // 2


def remainder(upah: int) -> int:
    return (0 - upah) % 7


def negated(upah: int) -> int:
    return -upah // 3


def by_product(upah: int, tarif: int) -> int:
    return upah // (2 * tarif)


def rounded_down(upah: int) -> int:
    return portion(upah, 1, 3, "floor")


def rounded_up(upah: int) -> int:
    return portion(upah, 1, 3, "ceiling")


def rounded_half_up(upah: int) -> int:
    return portion(upah, 1, 2, "half_up")


def rounded_half_up_by_three(upah: int) -> int:
    return portion(upah, 2, 3, "half_up")


def with_else(upah: int, aktif: bool) -> int:
    if not aktif:
        return 0
    else:  # noqa: RET505 - a form that rules may have
        return upah


@pytest.mark.parametrize(
    ("function", "facts", "answer"),
    [
        (halved, {"upah": 7}, 3),
        (remainder, {"upah": 10}, 4),
        (negated, {"upah": 10}, -4),
        (by_product, {"upah": 100, "tarif": 20}, 2),
        (rounded_down, {"upah": 11}, 3),
        (rounded_up, {"upah": 10}, 4),
        (rounded_up, {"upah": 9}, 3),
        (rounded_half_up, {"upah": 5}, 3),
        (rounded_half_up_by_three, {"upah": 4}, 3),
        (rounded_half_up_by_three, {"upah": 5}, 3),
        (with_else, {"upah": 5, "aktif": False}, 0),
    ],
)
def test_arithmetic_is_the_same_in_both_forms(
    function: object, facts: dict[str, Any], answer: int, tmp_path: Path
) -> None:
    made = book()
    write(made, function, name="jawaban")
    given = {name: value for name, value in facts.items() if name != "tarif"}
    assert decided(made, tmp_path, "jawaban", given) == answer


def constant() -> int:
    return 7


def test_a_rule_that_rests_on_nothing(tmp_path: Path) -> None:
    made = book()
    write(made, constant)
    assert decided(made, tmp_path, "constant", {}) == 7
    decision = law(made, tmp_path).decide("constant", {}, DAY)
    assert decision.sentences() == ("A rule: Rp 7 (tujuh rupiah) (PP 1/2000 Pasal 2).",)


def no_body() -> int:
    """Say nothing."""


def unreachable(upah: int) -> int:
    return upah
    return 3


def after_both(upah: int) -> int:
    if upah > 3:
        return 1
    else:  # noqa: RET505
        return 2
    return 3


def inverted(upah: int) -> int:
    return ~upah


def mixed(upah: int, masuk: date) -> bool:
    return upah > masuk  # type: ignore[operator]


def ordered_bools(aktif: bool) -> bool:
    return aktif < aktif  # noqa: PLR0124


def min_of_bools(aktif: bool) -> bool:
    return min(aktif, aktif)


def known_of_plain(upah: int) -> bool:
    return known(upah)


def strange(upah: list[int]) -> int:
    return upah[0]


def after_not_known(lahir: date | None, masuk: date) -> bool:
    if not known(lahir):
        return False
    return masuk > lahir


def either_known(lahir: date | None, masuk: date) -> bool:
    return not known(lahir) or masuk > lahir


REFUSED = {
    no_body: "a path ends without return",
    unreachable: "unreachable after return",
    after_both: "both branches return",
    inverted: "Invert is not allowed",
    mixed: "cannot compare date with int",
    ordered_bools: "Lt is not allowed between bool",
    min_of_bools: "needs numbers or days of one kind",
    known_of_plain: "asks about an optional fact only",
    strange: "is none of int, bool, date, str",
}


@pytest.mark.parametrize("function", REFUSED, ids=lambda function: function.__name__)
def test_more_that_is_refused(function: object) -> None:
    with pytest.raises(LawDefect) as refused:
        write(book(), function)
    assert REFUSED[function] in refused.value.message  # type: ignore[index]


@pytest.mark.parametrize("function", [after_not_known, either_known])
def test_an_optional_fact_is_sure_after_it_was_asked(function: object, tmp_path: Path) -> None:
    made = book()
    write(made, function, unit="", name="jawaban")
    sound = law(made, tmp_path)
    facts = {"masuk": DAY, "lahir": None}
    assert sound.decide("jawaban", facts, DAY)["jawaban"] is (function is either_known)
    assert sound.decide("jawaban", {**facts, "lahir": date(2000, 1, 1)}, DAY)["jawaban"] is True


def test_only_a_function_is_a_rule() -> None:
    with pytest.raises(LawDefect, match="must be a plain function"):
        book().rule(label="x", source="PP 1/2000")(lambda upah: upah)


def divided_far(upah: int) -> int:
    return upah * 1_000_000 // 3


def wrong_kind(tarif: bool) -> int:
    return 1 if tarif else 0


@pytest.mark.parametrize(
    ("function", "said"), [(divided_far, "beyond exact division"), (wrong_kind, "takes tarif as bool, but it is int")]
)
def test_a_rule_that_does_not_fit(function: object, said: str, tmp_path: Path) -> None:
    made = book()
    write(made, function)
    with pytest.raises(LawDefect, match=said):
        law(made, tmp_path)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("[a, b]", "names with values expected"),
        ("", "the file is empty"),
        ("tarif: {label: L, unit: Rp, range: 3, days: []}", "a list expected"),
        (
            "tarif: {label: [L], unit: Rp, range: [1, 2], "
            "days: [{from: 2000-01-01, value: 1, source: PP 1/2000, status: read}]}",
            "single value expected",
        ),
        ("tarif: {label: L, unit: Rp, range: [1, 2], days: []}", "no day is given"),
        (NUMBERS.replace("tarif", "upah"), "upah is already the name of a fact"),
    ],
)
def test_more_mistakes_in_numbers(numbers: str, said: str, tmp_path: Path) -> None:
    made = book()
    write(made, constant)
    with pytest.raises(LawDefect, match=said):
        law(made, tmp_path, numbers)


def test_a_parameter_stands_once(tmp_path: Path) -> None:
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "again.yaml").write_text(NUMBERS)
    with pytest.raises(LawDefect, match=r"parameter 'tarif' also stands at again\.yaml:3"):
        law(book(), tmp_path)


def test_a_day_that_is_no_day_is_named(tmp_path: Path) -> None:
    for text in ("besok", "2025-02-30", "20250201"):
        with pytest.raises(WrongType, match="tanggal_klaim was kept as"):
            LAW.read_facts({"tanggal_klaim": text})
    assert LAW.read_facts({"tanggal_berhenti_kerja": None}) == {"tanggal_berhenti_kerja": None}


def test_a_decision_gives_numbers_and_steps_by_name_only() -> None:
    decision = decide("kelas_ahli_waris", {"tingkat_tertinggi": 3}, DAY)
    with pytest.raises(TypeError, match="is no whole number"):
        decision.amount("kelas_ahli_waris")
    with pytest.raises(KeyError):
        decision.step("jkm_total")
    assert decision.sentences()[-1].startswith("- Tingkat ahli waris")


def test_a_body_part_has_another_side_or_none() -> None:
    sides = {"ibu_jari_kanan": "ibu_jari_kiri", "ibu_jari_kiri": "ibu_jari_kanan", "kedua_mata": "kedua_mata"}
    for part, other in sides.items():
        assert Injury(part, 1, left_handed=True).facts()["bagian_tubuh"] == other
        assert Injury(part, 1, left_handed=False).facts()["bagian_tubuh"] == part


@pytest.mark.parametrize(("percent", "accepted"), [(9, False), (10, True), (30, True), (31, False)])
def test_the_scalp_is_ten_to_thirty_percent(percent: int, accepted: bool) -> None:
    injury = Injury("kulit_kepala_terkelupas_tiap_persen", percent, left_handed=False)
    if accepted:
        assert decide("cacat_cedera", injury.facts(), DAY).amount("cacat_cedera") == 10 * percent
    else:
        with pytest.raises(ValueError, match="is not 10 to 30"):
            injury.facts()


def test_what_lies_before_the_law_has_no_number() -> None:
    assert arrears_limit(date(2015, 7, 1)) == 3
    with pytest.raises(LookupError):
        arrears_limit(date(2015, 6, 30))
    with pytest.raises(LookupError):
        Tiers((10,), (1,)).at(9)


def test_what_the_check_would_have_refused_has_no_table_form() -> None:
    tree = ast.parse("(1, 2)", mode="eval").body
    with pytest.raises(AssertionError, match="no table form"):
        translate_tree(tree, LAW.book.rules[0], Given("", ibis.memtable({"a": [1]}), {}, {}))


def test_targets_that_are_no_condition_have_no_reasons() -> None:
    table = ibis.memtable({"penghasilan": [1_000_000]})
    rows = LAW.compute("dasar_manfaat_jkk", table, DAY, reasons="alasan").to_pyarrow().to_pylist()
    assert rows[0]["alasan"] == ""


def test_tables_of_the_law_that_differ_show_the_rows_that_differ(tmp_path: Path) -> None:
    ladder = """
tangga: {label: Ladder, unit: Rp, kind: tiers, range: [0, 99], days: [
  {from: 2000-01-01, source: PP 1/2000, status: read, value: {0: 1, 5: 2, 9: 3}},
  {from: 2010-01-01, source: PP 2/2010, status: read, value: {0: 1, 5: 4, 8: 3}}]}
daftar: {label: List, unit: Rp, kind: entries, range: [0, 99], days: [
  {from: 2000-01-01, until: 2009-12-31, source: PP 1/2000, status: read, value: {a: 1}}]}
"""
    made = book()
    write(made, constant)
    changed = {one.name: one for one in differences(law(made, tmp_path, ladder), date(2000, 1, 1), DAY)}
    assert (changed["tangga"].before, changed["tangga"].after) == ("5: Rp 2, 9: Rp 3", "5: Rp 4, 8: Rp 3")
    assert (changed["daftar"].how, changed["daftar"].before, changed["daftar"].after) == ("dihapus", "a: Rp 1", "")


def test_a_row_that_nothing_refuses_but_of_which_something_is_unknown_is_checked_by_a_person() -> None:
    verdict = local.putusan_penyaringan
    assert verdict(False, False, False, False) == "diterima"
    assert verdict(False, False, False, True) == "perlu_cek"
    for refuses in range(3):
        assert verdict(*(refuses == place for place in range(3)), True) == "ditolak"
    for unknown in range(4):
        assert conditions.perlu_dicek(*(unknown == place for place in range(4)))
    assert not conditions.perlu_dicek(False, False, False, False)


def test_a_law_without_english_labels_speaks_indonesian(tmp_path: Path) -> None:
    made = book()
    write(made, constant)
    assert isinstance(law(made, tmp_path), Law)
    assert law(made, tmp_path).decide("constant", {}, DAY).sentences("en")[0].startswith("A rule: Rp 7 (seven rupiah)")


def test_a_fact_may_name_a_table_that_is_not_in_force(tmp_path: Path) -> None:
    made = book()
    made.declare(Fact("warna", str, "Colour", choices=("merah",), choices_from="daftar"))
    write(made, constant)
    sound = law(made, tmp_path)
    assert sound.law_on(DAY).choices(made.facts["warna"]) == {"merah"}
