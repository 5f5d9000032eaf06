"""What each register file must contain, and the table and columns that its rows go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Reads = Literal["text", "day", "number"]
"""What a cell of a register holds: text, an ISO day, a whole number."""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: its name in the file, the column of the table, what it holds, whether a row may leave it empty."""

    source: str
    target: str
    reads: Reads = "text"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """One kind of register: its Indonesian title, its table, its columns."""

    kind: str
    title: str
    table: str
    columns: tuple[RegisterColumn, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns that a file of this kind must have; others are left alone."""
        return tuple(column.source for column in self.columns)

    @property
    def targets(self) -> tuple[str, ...]:
        """The columns of the table in the same order."""
        return tuple(column.target for column in self.columns)


_NIK = RegisterColumn("nik", "nik")
_NAME = RegisterColumn("nama", "name", needed=True)
_BORN = RegisterColumn("tgl_lahir", "born", "day")
_KK = RegisterColumn("no_kk", "no_kk")

LAYOUTS: Final[dict[str, RegisterLayout]] = {
    layout.kind: layout
    for layout in (
        RegisterLayout("penduduk", "Penduduk dan keluarga", "people_resident", (
            RegisterColumn("no_kk", "no_kk", needed=True), RegisterColumn("nik", "nik", needed=True), _NAME,
            RegisterColumn("jenis_kelamin", "sex"), _BORN, RegisterColumn("hubungan", "relation"),
            RegisterColumn("nama_ibu", "mother_name"), RegisterColumn("kode_kelurahan", "area_code", needed=True),
            RegisterColumn("rt", "rt"), RegisterColumn("rw", "rw"),
        )),
        RegisterLayout("kematian", "Akta kematian", "people_death", (
            RegisterColumn("no_akta", "certificate", needed=True), _NIK, _NAME, _BORN,
            RegisterColumn("tgl_meninggal", "died_on", "day", needed=True), RegisterColumn("kelurahan", "place"),
        )),
        RegisterLayout("pindah", "Pindah", "people_move", (
            _NIK, _NAME, RegisterColumn("tgl_pindah", "moved_on", "day", needed=True),
            RegisterColumn("tujuan", "destination"),
        )),
        RegisterLayout("asn", "ASN, TNI, Polri", "people_civilservant", (
            RegisterColumn("nip", "nip", needed=True), _NIK, _NAME, RegisterColumn("instansi", "office"),
        )),
        RegisterLayout("bpjs", "Peserta aktif BPJS Ketenagakerjaan", "people_activemember", (
            RegisterColumn("kpj", "kpj", needed=True), _NIK, _NAME, _BORN,
            RegisterColumn("segmen", "segment", needed=True), RegisterColumn("aktif_sejak", "active_since", "day"),
        )),
        RegisterLayout("desil", "Desil DTSEN", "people_decile", (
            _KK, _NIK, _NAME, RegisterColumn("desil", "decile", "number", needed=True),
            RegisterColumn("per_tanggal", "as_of", "day"),
        )),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a register comes from: its kind and part, the file, the agreement, the day it speaks of, its sha256.

    `part` keeps a register that arrives in pieces apart (`2025-2` for the deaths of the second half of a year).
    """

    kind: str
    origin: str
    as_of: date
    sha256: str
    part: str = ""
    agreement: str = ""
