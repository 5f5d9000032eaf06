"""Cleaning: dates in every style, names, sex, phones."""

from __future__ import annotations

from datetime import date

import ibis
import pytest

from lopo.people.batch.clean import phone_number, sex_code, swapped, with_date
from lopo.people.batch.names import name_key, normal_name

ON = date(2025, 6, 1)

DATES = [
    ("2/10/2005", date(2005, 10, 2)),
    ("02-10-05", date(2005, 10, 2)),
    ("02/03/70", date(1970, 3, 2)),
    ("1/1/25", date(2025, 1, 1)),
    ("1/1/26", date(1926, 1, 1)),
    ("2005-10-02", date(2005, 10, 2)),
    ("2005-10-02 00:00:00", date(2005, 10, 2)),
    ("02102005", date(2005, 10, 2)),
    ("20051002", date(2005, 10, 2)),
    ("2 Oktober 2005", date(2005, 10, 2)),
    ("Kupang, 2 Oktober 2005", date(2005, 10, 2)),
    ("Kupang 2 Okt 2005", date(2005, 10, 2)),
    ("So'e, 12-Mei-1990", date(1990, 5, 12)),
    ("28 Pebruari 1990", date(1990, 2, 28)),
    ("17 AGUSTUS 1945", date(1945, 8, 17)),
    ("10/25/1990", date(1990, 10, 25)),
    ("30/2/1990", None),
    ("31 Juni 1990", None),
    ("Mei 1990", None),
    ("1990", None),
    ("tidak tahu", None),
    ("", None),
    (None, None),
]


def column(texts: list[str | None]) -> ibis.Table:
    return ibis.memtable({"i": list(range(len(texts))), "text": texts}, schema={"i": "int64", "text": "string"})


def values(table: ibis.Table, name: str) -> list[object]:
    found: list[object] = table.order_by("i").to_pyarrow()[name].to_pylist()
    return found


def test_birth_dates_in_every_style() -> None:
    table = with_date(column([text for text, _ in DATES]), "text", "born", ON)
    assert table.columns == ("i", "text", "born")
    assert dict(zip([text for text, _ in DATES], values(table, "born"), strict=True)) == dict(DATES)


def test_exchanged_day_and_month() -> None:
    table = with_date(column(["3/8/1968", "1/1/1990", "14/2/1990"]), "text", "born", ON)
    assert values(table.mutate(x=swapped(table.born)), "x") == [date(1968, 3, 8), None, None]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Bpk. Yohanés  D'Costa, S.Pd", "YOHANES DCOSTA"),
        ("Hj. Siti (alm)", "SITI"),
        ("R. Adoe", "R ADOE"),
        ("H. Sine", "H SINE"),
        ("Drs. Pdt. Obed Koi", "OBED KOI"),
        ("", ""),
        (None, ""),
    ],
)
def test_names_without_titles_and_signs(written: str | None, normal: str) -> None:
    table = column([written])
    assert values(table.mutate(x=normal_name(table.text)), "x") == [normal]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("YOHANES", "JOHANNES"), ("DJAMI", "JAMI"), ("FOENAY", "FUNAY"), ("THERESIA", "TERESIA"),
        ("FRANSISKUS", "FRANCISKUS"), ("RIWU", "RIWOE"), ("TONI LEU", "ANTONIUS LEU"), ("MESSAKH", "MESAK"),
        ("RINA BESSIE", "KATARINA BESSIE"), ("WELMINTJE", "WELMINCE"), ("OKTAFIANUS", "OCTAVIANUS"),
    ],
)  # fmt: skip
def test_spellings_that_fall_together(one: str, other: str) -> None:
    table = column([one, other])
    keys = values(table.mutate(x=name_key(table.text)), "x")
    assert keys[0] == keys[1] != ""


@pytest.mark.parametrize(("one", "other"), [("NENO", "NABEN"), ("ESTER", "DESI"), ("SANTI", "SINTA")])
def test_names_that_stay_apart(one: str, other: str) -> None:
    table = column([one, other])
    keys = values(table.mutate(x=name_key(table.text)), "x")
    assert keys[0] != keys[1]


def test_sex_and_phone() -> None:
    table = column(["L", "Perempuan", "laki - laki", "P", "", "x"])
    assert values(table.mutate(x=sex_code(table.text)), "x") == ["L", "P", "L", "P", "", ""]
    table = column(["+62 812-3456-7890", "0812 3456 7890", "81234567890", "123", None])
    assert values(table.mutate(x=phone_number(table.text)), "x") == ["081234567890"] * 3 + ["", ""]
