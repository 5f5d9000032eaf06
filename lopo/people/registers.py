"""What each register file must contain, and the table and columns that its rows go to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

Reads = Literal["text", "nik", "day", "number", "sex", "area"]
"""What a cell of a register holds: text, a NIK, a day, a whole number, L or P, the code of a kelurahan."""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: its name in the file, the column of the table, what it holds, how long a text may be.

    `needed`: no row may leave it empty. `may_lack`: a file may come without it. `names` are other titles that offices
    give it, written as `title_of` gives them.
    """

    source: str
    target: str
    reads: Reads = "text"
    longest: int = 0
    needed: bool = False
    may_lack: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """One kind of register: its Indonesian title, its table, its columns."""

    kind: str
    title: str
    table: str
    columns: tuple[RegisterColumn, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of a file of this kind by their own names; others are left alone."""
        return tuple(column.source for column in self.columns)

    @property
    def targets(self) -> tuple[str, ...]:
        """The columns of the table in the same order."""
        return tuple(column.target for column in self.columns)


def title_of(head: str) -> str:
    """Give the title of a column in the form in which titles are compared: `Tgl. Lahir` is `tgl_lahir`."""
    return "_".join(_WORDS.findall(head.lower()))


_WORDS: Final = re.compile(r"[a-z0-9]+")
_NIK = RegisterColumn("nik", "nik", "nik", 32, names=("nomor_nik", "no_nik", "nomor_induk_kependudukan", "no_ktp",
                                                      "nomor_ktp", "nomor_identitas"))  # fmt: skip
_NIK_NEEDED = replace(_NIK, needed=True)
_NAME = RegisterColumn("nama", "name", longest=200, needed=True,
                       names=("nama_lengkap", "nama_peserta", "nama_tenaga_kerja", "nama_pegawai"))  # fmt: skip
_BORN = RegisterColumn("tgl_lahir", "born", "day", names=("tanggal_lahir", "tanggallahir", "tgl_lhr"))
_KK = RegisterColumn("no_kk", "no_kk", "nik", 16, names=("nomor_kk", "no_kartu_keluarga", "nomor_kartu_keluarga", "kk"))

_RELATIONS = ("hubungan_keluarga", "shdk", "status_hubungan", "hubungan_dalam_keluarga", "kk_level")

LAYOUTS: Final[dict[str, RegisterLayout]] = {
    layout.kind: layout
    for layout in (
        RegisterLayout("penduduk", "Penduduk dan keluarga", "people_resident", (
            replace(_KK, needed=True), _NIK_NEEDED, _NAME,
            RegisterColumn("jenis_kelamin", "sex", "sex", 1, names=("jk", "sex", "kelamin")), _BORN,
            RegisterColumn("hubungan", "relation", longest=30, names=_RELATIONS),
            RegisterColumn("nama_ibu", "mother_name", longest=200, may_lack=True, names=("nama_ibu_kandung",)),
            RegisterColumn("kode_kelurahan", "area_code", "area", 13, needed=True,
                           names=("kode_desa", "kode_wilayah", "kode_kelurahan_desa", "desa_id")),
            RegisterColumn("rt", "rt", longest=5, may_lack=True), RegisterColumn("rw", "rw", longest=5, may_lack=True),
        )),
        RegisterLayout("kematian", "Akta kematian", "people_death", (
            RegisterColumn("no_akta", "certificate", longest=40, needed=True,
                           names=("nomor_akta", "no_akta_kematian", "nomor_akta_kematian")), _NIK, _NAME, _BORN,
            RegisterColumn("tgl_meninggal", "died_on", "day", needed=True,
                           names=("tanggal_meninggal", "tanggal_kematian", "tgl_kematian")),
            RegisterColumn("kelurahan", "place", longest=100, may_lack=True, names=("desa", "kelurahan_desa")),
        )),
        RegisterLayout("pindah", "Pindah", "people_move", (
            _NIK, _NAME, RegisterColumn("tgl_pindah", "moved_on", "day", needed=True, names=("tanggal_pindah",)),
            RegisterColumn("tujuan", "destination", longest=100, may_lack=True, names=("daerah_tujuan",)),
        )),
        RegisterLayout("asn", "ASN, TNI, Polri", "people_civilservant", (
            RegisterColumn("nip", "nip", longest=30, needed=True, names=("nip_nrp", "nrp", "nip_baru")), _NIK, _NAME,
            RegisterColumn("instansi", "office", longest=100, may_lack=True, names=("unit_kerja", "satuan_kerja")),
        )),
        RegisterLayout("bpjs", "Peserta aktif BPJS Ketenagakerjaan", "people_activemember", (
            RegisterColumn("kpj", "kpj", longest=20, needed=True, names=("no_kpj", "nomor_kpj", "nomor_peserta")), _NIK,
            _NAME, _BORN,
            RegisterColumn("segmen", "segment", longest=10, needed=True, names=("segmen_peserta", "segmentasi")),
            RegisterColumn("aktif_sejak", "active_since", "day",
                           names=("tanggal_kepesertaan", "tgl_kepesertaan", "tgl_aktif", "tanggal_aktif")),
        )),
        RegisterLayout("desil", "Desil DTSEN", "people_decile", (
            _KK, _NIK, _NAME,
            RegisterColumn("desil", "decile", "number", needed=True, names=("desil_nasional", "desil_dtsen")),
            RegisterColumn("per_tanggal", "as_of", "day", may_lack=True, names=("tanggal_data",)),
        )),
    )
}  # fmt: skip
"""The registers without which nothing is screened."""

ELSEWHERE: Final = RegisterLayout("sk", "SK pembayar lain", "people_decreedelsewhere", (
    _NIK_NEEDED, _NAME, replace(_BORN, may_lack=True),
    RegisterColumn("pembayar", "payer", longest=200, needed=True, names=("nama_pembayar", "pemberi_kerja", "donatur")),
    RegisterColumn("nomor_sk", "number", longest=100, needed=True, names=("no_sk", "sk", "nomor_keputusan")),
    RegisterColumn("mulai", "first_day", "day", may_lack=True, names=("berlaku_mulai", "tanggal_mulai")),
    RegisterColumn("sampai", "last_day", "day", may_lack=True, names=("berlaku_sampai", "tanggal_akhir")),
))  # fmt: skip
"""Who stands on a decree of another payer. It refuses nobody by itself: an officer asks who pays."""

EVERY: Final = LAYOUTS | {ELSEWHERE.kind: ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a register comes from: its kind and part, the file, the agreement, the day it speaks of, its sha256.

    `part` keeps a register that arrives in pieces apart (`2025-2` for the deaths of the second half of a year).
    `territory` is the code of the area of which alone it speaks ('' = of all that it holds); see `people.territory`.
    `left_out` counts those whom the file itself calls dead, moved or gone, and who were therefore not taken in.
    """

    kind: str
    origin: str
    as_of: date
    sha256: str
    part: str = ""
    agreement: str = ""
    territory: str = ""
    left_out: int = 0
