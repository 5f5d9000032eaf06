"""English is complete: every Indonesian word of the pages has its English one, and the compiled file is the source."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.utils import translation

from lopo.claims import checklist
from lopo.insight.queries import attention
from lopo.law.heirs import Kinship
from lopo.staff.roles import ROLES as ALL_ROLES
from lopo.targeting.senders import KINDS
from lopo.web import diary, home, texts, words

WEB = Path(words.__file__).parent
ENGLISH = WEB / "locale/en/LC_MESSAGES"
CALLED = r"(?:\b_|\bn?gettext|\bgettext_lazy|\bgettext_noop)\("
WITH_CONTEXT = r'\bpgettext(?:_lazy)?\(\s*"[^"]*",'
IN_PYTHON = re.compile(rf'(?:{CALLED}|{WITH_CONTEXT})\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)
"""The words of a call; of one with a context, which comes first, the words after it."""
IN_TEMPLATE = re.compile(r"""\{% translate (?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{% blocktranslate(.*?)%\}(.*?)(?:\{% plural %\}.*?)?\{% endblocktranslate %\}", re.DOTALL)


@pytest.fixture(scope="module")
def english() -> gettext.GNUTranslations:
    with (ENGLISH / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def used() -> set[str]:
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        found |= {text.encode().decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore")
                  if "\\" in text else text for text in IN_PYTHON.findall(path.read_text())}  # fmt: skip
    for path in WEB.rglob("*.html"):
        text = path.read_text()
        found |= {double or single for double, single in IN_TEMPLATE.findall(text)}
        found |= {re.sub(r"\{\{ ?(\w+) ?\}\}", r"%(\1)s", block) for head, block in BLOCK.findall(text)}
    return found


def test_every_word_has_its_english(english: gettext.GNUTranslations) -> None:
    keys = (key if isinstance(key, str) else key[0] for key in english._catalog)  # type: ignore[attr-defined]
    known = {key.rpartition("\x04")[2] for key in keys}  # the words without their context
    assert len(used()) > 500
    assert sorted(used() - known) == []


def test_no_english_is_empty_and_placeholders_agree(english: gettext.GNUTranslations) -> None:
    holes = re.compile(r"%\(\w+\)[sd]")
    wrong = {}
    for key, value in english._catalog.items():  # type: ignore[attr-defined]
        text = key if isinstance(key, str) else key[0]
        if text and (not value or set(holes.findall(text)) != set(holes.findall(value))):
            wrong[text] = value
    assert wrong == {}


def test_the_compiled_words_are_those_of_the_source(english: gettext.GNUTranslations) -> None:
    source = (ENGLISH / "django.po").read_text()
    assert source.count("\nmsgid ") == len(
        [key for key in english._catalog if not isinstance(key, tuple) or key[1] == 0]
    )  # type: ignore[attr-defined]


def test_roles_senders_and_what_needs_attention_have_words() -> None:
    assert set(words.ROLES) == set(ALL_ROLES)
    assert {code: str(title) for code, (title, _sentence) in words.ROLES.items()} == {
        code: role.title for code, role in ALL_ROLES.items()
    }
    assert set(words.SENDERS) == set(KINDS)
    assert set(home.SENTENCES) == {thing[0] for thing in attention.__globals__["_THINGS"]}


def test_every_deed_that_the_rooms_write_has_words() -> None:
    rooms = WEB.parent
    written = set()
    for path in rooms.rglob("actions*/**/*.py"):
        written |= set(re.findall(r'Deed\(\s*"([a-z_]+)"', path.read_text()))
    for path in rooms.rglob("actions.py"):
        written |= set(re.findall(r'Deed\(\s*"([a-z_]+)"', path.read_text()))
    assert len(written) > 20
    assert sorted(written - set(diary.DEEDS)) == []


def test_papers_clocks_and_relations_have_english(english: gettext.GNUTranslations) -> None:
    labels = {needed.label for needed in (*checklist.JKM, *checklist.JKK_DEATH, checklist.BUKU_NIKAH)}
    labels |= {str(kin).replace("_", " ") for kin in Kinship}
    assert labels <= set(texts.TEXTS)
    assert all(english.gettext(label) != label for label in labels)


@pytest.mark.parametrize(("kept", "said"), [("45 hari", "45 days"), ("ya", "yes"), ("Rp 42.000.000", "Rp 42.000.000")])
def test_values_of_the_trace_are_said_in_english(kept: str, said: str) -> None:
    with translation.override("en"):
        assert texts.value_said(kept) == said
        assert texts.label_of("hari_stmb", "Hari STMB") == "Days temporarily unable to work"
        assert texts.in_words(2_000) == "two thousand rupiah"
    with translation.override("id"):
        assert texts.value_said(kept) == kept
        assert texts.in_words(2_000) == "dua ribu rupiah"
