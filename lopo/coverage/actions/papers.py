"""Writes which cards were printed, at which event they were handed over, and who received what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from lopo.basics.refusal import Refused
from lopo.coverage.models import Handover, Membership, Receipt
from lopo.people.loading import copy_in
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import areas_where, require, within
from lopo.targeting.models import Programme


@dataclass(frozen=True, slots=True)
class HandoverEvent:
    """An event of handing over: its name, place and day."""

    name: str
    place: str
    on: date


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """One thing in one hand: item `kartu` or `buku_tabungan`; attested e.g. `tanda_tangan`, `cap_jempol`, `foto`."""

    membership_id: int
    item: str
    received_by: str
    attested: str


@dataclass(frozen=True, slots=True)
class ReceiptsRecorded:
    """How many receipts are new and how many had been written down before."""

    new: int
    known: int


_PRINT = """
WITH bare AS MATERIALIZED (
    SELECT m.id FROM coverage_membership m
     WHERE m.programme_id = %(programme)s AND m.state = 'terdaftar'
       AND NOT EXISTS (SELECT 1 FROM coverage_card c WHERE c.membership_id = m.id)
)
INSERT INTO coverage_card (membership_id, printed_on, edition)
SELECT id, %(on)s, 1 FROM bare ORDER BY id ON CONFLICT DO NOTHING
"""
_STAGE = (
    "CREATE TEMP TABLE coverage_given (membership_id bigint, item text, received_by text, attested text) ON COMMIT DROP"
)
_RECEIVE = """
INSERT INTO coverage_receipt (membership_id, item, handover_id, received_on, received_by, attested, recorded_by_id)
SELECT membership_id, item, %(handover)s, %(received_on)s, received_by, attested, %(by)s FROM coverage_given
 ORDER BY membership_id, item ON CONFLICT (membership_id, item) DO NOTHING
"""


def _programme(programme_id: int) -> Programme:
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("program_tidak_ada", "Program ini tidak ada.")
    return programme


def print_cards(*, by: Officer, on: date, programme_id: int) -> int:
    """Write down a first card for each numbered member that has none, and give how many. Needs `coverage.handover`.

    Running it again prints nothing twice and gives 0.
    """
    programme = _programme(programme_id)
    require(by, "coverage.handover", on=on, area_code=programme.area_code)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PRINT, {"on": on, "programme": programme_id})
        count = int(cursor.rowcount)
        if count:
            record(by=by, on=on, deed=Deed("print_cards", "targeting.programme", programme_id, after={"cards": count}))
    return count


def record_handover(*, by: Officer, on: date, programme_id: int, event: HandoverEvent) -> int:
    """Write down an event of handing over and give its id; the same event again gives the same id.

    Needs `coverage.handover` in the area of the programme. Refused: no name or place, or a day after `on`.
    """
    programme = _programme(programme_id)
    require(by, "coverage.handover", on=on, area_code=programme.area_code)
    if not event.name.strip() or not event.place.strip() or event.on > on:
        raise Refused("acara_tidak_lengkap", "Acara penyerahan perlu nama, tempat, dan hari yang sudah tiba.")
    with transaction.atomic():
        made, new = Handover.objects.get_or_create(
            programme_id=programme_id, name=event.name.strip(), on=event.on, defaults={"place": event.place.strip()}
        )
        if new:
            after = {"name": made.name, "place": made.place, "on": str(made.on)}
            record(by=by, on=on, deed=Deed("record_handover", "coverage.handover", made.id, after=after))
    return made.id


def record_receipts(
    *, by: Officer, on: date, receipts: Sequence[ReceiptGiven], received_on: date, handover_id: int | None = None
) -> ReceiptsRecorded:
    """Write down who received a card or a passbook, all or none. Needs `coverage.handover` in each person's area.

    What was written down before is recognised and left as it is. Refused: an unknown item, a member without a number,
    a card that was not printed, a day after `on`, or an event of another day or programme.
    """
    if not receipts:
        raise Refused("tidak_ada_penerima", "Pilih sedikitnya satu penerima.")
    if received_on > on or {one.item for one in receipts} - set(Receipt.Item.values):
        raise Refused("tanda_terima_salah", "Barang atau hari pada tanda terima tidak dikenal.")
    if any(not one.received_by.strip() or not one.attested.strip() for one in receipts):
        raise Refused("tanda_terima_tidak_lengkap", "Tulis nama penerima dan cara membuktikannya pada setiap baris.")
    _check_members(by, on, receipts, handover_id, received_on)
    given = {"handover": handover_id, "received_on": received_on, "by": by.id}
    rows = ((one.membership_id, one.item, one.received_by.strip(), one.attested.strip()) for one in receipts)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGE)
        copy_in("coverage_given", ("membership_id", "item", "received_by", "attested"), rows)
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
    rows = Membership.objects.filter(pk__in=wanted).values_list(
        "id", "state", "programme_id", "person__area_code", "cards__printed_on"
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
