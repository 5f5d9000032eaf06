"""Which pairs of row and person are worth comparing, and how they compare: blocking keys and levels of agreement."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir

ROW_COLUMNS = (
    "row_id", "nik_digits", "nik_kind", "nik_whole", "nik_born", "nik_sex", "name", "name_key", "name_sorted",
    "initial", "surname", "born", "born_swapped", "sex", "kk", "kode_kelurahan",
)  # fmt: skip
"""What a cleaned row needs to be matched; `row_id` is unique, `kode_kelurahan` dotted or ''."""

PERSON_COLUMNS = (
    "nik", "name", "name_key", "name_sorted", "initial", "surname", "born", "sex", "kk", "kode_kelurahan",
)  # fmt: skip
"""What a person of a register needs; `nik` is unique and whole."""

CROWD = 6
"""In a block of more persons than this a row meets only those who agree on one thing more."""

TOGETHER = 5
"""So many blocks are one step: what a join holds in memory is let go before the next ones begin."""

Keys = Callable[[ir.Table], list[ir.Value]]

Keep = Callable[[ir.Table], ir.Table]


def keep_lazy(table: ir.Table) -> ir.Table:
    """Leave a table as an expression; an engine may hand in one that stores it, where many steps build on it."""
    return table


@dataclass(frozen=True, slots=True)
class Block:
    """Keys of rows and of persons under which they meet; where it is crowded one of `finer`, of both, must agree too.

    A block without `finer` is small by itself, however large the register: a number, a family, a whole name on a day.
    """

    row: Keys
    person: Keys
    finer: tuple[Callable[[ir.Table], ir.Value], ...] = ()


def _birth_day(persons: ir.Table) -> ir.IntegerValue:
    """The ddmmyy that a person's NIK says, as one number."""
    said = persons.nik[6:12].cast("int64")
    return ibis.ifelse(said >= 41_00_00, said - 40_00_00, said)


def _some(text: ir.StringValue) -> ir.StringValue:
    """The text, NULL when empty, so that two empty keys never meet."""
    return text.nullif("")


def default_day(born: ir.DateValue) -> ir.BooleanValue:
    """True on 1 January, 1 July and 31 December, which are put where the true day is unknown."""
    return (born.day() == 1) & born.month().isin([1, 7]) | (born.day() == 31) & (born.month() == 12)


def _crowd(table: ir.Table) -> ir.StringValue:
    """The first letter of the family name on days on which many are born, '' on others, to keep the blocks small."""
    return ibis.ifelse(default_day(table.born), table.surname[0:1], "")


def _blocks() -> tuple[Block, ...]:
    """Keys under which a row meets a person: whoever agrees on one of them is compared.

    Between them a row with one fault (a wrong, cut or empty NIK, a typo in any word, a swapped or wrong date) still
    meets its person; most rows with two faults as well.
    """
    return (
        Block(lambda r: [_some(r.nik_whole)], lambda p: [p.nik]),
        Block(lambda r: [_some(_stem(r, 0, 15)), r.initial], lambda p: [p.nik[0:15], p.initial]),
        Block(lambda r: [_some(_stem(r, 0, 15)), r.surname], lambda p: [p.nik[0:15], p.surname]),
        Block(lambda r: [_some(_stem(r, 0, 15)), r.name_sorted], lambda p: [p.nik[0:15], p.name_sorted]),
        Block(lambda r: [_some(_stem(r, 0, 12)), r.initial], lambda p: [p.nik[0:12], p.initial], (_family_letter,)),
        Block(lambda r: [_some(_stem(r, 6, 16)), r.initial], lambda p: [p.nik[6:16], p.initial], (_family_letter,)),
        Block(lambda r: [_some(_stem(r, 0, 6)), _some(_stem(r, 10, 16)), r.surname, r.initial],
              lambda p: [p.nik[0:6], p.nik[10:16], p.surname, p.initial]),
        Block(lambda r: [_some(_stem(r, 0, 10)), _some(_stem(r, 12, 16)), r.surname, r.initial],
              lambda p: [p.nik[0:10], p.nik[12:16], p.surname, p.initial]),
        Block(lambda r: [r.born, _some(r.surname)], lambda p: [p.born, p.surname], (_place,)),
        Block(lambda r: [r.born, _some(r.initial), _crowd(r)], lambda p: [p.born, p.initial, _crowd(p)],
              (_beginning_and_family, _beginning_and_place)),
        Block(lambda r: [r.born, _some(r.name_sorted)], lambda p: [p.born, p.name_sorted]),
        Block(lambda r: [r.born_swapped, _some(r.surname)], lambda p: [p.born, p.surname], (_letter,)),
        Block(lambda r: [_some(r.nik_born).cast("int64"), _some(r.surname)],
              lambda p: [_birth_day(p), p.surname], (_letter,)),
        Block(lambda r: [_some(r.kk), _some(r.initial)], lambda p: [p.kk, p.initial]),
        Block(lambda r: [_some(r.kk), r.born], lambda p: [p.kk, p.born]),
        Block(lambda r: [_some(r.name_key), _some(r.kode_kelurahan)], lambda p: [p.name_key, p.kode_kelurahan],
              (lambda t: t.born.month() * 100 + t.born.day(),)),
        Block(lambda r: [_some(r.name_key), r.born.year()], lambda p: [p.name_key, p.born.year()], (_place,)),
    )  # fmt: skip


def _letter(table: ir.Table) -> ir.StringValue:
    """The first letter of the name."""
    return _some(table.initial)


def _family_letter(table: ir.Table) -> ir.StringValue:
    """The first letter of the family name."""
    return _some(table.surname[0:1])


def _beginning(table: ir.Table) -> ir.StringValue:
    """The first letters of the name: whoever writes them otherwise mostly has the family name right."""
    return _some(table.name_key[0:4])


def _beginning_and_family(table: ir.Table) -> ir.StringValue:
    """The first letters of the name and of the family name, which a slip further on leaves alone."""
    return _beginning(table).concat(table.surname[0:1])


def _beginning_and_place(table: ir.Table) -> ir.StringValue:
    """The first letters of the name and the kelurahan: a family name left out is found by where its bearer lives."""
    return _beginning(table).concat(_some(table.kode_kelurahan))


def _place(table: ir.Table) -> ir.StringValue:
    """The kelurahan."""
    return _some(table.kode_kelurahan)


def _stem(rows: ir.Table, start: int, end: int) -> ir.StringValue:
    """Digits of the NIK as written, '' when there are fewer than 15."""
    return ibis.ifelse(rows.nik_digits.length() >= 15, rows.nik_digits[start:end], "")


def candidate_pairs(rows: ir.Table, persons: ir.Table, keep: Keep = keep_lazy) -> ir.Table:
    """Distinct pairs (row_id, nik) that agree on at least one blocking key.

    On the way a NIK is a number, sixteen digits that fit in 64 bits: pairs are made many times more often than told.
    """
    numbered = persons.mutate(number=persons.nik.cast("int64"))
    blocks = _blocks()
    steps = -(-len(blocks) // TOGETHER)
    parts = [
        keep(ibis.union(*(met for block in blocks[at::steps] for met in _met(block, rows, numbered)), distinct=True))
        for at in range(steps)
    ]
    met = ibis.union(*parts, distinct=True)
    return met.select("row_id", nik=met.number.cast("string"))


def further_pairs(rows: ir.Table, persons: ir.Table) -> ir.Table:
    """Pairs (row_id, nik) for a human who has time: the first fifteen digits, or birth and beginning of the name.

    Hardly any of them settles a row, and in a nation they are many; so the screening of all rows does not ask for them.
    """
    blocks = (
        Block(lambda r: [_some(_stem(r, 0, 15))], lambda p: [p.nik[0:15]]),
        Block(lambda r: [r.born, _beginning(r)], lambda p: [p.born, _beginning(p)]),
    )
    numbered = persons.mutate(number=persons.nik.cast("int64"))
    met = ibis.union(*(pairs for block in blocks for pairs in _met(block, rows, numbered)), distinct=True)
    return met.select("row_id", nik=met.number.cast("string"))


def _met(block: Block, rows: ir.Table, persons: ir.Table) -> list[ir.Table]:
    """The pairs (row_id, number) of one block: all of a small one, of a crowded one who agrees on `finer` too."""
    left = rows.select("row_id", **_keyed(block, block.row, rows))
    right = persons.select("number", **_keyed(block, block.person, persons))
    keys = [name for name in left.columns if name.startswith("k")]
    if not block.finer:
        return [left.inner_join(right, keys).select("row_id", "number")]
    asked = right.semi_join(left, keys)  # once through the register; all else looks at these alone
    sizes = asked.group_by(keys).aggregate(size=asked.count())
    crowded = sizes.filter(sizes.size > CROWD)
    among_few, among_many = left.anti_join(crowded, keys), left.semi_join(crowded, keys)
    return [
        among_few.inner_join(asked, keys).select("row_id", "number"),
        *(
            among_many.inner_join(asked, [*keys, f"finer{n}"]).select("row_id", "number")
            for n in range(len(block.finer))
        ),
    ]


def _keyed(block: Block, keys: Keys, table: ir.Table) -> dict[str, ir.Value]:
    """The keys of a block as columns k0, k1 ... and what is asked besides as finer0, finer1 ..."""
    columns: dict[str, ir.Value] = {f"k{place}": key for place, key in enumerate(keys(table))}
    return columns | {f"finer{place}": finer(table) for place, finer in enumerate(block.finer)}


def compared(pairs: ir.Table, rows: ir.Table, persons: ir.Table) -> ir.Table:
    """Pairs with both sides and how they agree: six levels (words) and four booleans.

    Columns of the person have the prefix `p_`. Booleans: `same_kk` and `other_kk` (both false when the row has none),
    `same_place`, and `other_sex` when neither the sex that the row states nor that of its NIK is the person's.
    """
    both = pairs.inner_join(rows.select(*ROW_COLUMNS), "row_id").inner_join(_named(persons), "nik")
    return levelled(both)


def by_number(rows: ir.Table, persons: ir.Table) -> ir.Table:
    """Rows beside the one person who has their very NIK, with the columns of `compared`."""
    numbered = rows.select(*ROW_COLUMNS).filter(rows.nik_whole != "")
    return levelled(numbered.inner_join(_named(persons), [("nik_whole", "nik")]))


def _named(persons: ir.Table) -> ir.Table:
    return persons.select(**{("nik" if c == "nik" else f"p_{c}"): persons[c] for c in PERSON_COLUMNS})


def levelled(both: ir.Table) -> ir.Table:
    """Rows beside their persons with the levels and booleans of `compared`.

    Levels: nik_level, name_level, born_level, and kk_level, place_level, sex_level (sama, lain, kosong).
    """
    both = both.mutate(
        name_apart=_apart(both.name, both.p_name),
        key_apart=_apart(both.name_key, both.p_name_key),
        surname_apart=_apart(both.surname, both.p_surname),
        nik_apart=_apart(both.nik_digits, both.nik),
    )
    both = both.mutate(
        nik_level=_nik_level(both),
        name_level=_name_level(both),
        born_level=_born_level(both),
        same_kk=(both.kk != "") & (both.kk == both.p_kk),
        other_kk=(both.kk != "") & (both.p_kk != "") & (both.kk != both.p_kk),
        other_sex=_other_sex(both),
        same_place=(both.kode_kelurahan != "") & (both.kode_kelurahan == both.p_kode_kelurahan),
    )
    placed = (both.kode_kelurahan != "") & (both.p_kode_kelurahan != "")
    sexed = (both.sex != "") & (both.p_sex != "")
    return both.mutate(
        kk_level=_mark(both.same_kk, both.other_kk),
        place_level=_mark(both.same_place, placed),
        sex_level=_mark(sexed & ~both.other_sex, both.other_sex),
    )


def _apart(one: ir.StringValue, other: ir.StringValue) -> ir.IntegerValue:
    """How many letters lie between two texts; most that meet are equal, and telling that costs nothing."""
    return ibis.ifelse(one == other, 0, one.levenshtein(other))


def _mark(same: ir.BooleanValue, other: ir.BooleanValue) -> ir.StringValue:
    """sama, else lain, else kosong."""
    return ibis.cases((same, "sama"), (other, "lain"), else_="kosong")


def _other_sex(t: ir.Table) -> ir.BooleanValue:
    """Whether the person is of the other sex than the row says; a NIK says one where its birth part is the row's."""
    written = t.born.day() * 10_000 + t.born.month() * 100 + t.born.year() % 100
    stated, numbered = t.sex != "", (_some(t.nik_born).cast("int64") == written).fill_null(False)
    apart = (~stated | (t.sex != t.p_sex)) & (~numbered | (t.nik_sex != t.p_sex))
    return (stated | numbered) & (t.p_sex != "") & apart


def _nik_level(t: ir.Table) -> ir.StringValue:
    """sama, potong (the first 15 of a cut NIK agree), satu or dua digits wrong, kosong, lain.

    Two neighbours exchanged count as `dua`. A NIK of fewer than 15 digits, or one whose birth part is all zeros, says
    nothing: kosong.
    """
    says_nothing = (t.nik_digits.length() < 14) | (t.nik_digits[6:12] == "000000")
    return ibis.cases(
        (t.nik_digits == t.nik, "sama"),
        ((t.nik_kind == "terpotong") & (t.nik_digits[0:15] == t.nik[0:15]), "potong"),
        (says_nothing, "kosong"),
        (t.nik_apart <= 1, "satu"),
        (t.nik_apart <= 2, "dua"),
        else_="lain",
    )


def _name_level(t: ir.Table) -> ir.StringValue:
    """sama, ejaan (another spelling, one slip, or another order), singkat (initials or words left out), mirip, lain.

    One name is a shortening of the other when nothing but insertions lie between them: the distance is exactly the
    difference in length. First letter and family name must then agree.
    """
    shortest = ibis.least(t.name.length(), t.p_name.length())
    gap = (t.name.length() - t.p_name.length()).abs()
    key_gap = (t.name_key.length() - t.p_name_key.length()).abs()
    slips = ibis.least(t.name_apart - gap, t.key_apart - key_gap)
    same_start = t.initial == t.p_initial
    exchanged = (t.name_apart == 2) & (gap == 0) & (shortest >= 6)
    close = (t.name_apart <= 1) | (t.key_apart <= 1) | exchanged
    return ibis.cases(
        ((t.name == "") | (t.p_name == ""), "lain"),
        (t.name == t.p_name, "sama"),
        ((t.name_key == t.p_name_key) | (close & (shortest >= 5)), "ejaan"),
        ((t.name_sorted == t.p_name_sorted) & (shortest >= 5), "ejaan"),
        (same_start & (slips == 0) & (t.surname_apart == 0), "singkat"),
        (same_start & (slips <= 1) & (t.surname_apart <= 1), "singkat_mirip"),
        ((t.name_apart <= 3) & (shortest >= 9), "mirip"),
        (same_start & (slips <= 2) & (t.surname_apart <= 2), "mirip"),
        else_="lain",
    )


def _born_level(t: ir.Table) -> ir.StringValue:
    """sama, sama_umum (the same, but a day that is put when the true one is unknown), tukar, bagian, kosong, lain."""
    common = default_day(t.p_born)
    parts = [t.born.year() == t.p_born.year(), t.born.month() == t.p_born.month(), t.born.day() == t.p_born.day()]
    agreeing = reduce(lambda left, right: left + right, [part.cast("int64") for part in parts])
    return ibis.cases(
        (t.born.isnull() | t.p_born.isnull(), "kosong"),
        ((t.born == t.p_born) & common, "sama_umum"),
        (t.born == t.p_born, "sama"),
        (t.born_swapped == t.p_born, "tukar"),
        (agreeing == 2, "bagian"),
        else_="lain",
    )
