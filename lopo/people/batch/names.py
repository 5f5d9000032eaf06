"""Names made comparable: capitals without titles and signs, and a key in which spelling variants fall together."""

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
    "ALMARHUMAH|ALMARHUM|ALMH|ALM|BAPAK|BPK|IBU|TUAN|TN|NYONYA|NY|NONA|NN|SDRI|SDRA|SDR|DRS|DRA|PDT|PDM"
    "|ROMO|USTADZ|UST|HJ"
)
# A single letter stays: "H." is Haji in a mosque's list and Hermina in a parish's.

_SHORT_FORMS = (
    ("YOH", "YOHANES"), ("JHON", "YOHANES"), ("YOS", "YOSEF"), ("YAKOB", "YAKOBUS"), ("FRANS", "FRANSISKUS"),
    ("ANTON", "ANTONIUS"), ("TONI", "ANTONIUS"), ("MARTIN", "MARTHEN"), ("SEM", "SEMUEL"), ("SEMY", "SEMUEL"),
    ("OKTO", "OKTOVIANUS"), ("MINGGUS", "DOMINGGUS"), ("DOMI", "DOMINGGUS"), ("WILLEM", "WILHELMUS"),
    ("WILEM", "WILHELMUS"), ("WILY", "WILHELMUS"), ("ITA", "MARGARITHA"), ("MARGARETA", "MARGARITHA"),
    ("MARGRETHA", "MARGARITHA"), ("TINA", "MARTHINA"), ("ELIS", "ELISABETH"), ("LISBETH", "ELISABETH"),
    ("RINA", "KATARINA"), ("WELMINJE", "WELMINCE"), ("MINCE", "WELMINCE"), ("YULI", "YULIANA"),
)  # fmt: skip
# Names by which people of NTT are called instead of the one on the card; folded in the key, never in the name.

_FOLDS = (
    ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("SJ", "SY"), ("OE", "U"), ("PH", "F"), ("TH", "T"), ("CH", "K"),
    ("CI", "SI"), ("CE", "SE"), ("IE", "I"), ("X", "KS"), ("TS", "S"), ("H", ""),
)  # fmt: skip
_SOUNDS = ("VWCQZJY", "FFKKSII")
# NTT writes Yohanes and Johanis, Djami and Jami, Foenay and Funay, Marthen and Marten, Theresia and Tresia.

_DOUBLED = "AEIOUBDFGKLMNPRST"


def normal_name(name: ir.StringValue) -> ir.StringValue:
    """A name in capitals A-Z with single spaces, without titles, degrees after a comma, apostrophes; '' for NULL."""
    text = name.fill_null("").upper()
    text = reduce(lambda t, pair: t.re_replace(*pair), _ACCENTS, text)
    text = text.re_replace(r"\(.*?\)", " ").re_replace(r",.*$", "").re_replace("['`’‘´]", "")
    text = text.re_replace("[^A-Z]+", " ").strip()
    return text.re_replace(f"^(({_TITLES}) )+", "").re_replace(f"( ({_TITLES}))+$", "")


def name_key(normal: ir.StringValue) -> ir.StringValue:
    """A normal name with spelling variants folded and double letters single; only ever compared with another key."""
    spaced = ibis.literal(" ").concat(normal, " ")
    spaced = reduce(lambda t, pair: t.replace(f" {pair[0]} ", f" {pair[1]} "), _SHORT_FORMS, spaced)
    folded = reduce(lambda t, pair: t.replace(*pair), _FOLDS, spaced).translate(*_SOUNDS)
    return reduce(lambda t, letter: t.replace(letter * 2, letter), _DOUBLED, folded).strip()


def first_letter(normal: ir.StringValue) -> ir.StringValue:
    """The first letter of a normal name, letters that are written for one another as one: Juliana and Yuliana agree."""
    return normal[0:1].translate(*_SOUNDS)


def last_word(normal: ir.StringValue) -> ir.StringValue:
    """The last word of a normal name or its key: the family name in most of NTT."""
    return normal.re_extract(r"([A-Z]+)$", 1)


def sorted_words(text: ir.StringValue) -> ir.StringValue:
    """The words of a name or key in the order of the alphabet: equal for Adoe Rahel and Rahel Adoe."""
    return text.split(" ").sort().join(" ")
