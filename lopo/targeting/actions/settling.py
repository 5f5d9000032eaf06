"""Settles doubtful rows by two officers: one answers who the row is, another checks, the law judges it anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from lopo.basics.refusal import Refused
from lopo.people.loading import copy_in, storable
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.actions.rejudging import judged, rejudge
from lopo.targeting.models import Likeness, ProposalRow, Screening, Settling

_LONGEST: Final = 300
_LIKENESS: Final = (
    "screening_id", "row_id", "place", "nik", "name", "sex", "born", "no_kk", "area_code", "stands_in", "score",
    "levels", "facts",
)  # fmt: skip
# Who was told apart from a row is not shown for it again; a row that is settled is not asked about again.
_ANSWERED: Final = """
WITH latest AS (SELECT DISTINCT ON (content, nik) content, nik, answer, name FROM targeting_label
                 ORDER BY content, nik, id DESC)
DELETE FROM targeting_likeness k USING targeting_proposalrow r, targeting_proposallist l, latest b
 WHERE k.screening_id = %s AND r.id = k.row_id AND l.id = r.list_id AND b.name = r.name
   AND b.content = targeting_content(r.id, r.fields, l.area_code)
   AND (b.answer = 'sama' OR (b.answer = 'beda' AND b.nik = k.nik))
"""
_CONTENT: Final = """
SELECT targeting_content(r.id, r.fields, l.area_code), coalesce(nullif(v.area_code, ''), l.area_code), v.verdict
  FROM targeting_proposalrow r JOIN targeting_proposallist l ON l.id = r.list_id
  LEFT JOIN targeting_verdict v ON v.row_id = r.id AND v.screening_id = %s
 WHERE r.id = %s
"""
_LABELS: Final = """
INSERT INTO targeting_label (settling_id, content, name, nik, answer, decile, entry_other, made_by_id, checked_by_id,
                             "on")
SELECT s.id, s.content, r.name, k.nik, CASE WHEN k.nik = s.nik THEN 'sama' ELSE 'beda' END,
       CASE WHEN k.nik = s.nik THEN s.decile END, k.nik = s.nik AND s.entry_other, s.made_by_id, s.checked_by_id,
       s.checked_on
  FROM targeting_settling s JOIN targeting_proposalrow r ON r.id = s.row_id
  JOIN targeting_likeness k ON k.row_id = s.row_id AND k.screening_id = s.screening_id
 WHERE s.id = %s AND s.answer IN ('sama', 'beda')
 UNION ALL
SELECT s.id, s.content, r.name, b.nik, 'tidak_tahu', NULL, FALSE, s.made_by_id, s.checked_by_id, s.checked_on
  FROM targeting_settling s JOIN targeting_proposalrow r ON r.id = s.row_id
  JOIN (SELECT DISTINCT content, nik FROM targeting_label) b ON b.content = s.content
 WHERE s.id = %s AND s.answer = 'buka'
"""


@dataclass(frozen=True, slots=True)
class LikelyPerson:
    """One person whom a doubtful row may be: its place (1 = likeliest), the register's words, and the law's facts."""

    row_id: int
    place: int
    nik: str
    name: str
    sex: str
    born: date | None
    no_kk: str
    area_code: str
    stands_in: str
    score: int
    levels: Mapping[str, Any]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer says of a doubtful row.

    `answer` is sama (with the `nik` of a person shown, and what was `seen`), beda, tunda or buka. `decile` is DTSEN's
    own answer where the register has none; `entry_other` says that a register entry that fits two is the other's.
    """

    row_id: int
    answer: str
    nik: str = ""
    seen: str = ""
    why: str = ""
    decile: int | None = None
    entry_other: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the verdict of the row now ('' where the next screening will say) and its reasons."""

    settling_id: int
    row_id: int
    verdict: str
    reasons: tuple[str, ...]


def keep_likenesses(screening_id: int, found: Iterable[LikelyPerson]) -> int:
    """Keep whom the doubtful rows of a screening may be, without those that two officers have answered before.

    A part of the recording of that screening (its permission, its diary row, its transaction).
    """
    rows = (
        (screening_id, one.row_id, one.place, one.nik, storable(one.name, 200), one.sex, one.born, one.no_kk,
         one.area_code, one.stands_in, one.score, json.dumps(dict(one.levels)), json.dumps(dict(one.facts)))
        for one in found
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        count = copy_in("targeting_likeness", _LIKENESS, rows)
        cursor.execute(_ANSWERED, [screening_id])
        return count - int(cursor.rowcount)


def answer_doubt(*, by: Officer, on: date, answer: Answer) -> int:
    """Answer who a doubtful row is; needs `doubt.settle` where the row is. Gives the id of what was answered.

    Nothing is settled until another officer checks it, but for `tunda`, which only puts the row behind the others.
    Refused: the row is not in doubt, the person is not among those shown, a decile or a word on a register entry is
    still missing, nothing stands that could be opened again (or no reason is given), or somebody else was faster.
    """
    row = _row(answer.row_id)
    with transaction.atomic():
        screening = _in_force(row)
        content, area, verdict = _content(screening.id, row.id)
        require(by, "doubt.settle", on=on, area_code=area)
        if answer.answer == Settling.Answer.BUKA:
            _check_opening(content, answer)
        elif verdict != "perlu_cek":
            raise Refused("tidak_ragu", "Baris ini sudah tidak perlu dicek; muat ulang halaman.")
        _check_answer(screening, answer)
        waits = answer.answer != Settling.Answer.TUNDA
        made = _created(Settling(
            screening=screening, row=row, content=content, area_code=area, answer=answer.answer, nik=answer.nik,
            decile=answer.decile, entry_other=answer.entry_other, seen=answer.seen, why=storable(answer.why, _LONGEST),
            made_by=by, made_on=on, state=Settling.State.DIUSULKAN if waits else Settling.State.DITUNDA,
        ))  # fmt: skip
        after = {"settling": made.id, "answer": answer.answer, "seen": answer.seen, "decile": answer.decile}
        record(by=by, on=on, deed=Deed("answer_doubt", "targeting.row", row.id, after=after))
    return made.id


def take_back_answer(*, by: Officer, on: date, settling_id: int) -> int:
    """Take back one's own answer before it is checked; gives the row. Refused: another's, or checked by now."""
    with transaction.atomic():
        found = Settling.objects.filter(pk=settling_id, made_by=by).first()
        if found is None:
            raise Refused("bukan_usulan_anda", "Hanya yang menjawab dapat menarik jawabannya.")
        require(by, "doubt.settle", on=on, area_code=found.area_code)
        _move(found.id, Settling.State.DIBATALKAN)
        after = {"settling": found.id, "answer": found.answer}
        record(by=by, on=on, deed=Deed("take_back_answer", "targeting.row", found.row_id, after=after))
    return found.row_id


def check_answer(*, by: Officer, on: date, settling_id: int, agree: bool, note: str = "") -> Checked:
    """Check the answer of another officer; needs `doubt.check` where the row is.

    Agreed: the pair is labelled for ever, and the law judges the row with the settled person, on the facts of the
    screening in force; where that knows no such pair, the next screening will. Not agreed: the row is in doubt again.
    Refused: one's own answer, or one that has been checked or taken back by now.
    """
    found = Settling.objects.select_related("row__list").filter(pk=settling_id).first()
    if found is None:
        raise Refused("jawaban_tidak_ada", "Jawaban ini tidak ada.")
    with transaction.atomic():
        screening = _in_force(found.row)
        require(by, "doubt.check", on=on, area_code=found.area_code)
        if found.made_by_id == by.id:
            raise Refused("pembuat_bukan_pemeriksa", "Yang menjawab tidak boleh memeriksa jawabannya sendiri.")
        state = Settling.State.DITETAPKAN if agree else Settling.State.DIKEMBALIKAN
        _move(found.id, state, checked_by=by, checked_on=on, note=storable(note, _LONGEST))
        before, now = None, None
        if agree:
            with connection.cursor() as cursor:
                cursor.execute(_LABELS, [found.id, found.id])
            before, now = rejudge(screening, found)
        deed = Deed(
            "check_answer", "targeting.row", found.row_id, before=before,
            after={"settling": found.id, "agree": agree, **(now or {})},
        )  # fmt: skip
        record(by=by, on=on, deed=deed)
    said = now or {}
    return Checked(found.id, found.row_id, said.get("verdict", ""), tuple(said.get("reasons", ())))


def _row(row_id: int) -> ProposalRow:
    row = ProposalRow.objects.select_related("list").filter(pk=row_id).first()
    if row is None:
        raise Refused("baris_tidak_ada", "Baris ini tidak ada.")
    return row


def _in_force(row: ProposalRow) -> Screening:
    """Give the screening in force of the row's programme, held until the end of the transaction."""
    found = Screening.objects.select_for_update().filter(programme_id=row.list.programme_id, current=True).first()
    if found is None:
        raise Refused("belum_diperiksa", "Program ini belum diperiksa.")
    return found


def _content(screening_id: int, row_id: int) -> tuple[str, str, str | None]:
    with connection.cursor() as cursor:
        cursor.execute(_CONTENT, [screening_id, row_id])
        content, area, verdict = cursor.fetchone() or ("", "", None)
    return content, area, verdict


def _check_answer(screening: Screening, answer: Answer) -> None:
    """Refuse what is no answer, and `sama` that would leave the row in doubt for want of a word."""
    if answer.answer not in Settling.Answer.values:
        raise Refused("jawaban_tidak_dikenal", "Jawaban ini tidak dikenal.")
    if answer.answer != Settling.Answer.SAMA:
        if answer.nik or answer.decile is not None or answer.entry_other:
            raise Refused("jawaban_tidak_dikenal", "Hanya jawaban orang ini yang menyebut orang, desil dan entri.")
        return
    if answer.seen not in Settling.Seen.values:
        raise Refused("bukti_kosong", "Pilih apa yang dicocokkan: KTP, kartu keluarga, bertemu, atau data saja.")
    if answer.decile is not None and not 1 <= answer.decile <= 10:
        raise Refused("desil_salah", "Desil adalah angka 1 sampai 10.")
    person = Likeness.objects.filter(screening=screening, row_id=answer.row_id, nik=answer.nik).first()
    if person is None:
        raise Refused("orang_tidak_ditunjukkan", "Orang ini tidak ada di antara calon untuk baris ini.")
    reasons = judged(screening, person, answer.decile, entry_other=answer.entry_other).reasons
    if "desil_tidak_diketahui" in reasons:
        raise Refused("desil_belum_ada", "Desil orang ini belum diketahui; tulis desil menurut DTSEN, atau tunda.")
    if "entri_register_ragu" in reasons:
        raise Refused("entri_belum_jelas", "Ada entri register yang meragukan; nyatakan milik siapa, atau tunda.")


def _check_opening(content: str, answer: Answer) -> None:
    """Refuse to open what no two officers have answered, or has been opened since, or without a reason."""
    last = Settling.objects.filter(content=content, state=Settling.State.DITETAPKAN).order_by("-id").first()
    if last is None or last.answer == Settling.Answer.BUKA:
        raise Refused("tidak_ada_yang_dibuka", "Belum ada jawaban yang disetujui untuk baris ini.")
    if not answer.why.strip():
        raise Refused("alasan_kosong", "Tulis mengapa jawaban itu dibuka lagi.")


def _created(settling: Settling) -> Settling:
    try:
        with transaction.atomic():
            settling.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("sudah_dijawab", "Petugas lain sudah menjawab baris ini; muat ulang halaman.") from error
    return settling


def _move(settling_id: int, state: str, **changes: object) -> None:
    """Move an answer that waits on to another state. Refused: it no longer waits."""
    waiting = Settling.objects.filter(pk=settling_id, state=Settling.State.DIUSULKAN)
    if not waiting.update(state=state, **changes):
        raise Refused("sudah_diputuskan", "Jawaban ini sudah diperiksa atau ditarik; muat ulang halaman.")
