"""Refusals in English: every sentence of the rooms that handle members and money has its translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lopo
from lopo.law import LAW
from lopo.web.parked_words import PARKED
from lopo.web.refusal_words import ENGLISH, in_english

HOME = Path(lopo.__file__ or "").parent
ROOMS = ("staff", "ledger", "people", "targeting", "coverage", "financing", "claims", "payments", "jobs", "insight")


def sentences(room: str) -> Iterator[str]:
    """The sentences with which the room refuses; `{}` for each value."""
    for path in (HOME / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                said = _literal(node.args[1]) if len(node.args) > 1 else ""
                if said:
                    yield said


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_of_the_room_has_its_english(room: str) -> None:
    said = set(sentences(room))
    assert said
    assert sorted(said - set(ENGLISH)) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    said = set(sentences("."))
    assert sorted(set(ENGLISH) - said) == []


def test_values_stand_where_they_stood() -> None:
    assert all(one.count("{}") == other.count("{}") for one, other in ENGLISH.items())
    assert in_english("Jawaban ini untuk berkas A.xml, bukan B.xml.") == "This answer is for the file A.xml, not B.xml."
    assert in_english("Kasus ini sudah ditutup; tidak dapat diubah lagi.").endswith("cannot be changed any more.")
    assert in_english("Kasus ini sudah ditutup.") == "This case is already ditutup."
    assert in_english("Kalimat lain.") == "Kalimat lain."


def test_sentences_within_a_sentence_are_said_in_english_too() -> None:
    two = "Baris 3, sel B3: Satu berkas hanya untuk satu tahun. Baris 4, sel D4: Satu berkas hanya dari satu sumber."
    assert in_english(f"Tidak ada yang dimuat dari angka.csv. {two}") == (
        "Nothing was loaded from angka.csv. Row 3, cell B3: One file is for one year only. "
        "Row 4, cell D4: One file is from one source only."
    )
    assert in_english("usulan.csv: Panggilan ini sudah ditutup.") == "usulan.csv: This call is closed already."


def test_the_reasons_of_the_law_are_said_with_their_numbers() -> None:
    facts = {
        "nomor_terbit": True, "bulan_kepesertaan": 5, "bulan_menunggak": 4, "tunggakan_lunas": True,
        "kecelakaan_kerja": False,
    }  # fmt: skip
    (reason,) = LAW.decide("jkm_total", facts, LAW.laws[-1].edition.first).reasons
    assert in_english(reason.sentence) == reason.english
    assert re.search(r"\d", reason.english)


def test_why_a_line_was_laid_aside_is_said_in_english() -> None:
    """Each reason in the code has its English; each part of an English one is really said, be it in SQL."""
    read = {path: path.read_text() for room in ("payments", "coverage") for path in (HOME / room).rglob("*.py")}
    said = {
        _literal(node.args[2])
        for text in read.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Parked"
        if len(node.args) == 3
    } - {""}  # fmt: skip
    assert sorted(said - set(PARKED)) == []
    whole = "\n".join(read.values())
    assert [one for one in PARKED if not all(part.strip() in whole for part in re.split(r"{}|[()]", one))] == []
    assert all(one.count("{}") == other.count("{}") for one, other in PARKED.items())
    assert in_english("jumlahnya 5, perintahnya 7") == "its amount is 5, the order's 7"


def _literal(said: ast.expr) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in said.values)
    return ""
