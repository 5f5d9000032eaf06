"""What the law room refuses at import: rules beyond the whitelist, and YAML that a typing mistake has spoiled."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lopo.law.book import Book, Fact, Reason
from lopo.law.engine import Law
from lopo.law.errors import LawDefect
from lopo.law.parameters import read_parameters
from lopo.law.sources import read_instruments
from lopo.law.vocabulary import known, portion

SOURCES = """
PP 1/2000:
  title: A law
  in_force: 2000-01-01
  changed_by: [PP 2/2010]
  status: read
PP 2/2010: {title: Its change, in_force: 2010-01-01, status: reported}
"""
NUMBERS = """
tarif:
  label: A rate
  unit: persen
  range: [1, 100]
  days:
    - {from: 2000-01-01, value: 10, source: PP 1/2000 Pasal 1, status: read}
    - {from: 2010-01-01, value: 20, source: PP 2/2010 Pasal 1, status: reported}
"""
CAPTION: dict[str, Any] = {"label": "A rule", "source": "PP 1/2000 Pasal 2", "unit": "Rp"}


def book() -> Book:
    made = Book()
    made.declare(
        Fact("upah", int, "Wage", unit="Rp"),
        Fact("lahir", date, "Born", optional=True),
        Fact("masuk", date, "Entered"),
        Fact("aktif", bool, "Active"),
    )
    return made


def law(made: Book, folder: Path, numbers: str = NUMBERS, sources: str = SOURCES) -> Law:
    (folder / "parameters").mkdir(exist_ok=True)
    (folder / "sources.yaml").write_text(sources)
    (folder / "parameters" / "numbers.yaml").write_text(numbers)
    return Law.read(made, folder)


def write(made: Book, function: Any, **more: Any) -> None:  # noqa: ANN401 - anything may be refused
    made.rule(**{**CAPTION, **more})(function)


def iuran(upah: int, tarif: int) -> int:
    return portion(upah, tarif, 100, "floor")


def test_a_sound_rule_is_taken(tmp_path: Path) -> None:
    made = book()
    write(made, iuran)
    sound = law(made, tmp_path)
    assert sound.decide("iuran", {"upah": 999}, date(2005, 1, 1)).values == {"iuran": 99}
    assert sound.decide("iuran", {"upah": 999}, date(2010, 1, 1)).values == {"iuran": 199}
    assert [edition.first for edition in sound.editions()] == [date(2000, 1, 1), date(2010, 1, 1)]


def loop(upah: int) -> int:
    for _ in range(3):
        upah += 1
    return upah


def slash(upah: int) -> int:
    return upah / 2  # type: ignore[return-value]


def with_float(upah: int) -> int:
    return upah * 0.5  # type: ignore[return-value]


def foreign_call(upah: int) -> int:
    return round(upah)  # noqa: RUF057


def foreign_name(upah: int) -> int:
    return upah + len(NUMBERS)


def global_number(upah: int) -> int:
    return upah + LIMIT


LIMIT = 3


def local_variable(upah: int) -> int:
    half = upah // 2
    return half  # noqa: RET504


def no_return(upah: int) -> int:  # type: ignore[return]  # noqa: RET503
    if upah > 3:
        return 3


def divides_by_a_fact(upah: int) -> int:
    return 100 // upah


def divides_by_zero(upah: int) -> int:
    return upah // 0


def mixes_kinds(aktif: bool) -> int:
    return 1 if aktif else aktif


def bool_as_number(aktif: bool) -> int:
    return aktif + 1


def unguarded(lahir: date | None, masuk: date) -> bool:
    return masuk > lahir  # type: ignore[operator]


def guarded_wrongly(lahir: date | None, masuk: date) -> bool:
    return known(lahir) or masuk > lahir  # type: ignore[operator]


def with_default(upah: int = 3) -> int:
    return upah


def unused(upah: int, aktif: bool) -> int:
    return upah


def wrong_answer(upah: int) -> bool:
    return upah  # type: ignore[return-value]


def power(upah: int) -> int:
    return upah**2


def comprehension(upah: int) -> int:
    return max([upah for _ in (1, 2)])


def unnamed_rounding(upah: int) -> int:
    return portion(upah, 1, 2, "somehow")


def chained(upah: int) -> bool:
    return upah in (1, 2)


REFUSED = {
    loop: "for is not allowed",
    slash: "/ is not allowed",
    with_float: "float 0.5 is not allowed",
    foreign_call: "foreign call round()",
    foreign_name: "foreign call len()",
    global_number: "foreign name 'LIMIT'",
    local_variable: "assign is not allowed",
    no_return: "a path ends without return",
    divides_by_zero: "divide only by positive constants",
    mixes_kinds: "one branch gives int, the other bool",
    bool_as_number: "int expected in 'aktif', not bool",
    unguarded: "lahir may be unknown: ask known(lahir) first",
    guarded_wrongly: "lahir may be unknown",
    with_default: "without defaults",
    unused: "never uses aktif",
    wrong_answer: "says it gives bool but its expression gives int",
    power: "Pow is not allowed",
    comprehension: "max() takes 2 plain arguments",
    unnamed_rounding: "name a rounding",
    chained: "Tuple is not allowed",
}


@pytest.mark.parametrize("function", REFUSED, ids=lambda function: function.__name__)
def test_a_rule_beyond_the_whitelist_is_refused_with_its_line(function: object) -> None:
    with pytest.raises(LawDefect) as refused:
        write(book(), function)
    first = function.__code__.co_firstlineno  # type: ignore[attr-defined]
    file, line = refused.value.place.split(":")
    assert file == "test_refusals.py"
    assert first <= int(line) <= first + 3
    assert REFUSED[function] in refused.value.message  # type: ignore[index]


def needs_nobody(upah: int, tariff: int) -> int:
    return upah * tariff


def circle(lingkaran: int) -> int:
    return lingkaran


def aktif_rule(upah: int) -> int:
    return upah


def dividing_by_rule(upah: int, iuran: int) -> int:
    return upah // iuran


def huge(upah: int) -> int:
    return upah * upah


@pytest.mark.parametrize(
    ("function", "name", "said"),
    [
        (needs_nobody, "baru", "needs 'tariff': no such fact, rule or parameter on 2000-01-01"),
        (circle, "lingkaran", "rules run in a circle"),
        (aktif_rule, "upah", "already the name of a fact"),
        (aktif_rule, "tarif", "already the name of a parameter"),
        (aktif_rule, "iuran", "two versions of iuran on 2000-01-01"),
        (dividing_by_rule, "baru", "divides by iuran, which is no parameter of at least 1"),
        (huge, "baru", "may reach"),
    ],
)
def test_a_rule_that_does_not_fit_the_book_is_refused(function: object, name: str, said: str, tmp_path: Path) -> None:
    made = book()
    write(made, iuran)
    write(made, function, name=name)
    with pytest.raises(LawDefect, match=r"test_refusals\.py:[0-9]+: ") as refused:
        law(made, tmp_path)
    assert said in refused.value.message


def test_a_hole_between_two_versions_is_refused(tmp_path: Path) -> None:
    made = book()
    write(made, iuran, ends=date(2004, 12, 31))
    write(made, iuran, starts=date(2005, 1, 2))
    with pytest.raises(LawDefect, match="no version of iuran between 2004-12-31 and 2005-01-02"):
        law(made, tmp_path)


def test_a_rule_that_outlives_its_number_is_refused(tmp_path: Path) -> None:
    made = book()
    write(made, iuran)
    numbers = NUMBERS.replace("from: 2010-01-01,", "from: 2010-01-01, until: 2015-12-31,")
    with pytest.raises(LawDefect, match="needs 'tarif': no such fact, rule or parameter on 2016-01-01"):
        law(made, tmp_path, numbers)


def test_a_reason_belongs_to_a_condition_only() -> None:
    with pytest.raises(LawDefect, match="only a yes-or-no rule can be a reason"):
        write(book(), iuran, reason=Reason("Tidak."))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("source", "PP 9/1999 Pasal 1", "unknown instrument in source"),
        ("status", "maybe", "status 'maybe' is not one of read, reported, assumed"),
        ("unit", "rupiahs", "unknown unit 'rupiahs'"),
        ("unit", "", "a whole number needs a unit"),
        ("label", " ", "needs a label"),
    ],
)
def test_a_wrong_caption_is_refused(field: str, value: str, said: str, tmp_path: Path) -> None:
    made = book()
    with pytest.raises(LawDefect, match=said):
        write(made, iuran, **{field: value})
        law(made, tmp_path)


YAML_MISTAKES = [
    ("unit: persen", "unitt: persen", 4, "unknown name 'unitt'"),
    ("unit: persen", "unit: percent", 4, "'percent' is not one of"),
    ("unit: persen", "unit: tanggal", 4, "unit 'tanggal' does not fit kind 'number'"),
    ("range: [1, 100]", "range: [100, 1]", 5, "range must be"),
    ("value: 20", "value: 200", 8, "200 lies outside of the range [1, 100]"),
    ("value: 20", "value: 0.2", 8, "whole number expected, not 0.2"),
    ("value: 20", "value: yes", 8, "whole number expected, not True"),
    ("value: 20", "nilai: 20", 8, "unknown name 'nilai'"),
    ("source: PP 2/2010", "source: PP 3/2010", 8, "unknown instrument in source 'PP 3/2010 Pasal 1'"),
    ("status: reported", "status: guessed", 8, "'guessed' is not one of"),
    ("from: 2010-01-01", "from: 2000-01-01", 8, "days overlap"),
    ("from: 2000-01-01,", "from: 2000-01-01, until: 2011-01-01,", 8, "days overlap"),
    ("from: 2000-01-01,", "from: 2000-01-01, until: 1999-01-01,", 7, "until lies before from"),
    ("from: 2010-01-01", "from: 2010-02-30", 8, "not a value"),
    ("from: 2010-01-01", "from: soon", 8, "a day such as 2015-07-01 expected"),
    ("label: A rate", "label:", 3, "text expected"),
    ("  label: A rate\n", "", 3, "'label' is missing"),
    ("label: A rate", "label: 'A rate", 9, "not YAML"),
    ("  label: A rate", "  label: A rate\n  label: Another", 4, "'label' stands twice"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"), YAML_MISTAKES, ids=[wrong for _, wrong, _, _ in YAML_MISTAKES]
)
def test_a_parameter_with_a_mistake_is_refused_with_its_line(
    right: str, wrong: str, line: int, said: str, tmp_path: Path
) -> None:
    assert right in NUMBERS
    with pytest.raises(LawDefect) as refused:
        law(
            book(),
            tmp_path,
            NUMBERS.replace(right, wrong, 1),
        )
    assert said in refused.value.message
    assert refused.value.place == f"numbers.yaml:{line}"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("[PP 2/2010]", "[PP 3/2010]", "unknown instrument 'PP 3/2010'"),
        ("in_force: 2010-01-01", "in_forse: 2010-01-01", "unknown name 'in_forse'"),
        ("status: read", "status: known", "'known' is not one of"),
    ],
)
def test_a_source_with_a_mistake_is_refused(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LawDefect) as refused:
        law(book(), tmp_path, sources=SOURCES.replace(right, wrong, 1))
    assert said in refused.value.message
    assert refused.value.place.startswith("sources.yaml:")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{10: 1, 5: 2}", "the lower bounds must rise"),
        ("{a: 1}", "lower bound 'a' is no whole number"),
        ("{}", "the table is empty"),
    ],
)
def test_a_ladder_with_a_mistake_is_refused(rows: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "ladder.yaml").write_text(
        "tangga: {label: L, unit: Rp, kind: tiers, range: [0, 9], days: "
        f"[{{from: 2000-01-01, source: PP 1/2000, status: read, value: {rows}}}]}}"
    )
    with pytest.raises(LawDefect, match=said):
        read_parameters(tmp_path.joinpath(), read_instruments(tmp_path / "sources.yaml"))


def test_facts_are_declared_once_and_soundly() -> None:
    made = book()
    with pytest.raises(LawDefect, match="declared twice"):
        made.declare(Fact("upah", int, "Wage"))
    with pytest.raises(LawDefect, match="none of int, bool, date, str"):
        made.declare(Fact("bobot", float, "Weight"))
    with pytest.raises(LawDefect, match="unknown unit"):
        made.declare(Fact("berat", int, "Weight", unit="kilogram"))
    with pytest.raises(LawDefect, match="needs choices"):
        made.declare(Fact("warna", str, "Colour"))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("Tidak.", after=("iuran",)), "is silent after 'iuran', which is no reason"),
        (Reason("Tidak.", after=("lain",)), "is silent after itself"),
        (Reason("Lebih dari {tarif} persen."), "names 'tarif', which is no number of the rule"),
        (Reason("Lebih dari {upah}."), "names 'upah', which is no number of the rule"),
        (Reason("Lebih dari {tarif."), "braces that do not close"),
    ],
)
def test_a_reason_that_cannot_be_told_is_refused_with_its_line(reason: Reason, said: str, tmp_path: Path) -> None:
    made = book()
    write(made, iuran)
    write(made, poor, unit="", reason=reason)
    write(made, poor, name="lain", unit="", reason=Reason("Bukan.", after=("poor",)))
    with pytest.raises(LawDefect, match=r"test_refusals\.py:[0-9]+: ") as refused:
        law(made, tmp_path)
    assert said in refused.value.message


def poor(upah: int) -> bool:
    return upah < 5


def cheap(upah: int, tarif: int) -> bool:
    return upah < tarif


def test_a_reason_is_told_with_the_number_of_the_day_and_not_after_another(tmp_path: Path) -> None:
    made = book()
    write(made, cheap, unit="", reason=Reason("Upah {tarif} atau lebih.", "A wage of {tarif} or more."))
    write(made, poor, unit="", reason=Reason("Tidak miskin.", after=("cheap",)))
    sound = law(made, tmp_path)
    late, early = date(2010, 1, 1), date(2005, 1, 1)
    asked = ["cheap", "poor"]
    assert [one.sentence for one in sound.decide(asked, {"upah": 20}, late).reasons] == ["Upah 20 atau lebih."]
    assert [one.english for one in sound.decide(asked, {"upah": 20}, early).reasons] == ["A wage of 10 or more."]
    assert [one.code for one in sound.decide(asked, {"upah": 7}, early).reasons] == ["poor"]
    assert [one.code for one in sound.decide("poor", {"upah": 20}, late).reasons] == ["poor"]
