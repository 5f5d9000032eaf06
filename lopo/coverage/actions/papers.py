"""Writes which cards were printed, at which event they were handed over, and who received what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import Max

from lopo.basics.refusal import Refused
from lopo.coverage.models import Handover, Membership, Receipt
from lopo.people.loading import copy_in
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import areas_where, require, within
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class HandoverEvent:
    """An event of handing over: its name, place and day, and the area whose members are invited (empty for all)."""

    name: str
    place: str
    on: date
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """One thing in one hand: item `kartu` or `buku_tabungan`; attested is one of ATTESTED, a witness with his name."""

    membership_id: int
    item: str
    received_by: str
    attested: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptsRecorded:
    """How many receipts are new and how many had been written down before."""

    new: int
    known: int


WITNESSED: Final = "saksi"
ATTESTED: Final = ("tanda_tangan", "cap_jempol", "foto", WITNESSED)
"""How a receipt is attested: by signature, thumb print, photograph, or by a witness who is named."""
_PRINT = """
WITH bare AS MATERIALIZED (
    SELECT m.id FROM coverage_membership m
     WHERE m.programme_id = %(programme)s AND m.state = 'terdaftar'
       AND (%(area)s = '' OR m.area_code = %(area)s OR m.area_code LIKE %(area)s || '.%%')
       AND NOT EXISTS (SELECT 1 FROM coverage_card c WHERE c.membership_id = m.id)
)
INSERT INTO coverage_card (membership_id, printed_on, edition)
SELECT id, %(on)s, 1 FROM bare ORDER BY id ON CONFLICT DO NOTHING
"""
_STAGE = """
CREATE TEMP TABLE coverage_given (membership_id bigint, item text, received_by text, attested text, witness text)
    ON COMMIT DROP
"""
_GIVEN = ("membership_id", "item", "received_by", "attested", "witness")
# A thing that was taken back can be received again, in the next turn; what counts already is left as it is.
_RECEIVE = """
INSERT INTO coverage_receipt (membership_id, item, turn, handover_id, received_on, received_by, attested, witness,
                              recorded_by_id)
SELECT g.membership_id, g.item, 1 + (
           SELECT count(*) FROM coverage_receipt r JOIN coverage_receiptreversal v ON v.receipt_id = r.id
            WHERE r.membership_id = g.membership_id AND r.item = g.item),
       %(handover)s, %(received_on)s, g.received_by, g.attested, g.witness, %(by)s
  FROM coverage_given g ORDER BY g.membership_id, g.item ON CONFLICT (membership_id, item, turn) DO NOTHING
"""


def _programme(programme_id: int) -> Programme:
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return programme


def print_cards(*, by: Officer, on: date, programme_id: int, area_code: str = "") -> int:
    """Write down a first card for each numbered member that has none, and give how many.

    Needs `coverage.handover` in the area: of the programme, or the narrower one whose members alone are meant. Running
    it again prints nothing twice and gives 0.
    """
    programme = _programme(programme_id)
    require(by, "coverage.handover", on=on, area_code=area_code or programme.area_code)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PRINT, {"on": on, "programme": programme_id, "area": area_code})
        count = int(cursor.rowcount)
        if count:
            after = {"cards": count, **({"area": area_code} if area_code else {})}
            record(by=by, on=on, deed=Deed("print_cards", "targeting.programme", programme_id, after=after))
    return count


def record_handover(*, by: Officer, on: date, programme_id: int, event: HandoverEvent) -> int:
    """Write down an event of handing over and give its id; the same event again gives the same id.

    Needs `coverage.handover` in the area of the programme. The area of the invited lies in that of the programme.
    Refused: no name or place, a day after `on`, or an area elsewhere.
    """
    programme = _programme(programme_id)
    require(by, "coverage.handover", on=on, area_code=programme.area_code)
    if not event.name.strip() or not event.place.strip() or event.on > on:
        raise Refused("acara_tidak_lengkap", "Acara penyerahan perlu nama, tempat, dan hari yang sudah tiba.")
    if event.area_code and not within(event.area_code, (programme.area_code,)):
        raise Refused("acara_wilayah_lain", "Wilayah yang diundang berada di luar wilayah program ini.")
    with transaction.atomic():
        defaults = {"place": event.place.strip(), "area_code": event.area_code}
        made, new = Handover.objects.get_or_create(
            programme_id=programme_id, name=event.name.strip(), on=event.on, defaults=defaults
        )
        if new:
            after = {"name": made.name, "place": made.place, "on": str(made.on), "area": made.area_code}
            record(by=by, on=on, deed=Deed("record_handover", "coverage.handover", made.id, after=after))
    return made.id


def record_receipts(
    *, by: Officer, on: date, receipts: Sequence[ReceiptGiven], received_on: date, handover_id: int | None = None
) -> ReceiptsRecorded:
    """Write down who received a card or a passbook, all or none. Needs `coverage.handover` in each person's area.

    What was written down before, and was not taken back, is recognised and left as it is. Refused: an unknown item or
    attestation, a witness without a name, a member without a number, a card whose latest edition was not printed, a day
    after `on`, or an event of another day or programme.
    """
    if not receipts:
        raise Refused("tidak_ada_penerima", "Pilih sedikitnya satu penerima.")
    if received_on > on or {one.item for one in receipts} - set(Receipt.Item.values):
        raise Refused("tanda_terima_salah", "Barang atau hari pada tanda terima tidak dikenal.")
    if any(not one.received_by.strip() or one.attested not in ATTESTED for one in receipts):
        raise Refused("tanda_terima_tidak_lengkap", "Tulis nama penerima dan cara membuktikannya pada setiap baris.")
    if any(one.attested == WITNESSED and not one.witness.strip() for one in receipts):
        raise Refused("saksi_tidak_disebut", "Tulis nama saksi yang melihat penyerahan.")
    _check_members(by, on, receipts, handover_id, received_on)
    given = {"handover": handover_id, "received_on": received_on, "by": by.id}
    rows = (
        (one.membership_id, one.item, one.received_by.strip(), one.attested, one.witness.strip()) for one in receipts
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGE)
        copy_in("coverage_given", _GIVEN, rows)
        cursor.execute(_RECEIVE, given)
        new = int(cursor.rowcount)
        cursor.execute("DROP TABLE coverage_given")
        subject = ("coverage.handover", handover_id) if handover_id is not None else ("coverage.receipt", "")
        after = {"new": new, "known": len(receipts) - new, "received_on": str(received_on)}
        record(by=by, on=on, deed=Deed("record_receipts", subject[0], subject[1] or "", after=after))
    return ReceiptsRecorded(new, len(receipts) - new)


def _check_members(
    by: Officer, on: date, receipts: Sequence[ReceiptGiven], handover_id: int | None, received_on: date
) -> None:
    """Refuse members that are out of reach, not numbered, without a printed card, or not of the event."""
    wanted = {one.membership_id for one in receipts}
    rows = (
        Membership.objects.filter(pk__in=wanted)
        .annotate(last_printed=Max("cards__printed_on"))
        .values_list("id", "state", "programme_id", "person__area_code", "last_printed")
    )
    printed = {row[0]: row[4] for row in rows}
    areas = areas_where(by.id, "coverage.handover", on=on)
    if any(not within(row[3], areas) for row in rows):
        raise Refused("tidak_berwenang", "Anda tidak berwenang mencatat penerimaan di wilayah tersebut.")
    if len(printed) != len(wanted) or any(row[1] != Membership.State.TERDAFTAR for row in rows):
        raise Refused("belum_bernomor", "Hanya peserta yang sudah bernomor dapat menerima kartu atau buku tabungan.")
    cards = {one.membership_id for one in receipts if one.item == Receipt.Item.KARTU}
    if any(printed[member] is None or printed[member] > received_on for member in cards):
        raise Refused("kartu_belum_dicetak", "Kartu sebagian peserta ini belum dicetak pada hari penyerahan.")
    if handover_id is not None:
        programmes = {row[2] for row in rows}
        if not Handover.objects.filter(pk=handover_id, on=received_on, programme_id__in=programmes).exists() or (
            len(programmes) != 1
        ):
            raise Refused("acara_lain", "Acara penyerahan ini dari program lain atau dari hari lain.")
