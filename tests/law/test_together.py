"""Editions that cannot be worked out as one are refused by name."""

from datetime import date
from pathlib import Path

import ibis
import pytest

from lopo.law.errors import LawDefect
from tests.law.test_refusals import book, law, write

TURN = date(2010, 1, 1)
TABLE = {"hari": [date(2009, 1, 1), TURN], "upah": [1, 2], "aktif": [True, False]}


def satu(upah: int) -> int:
    return upah + 1


def satu_lain(aktif: bool) -> bool:
    return not aktif


def test_a_rule_that_changes_its_kind_has_no_table_of_many_days(tmp_path: Path) -> None:
    made = book()
    write(made, satu, name="satu", ends=date(2009, 12, 31))
    write(made, satu_lain, name="satu", unit="", starts=TURN)
    with pytest.raises(LawDefect, match="on earlier days int"):
        law(made, tmp_path).compute_by_day("satu", ibis.memtable(TABLE), "hari")


def dua_dari_satu(satu: int) -> int:
    return satu + 1


def dua(upah: int) -> int:
    return upah + 2


def satu_dari_dua(dua: int) -> int:
    return dua + 1


def test_rules_that_change_places_have_no_table_of_many_days(tmp_path: Path) -> None:
    made = book()
    write(made, satu, name="satu", ends=date(2009, 12, 31))
    write(made, dua_dari_satu, name="dua", ends=date(2009, 12, 31))
    write(made, dua, name="dua", starts=TURN)
    write(made, satu_dari_dua, name="satu", starts=TURN)
    with pytest.raises(LawDefect, match="circle from one edition to another"):
        law(made, tmp_path).compute_by_day(("satu", "dua"), ibis.memtable(TABLE), "hari")
