"""Names made comparable: capitals without titles and signs, and a key in which spelling variants fall together."""

from functools import reduce

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
_TITLES = "ALMARHUMAH|ALMARHUM|ALMH|ALM|BAPAK|BPK|IBU|TUAN|TN|NYONYA|NY|NONA|NN|SDRI|SDRA|SDR|DRS|DRA|PDT|PDM|ROMO|USTADZ|UST|HJ"
# A single letter stays: "H." is Haji in a mosque's list and Hermina in a parish's.

_FOLDS = (
    ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("SJ", "SY"), ("OE", "U"), ("PH", "F"), ("TH", "T"), ("CH", "K"),
    ("CK", "K"), ("DH", "D"), ("BH", "B"), ("KH", "K"), ("GH", "G"), ("SH", "S"), ("RH", "R"), ("H", ""), ("V", "F"),
    ("C", "K"), ("Q", "K"), ("Z", "S"), ("X", "KS"), ("J", "Y"), ("IE", "I"), ("Y", "I"), ("W", "F"), ("TS", "S"),
)  # fmt: skip
# NTT writes Yohanes and Johanis, Djami and Jami, Foenay and Funay, Marthen and Marten, Theresia and Tresia.

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def normal_name(name: ir.StringValue) -> ir.StringValue:
    """A name in capitals A-Z with single spaces, without titles, degrees after a comma, and apostrophes; '' for NULL."""
    text = name.fill_null("").upper()
    text = reduce(lambda t, pair: t.re_replace(*pair), _ACCENTS, text)
    text = text.re_replace(r"\(.*?\)", " ").re_replace(r",.*$", "").re_replace("['`’‘´]", "")
    text = text.re_replace("[^A-Z]+", " ").strip()
    return text.re_replace(f"^(({_TITLES}) )+", "").re_replace(f"( ({_TITLES}))+$", "")


def name_key(normal: ir.StringValue) -> ir.StringValue:
    """A normal name with spelling variants folded and double letters single; only ever compared with another key."""
    folded = reduce(lambda t, pair: t.replace(*pair), _FOLDS, normal)
    return reduce(lambda t, letter: t.replace(letter * 2, letter), _LETTERS, folded)


def last_word(normal: ir.StringValue) -> ir.StringValue:
    """The last word of a normal name: the family name in most of NTT."""
    return normal.re_extract(r"([A-Z]+)$", 1)
