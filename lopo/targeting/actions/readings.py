"""Remembers how an officer said that sheets are to be read, and reads a kept list again by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from lopo.basics.refusal import Refused
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.lists import Arrival, Received, one_at_a_time, store_list, told
from lopo.targeting.batch.headers import UNUSED
from lopo.targeting.batch.lists import FIELDS
from lopo.targeting.models import ProposalList, SheetReading

_MEANINGS = frozenset((*FIELDS, UNUSED))


@dataclass(frozen=True, slots=True)
class NewReading:
    """How one kind of sheet is to be read: what recognises it, and the meanings of its columns by position."""

    fingerprint: str
    columns: tuple[tuple[int, tuple[str, ...]], ...]
    skipped: bool = False


def remember_readings(*, by: Officer, on: date, list_id: int, readings: Sequence[NewReading]) -> int:
    """Keep readings for the sender of a list; needs `lists.receive` in its area. Give how many are kept.

    A reading of the same sheet takes the place of the one before it. Refused: no column for the name, a meaning twice,
    a meaning that nobody knows, nothing that recognises the sheet.
    """
    one = _list(by, on, list_id)
    for reading in readings:
        _check(reading)
    with transaction.atomic():
        one_at_a_time(0, f"cara baca:{one.sender_kind}:{one.sender}")
        prints = [reading.fingerprint for reading in readings]
        SheetReading.objects.filter(
            sender_kind=one.sender_kind, sender=one.sender, fingerprint__in=prints, current=True
        ).update(current=False)
        SheetReading.objects.bulk_create(
            SheetReading(
                sender_kind=one.sender_kind,
                sender=one.sender,
                fingerprint=reading.fingerprint,
                columns_read=[[at, list(meanings)] for at, meanings in reading.columns],
                skipped=reading.skipped,
                made_by=by,
                made_on=on,
            )
            for reading in readings
        )
        after = {"sender": one.sender, "readings": [asdict(reading) for reading in readings]}
        record(by=by, on=on, deed=Deed("remember_readings", "targeting.list", list_id, after=after))
    return len(readings)


def read_again(*, by: Officer, on: date, list_id: int, arrival: Arrival) -> Received:
    """Keep a list as it was read anew, in place of the old one, whose rows stay; needs `lists.receive` in its area.

    Refused: a list that is no longer in force, of which rows were corrected, or whose file is another.
    """
    one = _list(by, on, list_id)
    with transaction.atomic():
        one_at_a_time(one.programme_id, one.source_id)
        old = ProposalList.objects.select_for_update(of=("self",)).select_related("programme").get(pk=list_id)
        if not old.in_force:
            newer = ProposalList.objects.filter(reads_again=old).first()
            if newer is not None:
                return told(newer, new=False)
            raise Refused("daftar_sudah_diganti", f"Daftar {old.file} sudah tidak berlaku.")
        if old.replaced or old.replaced_unreadable or old.corrects_id:
            sentence = f"Baris daftar {old.file} sudah dibetulkan; kirim berkas yang baru bila kolomnya keliru."
            raise Refused("sudah_dibetulkan", sentence)
        if arrival.parsed.sha256 != old.source_id:
            raise Refused("berkas_lain", f"Berkas yang dibaca bukan berkas daftar {old.file}.")
        ProposalList.objects.filter(pk=old.pk).update(in_force=False)
        made = store_list(on, arrival, old)
        done = told(made, new=True)
        after = {"reads_again": old.id, **asdict(done)}
        record(by=by, on=on, deed=Deed("read_again", "targeting.list", made.id, after=after))
    return done


def _list(by: Officer, on: date, list_id: int) -> ProposalList:
    one = ProposalList.objects.filter(pk=list_id).first()
    if one is None:
        raise Refused("daftar_tidak_ada", "Daftar ini tidak ada.")
    require(by, "lists.receive", on=on, area_code=one.area_code)
    return one


def _check(reading: NewReading) -> None:
    meanings = [meaning for _, said in reading.columns for meaning in said if meaning != UNUSED]
    if not reading.fingerprint:
        raise Refused("kepala_kosong", "Baris yang dipilih sebagai kepala tabel kosong.")
    if unknown := set(meanings) - _MEANINGS:
        raise Refused("arti_tidak_dikenal", f"Arti kolom tidak dikenal: {', '.join(sorted(unknown))}.")
    if len(meanings) != len(set(meanings)):
        twice = sorted({meaning for meaning in meanings if meanings.count(meaning) > 1})
        raise Refused("arti_ganda", f"Dua kolom mendapat arti yang sama: {', '.join(twice)}. Pilih satu saja.")
    if "nama" not in meanings and not reading.skipped:
        raise Refused("nama_belum_ditunjuk", "Tunjukkan kolom yang berisi nama orang.")
