"""How values are said: amounts in figures and in words, days, percentages, yes and no, in Indonesian and in English."""

from dataclasses import dataclass
from datetime import date

from lopo.basics.calendar import date_long
from lopo.basics.money import rupiah_text, terbilang
from lopo.law.errors import Unspoken
from lopo.law.parameters import Entries, Tiers

INDONESIAN, ENGLISH = "id", "en"
Shown = int | bool | date | str | Tiers | Entries | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The fixed words of an explanation in one language."""

    yes: str
    no: str
    unknown: str
    because: str
    to_be_confirmed: str
    ladder: str
    table: str
    point: str


_PHRASES = {
    INDONESIAN: Phrases(
        "ya", "tidak", "tidak diketahui", "karena", "Masih perlu dipastikan oleh ahli hukum", "tabel {} baris",
        "daftar {} baris", ",",
    ),
    ENGLISH: Phrases(
        "yes", "no", "unknown", "because", "Still to be confirmed by a lawyer", "a ladder of {} rows",
        "a table of {} rows", ".",
    ),
}  # fmt: skip
_UNITS = {
    "hari": "days", "hari kerja": "working days", "jam": "hours", "bulan": "months", "tahun": "years", "kali": "times",
    "orang": "persons", "tanggal": "", "desil": "decile", "tingkat": "rank",
}  # fmt: skip
_PARTS = {"persen": 0, "permil": 1, "per 100.000": 3}
"""Units that are parts of a whole, with the decimals of a percent in which they are written."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = (
    (10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"),
    (100, "hundred"),
)  # fmt: skip


def phrases(language: str) -> Phrases:
    """The fixed words of the language `id` or `en`; Unspoken for another."""
    found = _PHRASES.get(language)
    if found is None:
        raise Unspoken(f"no explanation in language {language!r}; there are id and en", language)
    return found


def value_text(value: Shown, unit: str, language: str = INDONESIAN) -> str:
    """The value as an office writes it: `Rp 42.000.000`, `45 hari`, `4,5 %`, `ya`; in English `45 days`, `4.5 %`."""
    said = phrases(language)
    if value is None:
        return said.unknown
    if isinstance(value, bool):
        return said.yes if value else said.no
    if isinstance(value, date):
        return date_long(value) if language == INDONESIAN else _english_day(value)
    if isinstance(value, Tiers | Entries):
        return (said.ladder if isinstance(value, Tiers) else said.table).format(len(value.values))
    return value.replace("_", " ") if isinstance(value, str) else _number(value, unit, language)


def amount_text(value: Shown, unit: str, language: str = INDONESIAN) -> str:
    """The value as `value_text`, an amount of money also in words: `Rp 10.000.000 (sepuluh juta rupiah)`."""
    says = value_text(value, unit, language)
    if unit != "Rp" or type(value) is not int:
        return says
    words = terbilang(value) if language == INDONESIAN else english_words(value)
    return f"{says} ({words} rupiah)"


def _number(value: int, unit: str, language: str) -> str:
    if unit == "Rp":
        return rupiah_text(value)
    if unit in _PARTS:
        whole, rest = divmod(value, 10 ** _PARTS[unit])
        decimals = f"{rest:0{_PARTS[unit]}d}".rstrip("0") if rest else ""
        return f"{whole}{phrases(language).point if decimals else ''}{decimals} %"
    return f"{value} {unit if language == INDONESIAN else _UNITS.get(unit, unit)}".strip()


def _english_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def english_words(number: int) -> str:
    """The whole number in English words: 42000000 is `forty-two million`; up to 10^18 in size."""
    if number == 0:
        return "zero"
    return f"minus {_english(-number)}" if number < 0 else _english(number)


def _english(number: int) -> str:
    for scale, name in _SCALES:
        if number >= scale:
            return f"{_english(number // scale)} {name} {_english(number % scale)}".rstrip()
    if number < 20:
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[rest]}" if rest else _TENS[tens]
