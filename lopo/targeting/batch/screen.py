"""Screening in one expression: candidate rows and registers in, one verdict with its reasons for each row out."""

from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis
import ibis.expr.types as ir

from lopo import law
from lopo.law.local import REASONS
from lopo.people.batch.clean import clean, kelurahan_codes
from lopo.people.batch.match import Keep, keep_lazy, match
from lopo.people.batch.occupations import occupation_code
from lopo.targeting.batch.known import Known, as_decided, as_one, as_stated
from lopo.targeting.batch.registers import IN_POPULATION, NEEDED_COLUMNS, Checked, Registers, prepare
from lopo.targeting.criteria import Criteria


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """What the programme decided: its criteria, and the Kemendagri code of its area (53.71)."""

    criteria: Criteria
    area: str


CANDIDATE_COLUMNS = {
    "file": "string", "sheet": "string", "line": "int64", "nik": "string", "nik_from_number": "boolean",
    "nama": "string", "no_kk": "string", "jenis_kelamin": "string", "tempat_lahir": "string", "tgl_lahir": "string",
    "nama_ibu": "string", "kelurahan": "string", "kelurahan_hint": "string", "rt": "string", "rw": "string",
    "pekerjaan": "string", "penghasilan": "string", "hp": "string", "email": "string",
}  # fmt: skip
"""Columns of `candidates` (text as in the source, '' or NULL when absent); (file, sheet, line) is the key.

`kelurahan_hint` is a dotted code, for rows whose own `kelurahan` names none.
"""

_COMPLETENESS = (
    "nik", "nama", "no_kk", "jenis_kelamin", "tempat_lahir", "tgl_lahir", "nama_ibu", "rt", "rw", "pekerjaan",
    "penghasilan", "hp", "email",
)  # fmt: skip

_WRITTEN = tuple(name for name in CANDIDATE_COLUMNS if name not in ("file", "sheet", "line"))
"""What a row said before it was cleaned: left behind, since wide rows cost more than any rule."""

VERDICT_COLUMNS = {
    "file": "string", "sheet": "string", "line": "int64", "nik_given": "string", "nik_matched": "string",
    "name": "string", "verdict": "string", "reasons": "string", "same_as": "string",
    "kode_kelurahan": "string", "kecamatan": "string", "desil": "int64", "desil_keluarga": "int64", "born_on": "date",
    "sex": "string", "no_kk_matched": "string", "name_matched": "string", "match_kind": "string",
    "match_score": "int64", "match_lead": "int64", "rivals": "int64", "differs": "string",
}  # fmt: skip
"""Columns of the answer; '' where empty, NULL where a number or date is.

`nik_matched` is the NIK of the person settled in the population register. `kode_kelurahan` (53.71.04.1010) and
`kecamatan` (53.71.04) are the person's, else the list's. `match_kind` says what of the NIK led to the person: sama,
potong (cut), satu, dua (digits wrong), kosong, lain, or '' when nobody is settled; then `match_score`, `match_lead`
and `rivals` tell of the best doubtful person. `differs` names what the row has otherwise than the register: nik nama
lahir jenis_kelamin no_kk, separated by spaces. `desil_keluarga` is the lowest decile in the family, for the human who
checks a person without one of his own.
"""


@dataclass(frozen=True, slots=True)
class Screened:
    """A run: the verdicts (VERDICT_COLUMNS), and the cleaned rows and checked registers that they came from."""

    verdicts: ir.Table
    rows: ir.Table
    checked: Checked


_ONLY_TO_MATCH = (
    "nik_whole", "nik_sex", "name_key", "name_sorted", "initial", "surname", "born_swapped", "row_id_right", "nik_best",
    "p_name_key", "p_name_sorted", "p_initial", "p_surname", "p_stands_in", "f_nik",
)  # fmt: skip
"""Columns that nobody asks for once a row has its person."""

_ANSWERED = (
    *VERDICT_COLUMNS, "nik_digits", "sex", "born", "kk", "name_given", "nik_level", "p_nik", "p_name", "p_born",
    "p_sex", "p_kk", "p_kode_kelurahan", "di_data_penduduk", "orang_dikenal",
)  # fmt: skip
"""Columns from which the answer is made; what neither it nor the law asks for is not stored."""

TARGETS = (*REASONS, "putusan_penyaringan")
"""What the law is asked about a row: every reason, then the verdict."""


def screen_tables(
    candidates: ir.Table, registers: Registers, programme: ProgrammeRules, on: date, keep: Keep = keep_lazy
) -> ir.Table:
    """One row of VERDICT_COLUMNS for each row of `candidates` (CANDIDATE_COLUMNS), facts as on the day `on`.

    Pure expressions. `keep` may store a table on which several later steps build; an engine passes its own.
    """
    return screen_known(candidates, registers, programme, on, keep).verdicts


def screen_known(  # noqa: PLR0917 - the five things that a screening rests on
    candidates: ir.Table,
    registers: Registers | Checked,
    programme: ProgrammeRules,
    on: date,
    keep: Keep = keep_lazy,
    known: Known | None = None,
) -> Screened:
    """Screen as `screen_tables` does, with what people have decided about pairs taken as it is (see `known`).

    Registers that were checked before are taken as they are; they must have been so for the same day.
    """
    checked = registers if isinstance(registers, Checked) else prepare(registers, on, keep)
    rows = keep(cleaned_rows(candidates, on, with_work=bool(programme.criteria.works)))
    del registers, candidates  # the largest tables of a run: an engine may drop what nobody speaks of
    found = match(rows, checked.persons, keep)
    if known is not None:
        checked = Checked(checked.persons, keep(as_one(checked.facts, known)))
        found = keep(as_decided(rows, found, known))
    judged = with_person(rows, found, checked)
    if known is not None:
        judged = as_stated(judged)
    judged = keep(judged.drop(*(name for name in _ONLY_TO_MATCH if name in judged.columns)))
    facts = with_facts(_with_twins(judged), programme, on)
    asked = {fact.name for fact in law.LAW.law_on(on).plan(TARGETS).facts}
    facts = keep(facts.select(*(name for name in facts.columns if name in asked or name in _ANSWERED)))
    return Screened(_answer(law.compute([*TARGETS], facts, on, reasons="reasons")), rows, checked)


def cleaned_rows(candidates: ir.Table, on: date, *, with_work: bool = False) -> ir.Table:
    """Candidates cleaned, with a key, the code of their kelurahan, and how many of their cells are filled.

    `with_work` adds the KBJI code of the work as it is written, which most programmes do not ask for.
    """
    table = clean(candidates, on)
    table = kelurahan_codes(table, "kelurahan", "kode_sendiri")
    filled = [_written(table[name]).cast("int64") for name in _COMPLETENESS]
    return table.mutate(
        row_id=table.file.concat("#", table.sheet, "#", table.line.cast("string")),
        kode_kelurahan=ibis.ifelse(table.kode_sendiri == "", table.kelurahan_hint.fill_null(""), table.kode_sendiri),
        filled=reduce(lambda left, right: left + right, filled),
        nik_given=table.nik.fill_null(""),
        name_given=table.nama.fill_null(""),
        **({"work_code": occupation_code(table.pekerjaan)} if with_work else {}),
    ).drop(*_WRITTEN, "kode_sendiri")


def _written(text: ir.StringValue) -> ir.BooleanValue:
    """Whether a cell has more than spaces; one that begins with a sign behind the space needs no trimming."""
    return ibis.ifelse(text >= "!", True, text.fill_null("").strip() != "")


def with_person(rows: ir.Table, found: ir.Table, checked: Checked) -> ir.Table:
    """Rows with the settled person (columns p_), what the registers say of him, and a key of identity."""
    persons = checked.persons.select(
        **{f"p_{column}": checked.persons[column] for column in checked.persons.columns}
    )  # p_nik, p_name, p_born ... p_stands_in
    table = rows.left_join(found, "row_id").drop("row_id_right")
    table = table.left_join(persons, [("nik_found", "p_nik")])
    table = table.left_join(checked.facts.rename(f_nik="nik"), [("nik_found", "f_nik")])
    known = table.p_nik.notnull()
    alone = ibis.ifelse(
        (table.nik_whole != "") & (table.name_key != ""), table.nik_whole.concat("|", table.name_key), table.row_id
    )
    return table.mutate(
        orang_dikenal=known,
        di_data_penduduk=(known & (table.p_stands_in == IN_POPULATION)).fill_null(False),
        identity=ibis.ifelse(known, table.p_nik, alone),
    )


def _with_twins(table: ir.Table) -> ir.Table:
    """Mark rows of a person who stands on a fuller row of the same or another list, and point to that row.

    The fullest row has most cells filled, the person's own NIK counting twice; between equals the one that agrees
    better with the register, then the longer name, then the first in the order of file, sheet and line.
    """
    own_nik = (table.nik_digits == table.p_nik).fill_null(False).cast("int64")
    each = table.select(
        "row_id", "identity", "file", "sheet", "line", filled=table.filled + own_nik,
        agrees=table.match_score.fill_null(0), letters=table.name.length(),
    )  # fmt: skip
    several = each.group_by("identity").aggregate(rows=each.count())
    each = each.semi_join(several.filter(several.rows > 1), "identity")
    order = [ibis.desc("filled"), ibis.desc("agrees"), ibis.desc("letters"), "file", "sheet", "line"]
    person = ibis.window(group_by="identity", order_by=order)
    listed = ibis.window(group_by=["identity", "file"], order_by=order)
    place = ibis.row_number().over(person)
    twins = each.select(
        twin_row="row_id",
        kembar_dalam=ibis.row_number().over(listed) > 0,
        kembar_antar=(place > 0) & (each.file.first().over(person) != each.file),
        same_as=ibis.ifelse(place > 0, each.row_id.first().over(person), ""),
    )
    marked = table.left_join(twins, [("row_id", "twin_row")]).drop("twin_row")
    return marked.mutate(
        kembar_dalam=marked.kembar_dalam.fill_null(False),
        kembar_antar=marked.kembar_antar.fill_null(False),
        same_as=marked.same_as.fill_null(""),
    )


def with_facts(table: ir.Table, programme: ProgrammeRules, on: date) -> ir.Table:
    """Add the facts that the rules of `law.local` ask for."""
    area = programme.area + "."
    stated = ibis.coalesce(table.born, table.p_born)
    own_digits = ibis.ifelse(stated.isnull(), "", stated.strftime("%d%m%y"))
    told = programme.criteria.facts()
    return table.mutate(
        nik_keadaan=table.nik_kind,
        nik_cocok=(table.orang_dikenal & (table.nik_digits == table.p_nik)).fill_null(False),
        nik_lahir_beda=(table.nik_born != "") & (own_digits != "") & (table.nik_born != own_digits),
        alamat_di_luar=(table.di_data_penduduk & ~table.p_kode_kelurahan.startswith(area)).fill_null(False),
        nama_tertulis=table.name != "",
        lahir_tertulis=table.born.notnull(),
        terdaftar_asn=table.terdaftar_asn.fill_null(False),
        entri_ragu=table.entri_ragu.fill_null(False),
        tgl_lahir_orang=table.p_born,
        hari_pendaftaran=ibis.literal(on),
        jenis_kelamin_orang=ibis.ifelse(table.p_sex.isin(["L", "P"]), table.p_sex, ibis.null("string")),
        pekerjaan_termasuk=_work_taken(table, programme.criteria.works),
        **{name: ibis.literal(value, type=_TOLD[law.LAW.book.facts[name].kind]) for name, value in told.items()},
    )


_TOLD = {int: "int64", bool: "boolean", str: "string"}


def _work_taken(table: ir.Table, works: tuple[str, ...]) -> ir.BooleanValue:
    """Whether the written work is among those that the programme takes; NULL where it asks none or nobody can say."""
    if not works:
        return ibis.null("boolean")
    return ibis.ifelse(table.work_code == "", ibis.null("boolean"), table.work_code.isin(works))


def _differs(table: ir.Table) -> ir.StringValue:
    """What the row has otherwise than the settled person."""
    checks = (
        ("nik", table.nik_digits != table.p_nik),
        ("nama", table.name != table.p_name),
        ("lahir", table.born != table.p_born),
        ("jenis_kelamin", (table.sex != "") & (table.sex != table.p_sex)),
        ("no_kk", (table.kk != "") & (table.kk != table.p_kk)),
    )
    words = [ibis.ifelse(wrong.fill_null(False), f"{word} ", "") for word, wrong in checks]
    return reduce(lambda left, right: left.concat(right), words).rstrip()


def _answer(table: ir.Table) -> ir.Table:
    """The columns of the answer, in their order."""
    place = ibis.coalesce(table.p_kode_kelurahan.nullif(""), table.kode_kelurahan)
    answer = table.mutate(
        verdict=table.putusan_penyaringan,
        nik_matched=ibis.ifelse(table.di_data_penduduk, table.p_nik, ""),
        kode_kelurahan=place,
        kecamatan=place[0:8],
        born_on=ibis.coalesce(table.p_born, table.born),
        sex=ibis.coalesce(table.p_sex, table.sex),
        no_kk_matched=table.p_kk.fill_null(""),
        name_matched=table.p_name.fill_null(""),
        match_kind=ibis.ifelse(table.orang_dikenal, table.nik_level, ""),
        differs=_differs(table),
    ).drop("name")
    answer = answer.rename(name="name_given")
    return answer.select(**{name: answer[name].cast(kind) for name, kind in VERDICT_COLUMNS.items()})


__all__ = [
    "CANDIDATE_COLUMNS", "NEEDED_COLUMNS", "TARGETS", "VERDICT_COLUMNS", "ProgrammeRules", "Registers", "Screened",
    "screen_known", "screen_tables", "with_facts", "with_person",
]  # fmt: skip
