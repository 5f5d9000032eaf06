"""Reads a file of receipts of BPJS (csv, xlsx, xls, ods), row by row; a cell that cannot be read is named."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from lopo.basics.refusal import Refused
from lopo.financing.actions import ReceiptGiven
from lopo.financing.actions.receipt_files import FileGiven, FileRow, ReceiptsTaken, take_receipts
from lopo.jobs.register_cells import RegisterTable, day_in, register_tables, text_in
from lopo.people.registers import RegisterColumn, RegisterLayout
from lopo.staff.queries import Officer, paper_content
from lopo.targeting.batch.lists import Cell

RECEIPTS: Final = RegisterLayout(
    "bukti_bayar", "Bukti bayar BPJS", "financing_bpjsreceipt",
    (
        RegisterColumn("kode_iuran", "code", names=("kode_billing", "kode", "nomor_kode_iuran", "no_kode_iuran")),
        RegisterColumn("nomor_bukti", "number", names=("no_bukti", "nomor_bukti_bayar", "nomor_bukti_setor", "bukti",
                                                       "ntpn", "nomor_transaksi")),
        RegisterColumn("tanggal_bayar", "dated", "day", names=("tanggal", "tgl_bayar", "tgl", "tanggal_bukti")),
        RegisterColumn("jumlah", "amount", names=("jumlah_bayar", "nominal", "jumlah_iuran", "total", "jumlah_rp")),
    ),
)  # fmt: skip
"""The columns of such a file. No form of BPJS for it was read, so common titles are taken."""
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+")
_RUPIAH: Final = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_NO_SEN: Final = re.compile(r"[.,]00?$|,-$")
_MOST: Final = 10**14
_CUT_FROM: Final = 10**15
_LONGEST: Final = 60


def read_receipts(file: str, content: bytes) -> tuple[FileRow, ...]:
    """Give the rows of the first table that has the four columns. Refused: no such table, or no file of a table."""
    table = register_tables(file, RECEIPTS, content)[0]
    filled = ((line, cells) for line, cells in table.rows() if any(text_in(cell) for cell in cells if cell is not None))
    return tuple(_row(table, line, cells) for line, cells in filled)


def read_kept_receipts(*, by: Officer, on: date, paper_id: uuid.UUID) -> ReceiptsTaken:
    """Take the receipts of a file that was kept as a paper. Refused: it is not there, or as `take_receipts` says."""
    kept = paper_content(paper_id)
    if kept is None:
        raise Refused("berkas_tidak_ada", "Berkas bukti bayar ini tidak ada lagi; unggah sekali lagi.")
    name, _media, content = kept
    given = FileGiven(name, hashlib.sha256(content).hexdigest())
    return take_receipts(by=by, on=on, file=given, rows=read_receipts(name, content))


def _row(table: RegisterTable, line: int, cells: Sequence[Cell]) -> FileRow:
    """Read one row; the first cell that cannot be read is named with what to do."""
    places = [place or 0 for place in table.places]
    found = [cells[place] if place < len(cells) else "" for place in places]
    code, number, dated, amount = ("" if cell is None else text_in(cell) for cell in found)
    names = [f"{xl_col_to_name(place)}{line}" for place in places]
    at = 0
    try:
        key = _given(found[0], "Kode iuran")
        at = 1
        proof = _given(found[1], "Nomor bukti")
        at = 2
        day = _day(found[2])
        at = 3
        given = ReceiptGiven(proof, day, _amount(found[3]))
    except Refused as refusal:
        return FileRow(line, names[at], code, (number, dated, amount), None, refusal.sentence)
    return FileRow(line, names[0], key, (number, dated, amount), given)


def _given(cell: Cell, what: str) -> str:
    """Give a code or number as text. A long one that was typed as a number may have lost its last digits."""
    if isinstance(cell, float) and cell >= _CUT_FROM:
        raise Refused(
            "nomor_berupa_angka",
            f"{what} tersimpan sebagai angka, digit terakhirnya tidak dapat dipercaya; ubah kolomnya menjadi teks.",
        )
    text = "" if cell is None else text_in(cell).strip()
    if not text or len(text) > _LONGEST:
        raise Refused("sel_bukti_kosong", f"{what} kosong atau terlalu panjang; isi lalu baca lagi.")
    return text


def _day(cell: Cell) -> date:
    try:
        day = day_in(cell) if cell not in (None, "") else None
    except ValueError:
        day = None
    if day is None:
        raise Refused("hari_bukti_tidak_terbaca", "Hari bukti tidak terbaca; tulis misalnya 2025-08-14.")
    return day


def _amount(cell: Cell) -> int:
    """Give whole rupiah: 47040000, `Rp 47.040.000`, `47.040.000,00`."""
    text = text_in(cell) if cell is not None else ""
    plain = _NO_SEN.sub("", _RUPIAH.sub("", text.strip())).strip()
    digits = plain.replace(".", "").replace(",", "")
    if not _GROUPED.fullmatch(plain) or not 0 < int(digits) <= _MOST:
        raise Refused("jumlah_bukti_tidak_terbaca", "Jumlah tidak terbaca; tulis rupiah bulat, misalnya 47040000.")
    return int(digits)
