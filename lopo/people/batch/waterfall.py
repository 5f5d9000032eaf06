"""Why a pair has its weight, in words: one step for each comparison, from the start to the sum, in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from lopo.basics.refusal import Refused
from lopo.people.batch.linkage_model import Words

START, DESK = "awal", "meja"
_NOTABLE = 1.0
"""A rarity of a doubling or more is worth a word."""

_LEVELS: dict[str, Words] = {
    "sama": ("sama", "the same"),
    "sama_umum": ("sama, tetapi tanggal yang lazim diisi bila tidak diketahui", "the same, but a day put for unknown"),
    "potong": ("sama sampai angka ke-15", "the same up to the 15th digit"),
    "ejaan": ("lain ejaan", "another spelling"),
    "singkat": ("disingkat", "shortened"),
    "singkat_mirip": ("disingkat dan lain ejaan", "shortened and in another spelling"),
    "mirip": ("hanya mirip", "only alike"),
    "awal": ("sama di bagian depan", "the same in the first part"),
    "tukar": ("hari dan bulan tertukar", "day and month exchanged"),
    "satu": ("beda satu angka", "one digit apart"),
    "dua": ("beda dua huruf atau angka", "two letters or digits apart"),
    "bagian": ("dua dari tiga bagian sama", "two of three parts the same"),
    "tahun": ("hanya tahunnya sama", "only the year is the same"),
    "dekat": ("berdekatan", "close"),
    "kosong": ("tidak dapat dibandingkan", "cannot be compared"),
    "lain": ("lain", "different"),
}
_START: Words = ("Titik awal", "Starting point")
_DESK: Words = ("Pengalaman meja ragu", "Experience of the desk")
_SUM: Words = ("jumlah", "sum")
_RARE: Words = ("jarang", "rare")
_COMMON: Words = ("umum", "common")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was compared and how it agrees, in both languages, and the bits it adds (halvings of doubt)."""

    name: str
    level: str
    words: Words
    bits: float

    def told(self, language: int) -> str:
        """The step in one language (0 Indonesian, 1 English)."""
        return f"{self.words[language]}: {signed(self.bits, language)}"


def steps_of(text: str, names: Mapping[str, Words]) -> tuple[Step, ...]:
    """The steps that a linkage wrote down, with the words of the model. Refused when the text is none of them."""
    try:
        return tuple(_step(part, names) for part in text.split(" "))
    except (ValueError, KeyError) as error:
        raise Refused("penjelasan_tidak_terbaca", "Penjelasan pencocokan ini tidak dapat dibaca.") from error


def _step(part: str, names: Mapping[str, Words]) -> Step:
    name, level, weight, rarity = part.split(":")
    if name in (START, DESK):
        return Step(name, "", _START if name == START else _DESK, float(weight))
    said = _LEVELS[level]
    scarce = float(rarity)
    about = _RARE if scarce >= _NOTABLE else _COMMON if scarce <= -_NOTABLE else ("", "")
    told = [f"{names[name][n]} {said[n]}{', ' if about[n] else ''}{about[n]}" for n in (0, 1)]
    return Step(name, level, (told[0], told[1]), round(float(weight) + scarce, 2))


def level_said(code: str) -> Words:
    """What a level is called, in both languages."""
    return _LEVELS[code]


def sentences(steps: tuple[Step, ...], probability: float) -> Words:
    """The whole of it as one line in Indonesian and one in English, with the sum and the probability."""
    total = sum(step.bits for step in steps)
    lines = []
    for language in (0, 1):
        told = "; ".join(step.told(language) for step in steps)
        chance = percent(probability, language)
        lines.append(f"{told}; {_SUM[language]}: {signed(total, language)} ({chance}).")
    return lines[0], lines[1]


def signed(bits: float, language: int) -> str:
    """+9,2 in Indonesian and +9.2 in English."""
    text = f"{bits:+.1f}".replace("-0.0", "0.0").replace("+0.0", "0.0")
    return text.replace(".", ",") if language == 0 else text


def percent(probability: float, language: int) -> str:
    """A probability in percent that never says 100 % of what is not certain, nor 0 % of what may be."""
    shown = min(max(probability * 100, 0.01), 99.99)
    text = f"{shown:.2f}".rstrip("0").rstrip(".")
    text = f"{'> ' if probability * 100 > 99.99 else '< ' if probability * 100 < 0.01 else ''}{text} %"
    return text.replace(".", ",") if language == 0 else text
