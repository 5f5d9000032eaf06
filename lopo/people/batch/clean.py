"""Cleaning in bulk: NIK, names, birth dates, sex, phones and places from what people typed to what can be compared."""

from datetime import date

import ibis
import ibis.expr.types as ir

from lopo.basics.area import AFTER_PLACE, BEFORE_PLACE, PROVINCES, known_keys
from lopo.basics.nik import EXACT_INTEGERS_UNTIL
from lopo.basics.phone import COUNTRY, EMPTY_DECIMALS, LONGEST, NEXT_NUMBER, ROUNDED, SHORTEST
from lopo.people.batch.names import first_letter, last_word, name_key, normal_name, sorted_words

_MONTHS: dict[int, tuple[str, ...]] = {
    1: ("JAN",), 2: ("FEB", "PEB"), 3: ("MAR",), 4: ("APR",), 5: ("MEI", "MAY"), 6: ("JUN",), 7: ("JUL",),
    8: ("AGU", "AGS", "AGT", "AUG"), 9: ("SEP",), 10: ("OKT", "OCT"), 11: ("NOV", "NOP"), 12: ("DES", "DEC"),
}  # fmt: skip
"""The first three letters of the months, in Indonesian and English and as old registers spell them."""

_UNTIL_29, _UNTIL_30, _UNTIL_31 = (f"(?:[04][1-9]|[1256][0-9]{rest})" for rest in ("", "|[37]0", "|[37][01]"))
_SOUND_STEM = (
    f"^(?:{'|'.join(sorted(PROVINCES))})[0-9]{{4}}"
    f"(?:{_UNTIL_31}(?:0[13578]|1[02])|{_UNTIL_30}(?:0[469]|11)|{_UNTIL_29}02)[0-9]{{2}}"
)
"""Twelve digits that name a province and a day of the calendar, the day of a woman 40 more: one look, no sums."""

CLEAN_INPUT = ("nik", "nik_from_number", "nama", "no_kk", "jenis_kelamin", "tgl_lahir")
"""Columns that `clean` reads: text, but `nik_from_number` is boolean."""

CLEAN_COLUMNS = (
    "nik_digits", "nik_kind", "nik_whole", "nik_born", "nik_sex", "name", "name_key", "name_sorted", "initial",
    "surname", "born", "born_swapped", "sex", "kk",
)  # fmt: skip


def clean(table: ir.Table, on: date) -> ir.Table:
    """Add CLEAN_COLUMNS to a table that has CLEAN_INPUT; other columns stay.

    `nik_kind` is kosong, rusak, terpotong or utuh as in `basics.nik.kind`; `nik_whole` the 16 digits when utuh, else
    ''; `nik_born` ddmmyy as the NIK says (the day of a woman less 40), '' when it has none; `born_swapped` the birth
    date with day and month exchanged, NULL where that is no other date. A birth before 1900 or after `on` is NULL.
    `on` settles the century of two-digit years: a year after it is of the last century.
    """
    table = with_date(table, "tgl_lahir", "born", on)
    table = table.mutate(born=_possible(table.born, on))
    table = table.mutate(
        nik_digits=digits(table.nik),
        name=normal_name(table.nama),
        sex=sex_code(table.jenis_kelamin),
        kk=digits(table.no_kk),
    )
    table = table.mutate(
        nik_kind=nik_kind(table.nik_digits, table.nik_from_number.fill_null(False)),
        name_key=name_key(table.name),
        initial=first_letter(table.name),
        born_swapped=swapped(table.born),
        kk=ibis.ifelse(table.kk.length() == 16, table.kk, ""),
    )
    readable = table.nik_kind.isin(["utuh", "terpotong"])
    return table.mutate(
        name_sorted=sorted_words(table.name_key),
        surname=last_word(table.name_key),
        nik_whole=ibis.ifelse(table.nik_kind == "utuh", table.nik_digits, ""),
        nik_born=ibis.ifelse(readable, nik_birth(table.nik_digits), ""),
        nik_sex=ibis.ifelse(readable, nik_sex(table.nik_digits), ""),
    )


def _possible(born: ir.DateValue, on: date) -> ir.DateValue:
    """The day of birth, NULL where nobody alive can have been born: before 1900, or after the day `on`."""
    return ibis.ifelse((born.year() >= 1900) & (born <= ibis.literal(on)), born, ibis.null("date"))


def digits(text: ir.StringValue) -> ir.StringValue:
    """Only the digits of a text, '' for NULL."""
    return text.fill_null("").re_replace("[^0-9]", "")


def nik_birth(number: ir.StringValue) -> ir.StringValue:
    """Day, month and year (ddmmyy) that a NIK of 15 or 16 digits says, with the day of a woman less 40."""
    day = number[6:8].try_cast("int64")
    plain = ibis.ifelse(day > 40, day - 40, day)
    return plain.cast("string").lpad(2, "0").concat(number[8:12])


def nik_sex(number: ir.StringValue) -> ir.StringValue:
    """L or P as the day part of a NIK says."""
    return ibis.ifelse(number[6:8].try_cast("int64") > 40, "P", "L")


def nik_kind(number: ir.StringValue, from_number: ir.BooleanValue) -> ir.StringValue:
    """The column form of `basics.nik.kind` over digits: kosong, rusak, terpotong or utuh."""
    sound = number.re_search(_SOUND_STEM)
    serial = ~number[12:16].isin(["0000", ""])
    rounded = (number[15:16] == "0") | (number.try_cast("int64") > EXACT_INTEGERS_UNTIL)
    cut = (number.length() == 15) | ((number.length() == 16) & ibis.ifelse(from_number, rounded, False))
    return ibis.cases(
        (number.re_search("^0*$"), "kosong"),
        (cut & sound, "terpotong"),
        (~cut & (number.length() == 16) & sound & serial, "utuh"),
        else_="rusak",
    )


def with_date(table: ir.Table, text: str, name: str, on: date) -> ir.Table:
    """Add the date column `name`: what the text column `text` says, NULL where it says no date.

    Read are 2/10/2005, 02-10-05, 2005-10-02, 02102005, 2 Oktober 2005 and Kupang, 2 Okt 2005. The day comes before the
    month, as Indonesia writes; only where that is no date, the month is taken first. The steps are columns of their
    own, so that no engine works one out twice.
    """
    plain = table[text].fill_null("").upper().re_replace(r"^.*,|^[^0-9]+", "").re_replace(r"[^0-9A-Z]+", "-")
    t = table.mutate(_plain=plain)
    t = t.mutate(_plain=_parted(t._plain))
    parts = r"^-?([0-9]{1,4})-([0-9]{1,2}|[A-Z]{3,})-([0-9]{1,4})"
    t = t.mutate(
        _first=t._plain.re_extract(parts, 1), _word=t._plain.re_extract(parts, 2), _last=t._plain.re_extract(parts, 3)
    )
    t = t.mutate(_middle=_month_number(t._word), _year_first=t._first.length() == 4)
    t = t.mutate(
        _year=ibis.ifelse(t._year_first, t._first, t._last), _day=ibis.ifelse(t._year_first, t._last, t._first)
    )
    t = t.mutate(
        _year=_full_year(t._year, on), _swap=~t._year_first & (_number(t._middle) > 12) & (_number(t._day) <= 12)
    )
    t = t.mutate(_month=ibis.ifelse(t._swap, t._day, t._middle), _day=ibis.ifelse(t._swap, t._middle, t._day))
    t = t.mutate(**{name: _day_of(t._year, t._month, t._day)})
    return t.drop("_plain", "_first", "_word", "_last", "_middle", "_year_first", "_year", "_day", "_swap", "_month")


def _parted(plain: ir.StringValue) -> ir.StringValue:
    """Eight digits without signs, 20051002 or 02102005, with signs between year, month and day."""
    whole = plain.re_search("^[0-9]{8}$")
    year_first = whole & plain.re_search("^(19|20)[0-9]{2}[01][0-9][0-3][0-9]$")
    return ibis.cases(
        (year_first, plain[0:4].concat("-", plain[4:6], "-", plain[6:8])),
        (whole, plain[0:2].concat("-", plain[2:4], "-", plain[4:8])),
        else_=plain,
    )


def _month_number(month: ir.StringValue) -> ir.StringValue:
    """The digits of a month that is written as digits or as a word, '' for a word that names none."""
    words = [(month[0:3].isin(list(starts)), str(number)) for number, starts in _MONTHS.items()]
    return ibis.cases((month.re_search("^[0-9]"), month), *words, else_="")


def _full_year(year: ir.StringValue, on: date) -> ir.StringValue:
    """A year of four digits; two digits are of this century until the year of `on`, else of the last."""
    century = ibis.ifelse(_number(year) <= on.year % 100, str(on.year // 100), str(on.year // 100 - 1))
    return ibis.cases((year.length() == 4, year), (year.length() == 2, century.concat(year)), else_="")


def _number(text: ir.StringValue) -> ir.IntegerValue:
    """The number in a text of digits, 0 when there is none."""
    return text.try_cast("int64").fill_null(0)


def _day_of(year: ir.StringValue, month: ir.StringValue, day: ir.StringValue) -> ir.DateValue:
    """The date of three texts, NULL when the calendar has none."""
    iso = year.concat("-", month.lpad(2, "0"), "-", day.lpad(2, "0"))
    return ibis.ifelse(iso.re_search(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), iso, ibis.null("string")).try_cast("date")


def swapped(born: ir.DateValue) -> ir.DateValue:
    """The date with day and month exchanged; NULL where day and month are equal or the day is above 12."""
    other = (born.day() <= 12) & (born.day() != born.month())
    day = ibis.ifelse(other, born.month(), 1)
    month = ibis.ifelse(other, born.day(), 1)
    return ibis.ifelse(other, ibis.date(born.year(), month, day), ibis.null("date"))


def sex_code(text: ir.StringValue) -> ir.StringValue:
    """L or P from L/P, Laki-laki/Perempuan, Pria/Wanita; '' when it says neither."""
    word = text.fill_null("").upper().re_replace("[^A-Z]", "")
    return ibis.cases(
        (word.re_search("^(L|LK|LAKI.*|PRIA|M|MALE|COWOK)$"), "L"),
        (word.re_search("^(P|PR|PEREMPUAN|WANITA|F|FEMALE|W)$"), "P"),
        else_="",
    )


def phone_number(text: ir.StringValue) -> ir.StringValue:
    """A phone number as `basics.phone.plain_phone` gives it: +62 812-... becomes 0812...; '' where none can be read."""
    first = text.fill_null("").upper().re_replace(NEXT_NUMBER, "").re_replace(EMPTY_DECIMALS, "")
    number = digits(first).re_replace(COUNTRY, "0").re_replace("^8", "08")
    fits = (number.length() >= SHORTEST) & (number.length() <= LONGEST) & ~first.re_search(ROUNDED)
    return ibis.ifelse(fits, number, "")


def kelurahan_codes(table: ir.Table, text: str, code: str) -> ir.Table:
    """Add the column `code`: the dotted Kemendagri code of the kelurahan that the column `text` names, '' if none."""
    known = ibis.memtable([{"_key": key, "_code": kode} for key, kode in known_keys()])
    bare = table[text].fill_null("").upper().re_replace(BEFORE_PLACE, "").re_replace(AFTER_PLACE, "")
    keyed = table.mutate(_place=bare.re_replace("[^A-Z0-9]", ""))
    joined = keyed.left_join(known, keyed._place == known._key)
    return joined.mutate(**{code: joined._code.fill_null("")}).drop("_place", "_key", "_code")
