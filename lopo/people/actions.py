"""Loads areas and registers, makes the persons that other rooms hang their facts on, and says which two are one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.area import KECAMATAN, KELURAHAN, KOTA_KUPANG, kecamatan_of
from lopo.basics.refusal import Refused
from lopo.people.loading import copy_in, refresh_statistics, storable
from lopo.people.models import Area, Person, PersonPair, RegisterFile, Snapshot
from lopo.people.oddities import LEFT_OUT, count_oddities
from lopo.people.registers import EVERY, Provenance
from lopo.people.territory import InForce, Swap, check_inside, check_territory, planned, remove_rows
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require

_SHORTEST_GROUND = 5
_PROVINCE = Area(code="53", name="Nusa Tenggara Timur", level="provinsi", parent_id=None)
_CITY = Area(code=KOTA_KUPANG, name="Kota Kupang", level="kota", parent_id="53")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A register that is in force: its snapshot, its rows, whether it is new (False: the same file was known).

    `oddities` counts what is odd in its rows, see `people.oddities`.
    """

    snapshot_id: int
    kind: str
    rows: int
    new: bool
    oddities: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """A NIK settled against the population register, with the phone and the work that a list states."""

    nik: str
    phone: str = ""
    occupation: str = ""


def seed_areas(*, by: Officer | None, on: date) -> int:
    """Put in the province, the city, its 6 kecamatan and 51 kelurahan where they are not there; give how many were new.

    A diary row only when something was new.
    """
    areas = [_PROVINCE, _CITY]
    areas += [Area(code=a.code, name=a.name, level="kecamatan", parent_id=KOTA_KUPANG) for a in KECAMATAN]
    areas += [Area(code=a.code, name=a.name, level="kelurahan", parent_id=kecamatan_of(a.code)) for a in KELURAHAN]
    with transaction.atomic():
        known = set(Area.objects.values_list("code", flat=True))
        new = [area for area in areas if area.code not in known]
        Area.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            record(by=by, on=on, deed=Deed("seed_areas", "people.area", "53.71", after={"new": len(new)}))
    return len(new)


def load_register(*, by: Officer, on: date, provenance: Provenance, rows: Iterable[Sequence[object]]) -> Loaded:
    """Put a whole register in force in place of the one before it, or nothing of it. Needs `registers.load`.

    `rows` are tuples in the order of `EVERY[kind].targets`; the rows of the register before go, its snapshot stays.
    One with a territory takes that place inside it alone (see `people.territory`): the rest stays as it is.
    What is odd in the rows (a NIK twice, a birth in 1899) is counted and kept with the snapshot, and refuses nothing.
    The same file again changes nothing and gives what is there. Refused: an unknown kind, no rows, people outside the
    territory, a file that has been replaced since, or one of an earlier day than the register in force.
    """
    require(by, "registers.load", on=on, area_code=provenance.territory or None)
    if provenance.kind not in EVERY:
        raise Refused("register_tidak_dikenal", f"Jenis register {provenance.kind} tidak dikenal.")
    check_territory(provenance)
    with transaction.atomic():
        _one_at_a_time(provenance)
        if known := _known(provenance):
            return known
        swap = planned(provenance, _in_force(provenance))
        before = _take_out_of_force(provenance, swap)
        snapshot = Snapshot.objects.create(
            kind=provenance.kind, part=provenance.part, territory=provenance.territory, origin=provenance.origin,
            agreement=provenance.agreement, as_of=provenance.as_of, rows=0, sha256=provenance.sha256, loaded_by=by,
        )  # fmt: skip
        count = _fill(snapshot, rows)
        if count == 0:
            raise Refused("register_kosong", f"Register {provenance.origin} tidak berisi baris; tidak ada yang diubah.")
        check_inside(provenance, snapshot.id)
        odd = count_oddities(EVERY[provenance.kind], snapshot.id)
        if provenance.left_out:
            odd[LEFT_OUT] = provenance.left_out
        for narrower in swap.kept:
            remove_rows(provenance.kind, snapshot.id, narrower.territory)
        Snapshot.objects.filter(pk=snapshot.pk).update(rows=count, oddities=odd)
        after = {"kind": provenance.kind, "part": provenance.part, "as_of": str(provenance.as_of), "rows": count}
        after |= {"oddities": odd} | ({"territory": provenance.territory} if provenance.territory else {})
        deed = Deed("load_register", "people.snapshot", snapshot.id, before=before, after=after)
        record(by=by, on=on, deed=deed)
    return Loaded(snapshot.id, provenance.kind, count, new=True, oddities=odd)


def keep_register_file(*, by: Officer, on: date, name: str, content: bytes) -> uuid.UUID:
    """Keep an uploaded register until it is read; needs `registers.load`. Gives the id to read it by."""
    require(by, "registers.load", on=on)
    with transaction.atomic():
        kept = RegisterFile.objects.create(name=storable(name, 200), content=content, sent_by=by)
        after = {"name": kept.name, "bytes": len(content)}
        record(by=by, on=on, deed=Deed("keep_register_file", "people.registerfile", kept.id, after=after))
    return kept.id


def forget_register_file(*, by: Officer, on: date, file_id: uuid.UUID) -> None:
    """Remove an uploaded register that was read or refused; what is gone already is left alone."""
    require(by, "registers.load", on=on)
    with transaction.atomic():
        gone, _ = RegisterFile.objects.filter(pk=file_id).delete()
        if gone:
            record(by=by, on=on, deed=Deed("forget_register_file", "people.registerfile", file_id))


def _one_at_a_time(provenance: Provenance) -> None:
    """Let one transaction at a time load a register of this kind and part."""
    with connection.cursor() as cursor:
        key = f"register:{provenance.kind}:{provenance.part}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _known(provenance: Provenance) -> Loaded | None:
    """Give the snapshot of the same file, None for a new file. Refused: it has been replaced since."""
    same = Snapshot.objects.filter(
        kind=provenance.kind, part=provenance.part, territory=provenance.territory, sha256=provenance.sha256
    ).first()
    if same is None:
        return None
    if not same.current:
        raise Refused(
            "register_sudah_diganti",
            f"Berkas {provenance.origin} sudah pernah dimuat dan sudah diganti dengan register yang lebih baru.",
        )
    return Loaded(same.id, same.kind, same.rows, new=False, oddities=same.oddities)


def _in_force(provenance: Provenance) -> tuple[InForce, ...]:
    """Give the registers in force of this kind and part, whatever their territory."""
    rows = Snapshot.objects.filter(kind=provenance.kind, part=provenance.part, current=True).order_by("id")
    return tuple(InForce(*row) for row in rows.values_list("id", "territory", "as_of", "rows"))


def _take_out_of_force(provenance: Provenance, swap: Swap) -> dict[str, object] | None:
    """Remove what the new register replaces, and give what it was, None where there was nothing."""
    for old in swap.replaced:
        remove_rows(provenance.kind, old.id)
    Snapshot.objects.filter(pk__in=[old.id for old in swap.replaced]).update(current=False)
    before = [{"snapshot": old.id, "as_of": str(old.as_of), "rows": old.rows} for old in swap.replaced]
    before += [
        {"snapshot": old.id, "as_of": str(old.as_of), "cut": remove_rows(provenance.kind, old.id, provenance.territory)}
        for old in swap.cut
    ]
    if len(before) > 1:
        return {"snapshots": before}
    return before[0] if before else None


def _fill(snapshot: Snapshot, rows: Iterable[Sequence[object]]) -> int:
    """Stream the rows into the table of the register and give their number."""
    layout = EVERY[snapshot.kind]
    numbered = ((snapshot.id, *row) for row in rows)
    count = copy_in(layout.table, ("snapshot_id", *layout.targets), numbered)
    refresh_statistics(layout.table)
    return count


_ENSURE = """
INSERT INTO people_person (nik, name, sex, born, no_kk, area_code, rt, rw, phone, occupation)
SELECT DISTINCT ON (r.nik) r.nik, r.name, r.sex, r.born, r.no_kk, r.area_code, r.rt, r.rw, s.phone, s.occupation
  FROM people_settled s JOIN people_resident r ON r.nik = s.nik
  JOIN people_snapshot p ON p.id = r.snapshot_id AND p.current
 WHERE r.born IS NOT NULL AND r.nik ~ '^[1-9][0-9]{15}$'
 ORDER BY r.nik, (s.phone = ''), (s.occupation = ''), r.id
    ON CONFLICT (nik) DO NOTHING
"""
_FILL_GAPS = """
UPDATE people_person p
   SET phone = CASE p.phone WHEN '' THEN s.phone ELSE p.phone END,
       occupation = CASE p.occupation WHEN '' THEN s.occupation ELSE p.occupation END
  FROM (SELECT nik, max(phone) AS phone, max(occupation) AS occupation FROM people_settled GROUP BY nik) s
 WHERE s.nik = p.nik AND ((p.phone = '' AND s.phone <> '') OR (p.occupation = '' AND s.occupation <> ''))
"""


def ensure_persons(settled: Iterable[Settled]) -> int:
    """Make a person of each settled NIK that has none, from the population register in force; give how many were new.

    A part of the caller's action (its permission, its diary row, its transaction). What is known of a person is never
    overwritten; an empty phone or occupation is filled. A NIK that the register does not hold makes no person.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS people_settled")
        cursor.execute("CREATE TEMP TABLE people_settled (nik text, phone text, occupation text) ON COMMIT DROP")
        copy_in("people_settled", ("nik", "phone", "occupation"), ((s.nik, s.phone, s.occupation) for s in settled))
        cursor.execute("ANALYZE people_settled")
        cursor.execute(_ENSURE)
        new = int(cursor.rowcount)
        cursor.execute(_FILL_GAPS)
    return new


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What an officer says of two persons: `sama` (the number `gone_id` is the person `kept_id`) or `beda`, and why."""

    kept_id: int
    gone_id: int
    answer: str
    why: str


def answer_pair(*, by: Officer, on: date, said: PairAnswer) -> int:
    """Say that two persons are one, or are two; needs `doubt.settle` where both live. Gives the id of what was said.

    Nothing changes until another officer checks it. A merged number is taken apart from the number it was merged into,
    whichever of the two is named first. Refused: no ground, the same number twice, `gone` merged already, two that only
    a third number holds together, an answer that changes nothing, or one that waits for its check.
    """
    if len(" ".join(said.why.split())) < _SHORTEST_GROUND:
        raise Refused("dasar_kosong", "Tulis dasarnya, misalnya KTP dan KK yang dicocokkan.")
    if said.kept_id == said.gone_id or said.answer not in PersonPair.Answer.values:
        raise Refused("jawaban_tidak_dikenal", "Pilih dua nomor orang dan jawabannya.")
    with transaction.atomic():
        kept, gone = _both(said.kept_id, said.gone_id)
        for one in (kept, gone):
            require(by, "doubt.settle", on=on, area_code=one.area_code)
        if said.answer == PersonPair.Answer.BEDA and _linked(gone.id, kept.id):
            kept, gone = gone, kept
        _check_links(kept, gone, said.answer)
        try:
            with transaction.atomic():
                made = PersonPair.objects.create(
                    kept=kept, gone=gone, answer=said.answer, why=storable(said.why, 300), made_by=by, made_on=on
                )
        except IntegrityError as error:
            raise Refused("sudah_dijawab", "Sudah ada jawaban tentang nomor ini yang menunggu pemeriksa.") from error
        after = {"pair": made.id, "kept": kept.id, "gone": gone.id, "answer": said.answer}
        record(by=by, on=on, deed=Deed("answer_pair", "people.person", gone.id, after=after))
    return made.id


def take_back_pair(*, by: Officer, on: date, pair_id: int) -> None:
    """Take back one's own answer about two persons before it is checked. Refused: another's, or checked by now."""
    with transaction.atomic():
        pair = PersonPair.objects.select_related("kept").filter(pk=pair_id, made_by=by).first()
        if pair is None:
            raise Refused("bukan_usulan_anda", "Hanya yang menjawab dapat menarik jawabannya.")
        require(by, "doubt.settle", on=on, area_code=pair.kept.area_code)
        _move_pair(pair.id, PersonPair.State.DIBATALKAN)
        record(by=by, on=on, deed=Deed("take_back_pair", "people.person", pair.gone_id, after={"pair": pair.id}))


def check_pair(*, by: Officer, on: date, pair_id: int, agree: bool) -> bool:
    """Check another officer's answer about two persons; needs `doubt.check` where both live. Says whether it changed.

    Agreed to `sama`: `gone` and all numbers below it point to the root of `kept`, and every room follows; what hangs on
    any of them stays where it is, so that `beda` later takes this link apart exactly, whatever was merged meanwhile.
    Refused: one's own answer, one that no longer waits or fits, or a conflict that a later room names (a month that is
    billed to both, two memberships that run, two deaths).
    """
    with transaction.atomic():
        _hold_links()
        pair = PersonPair.objects.filter(pk=pair_id).first()
        if pair is None:
            raise Refused("jawaban_tidak_ada", "Jawaban ini tidak ada.")
        kept, gone = _both(pair.kept_id, pair.gone_id)
        for one in (kept, gone):
            require(by, "doubt.check", on=on, area_code=one.area_code)
        if pair.made_by_id == by.id:
            raise Refused("pembuat_bukan_pemeriksa", "Yang menjawab tidak boleh memeriksa jawabannya sendiri.")
        if agree and pair.state == PersonPair.State.DIUSULKAN:
            _check_links(kept, gone, pair.answer)
        state = PersonPair.State.DITETAPKAN if agree else PersonPair.State.DIKEMBALIKAN
        _move_pair(pair.id, state, checked_by=by, checked_on=on)
        moved = _follow(gone.id) if agree else ()
        after = {"pair": pair.id, "kept": kept.id, "gone": gone.id, "answer": pair.answer, "moved": list(moved)}
        deed = _deed_of(pair.answer, moved) if agree else "return_pair"
        record(by=by, on=on, deed=Deed(deed, "people.person", kept.id, after=after))
    return agree


def _hold_links() -> None:
    """Let one transaction at a time change which numbers are one person: links of a chain touch the same people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.same_as'))")


def _deed_of(answer: str, moved: tuple[int, ...]) -> str:
    """Give the name of what an agreed answer did."""
    if not moved:
        return "keep_apart"
    return "merge_persons" if answer == PersonPair.Answer.SAMA else "unmerge_persons"


_FOLLOW: Final = """
WITH below AS (SELECT id FROM people_below(%s)), top AS (SELECT people_root(%s) AS id)
UPDATE people_person p SET same_as_id = nullif(t.id, p.id) FROM below b, top t
 WHERE p.id = b.id AND p.same_as_id IS DISTINCT FROM nullif(t.id, p.id) RETURNING p.id
"""


def _follow(gone_id: int) -> tuple[int, ...]:
    """Point a number and all below it to the root that the answers give; say which moved. Refused: a conflict."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FOLLOW, [gone_id, gone_id])
            return tuple(sorted(number for (number,) in cursor.fetchall()))
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or not (told.constraint_name or "").startswith("same_person_"):
            raise
        raise Refused(told.constraint_name, told.message_primary) from error


def _both(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    """Give both persons, held until the end of the transaction, always in one order."""
    found = {one.id: one for one in Person.objects.select_for_update().filter(pk__in=(kept_id, gone_id)).order_by("id")}
    if len(found) < 2:
        raise Refused("orang_tidak_ada", "Orang ini tidak ada.")
    return found[kept_id], found[gone_id]


def _check_links(kept: Person, gone: Person, answer: str) -> None:
    """Refuse what is so already, a second number above one, and to part two that only a third number holds together."""
    together = (kept.same_as_id or kept.id) == (gone.same_as_id or gone.id)
    if answer == PersonPair.Answer.BEDA:
        if together and not _linked(kept.id, gone.id):
            raise Refused("gabungan_lewat_nomor_lain", "Keduanya digabung lewat nomor lain; lepaskan nomor itu.")
        return
    if together:
        raise Refused("sudah_digabung", "Kedua nomor ini sudah digabung.")
    if gone.same_as_id is not None:
        raise Refused("bukan_nomor_utama", "Nomor ini sudah ikut nomor lain; gabungkan nomor utamanya.")


def _linked(kept_id: int, gone_id: int) -> bool:
    """Say whether two officers have merged the one number into the other, and it holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM people_link WHERE gone_id = %s AND kept_id = %s", [gone_id, kept_id])
        return cursor.fetchone() is not None


def _move_pair(pair_id: int, state: str, **changes: object) -> None:
    """Move an answer that waits on to another state. Refused: it no longer waits."""
    waiting = PersonPair.objects.filter(pk=pair_id, state=PersonPair.State.DIUSULKAN)
    if not waiting.update(state=state, **changes):
        raise Refused("sudah_diputuskan", "Jawaban ini sudah diperiksa atau ditarik; muat ulang halaman.")
