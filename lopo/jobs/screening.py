"""Screens the lists of a programme: rows and registers out to the engine, all verdicts back in one transaction."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from django.db import transaction
from pyarrow import csv as arrow_csv

from lopo.basics.refusal import Refused
from lopo.jobs.doubts import likely_persons
from lopo.jobs.engine import Engine, open_engine
from lopo.jobs.prepared import checked_registers
from lopo.law import LAW
from lopo.people.batch.clean import phone_number
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.occupations import occupation_code
from lopo.people.queries import copy_merged, copy_register, has_merged, snapshots
from lopo.people.registers import LAYOUTS
from lopo.staff.queries import Officer, require
from lopo.targeting.actions import Recorded, ScreenedRow, ScreeningRun, record_screening
from lopo.targeting.actions.linkage import keep_model_used
from lopo.targeting.actions.naming import add_named, check_naming
from lopo.targeting.actions.settling import LikelyPerson, keep_likenesses
from lopo.targeting.batch.doubts import fact_names, likenesses, named
from lopo.targeting.batch.known import Known
from lopo.targeting.batch.registers import Registers, with_decreed
from lopo.targeting.batch.screen import CANDIDATE_COLUMNS, ProgrammeRules, Screened, screen_known
from lopo.targeting.criteria import read_criteria
from lopo.targeting.queries import candidate_count, copy_candidates, programme_row
from lopo.targeting.queries.elsewhere import copy_decreed
from lopo.targeting.queries.known import copy_known, has_labels
from lopo.targeting.queries.linkage import model_in_force

Progress = Callable[[int, int, str], None]
_FIELD_OF_KIND = {
    "penduduk": "population", "kematian": "deaths", "pindah": "moves", "asn": "civil_servants",
    "bpjs": "active_members", "desil": "deciles",
}  # fmt: skip
_EVIDENCE = (
    "match_kind", "match_score", "match_lead", "rivals", "differs", "name_matched", "born_on", "sex", "no_kk_matched",
    "desil_keluarga", "kbji",
)  # fmt: skip
_STEPS = 5


def screen_programme(*, by: Officer, on: date, programme_id: int, progress: Progress) -> Recorded:
    """Screen every candidate row of a programme against the registers in force, facts as on the programme's day.

    Needs `lists.screen`; see `targeting.actions.record_screening`. The day of the facts is the programme's day of
    registration, `on` is the day of the deed. Refused: no such programme, criteria that nobody understands, no
    candidates, a register that is missing.
    """
    programme = programme_row(programme_id)
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    require(by, "lists.screen", on=on, area_code=programme.area_code)
    in_force = snapshots(only_current=True)
    missing = [layout.title for kind, layout in LAYOUTS.items() if kind not in {one.kind for one in in_force}]
    if missing:
        raise Refused("register_belum_ada", f"Register berikut belum dimuat: {', '.join(missing)}.")
    if candidate_count(programme_id) == 0:
        raise Refused("tidak_ada_calon", "Belum ada daftar dengan calon untuk program ini.")
    rules = ProgrammeRules(read_criteria(programme.criteria), programme.area_code)
    model = model_in_force()
    rows, likely = _screened(programme_id, rules, programme.registration_day, model, progress)
    progress(_STEPS - 1, _STEPS, f"menyimpan {len(rows)} putusan")
    law_hash = LAW.law_on(programme.registration_day).edition.law_hash
    run = ScreeningRun(programme_id, law_hash, tuple(one.id for one in in_force), rows, programme.criteria)
    with transaction.atomic():
        recorded = record_screening(by=by, on=on, run=run)
        keep_likenesses(recorded.screening_id, likely)
        keep_model_used(recorded.screening_id, model)
    progress(_STEPS, _STEPS, "selesai")
    return recorded


def _screened(
    programme_id: int, rules: ProgrammeRules, day: date, model: Model, progress: Progress
) -> tuple[tuple[ScreenedRow, ...], tuple[LikelyPerson, ...]]:
    """Take rows and registers out, screen them, and give the verdicts by row id and whom the doubtful may be."""
    with open_engine() as engine:
        progress(0, _STEPS, "mengambil baris usulan")
        candidates = candidate_rows(engine, programme_id)
        screened = _screen(engine, programme_id, candidates, rules, day, progress)
        progress(3, _STEPS, "mengumpulkan putusan")
        rows = tuple(_row(told) for told in _with_ids(screened.verdicts, candidates).to_pyarrow().to_pylist())
        likely = engine.keep(likenesses(screened, rules, day, engine.keep, model=model))
        return rows, likely_persons(likely, _keys(candidates), fact_names(day), model.name)


def _screen(  # noqa: PLR0917 - the engine, and the five things that a screening rests on
    engine: Engine, programme_id: int, candidates: ir.Table, rules: ProgrammeRules, day: date, progress: Progress
) -> Screened:
    """Screen candidate rows against the registers in force, with what officers have settled."""
    progress(1, _STEPS, "mengambil register")
    registers = checked_registers(engine, day, registers_in_force)
    if decreed := _arrow(partial(copy_decreed, programme_id)):
        registers = with_decreed(registers, _decreed(engine, decreed))
    progress(2, _STEPS, "mencocokkan dan memeriksa")
    known = _known(engine, programme_id, candidates)
    screened = screen_known(candidates.select(*CANDIDATE_COLUMNS), registers, rules, day, engine.keep, known)
    return replace(screened, verdicts=engine.keep(screened.verdicts))


def name_person(*, by: Officer, on: date, row_id: int, nik: str, progress: Progress) -> int:
    """Put a person of the registers, named by an officer, among those whom a doubtful row may be; gives the place.

    Needs `doubt.settle` where the row is (see `targeting.actions.naming`). What the registers say of the person is
    worked out as in a screening, by the same expressions over the same registers.
    Refused: the registers are no longer those of the screening in force, or none of them has the number.
    """
    programme, screening = check_naming(by=by, on=on, row_id=row_id, nik=nik)
    if {one.id for one in snapshots(only_current=True)} != {one["id"] for one in screening.snapshots}:
        raise Refused("register_berubah", "Register sudah diganti; periksa ulang semua calon, lalu pilih orangnya.")
    rules = ProgrammeRules(read_criteria(programme.criteria), programme.area_code)
    day = programme.registration_day
    model = model_in_force()
    with open_engine() as engine:
        progress(0, _STEPS, "mengambil baris usulan")
        candidates = candidate_rows(engine, programme.id)
        candidates = engine.keep(candidates.filter(candidates.row_id == row_id))
        screened = _screen(engine, programme.id, candidates, rules, day, progress)
        likely = engine.keep(named(screened, nik, rules, day, model))
        found = likely_persons(likely, _keys(candidates), fact_names(day), model.name)
    if len(found) != 1:
        raise Refused("orang_tidak_di_register", "NIK ini tidak ada di register mana pun yang berlaku.")
    progress(_STEPS - 1, _STEPS, "menambahkan calon")
    return add_named(by=by, on=on, screening_id=screening.id, person=found[0])


def registers_in_force(engine: Engine) -> Registers:
    """The six registers in force as tables of the engine."""
    return Registers(
        **{field: engine.table(_arrow(partial(copy_register, kind))) for kind, field in _FIELD_OF_KIND.items()}
    )  # fmt: skip


def candidate_rows(engine: Engine, programme_id: int) -> ir.Table:
    """The candidate rows with CANDIDATE_COLUMNS in their types, and `row_id`."""
    table = engine.table(_arrow(partial(copy_candidates, programme_id)))
    return engine.keep(
        table.mutate(
            line=table.line.cast("int64"),
            row_id=table.row_id.cast("int64"),
            nik_from_number=table.nik_from_number == "t",
        )
    )


def _arrow(copy: Callable[[Callable[[bytes], object]], None]) -> pa.Table:
    """Read what a COPY writes (CSV with a header) as a table of text; an empty cell is ''."""
    held = io.BytesIO()
    copy(held.write)
    names = arrow_csv.open_csv(pa.BufferReader(held.getvalue()), parse_options=_parsing()).schema.names
    held.seek(0)
    return arrow_csv.read_csv(
        held,
        parse_options=_parsing(),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )


def _parsing() -> arrow_csv.ParseOptions:
    return arrow_csv.ParseOptions(newlines_in_values=True)


def _with_ids(found: ir.Table, candidates: ir.Table) -> ir.Table:
    """The verdicts with the id of their row, of the row judged in its place, and what the list says of the person."""
    phone = phone_number(candidates.hp.fill_null(""))
    kbji = occupation_code(candidates.pekerjaan)
    keyed = candidates.select("row_id", "pekerjaan", key=_key(candidates), phone=phone, kbji=kbji)
    same = keyed.select(same_as_id="row_id", same_key="key")
    verdicts = found.mutate(key=found.file.concat("#", found.sheet, "#", found.line.cast("string")))
    joined = verdicts.inner_join(keyed, "key").left_join(same, [("same_as", "same_key")])
    return joined.select(
        "row_id", "same_as_id", "verdict", "reasons", "nik_matched", "kode_kelurahan", "desil", "phone", "pekerjaan",
        *_EVIDENCE,
    ).order_by(ibis.asc("row_id"))  # fmt: skip


def _key(table: ir.Table) -> ir.StringValue:
    """The key of a row in the batch."""
    return table.file.concat("#", table.sheet, "#", table.line.cast("string"))


def _keys(candidates: ir.Table) -> ir.Table:
    """The id of each row beside its key."""
    return candidates.select(id="row_id", key=_key(candidates))


def _known(engine: Engine, programme_id: int, candidates: ir.Table) -> Known | None:
    """What officers have settled of these rows and of two numbers of one person; None where nothing ever was."""
    if not has_labels() and not has_merged():
        return None
    said = engine.table(_arrow(partial(copy_known, programme_id)))
    keys = _keys(candidates)
    table = said.mutate(id=said.row_id.cast("int64")).drop("row_id").inner_join(keys, "id")
    same, other = table.filter(table.answer == "sama"), table.filter(table.answer == "beda")
    stated = {"decile": same.decile.nullif("").cast("int64"), "entry_other": same.entry_other == "t"}
    return Known(
        same=engine.keep(same.select("nik", row_id="key", **stated)),
        other=engine.keep(other.select("nik", row_id="key")),
        merged=engine.table(_arrow(copy_merged)),
    )


def _decreed(engine: Engine, said: pa.Table) -> ir.Table:
    """How many months of the programme are free of other decrees, by number, as a table of the engine."""
    table = engine.table(said)
    return table.select("nik", free_months=table.free_months.cast("int64"))


def _row(told: dict[str, Any]) -> ScreenedRow:
    evidence = {name: _plain(told[name]) for name in _EVIDENCE if told[name] not in (None, "")}
    return ScreenedRow(
        row_id=told["row_id"], verdict=told["verdict"], reasons=tuple(told["reasons"].split()),
        nik_matched=told["nik_matched"], same_as_id=told["same_as_id"], area_code=told["kode_kelurahan"] or "",
        decile=told["desil"], phone=told["phone"], occupation=told["pekerjaan"] or "", evidence=evidence,
    )  # fmt: skip


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
