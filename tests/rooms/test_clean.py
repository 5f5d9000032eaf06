"""Cleaning: dates in every style, names, sex, phones."""

from __future__ import annotations

from datetime import date

import ibis
import pytest

from lopo.basics.area import find_kelurahan
from lopo.basics.phone import plain_phone
from lopo.people.batch.clean import kelurahan_codes, phone_number, sex_code, swapped, with_date
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
        ("Alm. Ir. Obed Koi", "OBED KOI"),
        ("A. M. Bere", "A M BERE"),
        ("Maria Bere S.Pd", "MARIA BERE"),
        ("Maria Bere SH", "MARIA BERE"),
        ("St. Aminah", "ST AMINAH"),
        ("Adoe, Rahel", "RAHEL ADOE"),
        ("Ndun, Rahel Y.", "RAHEL Y NDUN"),
        ("Rahel, S.Sos", "RAHEL"),
        ("Rahel, SSOS", "RAHEL"),
        ("Rahel, alm", "RAHEL"),
        ("Rahel Adoe, alias Elly", "RAHEL ADOE"),
        ("Dr", "DR"),
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
        ("ST AMINAH", "SITI AMINAH"), ("MOH ALI", "MUHAMMAD ALI"),
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


PHONES = [
    ("+62 812-3456-7890", "081234567890"), ("62 0812 3456 7890", "081234567890"), ("0062 81234567890", "081234567890"),
    ("81234567890.0", "081234567890"), ("0812 3456 7890 / 0813 1111 2222", "081234567890"),
    ("081234567890 atau 0813", "081234567890"), ("0380-821234", "0380821234"), ("8.1234567E+10", ""), ("123", ""),
    ("0812345678901234567", ""), ("tidak ada", ""), ("", ""),
]  # fmt: skip


def test_phones_are_one_form_in_a_cell_and_in_a_column() -> None:
    assert [(text, plain_phone(text)) for text, _ in PHONES] == PHONES
    table = column([text for text, _ in PHONES])
    assert values(table.mutate(x=phone_number(table.text)), "x") == [plain for _, plain in PHONES]


PLACES = [
    ("Kel. Oebufu", "53.71.04.1009"), ("KEL.OEBUFU", "53.71.04.1009"), ("Kelurahan/Desa: Oebufu", "53.71.04.1009"),
    ("Oebufu, Kec. Oebobo", "53.71.04.1009"), ("Oebufu Kec. Oebobo", "53.71.04.1009"),
    ("OEBUFU - KOTA KUPANG", "53.71.04.1009"), ("Kelapa Lima", "53.71.03.1001"), ("Kel. Kelapa Lima", "53.71.03.1001"),
    ("Tuak Daun Merah (TDM)", "53.71.04.1014"), ("TDM", "53.71.04.1014"), ("L.L.B.K", "53.71.06.1002"),
    ("Lahi Lai Bisi Kopan", "53.71.06.1002"), ("Lahi Lai Bissi Kopan", "53.71.06.1002"),
    ("Naikoten I", "53.71.05.1004"), ("Bakunase II", "53.71.05.1002"), ("Belo", "53.71.02.1005"),
    ("Batuplat", "53.71.01.1009"), ("Air Mata", "53.71.06.1001"), ("Penkase-Oeleta", "53.71.01.1012"),
    ("Pasirpanjang", "53.71.06.1009"), ("Naikoten", ""), ("Manulai", ""), ("", ""),
]  # fmt: skip


def test_villages_are_known_by_every_spelling_in_a_cell_and_in_a_column() -> None:
    assert [(text, find_kelurahan(text) or "") for text, _ in PLACES] == PLACES
    table = kelurahan_codes(column([text for text, _ in PLACES]), "text", "code")
    assert values(table, "code") == [code for _, code in PLACES]
