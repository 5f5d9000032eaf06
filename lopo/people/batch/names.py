"""Names made comparable: capitals without titles and signs, and a key in which spelling variants fall together."""

from collections.abc import Callable
from functools import reduce

import ibis
import ibis.expr.types as ir

_ACCENTS = (
    ("[ÀÁÂÃÄÅ]", "A"),
    ("[ÈÉÊË]", "E"),
    ("[ÌÍÎÏ]", "I"),
    ("[ÒÓÔÕÖ]", "O"),
    ("[ÙÚÛÜ]", "U"),
    ("Ç", "C"),
    ("Ñ", "N"),
)
_TITLES = (
    "ALMARHUMAH|ALMARHUM|ALMH|ALM|BAPAK|BPK|IBU|TUAN|TN|NYONYA|NY|NONA|NN|SDRI|SDRA|SDR|DRS|DRA|DR|IR|PROF|PDT|PDM"
    "|ROMO|RM|PATER|PASTOR|SUSTER|BRUDER|USTADZ|UST|KH|HAJI|HAJJAH|HJ"
)
# A single letter stays: "H." is Haji in a mosque's list and Hermina in a parish's.
_DEGREES = "SPDK|SPD|S PD|SSOS|S SOS|SKOM|S KOM|SKEP|S KEP|STH|S TH|SAG|S AG|SH|SE|AMD|A MD|AMKEB|AMKEP|AMDKEB|AMDKEP"
# Written without the comma that usually parts them from the name; ST stays, since it is Siti as often as an engineer.

_SHORT_FORMS = (
    ("YOH", "YOHANES"), ("JHON", "YOHANES"), ("YOS", "YOSEF"), ("YAKOB", "YAKOBUS"), ("FRANS", "FRANSISKUS"),
    ("ANTON", "ANTONIUS"), ("TONI", "ANTONIUS"), ("MARTIN", "MARTHEN"), ("SEM", "SEMUEL"), ("SEMY", "SEMUEL"),
    ("OKTO", "OKTOVIANUS"), ("MINGGUS", "DOMINGGUS"), ("DOMI", "DOMINGGUS"), ("WILLEM", "WILHELMUS"),
    ("WILEM", "WILHELMUS"), ("WILY", "WILHELMUS"), ("ITA", "MARGARITHA"), ("MARGARETA", "MARGARITHA"),
    ("MARGRETHA", "MARGARITHA"), ("TINA", "MARTHINA"), ("ELIS", "ELISABETH"), ("LISBETH", "ELISABETH"),
    ("RINA", "KATARINA"), ("WELMINJE", "WELMINCE"), ("MINCE", "WELMINCE"), ("YULI", "YULIANA"),
    ("MUH", "MUHAMMAD"), ("MOH", "MUHAMMAD"), ("MOHAMMAD", "MUHAMMAD"), ("MOHAMAD", "MUHAMMAD"), ("ABD", "ABDUL"),
    ("ST", "SITI"),
)  # fmt: skip
# Names by which people of NTT are called instead of the one on the card; folded in the key, never in the name.

_FOLDS = (
    ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("SJ", "SY"), ("OE", "U"), ("PH", "F"), ("TH", "T"), ("CH", "K"),
    ("CI", "SI"), ("CE", "SE"), ("IE", "I"), ("X", "KS"), ("TS", "S"), ("H", ""),
)  # fmt: skip
_SOUNDS = ("VWCQZJY", "FFKKSII")
# NTT writes Yohanes and Johanis, Djami and Jami, Foenay and Funay, Marthen and Marten, Theresia and Tresia.

_DOUBLED = "AEIOUBDFGKLMNPRST"

_TURNED = r"^\s*([A-Z'`’‘´]+)\s*,\s*([A-Z]{4,}[A-Z .'`’‘´]*)$"
# A family name, a comma, and what is too long for a degree: Adoe, Rahel.

_CLEAN = "^[A-Z]+( [A-Z]+)*$"
_HAS_SHORT = f" ({'|'.join(short for short, _whole in _SHORT_FORMS)}) "
_HAS_FOLD = "|".join(written for written, _heard in _FOLDS)
_HAS_DOUBLE = "|".join(letter * 2 for letter in _DOUBLED)


def normal_name(name: ir.StringValue) -> ir.StringValue:
    """A name in capitals A-Z with single spaces, without titles, degrees and apostrophes; '' for NULL.

    What stands after a comma is a degree and goes, but for a name turned round: Adoe, Rahel is RAHEL ADOE.
    """
    text = name.fill_null("").upper()
    text = ibis.ifelse(text.re_search(_CLEAN), text, _cleaned(text))
    titled = text.re_search(f"^({_TITLES}) | ({_TITLES}|{_DEGREES})$")
    bare = text.re_replace(f"^(({_TITLES}) )+", "").re_replace(f"( ({_TITLES}|{_DEGREES}))+$", "")
    return ibis.ifelse(titled, bare, text)


def _cleaned(text: ir.StringValue) -> ir.StringValue:
    """Capitals with single spaces between them, of a text that has anything else."""
    text = reduce(lambda t, pair: t.re_replace(*pair), _ACCENTS, text)
    text = text.re_replace(r"\(.*?\)", " ")
    turned = text.re_search(_TURNED) & ~text.re_search(rf",\s*({_DEGREES})\b")
    straight = text.re_extract(_TURNED, 2).concat(" ", text.re_extract(_TURNED, 1))
    text = ibis.ifelse(turned, straight, text.re_replace(r",.*$", "")).re_replace("['`’‘´]", "")
    return text.re_replace("[^A-Z]+", " ").strip()


def name_key(normal: ir.StringValue) -> ir.StringValue:
    """A normal name with spelling variants folded and double letters single; only ever compared with another key."""
    spaced = ibis.literal(" ").concat(normal, " ")
    spaced = _where(
        _HAS_SHORT, spaced, lambda t: reduce(lambda t, pair: t.replace(f" {pair[0]} ", f" {pair[1]} "), _SHORT_FORMS, t)
    )
    folded = _where(_HAS_FOLD, spaced, lambda t: reduce(lambda t, pair: t.replace(*pair), _FOLDS, t))
    folded = folded.translate(*_SOUNDS)
    single = _where(_HAS_DOUBLE, folded, lambda t: reduce(lambda t, letter: t.replace(letter * 2, letter), _DOUBLED, t))
    return single.strip()


def _where(has: str, text: ir.StringValue, change: Callable[[ir.StringValue], ir.StringValue]) -> ir.StringValue:
    """The text changed where it has any of what would change: one look spares most names dozens of replacements."""
    return ibis.ifelse(text.re_search(has), change(text), text)


def first_letter(normal: ir.StringValue) -> ir.StringValue:
    """The first letter of a normal name, letters that are written for one another as one: Juliana and Yuliana agree."""
    return normal[0:1].translate(*_SOUNDS)


def last_word(normal: ir.StringValue) -> ir.StringValue:
    """The last word of a normal name or its key: the family name in most of NTT."""
    return normal.re_extract(r"([A-Z]+)$", 1)


def sorted_words(text: ir.StringValue) -> ir.StringValue:
    """The words of a name or key in the order of the alphabet: equal for Adoe Rahel and Rahel Adoe."""
    return text.split(" ").sort().join(" ")
