"""Occupations as people write them, by their codes in KBJI 2014."""

from __future__ import annotations

import ibis
import pytest

from lopo.people.batch.occupations import _RULES, TITLES, occupation_code, occupation_of, occupation_title
from lopo.targeting.batch.opensid import translated

WRITTEN = {
    "Nelayan": "6222", "buruh nelayan/perikanan": "9216", "PETANI RUMPUT LAUT": "6221", "Petani/Pekebun": "6111",
    "TUKANG OJEK": "8321", "Ojek online": "8321", "sopir angkot": "8322", "Supir truk": "8332",
    "PORTER PELABUHAN": "9333", "Tukang batu": "7112", "TUKANG KAYU": "7115", "PENCARI KAYU": "9624",
    "PEMULUNG": "9612", "TUKANG PARKIR": "9629", "KOSTER GEREJA": "3413", "MARBOT MASJID": "3413",
    "GURU NGAJI": "2359", "PEDAGANG KAKI LIMA": "5212", "PENJUAL IKAN": "7511", "PEDAGANG KELILING": "9520",
    "PEDAGANG": "5211", "BURUH BANGUNAN": "9313", "BURUH HARIAN LEPAS": "9629", "ASISTEN RUMAH TANGGA": "9111",
    "PENJAHIT": "7533", "PENENUN": "7318", "PEMBANTU BENGKEL": "7231", "PETERNAK": "6121", "Tukang cuci": "9121",
    "tukang  las": "7212", "": "", "wiraswasta": "", "belum/tidak bekerja": "", "mengurus rumah tangga": "",
    "Pertanian?": "",
}  # fmt: skip


def codes(words: list[str]) -> list[str]:
    table = ibis.memtable({"at": list(range(len(words))), "work": words})
    found = table.mutate(code=occupation_code(table.work)).order_by("at").execute()
    return [str(code) for code in found["code"]]


def test_what_people_write() -> None:
    assert dict(zip(WRITTEN, codes(list(WRITTEN)), strict=True)) == WRITTEN


def test_one_text_has_the_code_that_a_table_gives() -> None:
    odd = [*WRITTEN, "  Nelayan  ", "TUKANG", "ikat2", "Ibu Rumah Tangga; jual kue", "ÉLEVEUR", "pkl."]
    assert [occupation_of(text) for text in odd] == codes(odd)
    assert occupation_title("tukang OJEK") == "Pengemudi Sepeda Motor (8321)"
    assert occupation_title("wiraswasta") == ""


def test_every_code_has_its_title_and_every_title_a_use() -> None:
    used = {code for code, _ in _RULES}
    assert used == set(TITLES)
    assert all(len(code) == 4 and code.isdigit() for code in TITLES)


@pytest.mark.parametrize(
    ("number", "code"), [("11", "6222"), ("19", "9629"), ("23", "9111"), ("26", "7112"), ("81", "8322")]
)
def test_numbers_of_opensid_become_words_and_then_codes(number: str, code: str) -> None:
    assert codes([translated({"pekerjaan": number})["pekerjaan"]]) == [code]
