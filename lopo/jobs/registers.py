"""Opening the folder of registers: which file is which, and the refusal of one that lacks a column."""

from pathlib import Path

import ibis.expr.types as ir

from lopo.basics.refusal import Refused
from lopo.jobs.engine import Engine
from lopo.targeting.batch.registers import NEEDED_COLUMNS, Registers

REGISTER_FILES = {
    "population": "dukcapil_keluarga.csv",
    "deaths": "dukcapil_kematian.csv",
    "moves": "dukcapil_pindah.csv",
    "civil_servants": "asn_tni_polri.csv",
    "active_members": "bpjs_aktif.csv",
    "deciles": "dtsen_desil.csv",
}


def open_registers(folder: Path, engine: Engine) -> Registers:
    """The six registers of a folder as tables of text.

    Raises Refused, with the file and the column named, when one is missing, is no csv, or lacks a column.
    """
    return Registers(**{name: _register(folder / file, name, engine) for name, file in REGISTER_FILES.items()})


def _register(path: Path, name: str, engine: Engine) -> ir.Table:
    if not path.is_file():
        raise Refused("register_tidak_ada", f"Register {path.name} tidak ada di {path.parent}.")
    table = engine.csv(path, NEEDED_COLUMNS[name])
    absent = [column for column in NEEDED_COLUMNS[name] if column not in table.columns]
    if absent:
        raise Refused("register_tidak_lengkap", f"Register {path.name} ditolak: kolom {', '.join(absent)} tidak ada.")
    return table
