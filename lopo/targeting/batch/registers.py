"""The registers that candidates are checked against: who stands in them, and what each says about a person."""

from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis
import ibis.expr.types as ir

from lopo.people.batch.clean import clean, kelurahan_codes, with_date
from lopo.people.batch.match import Keep, doubted, matched
from lopo.people.batch.pairs import PERSON_COLUMNS, ROW_COLUMNS


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers as Ibis tables, all columns text as in the source files.

    population: no_kk nik nama jenis_kelamin tgl_lahir hubungan nama_ibu kode_kelurahan rt rw;
    deaths: nik nama tgl_lahir tgl_meninggal kelurahan; moves: nik nama tgl_pindah tujuan;
    civil_servants: nip nik nama instansi; active_members: kpj nik nama tgl_lahir segmen aktif_sejak;
    deciles: no_kk nik nama desil per_tanggal. Further columns are ignored.
    """

    population: ir.Table
    deaths: ir.Table
    moves: ir.Table
    civil_servants: ir.Table
    active_members: ir.Table
    deciles: ir.Table


NEEDED_COLUMNS: dict[str, tuple[str, ...]] = {
    "population": ("no_kk", "nik", "nama", "jenis_kelamin", "tgl_lahir", "kode_kelurahan"),
    "deaths": ("nik", "nama", "tgl_lahir", "tgl_meninggal", "kelurahan"),
    "moves": ("nik", "nama", "tgl_pindah"),
    "civil_servants": ("nip", "nik", "nama"),
    "active_members": ("nik", "nama", "tgl_lahir", "segmen", "aktif_sejak"),
    "deciles": ("no_kk", "nik", "nama", "desil"),
}
"""Columns without which a register is refused, by the field of Registers."""

IN_POPULATION, IN_DECILES, IN_OTHERS = "penduduk", "dtsen", "register_lain"
WORTH_A_LOOK = 0.02
"""An entry is looked at from this probability on: three minutes of a clerk against two and a half hours, which is what
it costs to find and undo a month that was paid for somebody who had died or left."""

_PERSON = (*PERSON_COLUMNS, "stands_in")
_ENTRY = (*ROW_COLUMNS, "register", "event_on", "segment")


@dataclass(frozen=True, slots=True)
class Checked:
    """Registers made ready: `persons` (PERSON_COLUMNS and `stands_in`), and `facts` with one row a NIK.

    facts: nik, tgl_meninggal, tgl_pindah, aktif_pu_sejak, aktif_bpu_sejak (dates, NULL when the register says nothing),
    terdaftar_asn and entri_ragu (booleans), desil (int64 or NULL), and bulan_program_bebas (int64): how many months of
    the programme no decree of another one covers, NULL for whom no such decree names.
    """

    persons: ir.Table
    facts: ir.Table


def prepare(registers: Registers, on: date, keep: Keep) -> Checked:
    """Settle every entry of every register to a person, by NIK or else by name and birth, and gather what they say.

    An entry that fits nobody but has a whole NIK becomes a person of its own: somebody whom the population register
    lacks. A NIK that stands twice is one person; where it is two people's, that one has `entri_ragu`. An entry that may
    be a person's but is not settled (it fits two alike, or is spelt otherwise and has no NIK) refuses nobody: each whom
    it may mean has `entri_ragu`, so that a human looks whose it is.
    """
    everybody = keep(_population(registers, on).union(_only_in_deciles(registers, on)))
    known = keep(_one_a_nik(everybody))
    entries = keep(_entries(registers, on))
    found, pairs = matched(entries, known, keep)
    told = entries.left_join(found.select("row_id", "nik_found"), "row_id").drop("row_id_right")
    told = told.mutate(nik_found=told.nik_found.fill_null(""))
    told = keep(told.mutate(nik_of=ibis.ifelse(told.nik_found == "", told.nik_whole, told.nik_found)))
    unknown = told.filter((told.nik_found == "") & (told.nik_whole != ""))
    strangers = unknown.anti_join(known, [("nik_of", "nik")])
    persons = keep(known.union(_strangers(strangers, on)))
    torn = doubted(pairs, found, known, WORTH_A_LOOK).select("nik").union(_shared_niks(everybody))
    return Checked(persons, keep(_facts(persons, told, torn, registers.deciles)))


def _one_a_nik(people: ir.Table) -> ir.Table:
    """One person for each NIK, also where a register holds a NIK twice: rows of a list never multiply by it."""
    first = ibis.row_number().over(ibis.window(group_by="nik", order_by=["stands_in", "name_key", "born", "kk"]))
    table = people.mutate(place=first)
    return table.filter(table.place == 0).select(*_PERSON)


def _shared_niks(people: ir.Table) -> ir.Table:
    """The NIKs that a register gives to two people of other names or births: whose they are is for a human to see."""
    each = people.group_by("nik").aggregate(
        name_one=people.name_key.min(), name_other=people.name_key.max(),
        born_one=people.born.min(), born_other=people.born.max(),
    )  # fmt: skip
    return each.filter((each.name_one != each.name_other) | (each.born_one != each.born_other)).select("nik")


def _population(registers: Registers, on: date) -> ir.Table:
    table = clean(registers.population.mutate(nik_from_number=False), on)
    table = table.mutate(stands_in=ibis.literal(IN_POPULATION))
    return table.filter(table.nik_whole != "").select(*_PERSON)


def _only_in_deciles(registers: Registers, on: date) -> ir.Table:
    """Persons of DTSEN whom the population register lacks; birth and sex as their NIK says."""
    missing = registers.deciles.anti_join(registers.population, "nik")
    table = clean(_filled(missing, "jenis_kelamin", "tgl_lahir"), on)
    table = _born_by_nik(table, on).mutate(
        sex=table.nik_sex,
        kode_kelurahan=ibis.literal(""),
        stands_in=ibis.literal(IN_DECILES),
    )
    return table.filter(table.nik_whole != "").select(*_PERSON)


def _strangers(entries: ir.Table, on: date) -> ir.Table:
    """Entries of other registers that fit nobody, one person a NIK; birth and sex as the NIK says."""
    table = _born_by_nik(entries, on)
    table = table.mutate(sex=table.nik_sex, nik=table.nik_whole, stands_in=ibis.literal(IN_OTHERS))
    first = ibis.row_number().over(ibis.window(group_by="nik", order_by=["name", "row_id"]))
    table = table.mutate(place=first)
    return table.filter(table.place == 0).select(*_PERSON)


def _born_by_nik(table: ir.Table, on: date) -> ir.Table:
    """The table with `born` as the NIK says; its two-digit year is of this century until the year of `on`."""
    digits = table.nik_born
    said = table.drop("born").mutate(born_text=digits[0:2].concat("-", digits[2:4], "-", digits[4:6]))
    return with_date(said, "born_text", "born", on)


def _filled(table: ir.Table, *absent: str) -> ir.Table:
    """The table with empty text in the columns that it lacks, and NIKs known to be text."""
    return table.mutate(nik_from_number=False, **{column: ibis.literal("") for column in absent})


def _entries(registers: Registers, on: date) -> ir.Table:
    """The entries of the four registers of events and states in one cleaned shape (_ENTRY)."""
    servants = registers.civil_servants
    parts = [
        _entry("kematian", _filled(registers.deaths, "no_kk", "jenis_kelamin"), "tgl_meninggal"),
        _entry("pindah", _filled(registers.moves, "no_kk", "jenis_kelamin", "tgl_lahir", "kelurahan"), "tgl_pindah"),
        _entry("asn", _filled(servants.mutate(tgl_lahir=servants.nip[0:8], since=ibis.literal("")),
                              "no_kk", "jenis_kelamin", "kelurahan"), "since"),
        _entry("bpjs", _filled(registers.active_members, "no_kk", "jenis_kelamin", "kelurahan"), "aktif_sejak"),
    ]  # fmt: skip
    table = clean(reduce(lambda left, right: left.union(right), parts), on)
    table = kelurahan_codes(table, "kelurahan", "kode_kelurahan")
    return with_date(table, "event_text", "event_on", on).select(*_ENTRY).distinct()


def _entry(register: str, table: ir.Table, day: str) -> ir.Table:
    """One register in the shape that all share, with a key made of what it says."""
    segment = table.segmen.fill_null("").upper() if "segmen" in table.columns else ibis.literal("")
    texts = [table[column].fill_null("") for column in ("nik", "nama", "tgl_lahir", day)]
    key = reduce(lambda left, right: left.concat("|", right), texts, ibis.literal(register))
    return table.select(
        "nik", "nik_from_number", "nama", "no_kk", "jenis_kelamin", "tgl_lahir", "kelurahan",
        row_id=key.concat("|", segment), register=ibis.literal(register), event_text=table[day], segment=segment,
    )  # fmt: skip


def _facts(persons: ir.Table, entries: ir.Table, torn: ir.Table, deciles: ir.Table) -> ir.Table:
    """What the registers say, one row for each person; `torn` are the persons whom an entry may mean."""

    def first(register: str, segment: str = "") -> ir.DateValue:
        wanted = (entries.register == register) & ((entries.segment == segment) | (segment == ""))
        return entries.event_on.min(where=wanted)

    said = entries.filter(entries.nik_of != "").group_by("nik_of")
    events = said.aggregate(
        tgl_meninggal=first("kematian"),
        tgl_pindah=first("pindah"),
        aktif_pu_sejak=first("bpjs", "PU"),
        aktif_bpu_sejak=first("bpjs", "BPU"),
        terdaftar_asn=(entries.register == "asn").any(),
    )
    ranks = deciles.mutate(desil_angka=deciles.desil.try_cast("int64"))
    by_person = ranks.group_by(nik_desil="nik").aggregate(desil=ranks.desil_angka.min())
    by_family = ranks.group_by(kk_desil="no_kk").aggregate(desil_keluarga=ranks.desil_angka.min())
    doubted = torn.select(nik_ragu="nik").distinct()
    table = persons.select("nik", "kk").left_join(events, [("nik", "nik_of")])
    table = table.left_join(doubted, [("nik", "nik_ragu")])
    table = table.left_join(by_person, [("nik", "nik_desil")]).left_join(by_family, [("kk", "kk_desil")])
    table = table.mutate(terdaftar_asn=table.terdaftar_asn.fill_null(False), entri_ragu=table.nik_ragu.notnull())
    table = table.mutate(bulan_program_bebas=ibis.null("int64"))
    return table.drop("nik_of", "nik_desil", "kk_desil", "kk", "nik_ragu")


def with_decreed(checked: Checked, decreed: ir.Table) -> Checked:
    """Checked registers with what other programmes' decrees say; `decreed`: nik and free_months (int64), one a nik."""
    named = decreed.select(nik_named="nik", bulan_program_bebas="free_months")
    facts = checked.facts.drop("bulan_program_bebas").left_join(named, [("nik", "nik_named")]).drop("nik_named")
    return Checked(checked.persons, facts)
