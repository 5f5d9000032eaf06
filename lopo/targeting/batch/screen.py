"""Screening in one expression: candidate rows and registers in, one verdict with its reasons for each row out."""

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers as Ibis tables, all columns text as in the source files.

    population: no_kk nik nama jenis_kelamin tgl_lahir hubungan nama_ibu kode_kelurahan rt rw;
    deaths: nik nama tgl_lahir tgl_meninggal kelurahan; moves: nik nama tgl_pindah tujuan;
    civil_servants: nip nik nama instansi; active_members: kpj nik nama tgl_lahir segmen aktif_sejak;
    deciles: no_kk nik nama desil per_tanggal.
    """

    population: ir.Table
    deaths: ir.Table
    moves: ir.Table
    civil_servants: ir.Table
    active_members: ir.Table
    deciles: ir.Table


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """What the programme decided: highest decile taken, ages on the day of registration, prefix of its area code."""

    max_desil: int
    umur_minimum: int
    umur_batas_atas: int  # must be younger than this
    area: str  # Kemendagri code of the city without dots, e.g. 5371


CANDIDATE_COLUMNS = {
    "file": "string", "sheet": "string", "line": "int64", "nik": "string", "nik_from_number": "boolean",
    "nama": "string", "no_kk": "string", "jenis_kelamin": "string", "tempat_lahir": "string", "tgl_lahir": "string",
    "nama_ibu": "string", "kelurahan": "string", "kelurahan_hint": "string", "rt": "string", "rw": "string",
    "pekerjaan": "string", "penghasilan": "string", "hp": "string", "email": "string",
}  # fmt: skip
"""Columns of `candidates` (text as in the source, '' or NULL when absent); (file, sheet, line) is the key."""

VERDICT_COLUMNS = {
    "file": "string", "sheet": "string", "line": "int64", "nik_given": "string", "nik_matched": "string",
    "name": "string", "verdict": "string", "reasons": "string", "same_as": "string",
    "kode_kelurahan": "string", "kecamatan": "string", "desil": "int64", "born_on": "date", "sex": "string",
    "no_kk_matched": "string", "name_matched": "string", "match_kind": "string", "match_score": "int64",
    "differs": "string",
}  # fmt: skip
"""Columns of the answer; '' where empty except `desil`, `born_on`, `match_score` (NULL). `kecamatan` is the code
without dots (537104), `kode_kelurahan` with dots as the registers write it; `match_kind` says how the person was
settled; `differs` lists what disagrees (nama, lahir, nik, jenis_kelamin, no_kk), separated by spaces."""


def screen_tables(candidates: ir.Table, registers: Registers, programme: ProgrammeRules, on: date) -> ir.Table:
    """One row of VERDICT_COLUMNS for each row of `candidates` (CANDIDATE_COLUMNS), facts as on the day `on`."""
    raise NotImplementedError
