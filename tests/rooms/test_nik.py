"""NIKs: what is whole, cut, broken or empty, and that the column form says the same as the scalar form."""

from __future__ import annotations

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lopo.basics.area import find_kelurahan, kecamatan_name, kecamatan_of
from lopo.basics.nik import check, kind, mask, parts
from lopo.people.batch.clean import digits, nik_birth, nik_kind, nik_sex

SOME = (
    ("5371024210050001", False, "utuh"),
    ("537101.640576.0002", False, "utuh"),
    ("537101311297000", False, "terpotong"),
    ("5307052402560000", True, "terpotong"),
    ("5371012806950010", True, "terpotong"),
    ("5371012806950010", False, "utuh"),
    ("5371012806950011", True, "utuh"),
    ("9171012806950011", True, "terpotong"),  # above 2**53 a number cannot hold 16 digits
    ("5371010000000000", False, "rusak"),
    ("5371013202900001", False, "rusak"),
    ("5371013002900001", False, "rusak"),
    ("5371017002900001", False, "rusak"),
    ("9971012806950011", False, "rusak"),
    ("5371012806950000", False, "rusak"),
    ("537", False, "rusak"),
    ("53710242100500012", False, "rusak"),
    ("", False, "kosong"),
    ("-", False, "kosong"),
    ("0", True, "kosong"),
    ("0000000000000000", False, "kosong"),
)


@pytest.mark.parametrize(("text", "from_number", "expected"), SOME)
def test_kind(text: str, from_number: bool, expected: str) -> None:
    assert kind(text, from_number) == expected


def test_parts_of_a_woman() -> None:
    found = parts("5371024210050001")
    assert found is not None
    assert (found.area, found.day, found.month, found.year, found.sex, found.serial) == (
        "537102", 2, 10, 5, "P", "0001",
    )  # fmt: skip
    assert parts("5371020210050001").sex == "L"  # type: ignore[union-attr]


def test_check_gives_the_digits_or_nothing() -> None:
    assert check("537101.640576.0002") == "5371016405760002"
    assert check("537101311297000") is None


def test_mask_keeps_the_area_and_the_end() -> None:
    assert mask("5371016405760002") == "537101********02"
    assert mask("537") == "***"


written = st.one_of(
    st.from_regex(r"53710[1-6][0-7][0-9][01][0-9]{5}[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"[0-9]{0,17}", fullmatch=True),
    st.sampled_from([text for text, _, _ in SOME]),
)


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.tuples(written, st.booleans()), min_size=1, max_size=60))
def test_one_equals_many(rows: list[tuple[str, bool]]) -> None:
    table = ibis.memtable({"i": list(range(len(rows))), "nik": [r[0] for r in rows], "number": [r[1] for r in rows]})
    number = digits(table.nik)
    found = table.select("i", kind=nik_kind(number, table.number), born=nik_birth(number), sex=nik_sex(number))
    answers = found.order_by("i").to_pyarrow().to_pylist()
    for (text, from_number), answer in zip(rows, answers, strict=True):
        assert answer["kind"] == kind(text, from_number), (text, from_number)
        took = parts("".join(c for c in text if c.isdigit()))
        if took and answer["kind"] == "utuh":
            assert answer["born"] == f"{took.day:02}{took.month:02}{took.year:02}"
            assert answer["sex"] == took.sex


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KELURAHAN NUNBAUN SABU", "53.71.01.1002"),
        ("53.71.01.1002_nunbaun_sabu.xlsx", "53.71.01.1002"),
        ("Kel. Air Mata", "53.71.06.1001"),
        ("Naikoten I", "53.71.05.1004"),
        ("Batuplat", "53.71.01.1009"),
        ("LLBK", "53.71.06.1002"),
        ("tdm", "53.71.04.1014"),
        ("Penkase-Oeleta", "53.71.01.1012"),
        ("KELURAHAN ASPIRASI", None),
        ("53.71.99.1002", None),
    ],
)
def test_kelurahan_by_any_spelling(text: str, code: str | None) -> None:
    assert find_kelurahan(text) == code


def test_kecamatan_of_a_kelurahan() -> None:
    assert kecamatan_of("53.71.04.1010") == "53.71.04"
    assert kecamatan_name("53.71.02") == "Maulafa"
