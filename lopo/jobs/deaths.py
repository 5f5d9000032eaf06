"""Watches over deaths: registers and members out to the engine, each hit back as a case with its clock."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pyarrow import csv as arrow_csv

from lopo.claims.actions import DeathCounts, Hit, open_cases_from_deaths
from lopo.claims.batch.deaths import DEATH_COLUMNS, HIT_COLUMNS, MEMBER_COLUMNS, PERSON_COLUMNS, death_hits
from lopo.claims.queries import copy_dead, copy_members, copy_residents
from lopo.jobs.engine import Engine, open_engine
from lopo.staff.queries import Officer, require

Progress = Callable[[int, int, str], None]
_STEPS: Final = 4


def watch_deaths(*, by: Officer, on: date, progress: Progress) -> DeathCounts:
    """Match all death registers in force with the members and open a case for each certain hit in cover.

    Needs `case.work`; see `claims.actions.open_cases_from_deaths`. Deaths that were found before change nothing, so the
    watch may run every night.
    """
    require(by, "case.work", on=on)
    with open_engine() as engine:
        progress(0, _STEPS, "mengambil akta kematian dan peserta")
        dead = _table(engine, copy_dead, DEATH_COLUMNS)
        residents = _table(engine, copy_residents, PERSON_COLUMNS)
        members = _table(engine, copy_members, MEMBER_COLUMNS)
        progress(1, _STEPS, "mencocokkan kematian dengan peserta")
        found = engine.keep(death_hits(dead, residents, members, on, engine.keep)).to_pyarrow().to_pylist()
    progress(2, _STEPS, f"membuka kasus dari {len(found)} temuan")
    hits = [Hit(**{name: told[name] for name in HIT_COLUMNS}) for told in found]
    counts = open_cases_from_deaths(by=by, on=on, hits=hits)
    progress(_STEPS, _STEPS, "selesai")
    return counts


def _table(engine: Engine, copy: Callable[[Callable[[bytes], object]], None], columns: Mapping[str, str]) -> ir.Table:
    """What a query copies out, as a table of the engine with the declared types."""
    buffer = io.BytesIO()
    copy(buffer.write)
    types = pa.schema([(name, ibis.dtype(kind).to_pyarrow()) for name, kind in columns.items()])
    parsing = arrow_csv.ParseOptions(newlines_in_values=True)
    options = arrow_csv.ConvertOptions(
        column_types=types,
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
        include_columns=list(columns),
    )
    return engine.table(
        arrow_csv.read_csv(io.BytesIO(buffer.getvalue()), parse_options=parsing, convert_options=options)
    )
