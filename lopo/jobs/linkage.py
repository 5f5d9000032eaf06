"""The verb `lopo linkage` and the work behind the page: train an office's model, hold it against the one in force.

`train` learns from lists and registers, from folders or from the database, and writes the model as JSON beside what was
measured. It changes nothing that is in force; that is for two officers, on the page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
from rich.console import Console
from rich.table import Table

from lopo.basics.refusal import Refused, Unavailable
from lopo.jobs.engine import Engine, open_engine, share_of_memory
from lopo.jobs.registers import open_registers
from lopo.jobs.sheets import each_list
from lopo.people.batch.likelihood import LEVELS, REGISTER_MODEL
from lopo.people.batch.linkage_change import agreement, shifts
from lopo.people.batch.linkage_labels import Labelled, answered, cross_measured, measured, weighed
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.linkage_taught import taught
from lopo.people.batch.pairs import PERSON_COLUMNS, ROW_COLUMNS
from lopo.people.batch.register_model import train_office
from lopo.targeting.batch.candidates import SCHEMA, candidate_parts
from lopo.targeting.batch.registers import Registers, prepare
from lopo.targeting.batch.screen import cleaned_rows

Progress = Callable[[int, int, str], None]
Answers = tuple[Sequence[Labelled], Sequence[Model]]
SAMPLE = 2_000
"""So many rows are weighed by both models to see how often they say the same."""
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Trained:
    """A new model, the one it was held against, and what was measured of both, as plain JSON."""

    model: Model
    before: Model
    measured: dict[str, Any]


def trained(  # noqa: PLR0917 - two tables, the day, the model before, the answers, and who is told
    engine: Engine, tables: tuple[ir.Table, Registers], on: date, before: Model, answers: Answers, progress: Progress
) -> Trained:
    """Learn from candidate rows and registers, then from the answers, and measure. Refused as `train_office`."""
    candidates, registers = tables
    progress(0, _STEPS, "merapikan daftar dan register")
    rows = engine.keep(cleaned_rows(candidates, on).select(*ROW_COLUMNS))
    persons = engine.keep(prepare(registers, on, engine.keep).persons.select(*PERSON_COLUMNS))
    progress(1, _STEPS, "melatih dari data sendiri")
    learned = train_office(rows, persons, on, REGISTER_MODEL)
    labels, told_by = answers
    progress(2, _STEPS, "belajar dari jawaban meja ragu")
    weights = weighed(labels, told_by, learned)
    model = taught(learned, answered(labels, weights).values())
    progress(3, _STEPS, "membandingkan dengan model yang berlaku")
    found = {
        "before": before.name,
        "shifts": [asdict(one) for one in shifts(before, model)],
        "agreement": dict(agreement(rows, persons, (before, model), SAMPLE, engine.keep)),
        "rows": list(model.rows),
        "data_hash": model.data_hash,
        "desk": asdict(model.desk) if model.desk else None,
        "quality": {
            "program": measured(labels, weighed(labels, told_by, REGISTER_MODEL)).plain(),
            "berlaku": measured(labels, weighed(labels, told_by, before)).plain(),
            "baru": measured(labels, weights).plain(),
            "baru_meja": cross_measured(labels, weights, learned).plain(),
        },
    }
    progress(_STEPS, _STEPS, "selesai")
    return Trained(model, before, found)


def train_folders(lists: Path, registers: Path, on: date) -> Trained:
    """Train from a folder of lists and one of registers, without a database and so without answers."""
    with open_engine(memory=share_of_memory()) as engine:
        against = open_registers(registers, engine)
        candidates = engine.stream(SCHEMA, candidate_parts(each_list(lists, leave_out=registers)))
        return trained(engine, (candidates, against), on, REGISTER_MODEL, ((), ()), lambda *_: None)


def write_model(told: Trained, out: Path) -> None:
    """Write the model as JSON, whole or not at all, and beside it `.measured.json`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_suffix(".measured.json")
    for path, text in (
        (beside, json.dumps(told.measured, indent=1, sort_keys=True) + "\n"),
        (out, told.model.to_json()),
    ):
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)


def parser() -> argparse.ArgumentParser:
    """The words after `lopo linkage`."""
    made = argparse.ArgumentParser(prog="lopo linkage", description="Model pencocokan dari data sendiri.")
    verbs = made.add_subparsers(dest="verb", required=True, metavar="VERB")
    train = verbs.add_parser("train", help="learn a model from lists and registers and compare it")
    source = train.add_mutually_exclusive_group(required=True)
    source.add_argument("--registers", type=Path, metavar="DIR", help="folder of registers; needs --lists")
    source.add_argument("--database", action="store_true", help="the registers in force and a programme's lists")
    train.add_argument("--lists", type=Path, metavar="DIR", help="folder of lists")
    train.add_argument("--programme", default="", metavar="CODE", help="with --database: whose lists")
    train.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY", help="the day it is dated")
    train.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the model is written")
    return made


def main(argv: Sequence[str], from_database: Callable[[date, str], Trained] | None = None) -> int:
    """Run the verb; 0 when a model was written, 2 when the call or the data are refused (nothing is written then)."""
    chosen = parser().parse_args(argv)
    try:
        if chosen.database and from_database is not None:
            told = from_database(chosen.on, chosen.programme)
        elif chosen.lists is None or not chosen.lists.is_dir() or not chosen.registers.is_dir():
            raise Refused("folder_tidak_ada", "Sebutkan folder daftar (--lists) dan folder register (--registers).")
        else:
            told = train_folders(chosen.lists, chosen.registers, chosen.on)
        write_model(told, chosen.out)
    except (Refused, Unavailable, OSError) as problem:
        sys.stderr.write(f"lopo linkage: {problem}\n")
        return 2
    _show(told, chosen.out)
    return 0


def _show(told: Trained, out: Path) -> None:
    """Print the weights of both models, how often they agree, and how they do on the answers."""
    console = Console(highlight=False)
    weights = Table("pembanding", "tingkat", "sebelum", "sesudah", "selisih", title="bobot (bit)", title_justify="left")
    for one in told.measured["shifts"]:
        mark = "" if one["learned"] else " *"
        weights.add_row(
            LEVELS[one["name"]][0][0], one["code"] + mark, f"{one['before']:+.1f}", f"{one['after']:+.1f}",
            f"{one['after'] - one['before']:+.1f}",
        )  # fmt: skip
    console.print(weights)
    for pair, count in sorted(told.measured["agreement"].items()):
        console.print(f"{pair.replace('_', ' -> ')}: {count} pasangan", markup=False)
    for name, one in told.measured["quality"].items():
        if one["labels"]:
            console.print(
                f"{name}: {one['labels']} jawaban, Brier {one['brier']}, {_counts(one['told'])}", markup=False
            )
    console.print(f"{told.model.name} tertulis di {out}; * = tidak terlihat dalam data ini", markup=False)


def _counts(told: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in told.items() if count)
