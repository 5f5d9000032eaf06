"""The layouts in which offices, churches and the council write their lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lopo.basics.area import KELURAHAN
from lopo.people.batch.synth_city import Flags, Ints
from lopo.people.batch.synth_registers import digits, sexes

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_JOBS = (
    "Tukang ojek", "Buruh harian lepas", "Penjual ikan", "Pemulung", "Nelayan", "Tukang batu", "Penenun",
    "Asisten rumah tangga", "Pedagang kaki lima", "Sopir angkot", "Petani rumput laut", "Peternak",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as written: arrow text, a date column `born` (NULL where empty), and numbers; all of one length."""

    nik: pa.Array
    name: pa.Array
    kk: pa.Array
    female: Flags
    born: pa.Array
    kelurahan: Ints
    rt: Ints
    rw: Ints
    chance: Ints

    def slice(self, first: int, last: int) -> Rows:
        """The rows from `first` to before `last`."""
        return Rows(*(getattr(self, column)[first:last] for column in self.__slots__))


def laid_out(rows: Rows, layout: int) -> pa.Table:
    """The rows in one of LAYOUTS: the headers are the names of the columns, all cells text."""
    return LAYOUTS[layout](rows)


def _jobs(rows: Rows) -> pa.Array:
    return pa.array(_JOBS).take(pa.array(rows.chance % len(_JOBS)))


def _phones(rows: Rows) -> pa.Array:
    numbers = pc.binary_join_element_wise("08", digits(1_000_000_000 + rows.chance // 7 % 9_000_000_000), "")
    return pc.if_else(pa.array(rows.chance % 5 == 0), "", numbers)


def _incomes(rows: Rows) -> pa.Array:
    amounts = pc.binary_join_element_wise("Rp ", digits(4 + rows.chance // 3 % 6), "00.000", "")
    return pc.if_else(pa.array(rows.chance % 4 == 0), "", amounts)


def _padded(numbers: Ints) -> pa.Array:
    return pc.utf8_lpad(digits(numbers), 3, padding="0")


def _spelled(born: pa.Array) -> pa.Array:
    """Kupang, 2 Oktober 2005."""
    month = pa.array(_MONTHS).take(pc.subtract(pc.month(born), 1))
    said = pc.binary_join_element_wise(_text(pc.day(born)), month, _text(pc.year(born)), " ")
    return pc.fill_null(pc.binary_join_element_wise("Kupang, ", said, ""), "")


def _text(numbers: pa.Array) -> pa.Array:
    return pc.cast(numbers, pa.string())


def _day_first(born: pa.Array) -> pa.Array:
    """2/10/2005."""
    parts = (_text(part(born)) for part in (pc.day, pc.month, pc.year))
    return pc.fill_null(pc.binary_join_element_wise(*parts, "/"), "")


def _of_kelurahan(rows: Rows) -> pa.Table:
    """The sheet that most offices of a kelurahan use."""
    number = np.arange(len(rows.nik)) + 1
    return pa.table({
        "No": digits(number), "Nama Lengkap": rows.name, "NIK": rows.nik, "No KK": rows.kk, "L/P": sexes(rows.female),
        "Tempat, Tgl Lahir": _spelled(rows.born),
        "RT/RW": pc.binary_join_element_wise(_padded(rows.rt), _padded(rows.rw), "/"),
        "Pekerjaan": _jobs(rows), "Penghasilan": _incomes(rows), "No HP": _phones(rows), "Ket": _empty(rows),
    })  # fmt: skip


def _empty(rows: Rows) -> pa.Array:
    return pa.repeat(pa.scalar(""), len(rows.nik))


def _of_insurer(rows: Rows) -> pa.Table:
    """The bulk template of BPJS: names in capitals."""
    born = pc.fill_null(pc.strftime(rows.born, format="%d-%m-%Y"), "")
    return pa.table({
        "NOMOR_IDENTITAS": rows.nik, "NAMA_LENGKAP": pc.utf8_upper(rows.name), "TGL_LAHIR": born,
        "HANDPHONE": _phones(rows), "EMAIL": _empty(rows), "JENIS_PEKERJAAN_1": _jobs(rows),
        "JENIS_PEKERJAAN_2": _empty(rows), "LOKASI_PEKERJAAN": pa.repeat(pa.scalar("KOTA KUPANG"), len(rows.nik)),
        "UPAH": _empty(rows), "KODE_PAKET": pa.repeat(pa.scalar("T"), len(rows.nik)),
        "BULAN_IURAN": pa.repeat(pa.scalar("6"), len(rows.nik)),
    })  # fmt: skip


def _of_church(rows: Rows) -> pa.Table:
    """The short sheet of churches and mosques."""
    places = pa.array([area.name for area in KELURAHAN]).take(pa.array(rows.kelurahan))
    return pa.table({
        "Nama Jemaat": rows.name, "KTP": rows.nik, "Lahir": _day_first(rows.born), "Kelurahan": places,
        "Pekerjaan": _jobs(rows), "Telepon": _phones(rows),
    })  # fmt: skip


LAYOUTS: tuple[Callable[[Rows], pa.Table], ...] = (_of_kelurahan, _of_insurer, _of_church)
"""The layouts by number: of a kelurahan, of the insurer's template, of a church."""
