"""Takes the receipts of a file of BPJS: equal sums close their bills, every other row is parked with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q

from lopo.basics.refusal import Refused
from lopo.financing.actions.receipts import Placed, ReceiptGiven, keep_receipts, refuse_wrong, waiting_bills
from lopo.financing.models import Bill, BpjsReceipt, ParkedReceipt, ReceiptBill, ReceiptFile
from lopo.people.paging import in_areas
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import areas_where, require

FILE: Final = "financing.receiptfile"
WHOLE: Final = "53"


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file as it came: its name and the hash of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its line, the cells as written, and the receipt where all of them could be read (else why not).

    `key` is the billing code, or the number of the SP2D for bills without one. `cell` is the place in the sheet.
    """

    line: int
    cell: str
    key: str
    written: tuple[str, str, str]
    given: ReceiptGiven | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptsTaken:
    """What a file brought: receipts that are new, those known before, and rows that are parked and not settled."""

    new: int
    known: int
    parked: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows are held against: waiting bills and states by key, the receipts by number."""

    waiting: Mapping[str, tuple[Bill, ...]]
    there: frozenset[str]
    receipts: Mapping[str, BpjsReceipt]
    keys_of: Mapping[str, frozenset[str]]


def take_receipts(*, by: Officer, on: date, file: FileGiven, rows: Sequence[FileRow]) -> ReceiptsTaken:
    """Write down what the rows of a file say, each for itself. Needs `bill.pay` somewhere; other areas are not known.

    The same file again changes nothing, but a parked row that fits meanwhile is taken and settled. Twenty queries at
    most, however many rows.
    """
    areas = areas_where(by.id, "bill.pay", on=on)
    if not areas:
        require(by, "bill.pay", on=on, area_code=WHOLE)
    with transaction.atomic():
        kept, fresh = ReceiptFile.objects.get_or_create(
            sha256=file.sha256, defaults={"name": file.name[:200], "read_on": on, "read_by": by}
        )
        ReceiptFile.objects.select_for_update().get(pk=kept.pk)
        known = _known({row.key for row in rows}, {row.given.number for row in rows if row.given}, areas)
        placed, parked, same = _judge(rows, known, on)
        keep_receipts(list(placed.values()), by=by, on=on, file=kept)
        left = _park(kept, parked, by=by, on=on, settled=(*placed, *same))
        taken = ReceiptsTaken(len(placed), len(same), left)
        if fresh or placed:
            after = {"file": kept.name, "new": taken.new, "known": taken.known, "parked": taken.parked}
            record(by=by, on=on, deed=Deed("take_receipts", FILE, kept.pk, after=after))
    return taken


def _known(keys: set[str], numbers: set[str], areas: tuple[str, ...]) -> _Known:
    here = in_areas("programme__area_code", areas)
    named = Q(code__in=keys) | Q(code__isnull=True, sp2d__number__in=keys)
    waiting: dict[str, tuple[Bill, ...]] = {}
    for bill in waiting_bills(here & named):
        key = _key(bill)
        waiting[key] = (*waiting.get(key, ()), bill)
    pairs = Bill.objects.filter(here & named).values_list("code_id", "sp2d__number")
    receipts = {one.number: one for one in BpjsReceipt.objects.filter(number__in=numbers, withdrawn_on__isnull=True)}
    keys_of: dict[str, frozenset[str]] = {}
    links = ReceiptBill.objects.filter(receipt__in=receipts.values(), counts=True)
    for number, code, sp2d in links.values_list("receipt__number", "bill__code_id", "bill__sp2d__number"):
        keys_of[number] = keys_of.get(number, frozenset()) | {code or sp2d or ""}
    return _Known(waiting, frozenset(code or sp2d or "" for code, sp2d in pairs), receipts, keys_of)


def _key(bill: Bill) -> str:
    return bill.code_id or (bill.sp2d.number if bill.sp2d else "")


def _judge(
    rows: Sequence[FileRow], known: _Known, on: date
) -> tuple[dict[int, Placed], list[tuple[FileRow, str]], list[int]]:
    """Give the receipts to write by their line, the rows to park with why, and the lines that are known already."""
    told = {(row.key, row.given) for row in rows if row.given}
    numbers, keys = Counter(given.number for _key, given in told), Counter(key for key, _given in told)
    first: dict[tuple[str, ReceiptGiven], int] = {}
    placed: dict[int, Placed] = {}
    parked: list[tuple[FileRow, str]] = []
    same: list[int] = []
    for row in rows:
        try:
            if row.given is None:
                parked.append((row, row.why))
            elif (line := first.setdefault((row.key, row.given), row.line)) != row.line:
                raise Refused("baris_bukti_berulang", f"Baris ini sama dengan baris {line}.")
            elif _is_known(row.key, row.given, known):
                same.append(row.line)
            else:
                _refuse_unclear(row.key, row.given, numbers, keys)
                placed[row.line] = _place(row.key, row.given, known, on)
        except Refused as refusal:
            parked.append((row, refusal.sentence))
    return placed, parked, same


def _is_known(key: str, given: ReceiptGiven, known: _Known) -> bool:
    """Say whether the receipt is written down already. Refused: its number is, with another day, sum or code."""
    there = known.receipts.get(given.number)
    if there is None:
        return False
    if (there.dated, there.amount) == (given.dated, given.amount) and key in known.keys_of.get(given.number, ()):
        return True
    raise Refused(
        "nomor_bukti_berbeda", f"Nomor bukti {given.number} sudah dicatat dengan hari, jumlah atau kode lain."
    )


def _refuse_unclear(key: str, given: ReceiptGiven, numbers: Counter[str], keys: Counter[str]) -> None:
    if numbers[given.number] > 1:
        raise Refused("nomor_bukti_berulang", f"Nomor bukti {given.number} ada di lebih dari satu baris berkas ini.")
    if keys[key] > 1:
        raise Refused("kode_bukti_berulang", f"Kode {key} ada di lebih dari satu baris; tidak ditebak mana yang benar.")


def _place(key: str, given: ReceiptGiven, known: _Known, on: date) -> Placed:
    if key not in known.there:
        raise Refused("kode_bukti_tidak_dikenal", f"Tidak ada tagihan dengan kode iuran atau nomor SP2D {key}.")
    if key not in known.waiting:
        raise Refused(
            "bukti_tanpa_tagihan_menunggu",
            f"Tagihan dengan kode {key} belum dibayar menurut catatan kami, atau sudah punya bukti lain.",
        )
    placed = Placed(given, known.waiting[key])
    refuse_wrong(placed, on)
    return placed


def _park(
    file: ReceiptFile, parked: Sequence[tuple[FileRow, str]], *, by: Officer, on: date, settled: Sequence[int]
) -> int:
    """Keep the rows that found no place and settle those that found it meanwhile; give how many are left."""
    ParkedReceipt.objects.filter(file=file, line__in=settled, settled_on__isnull=True).update(
        settled_on=on, settled_by=by, settled_how="dicatat"
    )
    ParkedReceipt.objects.bulk_create(
        (
            ParkedReceipt(
                file=file, line=row.line, cell=row.cell[:20], code=row.key[:60], number=row.written[0][:60],
                dated=row.written[1][:40], amount=row.written[2][:40], why=why[:300],
            )
            for row, why in parked
        ),
        update_conflicts=True, unique_fields=["file", "line"], update_fields=["cell", "why"],
    )  # fmt: skip
    return ParkedReceipt.objects.filter(file=file, settled_on__isnull=True).count()


def set_aside(*, by: Officer, on: date, parked_id: int, reason: str) -> None:
    """Settle a parked row that is not for us or was settled otherwise, with the reason. Needs `bill.pay`.

    Refused: no reason, or a row that is settled already.
    """
    areas = areas_where(by.id, "bill.pay", on=on)
    if not areas:
        require(by, "bill.pay", on=on, area_code=WHOLE)
    if not reason.strip():
        raise Refused("alasan_kosong", "Tulis mengapa baris ini disisihkan.")
    with transaction.atomic():
        if not ParkedReceipt.objects.filter(pk=parked_id, settled_on__isnull=True).update(
            settled_on=on, settled_by=by, settled_how=reason.strip()[:200]
        ):
            raise Refused("baris_bukti_selesai", "Baris ini sudah selesai; muat ulang halaman ini.")
        after = {"reason": reason.strip()[:200]}
        record(by=by, on=on, deed=Deed("set_receipt_aside", "financing.parkedreceipt", parked_id, after=after))
